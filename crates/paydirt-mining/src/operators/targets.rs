//! How many passages, and how many cases, keep to a target time? (fold)
//!
//! A target is a longest time: from one activity to the next one of a path, until what follows an
//! activity, of the work in an activity, or of a whole case. The times are those of the map and of
//! `throughput`, in calendar time: a time is within its target up to and including it. What has no
//! time is measured by no target and counted apart: an overlap, an activity that ends its case,
//! one without a start time, an open case.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::objects::tagged_list;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::case_ends::CaseEnds;
use crate::statistics::kept_activities::kept_activities;

/// Most targets of one question.
pub const TARGET_COUNT_MAX: usize = 1_000;
/// The longest target: 1,000 years.
pub const AT_MOST_S_MAX: u64 = 31_557_600_000;

const SECOND_US: i64 = 1_000_000;

/// Passages and cases within their targets.
pub struct Op;

/// A target: what it is for, and the longest time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// For a path: start of the later − end of the earlier activity.
    Path {
        /// The earlier activity.
        from: String,
        /// The later activity.
        to: String,
        /// The longest time in seconds, itself included.
        at_most_s: u64,
    },
    /// For the time from an activity to what follows it on the map.
    Wait {
        /// The activity.
        activity: String,
        /// The longest time in seconds, itself included.
        at_most_s: u64,
    },
    /// For the work in an activity, end − start; it needs start times.
    Work {
        /// The activity.
        activity: String,
        /// The longest time in seconds, itself included.
        at_most_s: u64,
    },
    /// For the whole case: its duration.
    Case {
        /// The longest time in seconds, itself included.
        at_most_s: u64,
    },
}

impl Target {
    /// The longest time in seconds, itself included.
    #[must_use]
    pub fn at_most_s(&self) -> u64 {
        match self {
            Target::Path { at_most_s, .. }
            | Target::Wait { at_most_s, .. }
            | Target::Work { at_most_s, .. }
            | Target::Case { at_most_s } => *at_most_s,
        }
    }

    /// The activities that it names.
    #[must_use]
    pub fn activities(&self) -> Vec<&str> {
        match self {
            Target::Path { from, to, .. } => vec![from, to],
            Target::Wait { activity, .. } | Target::Work { activity, .. } => vec![activity],
            Target::Case { .. } => Vec::new(),
        }
    }

    /// Refuses a time that no target can be.
    ///
    /// # Errors
    /// The time is zero or longer than [`AT_MOST_S_MAX`].
    pub fn check(&self) -> Result<(), Problem> {
        if (1..=AT_MOST_S_MAX).contains(&self.at_most_s()) {
            return Ok(());
        }
        let detail = say!("A target time is from 1 second to 1,000 years.");
        Err(Problem::new(ErrorCode::InvalidParameters, detail)
            .in_parameter("at_most_s")
            .with_hint(say!("Give the longest time in whole seconds.")))
    }
}

/// Which targets, on which map.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The targets, at most 1,000. Activities that the log does not have are no error.
    #[serde(deserialize_with = "tagged_list")]
    targets: Vec<Target>,
    /// Only these activities, as on the map: the cases are projected to them. All when not given.
    #[serde(default)]
    activities: Option<Vec<String>>,
    /// Whether auxiliary activities are looked at.
    #[serde(default)]
    auxiliary: bool,
    /// Names of the activities that end a case, for targets of cases; unless given, its last event
    /// does.
    #[serde(default)]
    ends: Option<Vec<String>>,
}

/// The targets looked up.
#[derive(Debug)]
pub struct Plan {
    targets: Vec<Target>,
    /// For each target the activities that the log does not have.
    missing: Vec<Vec<String>>,
    limits_us: Vec<i64>,
    /// Of each path, and for each activity, the targets, by their places in the list.
    paths: FxHashMap<(ActivityCode, ActivityCode), Vec<usize>>,
    waits: Vec<Vec<usize>>,
    works: Vec<Vec<usize>>,
    cases: Vec<usize>,
    is_kept: Vec<bool>,
    ends: CaseEnds,
}

/// How a target is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetFigures {
    /// The target.
    pub target: Target,
    /// Activities of the target that the log does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// How often what it is for happens; of cases, how many there are.
    pub passages: u64,
    /// Those with a time.
    pub measured: u64,
    /// Those of them with a time up to the target.
    pub within: u64,
    /// Their share of those with a time.
    pub share: Option<Ratio>,
    /// Cases in which it happens.
    pub cases: u64,
    /// Cases with a time over the target, at least once.
    pub cases_over: u64,
}

/// Passages and cases within their targets.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// The targets, in the order asked.
    pub targets: Vec<TargetFigures>,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    seen: Vec<Seen>,
}

/// What is seen of one target.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Seen {
    passages: u64,
    measured: u64,
    within: u64,
    cases: u64,
    cases_over: u64,
    /// Numbers of the latest case with a passage, and with one over the target, from 1.
    #[serde(skip)]
    last_case: u64,
    #[serde(skip)]
    last_over: u64,
}

impl Operator for Op {
    const NAME: &'static str = "targets";
    const SUMMARY: &'static str = "How many passages, and how many cases, keep to a target time.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let Params { targets, activities, auxiliary, ends } = params;
        if targets.len() > TARGET_COUNT_MAX {
            let detail = say!(
                "{count} {count|target was|targets were} asked for; at most {max} can be.",
                count = targets.len(),
                max = TARGET_COUNT_MAX
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter("targets"));
        }
        let count = log.activities.count();
        let mut plan = Plan {
            missing: Vec::new(),
            limits_us: Vec::new(),
            paths: FxHashMap::default(),
            waits: vec![Vec::new(); count],
            works: vec![Vec::new(); count],
            cases: Vec::new(),
            is_kept: kept_activities(log, activities.as_deref(), auxiliary)?,
            ends: CaseEnds::declared(log, ends.as_deref())?,
            targets: Vec::new(),
        };
        for (place, target) in targets.iter().enumerate() {
            target.check()?;
            plan.look_up(log, place, target);
        }
        plan.targets = targets;
        Ok(plan)
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        into.seen.resize_with(plan.targets.len(), Seen::default);
        let mut kept: Vec<usize> = Vec::new();
        batch.for_each(|case| {
            into.cases += 1;
            kept.clear();
            kept.extend(
                (0..case.event_count()).filter(|&idx| plan.is_kept[case.activities()[idx].idx()]),
            );
            into.look(log, plan, &case, &kept);
        });
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        let count = left.seen.len().max(right.seen.len());
        left.seen.resize_with(count, Seen::default);
        for (seen, theirs) in left.seen.iter_mut().zip(right.seen) {
            seen.passages += theirs.passages;
            seen.measured += theirs.measured;
            seen.within += theirs.within;
            seen.cases += theirs.cases;
            seen.cases_over += theirs.cases_over;
        }
    }

    fn finish(_: &LogContext, plan: &Plan, mut partial: Partial) -> Result<Output, Problem> {
        partial.seen.resize_with(plan.targets.len(), Seen::default);
        let targets = plan.targets.iter().zip(&plan.missing).zip(partial.seen);
        let figures = |((target, missing), seen): ((&Target, &Vec<String>), Seen)| TargetFigures {
            target: target.clone(),
            missing: missing.clone(),
            passages: seen.passages,
            measured: seen.measured,
            within: seen.within,
            share: Ratio::of(seen.within, seen.measured),
            cases: seen.cases,
            cases_over: seen.cases_over,
        };
        Ok(Output { cases: partial.cases, targets: targets.map(figures).collect() })
    }
}

impl Plan {
    fn look_up(&mut self, log: &LogContext, place: usize, target: &Target) {
        let code = |name: &str| log.activities.code(name);
        match target {
            Target::Path { from, to, .. } => {
                if let Some(ends) = code(from).zip(code(to)) {
                    self.paths.entry(ends).or_default().push(place);
                }
            }
            Target::Wait { activity, .. } => {
                if let Some(code) = code(activity) {
                    self.waits[code.idx()].push(place);
                }
            }
            Target::Work { activity, .. } => {
                if let Some(code) = code(activity) {
                    self.works[code.idx()].push(place);
                }
            }
            Target::Case { .. } => self.cases.push(place),
        }
        let mut missing: Vec<String> = Vec::new();
        for name in target.activities() {
            if code(name).is_none() && missing.iter().all(|known| known != name) {
                missing.push(name.to_owned());
            }
        }
        self.missing.push(missing);
        let limit_s = i64::try_from(target.at_most_s()).expect("targets are below 1,000 years");
        self.limits_us.push(limit_s * SECOND_US);
    }
}

impl Partial {
    /// Looks at a case and those of its events that are on the map.
    fn look(&mut self, log: &LogContext, plan: &Plan, case: &Case<'_>, kept: &[usize]) {
        let trace = case.activities();
        for (place, &event) in kept.iter().enumerate() {
            let code = trace[event];
            let next = kept.get(place + 1).copied();
            let waits = &plan.waits[code.idx()];
            let own_paths =
                next.and_then(|next| plan.paths.get(&(code, trace[next]))).into_iter().flatten();
            if !waits.is_empty() || own_paths.clone().next().is_some() {
                let wait_us = next.map(|next| case.path_us(log, event, next));
                let wait_us = wait_us.filter(|&us| 0 <= us);
                for &target in waits.iter().chain(own_paths) {
                    self.note(plan, target, wait_us);
                }
            }
            for &target in &plan.works[code.idx()] {
                let work_us = case.own_start_us(event).map(|start| case.times_us()[event] - start);
                self.note(plan, target, work_us);
            }
        }
        for &target in &plan.cases {
            let end = plan.ends.of(case);
            self.note(plan, target, end.map(|end| case.duration_until_us(log, end)));
        }
    }

    /// Counts a passage, with its time where it has one.
    fn note(&mut self, plan: &Plan, target: usize, time_us: Option<i64>) {
        let case_number = self.cases;
        let seen = &mut self.seen[target];
        seen.passages += 1;
        seen.cases += u64::from(seen.last_case != case_number);
        seen.last_case = case_number;
        let Some(time_us) = time_us else { return };
        seen.measured += 1;
        if time_us <= plan.limits_us[target] {
            seen.within += 1;
            return;
        }
        seen.cases_over += u64::from(seen.last_over != case_number);
        seen.last_over = case_number;
    }
}

#[cfg(test)]
mod tests;
