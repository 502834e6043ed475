//! What is in an ODS workbook (OpenDocument 1.3)? Sheets in one XML part, read as a stream.
//!
//! Dates, truth values and shares are written as such, so no number format has to be understood.

use std::collections::HashSet;
use std::ops::ControlFlow;

use paydirt_model::problem::Problem;
use paydirt_model::say;
use quick_xml::events::{BytesStart, Event};

use crate::read_ahead::with_read_ahead;
use crate::source::ReadOptions;
use crate::sources::excel::address::{Area, COLUMNS_MAX, ROWS_MAX};
use crate::sources::excel::book::{SheetEntry, Visibility};
use crate::sources::excel::marks::Marks;
use crate::sources::excel::package::{Package, Told, damaged, protected};
use crate::sources::excel::rows::{OnRow, OnRowOfSheet, Row, SheetEnd, outside};
use crate::sources::excel::values::{self, Kind};
use crate::sources::excel::xml::{Xml, attribute, attributes, local, push_text};

/// The part with all sheets.
const CONTENT: &str = "content.xml";
/// Most sheets of a workbook.
const SHEETS_MAX: usize = 1 << 16;
/// Most blanks that one element may stand for.
const BLANKS_MAX: usize = 1 << 10;

/// An ODS workbook whose sheets have been listed.
pub(super) struct Ods<'a> {
    package: Package<'a>,
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) marks: Marks,
}

impl<'a> Ods<'a> {
    /// Lists the sheets.
    ///
    /// # Errors
    /// The workbook is damaged, protected by a password, or exceeds a limit.
    pub(super) fn open(
        mut package: Package<'a>,
        options: &ReadOptions<'_>,
    ) -> Result<Self, Problem> {
        if is_encrypted(&mut package, options)? {
            return Err(protected());
        }
        let Some(bytes) = package.part(CONTENT, Told::Nothing, options)? else {
            return Err(damaged(say!("it has no content")));
        };
        let (sheets, marks) = sheets(&mut Xml::new(bytes, options))?;
        Ok(Ods { package, sheets, marks })
    }

    /// Looks at all sheets in one pass; a sheet is left when `on_row` breaks off.
    ///
    /// # Errors
    /// The workbook is damaged or exceeds a limit, or `on_row` fails.
    pub(super) fn survey(
        &mut self,
        options: &ReadOptions<'_>,
        on_row: &mut OnRowOfSheet<'_>,
    ) -> Result<(), Problem> {
        let Some(bytes) = self.package.part(CONTENT, Told::Nothing, options)? else {
            return Err(damaged(say!("it has no content")));
        };
        let mut xml = Xml::new(bytes, options);
        let mut sheet_idx = 0;
        loop {
            let is_sheet = match xml.next()? {
                Event::Start(tag) => local(&tag) == "table",
                Event::Eof => return Ok(()),
                _ => false,
            };
            if is_sheet {
                let outside = xml.depth() - 1;
                read(&mut xml, &mut |row| on_row(sheet_idx, row))?;
                xml.leave(outside)?;
                sheet_idx += 1;
            }
        }
    }

    /// Reads a sheet row by row.
    ///
    /// # Errors
    /// The sheet is damaged or exceeds a limit, or `on_row` fails.
    pub(super) fn rows(
        &mut self,
        sheet_idx: usize,
        told: Told,
        options: &ReadOptions<'_>,
        on_row: &mut OnRow<'_>,
    ) -> Result<SheetEnd, Problem> {
        let Some(bytes) = self.package.part(CONTENT, told, options)? else {
            return Err(damaged(say!("it has no content")));
        };
        let threads = if told == Told::Progress { options.threads } else { 1 };
        with_read_ahead(bytes, threads, |bytes| {
            let mut xml = Xml::new(bytes, options);
            let mut next = 0;
            loop {
                let is_sheet = match xml.next()? {
                    Event::Start(tag) => local(&tag) == "table",
                    Event::Eof => return Ok(SheetEnd::default()),
                    _ => false,
                };
                if is_sheet && next == sheet_idx {
                    return read(&mut xml, on_row);
                }
                if is_sheet {
                    next += 1;
                    xml.skip()?;
                }
            }
        })
    }
}

fn is_encrypted(package: &mut Package<'_>, options: &ReadOptions<'_>) -> Result<bool, Problem> {
    let part = package.part("META-INF/manifest.xml", Told::Nothing, options)?;
    let Some(bytes) = part else { return Ok(false) };
    let mut xml = Xml::new(bytes, options);
    loop {
        match xml.next()? {
            Event::Start(tag) if local(&tag) == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// The sheets: those of a style that is not displayed are hidden.
fn sheets(xml: &mut Xml<'_>) -> Result<(Vec<SheetEntry>, Marks), Problem> {
    let mut sheets = Vec::new();
    let mut marks = Marks::default();
    let mut hiding: HashSet<String> = HashSet::new();
    let mut style = String::new();
    loop {
        let is_sheet = match xml.next()? {
            Event::Start(tag) => match local(&tag) {
                "style" => {
                    style = attribute(&tag, "name").unwrap_or_default();
                    false
                }
                "table-properties" => {
                    if attribute(&tag, "display").as_deref() == Some("false") {
                        hiding.insert(style.clone());
                    }
                    false
                }
                "table" => {
                    let name = attribute(&tag, "name").unwrap_or_default();
                    let is_hidden =
                        attribute(&tag, "style-name").is_some_and(|style| hiding.contains(&style));
                    let visibility =
                        if is_hidden { Visibility::Hidden } else { Visibility::Visible };
                    sheets.push(SheetEntry { name, visibility });
                    true
                }
                "named-range" | "named-expression" => {
                    let text = |name| attribute(&tag, name);
                    let means = text("cell-range-address").or_else(|| text("expression"));
                    let name = text("name").unwrap_or_default();
                    marks.note(&name, &means.unwrap_or_default());
                    false
                }
                _ => false,
            },
            Event::Eof => return Ok((sheets, marks)),
            _ => false,
        };
        if sheets.len() > SHEETS_MAX {
            return Err(outside());
        }
        if is_sheet {
            xml.skip()?;
        }
    }
}

/// What a cell says of its value.
#[derive(Debug, Default)]
struct Said {
    kind: String,
    value: String,
    is_formula: bool,
    /// What the formula says where it is a truth value alone, as LibreOffice writes them.
    truth: Option<bool>,
    repeated: u32,
    spanned: (u32, u32),
}

/// A sheet while it is being read.
struct Sheet {
    row: Row,
    number: u32,
    repeated: u32,
    column: u32,
    cell: Said,
    /// What the paragraphs of the cell say.
    text: String,
    paragraphs: u32,
}

/// Where in the sheet the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Outside,
    Cell,
    Paragraph,
    /// In how a Japanese text is read, which is no part of the value.
    Reading,
    /// In a comment, a picture or whatever else a cell carries.
    Aside(u32),
}

/// Reads the sheet that has just begun.
fn read(xml: &mut Xml<'_>, on_row: &mut OnRow<'_>) -> Result<SheetEnd, Problem> {
    let mut sheet = Sheet::new(xml.row());
    let mut at = At::Outside;
    loop {
        match xml.next()? {
            Event::Start(tag) => match (at, local(&tag)) {
                (At::Aside(depth), _) => at = At::Aside(depth.saturating_add(1)),
                (At::Outside, "table-row") => sheet.begin_row(&tag)?,
                (At::Outside, "table-cell" | "covered-table-cell") => {
                    sheet.begin_cell(&tag)?;
                    at = At::Cell;
                }
                (At::Cell, "p") => {
                    if sheet.paragraphs > 0 {
                        sheet.text.push('\n');
                    }
                    sheet.paragraphs = sheet.paragraphs.saturating_add(1);
                    at = At::Paragraph;
                }
                (At::Paragraph, "s") => {
                    let count = attribute(&tag, "c").and_then(|count| count.parse().ok());
                    let count: usize = count.unwrap_or(1);
                    sheet.text.extend(std::iter::repeat_n(' ', count.min(BLANKS_MAX)));
                    sheet.row.check_length(sheet.text.len())?;
                }
                (At::Paragraph, "ruby-text") => at = At::Reading,
                (At::Paragraph, "tab") => sheet.text.push('\t'),
                (At::Paragraph, "line-break") => sheet.text.push('\n'),
                (At::Cell, _) => at = At::Aside(1),
                _ => {}
            },
            Event::End(tag) => match (at, tag.local_name().into_inner()) {
                (At::Aside(1), _) => at = At::Cell,
                (At::Aside(depth), _) => at = At::Aside(depth - 1),
                (At::Paragraph, "p") => at = At::Cell,
                (At::Reading, "ruby-text") => at = At::Paragraph,
                (At::Cell, "table-cell" | "covered-table-cell") => {
                    sheet.end_cell()?;
                    at = At::Outside;
                }
                (At::Outside, "table-row") if sheet.end_row(on_row)?.is_break() => {
                    return Ok(SheetEnd::default());
                }
                (At::Outside, "table") => return Ok(SheetEnd::default()),
                _ => {}
            },
            Event::Eof => return Ok(SheetEnd::default()),
            event if at == At::Paragraph => push_text(&event, &mut sheet.text),
            _ => {}
        }
    }
}

impl Sheet {
    fn new(row: Row) -> Self {
        Sheet {
            row,
            number: 0,
            repeated: 1,
            column: 0,
            cell: Said::default(),
            text: String::new(),
            paragraphs: 0,
        }
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        self.repeated = 1;
        let mut is_hidden = false;
        for (name, value) in attributes(tag) {
            match name {
                "number-rows-repeated" => self.repeated = count(value)?,
                "visibility" => is_hidden = matches!(value, "collapse" | "filter"),
                _ => {}
            }
        }
        self.column = 0;
        self.row.begin(self.number, is_hidden);
        Ok(())
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        let Sheet { cell, text, paragraphs, .. } = self;
        text.clear();
        *paragraphs = 0;
        cell.kind.clear();
        cell.value.clear();
        (cell.is_formula, cell.truth) = (false, None);
        (cell.repeated, cell.spanned) = (1, (1, 1));
        for (name, value) in attributes(tag) {
            match name {
                // Programs write a type of their own beside that of the standard: errors.
                "value-type" if cell.kind != "error" => value.clone_into(&mut cell.kind),
                "value" | "date-value" | "time-value" | "boolean-value" => {
                    value.clone_into(&mut cell.value);
                }
                "formula" => {
                    cell.is_formula = true;
                    cell.truth = truth(value);
                }
                "number-columns-repeated" => cell.repeated = count(value)?,
                "number-columns-spanned" => cell.spanned.1 = count(value)?,
                "number-rows-spanned" => cell.spanned.0 = count(value)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Problem> {
        let Sheet { cell, text, row, column, number, .. } = self;
        let first = *column;
        *column = first.saturating_add(cell.repeated);
        let holds_nothing = text.is_empty() && cell.value.is_empty();
        if holds_nothing && (!cell.is_formula || cell.kind == "string") {
            return Ok(());
        }
        if *column > COLUMNS_MAX {
            return Err(outside());
        }
        let (rows, columns) = cell.spanned;
        if rows > 1 || columns > 1 {
            row.merges.push(Area {
                first_row: *number,
                first_column: first,
                last_row: number.saturating_add(rows - 1),
                last_column: first.saturating_add(columns - 1),
            });
        }
        for place in first..*column {
            row.push(place, |into| write(cell, text, into))?;
        }
        Ok(())
    }

    /// Tells of the row, as often as it is repeated; blank rows are passed over.
    fn end_row(&mut self, on_row: &mut OnRow<'_>) -> Result<ControlFlow<()>, Problem> {
        let first = self.number;
        self.number = first.saturating_add(self.repeated);
        self.row.end();
        if self.row.is_blank() {
            return Ok(ControlFlow::Continue(()));
        }
        if self.number > ROWS_MAX {
            return Err(outside());
        }
        for number in first..self.number {
            self.row.number = number;
            if on_row(&self.row)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Writes the value of a cell and says what it is.
fn write(cell: &Said, text: &str, into: &mut String) -> Kind {
    if let Some(truth) = cell.truth {
        into.push_str(if truth { "true" } else { "false" });
        return Kind::Boolean;
    }
    match cell.kind.as_str() {
        "error" => {
            into.push_str(text);
            Kind::Error
        }
        "percentage" => match cell.value.parse::<f64>() {
            Ok(share) => {
                values::write_percent(share, into);
                Kind::Number
            }
            Err(_) => plain(text, into),
        },
        "float" | "currency" => match cell.value.parse::<f64>() {
            Ok(number) => {
                values::write_number(number, into);
                if values::has_lost_digits(number) { Kind::LongNumber } else { Kind::Number }
            }
            Err(_) => plain(text, into),
        },
        "boolean" => {
            into.push_str(if cell.value == "true" { "true" } else { "false" });
            Kind::Boolean
        }
        "date" => {
            let (day, clock) = cell.value.split_once('T').unwrap_or((&cell.value, ""));
            into.push_str(day);
            if !clock.is_empty() {
                let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, ""));
                into.push(' ');
                into.push_str(seconds);
                let fraction = fraction.trim_end_matches('0');
                if !fraction.is_empty() {
                    into.push('.');
                    into.push_str(fraction);
                }
            }
            Kind::Date
        }
        "time" => match span(&cell.value) {
            // The standard does not tell a time of day from a short span.
            Some((hours, rest)) if hours < 24 => {
                into.push_str(&format!("{hours:02}:{rest}"));
                Kind::Date
            }
            Some((hours, rest)) => {
                into.push_str(&format!("{hours}:{rest}"));
                Kind::Span
            }
            None => plain(text, into),
        },
        _ if text.is_empty() && cell.is_formula => Kind::Unknown,
        _ if is_error(cell, text) => {
            into.push_str(text);
            Kind::Error
        }
        _ => plain(text, into),
    }
}

fn plain(text: &str, into: &mut String) -> Kind {
    into.push_str(text);
    Kind::Text
}

fn truth(formula: &str) -> Option<bool> {
    match formula.rsplit('=').next() {
        Some("TRUE()") => Some(true),
        Some("FALSE()") => Some(false),
        _ => None,
    }
}

/// Whether a formula gave an error: those have the names that every spreadsheet program uses.
fn is_error(cell: &Said, text: &str) -> bool {
    const ERRORS: [&str; 8] =
        ["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"];
    cell.is_formula && (ERRORS.contains(&text) || text.starts_with("Err:"))
}

/// Hours of `PT36H30M05.5S`, and its minutes and seconds as `30:05.5`.
fn span(text: &str) -> Option<(u32, String)> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H').unwrap_or(("0", rest));
    let (minutes, rest) = rest.split_once('M').unwrap_or(("0", rest));
    let seconds = rest.strip_suffix('S').unwrap_or("0");
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let seconds: u32 = seconds.parse().ok()?;
    let fraction = fraction.get(..fraction.len().min(3))?.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some((hours, format!("{minutes:02}:{seconds:02}{point}{fraction}")))
}

/// How often something is repeated; more than sheets have room for is as good as that.
fn count(text: &str) -> Result<u32, Problem> {
    let number: u64 = text.trim().parse().map_err(|_| {
        damaged(say!("\"{text}\" is no count", text = text.chars().take(40).collect::<String>()))
    })?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX).clamp(1, ROWS_MAX + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: &str, value: &str, text: &str) -> String {
        let cell = Said { kind: kind.to_owned(), value: value.to_owned(), ..Said::default() };
        let mut into = String::new();
        let kind = write(&cell, text, &mut into);
        format!("{into} {kind:?}")
    }

    #[test]
    fn values_are_taken_from_what_the_cell_declares() {
        assert_eq!(written("date", "2024-01-31", "31/01/24"), "2024-01-31 Date");
        assert_eq!(written("date", "2024-01-31T09:30:00", ""), "2024-01-31 09:30:00 Date");
        assert_eq!(
            written("date", "2024-01-31T09:30:05.250000000", ""),
            "2024-01-31 09:30:05.25 Date"
        );
        assert_eq!(written("percentage", "0.125", "12.5 %"), "12.5% Number");
        assert_eq!(written("currency", "1234.5", "1.234,50 €"), "1234.5 Number");
        assert_eq!(written("boolean", "true", "VRAI"), "true Boolean");
        assert_eq!(written("time", "PT36H30M00S", "36:30"), "36:30:00 Span");
        assert_eq!(written("time", "PT09H05M00.500S", ""), "09:05:00.5 Date");
        assert_eq!(written("error", "", "#N/A"), "#N/A Error");
        assert_eq!(written("string", "", "text"), "text Text");
    }
}
