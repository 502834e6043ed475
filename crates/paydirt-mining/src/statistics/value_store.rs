//! Many durations at once, stored small: exact order statistics of large sets without sorting them.
//!
//! Whole milliseconds below 50 days are kept in 32 bits, other values in 64. While values arrive in
//! blocks, a coarse histogram of logarithmic buckets is kept beside large sets; a quantile then
//! looks only at the values of the one bucket that holds its rank, so the result is exact and the
//! work one scan.

use paydirt_model::number::{Duration, divide_half_even};
use serde::{Deserialize, Serialize};

use crate::statistics::duration_bag::DurationStatistics;

/// Buckets of the coarse histogram: 32 for each octave below 2^63 µs, and one for zero.
const BUCKET_COUNT: usize = 63 * 32 + 2;
/// Sets smaller than this are searched directly.
const HISTOGRAM_FROM: usize = 4_096;

/// Durations on their way into a store: a few thousand at a time, so that they stay near.
#[derive(Debug, Clone, Default)]
pub struct DurationBlock {
    millis: Vec<u32>,
    micros: Vec<i64>,
}

impl DurationBlock {
    /// Adds a duration in microseconds. It must not be negative.
    #[inline]
    pub fn push(&mut self, value_us: i64) {
        let millis = value_us / MILLI_US;
        if millis * MILLI_US == value_us
            && let Ok(millis) = u32::try_from(millis)
        {
            self.millis.push(millis);
        } else {
            self.micros.push(value_us);
        }
    }

    /// Empties the block; its memory stays.
    pub fn clear(&mut self) {
        self.millis.clear();
        self.micros.clear();
    }
}

/// A multiset of non-negative durations in microseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ValueStore {
    millis: Vec<Vec<u32>>,
    micros: Vec<Vec<i64>>,
    count: u64,
    total_us: i128,
    min_us: i64,
    max_us: i64,
    /// Counts by bucket of all values, or nothing while the set is small.
    #[serde(skip)]
    histogram: Vec<u32>,
    histogram_count: u64,
}

impl ValueStore {
    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    #[must_use]
    pub fn total_us(&self) -> i128 {
        self.total_us
    }

    /// Adds a block of durations.
    pub fn add(&mut self, block: &DurationBlock) {
        self.add_millis(&block.millis);
        self.add_micros(&block.micros);
    }

    fn add_millis(&mut self, block: &[u32]) {
        let (Some(&min), Some(&max)) = (block.iter().min(), block.iter().max()) else { return };
        let sum: u64 = block.iter().map(|&value| u64::from(value)).sum();
        self.note(block.len(), i128::from(sum) * i128::from(MILLI_US), to_us(min), to_us(max));
        extend_last(&mut self.millis, block);
        self.note_buckets(block.iter().map(|&value| bucket_of_milli(value)), block.len());
    }

    pub(super) fn add_micros(&mut self, block: &[i64]) {
        if block.is_empty() {
            return;
        }
        let (mut min, mut max, mut sum) = (i64::MAX, i64::MIN, 0_i128);
        for &value in block {
            min = min.min(value);
            max = max.max(value);
            sum += i128::from(value);
        }
        assert!(min >= 0, "overlaps are counted apart");
        self.note(block.len(), sum, min, max);
        extend_last(&mut self.micros, block);
        self.note_buckets(block.iter().map(|&value| bucket_of_micro(value)), block.len());
    }

    fn note(&mut self, added: usize, sum_us: i128, min_us: i64, max_us: i64) {
        self.min_us = if self.count == 0 { min_us } else { self.min_us.min(min_us) };
        self.max_us = self.max_us.max(max_us);
        self.count += added as u64;
        self.total_us += sum_us;
    }

    fn note_buckets(&mut self, buckets: impl Iterator<Item = usize>, added: usize) {
        let before = self.count - added as u64;
        if self.histogram_count == before && !self.histogram.is_empty() {
            let histogram = &mut self.histogram[..BUCKET_COUNT];
            for bucket in buckets {
                histogram[bucket] += 1;
            }
            self.histogram_count = self.count;
        } else if self.count >= HISTOGRAM_FROM as u64 && self.count < u64::from(u32::MAX) {
            self.rebuild_histogram();
        }
    }

    fn rebuild_histogram(&mut self) {
        let mut histogram = vec![0_u32; BUCKET_COUNT];
        for value_us in self.values() {
            histogram[bucket_of_micro(value_us)] += 1;
        }
        self.histogram = histogram;
        self.histogram_count = self.count;
    }

    fn values(&self) -> impl Iterator<Item = i64> + '_ {
        let millis = self.millis.iter().flatten().map(|&value| to_us(value));
        millis.chain(self.micros.iter().flatten().copied())
    }

    /// Adds all values of another store; their blocks are moved, not copied.
    pub fn merge(&mut self, mut other: ValueStore) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = other;
            return;
        }
        let both = self.histogram_count == self.count && other.histogram_count == other.count;
        if both && !self.histogram.is_empty() && !other.histogram.is_empty() {
            for (count, theirs) in self.histogram.iter_mut().zip(&other.histogram) {
                *count = count.saturating_add(*theirs);
            }
            self.histogram_count += other.histogram_count;
        } else {
            self.histogram = Vec::new();
            self.histogram_count = 0;
        }
        let (min_us, max_us) = (other.min_us, other.max_us);
        self.min_us = self.min_us.min(min_us);
        self.max_us = self.max_us.max(max_us);
        self.count += other.count;
        self.total_us += other.total_us;
        self.millis.append(&mut other.millis);
        self.micros.append(&mut other.micros);
    }

    /// The statistics; `None` without values.
    #[must_use]
    pub fn statistics(&mut self) -> Option<DurationStatistics> {
        if self.count == 0 {
            return None;
        }
        let wanted = [position(self.count, 1, 2), position(self.count, 9, 10)];
        let [median, p90] = self.at(wanted);
        Some(DurationStatistics {
            min: Duration::from_us(self.min_us),
            mean: Duration::from_us(divide_half_even(self.total_us, self.count.into())),
            median,
            p90,
            max: Duration::from_us(self.max_us),
            total: Duration::from_us(self.total_us),
        })
    }

    fn at(&mut self, wanted: [Position; 2]) -> [Duration; 2] {
        let is_small = self.count < HISTOGRAM_FROM as u64;
        if is_small || self.count >= u64::from(u32::MAX) {
            let mut values: Vec<i64> = self.values().collect();
            return wanted.map(|position| {
                let low = select(&mut values, position.rank);
                let high =
                    if position.tenths == 0 { low } else { select(&mut values, position.rank + 1) };
                position.interpolate(low, high)
            });
        }
        if self.histogram_count != self.count || self.histogram.is_empty() {
            self.rebuild_histogram();
        }
        let ranks =
            wanted.map(|position| [position.rank, position.rank + u64::from(position.tenths != 0)]);
        let places = ranks.map(|pair| pair.map(|rank| self.place(rank)));
        let mut buckets: Vec<usize> = places.iter().flatten().map(|place| place.0).collect();
        buckets.sort_unstable();
        buckets.dedup();
        let mut members: Vec<Vec<i64>> =
            buckets.iter().map(|&bucket| self.members(bucket)).collect();
        let mut value_at = |(bucket, rank): (usize, u64)| {
            let idx = buckets.binary_search(&bucket).expect("every bucket was collected");
            select(&mut members[idx], rank)
        };
        let values = places.map(|pair| pair.map(&mut value_at));
        [0, 1].map(|idx| wanted[idx].interpolate(values[idx][0], values[idx][1]))
    }

    /// The bucket that holds a rank, and the rank within the bucket.
    fn place(&self, rank: u64) -> (usize, u64) {
        let mut seen = 0;
        for (bucket, &count) in self.histogram.iter().enumerate() {
            if rank < seen + u64::from(count) {
                return (bucket, rank - seen);
            }
            seen += u64::from(count);
        }
        unreachable!("a rank is below the count");
    }

    /// The values of a bucket. One comparison for each value, seldom true, which is quick.
    fn members(&self, bucket: usize) -> Vec<i64> {
        let (first, next) = bounds(bucket);
        let count = self.histogram[bucket] as usize;
        if next - first == 1 {
            return vec![i64::try_from(first).expect("below 2^63"); count];
        }
        let mut members = Vec::with_capacity(count);
        let up = |us: u64| us.div_ceil(MILLI_US.unsigned_abs());
        let (first_ms, next_ms) = (up(first), up(next).min(1 << 32));
        if let (Ok(first_ms), Some(width)) =
            (u32::try_from(first_ms), next_ms.checked_sub(first_ms + 1))
        {
            for block in &self.millis {
                let found =
                    block.iter().filter(|&&value| u64::from(value.wrapping_sub(first_ms)) <= width);
                members.extend(found.map(|&value| to_us(value)));
            }
        }
        for block in &self.micros {
            let found = block
                .iter()
                .filter(|value| value.unsigned_abs().wrapping_sub(first) < next - first);
            members.extend(found);
        }
        members
    }
}

/// The first value of a bucket and the first value behind it.
fn bounds(bucket: usize) -> (u64, u64) {
    let first_from = |wanted: usize| -> u64 {
        let (mut low, mut high) = (0_u64, 1 << 63);
        while low < high {
            let middle = low.midpoint(high);
            let value = i64::try_from(middle).expect("below 2^63");
            if bucket_of_micro(value) < wanted { low = middle + 1 } else { high = middle }
        }
        low
    };
    (first_from(bucket), first_from(bucket + 1))
}

/// Blocks grow up to this many values before a new one begins, so that growing never copies much.
const BLOCK_LEN: usize = 1 << 16;

fn extend_last<T: Copy>(blocks: &mut Vec<Vec<T>>, values: &[T]) {
    match blocks.last_mut() {
        Some(last) if last.len() + values.len() <= BLOCK_LEN => last.extend_from_slice(values),
        _ => blocks.push(values.to_vec()),
    }
}

/// Microseconds in a millisecond.
const MILLI_US: i64 = 1_000;

fn to_us(millis: u32) -> i64 {
    i64::from(millis) * MILLI_US
}

fn select(values: &mut [i64], rank: u64) -> i64 {
    // Waits of zero fill a bucket of their own; there is nothing to select among.
    if values.first() == values.last() && values.windows(2).all(|pair| pair[0] == pair[1]) {
        return values[0];
    }
    let position = usize::try_from(rank).expect("values are in memory");
    *values.select_nth_unstable(position).1
}

/// A rank and how many tenths of the way to the next one.
#[derive(Clone, Copy)]
struct Position {
    rank: u64,
    tenths: u8,
}

fn position(count: u64, numerator: u64, denominator: u64) -> Position {
    let scaled = u128::from(count - 1) * u128::from(numerator * (10 / denominator));
    Position {
        rank: u64::try_from(scaled / 10).expect("below the count"),
        tenths: u8::try_from(scaled % 10).expect("below ten"),
    }
}

impl Position {
    fn interpolate(self, low: i64, high: i64) -> Duration {
        let (low, high) = (i128::from(low), i128::from(high));
        let scaled = low * 10 + (high - low) * i128::from(self.tenths);
        Duration::from_us(divide_half_even(scaled, 10))
    }
}

/// The bucket of a value: the exponent and the first five bits after the point of its nearest
/// `f64`. The function never falls, which is all that a quantile needs.
#[inline]
fn bucket(value_us: f64) -> usize {
    const BITS_DROPPED: u32 = 47;
    const BUCKET_OF_ONE: u64 = 1_023 << 5;
    let bits = value_us.to_bits() >> BITS_DROPPED;
    usize::try_from(bits.saturating_sub(BUCKET_OF_ONE - 1)).expect("below the bucket count")
}

#[inline]
fn bucket_of_milli(millis: u32) -> usize {
    bucket(f64::from(millis) * 1e3)
}

#[inline]
fn bucket_of_micro(value_us: i64) -> usize {
    bucket(value_us as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::duration_bag::{DurationBag, Method};

    #[test]
    fn large_sets_give_the_same_statistics_as_the_bag() {
        let mut state = 7_u64;
        let mut store = ValueStore::default();
        let mut other = ValueStore::default();
        let mut bag = DurationBag::default();
        for round in 0..40 {
            let (mut millis, mut micros) = (Vec::new(), Vec::new());
            for _ in 0..500 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let value = u32::try_from(state >> 33).unwrap() >> (state % 29);
                if round % 2 == 0 {
                    millis.push(value);
                    bag.push(Method::Exact, i64::from(value) * MILLI_US);
                } else {
                    micros.push(i64::from(value) * 77);
                    bag.push(Method::Exact, i64::from(value) * 77);
                }
            }
            let target = if round % 3 == 0 { &mut other } else { &mut store };
            target.add(&DurationBlock { millis, micros });
        }
        store.merge(other);
        assert_eq!(store.count(), 20_000);
        assert_eq!(store.statistics(), bag.statistics());
    }

    #[test]
    fn buckets_never_fall() {
        let values = [0, 1, 2, 31, 32, 33, 1_000_000, 1 << 53, (1 << 53) + 1, i64::MAX];
        let buckets: Vec<usize> = values.iter().map(|&value| bucket_of_micro(value)).collect();
        assert!(buckets.is_sorted());
        assert!(buckets.iter().all(|&bucket| bucket < BUCKET_COUNT));
        for millis in [0, 1, 59, 3_600, u32::MAX] {
            assert_eq!(bucket_of_milli(millis), bucket_of_micro(to_us(millis)));
        }
    }
}
