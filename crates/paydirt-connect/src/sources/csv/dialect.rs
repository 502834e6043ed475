//! Which delimiter, quote and header does this text have? Found from its first rows.
//!
//! The delimiter is the one that cuts the rows into the most even number of cells; a first row of
//! names is a header; lines before a table that fill fewer than half of its columns, as titles and
//! lists of filters do, are skipped.

use std::collections::HashSet;

use crate::distinct_names::DistinctNames;
use crate::source::{HeaderChoice, TextOptions, TitleChoice};
use crate::sources::csv::records::{Ending, Escapes, Records, Separators};
use paydirt_model::automatic::{AutomaticReading, ReadingExample, ReadingRule};
use paydirt_model::mapping::{ImportReport, TextCut};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// Delimiters that are tried, the likelier first.
const DELIMITERS: [u8; 5] = [b',', b';', b'\t', b'|', b'^'];
/// Rows that are looked at.
const ROWS_MAX: usize = 1_000;
/// Most title lines before a table.
const TITLE_LINES_MAX: usize = 20;

/// How a text is cut into cells, and what its columns are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sources) struct Dialect {
    pub(super) separators: Separators,
    /// Column names, distinct.
    pub(in crate::sources) names: Vec<String>,
    /// Whether the names stand in the text.
    pub(super) header: Header,
    /// Records before the first row of data: title lines and header.
    pub(super) leading_records: usize,
    /// What is read otherwise than it stands there.
    pub(in crate::sources) automatic: Vec<AutomaticReading>,
    /// Things worth knowing.
    pub(in crate::sources) notes: Vec<Sentence>,
}

/// Whether the text names its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sources) enum Header {
    Present,
    Absent,
}

impl Dialect {
    /// The dialect of a text whose first part is given. `None` when there is not even one row.
    pub(in crate::sources) fn detect(sample: &str, options: &TextOptions) -> Option<Dialect> {
        let declared = declared_delimiter(sample);
        let separators = separators(sample, declared.or(options.delimiter), options);
        let mut rows = sample_rows(sample, separators);
        let mut notes = Vec::new();
        let mut leading_records = 0;
        if declared.is_some() && !rows.is_empty() {
            rows.remove(0);
            leading_records = 1;
        }
        let titles = match (options.header, options.titles) {
            (HeaderChoice::Row(number), _) => rows_before(number, declared.is_some(), rows.len()),
            (_, TitleChoice::Keep) => 0,
            (_, TitleChoice::Skip) => title_count(&rows),
        };
        let mut automatic = Vec::new();
        if titles > 0 {
            let first = usize::from(declared.is_some());
            automatic.push(titles_reading(sample, separators, first..first + titles));
            leading_records += rows.drain(..titles).filter(|row| !row.is_empty()).count();
        }
        rows.retain(|row| !row.is_empty());
        let first = rows.first()?;
        let header = match options.header {
            HeaderChoice::FirstRow | HeaderChoice::Row(_) => Header::Present,
            HeaderChoice::None => Header::Absent,
            HeaderChoice::Detect => header_of(&rows),
        };
        let names = match header {
            Header::Present => {
                leading_records += 1;
                names_of(first, &mut notes)
            }
            Header::Absent => {
                let count = modal_count(&rows);
                (1..=count).map(|number| format!("column {number}")).collect()
            }
        };
        Some(Dialect { separators, names, header, leading_records, automatic, notes })
    }

    /// The dialect as settings name it.
    pub(in crate::sources) fn cut(&self) -> TextCut {
        let delimiter = match self.separators.delimiter {
            b'\t' => "tab".to_owned(),
            other => char::from(other).to_string(),
        };
        TextCut { encoding: None, delimiter, has_header: self.header == Header::Present }
    }

    /// The dialect in words.
    pub(in crate::sources) fn reading(&self) -> Sentence {
        let name = |byte: u8| match byte {
            b'\t' => say!("tab"),
            b' ' => say!("blank"),
            other => say!("\"{character}\"", character = char::from(other)),
        };
        let quote = match self.separators.quote {
            Some(b'"') => say!("double quotes"),
            Some(b'\'') => say!("single quotes"),
            Some(other) => name(other),
            None => say!("none"),
        };
        let header = match self.header {
            Header::Present => say!("names in the first row"),
            Header::Absent => say!("no header"),
        };
        say!(
            "delimiter: {delimiter}; quotes: {quote}; {header}",
            delimiter = name(self.separators.delimiter),
            quote,
            header
        )
    }
}

/// Rows before the one that names the columns, the row counted from 1 in the file.
fn rows_before(number: u64, is_first_gone: bool, row_count: usize) -> usize {
    let before = number.saturating_sub(1 + u64::from(is_first_gone));
    usize::try_from(before).unwrap_or(usize::MAX).min(row_count.saturating_sub(1))
}

/// Excel's own line `sep=;`.
fn declared_delimiter(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?;
    let found = line.strip_prefix("sep=")?.as_bytes();
    (found.len() == 1 && found[0].is_ascii()).then(|| found[0])
}

fn separators(sample: &str, delimiter: Option<u8>, options: &TextOptions) -> Separators {
    let quote = match options.quote {
        Some(quote) => quote,
        None if sample.contains('"') => Some(b'"'),
        None => Some(b'\''),
    };
    let delimiters = delimiter.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut best: Option<(Separators, u64)> = None;
    for delimiter in delimiters.into_iter().filter(|&delimiter| quote != Some(delimiter)) {
        let separators = with_escapes(sample, delimiter, quote);
        let score = evenness(&sample_rows(sample, separators));
        if best.is_none_or(|(_, known)| score > known) {
            best = Some((separators, score));
        }
    }
    let mut found = best.map_or(
        Separators { delimiter: b',', quote, escapes: Escapes::Doubled },
        |(separators, _)| separators,
    );
    if options.quote.is_none() && !quotes_are_used(sample, found) {
        found.quote = sample.contains('"').then_some(b'"').filter(|_| !has_open(sample, found));
    }
    if options.quote.is_none() && found.quote.is_none() && !sample.contains('"') {
        found.quote = Some(b'"');
    }
    found
}

/// Backslashes escape quotes only where that leaves fewer quotes that make no sense.
fn with_escapes(sample: &str, delimiter: u8, quote: Option<u8>) -> Separators {
    let doubled = Separators { delimiter, quote, escapes: Escapes::Doubled };
    let backslash = Separators { escapes: Escapes::Backslash, ..doubled };
    if quote.is_none() || !sample.contains('\\') {
        return doubled;
    }
    if senseless_quotes(sample, backslash) < senseless_quotes(sample, doubled) {
        backslash
    } else {
        doubled
    }
}

fn senseless_quotes(sample: &str, separators: Separators) -> u64 {
    let mut records = Records::new(sample, separators);
    let mut open = 0;
    for _ in 0..ROWS_MAX {
        match records.next() {
            Some(Ending::Proper) => {}
            Some(Ending::OpenQuote) => open += 1,
            None => break,
        }
    }
    open + records.odd_count()
}

/// Whether at least some cells are properly quoted, and for single quotes, that every cell that
/// begins with one is.
fn quotes_are_used(sample: &str, separators: Separators) -> bool {
    let Some(quote) = separators.quote else { return true };
    let mut records = Records::new(sample, separators);
    let (mut quoted, mut open) = (0, 0);
    for _ in 0..ROWS_MAX {
        match records.next() {
            Some(Ending::Proper) => {
                let text = records.record_text().as_bytes();
                let begins = text.first() == Some(&quote)
                    || text.windows(2).any(|two| two == [separators.delimiter, quote]);
                quoted += usize::from(begins);
            }
            Some(Ending::OpenQuote) => open += 1,
            None => break,
        }
    }
    if quote == b'\'' { quoted >= 3 && open == 0 } else { quoted > 0 }
}

fn has_open(sample: &str, separators: Separators) -> bool {
    let mut records = Records::new(sample, separators);
    while let Some(ending) = records.next() {
        if ending == Ending::OpenQuote {
            return true;
        }
    }
    false
}

/// The cells of the first rows; an empty line is an empty row.
fn sample_rows(sample: &str, separators: Separators) -> Vec<Vec<String>> {
    let mut records = Records::new(sample, separators);
    let mut rows = Vec::new();
    let mut scratch = String::new();
    while rows.len() < ROWS_MAX
        && let Some(ending) = records.next()
    {
        if ending == Ending::OpenQuote {
            continue;
        }
        if records.is_blank() {
            rows.push(Vec::new());
            continue;
        }
        let cells = (0..records.cell_count())
            .map(|idx| records.value(idx, &mut scratch).to_owned())
            .collect();
        rows.push(cells);
    }
    rows
}

/// The number of cells that most rows have; of equally frequent ones the larger.
fn modal_count(rows: &[Vec<String>]) -> usize {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        match counts.iter_mut().find(|(count, _)| *count == row.len()) {
            Some((_, frequency)) => *frequency += 1,
            None => counts.push((row.len(), 1)),
        }
    }
    counts
        .iter()
        .max_by_key(|(count, frequency)| (*frequency, *count))
        .map_or(0, |&(count, _)| count)
}

/// How well a delimiter fits: rows of the usual count in millionths of all rows, doubled when the
/// first row of the table has it too; nothing when there is but one cell a row.
fn evenness(rows: &[Vec<String>]) -> u64 {
    let usual = modal_count(rows);
    let filled = || rows.iter().filter(|row| !row.is_empty());
    let total = filled().count();
    if usual < 2 || total == 0 {
        return 0;
    }
    let even = filled().filter(|row| row.len() == usual).count();
    let share = (even as u64) * 1_000_000 / (total as u64);
    let titles = title_count(rows);
    let first_fits = rows.get(titles).is_some_and(|row| row.len() == usual);
    let weight = if first_fits { 2 } else { 1 };
    share * weight + (usual as u64).min(1_000)
}

/// Lines before the table: those of one cell, or empty ones, before rows that have several; or
/// those that fill fewer than half of the columns, before a row that names all of them.
fn title_count(rows: &[Vec<String>]) -> usize {
    let usual = modal_count(rows);
    let fits = |count: usize| {
        let has_title = rows.iter().take(count).any(|row| filled(row) > 0);
        usual >= 2 && has_title && count <= TITLE_LINES_MAX && rows.len() - count >= 2
    };
    let sparse = rows.iter().take_while(|row| filled(row) * 2 < usual).count();
    let names_columns = |row: &Vec<String>| {
        row.len() == usual && row.iter().all(|cell| !is_figure(cell.trim())) && {
            let names: HashSet<&str> = row.iter().map(|cell| cell.trim()).collect();
            names.len() == usual
        }
    };
    if usual >= 3 && fits(sparse) && rows.get(sparse).is_some_and(names_columns) {
        return sparse;
    }
    let count = rows.iter().take_while(|row| row.len() < 2).count();
    if fits(count) { count } else { 0 }
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// What is told of the lines before the table.
fn titles_reading(
    sample: &str,
    separators: Separators,
    records_of: std::ops::Range<usize>,
) -> AutomaticReading {
    let mut records = Records::new(sample, separators);
    let mut examples = Vec::new();
    let mut idx = 0;
    while idx < records_of.end
        && let Some(ending) = records.next()
    {
        // As in the sample of rows: what is no record is passed over.
        if ending == Ending::OpenQuote {
            continue;
        }
        if records_of.contains(&idx) && !records.is_blank() {
            examples.push(ReadingExample {
                row: records.record_line + 1,
                value: ImportReport::cut(records.record_text()),
                count: 1,
            });
        }
        idx += 1;
    }
    titles_told(records_of.len(), examples)
}

/// What is told of lines before a table.
pub(in crate::sources) fn titles_told(
    titles: usize,
    examples: Vec<ReadingExample>,
) -> AutomaticReading {
    let what = say!(
        "{titles} {titles|line|lines} before the table {titles|was|were} skipped as a title.",
        titles
    );
    AutomaticReading::of(ReadingRule::TitleLines, None, titles as u64, what, examples)
}

/// Whether the first row names columns: its cells are distinct, none is a number or date, and
/// none comes again below in its own column (or a column below holds only numbers or dates).
pub(in crate::sources) fn header_of(rows: &[Vec<String>]) -> Header {
    let Some((first, rest)) = rows.split_first() else { return Header::Absent };
    let names: Vec<&str> = first.iter().map(|cell| cell.trim()).collect();
    if names.iter().any(|name| is_figure(name)) || names.iter().all(|name| name.is_empty()) {
        return Header::Absent;
    }
    if rest.is_empty() {
        return Header::Present;
    }
    let column =
        |idx: usize| rest.iter().filter_map(move |row| row.get(idx)).map(|cell| cell.trim());
    // The same names further down say nothing about the columns: they come of joining exports.
    let is_again =
        |row: &&Vec<String>| row.iter().map(|cell| cell.trim()).eq(names.iter().copied());
    let has_figures = |idx: usize| {
        let below = rest.iter().filter(|row| !is_again(row)).filter_map(|row| row.get(idx));
        let mut cells = below.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(is_figure)
    };
    let figures = (0..names.len()).filter(|&idx| has_figures(idx)).count();
    if figures > 0 {
        return Header::Present;
    }
    let distinct: HashSet<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let filled = names.iter().filter(|name| !name.is_empty()).count();
    let recurs = (0..names.len())
        .any(|idx| !names[idx].is_empty() && column(idx).any(|cell| cell == names[idx]));
    if distinct.len() == filled && !recurs { Header::Present } else { Header::Absent }
}

/// Whether a cell looks like a number, a date or a time.
fn is_figure(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let begins = bytes.first().is_some_and(|&byte| {
        byte.is_ascii_digit()
            || (matches!(byte, b'-' | b'+') && bytes.get(1).is_some_and(u8::is_ascii_digit))
    });
    begins
        && cell.chars().all(|character| {
            character.is_ascii_digit()
                || matches!(character, '.' | ',' | '-' | '/' | ':' | ' ' | '+' | 'T' | 'Z' | '%')
                || matches!(character, 'A' | 'P' | 'M' | '年' | '月' | '日' | '時' | '分' | '秒')
        })
}

/// Distinct names of the columns: blank ones are numbered, repeated ones counted.
fn names_of(first: &[String], notes: &mut Vec<Sentence>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(first.len());
    let mut distinct = DistinctNames::default();
    for (idx, cell) in first.iter().enumerate() {
        let trimmed = cell.trim();
        let base = match trimmed {
            "" => format!("column {}", idx + 1),
            name => name.to_owned(),
        };
        let name = distinct.take(&base);
        if name != base {
            notes.push(say!(
                "The column name \"{base}\" comes again; it is called \"{name}\".",
                base,
                name = name.as_str()
            ));
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(sample: &str) -> String {
        let dialect = Dialect::detect(sample, &TextOptions::DETECT).unwrap();
        format!("{} | {} | {}", dialect.reading(), dialect.leading_records, dialect.names.join("+"))
    }

    #[test]
    fn delimiters_are_told_by_evenness() {
        assert_eq!(
            detect("id;amount;note\n1;1,5;a, b\n2;2,5;c\n"),
            "delimiter: \";\"; quotes: double quotes; names in the first row | 1 | id+amount+note"
        );
        assert_eq!(
            detect("a\tb\n1\t2\n"),
            "delimiter: tab; quotes: double quotes; names in the first row | 1 | a+b"
        );
        assert_eq!(
            detect("\"a|x\"|\"b\"\n\"1\"|\"2\"\n"),
            "delimiter: \"|\"; quotes: double quotes; names in the first row | 1 | a|x+b"
        );
        assert_eq!(
            detect("sep=;\na;b\n1;2\n"),
            "delimiter: \";\"; quotes: double quotes; names in the first row | 2 | a+b"
        );
    }

    #[test]
    fn backslashes_escape_where_quotes_make_no_sense_otherwise() {
        let escapes =
            |text: &str| Dialect::detect(text, &TextOptions::DETECT).unwrap().separators.escapes;
        assert_eq!(escapes("a,b\n\"x \\\"y\\\" z\",1\n"), Escapes::Backslash);
        assert_eq!(escapes("a,b\n\"x \\\"\"y\\\"\"\",1\n"), Escapes::Doubled);
        assert_eq!(escapes("a,b\n\"C:\\dir\\\",1\n"), Escapes::Doubled);
    }

    #[test]
    fn single_quotes_only_when_consistent() {
        let quoted = "'a','b'\n'1,5','x'\n'2','y'\n'3','z'\n";
        assert!(detect(quoted).contains("single quotes"));
        let text = "a,b\n'tis,x\nd,'y\n";
        assert!(detect(text).contains("double quotes"), "{}", detect(text));
    }

    #[test]
    fn headers_are_names() {
        let no_header = "1,register,2024-01-31\n2,check,2024-01-31\n";
        assert!(detect(no_header).ends_with("no header | 0 | column 1+column 2+column 3"));
        let texts = "who,what\nann,call\nbob,mail\n";
        assert!(detect(texts).ends_with("| 1 | who+what"));
        let recurring = "ann,call\nbob,mail\nann,mail\n";
        assert!(detect(recurring).contains("no header"));
        assert!(detect("a,,a\n1,2,3\n").ends_with("a+column 2+a (2)"));
        let joined = "who,when\nann,2024-01-31\nwho,when\nbob,2024-02-01\n";
        assert!(detect(joined).ends_with("names in the first row | 1 | who+when"));
    }

    #[test]
    fn a_title_above_the_table_is_skipped() {
        let text = "Export of deals\n\nid,amount\n1,2\n3,4\n";
        assert!(detect(text).ends_with("names in the first row | 2 | id+amount"));
    }
}
