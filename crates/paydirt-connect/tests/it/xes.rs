//! What does the XES reader make of documents, right and wrong ones?

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use paydirt_connect::source::{Content, Limits, SourceReport, read};
use paydirt_connect::sources::xes::{RULES, lifecycle_pairing, read_from};
use paydirt_connect::writers::xes::write_log;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::log_builder::{EventLogBuilder, LifecycleReading};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::text_log;

use crate::support::{describe, reference_data, sample, with_options};

fn read_text(text: &[u8], classifier: Option<&str>, limits: Limits) -> Result<Content, Problem> {
    with_options(1, limits, classifier, |options| read_from(Box::new(text), "test.xes", options))
}

fn read_file(path: &Path) -> Result<Content, Problem> {
    with_options(2, Limits::STANDARD, None, |options| read(path, options))
}

fn log_of(content: Content, is_paired: bool) -> (EventLog, SourceReport) {
    let Content::Events { mut spec, chunks, report } = content else { panic!("XES holds events") };
    if is_paired {
        spec.lifecycle = lifecycle_pairing(&spec.attributes).unwrap_or(LifecycleReading::EveryRow);
    }
    let mut builder = EventLogBuilder::new(spec, 1);
    for chunk in chunks {
        builder.append(chunk);
    }
    (builder.finish().unwrap().0, report)
}

fn read_sample(name: &str) -> (EventLog, SourceReport) {
    log_of(read_text(&sample("xes", name), None, Limits::STANDARD).unwrap(), false)
}

fn counts(report: &SourceReport) -> BTreeMap<&str, (bool, u64)> {
    report.problems.iter().map(|it| (it.kind.as_str(), (it.refused, it.count))).collect()
}

#[test]
fn a_correct_document_is_read_whole() {
    let (log, report) = read_sample("orders.xes");
    assert_eq!(report.problems, []);
    assert_eq!((report.rows_read, report.rows_refused, report.empty_cases), (5, 0, 1));
    let short = describe(&log)
        .replace("lifecycle:transition", "state")
        .replace("org:resource", "by")
        .replace("2024-01-31T", "")
        .replace("items/", "")
        .replace("parcel/", "")
        .replace("identity:id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "id=ID");
    expect_test::expect![[r#"
        o1 | region=Île-de-France & North amount=1250.5 amount/currency=EUR
          receive 08:30:00Z +60 state=complete by=Ann id=ID urgent=true
          pack 09:00:00Z +60 state=start by=Bob boxes=2
          pack 10:15:00.25Z +60 state=complete by=Bob boxes=2.5 item=lamp count=3 weight=12.75
          send 2024-02-02T13:00:00Z -300 state=complete
        o2 |
          receive 2024-02-01T08:00:00Z state=complete by=アン
    "#]]
    .assert_eq(&short);
    assert_eq!(log.context().resource_attribute().unwrap().name, "org:resource");
}

#[test]
fn starts_and_completes_are_paired_when_asked() {
    let content = read_text(&sample("xes", "orders.xes"), None, Limits::STANDARD).unwrap();
    let (log, _) = log_of(content, true);
    let described = describe(&log);
    assert!(described.contains("pack 2024-01-31T09:00:00Z~2024-01-31T10:15:00.25Z"), "{described}");
    assert_eq!(log.context().event_count, 4);
    assert!(described.contains("region=Île-de-France & North"), "{described}");
}

#[test]
fn a_classifier_makes_the_activity() {
    let text = sample("xes", "orders.xes");
    let (log, report) = log_of(read_text(&text, Some("Step"), Limits::STANDARD).unwrap(), false);
    let names = log.context().activities.names();
    assert_eq!(names, ["pack+complete", "pack+start", "receive+complete", "send+complete"]);
    let reading = "activity: classifier Step (concept:name + lifecycle:transition)";
    assert!(report.readings.iter().any(|it| it == reading), "{:?}", report.readings);
    assert!(log.context().attribute("concept:name").is_ok());
    let problem = read_text(&text, Some("step"), Limits::STANDARD).unwrap_err();
    assert_eq!(problem.code, ErrorCode::InvalidParameters);
    assert!(problem.to_string().contains("Activity, Step"), "{problem}");
}

#[test]
fn dirty_events_are_counted_and_the_rest_is_read() {
    let (log, report) = read_sample("dirty.xes");
    expect_test::expect![[r#"
        case with its name last | region=North
          a 2024-01-01T08:00:00Z cost=12
          d 2024-01-01T10:00:00Z late=1
        trace 2 |
          a 2024-01-02T08:00:00Z cost=true
    "#]]
    .assert_eq(&describe(&log));
    let counted: Vec<(&str, (bool, u64))> = counts(&report).into_iter().collect();
    let expected = [
        ("bad-value", (false, 3)),
        ("date-without-zone", (false, 1)),
        ("duplicate-key", (false, 1)),
        ("event-outside-trace", (true, 1)),
        ("event-without-activity", (true, 1)),
        ("event-without-time", (true, 2)),
        ("order", (false, 3)),
        ("text-content", (false, 1)),
        ("trace-without-name", (false, 1)),
        ("value-beyond-range", (false, 1)),
    ];
    assert_eq!(counted, expected);
    assert_eq!((report.rows_read, report.rows_refused, report.empty_cases), (7, 4, 0));
    let bad = report.problems.iter().find(|it| it.kind == "bad-value").unwrap();
    let places: Vec<(u64, &str, &str)> =
        bad.examples.iter().map(|it| (it.row, it.column.as_str(), it.value.as_str())).collect();
    assert_eq!(
        places,
        [
            (19, "time:timestamp", "31.01.2024 09:30"),
            (24, "time:timestamp", "2024-01-01 10:00:00Z"),
            (25, "cost", "twelve"),
        ]
    );
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.to_string().contains("\"cost\" has values of different types"))
    );
    assert!(report.notes.iter().any(|note| *note == "1 date without a zone was read as UTC."));
}

#[test]
fn other_encodings_give_the_same_log() {
    let text = String::from_utf8(sample("xes", "orders.xes")).unwrap();
    let expected = describe(&read_sample("orders.xes").0);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (log, report) = log_of(read_text(&wide, None, Limits::STANDARD).unwrap(), false);
    assert_eq!(describe(&log), expected);
    assert!(report.readings.iter().any(|known| *known == "encoding: UTF-16BE"));
    let latin: Vec<u8> = text
        .replace("UTF-8", "ISO-8859-1")
        .chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?'))
        .collect();
    let (log, _) = log_of(read_text(&latin, None, Limits::STANDARD).unwrap(), false);
    assert_eq!(describe(&log), expected.replace("アン", "??"));
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let small = Limits { record_bytes_max: 200 << 10, ..Limits::STANDARD };
    let deep = format!("<log>{}", "<string key=\"k\" value=\"v\">".repeat(64));
    let long = format!("<log>\n\n<trace>{}", "x".repeat(1 << 20));
    let cases: [(&[u8], ErrorCode, Option<u64>, &str); 10] = [
        (b"<html>\n<log/></html>", ErrorCode::UnknownFormat, Some(1), "begins with <html>"),
        (b"<!-- nothing -->", ErrorCode::UnknownFormat, None, "no element"),
        (b"<log>\n<trace></log>", ErrorCode::DamagedFile, Some(2), "not well-formed"),
        (b"<log>\n<trace/>\n", ErrorCode::DamagedFile, Some(3), "cut short"),
        (b"<log>\n<string key=\"a", ErrorCode::DamagedFile, Some(2), "cut short"),
        (b"<log>\n<string key='a' key='b'/></log>", ErrorCode::DamagedFile, Some(2), "twice"),
        (b"<log/>\n<log/>", ErrorCode::DamagedFile, Some(2), "second root"),
        (
            b"<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<log>&b;</log>",
            ErrorCode::UnknownFormat,
            Some(1),
            "entities",
        ),
        (deep.as_bytes(), ErrorCode::InputTooLarge, Some(1), "deeper than 64"),
        (long.as_bytes(), ErrorCode::InputTooLarge, Some(3), "longer than"),
    ];
    for (text, code, line, words) in cases {
        let problem = read_text(text, None, small).unwrap_err();
        let seen = (problem.code, problem.place.row);
        assert_eq!(seen, (code, line), "{problem}");
        assert!(problem.detail.to_string().contains(words), "{problem}");
    }
}

#[test]
fn attributes_beyond_the_limit_are_counted() {
    let limits = Limits { columns_max: 2, ..Limits::STANDARD };
    let content = read_text(&sample("xes", "orders.xes"), None, limits).unwrap();
    let (log, report) = log_of(content, false);
    assert_eq!(log.context().attributes.len(), 2);
    assert_eq!(log.context().event_count, 5);
    assert!(counts(&report)["too-many-attributes"].1 > 0);
}

fn written(log: &EventLog) -> Vec<u8> {
    let mut text = Vec::new();
    assert_eq!(write_log(log, &mut text).unwrap().replaced_characters, 0);
    text
}

#[test]
fn a_written_log_is_read_back_without_a_finding() {
    let texts = [
        "a b c ×3\n7: a b@2d c@+30m",
        "x: \"send <&> 'quote'\"/ann a/bob{cost=5} b{cost=2.5 late=true} | region=A&B open=true",
        "y: a b | amount=12.50EUR due=2024-05-01T10:00:00Z",
    ];
    for text in texts {
        let log = text_log::parse(text);
        let written_once = written(&log);
        let content = read_text(&written_once, None, Limits::STANDARD).unwrap();
        let (back, report) = log_of(content, false);
        assert_eq!(report.problems, []);
        let expected = describe(&log)
            .replace(" resource=", " org:resource=")
            .replace("amount=12.5 EUR", "amount=12.5 amount currency=EUR");
        let seen = describe(&back);
        assert_eq!(sorted_words(&seen), sorted_words(&expected));
        assert_eq!(
            describe(&log_of(read_text(&written(&back), None, Limits::STANDARD).unwrap(), false).0),
            seen
        );
    }
}

/// The words of each line, sorted: reading a log orders its attributes by their first value.
fn sorted_words(text: &str) -> Vec<Vec<&str>> {
    let words = |line| {
        let mut words: Vec<&str> = str::split(line, ' ').collect();
        words.sort_unstable();
        words
    };
    text.lines().map(words).collect()
}

#[test]
fn the_samples_survive_writing() {
    let (log, _) = read_sample("orders.xes");
    let content = read_text(&written(&log), None, Limits::STANDARD).unwrap();
    let (back, report) = log_of(content, false);
    assert_eq!(report.problems, []);
    assert_eq!(describe(&back), describe(&log));
}

#[test]
fn starts_are_written_as_pairs() {
    let log = text_log::parse("a@0h~1h a@0h~2h b@3h c@3h~3h\nd@1h~1h b");
    let content = read_text(&written(&log), None, Limits::STANDARD).unwrap();
    let (back, report) = log_of(content, true);
    assert_eq!(report.problems, []);
    let without_values = |text: String| {
        let cut = |line: &str| line.split(" lifecycle").next().unwrap_or_default().to_owned();
        text.lines().map(cut).collect::<Vec<String>>()
    };
    assert_eq!(without_values(describe(&back)), without_values(describe(&log)));
}

#[test]
fn what_xml_cannot_hold_is_replaced_and_counted() {
    let log = text_log::parse("1: a\u{1}b c | note=x\u{ffff}y");
    let mut text = Vec::new();
    assert_eq!(write_log(&log, &mut text).unwrap().replaced_characters, 2);
    let (back, _) = log_of(read_text(&text, None, Limits::STANDARD).unwrap(), false);
    assert!(describe(&back).contains("a\u{fffd}b"));
}

#[test]
fn a_cut_or_changed_gzip_is_damaged_never_another_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.xes.gz");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&sample("xes", "orders.xes")).unwrap();
    let bytes = encoder.finish().unwrap();
    fs::write(&path, &bytes).unwrap();
    let expected = describe(&log_of(read_file(&path).unwrap(), false).0);
    for end in (2..bytes.len()).step_by(41) {
        fs::write(&path, &bytes[..end]).unwrap();
        let problem = read_file(&path).unwrap_err();
        assert_eq!(problem.code, ErrorCode::DamagedFile, "cut at {end}: {problem}");
    }
    let mut seed = Seed(0x0123_4567_89ab_cdef);
    for _ in 0..300 {
        let mut changed = bytes.clone();
        let position = 2 + seed.below(changed.len() - 2);
        changed[position] ^= 1 << seed.below(8);
        fs::write(&path, &changed).unwrap();
        if let Ok(content) = read_file(&path) {
            assert_eq!(describe(&log_of(content, false).0), expected);
        }
    }
}

/// A small seeded generator: the same mutations in every run.
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

#[test]
fn changed_documents_never_panic_or_hang() {
    const ROUNDS: usize = 4_000;
    let pieces: [&[u8]; 10] =
        [b"<", b">", b"\"", b"</log>", b"<values>", b"&", b"<![CDATA[", b"<!--", b"\xff", b"9"];
    let mut seed = Seed(0x9e37_79b9_7f4a_7c15);
    let mut read_count = 0;
    for round in 0..ROUNDS {
        let mut text = sample("xes", ["orders.xes", "dirty.xes"][round % 2]);
        for _ in 0..=seed.below(4) {
            let position = seed.below(text.len());
            let length = seed.below(40).min(text.len() - position);
            match seed.below(4) {
                0 => text[position] ^= 1 << seed.below(8),
                1 => drop(text.drain(position..position + length)),
                2 => {
                    let copied = text[position..position + length].to_vec();
                    let target = seed.below(text.len());
                    text.splice(target..target, copied);
                }
                _ => {
                    let piece = pieces[seed.below(pieces.len())];
                    text.splice(position..position, piece.iter().copied());
                }
            }
        }
        let classifier = [None, Some("Step")][seed.below(2)];
        if let Ok(content) = read_text(&text, classifier, Limits::STANDARD) {
            log_of(content, round % 3 == 0);
            read_count += 1;
        }
    }
    assert!(read_count > 0);
}

#[test]
fn every_rule_is_named_once() {
    let mut ids: Vec<&str> = RULES.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len());
}

/// The rule files and what is expected of each; see the head of the table.
#[test]
fn the_rule_files_give_their_findings() {
    let Some(folder) = reference_data() else { return };
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(manifest.join("../paydirt/tests/it/xes_rules.tsv")).unwrap();
    let mut checked = 0;
    let mut wrong = Vec::new();
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    for cells in rows.map(|line| line.split('\t').collect::<Vec<_>>()) {
        let path = folder.join("logs/pm4py/xes_importer_tests").join(cells[0]);
        if !path.exists() {
            continue;
        }
        checked += 1;
        let found: Vec<String> = match read_file(&path) {
            Err(problem) if cells[1] == "exit1" => vec![problem.code.as_str().to_owned()],
            Err(problem) => vec![problem.to_string()],
            Ok(content) => {
                let (log, report) = log_of(content, false);
                let counted = (log.context().event_count, log.context().case_count);
                assert_eq!(counted, (cells[3].parse().unwrap(), cells[4].parse().unwrap()));
                counts(&report)
                    .into_iter()
                    .filter(|(_, (is_refused, _))| !is_refused)
                    .map(|(kind, _)| kind.to_owned())
                    .collect()
            }
        };
        let is_right = match cells[1] {
            "clean" => found.is_empty(),
            "exit1" => found == ["nothing_usable"],
            _ => cells[2].split(',').all(|rule| found.iter().any(|it| it == rule)),
        };
        if !is_right {
            wrong
                .push(format!("{}: expected {} {}, found {found:?}", cells[0], cells[1], cells[2]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked == 0 || checked == 71, "{checked} files");
}

/// Cases, events and activities of public logs, as independent tools count them.
#[test]
fn public_logs_have_their_known_size() {
    let Some(folder) = reference_data() else { return };
    let logs = [
        ("apromore/lifecycle-xes/Process-Discoverer-Logic/Sepsis.xes.gz", 1_050, 15_214, 16),
        ("pm4py/running-example.xes", 6, 42, 8),
    ];
    for (name, cases, events, activities) in logs {
        let path = folder.join("logs").join(name);
        if !path.exists() {
            continue;
        }
        let (log, _) = log_of(read_file(&path).unwrap(), false);
        let context = log.context();
        let seen = (context.case_count, context.event_count, context.activities.count());
        assert_eq!(seen, (cases, events, activities), "{name}");
        let traced: u64 =
            log.segments().iter().map(|segment| CaseBatch::all(segment).case_count()).sum();
        assert_eq!(traced, cases);
    }
}
