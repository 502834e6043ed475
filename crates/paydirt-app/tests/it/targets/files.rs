//! What holds for every delimited text, XES document, object-centric log, archive, gzip file and
//! Parquet file, and for tables?

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use paydirt_app::build::build_log;
use paydirt_connect::encoding::TextEncoding;
use paydirt_connect::input::Input;
use paydirt_connect::source::SourceReport;
use paydirt_connect::source::{
    self, Content, HeaderChoice, Limits, ReadOptions, TextOptions, TitleChoice,
};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use tempfile::TempDir;

use super::check_problem;

/// Most reads of a small input; more are a reading that does not end.
const READS_MAX: u64 = 100_000;

/// The usual limits, with decompression bounded to what a test machine has.
pub(super) const ROOMY: Limits = Limits {
    uncompressed_bytes_max: 16 << 20,
    cells_floor: 1 << 20,
    unpacked_floor: 1 << 20,
    ..Limits::STANDARD
};

/// Limits that small inputs exceed.
pub(super) const TIGHT: Limits = Limits {
    record_bytes_max: 64,
    columns_max: 4,
    depth_max: 3,
    uncompressed_bytes_max: 1_024,
    cells_floor: 16,
    cells_per_byte: 0,
    unpacked_floor: 256,
    part_floor: 2_048,
    unpacked_per_byte: 2,
    members_max: 2,
};

/// Text that is read as the user says, not as it looks.
const AS_SAID: TextOptions = TextOptions {
    encoding: Some(TextEncoding::SHIFT_JIS),
    delimiter: Some(b';'),
    quote: Some(None),
    header: HeaderChoice::None,
    titles: TitleChoice::Keep,
};

/// A file in a folder of its own, which is removed again.
pub(super) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    pub(super) fn new() -> Self {
        Scratch { folder: tempfile::tempdir().expect("a folder for temporary files") }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn file(&self, name: &str, data: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, data).expect("room for temporary files");
        path
    }
}

/// Counts the reads of a file and stops one that does not end.
#[derive(Default)]
pub(super) struct Watch {
    reads: AtomicU64,
    pub(super) cancelled: AtomicBool,
}

impl Watch {
    pub(super) fn count(&self) {
        if self.reads.fetch_add(1, Ordering::Relaxed) > READS_MAX {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }
}

fn read(
    path: &Path,
    threads: usize,
    limits: Limits,
    text: TextOptions,
) -> Result<Content, Problem> {
    let watch = Watch::default();
    let progress = |_, _| watch.count();
    let options = ReadOptions {
        threads,
        limits,
        text,
        classifier: None,
        sheet: None,
        zone: None,
        only_core: false,
        object_type: None,
        member: None,
        parts: None,
        progress: &progress,
        cancelled: &watch.cancelled,
    };
    source::read(path, &options)
}

/// Delimited text: the same on any number of threads, every row accounted for.
pub(super) fn delimited(data: &[u8]) {
    check_file(data, "text.csv", &[(ROOMY, TextOptions::DETECT), (ROOMY, AS_SAID)]);
    check_file(data, "text.csv", &[(TIGHT, TextOptions::DETECT)]);
}

/// XES: the same on any number of threads, every event accounted for.
pub(super) fn xes(data: &[u8]) {
    check_file(data, "log.xes", &[(ROOMY, TextOptions::DETECT), (TIGHT, TextOptions::DETECT)]);
}

/// Object-centric logs: the same on any number of threads, every event accounted for.
pub(super) fn ocel(data: &[u8]) {
    check_file(data, "log.ocel", &[(ROOMY, TextOptions::DETECT), (TIGHT, TextOptions::DETECT)]);
}

/// Archives: the same on any number of threads, every row accounted for.
pub(super) fn zip(data: &[u8]) {
    check_file(data, "export.zip", &[(ROOMY, TextOptions::DETECT), (TIGHT, TextOptions::DETECT)]);
}

/// Parquet: the same on any number of threads, every row accounted for.
pub(super) fn parquet(data: &[u8]) {
    check_file(data, "log.parquet", &[(ROOMY, TextOptions::DETECT), (TIGHT, TextOptions::DETECT)]);
}

pub(super) fn check_file(data: &[u8], name: &str, readings: &[(Limits, TextOptions)]) {
    let scratch = Scratch::new();
    let path = scratch.file(name, data);
    for &(limits, text) in readings {
        let alone = read(&path, 1, limits, text);
        let together = read(&path, 3, limits, text);
        match (alone, together) {
            (Ok(alone), Ok(together)) => {
                assert_eq!(format!("{alone:?}"), format!("{together:?}"), "threads make no odds");
                check_content(alone, limits, data);
            }
            (Err(alone), Err(together)) => {
                assert_eq!(alone.to_string(), together.to_string(), "threads make no odds");
                check_problem(&alone, data);
            }
            (alone, together) => panic!("threads make a difference: {alone:?} {together:?}"),
        }
    }
}

fn check_content(content: Content, limits: Limits, data: &[u8]) {
    match content {
        Content::Table { table, report } => {
            assert_eq!(report.rows_read, table.row_count() + report.rows_refused);
            check_report(&report, data);
            check_table(&table, limits, data);
        }
        Content::Parts { .. } => unreachable!("no parts were chosen"),
        Content::Events { spec, chunks, report } => {
            assert!(spec.attributes.len() <= 2 * limits.columns_max);
            match build_log(spec, chunks, 2) {
                Ok((log, _)) => {
                    let events = log.context().event_count;
                    check_events(&report, events);
                    check_report(&report, data);
                }
                Err(problem) => check_problem(&problem, data),
            }
        }
        Content::Undecided { problem, report } => {
            check_problem(&problem, data);
            assert_eq!(report.rows_read, 0);
        }
    }
}

/// Every event is read or refused; those of several objects are in the log more than once.
fn check_events(report: &SourceReport, events: u64) {
    let read = report.rows_read - report.rows_refused;
    match report.format.as_str() {
        "ocel" => assert!(read <= events && (read > 0 || events == 0)),
        _ => assert_eq!(read, events),
    }
}

fn check_report(report: &SourceReport, data: &[u8]) {
    let refused: u64 =
        report.problems.iter().filter(|entry| entry.refused).map(|entry| entry.count).sum();
    assert_eq!(refused, report.rows_refused, "every refused row has its reason");
    let byte_count = format!("{report:?}").len();
    // What is packed can say the same a thousand times in a few bytes; so many examples are kept.
    let floor = if is_packed(data) { REPORT_BYTES_MAX } else { 65_536 };
    assert!(byte_count <= floor + 64 * data.len(), "a report of {byte_count} bytes");
}

fn check_table(table: &RawTable, limits: Limits, data: &[u8]) {
    let distinct: std::collections::HashSet<&String> = table.names.iter().collect();
    assert_eq!(distinct.len(), table.names.len(), "names are distinct");
    assert!(table.names.len() <= limits.columns_max);
    for chunk in &table.chunks {
        assert_eq!(chunk.columns.len(), table.names.len());
        assert!(chunk.columns.iter().all(|column| column.len() == chunk.len()));
    }
    let lines: Vec<u64> = table.chunks.iter().flat_map(|chunk| chunk.lines.clone()).collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "rows are in the order of the file");
    let text_bytes: usize = table.chunks.iter().map(text_byte_count).sum();
    let most = if is_packed(data) { PACKED_TEXT_BYTES_MAX } else { 3 * data.len() };
    assert!(text_bytes <= most, "{text_bytes} bytes of text");
}

/// Most bytes of text of a packed file: 32 for each of the 2^20 cells that [`ROOMY`] allows, and
/// what its 16 MiB give of delimited text.
const PACKED_TEXT_BYTES_MAX: usize = 48 << 20;

/// Most bytes of a report of a packed file.
const REPORT_BYTES_MAX: usize = 4 << 20;

/// Whether the bytes stand for more than they are.
fn is_packed(data: &[u8]) -> bool {
    let begins: [&[u8]; 4] = [b"\x1f\x8b", b"PAR1", b"PK", b"\xd0\xcf\x11\xe0"];
    begins.iter().any(|magic| data.starts_with(magic))
}

fn text_byte_count(chunk: &RawChunk) -> usize {
    let of_column = |column: &RawColumn| match column {
        RawColumn::Dictionary { texts, .. } | RawColumn::Plain(texts) => {
            (0..texts.len()).map(|idx| texts.get(idx).len()).sum()
        }
        RawColumn::Typed(..) => 0,
    };
    chunk.columns.iter().map(of_column).sum()
}

/// No more than this many bytes come of one byte of DEFLATE (RFC 1951: 258 bytes for two bits).
const INFLATION_MAX: usize = 1_032;

/// Gzip: the same however much is read at once, bounded, and any bytes come back from it.
pub(super) fn gzip(data: &[u8]) {
    let (whole, whole_end) = unpacked(data, 8_192);
    let (pieces, pieces_end) = unpacked(data, 61);
    let shared = whole.len().min(pieces.len());
    assert_eq!(whole[..shared], pieces[..shared]);
    assert_eq!(whole_end, pieces_end);
    assert!(whole_end.is_err() || whole == pieces);
    assert!(whole.len() <= INFLATION_MAX * data.len());

    let scratch = Scratch::new();
    let path = scratch.file("packed.gz", data);
    match Input::new(&path).and_then(|input| input.sniff(source::SNIFF_BYTES)) {
        Ok(head) => assert!(head.len() <= source::SNIFF_BYTES),
        Err(problem) => check_problem(&problem, data),
    }
    if let Err(problem) = read(&path, 1, TIGHT, TextOptions::DETECT) {
        check_problem(&problem, data);
        assert_ne!(problem.code, ErrorCode::Cancelled);
    }

    let (left, right) = data.split_at(data.len() / 2);
    let mut members = [packed(left), packed(right)].concat();
    members.extend([0; 7]);
    assert_eq!(unpacked(&members, 8_192), (data.to_vec(), Ok(())));
}

/// The bytes in a gzip file, and whether it ended well.
fn unpacked(data: &[u8], piece_bytes: usize) -> (Vec<u8>, Result<(), std::io::ErrorKind>) {
    let mut reader = paydirt_connect::gzip::reader(data);
    let mut piece = vec![0; piece_bytes];
    let mut bytes = Vec::new();
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return (bytes, Ok(())),
            Ok(count) => bytes.extend(&piece[..count]),
            Err(error) => return (bytes, Err(error.kind())),
        }
        assert!(bytes.len() <= INFLATION_MAX * data.len(), "the reading does not end");
    }
}

/// Bytes in a gzip member.
pub(super) fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).expect("memory takes every byte");
    encoder.finish().expect("memory takes every byte")
}
