//! What is in this file? The seam that every format and connector stands behind.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_model::automatic::AutomaticReading;
use paydirt_model::event_chunk::EventChunk;
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::mapping::{ImportReport, ProblemCount, ReadingChoice, RowProblem, TextCut};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::sheet::SheetColumns;
use paydirt_model::template::TemplateMark;

use crate::encoding::TextEncoding;
use crate::folder;
use crate::input::Input;
use crate::sources::{SOURCES, zip};

/// How much of an input is held at once and how far it may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest record of delimited text, text of a row of a sheet or element of XML, in bytes.
    pub record_bytes_max: usize,
    /// Most columns of a table, or attributes of a log.
    pub columns_max: usize,
    /// Deepest nesting of elements.
    pub depth_max: usize,
    /// Most bytes after decompression.
    pub uncompressed_bytes_max: u64,
    /// Most cells (rows times columns) of a Parquet file, a sheet or a flattened log however small
    /// the file is.
    pub cells_floor: u64,
    /// Cells that each byte of the file may stand for beyond that.
    pub cells_per_byte: u64,
    /// Most bytes of the members of an archive, together, however small they are packed.
    pub unpacked_floor: u64,
    /// Most bytes of a part of a workbook however small the workbook is.
    pub part_floor: u64,
    /// Bytes that each packed byte of either may stand for beyond that.
    pub unpacked_per_byte: u64,
    /// Most files in an archive or a folder.
    pub members_max: usize,
}

/// Bytes of text that each cell which may be read may have on the average. Sheets and logs of
/// objects repeat a text in thousands of cells for a few bytes of the file.
pub(crate) const CELL_TEXT_BYTES: u64 = 32;

impl Limits {
    /// The limits for files of any trust: 16 MiB a record, 4,096 columns, 64 levels, 256 GiB, 32 Mi
    /// cells and 64 more for each byte, 1 GiB of the members of an archive or 64 MiB of a part of a
    /// workbook and 250 bytes more for each packed byte, 10,000 members.
    ///
    /// Parquet stores a run of blank or equal cells in a few bytes whatever its length, so a file
    /// of 1 kB could fill any memory. Logs take about one byte a cell, tables of hundreds of nearly
    /// blank columns a twentieth of one: they stay far below 64 cells a byte. Tables smaller than
    /// 32 Mi cells (256 MiB once read) may be as blank as they like.
    ///
    /// Exports packed as ZIP take from a third to a fiftieth of their size. The XML of a sheet is 5
    /// to 20 times as long as its packed form, that of a sheet of blank cells with a style up to 60
    /// times: 250 times, and 64 MiB more, is room enough.
    pub const STANDARD: Limits = Limits {
        record_bytes_max: 16 << 20,
        columns_max: 4_096,
        depth_max: 64,
        uncompressed_bytes_max: 256 << 30,
        cells_floor: 32 << 20,
        cells_per_byte: 64,
        unpacked_floor: 1 << 30,
        part_floor: 64 << 20,
        unpacked_per_byte: 250,
        members_max: 10_000,
    };
}

/// Which row of delimited text or of a sheet names the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderChoice {
    /// Found from the first rows.
    Detect,
    /// The first row of the table names the columns.
    FirstRow,
    /// This row does, counted from 1 as in the file; what stands before it is left out.
    Row(u64),
    /// There is no header: `column 1`, `column 2` …
    None,
}

/// Whether lines before the table are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleChoice {
    /// They are, where they are recognised.
    Skip,
    /// The first line is a row of the table.
    Keep,
}

/// How delimited text is to be read; what is not given is found from the text.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// Encoding of the text.
    pub encoding: Option<TextEncoding>,
    /// Character between two cells; ASCII.
    pub delimiter: Option<u8>,
    /// Character around cells; ASCII. `Some(None)` says that cells are never quoted.
    pub quote: Option<Option<u8>>,
    /// Whether there is a header.
    pub header: HeaderChoice,
    /// Whether lines before the table are passed over.
    pub titles: TitleChoice,
}

impl TextOptions {
    /// Everything is found from the text.
    pub const DETECT: TextOptions = TextOptions {
        encoding: None,
        delimiter: None,
        quote: None,
        header: HeaderChoice::Detect,
        titles: TitleChoice::Skip,
    };
}

/// One of several tables that could be read together: a sheet of a workbook, or a file of an
/// archive or a folder.
#[derive(Debug, Clone, Copy)]
pub struct PartHead<'a> {
    /// Name of the sheet or file.
    pub name: &'a str,
    /// Names of its columns.
    pub columns: &'a [String],
}

/// Says which of several tables are read together, by their places; none where they are no parts
/// of one import.
pub type ChooseParts<'a> = &'a (dyn Fn(&[PartHead<'_>]) -> Vec<usize> + Sync);

/// A table that was read together with others.
#[derive(Debug)]
pub struct Part {
    /// Name of the sheet or file.
    pub name: String,
    /// The table.
    pub table: RawTable,
    /// What reading noticed.
    pub report: SourceReport,
}

/// How an input is read.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    /// Threads that parse; at least one. The result does not depend on it.
    pub threads: usize,
    /// How far an input may go.
    pub limits: Limits,
    /// How delimited text is read; other formats ignore it.
    pub text: TextOptions,
    /// The sheet of a workbook, by name or by number from 1; the first with a table when not given.
    /// Other formats ignore it.
    pub sheet: Option<&'a str>,
    /// Name of the XES classifier that makes the activity; other formats ignore it.
    pub classifier: Option<&'a str>,
    /// Object type whose objects are the cases of an object-centric log; found when not given.
    pub object_type: Option<&'a str>,
    /// The one file of an archive or a folder that is read; needed where several differ.
    pub member: Option<&'a str>,
    /// Which tables are read together where there are several and none was named; each is read
    /// alone when not given.
    pub parts: Option<ChooseParts<'a>>,
    /// Zone of times without an offset, for formats that type their times themselves (XES, OCEL,
    /// Parquet); UTC, and noted, when not given.
    pub zone: Option<&'a TimeZoneName>,
    /// Whether only case, activity and times are wanted. Formats that can skip columns (Parquet)
    /// then leave the attributes unread; others read them all the same.
    pub only_core: bool,
    /// Told now and then how many bytes of the file have been read, of how many.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
    /// Set from outside to stop the reading.
    pub cancelled: &'a AtomicBool,
}

impl ReadOptions<'_> {
    /// Whether reading has to stop.
    ///
    /// # Errors
    /// Someone asked for the reading to stop.
    pub fn check_cancelled(&self) -> Result<(), Problem> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Problem::new(
                ErrorCode::Cancelled,
                say!("Reading the file was cancelled."),
            ));
        }
        Ok(())
    }
}

/// What reading an input noticed, whatever becomes of its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceReport {
    /// Name of the format, such as `csv`.
    pub format: String,
    /// How the input was read, in words: encoding, delimiter, classifier.
    pub readings: Vec<Sentence>,
    /// What was read otherwise than it stands in the input, or left out, by rules.
    pub automatic: Vec<AutomaticReading>,
    /// Rows or events in the input, refused ones included.
    pub rows_read: u64,
    /// Rows or events left out.
    pub rows_refused: u64,
    /// Cases of the input without any event.
    pub empty_cases: u64,
    /// Problems by kind.
    pub problems: Vec<ProblemCount>,
    /// Things worth knowing that are no problem of a row.
    pub notes: Vec<Sentence>,
    /// What could be read otherwise, by name.
    pub choices: Vec<ReadingChoice>,
    /// Where in its sheet each column is, where the input is a workbook.
    pub places: Option<SheetColumns>,
    /// The data template that was filled in, where the input says so.
    pub template: Option<TemplateMark>,
    /// How the input was cut into cells, where it is delimited text.
    pub cut: Option<TextCut>,
}

impl SourceReport {
    /// An empty report of a format.
    #[must_use]
    pub fn of(format: &str) -> Self {
        SourceReport { format: format.to_owned(), ..SourceReport::default() }
    }

    /// Counts a problem of a row that is read in spite of it.
    pub fn doubt(&mut self, kind: &str, problem: impl FnOnce() -> RowProblem) {
        ProblemCount::add(&mut self.problems, kind, false, problem);
    }

    /// Counts a row that is left out.
    pub fn refuse(&mut self, kind: &str, problem: impl FnOnce() -> RowProblem) {
        self.rows_refused += 1;
        ProblemCount::add(&mut self.problems, kind, true, problem);
    }

    /// The beginning of an import report: everything but roles, events and cases.
    #[must_use]
    pub fn into_import_report(self) -> ImportReport {
        ImportReport {
            format: self.format,
            readings: self.readings,
            automatic: self.automatic,
            rows_read: self.rows_read,
            rows_refused: self.rows_refused,
            empty_cases: self.empty_cases,
            problems: self.problems,
            notes: self.notes,
            places: self.places,
            cut: self.cut,
            ..ImportReport::default()
        }
    }
}

/// What an input holds.
#[derive(Debug)]
pub enum Content {
    /// Named columns without roles; a mapping makes events of them.
    Table {
        /// The table.
        table: RawTable,
        /// What reading noticed.
        report: SourceReport,
    },
    /// Several tables that are parts of one import, as [`ReadOptions::parts`] chose them.
    Parts {
        /// The tables, in the order of the sheets or of the names of the files.
        parts: Vec<Part>,
        /// What reading noticed of the whole.
        report: SourceReport,
    },
    /// Events whose roles and levels the format itself declares.
    Events {
        /// What the log is going to be.
        spec: LogSpec,
        /// The events, in source order.
        chunks: Vec<EventChunk>,
        /// What reading noticed.
        report: SourceReport,
    },
    /// Nothing is read before something has been chosen: one of several files, another object type.
    Undecided {
        /// What has to be chosen.
        problem: Problem,
        /// What can be chosen.
        report: SourceReport,
    },
}

/// How the names of the columns of a file are found.
pub type Shape = fn(&Input<'_>, &ReadOptions<'_>) -> Result<Option<Vec<String>>, Problem>;

/// One format: how it is recognised and read.
#[derive(Debug)]
pub struct SourceFormat {
    /// Stable name, such as `csv`.
    pub name: &'static str,
    /// What to call it in a sentence.
    pub label: fn() -> Sentence,
    /// Endings of file names, in small letters, without `.gz`.
    pub extensions: &'static [&'static str],
    /// Whether the first bytes (decompressed, at most [`SNIFF_BYTES`]) say that it is this format.
    pub recognizes: fn(&[u8]) -> bool,
    /// The names of its columns, found without reading the rows, for formats whose files can be
    /// read together as one table; `None` of one that cannot.
    pub shape: Option<Shape>,
    /// Reads it.
    pub read: fn(&Input<'_>, &ReadOptions<'_>) -> Result<Content, Problem>,
}

/// How many bytes a format is recognised by.
pub const SNIFF_BYTES: usize = 4_096;

/// Reads a file of any format that Paydirt knows, recognised by its first bytes, then by its name.
///
/// # Errors
/// The file does not exist, cannot be read, is damaged, exceeds a limit, holds nothing usable, or
/// is of a format that Paydirt does not read.
pub fn read(path: &Path, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    if path.is_dir() {
        return folder::read(path, options);
    }
    let input = Input::new(path)?;
    read_input(&input, recognize(&input)?, options)
}

/// Reads a file of a format; a problem names the file.
pub(crate) fn read_input(
    input: &Input<'_>,
    format: &SourceFormat,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    (format.read)(input, options).map_err(|problem| match problem.place.file {
        Some(_) => problem,
        None => problem.in_file(input.name()),
    })
}

/// The format of a file.
///
/// # Errors
/// As [`read`].
pub fn recognize(input: &Input<'_>) -> Result<&'static SourceFormat, Problem> {
    let head = input.sniff(SNIFF_BYTES)?;
    if head.is_empty() {
        return Err(Problem::new(ErrorCode::NothingUsable, say!("The file is empty."))
            .in_file(input.name())
            .with_hint(say!("Name a file with events.")));
    }
    if let Some(format) = SOURCES.iter().find(|format| (format.recognizes)(&head)) {
        return Ok(format);
    }
    if let Some(found) = foreign(&head) {
        return Err(unknown_format(input, say!("This is {found}.", found)));
    }
    let extension = input.extension();
    let by_name = SOURCES.iter().find(|format| format.extensions.contains(&extension.as_str()));
    by_name.copied().ok_or_else(|| {
        unknown_format(input, say!("This is neither text nor a known binary format."))
    })
}

pub(crate) fn unknown_format(input: &Input<'_>, found: Sentence) -> Problem {
    let formats = SOURCES.iter().filter(|format| format.name != zip::FORMAT.name);
    let labels: Vec<Sentence> = formats.map(|format| (format.label)()).collect();
    let detail = say!(
        "{found} Paydirt reads {labels}, each also compressed with gzip or in a ZIP archive.",
        found,
        labels
    );
    Problem::new(ErrorCode::UnknownFormat, detail)
        .in_file(input.name())
        .with_hint(say!("Save or export the events in one of these formats."))
}

/// What a kind of file is called.
type Name = fn() -> Sentence;

/// First bytes of a ZIP archive with something in it.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";

/// First bytes of formats that people try and that Paydirt does not read.
const FOREIGN: &[(&[u8], Name)] = &[
    (b"PK\x05\x06", || say!("an empty ZIP archive")),
    (b"%PDF", || say!("a PDF document")),
    (b"\x89PNG", || say!("a PNG picture")),
    (b"\xff\xd8\xff", || say!("a JPEG picture")),
    (b"GIF8", || say!("a GIF picture")),
    (b"\x28\xb5\x2f\xfd", || say!("a Zstandard archive")),
    (b"BZh", || say!("a bzip2 archive")),
    (b"\xfd7zXZ\x00", || say!("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", || say!("a 7-Zip archive")),
    (b"Rar!\x1a\x07", || say!("a RAR archive")),
    (b"\x1f\x8b", || say!("a gzip file within a gzip file")),
    (b"\x7fELF", || say!("a program")),
    (b"MZ\x90\x00", || say!("a program")),
    (b"{\\rtf", || say!("an RTF document")),
];

/// Whether this is a packed file that Paydirt does not read, in which there may be data.
pub(crate) fn is_foreign_archive(head: &[u8]) -> bool {
    let archives: [&[u8]; 6] =
        [b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"\x1f\x8b"];
    archives.iter().any(|magic| head.starts_with(magic))
}

/// What a file that Paydirt does not read is, by its first bytes.
pub(crate) fn foreign(head: &[u8]) -> Option<Sentence> {
    let found = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| what());
    found.or_else(|| foreign_text(head))
}

fn foreign_text(head: &[u8]) -> Option<Sentence> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins =
        |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if begins(b"<!doctype html") || begins(b"<html") {
        return Some(say!("a web page (HTML)"));
    }
    if begins(b"<") {
        return Some(say!("XML, but no event log (XES or OCEL 2.0)"));
    }
    let is_json = (begins(b"{") || begins(b"["))
        && text[1..]
            .trim_ascii_start()
            .first()
            .is_some_and(|&next| matches!(next, b'"' | b'{' | b'[' | b']' | b'}'));
    is_json.then(|| say!("JSON, but no event log (OCEL 2.0)"))
}
