//! Do pages of cases, rework times, handovers, declared ends and the happy path equal what SQL
//! finds in public logs?
//!
//! The figures were computed apart with DuckDB 2.0.0 from the same files: road traffic fines (de
//! Leoni and Mannhardt, 2015, doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5) and hospital
//! billing (Mannhardt, 2017, doi 10.4121/uuid:76c46b83-c930-4798-a1c9-4be94dfeb741), with windows
//! over `PARTITION BY case_id ORDER BY timestamp, row` and `quantile_cont`; rework times of cases
//! by joining the spans of their activities in Python.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{ask, list, public_log, say};

fn traffic_fines() -> Option<PathBuf> {
    public_log("large/traffic_fines.derived.csv.gz")
}

fn hospital_billing() -> Option<PathBuf> {
    public_log("large/hospital_billing.derived.csv.gz")
}

fn asked(log: &Path, question: &str, params: &Value) -> Value {
    ask(log, question, &["--params", &params.to_string()])
}

fn kept(log: &Path, filter: &Value) -> u64 {
    let answer = ask(log, "summary", &["--filter", &filter.to_string()]);
    answer["cases"].as_u64().expect("a summary counts cases")
}

#[test]
fn any_page_of_150_370_cases_can_be_asked_for() {
    let Some(log) = traffic_fines() else { return };
    let whole = asked(&log, "cases", &json!({"limit": 1, "marks": 1000}));
    assert_eq!(whole["total"], 150_370);
    let marks = list(&whole, "marks");
    assert_eq!(marks.len(), 150);
    let at = |position: u64| {
        let step = (position - 1) / 1000;
        let mark = step
            .checked_sub(1)
            .map_or(Value::Null, |idx| marks[usize::try_from(idx).expect("marks are few")].clone());
        let params = json!({"after": mark, "offset": (position - 1) % 1000, "limit": 1,
            "ranks": true, "attributes": []});
        let page = asked(&log, "cases", &params);
        let row = &list(&page, "cases")[0];
        assert_eq!(row["position"], position);
        (row.clone(), page["next"].clone())
    };
    for (position, id, duration_s, rank, variant_cases) in [
        (1, "V3904", 377_740_800, None, 0),
        (10_001, "S145883", 77_673_600, Some(1), 56_482),
        (100_001, "S176197", 5_184_000, Some(2), 46_371),
        (123_456, "A10328", 432_000, Some(2), 46_371),
        (150_370, "V6872", 0, None, 0),
    ] {
        let (row, next) = at(position);
        assert_eq!(json!([row["case"], row["duration_s"]]), json!([id, duration_s]));
        if let Some(rank) = rank {
            let standing = json!([row["variant_rank"], row["variant_cases"]]);
            assert_eq!(standing, json!([rank, variant_cases]), "{id}");
        }
        assert_eq!(next.is_null(), position == 150_370);
    }
    say("16 figures about pages of cases compared");
}

#[test]
fn rework_takes_time() {
    let Some(log) = traffic_fines() else { return };
    let answer = asked(&log, "rework", &json!({}));
    let times = ["median", "total", "max"].map(|name| answer["rework_s"][name].clone());
    assert_eq!(answer["cases_with_rework"], 7_542);
    assert_eq!(times, [json!(6_134_400), json!(73_954_080_000_i64), json!(103_593_600)]);
    let Some(log) = hospital_billing() else { return };
    let answer = asked(&log, "rework", &json!({}));
    // What several activities share counts once: their times alone add up to 146,692,186,207 s.
    let times = ["median", "total", "max"].map(|name| answer["rework_s"][name].clone());
    assert_eq!(answer["cases_with_rework"], 8_727);
    assert_eq!(times, [json!(2_939_154), json!(81_273_807_768_i64), json!(73_411_226)]);
    for (name, cases, repeats, median, total) in [
        ("CODE OK", 3_653, 4_186, 6_313_265, 53_399_850_988_i64),
        ("RELEASE", 3_329, 3_831, 3_053_151, 27_835_915_343),
        ("FIN", 3_190, 3_732, 2_323_993, 23_459_983_412),
        ("CHANGE DIAGN", 2_871, 3_137, 1_215_705, 6_681_438_356),
        ("BILLED", 2_197, 2_594, 5_472_384, 25_137_459_100),
        ("REOPEN", 458, 585, 1_206_405, 2_054_035_922),
    ] {
        let is_it = |row: &&Value| row["activity"] == name;
        let row = list(&answer, "activities").iter().find(is_it).expect("it is repeated");
        let again = &row["again_s"];
        assert_eq!(
            json!([row["cases_with_repeat"], row["repeats"], again["median"], again["total"]]),
            json!([cases, repeats, median, total]),
            "{name}"
        );
    }
    say("32 figures about rework compared");
}

#[test]
fn work_is_handed_over() {
    let Some(log) = hospital_billing() else { return };
    let answer = asked(&log, "handovers", &json!({}));
    for (from, to, handovers, cases) in [
        (Some("ResA"), None, 66_657, 65_265),
        (None, None, 94_792, 64_405),
        (None, Some("ResB"), 54_749, 54_126),
        (Some("ResIA"), None, 1_963, 1_933),
    ] {
        let is_it = |row: &&Value| json!([row["from"], row["to"]]) == json!([from, to]);
        let pair = list(&answer, "pairs").iter().find(is_it).expect("it happens");
        assert_eq!(json!([pair["handovers"], pair["cases"]]), json!([handovers, cases]));
        assert_eq!(kept(&log, &json!({"kind": "handover", "from": [from], "to": [to]})), cases);
    }
    let Some(log) = traffic_fines() else { return };
    assert_eq!(kept(&log, &json!({"kind": "handover", "from": ["561"]})), 4_043);
    assert_eq!(kept(&log, &json!({"kind": "handover", "from": ["561"], "to": [null]})), 4_043);
    assert_eq!(kept(&log, &json!({"kind": "handover", "from": [null], "to": [null]})), 83_604);
    say("15 figures about handovers compared");
}

#[test]
fn work_has_its_hours() {
    let Some(log) = hospital_billing() else { return };
    let answer = asked(&log, "workload", &json!({"hours": true, "period": "year"}));
    let at = |of: &Value, weekday: u64, hour: u64| {
        let is_it = |row: &&Value| row["weekday"] == weekday && row["hour"] == hour;
        list(of, "hours").iter().find(is_it).map(|row| row["events"].clone())
    };
    for (weekday, events) in (1..=7).zip([7_823, 7_928, 7_779, 7_917, 7_764, 8_070, 7_890]) {
        assert_eq!(at(&answer, weekday, 5), Some(json!(events)), "{weekday}");
    }
    let is_it = |row: &&Value| row["resource"] == "ResB";
    let one = list(&answer, "resources").iter().find(is_it).expect("ResB works");
    for (weekday, hour, events) in
        [(5, 12, 756), (2, 12, 702), (6, 12, 698), (4, 12, 697), (4, 0, 692), (7, 12, 692)]
    {
        assert_eq!(at(one, weekday, hour), Some(json!(events)), "{weekday} {hour}");
    }
    say("13 figures about hours compared");
}

#[test]
fn declared_ends_are_known_to_filters_and_ages() {
    let Some(log) = traffic_fines() else { return };
    let ends = json!(["Payment", "Send for Credit Collection"]);
    let answer = asked(&log, "throughput", &json!({"ends": ends, "period": "year"}));
    assert_eq!(json!([answer["open"], answer["completed"]]), json!([23_768, 126_602]));
    let ages = ["p25", "median", "p90", "min", "max", "total"];
    assert_eq!(
        ages.map(|name| answer["open_age_s"][name].as_i64().expect("whole seconds")),
        [127_180_800, 207_964_800, 350_611_200, 1_296_000, 424_569_600, 4_918_537_123_200]
    );
    let binned = list(&answer, "open_ages").iter().map(|bin| bin["cases"].as_u64());
    assert_eq!(binned.sum::<Option<u64>>(), Some(23_768));
    let in_2005 = |mode: &str| {
        json!({"kind": "period", "mode": mode, "ends": ends,
            "from": "2005-01-01T00:00:00Z", "to": "2006-01-01T00:00:00Z"})
    };
    assert_eq!(kept(&log, &in_2005("ends")), 7_372);
    assert_eq!(kept(&log, &in_2005("active")), 29_376);
    let day = 86_400;
    let quick = json!({"kind": "duration", "ends": ends, "max_s": 30 * day});
    assert_eq!(kept(&log, &quick), 42_675);
    let old = json!({"kind": "duration", "ends": ends, "open": true, "min_s": 365 * day,
        "max_s": 1095 * day});
    assert_eq!(kept(&log, &old), 2_397);
    say("13 figures about declared ends compared");
}

#[test]
fn the_happy_path_is_the_main_road() {
    let Some(log) = traffic_fines() else { return };
    let answer = asked(&log, "variants", &json!({"happy_path": true, "limit": 0}));
    // Links by events: Create Fine → Send Fine 103,392 → Insert Fine Notification 79,757 → Add
    // penalty 72,334 → Send for Credit Collection 57,182; the straight way to Payment has 46,952.
    let path = &answer["happy_path"];
    assert_eq!(
        json!([path["rank"], path["cases"], path["activities"]]),
        json!([
            1,
            56_482,
            [
                "Create Fine",
                "Send Fine",
                "Insert Fine Notification",
                "Add penalty",
                "Send for Credit Collection"
            ]
        ])
    );
    say("3 figures about the happy path compared");
}
