//! Does the program explain itself: verbs, questions, filters?

use serde_json::Value;

use crate::support::{list, paydirt};

const VERBS: [&str; 21] = [
    "demo",
    "serve",
    "import",
    "logs",
    "versions",
    "views",
    "targets",
    "settings",
    "rollback",
    "delete",
    "export",
    "pin",
    "unpin",
    "retention",
    "ask",
    "check",
    "coverage",
    "quality",
    "library",
    "template",
    "convert",
];

#[test]
fn every_verb_has_help_with_examples() {
    for verb in VERBS {
        let run = paydirt(&[verb, "--help"]).ok();
        let usage = format!("Usage: paydirt {verb}");
        assert!(run.stdout.contains(&usage), "{verb}: {}", run.stdout);
        assert!(run.stdout.contains("Examples:"), "{verb}");
        assert!(run.stdout.contains(&format!("  paydirt {verb}")), "{verb}: an example of itself");
    }
    let all = paydirt(&["--help"]).ok().stdout;
    for verb in VERBS {
        assert!(all.contains(&format!("\n  {verb}")), "{verb}");
    }
    let version = paydirt(&["--version"]).ok().stdout;
    assert_eq!(version, format!("paydirt {}\n", env!("CARGO_PKG_VERSION")));
}

/// The questions that `ask --help` lists.
pub(crate) fn questions() -> Vec<String> {
    let help = paydirt(&["ask", "--help"]).ok().stdout;
    let (_, list) = help.split_once("\nQuestions:\n").expect("the questions are listed");
    let name = |line: &str| line.split_whitespace().next().map(str::to_owned);
    list.lines().take_while(|line| line.starts_with("  ")).filter_map(name).collect()
}

#[test]
fn every_question_explains_its_parameters_and_its_answer() {
    let questions = questions();
    for wanted in [
        "summary",
        "map",
        "variants",
        "cases",
        "case",
        "rework",
        "activities",
        "attributes",
        "throughput",
        "handovers",
        "dotted",
        "neighbours",
        "differences",
        "comparison",
        "workload",
        "targets",
        "funnel",
        "spectrum",
        "movements",
    ] {
        assert!(questions.iter().any(|question| question == wanted), "{wanted}: {questions:?}");
    }
    for question in questions {
        let schema = paydirt(&["ask", "--help", &question]).ok().json();
        assert_eq!(schema["question"], question.as_str());
        assert!(schema["summary"].is_string(), "{question}");
        assert_eq!(schema["params"]["type"], "object", "{question}");
        assert_eq!(schema["params"]["additionalProperties"], false, "{question}");
        assert_eq!(schema["answer"]["type"], "object", "{question}");
        let no_properties = serde_json::Map::new();
        let params = schema["params"]["properties"].as_object().unwrap_or(&no_properties);
        for (name, property) in params {
            assert!(has_description(property), "{question}: parameter {name}: {property}");
        }
    }
}

fn has_description(property: &Value) -> bool {
    let own = property["description"].is_string();
    own || property["oneOf"].as_array().is_some_and(|choices| choices.iter().any(has_description))
}

#[test]
fn every_filter_explains_itself() {
    let help = paydirt(&["ask", "--help", "filters"]).ok().json();
    for composition in ["all", "any", "not"] {
        assert!(help["composition"][composition].is_string(), "{composition}");
    }
    let filters = help["kinds"].as_array().expect("a list of filters");
    assert_references_resolve(&help, &help);
    assert!(filters.len() >= 10);
    for filter in filters {
        assert!(filter["kind"].is_string() && filter["summary"].is_string(), "{filter}");
        let keeps = filter["keeps"].as_str().unwrap();
        assert!(["cases", "events", "everything"].contains(&keeps), "{filter}");
        assert_eq!(filter["params"]["type"], "object", "{filter}");
    }
}

/// Every `$ref` leads to something in the same document.
fn assert_references_resolve(document: &Value, part: &Value) {
    match part {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "$ref" {
                    let pointer =
                        value.as_str().expect("a reference is a text").trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{pointer} leads to nothing");
                }
                assert_references_resolve(document, value);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| assert_references_resolve(document, item));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn help_on_one_kind_of_filter_shows_its_parameters() {
    let help = paydirt(&["ask", "--help", "follows"]).ok().json();
    assert_eq!(help["kinds"].as_array().map(Vec::len), Some(1));
    assert_references_resolve(&help, &help);
    let map = paydirt(&["ask", "--help", "map"]).ok().json();
    assert_references_resolve(&map, &map);
}

#[test]
fn help_on_an_unknown_question_ends_with_2() {
    let run = paydirt(&["ask", "--help", "sumary"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("summary"), "it names the questions: {run:?}");
}

/// What a message tells the user to do must be possible.
#[test]
fn the_advice_about_time_zones_names_a_flag_that_exists() {
    let report = crate::support::check(&crate::support::shipped("commandes.csv"), &[]);
    let notes = list(&report, "notes");
    let note = notes.iter().filter_map(Value::as_str).find(|note| note.contains("read as UTC"));
    let note = note.expect("an assumed zone is noted");
    let words = note.split_whitespace().map(|word| word.trim_end_matches([')', '.']));
    let flags = words.filter(|word| word.starts_with("--"));
    let help = paydirt(&["check", "--help"]).ok().stdout;
    for flag in flags {
        assert!(help.contains(flag), "{flag} is no flag: {note}");
    }
}
