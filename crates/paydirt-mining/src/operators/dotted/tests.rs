//! Dotted charts on logs small enough to draw by hand.

use super::*;
use crate::testing::{ask, ask_log, with_days};
use expect_test::expect;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64_with_seed;

fn ids(answer: &str) -> Vec<String> {
    let answer: Value = serde_json::from_str(answer).unwrap();
    answer["rows"].as_array().unwrap().iter().map(|row| row["case"].to_string()).collect()
}

#[test]
fn a_small_log_is_drawn_whole() {
    // Times from the first one of the log: b@1h is 3600 s; 受注 half a second later.
    let answer = ask("2: 見積@1h 受注@+500000u\n1: 見積@0h", "dotted", "{}");
    expect![[r#"{"cases":2,"sampled":2,"is_cut":false,"points":3,"origin":"2024-01-01T00:00:00Z","activities":["受注","見積"],"rows":[{"case":"1","start_s":0,"duration_s":0,"events":1,"activities":[1],"times_s":[0]},{"case":"2","start_s":3600,"duration_s":0.5,"events":2,"activities":[1,0],"times_s":[3600,3600.5]}]}"#]]
    .assert_eq(&answer);
}

#[test]
fn rows_are_sorted_as_wanted_and_ties_go_by_id() {
    let log = "x: a@2h b@3h\ny: a@1h b@3h\nz: a@1h b@2h";
    let order = |sort: &str| ids(&ask(log, "dotted", &format!(r#"{{"sort":"{sort}"}}"#))).concat();
    assert_eq!(order("start"), r#""y""z""x""#);
    assert_eq!(order("duration"), r#""x""z""y""#);
    assert_eq!(order("case"), r#""x""y""z""#);
}

#[test]
fn events_known_to_the_day_are_told_by_their_places() {
    let log = with_days("1: a@0h b@30h a@40h b@60h\n2: a@1h", &["b"]);
    let answer: Value = serde_json::from_str(&ask_log(&log, "dotted", "{}")).unwrap();
    assert_eq!(answer["rows"][0]["days"].to_string(), "[1,3]");
    assert_eq!(answer["rows"][1].get("days"), None);
}

#[test]
fn a_start_time_begins_the_case() {
    let answer = ask("1: a@1h~2h\n2: a@0h", "dotted", "{}");
    let row = r#"{"case":"1","start_s":3600,"duration_s":3600,"events":1,"activities":[0],"times_s":[7200]}"#;
    assert!(answer.contains(row), "{answer}");
}

#[test]
fn the_sample_is_that_of_the_hash_in_any_partition() {
    let lines: Vec<String> = (0..50).map(|n| format!("k{n}: a b")).collect();
    let mut wanted: Vec<String> = (0..50).map(|n| format!("k{n}")).collect();
    wanted.sort_by_key(|id| xxh3_64_with_seed(id.as_bytes(), 7));
    wanted.truncate(9);
    wanted.sort();
    let wanted: Vec<String> = wanted.iter().map(|id| format!("\"{id}\"")).collect();
    let params = r#"{"sample":9,"seed":7,"sort":"case"}"#;
    for count in [1, 4, 64] {
        let log = text_log::parse_with(&lines.join("\n"), LogSpec::plain(), count);
        let answer = ask_log(&log, "dotted", params);
        assert_eq!(ids(&answer), wanted);
        assert!(answer.contains(r#""cases":50,"sampled":9,"is_cut":false,"points":18"#));
    }
    let other = ask(&lines.join("\n"), "dotted", r#"{"sample":9,"seed":8,"sort":"case"}"#);
    assert_ne!(ids(&other), wanted);
}

#[test]
fn too_many_points_cut_the_sample_alike_in_any_partition() {
    // Cases have 1 to 6 events; a case shows at most 4, the chart at most 30.
    let line = |n: usize| format!("k{n}: a{}", " b".repeat(n % 6));
    let text = (0..40).map(line).collect::<Vec<_>>().join("\n");
    let mut hashes: Vec<(u64, usize)> =
        (0..40).map(|n| (xxh3_64_with_seed(format!("k{n}").as_bytes(), 0), n)).collect();
    hashes.sort_unstable();
    let (mut points, mut sampled) = (0, 0);
    while points + (hashes[sampled].1 % 6 + 1).min(4) <= 30 {
        points += (hashes[sampled].1 % 6 + 1).min(4);
        sampled += 1;
    }
    for count in [1, 3, 16] {
        let log = text_log::parse_with(&text, LogSpec::plain(), count);
        let plan = Plan {
            sample: 25,
            seed: 0,
            sort: DottedSort::Case,
            point_count_max: 30,
            case_point_count_max: 4,
        };
        let mut all = Partial::default();
        for segment in log.segments().iter().rev() {
            let mut part = Partial::default();
            Op::observe(log.context(), &plan, &CaseBatch::all(segment), &mut part);
            Op::merge(&mut all, part);
        }
        let answer = Op::finish(log.context(), &plan, all).unwrap();
        assert!(answer.is_cut);
        assert_eq!((answer.sampled, answer.points), (sampled as u64, points as u64));
    }
}

#[test]
fn an_empty_log_is_an_empty_chart_and_the_limit_is_named() {
    expect![[r#"{"cases":0,"sampled":0,"is_cut":false,"points":0,"origin":null,"activities":[],"rows":[]}"#]]
    .assert_eq(&ask("", "dotted", "{}"));
    assert!(ask("a", "dotted", r#"{"sample":10001}"#).contains("at most 10,000"));
    assert!(ask("a", "dotted", r#"{"sample":0}"#).contains(r#""cases":1,"sampled":0"#));
}
