//! Rows of events on their way into a log: typed columns in source order, not yet grouped.

use crate::attribute::AttributeType;
use crate::column::Column;
use crate::interner::{Interner, TextColumn};
use crate::number::Decimal;
use crate::time::Precision;

/// One attribute of a chunk: its values, the texts they number, and their scale.
#[derive(Debug, Clone)]
pub struct ChunkColumn {
    /// The values, one for each row.
    pub values: Column,
    /// The texts (or currencies) that the values number, local to the chunk.
    pub texts: TextColumn,
    /// Digits after the point of decimals and money.
    pub scale: u8,
    /// How many values had to be rounded to fit the scale.
    pub rounded: u64,
}

/// The lines of the file on which rows begin: the first row of each run of rows that follow each
/// other line by line, and its line. Empty where the format has no lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines(Vec<(u32, u64)>);

impl Lines {
    /// The lines of the rows in order.
    ///
    /// # Panics
    /// There are 2^32 rows or more.
    #[must_use]
    pub fn of(lines: impl IntoIterator<Item = u64>) -> Self {
        let mut runs = Vec::new();
        let mut next = None;
        for (row, line) in lines.into_iter().enumerate() {
            if next != Some(line) {
                let row = u32::try_from(row).expect("a chunk has fewer than 2^32 rows");
                runs.push((row, line));
            }
            next = line.checked_add(1);
        }
        Lines(runs)
    }

    /// The line of a row; 0 where the format has none.
    #[must_use]
    pub fn line(&self, row: u32) -> u64 {
        let after = self.0.partition_point(|&(first, _)| first <= row);
        let run = after.checked_sub(1).and_then(|idx| self.0.get(idx));
        run.map_or(0, |&(first, line)| line + u64::from(row - first))
    }
}

/// A run of event rows in source order. Every vector has one entry for each row, or is empty when
/// no row has the thing.
#[derive(Debug, Clone, Default)]
pub struct EventChunk {
    /// The case of each row.
    pub case_ids: TextColumn,
    /// The activity of each row, as a number of `activity_names`.
    pub activities: Vec<u32>,
    /// Activity names, local to the chunk.
    pub activity_names: TextColumn,
    /// Effective time of each row in microseconds UTC: the end of the activity instance.
    pub times_us: Vec<i64>,
    /// Start of the activity instance; `i64::MIN` where a row has none. Empty without starts.
    pub starts_us: Vec<i64>,
    /// Time as recorded, where it differs from the effective one. Empty when it never does.
    pub recorded_us: Vec<i64>,
    /// Offset of the source's zone from UTC in minutes. Empty when all are UTC.
    pub offsets_min: Vec<i16>,
    /// Precision of each row's time. Empty when all are instants.
    pub precisions: Vec<Precision>,
    /// The attributes, in the order of the log's specification.
    pub columns: Vec<ChunkColumn>,
    /// Where the rows are in the file.
    pub lines: Lines,
}

impl EventChunk {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times_us.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times_us.is_empty()
    }

    /// Splits the rows by the hash of their case into `partition_count` parts, keeping their order.
    /// This is the costly half of appending and may run on any thread.
    #[must_use]
    pub fn partition(self, partition_count: usize) -> PartitionedChunk {
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); partition_count];
        let mut hashes: Vec<Vec<u64>> = vec![Vec::new(); partition_count];
        for row in 0..self.len() {
            let hash = self.case_ids.hash(row);
            let part = partition_of(hash, partition_count);
            rows[part].push(u32::try_from(row).expect("a chunk has fewer than 2^32 rows"));
            hashes[part].push(hash);
        }
        let parts = rows
            .into_iter()
            .zip(hashes)
            .map(|(rows, hashes)| ChunkPart {
                case_ids: self.case_ids.gather(&rows),
                hashes,
                activities: pick(&self.activities, &rows),
                times_us: pick(&self.times_us, &rows),
                starts_us: pick(&self.starts_us, &rows),
                recorded_us: pick(&self.recorded_us, &rows),
                offsets_min: pick(&self.offsets_min, &rows),
                precisions: pick(&self.precisions, &rows),
                columns: self.columns.iter().map(|column| column.values.gather(&rows)).collect(),
                rows,
            })
            .collect();
        let absolute_max = self.columns.iter().map(|column| column.values.absolute_max()).collect();
        let scales = self.columns.iter().map(|column| column.scale).collect();
        let rounded = self.columns.iter().map(|column| column.rounded).collect();
        PartitionedChunk {
            parts,
            rounded,
            activity_names: self.activity_names,
            column_texts: self.columns.into_iter().map(|column| column.texts).collect(),
            scales,
            absolute_max,
            lines: self.lines,
        }
    }
}

/// The partition of a case: the high bits of its hash, so that samples (low bits) stay independent.
#[must_use]
pub fn partition_of(hash: u64, partition_count: usize) -> usize {
    usize::try_from((u128::from(hash) * partition_count as u128) >> 64)
        .expect("a partition index is below the partition count")
}

fn pick<T: Copy>(values: &[T], rows: &[u32]) -> Vec<T> {
    if values.is_empty() {
        return Vec::new();
    }
    rows.iter().map(|&row| values[row as usize]).collect()
}

/// A chunk whose rows have been split by case.
#[derive(Debug)]
pub struct PartitionedChunk {
    pub(crate) parts: Vec<ChunkPart>,
    pub(crate) activity_names: TextColumn,
    pub(crate) column_texts: Vec<TextColumn>,
    pub(crate) scales: Vec<u8>,
    pub(crate) absolute_max: Vec<u64>,
    pub(crate) rounded: Vec<u64>,
    pub(crate) lines: Lines,
}

/// The rows of one chunk that fall into one partition.
#[derive(Debug, Default)]
pub(crate) struct ChunkPart {
    pub(crate) case_ids: TextColumn,
    pub(crate) hashes: Vec<u64>,
    pub(crate) activities: Vec<u32>,
    pub(crate) times_us: Vec<i64>,
    pub(crate) starts_us: Vec<i64>,
    pub(crate) recorded_us: Vec<i64>,
    pub(crate) offsets_min: Vec<i16>,
    pub(crate) precisions: Vec<Precision>,
    pub(crate) columns: Vec<Column>,
    /// The rows of the chunk that these are.
    pub(crate) rows: Vec<u32>,
}

/// A value that goes into an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum NewValue<'a> {
    /// Text.
    Text(&'a str),
    /// Integer, microseconds of an instant, or microseconds of a span.
    Number(i64),
    /// Decimal number.
    Decimal(Decimal),
    /// True or false.
    Boolean(bool),
    /// Amount and currency.
    Money(Decimal, Option<&'a str>),
}

/// Writes events one by one into chunks. For sources that come row by row.
#[derive(Debug)]
pub struct ChunkWriter {
    chunk: EventChunk,
    kinds: Vec<AttributeType>,
    activity_names: Interner,
    texts: Vec<Interner>,
}

/// The time facts of one event row.
#[derive(Debug, Clone, Copy)]
pub struct EventTime {
    /// Effective time, by which the case is ordered.
    pub effective_us: i64,
    /// Start of the activity instance, if the source has one.
    pub start_us: Option<i64>,
    /// Time as recorded.
    pub recorded_us: i64,
    /// Offset of the source's zone from UTC in minutes.
    pub offset_min: i16,
    /// Precision of the recorded time.
    pub precision: Precision,
}

impl EventTime {
    /// An instant recorded in UTC.
    #[must_use]
    pub fn instant(us: i64) -> Self {
        EventTime {
            effective_us: us,
            start_us: None,
            recorded_us: us,
            offset_min: 0,
            precision: Precision::Instant,
        }
    }
}

impl ChunkWriter {
    /// A writer for a log with these attribute types.
    #[must_use]
    pub fn new(kinds: Vec<AttributeType>) -> Self {
        let texts = kinds.iter().map(|_| Interner::default()).collect();
        let columns = kinds
            .iter()
            .map(|&kind| ChunkColumn {
                values: Column::new(kind),
                texts: TextColumn::default(),
                scale: 0,
                rounded: 0,
            })
            .collect();
        let chunk = EventChunk { columns, ..EventChunk::default() };
        ChunkWriter { chunk, kinds, activity_names: Interner::default(), texts }
    }

    /// How many events the current chunk holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunk.len()
    }

    /// Whether the current chunk is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunk.is_empty()
    }

    /// Appends an event whose attributes are all blank; fill them with [`ChunkWriter::set`].
    pub fn push(&mut self, case_id: &str, activity: &str, time: EventTime) {
        let chunk = &mut self.chunk;
        let row = chunk.times_us.len();
        chunk.case_ids.push(case_id);
        chunk.activities.push(self.activity_names.intern(activity));
        chunk.times_us.push(time.effective_us);
        push_rare(&mut chunk.starts_us, row, time.start_us.unwrap_or(i64::MIN), |_| i64::MIN);
        push_rare(&mut chunk.offsets_min, row, time.offset_min, |_| 0);
        push_rare(&mut chunk.precisions, row, time.precision, |_| Precision::Instant);
        let times_us = &chunk.times_us;
        push_rare(&mut chunk.recorded_us, row, time.recorded_us, |idx| times_us[idx]);
        for column in &mut chunk.columns {
            column.values.push_blank();
        }
    }

    /// Sets an attribute of the last event.
    ///
    /// # Panics
    /// The value does not fit the attribute's type, or there is no event yet.
    pub fn set(&mut self, column_idx: usize, value: &NewValue<'_>) {
        let kind = self.kinds[column_idx];
        let column = &mut self.chunk.columns[column_idx];
        column.values.pop();
        match (kind, value) {
            (AttributeType::Text, NewValue::Text(text)) => {
                column.values.push_text_code(self.texts[column_idx].intern(text));
            }
            (
                AttributeType::Integer | AttributeType::Timestamp | AttributeType::Duration,
                NewValue::Number(number),
            ) => column.values.push_number(*number),
            (AttributeType::Boolean, NewValue::Boolean(value)) => {
                column.values.push_boolean(*value);
            }
            (AttributeType::Decimal, NewValue::Decimal(decimal)) => {
                let mantissa = fit(column, *decimal);
                column.values.push_number(mantissa);
            }
            (AttributeType::Money, NewValue::Money(amount, currency)) => {
                let mantissa = fit(column, *amount);
                let code = currency.and_then(|currency| {
                    u16::try_from(self.texts[column_idx].intern(currency)).ok()
                });
                column.values.push_money(mantissa, code);
            }
            (kind, value) => panic!("{value:?} does not fit an attribute of type {kind:?}"),
        }
    }

    /// Takes the finished chunk; the writer starts an empty one with the same attributes.
    #[must_use]
    pub fn take(&mut self) -> EventChunk {
        let fresh = ChunkWriter::new(self.kinds.clone());
        let ChunkWriter { mut chunk, activity_names, texts, .. } = std::mem::replace(self, fresh);
        chunk.activity_names = activity_names.into_texts();
        for (column, interner) in chunk.columns.iter_mut().zip(texts) {
            column.texts = interner.into_texts();
        }
        chunk
    }
}

/// Most digits after the point that a decimal keeps.
pub const DECIMAL_SCALE_MAX: u8 = 12;

/// Brings a decimal to the column's scale: the scale of the column rises where every value still
/// fits, and falls (rounding half to even, counted) where a large value would not.
fn fit(column: &mut ChunkColumn, decimal: Decimal) -> i64 {
    let wanted = decimal.scale.min(DECIMAL_SCALE_MAX);
    if wanted > column.scale {
        column.scale = column.values.raise_scale(column.scale, wanted);
    }
    loop {
        let (mantissa, exact) = decimal.at_scale(column.scale);
        if let Ok(mantissa) = i64::try_from(mantissa)
            && mantissa != i64::MIN
        {
            column.rounded += u64::from(!exact);
            return mantissa;
        }
        assert!(column.scale > 0, "a decimal beyond 64 bits is refused before it gets here");
        column.rounded += column.values.lower_scale(column.scale, column.scale - 1);
        column.scale -= 1;
    }
}

/// Keeps a vector empty as long as every value is the usual one, and fills it up when one is not.
fn push_rare<T: Copy + PartialEq>(
    values: &mut Vec<T>,
    row: usize,
    value: T,
    usual: impl Fn(usize) -> T,
) {
    if values.is_empty() {
        if value == usual(row) {
            return;
        }
        values.extend((0..row).map(usual));
    }
    values.push(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines() {
        let lines = Lines::of([2, 3, 4, 9, 10, 10, 11]);
        assert_eq!(lines.0, [(0, 2), (3, 9), (5, 10)]);
        let all: Vec<u64> = (0..7).map(|row| lines.line(row)).collect();
        assert_eq!(all, [2, 3, 4, 9, 10, 10, 11]);
        assert_eq!(Lines::default().line(3), 0);
    }
}
