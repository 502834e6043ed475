//! What do the cells of an XLSX sheet hold? Read as a stream, row by row.

use paydirt_model::problem::Problem;
use paydirt_model::say;
use quick_xml::events::{BytesStart, Event};

use super::Common;
use super::parts::unescape_units;
use crate::sources::excel::address::{self, Area, COLUMNS_MAX, ROWS_MAX};
use crate::sources::excel::package::damaged;
use crate::sources::excel::rows::{OnRow, Row, SheetEnd, outside};
use crate::sources::excel::values::{self, Epoch, Kind, Shown};
use crate::sources::excel::xml::{Xml, attribute, attributes, is_set, local, push_text};

/// Most merged areas of a sheet.
const MERGES_MAX: usize = 1 << 20;

/// The type of a cell (18.18.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Date,
}

/// Where in the sheet the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Between cells.
    Outside,
    /// In a cell, but not in its value.
    Cell,
    /// In the value of a cell.
    Value,
    /// In how a Japanese text is read, which is no part of the value.
    Reading,
}

struct Sheet<'a> {
    common: &'a Common,
    row: Row,
    next_row: u32,
    next_column: u32,
    column: u32,
    kind: Type,
    shown: Shown,
    has_formula: bool,
    /// The value of the cell, as it is written.
    value: String,
    end: SheetEnd,
}

/// Reads a sheet.
pub(super) fn read(
    mut xml: Xml<'_>,
    common: &Common,
    on_row: &mut OnRow<'_>,
) -> Result<SheetEnd, Problem> {
    let mut sheet = Sheet::new(common, xml.row());
    let mut at = At::Outside;
    loop {
        let event = xml.next()?;
        match event {
            Event::Start(tag) => match (at, local(&tag)) {
                (At::Outside, "c") => {
                    sheet.begin_cell(&tag)?;
                    at = At::Cell;
                }
                (At::Outside, "row") => sheet.begin_row(&tag)?,
                (At::Cell, "v" | "t") => at = At::Value,
                (At::Cell, "f") => sheet.has_formula = true,
                (At::Cell, "rPh") => at = At::Reading,
                (At::Outside, _) => sheet.other(&tag)?,
                _ => {}
            },
            Event::End(tag) => match (at, tag.local_name().into_inner()) {
                (At::Value, "v" | "t") | (At::Reading, "rPh") => at = At::Cell,
                (_, "c") => {
                    sheet.end_cell()?;
                    at = At::Outside;
                }
                (_, "row") => {
                    sheet.row.end();
                    if !sheet.row.is_blank() && on_row(&sheet.row)?.is_break() {
                        return Ok(sheet.end);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(sheet.end),
            event if at == At::Value => push_text(&event, &mut sheet.value),
            _ => {}
        }
    }
}

impl<'a> Sheet<'a> {
    fn new(common: &'a Common, row: Row) -> Self {
        Sheet {
            common,
            row,
            next_row: 0,
            next_column: 0,
            column: 0,
            kind: Type::Number,
            shown: Shown::Number,
            has_formula: false,
            value: String::new(),
            end: SheetEnd::default(),
        }
    }

    /// Rows come in their order; a row without a number follows the one before it.
    fn begin_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        let mut number = self.next_row;
        let mut is_hidden = false;
        for (name, value) in attributes(tag) {
            match name {
                "r" => {
                    let said: u32 =
                        value.parse().ok().filter(|&row| row > 0).ok_or_else(outside)?;
                    number = said - 1;
                }
                "hidden" => is_hidden = matches!(value, "1" | "true"),
                _ => {}
            }
        }
        if number >= ROWS_MAX {
            return Err(outside());
        }
        if number < self.next_row {
            return Err(damaged(say!("the rows of a sheet are not in their order")));
        }
        self.next_row = number + 1;
        self.next_column = 0;
        self.row.begin(number, is_hidden);
        Ok(())
    }

    #[inline]
    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        self.column = self.next_column;
        self.kind = Type::Number;
        self.shown = Shown::Number;
        self.has_formula = false;
        self.value.clear();
        for (name, value) in attributes(tag) {
            match name {
                "r" => self.column = address::cell(value).ok_or_else(outside)?.1,
                "s" => {
                    let style: usize = value.parse().unwrap_or(usize::MAX);
                    self.shown = self.common.shown.get(style).copied().unwrap_or(Shown::Number);
                }
                "t" => {
                    self.kind = match value {
                        "s" => Type::Shared,
                        "str" | "inlineStr" => Type::Text,
                        "b" => Type::Boolean,
                        "e" => Type::Error,
                        "d" => Type::Date,
                        _ => Type::Number,
                    }
                }
                _ => {}
            }
        }
        if self.column >= COLUMNS_MAX {
            return Err(outside());
        }
        self.next_column = self.column + 1;
        Ok(())
    }

    #[inline]
    fn end_cell(&mut self) -> Result<(), Problem> {
        if self.value.is_empty() {
            if self.has_formula && self.kind != Type::Text {
                self.row.push(self.column, |_| Kind::Unknown)?;
            }
            return Ok(());
        }
        if self.kind == Type::Text {
            unescape_units(&mut self.value, 0);
        }
        let Sheet { common, kind, shown, value, .. } = self;
        let shared = match kind {
            Type::Shared => {
                let number = value.trim().parse().ok();
                let known = number.filter(|&number: &usize| number < common.texts.len());
                let number = known.ok_or_else(|| {
                    damaged(say!("a cell refers to a text that the workbook does not have"))
                })?;
                Some(common.texts.get(number))
            }
            _ => None,
        };
        self.row.push(self.column, |text| match kind {
            Type::Shared => {
                text.push_str(shared.unwrap_or_default());
                Kind::Text
            }
            Type::Text => {
                text.push_str(value);
                Kind::Text
            }
            Type::Boolean => {
                text.push_str(if value.trim() == "0" { "false" } else { "true" });
                Kind::Boolean
            }
            Type::Error => {
                text.push_str(value);
                Kind::Error
            }
            Type::Date => {
                text.push_str(value.trim_end_matches("T00:00:00"));
                Kind::Date
            }
            Type::Number => write_number(value, *shown, common.epoch, text),
        })
    }

    /// Elements around the rows: merged areas, hidden columns, the size that the sheet claims.
    fn other(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        match local(tag) {
            "mergeCell" => {
                let area = attribute(tag, "ref").and_then(|text| Area::parse(&text));
                self.end.merges.extend(area.filter(Area::is_wide));
                if self.end.merges.len() > MERGES_MAX {
                    return Err(outside());
                }
            }
            "col" if is_set(tag, "hidden") => {
                let column = |name| -> Option<u32> { attribute(tag, name)?.parse().ok() };
                if let (Some(first), Some(last)) = (column("min"), column("max")) {
                    let count = last.min(COLUMNS_MAX).saturating_sub(first).saturating_add(1);
                    self.end.hidden_columns = self.end.hidden_columns.saturating_add(count);
                }
            }
            "dimension" => {
                self.end.claimed = attribute(tag, "ref").and_then(|text| Area::parse(&text));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Writes a number as the sheet means it. Digits of whole numbers stay as they are written, for
/// programs write more of them than a spreadsheet would keep.
fn write_number(value: &str, shown: Shown, epoch: Epoch, text: &mut String) -> Kind {
    const SURE_DIGITS: usize = 15;
    let value = value.trim();
    let is_whole = value.bytes().all(|byte| byte.is_ascii_digit());
    if shown == Shown::Number && is_whole && value.len() <= SURE_DIGITS {
        text.push_str(value);
        return Kind::Number;
    }
    let Ok(number) = value.parse::<f64>() else {
        text.push_str(value);
        return Kind::Text;
    };
    if shown == Shown::Number && values::has_lost_digits(number) {
        if is_whole {
            text.push_str(value);
        } else {
            values::write_number(number, text);
        }
        return Kind::LongNumber;
    }
    values::write(number, shown, epoch, text)
}
