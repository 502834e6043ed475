//! Which events are there, of which cases, and how are their times written?

use std::collections::HashMap;

use paydirt_model::interner::Interner;
use paydirt_model::time::{DAY_US, Precision};

use crate::dates::detect::{Purpose, detect};
use crate::dates::{DateFormat, Moment};
use crate::library::Library;
use crate::library::attributes::LogRole;
use crate::parts::cells::{RowPlace, each_as, has_values};
use crate::parts::columns::{Layout, RecordColumns};
use crate::parts::joined::Part;
use crate::parts::kinds::PartKind;
use crate::scan::ColumnScan;

/// The cases that the parts tell of, by numbers.
#[derive(Debug, Default)]
pub(super) struct Cases {
    ids: Interner,
    /// For each part of events and chunk, the case of each row.
    pub(super) of_rows: HashMap<(usize, usize), Vec<u32>>,
    /// The row of cases of each case, where it has one.
    pub(super) rows: Vec<Option<(usize, RowPlace)>>,
    /// Whether it has an event.
    pub(super) has_event: Vec<bool>,
    /// Rows of cases whose case had one before.
    pub(super) repeated: Vec<(usize, RowPlace)>,
}

/// The number of a row without a case.
pub(super) const NO_CASE: u32 = u32::MAX;

impl Cases {
    /// The cases of the events and of the rows of cases.
    pub(super) fn of(parts: &[Part<'_>], library: &Library) -> Cases {
        let mut cases = Cases::default();
        let key = library.attribute_for(LogRole::Case).map(|attribute| attribute.key.as_str());
        for (part_idx, part) in parts.iter().enumerate() {
            let Some(column) = part.keys.iter().position(|known| Some(known.as_str()) == key)
            else {
                continue;
            };
            for (chunk_idx, chunk) in part.table.chunks.iter().enumerate() {
                if matches!(part.kind, PartKind::Records(_)) {
                    continue;
                }
                let codes = each_as(&chunk.columns[column], |id| cases.number(id));
                if matches!(part.kind, PartKind::Events) {
                    codes.iter().filter(|&&code| code != NO_CASE).for_each(|&code| {
                        cases.has_event[code as usize] = true;
                    });
                    cases.of_rows.insert((part_idx, chunk_idx), codes);
                    continue;
                }
                for (row, &code) in codes.iter().enumerate().filter(|(_, code)| **code != NO_CASE) {
                    let place = (part_idx, RowPlace::new(chunk_idx, row));
                    match &mut cases.rows[code as usize] {
                        Some(_) => cases.repeated.push(place),
                        empty => *empty = Some(place),
                    }
                }
            }
        }
        cases
    }

    /// The number of a case, which is known from now on.
    pub(super) fn number(&mut self, id: &str) -> u32 {
        if id.is_empty() {
            return NO_CASE;
        }
        let code = self.ids.intern(id);
        if self.rows.len() <= code as usize {
            self.rows.resize(code as usize + 1, None);
            self.has_event.resize(code as usize + 1, false);
        }
        code
    }

    /// The number of a case that is known.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    pub(super) fn id(&self, case: u32) -> &str {
        self.ids.texts().get(case as usize)
    }

    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }
}

/// How the times of all parts are written in the joined table.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// Whether all times become those of ISO 8601, because the parts write them differently.
    pub(super) all_iso: bool,
    /// Whether the dates of records do.
    records_iso: bool,
    /// The format of the time of each part of events.
    events: HashMap<usize, DateFormat>,
    /// The format of each column of dates of a part of records, and whether none has a time of
    /// day.
    records: HashMap<(usize, usize), (DateFormat, bool)>,
}

impl Dates {
    pub(super) fn of(
        parts: &[Part<'_>],
        layout: &Layout,
        columns: &[Option<RecordColumns>],
        is_given: bool,
    ) -> Dates {
        let mut dates = Dates::default();
        let mut is_sure = !is_given;
        for (idx, part) in parts.iter().enumerate().filter(|(_, part)| part.has_rows()) {
            let own = match &part.kind {
                PartKind::Events => part.place(&layout.keys[layout.time]).into_iter().collect(),
                PartKind::Cases => Vec::new(),
                PartKind::Records(records) => {
                    let dates = records.dates().map(|(column, _)| column);
                    let all = records.main_date.into_iter().chain(dates);
                    all.filter_map(|column| part.place(&column.key)).collect::<Vec<usize>>()
                }
            };
            for column in own {
                let scan = ColumnScan::new(&part.table, column);
                if !has_values(&part.table, column) {
                    continue;
                }
                let Ok(found) = detect(&scan, Purpose::Role) else {
                    is_sure = false;
                    continue;
                };
                if columns[idx].is_some() {
                    let are_days = are_days(&scan, &found.format);
                    dates.records.insert((idx, column), (found.format, are_days));
                } else {
                    dates.events.insert(idx, found.format);
                }
            }
        }
        dates.records_iso = is_sure && !dates.records.is_empty();
        dates.all_iso = dates.records_iso && !dates.events.values().all(is_iso);
        dates
    }

    /// The day of the time of an event.
    pub(super) fn day_of_event(&self, part: usize, text: &str) -> Option<i64> {
        day(self.events.get(&part)?.parse(text)?)
    }

    /// The day of a date of a record.
    pub(super) fn day_of_record(&self, place: (usize, usize), text: &str) -> Option<i64> {
        day(self.records.get(&place)?.0.parse(text)?)
    }

    /// The time of an event as it stands in the joined table.
    pub(super) fn event(&self, part: usize, text: &str) -> String {
        let format = self.events.get(&part).filter(|_| self.all_iso);
        let moment = format.and_then(|format| format.parse(text));
        moment.map_or_else(|| text.to_owned(), |moment| iso(moment, moment.precision))
    }

    /// A date of a record as it stands in the joined table; to the day where that is what is known.
    pub(super) fn record(&self, place: (usize, usize), text: &str, is_day: bool) -> String {
        let known = self.records.get(&place).filter(|_| self.records_iso);
        let moment = known.and_then(|(format, are_days)| Some((format.parse(text)?, are_days)));
        match moment {
            Some((moment, are_days)) if is_day || *are_days => iso(moment, Precision::Day),
            Some((moment, _)) => iso(moment, moment.precision),
            None => text.to_owned(),
        }
    }
}

fn day(moment: Moment) -> Option<i64> {
    Some(moment.local_us.div_euclid(DAY_US))
}

fn is_iso(format: &DateFormat) -> bool {
    use crate::dates::{DateOrder::YearMonthDay, YearDigits};
    *format == DateFormat::Numeric(YearMonthDay, YearDigits::Four)
}

/// Whether every date of a column is a midnight, as cells of a workbook that show dates are.
fn are_days(scan: &ColumnScan<'_>, format: &DateFormat) -> bool {
    let mut all = true;
    scan.each(|text, _| {
        let moment = format.parse(text);
        all &= moment.is_none_or(|it| it.local_us.rem_euclid(DAY_US) == 0 && it.offset_s.is_none());
        if all { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
    });
    all
}

/// A moment as ISO 8601 writes it.
fn iso(moment: Moment, precision: Precision) -> String {
    let wall = paydirt_model::time::Timestamp::from_us(moment.local_us);
    let Some(wall) = wall.map(|wall| wall.to_string()) else { return String::new() };
    if precision == Precision::Day {
        return wall.chars().take_while(|sign| *sign != 'T').collect();
    }
    let offset = moment.offset_s.map_or_else(String::new, |offset| {
        let (sign, size) = (if offset < 0 { '-' } else { '+' }, offset.abs());
        format!("{sign}{:02}:{:02}", size / 3_600, size / 60 % 60)
    });
    let plain = wall.trim_end_matches('Z');
    let plain = match precision {
        Precision::Minute => plain.strip_suffix(":00").unwrap_or(plain),
        Precision::Instant | Precision::Day => plain,
    };
    format!("{plain}{offset}")
}
