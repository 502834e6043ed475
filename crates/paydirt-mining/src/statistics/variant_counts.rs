//! Which variants occur and how often, whatever their number: whole traces up to a stated size,
//! 128-bit hashes of traces above it.
//!
//! Below the limit a variant is its trace. When the distinct traces together are longer than the
//! limit, every variant is its XXH3-128 hash: counts stay exact (two of 10^9 variants share a hash
//! with a probability of 10^-21), but the activities of a variant are no longer known. Which of the
//! two holds depends only on the set of variants, never on how cases were split: a part never has
//! longer distinct traces than the whole.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use hashbrown::HashTable;
use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::variant::{short_hash, variant_hash};
use serde::{Deserialize, Serialize};

use crate::statistics::variant_set::VariantSet;

/// Variants and their cases. A variant has a number below 2^32, stable until the next merge or
/// limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VariantCounts {
    traces: VariantSet,
    hashes: HashCounts,
}

/// Marks the number of a variant known only by its hash.
const HASHED: u32 = 1 << 31;

/// How numbers of variants change.
#[derive(Debug)]
pub struct Renumbering {
    traces: Vec<u32>,
    hashes: Vec<u32>,
}

impl Renumbering {
    /// The new number of a variant.
    #[must_use]
    pub fn number_of(&self, number: u32) -> u32 {
        if number & HASHED == 0 {
            self.traces[number as usize]
        } else {
            self.hashes[(number & !HASHED) as usize]
        }
    }
}

impl VariantCounts {
    /// Counts a case with exactly this trace. Returns the number of the variant.
    pub fn add(&mut self, log: &LogContext, trace: &[ActivityCode]) -> u32 {
        if self.hashes.is_empty() {
            return to_number(self.traces.add_exactly(trace, 1));
        }
        self.hashes.add(variant_hash(&log.activities, trace), 1) | HASHED
    }

    /// Goes over to hashes if there are any, or if the distinct traces together are longer than
    /// `events_max`. Returns the new numbers if there are new ones.
    pub fn limit(&mut self, log: &LogContext, events_max: usize) -> Option<Renumbering> {
        let has_both = !self.hashes.is_empty() && !self.traces.is_empty();
        if !has_both && self.traces.events_len() <= events_max {
            return None;
        }
        let hashed = (0..).zip(0..self.hashes.len()).map(|(number, _)| number | HASHED).collect();
        let traces = std::mem::take(&mut self.traces);
        let traces = (0..traces.len())
            .map(|idx| {
                let hash = variant_hash(&log.activities, traces.trace(idx));
                self.hashes.add(hash, traces.cases(idx)) | HASHED
            })
            .collect();
        Some(Renumbering { traces, hashes: hashed })
    }

    /// Adds what another worker counted. Returns the numbers its variants have here.
    pub fn merge(&mut self, other: VariantCounts) -> Renumbering {
        let traces = self.traces.merge(other.traces).into_iter().map(to_number).collect();
        let hashes = other.hashes.hashes.iter().zip(&other.hashes.cases);
        let hashes = hashes.map(|(&hash, &cases)| self.hashes.add(hash, cases) | HASHED).collect();
        Renumbering { traces, hashes }
    }

    /// Whether variants are known by their hashes only.
    #[must_use]
    pub fn is_hashed(&self) -> bool {
        !self.hashes.is_empty()
    }

    /// How many variants. Exact after [`VariantCounts::limit`].
    #[must_use]
    pub fn len(&self) -> usize {
        self.traces.len() + self.hashes.len()
    }

    /// Whether no case was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cases of a variant.
    #[must_use]
    pub fn cases(&self, number: u32) -> u64 {
        if number & HASHED == 0 {
            self.traces.cases(number as usize)
        } else {
            self.hashes.cases[(number & !HASHED) as usize]
        }
    }

    /// How many variants have how many cases, by cases descending.
    #[must_use]
    pub fn sizes(&self) -> Vec<(u64, u64)> {
        let mut sizes = BTreeMap::new();
        let whole = (0..self.traces.len()).map(|idx| self.traces.cases(idx));
        for cases in whole.chain(self.hashes.cases.iter().copied()) {
            *sizes.entry(cases).or_default() += 1;
        }
        sizes.into_iter().rev().collect()
    }

    /// The trace of a variant; `None` where only its hash is known.
    #[must_use]
    pub fn trace(&self, number: u32) -> Option<&[ActivityCode]> {
        (number & HASHED == 0).then(|| self.traces.trace(number as usize))
    }

    /// The first 64 bits of the variant's hash.
    #[must_use]
    pub fn short_hash(&self, log: &LogContext, number: u32) -> u64 {
        short_hash(match self.trace(number) {
            Some(trace) => variant_hash(&log.activities, trace),
            None => self.hashes.hashes[(number & !HASHED) as usize],
        })
    }

    /// The first `count` variants by cases descending, then by activity names one by one (by hash
    /// where the names are not known).
    #[must_use]
    pub fn first(&self, count: usize) -> Vec<u32> {
        let (bit, len) =
            if self.is_hashed() { (HASHED, self.hashes.len()) } else { (0, self.traces.len()) };
        let mut numbers: Vec<u32> = (0..len).map(|idx| to_number(idx) | bit).collect();
        if count == 0 {
            return Vec::new();
        }
        let order = |left: &u32, right: &u32| self.order(*left, *right);
        if count < numbers.len() {
            numbers.select_nth_unstable_by(count - 1, order);
            numbers.truncate(count);
        }
        numbers.sort_unstable_by(order);
        numbers
    }

    fn order(&self, left: u32, right: u32) -> Ordering {
        let by_cases = self.cases(right).cmp(&self.cases(left));
        by_cases.then_with(|| match (self.trace(left), self.trace(right)) {
            (Some(left), Some(right)) => left.cmp(right),
            _ => {
                let hash = |number: u32| self.hashes.hashes[(number & !HASHED) as usize];
                hash(left).cmp(&hash(right))
            }
        })
    }
}

fn to_number(idx: usize) -> u32 {
    let number = u32::try_from(idx).ok().filter(|number| number & HASHED == 0);
    number.expect("fewer distinct variants than 2^31")
}

/// Hashes with their number of cases.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "ShippedHashes", into = "ShippedHashes")]
struct HashCounts {
    table: HashTable<u32>,
    hashes: Vec<u128>,
    cases: Vec<u64>,
}

impl HashCounts {
    fn add(&mut self, hash: u128, cases: u64) -> u32 {
        let hashes = &self.hashes;
        let found = self.table.find(short_hash(hash), |&idx| hashes[idx as usize] == hash);
        let idx = match found.copied() {
            Some(idx) => idx,
            None => {
                let idx = to_number(hashes.len());
                self.hashes.push(hash);
                self.cases.push(0);
                let hashes = &self.hashes;
                let rehash = |&idx: &u32| short_hash(hashes[idx as usize]);
                self.table.insert_unique(short_hash(hash), idx, rehash);
                idx
            }
        };
        self.cases[idx as usize] += cases;
        idx
    }

    fn len(&self) -> usize {
        self.hashes.len()
    }

    fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// The form that crosses machines: each hash as two halves, and its cases.
#[derive(Serialize, Deserialize)]
struct ShippedHashes(Vec<(u64, u64, u64)>);

impl From<HashCounts> for ShippedHashes {
    fn from(counts: HashCounts) -> Self {
        let low = |hash: u128| u64::try_from(hash & u128::from(u64::MAX)).expect("64 bits remain");
        let rows = counts.hashes.iter().zip(counts.cases);
        ShippedHashes(rows.map(|(&hash, cases)| (short_hash(hash), low(hash), cases)).collect())
    }
}

impl From<ShippedHashes> for HashCounts {
    fn from(shipped: ShippedHashes) -> Self {
        let mut counts = HashCounts::default();
        for (high, low, cases) in shipped.0 {
            counts.add(u128::from(high) << 64 | u128::from(low), cases);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::case_batch::CaseBatch;
    use paydirt_model::text_log;

    /// Counts the cases in two parts; the limit is checked after each part and after the merge.
    fn counted(log: &str, split: usize, events_max: usize) -> (bool, Vec<u64>) {
        let log = text_log::parse(log);
        let mut parts = [VariantCounts::default(), VariantCounts::default()];
        let mut case_idx = 0;
        CaseBatch::all(&log.segments()[0]).for_each(|case| {
            parts[usize::from(split <= case_idx)].add(log.context(), case.activities());
            case_idx += 1;
        });
        let [mut left, mut right] = parts;
        left.limit(log.context(), events_max);
        right.limit(log.context(), events_max);
        let shipped = serde_json::to_string(&right).unwrap();
        let numbers = left.merge(serde_json::from_str(&shipped).unwrap());
        assert_eq!(numbers.traces.len() + numbers.hashes.len(), right.len());
        left.limit(log.context(), events_max);
        assert_eq!(left.first(9).len(), left.len());
        (left.is_hashed(), left.first(9).iter().map(|&number| left.cases(number)).collect())
    }

    #[test]
    fn counts_and_mode_do_not_depend_on_the_split() {
        // Distinct traces: a b, a c, d → 5 events; cases 3, 2, 1.
        let log = "a b\na c\na b\nd\na c\na b";
        for split in 0..=6 {
            assert_eq!(counted(log, split, 5), (false, vec![3, 2, 1]), "{split}");
            assert_eq!(counted(log, split, 4), (true, vec![3, 2, 1]), "{split}");
            assert_eq!(counted(log, split, 0), (true, vec![3, 2, 1]), "{split}");
        }
    }

    #[test]
    fn equal_counts_go_by_names_one_by_one() {
        let log = text_log::parse("b\na b\na\na a");
        let mut counts = VariantCounts::default();
        CaseBatch::all(&log.segments()[0]).for_each(|case| {
            counts.add(log.context(), case.activities());
        });
        let first: Vec<usize> =
            counts.first(3).iter().map(|&number| counts.trace(number).unwrap().len()).collect();
        assert_eq!(first, [1, 2, 2]);
        assert_eq!(counts.first(0), Vec::<u32>::new());
    }
}
