//! What a source delivers: named columns without roles, chunk by chunk, texts or typed values.

use std::borrow::Cow;

use crate::attribute::{Attribute, AttributeLevel, AttributeType};
use crate::column_source::AttributeTexts;
use crate::event_chunk::ChunkColumn;
use crate::interner::TextColumn;

/// One column of a chunk of raw rows.
#[derive(Debug, Clone)]
pub enum RawColumn {
    /// Few distinct texts: a number for each row and the texts.
    Dictionary {
        /// Number of the text of each row.
        codes: Vec<u32>,
        /// The distinct texts.
        texts: TextColumn,
    },
    /// Many distinct texts: the text of each row.
    Plain(TextColumn),
    /// Values that the format itself types (Parquet), with the texts they number.
    Typed(AttributeType, ChunkColumn),
}

impl RawColumn {
    /// The text of a row; empty for a blank cell.
    #[must_use]
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        match self {
            RawColumn::Dictionary { codes, texts } => Cow::Borrowed(texts.get(codes[row] as usize)),
            RawColumn::Plain(texts) => Cow::Borrowed(texts.get(row)),
            RawColumn::Typed(kind, column) => {
                let attribute = Attribute {
                    name: String::new(),
                    level: AttributeLevel::Event,
                    kind: *kind,
                    scale: column.scale,
                    texts: AttributeTexts::none(),
                    column_idx: 0,
                    computed: false,
                };
                match (kind, column.values.text_code(row)) {
                    (AttributeType::Text, Some(code)) => {
                        Cow::Borrowed(column.texts.get(code as usize))
                    }
                    (AttributeType::Text, None) => Cow::Borrowed(""),
                    _ => Cow::Owned(
                        column
                            .values
                            .value(row, &attribute)
                            .map(|value| value.to_string())
                            .unwrap_or_default(),
                    ),
                }
            }
        }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            RawColumn::Dictionary { codes, .. } => codes.len(),
            RawColumn::Plain(texts) => texts.len(),
            RawColumn::Typed(_, column) => column.values.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A run of raw rows in source order.
#[derive(Debug, Clone)]
pub struct RawChunk {
    /// Line in the file (from 1) on which each row begins, for reports to name.
    pub lines: Vec<u64>,
    /// The columns, in the order of the table's names.
    pub columns: Vec<RawColumn>,
}

impl RawChunk {
    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// A whole table: named columns without roles.
#[derive(Debug, Clone, Default)]
pub struct RawTable {
    /// Column names, distinct, in source order.
    pub names: Vec<String>,
    /// The rows, chunk by chunk in source order.
    pub chunks: Vec<RawChunk>,
}

impl RawTable {
    /// How many rows.
    #[must_use]
    pub fn row_count(&self) -> u64 {
        self.chunks.iter().map(|chunk| chunk.len() as u64).sum()
    }

    /// The position of a column by its exact name.
    #[must_use]
    pub fn column_idx(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|candidate| candidate == name)
    }
}
