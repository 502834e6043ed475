//! How cases go through the stages: one pass over whole cases, counts that merge.

use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::money::MoneySum;
use super::stages::Stages;
use super::{FunnelOrder, Plan};
use crate::statistics::duration_bag::DurationBag;
use crate::statistics::keyed_durations::{DurationWriter, KeyedDurations};

/// What is seen of some cases. A cohort is a period, or the only one where none were asked for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    pub(super) cases: u64,
    pub(super) outside_cases: u64,
    pub(super) events: u64,
    pub(super) outside_events: u64,
    pub(super) open: u64,
    pub(super) returned_cases: u64,
    /// Cases of each cohort.
    pub(super) cohort_cases: Vec<u64>,
    /// For each cohort all stages.
    pub(super) reached: Vec<Reached>,
    pub(super) stages: Vec<StageSeen>,
    /// From each stage to all stages.
    pub(super) returns: Vec<Returns>,
    /// From the stage before; kinds are places in `reached`.
    pub(super) times: KeyedDurations,
    #[serde(skip)]
    case_number: u64,
}

/// The cases of a cohort at one stage.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Reached {
    pub(super) cases: u64,
    pub(super) with_first: u64,
    pub(super) with_previous: u64,
    /// Open cases that have reached the stage before and not this one.
    pub(super) undecided: u64,
    pub(super) before_previous: u64,
    pub(super) furthest: u64,
    pub(super) furthest_open: u64,
}

/// What is seen of one stage over all cohorts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct StageSeen {
    pub(super) later: u64,
    pub(super) skipped: u64,
    pub(super) returns: u64,
    pub(super) returned_cases: u64,
    pub(super) open_ages: DurationBag,
    pub(super) money: MoneySum,
}

/// Returns from one stage to another.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Returns {
    pub(super) count: u64,
    pub(super) cases: u64,
    #[serde(skip)]
    last_case: u64,
}

/// The way of one case: a bit for each stage.
#[derive(Default)]
struct Way {
    cohort: usize,
    is_open: bool,
    /// The event with which each stage of `reached` was reached.
    events: Vec<usize>,
    reached: u32,
    /// Stages with any event.
    present: u32,
    returned: u32,
}

impl Partial {
    fn prepare(&mut self, cohort_count: usize, stage_count: usize) {
        self.cohort_cases.resize(cohort_count, 0);
        self.reached.resize(cohort_count * stage_count, Reached::default());
        self.stages.resize(stage_count, StageSeen::default());
        self.returns.resize(stage_count * stage_count, Returns::default());
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, other: Partial) {
        if other.stages.is_empty() {
            return;
        }
        self.prepare(other.cohort_cases.len(), other.stages.len());
        self.cases += other.cases;
        self.outside_cases += other.outside_cases;
        self.events += other.events;
        self.outside_events += other.outside_events;
        self.open += other.open;
        self.returned_cases += other.returned_cases;
        for (count, theirs) in self.cohort_cases.iter_mut().zip(other.cohort_cases) {
            *count += theirs;
        }
        for (reached, theirs) in self.reached.iter_mut().zip(&other.reached) {
            reached.add(theirs);
        }
        for (stage, theirs) in self.stages.iter_mut().zip(other.stages) {
            stage.add(theirs);
        }
        for (returns, theirs) in self.returns.iter_mut().zip(&other.returns) {
            returns.count += theirs.count;
            returns.cases += theirs.cases;
        }
        self.times.merge(other.times, |place| place);
    }
}

impl Reached {
    /// Adds the cases of another cohort, or of the same one elsewhere.
    pub(super) fn add(&mut self, other: &Reached) {
        self.cases += other.cases;
        self.with_first += other.with_first;
        self.with_previous += other.with_previous;
        self.undecided += other.undecided;
        self.before_previous += other.before_previous;
        self.furthest += other.furthest;
        self.furthest_open += other.furthest_open;
    }

    /// How many times from the stage before are known.
    pub(super) fn timed(&self) -> u64 {
        self.with_previous - self.before_previous
    }
}

impl StageSeen {
    fn add(&mut self, other: StageSeen) {
        self.later += other.later;
        self.skipped += other.skipped;
        self.returns += other.returns;
        self.returned_cases += other.returned_cases;
        self.open_ages.merge(other.open_ages);
        self.money.merge(other.money);
    }
}

fn bit(stage: usize) -> u32 {
    1 << stage
}

/// Looks at some whole cases.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    let stage_count = plan.stages.count();
    into.prepare(plan.periods.as_ref().map_or(1, |periods| periods.len()), stage_count);
    let segment = batch.segment();
    let expected = segment.case_count() * (stage_count - 1);
    let mut writer = DurationWriter::new(plan.method, segment, expected);
    let mut way = Way { events: vec![0; stage_count], ..Way::default() };
    batch.for_each(|case| {
        into.cases += 1;
        into.events += case.event_count() as u64;
        into.case_number += 1;
        way.walk(&plan.stages, plan.order, &case, into);
        way.cohort = match &plan.periods {
            Some(periods) => periods.find(case.first_start_us()),
            None => 0,
        };
        way.is_open = plan.ends.of(&case).is_none();
        into.cohort_cases[way.cohort] += 1;
        into.open += u64::from(way.is_open);
        way.count_stages(stage_count, into);
        way.count_reached(log, plan, &case, into, &mut writer);
    });
    into.times.append(writer);
}

impl Way {
    /// Follows the events of a case.
    #[inline]
    fn walk(&mut self, stages: &Stages, order: FunnelOrder, case: &Case<'_>, into: &mut Partial) {
        (self.reached, self.present, self.returned) = (0, 0, 0);
        let mut next = 0;
        let mut last = 0;
        for (idx, &activity) in case.activities().iter().enumerate() {
            let Some(stage) = stages.of(activity) else {
                into.outside_events += 1;
                continue;
            };
            let is_known = self.present & bit(stage) != 0;
            if is_known && stage < last {
                self.returned |= bit(stage);
                into.stages[stage].returns += 1;
                let returns = &mut into.returns[last * stages.count() + stage];
                returns.count += 1;
                returns.cases += u64::from(returns.last_case != into.case_number);
                returns.last_case = into.case_number;
            }
            let is_reached = match order {
                FunnelOrder::Strict => stage == next,
                FunnelOrder::Any => !is_known,
            };
            if is_reached {
                self.reached |= bit(stage);
                self.events[stage] = idx;
                next = stage + 1;
            }
            self.present |= bit(stage);
            last = stage;
        }
    }

    /// Counts what does not depend on the order: skipped stages and returns.
    fn count_stages(&self, stage_count: usize, into: &mut Partial) {
        into.returned_cases += u64::from(self.returned != 0);
        for (stage, seen) in into.stages.iter_mut().enumerate().take(stage_count) {
            let has_later = self.present >> stage > 1;
            seen.later += u64::from(has_later);
            seen.skipped += u64::from(has_later && self.present & bit(stage) == 0);
            seen.returned_cases += u64::from(self.returned & bit(stage) != 0);
        }
    }

    /// Counts the stages that the case reached.
    fn count_reached(
        &self,
        log: &LogContext,
        plan: &Plan,
        case: &Case<'_>,
        into: &mut Partial,
        writer: &mut DurationWriter,
    ) {
        if self.reached == 0 {
            into.outside_cases += 1;
            return;
        }
        let has = |stage: usize| self.reached & bit(stage) != 0;
        let from = self.cohort * plan.stages.count();
        for stage in 0..plan.stages.count() {
            let previous = stage.checked_sub(1).filter(|&previous| has(previous));
            let place = from + stage;
            let reached = &mut into.reached[place];
            if !has(stage) {
                reached.undecided += u64::from(self.is_open && previous.is_some());
                continue;
            }
            reached.cases += 1;
            reached.with_first += u64::from(has(0));
            if let Some(previous) = previous {
                reached.with_previous += 1;
                let (start, end) = (self.events[previous], self.events[stage]);
                if start < end {
                    let kind = u32::try_from(place).expect("cohorts and stages are few");
                    writer.push(kind, case.between_us(log, start, end));
                } else {
                    reached.before_previous += 1;
                }
            }
            if let Some(money) = &plan.money {
                money.add(case, self.events[stage], &mut into.stages[stage].money);
            }
        }
        let furthest = self.reached.ilog2() as usize;
        let reached = &mut into.reached[from + furthest];
        reached.furthest += 1;
        if self.is_open {
            reached.furthest_open += 1;
            let as_of_us = log.as_of.map_or(0, Timestamp::as_us);
            let age_us = as_of_us.saturating_sub(case.times_us()[self.events[furthest]]).max(0);
            into.stages[furthest].open_ages.push(plan.method, age_us);
        }
    }
}
