//! How do events become chunks while new attributes may still turn up?
//!
//! The writer of the model has fixed columns. When an attribute is new, or turns out to be of a
//! wider type, the chunk so far is closed; at the end all chunks are brought to the final columns.

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_chunk::{ChunkColumn, ChunkWriter, EventChunk, EventTime, NewValue};
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::log_builder::{AttributeSpec, LevelChoice};
use paydirt_model::number::Decimal;
use paydirt_model::time::Timestamp;

/// Events in one chunk.
const CHUNK_EVENTS_MAX: usize = 65_536;

/// Bytes of text in one chunk after which it is closed.
const CHUNK_TEXT_BYTES_MAX: usize = 64 << 20;

/// A value on its way into a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RowValue<'a> {
    Text(&'a str),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
    Timestamp(i64),
}

impl RowValue<'_> {
    /// The narrowest type of the value.
    pub(crate) fn kind(&self) -> AttributeType {
        match self {
            RowValue::Text(_) => AttributeType::Text,
            RowValue::Integer(_) => AttributeType::Integer,
            RowValue::Decimal(_) => AttributeType::Decimal,
            RowValue::Boolean(_) => AttributeType::Boolean,
            RowValue::Timestamp(_) => AttributeType::Timestamp,
        }
    }

    /// The value as text, as everywhere in reports and answers.
    pub(crate) fn to_text(self) -> String {
        match self {
            RowValue::Text(text) => text.to_owned(),
            RowValue::Integer(number) => number.to_string(),
            RowValue::Decimal(decimal) => decimal.to_string(),
            RowValue::Boolean(value) => value.to_string(),
            RowValue::Timestamp(us) => {
                Timestamp::from_us(us).map(|instant| instant.to_string()).unwrap_or_default()
            }
        }
    }
}

/// The position of a column of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ColumnIdx(usize);

#[derive(Debug)]
struct ColumnFacts {
    name: String,
    level: AttributeLevel,
    kind: AttributeType,
    /// Whether values of types that have no common number were met, so that it became text.
    is_mixed: bool,
}

/// The events of a log, chunk by chunk, with columns that may still grow.
#[derive(Debug)]
pub(crate) struct Rows {
    columns: Vec<ColumnFacts>,
    writer: ChunkWriter,
    /// The types of the columns that the writer knows.
    writer_kinds: Vec<AttributeType>,
    /// Whether a column was added or widened since the writer was made.
    is_stale: bool,
    /// Bytes of text in the chunk that is being written, and in all before it.
    text_bytes: usize,
    text_bytes_before: u64,
    chunks: Vec<(Vec<AttributeType>, EventChunk)>,
}

/// All rows with their final columns.
#[derive(Debug)]
pub(crate) struct FinishedRows {
    pub(crate) attributes: Vec<AttributeSpec>,
    pub(crate) chunks: Vec<EventChunk>,
    /// Names of attributes that became text because their values are of different types.
    pub(crate) mixed: Vec<String>,
}

impl Rows {
    pub(crate) fn new() -> Self {
        Rows {
            columns: Vec::new(),
            writer: ChunkWriter::new(Vec::new()),
            writer_kinds: Vec::new(),
            is_stale: false,
            text_bytes: 0,
            text_bytes_before: 0,
            chunks: Vec::new(),
        }
    }

    /// How many bytes of text the rows have, repeated ones included.
    pub(crate) fn text_bytes(&self) -> u64 {
        self.text_bytes_before + self.text_bytes as u64
    }

    /// How many columns there are.
    pub(crate) fn column_count(&self) -> usize {
        self.columns.len()
    }

    /// The column of this name and level, added when it is new.
    pub(crate) fn add_column(
        &mut self,
        name: &str,
        level: AttributeLevel,
        kind: AttributeType,
    ) -> ColumnIdx {
        let known =
            self.columns.iter().position(|column| column.level == level && column.name == name);
        ColumnIdx(known.unwrap_or_else(|| {
            self.columns.push(ColumnFacts { name: name.to_owned(), level, kind, is_mixed: false });
            self.is_stale = true;
            self.columns.len() - 1
        }))
    }

    /// Makes room in a column for values of a type: whole numbers beside decimals become decimals,
    /// all other mixtures become text.
    #[inline]
    pub(crate) fn widen(&mut self, column: ColumnIdx, kind: AttributeType) {
        let facts = &mut self.columns[column.0];
        if facts.kind == kind || facts.kind == AttributeType::Text {
            facts.is_mixed |= facts.kind != kind;
            return;
        }
        match (facts.kind, kind) {
            (AttributeType::Decimal, AttributeType::Integer) => {}
            (AttributeType::Integer, AttributeType::Decimal) => {
                facts.kind = AttributeType::Decimal;
                self.is_stale = true;
            }
            _ => {
                facts.kind = AttributeType::Text;
                facts.is_mixed = true;
                self.is_stale = true;
            }
        }
    }

    /// Appends an event; its columns must have been added and widened before.
    pub(crate) fn push(&mut self, case_id: &str, activity: &str, time: EventTime) {
        let is_full =
            self.writer.len() >= CHUNK_EVENTS_MAX || self.text_bytes >= CHUNK_TEXT_BYTES_MAX;
        if self.is_stale || is_full {
            self.close_chunk();
        }
        self.text_bytes += case_id.len() + activity.len();
        self.writer.push(case_id, activity, time);
    }

    /// Sets a value of the last event, which must have been pushed after the column was widened.
    pub(crate) fn set(&mut self, column: ColumnIdx, value: RowValue<'_>) {
        debug_assert!(!self.is_stale && !self.writer.is_empty());
        let new = match (self.columns[column.0].kind, value) {
            (AttributeType::Text, RowValue::Text(text)) => {
                self.text_bytes += text.len();
                NewValue::Text(text)
            }
            (AttributeType::Text, other) => {
                let text = other.to_text();
                self.text_bytes += text.len();
                self.writer.set(column.0, &NewValue::Text(&text));
                return;
            }
            (AttributeType::Decimal, RowValue::Integer(number)) => {
                NewValue::Decimal(Decimal::new(number.into(), 0))
            }
            (_, RowValue::Decimal(decimal)) => NewValue::Decimal(decimal),
            (_, RowValue::Boolean(value)) => NewValue::Boolean(value),
            (_, RowValue::Integer(number) | RowValue::Timestamp(number)) => {
                NewValue::Number(number)
            }
            (_, RowValue::Text(text)) => NewValue::Text(text),
        };
        self.writer.set(column.0, &new);
    }

    fn close_chunk(&mut self) {
        let kinds: Vec<AttributeType> = self.columns.iter().map(|column| column.kind).collect();
        let mut writer = std::mem::replace(&mut self.writer, ChunkWriter::new(kinds.clone()));
        let written_as = std::mem::replace(&mut self.writer_kinds, kinds);
        if !writer.is_empty() {
            self.chunks.push((written_as, writer.take()));
        }
        self.is_stale = false;
        self.text_bytes_before += self.text_bytes as u64;
        self.text_bytes = 0;
    }

    /// Ends the rows: every chunk gets every column in its final type.
    pub(crate) fn finish(mut self) -> FinishedRows {
        self.close_chunk();
        let columns = &self.columns;
        let chunks = self
            .chunks
            .into_iter()
            .map(|(kinds, mut chunk)| {
                let event_count = chunk.len();
                let mut written = std::mem::take(&mut chunk.columns).into_iter().zip(kinds);
                chunk.columns = columns
                    .iter()
                    .map(|facts| match written.next() {
                        Some((column, kind)) => convert(column, kind, facts.kind),
                        None => blank_column(facts.kind, event_count),
                    })
                    .collect();
                chunk
            })
            .collect();
        FinishedRows {
            chunks,
            mixed: columns.iter().filter(|it| it.is_mixed).map(|it| it.name.clone()).collect(),
            attributes: self
                .columns
                .into_iter()
                .map(|facts| AttributeSpec {
                    name: facts.name,
                    kind: facts.kind,
                    level: LevelChoice::Declared(facts.level),
                })
                .collect(),
        }
    }
}

fn blank_column(kind: AttributeType, count: usize) -> ChunkColumn {
    let mut values = Column::new(kind);
    for _ in 0..count {
        values.push_blank();
    }
    ChunkColumn { values, texts: TextColumn::default(), scale: 0, rounded: 0 }
}

/// Brings a written column to its final type. Whole numbers are decimals of scale 0 as they are.
fn convert(column: ChunkColumn, from: AttributeType, to: AttributeType) -> ChunkColumn {
    if from == to || to != AttributeType::Text {
        return column;
    }
    let attribute = Attribute {
        name: String::new(),
        level: AttributeLevel::Event,
        kind: from,
        scale: column.scale,
        texts: column.texts.into(),
        column_idx: 0,
        computed: false,
    };
    let mut texts = Interner::default();
    let mut values = Column::new(AttributeType::Text);
    for row in 0..column.values.len() {
        match column.values.value(row, &attribute) {
            Some(value) => values.push_text_code(texts.intern(&value.to_string())),
            None => values.push_blank(),
        }
    }
    ChunkColumn { values, texts: texts.into_texts(), scale: 0, rounded: column.rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(chunk: &EventChunk, column: usize) -> Vec<String> {
        let column = &chunk.columns[column];
        (0..chunk.len())
            .map(|row| match column.values.text_code(row) {
                Some(code) => column.texts.get(code as usize).to_owned(),
                None => "-".to_owned(),
            })
            .collect()
    }

    #[test]
    fn columns_grow_and_widen_while_events_come() {
        let mut rows = Rows::new();
        let event = AttributeLevel::Event;
        let push = |rows: &mut Rows| rows.push("1", "a", EventTime::instant(0));
        let cost = rows.add_column("cost", event, AttributeType::Integer);
        push(&mut rows);
        rows.set(cost, RowValue::Integer(5));
        rows.widen(cost, AttributeType::Decimal);
        let late = rows.add_column("late", event, AttributeType::Boolean);
        push(&mut rows);
        rows.set(cost, RowValue::Decimal(Decimal::new(25, 1)));
        rows.set(late, RowValue::Boolean(true));
        push(&mut rows);
        rows.widen(late, AttributeType::Timestamp);
        push(&mut rows);
        rows.set(cost, RowValue::Integer(7));
        rows.set(late, RowValue::Timestamp(0));
        let finished = rows.finish();
        let kinds: Vec<AttributeType> = finished.attributes.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [AttributeType::Decimal, AttributeType::Text]);
        assert_eq!(finished.mixed, ["late"]);
        let late: Vec<String> = finished.chunks.iter().flat_map(|chunk| texts(chunk, 1)).collect();
        assert_eq!(late, ["-", "true", "-", "1970-01-01T00:00:00Z"]);
        let costs: Vec<(Option<i64>, u8)> = finished
            .chunks
            .iter()
            .flat_map(|chunk| {
                let column = &chunk.columns[0];
                (0..chunk.len()).map(|row| (column.values.number(row), column.scale))
            })
            .collect();
        assert_eq!(costs, [(Some(5), 0), (Some(25), 1), (None, 1), (Some(7), 0)]);
    }
}
