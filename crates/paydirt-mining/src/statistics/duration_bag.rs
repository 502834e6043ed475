//! How long things take: a multiset of durations that merges and gives exact order statistics.
//!
//! Exact up to [`EXACT_EVENT_COUNT_MAX`] events in the log version; above it one histogram of
//! logarithmic buckets everywhere, whose quantiles are within [`HISTOGRAM_BOUND_PPM`] of the true
//! ones. Percentile p of n sorted values is at position 1 + (n − 1)·p with linear interpolation.

use std::collections::BTreeMap;

use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Duration, divide_half_even};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Largest log version, in events, whose order statistics are exact.
pub const EXACT_EVENT_COUNT_MAX: u64 = 200_000_000;

/// Largest relative error of a histogram quantile, in millionths: half a bucket of 1/64 octave.
pub const HISTOGRAM_BOUND_PPM: u64 = 7_813;

/// How order statistics were computed; the less exact is the larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// From every value.
    Exact,
    /// From logarithmic buckets; the true value is within the stated bound.
    Histogram,
}

impl Method {
    /// The method for a log version, by its size before filters.
    #[must_use]
    pub fn of(log: &LogContext) -> Self {
        if log.event_count <= EXACT_EVENT_COUNT_MAX { Method::Exact } else { Method::Histogram }
    }
}

/// Statistics of durations, in seconds. All are missing when there is no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct DurationStatistics {
    /// Shortest.
    pub min: Duration,
    /// Arithmetic mean, rounded half to even to the microsecond.
    pub mean: Duration,
    /// Median (50th percentile).
    pub median: Duration,
    /// 90th percentile.
    pub p90: Duration,
    /// Longest.
    pub max: Duration,
    /// Sum.
    pub total: Duration,
}

/// A multiset of durations in microseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DurationBag {
    values_us: Vec<i64>,
    buckets: BTreeMap<i32, u64>,
    count: u64,
    total_us: i128,
    min_us: Option<i64>,
    max_us: Option<i64>,
}

impl DurationBag {
    /// Adds a duration.
    pub fn push(&mut self, method: Method, value_us: i64) {
        match method {
            Method::Exact => self.values_us.push(value_us),
            Method::Histogram => *self.buckets.entry(bucket(value_us)).or_default() += 1,
        }
        self.count += 1;
        self.total_us += i128::from(value_us);
        self.min_us = Some(self.min_us.map_or(value_us, |known| known.min(value_us)));
        self.max_us = Some(self.max_us.map_or(value_us, |known| known.max(value_us)));
    }

    /// Adds all durations of another bag.
    pub fn merge(&mut self, other: DurationBag) {
        if self.values_us.is_empty() {
            self.values_us = other.values_us;
        } else {
            self.values_us.extend(other.values_us);
        }
        for (bucket, count) in other.buckets {
            *self.buckets.entry(bucket).or_default() += count;
        }
        self.count += other.count;
        self.total_us += other.total_us;
        self.min_us = self.min_us.into_iter().chain(other.min_us).min();
        self.max_us = self.max_us.into_iter().chain(other.max_us).max();
    }

    /// How many durations.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum in microseconds.
    #[must_use]
    pub fn total_us(&self) -> i128 {
        self.total_us
    }

    /// The statistics; `None` without durations.
    #[must_use]
    pub fn statistics(&mut self) -> Option<DurationStatistics> {
        let (min, max) = (self.min_us?, self.max_us?);
        let median = self.quantile(1, 2)?;
        let p90 = self.quantile(9, 10)?;
        Some(DurationStatistics {
            min: Duration::from_us(min),
            mean: Duration::from_us(divide_half_even(self.total_us, self.count.into())),
            median,
            p90,
            max: Duration::from_us(max),
            total: Duration::from_us(self.total_us),
        })
    }

    /// The quantile `numerator / denominator`; `None` without durations.
    #[must_use]
    pub fn quantile(&mut self, numerator: u64, denominator: u64) -> Option<Duration> {
        if self.count == 0 {
            return None;
        }
        let scaled = u128::from(self.count - 1) * u128::from(numerator);
        let rank = u64::try_from(scaled / u128::from(denominator)).expect("below the count");
        let rest = i128::try_from(scaled % u128::from(denominator)).expect("below 2^64");
        let (low, high) = self.ranked(rank, rest != 0);
        let low = i128::from(low);
        let step = (i128::from(high) - low) * rest;
        let us = divide_half_even(low * i128::from(denominator) + step, denominator.into());
        Some(Duration::from_us(us))
    }

    /// The values at a rank and, if wanted, at the next one.
    fn ranked(&mut self, rank: u64, wants_next: bool) -> (i64, i64) {
        if self.values_us.is_empty() {
            let low = self.bucket_value(rank);
            return (low, if wants_next { self.bucket_value(rank + 1) } else { low });
        }
        let position = usize::try_from(rank).expect("values are in memory");
        let (_, &mut low, above) = self.values_us.select_nth_unstable(position);
        let high = if wants_next { above.iter().copied().min().unwrap_or(low) } else { low };
        (low, high)
    }

    fn bucket_value(&self, rank: u64) -> i64 {
        let mut seen = 0;
        for (&bucket, &count) in &self.buckets {
            seen += count;
            if rank < seen {
                let middle = bucket_middle(bucket);
                let (min, max) = (self.min_us.unwrap_or(middle), self.max_us.unwrap_or(middle));
                return middle.clamp(min, max);
            }
        }
        self.max_us.unwrap_or(0)
    }
}

/// Sub-buckets of one octave, as a power of two.
const SUB_BUCKET_BITS: u32 = 6;

/// The bucket of a value: exact below 64 µs, then 64 buckets an octave; negative values mirror.
pub(crate) fn bucket(value_us: i64) -> i32 {
    let magnitude = value_us.unsigned_abs();
    let idx = if magnitude < 1 << SUB_BUCKET_BITS {
        magnitude
    } else {
        let octave = 63 - magnitude.leading_zeros();
        let sub = (magnitude >> (octave - SUB_BUCKET_BITS)) & ((1 << SUB_BUCKET_BITS) - 1);
        (u64::from(octave - SUB_BUCKET_BITS + 1) << SUB_BUCKET_BITS) + sub
    };
    let idx = i32::try_from(idx).expect("fewer than 4,000 buckets");
    if value_us < 0 { -1 - idx } else { idx }
}

pub(crate) fn bucket_middle(bucket: i32) -> i64 {
    if bucket < 0 {
        return -bucket_middle(-1 - bucket);
    }
    let bucket = i64::from(bucket);
    if bucket < 1 << SUB_BUCKET_BITS {
        return bucket;
    }
    let octave = (bucket >> SUB_BUCKET_BITS) + i64::from(SUB_BUCKET_BITS) - 1;
    let shift = octave - i64::from(SUB_BUCKET_BITS);
    let mantissa = (bucket & ((1 << SUB_BUCKET_BITS) - 1)) | (1 << SUB_BUCKET_BITS);
    (mantissa << shift) + ((1_i64 << shift) >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(method: Method, values: &[i64]) -> DurationBag {
        let mut bag = DurationBag::default();
        for &value in values {
            bag.push(method, value);
        }
        bag
    }

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        // Sorted 10 20 30 40: median at position 2.5 = 25; p90 at 1 + 3·0.9 = 3.7 → 30 + 0.7·10.
        let mut bag = bag(Method::Exact, &[40, 10, 30, 20]);
        let statistics = bag.statistics().unwrap();
        assert_eq!(statistics.median, Duration::from_us(25));
        assert_eq!(statistics.p90, Duration::from_us(37));
        assert_eq!(statistics.mean, Duration::from_us(25));
        assert_eq!(statistics.total, Duration::from_us(100));
    }

    #[test]
    fn halves_of_a_microsecond_go_to_even() {
        // Median of 1 and 2 is 1.5 → 2; of 2 and 3 is 2.5 → 2.
        assert_eq!(bag(Method::Exact, &[1, 2]).quantile(1, 2), Some(Duration::from_us(2)));
        assert_eq!(bag(Method::Exact, &[2, 3]).quantile(1, 2), Some(Duration::from_us(2)));
    }

    #[test]
    fn nothing_has_no_statistics() {
        assert_eq!(DurationBag::default().statistics(), None);
    }

    #[test]
    fn histogram_quantiles_stay_within_the_bound() {
        let values: Vec<i64> = (0..2_000_i64).map(|n| n * n * 1_013 + 7).collect();
        let mut exact = bag(Method::Exact, &values);
        let mut rough = bag(Method::Histogram, &values);
        for (numerator, denominator) in [(1, 2), (9, 10), (99, 100)] {
            let truth = exact.quantile(numerator, denominator).unwrap().as_us();
            let near = rough.quantile(numerator, denominator).unwrap().as_us();
            let error_ppm = (near - truth).abs() * 1_000_000 / truth;
            assert!(error_ppm <= i128::from(HISTOGRAM_BOUND_PPM), "{error_ppm}");
        }
        assert_eq!(rough.statistics().unwrap().max, exact.statistics().unwrap().max);
    }
}
