//! Are dates and zones read as written, and never guessed?

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{ask, check, file, folder, list, paydirt, text};

/// Days and months that could be either, in three rows.
const AMBIGUOUS: &str =
    "case,activity,time\n1,a,03/04/2024 08:00\n1,b,05/04/2024 09:00\n2,a,06/07/2024 10:00\n";

fn log(folder: &tempfile::TempDir, content: &str) -> PathBuf {
    file(folder.path(), "log.csv", content)
}

#[test]
fn an_ambiguous_date_is_not_guessed() {
    let folder = folder();
    let log = log(&folder, AMBIGUOUS);
    for verb in [["check", text(&log), "--json"].as_slice(), &["ask", text(&log), "map", "--json"]]
    {
        let run = paydirt(verb);
        assert_eq!(run.code, 1, "{run:?}");
        assert_eq!(run.problem()["code"], "ambiguous_date");
        assert_eq!(run.problem()["place"]["column"], "time");
        assert!(run.stderr.contains("--date-format"), "{}", run.stderr);
    }
}

#[test]
fn a_named_format_settles_the_order() {
    let folder = folder();
    let log = log(&folder, AMBIGUOUS);
    for (format, first, last) in [
        ("%d/%m/%Y %H:%M", "2024-04-03T08:00:00Z", "2024-07-06T10:00:00Z"),
        ("%m/%d/%Y %H:%M", "2024-03-04T08:00:00Z", "2024-06-07T10:00:00Z"),
        ("%d/%m/%Y", "2024-04-03T08:00:00Z", "2024-07-06T10:00:00Z"),
    ] {
        let answer = ask(&log, "summary", &["--date-format", format]);
        assert_eq!(
            (&answer["first_event_at"], &answer["last_event_at"]),
            (&json!(first), &json!(last)),
            "{format}"
        );
    }
}

#[test]
fn one_telling_date_settles_the_order_of_the_column() {
    let folder = folder();
    let log = log(&folder, &format!("{AMBIGUOUS}2,b,13/07/2024 10:00\n"));
    let answer = ask(&log, "summary", &[]);
    assert_eq!(answer["first_event_at"], "2024-04-03T08:00:00Z");
    assert_eq!(answer["last_event_at"], "2024-07-13T10:00:00Z");
}

fn notes(report: &Value) -> String {
    list(report, "notes").iter().map(Value::to_string).collect()
}

#[test]
fn an_assumed_zone_is_noted_and_a_named_one_is_used() {
    let folder = folder();
    let log = log(&folder, "case,activity,time\n1,a,2024-07-01 08:00\n1,b,2024-12-01 08:00\n");
    assert!(notes(&check(&log, &[])).contains("UTC"));
    let flags = ["--tz", "America/New_York"];
    assert!(!notes(&check(&log, &flags)).contains("UTC"));
    let answer = ask(&log, "summary", &flags);
    assert_eq!(answer["first_event_at"], "2024-07-01T12:00:00Z", "summer time: four hours");
    assert_eq!(answer["last_event_at"], "2024-12-01T13:00:00Z", "winter time: five hours");
    assert_eq!(answer["context"]["time_zone"], "America/New_York");
}

/// 01:30 in Tokyo is 16:30 of the day before in UTC; relabelled, it would be nine hours later and
/// behind the second event. The zone of the file does not move a time that has an offset.
#[test]
fn an_offset_is_converted_and_not_relabelled() {
    let folder = folder();
    let content = "case,activity,time\n\
        1,b,2024-03-09T13:00:00-05:00\n\
        1,a,2024-03-10T01:30:00+09:00\n\
        1,c,2024-03-09T18:00:30Z\n";
    let log = log(&folder, content);
    for flags in [[].as_slice(), &["--tz", "Asia/Tokyo"]] {
        let answer = ask(&log, "summary", flags);
        assert_eq!(answer["first_event_at"], "2024-03-09T16:30:00Z");
        assert_eq!(answer["last_event_at"], "2024-03-09T18:00:30Z");
        assert_eq!(answer["case_duration_s"]["max"], 5_430);
    }
    let case = ask(&log, "case", &["--params", "{\"case\": \"1\"}"]);
    let order: Vec<&Value> = list(&case, "events").iter().map(|event| &event["activity"]).collect();
    assert_eq!(order, ["a", "b", "c"]);
    let offsets: Vec<&Value> =
        list(&case, "events").iter().map(|event| &event["utc_offset_min"]).collect();
    assert_eq!(offsets, [540, -300, 0]);
    assert!(!notes(&check(&log, &[])).contains("UTC"), "every time says its offset");
}

/// Midnight of 2 March in Tokyo is 1 March, 15:00 in UTC; a reader is told the date alone.
#[test]
fn a_time_that_is_known_to_the_day_is_read_as_a_date() {
    let folder = folder();
    let log = log(&folder, "case,activity,time\n1,a,2026-03-02\n1,b,2026-03-05\n");
    let flags = ["--tz", "Asia/Tokyo"];
    let answer = ask(&log, "summary", &flags);
    assert_eq!((&answer["day_events"], &answer["events"]), (&json!(2), &json!(2)));
    let case = ask(&log, "case", &["--params", "{\"case\": \"1\"}", "--tz", "Asia/Tokyo"]);
    assert_eq!((&case["start_precision"], &case["end_precision"]), (&json!("day"), &json!("day")));
    for question in [["summary", "{}"], ["cases", "{}"], ["case", "{\"case\": \"1\"}"]] {
        let told =
            paydirt(&["ask", text(&log), question[0], "--params", question[1], flags[0], flags[1]]);
        let told = told.ok().stdout;
        assert!(told.contains("2026-03-02") && told.contains("2026-03-05"), "{told}");
        assert!(!told.contains("T15:00"), "{told}");
    }
}

#[test]
fn a_date_that_does_not_exist_is_left_out_and_told() {
    let folder = folder();
    let content = "case,activity,time\n1,a,30.01.2024\n1,b,31.02.2024\n1,c,29.02.2024\n";
    let log = log(&folder, content);
    let report = check(&log, &[]);
    assert_eq!((&report["events"], &report["rows_refused"]), (&json!(2), &json!(1)));
    let example = &report["problems"][0]["examples"][0];
    assert_eq!((&example["row"], &example["value"]), (&json!(3), &json!("31.02.2024")));
    assert_eq!(example["column"], "time");
}

/// 08:00 in Paris is 07:00 in UTC in winter and 06:00 in summer.
#[test]
fn xes_dates_without_zone_are_read_in_the_named_zone() {
    let event = |name: &str, time: &str| {
        format!(
            "<event><string key=\"concept:name\" value=\"{name}\"/>\
            <date key=\"time:timestamp\" value=\"{time}\"/></event>"
        )
    };
    let content = format!(
        "<log xes.version=\"1849.2016\" xes.features=\"\"><trace>\
        <string key=\"concept:name\" value=\"1\"/>{}{}{}</trace></log>",
        event("a", "2024-01-01T08:00:00"),
        event("b", "2024-07-01T08:00:00"),
        event("c", "2024-07-02T08:00:00+02:00"),
    );
    let folder = folder();
    let log = file(folder.path(), "log.xes", content);
    let answer = ask(&log, "summary", &[]);
    assert_eq!(answer["first_event_at"], "2024-01-01T08:00:00Z");
    let case = ask(&log, "case", &["--params", "{\"case\": \"1\"}", "--tz", "Europe/Paris"]);
    let times: Vec<&Value> = list(&case, "events").iter().map(|event| &event["end"]).collect();
    assert_eq!(times, ["2024-01-01T07:00:00Z", "2024-07-01T06:00:00Z", "2024-07-02T06:00:00Z"]);
    assert_eq!(case["context"]["time_zone"], "Europe/Paris");
}
