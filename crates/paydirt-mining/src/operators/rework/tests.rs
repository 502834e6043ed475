//! Rework on logs small enough to count by hand.

use crate::testing::{ask, ask_list, ask_log, with_auxiliary};
use expect_test::expect;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::Value;

/// Activity: cases, cases with repeat, repeats = self-loops + returns, most in a case.
fn lines(log: &str) -> Vec<String> {
    let answer: Value = serde_json::from_str(&ask(log, "rework", "{}")).unwrap();
    let list = answer["activities"].as_array().unwrap().iter();
    list.map(|row| {
        let number = |name: &str| row[name].to_string();
        format!(
            "{}: {} {} {}={}+{} {}",
            row["activity"].as_str().unwrap(),
            number("cases"),
            number("cases_with_repeat"),
            number("repeats"),
            number("self_loops"),
            number("returns"),
            number("most_in_case"),
        )
    })
    .collect()
}

#[test]
fn rework_counts_only_repeats_in_one_case() {
    assert_eq!(lines("a b\na b"), ["a: 2 0 0=0+0 1", "b: 2 0 0=0+0 1"]);
}

#[test]
fn self_loops_and_returns_make_the_repeats() {
    // Case 1: a repeats 3 times, twice directly; case 2: b returns once, a directly once.
    let log = "a a a b a\na a b c b";
    assert_eq!(lines(log), ["a: 2 2 4=3+1 4", "b: 2 1 1=0+1 2", "c: 1 0 0=0+0 1"]);
}

#[test]
fn more_cases_come_first_and_ties_go_by_name() {
    let log = "受注 見積\n見積 b\nb";
    assert_eq!(lines(log), ["b: 2 0 0=0+0 1", "見積: 2 0 0=0+0 1", "受注: 1 0 0=0+0 1"]);
}

#[test]
fn the_cases_with_most_repeats_are_listed() {
    let log = "x: a a a\ny: a b\nz: b b b\nw: a b a b";
    let rows = ask_list(log, "rework", r#"{"limit":3}"#, "/case_list");
    assert_eq!(
        rows,
        [
            r#"{"case":"w","events":4,"repeats":2,"self_loops":0,"returns":2,"rework_s":10800}"#,
            r#"{"case":"x","events":3,"repeats":2,"self_loops":2,"returns":0,"rework_s":7200}"#,
            r#"{"case":"z","events":3,"repeats":2,"self_loops":2,"returns":0,"rework_s":7200}"#,
        ]
    );
    let shorter = ask_list(log, "rework", r#"{"limit":2}"#, "/case_list");
    assert_eq!(shorter, rows[..2]);
    assert!(ask(log, "rework", r#"{"limit":10001}"#).contains("at most 10,000"));
}

#[test]
fn one_repeat_in_four_cases_is_a_quarter() {
    expect![[r#"{"cases":4,"events":5,"cases_with_rework":1,"share":0.25,"repeats":1,"rework_s":{"min":3600,"mean":3600,"median":3600,"p90":3600,"max":3600,"total":3600},"activities":[{"activity":"a","cases":4,"cases_with_repeat":1,"share_with_repeat":0.25,"repeats":1,"self_loops":1,"returns":0,"most_in_case":2,"again_s":{"min":3600,"mean":3600,"median":3600,"p90":3600,"max":3600,"total":3600}}],"case_list":[{"case":"c1","events":2,"repeats":1,"self_loops":1,"returns":0,"rework_s":3600}],"left_out":[],"method":"exact"}"#]]
    .assert_eq(&ask("a a\na ×3", "rework", "{}"));
}

#[test]
fn an_empty_log_has_no_rework() {
    expect![[r#"{"cases":0,"events":0,"cases_with_rework":0,"share":null,"repeats":0,"rework_s":null,"activities":[],"case_list":[],"left_out":[],"method":"exact"}"#]]
    .assert_eq(&ask("", "rework", "{}"));
}

#[test]
fn partitions_do_not_change_the_answer() {
    let lines: Vec<String> = (1..40).map(|n| format!("k{n}: a{}", " b a".repeat(n % 5))).collect();
    let text = lines.join("\n");
    let one = ask(&text, "rework", r#"{"limit":7}"#);
    let many = text_log::parse_with(&text, LogSpec::plain(), 6);
    assert_eq!(ask_log(&many, "rework", r#"{"limit":7}"#), one);
}

#[test]
fn time_that_several_activities_share_counts_once() {
    // Case 1: a from 0 to 3 h, b from 1 to 5 h: together 5 h. Case 2: a 0 to 1 h, b 4 to 9 h: 6 h.
    let log = "1: a@0h b@1h a@3h b@5h c@7h\n2: a@0h a@1h b@4h b@9h\n3: a b";
    let list = |pointer: &str| ask_list(log, "rework", "{}", pointer);
    assert_eq!(list("/rework_s/total"), ["39600"]);
    assert_eq!(list("/rework_s/median"), ["19800"]);
    assert_eq!(list("/case_list/0/rework_s"), ["18000"]);
    assert_eq!(list("/case_list/1/rework_s"), ["21600"]);
    // a: 3 h and 1 h; b: 4 h and 5 h; c never.
    assert_eq!(list("/activities/0/again_s/mean"), ["7200"]);
    assert_eq!(list("/activities/1/again_s/total"), ["32400"]);
    assert_eq!(list("/activities/2/again_s"), ["null"]);
}

#[test]
fn auxiliary_activities_are_left_out_unless_asked_for() {
    // Without the notes a directly follows a; with them it comes back.
    let log = with_auxiliary("1: a note a note@9h\n2: note note", &["note"]);
    let answer: Value = serde_json::from_str(&ask_log(&log, "rework", "{}")).unwrap();
    assert_eq!((&answer["events"], &answer["repeats"]), (&2.into(), &1.into()));
    assert_eq!(answer["cases_with_rework"], 1);
    assert_eq!(answer["activities"][0]["self_loops"], 1);
    assert_eq!(answer["left_out"][0]["events"], 4);
    let answer: Value =
        serde_json::from_str(&ask_log(&log, "rework", r#"{"auxiliary":true}"#)).unwrap();
    assert_eq!((&answer["events"], &answer["repeats"]), (&6.into(), &3.into()));
    assert_eq!(answer["activities"][0]["activity"], "note");
    assert_eq!(answer["activities"][1]["returns"], 1);
    assert_eq!(answer["left_out"], Value::Array(Vec::new()));
}
