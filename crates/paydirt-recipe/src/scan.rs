//! What does a whole column hold? Walks over its texts, however each chunk keeps them.

use std::ops::ControlFlow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::ReadingExample;
use paydirt_model::mapping::ImportReport;
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

use crate::blanks::BlankWord;

/// One column of a table, for looking at all its values.
#[derive(Debug, Clone, Copy)]
pub struct ColumnScan<'a> {
    name: &'a str,
    chunks: &'a [RawChunk],
    column_idx: usize,
    /// Words that stand for a missing value: they are passed over, as blanks are.
    blanks: &'a [BlankWord],
}

impl<'a> ColumnScan<'a> {
    /// The column at a position.
    #[must_use]
    pub fn new(table: &'a RawTable, column_idx: usize) -> Self {
        ColumnScan {
            name: &table.names[column_idx],
            chunks: &table.chunks,
            column_idx,
            blanks: &[],
        }
    }

    /// The same column, in which these words are blanks.
    #[must_use]
    pub fn without<'b>(&self, blanks: &'b [BlankWord]) -> ColumnScan<'b>
    where
        'a: 'b,
    {
        ColumnScan { blanks, ..*self }
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
        let blanks = self.blanks;
        let mut look = |text: &str, rows: u64| match is_among(blanks, text) {
            true => ControlFlow::Continue(()),
            false => look(text, rows),
        };
        for chunk in self.chunks {
            if each_of_chunk(&chunk.columns[self.column_idx], &mut look).is_break() {
                return;
            }
        }
    }

    /// Whether some text is as wanted. Each different text of a numbered column is looked at once,
    /// also one that no row has any more.
    pub(crate) fn may_have(&self, mut is_wanted: impl FnMut(&str) -> bool) -> bool {
        self.chunks.iter().any(|chunk| match &chunk.columns[self.column_idx] {
            RawColumn::Dictionary { texts, .. } | RawColumn::Plain(texts) => {
                texts.iter().any(&mut is_wanted)
            }
            RawColumn::Typed(..) => true,
        })
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
                let text = text.trim();
                if !text.is_empty() && !is_among(self.blanks, text) {
                    texts.push(text.to_owned());
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

    /// The first different texts for which `is_wanted` holds, and the line of each.
    #[must_use]
    pub(crate) fn examples(
        &self,
        count: usize,
        mut is_wanted: impl FnMut(&str) -> bool,
    ) -> Vec<ReadingExample> {
        let mut texts: Vec<String> = Vec::new();
        self.each(|text, _| {
            if is_wanted(text) && texts.iter().all(|known| known != text) {
                texts.push(text.to_owned());
            }
            if texts.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let example = |text: String| ReadingExample {
            row: self.line_of(&text).unwrap_or(0),
            value: ImportReport::cut(&text),
            count: 1,
        };
        texts.into_iter().map(example).collect()
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

fn is_among(blanks: &[BlankWord], text: &str) -> bool {
    !blanks.is_empty() && blanks.iter().any(|blank| blank.text == text.trim())
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
