//! Handovers on logs small enough to count by hand.

use crate::testing::{ask, ask_log};
use expect_test::expect;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::Value;

/// From → to: handovers in cases, median wait, and a mark for work that stays.
fn pairs(log: &str, params: &str) -> Vec<String> {
    let answer: Value = serde_json::from_str(&ask(log, "handovers", params)).unwrap();
    let rows = answer["pairs"].as_array().unwrap().iter();
    rows.map(|row| {
        let name = |end: &str| row[end].as_str().unwrap_or("–").to_owned();
        let same = if row["same"] == true { " same" } else { "" };
        let (count, cases, median) = (&row["handovers"], &row["cases"], &row["wait_s"]["median"]);
        format!("{}→{}: {count} in {cases}, {median}{same}", name("from"), name("to"))
    })
    .collect()
}

#[test]
fn work_goes_from_resource_to_resource() {
    // Case 1: ann→bob 1 h, bob→bob 1 h, bob→ann 1 h; case 2: ann→bob 3 h, bob→ann 1 h.
    let log = "a/ann b/bob c/bob d/ann\na/ann b@+3h/bob c/ann";
    assert_eq!(
        pairs(log, "{}"),
        ["ann→bob: 2 in 2, 7200", "bob→ann: 2 in 2, 3600", "bob→bob: 1 in 1, 3600 same"]
    );
}

#[test]
fn a_missing_resource_is_a_value_and_comes_last() {
    let log = "a/ann b c d/ann\na b/山田";
    assert_eq!(
        pairs(log, "{}"),
        ["ann→–: 1 in 1, 3600", "–→ann: 1 in 1, 3600", "–→山田: 1 in 1, 3600", "–→–: 1 in 1, 3600",]
    );
    let answer = ask(log, "handovers", "{}");
    expect![[r#"{"attribute":"resource","cases":2,"events":6,"missing_events":3,"handovers":4,"known_handovers":0,"same_handovers":0,"total":4,"#]]
    .assert_eq(&answer[..answer.find("\"pairs\"").unwrap()]);
    let resources = r#""resource_total":3,"resources":[{"resource":null,"events":3,"cases":2},{"resource":"ann","events":2,"cases":1},{"resource":"山田","events":1,"cases":1}]"#;
    assert!(answer.contains(resources), "{answer}");
}

#[test]
fn a_pair_twice_in_a_case_is_one_case() {
    let log = "a/x b/y c/x d/y";
    assert_eq!(pairs(log, "{}"), ["x→y: 2 in 1, 3600", "y→x: 1 in 1, 3600"]);
    assert_eq!(pairs(log, r#"{"limit":1}"#), ["x→y: 2 in 1, 3600"]);
    assert!(ask(log, "handovers", r#"{"limit":1}"#).contains(r#""total":2"#));
    assert!(pairs(log, r#"{"limit":0}"#).is_empty());
}

#[test]
fn overlaps_are_apart_from_waits() {
    // b starts 1 h before a ends.
    let answer = ask("a@0h~2h/x b@1h~3h/y", "handovers", "{}");
    let row = r#"{"from":"x","to":"y","same":false,"handovers":1,"cases":1,"wait_s":null,"overlaps":1,"overlap_s":3600}"#;
    assert!(answer.contains(row), "{answer}");
}

#[test]
fn any_text_attribute_can_say_who() {
    let log = "a{team=red} b{team=blue}";
    assert_eq!(pairs(log, r#"{"attribute":"team"}"#), ["red→blue: 1 in 1, 3600"]);
    // The cases' own attribute: the work stays.
    let log = "a b | owner=ann";
    assert_eq!(pairs(log, r#"{"attribute":"owner"}"#), ["ann→ann: 1 in 1, 3600 same"]);
}

#[test]
fn without_resources_the_answer_says_what_is_missing() {
    let refused = ask("a b", "handovers", "{}");
    assert!(refused.contains("no resource column"), "{refused}");
    let refused = ask("a{n=1} b", "handovers", r#"{"attribute":"n"}"#);
    assert!(refused.contains("holds no text"), "{refused}");
    let refused = ask("a/x", "handovers", r#"{"limit":10001}"#);
    assert!(refused.contains("at most 10,000"), "{refused}");
}

#[test]
fn one_event_is_no_handover_and_an_empty_log_has_none() {
    expect![[r#"{"attribute":"resource","cases":1,"events":1,"missing_events":0,"handovers":0,"known_handovers":0,"same_handovers":0,"total":0,"pairs":[],"resource_total":1,"resources":[{"resource":"x","events":1,"cases":1}],"left_out":[],"method":"exact"}"#]]
    .assert_eq(&ask("a/x", "handovers", "{}"));
    assert!(ask("", "handovers", "{}").contains("no resource column"));
}

#[test]
fn partitions_do_not_change_the_answer() {
    let text = "a/p b/q c/p ×9\na b/q@+5u c/r ×5\nx/r@1h~2h y/q@90m~3h ×4";
    let one = ask(text, "handovers", "{}");
    let many = text_log::parse_with(text, LogSpec::plain(), 7);
    assert_eq!(ask_log(&many, "handovers", "{}"), one);
}
