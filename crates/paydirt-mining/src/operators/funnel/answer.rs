//! How counts become the funnel: shares, times and the stated orders.

use std::cmp::Reverse;

use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;

use super::seen::{Dropped, Partial, Reached, StageSeen};
use super::{
    CohortStage, DropOff, DropOffNext, FunnelCohort, FunnelStage, OtherNext, Output, Plan,
    StageReturn,
};
use crate::statistics::calendar::Periods;
use crate::statistics::duration_bag::DurationStatistics;

/// The most activities that are listed after a stage.
const NEXT_COUNT_MAX: usize = 20;

/// What the shares of a stage are shares of.
struct AllStages {
    /// The cases of all cohorts together, by stage.
    reached: Vec<Reached>,
    /// Cases with an event of the first stage.
    has_first: u64,
}

/// The funnel of what was seen.
pub(super) fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Output {
    let count = plan.stages.count();
    let of_cohorts = cohorts(plan, &partial);
    let mut together = vec![Reached::default(); count];
    for cohort in partial.reached.chunks(count) {
        for (reached, theirs) in together.iter_mut().zip(cohort) {
            reached.add(theirs);
        }
    }
    let numbers = u32::try_from(count).expect("stages are few");
    let mut times = std::mem::take(&mut partial.times);
    times.renumber(|place| place % numbers);
    let kinds: Vec<(u32, u64)> = (0..).zip(together.iter().map(Reached::timed)).collect();
    let times = times.statistics(&kinds);
    partial.stages.resize(count, StageSeen::default());
    let all = AllStages { reached: together, has_first: partial.stages[0].at_all };
    let stages = std::mem::take(&mut partial.stages).into_iter().enumerate();
    let has_ends = plan.ends.are_declared();
    Output {
        order: plan.order,
        cases: partial.cases,
        outside_cases: partial.outside_cases,
        events: partial.events,
        outside_events: partial.outside_events,
        open: has_ends.then_some(partial.open),
        stages: stages
            .zip(times)
            .map(|((stage, seen), time)| funnel_stage(log, plan, &all, stage, seen, time))
            .collect(),
        returns: returns(plan, &partial),
        returned_cases: partial.returned_cases,
        cohorts: of_cohorts,
        method: plan.method,
    }
}

fn funnel_stage(
    log: &LogContext,
    plan: &Plan,
    all: &AllStages,
    stage: usize,
    mut seen: StageSeen,
    from_previous_s: Option<DurationStatistics>,
) -> FunnelStage {
    let has_ends = plan.ends.are_declared();
    let reached = &all.reached[stage];
    let decided = stage.checked_sub(1).and_then(|previous| {
        Ratio::of(reached.with_previous, all.reached[previous].cases - reached.undecided)
    });
    FunnelStage {
        stage: plan.stages.name(stage),
        activities: plan.stages.activities(stage),
        cases: reached.cases,
        from_previous: from_previous(&all.reached, stage),
        from_start: Ratio::of(reached.with_first, all.reached[0].cases),
        from_previous_decided: decided.filter(|_| has_ends),
        from_previous_s,
        before_previous: reached.before_previous,
        furthest: reached.furthest,
        furthest_open: has_ends.then_some(reached.furthest_open),
        furthest_ended: has_ends.then_some(reached.furthest - reached.furthest_open),
        open_age_s: seen.open_ages.statistics(),
        at_all: seen.at_all,
        at_all_from_start: Ratio::of(seen.at_all, all.has_first),
        later: seen.later,
        skipped: seen.skipped,
        skip_rate: Ratio::of(seen.skipped, seen.later),
        returns: seen.returns,
        returned_cases: seen.returned_cases,
        drop_off: (stage + 1 < plan.stages.count()).then(|| drop_off(log, plan, &seen)),
        values: plan.money.iter().flat_map(|money| money.answer(&seen.money)).collect(),
        value_missing: seen.money.missing(),
    }
}

/// Where the cases go that reach a stage and not the next one.
fn drop_off(log: &LogContext, plan: &Plan, seen: &StageSeen) -> DropOff {
    let open = |dropped: Dropped| plan.ends.are_declared().then_some(dropped.open);
    let mut together = seen.dropped_last;
    seen.dropped.values().for_each(|&dropped| together.add(dropped));
    let named = seen.dropped.iter().map(|(&code, &dropped)| (log.activities.name(code), dropped));
    let mut found: Vec<(Option<&str>, Dropped)> =
        named.map(|(name, dropped)| (Some(name), dropped)).collect();
    if seen.dropped_last.cases > 0 {
        found.push((None, seen.dropped_last));
    }
    found.sort_by_key(|&(name, dropped)| (Reverse(dropped.cases), name.is_none(), name));
    let others = found.split_off(found.len().min(NEXT_COUNT_MAX));
    let other = (!others.is_empty()).then(|| {
        let mut left = Dropped::default();
        others.iter().for_each(|&(_, dropped)| left.add(dropped));
        let activities = others.iter().filter(|(name, _)| name.is_some()).count() as u64;
        OtherNext { activities, cases: left.cases, open: open(left) }
    });
    let next = |(name, dropped): (Option<&str>, Dropped)| DropOffNext {
        activity: name.map(str::to_owned),
        cases: dropped.cases,
        open: open(dropped),
    };
    DropOff {
        cases: together.cases,
        open: open(together),
        ended: open(together).map(|open| together.cases - open),
        later: seen.dropped_later,
        nothing_later: together.cases - seen.dropped_later,
        next: found.into_iter().map(next).collect(),
        other,
    }
}

fn from_previous(all: &[Reached], stage: usize) -> Option<Ratio> {
    let previous = stage.checked_sub(1)?;
    Ratio::of(all[stage].with_previous, all[previous].cases)
}

fn returns(plan: &Plan, partial: &Partial) -> Vec<StageReturn> {
    let count = plan.stages.count();
    let mut found: Vec<(usize, usize)> = (0..count)
        .flat_map(|from| (0..from).map(move |to| (from, to)))
        .filter(|(from, to)| {
            partial.returns.get(from * count + to).is_some_and(|returns| returns.count > 0)
        })
        .collect();
    found.sort_by_key(|&(from, to)| (Reverse(partial.returns[from * count + to].cases), from, to));
    let row = |(from, to): (usize, usize)| {
        let seen = &partial.returns[from * count + to];
        StageReturn {
            from: plan.stages.name(from),
            to: plan.stages.name(to),
            returns: seen.count,
            cases: seen.cases,
        }
    };
    found.into_iter().map(row).collect()
}

/// The funnel of each period from the first to the last one in which a case starts.
fn cohorts(plan: &Plan, partial: &Partial) -> Vec<FunnelCohort> {
    let starts = |idx: &usize| partial.cohort_cases[*idx] > 0;
    let (Some(periods), Some(first), Some(last)) = (
        plan.periods.as_ref(),
        (0..partial.cohort_cases.len()).find(starts),
        (0..partial.cohort_cases.len()).rfind(starts),
    ) else {
        return Vec::new();
    };
    let count = plan.stages.count();
    let places = first * count..(last + 1) * count;
    let kind = |place: usize| {
        let number = u32::try_from(place).expect("cohorts and stages are few");
        (number, partial.reached[place].timed())
    };
    let kinds: Vec<(u32, u64)> = places.map(kind).collect();
    let times = partial.times.clone().statistics(&kinds);
    (first..=last)
        .zip(times.chunks(count))
        .map(|(idx, times)| cohort(plan, periods, partial, idx, times))
        .collect()
}

fn cohort(
    plan: &Plan,
    periods: &Periods,
    partial: &Partial,
    idx: usize,
    times: &[Option<DurationStatistics>],
) -> FunnelCohort {
    let count = plan.stages.count();
    let all = &partial.reached[idx * count..(idx + 1) * count];
    let has_ends = plan.ends.are_declared();
    let stage = |(stage, reached): (usize, &Reached)| CohortStage {
        cases: reached.cases,
        from_previous: from_previous(all, stage),
        from_start: Ratio::of(reached.with_first, all[0].cases),
        from_previous_s: times[stage],
        furthest_open: has_ends.then_some(reached.furthest_open),
    };
    FunnelCohort {
        date: periods.date(idx).to_string(),
        start: periods.start(idx),
        cases: partial.cohort_cases[idx],
        stages: all.iter().enumerate().map(stage).collect(),
    }
}
