//! Are the small logs that come with the program read as they were meant? Figures by hand.

use serde_json::{Value, json};

use crate::support::{ask, body, check, kinds, list, shipped};

/// Flags of the log in Shift_JIS for tests that are not about finding the encoding.
pub(crate) const SHIFT_JIS: [&str; 2] = ["--encoding", "shift_jis"];

#[test]
fn french_orders_have_semicolons_decimal_commas_and_day_first_dates() {
    let file = shipped("commandes.csv");
    let expected = json!({
        "cases": 4, "events": 18, "activities": 6, "variants": 3,
        "first_event_at": "2024-01-02T09:00:00Z", "last_event_at": "2024-04-02T10:00:00Z",
        "case_duration_s": {
            "min": 55_800, "mean": 4_014_000, "median": 4_324_500, "p90": 6_624_900,
            "max": 7_351_200, "total": 16_056_000
        },
        "method": "exact"
    });
    assert_eq!(body(ask(&file, "summary", &[])), expected);
    let report = check(&file, &[]);
    assert_eq!(report["rows_read"], 20);
    assert_eq!(report["rows_refused"], 2);
    assert_eq!(kinds(&report), ["bad-time", "blank-case"]);
    let bad_time = &report["problems"][0]["examples"][0];
    assert_eq!(bad_time["row"], 18);
    assert_eq!(bad_time["value"], "31/02/2024 09:00");
    let amounts = ask(&file, "attributes", &["--params", "{\"attributes\": [\"Montant\"]}"]);
    let amount = &list(&amounts, "attributes")[0];
    assert_eq!(amount["level"], "case");
    assert_eq!(amount["type"], "decimal", "{amount}");
    assert_eq!((&amount["used"], &amount["blanks"]), (&json!(3), &json!(1)));
}

/// The clock went forward on 31 March: the case that ends in April lasted an hour less.
#[test]
fn french_orders_in_their_zone_lose_the_hour_of_summer_time() {
    let answer = ask(&shipped("commandes.csv"), "summary", &["--tz", "Europe/Paris"]);
    assert_eq!(answer["first_event_at"], "2024-01-02T08:00:00Z");
    assert_eq!(answer["last_event_at"], "2024-04-02T08:00:00Z");
    assert_eq!(answer["case_duration_s"]["total"], 16_056_000 - 3_600);
    assert_eq!(answer["context"]["time_zone"], "Europe/Paris");
}

#[test]
fn french_orders_of_one_instant_keep_the_order_of_the_file() {
    let answer = ask(&shipped("commandes.csv"), "map", &[]);
    let path = path(&answer, "Expédier", "Facturer");
    assert_eq!(path["events"], 3);
    assert_eq!(path["duration_s"]["min"], 0);
    assert!(
        list(&answer, "paths")
            .iter()
            .all(|path| path["from"] != "Facturer" || path["to"] == "Encaisser")
    );
}

#[test]
fn japanese_orders_are_read_in_shift_jis_and_their_zone() {
    let file = shipped("juchu.shift_jis.csv");
    let flags = [SHIFT_JIS.as_slice(), &["--tz", "Asia/Tokyo"]].concat();
    let expected = json!({
        "cases": 3, "events": 10, "activities": 5, "variants": 3,
        "first_event_at": "2024-04-01T00:30:00Z", "last_event_at": "2024-04-30T08:00:00Z",
        "case_duration_s": {
            "min": 62_100, "mean": 1_679_700, "median": 2_444_400, "p90": 2_514_960,
            "max": 2_532_600, "total": 5_039_100
        },
        "method": "exact"
    });
    assert_eq!(body(ask(&file, "summary", &flags)), expected);
    let rework = ask(&file, "rework", &flags);
    let repeated: Vec<&Value> =
        list(&rework, "activities").iter().filter(|row| row["repeats"] != 0).collect();
    assert_eq!(repeated.len(), 1);
    assert_eq!(repeated[0]["activity"], "受注");
    // 表 and ソ end in the byte of the backslash, 能 too.
    let map = ask(&file, "map", &flags);
    assert_eq!(path(&map, "受注", "表示確認")["events"], 1);
}

#[test]
fn shift_jis_is_found_from_the_bytes() {
    let report = check(&shipped("juchu.shift_jis.csv"), &[]);
    let readings = list(&report, "readings");
    assert!(readings.iter().any(|reading| reading == "encoding: Shift_JIS"), "{readings:?}");
    assert_eq!(report["events"], 10);
}

#[test]
fn loans_hold_every_event_and_count_the_empty_trace() {
    let file = shipped("loans.xes");
    let expected = json!({
        "cases": 3, "events": 13, "activities": 3, "variants": 3,
        "first_event_at": "2024-03-01T08:00:00Z", "last_event_at": "2024-03-05T12:00:00Z",
        "case_duration_s": {
            "min": 3_600, "mean": 123_600, "median": 7_200, "p90": 289_440, "max": 360_000,
            "total": 370_800
        },
        "method": "exact"
    });
    assert_eq!(body(ask(&file, "summary", &[])), expected);
    assert_eq!(check(&file, &[])["empty_cases"], 1);
}

#[test]
fn loans_by_their_classifier_have_names_with_states() {
    let answer = ask(&shipped("loans.xes"), "activities", &["--classifier", "Step and state"]);
    let names: Vec<&str> =
        list(&answer, "activities").iter().filter_map(|row| row["activity"].as_str()).collect();
    assert_eq!(
        names,
        ["Check+start", "Decide+complete", "Check+complete", "Decide+start", "Pay+complete"]
    );
}

/// Starts and completes are paired by activity and instance; instances stand by their end. In L2
/// the second check (01:10–02:00) comes before the first (01:00–02:30), which the decision
/// (02:20–03:00) overlaps by ten minutes.
#[test]
fn loans_paired_give_waits_and_overlaps() {
    let file = shipped("loans.xes");
    let map = ask(&file, "map", &["--lifecycle", "pair"]);
    assert_eq!(map["context"]["total"]["events"], 8);
    let again = path(&map, "Check", "Check");
    assert_eq!((&again["overlaps"], &again["overlap_s"]), (&json!(1), &json!(3_600)));
    assert_eq!(again["duration_s"], Value::Null);
    let decided = path(&map, "Check", "Decide");
    assert_eq!(decided["events"], 3);
    assert_eq!((&decided["overlaps"], &decided["overlap_s"]), (&json!(1), &json!(600)));
    assert_eq!(
        (&decided["duration_s"]["min"], &decided["duration_s"]["max"]),
        (&json!(3_600), &json!(253_800))
    );
    assert_eq!(path(&map, "Decide", "Pay")["duration_s"]["total"], 99_600);
    let report = check(&file, &["--lifecycle", "pair"]);
    let reading = list(&report, "readings").last().expect("the pairing is told").to_string();
    assert!(reading.contains("1 start and 2 completes without partner"), "{reading}");
}

/// The check of L3 begins and never ends: how long it took is not known, so it is not zero.
#[test]
fn a_start_without_end_has_no_duration() {
    let map = ask(&shipped("loans.xes"), "map", &["--lifecycle", "pair"]);
    let checks = &list(&map, "activities")[0];
    assert_eq!(checks["activity"], "Check");
    assert_eq!(
        checks["duration_s"],
        json!({
            "min": 3_000, "mean": 4_600, "median": 5_400, "p90": 5_400, "max": 5_400,
            "total": 13_800
        })
    );
}

/// The path of a map between two activities.
#[track_caller]
pub(crate) fn path<'a>(map: &'a Value, from: &str, to: &str) -> &'a Value {
    list(map, "paths")
        .iter()
        .find(|path| path["from"] == from && path["to"] == to)
        .unwrap_or_else(|| panic!("there is no path {from} → {to}"))
}
