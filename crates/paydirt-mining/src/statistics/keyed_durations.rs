//! How long do things of many kinds take? One flat list of (kind, duration), from which the
//! statistics of the few kinds that an answer shows are taken.
//!
//! Cheap to fill where kinds are many (variants, pairs of resources): no allocation for each kind.

use std::collections::BTreeMap;

use paydirt_model::event_log::Segment;
use paydirt_model::time::SECOND_US;
use serde::{Deserialize, Serialize};

use crate::statistics::duration_bag::{DurationBag, DurationStatistics, Method};
use crate::statistics::value_store::ValueStore;

/// Durations of numbered kinds. Kinds are numbers below 2^32.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KeyedDurations {
    seconds: Vec<Block<u32>>,
    micros: Vec<Block<i64>>,
    rough: BTreeMap<u32, DurationBag>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Block<T> {
    kinds: Vec<u32>,
    values: Vec<T>,
}

impl<T> Block<T> {
    fn with_capacity(len: usize) -> Self {
        Block { kinds: Vec::with_capacity(len), values: Vec::with_capacity(len) }
    }
}

/// The durations of one batch on their way into a [`KeyedDurations`].
#[derive(Debug)]
pub struct DurationWriter {
    method: Method,
    is_in_seconds: bool,
    seconds: Block<u32>,
    micros: Block<i64>,
    rough: BTreeMap<u32, DurationBag>,
}

impl DurationWriter {
    /// A writer for about `expected` durations between times of this segment.
    #[must_use]
    pub fn new(method: Method, segment: &Segment, expected: usize) -> Self {
        let span_us = i128::from(segment.last_us()) - i128::from(segment.first_us());
        let fits = span_us / i128::from(SECOND_US) < i128::from(u32::MAX);
        let is_in_seconds = segment.resolution_us() >= SECOND_US && fits;
        let expected = if method == Method::Exact { expected } else { 0 };
        let (seconds, micros) = if is_in_seconds { (expected, 0) } else { (0, expected) };
        DurationWriter {
            method,
            is_in_seconds,
            seconds: Block::with_capacity(seconds),
            micros: Block::with_capacity(micros),
            rough: BTreeMap::new(),
        }
    }

    /// Adds a duration of a kind.
    #[inline]
    pub fn push(&mut self, kind: u32, value_us: i64) {
        if self.method == Method::Histogram {
            return self.push_rough(kind, value_us);
        }
        if self.is_in_seconds
            && let Ok(seconds) = u32::try_from(value_us / SECOND_US)
            && 0 <= value_us
        {
            self.seconds.kinds.push(kind);
            self.seconds.values.push(seconds);
        } else {
            self.micros.kinds.push(kind);
            self.micros.values.push(value_us);
        }
    }

    #[cold]
    fn push_rough(&mut self, kind: u32, value_us: i64) {
        self.rough.entry(kind).or_default().push(self.method, value_us);
    }
}

impl KeyedDurations {
    /// Takes in what a writer collected.
    pub fn append(&mut self, writer: DurationWriter) {
        self.seconds.push_block(writer.seconds);
        self.micros.push_block(writer.micros);
        self.add_rough(writer.rough);
    }

    /// Takes in the durations of another worker, whose kinds have other numbers here.
    pub fn merge(&mut self, mut other: KeyedDurations, number_here: impl Fn(u32) -> u32) {
        other.renumber(number_here);
        for block in other.seconds {
            self.seconds.push_block(block);
        }
        for block in other.micros {
            self.micros.push_block(block);
        }
        self.add_rough(other.rough);
    }

    /// Gives every kind a new number.
    pub fn renumber(&mut self, number_of: impl Fn(u32) -> u32) {
        let of_seconds = self.seconds.iter_mut().flat_map(|block| &mut block.kinds);
        let of_micros = self.micros.iter_mut().flat_map(|block| &mut block.kinds);
        for kind in of_seconds.chain(of_micros) {
            *kind = number_of(*kind);
        }
        for (kind, bag) in std::mem::take(&mut self.rough) {
            self.rough.entry(number_of(kind)).or_default().merge(bag);
        }
    }

    fn add_rough(&mut self, rough: BTreeMap<u32, DurationBag>) {
        for (kind, bag) in rough {
            self.rough.entry(kind).or_default().merge(bag);
        }
    }

    /// The statistics of each of these kinds, given with how many durations it has; `None` for a
    /// kind without durations.
    ///
    /// # Panics
    /// A kind has another number of durations than given.
    #[must_use]
    pub fn statistics(mut self, kinds: &[(u32, u64)]) -> Vec<Option<DurationStatistics>> {
        if !self.rough.is_empty() {
            let bag = |&(kind, _): &(u32, u64)| self.rough.get_mut(&kind)?.statistics();
            return kinds.iter().map(bag).collect();
        }
        let ranks = Ranks::new(kinds);
        let mut total = 0;
        let mut ends: Vec<usize> = Vec::with_capacity(kinds.len());
        for &(_, count) in kinds {
            ends.push(total);
            total += usize::try_from(count).expect("durations are in memory");
        }
        let starts = ends.clone();
        let mut values_us = vec![0_i64; total];
        self.for_each_listed(&ranks, |rank, value_us| {
            values_us[ends[rank]] = value_us;
            ends[rank] += 1;
        });
        let slices = starts.into_iter().zip(ends).zip(kinds);
        slices
            .map(|((start, end), &(_, count))| {
                assert_eq!((end - start) as u64, count, "every duration of a kind is counted");
                statistics_of(&values_us[start..end])
            })
            .collect()
    }

    fn for_each_listed(&self, ranks: &Ranks, mut look: impl FnMut(usize, i64)) {
        for block in &self.seconds {
            for (&kind, &value) in block.kinds.iter().zip(&block.values) {
                if let Some(rank) = ranks.get(kind) {
                    look(rank, i64::from(value) * SECOND_US);
                }
            }
        }
        for block in &self.micros {
            for (&kind, &value_us) in block.kinds.iter().zip(&block.values) {
                if let Some(rank) = ranks.get(kind) {
                    look(rank, value_us);
                }
            }
        }
    }
}

/// From a kind to its place in the list of wanted kinds, as a table from the smallest of them on.
struct Ranks {
    smallest: u32,
    table: Vec<u32>,
    /// One bit for each place: small enough to stay close where few of many kinds are wanted.
    is_listed: Vec<u64>,
}

const NOT_LISTED: u32 = u32::MAX;

impl Ranks {
    fn new(kinds: &[(u32, u64)]) -> Self {
        let smallest = kinds.iter().map(|&(kind, _)| kind).min().unwrap_or(0);
        let mut table = Vec::new();
        for (rank, &(kind, _)) in (0..).zip(kinds) {
            let place = (kind - smallest) as usize;
            if table.len() <= place {
                table.resize(place + 1, NOT_LISTED);
            }
            table[place] = rank;
        }
        let word = |ranks: &[u32]| {
            let bits = ranks.iter().rev();
            bits.fold(0, |word, &rank| word << 1 | u64::from(rank != NOT_LISTED))
        };
        let is_listed = table.chunks(64).map(word).collect();
        Ranks { smallest, table, is_listed }
    }

    #[inline]
    fn get(&self, kind: u32) -> Option<usize> {
        let place = kind.wrapping_sub(self.smallest) as usize;
        let word = self.is_listed.get(place / 64)?;
        (word >> (place % 64) & 1 == 1).then(|| self.table[place] as usize)
    }
}

/// Sets from this size on are searched by buckets instead of directly.
const LARGE_FROM: usize = 4_096;

fn statistics_of(values_us: &[i64]) -> Option<DurationStatistics> {
    if LARGE_FROM <= values_us.len() && values_us.iter().all(|&value_us| 0 <= value_us) {
        let mut store = ValueStore::default();
        store.add_micros(values_us);
        return store.statistics();
    }
    let mut bag = DurationBag::default();
    for &value_us in values_us {
        bag.push(Method::Exact, value_us);
    }
    bag.statistics()
}

/// Blocks smaller than this are joined, so that many small batches do not make many blocks.
const BLOCK_LEN_MIN: usize = 1 << 14;

trait Blocks<T> {
    fn push_block(&mut self, block: Block<T>);
}

impl<T: Copy> Blocks<T> for Vec<Block<T>> {
    fn push_block(&mut self, block: Block<T>) {
        match self.last_mut() {
            Some(last) if last.kinds.len() + block.kinds.len() <= BLOCK_LEN_MIN => {
                last.kinds.extend(&block.kinds);
                last.values.extend(&block.values);
            }
            _ if block.kinds.is_empty() => {}
            _ => self.push(block),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::number::Duration;
    use paydirt_model::text_log;

    fn medians(
        log: &str,
        method: Method,
        values: &[(u32, i64)],
        kinds: &[(u32, u64)],
    ) -> Vec<Option<i64>> {
        let log = text_log::parse(log);
        let mut all = KeyedDurations::default();
        for half in values.chunks(values.len().div_ceil(2)) {
            let mut writer = DurationWriter::new(method, &log.segments()[0], 1);
            for &(kind, value_us) in half {
                writer.push(kind, value_us);
            }
            let mut part = KeyedDurations::default();
            part.append(writer);
            all.merge(part, |kind| kind + 10);
        }
        let seconds = |duration: Duration| i64::try_from(duration.as_us()).unwrap() / SECOND_US;
        let statistics = all.statistics(kinds).into_iter();
        statistics.map(|found| found.map(|found| seconds(found.median))).collect()
    }

    #[test]
    fn kinds_are_kept_apart_in_seconds_micros_and_buckets() {
        // Kind 10: 2, 4, 9 s → 4; kind 11: −3, 5 s → 1; kind 12 has none.
        let values = [2, 4, 9].map(|s| (0, s * SECOND_US)).into_iter();
        let values: Vec<_> = values.chain([-3, 5].map(|s| (1, s * SECOND_US))).collect();
        for log in ["a b", "a@1u b"] {
            let found = medians(log, Method::Exact, &values, &[(11, 2), (10, 3), (12, 0)]);
            assert_eq!(found, [Some(1), Some(4), None]);
        }
        let found = medians("a b", Method::Histogram, &values, &[(10, 3), (12, 0)]);
        assert_eq!(found, [Some(4), None]);
    }
}
