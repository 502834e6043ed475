//! How are rows, and whole logs, written as CSV? UTF-8, comma, quotes where needed (RFC 4180).
//!
//! A log is one row for each event: `case:concept:name`, `concept:name`, `time:timestamp`,
//! `start_timestamp` where the log has starts, then the attributes of events and of cases. Times
//! are RFC 3339 in UTC; a time known to the minute or day only is written as `2024-01-31T09:30Z` or
//! `2024-01-31`, so that reading the file again gives the same log. An amount has its currency in
//! a column of its own, `<name> currency`. A decimal number has a point, also a whole one.
//!
//! Values are written as they are, but for control characters other than tab and line ends: text
//! that holds them is binary data to whoever reads it, so each is replaced by U+FFFD and counted.
//! Recorded times, links, rates and auxiliary activities are left out, and so is the precision of
//! a day that does not stand at its midnight.
//!
//! A value that begins with `=`, `+`, `-` or `@` is a formula to
//! spreadsheet programs: import such a file as text there when its source is not trusted.

use std::collections::HashSet;
use std::io::{self, Write};

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType, AttributeValue};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{EventLog, LogContext};
use paydirt_model::time::{DAY_US, MINUTE_US, Precision, Timestamp};

/// What writing noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CsvReport {
    /// Control characters that were replaced by U+FFFD.
    pub replaced_characters: u64,
}

/// Writes rows of texts under a header.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    rows: csv::Writer<W>,
    report: CsvReport,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// Writing fails.
    pub fn new<S: AsRef<str>>(out: W, header: &[S]) -> io::Result<Self> {
        let rows = csv::WriterBuilder::new().from_writer(out);
        let mut writer = CsvWriter { rows, report: CsvReport::default() };
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
        let is_clean = |cell: &S| !cell.as_ref().contains(is_control);
        let written = if cells.iter().all(is_clean) {
            self.rows.write_record(cells.iter().map(|cell| cell.as_ref().as_bytes()))
        } else {
            let replaced: Vec<String> =
                cells.iter().map(|cell| self.without_controls(cell.as_ref())).collect();
            self.rows.write_record(&replaced)
        };
        written.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            csv::ErrorKind::UnequalLengths { .. } => panic!("a row has the cells of the header"),
            other => io::Error::other(format!("{other:?}")),
        })
    }

    fn without_controls(&mut self, cell: &str) -> String {
        let count = cell.chars().filter(|&character| is_control(character)).count();
        self.report.replaced_characters += count as u64;
        cell.replace(is_control, "\u{fffd}")
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(mut self) -> io::Result<CsvReport> {
        self.rows.flush()?;
        Ok(self.report)
    }
}

/// Whether readers of text take a character for binary data.
fn is_control(character: char) -> bool {
    character < ' ' && !matches!(character, '\t' | '\r' | '\n')
}

/// Writes a log: cases by the bytes of their ids, events in order.
///
/// # Errors
/// Writing fails.
pub fn write_log(log: &EventLog, out: impl Write) -> io::Result<CsvReport> {
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

/// Whether the text of a time says how precisely it is known.
#[must_use]
pub fn tells_precision(us: i64, precision: Precision, offset_min: i16) -> bool {
    match precision {
        Precision::Instant => true,
        Precision::Minute => us % MINUTE_US == 0,
        Precision::Day => (us + i64::from(offset_min) * MINUTE_US) % DAY_US == 0,
    }
}

/// An instant as precisely as it is known.
fn time_text(us: i64, precision: Precision, offset_min: i16) -> String {
    let text = |us: i64| Timestamp::from_us(us).map_or(String::new(), |time| time.to_string());
    match precision {
        Precision::Instant => text(us),
        _ if !tells_precision(us, precision, offset_min) => text(us),
        Precision::Minute => format!("{}Z", text(us).get(..16).unwrap_or_default()),
        Precision::Day => {
            let local = text(us + i64::from(offset_min) * MINUTE_US);
            let day = local.get(..10).unwrap_or_default();
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

/// A value as it stands in a cell.
#[must_use]
pub fn value_text(value: &AttributeValue<'_>) -> String {
    let text = value.to_string();
    // A column of whole ones would be read as integers.
    let is_whole = matches!(value, AttributeValue::Decimal(_)) && !text.contains('.');
    if is_whole { text + ".0" } else { text }
}

fn put_value(attribute: &Attribute, value: Option<AttributeValue<'_>>, cells: &mut Vec<String>) {
    match (attribute.kind, value) {
        (AttributeType::Money, Some(AttributeValue::Money { amount, currency })) => {
            cells.push(amount.to_string());
            cells.push(currency.unwrap_or_default().to_owned());
        }
        (AttributeType::Money, _) => cells.extend([String::new(), String::new()]),
        (_, Some(value)) => cells.push(value_text(&value)),
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
    fn control_characters_are_replaced_and_counted() {
        let mut bytes = Vec::new();
        let mut writer = CsvWriter::new(&mut bytes, &["a\u{1}", "b"]).unwrap();
        writer.row(&["x\0\0", "tab\tand\nline"]).unwrap();
        writer.row(&["plain", "見積"]).unwrap();
        assert_eq!(writer.finish().unwrap().replaced_characters, 3);
        let text = String::from_utf8(bytes).unwrap();
        let replaced = "\u{fffd}";
        assert_eq!(
            text,
            format!("a{replaced},b\nx{replaced}{replaced},\"tab\tand\nline\"\nplain,見積\n")
        );
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
