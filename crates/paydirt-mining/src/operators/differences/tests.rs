//! Differences in logs small enough to count by hand.

use crate::testing::{ask, ask_list};
use expect_test::expect;

/// Four of five cases with b are EMEA, one of four others; case 9 has no region.
const LOG: &str = "1: a b | region=EMEA\n2: a b | region=EMEA\n3: a b | region=EMEA\n\
    4: a b | region=EMEA\n5: a b | region=APAC\n6: a | region=EMEA\n7: a | region=APAC\n\
    8: a | region=APAC\n9: a";
const WITH_B: &str = r#""selection":[{"kind":"activity_contains","activities":["b"]}]"#;

fn params(more: &str) -> String {
    format!("{{{WITH_B}{more}}}")
}

#[test]
fn shares_of_both_sides_are_compared() {
    // EMEA 4/5 = 0.8 against 1/4 = 0.25: +0.55, 3.2 times. APAC 1/5 against 2/4: −0.3, 0.4 times.
    // Blank 0/5 against 1/4: −0.25.
    let values = ask_list(LOG, "differences", &params(r#","few_cases":1"#), "/attributes/0/values");
    expect![[r#"
        {"value":"EMEA","selection":4,"rest":1,"selection_share":0.8,"rest_share":0.25,"difference":0.55,"ratio":3.2,"few":false}
        {"value":"APAC","selection":1,"rest":2,"selection_share":0.2,"rest_share":0.5,"difference":-0.3,"ratio":0.4,"few":false}
        {"value":null,"selection":0,"rest":1,"selection_share":0,"rest_share":0.25,"difference":-0.25,"ratio":0,"few":false}"#]]
    .assert_eq(&values.join("\n"));
    let of = |pointer: &str| ask_list(LOG, "differences", &params(r#","few_cases":1"#), pointer);
    assert_eq!(of("/selection"), ["5"]);
    assert_eq!(of("/attributes/0/selection_used"), ["5"]);
    assert_eq!(of("/attributes/0/rest_used"), ["3"]);
    assert_eq!(of("/attributes/0/largest"), ["0.55"]);
}

#[test]
fn what_rests_on_few_cases_is_not_ranked() {
    // Fewer than 30 on either side: nothing is; values come by cases.
    let answer = ask(LOG, "differences", &params(""));
    assert!(answer.contains(r#""few_cases":30,"ranked":false"#), "{answer}");
    assert!(answer.contains(r#""largest":null"#) && !answer.contains(r#""few":false"#));
    // From 3 cases on EMEA (5) and APAC (3) are ranked, the blank one is not.
    let params = params(r#","few_cases":3"#);
    let values = ask_list(LOG, "differences", &params, "/attributes/0/values");
    let few: Vec<bool> = values.iter().map(|row| row.contains(r#""few":true"#)).collect();
    assert_eq!(few, [false, false, true]);
}

#[test]
fn a_case_has_each_value_of_its_events_once() {
    // ann is in both selected cases (twice in one) and in one of two others.
    let log = "1: a/ann b/ann\n2: a/bob b/ann\n3: a/ann\n4: a";
    let values = ask_list(log, "differences", &params(r#","few_cases":1"#), "/attributes/0/values");
    let counts: Vec<&str> =
        values.iter().map(|row| row.split(",\"selection_share").next().unwrap()).collect();
    assert_eq!(
        counts,
        [
            r#"{"value":"ann","selection":2,"rest":1"#,
            r#"{"value":"bob","selection":1,"rest":0"#,
            r#"{"value":null,"selection":0,"rest":1"#,
        ]
    );
    assert!(values[1].contains(r#""ratio":null"#), "{}", values[1]);
}

#[test]
fn numbers_are_compared_in_ranges_and_by_their_middle() {
    // Selected 10 and 20, the rest 20 and 90: from 10 to 90 in at most 10 ranges of 10.
    let log = "1: a b | n=10\n2: a b | n=20\n3: a | n=20\n4: a | n=90";
    let of = |pointer: &str| ask_list(log, "differences", &params(r#","few_cases":1"#), pointer);
    assert_eq!(of("/attributes/0/medians"), [r#"{"selection":15,"rest":55}"#]);
    let values = of("/attributes/0/values");
    // One of two on either side is from 20 to 30: no difference.
    let starts: Vec<&str> =
        values.iter().map(|row| row.split(",\"selection_share").next().unwrap()).collect();
    assert_eq!(
        starts,
        [
            r#"{"from":10,"to":20,"selection":1,"rest":0"#,
            r#"{"from":90,"to":100,"selection":0,"rest":1"#,
        ]
    );
}

#[test]
fn amounts_are_compared_within_their_currency() {
    let log = "1: a b | paid=10EUR\n2: a | paid=10USD\n3: a b";
    let of = |pointer: &str| ask_list(log, "differences", &params(r#","few_cases":1"#), pointer);
    assert_eq!(
        of("/attributes/0/medians"),
        [
            r#"{"currency":"EUR","selection":10,"rest":null}"#,
            r#"{"currency":"USD","selection":null,"rest":10}"#
        ]
    );
    assert_eq!(of("/attributes/0/values").len(), 3);
}

#[test]
fn what_names_cases_comes_after_what_names_kinds() {
    // Half of the cases have b, each but four or eight with an id of its own, and are EMEA; no
    // other has an id, and three of ten of them are EMEA. The blank id differs by more than the
    // regions.
    let log = |cases: u32| {
        let lines = (0..cases).map(|case| {
            let rest = if case % 10 < 3 { "EMEA" } else { "APAC" };
            match case < cases / 2 {
                true if case < cases / 10 => format!("{case}: a b | region=EMEA"),
                true => format!("{case}: a b | region=EMEA id=n{case}"),
                false => format!("{case}: a | region={rest}"),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let names = |cases: u32| {
        let params = params(r#","few_cases":5"#);
        let rows = ask_list(&log(cases), "differences", &params, "/attributes");
        let name = |row: &String| row.split('"').nth(3).unwrap().to_owned();
        rows.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(40), ["id", "region"], "17 values, the blank one included");
    assert_eq!(names(80), ["region", "id"], "33 values");
}

#[test]
fn attributes_come_by_their_largest_difference() {
    let log = "1: a b | x=1 y=u won=true\n2: a b | x=1 y=v won=true\n3: a | x=1 y=u won=false\n\
        4: a | x=1 y=u won=false";
    let list = ask_list(log, "differences", &params(r#","few_cases":1"#), "/attributes");
    let name = |line: &String| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{} {}", value["name"], value["largest"])
    };
    let names: Vec<String> = list.iter().map(name).collect();
    // All with b are won and no other: that says who is selected.
    assert_eq!(names, [r#""y" 0.5"#, r#""x" 0"#, r#""won" 1"#]);
    let values: Vec<usize> = list
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|one| one["values"].as_array().unwrap().len())
        .collect();
    assert_eq!(values, [2, 0, 2], "every case has the same x");
}

#[test]
fn values_beyond_the_limit_and_numbers_of_events_are_said() {
    let params = params(r#","few_cases":1,"limit":1"#);
    assert_eq!(ask_list(LOG, "differences", &params, "/attributes/0/other_values"), ["2"]);
    let left_out = ask_list("a{cost=1} b", "differences", &params, "/left_out");
    assert_eq!(left_out, [r#"{"name":"cost","level":"event","why":"numbers_of_events"}"#]);
}

#[test]
fn without_a_selection_there_is_no_rest() {
    let answer = ask("1: a | x=u", "differences", r#"{"few_cases":0}"#);
    assert!(answer.contains(r#""cases":1,"selection":1,"rest":0,"#), "{answer}");
    assert!(answer.contains(r#""ranked":false"#), "{answer}");
    assert!(answer.contains(r#""rest_share":null,"difference":null,"ratio":null"#), "{answer}");
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |params: &str| ask("a b | x=u", "differences", params);
    let events = r#"{"selection":[{"kind":"event_activity","activities":["a"]}]}"#;
    assert!(refused(events).contains("filters of cases"));
    assert!(refused(r#"{"selection":[{"kind":"z"}]}"#).contains("\"z\" is not a kind of filter"));
    assert!(refused(r#"{"attributes":["z"]}"#).contains("no attribute \"z\""));
    assert!(refused(r#"{"limit":1001}"#).contains("at most 1,000"));
    let many = [r#"{"kind":"repeats"}"#; 51].join(",");
    assert!(refused(&format!(r#"{{"selection":[{many}]}}"#)).contains("at most 50"));
}
