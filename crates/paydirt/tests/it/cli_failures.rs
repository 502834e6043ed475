//! Does every failure end with its exit code, a sentence, and nothing left behind?
//!
//! 1 a problem in the input, 2 wrong usage, 3 the machine failed.

use std::path::Path;

use crate::support::{Run, command, file, folder, paydirt, run, shipped, text};

const LOG: &str = "case,activity,time\n1,a,2024-01-01T08:00:00Z\n1,b,2024-01-01T09:00:00Z\n";

/// A failed run with `--json`: its exit code, its code of the problem, and its sentence, which
/// stands on standard error too.
#[track_caller]
fn fails(arguments: &[&str], code: i32, problem: &str) -> String {
    let run = paydirt(arguments);
    assert_eq!(run.code, code, "{run:?}");
    let told = run.problem();
    assert_eq!(told["code"], problem, "{run:?}");
    for field in ["category", "detail"] {
        assert!(told[field].is_string(), "{told}");
    }
    assert!(told["place"].is_object(), "{told}");
    let detail = told["detail"].as_str().expect("a sentence").to_owned();
    assert!(run.stderr.starts_with("paydirt: "), "{run:?}");
    assert!(run.stderr.contains(&detail), "{run:?}");
    assert_eq!(run.stdout.lines().count(), 1, "one JSON value: {run:?}");
    run.stderr
}

fn log(folder: &Path) -> String {
    text(&file(folder, "log.csv", LOG)).to_owned()
}

#[test]
fn problems_of_the_input_end_with_1() {
    let folder = folder();
    let missing = folder.path().join("missing.csv");
    fails(&["ask", text(&missing), "summary", "--json"], 1, "file_not_found");
    let empty = file(folder.path(), "empty.csv", "");
    fails(&["ask", text(&empty), "summary", "--json"], 1, "nothing_usable");
    let blank = file(folder.path(), "blank.csv", "\n\n  \n");
    fails(&["check", text(&blank), "--json"], 1, "nothing_usable");
    let header = file(folder.path(), "header.csv", "case,activity,time\n");
    fails(&["check", text(&header), "--json"], 1, "nothing_usable");
    let log = log(folder.path());
    fails(&["ask", &log, "case", "--params", "{\"case\": \"2\"}", "--json"], 1, "case_not_found");
}

#[test]
fn files_that_are_no_log_say_what_they_are() {
    let folder = folder();
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00";
    let json = b"{\"events\": []}";
    let cases: [(&str, &[u8], &str); 2] = [("a.png", png, "PNG"), ("a.json", json, "JSON")];
    for (name, bytes, what) in cases {
        let path = file(folder.path(), name, bytes);
        let sentence = fails(&["check", text(&path), "--json"], 1, "unknown_format");
        assert!(sentence.contains(what), "{sentence}");
        assert!(sentence.contains("CSV"), "it says what is read: {sentence}");
        // The name does not decide: the same bytes under the name of a table.
        let disguised = file(folder.path(), "a.csv", bytes);
        fails(&["check", text(&disguised), "--json"], 1, "unknown_format");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = folder();
    let log = log(folder.path());
    let sentence = fails(&["ask", &log, "sumary", "--json"], 2, "unknown_question");
    assert!(sentence.contains("summary"), "it names the questions: {sentence}");
    fails(&["ask", &log, "--json"], 2, "wrong_usage");
    fails(&["ask", &log, "map", "--params", "{\"x\"", "--json"], 2, "wrong_usage");
    fails(&["ask", &log, "map", "--params", "[]", "--json"], 2, "wrong_usage");
    let sentence = fails(
        &["ask", &log, "map", "--params", "{\"wieght\": 1}", "--json"],
        2,
        "invalid_parameters",
    );
    assert!(sentence.contains("wieght"), "{sentence}");
    fails(&["ask", &log, "map", "--filter", "no", "--json"], 2, "wrong_usage");
    fails(&["ask", &log, "map", "--filter", "{\"kind\": \"no\"}", "--json"], 2, "invalid_filter");
    fails(&["ask", &log, "map", "--group-by", "Region", "--json"], 2, "unknown_attribute");
    let sentence = fails(&["check", &log, "--case", "Deal", "--json"], 2, "column_not_found");
    assert!(sentence.contains("Deal"), "{sentence}");
    fails(&["check", &log, "--tz", "Europe/Lutetia", "--json"], 2, "time_zone_unknown");
    fails(&["check", &log, "--encoding", "utf-9", "--json"], 2, "invalid_parameters");
    fails(&["check", &log, "--delimiter", "ab", "--json"], 2, "wrong_usage");
    let out = folder.path().join("out.doc");
    fails(&["convert", &log, text(&out), "--json"], 2, "wrong_usage");
}

#[test]
fn unknown_flags_and_verbs_end_with_2() {
    for arguments in [
        ["ask", "log.csv", "summary", "--no-such-flag"].as_slice(),
        &["dig"],
        &["check"],
        &["check", "log.csv", "--lifecycle", "guess"],
        &["demo", "--deals", "0"],
        &["demo", "--print", "--deals", "many"],
        &["convert", "log.csv"],
        &[],
    ] {
        let run = paydirt(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {run:?}");
        let told = ["Usage", "--help"].iter().any(|advice| run.stderr.contains(advice));
        assert!(told, "{run:?}");
    }
    for threads in ["0", "two", "1025"] {
        let demo = ["demo", "--print", "--deals", "10"];
        let run = run(command().args(demo).env("PAYDIRT_THREADS", threads));
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("PAYDIRT_THREADS"), "{run:?}");
    }
}

#[test]
fn places_that_cannot_be_written_end_with_3() {
    let folder = folder();
    let log = log(folder.path());
    let nowhere = folder.path().join("no/such/folder/out.csv");
    fails(&["convert", &log, text(&nowhere), "--json"], 3, "file_unwritable");
    // The name of a folder cannot become a file.
    let taken = folder.path().join("taken.parquet");
    std::fs::create_dir(&taken).expect("a folder");
    fails(&["convert", &log, text(&taken), "--json"], 3, "file_unwritable");
    // A file cannot be a folder.
    let demo = ["demo", "--print", "--deals", "10", "--json", "--out", &log];
    fails(&demo, 3, "file_unwritable");
    assert_eq!(names(folder.path()), ["log.csv", "taken.parquet"]);
}

#[test]
fn a_failed_conversion_leaves_what_was_there() {
    let folder = folder();
    let broken = file(folder.path(), "broken.csv", "case,activity,time\n1,a,soon\n");
    let out = file(folder.path(), "out.parquet", "as it was");
    let run: Run = paydirt(&["convert", text(&broken), text(&out)]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(std::fs::read(&out).expect("it is there"), b"as it was");
    assert_eq!(names(folder.path()), ["broken.csv", "out.parquet"]);
}

#[test]
fn a_good_conversion_leaves_the_file_alone() {
    let folder = folder();
    for ending in ["csv", "parquet", "xes", "xes.gz"] {
        let out = folder.path().join(format!("out.{ending}"));
        paydirt(&["convert", text(&shipped("loans.xes")), text(&out)]).ok();
    }
    assert_eq!(names(folder.path()), ["out.csv", "out.parquet", "out.xes", "out.xes.gz"]);
}

/// The names in a folder, hidden ones too.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a UTF-8 name"))
        .collect();
    names.sort();
    names
}
