//! What is in this delimited text (CSV, TSV and their kin)? A table, whatever its encoding,
//! delimiter, quotes and line ends.
//!
//! One thread cuts the text into blocks of whole records, others parse them; the table does not
//! depend on how many. Rows with fewer cells than columns are read with blanks and reported; rows
//! with more are left out and reported, for their values may stand in the wrong columns.

pub(in crate::sources) mod blocks;
pub(in crate::sources) mod columns;
pub(in crate::sources) mod dialect;
pub(in crate::sources) mod parse;
mod records;

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::encoding::{self, Detected, Evidence, TextEncoding};
use crate::input::Input;
use crate::source::{self, Content, ReadOptions, SourceFormat, SourceReport};
use crate::sources::csv::blocks::{Block, BlockReader};
use crate::sources::csv::dialect::Dialect;
use crate::sources::csv::parse::{ParsedBlock, merge, parse};
use crate::sources::csv::records::last_cut;

/// CSV, TSV and other delimited text.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "csv",
    label: || say!("CSV, TSV and other delimited text"),
    extensions: &["csv", "tsv", "tab", "txt", "dat"],
    recognizes,
    shape: Some(shape),
    read,
};

/// How much of the text its encoding and delimiter are found from.
const SAMPLE_BYTES: usize = 1 << 20;

fn recognizes(head: &[u8]) -> bool {
    source::foreign(head).is_none() && encoding::detect(head).is_ok()
}

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let sample = input.sniff(SAMPLE_BYTES)?;
    let detected = match options.text.encoding {
        Some(encoding) => Detected { encoding, evidence: Evidence::Mark },
        None => encoding::detect(&sample)?,
    };
    let attempt = read_as(input, options, &sample, detected)?;
    let (attempt, detected) = match attempt.other_encoding(detected) {
        None => (attempt, detected),
        Some(encoding) => {
            let other = Detected { encoding, evidence: Evidence::Assumed };
            (read_as(input, options, &sample, other)?, other)
        }
    };
    let mut report = attempt.report;
    report.readings.insert(0, encoding_reading(detected));
    let is_said = matches!(detected.evidence, Evidence::Mark | Evidence::Content);
    if let Some(cut) = report.cut.as_mut().filter(|_| is_said) {
        cut.encoding = Some(detected.encoding.name().to_owned());
    }
    if detected.evidence == Evidence::Assumed {
        report.notes.push(say!(
            "The text is not UTF-8 and was read as {encoding}. If letters look wrong, name its \
             encoding.",
            encoding = detected.encoding.name()
        ));
    }
    if attempt.table.row_count() == 0 && report.rows_refused == 0 {
        return Err(Problem::new(ErrorCode::NothingUsable, say!("The file has no rows of data."))
            .with_hint(say!("Name a file with one event a row.")));
    }
    Ok(Content::Table { table: attempt.table, report })
}

/// The names of the columns, as far as the beginning of the text tells.
fn shape(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Option<Vec<String>>, Problem> {
    let sample = input.sniff(SAMPLE_BYTES)?;
    let encoding = match options.text.encoding {
        Some(encoding) => encoding,
        None => encoding::detect(&sample)?.encoding,
    };
    let text = encoding.decode_sample(&sample);
    let dialect = dialect_of(&text, sample.len() < SAMPLE_BYTES, options)?;
    Ok(Some(dialect.names))
}

fn encoding_reading(detected: Detected) -> Sentence {
    let name = detected.encoding.name();
    match detected.evidence {
        Evidence::Mark | Evidence::Content | Evidence::AsciiSoFar => say!("encoding: {name}", name),
        Evidence::Assumed => say!("encoding: {name} (assumed)", name),
    }
}

/// A table read in one encoding.
struct Attempt {
    table: RawTable,
    report: SourceReport,
    malformed: u64,
    lines_beyond_ascii: u64,
    malformed_sample: Vec<u8>,
}

impl Attempt {
    /// The encoding to read the text in again: its beginning was ASCII, and what followed is mostly
    /// not UTF-8.
    fn other_encoding(&self, detected: Detected) -> Option<TextEncoding> {
        let is_wrong = detected.evidence == Evidence::AsciiSoFar
            && self.malformed > self.lines_beyond_ascii
            && !self.malformed_sample.is_empty();
        is_wrong.then(|| encoding::legacy(&self.malformed_sample))
    }
}

fn read_as(
    input: &Input<'_>,
    options: &ReadOptions<'_>,
    sample: &[u8],
    detected: Detected,
) -> Result<Attempt, Problem> {
    let encoding = detected.encoding;
    let text = encoding.decode_sample(sample);
    let is_whole = sample.len() < SAMPLE_BYTES;
    let dialect = dialect_of(&text, is_whole, options)?;
    if dialect.names.len() > options.limits.columns_max {
        return Err(too_many_columns(dialect.names.len(), options.limits.columns_max));
    }
    let blocks = BlockReader::new(
        input.open(options)?,
        input.name(),
        (encoding, encoding.mark_len(sample)),
        dialect.separators,
        options,
    );
    let parsed = parse_all(blocks, &dialect, options)?;
    Ok(assemble(parsed, dialect))
}

fn dialect_of(text: &str, is_whole: bool, options: &ReadOptions<'_>) -> Result<Dialect, Problem> {
    let nothing = || {
        Problem::new(ErrorCode::NothingUsable, say!("The file holds no rows."))
            .with_hint(say!("Name a file with one event a row."))
    };
    let found = Dialect::detect(text, &options.text).ok_or_else(nothing)?;
    if is_whole {
        return Ok(found);
    }
    // The last row of the sample may be cut short, which matters to a text of few, long rows.
    match last_cut(text.as_bytes(), found.separators).and_then(|cut| text.get(..cut)) {
        Some(whole) => Dialect::detect(whole, &options.text).ok_or_else(nothing),
        None => Ok(found),
    }
}

fn assemble(parsed: Vec<ParsedBlock>, dialect: Dialect) -> Attempt {
    let mut report = SourceReport::of(FORMAT.name);
    report.readings.push(dialect.reading());
    report.automatic.clone_from(&dialect.automatic);
    report.notes.clone_from(&dialect.notes);
    report.cut = Some(dialect.cut());
    let mut table = RawTable { names: dialect.names, chunks: Vec::with_capacity(parsed.len()) };
    let (mut malformed, mut lines_beyond_ascii, mut empty_lines) = (0, 0, 0);
    let mut malformed_sample = Vec::new();
    let mut first_line = 1;
    for mut block in parsed {
        block.shift(first_line);
        first_line += block.line_count;
        malformed += block.malformed;
        lines_beyond_ascii += block.lines_beyond_ascii;
        empty_lines += block.empty_lines;
        if malformed_sample.len() < SAMPLE_BYTES {
            malformed_sample.append(&mut block.malformed_sample);
        }
        merge(&mut report, block.report);
        if !block.chunk.is_empty() {
            table.chunks.push(block.chunk);
        }
    }
    if empty_lines > 0 {
        report
            .notes
            .push(say!("{count} empty {count|line was|lines were} skipped.", count = empty_lines));
    }
    Attempt { table, report, malformed, lines_beyond_ascii, malformed_sample }
}

type Results = Mutex<Vec<(usize, ParsedBlock)>>;

fn parse_all<R: std::io::Read>(
    mut blocks: BlockReader<'_, R>,
    dialect: &Dialect,
    options: &ReadOptions<'_>,
) -> Result<Vec<ParsedBlock>, Problem> {
    let threads = options.threads.max(1);
    let (sender, receiver) = sync_channel(threads);
    let receiver = Mutex::new(receiver);
    let results: Results = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work(&receiver, &results, dialect));
        }
        send_all(&mut blocks, sender)
    })?;
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, parsed)| parsed).collect())
}

fn send_all<R: std::io::Read>(
    blocks: &mut BlockReader<'_, R>,
    sender: SyncSender<Block>,
) -> Result<(), Problem> {
    while let Some(block) = blocks.next()? {
        if sender.send(block).is_err() {
            break;
        }
    }
    Ok(())
}

fn work(receiver: &Mutex<Receiver<Block>>, results: &Results, dialect: &Dialect) {
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(block) = next else { return };
        let number = block.number;
        let parsed = parse(block, dialect);
        results.lock().unwrap_or_else(PoisonError::into_inner).push((number, parsed));
    }
}

fn too_many_columns(count: usize, max: usize) -> Problem {
    Problem::new(
        ErrorCode::InputTooLarge,
        say!("The table has {count} columns; at most {max} are read.", count, max),
    )
    .with_hint(say!("Check the delimiter, or leave columns out."))
}
