//! How cases go through the stages: one pass over whole cases, counts that merge.

use std::collections::BTreeMap;

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::Plan;
use super::money::MoneySum;
use crate::statistics::duration_bag::DurationBag;
use crate::statistics::funnel_way::Way;
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
    /// Cases with an event of this stage and one of the first.
    pub(super) at_all: u64,
    pub(super) later: u64,
    pub(super) skipped: u64,
    pub(super) returns: u64,
    pub(super) returned_cases: u64,
    pub(super) open_ages: DurationBag,
    pub(super) money: MoneySum,
    /// Cases that reached this stage and not the next one, by what comes after it.
    pub(super) dropped: BTreeMap<ActivityCode, Dropped>,
    /// Those after which nothing comes.
    pub(super) dropped_last: Dropped,
    /// Those with an event of a later stage.
    pub(super) dropped_later: u64,
}

/// Cases that do not reach the next stage.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Dropped {
    pub(super) cases: u64,
    pub(super) open: u64,
}

/// Returns from one stage to another.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Returns {
    pub(super) count: u64,
    pub(super) cases: u64,
    #[serde(skip)]
    last_case: u64,
}

/// One case among the others.
struct Place {
    cohort: usize,
    is_open: bool,
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
        self.at_all += other.at_all;
        self.later += other.later;
        self.skipped += other.skipped;
        self.returns += other.returns;
        self.returned_cases += other.returned_cases;
        self.open_ages.merge(other.open_ages);
        self.money.merge(other.money);
        for (next, theirs) in other.dropped {
            self.dropped.entry(next).or_default().add(theirs);
        }
        self.dropped_last.add(other.dropped_last);
        self.dropped_later += other.dropped_later;
    }
}

impl Dropped {
    /// Adds other cases.
    pub(super) fn add(&mut self, other: Dropped) {
        self.cases += other.cases;
        self.open += other.open;
    }
}

impl Returns {
    fn note(&mut self, case_number: u64) {
        self.count += 1;
        self.cases += u64::from(self.last_case != case_number);
        self.last_case = case_number;
    }
}

/// Looks at some whole cases.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    let stage_count = plan.stages.count();
    into.prepare(plan.periods.as_ref().map_or(1, |periods| periods.len()), stage_count);
    let segment = batch.segment();
    let expected = segment.case_count() * (stage_count - 1);
    let mut writer = DurationWriter::new(plan.method, segment, expected);
    let mut way = Way::default();
    batch.for_each(|case| {
        into.cases += 1;
        into.events += case.event_count() as u64;
        into.case_number += 1;
        let (stages, returns, number) = (&mut into.stages, &mut into.returns, into.case_number);
        let outside = way.walk(&plan.stages, plan.order, case.activities(), |from, to| {
            stages[to].returns += 1;
            returns[from * stage_count + to].note(number);
        });
        into.outside_events += outside;
        let place = Place {
            cohort: plan.periods.as_ref().map_or(0, |periods| periods.find(case.first_start_us())),
            is_open: plan.ends.of(&case).is_none(),
        };
        into.cohort_cases[place.cohort] += 1;
        into.open += u64::from(place.is_open);
        into.count_stages(&way);
        into.count_reached(log, plan, &case, &way, &place, &mut writer);
        into.count_dropped(log, plan, &case, &way, &place);
    });
    into.times.append(writer);
}

impl Partial {
    /// Counts what does not depend on the order: skipped stages and returns.
    fn count_stages(&mut self, way: &Way) {
        self.returned_cases += u64::from(way.comes_back_to(None));
        for (stage, seen) in self.stages.iter_mut().enumerate() {
            seen.at_all += u64::from(way.has(stage) && way.has(0));
            seen.later += u64::from(way.has_later(stage));
            seen.skipped += u64::from(way.skips(stage));
            seen.returned_cases += u64::from(way.comes_back_to(Some(stage)));
        }
    }

    /// Counts the stages that the case reached.
    fn count_reached(
        &mut self,
        log: &LogContext,
        plan: &Plan,
        case: &Case<'_>,
        way: &Way,
        place: &Place,
        writer: &mut DurationWriter,
    ) {
        let Some(furthest) = way.furthest() else {
            self.outside_cases += 1;
            return;
        };
        let from = place.cohort * plan.stages.count();
        for stage in 0..plan.stages.count() {
            let previous = stage.checked_sub(1).and_then(|previous| way.event(previous));
            let number = from + stage;
            let reached = &mut self.reached[number];
            let Some(event) = way.event(stage) else {
                reached.undecided += u64::from(place.is_open && previous.is_some());
                continue;
            };
            reached.cases += 1;
            reached.with_first += u64::from(way.event(0).is_some());
            if let Some(previous) = previous {
                reached.with_previous += 1;
                if previous < event {
                    let kind = u32::try_from(number).expect("cohorts and stages are few");
                    writer.push(kind, case.between_us(log, previous, event));
                } else {
                    reached.before_previous += 1;
                }
            }
            if let Some(money) = &plan.money {
                money.add(case, event, &mut self.stages[stage].money);
            }
        }
        let reached = &mut self.reached[from + furthest];
        reached.furthest += 1;
        if place.is_open {
            reached.furthest_open += 1;
            let as_of_us = log.as_of.map_or(0, Timestamp::as_us);
            let event = way.event(furthest).expect("the furthest stage is reached");
            let age_us = as_of_us.saturating_sub(case.times_us()[event]).max(0);
            self.stages[furthest].open_ages.push(plan.method, age_us);
        }
    }

    /// Counts the stages after which the case did not reach the next one, and what came instead.
    fn count_dropped(
        &mut self,
        log: &LogContext,
        plan: &Plan,
        case: &Case<'_>,
        way: &Way,
        place: &Place,
    ) {
        let count = plan.stages.count();
        for stage in (0..count).filter(|&stage| way.stops_at(stage, count)) {
            let one = Dropped { cases: 1, open: u64::from(place.is_open) };
            let seen = &mut self.stages[stage];
            match way.next(log, &plan.stages, case.activities(), stage) {
                Some(next) => seen.dropped.entry(next).or_default().add(one),
                None => seen.dropped_last.add(one),
            }
            seen.dropped_later += u64::from(way.has_later(stage));
        }
    }
}
