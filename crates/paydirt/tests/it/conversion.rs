//! Does a log that goes through every format still give the same answers?

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::shipped::SHIFT_JIS;
use crate::support::{ask, body, folder, list, paydirt, public_log, shipped, text};

/// Converts a log into a folder under another name.
#[track_caller]
fn convert(from: &Path, folder: &Path, name: &str, flags: &[&str]) -> PathBuf {
    let out = folder.join(name);
    paydirt(&[&["convert", text(from), text(&out)], flags].concat()).ok();
    out
}

const QUESTIONS: [&str; 4] = ["summary", "map", "variants", "cases"];

/// The answers that every form of the log must give.
#[track_caller]
fn answers(log: &Path, flags: &[&str]) -> Vec<Value> {
    QUESTIONS.iter().map(|question| body(ask(log, question, flags))).collect()
}

/// Through Parquet, XES.gz and CSV, and once more into Parquet.
#[track_caller]
fn goes_round(log: &Path, flags: &[&str]) {
    let folder = folder();
    let expected = answers(log, flags);
    let parquet = convert(log, folder.path(), "a.parquet", flags);
    assert_eq!(answers(&parquet, &[]), expected, "Parquet");
    let xes = convert(&parquet, folder.path(), "b.xes.gz", &[]);
    assert_eq!(answers(&xes, &[]), expected, "XES.gz");
    let csv = convert(&xes, folder.path(), "c.csv", &[]);
    assert_eq!(answers(&csv, &[]), expected, "CSV");
    let again = convert(&csv, folder.path(), "d.parquet", &[]);
    assert_eq!(answers(&again, &[]), expected, "Parquet again");
}

#[test]
fn french_orders_go_round() {
    goes_round(&shipped("commandes.csv"), &["--tz", "Europe/Paris"]);
}

#[test]
fn japanese_orders_go_round() {
    goes_round(
        &shipped("juchu.shift_jis.csv"),
        &[SHIFT_JIS.as_slice(), &["--tz", "Asia/Tokyo"]].concat(),
    );
}

#[test]
fn loans_go_round() {
    goes_round(&shipped("loans.xes"), &[]);
}

#[test]
fn a_public_log_goes_round() {
    let Some(log) = public_log("pm4py/running-example.csv") else { return };
    goes_round(&log, &[]);
}

/// XES has no event with a start: it becomes two, and pairing them gives it back. CSV does not
/// say of an attribute that is blank everywhere whether it belongs to the events or the cases.
#[test]
fn loans_with_starts_go_round() {
    let folder = folder();
    let pair = ["--lifecycle", "pair"];
    let loans = shipped("loans.xes");
    let expected = answers(&loans, &pair);
    let parquet = convert(&loans, folder.path(), "a.parquet", &pair);
    assert_eq!(answers(&parquet, &[]), expected, "Parquet");
    let xes = convert(&parquet, folder.path(), "b.xes", &[]);
    assert_eq!(answers(&xes, &pair), expected, "XES");
    let csv = convert(&xes, folder.path(), "c.csv", &pair);
    let attributes = ["--params", "{\"attributes\": [\"Segment\", \"Amount\", \"Online\"]}"];
    let flags = [pair.as_slice(), &attributes].concat();
    assert_eq!(body(ask(&csv, "cases", &attributes)), body(ask(&loans, "cases", &flags)), "CSV");
    for (question, expected) in QUESTIONS.iter().zip(expected).take(3) {
        assert_eq!(body(ask(&csv, question, &[])), expected, "CSV");
    }
}

#[test]
fn the_same_log_gives_the_same_file() {
    let folder = folder();
    for ending in ["csv", "parquet", "xes", "xes.gz"] {
        let [first, second] = ["a", "b"].map(|name| {
            let name = format!("{name}.{ending}");
            std::fs::read(convert(&shipped("loans.xes"), folder.path(), &name, &[]))
                .expect("a file")
        });
        assert!(first == second, "{ending}");
    }
}

/// A file that is read and written again has the same cases, event by event.
#[test]
fn every_event_of_a_case_survives() {
    let folder = folder();
    let loans = shipped("loans.xes");
    let flags = ["--params", "{\"case\": \"L1\"}"];
    let expected = body(ask(&loans, "case", &flags));
    assert_eq!(list(&expected, "events").len(), 5);
    for name in ["a.parquet", "a.xes", "a.xes.gz"] {
        let out = convert(&loans, folder.path(), name, &[]);
        assert_eq!(body(ask(&out, "case", &flags)), expected, "{name}");
    }
}
