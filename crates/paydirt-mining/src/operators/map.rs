//! Which activity follows which, how often, and how long it takes: the process map. (fold)
//!
//! A directly-follows graph: van der Aalst, "Process Mining: Data Science in Action" (2016),
//! section 6.1.1. Starts and ends are separate fields, never artificial activities.

mod paths;
mod repetitions;
pub(super) mod selection;
mod shown;
mod values;
mod waits;
mod weight;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::Attribute;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::{FilledIn, FilledInOf, Operator};
use crate::reads::Reads;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::kept_activities::kept_activities;
use crate::statistics::left_out::{LeftOut, left_out};
pub use paths::Partial;
use paths::PathSeen;
use selection::First;
pub use shown::ShownParams;
use values::{MapValues, ValueParams};
use waits::Waits;
use weight::{Weight, WeightParams, WeightedWait};

/// The process map.
pub struct Op;

/// What the map shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Only these activities: the cases are projected to them, so that what was between two of
    /// them is skipped. All activities when not given.
    #[serde(default)]
    activities: Option<Vec<String>>,
    /// Where `activities` names none: only those that are shown up to a value of the slider, or at
    /// first. They are chosen among all activities of the cases that the filters leave.
    #[serde(default)]
    shown: Option<ShownParams>,
    /// Whether the rarest activities are shown first instead of the strongest.
    #[serde(default)]
    rarest_first: bool,
    /// Whether auxiliary activities are on the map.
    #[serde(default)]
    auxiliary: bool,
    /// Whether the map has paths, and with them waits; activities alone are much faster.
    #[serde(default = "yes")]
    paths: bool,
    /// Whether paths carry times; counts alone are faster.
    #[serde(default = "yes")]
    times: bool,
    /// Whether activities carry the time to what follows them on the map (needs `times`).
    #[serde(default)]
    waits: bool,
    /// Activities that are always shown (`shown_from` 0). Names that do not occur are ignored.
    #[serde(default)]
    keep: Vec<String>,
    /// A numeric attribute that weighs the waits, such as the amount of a deal: value × days.
    #[serde(default)]
    weight: Option<WeightParams>,
    /// Attributes with numbers, amounts or durations, at most 8: activities and paths carry the
    /// sum, mean, median, smallest and largest of their values. Of an attribute of cases one value
    /// for each case, of events one for each event (on a path: the event it leads to).
    #[serde(default)]
    values: Vec<ValueParams>,
    /// Whether activities and paths carry how often they are in one case at most.
    #[serde(default)]
    repetitions: bool,
}

impl Params {
    /// A map with times and waits of these activities, for a question that needs one.
    pub(super) fn with_waits(activities: Option<Vec<String>>, auxiliary: bool) -> Self {
        Params {
            activities,
            shown: None,
            rarest_first: false,
            auxiliary,
            paths: true,
            times: true,
            waits: true,
            keep: Vec::new(),
            weight: None,
            values: Vec::new(),
            repetitions: false,
        }
    }
}

impl Params {
    /// A map of counts alone, for a question that needs no more.
    pub(super) fn of_counts() -> Self {
        Params { times: false, waits: false, ..Params::with_waits(None, false) }
    }
}

fn yes() -> bool {
    true
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    has_paths: bool,
    has_times: bool,
    has_waits: bool,
    has_repetitions: bool,
    first: First,
    is_kept: Vec<bool>,
    keeps_all: bool,
    pinned: Vec<bool>,
    weight: Option<Weight>,
    values: Vec<Attribute>,
    method: Method,
}

/// One activity of the map.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapActivity {
    /// Name.
    pub activity: String,
    /// Events of this activity.
    pub events: u64,
    /// Cases with at least one of them.
    pub cases: u64,
    /// Time of its activity instances, end − start; missing without start times.
    pub duration_s: Option<DurationStatistics>,
    /// Time to what follows it on the map: the times of all paths that leave it, together.
    /// Missing when nothing follows or `waits` is not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_s: Option<DurationStatistics>,
    /// Weighted waiting for what follows it, one entry for each unit: that of all paths that leave
    /// it, together; empty without `weight`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weighted: Vec<WeightedWait>,
    /// Waits for what follows it without a value of the weight.
    #[serde(skip_serializing_if = "is_zero")]
    pub weight_missing: u64,
    /// What the values of the wanted attributes come to, in the order asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<MapValues>,
    /// How often it is in one case at most; missing unless `repetitions` is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_in_case: Option<u64>,
    /// Slider value (0 to 100) from which it is shown.
    pub shown_from: u8,
    /// Whether it is shown at first.
    pub shown: bool,
}

/// One path of the map: an activity directly followed by another in a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapPath {
    /// The earlier activity.
    pub from: String,
    /// The later activity.
    pub to: String,
    /// How often.
    pub events: u64,
    /// Cases in which it happens at least once.
    pub cases: u64,
    /// Start of the later − end of the earlier one. Missing when all of them overlap
    /// or no times were asked for.
    pub duration_s: Option<DurationStatistics>,
    /// How often the later one started before the earlier one ended; not part of the times.
    pub overlaps: u64,
    /// Sum of these overlaps, in seconds.
    pub overlap_s: Duration,
    /// Weighted waiting, one entry for each unit; empty without `weight`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weighted: Vec<WeightedWait>,
    /// Waits without a value of the weight (eligible but not used).
    #[serde(skip_serializing_if = "is_zero")]
    pub weight_missing: u64,
    /// What the values of the wanted attributes come to, in the order asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<MapValues>,
    /// How often it is in one case at most; missing unless `repetitions` is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_in_case: Option<u64>,
    /// Slider value (0 to 100, share of transitions explained) from which it is shown.
    pub shown_from: u8,
    /// Whether it is shown at first.
    pub shown: bool,
}

/// Cases that start or end with an activity.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapEnd {
    /// Name.
    pub activity: String,
    /// Cases.
    pub cases: u64,
}

/// The map.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Cases of which every event is left out.
    pub cases_without_events: u64,
    /// Activities by cases descending, then name.
    pub activities: Vec<MapActivity>,
    /// Paths by cases descending, then names; none without `paths`.
    pub paths: Vec<MapPath>,
    /// First activities by cases descending, then name.
    pub starts: Vec<MapEnd>,
    /// Last activities by cases descending, then name.
    pub ends: Vec<MapEnd>,
    /// Activities that are not on the map, by name.
    pub left_out: Vec<LeftOut>,
    /// How order statistics were computed.
    pub method: Method,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Operator for Op {
    const NAME: &'static str = "map";
    const SUMMARY: &'static str =
        "Which activity follows which, how often, how long it takes and what the waiting costs.";
    const FILLED_IN: Option<FilledIn> = Some(FilledIn {
        question: Op::NAME,
        of: FilledInOf::Selection,
        asks: shown::all_of,
        fills: shown::choose,
    });
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let weight = params.weight.as_ref();
        weight
            .map_or_else(Reads::nothing, |weight| Reads::named(log, &weight.attribute))
            .and(values::reads(log, &params.values))
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        if params.activities.is_none() && params.shown.is_some() {
            return Err(shown::not_chosen());
        }
        let is_kept = kept_activities(log, params.activities.as_deref(), params.auxiliary)?;
        let mut pinned = vec![false; log.activities.count()];
        for code in params.keep.iter().filter_map(|name| log.activities.code(name)) {
            pinned[code.idx()] = true;
        }
        Ok(Plan {
            has_paths: params.paths,
            has_times: params.times,
            has_waits: params.waits,
            has_repetitions: params.repetitions,
            first: if params.rarest_first { First::Rarest } else { First::Strongest },
            keeps_all: is_kept.iter().all(|&kept| kept),
            is_kept,
            pinned,
            weight: params.weight.map(|weight| Weight::plan(log, weight)).transpose()?,
            values: values::plan(log, &params.values)?,
            method: Method::of(log),
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        paths::observe(log, plan, batch, into);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.merge(right);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        Ok(finish(log, plan, partial))
    }
}

fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Output {
    partial.activities.resize_with(log.activities.count(), Default::default);
    partial.left_out.resize(log.activities.count(), 0);
    let codes: Vec<ActivityCode> = log.activities.codes().collect();
    let occurring: Vec<ActivityCode> =
        codes.iter().copied().filter(|code| partial.activities[code.idx()].events > 0).collect();
    let ends = |cases_of: &dyn Fn(ActivityCode) -> u64| {
        let mut ends: Vec<(ActivityCode, u64)> =
            occurring.iter().map(|&code| (code, cases_of(code))).collect();
        ends.retain(|&(_, cases)| cases > 0);
        ends.sort_by_key(|&(code, cases)| (std::cmp::Reverse(cases), code));
        ends.into_iter()
            .map(|(code, cases)| MapEnd { activity: name(log, code), cases })
            .collect::<Vec<_>>()
    };
    let starts = ends(&|code| partial.activities[code.idx()].start_cases);
    let ends = ends(&|code| partial.activities[code.idx()].end_cases);
    let left_out = left_out(log, &partial.left_out);
    let mut waits = Waits::new(plan.method, log.activities.count());
    let paths = finish_paths(log, plan, &mut partial, &occurring, &mut waits);
    let activities = finish_activities(log, plan, &mut partial, occurring, &mut waits);
    Output {
        cases: partial.cases,
        cases_without_events: partial.cases_without_events,
        activities,
        paths,
        starts,
        ends,
        left_out,
        method: plan.method,
    }
}

fn name(log: &LogContext, code: ActivityCode) -> String {
    log.activities.name(code).to_owned()
}

fn finish_activities(
    log: &LogContext,
    plan: &Plan,
    partial: &mut Partial,
    mut occurring: Vec<ActivityCode>,
    waits: &mut Waits,
) -> Vec<MapActivity> {
    let Partial { activities: seen, values, repetitions, .. } = partial;
    occurring.sort_by_key(|code| (std::cmp::Reverse(seen[code.idx()].events), *code));
    let events: Vec<u64> = occurring.iter().map(|code| seen[code.idx()].events).collect();
    let pinned: Vec<bool> = occurring.iter().map(|code| plan.pinned[code.idx()]).collect();
    let appearances = selection::activities(&events, &pinned, plan.first);
    let mut listed: Vec<_> = occurring.into_iter().zip(appearances).collect();
    listed.sort_by_key(|(code, _)| (std::cmp::Reverse(seen[code.idx()].cases), *code));
    listed
        .into_iter()
        .map(|(code, appearance)| MapActivity {
            activity: name(log, code),
            events: seen[code.idx()].events,
            cases: seen[code.idx()].cases,
            duration_s: seen[code.idx()].durations.statistics(),
            wait_s: waits.statistics(code),
            weighted: plan
                .weight
                .iter()
                .flat_map(|weight| weight.answer(waits.weights(code)))
                .collect(),
            weight_missing: waits.weights(code).missing(),
            values: plan
                .values
                .iter()
                .zip(values.iter())
                .filter_map(|(attribute, seen)| Some(seen.at_activity(code)?.answer(attribute)))
                .collect(),
            most_in_case: plan.has_repetitions.then(|| repetitions.at_activity(code)),
            shown_from: appearance.shown_from,
            shown: appearance.is_default,
        })
        .collect()
}

fn finish_paths(
    log: &LogContext,
    plan: &Plan,
    partial: &mut Partial,
    occurring: &[ActivityCode],
    waits: &mut Waits,
) -> Vec<MapPath> {
    let ends_of_path = std::mem::take(&mut partial.ends_of_path);
    let seen = std::mem::take(&mut partial.paths).into_iter().enumerate();
    let mut paths: Vec<((ActivityCode, ActivityCode), (usize, PathSeen))> =
        ends_of_path.into_iter().zip(seen).collect();
    paths.retain(|(_, (_, path))| path.events > 0);
    paths.sort_by_key(|(ends, (_, path))| (std::cmp::Reverse(path.events), *ends));
    let position =
        |code: ActivityCode| occurring.binary_search(&code).expect("both ends of a path occur");
    let links: Vec<selection::Link> = paths
        .iter()
        .map(|&((from, to), (_, ref path))| selection::Link {
            from: position(from),
            to: position(to),
            events: path.events,
        })
        .collect();
    let flags = |test: &dyn Fn(&paths::ActivitySeen) -> bool| -> Vec<bool> {
        occurring.iter().map(|code| test(&partial.activities[code.idx()])).collect()
    };
    let starts = flags(&|seen| seen.start_cases > 0);
    let ends = flags(&|seen| seen.end_cases > 0);
    let appearances = selection::paths(occurring.len(), &links, &starts, &ends);
    let mut listed: Vec<_> = paths.into_iter().zip(appearances).collect();
    listed.sort_by_key(|((ends, (_, path)), _)| (std::cmp::Reverse(path.cases), *ends));
    listed
        .into_iter()
        .map(|(((from, to), (number, mut path)), appearance)| {
            let duration_s = match plan.method {
                Method::Exact => path.values.statistics(),
                Method::Histogram => path.rough.statistics(),
            };
            if plan.has_waits {
                waits.take(from, &mut path);
            }
            waits.weigh(from, &path.weights);
            MapPath {
                from: name(log, from),
                to: name(log, to),
                events: path.events,
                cases: path.cases,
                duration_s,
                overlaps: path.overlaps,
                overlap_s: Duration::from_us(path.overlap_us),
                weighted: plan
                    .weight
                    .iter()
                    .flat_map(|weight| weight.answer(&path.weights))
                    .collect(),
                weight_missing: path.weights.missing(),
                values: plan
                    .values
                    .iter()
                    .zip(&partial.values)
                    .filter_map(|(attribute, seen)| Some(seen.on_path(number)?.answer(attribute)))
                    .collect(),
                most_in_case: plan.has_repetitions.then(|| partial.repetitions.on_path(number)),
                shown_from: appearance.shown_from,
                shown: appearance.is_default,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
