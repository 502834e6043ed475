//! Workloads small enough to count by hand.

use crate::testing::{ask, ask_list, ask_log};
use expect_test::expect;
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;

/// January has 31 days: @31d is 1 February, @60d 1 March 2024.
const LOG: &str = "1: a@0d/ann b@1d/ann c@60d/bob\n2: a@2d/ann b@31d/bob\n3: a@40d";

#[test]
fn work_is_counted_by_resource_and_period() {
    // ann: three events in January; at its end she has both cases in hand. Case 1 stays with her
    // until 1 March, case 2 goes to bob on 1 February and ends there.
    let rows = ask_list(LOG, "workload", "{}", "/resources");
    expect![[r#"
        {"resource":"ann","events":3,"share":0.5,"cases":2,"first":"2024-01-01T00:00:00Z","last":"2024-01-03T00:00:00Z","processing_events":0,"periods":[{"date":"2024-01-01","events":3,"cases":2,"in_hand_at_end":2},{"date":"2024-02-01","events":0,"cases":0,"in_hand_at_end":1}]}
        {"resource":"bob","events":2,"share":0.333333,"cases":2,"first":"2024-02-01T00:00:00Z","last":"2024-03-01T00:00:00Z","processing_events":0,"periods":[{"date":"2024-02-01","events":1,"cases":1,"in_hand_at_end":0},{"date":"2024-03-01","events":1,"cases":1,"in_hand_at_end":0}]}
        {"resource":null,"events":1,"share":0.166667,"cases":1,"first":"2024-02-10T00:00:00Z","last":"2024-02-10T00:00:00Z","processing_events":0,"periods":[{"date":"2024-02-01","events":1,"cases":1,"in_hand_at_end":0}]}"#]]
    .assert_eq(&rows.join("\n"));
    let periods = ask_list(LOG, "workload", "{}", "/periods");
    expect![[r#"
        {"date":"2024-01-01","start":"2024-01-01T00:00:00Z","events":3,"cases":2,"resources":1,"in_hand_at_end":2}
        {"date":"2024-02-01","start":"2024-02-01T00:00:00Z","events":2,"cases":2,"resources":2,"in_hand_at_end":1}
        {"date":"2024-03-01","start":"2024-03-01T00:00:00Z","events":1,"cases":1,"resources":1,"in_hand_at_end":0}"#]]
    .assert_eq(&periods.join("\n"));
    assert_eq!(ask_list(LOG, "workload", "{}", "/missing_events"), ["1"]);
}

#[test]
fn the_resources_that_are_not_listed_are_added_up() {
    // bob: an event in February and one in March; the missing one is listed and takes no place.
    let names = ask_list(LOG, "workload", r#"{"limit":1}"#, "/resources");
    assert!(names.len() == 2 && names[1].starts_with(r#"{"resource":null,"#), "{names:?}");
    let rest = ask_list(LOG, "workload", r#"{"limit":1}"#, "/rest");
    expect![[r#"{"resources":1,"events":2,"share":0.333333,"processing_events":0,"periods":[{"date":"2024-02-01","events":1,"in_hand_at_end":0},{"date":"2024-03-01","events":1,"in_hand_at_end":0}]}"#]]
    .assert_eq(&rest[0]);
    assert!(!ask(LOG, "workload", "{}").contains(r#""rest""#));
    assert_eq!(ask_list(LOG, "workload", r#"{"limit":1}"#, "/resource_total"), ["3"]);
}

#[test]
fn work_time_is_that_of_what_was_completed() {
    // 2 h completed on the first day, 3 h of work on the second that began on the first.
    let log = "a@0h~2h/ann b@22h~25h/ann c@26h/ann";
    let params = r#"{"period":"day"}"#;
    let work = |pointer: &str| ask_list(log, "workload", params, pointer);
    assert_eq!(work("/resources/0/processing_s"), ["18000"]);
    assert_eq!(work("/resources/0/processing_events"), ["2"]);
    assert_eq!(work("/resources/0/periods/0/processing_s"), ["7200"]);
    assert_eq!(work("/resources/0/periods/1/processing_s"), ["10800"]);
    assert_eq!(work("/periods/1/processing_s"), ["10800"]);
}

#[test]
fn days_are_those_of_the_log() {
    // 23:30 UTC on 1 January is 2 January in Paris.
    let spec =
        LogSpec { time_zone: TimeZoneName::parse("Europe/Paris").unwrap(), ..LogSpec::plain() };
    let log = text_log::parse_with("a@2024-01-01T23:30:00Z/ann", spec, 1);
    let answer = ask_log(&log, "workload", r#"{"period":"day"}"#);
    assert!(answer.contains(r#"[{"date":"2024-01-02","events":1"#), "{answer}");
}

#[test]
fn any_text_attribute_can_say_who() {
    let log = "1: a b | team=x\n2: a | team=y";
    let of = |pointer: &str| ask_list(log, "workload", r#"{"attribute":"team"}"#, pointer);
    assert_eq!(of("/resources/0/resource"), [r#""x""#]);
    assert_eq!(of("/resources/0/events"), ["2"]);
}

#[test]
fn what_cannot_be_is_refused() {
    assert!(ask("a b", "workload", "{}").contains("no resource column"));
    assert!(ask("a{n=1}", "workload", r#"{"attribute":"n"}"#).contains("holds no text"));
    assert!(ask("a/x", "workload", r#"{"limit":1001}"#).contains("at most 1,000"));
    let names: Vec<String> = (0..30).map(|name| format!("a/n{name}")).collect();
    let log = format!("{}\na@2010-01-01T00:00:00Z/x a@2035-01-01T00:00:00Z/x", names.join("\n"));
    let refused = ask(&log, "workload", r#"{"period":"day","limit":100}"#);
    assert!(refused.contains("at most 200,000 are"), "{refused}");
}

#[test]
fn events_are_counted_by_day_of_the_week_and_local_hour() {
    // 1 January 2024 is a Monday. In Tokyo 20 h UTC is 5 h on Tuesday.
    let text = "1: a@0h/ann b@20h/ann c@6d/ann\n2: a@30m/bob";
    let spec =
        LogSpec { time_zone: TimeZoneName::parse("Asia/Tokyo").unwrap(), ..LogSpec::plain() };
    let log = text_log::parse_with(text, spec, 1);
    let answer = ask_log(&log, "workload", r#"{"hours":true}"#);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        answer["resources"][0]["hours"].to_string(),
        concat!(
            r#"[{"weekday":1,"hour":9,"events":1},{"weekday":2,"hour":5,"events":1},"#,
            r#"{"weekday":7,"hour":9,"events":1}]"#
        )
    );
    assert_eq!(answer["hours"][0].to_string(), r#"{"weekday":1,"hour":9,"events":2}"#);
}
