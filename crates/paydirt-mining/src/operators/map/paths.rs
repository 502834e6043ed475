//! How the map is counted: one pass over whole cases, paths numbered as they appear.

use hashbrown::HashMap;
use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::time::Precision;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::Plan;
use super::repetitions::{self, RepetitionsSeen};
use super::values::{self, ValuesSeen};
use super::weight::{Weight, WeightSum};
use crate::statistics::duration_bag::{DurationBag, Method};
use crate::statistics::value_store::{DurationBlock, ValueStore};

/// Logs with at most so many activities number their paths in a square table.
const SQUARE_ACTIVITY_COUNT_MAX: usize = 1_024;

/// What is seen of one activity.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct ActivitySeen {
    pub(super) events: u64,
    pub(super) cases: u64,
    pub(super) start_cases: u64,
    pub(super) end_cases: u64,
    pub(super) durations: DurationBag,
}

/// What is seen of one path.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct PathSeen {
    pub(super) events: u64,
    pub(super) cases: u64,
    pub(super) overlaps: u64,
    pub(super) overlap_us: i128,
    pub(super) values: ValueStore,
    pub(super) rough: DurationBag,
    pub(super) weights: WeightSum,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    pub(super) cases: u64,
    pub(super) cases_without_events: u64,
    pub(super) left_out: Vec<u64>,
    pub(super) activities: Vec<ActivitySeen>,
    pub(super) ends_of_path: Vec<(ActivityCode, ActivityCode)>,
    pub(super) paths: Vec<PathSeen>,
    /// One entry for each attribute of which values are wanted.
    pub(super) values: Vec<ValuesSeen>,
    /// Empty unless repetitions are wanted.
    pub(super) repetitions: RepetitionsSeen,
    #[serde(skip)]
    numbers: PathNumbers,
    #[serde(skip)]
    scratch: Scratch,
}

/// Numbers paths in the order of their appearance.
#[derive(Debug, Default)]
struct PathNumbers {
    square: Vec<u32>,
    sparse: HashMap<(ActivityCode, ActivityCode), u32, FxBuildHasher>,
}

const UNKNOWN: u32 = u32::MAX;

impl Partial {
    /// The number of a path, new or known.
    #[inline(always)]
    pub(super) fn number(
        &mut self,
        activity_count: usize,
        from: ActivityCode,
        to: ActivityCode,
    ) -> usize {
        if activity_count <= SQUARE_ACTIVITY_COUNT_MAX {
            let idx = from.idx() * activity_count + to.idx();
            let known = self.numbers.square[idx];
            if known != UNKNOWN {
                return known as usize;
            }
            let number = self.new_path(from, to);
            self.numbers.square[idx] = number;
            return number as usize;
        }
        if let Some(&known) = self.numbers.sparse.get(&(from, to)) {
            return known as usize;
        }
        let number = self.new_path(from, to);
        self.numbers.sparse.insert((from, to), number);
        number as usize
    }

    #[cold]
    fn new_path(&mut self, from: ActivityCode, to: ActivityCode) -> u32 {
        self.ends_of_path.push((from, to));
        self.paths.push(PathSeen::default());
        u32::try_from(self.paths.len() - 1).expect("fewer paths than 2^32")
    }

    fn prepare(&mut self, activity_count: usize) {
        self.activities.resize_with(activity_count, ActivitySeen::default);
        self.left_out.resize(activity_count, 0);
        let is_square = activity_count <= SQUARE_ACTIVITY_COUNT_MAX;
        if is_square && self.numbers.square.is_empty() {
            self.numbers.square = vec![UNKNOWN; activity_count * activity_count];
            for (number, &(from, to)) in self.ends_of_path.iter().enumerate() {
                self.numbers.square[from.idx() * activity_count + to.idx()] =
                    u32::try_from(number).expect("fewer paths than 2^32");
            }
        }
        if !is_square && self.numbers.sparse.len() != self.ends_of_path.len() {
            for (number, &ends) in self.ends_of_path.iter().enumerate() {
                let number = u32::try_from(number).expect("fewer paths than 2^32");
                self.numbers.sparse.insert(ends, number);
            }
        }
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, right: Partial) {
        self.cases += right.cases;
        self.cases_without_events += right.cases_without_events;
        let activity_count = self.activities.len().max(right.activities.len());
        self.prepare(activity_count);
        for (left, right) in self.left_out.iter_mut().zip(right.left_out) {
            *left += right;
        }
        for (left, right) in self.activities.iter_mut().zip(right.activities) {
            left.events += right.events;
            left.cases += right.cases;
            left.start_cases += right.start_cases;
            left.end_cases += right.end_cases;
            left.durations.merge(right.durations);
        }
        let mut number_here = Vec::with_capacity(right.paths.len());
        for ((from, to), path) in right.ends_of_path.into_iter().zip(right.paths) {
            let number = self.number(activity_count, from, to);
            number_here.push(number);
            let left = &mut self.paths[number];
            left.events += path.events;
            left.cases += path.cases;
            left.overlaps += path.overlaps;
            left.overlap_us += path.overlap_us;
            left.values.merge(path.values);
            left.rough.merge(path.rough);
            left.weights.merge(&path.weights);
        }
        let attribute_count = self.values.len().max(right.values.len());
        self.values.resize_with(attribute_count, ValuesSeen::default);
        for (left, right) in self.values.iter_mut().zip(right.values) {
            left.merge(right, &number_here);
        }
        self.repetitions.merge(right.repetitions, &number_here);
    }
}

/// What is counted while one batch is looked at: small, so that it stays in the nearest cache. It
/// is empty between batches and kept only for its memory.
#[derive(Debug, Default)]
struct Scratch {
    kept_activities: Vec<ActivityCode>,
    kept_times_us: Vec<i64>,
    kept_idxs: Vec<u32>,
    activities: Vec<Hot>,
    paths: Vec<Hot>,
    waits: Vec<DurationBlock>,
}

/// The counters of one activity or path within a batch.
#[derive(Debug, Clone, Copy, Default)]
struct Hot {
    last_case: u32,
    cases: u32,
    events: u32,
}

impl Hot {
    #[inline]
    fn note(&mut self, case_number: u32) {
        self.events += 1;
        self.cases += u32::from(self.last_case != case_number);
        self.last_case = case_number;
    }
}

impl Scratch {
    fn make_room(&mut self, path_count: usize) {
        self.paths.resize(path_count, Hot::default());
        self.waits.resize_with(path_count, DurationBlock::default);
    }

    /// Moves what was seen of the batch into the partial and empties the counters.
    fn settle(&mut self, into: &mut Partial) {
        for (seen, hot) in into.activities.iter_mut().zip(&self.activities) {
            seen.events += u64::from(hot.events);
            seen.cases += u64::from(hot.cases);
        }
        for (number, path) in into.paths.iter_mut().enumerate() {
            path.events += u64::from(self.paths[number].events);
            path.cases += u64::from(self.paths[number].cases);
            path.values.add(&self.waits[number]);
            self.waits[number].clear();
        }
        self.activities.fill(Hot::default());
        self.paths.fill(Hot::default());
    }
}

/// Looks at some whole cases.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    let activity_count = log.activities.count();
    into.prepare(activity_count);
    let mut scratch = std::mem::take(&mut into.scratch);
    scratch.activities.resize(activity_count, Hot::default());
    scratch.make_room(into.paths.len());
    let segment = batch.segment();
    let has_starts = !segment.parts().starts_us.is_empty();
    let is_plain = !has_starts && plan.weight.is_none() && plan.method == Method::Exact;
    // Cases are numbered from 1 within the batch, so that 0 means "in no case yet".
    let mut case_number = 0_u32;
    batch.for_each(|case| {
        case_number += 1;
        into.cases += 1;
        if !plan.has_paths {
            count_activities(plan, &case, case_number, into, &mut scratch);
            if has_starts {
                time_activities(plan, &case, into);
            }
        } else if !is_plain {
            observe_general(log, plan, &case, case_number, into, &mut scratch);
        } else if plan.keeps_all {
            count_whole(log, plan, &case, case_number, into, &mut scratch);
        } else {
            count_kept(log, plan, &case, case_number, into, &mut scratch);
        }
    });
    scratch.settle(into);
    into.scratch = scratch;
    if !plan.values.is_empty() {
        values::observe(log, plan, batch, into);
    }
    if plan.has_repetitions {
        repetitions::observe(log, plan, batch, into);
    }
}

/// Counts the activities of a case, whatever follows them.
#[inline]
fn count_activities(
    plan: &Plan,
    case: &Case<'_>,
    case_number: u32,
    into: &mut Partial,
    scratch: &mut Scratch,
) {
    let mut ends: Option<(ActivityCode, ActivityCode)> = None;
    for &activity in case.activities() {
        if plan.is_kept[activity.idx()] {
            scratch.activities[activity.idx()].note(case_number);
            ends = Some((ends.map_or(activity, |(first, _)| first), activity));
        } else {
            into.left_out[activity.idx()] += 1;
        }
    }
    match ends {
        Some((first, last)) => {
            into.activities[first.idx()].start_cases += 1;
            into.activities[last.idx()].end_cases += 1;
        }
        None => into.cases_without_events += 1,
    }
}

/// Takes note of how long the activities of a case last.
fn time_activities(plan: &Plan, case: &Case<'_>, into: &mut Partial) {
    for (idx, &activity) in case.activities().iter().enumerate() {
        if let Some(start_us) = case.own_start_us(idx).filter(|_| plan.is_kept[activity.idx()]) {
            let duration_us = case.times_us()[idx] - start_us;
            into.activities[activity.idx()].durations.push(plan.method, duration_us);
        }
    }
}

/// Counts a case of which every event is on the map.
#[inline]
fn count_whole(
    log: &LogContext,
    plan: &Plan,
    case: &Case<'_>,
    case_number: u32,
    into: &mut Partial,
    scratch: &mut Scratch,
) {
    let times_us = case.times_us();
    let events = Events { activities: case.activities(), times_us };
    if let Some(precisions) = case.precisions() {
        let wait_us = |from: usize, to: usize| {
            if precisions[from] == Precision::Day || precisions[to] == Precision::Day {
                return case.path_us(log, from, to);
            }
            times_us[to] - times_us[from]
        };
        count_plain(events, case_number, plan.has_times, wait_us, into, scratch);
    } else if case.segment().has_days() {
        let wait_us = |from, to| case.path_us(log, from, to);
        count_plain(events, case_number, plan.has_times, wait_us, into, scratch);
    } else {
        let wait_us = plain_wait(&events);
        count_plain(events, case_number, plan.has_times, wait_us, into, scratch);
    }
}

/// Counts a case of which some events are on the map.
fn count_kept(
    log: &LogContext,
    plan: &Plan,
    case: &Case<'_>,
    case_number: u32,
    into: &mut Partial,
    scratch: &mut Scratch,
) {
    compact(plan, case, into, scratch);
    let activities = std::mem::take(&mut scratch.kept_activities);
    let times_us = std::mem::take(&mut scratch.kept_times_us);
    let idxs = std::mem::take(&mut scratch.kept_idxs);
    let events = Events { activities: &activities, times_us: &times_us };
    if case.segment().has_days() {
        let at = |kept: usize| idxs[kept] as usize;
        let wait_us = |from, to| case.path_us(log, at(from), at(to));
        count_plain(events, case_number, plan.has_times, wait_us, into, scratch);
    } else {
        let wait_us = plain_wait(&events);
        count_plain(events, case_number, plan.has_times, wait_us, into, scratch);
    }
    (scratch.kept_activities, scratch.kept_times_us) = (activities, times_us);
    scratch.kept_idxs = idxs;
}

/// The events of a case that are on the map.
#[derive(Clone, Copy)]
struct Events<'a> {
    activities: &'a [ActivityCode],
    times_us: &'a [i64],
}

#[inline]
fn plain_wait<'a>(events: &Events<'a>) -> impl Fn(usize, usize) -> i64 + use<'a> {
    let times_us = events.times_us;
    move |from, to| times_us[to] - times_us[from]
}

/// Copies the kept events of a case next to one another.
fn compact(plan: &Plan, case: &Case<'_>, into: &mut Partial, scratch: &mut Scratch) {
    let event_count = case.event_count();
    scratch.kept_activities.resize(event_count, ActivityCode::new(0));
    scratch.kept_times_us.resize(event_count, 0);
    scratch.kept_idxs.resize(event_count, 0);
    let mut kept = 0;
    for (idx, (&activity, &time_us)) in (0_u32..).zip(case.activities().iter().zip(case.times_us()))
    {
        scratch.kept_activities[kept] = activity;
        scratch.kept_times_us[kept] = time_us;
        scratch.kept_idxs[kept] = idx;
        let is_kept = plan.is_kept[activity.idx()];
        kept += usize::from(is_kept);
        into.left_out[activity.idx()] += u64::from(!is_kept);
    }
    scratch.kept_activities.truncate(kept);
    scratch.kept_times_us.truncate(kept);
}

#[inline]
fn count_plain(
    events: Events<'_>,
    case_number: u32,
    has_times: bool,
    wait_us: impl Fn(usize, usize) -> i64,
    into: &mut Partial,
    scratch: &mut Scratch,
) {
    let activities = events.activities;
    let (Some(&first), Some(&last)) = (activities.first(), activities.last()) else {
        into.cases_without_events += 1;
        return;
    };
    let activity_count = into.activities.len();
    into.activities[first.idx()].start_cases += 1;
    into.activities[last.idx()].end_cases += 1;
    scratch.activities[first.idx()].note(case_number);
    let mut from = first;
    for (idx, &to) in activities.iter().enumerate().skip(1) {
        scratch.activities[to.idx()].note(case_number);
        let number = into.number(activity_count, from, to);
        if number == scratch.paths.len() {
            scratch.make_room(number + 1);
        }
        scratch.paths[number].note(case_number);
        from = to;
        if has_times {
            scratch.waits[number].push(wait_us(idx - 1, idx));
        }
    }
}

/// With start times, weights or the histogram: every event through the case's own words.
fn observe_general(
    log: &LogContext,
    plan: &Plan,
    case: &Case<'_>,
    case_number: u32,
    into: &mut Partial,
    scratch: &mut Scratch,
) {
    scratch.kept_idxs.clear();
    for (idx, activity) in case.activities().iter().enumerate() {
        if plan.is_kept[activity.idx()] {
            scratch.kept_idxs.push(u32::try_from(idx).expect("a case is below 2^32 events"));
        } else {
            into.left_out[activity.idx()] += 1;
        }
    }
    let (Some(&first), Some(&last)) = (scratch.kept_idxs.first(), scratch.kept_idxs.last()) else {
        into.cases_without_events += 1;
        return;
    };
    let activity_at = |idx: u32| case.activities()[idx as usize];
    into.activities[activity_at(first).idx()].start_cases += 1;
    into.activities[activity_at(last).idx()].end_cases += 1;
    let kept_idxs = std::mem::take(&mut scratch.kept_idxs);
    for &idx in &kept_idxs {
        let activity = activity_at(idx);
        scratch.activities[activity.idx()].note(case_number);
    }
    time_activities(plan, case, into);
    for pair in kept_idxs.windows(2) {
        let (from, to) = (activity_at(pair[0]), activity_at(pair[1]));
        let number = into.number(log.activities.count(), from, to);
        if number == scratch.paths.len() {
            scratch.make_room(number + 1);
        }
        scratch.paths[number].note(case_number);
        let wait_us = case.path_us(log, pair[0] as usize, pair[1] as usize);
        let path = &mut into.paths[number];
        if wait_us < 0 {
            path.overlaps += 1;
            path.overlap_us -= i128::from(wait_us);
        } else if !plan.has_times {
            // Only counts were asked for.
        } else if plan.method == Method::Exact {
            scratch.waits[number].push(wait_us);
        } else {
            path.rough.push(plan.method, wait_us);
        }
        if let Some(weight) = plan.weight.as_ref().filter(|_| 0 <= wait_us) {
            weight_path(log, weight, case, pair[0] as usize, wait_us, &mut path.weights);
        }
    }
    scratch.kept_idxs = kept_idxs;
}

fn weight_path(
    log: &LogContext,
    weight: &Weight,
    case: &Case<'_>,
    from: usize,
    wait_us: i64,
    sum: &mut WeightSum,
) {
    match weight.in_force(log, case, from) {
        Some(amount) => sum.add(amount, wait_us),
        None => sum.miss(),
    }
}
