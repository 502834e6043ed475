//! What the wizard asks before it imports: rows that are cases, times that are not credible, what a
//! file would change in a log, and what becomes of an upload.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::http_imports::{DEALS, new_log};
use crate::server::Server;
use crate::support::{folder, list, paydirt, text};

/// A deal a row, as a CRM exports it; one of the dates is a plan for the far future.
const EXPORT: &str = "Deal ID,Deal Stage,Amount,Close Date,Create Date,Last Modified Date\n\
    1,Won,100,2024-03-05,2024-01-02 09:00,2024-06-01\n\
    2,Lost,250,2024-02-01,2024-01-03 10:00,2024-06-02\n\
    3,Open,80,2999-12-31,2024-01-04 11:00,2024-06-03\n";

/// The same deals a month later: one is won now, another one is new.
const NEXT: &str = "Deal ID,Deal Stage,Amount,Close Date,Create Date,Last Modified Date\n\
    2,Lost,250,2024-02-01,2024-01-03 10:00,2024-06-02\n\
    3,Won,80,2024-07-01,2024-01-04 11:00,2024-07-01\n\
    4,Open,60,,2024-07-02 12:00,2024-07-02\n";

/// Kinds of problems that leave nothing out, with count and row of the first example.
fn doubts(check: &Value) -> Vec<(String, u64, u64)> {
    let doubts = list(check, "problems").iter().filter(|problem| problem["refused"] == false);
    let told = |problem: &Value| {
        let number = |value: &Value| value.as_u64().unwrap_or_default();
        let kind = problem["kind"].as_str().unwrap_or_default().to_owned();
        (kind, number(&problem["count"]), number(&problem["examples"][0]["row"]))
    };
    doubts.map(told).collect()
}

#[test]
fn an_export_with_a_row_for_each_deal_is_read_told_and_read_so_again() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("deals.csv", EXPORT.as_bytes());
    let plain = json!({"upload": upload, "settings": {"process": "-"}});
    let check = server.done("/api/v1/checks", &plain);
    assert_eq!((&check["cases"], &check["events"]), (&json!(3), &json!(6)));
    assert_eq!(doubts(&check), [("future-time".to_owned(), 1, 4)]);
    // As deals, the date on which one is to close is no event.
    let check = server.done("/api/v1/checks", &json!({"upload": upload}));
    assert_eq!((&check["cases"], &check["events"]), (&json!(3), &json!(5)));
    assert_eq!(doubts(&check), []);
    let reading = check["readings"].to_string();
    assert!(reading.contains("each row is one case"), "{reading}");
    let settings = &check["settings"];
    assert_eq!((&settings["row"], &settings["case"]), (&json!("case"), &json!("Deal ID")));
    let dates = json!([
        {"column": "Create Date", "activity": "Opportunity Created"},
        {"column": "Close Date"},
    ]);
    assert_eq!(settings["date_columns"], dates);

    // Renamed by the user; the log keeps it for the next file, which says nothing of it.
    let named = json!([
        {"column": "Create Date", "activity": "Opened"},
        {"column": "Close Date"},
    ]);
    let settings = json!({"row": "case", "date_columns": named});
    let order = json!({"upload": upload, "mode": "new", "name": "Deals", "settings": settings});
    let outcome = server.done("/api/v1/imports", &order);
    assert_eq!((&outcome["upload"], &outcome["events"]), (&json!(upload), &json!(5)));

    let upload = server.upload("next.csv", NEXT.as_bytes());
    let log = &outcome["log"];
    let join = json!({"log": log, "mode": "upsert"});
    let check = server.done("/api/v1/checks", &json!({"upload": upload, "join": join}));
    assert_eq!(check["settings"]["date_columns"][0]["activity"], "Opened");
    let joining = &check["joining"];
    let counts = &joining["counts"];
    // Deal 3 was won: that is an event now, and its first one shows its new stage; deal 4 is new,
    // deal 2 is as it was.
    assert_eq!((&joining["new_cases"], &joining["new_events"]), (&json!(1), &json!(2)));
    assert_eq!((&counts["replaced"], &counts["unchanged"]), (&json!(1), &json!(2)));
    let order = json!({"upload": upload, "mode": "upsert", "log": log});
    let done = server.done("/api/v1/imports", &order);
    assert_eq!(done["counts"], *counts, "as was said before");
    assert_eq!((&done["cases"], &done["events"]), (&joining["cases"], &joining["events"]));
    let map = json!({"version": "1@2", "tiles": [{"id": "map", "question": "map"}]});
    let answer = server.post("/api/v1/analyses", &map).ok();
    let names: Vec<&Value> = list(&answer["tiles"][0]["answer"], "activities")
        .iter()
        .map(|activity| &activity["activity"])
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
    for name in ["Opened", "Opportunity Won", "Opportunity Lost"] {
        assert!(names.contains(&&json!(name)), "{names:?}");
    }
}

#[test]
fn a_check_tells_the_zone_of_the_days_that_it_tells() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let mut order = json!({"upload": upload, "settings": {"time_zone": "Asia/Tokyo"}});
    let zone = |order: &Value| server.done("/api/v1/checks", order)["time_zone"].clone();
    assert_eq!(zone(&order), "Asia/Tokyo");
    order["mode"] = json!("new");
    order["name"] = json!("Deals");
    let log = server.done("/api/v1/imports", &order)["log"].clone();
    assert_eq!(
        server.get(&format!("/api/v1/logs/{log}")).ok()["current"]["time_zone"],
        "Asia/Tokyo"
    );

    // The log keeps its zone, whatever a file that is added has.
    let upload = server.upload("more.csv", DEALS.as_bytes());
    let join = json!({"log": log, "mode": "append"});
    let order = json!({"upload": upload, "settings": {"time_zone": "Europe/Paris"}, "join": join});
    let check = server.done("/api/v1/checks", &order);
    let zones = (&check["time_zone"], &check["joining"]["time_zone"]);
    assert_eq!(zones, (&json!("Europe/Paris"), &json!("Asia/Tokyo")));
}

#[test]
fn what_an_append_would_change_is_said_before() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let log = new_log(&server, "Deals", DEALS.as_bytes())["log"].clone();
    let more = "deal,step,at,amount,region\n\
        A,Created,2024-01-01T08:00:00Z,100,North\n\
        A,Paid,2024-02-01T08:00:00Z,100,North\n\
        D,Created,2023-12-30T10:00:00Z,60,South\n";
    let upload = server.upload("more.csv", more.as_bytes());
    let join = json!({"log": log, "mode": "append"});
    let check = server.done("/api/v1/checks", &json!({"upload": upload, "join": join}));
    let joining = &check["joining"];
    for (name, expected) in [
        ("new_events", json!(3)),
        ("new_cases", json!(1)),
        ("grown_cases", json!(1)),
        ("earlier_events", json!(1)),
        ("later_events", json!(1)),
        ("new_activities", json!(["Paid"])),
        ("cases", json!(4)),
        ("events", json!(10)),
    ] {
        assert_eq!(joining[name], expected, "{name}");
    }
    assert_eq!(joining["counts"]["already_present"], 1);
    let current = |server: &Server| server.get("/api/v1/logs").ok()["logs"][0]["current"].clone();
    let before = current(&server);
    assert_eq!(before["number"], 1, "a look only");
    let order = json!({"upload": upload, "mode": "append", "log": log});
    let done = server.done("/api/v1/imports", &order);
    assert_eq!(done["counts"], joining["counts"], "as was said before");
    let events = |version: &Value| version["events"].as_u64().unwrap();
    assert_eq!(joining["new_events"], events(&current(&server)) - events(&before));

    // A column that would change its type stands in the way of this log, not of the file.
    let numbers = more.replace("North", "7").replace("South", "8").replace("100", "many");
    let upload = server.upload("words.csv", numbers.as_bytes());
    let check = server.done("/api/v1/checks", &json!({"upload": upload, "join": join}));
    assert_eq!(check["possible"], true);
    assert_eq!(check["joining_problem"]["code"], "column_type_changed");
    assert_eq!(check["joining_problem"]["place"]["file"], "words.csv");

    let nowhere = json!({"log": 99, "mode": "append"});
    let order = json!({"upload": upload, "join": nowhere});
    server.post("/api/v1/checks", &order).problem(404, "log_not_found");
    let keyed = json!({"log": log, "mode": "append", "key": ["deal"]});
    let order = json!({"upload": upload, "join": keyed});
    let of_check = server.post("/api/v1/checks", &order).problem(400, "invalid_parameters");
    // An import says the same of the same mistake.
    let order = json!({"upload": upload, "mode": "append", "log": log, "key": ["deal"]});
    let of_import = server.post("/api/v1/imports", &order).problem(400, "invalid_parameters");
    let told = |problem: &Value| ["detail", "hint", "place"].map(|part| problem[part].clone());
    assert_eq!(told(&of_check), told(&of_import));
}

#[test]
fn an_upload_becomes_a_version_once() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let order = |name: &str| json!({"upload": upload, "mode": "new", "name": name});
    server.done("/api/v1/imports", &order("One"));
    server.post("/api/v1/imports", &order("Two")).problem(404, "upload_not_found");
    server.post("/api/v1/checks", &json!({"upload": upload})).problem(404, "upload_not_found");
    let jobs = server.get("/api/v1/jobs").ok();
    assert_eq!(jobs["jobs"][0]["result"]["upload"], json!(upload), "what became of it is known");
}

#[test]
fn the_command_line_reads_and_says_the_same() {
    let data = folder();
    let first = crate::support::file(data.path(), "deals.csv", EXPORT);
    let next = crate::support::file(data.path(), "next.csv", NEXT);
    let store = data.path().join("store");
    let (store, first, next) = (text(&store), text(&first), text(&next));
    let dates = ["--date", "Create Date=Opened", "--date", "Close Date"];
    let import = ["import", first, "--log", "Deals", "--data", store];
    paydirt(&[&import[..], &dates].concat()).ok();
    let check = ["check", next, "--log", "Deals", "--upsert", "--data", store];
    let report = paydirt(&[&check[..], &["--json"]].concat()).ok().json();
    assert_eq!(report["joining"]["counts"]["replaced"], 1);
    let told = paydirt(&check).ok();
    assert!(told.stdout.contains("1 event would be replaced"), "{}", told.stdout);
    let add = ["import", next, "--log", "Deals", "--upsert", "--data", store, "--json"];
    let outcome = paydirt(&add).ok().json();
    assert_eq!(outcome["imports"][0]["counts"], report["joining"]["counts"]);

    let check = paydirt(&["check", first, "--json"]).ok().json();
    assert_eq!((&check["events"], &check["cases"]), (&json!(5), &json!(3)));
    let check = paydirt(&["check", first, "--process", "-", "--json"]).ok().json();
    assert_eq!((&check["events"], &check["cases"]), (&json!(6), &json!(3)));
    assert_eq!(doubts(&check), [("future-time".to_owned(), 1, 4)]);
    let events = paydirt(&["check", first, "--row", "event", "--json"]).ok().json();
    assert_eq!(events["events"], 3, "the stage of each row at one of its dates");
}

/// Line 4 repeats line 2, lines 6 and 9 repeat line 3; line 5 has another amount, line 7 another
/// time, line 8 is refused. Case C has one event.
const TWICE: &str = "deal,step,at,amount\n\
    A,Created,2024-01-01T08:00:00Z,100\n\
    B,Created,2024-01-01T08:00:00Z,100\n\
    A,Created,2024-01-01T08:00:00Z,100.0\n\
    A,Created,2024-01-01T08:00:00Z,101\n\
    B,Created,2024-01-01T08:00:00Z,100\n\
    A,Created,2024-01-01T08:00:01Z,100\n\
    A,Created,,100\n\
    B,Created,2024-01-01T10:00:00+02:00,100\n\
    C,Created,2024-01-02T08:00:00Z,70\n";

/// The rows of the events that come again, each with the row that it equals.
fn repeats(report: &Value) -> (u64, Vec<(u64, u64)>) {
    let found = list(report, "problems").iter().find(|found| found["kind"] == "repeated-event");
    let found = found.expect("there are events that come again");
    assert_eq!(found["refused"], false);
    let number = |value: &Value| value.as_u64().expect("a number");
    let rows = |example: &Value| (number(&example["row"]), number(&example["same_as"]));
    (number(&found["count"]), list(found, "examples").iter().map(rows).collect())
}

#[test]
fn events_that_come_again_and_cases_of_one_event_are_told_and_imported() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("twice.csv", TWICE.as_bytes());
    let check = server.done("/api/v1/checks", &json!({"upload": upload}));
    let expected = (3, vec![(4, 2), (6, 3), (9, 3)]);
    assert_eq!(repeats(&check), expected);
    assert_eq!((&check["events"], &check["cases"]), (&json!(8), &json!(3)), "nothing is removed");
    let single = json!({"count": 1, "share": 0.333_333, "examples": ["C"]});
    assert_eq!(check["single_event_cases"], single);

    let order = json!({"upload": upload, "mode": "new", "name": "Twice"});
    assert_eq!(server.done("/api/v1/imports", &order)["events"], 8);
    let report = server.get("/api/v1/logs/1/versions/1/report").ok();
    assert_eq!(repeats(&report), expected);
    assert_eq!(report["single_event_cases"], single);

    let path = crate::support::file(data.path(), "twice.csv", TWICE);
    let report = paydirt(&["check", text(&path), "--json"]).ok().json();
    assert_eq!(repeats(&report), expected);
    assert_eq!(report["single_event_cases"], single);
    let told = paydirt(&["check", text(&path)]).ok().stdout;
    assert!(told.contains("1 case with a single event (33.3 % of all): \"C\""), "{told}");
    assert!(told.contains("repeated-event: 3 (read all the same)"), "{told}");
    assert!(told.contains("row 4: \"A · Created · 2024-01-01T08:00:00Z\" Row 2 has"), "{told}");
}

#[test]
fn a_log_without_repeats_and_short_cases_says_nothing_of_them() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let check = server.done("/api/v1/checks", &json!({"upload": upload}));
    assert_eq!((&check["problems"], &check["single_event_cases"]), (&json!([]), &Value::Null));
}

#[test]
fn where_columns_are_named_can_be_said() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    // The first row looks like names, and is not.
    let rows = "A,Created,2024-01-01\nB,Created,2024-01-02\nB,Won,2024-01-03\n";
    let upload = server.upload("rows.csv", rows.as_bytes());
    let check = |settings: Value| {
        let order = json!({"upload": upload, "settings": settings});
        server.done("/api/v1/checks", &order)
    };
    let roles = json!({"case": "column 1", "activity": "column 2", "time": "column 3"});
    let mut said = roles.clone();
    said["header"] = json!("none");
    let result = check(said);
    assert_eq!((&result["events"], &result["cases"]), (&json!(3), &json!(2)));
    assert_eq!(result["settings"]["header"], "none");
    let result = check(json!({"header": "first_row"}));
    assert_eq!(result["head"]["columns"], json!(["A", "Created", "2024-01-01"]));
    assert_eq!(result["rows_read"], 2);
    let path = crate::support::file(data.path(), "rows.csv", rows);
    let flags = ["--case", "column 1", "--activity", "column 2", "--time", "column 3"];
    let none = ["check", text(&path), "--header", "none", "--json"];
    assert_eq!(paydirt(&[&none[..], &flags].concat()).ok().json()["events"], 3);
}

#[test]
fn what_can_be_chosen_is_offered_and_the_choice_is_kept_for_the_next_file() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/logs/ocel");
    let bytes = fs::read(sample.join("orders.sqlite")).expect("a sample");
    let upload = server.upload("orders.sqlite", &bytes);
    let check = server.done("/api/v1/checks", &json!({"upload": upload}));
    let choice = &check["choices"][0];
    assert_eq!((&choice["kind"], &choice["chosen"]), (&json!("object_type"), &json!("order")));
    assert_eq!(choice["options"][1], json!({"name": "item", "about": "8 cases, 22 events"}));
    assert_eq!(check["settings"]["object_type"], "order");
    assert_eq!((&check["cases"], &check["rows_refused"]), (&json!(4), &json!(4)));

    let wrong = json!({"upload": upload, "settings": {"object_type": "deal"}});
    let check = server.done("/api/v1/checks", &wrong);
    assert_eq!((&check["possible"], &check["columns"]), (&json!(false), &json!([])));
    assert_eq!(check["problem"]["code"], "object_type_not_found");
    assert_eq!(check["problem"]["place"]["parameter"], "object_type");
    assert_eq!(list(&check["choices"][0], "options").len(), 5);

    let settings = json!({"object_type": "item"});
    let order = json!({"upload": upload, "mode": "new", "name": "Items", "settings": settings});
    let outcome = server.done("/api/v1/imports", &order);
    assert_eq!((&outcome["cases"], &outcome["events"]), (&json!(8), &json!(22)));
    let upload = server.upload("orders.sqlite", &bytes);
    let order = json!({"upload": upload, "mode": "append", "log": outcome["log"]});
    let outcome = server.done("/api/v1/imports", &order);
    assert_eq!((&outcome["cases"], &outcome["events"]), (&json!(8), &json!(44)));
}
