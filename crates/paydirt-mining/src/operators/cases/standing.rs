//! Which place does the variant of a case have among all variants, and how many follow it?

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::operators::variants::TRACE_EVENTS_MAX;
use crate::statistics::variant_counts::VariantCounts;

/// The variants of all cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Standings {
    cases: u64,
    counts: VariantCounts,
}

/// The place of one variant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// From 1, in the order of the question `variants`.
    pub(super) rank: u64,
    pub(super) cases: u64,
    pub(super) share: Option<Ratio>,
}

impl Standings {
    /// Counts one more case; auxiliary activities are left out.
    pub(super) fn count(&mut self, log: &LogContext, trace: &[ActivityCode]) {
        self.cases += 1;
        if log.activities.has_auxiliary() {
            let kept = trace.iter().copied().filter(|&code| !log.activities.is_auxiliary(code));
            self.counts.add(log, &kept.collect::<Vec<ActivityCode>>());
        } else {
            self.counts.add(log, trace);
        }
    }

    pub(super) fn limit(&mut self, log: &LogContext) {
        self.counts.limit(log, TRACE_EVENTS_MAX);
    }

    pub(super) fn merge(&mut self, other: Standings) {
        self.cases += other.cases;
        self.counts.merge(other.counts);
    }

    /// The places of some variants, by their short hashes.
    pub(super) fn of(
        &self,
        log: &LogContext,
        variants: impl Iterator<Item = u64>,
    ) -> FxHashMap<u64, Standing> {
        let wanted: FxHashSet<u64> = variants.collect();
        if self.counts.is_empty() || wanted.is_empty() {
            return FxHashMap::default();
        }
        let ranked = (1..).zip(self.counts.first(self.counts.len()));
        let places = ranked.filter_map(|(rank, number)| {
            let hash = self.counts.short_hash(log, number);
            let cases = self.counts.cases(number);
            let standing = Standing { rank, cases, share: Ratio::of(cases, self.cases) };
            wanted.contains(&hash).then_some((hash, standing))
        });
        places.take(wanted.len()).collect()
    }
}
