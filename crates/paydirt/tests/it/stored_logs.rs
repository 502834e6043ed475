//! Stored logs on the command line: import, append, upsert, versions, rolling back, deletion.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Run, file, folder, list, paydirt, text};

/// Five events of three cases, each with the key of the system it comes from.
const BASE: &str = "case,activity,time,SourceSystem,SourceRecordId,owner\n\
    A,Open,2024-01-01T01:00:00Z,crm,1,Ann\n\
    A,Call,2024-01-01T02:00:00Z,crm,2,Ann\n\
    B,Open,2024-01-01T03:00:00Z,crm,3,Bob\n\
    B,Close,2024-01-01T04:00:00Z,crm,4,Bob\n\
    C,Open,2024-01-01T05:00:00Z,crm,5,Cid\n";

/// 1 unchanged, 2 replaced (another time), 5 moved to A (C is left without events), 6 inserted.
const LATER: &str = "case,activity,time,SourceSystem,SourceRecordId,owner\n\
    A,Open,2024-01-01T01:00:00Z,crm,1,Ann\n\
    A,Call,2024-01-01T07:00:00Z,crm,2,Ann\n\
    A,Open,2024-01-01T05:00:00Z,crm,5,Ann\n\
    D,Open,2024-01-01T09:00:00Z,crm,6,Dan\n";

/// Runs a verb on the data folder with JSON.
fn verb(data: &Path, arguments: &[&str]) -> Run {
    let mut all = arguments.to_vec();
    all.extend(["--json", "--data", text(data)]);
    paydirt(&all)
}

/// The answer of a verb that has to go well.
#[track_caller]
fn told(data: &Path, arguments: &[&str]) -> Value {
    verb(data, arguments).ok().json()
}

/// A folder with a log `Deals` of one version, and a second file beside.
fn with_deals() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = folder();
    let data = folder.path().join("data");
    let first = file(folder.path(), "deals.csv", BASE);
    file(folder.path(), "later.csv", LATER);
    let done = told(&data, &["import", text(&first), "--log", "Deals"]);
    assert_eq!(done["imports"][0]["version"], "1@1");
    (folder, data)
}

#[test]
fn upsert_counts_what_is_new_replaced_unchanged_and_moved() {
    let (folder, data) = with_deals();
    let later = folder.path().join("later.csv");
    let done = told(&data, &["import", text(&later), "--log", "deals", "--upsert"]);
    let outcome = &done["imports"][0];
    let expected = json!({
        "inserted": 1, "already_present": 0, "replaced": 1, "unchanged": 1, "moved": 1,
        "superseded": 0, "removed": 0, "without_key": 0, "cases_gone": 1,
    });
    assert_eq!(outcome["counts"], expected);
    let numbers = (&outcome["cases"], &outcome["events"], &outcome["version"]);
    assert_eq!(numbers, (&json!(3), &json!(6), &json!("1@2")));
    // Both versions answer, each for itself.
    let now = told(&data, &["ask", "Deals", "case", "--params", "{\"case\": \"A\"}"]);
    assert_eq!(list(&now, "events").len(), 3, "{now}");
    let before = told(&data, &["ask", "Deals@1", "summary"]);
    assert_eq!((&before["cases"], &before["events"]), (&json!(3), &json!(5)));
    assert_eq!(before["context"]["source"], "1@1");
    // The same file again changes nothing.
    let again = told(&data, &["import", text(&later), "--log", "Deals", "--upsert"]);
    let counts = &again["imports"][0]["counts"];
    assert_eq!((&counts["unchanged"], &counts["inserted"]), (&json!(4), &json!(0)), "{again}");
}

#[test]
fn append_keeps_every_event_and_counts_those_present() {
    let (folder, data) = with_deals();
    let later = folder.path().join("later.csv");
    let done = told(&data, &["import", text(&later), "--log", "Deals", "--append"]);
    let outcome = &done["imports"][0];
    let counts = (&outcome["counts"]["inserted"], &outcome["counts"]["already_present"]);
    assert_eq!(counts, (&json!(4), &json!(1)));
    assert_eq!((&outcome["cases"], &outcome["events"]), (&json!(4), &json!(9)));
}

#[test]
fn a_key_is_named_once_and_remembered() {
    let folder = folder();
    let data = folder.path().join("data");
    let first = file(folder.path(), "a.csv", "deal,step,on,by\nA,Open,01.02.2024,Ann\n");
    let second = file(folder.path(), "b.csv", "deal,step,on,by\nA,Open,01.02.2024,Bob\n");
    told(&data, &["import", text(&first), "--log", "L", "--date-format", "%d.%m.%Y"]);
    let refused = verb(&data, &["import", text(&second), "--log", "L", "--upsert"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert_eq!(refused.problem()["code"], "no_event_key");
    let keyed = ["import", text(&second), "--log", "L", "--upsert", "--key", "deal,step,on"];
    // The date format is that of the first import; alone, the second file would be ambiguous.
    assert_eq!(told(&data, &keyed)["imports"][0]["counts"]["replaced"], 1);
    let again = told(&data, &["import", text(&first), "--log", "L", "--upsert"]);
    assert_eq!(again["imports"][0]["counts"]["replaced"], 1, "the key is that of last time");
    let wrong = ["import", text(&second), "--log", "L", "--upsert", "--key", "deal,none"];
    assert_eq!(verb(&data, &wrong).problem()["code"], "column_not_found");
    assert_eq!(told(&data, &["logs"])["logs"][0]["version_count"], 3);
}

#[test]
fn a_column_that_changes_its_type_is_refused_by_name_and_nothing_changes() {
    let (folder, data) = with_deals();
    let rows = "case,activity,time,n\nA,Open,2024-01-01T01:00:00Z,";
    let number = file(folder.path(), "n.csv", format!("{rows}5\n"));
    let word = file(folder.path(), "w.csv", format!("{rows}many\n"));
    told(&data, &["import", text(&number), "--log", "N"]);
    let refused = verb(&data, &["import", text(&word), "--log", "N", "--append"]);
    let problem = refused.problem();
    assert_eq!(problem["code"], "column_type_changed", "{problem}");
    assert_eq!(problem["place"]["column"], "n");
    assert_eq!(told(&data, &["versions", "N"])["versions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn files_become_logs_of_their_own_or_one_version_together() {
    let folder = folder();
    let data = folder.path().join("data");
    let rows = |case: &str| format!("case,activity,time\n{case},Open,2024-01-01T01:00:00Z\n");
    let one = file(folder.path(), "one.csv", rows("A"));
    let two = file(folder.path(), "two.csv", rows("B"));
    let apart = told(&data, &["import", text(&one), text(&two)]);
    let names: Vec<&str> =
        list(&apart, "imports").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["one", "two"]);
    let both = told(&data, &["import", text(&one), text(&two), "--log", "Both"]);
    let outcome = &both["imports"][0];
    assert_eq!((&outcome["cases"], &outcome["rows_read"]), (&json!(2), &json!(2)), "{both}");
    let taken = verb(&data, &["import", text(&one), "--log", "both"]);
    assert_eq!((taken.code, taken.problem()["code"].clone()), (2, json!("log_exists")));
    let absent = verb(&data, &["import", text(&one), "--log", "None", "--append"]);
    assert_eq!((absent.code, absent.problem()["code"].clone()), (1, json!("log_not_found")));
    let missing = verb(&data, &["import", "no-such-file.csv"]);
    assert_eq!((missing.code, missing.problem()["code"].clone()), (1, json!("file_not_found")));
}

#[test]
fn changes_between_versions_are_told() {
    let (folder, data) = with_deals();
    let alone = verb(&data, &["changes", "Deals"]);
    assert_eq!((alone.code, alone.problem()["code"].clone()), (1, json!("version_not_found")));
    let later = folder.path().join("later.csv");
    told(&data, &["import", text(&later), "--log", "Deals", "--upsert"]);
    // A has a later call and a second opening; C has gone to A; D is new; B is as it was.
    let found = told(&data, &["changes", "Deals"]);
    let cases = |id: &str| json!({ "cases": 1, "first": [id] });
    assert_eq!(found["cases_added"], cases("D"));
    assert_eq!(found["cases_removed"], cases("C"));
    assert_eq!(found["cases_changed"], cases("A"));
    assert_eq!(found["cases_unchanged"], 1);
    assert_eq!((&found["events_added"], &found["events_removed"]), (&json!(3), &json!(2)));
    assert_eq!(found["activities"], json!([{ "activity": "Open", "before": 3, "after": 4 }]));
    // Durations 1 h, 1 h and 0; then 6 h, 1 h and 0.
    let size = |version: &str| (&found[version]["version"], &found[version]["median_duration_s"]);
    assert_eq!(size("before"), (&json!("1@1"), &json!(3_600)));
    assert_eq!(size("after"), (&json!("1@2"), &json!(3_600)));
    let back = told(&data, &["changes", "Deals@1", "--since", "2"]);
    assert_eq!((&back["cases_added"], &back["cases_removed"]), (&cases("C"), &cases("D")));
    let absent = verb(&data, &["changes", "Deals", "--since", "7"]);
    assert_eq!(absent.problem()["code"], "version_not_found");
    let shown = paydirt(&["changes", "Deals", "--data", text(&data)]).ok().stdout;
    assert!(shown.contains("Open") && shown.contains("1@2"), "{shown}");
}

#[test]
fn versions_are_rolled_back_pinned_kept_and_deleted() {
    let (folder, data) = with_deals();
    let later = folder.path().join("later.csv");
    told(&data, &["import", text(&later), "--log", "Deals", "--upsert"]);
    assert_eq!(told(&data, &["rollback", "Deals", "1"])["current"]["number"], 1);
    let kept = verb(&data, &["delete", "Deals@1", "--yes"]);
    assert_eq!((kept.code, kept.problem()["code"].clone()), (2, json!("version_kept")));
    // Nobody can be asked here, so nothing is deleted unless it is said.
    let unasked = verb(&data, &["delete", "Deals@2"]);
    assert_eq!((unasked.code, unasked.problem()["code"].clone()), (2, json!("wrong_usage")));
    assert_eq!(told(&data, &["pin", "Deals@2"])["pinned"], true);
    assert_eq!(told(&data, &["unpin", "Deals@2"])["pinned"], false);
    let rule = told(&data, &["retention", "Deals", "--keep-versions", "1"]);
    assert_eq!(
        (&rule["retention"], &rule["version_count"]),
        (&json!({"keep_versions": 1}), &json!(2))
    );
    assert_eq!(told(&data, &["delete", "Deals@2", "--yes"]), json!({"deleted": "Deals@2"}));
    let absent = verb(&data, &["ask", "Deals@2", "summary"]);
    assert_eq!((absent.code, absent.problem()["code"].clone()), (1, json!("version_not_found")));
    let out = folder.path().join("out.parquet");
    let written = told(&data, &["export", "Deals", text(&out)]);
    assert_eq!((&written["cases"], &written["events"]), (&json!(3), &json!(5)));
    let again = verb(&data, &["export", "Deals", text(&out)]);
    assert_eq!(again.problem()["code"], "file_unwritable");
    told(&data, &["export", "Deals", text(&out), "--overwrite"]);
    assert_eq!(crate::support::ask(&out, "summary", &[])["events"], 5);
    told(&data, &["delete", "Deals", "--yes"]);
    assert_eq!(told(&data, &["logs"]), json!({"logs": []}));
}

#[test]
fn retention_clears_away_old_versions_after_an_import() {
    let (folder, data) = with_deals();
    told(&data, &["retention", "Deals", "--keep-versions", "2"]);
    let later = folder.path().join("later.csv");
    told(&data, &["import", text(&later), "--log", "Deals", "--upsert"]);
    let third = told(&data, &["import", text(&later), "--log", "Deals", "--append"]);
    assert_eq!(third["imports"][0]["deleted_versions"], json!(["1@1"]), "{third}");
    let unasked = verb(&data, &["retention", "Deals", "--keep-versions", "1"]);
    assert_eq!((unasked.code, unasked.problem()["code"].clone()), (2, json!("wrong_usage")));
    assert_eq!(told(&data, &["retention", "Deals"])["version_count"], 2, "nothing has changed");
    let rule = told(&data, &["retention", "Deals", "--keep-versions", "1", "--yes"]);
    assert_eq!(rule["deleted_versions"], json!(["1@2"]), "{rule}");
    assert_eq!(rule["version_count"], 1);
}

#[test]
fn a_file_goes_before_a_stored_log_and_neither_is_said() {
    let (folder, data) = with_deals();
    let inside = |arguments: &[&str]| {
        let mut command = crate::support::command();
        command.current_dir(folder.path()).args(arguments).args(["--json", "--data"]).arg(&data);
        crate::support::run(&mut command)
    };
    let stored = inside(&["ask", "Deals", "summary"]).ok().json();
    assert_eq!(stored["context"]["source"], "1@1");
    file(folder.path(), "Deals", "case,activity,time\nX,Open,2024-01-01T01:00:00Z\n");
    let of_file = inside(&["ask", "Deals", "summary"]).ok().json();
    assert_eq!((&of_file["cases"], &of_file["context"]["source"]), (&json!(1), &json!("Deals")));
    let neither = inside(&["ask", "Nothing", "summary"]);
    assert_eq!((neither.code, neither.problem()["code"].clone()), (1, json!("log_not_found")));
    let no_file = inside(&["ask", "nothing.csv", "summary"]);
    assert_eq!((no_file.code, no_file.problem()["code"].clone()), (1, json!("file_not_found")));
}

#[test]
fn a_folder_that_is_absent_is_not_made_by_looking() {
    let folder = folder();
    let data = folder.path().join("data");
    for arguments in [&["logs"][..], &["versions", "Deals"], &["ask", "Deals", "summary"]] {
        let absent = verb(&data, arguments);
        assert_eq!((absent.code, absent.problem()["code"].clone()), (1, json!("file_not_found")));
    }
    assert!(!data.exists());
    let mut command = crate::support::command();
    command.current_dir(folder.path()).env_remove("PAYDIRT_DATA").arg("logs");
    let text = crate::support::run(&mut command).ok().stdout;
    assert!(text.contains("paydirt import"), "{text}");
    assert!(!folder.path().join("paydirt-data").exists());
    file(folder.path(), "data", "a file");
    for arguments in [&["logs"][..], &["versions", "Deals"]] {
        let refused = verb(&data, arguments);
        assert_eq!((refused.code, refused.problem()["code"].clone()), (2, json!("not_a_store")));
    }
}
