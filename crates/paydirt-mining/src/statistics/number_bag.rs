//! How are the numbers of an attribute distributed? A multiset of 64-bit numbers that merges.
//!
//! Numbers in a narrow range are counted one by one, others are listed; in a log version beyond
//! [`EXACT_EVENT_COUNT_MAX`](crate::statistics::duration_bag::EXACT_EVENT_COUNT_MAX) events they
//! are counted in logarithmic buckets. Which of the first two is chosen never shows in an answer.

use std::collections::BTreeMap;

use paydirt_model::number::divide_half_even;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::statistics::duration_bag::{Method, bucket, bucket_middle};
use crate::statistics::locate::{Extent, Located, Runs, locate};

/// Widest range of numbers that are counted one by one.
const COUNTED_RANGE_MAX: u64 = 1 << 18;
/// A range is counted one by one when it has at most so many numbers for each value.
const COUNTED_SPARSITY_MAX: u64 = 4;
/// How a column marks a blank.
const BLANK: i64 = i64::MIN;

/// A multiset of numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NumberBag {
    counted_from: i64,
    counted: Vec<u64>,
    listed: Vec<i64>,
    rough: BTreeMap<i32, u64>,
    count: u64,
    total: i128,
    min: Option<i64>,
    max: Option<i64>,
}

/// An exact rational number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rational {
    /// Above the line.
    pub numerator: i128,
    /// Below the line; positive.
    pub denominator: i128,
}

impl Rational {
    /// Times a power of ten, rounded half to even.
    #[must_use]
    pub fn rounded(self, digits: u8) -> i128 {
        divide_half_even(self.numerator * 10_i128.pow(u32::from(digits)), self.denominator)
    }
}

/// How many different numbers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distinct {
    /// Exactly so many.
    Exactly(u64),
    /// At least so many.
    AtLeast(u64),
}

/// The order statistics and bin counts that were asked for.
#[derive(Debug)]
pub struct Spread {
    /// The quantiles, in the order of the question.
    pub quantiles: Vec<Rational>,
    /// How many numbers are below each edge.
    pub below: Vec<u64>,
}

impl NumberBag {
    /// Adds one number.
    pub fn push(&mut self, method: Method, value: i64) {
        match method {
            Method::Exact => self.listed.push(value),
            Method::Histogram => *self.rough.entry(bucket(value)).or_default() += 1,
        }
        self.grow(value, value, 1, value.into());
    }

    /// Adds the numbers of a column; blanks (`i64::MIN`) are left out.
    pub fn add_column(&mut self, method: Method, values: &[i64]) {
        let (mut min, mut max, mut count, mut total) = (i64::MAX, i64::MIN, 0, 0);
        for &value in values.iter().filter(|&&value| value != BLANK) {
            min = min.min(value);
            max = max.max(value);
            count += 1;
            total += i128::from(value);
        }
        if count == 0 {
            return;
        }
        self.grow(min, max, count, total);
        let numbers = values.iter().copied().filter(|&value| value != BLANK);
        match method {
            Method::Histogram => {
                for value in numbers {
                    *self.rough.entry(bucket(value)).or_default() += 1;
                }
            }
            Method::Exact if self.reserve(min, max, count) => {
                let from = self.counted_from;
                for value in numbers {
                    self.counted[offset(from, value)] += 1;
                }
            }
            Method::Exact => self.listed.extend(numbers),
        }
    }

    /// Adds all numbers of another bag.
    pub fn merge(&mut self, mut other: NumberBag) {
        let (Some(min), Some(max)) = (other.min, other.max) else {
            return;
        };
        self.grow(min, max, other.count, other.total);
        if self.listed.len() < other.listed.len() {
            std::mem::swap(&mut self.listed, &mut other.listed);
        }
        self.listed.append(&mut other.listed);
        for (bucket, count) in other.rough {
            *self.rough.entry(bucket).or_default() += count;
        }
        if other.counted.is_empty() {
            return;
        }
        let last = end(other.counted_from, other.counted.len()) - 1;
        let is_counted = self.reserve(other.counted_from, last, u64::MAX);
        for (value, &count) in (other.counted_from..).zip(&other.counted) {
            if is_counted {
                self.counted[offset(self.counted_from, value)] += count;
            } else {
                let count = usize::try_from(count).expect("the numbers are in memory");
                self.listed.extend(std::iter::repeat_n(value, count));
            }
        }
    }

    /// How many numbers.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    #[must_use]
    pub fn total(&self) -> i128 {
        self.total
    }

    /// The smallest and the largest number; `None` without numbers.
    #[must_use]
    pub fn ends(&self) -> Option<(i64, i64)> {
        self.min.zip(self.max)
    }

    /// The arithmetic mean; `None` without numbers.
    #[must_use]
    pub fn mean(&self) -> Option<Rational> {
        let denominator = i128::from(self.count);
        (denominator > 0).then_some(Rational { numerator: self.total, denominator })
    }

    /// Quantiles `(numerator, denominator)` and the counts below edges; `None` without numbers.
    #[must_use]
    pub fn spread(&self, quantiles: &[(u64, u64)], edges: &[i64]) -> Option<Spread> {
        let (min, max) = self.ends()?;
        let extent = Extent { min, max, count: self.count };
        let places: Vec<Place> =
            quantiles.iter().map(|&quantile| Place::new(self.count, quantile)).collect();
        let ranks: Vec<u64> = places.iter().flat_map(|place| [place.low, place.high]).collect();
        let Located { values, below } = locate(self, extent, &ranks, edges);
        let quantiles = places.iter().zip(values.as_chunks::<2>().0);
        let quantiles = quantiles.map(|(place, &[low, high])| place.between(low, high)).collect();
        Some(Spread { quantiles, below })
    }

    /// How many different numbers; counted up to a limit, and never from buckets.
    #[must_use]
    pub fn distinct(&self, limit: u64) -> Distinct {
        if !self.rough.is_empty() {
            return Distinct::AtLeast(limit.min(self.rough.len() as u64));
        }
        let counted = self.counted.iter().filter(|&&count| count > 0).count() as u64;
        let is_counted = |value: i64| {
            let idx = usize::try_from(i128::from(value) - i128::from(self.counted_from));
            idx.is_ok_and(|idx| self.counted.get(idx).is_some_and(|&count| count > 0))
        };
        let mut others: FxHashSet<i64> = FxHashSet::default();
        for &value in &self.listed {
            if counted + others.len() as u64 > limit {
                break;
            }
            if !is_counted(value) {
                others.insert(value);
            }
        }
        match counted + others.len() as u64 {
            distinct if distinct <= limit => Distinct::Exactly(distinct),
            _ => Distinct::AtLeast(limit + 1),
        }
    }

    /// Calls `look` with every number and how often it occurs; the same number may come again.
    /// Numbers from buckets stand for all of their bucket.
    pub fn for_each(&self, mut look: impl FnMut(i64, u64)) {
        for (value, &count) in (self.counted_from..).zip(&self.counted) {
            if count > 0 {
                look(value, count);
            }
        }
        for &value in &self.listed {
            look(value, 1);
        }
        for (&bucket, &count) in &self.rough {
            let middle = bucket_middle(bucket);
            look(middle.clamp(self.min.unwrap_or(middle), self.max.unwrap_or(middle)), count);
        }
    }

    fn grow(&mut self, min: i64, max: i64, count: u64, total: i128) {
        self.min = Some(self.min.map_or(min, |known| known.min(min)));
        self.max = Some(self.max.map_or(max, |known| known.max(max)));
        self.count += count;
        self.total += total;
    }

    /// Makes room to count `count` numbers of a range one by one; `false` where that would be
    /// wasteful.
    fn reserve(&mut self, min: i64, max: i64, count: u64) -> bool {
        if self.counted.is_empty() {
            self.counted_from = min;
        }
        let from = self.counted_from.min(min);
        let last = (end(self.counted_from, self.counted.len()) - 1).max(max);
        let range = last.wrapping_sub(from).cast_unsigned();
        let is_known = self.counted_from <= min && max < end(self.counted_from, self.counted.len());
        let is_dense = range < count.saturating_mul(COUNTED_SPARSITY_MAX);
        if range >= COUNTED_RANGE_MAX || !(is_known || is_dense) {
            return false;
        }
        let added = offset(from, self.counted_from);
        if added > 0 {
            self.counted.splice(0..0, std::iter::repeat_n(0, added));
        }
        self.counted_from = from;
        let len = offset(from, last) + 1;
        self.counted.resize(len.max(self.counted.len()), 0);
        true
    }
}

impl Runs for NumberBag {
    fn for_each(&self, look: impl FnMut(i64, u64)) {
        NumberBag::for_each(self, look);
    }
}

fn offset(from: i64, value: i64) -> usize {
    usize::try_from(value.wrapping_sub(from)).expect("a counted number is in the range")
}

fn end(from: i64, len: usize) -> i64 {
    from.saturating_add(i64::try_from(len).expect("a counted range is short"))
}

/// Where a quantile of n sorted values is: at position 1 + (n − 1)·p, between two ranks.
struct Place {
    low: u64,
    high: u64,
    rest: i128,
    denominator: i128,
}

impl Place {
    fn new(count: u64, (numerator, denominator): (u64, u64)) -> Self {
        let scaled = u128::from(count - 1) * u128::from(numerator);
        let low = u64::try_from(scaled / u128::from(denominator)).expect("below the count");
        let rest = i128::try_from(scaled % u128::from(denominator)).expect("below 2^64");
        Place { low, high: low + u64::from(rest != 0), rest, denominator: denominator.into() }
    }

    fn between(&self, low: i64, high: i64) -> Rational {
        let (low, high) = (i128::from(low), i128::from(high));
        let numerator = low * self.denominator + (high - low) * self.rest;
        Rational { numerator, denominator: self.denominator }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantiles(bag: &NumberBag) -> Vec<i128> {
        let spread = bag.spread(&[(1, 2), (9, 10)], &[]).unwrap();
        spread.quantiles.iter().map(|quantile| quantile.rounded(1)).collect()
    }

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        // Sorted 10 20 30 40: median at position 2.5 = 25; p90 at 1 + 3·0.9 = 3.7 → 37.
        let mut bag = NumberBag::default();
        bag.add_column(Method::Exact, &[40, 10, BLANK, 30, 20]);
        assert_eq!(quantiles(&bag), [250, 370]);
        assert_eq!((bag.count(), bag.total(), bag.ends()), (4, 100, Some((10, 40))));
        assert_eq!(bag.mean().unwrap().rounded(0), 25);
        assert_eq!(bag.spread(&[], &[10, 11, 40, 41]).unwrap().below, [0, 1, 3, 4]);
    }

    #[test]
    fn counted_and_listed_numbers_answer_alike() {
        let near: Vec<i64> = (0..5_000).map(|n| n * n % 997 - 300).collect();
        let far: Vec<i64> = (0..50).map(|n| n * 1_000_000_007).collect();
        let mut counted = NumberBag::default();
        counted.add_column(Method::Exact, &near);
        counted.add_column(Method::Exact, &far);
        assert!(!counted.counted.is_empty() && !counted.listed.is_empty());
        let mut listed = NumberBag::default();
        for &value in far.iter().chain(&near) {
            listed.push(Method::Exact, value);
        }
        assert_eq!(quantiles(&counted), quantiles(&listed));
        assert_eq!(counted.distinct(10_000), listed.distinct(10_000));
        assert_eq!(counted.distinct(100), Distinct::AtLeast(101));
        let mut merged = NumberBag::default();
        merged.merge(listed.clone());
        merged.merge(counted.clone());
        assert_eq!(merged.count(), 10_100);
        let edges = [-300, 0, 300, 1_000_000_008];
        let once = listed.spread(&[], &edges).unwrap().below;
        let twice: Vec<u64> = once.iter().map(|count| count * 2).collect();
        assert_eq!(merged.spread(&[], &edges).unwrap().below, twice);
    }

    #[test]
    fn far_apart_counted_ranges_merge() {
        let mut left = NumberBag::default();
        left.add_column(Method::Exact, &[1, 2, 3]);
        let mut right = NumberBag::default();
        right.add_column(Method::Exact, &[1 << 40, (1 << 40) + 1]);
        left.merge(right);
        assert_eq!(left.distinct(10), Distinct::Exactly(5));
        assert_eq!(left.spread(&[(1, 1)], &[4]).unwrap().below, [3]);
        left.add_column(Method::Exact, &[-5, 0, 0, 7, 7, 7]);
        assert_eq!(left.spread(&[], &[1]).unwrap().below, [3]);
    }
}
