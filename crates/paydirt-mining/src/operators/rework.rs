//! What is done more than once in a case, and in which cases? (fold)
//!
//! A repeat is every event of an activity after its first in the same case: repeats = events −
//! cases. It is a self-loop where it directly follows another event of the same activity, and a
//! return where something else happened in between: repeats = self-loops + returns.
//!
//! The time of doing an activity again is that from the end of its first event in the case to the
//! end of its last one: the case would have been through with it that much earlier, had the first
//! been enough. In a case with several such activities these times may overlap; its rework time is
//! the time that lies in at least one of them. Auxiliary activities are left out unless asked for.

mod look;

use std::cmp::{Ordering, Reverse};

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Duration, Ratio};
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::best_rows::BestRows;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::kept_activities::kept_activities;
use crate::statistics::keyed_durations::KeyedDurations;
use crate::statistics::left_out::{LeftOut, left_out};
use crate::statistics::page::Page;
use look::{Look, OF_CASES, OneCase, kind_of};

/// Longest list of cases that can be asked for, in cases.
pub const REWORK_CASES_MAX: usize = 10_000;

const LIMIT_DEFAULT: u64 = 20;

/// The rework of a log.
pub struct Op;

/// How many cases are named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// How many of the cases with most repeats are listed, at most 10,000.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Whether auxiliary activities are looked at like others.
    #[serde(default)]
    auxiliary: bool,
}

fn limit_default() -> u64 {
    LIMIT_DEFAULT
}

/// The parameters, checked.
#[derive(Debug)]
pub struct Plan {
    case_count_max: usize,
    is_kept: Vec<bool>,
    method: Method,
}

/// How often one activity is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReworkActivity {
    /// Name.
    pub activity: String,
    /// Cases with the activity.
    pub cases: u64,
    /// Cases with at least two events of it.
    pub cases_with_repeat: u64,
    /// Their share of the cases with the activity.
    pub share_with_repeat: Option<Ratio>,
    /// Events after the first of their case: events − cases.
    pub repeats: u64,
    /// Repeats directly after the same activity.
    pub self_loops: u64,
    /// Repeats after something else happened in between.
    pub returns: u64,
    /// Most events of the activity in one case.
    pub most_in_case: u64,
    /// Time from the first to the last of them, over the cases with a repeat; missing without one.
    /// Whole local days where either is known to the day only.
    pub again_s: Option<DurationStatistics>,
}

/// How much is repeated in one case.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReworkCase {
    /// Case id.
    pub case: String,
    /// Its events, those of auxiliary activities included.
    pub events: u64,
    /// Events after the first of their activity.
    pub repeats: u64,
    /// Repeats directly after the same activity.
    pub self_loops: u64,
    /// Repeats after something else happened in between.
    pub returns: u64,
    /// Time between the first and the last event of any repeated activity; what several share
    /// counts once.
    pub rework_s: Duration,
}

/// What is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Events that are looked at.
    pub events: u64,
    /// Cases with any repeat.
    pub cases_with_rework: u64,
    /// Their share of all cases; missing without cases.
    pub share: Option<Ratio>,
    /// Repeats of all activities.
    pub repeats: u64,
    /// Rework time of the cases with any repeat; missing without one.
    pub rework_s: Option<DurationStatistics>,
    /// Every activity that is looked at, by cases descending, then name.
    pub activities: Vec<ReworkActivity>,
    /// The cases with most repeats, by repeats descending, then case id.
    pub case_list: Vec<ReworkCase>,
    /// Activities that are not looked at, by name.
    pub left_out: Vec<LeftOut>,
    /// How order statistics were computed.
    pub method: Method,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    events: u64,
    cases_with_rework: u64,
    activities: Vec<ActivitySeen>,
    case_list: BestRows<CaseSeen>,
    /// Kept so that `merge` can select.
    case_count_max: usize,
    left_out: Vec<u64>,
    /// By [`kind_of`] the activity; those of cases by [`OF_CASES`].
    times: KeyedDurations,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct ActivitySeen {
    cases: u64,
    cases_with_repeat: u64,
    repeats: u64,
    self_loops: u64,
    most_in_case: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct CaseSeen {
    id: String,
    events: u64,
    repeats: u64,
    self_loops: u64,
    rework_us: i64,
}

/// A case that may come into the list, before anything is copied.
struct Candidate<'a> {
    case: Case<'a>,
    repeats: u32,
    self_loops: u32,
    rework_us: i64,
}

impl Operator for Op {
    const NAME: &'static str = "rework";
    const SUMMARY: &'static str = "What is done more than once in a case, and in which cases.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Ok(Plan {
            case_count_max: Page::new(0, params.limit, REWORK_CASES_MAX)?.end(),
            is_kept: kept_activities(log, None, params.auxiliary)?,
            method: Method::of(log),
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        into.case_count_max = plan.case_count_max;
        into.left_out.resize(log.activities.count(), 0);
        let mut look = Look::new(log, plan, batch);
        let mut candidates = BestRows::default();
        let bound = into.case_list.bound(plan.case_count_max);
        batch.for_each(|case| {
            let seen = look.at(&case, &mut into.left_out);
            into.cases += 1;
            into.events += u64::from(seen.events);
            into.cases_with_rework += u64::from(seen.repeats > 0);
            let least = bound.map_or(1, |bound| bound.repeats);
            if seen.repeats > 0 && least <= u64::from(seen.repeats) {
                let OneCase { repeats, self_loops, rework_us, .. } = seen;
                let candidate = Candidate { case, repeats, self_loops, rework_us };
                candidates.offer(plan.case_count_max, candidate, candidate_order);
            }
        });
        for candidate in candidates.into_rows(plan.case_count_max, candidate_order) {
            let row = CaseSeen {
                id: candidate.case.id().to_owned(),
                events: candidate.case.event_count() as u64,
                repeats: candidate.repeats.into(),
                self_loops: candidate.self_loops.into(),
                rework_us: candidate.rework_us,
            };
            into.case_list.offer(plan.case_count_max, row, case_order);
        }
        into.activities.resize_with(look.counters.len(), ActivitySeen::default);
        for (seen, counter) in into.activities.iter_mut().zip(&look.counters) {
            seen.add(&counter.seen());
        }
        into.times.append(look.writer);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.events += right.events;
        left.cases_with_rework += right.cases_with_rework;
        let activity_count = left.activities.len().max(right.activities.len());
        left.activities.resize_with(activity_count, ActivitySeen::default);
        for (left, right) in left.activities.iter_mut().zip(&right.activities) {
            left.add(right);
        }
        left.left_out.resize(left.left_out.len().max(right.left_out.len()), 0);
        for (left, right) in left.left_out.iter_mut().zip(right.left_out) {
            *left += right;
        }
        left.times.merge(right.times, |kind| kind);
        left.case_count_max = left.case_count_max.max(right.case_count_max);
        left.case_list.merge(right.case_list, left.case_count_max, case_order);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let seen = &partial.activities;
        let mut codes: Vec<ActivityCode> = log.activities.codes().collect();
        codes.retain(|code| seen.get(code.idx()).is_some_and(|seen| seen.cases > 0));
        codes.sort_by_key(|code| (Reverse(seen[code.idx()].cases), *code));
        let kinds = codes.iter().map(|&code| (kind_of(code), seen[code.idx()].cases_with_repeat));
        let of_cases = (OF_CASES, partial.cases_with_rework);
        let kinds: Vec<(u32, u64)> = std::iter::once(of_cases).chain(kinds).collect();
        let mut times = partial.times.statistics(&kinds).into_iter();
        let rework_s = times.next().flatten();
        let activities = codes.iter().zip(times).map(|(&code, again_s)| {
            let seen = &seen[code.idx()];
            ReworkActivity {
                activity: log.activities.name(code).to_owned(),
                cases: seen.cases,
                cases_with_repeat: seen.cases_with_repeat,
                share_with_repeat: Ratio::of(seen.cases_with_repeat, seen.cases),
                repeats: seen.repeats,
                self_loops: seen.self_loops,
                returns: seen.repeats - seen.self_loops,
                most_in_case: seen.most_in_case,
                again_s,
            }
        });
        let case_list = partial.case_list.into_sorted(plan.case_count_max, case_order);
        let case_list = case_list.into_iter().map(|seen| ReworkCase {
            case: seen.id,
            events: seen.events,
            repeats: seen.repeats,
            self_loops: seen.self_loops,
            returns: seen.repeats - seen.self_loops,
            rework_s: Duration::from_us(seen.rework_us),
        });
        Ok(Output {
            cases: partial.cases,
            events: partial.events,
            cases_with_rework: partial.cases_with_rework,
            share: Ratio::of(partial.cases_with_rework, partial.cases),
            repeats: seen.iter().map(|seen| seen.repeats).sum(),
            rework_s,
            activities: activities.collect(),
            case_list: case_list.collect(),
            left_out: left_out(log, &partial.left_out),
            method: plan.method,
        })
    }
}

impl ActivitySeen {
    fn add(&mut self, other: &ActivitySeen) {
        self.cases += other.cases;
        self.cases_with_repeat += other.cases_with_repeat;
        self.repeats += other.repeats;
        self.self_loops += other.self_loops;
        self.most_in_case = self.most_in_case.max(other.most_in_case);
    }
}

fn candidate_order(left: &Candidate<'_>, right: &Candidate<'_>) -> Ordering {
    right.repeats.cmp(&left.repeats).then_with(|| left.case.id().cmp(right.case.id()))
}

fn case_order(left: &CaseSeen, right: &CaseSeen) -> Ordering {
    right.repeats.cmp(&left.repeats).then_with(|| left.id.cmp(&right.id))
}

#[cfg(test)]
mod tests;
