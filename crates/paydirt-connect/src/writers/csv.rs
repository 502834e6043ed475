//! How are rows, and whole logs, written as CSV? UTF-8, comma, quotes where needed (RFC 4180).
//!
//! A log is one row for each event: `case:concept:name`, `concept:name`, `time:timestamp`,
//! `start_timestamp` where the log has starts, then the attributes of events and of cases. Times
//! are RFC 3339 in UTC; a time known to the minute or day only is written as `2024-01-31T09:30Z` or
//! `2024-01-31`, so that reading the file again gives the same log. An amount has its currency in
//! a column of its own, `<name> currency`.
//!
//! Values are written as they are. A value that begins with `=`, `+`, `-` or `@` is a formula to
//! spreadsheet programs: import such a file as text there when its source is not trusted.

use std::collections::HashSet;
use std::io::{self, Write};

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType, AttributeValue};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{EventLog, LogContext};
use paydirt_model::time::{MINUTE_US, Precision, Timestamp};

/// Writes rows of texts under a header.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// Writing fails.
    pub fn new<S: AsRef<str>>(out: W, header: &[S]) -> io::Result<Self> {
        let mut writer = CsvWriter { rows: csv::WriterBuilder::new().from_writer(out) };
        writer.row(header)?;
        Ok(writer)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Writing fails.
    ///
    /// # Panics
    /// The row has another number of cells than the header.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> io::Result<()> {
        let written = self.rows.write_record(cells.iter().map(|cell| cell.as_ref().as_bytes()));
        written.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            csv::ErrorKind::UnequalLengths { .. } => panic!("a row has the cells of the header"),
            other => io::Error::other(format!("{other:?}")),
        })
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// Writes a log: cases by the bytes of their ids, events in order.
///
/// # Errors
/// Writing fails.
pub fn write_log(log: &EventLog, out: impl Write) -> io::Result<()> {
    let context = log.context();
    let attributes = ordered_attributes(context);
    let mut writer = CsvWriter::new(out, &header(context, &attributes))?;
    let mut cases: Vec<Case<'_>> = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| cases.push(case));
    }
    cases.sort_unstable_by_key(|case| case.id());
    let mut cells = Vec::new();
    for case in &cases {
        for event_idx in 0..case.event_count() {
            cells.clear();
            put_event(context, case, event_idx, &mut cells);
            for attribute in &attributes {
                put_value(attribute, case.value(attribute, event_idx), &mut cells);
            }
            writer.row(&cells)?;
        }
    }
    writer.finish()
}

/// Event attributes, then case attributes, each in the order of the log.
fn ordered_attributes(context: &LogContext) -> Vec<&Attribute> {
    let of = |level: AttributeLevel| {
        context.attributes.iter().filter(move |attribute| attribute.level == level)
    };
    of(AttributeLevel::Event).chain(of(AttributeLevel::Case)).collect()
}

/// Distinct column names: an attribute whose name is taken is called `name (event)` or
/// `name (case)`.
fn header(context: &LogContext, attributes: &[&Attribute]) -> Vec<String> {
    let mut names: Vec<String> =
        ["case:concept:name", "concept:name", "time:timestamp"].map(str::to_owned).to_vec();
    if context.has_starts {
        names.push("start_timestamp".to_owned());
    }
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    for attribute in attributes {
        let level = match attribute.level {
            AttributeLevel::Case => "case",
            AttributeLevel::Event => "event",
        };
        let mut name = attribute.name.clone();
        let mut number = 1;
        while taken.contains(&name) {
            name = match number {
                1 => format!("{} ({level})", attribute.name),
                _ => format!("{} ({level} {number})", attribute.name),
            };
            number += 1;
        }
        taken.insert(name.clone());
        let currency = format!("{name} currency");
        names.push(name);
        if attribute.kind == AttributeType::Money {
            taken.insert(currency.clone());
            names.push(currency);
        }
    }
    names
}

fn put_event(context: &LogContext, case: &Case<'_>, event_idx: usize, cells: &mut Vec<String>) {
    let row = case.row(event_idx);
    let parts = case.segment().parts();
    let precision = parts.precisions.get(row).copied().unwrap_or(Precision::Instant);
    let offset_min = parts.offsets_min.get(row).copied().unwrap_or(0);
    cells.push(case.id().to_owned());
    cells.push(context.activities.name(case.activities()[event_idx]).to_owned());
    cells.push(time_text(case.times_us()[event_idx], precision, offset_min));
    if context.has_starts {
        let start_us = case.own_start_us(event_idx);
        cells.push(start_us.map_or(String::new(), |us| time_text(us, precision, offset_min)));
    }
}

/// An instant as precisely as it is known.
fn time_text(us: i64, precision: Precision, offset_min: i16) -> String {
    let text = |us: i64| Timestamp::from_us(us).map_or(String::new(), |time| time.to_string());
    match precision {
        Precision::Instant => text(us),
        Precision::Minute if us % MINUTE_US != 0 => text(us),
        Precision::Minute => format!("{}Z", text(us).get(..16).unwrap_or_default()),
        Precision::Day => {
            let local = text(us + i64::from(offset_min) * MINUTE_US);
            let day = local.get(..10).unwrap_or_default();
            if !local.ends_with("T00:00:00Z") {
                return text(us);
            }
            match offset_min {
                0 => day.to_owned(),
                _ => {
                    let sign = if offset_min < 0 { '-' } else { '+' };
                    let minutes = offset_min.unsigned_abs();
                    format!("{day}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                }
            }
        }
    }
}

fn put_value(attribute: &Attribute, value: Option<AttributeValue<'_>>, cells: &mut Vec<String>) {
    match (attribute.kind, value) {
        (AttributeType::Money, Some(AttributeValue::Money { amount, currency })) => {
            cells.push(amount.to_string());
            cells.push(currency.unwrap_or_default().to_owned());
        }
        (AttributeType::Money, _) => cells.extend([String::new(), String::new()]),
        (_, Some(value)) => cells.push(value.to_string()),
        (_, None) => cells.push(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_one_row_an_event() {
        let log = paydirt_model::text_log::parse(
            "b: \"say \\\"hi\\\"\"/ann x@+30m{cost=5} | amount=12.50EUR\na: x",
        );
        let mut bytes = Vec::new();
        write_log(&log, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "case:concept:name,concept:name,time:timestamp,resource,cost,amount,amount currency"
        );
        assert_eq!(lines[1], "a,x,2024-01-01T00:00:00Z,,,,");
        assert_eq!(lines[3], "b,x,2024-01-01T00:30:00Z,,5,12.5,EUR");
    }

    #[test]
    fn times_are_written_as_precisely_as_known() {
        let half_past_nine = Timestamp::parse("2024-01-31T09:30:00Z").unwrap().as_us();
        assert_eq!(time_text(half_past_nine, Precision::Instant, 60), "2024-01-31T09:30:00Z");
        assert_eq!(time_text(half_past_nine, Precision::Minute, 60), "2024-01-31T09:30Z");
        let midnight_in_paris = Timestamp::parse("2024-01-30T23:00:00Z").unwrap().as_us();
        assert_eq!(time_text(midnight_in_paris, Precision::Day, 60), "2024-01-31+01:00");
    }
}
