//! Are difficult tables read as others expect, or differently for a stated reason?
//!
//! The import cases of Apromore come with the rows they expect. `docs/differences.md` says where
//! and why Paydirt reads a table in another way.

use std::path::Path;

use serde_json::Value;

use crate::support::{ask, check, folder, kinds, paydirt, public_log, say, text};

const CASES: &str = "apromore/csv-importer-tests";

/// What a case expects of a file.
enum Expected {
    /// Exactly the rows of a file.
    Rows(&'static str),
    /// Nothing usable in it: exit code 1.
    Nothing,
}

/// One import case: the file, its flags, the expectation, the kinds of problems it reports.
type ImportCase = (&'static str, &'static [&'static str], Expected, &'static [&'static str]);

const HEBREW: &[&str] = &["--encoding", "windows-1255"];

const IMPORT_CASES: &[ImportCase] = &[
    ("test1-valid.csv", &[], Expected::Rows("test1-valid-expected.csv"), &[]),
    (
        "test2-missing-columns.csv",
        &[],
        Expected::Rows("test2-missing-columns-expected.csv"),
        &["blank-time", "short-row"],
    ),
    (
        "test3-invalid-end-timestamp.csv",
        &[],
        Expected::Rows("test3-invalid-end-timestamp-expected.csv"),
        &["bad-time"],
    ),
    (
        "test4-invalid-start-timestamp.csv",
        &[],
        Expected::Rows("test4-invalid-start-timestamp-expected.csv"),
        &["bad-start"],
    ),
    (
        "test5-empty-caseID.csv",
        &[],
        Expected::Rows("test5-empty-caseID-expected.csv"),
        &["blank-case"],
    ),
    (
        "test6-different-delimiters.csv",
        &[],
        Expected::Rows("test6-different-delimiters-expected.csv"),
        &[],
    ),
    (
        "test7-record-invalid.csv",
        &[],
        Expected::Rows("test7-record-invalid-expected.csv"),
        &["bad-start", "long-row"],
    ),
    ("test8-all-invalid.csv", &[], Expected::Nothing, &[]),
    (
        "test9-differentiate-dates.csv",
        &[],
        Expected::Rows("test9-differentiate-dates-expected.csv"),
        &["repeated-event"],
    ),
    (
        "test10-eventAttribute.csv",
        &[],
        Expected::Rows("test10-eventAttribute-expected.csv"),
        &["repeated-event"],
    ),
    ("test11-encoding.csv", HEBREW, Expected::Rows("test11-encoding-expected.csv"), &[]),
    (
        "older-versions/exporter/test1-valid.csv",
        &[],
        Expected::Rows("test1-valid-expected.csv"),
        &[],
    ),
    (
        "older-versions/importer/test1-valid.csv",
        &[],
        Expected::Rows("test1-valid-expected.csv"),
        &[],
    ),
    ("older-versions/importer/test1.csv", &[], Expected::Rows("test1-valid-expected.csv"), &[]),
    ("test1-valid.parquet", &[], Expected::Rows("test1-valid-expected.csv"), &[]),
    (
        "test2-missing-columns.parquet",
        &[],
        Expected::Rows("test2-missing-columns-expected.csv"),
        &[],
    ),
    (
        "test3-invalid-end-timestamp.parquet",
        &[],
        Expected::Rows("test3-invalid-end-timestamp-expected.csv"),
        &["bad-time"],
    ),
    (
        "test4-invalid-start-timestamp.parquet",
        &[],
        Expected::Rows("test4-invalid-start-timestamp-expected.csv"),
        &["bad-start"],
    ),
    (
        "test5-empty-caseID.parquet",
        &[],
        Expected::Rows("test5-empty-caseID-expected.csv"),
        &["blank-case"],
    ),
    (
        "test6-different-delimiters.parquet",
        &[],
        Expected::Rows("test6-different-delimiters-expected.csv"),
        &[],
    ),
    ("test7-record-invalid.parquet", &[], Expected::Nothing, &[]),
    ("test8-all-invalid.parquet", &[], Expected::Nothing, &[]),
    (
        "test9-differentiate-dates.parquet",
        &[],
        Expected::Rows("test9-differentiate-dates-expected.csv"),
        &["repeated-event"],
    ),
    (
        "test10-eventAttribute.parquet",
        &[],
        Expected::Rows("test10-eventAttribute-expected-parquet.csv"),
        &[],
    ),
    ("test11-encoding.parquet", &[], Expected::Rows("test11-encoding-expected.csv"), &[]),
];

/// Case, activity, start and end of a row, texts as they are, times as plain digits.
type Row = (String, String, String, String);

/// `2019-09-23 15:13:05.071`, `2011-11-06 16:59:00.0` and `2011-11-06T16:59Z` in one form.
fn plain_time(text: &str) -> String {
    let text = text.trim_end_matches('Z').replace('T', " ");
    let (clock, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let seconds = if clock.matches(':').count() == 1 { ":00" } else { "" };
    format!("{clock}{seconds}.{:0<6}", fraction)
}

/// The rows that a case expects; `¸` stands between the cells of one of them.
fn expected_rows(file: &Path) -> Vec<Row> {
    let content = std::fs::read_to_string(file).expect("an expectation");
    let row = |line: &str| {
        if line.contains('¸') {
            let cells: Vec<&str> = line.split('¸').collect();
            let time = plain_time(cells[2]);
            return (cells[0].to_owned(), cells[1].to_owned(), time.clone(), time);
        }
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_owned(), cells[1].to_owned(), plain_time(cells[2]), plain_time(cells[3]))
    };
    content.lines().filter(|line| !line.is_empty()).map(row).collect()
}

/// The rows that Paydirt takes from a file: what it writes when it converts it.
fn our_rows(file: &Path, flags: &[&str]) -> Vec<Row> {
    let folder = folder();
    let out = folder.path().join("out.csv");
    paydirt(&[&["convert", text(file), text(&out)], flags].concat()).ok();
    let content = std::fs::read_to_string(&out).expect("the converted log");
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let place = |name: &str| header.iter().position(|&column| column == name);
    let (case, activity) = (place("case:concept:name"), place("concept:name"));
    let (time, start) = (place("time:timestamp"), place("start_timestamp"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |at: Option<usize>| cells[at.expect("every log has this column")].to_owned();
        let end = plain_time(&cell(time));
        let start = start.map_or_else(|| end.clone(), |at| plain_time(cells[at]));
        (cell(case), cell(activity), start, end)
    };
    lines.map(row).collect()
}

#[test]
fn import_cases_of_apromore_give_the_expected_rows() {
    let Some(cases) = public_log(CASES) else { return };
    for (name, flags, expected, problems) in IMPORT_CASES {
        let file = cases.join(name);
        match expected {
            Expected::Rows(rows) => {
                let mut theirs = expected_rows(&cases.join(rows));
                let mut ours = our_rows(&file, flags);
                theirs.sort();
                ours.sort();
                assert_eq!(ours, theirs, "{name}");
                assert_eq!(kinds(&check(&file, flags)), *problems, "{name}");
            }
            Expected::Nothing => {
                let run = paydirt(&["check", text(&file), "--json"]);
                assert_eq!(run.code, 1, "{name}");
                assert_eq!(run.problem()["code"], "nothing_usable", "{name}");
            }
        }
    }
    say(&format!("{} import cases ran", IMPORT_CASES.len()));
}

/// The import cases in Excel: name, rows, events, rows left out. Each is read without help.
const WORKBOOK_CASES: &[(&str, u64, u64, u64)] = &[
    ("test1-valid.xlsx", 3, 3, 0),
    ("test2-missing-columns.xlsx", 3, 2, 1),
    ("test3-invalid-end-timestamp.xlsx", 4, 3, 1),
    ("test4-invalid-start-timestamp.xlsx", 4, 3, 1),
    ("test5-empty-caseID.xlsx", 3, 2, 1),
    ("test7-record-invalid.xlsx", 3, 2, 1),
    ("test8-all-invalid.xlsx", 3, 0, 3),
    ("test9-differentiate-dates.xlsx", 13, 13, 0),
    ("test10-eventAttribute.xlsx", 6, 6, 0),
    ("test11-encoding.xlsx", 5, 5, 0),
    ("older-versions/importer/TEST.xlsx", 100, 99, 1),
    ("older-versions/importer/test11-encoding-farsi.xlsx", 3, 3, 0),
    ("older-versions/importer/test6-different-delimiters.xlsx", 3, 3, 0),
];

#[test]
fn import_cases_in_excel_are_read_without_help() {
    let Some(cases) = public_log(CASES) else { return };
    for &(name, rows, events, refused) in WORKBOOK_CASES {
        let run = paydirt(&["check", text(&cases.join(name)), "--json"]);
        let report = run.json();
        assert_eq!(report["format"], "xlsx", "{name}");
        let found = (&report["rows_read"], &report["events"], &report["rows_refused"]);
        assert_eq!(found, (&rows.into(), &events.into(), &refused.into()), "{name}");
        assert_eq!(run.code, i32::from(events == 0), "{name}");
        // Whatever is refused is named by its cell or, in lines of text, by its row.
        for problem in report["problems"].as_array().expect("a list") {
            for example in problem["examples"].as_array().expect("a list") {
                let has_cell = example["cell"].as_str().is_some_and(|cell| cell.contains('!'));
                assert!(has_cell || example["column"] == "", "{name}: {example}");
            }
        }
    }
    say(&format!("{} import cases in Excel ran", WORKBOOK_CASES.len()));
}

/// Stated difference: a column has one order of day and month. One 03/19/2019 settles it for all
/// 101 rows, although the file is called "ddMM".
#[test]
fn one_date_settles_the_order_of_day_and_month_of_the_column() {
    let Some(cases) = public_log(CASES) else { return };
    let file = cases.join("older-versions/importer/test1-valid-ddMM.csv");
    let report = check(&file, &[]);
    assert_eq!((&report["events"], &report["rows_refused"]), (&101.into(), &0.into()));
    let answer = ask(&file, "summary", &[]);
    assert_eq!(answer["first_event_at"], "2019-03-09T15:13:05Z");
    assert_eq!(answer["last_event_at"], "2019-11-09T15:13:05Z");
}

#[test]
fn a_log_without_times_names_the_flag_for_them() {
    for name in ["ebi/a-b.csv", "ebi/a-b_multiple_separators.csv"] {
        let Some(file) = public_log(name) else { return };
        let run = paydirt(&["ask", text(&file), "summary", "--json"]);
        assert_eq!(run.code, 1);
        assert_eq!(run.problem()["code"], "column_role_missing");
        assert!(run.stderr.contains("--time"), "{}", run.stderr);
    }
    for name in
        ["a-b-double.xes", "a-b.xes.gz", "fig_a.xes", "simple_log_markovian_abstraction.xes"]
    {
        let Some(file) = public_log(&format!("ebi/{name}")) else { return };
        let run = paydirt(&["ask", text(&file), "summary", "--json"]);
        assert_eq!(run.code, 1, "{name}");
        assert!(run.problem()["detail"].to_string().contains("event-without-time"), "{name}");
    }
}

#[test]
fn small_logs_with_times_are_read() {
    for (name, cases, events) in [("ebi/a-b.xes", 2, 2), ("ebi/svn60.xes", 3, 12)] {
        let Some(file) = public_log(name) else { return };
        let answer = ask(&file, "summary", &[]);
        assert_eq!((&answer["cases"], &answer["events"]), (&cases.into(), &events.into()));
    }
}

/// One row an opportunity, with two dates: 500 prospects have none, 1,589 are not closed yet.
#[test]
fn a_table_with_a_row_for_each_opportunity_is_a_log_of_its_dates() {
    let Some(file) = public_log("crm-maven/sales_pipeline.csv") else { return };
    let answer = ask(&file, "summary", &[]);
    assert_eq!((&answer["cases"], &answer["events"]), (&8_300.into(), &15_011.into()));
    // Engaged, won and lost: the stage says how a deal has ended.
    assert_eq!(answer["activities"], 3);
    assert_eq!(answer["context"]["rows_refused"], 500);
    let run = paydirt(&["ask", text(&file), "summary", "--row", "event", "--json"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert_eq!(run.problem()["code"], "column_role_missing");
    assert!(run.stderr.contains("--activity"), "{}", run.stderr);
}

/// The figures of `reference/crm_maven_sales_pipeline.json`: 500 rows have no engage date.
#[test]
fn a_table_without_activities_is_a_log_once_they_are_named() {
    let Some(file) = public_log("crm-maven/sales_pipeline.csv") else { return };
    let flags = ["--activity", "deal_stage", "--time", "engage_date"];
    let answer = ask(&file, "map", &flags);
    assert_eq!(answer["cases"], 8_300);
    assert_eq!(answer["context"]["rows_refused"], 500);
    let counts: Vec<(&str, &Value)> = answer["activities"]
        .as_array()
        .expect("activities")
        .iter()
        .filter_map(|row| Some((row["activity"].as_str()?, &row["cases"])))
        .collect();
    let counts: Vec<_> = counts.iter().map(|(name, cases)| (*name, cases.as_u64())).collect();
    assert_eq!(counts, [("Won", Some(4_238)), ("Lost", Some(2_473)), ("Engaging", Some(1_589))]);
}
