//! When does the hand-off happen? One pass over whole cases, which finds every occurrence.

use std::collections::BTreeMap;

use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Plan;
use super::lines::{Line, line_order};
use crate::statistics::best_rows::BestRows;

/// One occurrence that does not overlap. In order of start, then end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Occurrence {
    pub(super) start_us: i64,
    pub(super) end_us: i64,
    /// Differs from end − start where either is known to the day only.
    pub(super) duration_us: i64,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    pub(super) cases: u64,
    pub(super) cases_with: u64,
    pub(super) from_events: u64,
    pub(super) to_events: u64,
    pub(super) passed_over: u64,
    pub(super) overlaps: u64,
    pub(super) overlap_us: i128,
    /// How many occurrences do not overlap, kept or not.
    count: u64,
    /// All of them, or none once there are too many.
    occurrences: Vec<Occurrence>,
    /// Those that may be drawn, by stratum.
    pub(super) lines: BTreeMap<usize, BestRows<Line>>,
    line_count: usize,
    occurrence_count_max: u64,
}

/// Looks at some whole cases.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    into.line_count = plan.line_count;
    into.occurrence_count_max = plan.occurrence_count_max;
    let segment = batch.segment();
    let is_plain = !segment.has_days() && segment.parts().starts_us.is_empty();
    batch.for_each(|case| {
        into.cases += 1;
        let mut number = 0;
        let mut before: Option<usize> = None;
        for (idx, &activity) in case.activities().iter().enumerate() {
            if !plan.projection.keeps(activity) {
                into.passed_over += 1;
                continue;
            }
            into.from_events += u64::from(activity == plan.from);
            if activity == plan.to {
                into.to_events += 1;
                if let Some(from) = before.filter(|&from| case.activities()[from] == plan.from) {
                    let occurrence = match is_plain {
                        true => plain(&case, from, idx),
                        false => dated(log, &case, from, idx),
                    };
                    into.add(plan, (&case, from, idx), number, occurrence);
                    number += 1;
                }
            }
            before = Some(idx);
        }
        into.cases_with += u64::from(number > 0);
    });
}

fn plain(case: &Case<'_>, from: usize, to: usize) -> Occurrence {
    let (start_us, end_us) = (case.times_us()[from], case.times_us()[to]);
    Occurrence { start_us, end_us, duration_us: end_us - start_us }
}

/// With start times or days: by the case's own words.
fn dated(log: &LogContext, case: &Case<'_>, from: usize, to: usize) -> Occurrence {
    let start_us = case.times_us()[from];
    let duration_us = case.path_us(log, from, to);
    Occurrence { start_us, end_us: case.start_us(to).max(start_us), duration_us }
}

impl Partial {
    /// Adds the occurrence between two events of a case.
    fn add(
        &mut self,
        plan: &Plan,
        (case, from, to): (&Case<'_>, usize, usize),
        number: u32,
        occurrence: Occurrence,
    ) {
        if occurrence.duration_us < 0 {
            self.overlaps += 1;
            self.overlap_us -= i128::from(occurrence.duration_us);
            return;
        }
        self.count += 1;
        if self.is_over() {
            self.drop_all();
            return;
        }
        self.occurrences.push(occurrence);
        let hash = xxh3_64(case.id().as_bytes());
        let rows = self.lines.entry(plan.strata.find(occurrence.start_us)).or_default();
        let is_beaten = rows.bound(plan.line_count).is_some_and(|bound| {
            (bound.hash, bound.case.as_str(), bound.number) <= (hash, case.id(), number)
        });
        if !is_beaten {
            let precisions = (case.precision(from), case.precision(to));
            let line = Line { hash, case: case.id().to_owned(), number, occurrence, precisions };
            rows.offer(plan.line_count, line, line_order);
        }
    }

    fn is_over(&self) -> bool {
        self.occurrence_count_max < self.count
    }

    fn drop_all(&mut self) {
        self.occurrences = Vec::new();
        self.lines = BTreeMap::new();
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, mut other: Partial) {
        self.cases += other.cases;
        self.cases_with += other.cases_with;
        self.from_events += other.from_events;
        self.to_events += other.to_events;
        self.passed_over += other.passed_over;
        self.overlaps += other.overlaps;
        self.overlap_us += other.overlap_us;
        self.count += other.count;
        self.line_count = self.line_count.max(other.line_count);
        self.occurrence_count_max = self.occurrence_count_max.max(other.occurrence_count_max);
        if self.is_over() {
            return self.drop_all();
        }
        if self.occurrences.len() < other.occurrences.len() {
            std::mem::swap(&mut self.occurrences, &mut other.occurrences);
        }
        self.occurrences.append(&mut other.occurrences);
        for (stratum, rows) in other.lines {
            self.lines.entry(stratum).or_default().merge(rows, self.line_count, line_order);
        }
    }

    /// All occurrences that do not overlap.
    ///
    /// # Errors
    /// There are too many.
    pub(super) fn take_occurrences(&mut self, plan: &Plan) -> Result<Vec<Occurrence>, Problem> {
        if plan.occurrence_count_max < self.count {
            let detail = say!(
                "The hand-off happens {count} times; at most {max} can be shown.",
                count = self.count,
                max = plan.occurrence_count_max
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail)
                .with_hint(say!("Filter the log, such as to a shorter time.")));
        }
        Ok(std::mem::take(&mut self.occurrences))
    }
}
