//! Are starts and completes paired as they should be? Small public logs, figures by hand.

use serde_json::{Value, json};

use crate::shipped::path;
use crate::support::{ask, check, kinds, list, paydirt, public_log, text};

const PAIR: [&str; 2] = ["--lifecycle", "pair"];
const LOGIC: &str = "apromore/lifecycle-xes/Log-Logic";

/// Events, overlaps, seconds of overlap, and the waits' total or nothing.
type Path = (&'static str, &'static str, u64, u64, u64, Option<u64>);

#[track_caller]
fn check_paths(map: &Value, expected: &[Path]) {
    assert_eq!(list(map, "paths").len(), expected.len(), "{map}");
    for &(from, to, events, overlaps, overlap_s, total) in expected {
        let path = path(map, from, to);
        let found = (
            path["events"].as_u64(),
            path["overlaps"].as_u64(),
            path["overlap_s"].as_u64(),
            path["duration_s"]["total"].as_u64(),
        );
        assert_eq!(found, (Some(events), Some(overlaps), Some(overlap_s), total), "{from} → {to}");
    }
}

/// The sentence of the report on how transitions were paired.
fn pairing(report: &Value) -> String {
    list(report, "readings").last().and_then(Value::as_str).expect("a reading").to_owned()
}

#[test]
fn doings_one_after_another_wait_between_end_and_start() {
    let Some(folder) = public_log(LOGIC) else { return };
    let file = folder.join("L1_1trace_start_complete_events_non_overlapping.xes");
    assert_eq!(ask(&file, "summary", &[])["events"], 22);
    let map = ask(&file, "map", &PAIR);
    assert_eq!(map["context"]["total"]["events"], 11);
    check_paths(
        &map,
        &[
            ("a", "a", 2, 0, 0, Some(60)),
            ("a", "b", 1, 0, 0, Some(120)),
            ("b", "c", 1, 0, 0, Some(180)),
            ("c", "d", 2, 0, 0, Some(240 + 360)),
            ("d", "c", 2, 0, 0, Some(300 + 420)),
            ("c", "a", 1, 0, 0, Some(480)),
            ("a", "c", 1, 0, 0, Some(540)),
        ],
    );
    for activity in list(&map, "activities") {
        assert_eq!(
            (&activity["duration_s"]["min"], &activity["duration_s"]["max"]),
            (&json!(60), &json!(60))
        );
    }
}

#[test]
fn overlaps_are_counted_and_kept_out_of_the_waits() {
    let Some(folder) = public_log(LOGIC) else { return };
    let file = folder.join("L1_start_complete_overlapping.xes");
    let map = ask(&file, "map", &PAIR);
    check_paths(
        &map,
        &[
            ("a", "b", 3, 2, 120, Some(60)),
            ("a", "c", 2, 1, 60, Some(60)),
            ("a", "e", 1, 1, 60, None),
            ("b", "c", 3, 0, 0, Some(180)),
            ("c", "b", 2, 0, 0, Some(120)),
            ("b", "d", 2, 1, 60, Some(60)),
            ("c", "d", 3, 2, 120, Some(60)),
            ("e", "d", 1, 0, 0, Some(60)),
        ],
    );
    let report = check(&file, &PAIR);
    assert_eq!((&report["events"], &report["rows_refused"]), (&json!(23), &json!(3)));
    assert!(pairing(&report).contains("3 events with another transition left out"));
}

#[test]
fn a_complete_whose_start_has_no_time_stands_alone() {
    let Some(folder) = public_log(LOGIC) else { return };
    let file = folder.join("L1_start_complete_no_overlapping_missing_timestamp.xes");
    let report = check(&file, &PAIR);
    assert_eq!((&report["events"], &report["rows_refused"]), (&json!(23), &json!(1)));
    assert!(kinds(&report).contains(&"event-without-time"));
    assert!(pairing(&report).contains("0 starts and 1 complete without partner"));
    let map = ask(&file, "map", &PAIR);
    assert_eq!(path(&map, "a", "e")["duration_s"]["total"], 120);
    assert_eq!(path(&map, "e", "d")["duration_s"]["total"], 60);
    let lone = list(&map, "activities").iter().find(|row| row["activity"] == "e");
    assert_eq!(lone.expect("e occurs")["duration_s"], Value::Null);
}

#[test]
fn doings_of_no_length_pair_in_the_order_of_the_file() {
    let Some(folder) = public_log(LOGIC) else { return };
    let file = folder.join("L1_start_complete_no_overlapping_repeats.xes");
    let map = ask(&file, "map", &PAIR);
    check_paths(&map, &[("a", "b", 2, 0, 0, Some(60 + 120)), ("b", "b", 1, 0, 0, Some(0))]);
    assert!(pairing(&check(&file, &PAIR)).contains("0 starts and 0 completes without partner"));
}

#[test]
fn lone_starts_and_completes_are_events_and_counted() {
    let Some(folder) = public_log(LOGIC) else { return };
    let file = folder.join("L1_start_complete_no_overlapping_1-event-task.xes");
    let report = check(&file, &PAIR);
    assert_eq!((&report["events"], &report["cases"]), (&json!(3), &json!(3)));
    assert!(pairing(&report).contains("1 start and 1 complete without partner"));
}

/// An event without transition is a complete; `schedule` and `random` are left out. `z` and the
/// complete of `b` are of one instant and keep the order of the file.
#[test]
fn transitions_that_are_neither_start_nor_complete_are_left_out() {
    let name = "apromore/lifecycle-xes/Apromore-Manager/A1_overlap_no_waiting_time.xes";
    let Some(file) = public_log(name) else { return };
    let report = check(&file, &PAIR);
    assert_eq!((&report["events"], &report["rows_refused"]), (&json!(9), &json!(1 + 5)));
    let map = ask(&file, "map", &PAIR);
    check_paths(
        &map,
        &[
            ("a", "b", 1, 1, 60, None),
            ("a", "c", 1, 1, 60, None),
            ("a", "e", 1, 1, 60, None),
            ("a", "z", 1, 0, 0, Some(60)),
            ("z", "b", 1, 1, 120, None),
        ],
    );
}

#[test]
fn logs_without_a_usable_event_end_with_exit_code_1() {
    let Some(folder) = public_log("apromore/lifecycle-xes") else { return };
    for name in [
        "Log-Logic/L1_1trace_empty_trace.xes",
        "Log-Logic/L1_empty_log.xes",
        "Process-Discoverer-Portal-Plugin/L1_1trace_1event_no_concept_name.xes",
    ] {
        let run = paydirt(&["check", text(&folder.join(name)), "--json"]);
        assert_eq!(run.code, 1, "{name}");
        assert_eq!(run.problem()["code"], "nothing_usable", "{name}");
    }
}

#[test]
fn a_log_without_transitions_cannot_be_paired() {
    let Some(file) = public_log("pm4py/running-example.csv") else { return };
    let run = paydirt(&["check", text(&file), "--json", "--lifecycle", "pair"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.problem()["code"], "column_role_missing");
}

#[test]
fn a_table_with_transitions_is_paired_by_its_instances() {
    let Some(file) = public_log("eventdatar/patients.csv") else { return };
    assert_eq!(ask(&file, "summary", &[])["events"], 5_442);
    let flags = [PAIR.as_slice(), &["--params", "{\"case\": \"1\"}"]].concat();
    let case = ask(&file, "case", &flags);
    assert_eq!(case["context"]["total"]["events"], 2_721);
    let row = |event: &Value| {
        let name = event["activity"].as_str().expect("a name").to_owned();
        (name, event["wait_s"].as_u64(), event["duration_s"].as_u64())
    };
    let rows: Vec<_> = list(&case, "events").iter().map(row).collect();
    let expected = [
        ("Registration", None, 3_507),
        ("Triage and Assessment", Some(0), 35_525),
        ("Blood test", Some(210_399), 20_123),
        ("MRI SCAN", Some(25_365), 15_431),
        ("Discuss Results", Some(108_206), 8_419),
        ("Check-out", Some(197_495), 9_362),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(name, wait, duration)| (name.to_owned(), wait, Some(duration)))
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn a_table_with_start_and_end_columns_equals_its_xes_but_for_the_starts() {
    let Some(csv) = public_log("pm4py/interval_event_log.csv") else { return };
    let Some(xes) = public_log("pm4py/interval_event_log.xes") else { return };
    for file in [&csv, &xes] {
        let answer = ask(file, "summary", &[]);
        let sizes = (&answer["cases"], &answer["events"], &answer["activities"]);
        assert_eq!(sizes, (&json!(1_266), &json!(8_109), &json!(8)), "{answer}");
    }
    // C1: every interval by hand from the file.
    let case = ask(&csv, "case", &["--params", "{\"case\": \"C1\"}"]);
    let times = |name: &str| -> Vec<Option<u64>> {
        list(&case, "events").iter().map(|event| event[name].as_u64()).collect()
    };
    assert_eq!(times("duration_s"), [163, 443, 296, 220, 4_673, 274].map(Some));
    let waits = [173_922, 717_964, 497_054, 81_838, 4_902].map(Some);
    assert_eq!(times("wait_s"), [&[None], waits.as_slice()].concat());
    assert_eq!(case["start"], "2015-01-05T09:00:07Z");
}
