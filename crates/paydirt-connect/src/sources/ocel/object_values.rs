//! Which values do the objects of the cases have, and which of them change over time?
//!
//! An attribute that no object of the type changes belongs to the case. One that changes belongs
//! to the event: each event has the value that held when it happened.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::columns::{Columns, Level};
use super::flatten::{Cases, as_row};
use super::gather::{Gathered, Value, ValueOf};
use crate::event_rows::ColumnIdx;
use paydirt_model::say;

/// The values of the objects of all cases.
#[derive(Default)]
pub(super) struct ObjectValues {
    /// Case by case, attribute by attribute, in the order of time.
    values: Vec<ValueOf>,
    /// The values of each case.
    of_cases: Vec<Range<usize>>,
    columns: FxHashMap<u32, ColumnIdx>,
    /// In how many objects an attribute changes.
    changing: FxHashMap<u32, u64>,
    /// Changes behind the last event of their case, which no event tells.
    pub(super) changes_unseen: u64,
}

impl ObjectValues {
    pub(super) fn of(gathered: &mut Gathered<'_>, cases: &Cases, columns: &mut Columns) -> Self {
        let mut values = std::mem::take(&mut gathered.object_values);
        let place = |value: &ValueOf| cases.place_of[value.owner as usize];
        values.retain(|value| (place(value) as usize) < cases.list.len());
        values.sort_by_key(|value| (place(value), value.attribute, value.from_us));
        let values = last_of_equal_times(gathered, values);
        let mut found = ObjectValues { values, ..ObjectValues::default() };
        found.find_changing(gathered, cases);
        found.add_columns(gathered, columns);
        let mut start = 0;
        for idx in 0..cases.list.len() {
            let rest = found.values[start..].iter();
            let count = rest.take_while(|value| place(value) as usize == idx).count();
            found.of_cases.push(start..start + count);
            start += count;
        }
        found
    }

    fn find_changing(&mut self, gathered: &Gathered<'_>, cases: &Cases) {
        let of_attribute =
            |a: &ValueOf, b: &ValueOf| (a.owner, a.attribute) == (b.owner, b.attribute);
        for run in self.values.chunk_by(of_attribute) {
            let changes = run.windows(2).filter(|pair| pair[0].value != pair[1].value);
            if changes.count() == 0 {
                continue;
            }
            *self.changing.entry(run[0].attribute).or_default() += 1;
            let (_, events) = &cases.list[cases.place_of[run[0].owner as usize] as usize];
            let times = events.iter().filter_map(|&event| gathered.events[event as usize].moment);
            let last_us = times.map(|moment| moment.us).max().unwrap_or(i64::MIN);
            let unseen = run.iter().skip(1).filter(|value| value.from_us > last_us);
            self.changes_unseen += unseen.count() as u64;
        }
    }

    fn add_columns(&mut self, gathered: &Gathered<'_>, columns: &mut Columns) {
        let mut taken = FxHashMap::<u32, Option<ColumnIdx>>::default();
        for value in &self.values {
            let kind = as_row(gathered, value.value).kind();
            let is_changing = self.changing.contains_key(&value.attribute);
            let level = if is_changing { Level::Event } else { Level::Case };
            let column = taken.entry(value.attribute);
            let column =
                column.or_insert_with(|| columns.take(gathered.text(value.attribute), level, kind));
            if let Some(column) = *column {
                columns.rows.widen(column, kind);
            }
        }
        let known = taken.into_iter();
        self.columns = known.filter_map(|(attribute, column)| Some((attribute, column?))).collect();
    }

    fn runs(&self, place: usize) -> impl Iterator<Item = &[ValueOf]> {
        let range = self.of_cases.get(place).cloned().unwrap_or(0..0);
        self.values[range].chunk_by(|a, b| a.attribute == b.attribute)
    }

    /// The values of a case that never change.
    pub(super) fn of_case(&self, place: usize) -> impl Iterator<Item = (ColumnIdx, Value)> {
        self.runs(place).filter_map(|run| {
            let is_changing = self.changing.contains_key(&run[0].attribute);
            let column = self.columns.get(&run[0].attribute).filter(|_| !is_changing)?;
            Some((*column, run[0].value))
        })
    }

    /// The values of a case that change, as they were at a time.
    pub(super) fn changing_at(
        &self,
        place: usize,
        us: i64,
    ) -> impl Iterator<Item = (ColumnIdx, Value)> {
        self.runs(place).filter_map(move |run| {
            let is_changing = self.changing.contains_key(&run[0].attribute);
            let column = self.columns.get(&run[0].attribute).filter(|_| is_changing)?;
            let held = run.partition_point(|value| value.from_us <= us).checked_sub(1)?;
            Some((*column, run[held].value))
        })
    }

    /// The attributes that change, by name, and in how many objects.
    pub(super) fn changing_names(&self, gathered: &Gathered<'_>) -> Vec<(String, u64)> {
        let names = self.changing.iter();
        let mut names: Vec<(String, u64)> = names
            .map(|(&attribute, &count)| (gathered.text(attribute).to_owned(), count))
            .collect();
        names.sort();
        names
    }
}

/// Of several values of one attribute from one time on, the last of the file.
fn last_of_equal_times(gathered: &mut Gathered<'_>, values: Vec<ValueOf>) -> Vec<ValueOf> {
    let mut kept: Vec<ValueOf> = Vec::with_capacity(values.len());
    for value in values {
        let key = |it: &ValueOf| (it.owner, it.attribute, it.from_us);
        match kept.last_mut().filter(|last| key(last) == key(&value)) {
            None => kept.push(value),
            Some(last) => {
                if last.value != value.value {
                    let id = gathered.text(gathered.object_ids[value.owner as usize]).to_owned();
                    let name = gathered.text(value.attribute).to_owned();
                    gathered.doubt("repeated-value", (&name, &id), || {
                        say!(
                            "The object has several values from the same time on; the last counts."
                        )
                    });
                }
                *last = value;
            }
        }
    }
    kept
}
