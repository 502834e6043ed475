//! Which occurrences are drawn? A sample in which every stretch of time has its share.
//!
//! Within a stretch occurrences come in the order of the XXH3 hash of their case id.

use std::cmp::Ordering;

use paydirt_model::number::Duration;
use paydirt_model::time::Precision;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Plan;
use super::bins::Classes;
use super::occurrences::{Occurrence, Partial};
use crate::statistics::strata::stratified;

/// An occurrence that may be drawn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) hash: u64,
    pub(super) case: String,
    /// Which of its case, from 0.
    pub(super) number: u32,
    pub(super) occurrence: Occurrence,
    /// How precisely the times of the two events are known.
    pub(super) precisions: (Precision, Precision),
}

/// One occurrence, drawn.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpectrumLine {
    /// Case id.
    pub case: String,
    /// When it starts, in seconds after `origin`.
    pub start_s: Duration,
    /// `day` where only its date is known, else missing.
    #[serde(skip_serializing_if = "Precision::has_time_of_day")]
    pub start_precision: Precision,
    /// When it ends, in seconds after `origin`.
    pub end_s: Duration,
    /// `day` where only its date is known, else missing.
    #[serde(skip_serializing_if = "Precision::has_time_of_day")]
    pub end_precision: Precision,
    /// How long it takes, in whole days, where either is known to the day only; else the end −
    /// the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<Duration>,
    /// Its class, from 1.
    pub class: u8,
}

/// The order of lines within a stratum.
pub(super) fn line_order(left: &Line, right: &Line) -> Ordering {
    let by_case = left.hash.cmp(&right.hash).then_with(|| left.case.cmp(&right.case));
    by_case.then_with(|| left.number.cmp(&right.number))
}

impl Partial {
    /// The lines that are drawn, in the stated order.
    pub(super) fn take_lines(
        &mut self,
        plan: &Plan,
        classes: Option<&Classes>,
        all: &[Occurrence],
        origin_us: i64,
    ) -> Vec<SpectrumLine> {
        let Some(classes) = classes else { return Vec::new() };
        let mut sizes = vec![0; plan.strata.count()];
        for occurrence in all {
            sizes[plan.strata.find(occurrence.start_us)] += 1;
        }
        let mut members = Vec::new();
        for (stratum, rows) in std::mem::take(&mut self.lines) {
            let rows = rows.into_rows(plan.line_count, line_order);
            members.extend(rows.into_iter().map(|line| (stratum, line)));
        }
        let mut lines = stratified(members, &sizes, line_order);
        lines.truncate(plan.line_count);
        lines.sort_unstable_by(|left, right| {
            let order = left.occurrence.cmp(&right.occurrence);
            let order = order.then_with(|| left.case.cmp(&right.case));
            order.then_with(|| left.number.cmp(&right.number))
        });
        let line = |line: Line| SpectrumLine {
            case: line.case,
            start_s: Duration::from_us(line.occurrence.start_us - origin_us),
            start_precision: line.precisions.0,
            end_s: Duration::from_us(line.occurrence.end_us - origin_us),
            end_precision: line.precisions.1,
            duration_s: [line.precisions.0, line.precisions.1]
                .contains(&Precision::Day)
                .then(|| Duration::from_us(line.occurrence.duration_us)),
            class: classes.number(line.occurrence.duration_us),
        };
        lines.into_iter().map(line).collect()
    }
}
