//! What would change if a file took the place of all events of a log?

use std::collections::{HashMap, HashSet};

use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::EventLog;
use xxhash_rust::xxh3::Xxh3;

use crate::merge::MergeCounts;
use crate::merge::fingerprint::add_value;
use crate::merge::preview::{JoinPreview, last_times, some};

/// How often each event with the same case, activity and time is there, by what its attributes say.
type Events = HashMap<u128, HashMap<u128, u64>>;

/// What replacing would change. An event of the same case, activity and time is the same event; it
/// is changed where an attribute says something else.
#[must_use]
pub fn preview_replace(base: &EventLog, added: &EventLog) -> JoinPreview {
    let (old, new) = (base.context(), added.context());
    let before = events_of(base);
    let mut counts = MergeCounts::default();
    for (event, contents) in events_of(added) {
        let stored = before.get(&event);
        let same = contents.iter().map(|(content, count)| {
            stored.and_then(|stored| stored.get(content)).map_or(0, |known| *known.min(count))
        });
        let same: u64 = same.sum();
        let count: u64 = contents.values().sum();
        let known: u64 = stored.map_or(0, |stored| stored.values().sum());
        counts.unchanged += same;
        counts.replaced += count.min(known) - same;
        counts.inserted += count - count.min(known);
    }
    let gone_events = old.event_count - counts.unchanged - counts.replaced;
    let (last, present) = (last_times(base), last_times(added));
    let is_stored = |id: &&&str| last.contains_key(**id);
    counts.cases_gone = last.keys().filter(|id| !present.contains_key(**id)).count() as u64;
    let kept = present.keys().filter(is_stored).count() as u64;
    let (grown_cases, late) = grown(base, added, &last);
    let names = |log: &EventLog| -> HashSet<String> {
        log.context().attributes.iter().map(|known| known.name.clone()).collect()
    };
    let (old_names, new_names) = (names(base), names(added));
    let activities = new.activities.codes().map(|code| new.activities.name(code));
    let new_activities = activities.filter(|name| old.activities.code(name).is_none());
    let ordered = |names: Vec<&String>| {
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        names.sort();
        some(names.into_iter())
    };
    JoinPreview {
        new_events: counts.inserted,
        new_cases: new.case_count - kept,
        grown_cases,
        gone_events,
        late_events: late.0,
        late_cases: late.1,
        earlier_events: outside(added, |us| old.first_event_at.is_some_and(|at| us < at.as_us())),
        later_events: outside(added, |us| old.last_event_at.is_some_and(|at| at.as_us() < us)),
        first_event_at: old.first_event_at,
        last_event_at: old.last_event_at,
        time_zone: new.time_zone.name().to_owned(),
        cases: new.case_count,
        events: new.event_count,
        new_activities: some(new_activities.map(str::to_owned)),
        new_columns: ordered(new_names.difference(&old_names).collect()),
        missing_columns: ordered(old_names.difference(&new_names).collect()),
        counts,
        notes: Vec::new(),
    }
}

/// Events at times that are looked for.
fn outside(log: &EventLog, is_wanted: impl Fn(i64) -> bool) -> u64 {
    let times = log.segments().iter().flat_map(|segment| &segment.parts().times_us);
    times.filter(|us| is_wanted(**us)).count() as u64
}

/// Cases of the log that have events they did not have, and such events that came late, with their
/// cases.
fn grown(base: &EventLog, added: &EventLog, last: &HashMap<&str, i64>) -> (u64, (u64, u64)) {
    let known = events_of(base);
    let (mut grown, mut late_events, mut late_cases) = (0, 0, 0);
    for segment in added.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let Some(last_us) = last.get(case.id()) else { return };
            let fresh = (0..case.event_count())
                .filter(|event_idx| !known.contains_key(&event(added, &case, *event_idx)));
            let times: Vec<i64> = fresh.map(|event_idx| case.times_us()[event_idx]).collect();
            let late = times.iter().filter(|us| *us < last_us).count() as u64;
            grown += u64::from(!times.is_empty());
            late_events += late;
            late_cases += u64::from(late > 0);
        });
    }
    (grown, (late_events, late_cases))
}

fn events_of(log: &EventLog) -> Events {
    let mut events = Events::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            for event_idx in 0..case.event_count() {
                let contents = events.entry(event(log, &case, event_idx)).or_default();
                *contents.entry(content(log, &case, event_idx)).or_default() += 1;
            }
        });
    }
    events
}

/// Case, activity and time.
fn event(log: &EventLog, case: &Case<'_>, event_idx: usize) -> u128 {
    let parts = case.segment().parts();
    let row = case.row(event_idx);
    let mut hash = Xxh3::new();
    let activity = log.context().activities.name(case.activities()[event_idx]);
    for text in [case.id(), activity] {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    let recorded_us = parts.recorded_us.get(row).copied().unwrap_or(parts.times_us[row]);
    hash.update(&recorded_us.to_le_bytes());
    hash.digest128()
}

/// The start and every attribute that has a value, whatever the order of the columns.
fn content(log: &EventLog, case: &Case<'_>, event_idx: usize) -> u128 {
    let start_us = case.own_start_us(event_idx).unwrap_or(i64::MIN);
    let mut sum = u128::from(start_us.cast_unsigned());
    for attribute in &log.context().attributes {
        let Some(value) = case.value(attribute, event_idx) else { continue };
        let mut hash = Xxh3::new();
        hash.update(&(attribute.name.len() as u64).to_le_bytes());
        hash.update(attribute.name.as_bytes());
        add_value(&mut hash, Some(&value));
        sum = sum.wrapping_add(hash.digest128());
    }
    sum
}
