//! Are the exports of tools read without help, as a program apart reads them, and is every
//! automatic reading told and switched off by its name?
//!
//! `testdata/logs/exports/expected` has the events of each file, computed apart.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{check, folder, kinds, list, paydirt, public_log, repository, say, text};

/// An export, what was read automatically in it (rule, column and rows), and its problems.
type Export = (&'static str, &'static str, &'static [&'static str]);

const EXPORTS: [Export; 5] = [
    (
        "salesforce-report.csv",
        "repeated_headers 7, total_rows 10, footer_lines 11+12+13+14+15, \
         decimal_commas Amount 2+4+5+8, grouped_digits Amount 2+4+8, \
         cell_currencies Amount 2+4+5+8, blank_words Loss Reason 5+2+8",
        &[],
    ),
    (
        "hubspot-deals.csv",
        "blank_words Date entered \"Contract sent (Sales Pipeline)\" 3, \
         blank_words Date entered \"Closed won (Sales Pipeline)\" 3, \
         blank_words Date entered \"Closed lost (Sales Pipeline)\" 2, blank_words Amount 4, \
         grouped_digits Amount 3+5, negative_numbers Amount 5, blank_words Currency 4, \
         blank_words Deal Type 5, blank_words Closed Lost Reason 2, blank_words Discount 5, \
         percents Discount 2+3+4",
        &[],
    ),
    (
        "sap-vorgaenge.csv",
        "title_lines 1+2+3, repeated_headers 9, total_rows 8+14, footer_lines 15, \
         damaged_ids Vorgangs-ID 12, blank_words Geändert von 13, \
         decimal_commas Nettowert 5+7+10+11+12, grouped_digits Nettowert 5+7+13, \
         negative_numbers Nettowert 7, grouped_digits Menge 5+10+12+13, \
         decimal_commas Rabatt 5+13, percents Rabatt 5+11+13",
        &["damaged-id"],
    ),
    (
        "shodan-rireki.csv",
        "title_lines 1, total_rows 9, footer_lines 10+11, grouped_digits 金額 3+5+6+7+8, \
         negative_numbers 金額 7, cell_currencies 金額 3+5+6+7+8, percents 割引率 3+5+6+8, \
         blank_words 失注理由 6+3+5",
        &[],
    ),
    (
        "excel-serials.csv",
        "damaged_ids Opportunity ID 2, serial_dates Date 2+3+4+5+6, serial_dates Close date 2+3+5, \
         decimal_commas Amount 5, negative_numbers Amount 5, blank_words Invoice number 3",
        &["damaged-id"],
    ),
];

fn exports() -> PathBuf {
    repository().join("testdata/logs/exports")
}

/// Rules with their columns and the rows of their examples.
fn told(report: &Value) -> String {
    let Some(automatic) = report["automatic"].as_array() else { return String::new() };
    let one = |reading: &Value| {
        let rows: Vec<String> =
            list(reading, "examples").iter().map(|example| example["row"].to_string()).collect();
        let column = reading["column"].as_str().map(|name| format!(" {name}")).unwrap_or_default();
        format!("{}{column} {}", reading["rule"].as_str().unwrap_or_default(), rows.join("+"))
    };
    automatic.iter().map(one).collect::<Vec<String>>().join(", ")
}

/// The cells of these columns, numbers without zeros at their end.
fn cells(content: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut lines = content.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let places: Vec<usize> = columns
        .iter()
        .map(|name| header.iter().position(|known| known == name).expect("a column"))
        .collect();
    let plain = |cell: &str| match cell.parse::<f64>() {
        Ok(number) if cell.contains('.') => number.to_string(),
        _ => cell.to_owned(),
    };
    let row = |line: &str| {
        let all: Vec<&str> = line.split(',').collect();
        places.iter().map(|&place| plain(all[place])).collect()
    };
    let mut rows: Vec<Vec<String>> = lines.map(row).collect();
    rows.sort();
    rows
}

fn converted(file: &Path) -> String {
    let folder = folder();
    let out = folder.path().join("out.csv");
    paydirt(&["convert", text(file), text(&out)]).ok();
    std::fs::read_to_string(&out).expect("the converted log")
}

#[test]
fn every_export_has_the_events_that_were_computed_apart() {
    for (name, readings, problems) in EXPORTS {
        let file = exports().join(name);
        let expected = std::fs::read_to_string(exports().join("expected").join(name))
            .expect("the expectation");
        let columns: Vec<&str> = expected.lines().next().expect("a header").split(',').collect();
        assert_eq!(cells(&converted(&file), &columns), cells(&expected, &columns), "{name}");
        let report = check(&file, &[]);
        assert_eq!(told(&report), readings, "{name}");
        assert_eq!(kinds(&report), problems, "{name}");
        let of_rows = report["events"].as_u64() == Some(expected.lines().count() as u64 - 1);
        assert!(of_rows, "{name}: {report}");
    }
}

/// Every rule that did something stops doing it when it is switched off, and the others do not.
#[test]
fn every_automatic_reading_is_switched_off_by_its_name() {
    let mut count = 0;
    for (name, readings, _) in EXPORTS {
        let file = exports().join(name);
        let mut rules: Vec<&str> =
            readings.split(", ").filter_map(|one| one.split(' ').next()).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            let run = paydirt(&["check", text(&file), "--json", "--off", rule]);
            let told = told(&run.json());
            assert!(!told.contains(rule), "{name} {rule}: {told}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
    let file = exports().join("salesforce-report.csv");
    let report = check(&file, &["--off", "footer_lines,total_rows,repeated_headers"]);
    assert_eq!((&report["rows_read"], &report["rows_refused"]), (&json!(14), &json!(7)));
    assert_eq!(kinds(&report), ["bad-time", "blank-activity", "blank-case", "short-row"]);
    let report = check(&file, &["--blank", "Price"]);
    assert!(told(&report).contains("blank_words Loss Reason 6"), "{}", told(&report));
}

/// In a sheet the title is passed over once, by the reader of the workbook; where titles are data,
/// the first row is one of the table.
#[test]
fn titles_above_a_sheet_are_told_and_can_be_kept() {
    // XLS does not say of a number that its cell shows per cent; the share is the same.
    let percents = ", percents Discount 6+7+10";
    for (ending, percents) in [("xlsx", percents), ("xls", ""), ("ods", percents)] {
        let file = repository().join(format!("testdata/workbooks/report-libreoffice.{ending}"));
        let report = check(&file, &[]);
        assert_eq!(told(&report), format!("title_lines 2{percents}"), "{ending}");
        // A formula gave an error; it is no word for a blank.
        assert_eq!(kinds(&report), ["cell-error"], "{ending}");
        assert_eq!((&report["rows_read"], &report["events"]), (&json!(4), &json!(4)), "{ending}");
        let run = paydirt(&["check", text(&file), "--json", "--off", "title_lines"]);
        let kept = run.json();
        assert!(!told(&kept).contains("title_lines"), "{ending}");
        assert_eq!(kept["rows_read"], json!(6), "{ending}: {kept}");
    }
}

/// Dates that a spreadsheet gave away as numbers, in its other system: four years and a day later.
#[test]
fn the_system_of_dates_in_numbers_can_be_chosen() {
    let file = exports().join("excel-serials.csv");
    let folder = folder();
    let out = folder.path().join("out.csv");
    paydirt(&["convert", text(&file), text(&out), "--serial-dates", "1904"]).ok();
    let content = std::fs::read_to_string(&out).expect("the converted log");
    assert!(content.contains("5001234567890,Created,2030-01-07T12:00Z"), "{content}");
}

/// What was switched off is kept with the version, whose report tells the rest.
#[test]
fn a_version_keeps_what_was_read_automatically() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let content = std::fs::read(exports().join("salesforce-report.csv")).expect("the export");
    let upload = server.upload("report.csv", &content);
    let settings = json!({"rules": {"off": ["blank_words"]}});
    let order = json!({"upload": upload, "settings": settings});
    let checked = server.done("/api/v1/checks", &order);
    assert_eq!(checked["settings"]["rules"], settings["rules"]);
    let readings = EXPORTS[0].1.replace(", blank_words Loss Reason 5+2+8", "");
    assert_eq!(told(&checked), readings);
    let order = json!({"upload": upload, "mode": "new", "name": "Report", "settings": settings});
    server.done("/api/v1/imports", &order);
    let report = server.get("/api/v1/logs/1/versions/1/report").ok();
    assert_eq!(told(&report), readings);
    assert_eq!(report["automatic"][0]["quality_rule"], "DQ-06");
    // The next file is read in the same way.
    let again = server.upload("again.csv", &content);
    let order = json!({"upload": again, "mode": "append", "log": 1});
    server.done("/api/v1/imports", &order);
    let report = server.get("/api/v1/logs/1/versions/2/report").ok();
    assert_eq!(told(&report), readings);
    let unknown = json!({"upload": again, "settings": {"rules": {"off": ["everything"]}}});
    server.post("/api/v1/checks", &unknown).problem(400, "invalid_parameters");
}

/// Tables that have none of these look as they did: nothing is read automatically in them.
#[test]
fn nothing_is_told_of_tables_that_are_as_they_should_be() {
    let names = [
        "apromore/csv-importer-tests/test1-valid.csv",
        "crm-maven/sales_pipeline.csv",
        "pm4py/running-example.csv",
        "eventdatar/sepsis.csv",
        "eventdatar/patients.csv",
        "simod/Production.csv",
    ];
    for name in names {
        let Some(file) = public_log(name) else { return };
        assert_eq!(told(&check(&file, &[])), "", "{name}");
    }
    say(&format!("{} tables compared", names.len()));
}
