//! Do neighbours, differences, comparison, workload, values on the map and groups of activities
//! equal what SQL finds in a public log?
//!
//! The figures were computed apart with DuckDB 2.0.0 from the same file (road traffic fines, de
//! Leoni and Mannhardt, 2015, doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5), with
//! windows over `PARTITION BY case_id ORDER BY timestamp, row` and `quantile_cont`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{ask, list, public_log, say};

fn traffic_fines() -> Option<PathBuf> {
    public_log("large/traffic_fines.derived.csv.gz")
}

#[track_caller]
fn found<'a>(rows: &'a [Value], field: &str, name: &Value) -> &'a Value {
    let row = rows.iter().find(|row| row[field] == *name);
    row.unwrap_or_else(|| panic!("{name} is not among {field}"))
}

#[test]
fn neighbours_of_an_activity_and_of_a_path() {
    let Some(log) = traffic_fines() else { return };
    let params = ["--params", "{\"activity\":\"Add penalty\"}"];
    let answer = ask(&log, "neighbours", &params);
    assert_eq!(
        [&answer["cases"], &answer["cases_with"], &answer["occurrences"]],
        [&json!(150_370), &json!(79_860), &json!(79_860)]
    );
    let before = [
        ("Insert Fine Notification", 72_334, 5_184_000, 5_184_000),
        ("Payment", 3_902, 2_937_600, 4_924_800),
        ("Insert Date Appeal to Prefecture", 2_933, 1_987_200, 4_147_200),
        ("Send Appeal to Prefecture", 347, 1_728_000, 4_008_960),
        ("Appeal to Judge", 281, 2_419_200, 5_011_200),
        ("Receive Result Appeal from Prefecture", 51, 1_123_200, 2_332_800),
        ("Notify Result Appeal to Offender", 12, 432_000, 846_720),
    ];
    let after = [
        ("Send for Credit Collection", 57_182, 42_163_200, 67_996_800),
        ("Payment", 18_621, 6_134_400, 35_596_800),
        ("Send Appeal to Prefecture", 2_915, 1_814_400, 87_402_240),
        ("Insert Date Appeal to Prefecture", 658, 604_800, 7_741_440),
        ("Receive Result Appeal from Prefecture", 351, 3_369_600, 7_689_600),
        ("Appeal to Judge", 80, 518_400, 16_778_880),
        ("Notify Result Appeal to Offender", 53, 6_048_000, 14_273_280),
    ];
    for (side, expected) in [("comes_from", before), ("goes_to", after)] {
        let row = |row: &Value| {
            let (wait, events) = (&row["wait_s"], &row["events"]);
            assert_eq!(*events, row["cases"]);
            json!([row["activity"], events, wait["median"], wait["p90"]])
        };
        let rows: Vec<Value> = list(&answer[side], "activities").iter().map(row).collect();
        assert_eq!(rows, expected.map(|(a, b, c, d)| json!([a, b, c, d])), "{side}");
        assert_eq!(answer[side]["none"], 0);
    }
    let params = ["--params", "{\"path\":{\"from\":\"Create Fine\",\"to\":\"Send Fine\"}}"];
    let answer = ask(&log, "neighbours", &params);
    assert_eq!(answer["occurrences"], 103_392);
    assert_eq!(answer["wait"]["duration_s"]["median"], 7_603_200);
    assert_eq!(answer["goes_to"]["none"], 20_385);
    let next = &list(&answer["goes_to"], "activities")[0];
    assert_eq!(
        (&next["events"], next["activity"].as_str().unwrap()),
        (&json!(79_594), "Insert Fine Notification")
    );
    say("59 figures about neighbours compared");
}

#[test]
fn values_on_the_map() {
    let Some(log) = traffic_fines() else { return };
    let params = r#"{"values":[{"attribute":"expense"},{"attribute":"paymentamount"}]}"#;
    let answer = ask(&log, "map", &["--params", params]);
    let sent = found(list(&answer, "activities"), "activity", &json!("Send Fine"));
    let expense = &sent["values"][0]["figures"][0];
    assert_eq!(sent["values"][0]["used"], 103_987);
    assert_eq!(
        ["sum", "min", "median", "max"].map(|name| expense[name].as_f64().unwrap()),
        [40_236_474.0, 0.0, 135.0, 5_088.0]
    );
    for (from, count, sum, median) in [
        ("Create Fine", 46_952, 22_529_202, 350),
        ("Add penalty", 18_621, 41_688_242, 825),
        ("Payment", 4_306, 6_646_490, 405),
    ] {
        let to_payment = |path: &&Value| path["from"] == from && path["to"] == "Payment";
        let path = list(&answer, "paths").iter().find(to_payment).expect("the path is there");
        let figures = &path["values"][1]["figures"][0];
        assert_eq!(
            json!([figures["count"], figures["sum"], figures["median"]]),
            json!([count, sum, median])
        );
    }
    say("14 figures about values compared");
}

#[test]
fn cases_sent_to_credit_collection_differ_from_the_rest() {
    let Some(log) = traffic_fines() else { return };
    let selection = r#"{"kind":"activity_contains","activities":["Send for Credit Collection"]}"#;
    let params = format!(
        "{{\"selection\":[{selection}],\"attributes\":[\"vehicleclass\",\"resource\"],\"limit\":1000}}"
    );
    let answer = ask(&log, "differences", &["--params", &params]);
    assert_eq!((&answer["selection"], &answer["rest"]), (&json!(59_013), &json!(91_357)));
    let attributes = list(&answer, "attributes");
    for (attribute, value, selection, rest) in [
        ("vehicleclass", "A", 57_141, 89_571),
        ("vehicleclass", "C", 1_274, 1_182),
        ("vehicleclass", "M", 596, 602),
        ("vehicleclass", "R", 2, 2),
        ("resource", "538", 4_088, 4_520),
        ("resource", "550", 3_319, 4_616),
        ("resource", "537", 2_764, 4_167),
    ] {
        let attribute = found(attributes, "name", &json!(attribute));
        let row = found(list(attribute, "values"), "value", &json!(value));
        assert_eq!((&row["selection"], &row["rest"]), (&json!(selection), &json!(rest)));
        assert_eq!(row["few"], selection + rest < 30);
    }
    say("16 figures about differences compared");
}

/// What SQL finds of an activity or a path: cases of A and of B, medians, difference of shares.
type OnBothSides = (i64, Option<i64>, i64, Option<i64>, f64);

#[track_caller]
fn is_as_found(row: &Value, duration: &str, (a, median_a, b, median_b, share): OnBothSides) {
    assert_eq!([&row["a"]["cases"], &row["b"]["cases"]], [&json!(a), &json!(b)], "{row}");
    assert_eq!(row["difference"]["share"].as_f64(), Some(share), "{row}");
    for (side, median) in [("a", median_a), ("b", median_b)] {
        assert_eq!(row[side][duration]["median"].as_i64(), median, "{side}: {row}");
    }
    let between = median_a.zip(median_b).map(|(a, b)| a - b);
    assert_eq!(row["difference"][duration]["median"].as_i64(), between, "{row}");
}

#[test]
fn cases_with_a_payment_compared_with_the_rest() {
    let Some(log) = traffic_fines() else { return };
    let params = r#"{"a":[{"kind":"activity_contains","activities":["Payment"]}]}"#;
    let answer = ask(&log, "comparison", &["--params", params]);
    assert_eq!([&answer["shared"], &answer["neither"]], [&json!(0), &json!(0)]);
    for (side, cases, events, variants, median, p90) in [
        ("a", 69_715, 214_531, 152, 777_600, 40_780_800),
        ("b", 80_655, 346_939, 79, 49_766_400, 82_339_200),
    ] {
        let (whole, duration) = (&answer[side], &answer[side]["case_duration_s"]);
        let found = json!([whole["cases"], whole["events"], whole["variants"]]);
        assert_eq!(found, json!([cases, events, variants]));
        assert_eq!(json!([duration["median"], duration["p90"]]), json!([median, p90]));
    }
    // All 70 paths, 35 of them in fewer than 30 cases of both sides.
    let paths = list(&answer, "paths");
    let few = paths.iter().filter(|row| row["difference"]["few"] == true).count();
    assert_eq!((paths.len(), few), (70, 35));
    let ranked = [
        ("Add penalty", "Send for Credit Collection"),
        ("Create Fine", "Payment"),
        ("Create Fine", "Send Fine"),
        ("Insert Fine Notification", "Add penalty"),
        ("Send Fine", "Insert Fine Notification"),
        ("Add penalty", "Payment"),
    ];
    let figures: [OnBothSides; 6] = [
        (588, Some(34_603_200), 56_594, Some(42_163_200), -0.693_246),
        (46_952, Some(432_000), 0, None, 0.673_485),
        (22_756, Some(7_689_600), 80_636, Some(7_603_200), -0.673_35),
        (15_224, Some(5_184_000), 57_110, Some(5_184_000), -0.489_703),
        (19_653, Some(1_123_200), 60_104, Some(1_382_400), -0.463_294),
        (18_621, Some(6_134_400), 0, None, 0.267_102),
    ];
    for ((row, ends), figures) in paths.iter().zip(ranked).zip(figures) {
        assert_eq!(json!([row["from"], row["to"]]), json!(ends));
        is_as_found(row, "duration_s", figures);
    }
    let activities = list(&answer, "activities");
    for (activity, figures) in [
        ("Payment", (69_715, Some(4_147_200), 0, None, 1.0)),
        ("Send for Credit Collection", (2_126, None, 56_887, Some(86_400_000), -0.674_817)),
        ("Send Fine", (23_332, Some(1_209_600), 80_655, Some(1_382_400), -0.665_323)),
        (
            "Notify Result Appeal to Offender",
            (438, Some(2_160_000), 458, Some(43_027_200), 0.000_604),
        ),
        ("Appeal to Judge", (254, Some(3_456_000), 301, Some(2_937_600), -0.000_089)),
    ] {
        is_as_found(found(activities, "activity", &json!(activity)), "wait_s", figures);
    }
    for (activity, a, b) in [("Payment", 67_201, 0), ("Send Fine", 363, 20_392)] {
        let end = found(list(&answer, "ends"), "activity", &json!(activity));
        assert_eq!([&end["a"]["cases"], &end["b"]["cases"]], [&json!(a), &json!(b)]);
    }
    say("82 figures about two sides compared");
}

#[test]
fn fines_of_two_years_compared() {
    let Some(log) = traffic_fines() else { return };
    let year = |year: u32| {
        let (from, to) = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
        json!([{"kind": "period", "mode": "starts", "from": from, "to": to}])
    };
    let params = json!({"a": year(2006), "b": year(2007)}).to_string();
    let answer = ask(&log, "comparison", &["--params", &params]);
    assert_eq!([&answer["shared"], &answer["neither"]], [&json!(0), &json!(123_966)]);
    let whole = |side: &str| {
        let (side, duration) = (&answer[side], &answer[side]["case_duration_s"]);
        json!([
            side["cases"],
            side["events"],
            side["variants"],
            duration["median"],
            duration["p90"]
        ])
    };
    assert_eq!(whole("a"), json!([15_114, 52_658, 82, 11_923_200, 88_560_000]));
    assert_eq!(whole("b"), json!([11_290, 39_440, 47, 11_059_200, 57_983_040]));
    let path = |from: &str, to: &str| {
        let rows = list(&answer, "paths").iter();
        let mut rows = rows.filter(|row| json!([row["from"], row["to"]]) == json!([from, to]));
        rows.next().expect("it is among the paths")
    };
    let collected = path("Add penalty", "Send for Credit Collection");
    let figures = (3_989, Some(67_046_400), 3_799, Some(40_089_600), -0.072_565);
    is_as_found(collected, "duration_s", figures);
    assert_eq!(collected["difference"]["few_times"], false);
    // In four cases of 2007: its share is ranked, its time is not.
    let paid = path("Insert Fine Notification", "Payment");
    is_as_found(paid, "duration_s", (360, Some(2_419_200), 4, Some(2_505_600), 0.023_465));
    let difference = &paid["difference"];
    assert_eq!([&difference["few"], &difference["few_times"]], [&json!(false), &json!(true)]);
    say("26 figures about two years compared");
}

#[test]
fn workload_by_year() {
    let Some(log) = traffic_fines() else { return };
    let params = r#"{"period":"year","attribute":"resource"}"#;
    let answer = ask(&log, "workload", &["--params", params]);
    // Events, cases, resources, and cases in hand at the end of the year.
    let expected = [
        [50_622, 15_336, 59, 10_436],
        [44_335, 16_627, 60, 16_716],
        [49_889, 25_405, 55, 12_419],
        [36_909, 17_496, 67, 10_538],
        [41_978, 22_019, 68, 8_378],
        [47_695, 20_824, 66, 13_328],
        [55_860, 26_314, 60, 12_764],
        [43_855, 21_753, 51, 10_881],
        [38_177, 16_258, 69, 15_223],
        [51_011, 25_964, 74, 11_117],
        [35_360, 16_754, 57, 9_053],
        [33_980, 13_095, 66, 12_897],
        [22_336, 13_828, 66, 5_483],
        [9_463, 7_023, 59, 0],
    ];
    let fields = ["events", "cases", "resources", "in_hand_at_end"];
    let row = |row: &Value| fields.map(|field| row[field].as_i64().unwrap());
    let years: Vec<[i64; 4]> = list(&answer, "periods").iter().map(row).collect();
    assert_eq!(years, expected);
    let resources = list(&answer, "resources");
    assert_eq!(json!([resources[0]["resource"], resources[0]["events"]]), json!([null, 410_545]));
    assert_eq!(json!([resources[1]["resource"], resources[1]["events"]]), json!(["538", 8_608]));
    let in_hand: Vec<i64> = list(found(resources, "resource", &json!("537")), "periods")
        .iter()
        .map(|row| row["in_hand_at_end"].as_i64().unwrap())
        .collect();
    assert_eq!(in_hand, [100, 12, 0, 0, 197, 259, 150, 164, 2, 16, 33, 10, 0]);
    say("73 figures about workload compared");
}

#[test]
fn activities_about_appeals_as_one() {
    let Some(log) = traffic_fines() else { return };
    let grouping = "{\"kind\":\"group_activities\",\"groups\":{\"Appeal\":[\"Appeal to Judge\",\
        \"Insert Date Appeal to Prefecture\",\"Send Appeal to Prefecture\",\
        \"Receive Result Appeal from Prefecture\",\"Notify Result Appeal to Offender\"]}}";
    let map = ask(&log, "map", &["--filter", grouping]);
    let is_of_group = |path: &&Value| path["from"] == "Appeal" || path["to"] == "Appeal";
    let row = |path: &Value| json!([path["from"], path["to"], path["events"], path["cases"]]);
    let rows: Vec<Value> =
        list(&map, "paths").iter().filter(is_of_group).take(8).map(row).collect();
    let expected = [
        ("Add penalty", "Appeal", 4_057, 4_057),
        ("Insert Fine Notification", "Appeal", 3_635, 3_635),
        ("Appeal", "Add penalty", 3_624, 3_624),
        ("Appeal", "Appeal", 2_859, 1_635),
        ("Appeal", "Payment", 531, 529),
        ("Appeal", "Send for Credit Collection", 293, 293),
        ("Send Fine", "Appeal", 175, 175),
        ("Appeal", "Insert Fine Notification", 29, 29),
    ];
    assert_eq!(rows, expected.map(|(a, b, c, d)| json!([a, b, c, d])));
    assert_eq!(ask(&log, "variants", &["--filter", grouping])["total"], 171);
    say("17 figures about a group compared");
}
