//! What comes before an activity or a path, what comes after, how long is waited, and who is
//! there? (fold)
//!
//! The neighbourhood of a node, or of an arrow, of the directly-follows graph: van der Aalst,
//! "Process Mining: Data Science in Action" (2016), section 6.1.1. Every occurrence has exactly one
//! predecessor or begins its case, and exactly one successor or ends it; so the shares on each side
//! add up to 1. Activities are left out as on the map, and the counts agree with it.

mod months;
mod seen;

use std::cmp::Reverse;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::AttributeIdx;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::operators::attributes::{AttributeValues, attribute_values, wanted};
use crate::reads::Reads;
use crate::statistics::bins::bin_count_max;
use crate::statistics::calendar::Periods;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::kept_activities::kept_activities;
use crate::statistics::left_out::{LeftOut, left_out};
use crate::statistics::page::Page;
use crate::statistics::value_counts::ValueCounts;
use crate::statistics::wait_times::{WaitDistribution, WaitTimes};
use months::NeighbourMonth;
use seen::{Partial, Side};

/// Longest list of neighbours, and of values, that can be asked for.
pub const NEIGHBOUR_ROW_MAX: usize = 1_000;

/// The neighbourhood of an activity or a path.
pub struct Op;

/// Of what, and how much of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of the activity; this or `path`.
    #[serde(default)]
    activity: Option<String>,
    /// The path: one activity directly followed by another on the map; this or `activity`.
    #[serde(default)]
    path: Option<PathParams>,
    /// Only these activities, as on the map: the cases are projected to them. All when not given.
    #[serde(default)]
    activities: Option<Vec<String>>,
    /// Whether auxiliary activities are looked at.
    #[serde(default)]
    auxiliary: bool,
    /// Attributes whose values among the occurrences are counted; none unless given.
    #[serde(default)]
    attributes: Vec<String>,
    /// How many neighbours on each side, and how many values, are listed; at most 1,000.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Most bins of each distribution; from 2 to 200.
    #[serde(default = "bins_default")]
    bins: u64,
    /// Of how many of the latest months of the log the occurrences are counted, in its time zone;
    /// none unless given, at most 120.
    #[serde(default)]
    months: u64,
}

/// A path.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PathParams {
    /// The earlier activity.
    from: String,
    /// The later activity.
    to: String,
}

fn limit_default() -> u64 {
    20
}

fn bins_default() -> u64 {
    30
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    /// The first activity of an occurrence, and the last one where it is a path.
    first: ActivityCode,
    second: Option<ActivityCode>,
    is_kept: Vec<bool>,
    keeps_all: bool,
    attributes: Vec<AttributeIdx>,
    row_max: usize,
    bin_count_max: usize,
    months: Option<Periods>,
    method: Method,
}

/// What comes before or after.
#[derive(Debug, Serialize, ToSchema)]
pub struct Neighbour {
    /// The activity.
    pub activity: String,
    /// Occurrences next to which it is.
    pub events: u64,
    /// Their share of all occurrences.
    pub share: Option<Ratio>,
    /// Cases in which this happens at least once.
    pub cases: u64,
    /// The times in between; missing when all of them overlap.
    pub wait_s: Option<DurationStatistics>,
    /// How often the later one started before the earlier one ended; not part of the times.
    pub overlaps: u64,
}

/// One side of the occurrences.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourSide {
    /// Occurrences with nothing on this side: the case begins, or ends, here.
    pub none: u64,
    /// Their share of all occurrences.
    pub none_share: Option<Ratio>,
    /// Different activities on this side, listed or not.
    pub total: u64,
    /// The activities on this side, by occurrences descending, then name.
    pub activities: Vec<Neighbour>,
    /// Occurrences next to an activity that is not listed.
    pub other_events: u64,
    /// All times on this side together.
    pub wait: WaitDistribution,
}

/// The neighbourhood.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Cases with at least one occurrence.
    pub cases_with: u64,
    /// Their share of the cases looked at.
    pub share: Option<Ratio>,
    /// How often the activity or the path occurs.
    pub occurrences: u64,
    /// What comes before; `none` counts occurrences that begin their case.
    pub comes_from: NeighbourSide,
    /// What comes after; `none` counts occurrences that end their case.
    pub goes_to: NeighbourSide,
    /// Of a path its own times: start of the later − end of the earlier activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<WaitDistribution>,
    /// Of an activity its processing times, end − start; missing without start times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing: Option<WaitDistribution>,
    /// Values of the wanted attributes: of cases once for each case with an occurrence, of events
    /// at each occurrence (of a path: at the later event). In the order of `attributes`.
    pub attributes: Vec<AttributeValues>,
    /// The wanted months, earliest first; fewer where the log is shorter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<NeighbourMonth>,
    /// Activities that are not looked at, by name.
    pub left_out: Vec<LeftOut>,
    /// How order statistics were computed.
    pub method: Method,
}

impl Operator for Op {
    const NAME: &'static str = "neighbours";
    const SUMMARY: &'static str = "What comes before and after an activity or a path, with times, \
                                   distributions and values.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        wanted(log, Some(&params.attributes)).into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let is_kept = kept_activities(log, params.activities.as_deref(), params.auxiliary)?;
        let look_up = |name: &str, parameter: &str| {
            let code = log.activities.require(name);
            let code = code.map_err(|problem| problem.in_parameter(parameter))?;
            if is_kept[code.idx()] {
                return Ok(code);
            }
            let detail = say!("\"{name}\" is not among the activities that are looked at.", name);
            Err(Problem::new(ErrorCode::InvalidParameters, detail)
                .in_parameter(parameter)
                .with_hint(say!(
                    "Choose it among the activities, or include auxiliary activities."
                )))
        };
        let (first, second) = match (&params.activity, &params.path) {
            (Some(name), None) => (look_up(name, "activity")?, None),
            (None, Some(path)) => {
                (look_up(&path.from, "path.from")?, Some(look_up(&path.to, "path.to")?))
            }
            (None, None) | (Some(_), Some(_)) => {
                let detail = say!("Name either an activity or a path.");
                return Err(
                    Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("activity")
                );
            }
        };
        for name in &params.attributes {
            log.attribute(name).map_err(|problem| problem.in_parameter("attributes"))?;
        }
        Ok(Plan {
            first,
            second,
            keeps_all: is_kept.iter().all(|&kept| kept),
            is_kept,
            attributes: wanted(log, Some(&params.attributes)),
            row_max: Page::new(0, params.limit, NEIGHBOUR_ROW_MAX)?.end(),
            bin_count_max: bin_count_max(Some(params.bins))?,
            months: months::latest(log, params.months)?,
            method: Method::of(log),
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        into.look(log, plan, batch);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.merge(right);
    }

    fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Result<Output, Problem> {
        partial.attributes.resize_with(plan.attributes.len(), ValueCounts::default);
        partial.left_out.resize(log.activities.count(), 0);
        let values = plan.attributes.iter().zip(&partial.attributes);
        let occurrences = partial.occurrences;
        Ok(Output {
            cases: partial.cases,
            cases_with: partial.cases_with,
            share: Ratio::of(partial.cases_with, partial.cases),
            occurrences,
            attributes: values
                .map(|(idx, counts)| attribute_values(&log.attributes[idx.0], counts, plan.row_max))
                .collect(),
            comes_from: side(log, plan, partial.before, occurrences),
            goes_to: side(log, plan, partial.after, occurrences),
            wait: plan.second.map(|_| partial.own.distribution(plan.bin_count_max)),
            processing: (plan.second.is_none() && log.has_starts)
                .then(|| partial.own.distribution(plan.bin_count_max)),
            months: plan
                .months
                .as_ref()
                .map_or_else(Vec::new, |months| months::answer(months, partial.months)),
            left_out: left_out(log, &partial.left_out),
            method: plan.method,
        })
    }
}

fn side(log: &LogContext, plan: &Plan, side: Side, occurrences: u64) -> NeighbourSide {
    let total = side.neighbours.len() as u64;
    let mut listed: Vec<_> = side.neighbours.into_iter().collect();
    listed.sort_unstable_by_key(|(code, seen)| (Reverse(seen.events), *code));
    let mut together = WaitTimes::default();
    let mut other_events = 0;
    let mut activities = Vec::new();
    for (code, seen) in listed {
        if activities.len() < plan.row_max {
            activities.push(Neighbour {
                activity: log.activities.name(code).to_owned(),
                events: seen.events,
                share: Ratio::of(seen.events, occurrences),
                cases: seen.cases,
                wait_s: seen.waits.statistics(),
                overlaps: seen.waits.overlaps(),
            });
        } else {
            other_events += seen.events;
        }
        together.merge(seen.waits);
    }
    NeighbourSide {
        none: side.none,
        none_share: Ratio::of(side.none, occurrences),
        total,
        activities,
        other_events,
        wait: together.distribution(plan.bin_count_max),
    }
}

#[cfg(test)]
mod tests;
