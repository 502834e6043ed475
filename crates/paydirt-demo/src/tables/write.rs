//! How cells are written: one after another, row by row, in the way exports write them.

use std::fmt::{self, Display};

use paydirt_model::interner::TextColumn;
use paydirt_model::number::Decimal;
use paydirt_model::raw_table::{RawChunk, RawColumn};
use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US};

use crate::calendar::{date_of, day_of};

/// Writes the rows of one table, cell by cell.
pub(super) struct TableWriter {
    columns: Vec<TextColumn>,
    next: usize,
    row_count: u64,
    buffer: String,
}

impl TableWriter {
    pub(super) fn new(column_count: usize) -> Self {
        TableWriter {
            columns: vec![TextColumn::default(); column_count],
            next: 0,
            row_count: 0,
            buffer: String::new(),
        }
    }

    /// Writes the next cell as it is.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.columns[self.next].push(text);
        self.next += 1;
        if self.next == self.columns.len() {
            self.next = 0;
            self.row_count += 1;
        }
        self
    }

    /// Writes the next cell.
    pub(super) fn cell(&mut self, value: impl Display) -> &mut Self {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        fmt::write(&mut buffer, format_args!("{value}")).expect("a string takes every text");
        self.text(&buffer);
        self.buffer = buffer;
        self
    }

    /// Writes the next cell, empty where there is no value.
    pub(super) fn option(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.cell(value),
            None => self.text(""),
        }
    }

    pub(super) fn finish(self) -> RawChunk {
        assert_eq!(self.next, 0, "the last row is whole");
        RawChunk {
            lines: (2..self.row_count + 2).collect(),
            columns: self.columns.into_iter().map(RawColumn::Plain).collect(),
        }
    }
}

/// An instant as the CRM writes it: UTC with milliseconds.
pub(super) struct Instant(pub(super) i64);

impl Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.0.rem_euclid(DAY_US);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}.{:03}Z",
            Date(day_of(self.0)),
            rest / HOUR_US,
            rest / MINUTE_US % 60,
            rest / SECOND_US % 60,
            rest / 1_000 % 1_000
        )
    }
}

/// A date.
pub(super) struct Date(pub(super) i64);

impl Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_of(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// An amount of hundredths, with as few digits as it needs.
pub(super) struct Amount(pub(super) i64);

impl Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.0.into(), 2).fmt(f)
    }
}
