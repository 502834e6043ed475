//! Logs as they were, bytes as they were.

use paydirt_model::attribute::AttributeIdx;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::ErrorCode;
use paydirt_model::rates::RateTable;
use paydirt_model::text_log;

use super::logs::{Shape, generate};
use super::*;

const SEEDS: std::ops::Range<u64> = 0..60;

#[test]
fn a_log_comes_back_as_it_was() {
    for seed in SEEDS {
        let blank_attributes = usize::try_from(seed % 9).unwrap();
        let log = generate(Shape { blank_attributes, ..Shape::of(seed) });
        let written = Written::of(&log, 2);
        assert_eq!(told(&written.read().unwrap()), told(&log), "{seed}");
    }
}

#[test]
fn plain_and_empty_logs_come_back() {
    let empty_rates = text_log::parse("a b").with_rates(RateTable::default());
    let many: String = (0..500).map(|idx| format!("{idx}: a b | owner={}\n", idx % 7)).collect();
    for log in [text_log::parse(""), text_log::parse("a b c ×3"), empty_rates] {
        assert_eq!(told(&Written::of(&log, 1).read().unwrap()), told(&log));
    }
    let log = text_log::parse_with(&many, LogSpec::plain(), 64);
    assert_eq!(told(&Written::of(&log, 4).read().unwrap()), told(&log));
}

#[test]
fn what_was_read_is_written_with_the_same_bytes() {
    for seed in SEEDS {
        let first = Written::of(&generate(Shape::of(seed)), 1);
        // Nothing is in memory but what `write_log` asks for itself.
        let second = Written::of(&first.open().unwrap(), 4);
        assert_eq!(second.files(), first.files(), "{seed}");
        assert_eq!(second.stored, first.stored, "{seed}");
    }
}

#[test]
fn the_description_survives_json() {
    for seed in SEEDS {
        let stored = Written::of(&generate(Shape::of(seed)), 1).stored;
        let json = serde_json::to_string(&stored).unwrap();
        assert_eq!(serde_json::from_str::<StoredLog>(&json).unwrap(), stored);
    }
}

/// The ids of the cases of each segment.
fn ids(log: &EventLog) -> Vec<Vec<String>> {
    let segments = log.segments().iter();
    segments.map(|it| it.parts().case_ids.iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_segment_keeps_its_bytes_whatever_happens_elsewhere() {
    let mut tables = 0;
    for seed in SEEDS {
        // The same log with some more cases, in other segments, and with attributes that no case
        // has a value of.
        let before = Shape { partitions: 64, written_cases: 50, ..Shape::of(seed) };
        let after = generate(Shape { blank_attributes: 3, written_cases: 60, ..before });
        let before = generate(before);
        let scales = |log: &EventLog| -> Vec<u8> {
            log.context().attributes.iter().map(|attribute| attribute.scale).collect()
        };
        let known = before.context().attributes.len();
        if scales(&before) != scales(&after)[..known] {
            continue;
        }
        let after_ids = ids(&after);
        let (old, new) = (Written::of(&before, 1).files(), Written::of(&after, 1).files());
        for (old_idx, ids) in ids(&before).iter().enumerate() {
            let Some(new_idx) = after_ids.iter().position(|other| other == ids) else { continue };
            for table in ["cases", "events"] {
                let name = |idx: usize| format!("main-{idx:02}-{table}.parquet");
                assert_eq!(old[&name(old_idx)], new[&name(new_idx)], "{seed}");
                tables += usize::from(old_idx != new_idx);
            }
        }
    }
    assert!(tables > 200, "only {tables} tables were compared");
}

#[test]
fn opening_reads_no_attribute_and_asking_reads_one() {
    let lines: String =
        (0..200).map(|idx| format!("{idx}: a b | owner=o{} amount={idx}\n", idx % 7)).collect();
    let log = text_log::parse_with(&lines, LogSpec::plain(), 4);
    let opened = Written::of(&log, 1);
    let (_folder, opened) = (&opened.folder, opened.open().unwrap());
    let before = opened.memory_bytes();
    let column = |idx: usize| opened.segments()[1].parts().case_columns[idx].get().cloned();
    assert_eq!((column(0), column(1)), (None, None));
    opened.load_columns(1, [AttributeIdx(0)]).unwrap();
    assert_eq!(column(0), log.segments()[1].parts().case_columns[0].get().cloned());
    assert_eq!(column(1), None);
    assert!(opened.memory_bytes() > before);
    assert!(opened.segments()[0].parts().case_columns[0].get().is_none());
}

#[test]
fn a_log_without_one_of_its_texts_opens_and_says_which_file_is_missing() {
    let log = text_log::parse("1: a | region=EMEA size=3");
    let written = Written::of(&log, 1);
    fs::remove_file(written.path().join("main-texts-000.parquet")).unwrap();
    let opened = written.open().unwrap();
    opened.load_columns(0, [AttributeIdx(1)]).unwrap();
    let problem = opened.load_columns(0, [AttributeIdx(0)]).unwrap_err();
    assert_eq!(problem.code, ErrorCode::DamagedFile);
    assert_eq!(problem.place.file.as_deref(), Some("main-texts-000.parquet"));
    assert!(problem.detail.to_string().contains("missing"), "{problem}");
}

#[test]
fn writing_stops_when_it_is_cancelled() {
    let log = text_log::parse_with("1: a\n2: a\n3: a\n4: a", LogSpec::plain(), 4);
    let create = |_: &str| -> Result<Box<dyn NewFile>, Problem> { panic!("nothing is created") };
    let cancelled = AtomicBool::new(true);
    let running = Running { threads: 2, cancelled: &cancelled, progress: &|_, _| {} };
    let problem = write_log(&log, "main", &create, &running).unwrap_err();
    assert_eq!(problem.code, ErrorCode::Cancelled);
}
