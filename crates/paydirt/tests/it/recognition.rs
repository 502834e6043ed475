//! Is a file with the columns of a data template read without mapping, is that said, and can it be
//! switched off?

use std::path::Path;

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{ask, body, check, file, folder, list, paydirt, text};

const FRENCH: &str = "ID d'opportunité de vente,Nom de l'activité,Heure de l'événement,\
    Responsable de l'opportunité,Couleur\n\
    OPP-1,Opportunité créée,2024-03-01T09:00:00Z,Ann,rouge\n\
    OPP-1,Devis émis,2024-03-02T09:00:00Z,Ann,rouge\n\
    OPP-1,Démo réalisée hier,2024-03-02T10:00:00Z,Ann,rouge\n\
    OPP-1,Opportunité gagnée,2024-03-03T09:00:00Z,Bob,bleu\n";

const JAPANESE: &str = "商談ID,アクティビティ名,イベント日時,営業担当者\n\
    OPP-2,商談作成,2024-03-05T09:00:00Z,Ann\n\
    OPP-2,商談失注,2024-03-09T09:00:00Z,Ann\n";

fn activities(answer: &Value) -> Vec<&str> {
    list(answer, "activities").iter().filter_map(|one| one["activity"].as_str()).collect()
}

fn reasons(report: &Value) -> Vec<&str> {
    list(report, "readings").iter().filter_map(Value::as_str).collect()
}

#[test]
fn a_template_in_french_needs_no_mapping_and_says_what_it_was_read_as() {
    let folder = folder();
    let french = file(folder.path(), "affaires.csv", FRENCH);
    let report = check(&french, &[]);
    assert_eq!(report["process"]["process"], "lead-to-cash");
    assert_eq!(report["process"]["used"], true);
    let told = "read as Lead to Cash: 4 columns and 3 activities are known to the library";
    assert!(reasons(&report).contains(&told), "{report}");
    let labels = list(&report["process"], "activities");
    let similar = labels.iter().find(|one| one["label"] == "Démo réalisée hier").unwrap();
    assert_eq!(similar["by"], "similar");
    assert_eq!(similar["name"], "Démo réalisée hier");
    let roles = list(&report, "roles");
    assert_eq!(roles[3]["attribute"], "OpportunityOwner");
    let shown = paydirt(&["check", text(&french), "--lang", "fr"]).ok().stdout;
    assert!(shown.contains("lu comme Lead to Cash"), "{shown}");
    let answer = ask(&french, "activities", &[]);
    let expected = ["Démo réalisée hier", "Opportunity Created", "Opportunity Won", "Quote Issued"];
    let mut found = activities(&answer);
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn it_can_be_switched_off_and_a_process_that_is_not_there_is_refused() {
    let folder = folder();
    let french = file(folder.path(), "affaires.csv", FRENCH);
    let report = check(&french, &["--process", "-"]);
    assert_eq!(report["process"]["used"], false);
    assert!(list(&report, "roles").iter().all(|role| role["attribute"].is_null()));
    let answer = ask(&french, "activities", &["--process", "-"]);
    assert!(activities(&answer).contains(&"Devis émis"), "{answer}");
    let wrong = paydirt(&["check", text(&french), "--process", "procure-to-pay", "--json"]);
    assert_eq!(wrong.problem()["code"], "invalid_parameters");
}

#[test]
fn a_file_of_another_process_is_read_as_before() {
    let folder = folder();
    let desk = file(
        folder.path(),
        "desk.csv",
        "Case ID,Activity,Timestamp,Resource,Status\n1,Ticket opened,2024-01-01,Ann,new\n\
         1,Ticket solved,2024-01-02,Bob,done\n",
    );
    let report = check(&desk, &[]);
    assert!(report["process"].is_null());
    assert_eq!(report, check(&desk, &["--process", "-"]));
    let answer = |flags: &[&str]| body(ask(&desk, "map", flags));
    assert_eq!(answer(&[]), answer(&["--process", "-"]));
}

fn import(data: &Path, file: &Path, flags: &[&str]) -> Value {
    let mut arguments = vec!["import", text(file), "--data", text(data), "--json"];
    arguments.extend(flags);
    paydirt(&arguments).ok().json()
}

#[test]
fn a_later_file_in_another_language_joins_under_the_same_names() {
    let data = folder();
    let french = file(data.path(), "affaires.csv", FRENCH);
    let japanese = file(data.path(), "商談.csv", JAPANESE);
    let store = data.path().join("data");
    import(&store, &french, &["--log", "Deals"]);
    let joined = import(&store, &japanese, &["--log", "Deals", "--append"]);
    assert_eq!(joined["imports"][0]["cases"], 2);
    let stored = ["ask", "Deals", "activities", "--json", "--data", text(&store)];
    let answer = paydirt(&stored).ok().json();
    let mut found = activities(&answer);
    found.sort_unstable();
    let expected = [
        "Démo réalisée hier",
        "Opportunity Created",
        "Opportunity Lost",
        "Opportunity Won",
        "Quote Issued",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_log_that_was_not_read_so_is_not_changed_by_a_file_that_would_be() {
    let data = folder();
    let french = file(data.path(), "affaires.csv", FRENCH);
    let store = data.path().join("data");
    import(&store, &french, &["--log", "Deals", "--process", "-"]);
    let more = FRENCH.replace("OPP-1", "OPP-3");
    let more = file(data.path(), "suite.csv", more);
    import(&store, &more, &["--log", "Deals", "--append"]);
    let stored = ["ask", "Deals", "activities", "--json", "--data", text(&store)];
    let answer = paydirt(&stored).ok().json();
    assert!(!activities(&answer).contains(&"Quote Issued"), "{answer}");
}

#[test]
fn what_a_label_means_can_be_said_over_http() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("affaires.csv", FRENCH.as_bytes());
    let meanings = json!([{ "label": "Démo réalisée hier", "activity": "SolutionProposed" }]);
    let order = json!({ "upload": upload, "settings": { "activities": meanings } });
    let result = &server.done("/api/v1/checks", &order);
    assert_eq!(result["process"]["used"], true);
    assert_eq!(result["settings"]["process"], "lead-to-cash");
    assert!(activities(result).contains(&"Solution Proposed"), "{result}");
    let owner = &result["columns"][3];
    assert_eq!(owner["attribute"], "OpportunityOwner");
    assert_eq!(owner["type"], "text");
    let off = json!({ "upload": upload, "settings": { "process": "-" } });
    assert_eq!(server.done("/api/v1/checks", &off)["process"]["used"], false);
}

#[test]
fn the_last_data_update_says_until_when_the_data_are_complete() {
    let folder = folder();
    let rows = "1,Deal Created,2024-03-01T09:00:00Z,2024-04-01T00:00:00Z\n\
                1,Deal Won,2024-03-02T09:00:00Z,2024-04-01T00:00:00Z\n";
    let header = "SalesOpportunityId,ActivityName,EventTime,LastDataUpdate";
    let told = file(folder.path(), "told.csv", format!("{header}\n{rows}"));
    let as_of =
        |file: &Path, flags: &[&str]| ask(file, "summary", flags)["context"]["as_of"].clone();
    assert_eq!(as_of(&told, &[]), "2024-04-01T00:00:00Z");
    assert_eq!(as_of(&told, &["--process", "-"]), "2024-03-02T09:00:00Z");
    // An event that is later shows that the data go further.
    let later =
        format!("{header}\n{rows}1,Invoice Sent,2024-05-01T09:00:00Z,2024-04-01T00:00:00Z\n");
    let later = file(folder.path(), "later.csv", later);
    assert_eq!(as_of(&later, &[]), "2024-05-01T09:00:00Z");
}

#[test]
fn a_table_with_a_row_for_each_deal_says_which_dates_are_plans() {
    let folder = folder();
    let deals = file(
        folder.path(),
        "deals.csv",
        "Deal ID,Stage,Create Date,Close Date,Deal owner\n1,Closed Won,2024-03-01,2024-03-09,Ann\n\
         2,Closed Lost,2024-03-02,2024-03-11,Bob\n3,Demo,2024-03-03,2024-09-12,Bob\n",
    );
    let evident = check(&deals, &[]);
    assert_eq!(evident["process"]["process"], "lead-to-cash", "{evident}");
    assert_eq!(evident["events"], 5, "{evident}");
    let told = "1 date of \"Close Date\" became no event, because \"Stage\" does not say that the \
                case has ended: a date to come is a plan. It is kept as an attribute.";
    assert!(list(&evident, "notes").iter().any(|note| note == told), "{evident}");
    let plain = check(&deals, &["--process", "-"]);
    assert_eq!(plain["process"]["used"], false, "{plain}");
    assert_eq!(plain["events"], 6, "{plain}");
}
