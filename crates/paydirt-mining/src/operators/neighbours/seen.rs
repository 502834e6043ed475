//! How the neighbourhood is counted: one pass over whole cases.

use std::collections::BTreeMap;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use serde::{Deserialize, Serialize};

use super::{Plan, months};
use crate::statistics::duration_bag::Method;
use crate::statistics::value_counts::ValueCounts;
use crate::statistics::wait_times::WaitTimes;

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    pub(super) cases: u64,
    pub(super) cases_with: u64,
    pub(super) occurrences: u64,
    pub(super) before: Side,
    pub(super) after: Side,
    /// Times of the path itself, or processing times of the activity.
    pub(super) own: WaitTimes,
    pub(super) attributes: Vec<ValueCounts>,
    /// Occurrences of each month; empty until there is one.
    pub(super) months: Vec<u64>,
    pub(super) left_out: Vec<u64>,
}

/// What is seen on one side of the occurrences.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Side {
    pub(super) none: u64,
    pub(super) neighbours: BTreeMap<ActivityCode, Seen>,
}

/// What is seen of one activity on one side.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) events: u64,
    pub(super) cases: u64,
    pub(super) waits: WaitTimes,
    /// Number of the latest case, from 1.
    #[serde(skip)]
    last_case: u64,
}

/// Rows of the cases with occurrences, and of the events that values are taken from.
#[derive(Default)]
struct Rows {
    cases: Vec<u32>,
    events: Vec<u32>,
}

impl Side {
    fn note(&mut self, case_number: u64, method: Method, code: ActivityCode, wait_us: i64) {
        let seen = self.neighbours.entry(code).or_default();
        seen.events += 1;
        seen.cases += u64::from(seen.last_case != case_number);
        seen.last_case = case_number;
        seen.waits.push(method, wait_us);
    }

    fn merge(&mut self, other: Side) {
        self.none += other.none;
        for (code, theirs) in other.neighbours {
            let seen = self.neighbours.entry(code).or_default();
            seen.events += theirs.events;
            seen.cases += theirs.cases;
            seen.waits.merge(theirs.waits);
        }
    }
}

impl Partial {
    pub(super) fn look(&mut self, log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>) {
        self.left_out.resize(log.activities.count(), 0);
        let mut rows = Rows::default();
        let mut kept: Vec<usize> = Vec::new();
        batch.for_each(|case| {
            self.cases += 1;
            if plan.keeps_all {
                if case.activities().contains(&plan.first) {
                    kept.clear();
                    kept.extend(0..case.event_count());
                    self.look_at_case(log, plan, &case, &kept, &mut rows);
                }
                return;
            }
            kept.clear();
            for (event_idx, activity) in case.activities().iter().enumerate() {
                if plan.is_kept[activity.idx()] {
                    kept.push(event_idx);
                } else {
                    self.left_out[activity.idx()] += 1;
                }
            }
            self.look_at_case(log, plan, &case, &kept, &mut rows);
        });
        self.attributes.resize_with(plan.attributes.len(), ValueCounts::default);
        for (idx, counts) in plan.attributes.iter().zip(&mut self.attributes) {
            let attribute = &log.attributes[idx.0];
            let rows = match attribute.level {
                AttributeLevel::Case => &rows.cases,
                AttributeLevel::Event => &rows.events,
            };
            let column = batch.segment().column(attribute).gather(rows);
            counts.add_column(plan.method, &column, attribute.texts.len());
        }
    }

    /// Looks at the kept events of a case.
    fn look_at_case(
        &mut self,
        log: &LogContext,
        plan: &Plan,
        case: &Case<'_>,
        kept: &[usize],
        rows: &mut Rows,
    ) {
        let to_u32 = |row: usize| u32::try_from(row).expect("a segment is below 2^32 events");
        let activity = |place: usize| case.activities()[kept[place]];
        let wait_us = |from: usize, to: usize| case.path_us(log, kept[from], kept[to]);
        let length = if plan.second.is_some() { 2 } else { 1 };
        let occurrences_before = self.occurrences;
        for first in 0..(kept.len() + 1).saturating_sub(length) {
            let last = first + length - 1;
            let is_here = activity(first) == plan.first
                && plan.second.is_none_or(|second| activity(last) == second);
            if !is_here {
                continue;
            }
            self.occurrences += 1;
            if let Some(wanted) = &plan.months {
                months::note(wanted, &mut self.months, case.times_us()[kept[last]]);
            }
            rows.events.push(to_u32(case.row(kept[last])));
            match first.checked_sub(1) {
                Some(before) => {
                    let wait_us = wait_us(before, first);
                    self.before.note(self.cases, plan.method, activity(before), wait_us);
                }
                None => self.before.none += 1,
            }
            if last + 1 < kept.len() {
                let wait_us = wait_us(last, last + 1);
                self.after.note(self.cases, plan.method, activity(last + 1), wait_us);
            } else {
                self.after.none += 1;
            }
            if first < last {
                self.own.push(plan.method, wait_us(first, last));
            } else if let Some(start_us) = case.own_start_us(kept[first]) {
                self.own.push(plan.method, case.times_us()[kept[first]] - start_us);
            }
        }
        if occurrences_before < self.occurrences {
            self.cases_with += 1;
            rows.cases.push(to_u32(case.idx()));
        }
    }

    pub(super) fn merge(&mut self, right: Partial) {
        self.cases += right.cases;
        self.cases_with += right.cases_with;
        self.occurrences += right.occurrences;
        self.before.merge(right.before);
        self.after.merge(right.after);
        self.own.merge(right.own);
        let attribute_count = self.attributes.len().max(right.attributes.len());
        self.attributes.resize_with(attribute_count, ValueCounts::default);
        for (counts, theirs) in self.attributes.iter_mut().zip(right.attributes) {
            counts.merge(theirs);
        }
        self.months.resize(self.months.len().max(right.months.len()), 0);
        for (left, right) in self.months.iter_mut().zip(right.months) {
            *left += right;
        }
        self.left_out.resize(self.left_out.len().max(right.left_out.len()), 0);
        for (left, right) in self.left_out.iter_mut().zip(right.left_out) {
            *left += right;
        }
    }
}
