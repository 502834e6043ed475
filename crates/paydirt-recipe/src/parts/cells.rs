//! How are the cells of a raw table looked at, and how are new columns made?

use std::ops::ControlFlow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::column::Column;
use paydirt_model::event_chunk::ChunkColumn;
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::raw_table::{RawColumn, RawTable};

use crate::scan::ColumnScan;

/// A row of a table: its chunk, and its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowPlace {
    pub(super) chunk: u32,
    pub(super) row: u32,
}

impl RowPlace {
    pub(super) fn new(chunk: usize, row: usize) -> Self {
        let fits = "a table has fewer than 2^32 chunks, and a chunk fewer than 2^32 rows";
        RowPlace { chunk: u32::try_from(chunk).expect(fits), row: u32::try_from(row).expect(fits) }
    }

    /// The text of a column in this row, without blanks around it.
    pub(super) fn text(self, table: &RawTable, column: usize) -> String {
        let column = &table.chunks[self.chunk as usize].columns[column];
        column.text(self.row as usize).trim().to_owned()
    }

    pub(super) fn line(self, table: &RawTable) -> u64 {
        table.chunks[self.chunk as usize].lines[self.row as usize]
    }
}

/// All rows of a table.
pub(super) fn rows(table: &RawTable) -> impl Iterator<Item = RowPlace> {
    table
        .chunks
        .iter()
        .enumerate()
        .flat_map(|(chunk, rows)| (0..rows.len()).map(move |row| RowPlace::new(chunk, row)))
}

/// Whether a column has a value in some row.
pub(super) fn has_values(table: &RawTable, column: usize) -> bool {
    let mut found = false;
    ColumnScan::new(table, column).each(|text, _| {
        found = found || !text.trim().is_empty();
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}

/// What each row of a column is by its text without blanks around it; each different text of a
/// numbered column is looked at once.
pub(super) fn each_as<T: Copy>(column: &RawColumn, mut meant: impl FnMut(&str) -> T) -> Vec<T> {
    match column {
        RawColumn::Dictionary { codes, texts } => {
            let of_texts: Vec<T> = texts.iter().map(|text| meant(text.trim())).collect();
            codes.iter().map(|&code| of_texts[code as usize]).collect()
        }
        RawColumn::Plain(_) | RawColumn::Typed(..) => {
            (0..column.len()).map(|row| meant(column.text(row).trim())).collect()
        }
    }
}

/// A column that is made text by text.
#[derive(Debug, Default)]
pub(super) struct ColumnBuilder {
    codes: Vec<u32>,
    texts: Interner,
}

impl ColumnBuilder {
    pub(super) fn push(&mut self, text: &str) {
        let code = self.texts.intern(text);
        self.codes.push(code);
    }

    pub(super) fn finish(self) -> RawColumn {
        RawColumn::Dictionary { codes: self.codes, texts: self.texts.into_texts() }
    }
}

/// The same column as texts.
pub(super) fn as_texts(column: &RawColumn) -> RawColumn {
    let mut builder = ColumnBuilder::default();
    (0..column.len()).for_each(|row| builder.push(&column.text(row)));
    builder.finish()
}

/// So many blanks, of a type where the format gives one.
pub(super) fn blanks(count: usize, kind: Option<AttributeType>) -> RawColumn {
    let Some(kind) = kind else {
        let texts: TextColumn = std::iter::once("").collect();
        return RawColumn::Dictionary { codes: vec![0; count], texts };
    };
    let mut values = Column::new(kind);
    (0..count).for_each(|_| values.push_blank());
    let texts = TextColumn::default();
    RawColumn::Typed(kind, ChunkColumn { values, texts, scale: 0, rounded: 0 })
}
