//! How one block of delimited text becomes one chunk of raw rows, and what was wrong in it.

use paydirt_model::mapping::{ImportReport, ProblemCount, RowProblem};
use paydirt_model::raw_table::RawChunk;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::source::SourceReport;
use crate::sources::csv::blocks::Block;
use crate::sources::csv::columns::ColumnBuilder;
use crate::sources::csv::dialect::Dialect;
use crate::sources::csv::records::{Ending, Records, line_ends};

/// One block after parsing. Rows are numbered from 0 at the beginning of the block.
#[derive(Debug)]
pub(in crate::sources) struct ParsedBlock {
    pub(in crate::sources) chunk: RawChunk,
    pub(in crate::sources) report: SourceReport,
    pub(super) line_count: u64,
    pub(super) empty_lines: u64,
    /// Places of malformed bytes, and lines that hold valid characters beyond ASCII.
    pub(super) malformed: u64,
    pub(super) lines_beyond_ascii: u64,
    /// Some bytes around malformed ones, to tell their encoding.
    pub(super) malformed_sample: Vec<u8>,
}

impl ParsedBlock {
    /// Numbers the rows as in the whole file, the first line of the block being `first_line`.
    pub(super) fn shift(&mut self, first_line: u64) {
        for line in &mut self.chunk.lines {
            *line += first_line;
        }
        for problem in &mut self.report.problems {
            for example in &mut problem.examples {
                example.row += first_line;
            }
        }
    }
}

/// Parses a block; the first one begins with title lines and header, which are skipped.
pub(in crate::sources) fn parse(block: Block, dialect: &Dialect) -> ParsedBlock {
    let number = block.number;
    let decoded = Decoded::new(block);
    let mut parser = Parser::new(&decoded, dialect);
    let mut records =
        Records::new(&decoded.text, dialect.separators).keeping(dialect.names.len() + 1);
    let mut to_skip = if number == 0 { dialect.leading_records } else { 0 };
    while let Some(ending) = records.next() {
        if records.is_blank() && ending == Ending::Proper {
            parser.blank_line(&records);
            continue;
        }
        if to_skip > 0 && ending == Ending::Proper {
            to_skip -= 1;
            continue;
        }
        parser.record(&records, ending);
    }
    let line_count = records.line_count();
    parser.finish(line_count)
}

/// The text of a block, and where bytes had to be replaced.
struct Decoded {
    text: String,
    replaced: Vec<usize>,
    has_nul: bool,
    malformed_sample: Vec<u8>,
}

impl Decoded {
    fn new(block: Block) -> Self {
        let has_nul = memchr::memchr(0, &block.bytes).is_some();
        match String::from_utf8(block.bytes) {
            Ok(text) => {
                Decoded { text, replaced: block.replaced, has_nul, malformed_sample: Vec::new() }
            }
            Err(error) => Decoded::lossy(error.as_bytes(), has_nul),
        }
    }

    fn lossy(bytes: &[u8], has_nul: bool) -> Self {
        const SAMPLE_BYTES_MAX: usize = 64 << 10;
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
        let mut replaced = Vec::new();
        let mut malformed_sample = Vec::new();
        let mut sampled_to = 0;
        let mut at = 0;
        for piece in bytes.utf8_chunks() {
            text.push_str(piece.valid());
            at += piece.valid().len();
            if !piece.invalid().is_empty() {
                replaced.push(text.len());
                text.push('\u{fffd}');
                if malformed_sample.len() < SAMPLE_BYTES_MAX {
                    let from = sampled_to.max(line_start(bytes, at));
                    let to = line_end(bytes, at);
                    if from < to {
                        malformed_sample.extend_from_slice(&bytes[from..to]);
                        sampled_to = to;
                    }
                }
            }
            at += piece.invalid().len();
        }
        Decoded { text, replaced, has_nul, malformed_sample }
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    memchr::memrchr2(b'\n', b'\r', &bytes[..at]).map_or(0, |found| found + 1)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    const LINE_BYTES_MAX: usize = 4_096;
    let end =
        memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |found| at + found + 1);
    end.min(at + LINE_BYTES_MAX).min(bytes.len())
}

struct Parser<'a> {
    decoded: &'a Decoded,
    columns: Vec<ColumnBuilder>,
    lines: Vec<u64>,
    report: SourceReport,
    empty_lines: u64,
    next_replaced: usize,
    scratch: String,
}

impl<'a> Parser<'a> {
    fn new(decoded: &'a Decoded, dialect: &Dialect) -> Self {
        Parser {
            decoded,
            columns: dialect.names.iter().map(|_| ColumnBuilder::new()).collect(),
            lines: Vec::new(),
            report: SourceReport::default(),
            empty_lines: 0,
            next_replaced: 0,
            scratch: String::new(),
        }
    }

    fn blank_line(&mut self, records: &Records<'_>) {
        self.empty_lines += 1 + line_ends(records.record_text().as_bytes());
    }

    #[inline]
    fn record(&mut self, records: &Records<'_>, ending: Ending) {
        self.report.rows_read += 1;
        if ending == Ending::OpenQuote {
            self.refuse(records, "open-quote", || {
                say!(
                    "A quote is opened and never closed. The row was left out. Expected a closing \
                 quote before the next delimiter or line end."
                )
                .to_owned()
            });
            return;
        }
        if self.next_replaced < self.decoded.replaced.len() {
            self.malformed(records);
        }
        if self.decoded.has_nul && records.record_text().contains('\0') {
            self.refuse(records, "nul-byte", || {
                say!("The row holds a zero byte, which no text has. The row was left out.")
            });
            return;
        }
        let (wanted, found) = (self.columns.len(), records.cell_count());
        if found != wanted && !self.accepts(records, wanted, found) {
            return;
        }
        for (idx, column) in self.columns.iter_mut().enumerate() {
            let value = if idx < found { records.value(idx, &mut self.scratch) } else { "" };
            column.push(value);
        }
        self.lines.push(records.record_line);
    }

    /// Whether a row with another number of cells than there are columns is read.
    fn accepts(&mut self, records: &Records<'_>, wanted: usize, found: usize) -> bool {
        if found < wanted {
            let place = self.place(records, || {
                say!(
                    "The row has {found} of {wanted} cells. The missing cells were read as blank.",
                    found,
                    wanted
                )
            });
            self.report.doubt("short-row", || place);
            return true;
        }
        let has_more = found > wanted + 1 && !records.ends_blank(wanted)
            || !records.value(wanted, &mut self.scratch).trim().is_empty();
        if has_more {
            self.refuse(records, "long-row", || {
                say!(
                    "The row has {found} {found|cell|cells} for {wanted} \
                     {wanted|column|columns}, so that its values may stand in the wrong columns. The row was left out.",
                    found,
                    wanted
                )
            });
        }
        !has_more
    }

    fn malformed(&mut self, records: &Records<'_>) {
        let replaced = &self.decoded.replaced;
        let before = self.next_replaced;
        while replaced.get(self.next_replaced).is_some_and(|&at| at < records.record.end) {
            self.next_replaced += 1;
        }
        if self.next_replaced > before {
            let place = self.place(records, || {
                say!(
                    "The row holds bytes that are no character in this encoding; they were \
                     replaced by \u{fffd}."
                )
                .to_owned()
            });
            self.report.doubt("malformed-text", || place);
        }
    }

    fn refuse(&mut self, records: &Records<'_>, kind: &str, reason: impl FnOnce() -> Sentence) {
        let place = self.place(records, reason);
        self.report.refuse(kind, || place);
    }

    fn place(&self, records: &Records<'_>, reason: impl FnOnce() -> Sentence) -> RowProblem {
        RowProblem {
            row: records.record_line,
            column: String::new(),
            value: ImportReport::cut(records.record_text()),
            reason: reason(),
            same_as: None,
            cell: None,
        }
    }

    fn finish(self, line_count: u64) -> ParsedBlock {
        let is_beyond_ascii = |line: &&str| {
            line.chars().any(|character| !character.is_ascii() && character != '\u{fffd}')
        };
        let text = &self.decoded.text;
        let lines_beyond_ascii =
            if text.is_ascii() { 0 } else { text.lines().filter(is_beyond_ascii).count() as u64 };
        ParsedBlock {
            chunk: RawChunk {
                lines: self.lines,
                columns: self.columns.into_iter().map(ColumnBuilder::finish).collect(),
            },
            report: self.report,
            line_count,
            empty_lines: self.empty_lines,
            malformed: self.decoded.replaced.len() as u64,
            lines_beyond_ascii,
            malformed_sample: self.decoded.malformed_sample.clone(),
        }
    }
}

/// Adds the report of a later block.
pub(super) fn merge(report: &mut SourceReport, later: SourceReport) {
    report.rows_read += later.rows_read;
    report.rows_refused += later.rows_refused;
    ProblemCount::merge(&mut report.problems, later.problems);
}
