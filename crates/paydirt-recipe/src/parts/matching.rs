//! Which events of records are there already?
//!
//! An event of the same activity in the same case is that of a record where it has the number of
//! the record, else where it is of the same day, else in the order of time. So no event is there
//! twice, and none is lost: a case has as many as there are events or records, whichever are more.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::library::Library;
use crate::parts::cells::{RowPlace, each_as};
use crate::parts::columns::{Layout, RecordColumns};
use crate::parts::events::{Cases, Dates};
use crate::parts::joined::Part;
use crate::parts::kinds::PartKind;
use crate::parts::records::{AllRecords, number_keys};

/// An event that is there.
#[derive(Debug)]
struct Event {
    part: usize,
    place: RowPlace,
    day: Option<i64>,
    numbers: Vec<String>,
    is_taken: bool,
}

/// The events that are there already.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// The event of each that a record makes, where it is there.
    pub(super) events: Vec<Option<(usize, RowPlace)>>,
    /// For each part of records, how many of its events are there on another day.
    pub(super) other_day: BTreeMap<usize, u64>,
}

type Pair<'l> = (u32, &'l str);

/// Finds the events.
pub(super) fn find<'l>(
    parts: &[Part<'_>],
    layout: &Layout,
    all: &AllRecords<'l>,
    columns: &[Option<RecordColumns>],
    (cases, dates): (&Cases, &Dates),
    library: &'l Library,
) -> Matched {
    let mut events = events(parts, layout, all, (cases, dates), library);
    let mut matched = Matched { events: vec![None; all.made.len()], other_day: BTreeMap::new() };
    let mut wishes: HashMap<Pair<'l>, Vec<(usize, Option<i64>)>> = HashMap::new();
    for (idx, made) in all.made.iter().enumerate() {
        let pair = (made.case, made.activity.key.as_str());
        let Some(known) = events.get_mut(&pair) else { continue };
        let record = &all.records[made.record];
        let part = &parts[record.part];
        let date = record.place.text(&part.table, made.date);
        let day = dates.day_of_record((record.part, made.date), &date);
        let number = columns[record.part].as_ref();
        let number = number.map(|own| record.place.text(&part.table, own.number));
        let of_number = number.filter(|number| !number.is_empty()).and_then(|number| {
            known.iter_mut().find(|event| !event.is_taken && event.numbers.contains(&number))
        });
        match of_number {
            Some(event) => {
                event.is_taken = true;
                matched.events[idx] = Some((event.part, event.place));
                if event.day != day {
                    *matched.other_day.entry(record.part).or_default() += 1;
                }
            }
            None => wishes.entry(pair).or_default().push((idx, day)),
        }
    }
    for (pair, mut wishes) in wishes {
        let Some(known) = events.get_mut(&pair) else { continue };
        wishes.retain(|&(idx, day)| {
            let same_day =
                known.iter_mut().find(|event| !event.is_taken && day.is_some() && event.day == day);
            let Some(event) = same_day else { return true };
            event.is_taken = true;
            matched.events[idx] = Some((event.part, event.place));
            false
        });
        wishes.sort_by_key(|&(idx, day)| (day, idx));
        known.sort_by_key(|event| (event.day, event.part, event.place));
        let free = known.iter().filter(|event| !event.is_taken);
        for (&(idx, _), event) in wishes.iter().zip(free) {
            matched.events[idx] = Some((event.part, event.place));
            let part = all.records[all.made[idx].record].part;
            *matched.other_day.entry(part).or_default() += 1;
        }
    }
    matched
}

/// The events of the cases and activities that records tell of.
fn events<'l>(
    parts: &[Part<'_>],
    layout: &Layout,
    all: &AllRecords<'l>,
    (cases, dates): (&Cases, &Dates),
    library: &'l Library,
) -> HashMap<Pair<'l>, Vec<Event>> {
    let pairs: HashSet<Pair<'l>> =
        all.made.iter().map(|made| (made.case, made.activity.key.as_str())).collect();
    let keys = number_keys(parts);
    let mut found: HashMap<Pair<'l>, Vec<Event>> = HashMap::new();
    for (part_idx, part) in parts.iter().enumerate() {
        if pairs.is_empty() || !matches!(part.kind, PartKind::Events) {
            continue;
        }
        let place_of = |idx: usize| part.place(&layout.keys[idx]);
        let (Some(activity), Some(time)) = (place_of(layout.activity), place_of(layout.time))
        else {
            continue;
        };
        let numbers: Vec<usize> = keys.iter().filter_map(|key| part.place(key)).collect();
        for (chunk_idx, chunk) in part.table.chunks.iter().enumerate() {
            let Some(of_rows) = cases.of_rows.get(&(part_idx, chunk_idx)) else { continue };
            let activities = each_as(&chunk.columns[activity], |label| {
                library.activity_of(label).map(|known| known.entry.key.as_str())
            });
            for (row, (&case, key)) in of_rows.iter().zip(activities).enumerate() {
                let Some(key) = key.filter(|key| pairs.contains(&(case, *key))) else { continue };
                let place = RowPlace::new(chunk_idx, row);
                let day = dates.day_of_event(part_idx, &place.text(&part.table, time));
                let numbers = numbers.iter().map(|&column| place.text(&part.table, column));
                let numbers = numbers.collect();
                let event = Event { part: part_idx, place, day, numbers, is_taken: false };
                found.entry((case, key)).or_default().push(event);
            }
        }
    }
    found
}
