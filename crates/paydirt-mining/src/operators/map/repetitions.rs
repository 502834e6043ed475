//! How often is an activity, or a path, in one case at most?

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use serde::{Deserialize, Serialize};

use super::Plan;
use super::paths::Partial;

/// What is seen of repetitions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct RepetitionsSeen {
    activities: Vec<Most>,
    paths: Vec<Most>,
    /// Number of the latest case, from 1.
    #[serde(skip)]
    case_number: u64,
}

/// The most of one activity or path.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Most {
    most: u64,
    #[serde(skip)]
    last_case: u64,
    #[serde(skip)]
    in_case: u64,
}

impl Most {
    fn note(&mut self, case_number: u64) {
        let before = if self.last_case == case_number { self.in_case } else { 0 };
        self.in_case = before + 1;
        self.last_case = case_number;
        self.most = self.most.max(self.in_case);
    }
}

/// Looks at some whole cases, once their paths have been counted.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    let mut seen = std::mem::take(&mut into.repetitions);
    let activity_count = log.activities.count();
    seen.resize(activity_count, into.paths.len());
    batch.for_each(|case| {
        seen.case_number += 1;
        let mut from: Option<ActivityCode> = None;
        for &to in case.activities().iter().filter(|activity| plan.is_kept[activity.idx()]) {
            seen.activities[to.idx()].note(seen.case_number);
            if let Some(from) = from {
                let number = into.number(activity_count, from, to);
                seen.paths[number].note(seen.case_number);
            }
            from = plan.has_paths.then_some(to);
        }
    });
    into.repetitions = seen;
}

impl RepetitionsSeen {
    fn resize(&mut self, activity_count: usize, path_count: usize) {
        let grow = |of: &mut Vec<Most>, count: usize| {
            of.resize(count.max(of.len()), Most::default());
        };
        grow(&mut self.activities, activity_count);
        grow(&mut self.paths, path_count);
    }

    /// Adds what another worker saw; `number_here` has the number here of each of its paths.
    pub(super) fn merge(&mut self, other: RepetitionsSeen, number_here: &[usize]) {
        let path_count = number_here.iter().map(|number| number + 1).max().unwrap_or(0);
        self.resize(other.activities.len(), path_count);
        for (left, right) in self.activities.iter_mut().zip(other.activities) {
            left.most = left.most.max(right.most);
        }
        for (&number, right) in number_here.iter().zip(other.paths) {
            self.paths[number].most = self.paths[number].most.max(right.most);
        }
    }

    pub(super) fn at_activity(&self, code: ActivityCode) -> u64 {
        self.activities.get(code.idx()).map_or(0, |it| it.most)
    }

    pub(super) fn on_path(&self, number: usize) -> u64 {
        self.paths.get(number).map_or(0, |it| it.most)
    }
}
