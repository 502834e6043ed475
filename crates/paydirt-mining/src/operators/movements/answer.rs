//! How cases become columns: which are drawn, in which ticks, on which paths.

use std::cmp::Reverse;

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::time::{SECOND_US, Timestamp};
use rustc_hash::FxHashMap;

use super::seen::{Partial, Row};
use super::values::Values;
use super::{MovementPath, Output, Plan};
use crate::statistics::hashed_sample::row_order;
use crate::statistics::left_out::left_out;
use crate::statistics::strata::stratified;

/// Microseconds in a millisecond.
const MILLI_US: i64 = 1_000;

/// The movements of what was seen.
pub(super) fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Output {
    let mut rows = drawn(plan, &partial.stratum_cases, partial.sample.into_rows());
    let tick_us = tick_us(&rows);
    rows.sort_unstable_by(|left, right| {
        let tick = |row: &Row| row.start_us(0).div_euclid(tick_us);
        tick(left).cmp(&tick(right)).then_with(|| left.id.cmp(&right.id))
    });
    let paths = Paths::new(&rows);
    let first_activities = FirstActivities::new(log, &rows);
    let values = plan.by.map(|idx| Values::new(&log.attributes[idx.0], &partial.group_cases));
    let mut columns = Columns { values, ..Columns::default() };
    let origin = rows.first().map(|row| row.start_us(0).div_euclid(tick_us));
    let mut before = origin.unwrap_or(0);
    for row in &rows {
        before = columns.add(row, tick_us, before, &paths);
        columns.first_activities.push(first_activities.places[&row.activities[0]]);
    }
    if columns.stay_ticks.iter().all(|&ticks| ticks == 0) {
        columns.stay_ticks.clear();
    }
    Output {
        cases: partial.cases,
        cases_without_events: partial.cases_without_events,
        movements: partial.movements,
        sampled_cases: rows.len() as u64,
        sampled_movements: columns.movement_paths.len() as u64,
        cut_cases: rows.iter().filter(|row| row.is_cut).count() as u64,
        overlaps: columns.overlaps,
        origin: origin.and_then(|ticks| Timestamp::from_us(ticks * tick_us)),
        tick_s: Duration::from_us(tick_us),
        activities: first_activities.names,
        paths: paths.answer(log),
        case_ids: rows.into_iter().map(|row| row.id).collect(),
        start_ticks: columns.start_ticks,
        first_activities: columns.first_activities,
        case_values: columns.case_values,
        case_movements: columns.case_movements,
        movement_paths: columns.movement_paths,
        wait_ticks: columns.wait_ticks,
        stay_ticks: columns.stay_ticks,
        values: columns.values.map_or_else(Vec::new, Values::into_listed),
        in_progress: plan.bins.as_ref().and_then(|bins| partial.progress.answer(bins)),
        left_out: left_out(log, &partial.left_out),
    }
}

/// The cases that are drawn: as many as the limits allow, every stretch of time with its share.
fn drawn(plan: &Plan, stratum_cases: &[u64], rows: Vec<Row>) -> Vec<Row> {
    let members = rows.into_iter().map(|row| (row.stratum, row)).collect();
    let mut rows = stratified(members, stratum_cases, row_order);
    let mut movements = 0;
    let end = rows.iter().enumerate().position(|(idx, row)| {
        movements += row.movement_count();
        plan.case_count_max <= idx || plan.movement_count_max < movements
    });
    rows.truncate(end.unwrap_or(rows.len()));
    rows
}

/// A second where all times are whole seconds, else a millisecond.
fn tick_us(rows: &[Row]) -> i64 {
    let times = rows.iter().flat_map(|row| row.starts_us.iter().chain(&row.ends_us));
    if times.into_iter().all(|time_us| time_us % SECOND_US == 0) { SECOND_US } else { MILLI_US }
}

/// The paths on which cases drawn move, and where each is in the list.
struct Paths {
    listed: Vec<((ActivityCode, ActivityCode), u64)>,
    places: FxHashMap<(ActivityCode, ActivityCode), u32>,
}

impl Paths {
    fn new(rows: &[Row]) -> Self {
        let mut counts: FxHashMap<(ActivityCode, ActivityCode), u64> = FxHashMap::default();
        for row in rows {
            for pair in row.activities.windows(2) {
                *counts.entry((pair[0], pair[1])).or_default() += 1;
            }
        }
        let mut listed: Vec<_> = counts.into_iter().collect();
        listed.sort_unstable_by_key(|&(ends, count)| (Reverse(count), ends));
        let places = (0..).zip(&listed).map(|(place, &(ends, _))| (ends, place)).collect();
        Paths { listed, places }
    }

    fn answer(&self, log: &LogContext) -> Vec<MovementPath> {
        let name = |code| log.activities.name(code).to_owned();
        let path = |&((from, to), movements): &((ActivityCode, ActivityCode), u64)| MovementPath {
            from: name(from),
            to: name(to),
            movements,
        };
        self.listed.iter().map(path).collect()
    }
}

/// The activities in which cases begin, and where each is in the list.
struct FirstActivities {
    names: Vec<String>,
    places: FxHashMap<ActivityCode, u32>,
}

impl FirstActivities {
    fn new(log: &LogContext, rows: &[Row]) -> Self {
        let mut codes: Vec<ActivityCode> = rows.iter().map(|row| row.activities[0]).collect();
        codes.sort_unstable();
        codes.dedup();
        FirstActivities {
            names: codes.iter().map(|&code| log.activities.name(code).to_owned()).collect(),
            places: (0..).zip(codes).map(|(place, code)| (code, place)).collect(),
        }
    }
}

/// The columns of the answer while they grow.
#[derive(Default)]
struct Columns {
    overlaps: u64,
    start_ticks: Vec<u64>,
    first_activities: Vec<u32>,
    case_values: Vec<u8>,
    case_movements: Vec<u32>,
    movement_paths: Vec<u32>,
    wait_ticks: Vec<u64>,
    stay_ticks: Vec<u64>,
    values: Option<Values>,
}

impl Columns {
    /// Adds a case, which appears after the one that appears in tick `before`; its own tick.
    fn add(&mut self, row: &Row, tick_us: i64, before: i64, paths: &Paths) -> i64 {
        let tick = |us: i64| us.div_euclid(tick_us);
        let between = |from: i64, to: i64| u64::try_from(to - from).expect("times do not fall");
        let start = tick(row.start_us(0));
        self.start_ticks.push(between(before, start));
        self.case_movements.push(u32::try_from(row.movement_count()).expect("cases are cut"));
        if let Some(values) = &mut self.values {
            self.case_values.push(values.draw(row.group));
        }
        let mut now = start;
        for (idx, &end_us) in row.ends_us.iter().enumerate() {
            if let Some(earlier) = idx.checked_sub(1) {
                let ends = (row.activities[earlier], row.activities[idx]);
                self.movement_paths.push(paths.places[&ends]);
                self.overlaps += u64::from(row.start_us(idx) < row.ends_us[earlier]);
                let arrival = tick(row.start_us(idx)).max(now);
                self.wait_ticks.push(between(now, arrival));
                now = arrival;
            }
            let departure = tick(end_us).max(now);
            self.stay_ticks.push(between(now, departure));
            now = departure;
        }
        start
    }
}
