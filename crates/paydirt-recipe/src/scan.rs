//! What does a whole column hold? Walks over its texts, however each chunk keeps them.

use std::ops::ControlFlow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

/// One column of a table, for looking at all its values.
#[derive(Debug, Clone, Copy)]
pub struct ColumnScan<'a> {
    name: &'a str,
    chunks: &'a [RawChunk],
    column_idx: usize,
}

impl<'a> ColumnScan<'a> {
    /// The column at a position.
    #[must_use]
    pub fn new(table: &'a RawTable, column_idx: usize) -> Self {
        ColumnScan { name: &table.names[column_idx], chunks: &table.chunks, column_idx }
    }

    /// The beginning of the column alone.
    #[must_use]
    pub fn head(&self) -> Self {
        ColumnScan { chunks: self.chunks.get(..1).unwrap_or_default(), ..*self }
    }

    /// The column's name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The type that the source itself gives the column, if it does.
    #[must_use]
    pub fn typed(&self) -> Option<AttributeType> {
        match self.chunks.first()?.columns.get(self.column_idx)? {
            RawColumn::Typed(kind, _) => Some(*kind),
            RawColumn::Dictionary { .. } | RawColumn::Plain(_) => None,
        }
    }

    /// Calls `look` with every text that is not blank and how many rows of a chunk have it.
    pub fn each(&self, mut look: impl FnMut(&str, u64) -> ControlFlow<()>) {
        for chunk in self.chunks {
            if each_of_chunk(&chunk.columns[self.column_idx], &mut look).is_break() {
                return;
            }
        }
    }

    /// At most `count` texts that are not blank, spread over the whole column.
    #[must_use]
    pub fn sample(&self, count: usize) -> Vec<String> {
        let row_count = self.chunks.iter().map(RawChunk::len).sum::<usize>();
        let step = (row_count / count.max(1)).max(1);
        let mut texts = Vec::new();
        for chunk in self.chunks {
            let column = &chunk.columns[self.column_idx];
            for row in (0..chunk.len()).step_by(step) {
                let text = column.text(row);
                if !text.trim().is_empty() {
                    texts.push(text.trim().to_owned());
                }
            }
        }
        if texts.is_empty() && step > 1 {
            self.each(|text, _| {
                texts.push(text.to_owned());
                if texts.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        }
        texts
    }

    /// The line of the first row that has this text.
    #[must_use]
    pub fn line_of(&self, wanted: &str) -> Option<u64> {
        self.chunks.iter().find_map(|chunk| {
            let column = &chunk.columns[self.column_idx];
            let row = (0..chunk.len()).find(|&row| column.text(row).trim() == wanted)?;
            Some(chunk.lines[row])
        })
    }
}

fn each_of_chunk(
    column: &RawColumn,
    look: &mut impl FnMut(&str, u64) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match column {
        RawColumn::Dictionary { codes, texts } => {
            let mut counts = vec![0_u64; texts.len()];
            for &code in codes {
                counts[code as usize] += 1;
            }
            for (text, count) in texts.iter().zip(counts) {
                let text = text.trim_ascii();
                if count > 0 && !text.is_empty() {
                    look(text, count)?;
                }
            }
        }
        RawColumn::Plain(texts) => {
            for text in texts.iter() {
                let text = text.trim_ascii();
                if !text.is_empty() {
                    look(text, 1)?;
                }
            }
        }
        RawColumn::Typed(..) => {
            for row in 0..column.len() {
                let text = column.text(row);
                if !text.is_empty() {
                    look(&text, 1)?;
                }
            }
        }
    }
    ControlFlow::Continue(())
}
