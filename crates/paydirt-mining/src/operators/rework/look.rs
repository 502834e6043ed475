//! What is repeated in a case, and how long is that gone on with?

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;

use super::{ActivitySeen, Plan};
use crate::statistics::keyed_durations::DurationWriter;

/// The kind of the rework times of cases, beside those of activities.
pub(super) const OF_CASES: u32 = 0;

/// Counts of one activity in one batch, and in the case at hand.
#[derive(Clone, Default)]
pub(super) struct Counter {
    case_number: u32,
    in_case: u32,
    /// First and last event of the case.
    first: u32,
    last: u32,
    cases: u32,
    cases_with_repeat: u32,
    repeats: u32,
    self_loops: u32,
    most_in_case: u32,
}

impl Counter {
    pub(super) fn seen(&self) -> ActivitySeen {
        ActivitySeen {
            cases: self.cases.into(),
            cases_with_repeat: self.cases_with_repeat.into(),
            repeats: self.repeats.into(),
            self_loops: self.self_loops.into(),
            most_in_case: self.most_in_case.into(),
        }
    }
}

/// What is repeated in the cases of one batch, one after another.
pub(super) struct Look<'a> {
    log: &'a LogContext,
    plan: &'a Plan,
    pub(super) counters: Vec<Counter>,
    pub(super) writer: DurationWriter,
    /// Cases are numbered from 1 within the batch, so that 0 means "in no case yet".
    case_number: u32,
    repeated: Vec<ActivityCode>,
    spans: Vec<(u32, u32)>,
}

/// What is repeated in one case.
pub(super) struct OneCase {
    pub(super) events: u32,
    pub(super) repeats: u32,
    pub(super) self_loops: u32,
    pub(super) rework_us: i64,
}

impl<'a> Look<'a> {
    pub(super) fn new(log: &'a LogContext, plan: &'a Plan, batch: &CaseBatch<'_>) -> Self {
        let segment = batch.segment();
        Look {
            log,
            plan,
            counters: vec![Counter::default(); log.activities.count()],
            writer: DurationWriter::new(plan.method, segment, 0),
            case_number: 0,
            repeated: Vec::new(),
            spans: Vec::new(),
        }
    }

    pub(super) fn at(&mut self, case: &Case<'_>, left_out: &mut [u64]) -> OneCase {
        self.case_number += 1;
        self.repeated.clear();
        let mut seen = OneCase { events: 0, repeats: 0, self_loops: 0, rework_us: 0 };
        let mut previous = None;
        for (event_idx, &activity) in (0_u32..).zip(case.activities()) {
            if !self.plan.is_kept[activity.idx()] {
                left_out[activity.idx()] += 1;
                continue;
            }
            let counter = &mut self.counters[activity.idx()];
            // Without branches, for whether an activity repeats is hard to foresee.
            let is_repeat = u32::from(counter.case_number == self.case_number);
            counter.case_number = self.case_number;
            counter.in_case = is_repeat * counter.in_case + 1;
            counter.first = if is_repeat == 1 { counter.first } else { event_idx };
            counter.last = event_idx;
            counter.cases += 1 - is_repeat;
            counter.cases_with_repeat += u32::from(counter.in_case == 2);
            counter.repeats += is_repeat;
            counter.most_in_case = counter.most_in_case.max(counter.in_case);
            if counter.in_case == 2 {
                self.repeated.push(activity);
            }
            let is_self_loop = u32::from(previous == Some(activity));
            counter.self_loops += is_self_loop;
            seen.events += 1;
            seen.repeats += is_repeat;
            seen.self_loops += is_self_loop;
            previous = Some(activity);
        }
        if seen.repeats > 0 {
            seen.rework_us = self.rework_us(case);
        }
        seen
    }

    /// The time of the case that lies between the first and the last event of an activity.
    fn rework_us(&mut self, case: &Case<'_>) -> i64 {
        let between_us = |from: u32, to: u32| {
            // Days may make two events of one day come in either order.
            case.between_us(self.log, from as usize, to as usize).max(0)
        };
        self.spans.clear();
        for activity in &self.repeated {
            let counter = &self.counters[activity.idx()];
            self.spans.push((counter.first, counter.last));
            self.writer.push(kind_of(*activity), between_us(counter.first, counter.last));
        }
        self.spans.sort_unstable();
        // Events are in the order of time: spans of places overlap where those of time do.
        let mut total_us = 0;
        let mut open: Option<(u32, u32)> = None;
        for &(first, last) in &self.spans {
            open = match open {
                Some((from, to)) if first <= to => Some((from, to.max(last))),
                Some((from, to)) => {
                    total_us += between_us(from, to);
                    Some((first, last))
                }
                None => Some((first, last)),
            };
        }
        total_us += open.map_or(0, |(from, to)| between_us(from, to));
        self.writer.push(OF_CASES, total_us);
        total_us
    }
}

/// The kind of the times of an activity.
pub(super) fn kind_of(activity: ActivityCode) -> u32 {
    u32::try_from(activity.idx() + 1).expect("activities are numbered below 2^32")
}
