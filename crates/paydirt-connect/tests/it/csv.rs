//! Delimited text: encodings, dialects, dirty rows, limits, and damage of every kind.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use paydirt_connect::encoding::TextEncoding;
use paydirt_connect::source::{
    self, Content, HeaderChoice, Limits, ReadOptions, SourceReport, TextOptions, TitleChoice,
};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;

use crate::support::{reference_data, sample};

fn read_with(
    path: &Path,
    threads: usize,
    limits: Limits,
    text: TextOptions,
) -> Result<(RawTable, SourceReport), Problem> {
    let cancelled = AtomicBool::new(false);
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
        progress: &|_, _| {},
        cancelled: &cancelled,
    };
    match source::read(path, &options)? {
        Content::Table { table, report } => Ok((table, report)),
        Content::Parts { .. } | Content::Events { .. } | Content::Undecided { .. } => {
            panic!("delimited text is a table")
        }
    }
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("csv-{name}"));
    fs::write(&path, bytes).unwrap();
    path
}

fn read(name: &str, bytes: &[u8]) -> Result<(RawTable, SourceReport), Problem> {
    read_with(&file(name, bytes), 2, Limits::STANDARD, TextOptions::DETECT)
}

/// Names, then each row with its line.
fn show(table: &RawTable) -> String {
    let mut text = table.names.join("|");
    for chunk in &table.chunks {
        for row in 0..chunk.len() {
            let cells: Vec<_> = chunk.columns.iter().map(|column| column.text(row)).collect();
            text.push_str(&format!("\n{}: {}", chunk.lines[row], cells.join("|")));
        }
    }
    text
}

fn read_sample(name: &str) -> (String, SourceReport) {
    let (table, report) = read(name, &sample("csv", name)).unwrap();
    (show(&table), report)
}

#[test]
fn encodings_give_the_same_table() {
    let french = "Numéro de dossier|Activité|Date/heure|Montant|Commentaire\n\
                  2: A-1|Créé|31/01/2024 09:30|1.234,50|à vérifier\n\
                  3: A-1|Payé|01/02/2024 10:00|1.234,50|reçu; merci\n\
                  4: A-2|Créé|02/02/2024 08:15|99,90|été";
    for (name, encoding) in [
        ("french-windows-1252.csv", "encoding: windows-1252 (assumed)"),
        ("french-utf-8-mark.csv", "encoding: UTF-8"),
    ] {
        let (table, report) = read_sample(name);
        assert_eq!(table, french, "{name}");
        assert_eq!(report.readings[0], encoding);
    }
    let japanese = "案件番号|活動|日時|担当者\n\
                    2: A-1|見積を送付|2024年1月31日 9時30分|山田\n\
                    3: A-1|受注|2024年2月1日 10時00分|佐藤\n\
                    4: A-2|見積を送付|2024年2月2日 8時15分|山田";
    for (name, encoding) in [
        ("japanese-shift-jis.csv", "encoding: Shift_JIS"),
        ("japanese-euc-jp.csv", "encoding: EUC-JP"),
        ("japanese-utf-16le-mark.csv", "encoding: UTF-16LE"),
        ("japanese-utf-16be.csv", "encoding: UTF-16BE"),
    ] {
        let (table, report) = read_sample(name);
        assert_eq!(table, japanese, "{name}");
        assert_eq!(report.readings[0], encoding);
    }
}

#[test]
fn old_line_ends_quotes_and_missing_headers() {
    let (table, _) = read_sample("carriage-returns.tsv");
    let expected = "case id|activity|time\n2: 1|a|2024-01-31T09:30:00Z\n\
                    3: 1|b|2024-01-31T10:30:00+01:00\n4: 2|a|2024-02-01";
    assert_eq!(table, expected);
    let (table, _) = read_sample("single-quotes.csv");
    let expected = "case id|activity|time|note\n2: 1|a|2024-01-31|x, y\n\
                    3: 1|b|2024-02-01|it's\n4: 2|a|2024-02-01|";
    assert_eq!(table, expected);
    let (table, report) = read_sample("no-header.csv");
    assert!(table.starts_with("column 1|column 2|column 3\n1: 7|open|2024-01-31 09:00"));
    assert_eq!(report.readings[1], "delimiter: \"|\"; quotes: double quotes; no header");
}

#[test]
fn dirty_rows_are_counted_and_never_stop_an_import() {
    let (table, report) = read_sample("dirty.csv");
    let expected = "case id|activity|time|note\n\
                    2: 1|a|2024-01-31T09:00:00Z|two\nlines\n\
                    4: 1|b||\n\
                    6: 1|d|2024-01-31T11:00:00Z|y\n\
                    8: |e|2024-01-31T12:00:00Z|blank case\n\
                    9: 1||2024-01-31T12:00:00Z|blank activity\n\
                    10: 1|f||blank time\n\
                    11: 1|g|31.02.2024|no date\n\
                    13: 2|a|2024-01-31T14:00:00Z|5\" disk";
    assert_eq!(table, expected);
    let problems: Vec<String> = report
        .problems
        .iter()
        .map(|entry| format!("{} {} {}", entry.kind, entry.refused, entry.examples[0].row))
        .collect();
    assert_eq!(problems, ["short-row false 4", "long-row true 5", "open-quote true 12"]);
    assert_eq!((report.rows_read, report.rows_refused), (10, 2));
    assert_eq!(report.notes, ["1 empty line was skipped."]);
}

#[test]
fn the_table_does_not_depend_on_threads_or_blocks() {
    let mut text = String::from("id,text,kind\n");
    for row in 0..120_000 {
        let kind = if row % 1_000 == 999 { "b,extra" } else { "a" };
        text.push_str(&format!(
            "{row},\"two lines\nof row {row}, with \"\"quotes\"\" and more words\",{kind}\n"
        ));
    }
    assert!(text.len() > 6 << 20, "the text has several blocks");
    let path = file("blocks.csv", text.as_bytes());
    let one = read_with(&path, 1, Limits::STANDARD, TextOptions::DETECT).unwrap();
    let many = read_with(&path, 4, Limits::STANDARD, TextOptions::DETECT).unwrap();
    assert!(one.0.chunks.len() > 1);
    assert_eq!(show(&one.0), show(&many.0));
    assert_eq!(one.1, many.1);
    assert_eq!((one.1.rows_read, one.1.rows_refused), (120_000, 120));
    let last = one.0.chunks.last().unwrap();
    let row = last.len() - 1;
    assert_eq!(last.lines[row], 2 + 2 * 119_998);
    assert_eq!(
        last.columns[1].text(row),
        "two lines\nof row 119998, with \"quotes\" and more words"
    );
    assert_eq!(one.1.problems[0].examples[119].row, 2 + 2 * 119_999);
}

#[test]
fn bytes_after_a_plain_beginning_decide_the_encoding() {
    let mut text = b"id,name\n".to_vec();
    while text.len() < 1_200_000 {
        text.extend_from_slice(b"1,plain\n");
    }
    let mut western = text.clone();
    western.extend_from_slice(b"2,Andr\xe9\n");
    let (table, report) = read("late-western.csv", &western).unwrap();
    assert!(show(&table).ends_with("2|André"));
    assert_eq!(report.readings[0], "encoding: windows-1252 (assumed)");
    assert!(report.problems.is_empty());

    text.extend_from_slice("2,André\n3,Zoé\n4,".as_bytes());
    text.extend_from_slice(b"\xff\n");
    let (table, report) = read("late-damage.csv", &text).unwrap();
    assert!(show(&table).ends_with("4|\u{fffd}"));
    assert_eq!(report.readings[0], "encoding: UTF-8");
    assert_eq!((report.problems[0].kind.as_str(), report.problems[0].count), ("malformed-text", 1));
}

#[test]
fn the_user_may_say_everything() {
    let text = TextOptions {
        encoding: Some(TextEncoding::parse("windows-1255").unwrap()),
        delimiter: Some(b'~'),
        quote: Some(None),
        header: HeaderChoice::None,
        titles: TitleChoice::Skip,
    };
    let path = file("said.csv", b"1~\"\xe8\xe9\xe5\xe8\xe0\n");
    let (table, _) = read_with(&path, 1, Limits::STANDARD, text).unwrap();
    assert_eq!(show(&table), "column 1|column 2\n1: 1|\"טיוטא");
    assert_eq!(TextEncoding::parse("klingon").unwrap_err().code, ErrorCode::InvalidParameters);
}

#[test]
fn unusable_inputs_are_clear_errors() {
    let code = |name: &str, bytes: &[u8]| read(name, bytes).unwrap_err().code;
    assert_eq!(code("empty.csv", b""), ErrorCode::NothingUsable);
    assert_eq!(code("blank.csv", b"\n\n  \n"), ErrorCode::NothingUsable);
    assert_eq!(code("header.csv", b"case,activity,time\n"), ErrorCode::NothingUsable);
    assert_eq!(code("zeros.csv", &[0; 5_000]), ErrorCode::EncodingUnknown);
    assert_eq!(code("a.csv", b"%PDF-1.7\n"), ErrorCode::UnknownFormat);
    assert_eq!(code("b.csv", b"\x89PNG\r\n\x1a\n"), ErrorCode::UnknownFormat);
    assert_eq!(code("c.csv", b"PK\x03\x04...[Content_Types].xml"), ErrorCode::DamagedFile);
    assert_eq!(code("z.csv", b"PK\x03\x04...deals.csv"), ErrorCode::DamagedFile);
    assert_eq!(code("d.csv", b"<html><body>"), ErrorCode::UnknownFormat);
    assert_eq!(code("e.csv", b"{\"events\": []}"), ErrorCode::UnknownFormat);
    let missing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("none.csv");
    let read = |path: &Path| read_with(path, 1, Limits::STANDARD, TextOptions::DETECT);
    assert_eq!(read(&missing).unwrap_err().code, ErrorCode::FileNotFound);
}

#[test]
fn compressed_text_is_read_and_damage_is_told() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    for row in 0..20_000 {
        writeln!(packed, "{row},activity {},2024-01-31T09:30:00Z", row % 7).unwrap();
    }
    let bytes = packed.finish().unwrap();
    let (table, _) = read("packed.csv.gz", &bytes).unwrap();
    assert_eq!(table.row_count(), 20_000);
    let cut = &bytes[..bytes.len() / 2];
    assert_eq!(read("cut.csv.gz", cut).unwrap_err().code, ErrorCode::DamagedFile);
}

#[test]
fn limits_bound_lines_columns_and_size() {
    let limits = Limits { record_bytes_max: 1 << 20, columns_max: 100, ..Limits::STANDARD };
    let code = |name: &str, bytes: &[u8], limits: Limits| {
        read_with(&file(name, bytes), 2, limits, TextOptions::DETECT).unwrap_err().code
    };
    let mut line = b"a,b\n1,2\n".to_vec();
    line.resize(5 << 20, b'x');
    line.resize(10 << 20, b'y');
    assert_eq!(code("line.csv", &line, limits), ErrorCode::InputTooLarge);
    let wide = vec!["x"; 101].join(",");
    assert_eq!(code("wide.csv", wide.as_bytes(), limits), ErrorCode::InputTooLarge);
    let size = Limits { uncompressed_bytes_max: 10, ..limits };
    assert_eq!(code("size.csv", b"a,b\n1,2\n3,4\n", size), ErrorCode::InputTooLarge);
    let many = format!("a,b\n1,2\n{}\n3,4\n", vec!["9"; 500_000].join(","));
    let (table, report) =
        read_with(&file("many.csv", many.as_bytes()), 2, limits, TextOptions::DETECT).unwrap();
    assert_eq!((table.row_count(), report.rows_refused), (2, 1));
}

#[test]
fn reading_can_be_cancelled_and_tells_its_progress() {
    let path = file("cancel.csv", "a,b\n1,2\n".repeat(1_000).as_bytes());
    let cancelled = AtomicBool::new(false);
    let seen = AtomicBool::new(false);
    let progress = |done: u64, total: u64| {
        seen.fetch_or(done == total && total == 8_000, Ordering::Relaxed);
    };
    let options = ReadOptions {
        threads: 1,
        limits: Limits::STANDARD,
        text: TextOptions::DETECT,
        classifier: None,
        sheet: None,
        zone: None,
        only_core: false,
        object_type: None,
        member: None,
        parts: None,
        progress: &progress,
        cancelled: &cancelled,
    };
    source::read(&path, &options).unwrap();
    assert!(seen.load(Ordering::Relaxed));
    cancelled.store(true, Ordering::Relaxed);
    assert_eq!(source::read(&path, &options).unwrap_err().code, ErrorCode::Cancelled);
}

/// A small generator of numbers, so that the damage is the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }
}

fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const TELLING: &[u8] = b"\"',;\t|\r\n\0\\ \xef\xbb\xff\xfe\x82\xe9=09-/:";
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len().max(1)).min(bytes.len());
        match random.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, TELLING[random.below(TELLING.len())]),
            2 if at < bytes.len() => bytes[at] = TELLING[random.below(TELLING.len())],
            3 if at < bytes.len() => {
                bytes.remove(at);
            }
            _ => {
                let end = (at + random.below(40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.extend_from_slice(&piece);
            }
        }
    }
    bytes
}

#[test]
fn damaged_text_never_panics_nor_hangs() {
    let names = [
        "dirty.csv",
        "french-windows-1252.csv",
        "japanese-shift-jis.csv",
        "japanese-utf-16le-mark.csv",
        "single-quotes.csv",
        "carriage-returns.tsv",
    ];
    let samples: Vec<Vec<u8>> = names.iter().map(|name| sample("csv", name)).collect();
    let mut random = Random(20_240_131);
    let mut tables = 0;
    for round in 0..2_500 {
        let bytes = damaged(&samples[round % samples.len()], &mut random);
        if let Ok((table, report)) = read("damaged.csv", &bytes) {
            tables += 1;
            assert_eq!(table.row_count() + report.rows_refused, report.rows_read);
            for chunk in &table.chunks {
                assert!(chunk.columns.iter().all(|column| column.len() == chunk.len()));
                assert!(chunk.lines.is_sorted());
            }
        }
    }
    assert!(tables > 1_000, "most damage leaves a table: {tables}");
}

#[test]
fn public_logs_have_their_known_rows() {
    let Some(folder) = reference_data() else {
        println!("reference data are not present: 0 public logs read");
        return;
    };
    let known: [(&str, u64, usize); 5] = [
        ("logs/eventdatar/patients.csv", 5_442, 6),
        ("logs/eventdatar/sepsis.csv", 15_214, 34),
        ("logs/pm4py/interval_event_log.csv", 8_109, 4),
        ("logs/large/hospital_billing.derived.csv.gz", 451_359, 24),
        ("logs/large/traffic_fines.derived.csv.gz", 561_470, 17),
    ];
    let mut count = 0;
    for (name, rows, columns) in known {
        let path = folder.join(name);
        if path.is_file() {
            let (table, report) =
                read_with(&path, 2, Limits::STANDARD, TextOptions::DETECT).unwrap();
            assert_eq!((table.row_count(), table.names.len()), (rows, columns), "{name}");
            assert!(report.problems.is_empty(), "{name}");
            count += 1;
        }
    }
    println!("{count} public logs read");
}
