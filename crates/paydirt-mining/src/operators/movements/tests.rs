//! Movements of cases that can be followed by hand.

use super::*;
use crate::testing::{ask, ask_list, ask_log, with_auxiliary};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::Value;

/// One line: these fields of the answer.
fn fields(log: &str, params: &str, names: &[&str]) -> String {
    let answer: Value = serde_json::from_str(&ask(log, "movements", params)).unwrap();
    names.iter().map(|name| answer[name].to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn cases_move_from_the_end_of_an_event_to_the_start_of_the_next() {
    let log = "1: a@0h b@2h c@3h\n2: a@1h b@1h\n3: b@5h";
    let of = |names: &[&str]| fields(log, "{}", names);
    assert_eq!(of(&["cases", "movements", "sampled_cases", "sampled_movements"]), "3 3 3 3");
    assert_eq!(of(&["origin", "tick_s"]), r#""2024-01-01T00:00:00Z" 1"#);
    assert_eq!(of(&["case_ids", "start_ticks"]), r#"["1","2","3"] [0,3600,14400]"#);
    assert_eq!(of(&["activities", "first_activities"]), r#"["a","b"] [0,0,1]"#);
    let paths = r#"[{"from":"a","to":"b","movements":2},{"from":"b","to":"c","movements":1}]"#;
    assert_eq!(of(&["paths"]), paths);
    let columns = ["case_movements", "movement_paths", "wait_ticks", "stay_ticks", "overlaps"];
    assert_eq!(of(&columns), "[2,1,0] [0,1,0] [7200,3600,0] [] 0");
}

#[test]
fn a_case_stays_as_long_as_its_events_last() {
    // In a for 2 h; b has begun before: at once, and until 4 h; c 1 h later, which takes no time.
    let log = "1: a@0h~2h b@1h~4h c@5h";
    let columns = ["start_ticks", "wait_ticks", "stay_ticks", "overlaps"];
    assert_eq!(fields(log, "{}", &columns), "[0] [0,3600] [7200,7200,0] 1");
}

#[test]
fn ticks_are_milliseconds_where_seconds_are_not_whole() {
    // 1.9 ms is cut to 1 ms; the first case appears at the second tick after midnight.
    let log = "1: a@2500u b@+1900u";
    let found = fields(log, "{}", &["tick_s", "origin", "wait_ticks"]);
    assert_eq!(found, r#"0.001 "2024-01-01T00:00:00.002Z" [2]"#);
}

#[test]
fn what_is_not_on_the_map_is_passed_over_and_counted() {
    let log = "1: a x b\n2: x\n3: x a";
    let params = r#"{"activities":["a","b"]}"#;
    let names = ["cases", "cases_without_events", "sampled_cases", "movements", "wait_ticks"];
    assert_eq!(fields(log, params, &names), "3 1 2 1 [7200]");
    let left_out = ask_list(log, "movements", params, "/left_out");
    assert_eq!(left_out, [r#"{"activity":"x","events":3,"auxiliary":false}"#]);
    let log = with_auxiliary("1: a note b", &["note"]);
    assert!(ask_log(&log, "movements", "{}").contains(r#""movements":1,"#));
    let with = ask_log(&log, "movements", r#"{"auxiliary":true}"#);
    assert!(with.contains(r#""sampled_movements":2,"#), "{with}");
}

#[test]
fn movements_are_those_of_the_map() {
    let log = "a b c a b ×3\na c\nb ×2";
    let map: Value = serde_json::from_str(&ask(log, "map", "{}")).unwrap();
    let found: Value = serde_json::from_str(&ask(log, "movements", "{}")).unwrap();
    let rows = |answer: &Value, count: &str| {
        let paths = answer["paths"].as_array().unwrap().iter();
        let mut rows: Vec<String> =
            paths.map(|it| format!("{} {} {}", it["from"], it["to"], it[count])).collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(&found, "movements"), rows(&map, "events"));
}

#[test]
fn cases_in_progress_are_all_cases_at_some_instant_of_a_bin() {
    // Bins of 2 minutes from midnight to 5 h: case 1 in 0 to 90, case 2 in 30, case 3 in 150.
    let log = "1: a@0h b@2h c@3h\n2: a@1h b@1h\n3: b@5h";
    let answer: Value = serde_json::from_str(&ask(log, "movements", r#"{"limit":0}"#)).unwrap();
    let progress = &answer["in_progress"];
    assert_eq!(progress["from"], "2024-01-01T00:00:00Z");
    assert_eq!(progress["width_s"], 120);
    let wanted = |idx: usize| match idx {
        30 => 2,
        0..=90 | 150 => 1,
        _ => 0,
    };
    let wanted: Vec<u64> = (0..=150).map(wanted).collect();
    assert_eq!(progress["cases"], Value::from(wanted));
}

#[test]
fn the_eight_most_frequent_values_tell_cases_apart() {
    // v0 twice, v1 to v9 once each, one without: v8 and v9 are the others.
    let line = |n: usize| format!("k{n:02}: a@{n}h | team=v{}", n % 10);
    let mut lines: Vec<String> = (0..11).map(line).collect();
    lines.push("k99: a@99h".to_owned());
    let log = lines.join("\n");
    let list = ask_list(&log, "movements", r#"{"by":"team"}"#, "/values");
    assert_eq!(list.len(), 10);
    let value = r#"{"stands_for":"value","value":"v0","values":1,"cases":2,"sampled_cases":2}"#;
    let others = r#"{"stands_for":"others","value":null,"values":2,"cases":2,"sampled_cases":2}"#;
    let missing = r#"{"stands_for":"missing","value":null,"values":0,"cases":1,"sampled_cases":1}"#;
    assert_eq!([&list[0], &list[8], &list[9]], [value, others, missing]);
    assert_eq!(fields(&log, r#"{"by":"team"}"#, &["case_values"]), "[0,1,2,3,4,5,6,7,8,8,0,9]");
    assert_eq!(fields(&log, "{}", &["case_values"]), "[]");
}

#[test]
fn a_sample_has_its_share_of_every_day_in_any_partition() {
    // 60 cases on day 0, 30 on day 1, 1 on day 2: of 19 movements 12, 6 and 1.
    let line = |n: usize| match n {
        0..60 => format!("k{n}: a@{n}m b@+1h"),
        60..90 => format!("k{n}: a@{}m b@+1h", n + 24 * 60),
        _ => format!("k{n}: a@2d b@+1h"),
    };
    let text = (0..91).map(line).collect::<Vec<_>>().join("\n");
    let params = r#"{"limit":19,"seed":5}"#;
    let one = ask(&text, "movements", params);
    let answer: Value = serde_json::from_str(&one).unwrap();
    assert_eq!([&answer["movements"], &answer["sampled_movements"]], [91, 19]);
    let mut now = 0;
    let mut of_day = [0; 3];
    for ticks in answer["start_ticks"].as_array().unwrap() {
        now += ticks.as_u64().unwrap();
        let origin_s = answer["origin"].as_str().unwrap()[14..16].parse::<u64>().unwrap() * 60;
        of_day[usize::try_from((origin_s + now) / 86_400).unwrap()] += 1;
    }
    assert_eq!(of_day, [12, 6, 1]);
    for count in [3, 16] {
        let log = text_log::parse_with(&text, LogSpec::plain(), count);
        assert_eq!(ask_log(&log, "movements", params), one);
    }
    assert_ne!(ask(&text, "movements", r#"{"limit":19,"seed":6}"#), one);
}

#[test]
fn bounded_memory_draws_alike_in_any_partition() {
    // Cases have 0 to 5 movements, of which 3 are shown; 12 are drawn of 40 cases in 9 at most.
    let line = |n: usize| format!("k{n}: a@{n}h{}", " b".repeat(n % 6));
    let text = (0..40).map(line).collect::<Vec<_>>().join("\n");
    let mut answers = Vec::new();
    for count in [1, 3, 16] {
        let log = text_log::parse_with(&text, LogSpec::plain(), count);
        let params = serde_json::from_str(r#"{"limit":12}"#).unwrap();
        let mut plan = Op::plan(log.context(), params).unwrap();
        plan.case_count_max = 9;
        plan.case_movement_count_max = 3;
        let mut all = Partial::default();
        for segment in log.segments().iter().rev() {
            let mut part = Partial::default();
            Op::observe(log.context(), &plan, &CaseBatch::all(segment), &mut part);
            Op::merge(&mut all, part);
        }
        let answer = Op::finish(log.context(), &plan, all).unwrap();
        // The sixth of 40 cases with n movements each, 7 of 0 to 3 and 6 of 4 and 5.
        assert_eq!((answer.cases, answer.movements), (40, 7 * 6 + 6 * 9));
        assert!(0 < answer.sampled_cases && answer.sampled_cases <= 9);
        assert!(answer.sampled_movements <= 12);
        assert_eq!(answer.case_movements.iter().max(), Some(&3));
        assert!(answer.cut_cases > 0);
        answers.push(serde_json::to_string(&answer).unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[test]
fn an_empty_log_has_no_movements_and_limits_are_named() {
    let answer = ask("", "movements", "{}");
    assert!(answer.contains(r#""origin":null,"tick_s":1,"activities":[],"paths":[]"#), "{answer}");
    assert!(answer.contains(r#""in_progress":null"#), "{answer}");
    assert!(ask("a", "movements", r#"{"limit":200001}"#).contains("at most 200,000"));
    assert!(ask("a", "movements", r#"{"activities":["z"]}"#).contains("no activity \"z\""));
    assert!(ask("a | n=1", "movements", r#"{"by":"n"}"#).contains("expected is text or boolean"));
}
