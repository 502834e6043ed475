//! Which traces occur and how often: a hash table of distinct traces that merges.

use hashbrown::HashTable;
use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use serde::{Deserialize, Serialize};

/// Distinct traces with their number of cases, in one buffer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Shipped", into = "Shipped")]
pub struct VariantSet {
    table: HashTable<u32>,
    activities: Vec<ActivityCode>,
    ends: Vec<u32>,
    hashes: Vec<u64>,
    cases: Vec<u64>,
}

impl VariantSet {
    /// Counts a case with this trace; auxiliary activities are left out. `buffer` is scratch space
    /// that a caller keeps between calls. Returns the number of the variant.
    pub fn add(
        &mut self,
        log: &LogContext,
        trace: &[ActivityCode],
        buffer: &mut Vec<ActivityCode>,
    ) -> usize {
        if !log.activities.has_auxiliary() {
            return self.add_exactly(trace, 1);
        }
        buffer.clear();
        buffer.extend(trace.iter().filter(|&&code| !log.activities.is_auxiliary(code)));
        self.add_exactly(buffer, 1)
    }

    /// Counts so many cases with exactly this trace. Returns the number of the variant.
    pub fn add_exactly(&mut self, trace: &[ActivityCode], cases: u64) -> usize {
        self.add_hashed(trace, trace_hash(trace), cases)
    }

    fn add_hashed(&mut self, trace: &[ActivityCode], hash: u64, cases: u64) -> usize {
        let (activities, ends) = (&self.activities, &self.ends);
        let found =
            self.table.find(hash, |&idx| slice(activities, ends, idx as usize) == trace).copied();
        let idx = match found {
            Some(idx) => idx,
            None => {
                let idx = u32::try_from(self.ends.len()).expect("fewer variants than 2^32");
                self.activities.extend_from_slice(trace);
                let end = u32::try_from(self.activities.len());
                self.ends.push(end.expect("the distinct traces together are below 2^32 events"));
                self.hashes.push(hash);
                self.cases.push(0);
                let hashes = &self.hashes;
                self.table.insert_unique(hash, idx, |&idx| hashes[idx as usize]);
                idx
            }
        };
        self.cases[idx as usize] += cases;
        idx as usize
    }

    /// Adds all traces of another set. Returns the number each of them has here.
    pub fn merge(&mut self, other: VariantSet) -> Vec<usize> {
        (0..other.len())
            .map(|idx| self.add_hashed(other.trace(idx), other.hashes[idx], other.cases[idx]))
            .collect()
    }

    /// How many distinct traces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no case was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The lengths of all distinct traces together, in events.
    #[must_use]
    pub fn events_len(&self) -> usize {
        self.activities.len()
    }

    /// The trace of a variant.
    #[must_use]
    pub fn trace(&self, idx: usize) -> &[ActivityCode] {
        slice(&self.activities, &self.ends, idx)
    }

    /// How many cases a variant has.
    #[must_use]
    pub fn cases(&self, idx: usize) -> u64 {
        self.cases[idx]
    }

    /// The variants by cases descending, then by activity names one by one.
    #[must_use]
    pub fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_unstable_by(|&a, &b| {
            self.cases[b].cmp(&self.cases[a]).then_with(|| self.trace(a).cmp(self.trace(b)))
        });
        order
    }
}

fn slice<'a>(activities: &'a [ActivityCode], ends: &[u32], idx: usize) -> &'a [ActivityCode] {
    let start = if idx == 0 { 0 } else { ends[idx - 1] as usize };
    &activities[start..ends[idx] as usize]
}

/// A hash for the table alone; it never leaves the process. Four codes make one 64-bit word.
fn trace_hash(trace: &[ActivityCode]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let word = |codes: &[ActivityCode]| {
        codes.iter().fold(0_u64, |word, code| word << 16 | code.idx() as u64)
    };
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(ODD).rotate_left(29);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ trace.len() as u64;
    let fours = trace.chunks_exact(4);
    let rest = word(fours.remainder());
    for four in fours {
        hash = step(hash, word(four));
    }
    step(step(hash, rest), trace.len() as u64)
}

/// The form that crosses machines: traces and counts, without the table.
#[derive(Serialize, Deserialize)]
struct Shipped {
    activities: Vec<ActivityCode>,
    ends: Vec<u32>,
    cases: Vec<u64>,
}

impl From<VariantSet> for Shipped {
    fn from(set: VariantSet) -> Self {
        Shipped { activities: set.activities, ends: set.ends, cases: set.cases }
    }
}

impl From<Shipped> for VariantSet {
    fn from(shipped: Shipped) -> Self {
        let mut set = VariantSet::default();
        for (idx, &cases) in shipped.cases.iter().enumerate() {
            set.add_exactly(slice(&shipped.activities, &shipped.ends, idx), cases);
        }
        set
    }
}
