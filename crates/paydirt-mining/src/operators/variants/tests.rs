//! Variants of logs small enough to count by hand.

use super::*;
use crate::testing::{ask, ask_list, ask_log, with_auxiliary};
use expect_test::expect;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::Value;

/// Activities, cases, share and cumulative share of each listed variant.
fn list(log: &str, params: &str) -> Vec<String> {
    let answer: Value = serde_json::from_str(&ask(log, "variants", params)).unwrap();
    let variants = answer["variants"].as_array().unwrap();
    variants
        .iter()
        .map(|variant| {
            let field = |name: &str| variant[name].to_string();
            let numbers = ["cases", "share", "cumulative_share"].map(field).join(" ");
            format!("{} {numbers}", variant["activities"])
        })
        .collect()
}

#[test]
fn variants_come_by_cases_then_by_names_one_by_one() {
    // 6 cases; a b and b have one case each; "a" < "a b" < "b".
    let log = "b\na b\na ×2\na c ×2";
    assert_eq!(
        list(log, "{}"),
        [
            r#"["a"] 2 0.333333 0.333333"#,
            r#"["a","c"] 2 0.333333 0.666667"#,
            r#"["a","b"] 1 0.166667 0.833333"#,
            r#"["b"] 1 0.166667 1"#,
        ]
    );
    assert_eq!(
        list(log, r#"{"offset":1,"limit":2}"#),
        [r#"["a","c"] 2 0.333333 0.666667"#, r#"["a","b"] 1 0.166667 0.833333"#]
    );
}

#[test]
fn durations_are_those_of_the_cases_of_the_variant() {
    // 1 h and 3 h: mean and median 2 h, p90 at 1 + 0.9 → 2.8 h = 10,080 s. Ids: see cases.rs.
    let variants = ask_list("a b\na b@3h\nb", "variants", "{}", "/variants");
    let wanted = r#""duration_s":{"min":3600,"mean":7200,"median":7200,"p90":10080,"max":10800,"total":14400}"#;
    assert!(variants[0].contains(wanted), "{}", variants[0]);
    assert!(variants[1].contains(r#""duration_s":{"min":0,"mean":0"#), "{}", variants[1]);
}

#[test]
fn an_empty_log_has_no_variant() {
    expect![[r#"{"total":0,"cases":0,"events":0,"covered_cases":0,"covered":null,"traces":"whole","variants":[],"left_out":[],"method":"exact"}"#]]
    .assert_eq(&ask("", "variants", "{}"));
}

#[test]
fn auxiliary_activities_are_left_out_unless_asked_for() {
    let log = with_auxiliary("a n b\na b\nn n", &["n"]);
    let answer = ask_log(&log, "variants", "{}");
    assert!(answer.starts_with(r#"{"total":2,"cases":3,"events":4,"#), "{answer}");
    assert!(answer.contains(r#""activities":[],"cases":1"#), "{answer}");
    assert!(
        answer.contains(r#""left_out":[{"activity":"n","events":3,"auxiliary":true}]"#),
        "{answer}"
    );
    let answer = ask_log(&log, "variants", r#"{"auxiliary":true}"#);
    assert!(answer.starts_with(r#"{"total":3,"cases":3,"events":7,"#), "{answer}");
    assert!(answer.contains(r#""left_out":[]"#), "{answer}");
}

#[test]
fn a_projection_joins_variants() {
    let log = "見積 x 受注\n見積 受注\n受注";
    assert_eq!(
        list(log, r#"{"activities":["受注","見積"]}"#),
        [r#"["見積","受注"] 2 0.666667 0.666667"#, r#"["受注"] 1 0.333333 1"#]
    );
    let refused = ask(log, "variants", r#"{"activities":["y"]}"#);
    assert!(refused.contains("no activity \"y\""), "{refused}");
}

#[test]
fn a_list_that_is_too_long_is_refused_with_the_limit() {
    let refused = ask("a", "variants", r#"{"limit":100001}"#);
    assert!(refused.contains("at most 100,000"), "{refused}");
    assert!(ask("a", "variants", r#"{"limit":0}"#).contains(r#""total":1"#));
}

#[test]
fn above_the_limit_variants_are_counted_by_hash() {
    // Distinct traces: a b, b, c → 4 events.
    let log = text_log::parse_with("a b ×3\nb ×2\nc\nc a ×0", LogSpec::plain(), 3);
    let context = log.context();
    let answer = |trace_events_max: usize| {
        let params = serde_json::from_str(r#"{"limit":2}"#).unwrap();
        let plan = Plan { trace_events_max, ..Op::plan(context, params).unwrap() };
        let mut all = Partial::default();
        for segment in log.segments() {
            let mut part = Partial::default();
            Op::observe(context, &plan, &CaseBatch::all(segment), &mut part);
            Op::merge(&mut all, part);
        }
        serde_json::to_value(Op::finish(context, &plan, all).unwrap()).unwrap()
    };
    let (whole, mut hashed) = (answer(4), answer(3));
    assert_eq!(hashed["traces"], "hashed");
    assert_eq!(hashed["variants"][0]["activities"], Value::Null);
    hashed["traces"] = whole["traces"].clone();
    for idx in 0..2 {
        let names = whole["variants"][idx]["activities"].clone();
        hashed["variants"][idx]["activities"] = names;
    }
    assert_eq!(hashed, whole);
    assert_eq!(whole["total"], 3);
}

#[test]
fn cases_of_a_variant_divide_among_the_values_of_an_attribute() {
    let log = "1: a b | won=true\n2: a b | won=false\n3: a b | won=true\n4: a | won=false\n5: a";
    let answer: Value =
        serde_json::from_str(&ask(log, "variants", r#"{"by":"won","limit":2}"#)).unwrap();
    assert_eq!(
        answer["by"].to_string(),
        concat!(
            r#"{"attribute":"won","values":[{"value":false,"cases":2},{"value":true,"cases":2},"#,
            r#"{"value":null,"cases":1}],"other_values":0,"other_cases":0}"#
        )
    );
    assert_eq!(answer["variants"][0]["by"].to_string(), "[1,2,0]");
    assert_eq!(answer["variants"][1]["by"].to_string(), "[1,0,1]");
    let lines: Vec<String> = (0..10).map(|n| format!("a | team=t{n}")).collect();
    let answer: Value =
        serde_json::from_str(&ask(&lines.join("\n"), "variants", r#"{"by":"team"}"#)).unwrap();
    assert_eq!(
        (&answer["by"]["other_values"], &answer["by"]["other_cases"]),
        (&2.into(), &2.into())
    );
    assert!(ask("a | n=1", "variants", r#"{"by":"n"}"#).contains("text or boolean"));
}

#[test]
fn the_happy_path_is_the_main_road_and_not_always_a_variant() {
    let path = |log: &str| {
        let answer = ask(log, "variants", r#"{"happy_path":true,"limit":0}"#);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        answer["happy_path"].to_string()
    };
    // Most cases leave early: 17² + 9² + 9² = 451; by way of b and c 17² + 3 · 8² = 481.
    let log = "a b c ×8\na x ×9";
    let second = ask_list(log, "variants", r#"{"offset":1,"limit":1}"#, "/variants");
    let second: Value = serde_json::from_str(&second[0]).unwrap();
    assert_eq!(
        path(log),
        format!(
            r#"{{"activities":["a","b","c"],"cases":8,"share":0.470588,"variant":{},"rank":2}}"#,
            second["variant"]
        )
    );
    // Nobody goes the whole road: each part of it is gone by others.
    assert_eq!(
        path("a b x ×3\ny b c ×3\na b ×2\nb c ×2"),
        r#"{"activities":["a","b","c"],"cases":0,"share":0,"variant":null,"rank":null}"#
    );
    assert_eq!(path(""), "null");
}

#[test]
fn the_sizes_are_those_of_all_variants_whatever_is_listed() {
    let log = "b\na b\na ×2\na c ×2\nc ×5";
    let wanted = [
        r#"{"cases":5,"variants":1}"#,
        r#"{"cases":2,"variants":2}"#,
        r#"{"cases":1,"variants":2}"#,
    ];
    for params in [r#"{"sizes":true}"#, r#"{"sizes":true,"limit":1,"offset":2}"#] {
        assert_eq!(ask_list(log, "variants", params, "/sizes"), wanted);
    }
    assert_eq!(ask_list("", "variants", r#"{"sizes":true}"#, "/sizes"), [""; 0]);
}
