//! What is told before joining is what joining then does.

use super::*;
use crate::merge::{JoinPreview, preview};

/// A case that is there already, one that grows, one that begins; an activity and a column that are
/// new, and columns that are missing.
const MORE: &str = "case,activity,time,SourceSystem,source_record_id,owner,region\n\
    A,Open,2024-01-01T01:00:00Z,crm,1,Ann,North\n\
    C,Open,2024-01-01T05:00:00Z,crm,5,Cid,North\n\
    C,Sign,2024-01-02T05:00:00Z,crm,6,Cid,North\n\
    D,Open,2023-12-31T05:00:00Z,crm,7,Eve,South\n\
    D,Call,2023-12-31T06:00:00Z,crm,8,Eve,South\n";

fn told_before(base: &EventLog, added: &EventLog, rule: &MergeRule) -> JoinPreview {
    let cancelled = AtomicBool::new(false);
    preview(base, added, rule, Joining { threads: 2, cancelled: &cancelled }).unwrap()
}

#[test]
fn a_preview_of_an_append_counts_what_is_added() {
    let (base, added) = (log(BASE).log, log(MORE).log);
    let preview = told_before(&base, &added, &MergeRule::Append);
    // The file has a region that the log lacks, so that no event of it was in the log before.
    assert_eq!((preview.new_events, preview.counts.already_present), (5, 0));
    assert_eq!((preview.new_cases, preview.grown_cases), (1, 2));
    assert_eq!((preview.earlier_events, preview.later_events), (2, 1));
    assert_eq!(preview.new_activities, ["Sign"]);
    assert_eq!(preview.new_columns, ["region"]);
    assert_eq!(preview.missing_columns, ["amount"]);
    let merged = joined(&base, &added, &MergeRule::Append).unwrap();
    assert_eq!(preview.counts, merged.counts);
    assert_eq!(
        (preview.cases, preview.events),
        (merged.log.context().case_count, merged.log.context().event_count)
    );
}

/// How many events each case of a log has.
fn lengths(log: &EventLog) -> HashMap<String, usize> {
    let mut lengths = HashMap::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            lengths.insert(case.id().to_owned(), case.event_count());
        });
    }
    lengths
}

#[test]
fn what_an_append_is_said_to_add_is_what_it_adds() {
    let base = log(BASE).log;
    let header = BASE.lines().next().unwrap();
    // One event of A is there already and one is not; D begins; all of B is there already.
    let some = format!(
        "{header}\nA,Open,2024-01-01T01:00:00Z,crm,1,Ann,10\n\
         A,Close,2024-01-09T01:00:00Z,crm,8,Ann,10\nD,Open,2024-01-03T01:00:00Z,crm,9,Eve,5\n"
    );
    for (added, already_present) in [(log(&some).log, 1), (log(BASE).log, 5)] {
        let preview = told_before(&base, &added, &MergeRule::Append);
        assert_eq!(preview.counts.already_present, already_present);
        let merged = joined(&base, &added, &MergeRule::Append).unwrap();
        let (old, new) = (lengths(&base), lengths(&merged.log));
        let gained = merged.log.context().event_count - base.context().event_count;
        assert_eq!(preview.new_events, gained, "an append keeps every event");
        let grown = old.iter().filter(|(id, length)| new[*id] > **length).count();
        assert_eq!(preview.grown_cases, grown as u64);
        let begun = new.keys().filter(|id| !old.contains_key(*id)).count();
        assert_eq!(preview.new_cases, begun as u64);
        assert_eq!(preview.counts, merged.counts);
        assert_eq!(preview.notes.len(), 1, "{:?}", preview.notes);
    }
}

#[test]
fn a_preview_of_an_upsert_counts_as_the_upsert_does() {
    let base = log(BASE).log;
    let header = BASE.lines().next().unwrap();
    for rows in [
        "A,Call,2024-01-01T02:30:00Z,crm,2,Ann,10\nD,Open,2024-01-03T01:00:00Z,crm,9,Eve,5\n",
        "B,Open,2024-01-01T05:00:00Z,crm,5,Bob,20\nA,Open,2024-01-01T01:00:00Z,crm,1,Ann,10\n",
    ] {
        let added = log(&format!("{header}\n{rows}")).log;
        let rule = usual(&base, &added);
        let merged = joined(&base, &added, &rule).unwrap();
        let preview = told_before(&base, &added, &rule);
        assert_eq!(preview.counts, merged.counts, "{rows}");
        let context = merged.log.context();
        assert_eq!((preview.cases, preview.events), (context.case_count, context.event_count));
    }
}
