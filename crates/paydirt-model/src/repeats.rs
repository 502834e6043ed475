//! Which events does a file hold more than once: the same case, activity, times and values?
//!
//! Looked for partition by partition, so that ten million events need no more memory than the
//! largest partition: equal events have one case, and a case lies in one partition.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::column::Column;
use crate::event_chunk::{ChunkPart, PartitionedChunk};

/// An event that an earlier one equals in everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// Its case.
    pub case: String,
    /// Its activity.
    pub activity: String,
    /// Its time in microseconds UTC.
    pub time_us: i64,
    /// Its line in the file; 0 where the format has none.
    pub line: u64,
    /// The line of the first event that it equals; 0 where the format has none.
    pub first_line: u64,
    /// Where it stands among all events: chunk, then row.
    place: (usize, u32),
}

/// Events that are there more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeats {
    /// How many events an earlier one equals.
    pub count: u64,
    /// The first of them in the order of the file.
    pub examples: Vec<Repeat>,
}

impl Repeats {
    /// The repeats of one partition, with at most so many examples. Attributes count by their
    /// values: 5, 5.0 and 5.00 are one number, and a blank is a value like others.
    #[must_use]
    pub fn of_partition(
        chunks: &[PartitionedChunk],
        partition_idx: usize,
        examples_max: usize,
    ) -> Repeats {
        let rows: Vec<Rows<'_>> =
            chunks.iter().map(|chunk| Rows { chunk, part: &chunk.parts[partition_idx] }).collect();
        let mut keyed = Vec::with_capacity(rows.iter().map(|rows| rows.part.times_us.len()).sum());
        for (chunk_idx, rows) in rows.iter().enumerate() {
            let activities: Vec<u64> =
                rows.chunk.activity_names.iter().map(|name| xxh3_64(name.as_bytes())).collect();
            for row in 0..rows.part.times_us.len() {
                keyed.push((rows.key(row, &activities), chunk_idx, row));
            }
        }
        keyed.sort_unstable();
        let mut found = Vec::new();
        let mut known: FxHashMap<u128, (usize, usize)> = FxHashMap::default();
        for run in keyed.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            known.clear();
            for &(_, chunk_idx, row) in run {
                let first =
                    *known.entry(rows[chunk_idx].fingerprint(row)).or_insert((chunk_idx, row));
                if first != (chunk_idx, row) {
                    found.push(((chunk_idx, row), first));
                }
            }
        }
        drop(keyed);
        found.sort_unstable();
        let examples = found.iter().take(examples_max);
        let examples = examples.map(|&((chunk_idx, row), first)| {
            let later = &rows[chunk_idx];
            Repeat {
                case: later.part.case_ids.get(row).to_owned(),
                activity: later.activity(row).to_owned(),
                time_us: later.recorded_us(row),
                line: later.line(row),
                first_line: rows[first.0].line(first.1),
                place: (chunk_idx, later.source_row(row)),
            }
        });
        Repeats { count: found.len() as u64, examples: examples.collect() }
    }

    /// The repeats of all partitions together.
    #[must_use]
    pub fn of_all(partitions: Vec<Repeats>, examples_max: usize) -> Repeats {
        let count = partitions.iter().map(|found| found.count).sum();
        let mut examples: Vec<Repeat> =
            partitions.into_iter().flat_map(|found| found.examples).collect();
        examples.sort_by_key(|repeat| repeat.place);
        examples.truncate(examples_max);
        Repeats { count, examples }
    }
}

/// The rows of one chunk in one partition.
struct Rows<'a> {
    chunk: &'a PartitionedChunk,
    part: &'a ChunkPart,
}

impl Rows<'_> {
    /// What equal events have in common, and others seldom: case, activity and time.
    fn key(&self, row: usize, activities: &[u64]) -> u64 {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.part.hashes[row].to_le_bytes());
        let activity = activities[self.part.activities[row] as usize];
        bytes[8..16].copy_from_slice(&activity.to_le_bytes());
        bytes[16..].copy_from_slice(&self.recorded_us(row).to_le_bytes());
        xxh3_64(&bytes)
    }

    /// 128 bits of everything an event says.
    fn fingerprint(&self, row: usize) -> u128 {
        let mut hash = Xxh3::new();
        add_text(&mut hash, self.part.case_ids.get_bytes(row));
        add_text(&mut hash, self.activity(row).as_bytes());
        let start_us = self.part.starts_us.get(row).copied().unwrap_or(i64::MIN);
        hash.update(&self.recorded_us(row).to_le_bytes());
        hash.update(&start_us.to_le_bytes());
        for (idx, column) in self.part.columns.iter().enumerate() {
            self.add_value(&mut hash, idx, column, row);
        }
        hash.digest128()
    }

    fn add_value(&self, hash: &mut Xxh3, idx: usize, column: &Column, row: usize) {
        if column.is_blank(row) {
            hash.update(&[0]);
            return;
        }
        let texts = &self.chunk.column_texts[idx];
        if let Some(code) = column.text_code(row) {
            hash.update(&[1]);
            add_text(hash, texts.get_bytes(code as usize));
        }
        if let Some(value) = column.boolean(row) {
            hash.update(&[2, u8::from(value)]);
        }
        if let Some(mut number) = column.number(row) {
            let mut scale = self.chunk.scales[idx];
            while scale > 0 && number % 10 == 0 {
                number /= 10;
                scale -= 1;
            }
            hash.update(&[3, scale]);
            hash.update(&number.to_le_bytes());
            let currency = column.currency_code(row);
            add_text(hash, currency.map_or(&[], |code| texts.get_bytes(code.into())));
        }
    }

    fn activity(&self, row: usize) -> &str {
        self.chunk.activity_names.get(self.part.activities[row] as usize)
    }

    fn recorded_us(&self, row: usize) -> i64 {
        self.part.recorded_us.get(row).copied().unwrap_or(self.part.times_us[row])
    }

    /// The row in the chunk, before the rows were split by case.
    fn source_row(&self, row: usize) -> u32 {
        self.part.rows[row]
    }

    fn line(&self, row: usize) -> u64 {
        self.chunk.lines.line(self.source_row(row))
    }
}

fn add_text(hash: &mut Xxh3, text: &[u8]) {
    hash.update(&(text.len() as u64).to_le_bytes());
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute::AttributeType;
    use crate::event_chunk::{ChunkWriter, EventChunk, EventTime, Lines, NewValue};
    use crate::number::Decimal;

    const PARTITIONS: usize = 4;

    /// Events of (case, activity, time, amount, region), a line each from this one on.
    fn chunk(line: u64, rows: &[(&str, &str, i64, Option<Decimal>, &str)]) -> EventChunk {
        let mut writer = ChunkWriter::new(vec![AttributeType::Decimal, AttributeType::Text]);
        for &(case, activity, us, amount, region) in rows {
            writer.push(case, activity, EventTime::instant(us));
            if let Some(amount) = amount {
                writer.set(0, &NewValue::Decimal(amount));
            }
            writer.set(1, &NewValue::Text(region));
        }
        let lines = Lines::of((line..).take(rows.len()));
        EventChunk { lines, ..writer.take() }
    }

    fn repeats(chunks: Vec<EventChunk>, examples_max: usize) -> Repeats {
        let chunks: Vec<PartitionedChunk> =
            chunks.into_iter().map(|chunk| chunk.partition(PARTITIONS)).collect();
        let parts = (0..PARTITIONS).map(|idx| Repeats::of_partition(&chunks, idx, examples_max));
        Repeats::of_all(parts.collect(), examples_max)
    }

    fn lines(found: &Repeats) -> Vec<(u64, u64)> {
        found.examples.iter().map(|repeat| (repeat.line, repeat.first_line)).collect()
    }

    #[test]
    fn events_are_repeated_when_everything_is_equal() {
        let five = |scale: u8| Some(Decimal::new(5 * 10_i128.pow(scale.into()), scale));
        let first = chunk(
            2,
            &[
                ("A", "ask", 1, five(0), "North"),
                ("B", "ask", 1, five(0), "North"),
                ("A", "win", 1, five(0), "North"),
                ("A", "ask", 1, five(0), "South"),
                ("A", "ask", 1, None, "North"),
                ("A", "ask", 2, five(0), "North"),
                ("A", "ask", 1, five(0), "North"),
            ],
        );
        // The numbers of activities and texts, and the scale, are those of another chunk.
        let second = chunk(
            20,
            &[
                ("C", "win", 1, Some(Decimal::new(525, 2)), "East"),
                ("A", "ask", 1, None, "North"),
                ("B", "ask", 1, five(2), "North"),
                ("A", "ask", 1, five(2), "North"),
            ],
        );
        let found = repeats(vec![first.clone(), second.clone()], 10);
        assert_eq!(found.count, 4);
        assert_eq!(lines(&found), [(8, 2), (21, 6), (22, 3), (23, 2)]);
        assert_eq!((found.examples[1].case.as_str(), found.examples[1].time_us), ("A", 1));
        let some = repeats(vec![first, second], 2);
        assert_eq!((some.count, lines(&some)), (4, vec![(8, 2), (21, 6)]));
    }

    #[test]
    fn events_without_lines_are_counted_too() {
        let row = ("A", "ask", 1, None, "North");
        let chunk = EventChunk { lines: Lines::default(), ..chunk(1, &[row, row, row]) };
        let found = repeats(vec![chunk], 10);
        assert_eq!((found.count, lines(&found)), (2, vec![(0, 0), (0, 0)]));
    }
}
