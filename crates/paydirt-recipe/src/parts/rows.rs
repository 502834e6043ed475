//! What does each row of the joined table hold?

use std::borrow::Cow;
use std::collections::HashMap;

use paydirt_model::attribute::AttributeType;
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::library::Library;
use crate::library::attributes::{KnownValue, Level, ValueKind};
use crate::parts::cells::{ColumnBuilder, as_texts, blanks};
use crate::parts::columns::{Layout, RecordColumns};
use crate::parts::events::{Cases, Dates, NO_CASE};
use crate::parts::joined::Part;
use crate::parts::kinds::PartKind;
use crate::parts::matching::Matched;
use crate::parts::records::AllRecords;

/// Rows of a chunk of events that records make.
const CHUNK_ROWS: usize = 65_536;

/// Where the rows of a chunk of the joined table come from.
#[derive(Debug)]
enum Source {
    /// From a chunk of a part of events, with the records of its events.
    Events { part: usize, chunk: usize, records: HashMap<usize, usize> },
    /// From records: the events they make.
    Records(Vec<usize>),
}

/// Everything that the rows are made of.
pub(super) struct Rows<'a, 'l> {
    parts: Vec<Part<'l>>,
    layout: &'a Layout,
    columns: &'a [Option<RecordColumns>],
    cases: &'a Cases,
    dates: &'a Dates,
    all: &'a AllRecords<'l>,
    sources: Vec<Source>,
    notes: Vec<Sentence>,
}

/// The values that rows of cases have in a column.
struct CaseValues {
    texts: Interner,
    /// The number of the text of each case.
    of_cases: Vec<u32>,
    /// Whether its events have a value of their own.
    has_own: Vec<bool>,
}

impl<'a, 'l> Rows<'a, 'l> {
    pub(super) fn new(
        parts: Vec<Part<'l>>,
        layout: &'a Layout,
        columns: &'a [Option<RecordColumns>],
        (cases, dates): (&'a Cases, &'a Dates),
        (all, matched): (&'a AllRecords<'l>, &'a Matched),
    ) -> Self {
        let mut known: HashMap<(usize, usize), HashMap<usize, usize>> = HashMap::new();
        let mut fresh: Vec<Vec<usize>> = vec![Vec::new(); parts.len()];
        for (made_idx, (made, event)) in all.made.iter().zip(&matched.events).enumerate() {
            match event {
                Some((part, place)) => {
                    let of_chunk = known.entry((*part, place.chunk as usize)).or_default();
                    of_chunk.entry(place.row as usize).or_insert(made_idx);
                }
                None => fresh[all.records[made.record].part].push(made_idx),
            }
        }
        let mut sources = Vec::new();
        for (part, of_part) in parts.iter().enumerate() {
            if matches!(of_part.kind, PartKind::Events) {
                for chunk in 0..of_part.table.chunks.len() {
                    let records = known.remove(&(part, chunk)).unwrap_or_default();
                    sources.push(Source::Events { part, chunk, records });
                }
            }
            sources.extend(fresh[part].chunks(CHUNK_ROWS).map(|all| Source::Records(all.to_vec())));
        }
        Rows { parts, layout, columns, cases, dates, all, sources, notes: Vec::new() }
    }

    /// The table, and what was noticed.
    pub(super) fn table(mut self, library: &Library) -> (RawTable, Vec<Sentence>) {
        let sources = std::mem::take(&mut self.sources);
        let mut chunks: Vec<RawChunk> = sources.iter().map(|source| self.chunk(source)).collect();
        for column in 0..self.layout.names.len() {
            let mut values = self.case_values(column);
            if let Some(values) = &mut values {
                self.find_own(column, &sources, values, library);
            }
            let kind = self.type_of(column, values.is_some());
            for (source, chunk) in sources.iter().zip(&mut chunks) {
                let made = self.column(column, source, values.as_ref(), (kind, chunk.len()));
                chunk.columns.push(made);
            }
        }
        chunks.retain(|chunk| !chunk.is_empty());
        (RawTable { names: self.layout.names.clone(), chunks }, self.notes)
    }

    fn chunk(&self, source: &Source) -> RawChunk {
        let lines = match source {
            Source::Events { part, chunk, .. } => {
                let part = &self.parts[*part];
                let lines = &part.table.chunks[*chunk].lines;
                lines.iter().map(|line| line + part.rows_before).collect()
            }
            Source::Records(all) => {
                let line = |&made: &usize| {
                    let record = &self.all.records[self.all.made[made].record];
                    let part = &self.parts[record.part];
                    record.place.line(&part.table) + part.rows_before
                };
                all.iter().map(line).collect()
            }
        };
        RawChunk { lines, columns: Vec::with_capacity(self.layout.names.len()) }
    }

    /// The type that the format of the events gives a column, where nothing else adds to it.
    fn type_of(&self, column: usize, has_case_values: bool) -> Option<AttributeType> {
        let key = &self.layout.keys[column];
        let mut found = None;
        for part in &self.parts {
            let Some(place) = part.place(key) else { continue };
            if !matches!(part.kind, PartKind::Events) {
                if has_case_values || matches!(part.kind, PartKind::Records(_)) {
                    return None;
                }
                continue;
            }
            for chunk in &part.table.chunks {
                match (&chunk.columns[place], found) {
                    (RawColumn::Typed(kind, _), None) => found = Some(*kind),
                    (RawColumn::Typed(kind, _), Some(known)) if *kind == known => {}
                    _ => return None,
                }
            }
        }
        found
    }

    /// The values of a column in the rows of cases.
    fn case_values(&self, column: usize) -> Option<CaseValues> {
        let key = &self.layout.keys[column];
        let is_core = [self.layout.case, self.layout.activity, self.layout.time].contains(&column);
        let places: Vec<Option<usize>> = self
            .parts
            .iter()
            .map(|part| part.place(key).filter(|_| matches!(part.kind, PartKind::Cases)))
            .collect();
        if is_core || places.iter().all(Option::is_none) {
            return None;
        }
        let mut texts = Interner::default();
        let blank = texts.intern("");
        let of_cases = self.cases.rows.iter().map(|row| {
            let text = row
                .and_then(|(part, place)| Some(place.text(&self.parts[part].table, places[part]?)));
            text.map_or(blank, |text| texts.intern(&text))
        });
        let of_cases = of_cases.collect();
        Some(CaseValues { texts, of_cases, has_own: vec![false; self.cases.count()] })
    }

    /// Finds the cases whose events have a value of their own, and those where it is another than
    /// that of the row of the case.
    fn find_own(
        &mut self,
        column: usize,
        sources: &[Source],
        values: &mut CaseValues,
        library: &Library,
    ) {
        let key = &self.layout.keys[column];
        let mut differ = vec![false; self.cases.count()];
        let mut note = |values: &mut CaseValues, case: u32, text: &str| {
            if case == NO_CASE || text.is_empty() {
                return;
            }
            values.has_own[case as usize] = true;
            let told = values.texts.texts().get(values.of_cases[case as usize] as usize);
            differ[case as usize] |= !told.is_empty() && told != text;
        };
        for source in sources {
            match source {
                Source::Events { part, chunk, records } => {
                    let Some(of_rows) = self.cases.of_rows.get(&(*part, *chunk)) else { continue };
                    let place = self.parts[*part].place(key);
                    for (row, &case) in of_rows.iter().enumerate() {
                        if let Some(place) = place {
                            let cells = &self.parts[*part].table.chunks[*chunk].columns[place];
                            note(values, case, cells.text(row).trim());
                        }
                        if let Some(&made) = records.get(&row) {
                            note(values, case, &self.of_record(made, column));
                        }
                    }
                }
                Source::Records(all) => {
                    for &made in all {
                        let case = self.all.made[made].case;
                        note(values, case, &self.of_record(made, column));
                    }
                }
            }
        }
        let attribute = library.attribute(key);
        let is_constant = attribute.is_some_and(|attribute| {
            attribute.level == Level::Case
                && matches!(attribute.kind, ValueKind::Text | ValueKind::Category)
        });
        let count = differ.iter().filter(|differs| **differs).count();
        if is_constant && count > 0 {
            self.notes.push(say!(
                "\"{name}\": the rows of cases and the events of {count} {count|case|cases} \
                 disagree; the value of the events was kept.",
                name = self.layout.names[column].as_str(),
                count
            ));
        }
    }

    /// A column of a chunk.
    fn column(
        &mut self,
        column: usize,
        source: &Source,
        values: Option<&CaseValues>,
        (kind, row_count): (Option<AttributeType>, usize),
    ) -> RawColumn {
        let (part, chunk, records) = match source {
            Source::Events { part, chunk, records } => (*part, *chunk, records),
            Source::Records(all) => return self.of_records(column, all, values, kind),
        };
        let place = self.parts[part].place(&self.layout.keys[column]);
        let own = place.map(|place| {
            let columns = &mut self.parts[part].table.chunks[chunk].columns;
            std::mem::replace(&mut columns[place], RawColumn::Plain(TextColumn::default()))
        });
        let is_time = column == self.layout.time;
        if let Some(own) = own.as_ref().filter(|_| is_time && self.dates.all_iso) {
            let mut builder = ColumnBuilder::default();
            let texts = (0..row_count).map(|row| self.dates.event(part, own.text(row).trim()));
            texts.for_each(|text| builder.push(&text));
            return builder.finish();
        }
        let is_core = is_time || [self.layout.case, self.layout.activity].contains(&column);
        if is_core || values.is_none() && records.is_empty() {
            return match own {
                Some(own @ RawColumn::Typed(..)) if kind.is_none() => as_texts(&own),
                Some(own) => own,
                None => blanks(row_count, kind),
            };
        }
        let of_rows = self.cases.of_rows.get(&(part, chunk));
        let mut builder = ColumnBuilder::default();
        for row in 0..row_count {
            let text = own.as_ref().map_or(Cow::Borrowed(""), |own| own.text(row));
            if !text.trim().is_empty() {
                builder.push(&text);
                continue;
            }
            let of_record = records.get(&row).map(|&made| self.of_record(made, column));
            match of_record.filter(|text| !text.is_empty()) {
                Some(text) => builder.push(&text),
                None => {
                    let case = of_rows.map_or(NO_CASE, |of_rows| of_rows[row]);
                    builder.push(values.map_or("", |values| values.of(case)));
                }
            }
        }
        builder.finish()
    }

    /// A column of a chunk of events that records make.
    fn of_records(
        &self,
        column: usize,
        all: &[usize],
        values: Option<&CaseValues>,
        kind: Option<AttributeType>,
    ) -> RawColumn {
        if kind.is_some() {
            return blanks(all.len(), kind);
        }
        let mut builder = ColumnBuilder::default();
        for &idx in all {
            let made = &self.all.made[idx];
            let record = &self.all.records[made.record];
            if column == self.layout.case {
                builder.push(self.cases.id(made.case));
            } else if column == self.layout.activity {
                builder.push(&made.activity.name.en);
            } else if column == self.layout.time {
                let table = &self.parts[record.part].table;
                let text = record.place.text(table, made.date);
                let own = self.columns[record.part].as_ref().and_then(|own| own.precision);
                let is_day = own.is_some_and(|column| is_day(&record.place.text(table, column)));
                builder.push(&self.dates.record((record.part, made.date), &text, is_day));
            } else {
                let text = self.of_record(idx, column);
                let of_case = || values.map_or("", |values| values.of(made.case));
                builder.push(if text.is_empty() { of_case() } else { &text });
            }
        }
        builder.finish()
    }

    /// What the record of an event says in a column; blank where it says nothing.
    fn of_record(&self, made: usize, column: usize) -> String {
        let made = &self.all.made[made];
        let record = &self.all.records[made.record];
        let part = &self.parts[record.part];
        let key = &self.layout.keys[column];
        let own = part.place(key).map(|place| record.place.text(&part.table, place));
        match own.filter(|text| !text.is_empty()) {
            Some(text) => text,
            None => {
                let source = record.kind.and_then(|kind: &KnownValue| kind.also.get(key));
                let place = source.and_then(|source| part.place(source));
                place.map(|place| record.place.text(&part.table, place)).unwrap_or_default()
            }
        }
    }
}

impl CaseValues {
    /// The value of a case whose events have none of their own.
    fn of(&self, case: u32) -> &str {
        if case == NO_CASE || self.has_own[case as usize] {
            return "";
        }
        self.texts.texts().get(self.of_cases[case as usize] as usize)
    }
}

/// Whether a precision is that of days, in the words that a library knows.
fn is_day(text: &str) -> bool {
    crate::folding::folded(text) == "day"
}
