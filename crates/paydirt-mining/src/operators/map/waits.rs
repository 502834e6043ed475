//! How long it takes from an activity to whatever follows it on the map, and what that costs.
//!
//! The waits of an activity are those of all paths that leave it, so they cost nothing while cases
//! are looked at: the stores of the paths are moved together when the map is finished.

use paydirt_model::activity::ActivityCode;

use super::paths::PathSeen;
use super::weight::WeightSum;
use crate::statistics::duration_bag::{DurationBag, DurationStatistics, Method};
use crate::statistics::value_store::ValueStore;

/// The waits of each activity.
pub(super) struct Waits {
    method: Method,
    exact: Vec<ValueStore>,
    rough: Vec<DurationBag>,
    weights: Vec<WeightSum>,
}

impl Waits {
    /// No waits yet.
    pub(super) fn new(method: Method, activity_count: usize) -> Self {
        let mut waits = Waits { method, exact: Vec::new(), rough: Vec::new(), weights: Vec::new() };
        waits.exact.resize_with(activity_count, ValueStore::default);
        waits.rough.resize_with(activity_count, DurationBag::default);
        waits.weights.resize_with(activity_count, WeightSum::default);
        waits
    }

    /// Takes the waits of a path that leaves the activity.
    pub(super) fn take(&mut self, from: ActivityCode, path: &mut PathSeen) {
        self.exact[from.idx()].merge(std::mem::take(&mut path.values));
        self.rough[from.idx()].merge(std::mem::take(&mut path.rough));
    }

    /// Takes what the waits of a path that leaves the activity cost.
    pub(super) fn weigh(&mut self, from: ActivityCode, weights: &WeightSum) {
        self.weights[from.idx()].merge(weights);
    }

    /// What the waits after an activity cost.
    pub(super) fn weights(&self, code: ActivityCode) -> &WeightSum {
        &self.weights[code.idx()]
    }

    /// The statistics of one activity; `None` when nothing follows it.
    pub(super) fn statistics(&mut self, code: ActivityCode) -> Option<DurationStatistics> {
        match self.method {
            Method::Exact => self.exact[code.idx()].statistics(),
            Method::Histogram => self.rough[code.idx()].statistics(),
        }
    }
}
