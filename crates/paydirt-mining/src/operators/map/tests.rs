//! The map on logs small enough to count by hand.

use crate::testing::{ask, ask_list, ask_log, with_auxiliary};
use serde_json::{Value, json};

#[test]
fn paths_are_counted_and_timed() {
    // a → b takes 1 h, 1 h, 3 h: mean 5/3 h, median 1 h, p90 at 2.8 → 1 + 0.8 · 2 h = 2.6 h.
    let paths = ask_list("a b ×2\na b@3h\na", "map", "{}", "/paths");
    assert_eq!(
        paths,
        [
            r#"{"from":"a","to":"b","events":3,"cases":3,"duration_s":{"min":3600,"mean":6000,"median":3600,"p90":9360,"max":10800,"total":18000},"overlaps":0,"overlap_s":0,"shown_from":0,"shown":true}"#
        ]
    );
}

#[test]
fn a_path_twice_in_a_case_is_one_case() {
    let paths = ask_list("a b a b", "map", "{}", "/paths");
    assert!(paths[0].contains(r#""events":2,"cases":1"#));
}

#[test]
fn starts_and_ends_are_fields_of_their_own() {
    let answer = ask("a b\nb ×2", "map", "{}");
    assert!(answer.contains(r#""starts":[{"activity":"b","cases":2},{"activity":"a","cases":1}]"#));
    assert!(answer.contains(r#""ends":[{"activity":"b","cases":3}]"#));
}

#[test]
fn projection_joins_what_was_apart() {
    let paths = ask_list("a x x b", "map", r#"{"activities":["a","b"]}"#, "/paths");
    assert_eq!(paths.len(), 1);
    assert!(paths[0].contains(r#""total":10800"#), "{}", paths[0]);
}

#[test]
fn auxiliary_activities_are_left_out_and_said_so() {
    let log = with_auxiliary("a n b\nn", &["n"]);
    let answer = ask_log(&log, "map", "{}");
    assert!(answer.contains(r#""left_out":[{"activity":"n","events":2,"auxiliary":true}]"#));
    assert!(answer.contains(r#""cases":2,"cases_without_events":1"#));
    let answer = ask_log(&log, "map", r#"{"auxiliary":true}"#);
    assert!(answer.contains(r#""left_out":[]"#));
}

#[test]
fn with_start_times_a_path_runs_from_end_to_start_and_overlaps_are_apart() {
    // a: 0 h–2 h, b: 1 h–3 h overlaps by 1 h; c: 5 h–6 h waits 2 h after b.
    let paths = ask_list("a@0h~2h b@1h~3h c@5h~6h", "map", "{}", "/paths");
    assert!(paths[0].contains(r#""overlaps":1,"overlap_s":3600"#), "{}", paths[0]);
    assert!(paths[0].contains(r#""duration_s":null"#), "{}", paths[0]);
    assert!(paths[1].contains(r#""total":7200"#), "{}", paths[1]);
    let activities = ask_list("a@0h~2h b@1h~3h c@5h~6h", "map", "{}", "/activities");
    assert!(activities[0].contains(r#""max":7200"#), "{}", activities[0]);
}

#[test]
fn an_activity_waits_for_whatever_follows_it() {
    // After a: b in 1 h, 1 h, c in 4 h: mean 2 h, median 1 h, p90 at 1.8 → 1 + 0.8 · 3 h.
    let log = "a b ×2\na c@4h";
    let activities = ask_list(log, "map", r#"{"waits":true}"#, "/activities");
    let wait = concat!(
        r#""wait_s":{"min":3600,"mean":7200,"median":3600,"p90":12240,"#,
        r#""max":14400,"total":21600}"#
    );
    assert!(activities[0].contains(wait), "{}", activities[0]);
    assert!(activities[1..].iter().all(|last| !last.contains("wait_s")), "{activities:?}");
    // Not asked for, not there; and of a projection, the times between what is left.
    assert!(!ask(log, "map", "{}").contains("wait_s"));
    let params = r#"{"waits":true,"activities":["a","c"]}"#;
    let activities = ask_list(log, "map", params, "/activities");
    assert!(activities[0].contains(r#""total":14400"#), "{}", activities[0]);
}

#[test]
fn waits_are_weighted_by_the_value_in_force() {
    // Two days at the case's 100.00, then one day at the changed 50.00 EUR: 200 and 50.
    let log = "1: a@0d change@2d{amount=50.00EUR} b@3d | amount=100.00EUR\n2: a b";
    let params = r#"{"weight":{"attribute":"amount"}}"#;
    let paths = ask_list(log, "map", params, "/paths");
    let weighted = |total: u32| {
        format!(r#""weighted":[{{"unit":"money_days(EUR)","total":{total},"used":1}}]"#)
    };
    let path = |names: &str| paths.iter().find(|path| path.contains(names)).unwrap();
    assert!(path(r#""from":"a","to":"change""#).contains(&weighted(200)));
    assert!(path(r#""from":"change""#).contains(&weighted(50)));
    assert!(path(r#""from":"a","to":"b""#).contains(r#""weight_missing":1"#));
}

#[test]
fn a_weight_must_be_a_number_that_exists() {
    let ask = |params: &str| ask("a{note=x} b", "map", params);
    assert!(ask(r#"{"weight":{"attribute":"note"}}"#).contains("is no number"));
    assert!(ask(r#"{"weight":{"attribute":"amount"}}"#).contains("There is no attribute"));
}

#[test]
fn unknown_activities_are_named() {
    assert!(ask("a", "map", r#"{"activities":["z"]}"#).contains("no activity \"z\""));
}

#[test]
fn an_amount_of_the_case_is_added_once_for_each_case() {
    // a → b twice in case 1: its 100.00 EUR count once. Case 3 has no amount.
    let log = "1: a b a b | amount=100.00EUR\n2: a b | amount=50.50EUR\n3: a b\n4: a | amount=7USD";
    let params = r#"{"values":[{"attribute":"amount"}]}"#;
    let activities = ask_list(log, "map", params, "/activities");
    let a = concat!(
        r#""values":[{"attribute":"amount","level":"case","eligible":4,"used":3,"figures":["#,
        r#"{"currency":"EUR","count":2,"sum":150.5,"min":50.5,"mean":75.25,"median":75.25,"#,
        r#""max":100},"#,
        r#"{"currency":"USD","count":1,"sum":7,"min":7,"mean":7,"median":7,"max":7}]}]"#
    );
    assert!(activities[0].contains(a), "{}", activities[0]);
    let paths = ask_list(log, "map", params, "/paths");
    let there = r#""values":[{"attribute":"amount","level":"case","eligible":3,"used":2,"figures":[{"currency":"EUR","count":2,"sum":150.5,"#;
    assert!(paths[0].contains(there), "{}", paths[0]);
    let back = r#""eligible":1,"used":1,"figures":[{"currency":"EUR","count":1,"sum":100,"#;
    assert!(paths[1].contains(back), "{}", paths[1]);
    // Not asked for, not there.
    assert!(!ask(log, "map", "{}").contains("values"));
}

#[test]
fn a_number_of_events_counts_at_each_event_and_on_the_path_to_it() {
    // b costs 2, 4 and nothing known: two of three, sum 6; x is between a and b, and left out.
    let log = "a{cost=9} b{cost=2} b\na x{cost=5} b{cost=4}";
    let params = r#"{"values":[{"attribute":"cost"}],"activities":["a","b"]}"#;
    let activities = ask_list(log, "map", params, "/activities");
    let b = r#""eligible":3,"used":2,"figures":[{"count":2,"sum":6,"min":2,"mean":3,"median":3,"max":4}]"#;
    assert!(activities[1].contains(b), "{}", activities[1]);
    let paths = ask_list(log, "map", params, "/paths");
    let a_to_b = r#""eligible":2,"used":2,"figures":[{"count":2,"sum":6,"#;
    assert!(paths[0].contains(a_to_b), "{}", paths[0]);
    assert!(paths[1].contains(r#""eligible":1,"used":0,"figures":[]"#), "{}", paths[1]);
}

#[test]
fn what_waits_after_an_activity_cost_is_added_up() {
    // a → b: 2 days at 100 EUR; a → c: 1 day at 10 EUR and one case without an amount.
    let log = "a@0d b@2d | amount=100EUR\na@0d c@1d | amount=10EUR\na@0d c@1d";
    let params = r#"{"weight":{"attribute":"amount"}}"#;
    let activities = ask_list(log, "map", params, "/activities");
    let a = r#""weighted":[{"unit":"money_days(EUR)","total":210,"used":2}],"weight_missing":1"#;
    assert!(activities[0].contains(a), "{}", activities[0]);
    assert!(activities[1..].iter().all(|last| !last.contains("weighted")), "{activities:?}");
}

#[test]
fn values_must_be_numbers_that_exist() {
    let ask = |params: &str| ask("a{note=x} b", "map", params);
    assert!(ask(r#"{"values":[{"attribute":"note"}]}"#).contains("holds no numbers"));
    assert!(ask(r#"{"values":[{"attribute":"z"}]}"#).contains("There is no attribute"));
    let nine = [r#"{"attribute":"note"}"#; 9].join(",");
    assert!(ask(&format!(r#"{{"values":[{nine}]}}"#)).contains("at most 8 are"));
}

#[test]
fn repetitions_are_the_most_of_one_case() {
    // a: 3, 1 and 0 times; a → a: twice in the first case; b → a: once in each of the first two.
    let log = "a a a b\nb a\nb";
    let ask_most = |pointer: &str| ask_list(log, "map", r#"{"repetitions":true}"#, pointer);
    assert_eq!(ask_most("/activities/0/activity"), [r#""b""#]);
    assert_eq!(ask_most("/activities/0/most_in_case"), ["1"]);
    assert_eq!(ask_most("/activities/1/most_in_case"), ["3"]);
    assert_eq!(ask_most("/paths/0/from"), [r#""a""#]);
    assert_eq!((ask_most("/paths/0/to"), ask_most("/paths/0/most_in_case")), one(r#""a""#, "2"));
    // Projected to a, the second case has one a and no path.
    let only_a = r#"{"repetitions":true,"activities":["a"]}"#;
    assert_eq!(ask_list(log, "map", only_a, "/activities/0/most_in_case"), ["3"]);
    assert!(!ask(log, "map", "{}").contains("most_in_case"));
}

fn one(first: &str, second: &str) -> (Vec<String>, Vec<String>) {
    (vec![first.to_owned()], vec![second.to_owned()])
}

#[test]
fn without_paths_the_activities_are_the_same() {
    let log = with_auxiliary("1: a@0h~1h n b@2h~5h c@4h\n2: a b a\n3: n\n4: c", &["n"]);
    let answer =
        |params: &str| -> Value { serde_json::from_str(&ask_log(&log, "map", params)).unwrap() };
    for more in ["", r#","activities":["b","n"]"#, r#","auxiliary":true"#] {
        let mut whole = answer(&format!(r#"{{"times":true{more}}}"#));
        assert!(!whole["paths"].as_array().unwrap().is_empty());
        whole["paths"] = json!([]);
        assert_eq!(answer(&format!(r#"{{"paths":false{more}}}"#)), whole, "{more}");
    }
}
