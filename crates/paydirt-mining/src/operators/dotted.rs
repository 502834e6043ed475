//! What happens when, case by case? A bounded sample of cases for a dotted chart. (fold)
//!
//! After Song and van der Aalst, "Supporting Process Mining by Showing Events at a Glance" (2007).
//! The sample is the cases with the smallest XXH3 hash of their id under the seed: it depends
//! neither on the order nor on the partition of the log. It is cut after the last case with which
//! the chart has at most [`POINT_COUNT_MAX`] points, and a case shows at most its first
//! [`CASE_POINT_COUNT_MAX`] events; the answer says both.
//!
//! To keep the answer small, an activity is its place in the list `activities`, and a time is
//! decimal seconds after `origin`, the first time of the whole log.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::hashed_sample::{HashedRow, HashedSample, SampleLimits};
use crate::statistics::page::Page;

/// Largest sample, in cases.
pub const SAMPLE_MAX: usize = 10_000;
/// Most points of a chart, in events.
pub const POINT_COUNT_MAX: usize = 200_000;
/// Most points of one case, in events.
pub const CASE_POINT_COUNT_MAX: usize = 10_000;

const SAMPLE_DEFAULT: u64 = 1_000;

/// The dotted chart of a log.
pub struct Op;

/// How many cases are drawn, which ones, and in which order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// How many cases are drawn, at most 10,000; all if there are no more.
    #[serde(default = "sample_default")]
    sample: u64,
    /// Another seed draws other cases; the same seed always the same ones.
    #[serde(default)]
    seed: u64,
    /// The order of the rows, smallest first; equal cases go by case id.
    #[serde(default = "sort_default")]
    sort: DottedSort,
}

fn sample_default() -> u64 {
    SAMPLE_DEFAULT
}

fn sort_default() -> DottedSort {
    DottedSort::Start
}

/// The order of the rows of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DottedSort {
    /// By first start.
    Start,
    /// By last end − first start;
    /// whole local days when either end is known to the day only.
    Duration,
    /// By the bytes of the case id.
    Case,
}

/// The parameters, checked.
#[derive(Debug)]
pub struct Plan {
    sample: usize,
    seed: u64,
    sort: DottedSort,
    point_count_max: usize,
    case_point_count_max: usize,
}

/// One case of the chart.
#[derive(Debug, Serialize, ToSchema)]
pub struct DottedCase {
    /// Case id.
    pub case: String,
    /// First start, in seconds after `origin`.
    pub start_s: Duration,
    /// Last end − first start;
    /// whole local days when either end is known to the day only.
    pub duration_s: Duration,
    /// Its events, shown or not.
    pub events: u64,
    /// The activity of each shown event: its place in the chart's `activities`, from 0.
    pub activities: Vec<u32>,
    /// The time of each shown event, in seconds after `origin`.
    pub times_s: Vec<Duration>,
    /// The places in these lists, from 0, of the events known to the day only; missing without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<u32>,
}

/// The chart.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Cases drawn.
    pub sampled: u64,
    /// Whether fewer cases are drawn than asked for, because of their many events.
    pub is_cut: bool,
    /// Events drawn.
    pub points: u64,
    /// The first time of the whole log, from which seconds count; missing without events.
    pub origin: Option<Timestamp>,
    /// Names of the activities that are drawn, by bytes.
    pub activities: Vec<String>,
    /// The cases drawn, in the wanted order.
    pub rows: Vec<DottedCase>,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    sample: HashedSample<Row>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    hash: u64,
    id: String,
    start_us: i64,
    duration_us: i64,
    events: u64,
    activities: Vec<ActivityCode>,
    times_us: Vec<i64>,
    days: Vec<u32>,
}

impl HashedRow for Row {
    fn hash(&self) -> u64 {
        self.hash
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn points(&self) -> usize {
        self.times_us.len()
    }
}

impl Operator for Op {
    const NAME: &'static str = "dotted";
    const SUMMARY: &'static str = "What happens when, case by case: a sample for a dotted chart.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        let page = Page::new(0, params.sample, SAMPLE_MAX);
        Ok(Plan {
            sample: page.map_err(|problem| problem.in_parameter("sample"))?.end(),
            seed: params.seed,
            sort: params.sort,
            point_count_max: POINT_COUNT_MAX,
            case_point_count_max: CASE_POINT_COUNT_MAX,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let limits = SampleLimits { cases: plan.sample, points: plan.point_count_max };
        let cases = &mut into.cases;
        let count = |_: &Case<'_>| {
            *cases += 1;
            true
        };
        into.sample.look(limits, plan.seed, batch, count, |hash, case| row(log, plan, hash, case));
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.sample.merge(right.sample);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let mut rows = partial.sample.into_rows();
        rows.sort_unstable_by(|left, right| {
            let key = |row: &Row| match plan.sort {
                DottedSort::Start => row.start_us,
                DottedSort::Duration => row.duration_us,
                DottedSort::Case => 0,
            };
            key(left).cmp(&key(right)).then_with(|| left.id.cmp(&right.id))
        });
        let places = places(log, &rows);
        let drawn = log.activities.codes().filter(|code| places[code.idx()].is_some());
        let origin_us = log.first_event_at.map_or(0, Timestamp::as_us);
        let after_origin = |us: i64| Duration::from_us(us - origin_us);
        let sampled = rows.len() as u64;
        Ok(Output {
            cases: partial.cases,
            sampled,
            is_cut: sampled < partial.cases.min(plan.sample as u64),
            points: rows.iter().map(|row| row.times_us.len() as u64).sum(),
            origin: log.first_event_at,
            activities: drawn.map(|code| log.activities.name(code).to_owned()).collect(),
            rows: rows
                .into_iter()
                .map(|row| DottedCase {
                    case: row.id,
                    start_s: after_origin(row.start_us),
                    duration_s: Duration::from_us(row.duration_us),
                    events: row.events,
                    activities: row
                        .activities
                        .iter()
                        .filter_map(|code| places[code.idx()])
                        .collect(),
                    times_s: row.times_us.into_iter().map(after_origin).collect(),
                    days: row.days,
                })
                .collect(),
        })
    }
}

fn row(log: &LogContext, plan: &Plan, hash: u64, case: &Case<'_>) -> Row {
    let shown = case.event_count().min(plan.case_point_count_max);
    Row {
        hash,
        id: case.id().to_owned(),
        start_us: case.first_start_us(),
        duration_us: case.duration_us(log),
        events: case.event_count() as u64,
        activities: case.activities()[..shown].to_vec(),
        times_us: case.times_us()[..shown].to_vec(),
        days: (0..shown)
            .filter(|&idx| case.is_day(idx))
            .map(|idx| u32::try_from(idx).expect("shown events are few"))
            .collect(),
    }
}

/// The place of each activity in the list of those that are drawn.
fn places(log: &LogContext, rows: &[Row]) -> Vec<Option<u32>> {
    let mut is_drawn = vec![false; log.activities.count()];
    for activity in rows.iter().flat_map(|row| &row.activities) {
        is_drawn[activity.idx()] = true;
    }
    let mut next = 0..;
    is_drawn.into_iter().map(|drawn| if drawn { next.next() } else { None }).collect()
}

#[cfg(test)]
mod tests;
