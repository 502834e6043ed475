//! Where records and cells begin and end in delimited text: the one place that knows quoting.
//!
//! Rules, after RFC 4180 and what real files do: a cell is quoted when its first character other
//! than a blank is the quote; a doubled quote inside is one quote; a quote followed by anything
//! but a delimiter or line end is part of the cell, provided that the cell ends on its line. A
//! quote that is not closed within [`QUOTED_LINES_MAX`] lines and [`QUOTED_BYTES_MAX`] bytes, or
//! whose end does not look like one, opens nothing: its line is refused and reported, so that a
//! stray quote costs one row instead of the file.

use memchr::{memchr, memchr2, memchr3};

/// Most lines that one quoted cell spans.
pub(super) const QUOTED_LINES_MAX: usize = 1_000;
/// Most bytes of one quoted cell.
pub(super) const QUOTED_BYTES_MAX: usize = 1 << 20;

/// The characters that separate and enclose cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Separators {
    /// Between cells.
    pub(super) delimiter: u8,
    /// Around cells.
    pub(super) quote: Option<u8>,
    /// Whether a backslash inside quotes makes the next character an ordinary one.
    pub(super) escapes: Escapes,
}

/// How a quote is written inside a quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// As two quotes.
    Doubled,
    /// After a backslash, or as two quotes.
    Backslash,
}

/// The end of a quoted cell, searched from behind its opening quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// Position of the closing quote, and what stands before it.
    At(usize, Inside),
    /// It does not close properly.
    Never,
    /// The bytes at hand do not tell.
    Unknown,
}

/// What stands between two quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Inside {
    /// Whether the value needs unescaping.
    is_escaped: bool,
    /// Whether a quote stands inside that is neither doubled nor escaped.
    is_odd: bool,
}

fn close_of(bytes: &[u8], from: usize, separators: Separators, quote: u8) -> Close {
    let mut at = from;
    let mut lines = 0;
    let mut inside = Inside { is_escaped: false, is_odd: false };
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = match separators.escapes {
            Escapes::Doubled => memchr(quote, rest),
            Escapes::Backslash => memchr2(quote, b'\\', rest),
        };
        let end = found.map_or(bytes.len(), |offset| at + offset);
        lines += memchr::memchr_iter(b'\n', &bytes[at.min(end)..end]).count();
        if lines > QUOTED_LINES_MAX || end - from > QUOTED_BYTES_MAX || (inside.is_odd && lines > 0)
        {
            return Close::Never;
        }
        if found.is_none() {
            return Close::Unknown;
        }
        if bytes[end] == b'\\' && quote != b'\\' {
            inside.is_escaped = true;
            at = end + 2;
            continue;
        }
        match bytes.get(end + 1) {
            Some(&next) if next == quote => {
                inside.is_escaped = true;
                at = end + 2;
            }
            _ if ends_cell(bytes, end + 1, separators.delimiter) => return Close::At(end, inside),
            _ if lines > 0 => return Close::Never,
            _ => {
                inside.is_odd = true;
                at = end + 1;
            }
        }
    }
}

/// Whether a cell ends here, blanks aside.
fn ends_cell(bytes: &[u8], at: usize, delimiter: u8) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.iter().find(|&&byte| byte != b' ' || byte == delimiter) {
        None => true,
        Some(&byte) => byte == delimiter || byte == b'\n' || byte == b'\r',
    }
}

/// Where the bytes at hand can be cut, behind a line end outside quotes.
///
/// `None` when there is no such place yet. The last byte never makes a cut when it is a carriage
/// return, for a line feed may follow.
pub(super) fn last_cut(bytes: &[u8], separators: Separators) -> Option<usize> {
    let Some(quote) = separators.quote else {
        return last_line_end(bytes, 0, bytes.len());
    };
    let mut cut = None;
    let mut at = 0;
    loop {
        let open = next_open(bytes, at, separators.delimiter, quote);
        let end = open.unwrap_or(bytes.len());
        cut = last_line_end(bytes, at, end).or(cut);
        let Some(open) = open else { return cut };
        at = match close_of(bytes, open + 1, separators, quote) {
            Close::At(close, _) => close + 1,
            Close::Never => match memchr2(b'\n', b'\r', &bytes[open..]) {
                Some(offset) => open + offset,
                None => return cut,
            },
            Close::Unknown => return cut,
        };
    }
}

/// The next quote that opens a cell.
fn next_open(bytes: &[u8], from: usize, delimiter: u8, quote: u8) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + memchr(quote, &bytes[at..])?;
        let before = bytes[..found].iter().rposition(|&byte| byte != b' ');
        match before.map(|idx| bytes[idx]) {
            None => return Some(found),
            Some(byte) if byte == delimiter || byte == b'\n' || byte == b'\r' => {
                return Some(found);
            }
            Some(_) => at = found + 1,
        }
    }
}

fn last_line_end(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut end = to;
    loop {
        let at = from + memchr::memrchr2(b'\n', b'\r', &bytes[from..end])?;
        if bytes[at] == b'\n' {
            return Some(at + 1);
        }
        match bytes.get(at + 1) {
            Some(b'\n') if at + 1 < to => return Some(at + 2),
            Some(b'\n') | None => end = at,
            Some(_) => return Some(at + 1),
        }
    }
}

/// A cell of the current record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    start: usize,
    end: usize,
    escaped: Option<u8>,
}

impl Cell {
    /// The value; `scratch` holds it when it had to be unescaped.
    pub(super) fn value<'a>(
        self,
        text: &'a str,
        escapes: Escapes,
        scratch: &'a mut String,
    ) -> &'a str {
        let raw = text.get(self.start..self.end).unwrap_or_default();
        let Some(quote) = self.escaped else { return raw };
        scratch.clear();
        let mut characters = raw.chars();
        while let Some(character) = characters.next() {
            let is_escape = character == char::from(quote)
                || (character == '\\' && escapes == Escapes::Backslash);
            if !is_escape {
                scratch.push(character);
                continue;
            }
            let mut ahead = characters.clone();
            match ahead.next() {
                Some(next) if character == '\\' || next == character => {
                    scratch.push(next);
                    characters = ahead;
                }
                _ => scratch.push(character),
            }
        }
        scratch
    }
}

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a line end or the end of the text.
    Proper,
    /// A quote was opened and never closed: the line is no record.
    OpenQuote,
}

/// Goes through text record by record.
#[derive(Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    separators: Separators,
    at: usize,
    line: u64,
    cells: Vec<Cell>,
    cells_max: usize,
    cell_count: usize,
    odd_count: u64,
    /// Line of the text, from 0, on which the record last read begins.
    pub(super) record_line: u64,
    /// Bytes of the record last read, without its line end.
    pub(super) record: std::ops::Range<usize>,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, separators: Separators) -> Self {
        Records {
            text,
            separators,
            at: 0,
            line: 0,
            cells: Vec::new(),
            cells_max: usize::MAX,
            cell_count: 0,
            odd_count: 0,
            record_line: 0,
            record: 0..0,
        }
    }

    /// Keeps at most so many cells of a record; further ones are only counted, so that a record of
    /// a million cells costs no memory.
    pub(super) fn keeping(self, cells_max: usize) -> Self {
        Records { cells_max, ..self }
    }

    /// How many quoted cells so far have a quote inside that is neither doubled nor escaped.
    pub(super) fn odd_count(&self) -> u64 {
        self.odd_count
    }

    /// How many cells the record last read has.
    pub(super) fn cell_count(&self) -> usize {
        self.cell_count
    }

    /// How many lines have been passed.
    pub(super) fn line_count(&self) -> u64 {
        self.line
    }

    /// Reads the next record into `cells`; `None` at the end of the text.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Ending> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        self.cells.clear();
        self.cell_count = 0;
        self.record_line = self.line;
        let start = self.at;
        let delimiter = self.separators.delimiter;
        loop {
            if let Some(quote) = self.separators.quote
                && let Some(open) = opening(bytes, self.at, delimiter, quote)
            {
                match close_of(bytes, open + 1, self.separators, quote) {
                    Close::At(close, inside) => {
                        self.quoted(open, close, inside, quote);
                    }
                    Close::Never | Close::Unknown => return Some(self.skip_line(start)),
                }
            } else {
                let rest = &bytes[self.at..];
                let len = memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
                self.keep(Cell { start: self.at, end: self.at + len, escaped: None });
                self.at += len;
            }
            match bytes.get(self.at) {
                Some(&byte) if byte == delimiter => self.at += 1,
                _ => break,
            }
        }
        self.record = start..self.at;
        self.pass_line_end();
        Some(Ending::Proper)
    }

    #[inline]
    fn keep(&mut self, cell: Cell) {
        self.cell_count += 1;
        if self.cells.len() < self.cells_max {
            self.cells.push(cell);
        }
    }

    /// Whether nothing but delimiters and blanks stands from this kept cell to the end.
    pub(super) fn ends_blank(&self, cell_idx: usize) -> bool {
        let start = self.cells.get(cell_idx).map_or(self.record.end, |cell| cell.start);
        let rest = self.text.as_bytes().get(start..self.record.end).unwrap_or_default();
        rest.iter().all(|&byte| byte == b' ' || byte == self.separators.delimiter)
    }

    fn quoted(&mut self, open: usize, close: usize, inside: Inside, quote: u8) {
        let bytes = self.text.as_bytes();
        self.odd_count += u64::from(inside.is_odd);
        let escaped = inside.is_escaped.then_some(quote);
        self.keep(Cell { start: open + 1, end: close, escaped });
        self.line += line_ends(&bytes[open..close]);
        let rest = &bytes[close + 1..];
        let blanks = rest
            .iter()
            .position(|&byte| byte != b' ' || byte == self.separators.delimiter)
            .unwrap_or(rest.len());
        self.at = close + 1 + blanks;
    }

    fn skip_line(&mut self, start: usize) -> Ending {
        let bytes = self.text.as_bytes();
        let rest = &bytes[self.at..];
        let len = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        self.at += len;
        self.record = start..self.at;
        self.pass_line_end();
        Ending::OpenQuote
    }

    fn pass_line_end(&mut self) {
        let bytes = self.text.as_bytes();
        match (bytes.get(self.at), bytes.get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => self.at += 2,
            (Some(_), _) => self.at += 1,
            (None, _) => return,
        }
        self.line += 1;
    }

    /// The value of a cell of the record last read.
    pub(super) fn value<'b>(&'b self, cell_idx: usize, scratch: &'b mut String) -> &'b str {
        self.cells[cell_idx].value(self.text, self.separators.escapes, scratch)
    }

    /// The record last read, as it stands in the text.
    pub(super) fn record_text(&self) -> &'a str {
        self.text.get(self.record.clone()).unwrap_or_default()
    }

    /// Whether the record last read is an empty line.
    pub(super) fn is_blank(&self) -> bool {
        self.cell_count == 1 && self.record_text().trim().is_empty()
    }
}

/// The quote that opens the cell beginning here, blanks before it aside.
#[inline]
fn opening(bytes: &[u8], from: usize, delimiter: u8, quote: u8) -> Option<usize> {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == quote {
            return Some(at);
        }
        if byte != b' ' || byte == delimiter {
            return None;
        }
        at += 1;
    }
    None
}

/// How many line ends: LF, CR or CRLF.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let lone =
        memchr::memchr_iter(b'\r', bytes).filter(|&at| bytes.get(at + 1) != Some(&b'\n')).count();
    (feeds + lone) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Separators =
        Separators { delimiter: b',', quote: Some(b'"'), escapes: Escapes::Doubled };

    fn rows(text: &str, separators: Separators) -> Vec<String> {
        let mut records = Records::new(text, separators);
        let mut rows = Vec::new();
        let mut scratch = String::new();
        while let Some(ending) = records.next() {
            let cells: Vec<String> = match ending {
                Ending::Proper => (0..records.cell_count())
                    .map(|idx| records.value(idx, &mut scratch).to_owned())
                    .collect(),
                Ending::OpenQuote => vec![format!("refused {}", records.record_text())],
            };
            rows.push(format!("{}:{}", records.record_line + 1, cells.join("|")));
        }
        rows
    }

    #[test]
    fn all_line_ends_and_quotes() {
        let text = "a,b\r\n\"x,\"\"y\"\"\",2\n \"p\nq\" ,3\r4,\n5\" disk,6";
        let expected = ["1:a|b", "2:x,\"y\"|2", "3:p\nq|3", "5:4|", "6:5\" disk|6"];
        assert_eq!(rows(text, COMMA), expected);
    }

    #[test]
    fn a_stray_quote_costs_one_line() {
        let text = "a,\"b,c\nd,\"e\",f\ng,h\n";
        assert_eq!(rows(text, COMMA), ["1:refused a,\"b,c", "2:d|e|f", "3:g|h"]);
        assert_eq!(rows("a,\"b\nc,d\n", COMMA), ["1:refused a,\"b", "2:c|d"]);
        let inch = "a,\"5\" disk\",x\nb,c,d\n";
        assert_eq!(rows(inch, COMMA), ["1:a|5\" disk|x", "2:b|c|d"]);
    }

    #[test]
    fn backslash_escapes() {
        let separators = Separators { escapes: Escapes::Backslash, ..COMMA };
        assert_eq!(rows("\"a \\\"b\\\" c\",d\n", separators), ["1:a \"b\" c|d"]);
    }

    #[test]
    fn cuts_are_outside_quotes() {
        assert_eq!(last_cut(b"a,b\nc,\"d\ne", COMMA), Some(4));
        assert_eq!(last_cut(b"a,b\nc,\"d\ne\"\nf", COMMA), Some(12));
        assert_eq!(last_cut(b"a,b\r", COMMA), None);
        assert_eq!(last_cut(b"a,b\rc", COMMA), Some(4));
        assert_eq!(last_cut(b"a,b\r\n", COMMA), Some(5));
    }
}
