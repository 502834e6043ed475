//! Do the fields of every answer keep their names and types?
//!
//! `shapes/` holds the answer of every question to one small log, whole, without its context.
//! A changed name or type is a change for everyone who reads the JSON: it needs a change note.

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde_json::Value;

use crate::cli_help::questions;
use crate::support::{ask, body, file, folder, list};

/// A start, an end, who, a case attribute and an amount; a repeat, an overlap, a blank.
const LOG: &str = "\
case,activity,start,end,resource,Region,Amount
1,Order,2024-01-01T08:00:00Z,2024-01-01T09:00:00Z,Ann,North,100
1,Pay,2024-01-01T12:00:00Z,2024-01-01T12:30:00Z,Bo,North,100
2,Order,2024-01-02T08:00:00Z,2024-01-02T09:00:00Z,Ann,South,
2,Order,2024-01-02T10:00:00Z,2024-01-02T11:00:00Z,Ann,South,
2,Pay,2024-01-02T10:45:00Z,2024-01-02T12:00:00Z,Bo,South,
3,Order,2024-02-01T08:00:00Z,2024-02-01T08:30:00Z,Ann,North,50.5
3,Pay,2024-02-02T08:30:00Z,2024-02-02T08:45:00Z,Chloé,North,50.5
";

fn log() -> (tempfile::TempDir, PathBuf) {
    let folder = folder();
    let log = file(folder.path(), "log.csv", LOG);
    (folder, log)
}

fn answer(log: &Path, question: &str) -> Value {
    match question {
        "case" => ask(log, question, &["--params", "{\"case\": \"2\"}"]),
        "neighbours" => {
            let params = "{\"activity\": \"Pay\", \"attributes\": [\"Region\", \"Amount\"]}";
            ask(log, question, &["--params", params])
        }
        "map" => ask(log, question, &["--params", "{\"weight\": {\"attribute\": \"Amount\"}}"]),
        "funnel" => {
            let stages = r#"[{"activities": ["Order"]}, {"name": "Paid", "activities": ["Pay"]}]"#;
            let more = r#""ends": ["Pay"], "cohorts": "month", "value": "Amount""#;
            ask(log, question, &["--params", &format!("{{\"stages\": {stages}, {more}}}")])
        }
        "targets" => {
            let gone = r#"{"of": "path", "from": "Pay", "to": "Gone", "at_most_s": 60}"#;
            let params = format!(r#"{{"targets": [{gone}, {{"of": "case", "at_most_s": 3600}}]}}"#);
            ask(log, question, &["--params", &params])
        }
        "spectrum" => ask(
            log,
            question,
            &["--params", r#"{"from": "Order", "to": "Pay", "period": "month"}"#],
        ),
        "movements" => ask(log, question, &["--params", r#"{"by": "Region"}"#]),
        _ => ask(log, question, &[]),
    }
}

#[test]
fn every_question_answers_in_its_shape() {
    let (_folder, log) = log();
    for question in questions() {
        let answer = format!("{:#}\n", body(answer(&log, &question)));
        let shape = format!("shapes/{question}.json");
        expect_file![shape].assert_eq(&answer);
    }
}

#[test]
fn a_context_says_what_was_asked_of_what() {
    let (_folder, log) = log();
    let flags = ["--filter", "{\"kind\": \"activity_contains\", \"activities\": [\"Pay\"]}"];
    let mut context = ask(&log, "summary", &flags)["context"].clone();
    assert_eq!(context["source"].as_str(), log.to_str());
    context["source"] = "log.csv".into();
    expect_file!["shapes/context.json"].assert_eq(&format!("{context:#}\n"));
}

#[test]
fn a_grouped_answer_has_one_answer_for_each_group() {
    let (_folder, log) = log();
    let answer = body(ask(&log, "summary", &["--group-by", "Region"]));
    expect_file!["shapes/groups.json"].assert_eq(&format!("{answer:#}\n"));
}

#[test]
fn a_report_and_a_problem_have_their_shapes() {
    let (folder, log) = log();
    // What the rules find turns on today; their shape is that of the description of the API.
    let report = crate::support::check(&log, &["--no-rules"]);
    expect_file!["shapes/check.json"].assert_eq(&format!("{report:#}\n"));
    let dates = "case,activity,time\n1,a,01/02/2024\n1,b,03/04/2024\n";
    let dates = file(folder.path(), "dates.csv", dates);
    let run = crate::support::paydirt(&["check", dates.to_str().expect("UTF-8"), "--json"]);
    let mut problem = run.problem();
    problem["place"]["file"] = "dates.csv".into();
    expect_file!["shapes/problem.json"].assert_eq(&format!("{problem:#}\n"));
}

/// What a field must be.
#[derive(Clone, Copy)]
enum Kind {
    Count,
    Text,
    Number,
    Boolean,
}

#[track_caller]
fn has(value: &Value, fields: &[(&str, Kind)]) {
    for &(name, kind) in fields {
        let field = &value[name];
        let is_right = match kind {
            Kind::Count => field.is_u64(),
            Kind::Text => field.is_string(),
            Kind::Number => field.is_number(),
            Kind::Boolean => field.is_boolean(),
        };
        assert!(is_right, "{name} is {field} in {value}");
    }
}

#[track_caller]
fn has_durations(value: &Value, has_total: bool) {
    for name in ["min", "mean", "median", "p90", "max"] {
        has(value, &[(name, Kind::Number)]);
    }
    if has_total {
        has(value, &[("total", Kind::Number)]);
    }
}

#[test]
fn the_fields_that_others_rely_on_are_there() {
    use Kind::{Boolean, Count, Number, Text};
    let (_folder, log) = log();
    let summary = answer(&log, "summary");
    let sizes = ["cases", "events", "activities", "variants"].map(|name| (name, Count));
    has(&summary, &sizes);
    has(&summary, &[("first_event_at", Text), ("last_event_at", Text)]);
    has_durations(&summary["case_duration_s"], false);
    let map = answer(&log, "map");
    for row in list(&map, "activities") {
        has(row, &[("activity", Text), ("events", Count), ("cases", Count)]);
        has(row, &[("shown_from", Number), ("shown", Boolean)]);
    }
    for row in list(&map, "paths") {
        has(row, &[("from", Text), ("to", Text), ("events", Count), ("cases", Count)]);
        has(row, &[("shown_from", Number), ("shown", Boolean)]);
        has_durations(&row["duration_s"], true);
    }
    for row in list(&map, "starts").iter().chain(list(&map, "ends")) {
        has(row, &[("activity", Text), ("cases", Count)]);
    }
    let variants = answer(&log, "variants");
    has(&variants, &[("total", Count)]);
    for row in list(&variants, "variants") {
        assert!(list(row, "activities").iter().all(Value::is_string), "{row}");
        has(row, &[("cases", Count), ("share", Number)]);
    }
    for row in list(&answer(&log, "rework"), "activities") {
        has(row, &[("activity", Text), ("cases", Count)]);
        has(row, &[("cases_with_repeat", Count), ("repeats", Count)]);
    }
    let cases = answer(&log, "cases");
    has(&cases, &[("total", Count)]);
    for row in list(&cases, "cases") {
        has(row, &[("case", Text), ("start", Text), ("end", Text), ("duration_s", Number)]);
        has(row, &[("events", Count), ("variant", Text)]);
    }
}
