//! What does the program say about files that break one rule of XES each, and about their siblings?
//!
//! `xes_rules.tsv` holds the expectation for each of the 71 files, read by hand. None of them holds
//! a time, so each ends with exit code 1; what was found on the way is told before the reason.

use std::path::Path;

use serde_json::Value;

use crate::support::{Run, kinds, paydirt, public_log, text};

/// One file and what is expected of it.
struct Rule {
    file: &'static str,
    outcome: &'static str,
    rules: Vec<&'static str>,
    exit: &'static str,
}

fn rules() -> Vec<Rule> {
    let lines = include_str!("xes_rules.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[file, outcome, rules, _, _, exit, _] = cells.as_slice() else {
            panic!("not seven columns: {line}")
        };
        let rules = rules.split(',').filter(|&rule| rule != "-").collect();
        Rule { file, outcome, rules, exit }
    });
    rows.collect()
}

/// Checks every file and returns what was wrong with any.
fn failures(look: impl Fn(&Rule, &Run) -> Result<(), String>) -> Vec<String> {
    let Some(folder) = public_log("pm4py/xes_importer_tests") else { return Vec::new() };
    let rules = rules();
    assert_eq!(rules.len(), 71);
    let check = |rule: &Rule| {
        let path = Path::new(&folder).join(rule.file);
        paydirt(&["check", text(&path), "--json"])
    };
    rules
        .iter()
        .filter_map(|rule| {
            look(rule, &check(rule)).err().map(|why| format!("{}: {why}", rule.file))
        })
        .collect()
}

#[test]
fn every_file_ends_with_exit_code_1_and_its_reason() {
    let wrong = failures(|rule, run| {
        let problem = run.problem();
        let reason = match rule.exit {
            "not-a-log" => ["nothing_usable", "damaged_file", "unknown_format"].as_slice(),
            "no-usable-event" => ["nothing_usable"].as_slice(),
            other => panic!("unknown reason {other}"),
        };
        let code = problem["code"].as_str().unwrap_or_default();
        if run.code == 1 && reason.contains(&code) && !run.stderr.is_empty() {
            return Ok(());
        }
        Err(format!("exit code {} for {code}", run.code))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is refused or counted without being a finding about the form of the document.
const COUNTS: [&str; 3] = ["event-without-time", "event-without-activity", "event-outside-trace"];

#[test]
fn every_file_gives_its_findings_before_the_reason() {
    let wrong = failures(|rule, run| {
        if rule.outcome == "exit1" {
            return Ok(());
        }
        let report: Value = run.json();
        if !report["problems"].is_array() {
            return Err("the report is not told".to_owned());
        }
        let mut found = kinds(&report);
        found.retain(|kind| !COUNTS.contains(kind));
        match rule.outcome {
            "clean" if found.is_empty() => Ok(()),
            "findings" if rule.rules.iter().all(|wanted| found.contains(wanted)) => Ok(()),
            _ => Err(format!("expected {} {:?}, found {found:?}", rule.outcome, rule.rules)),
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}
