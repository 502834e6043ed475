//! How do several files become one table? Column by column, in the order of the files' names, with
//! what differs between them said.
//!
//! A folder that is called `key=value` gives every row of its files the column `key` (the layout
//! of Hive, which most programs that write data sets follow).

use paydirt_model::attribute::AttributeType;
use paydirt_model::column::Column;
use paydirt_model::event_chunk::ChunkColumn;
use paydirt_model::interner::TextColumn;
use paydirt_model::mapping::{ChoiceOption, ProblemCount, ReadingChoice};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::several::{Readable, read_known};
use crate::source::{Content, ReadOptions, SourceReport};

/// The value of a folder whose rows have none.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// Most files that one note names.
const NAMES_MAX: usize = 20;
/// Most readings by rules that are listed.
const AUTOMATIC_MAX: usize = 100;
/// Most names that one choice offers.
const OPTIONS_MAX: usize = 50;

/// Reads the files as one table.
pub(crate) fn read(files: &[Readable<'_>], options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let total: u64 = files.iter().map(|file| file.input.byte_count()).sum();
    let mut done = 0;
    let mut joined = Joined::default();
    let mut nothing = None;
    for file in files {
        let own = file.input.byte_count();
        let told = |part: u64, whole: u64| {
            // Formats count in bytes or in parts of their own.
            let part = u128::from(part) * u128::from(own) / u128::from(whole.max(1));
            (options.progress)(done + u64::try_from(part).unwrap_or(own).min(own), total);
        };
        let options = ReadOptions { progress: &told, parts: None, ..*options };
        let read = read_known(file, &options);
        let (content, is_empty) = match (read, &file.shape) {
            (Err(problem), Some(names)) if problem.code == ErrorCode::NothingUsable => {
                let table = RawTable { names: names.clone(), chunks: Vec::new() };
                let report = SourceReport::of(file.format.name);
                nothing.get_or_insert(problem);
                (Content::Table { table, report }, true)
            }
            (read, _) => (read?, false),
        };
        match with_keys(content, &file.name, &options)? {
            Content::Table { table, .. } if is_empty => joined.add_empty(&file.name, table.names),
            Content::Table { table, report } => joined.add(&file.name, table, report),
            other => return Ok(other),
        }
        check_columns(joined.names.len(), &options)?;
        done += own;
    }
    match nothing.filter(|_| joined.empty.len() == files.len()) {
        Some(problem) => Err(problem),
        None => Ok(joined.finish()),
    }
}

/// A table with the columns that the folders of its file name.
pub(crate) fn with_keys(
    content: Content,
    name: &str,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    let Content::Table { mut table, mut report } = content else { return Ok(content) };
    for (key, value) in keys(name) {
        if table.names.contains(&key) {
            report.notes.push(say!(
                "The column \"{key}\" is in the file and in the name of its folder; that of the \
                 file counts.",
                key
            ));
            continue;
        }
        table.names.push(key);
        for chunk in &mut table.chunks {
            let codes = vec![0; chunk.len()];
            let texts = std::iter::once(value.as_str()).collect();
            chunk.columns.push(RawColumn::Dictionary { codes, texts });
        }
    }
    check_columns(table.names.len(), options)?;
    Ok(Content::Table { table, report })
}

fn check_columns(count: usize, options: &ReadOptions<'_>) -> Result<(), Problem> {
    let max = options.limits.columns_max;
    if count <= max {
        return Ok(());
    }
    let detail = say!("The table has {count} columns; at most {max} are read.", count, max);
    Err(Problem::new(ErrorCode::InputTooLarge, detail))
}

/// The columns and values that the folders of a file name.
fn keys(name: &str) -> Vec<(String, String)> {
    let folders = name.rsplit_once('/').map(|(folders, _)| folders).unwrap_or_default();
    let pairs = folders.split('/').filter_map(|folder| folder.split_once('='));
    pairs
        .filter(|(key, _)| !key.is_empty())
        .map(|(key, value)| {
            let value = if value == NO_VALUE { String::new() } else { decoded(value) };
            (decoded(key), value)
        })
        .collect()
}

/// A name in which signs are written as `%` and two hexadecimal digits.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|it| it.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(code) if byte == b'%' => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The tables so far.
#[derive(Default)]
struct Joined {
    names: Vec<String>,
    /// For each table: its file, the place of each of its columns, its chunks.
    tables: Vec<(String, Vec<usize>, Vec<RawChunk>)>,
    /// The files that name columns and have no rows.
    empty: Vec<String>,
    report: SourceReport,
    /// Files whose automatic readings are no longer listed.
    unlisted: u64,
    /// The lines of all files so far, and with which number each file begins.
    line: u64,
    starts: Vec<Sentence>,
}

impl Joined {
    /// The places of the columns of a file.
    fn places(&mut self, names: &[String]) -> Vec<usize> {
        let place = |name: &String| {
            let known = self.names.iter().position(|known| known == name);
            known.unwrap_or_else(|| {
                self.names.push(name.clone());
                self.names.len() - 1
            })
        };
        names.iter().map(place).collect()
    }

    fn add_empty(&mut self, file: &str, names: Vec<String>) {
        let places = self.places(&names);
        self.empty.push(file.to_owned());
        self.tables.push((file.to_owned(), places, Vec::new()));
    }

    fn add(&mut self, file: &str, table: RawTable, report: SourceReport) {
        let places = self.places(&table.names);
        let mut chunks = table.chunks;
        let offset = self.line;
        for line in chunks.iter_mut().flat_map(|chunk| &mut chunk.lines) {
            *line += offset;
            self.line = *line;
        }
        if self.starts.len() < NAMES_MAX {
            self.starts.push(say!("\"{file}\" from {row}", file, row = offset + 1));
        }
        self.add_report(file, report, offset);
        self.tables.push((file.to_owned(), places, chunks));
    }

    fn add_report(&mut self, file: &str, mut report: SourceReport, offset: u64) {
        for example in report.problems.iter_mut().flat_map(|problem| &mut problem.examples) {
            example.row += offset;
            self.line = self.line.max(example.row);
        }
        let own = |sentence: &Sentence| say!("\"{file}\": {sentence}", file, sentence);
        for reading in &mut report.automatic {
            reading.what = own(&reading.what);
            for example in &mut reading.examples {
                example.row += offset;
                self.line = self.line.max(example.row);
            }
        }
        if self.report.format.is_empty() {
            self.report = report;
            return;
        }
        if let (Some(places), Some(later)) = (&mut self.report.places, report.places.take()) {
            places.append(offset, later, |name| vec![name.to_owned()]);
        }
        let known = &mut self.report.automatic;
        if known.len() + report.automatic.len() <= AUTOMATIC_MAX {
            known.append(&mut report.automatic);
        } else {
            self.unlisted += 1;
        }
        self.report.empty_cases += report.empty_cases;
        add_choices(&mut self.report.choices, report.choices);
        if report.readings != self.report.readings {
            self.report.notes.extend(report.readings.iter().map(own));
        }
        let known = &self.report.notes;
        let new: Vec<Sentence> =
            report.notes.iter().filter(|it| !known.contains(it)).map(own).collect();
        self.report.notes.extend(new);
        self.report.rows_read += report.rows_read;
        self.report.rows_refused += report.rows_refused;
        ProblemCount::merge(&mut self.report.problems, report.problems);
    }

    fn finish(mut self) -> Content {
        let files: Vec<&str> = self.tables.iter().map(|(file, ..)| file.as_str()).collect();
        let names = &files[..files.len().min(NAMES_MAX)];
        let count = files.len();
        self.report.readings.insert(
            0,
            say!(
                "{count} {count|file|files} read as one table, in the order of their names: \
                 {names}",
                count,
                names
            ),
        );
        if count > 1 {
            let starts = std::mem::take(&mut self.starts);
            self.report.notes.push(say!("Rows are counted through all files: {starts}.", starts));
        }
        if !self.empty.is_empty() {
            let files = &self.empty[..self.empty.len().min(NAMES_MAX)];
            self.report.notes.push(say!(
                "{count} {count|file has|files have} no rows of data: {files}",
                count = self.empty.len(),
                files
            ));
        }
        if self.unlisted > 0 {
            self.report.notes.push(say!(
                "What was read by rules in {count} further {count|file|files} is not listed.",
                count = self.unlisted
            ));
        }
        self.note_missing();
        let kinds = self.kinds();
        let mut chunks = Vec::new();
        for (_, places, of_file) in self.tables {
            for chunk in of_file {
                chunks.push(arranged(chunk, &places, &kinds));
            }
        }
        let table = RawTable { names: self.names, chunks };
        Content::Table { table, report: self.report }
    }

    /// Says which columns not every file has.
    fn note_missing(&mut self) {
        for (idx, name) in self.names.iter().enumerate() {
            let lacks = self.tables.iter().filter(|(_, places, _)| !places.contains(&idx));
            let files: Vec<&str> = lacks.map(|(file, ..)| file.as_str()).collect();
            if !files.is_empty() {
                let shown = &files[..files.len().min(NAMES_MAX)];
                self.report.notes.push(say!(
                    "The column \"{name}\" is missing in {count} {count|file|files} and is blank \
                     for {count|its|their} rows: {files}",
                    name,
                    count = files.len(),
                    files = shown
                ));
            }
        }
    }

    /// The type in which each column is kept; where the files differ, and they are not numbers,
    /// text.
    fn kinds(&mut self) -> Vec<Kept> {
        let mut kept: Vec<Option<Kept>> = vec![None; self.names.len()];
        let mut differing: Vec<Vec<Sentence>> = vec![Vec::new(); self.names.len()];
        for (_, places, chunks) in &self.tables {
            let Some(chunk) = chunks.first() else { continue };
            for (&place, column) in places.iter().zip(&chunk.columns) {
                let kind = match column {
                    RawColumn::Typed(kind, _) => Kept::Typed(*kind),
                    RawColumn::Dictionary { .. } | RawColumn::Plain(_) => Kept::Untyped,
                };
                let label = match kind {
                    Kept::Typed(kind) => kind.label(),
                    Kept::Untyped | Kept::Texts => AttributeType::Text.label(),
                };
                if !differing[place].contains(&label) {
                    differing[place].push(label);
                }
                kept[place] = Some(kept[place].map_or(kind, |known| known.with(kind)));
            }
        }
        for (name, kinds) in self.names.iter().zip(differing) {
            if kinds.len() > 1 {
                self.report.notes.push(say!(
                    "The column \"{name}\" has different types in the files: {kinds}.",
                    name,
                    kinds
                ));
            }
        }
        kept.into_iter().map(|kept| kept.unwrap_or(Kept::Untyped)).collect()
    }
}

/// Adds what could be read otherwise, each name once.
fn add_choices(choices: &mut Vec<ReadingChoice>, later: Vec<ReadingChoice>) {
    for choice in later {
        match choices.iter_mut().find(|known| known.kind == choice.kind) {
            None => choices.push(choice),
            Some(known) => {
                let is_new = |option: &ChoiceOption| {
                    !known.options.iter().any(|known| known.name == option.name)
                };
                let room = OPTIONS_MAX.saturating_sub(known.options.len());
                let new: Vec<ChoiceOption> =
                    choice.options.into_iter().filter(is_new).take(room).collect();
                known.options.extend(new);
            }
        }
    }
}

/// How the values of a column are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// As the format types them.
    Typed(AttributeType),
    /// As texts, in every file.
    Untyped,
    /// As texts, because the files differ.
    Texts,
}

impl Kept {
    fn with(self, other: Kept) -> Kept {
        use AttributeType::{Decimal, Integer};
        match (self, other) {
            (known, other) if known == other => known,
            (Kept::Typed(Integer), Kept::Typed(Decimal))
            | (Kept::Typed(Decimal), Kept::Typed(Integer)) => Kept::Typed(Decimal),
            _ => Kept::Texts,
        }
    }
}

/// A chunk with all columns of the table, in their order.
fn arranged(chunk: RawChunk, places: &[usize], kinds: &[Kept]) -> RawChunk {
    let count = chunk.len();
    let mut columns: Vec<Option<RawColumn>> = kinds.iter().map(|_| None).collect();
    for (&place, column) in places.iter().zip(chunk.columns) {
        columns[place] = Some(column);
    }
    let columns = columns.into_iter().zip(kinds);
    let columns = columns.map(|(column, kind)| match (column, kind) {
        (Some(RawColumn::Typed(_, column)), Kept::Typed(kind)) => RawColumn::Typed(*kind, column),
        (Some(column @ RawColumn::Typed(..)), Kept::Untyped | Kept::Texts) => {
            RawColumn::Plain((0..count).map(|row| column.text(row).into_owned()).fold(
                TextColumn::default(),
                |mut texts, text| {
                    texts.push(&text);
                    texts
                },
            ))
        }
        (Some(column), _) => column,
        (None, Kept::Typed(kind)) => {
            let mut values = Column::new(*kind);
            (0..count).for_each(|_| values.push_blank());
            let texts = TextColumn::default();
            RawColumn::Typed(*kind, ChunkColumn { values, texts, scale: 0, rounded: 0 })
        }
        (None, Kept::Untyped | Kept::Texts) => {
            let texts = std::iter::once("").collect();
            RawColumn::Dictionary { codes: vec![0; count], texts }
        }
    });
    RawChunk { lines: chunk.lines, columns: columns.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_name_columns() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            keys("year=2024/region=%C3%8Ele%2Fde/part-0.parquet"),
            [pair("year", "2024"), pair("region", "Île/de")]
        );
        assert_eq!(keys("region=__HIVE_DEFAULT_PARTITION__/a.parquet"), [pair("region", "")]);
        assert_eq!(keys("plain/a=b.parquet"), []);
        assert_eq!(keys("=x/a.parquet"), []);
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%2"), "%2");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
