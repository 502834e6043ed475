//! Who is where when? The movements of cases along the paths of the map, for a replay. (fold)
//!
//! A movement is an event directly followed by another one in the same case: the case leaves the
//! first activity at the end of the first event and arrives at the second at the start of the
//! second, or at once where they overlap. These are the paths of the map: van der Aalst, "Process
//! Mining: Data Science in Action" (2016), section 6.1.1, with the times of single cases instead
//! of their statistics. Coming in and going out take no time: a case appears with the start of its
//! first event and disappears with the end of its last.
//!
//! Whole cases are drawn: all, or a sample in which every stretch of time has its share of the
//! cases that start in it. It is taken from the cases with the smallest XXH3 hashes of their ids,
//! about twice as many as are drawn, so that memory is bounded whatever the size of the log.
//!
//! To keep the answer small it is written in columns, not in rows, and times are whole ticks after
//! the time before; `wait_ticks` and `stay_ticks` say how to add them up. Ticks are seconds where
//! all times drawn are whole seconds, else milliseconds, to which each instant is cut.

mod answer;
mod progress;
mod seen;
mod values;

use paydirt_model::attribute::AttributeIdx;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::bins::Bins;
use crate::statistics::case_groups::group_attribute;
use crate::statistics::left_out::LeftOut;
use crate::statistics::page::Page;
use crate::statistics::projection::Projection;
use crate::statistics::strata::TimeStrata;
use progress::{CasesInProgress, fine_bins};
use seen::Partial;
use values::MovementValue;

/// Most movements that can be asked for.
pub const MOVEMENT_COUNT_MAX: usize = 200_000;
/// Most cases that are drawn.
pub const CASE_COUNT_MAX: usize = 100_000;
/// Most movements of one case.
pub const CASE_MOVEMENT_COUNT_MAX: usize = 10_000;

/// The movements of cases.
pub struct Op;

/// Which events count, and how many movements are drawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Only these activities: the cases are projected to them, as on the map. All activities when
    /// not given.
    activities: Option<Vec<String>>,
    /// Whether auxiliary activities are on the map.
    #[serde(default)]
    auxiliary: bool,
    /// How many movements are drawn, at most 200,000; all if there are no more.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Another seed draws other cases; the same seed always the same ones.
    #[serde(default)]
    seed: u64,
    /// Name of an attribute of cases with texts or truth values, to tell cases apart by colour.
    by: Option<String>,
}

fn limit_default() -> u64 {
    MOVEMENT_COUNT_MAX as u64
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    projection: Projection,
    seed: u64,
    by: Option<AttributeIdx>,
    strata: TimeStrata,
    /// In which the cases in progress are counted; `None` for a log without events.
    bins: Option<Bins>,
    movement_count_max: usize,
    case_count_max: usize,
    case_movement_count_max: usize,
}

/// A path on which cases move.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MovementPath {
    /// The earlier activity.
    pub from: String,
    /// The later activity.
    pub to: String,
    /// Movements on it that are drawn.
    pub movements: u64,
}

/// The movements.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Cases of which every event is left out.
    pub cases_without_events: u64,
    /// Movements of all cases.
    pub movements: u64,
    /// Cases drawn.
    pub sampled_cases: u64,
    /// Movements drawn.
    pub sampled_movements: u64,
    /// Cases drawn of which only the first 10,000 movements are.
    pub cut_cases: u64,
    /// Movements drawn of which the later event starts before the earlier one ends: they take no
    /// time.
    pub overlaps: u64,
    /// When the first case drawn appears, in whole ticks; missing without cases.
    pub origin: Option<Timestamp>,
    /// How long a tick is.
    pub tick_s: Duration,
    /// Names of the activities in which cases drawn begin, by bytes.
    pub activities: Vec<String>,
    /// The paths of the movements drawn, by these descending, then names.
    pub paths: Vec<MovementPath>,
    /// Ids of the cases drawn, by the tick in which they appear, then id.
    pub case_ids: Vec<String>,
    /// For each case how many ticks after the case before it appears; the first at `origin`.
    pub start_ticks: Vec<u64>,
    /// For each case the activity in which it begins: its place in `activities`, from 0.
    pub first_activities: Vec<u32>,
    /// For each case its place in `values`, from 0; empty without `by`.
    pub case_values: Vec<u8>,
    /// For each case how many movements it makes.
    pub case_movements: Vec<u32>,
    /// For each movement, case by case and in order, its place in `paths`, from 0.
    pub movement_paths: Vec<u32>,
    /// For each movement how many ticks it takes.
    pub wait_ticks: Vec<u64>,
    /// For each event, case by case and in order (one more than movements in each case), how many
    /// ticks the case stays in the activity before it moves on or disappears; empty where no case
    /// stays anywhere.
    pub stay_ticks: Vec<u64>,
    /// The values that tell cases apart: the eight most frequent by cases descending, then value;
    /// then all others together, then cases without one, where there are such. Empty without `by`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<MovementValue>,
    /// How many of all cases are in progress over time; missing without events.
    pub in_progress: Option<CasesInProgress>,
    /// Activities that are not on the map, by name.
    pub left_out: Vec<LeftOut>,
}

impl Operator for Op {
    const NAME: &'static str = "movements";
    const SUMMARY: &'static str =
        "Who is where when: the movements of cases along the paths of the map, for a replay.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let by = params.by.as_deref().and_then(|name| group_attribute(log, name).ok());
        by.into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Ok(Plan {
            projection: Projection::new(log, params.activities.as_deref(), params.auxiliary)?,
            seed: params.seed,
            by: params.by.as_deref().map(|name| group_attribute(log, name)).transpose()?,
            strata: TimeStrata::of(log),
            bins: fine_bins(log),
            movement_count_max: Page::new(0, params.limit, MOVEMENT_COUNT_MAX)?.end(),
            case_count_max: CASE_COUNT_MAX,
            case_movement_count_max: CASE_MOVEMENT_COUNT_MAX,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        seen::observe(log, plan, batch, into);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.merge(right);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        Ok(answer::finish(log, plan, partial))
    }
}

#[cfg(test)]
mod tests;
