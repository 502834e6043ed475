//! Small logs joined, with counts and results computed by hand.

mod preview;

use std::sync::atomic::AtomicBool;

use super::*;
use crate::import::{ImportSettings, import_file};

/// A log of delimited text, with the roles of its columns.
fn log(text: &str) -> crate::import::Imported {
    log_with(text, &[])
}

fn log_with(text: &str, text_columns: &[&str]) -> crate::import::Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.csv");
    std::fs::write(&path, text).unwrap();
    let settings = ImportSettings {
        text_columns: text_columns.iter().map(|&name| name.to_owned()).collect(),
        ..ImportSettings::detect()
    };
    import_file(&path, &settings, 1, &AtomicBool::new(false), &|_, _| {}).unwrap()
}

fn joined(base: &EventLog, added: &EventLog, rule: &MergeRule) -> Result<Merged, Problem> {
    merge(base, added, rule, Joining { threads: 2, cancelled: &AtomicBool::new(false) })
}

/// Every case as a line: id, then each event as activity@hour with its attributes; cases by id.
fn told(log: &EventLog) -> Vec<String> {
    let mut lines = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let mut line = format!("{}:", case.id());
            for idx in 0..case.event_count() {
                let name = log.context().activities.name(case.activities()[idx]);
                let hour = case.times_us()[idx] / 3_600_000_000 % 24;
                line.push_str(&format!(" {name}@{hour}"));
                for attribute in &log.context().attributes {
                    if let Some(value) = case.value(attribute, idx) {
                        line.push_str(&format!("/{value}"));
                    }
                }
            }
            lines.push(line);
        });
    }
    lines.sort();
    lines
}

const BASE: &str = "case,activity,time,SourceSystem,source_record_id,owner,amount\n\
    A,Open,2024-01-01T01:00:00Z,crm,1,Ann,10\n\
    A,Call,2024-01-01T02:00:00Z,crm,2,Ann,10\n\
    B,Open,2024-01-01T03:00:00Z,crm,3,Bob,20\n\
    B,Close,2024-01-01T04:00:00Z,crm,4,Bob,20\n\
    C,Open,2024-01-01T05:00:00Z,crm,5,Cid,30\n";

/// What these rows, under the header of [`BASE`], make of it.
fn upserted(rows: &str) -> Merged {
    let base = log(BASE).log;
    let header = BASE.lines().next().unwrap();
    let added = log(&format!("{header}\n{rows}")).log;
    joined(&base, &added, &usual(&base, &added)).unwrap()
}

fn usual(base: &EventLog, added: &EventLog) -> MergeRule {
    MergeRule::Upsert(EventKey::usual(base, added).unwrap())
}

#[test]
fn append_keeps_everything_and_counts_what_was_present() {
    let base = log(BASE).log;
    // One row is there already, one differs in an attribute, one is new.
    let added = log("case,activity,time,SourceSystem,source_record_id,owner,amount\n\
        A,Open,2024-01-01T01:00:00Z,crm,1,Ann,10\n\
        C,Open,2024-01-01T05:00:00Z,crm,5,Cid,31\n\
        D,Open,2024-01-01T06:00:00Z,crm,6,Dan,40\n")
    .log;
    let merged = joined(&base, &added, &MergeRule::Append).unwrap();
    let expected = MergeCounts { inserted: 3, already_present: 1, ..MergeCounts::default() };
    assert_eq!(merged.counts, expected);
    let context = merged.log.context();
    assert_eq!((context.event_count, context.case_count), (8, 4));
    assert!(
        merged.notes.iter().any(|note| note.to_string().contains("twice")),
        "{:?}",
        merged.notes
    );
}

#[test]
fn upsert_inserts_replaces_and_leaves_alone() {
    // 1 as it was; 2 another time; 6 new, of a known case; 7 new, of a new case.
    let merged = upserted(
        "A,Open,2024-01-01T01:00:00Z,crm,1,Ann,10\n\
        A,Call,2024-01-01T07:00:00Z,crm,2,Ann,10\n\
        A,Close,2024-01-01T08:00:00Z,crm,6,Ann,10\n\
        D,Open,2024-01-01T09:00:00Z,crm,7,Dan,40\n",
    );
    let expected = MergeCounts { inserted: 2, replaced: 1, unchanged: 1, ..MergeCounts::default() };
    assert_eq!(merged.counts, expected);
    assert_eq!(
        told(&merged.log),
        [
            "A: Open@1/crm/1/Ann/10 Call@7/crm/2/Ann/10 Close@8/crm/6/Ann/10",
            "B: Open@3/crm/3/Bob/20 Close@4/crm/4/Bob/20",
            "C: Open@5/crm/5/Cid/30",
            "D: Open@9/crm/7/Dan/40",
        ]
    );
}

#[test]
fn an_event_moves_to_another_case_and_an_emptied_case_is_gone() {
    // 5 was the only event of C; 4 moves from B to the new case E.
    let merged = upserted(
        "A,Open,2024-01-01T05:00:00Z,crm,5,Ann,10\n\
        E,Close,2024-01-01T04:00:00Z,crm,4,Eve,50\n",
    );
    let expected = MergeCounts { moved: 2, cases_gone: 1, ..MergeCounts::default() };
    assert_eq!(merged.counts, expected);
    assert_eq!(
        told(&merged.log),
        [
            "A: Open@1/crm/1/Ann/10 Call@2/crm/2/Ann/10 Open@5/crm/5/Ann/10",
            "B: Open@3/crm/3/Bob/20",
            "E: Close@4/crm/4/Eve/50",
        ]
    );
}

#[test]
fn a_case_attribute_takes_the_value_of_the_newest_file() {
    let merged = upserted("B,Open,2024-01-01T03:00:00Z,crm,3,Zoe,20\n");
    let expected = MergeCounts { replaced: 1, ..MergeCounts::default() };
    assert_eq!(merged.counts, expected);
    let owner = merged.log.context().attribute("owner").unwrap();
    assert_eq!(owner.level, AttributeLevel::Case);
    assert_eq!(told(&merged.log)[1], "B: Open@3/crm/3/Zoe/20 Close@4/crm/4/Zoe/20");
}

#[test]
fn values_of_files_with_one_event_a_case_stay_with_their_events() {
    let base = log("case,activity,time,amount\nA,Paid,2024-01-01T01:00:00Z,10\n").log;
    let added = log("case,activity,time,amount\nA,Paid,2024-01-01T02:00:00Z,25\n").log;
    let merged = joined(&base, &added, &MergeRule::Append).unwrap();
    assert_eq!(told(&merged.log), ["A: Paid@1/10 Paid@2/25"]);
    let note = "Column \"amount\" belonged to the case";
    assert!(
        merged.notes.iter().any(|told| told.to_string().starts_with(note)),
        "{:?}",
        merged.notes
    );
}

#[test]
fn a_replaced_event_keeps_its_place_among_events_of_the_same_time() {
    let base = log("case,activity,time,note,id\n\
        A,First,2024-01-01T01:00:00Z,x,1\n\
        A,Second,2024-01-01T01:00:00Z,y,2\n")
    .log;
    let added = log("case,activity,time,note,id\nA,First,2024-01-01T01:00:00Z,z,1\n");
    let key = EventKey::of_columns(&["id".to_owned()], &added.log, &added.report.roles).unwrap();
    let merged = joined(&base, &added.log, &MergeRule::Upsert(key)).unwrap();
    assert_eq!(told(&merged.log)[0].split(' ').nth(1).unwrap().split('@').next(), Some("First"));
    assert_eq!(merged.counts.replaced, 1);
}

#[test]
fn a_sequence_tells_events_of_one_record_apart() {
    let text = |sequence: &str, hour: u32| {
        format!(
            "case,activity,time,SourceSystem,SourceRecordId,EventSequence\n\
             A,Stage,2024-01-01T0{hour}:00:00Z,crm,1,{sequence}\n"
        )
    };
    let base = log(&text("1", 1)).log;
    let other = log(&text("2", 2)).log;
    let merged = joined(&base, &other, &usual(&base, &other)).unwrap();
    assert_eq!((merged.counts.inserted, merged.counts.replaced), (1, 0));
    let same = log(&text("1", 3)).log;
    let merged = joined(&merged.log, &same, &usual(&base, &same)).unwrap();
    assert_eq!((merged.counts.inserted, merged.counts.replaced), (0, 1));
    let without = log("case,activity,time,SourceSystem,SourceRecordId\n\
        A,Stage,2024-01-01T01:00:00Z,crm,1\n")
    .log;
    // Without the column nobody could say which of the events is meant.
    let refused = joined(&base, &without, &usual(&base, &without)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::ColumnNotFound);
    assert!(refused.detail.to_string().contains("EventSequence"), "{refused}");
}

#[test]
fn a_named_key_may_hold_the_columns_of_case_activity_and_time() {
    let base = log("deal,step,at,by\nA,Open,2024-01-01T01:00:00Z,Ann\n").log;
    let added = log("deal,step,at,by\nA,Open,2024-01-01T01:00:00Z,Bob\n");
    let columns = ["deal", "step", "at"].map(str::to_owned);
    let key = EventKey::of_columns(&columns, &added.log, &added.report.roles).unwrap();
    let merged = joined(&base, &added.log, &MergeRule::Upsert(key)).unwrap();
    assert_eq!((merged.counts.replaced, merged.log.context().event_count), (1, 1));
    let wrong = EventKey::of_columns(&["none".to_owned()], &added.log, &added.report.roles);
    assert_eq!(wrong.unwrap_err().code, ErrorCode::ColumnNotFound);
}

#[test]
fn without_a_key_an_upsert_is_refused_by_name() {
    let base = log(BASE).log;
    let added = log("case,activity,time\nA,Open,2024-01-01T01:00:00Z\n").log;
    let refused = EventKey::usual(&base, &added).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoEventKey);
    assert!(
        refused.detail.to_string().contains("SourceSystem")
            && refused.hint.unwrap().to_string().starts_with("Choose the columns that identify")
    );
}

/// A row a case, with the dates of two activities.
fn deals(rows: &[&str]) -> EventLog {
    log(&format!("Deal ID,Created Date,Close Date\n{}\n", rows.join("\n"))).log
}

#[test]
fn dates_of_cases_find_the_event_of_their_activity() {
    let base = deals(&["1,2024-01-01,2024-01-05", "2,2024-01-02,2024-01-06"]);
    let added = deals(&["1,2024-01-01,2024-01-09", "3,2024-01-03,2024-01-07"]);
    let key = EventKey::of_dates(&base, &added).unwrap();
    assert_eq!(key.columns(), ["case", "activity"]);
    let counts = joined(&base, &added, &MergeRule::Upsert(key)).unwrap().counts;
    assert_eq!((counts.unchanged, counts.replaced, counts.inserted), (1, 1, 2));
    assert_eq!((counts.superseded, counts.removed), (0, 0));
}

#[test]
fn dates_of_a_case_in_two_rows_have_no_key() {
    let row =
        |deal: i32| format!("{deal},2024-01-{:02},2024-02-{:02}", deal % 28 + 1, deal % 9 + 1);
    let once: Vec<String> = (1..40).map(row).collect();
    let once: Vec<&str> = once.iter().map(String::as_str).collect();
    let twice = [&once[..], &["7,2024-02-01,"]].concat();
    let told = |base: &[&str], added: &[&str]| {
        let refused = EventKey::of_dates(&deals(base), &deals(added)).unwrap_err();
        assert_eq!(refused.code, ErrorCode::NoEventKey);
        refused.detail.to_string()
    };
    // Only one of the two would be left.
    let rest = "so case and activity do not tell its events apart.";
    assert_eq!(
        told(&once, &twice),
        format!("Case \"7\" has the activity \"Created\" more than once in the file, {rest}")
    );
    assert_eq!(
        told(&twice, &once),
        format!("Case \"7\" has the activity \"Created\" more than once in the log, {rest}")
    );
    // What the file does not touch stays as it is.
    let other = deals(&["8,2024-01-01,2024-01-06", "9,2024-01-01,2024-01-06"]);
    assert!(EventKey::of_dates(&deals(&twice), &other).is_ok());
}

#[test]
fn doubled_keys_are_counted_and_blank_keys_are_inserted() {
    let base = log("case,activity,time,id\n\
        A,Open,2024-01-01T01:00:00Z,1\n\
        A,Open,2024-01-01T02:00:00Z,1\n")
    .log;
    let added = log("case,activity,time,id\n\
        A,Open,2024-01-01T03:00:00Z,1\n\
        A,Open,2024-01-01T04:00:00Z,1\n\
        A,Call,2024-01-01T05:00:00Z,\n");
    let key = EventKey::of_columns(&["id".to_owned()], &added.log, &added.report.roles).unwrap();
    let merged = joined(&base, &added.log, &MergeRule::Upsert(key)).unwrap();
    let expected = MergeCounts {
        inserted: 1,
        replaced: 1,
        superseded: 1,
        removed: 1,
        without_key: 1,
        ..MergeCounts::default()
    };
    assert_eq!(merged.counts, expected);
    assert_eq!(told(&merged.log), ["A: Open@4/1 Call@5"]);
    for part in ["1 event shares its key", "1 further event of", "1 event has no complete key"] {
        assert!(
            merged.notes.iter().any(|note| note.to_string().contains(part)),
            "{:?}",
            merged.notes
        );
    }
}

#[test]
fn columns_come_are_missed_and_widen_but_do_not_change() {
    let base = log("case,activity,time,n,old\nA,Open,2024-01-01T01:00:00Z,5,x\n").log;
    let added = log("case,activity,time,n,new\nB,Open,2024-01-01T02:00:00Z,5.5,y\n").log;
    let merged = joined(&base, &added, &MergeRule::Append).unwrap();
    let n = merged.log.context().attribute("n").unwrap();
    assert_eq!(n.kind, AttributeType::Decimal);
    assert_eq!(told(&merged.log), ["A: Open@1/5/x", "B: Open@2/5.5/y"]);
    for (column, word) in [("\"n\"", "decimals"), ("\"old\"", "blank"), ("\"new\"", "new")] {
        let is_told =
            |note: &Sentence| note.to_string().contains(column) && note.to_string().contains(word);
        assert!(merged.notes.iter().any(is_told), "{column}: {:?}", merged.notes);
    }
    // The other way round the column holds decimals already.
    let whole = log("case,activity,time,n\nC,Open,2024-01-01T03:00:00Z,7\n").log;
    let again = joined(&merged.log, &whole, &MergeRule::Append).unwrap();
    assert_eq!(told(&again.log)[2], "C: Open@3/7");
    let text = log("case,activity,time,n\nC,Open,2024-01-01T03:00:00Z,many\n").log;
    let refused = joined(&base, &text, &MergeRule::Append).unwrap_err();
    assert_eq!(refused.code, ErrorCode::ColumnTypeChanged);
    assert_eq!(refused.place.column.as_deref(), Some("n"));
}

#[test]
fn a_text_that_looks_like_a_number_stays_the_text_it_is() {
    let base = log("case,activity,time,ref\nA,Open,2024-01-01T01:00:00Z,A-7\n").log;
    let added = log_with("case,activity,time,ref\nB,Open,2024-01-01T02:00:00Z,007\n", &["ref"]).log;
    let merged = joined(&base, &added, &MergeRule::Append).unwrap();
    assert_eq!(told(&merged.log), ["A: Open@1/A-7", "B: Open@2/007"]);
}

#[test]
fn the_same_whatever_the_number_of_threads() {
    let base = log(BASE).log;
    let added = log(&BASE.replace("01:00:00", "11:00:00").replace("Cid", "Dan")).log;
    let one = |threads| {
        let cancelled = AtomicBool::new(false);
        let joining = Joining { threads, cancelled: &cancelled };
        let merged = merge(&base, &added, &usual(&base, &added), joining).unwrap();
        (told(&merged.log), merged.counts)
    };
    assert_eq!(one(1), one(7));
}
