//! A log that is written as CSV and read again is the same log.

use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use paydirt_connect::source::{self, Content, Limits, ReadOptions, TextOptions};
use paydirt_connect::writers::csv::write_log;
use paydirt_model::attribute::AttributeType;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_chunk::{ChunkWriter, EventTime, NewValue};
use paydirt_model::event_log::EventLog;
use paydirt_model::log_builder::{AttributeSpec, EventLogBuilder, LevelChoice, LogSpec};
use paydirt_model::text_log;
use paydirt_recipe::events::Plan;
use paydirt_recipe::roles::{RoleOverrides, map};

fn read(path: &Path) -> EventLog {
    let cancelled = AtomicBool::new(false);
    let options = ReadOptions {
        threads: 2,
        limits: Limits::STANDARD,
        text: TextOptions::DETECT,
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
    let Content::Table { table, .. } = source::read(path, &options).unwrap() else {
        panic!("delimited text is a table");
    };
    let (mapping, _) = map(&table, &RoleOverrides::default()).unwrap();
    let plan = Plan::new(&table, &mapping).unwrap();
    let mut builder = EventLogBuilder::new(plan.spec().clone(), 2);
    for chunk in &table.chunks {
        let (events, report) = plan.convert(chunk);
        assert_eq!(report.rows_refused, 0);
        builder.append(events);
    }
    builder.finish().unwrap().0
}

/// Cases by id; every value with its level and type.
fn describe(log: &EventLog) -> String {
    let context = log.context();
    let mut cases = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let mut text = case.id().to_owned();
            for idx in 0..case.event_count() {
                let name = context.activities.name(case.activities()[idx]);
                let row = case.row(idx);
                let precision = segment.parts().precisions.get(row);
                let (start, end) = (case.own_start_us(idx), case.times_us()[idx]);
                write!(text, "\n  {name} {start:?} {end} {precision:?}").unwrap();
                let mut values: Vec<String> = context
                    .attributes
                    .iter()
                    .filter_map(|attribute| {
                        let value = case.value(attribute, idx)?;
                        let (level, kind) = (attribute.level, attribute.kind);
                        Some(format!(" {}:{level:?}:{kind:?}={value}", attribute.name))
                    })
                    .collect();
                values.sort();
                text.push_str(&values.concat());
            }
            cases.push(text);
        });
    }
    cases.sort();
    cases.join("\n")
}

fn check(name: &str, log: &EventLog) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut bytes = Vec::new();
    write_log(log, &mut bytes).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    let again = read(&path);
    assert_eq!(describe(&again), describe(log));
    let mut second = Vec::new();
    write_log(&again, &mut second).unwrap();
    assert_eq!(String::from_utf8(second).unwrap(), String::from_utf8(bytes).unwrap());
}

#[test]
fn a_log_written_as_csv_reads_back_the_same() {
    let log = text_log::parse(
        "見積-1: \"send, quote\"/ann check@+30m{cost=5 late=true note=x}/bob | \
         region=EMEA amount=12.50EUR
         b: check{cost=7 late=false note=y} send | region=APAC amount=7USD
         c: check@2d~3d check@2024-05-01T10:00:00Z{cost=1 late=true} | region=EMEA amount=1EUR",
    );
    check("written.csv", &log);
}

#[test]
fn whole_decimal_numbers_stay_decimal() {
    let log =
        text_log::parse("A: a{cost=5.0} b{cost=-6.0} | share=1.0\nB: a{cost=0.0} | share=2.0");
    let kinds: Vec<_> = log.context().attributes.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [AttributeType::Decimal; 2]);
    check("whole.csv", &log);
}

#[test]
fn precisions_and_awkward_texts_survive() {
    let text = "case,activity,time,kind\nA,a,2024-01-31,\"two\nlines\"\nA,b,2024-02-01 09:30,5\" disk\n\
                A,\"c, d\",2024-02-01T09:30:01.5+01:00,=1+2\nB,a,2024-03-01,\\\"\"\n";
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("awkward.csv");
    std::fs::write(&path, text).unwrap();
    check("awkward-again.csv", &read(&path));
}

/// Characters that one or the other reader of text trips over.
const AWKWARD: &[char] = &[
    '\0', '\u{1}', '\u{8}', '\t', '\n', '\u{b}', '\u{c}', '\r', '\u{1a}', '\u{1b}', '\u{1f}', ' ',
    '"', '\'', ',', ';', '|', '\\', '=', '\u{7f}', '\u{85}', '\u{a0}', '\u{2028}', '\u{feff}',
    '\u{fffd}', 'é', '見', '𝄞',
];

fn is_binary(character: char) -> bool {
    character < ' ' && !matches!(character, '\t' | '\r' | '\n')
}

/// Texts of any characters: a control character comes back as U+FFFD, everything else as it was.
#[test]
fn texts_of_any_characters_come_back() {
    let mut seed: u64 = 0x2545_f491_4f6c_dd1d;
    let mut below = |bound: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % bound as u64).unwrap()
    };
    for round in 0..60 {
        let note = AttributeSpec {
            name: "note".to_owned(),
            kind: AttributeType::Text,
            level: LevelChoice::Detect,
        };
        let spec = LogSpec { attributes: vec![note], ..LogSpec::plain() };
        let mut builder = EventLogBuilder::new(spec, 2);
        let mut writer = ChunkWriter::new(vec![AttributeType::Text]);
        // Blanks at the ends of a cell are not kept, and empty cells are blanks.
        let mut text = |begin: String| {
            let inner = (0..below(6)).map(|_| AWKWARD[below(AWKWARD.len())]).collect::<String>();
            format!("{begin}{inner}z")
        };
        for case in 0..8 {
            let id = text(format!("case {case}"));
            for event in 0..3 {
                let time = EventTime::instant(1_700_000_000_000_000 + event * 60_000_001);
                writer.push(&id, &text("do ".to_owned()), time);
                writer.set(0, &NewValue::Text(&text("note ".to_owned())));
            }
        }
        builder.append(writer.take());
        let log = builder.finish().unwrap().0;
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("any-characters.csv");
        let mut bytes = Vec::new();
        let report = write_log(&log, &mut bytes).unwrap();
        std::fs::write(&path, &bytes).unwrap();
        let expected = describe(&log);
        assert_eq!(report.replaced_characters > 0, expected.contains(is_binary), "round {round}");
        assert_eq!(describe(&read(&path)), expected.replace(is_binary, "\u{fffd}"));
    }
}
