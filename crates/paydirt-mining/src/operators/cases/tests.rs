//! The table on logs small enough to sort by hand.

use crate::testing::{ask, ask_list, ask_log, with_auxiliary, with_days};
use expect_test::expect;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::{Value, json};

const LOG: &str = "\
    A1: a b@2h | region=EMEA amount=10.50EUR
    a2: a b@5h c@+1s | amount=9.00EUR
    b3: b@1h c@3h | region=APAC amount=20.00CHF
    b4: c@1d";

fn ids(params: &str) -> String {
    let answer: Value = serde_json::from_str(&ask(LOG, "cases", params)).unwrap();
    let ids = answer["cases"].as_array().unwrap().iter();
    let ids: Vec<&str> = ids.map(|case| case["case"].as_str().unwrap()).collect();
    format!("{}: {}", answer["total"], ids.join(" "))
}

#[test]
fn the_longest_cases_come_first_and_ties_go_by_id() {
    // 2 h, 5 h 1 s, 2 h, 0.
    assert_eq!(ids("{}"), "4: a2 A1 b3 b4");
    assert_eq!(ids(r#"{"descending":false}"#), "4: b4 A1 b3 a2");
}

#[test]
fn every_column_sorts() {
    assert_eq!(ids(r#"{"sort":"case"}"#), "4: b4 b3 a2 A1");
    assert_eq!(ids(r#"{"sort":"case","descending":false}"#), "4: A1 a2 b3 b4");
    assert_eq!(ids(r#"{"sort":"start"}"#), "4: b4 b3 A1 a2");
    assert_eq!(ids(r#"{"sort":"end","descending":false}"#), "4: A1 b3 a2 b4");
    assert_eq!(ids(r#"{"sort":"events"}"#), "4: a2 A1 b3 b4");
}

#[test]
fn attributes_sort_by_text_and_money_by_currency_and_blanks_come_last() {
    let by = |name: &str, descending: bool| {
        ids(&format!(r#"{{"sort":{{"attribute":"{name}"}},"descending":{descending}}}"#))
    };
    assert_eq!(by("region", true), "4: A1 b3 a2 b4");
    assert_eq!(by("region", false), "4: b3 A1 a2 b4");
    assert_eq!(by("amount", true), "4: b3 A1 a2 b4");
    assert_eq!(by("amount", false), "4: b3 a2 A1 b4");
}

#[test]
fn the_mark_of_the_start_is_that_of_the_event_that_starts_first() {
    for (question, place) in [("cases", "/cases/0"), ("case", "")] {
        let marked = |days: &[&str]| {
            let log = with_days("1: a@2h b@1h~5h c@6h", days);
            let params = if place.is_empty() { r#"{"case":"1"}"# } else { "{}" };
            let answer: Value = serde_json::from_str(&ask_log(&log, question, params)).unwrap();
            let case = answer.pointer(place).unwrap();
            assert_eq!(case["start"], "2024-01-01T01:00:00Z", "{question}");
            case.get("start_precision").is_some()
        };
        assert!(!marked(&["a"]) && marked(&["b"]), "{question}");
    }
}

#[test]
fn starts_and_ends_that_are_known_to_the_day_are_marked() {
    let log = with_days("1: a b@2d\n2: b c@1d\n3: a b@1d c@2d", &["b"]);
    let answer: Value =
        serde_json::from_str(&ask_log(&log, "cases", r#"{"sort":"case"}"#)).unwrap();
    let marked = answer["cases"].as_array().unwrap().iter();
    let marked = marked.map(|case| {
        format!(
            "{} {:?} {:?}",
            case["case"],
            case.get("start_precision"),
            case.get("end_precision")
        )
    });
    let day = r#"Some(String("day"))"#;
    assert_eq!(
        marked.collect::<Vec<String>>(),
        [r#""3" None None"#.to_owned(), format!(r#""2" {day} None"#), format!(r#""1" None {day}"#)]
    );
}

#[test]
fn a_search_finds_parts_of_ids_in_any_letters() {
    assert_eq!(ids(r#"{"search":"a"}"#), "2: a2 A1");
    assert_eq!(ids(r#"{"search":"B4"}"#), "1: b4");
    assert_eq!(ids(r#"{"search":"案件"}"#), "0: ");
    let log = "案件É1: a\n案件2: a";
    let found = ask_list(log, "cases", r#"{"search":"件é"}"#, "/cases");
    assert_eq!(found.len(), 1);
}

#[test]
fn pages_follow_one_another_in_any_partition() {
    let lines: Vec<String> = (0..60).map(|n| format!("{n}: a b@{}h", n % 7)).collect();
    let answer = |count: usize, params: &str| {
        ask_log(&text_log::parse_with(&lines.join("\n"), LogSpec::plain(), count), "cases", params)
    };
    let id_list = |answer: &str| -> Vec<String> {
        let answer: Value = serde_json::from_str(answer).unwrap();
        answer["cases"].as_array().unwrap().iter().map(|case| case["case"].to_string()).collect()
    };
    let whole = id_list(&answer(1, "{}"));
    assert_eq!(whole.len(), 60);
    // Longest first: n mod 7 = 6; among these by id as text.
    assert_eq!(whole[..4], [r#""13""#, r#""20""#, r#""27""#, r#""34""#]);
    for count in [1, 5] {
        let pages = [0, 20, 40]
            .map(|offset| id_list(&answer(count, &format!(r#"{{"offset":{offset},"limit":20}}"#))));
        assert_eq!(pages.concat(), whole);
    }
}

#[test]
fn a_row_shows_times_variant_and_attributes() {
    let rows = ask(LOG, "cases", r#"{"limit":1,"offset":1,"attributes":["amount"]}"#);
    // `variant`: XXH3-128 of "a\0b\0", computed with the reference implementation.
    expect![[r#"{"total":4,"attributes":["amount"],"cases":[{"position":2,"case":"A1","start":"2024-01-01T00:00:00Z","end":"2024-01-01T02:00:00Z","duration_s":7200,"events":2,"variant":"b061d902c67ac49e","first_activity":"a","last_activity":"b","attributes":{"amount":{"amount":10.5,"currency":"EUR"}}}],"next":"-7200000000:A1"}"#]]
    .assert_eq(&rows);
}

#[test]
fn the_variant_is_that_of_the_variants_question_without_auxiliary_activities() {
    let log = with_auxiliary("1: n a n b\n2: a b", &["n"]);
    let variants: Value = serde_json::from_str(&ask_log(&log, "variants", "{}")).unwrap();
    let cases: Value = serde_json::from_str(&ask_log(&log, "cases", "{}")).unwrap();
    for idx in 0..2 {
        assert_eq!(cases["cases"][idx]["variant"], variants["variants"][0]["variant"]);
    }
    let sorted = ask_log(&log, "cases", r#"{"sort":"variant"}"#);
    assert!(sorted.find(r#""case":"1""#) < sorted.find(r#""case":"2""#));
}

#[test]
fn start_times_begin_a_case() {
    let rows = ask_list("1: a@2h~4h b@1h~5h", "cases", "{}", "/cases");
    assert!(rows[0].contains(r#""start":"2024-01-01T01:00:00Z""#), "{}", rows[0]);
    assert!(rows[0].contains(r#""duration_s":14400"#), "{}", rows[0]);
}

#[test]
fn an_empty_log_has_an_empty_table() {
    assert_eq!(ask("", "cases", "{}"), r#"{"total":0,"attributes":[],"cases":[]}"#);
    assert_eq!(ask("1: a", "cases", r#"{"limit":0}"#), r#"{"total":1,"attributes":[],"cases":[]}"#);
}

#[test]
fn limits_and_unknown_attributes_are_named() {
    let ask = |params: &str| ask("1: a{cost=5} b{cost=6}", "cases", params);
    assert!(ask(r#"{"offset":9999,"limit":2}"#).contains("at most 10,000"));
    assert!(ask(r#"{"attributes":["x"]}"#).contains("no attribute \"x\""));
    assert!(ask(r#"{"sort":{"attribute":"cost"}}"#).contains("attribute of events"));
    assert!(ask(r#"{"sort":"colour"}"#).contains("\"sort\" cannot be \"colour\""));
}

#[test]
fn a_list_is_gone_through_by_its_cursors_and_entered_by_its_marks() {
    let lines: Vec<String> =
        (0..350).map(|n| format!("{n}: a b@{}h | n={}", n % 7, n % 3)).collect();
    let text = lines.join("\n");
    let answer = |count: usize, params: &Value| -> Value {
        let log = text_log::parse_with(&text, LogSpec::plain(), count);
        serde_json::from_str(&ask_log(&log, "cases", &params.to_string())).unwrap()
    };
    let ids = |answer: &Value| -> Vec<String> {
        answer["cases"].as_array().unwrap().iter().map(|row| row["case"].to_string()).collect()
    };
    for sort in [json!("duration"), json!("case"), json!({"attribute": "n"}), json!("variant")] {
        for descending in [true, false] {
            let with = |more: Value| {
                let mut params = json!({"sort": sort, "descending": descending});
                params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                params
            };
            let whole = answer(1, &with(json!({"limit": 1000, "marks": 100})));
            assert_eq!(whole["next"], Value::Null);
            let (mut found, mut after) = (Vec::new(), Value::Null);
            loop {
                let page = answer(4, &with(json!({"limit": 60, "after": after})));
                assert_eq!(page["cases"][0]["position"], found.len() as u64 + 1);
                assert_eq!(page["total"], 350);
                found.extend(ids(&page));
                after = page["next"].clone();
                if after.is_null() {
                    break;
                }
            }
            assert_eq!(found, ids(&whole), "{sort} {descending}");
            let marks = whole["marks"].as_array().unwrap();
            assert_eq!(marks.len(), 3);
            for (idx, mark) in marks.iter().enumerate() {
                let page = answer(3, &with(json!({"after": mark, "offset": 5, "limit": 2})));
                let place = 100 * (idx + 1) + 5;
                assert_eq!(ids(&page), found[place..place + 2], "{sort} {descending}");
                assert_eq!(page["cases"][1]["position"], place as u64 + 2);
            }
        }
    }
}

#[test]
fn a_row_tells_the_rank_of_its_variant() {
    // Variants of all cases: "a b" twice, "a" and "b" once each; the search leaves case x3.
    let log = "x1: a b\nx2: a b\nx3: b\nx4: a";
    let rows = ask_list(log, "cases", r#"{"ranks":true,"search":"x3"}"#, "/cases");
    assert!(
        rows[0].contains(r#""variant_rank":3,"variant_cases":1,"variant_share":0.25"#),
        "{}",
        rows[0]
    );
    let log = with_auxiliary("1: a note\n2: a\n3: note b", &["note"]);
    let rows: Value = serde_json::from_str(&ask_log(
        &log,
        "cases",
        r#"{"ranks":true,"sort":"case","descending":false}"#,
    ))
    .unwrap();
    let ranks = rows["cases"].as_array().unwrap().iter().map(|row| row["variant_rank"].clone());
    assert_eq!(ranks.collect::<Vec<Value>>(), [1, 1, 2]);
}

#[test]
fn a_place_that_no_answer_gave_is_refused() {
    assert!(ask("1: a", "cases", r#"{"after":"case 7"}"#).contains("is no place of a list"));
    assert!(ask("1: a", "cases", r#"{"marks":99}"#).contains("after every 100 cases or more"));
    assert_eq!(ask_list("1: a", "cases", r#"{"marks":100}"#, "/marks"), [""; 0]);
}

#[test]
fn the_ways_of_a_page_are_those_of_the_variants_question() {
    let log = with_auxiliary("1: a n a b\n2: a a b\n3: n\n4: b", &["n"]);
    let params = r#"{"sort":"case","descending":false,"paths":true}"#;
    let rows: Value = serde_json::from_str(&ask_log(&log, "cases", params)).unwrap();
    let ways: Vec<&Value> = rows["paths"].as_array().unwrap().iter().collect();
    let told = ways.iter().map(|way| way["activities"].clone()).collect::<Vec<Value>>();
    assert_eq!(told, [json!(["a", "a", "b"]), json!([]), json!(["b"])]);
    let variants: Value = serde_json::from_str(&ask_log(&log, "variants", "{}")).unwrap();
    for way in ways {
        let is_same = |one: &Value| {
            one["variant"] == way["variant"] && one["activities"] == way["activities"]
        };
        assert!(variants["variants"].as_array().unwrap().iter().any(is_same), "{way}");
    }
    // The second page tells its own only.
    let page = ask_log(&log, "cases", r#"{"sort":"case","paths":true,"offset":3}"#);
    assert_eq!(page.matches("activities").count(), 1, "{page}");
}
