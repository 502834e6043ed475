//! How many cases come from stage to stage, how long does it take, where do they stop? (fold)
//!
//! A stage is a set of activities; an event of one of them is an event of the stage. Stages are
//! looked at in one of two ways. In strict order a case reaches the first stage with its first
//! event of it, and each further stage with its first event of it after the one with which it
//! reached the stage before; what happens in between does not matter. In any order a case reaches
//! every stage with its first event of it, whether or not it reached the stages before.
//!
//! Conversion is a share of cases, so it never exceeds 1: of the cases that reached the stage
//! before (or the first one) those that reached this one too. Cases that are still open may come
//! further; where the activities that end a case are declared they are counted apart, with their
//! as-of age, and a second conversion is given of the cases whose step is decided. This is stage
//! conversion as sales teams use it; skipped stages and returns are counted over the events of
//! stages alone, in both orders alike.

mod answer;
mod money;
mod seen;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Decimal, Ratio};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::operator::{Fields, FilledIn, FilledInOf, Operator};
use crate::reads::Reads;
use crate::statistics::calendar::{Granularity, PERIOD_COUNT_MAX, Periods};
use crate::statistics::case_ends::CaseEnds;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::funnel_stages::{FunnelOrder, FunnelStageParams, Stages};
use money::StageMoney;
use seen::Partial;

/// The parameter that is filled in, and the field of the answer that does.
const STAGES: &str = "stages";

/// The funnel of a log.
pub struct Op;

/// The stages, their order, and what is told of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The stages in their order, at most 30. An activity belongs to one stage at most. Unless
    /// given those of the question `stages` for the whole log, whatever filters leave of it.
    stages: Option<Vec<FunnelStageParams>>,
    /// How a case reaches a stage.
    #[serde(default = "order_default")]
    order: FunnelOrder,
    /// Names of the activities that end a case. Only with them it is known which cases are open.
    ends: Option<Vec<String>>,
    /// Also tells the funnel of the cases that start in each of these periods, in the time zone of
    /// the log.
    cohorts: Option<Granularity>,
    /// A numeric attribute, such as the amount of a deal, to sum over the cases of each stage.
    value: Option<String>,
}

fn order_default() -> FunnelOrder {
    FunnelOrder::Strict
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    stages: Stages,
    order: FunnelOrder,
    ends: CaseEnds,
    /// `None` without cohorts, and for a log without events.
    periods: Option<Periods>,
    money: Option<StageMoney>,
    method: Method,
}

/// The value of the cases of a stage, in one currency.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageValue {
    /// The currency; `null` for plain numbers and for money without one.
    pub currency: Option<String>,
    /// Sum over the cases that reached the stage: of each the latest value of its events up to the
    /// one with which it reached the stage, else its value as a case.
    pub total: Decimal,
    /// Cases with such a value.
    pub cases: u64,
}

/// One stage.
#[derive(Debug, Serialize, ToSchema)]
pub struct FunnelStage {
    /// Its name: the given one, else those of its activities.
    pub stage: String,
    /// Its activities, by name.
    pub activities: Vec<String>,
    /// Cases that reached it.
    pub cases: u64,
    /// Of the cases that reached the stage before, the share that reached this one too; missing
    /// for the first stage, and when none reached the stage before.
    pub from_previous: Option<Ratio>,
    /// Of the cases that reached the first stage, the share that reached this one too.
    pub from_start: Option<Ratio>,
    /// As `from_previous`, but without the open cases that may still come from the stage before to
    /// this one; missing without `ends`.
    pub from_previous_decided: Option<Ratio>,
    /// Time from reaching the stage before to reaching this one; whole local days when either is
    /// known to the day only.
    pub from_previous_s: Option<DurationStatistics>,
    /// Cases that reached this stage earlier than the one before it (in any order only); not part
    /// of the times.
    pub before_previous: u64,
    /// Cases of which this is the last stage, in the order of stages, that they reached.
    pub furthest: u64,
    /// Those of them that have not ended: still open, not lost. Missing without `ends`.
    pub furthest_open: Option<u64>,
    /// Those of them that have ended. Missing without `ends`.
    pub furthest_ended: Option<u64>,
    /// As-of ages of the open ones: as-of time − reaching this stage (zero for one reached later).
    /// Missing without `ends` and without open ones.
    pub open_age_s: Option<DurationStatistics>,
    /// Cases with an event of the first stage and one of this, whatever they skip and in whatever
    /// order.
    pub at_all: u64,
    /// `at_all` as a share of the cases with an event of the first stage; in any order the same as
    /// `from_start`.
    pub at_all_from_start: Option<Ratio>,
    /// Cases with an event of a later stage.
    pub later: u64,
    /// Those of them without any event of this stage.
    pub skipped: u64,
    /// `skipped` of `later`.
    pub skip_rate: Option<Ratio>,
    /// How often cases come back to it: an event of this stage that follows, among the events of
    /// stages, one of a later stage, in a case that has had this stage before.
    pub returns: u64,
    /// Cases in which this happens at least once.
    pub returned_cases: u64,
    /// The cases that reached it and not the next stage, and what they did instead; missing for
    /// the last stage.
    pub drop_off: Option<DropOff>,
    /// What the cases that reached it are worth, by currency, `null` last; empty without `value`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<StageValue>,
    /// Cases that reached it and have no value; zero without `value`.
    pub value_missing: u64,
}

/// The cases that reached a stage and not the next one.
#[derive(Debug, Serialize, ToSchema)]
pub struct DropOff {
    /// How many.
    pub cases: u64,
    /// Those of them that have not ended and may still come to the next stage: still open, not
    /// lost. Missing without `ends`.
    pub open: Option<u64>,
    /// Those of them that have ended. Missing without `ends`.
    pub ended: Option<u64>,
    /// Those of them with an event of a later stage all the same: they skip the next stage, or, in
    /// strict order, come to it before this one.
    pub later: u64,
    /// Those of them without any event of a later stage.
    pub nothing_later: u64,
    /// What came next in them: the first event after the one with which they reached the stage
    /// that is not of the stage. Auxiliary activities are passed over unless they belong to a
    /// stage. By cases descending, then by name, `null` last; at most 20.
    pub next: Vec<DropOffNext>,
    /// What else came next, together; `null` when everything is listed.
    pub other: Option<OtherNext>,
}

/// What came next in cases that did not reach the next stage.
#[derive(Debug, Serialize, ToSchema)]
pub struct DropOffNext {
    /// The activity; `null` when nothing came next.
    pub activity: Option<String>,
    /// Cases.
    pub cases: u64,
    /// Those of them that have not ended. Missing without `ends`.
    pub open: Option<u64>,
}

/// What came next in fewer cases than all that is listed.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherNext {
    /// How many activities.
    pub activities: u64,
    /// Cases.
    pub cases: u64,
    /// Those of them that have not ended. Missing without `ends`.
    pub open: Option<u64>,
}

/// Cases that come back from a later stage to an earlier one.
#[derive(Debug, Serialize, ToSchema)]
pub struct StageReturn {
    /// The later stage.
    pub from: String,
    /// The earlier stage, which the case has had before.
    pub to: String,
    /// How often.
    pub returns: u64,
    /// Cases in which it happens at least once.
    pub cases: u64,
}

/// One stage in the funnel of a cohort.
#[derive(Debug, Serialize, ToSchema)]
pub struct CohortStage {
    /// Cases that reached it.
    pub cases: u64,
    /// Of the cases that reached the stage before, the share that reached this one too.
    pub from_previous: Option<Ratio>,
    /// Of the cases that reached the first stage, the share that reached this one too.
    pub from_start: Option<Ratio>,
    /// Time from reaching the stage before to reaching this one.
    pub from_previous_s: Option<DurationStatistics>,
    /// Open cases of which this is the last stage that they reached; missing without `ends`.
    pub furthest_open: Option<u64>,
}

/// The cases that start in one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct FunnelCohort {
    /// First day of the period in the time zone of the log.
    pub date: String,
    /// First instant of the period.
    pub start: Option<Timestamp>,
    /// Cases that start in it, whatever stages they reach.
    pub cases: u64,
    /// The stages, in their order.
    pub stages: Vec<CohortStage>,
}

/// The funnel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// How a case reaches a stage.
    pub order: FunnelOrder,
    /// Cases looked at.
    pub cases: u64,
    /// Those that reach no stage.
    pub outside_cases: u64,
    /// Events looked at, those of auxiliary activities included.
    pub events: u64,
    /// Those that belong to no stage.
    pub outside_events: u64,
    /// Cases that have not ended, whatever stages they reach; missing without `ends`.
    pub open: Option<u64>,
    /// The stages, in their order.
    pub stages: Vec<FunnelStage>,
    /// From which stage to which cases come back, by cases descending, then by the order of stages.
    pub returns: Vec<StageReturn>,
    /// Cases that come back at least once.
    pub returned_cases: u64,
    /// The cohorts from the first to the last period in which a case starts, without gaps; empty
    /// unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cohorts: Vec<FunnelCohort>,
    /// How order statistics were computed.
    pub method: Method,
}

impl Operator for Op {
    const NAME: &'static str = "funnel";
    const SUMMARY: &'static str = "How many cases come from stage to stage, how long it takes, and \
                                   where they stop, skip or come back.";
    const FILLED_IN: Option<FilledIn> = Some(FilledIn {
        question: super::stages::Op::NAME,
        of: FilledInOf::WholeLog,
        asks: |params| params.get(STAGES).is_none_or(Value::is_null).then(Fields::new),
        fills: |params, answer| {
            let told = serde_json::from_str::<Fields>(answer.get());
            let stages = told.ok().and_then(|mut answer| answer.remove(STAGES));
            params.extend(stages.map(|stages| (STAGES.to_owned(), stages)));
        },
    });
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let value = params.value.as_deref();
        value.map_or_else(Reads::nothing, |name| Reads::named(log, name))
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let stages = params.stages.unwrap_or_default();
        let stages = Stages::new(log, stages, ErrorCode::InvalidParameters)?;
        let periods = match &params.cohorts {
            Some(length) => {
                Periods::of_log(log, std::slice::from_ref(length), PERIOD_COUNT_MAX)
                    .map_err(|problem| problem.in_parameter("cohorts"))?
                    .1
            }
            None => None,
        };
        Ok(Plan {
            stages,
            order: params.order,
            ends: CaseEnds::declared(log, params.ends.as_deref())?,
            periods,
            money: params.value.as_deref().map(|name| StageMoney::new(log, name)).transpose()?,
            method: Method::of(log),
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
