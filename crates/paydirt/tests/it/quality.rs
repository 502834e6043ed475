//! Is it told which rules of data quality a log breaks and what can be computed with it: of a file
//! before it is imported, and of a stored log?

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{check, command, file, folder, list, paydirt, run, text};

const DEALS: &str = "SalesOpportunityId,ActivityName,EventTime,OpportunityOwner,OpportunityAmount,LossReason\n\
    D1,Opportunity Created,2024-03-01T09:00:00Z,Ann,100,\n\
    D1,Quote Issued,2024-03-02T09:00:00Z,Ann,100,\n\
    D1,Opportunity Lost,2024-03-03T09:00:00Z,Ann,100,\n\
    D2,Opportunity Created,2024-03-01T09:00:00Z,Bob,0,Price\n\
    D2,Opportunity Lost,2024-03-04T09:00:00Z,Bob,0,Price\n";

fn finding<'a>(quality: &'a Value, rule: &str) -> &'a Value {
    let found = list(quality, "findings").iter().find(|one| one["rule"] == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {quality}"))
}

fn figure<'a>(coverage: &'a Value, key: &str) -> &'a Value {
    let found = list(coverage, "figures").iter().find(|one| one["key"] == key);
    found.unwrap_or_else(|| panic!("no {key} in {coverage}"))
}

#[test]
fn a_file_is_told_what_can_be_computed_and_what_breaks_the_rules() {
    let folder = folder();
    let deals = file(folder.path(), "deals.csv", DEALS);
    let report = check(&deals, &[]);
    assert_eq!(figure(&report["coverage"], "K9")["computable"], "fully");
    assert_eq!(figure(&report["coverage"], "K4")["missing"][0][0]["key"], "InvoiceGenerated");
    let quality = &report["quality"];
    let reason = finding(quality, "DQ-31");
    assert_eq!((&reason["count"], &reason["looked_at"]), (&json!(1), &json!(2)));
    assert_eq!(reason["by_owner"], json!([{ "value": "Ann", "count": 1 }]));
    assert_eq!(reason["examples"][0]["case"], "D1");
    assert_eq!(finding(quality, "DQ-24")["examples"][0]["value"], "0");
    assert!(check(&deals, &["--no-rules"])["quality"].is_null());
    let shown = paydirt(&["check", text(&deals)]).ok().stdout;
    for line in [
        "DQ-31, notice: A lost deal has no loss reason (1 of 2, in 1 case)",
        "by owner: Ann 1",
        "such as the cases: D1",
        "in the template generic: \"Contract Signed\"",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    let french = paydirt(&["check", text(&deals), "--lang", "fr"]).ok().stdout;
    assert!(french.contains("Une affaire perdue sans motif de perte"), "{french}");
}

#[test]
fn a_log_of_another_process_is_not_told_what_its_figures_lack() {
    let folder = folder();
    let desk =
        file(folder.path(), "desk.csv", "case,activity,time\n1,a,2024-01-01\n1,a,2024-01-01\n");
    let report = check(&desk, &[]);
    assert!(report["coverage"].is_null());
    assert_eq!(report["quality"]["is_of_process"], false);
    assert_eq!(finding(&report["quality"], "DQ-10")["count"], 1);
    assert_eq!(finding(&report["quality"], "DQ-13")["severity"], "notice");
}

/// Counted apart, by a script that reads the CSV export of the same 2,000 deals with nothing but
/// its columns: rule, check, rows that break it, rows looked at.
const COUNTED_APART: [(&str, &str, u64, u64); 12] = [
    ("DQ-10", "repeated_event", 37, 34_691),
    ("DQ-24", "not_positive", 25, 5_266),
    ("DQ-27", "no_value", 1, 507),
    ("DQ-30", "no_event", 24, 531),
    ("DQ-30", "no_value", 4, 531),
    ("DQ-31", "no_value", 226, 1_319),
    ("DQ-32", "no_value", 26, 2_000),
    ("DQ-35", "used_twice", 14, 539),
    ("DQ-37", "sum_differs", 3, 519),
    ("DQ-42", "no_value", 1_136, 2_000),
    ("DQ-50", "no_event", 27, 1_229),
    // None of 515 invoices that were paid, and of 1,827 deals with a close date.
    ("DQ-44", "old_data", 1, 1),
];

#[test]
fn the_rules_find_what_was_counted_apart_and_their_filters_keep_these_cases() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    server.done("/api/v1/demo", &json!({ "deals": 2000, "name": "World" }));
    let quality = server.get("/api/v1/logs/1/versions/1/quality").ok();
    let found: Vec<(&str, &str, u64, u64)> = list(&quality, "findings")
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap();
            let number = |name: &str| one[name].as_u64().unwrap();
            (text("rule"), text("check"), number("count"), number("looked_at"))
        })
        .collect();
    for expected in COUNTED_APART {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let kept = |rule: &str| {
        let rule = list(&quality, "rules").iter().find(|one| one["rule"] == rule).unwrap();
        rule["state"] == "kept"
    };
    assert!(kept("DQ-23") && kept("DQ-36") && kept("DQ-18"));
    let mut compared = 0;
    for finding in list(&quality, "findings") {
        let filters = finding["filters"].as_array().cloned().unwrap_or_default();
        let Some(cases) = finding["cases"].as_u64().filter(|_| !filters.is_empty()) else {
            continue;
        };
        let question = json!({ "id": "size", "question": "summary", "params": {} });
        let order = json!({ "version": "1@1", "filters": filters, "tiles": [question] });
        let answer = server.post("/api/v1/analyses", &order).ok();
        let kept = answer["size"]["cases"].as_u64().unwrap();
        // Where no filter can say it, the first hundred are named.
        let is_named = filters[0]["kind"] == "case_ids";
        assert_eq!(kept, if is_named { cases.min(100) } else { cases }, "{finding}");
        compared += 1;
    }
    assert!(compared > 8, "{compared}");
    assert_eq!(server.end(), 0);
}

#[test]
fn the_faults_of_the_demo_are_found_and_their_rows_are_listed() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    server.done("/api/v1/demo", &json!({ "deals": 400, "name": "World" }));
    let version = "/api/v1/logs/1/versions/1";
    let quality = server.get(&format!("{version}/quality")).ok();
    assert_eq!(quality["is_of_process"], true);
    // A tenth of the lost deals of the demo has no reason.
    let reason = finding(&quality, "DQ-31");
    let [count, looked_at] = ["count", "looked_at"].map(|name| reason[name].as_u64().unwrap());
    assert!((looked_at / 20..looked_at / 5).contains(&count), "{count} of {looked_at}");
    let rows = server.get(&format!("{version}/quality/rows?rule=DQ-31"));
    assert_eq!(rows.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(rows.text().lines().count() as u64, count + 1);
    assert!(rows.text().starts_with("rule,about,case,event,activity,time,attribute,value\r\n"));
    let wrong = server.get(&format!("{version}/quality/rows?rule=DQ-999"));
    wrong.problem(400, "invalid_parameters");
    let coverage = server.get(&format!("{version}/coverage?template=hubspot")).ok();
    // The demo has rows of leads, and some deals have no amount.
    assert_eq!(figure(&coverage, "K10")["computable"], "fully");
    let wrong = server.get(&format!("{version}/coverage?template=abacus"));
    assert_eq!(wrong.problem(400, "invalid_parameters")["place"]["parameter"], "template");
    assert_eq!(server.end(), 0);
    let told = |threads: &str| {
        let mut command = command();
        command.args(["coverage", "World@1", "--template", "hubspot", "--json", "--data"]);
        run(command.arg(data.path()).env("PAYDIRT_THREADS", threads)).ok().json()
    };
    assert_eq!(told("1"), coverage);
    assert_eq!(told("4"), coverage);
}
