//! Are the settings of a log listed, changed, numbered and kept, and wrong ones refused?

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Run, file, folder, list, paydirt, text};

const DEALS: &str = "case,activity,time\nA,Open,2024-01-01\nA,Close,2024-01-03\n";

fn settings(data: &Path, arguments: &[&str]) -> Run {
    let mut all = vec!["settings"];
    all.extend(arguments);
    all.extend(["--data", text(data)]);
    paydirt(&all)
}

/// A folder with a log `Deals`.
fn with_deals() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = folder();
    let data = folder.path().join("data");
    let deals = file(folder.path(), "deals.csv", DEALS);
    paydirt(&["import", text(&deals), "--log", "Deals", "--data", text(&data)]).ok();
    (folder, data)
}

fn setting<'v>(shown: &'v Value, key: &str) -> &'v Value {
    let found = list(shown, "settings").iter().find(|one| one["key"] == key);
    found.expect("the setting is listed")
}

#[test]
fn the_defaults_are_listed_in_three_languages() {
    let folder = folder();
    let shown = settings(folder.path(), &["--json"]).ok().json();
    assert_eq!((&shown["version"], &shown["changes"]), (&json!(0), &json!([])));
    assert_eq!(setting(&shown, "stallLimits")["value"], json!([{ "days": "30" }]));
    assert_eq!(setting(&shown, "salesCycleEnd")["value"], "closing-event");
    assert_eq!(setting(&shown, "reportingCurrency")["value"], Value::Null);
    let french = settings(folder.path(), &["--lang", "fr"]).ok().stdout;
    assert!(french.starts_with("Tout a sa valeur par défaut."), "{french}");
    assert!(french.contains("Fin du cycle de vente"), "{french}");
    let japanese = settings(folder.path(), &["--lang", "ja"]).ok().stdout;
    assert!(japanese.contains("営業サイクルの終点"), "{japanese}");
}

#[test]
fn every_change_is_numbered_and_kept() {
    let (folder, data) = with_deals();
    let set = ["Deals", "--set", "idleLimit=21", "--set", "salesCycleEnd=first-won", "--json"];
    let shown = settings(&data, &set).ok().json();
    assert_eq!(shown["version"], 1);
    assert_eq!(setting(&shown, "idleLimit")["value"], "21");
    assert_eq!(setting(&shown, "idleLimit")["chosen"], true);
    let same = settings(&data, &["Deals", "--set", "idleLimit=21", "--json"]).ok().json();
    assert_eq!(same["version"], 1, "what stays the same is no change");
    let back = settings(&data, &["Deals", "--reset", "idleLimit", "--json"]).ok().json();
    assert_eq!(back["version"], 2);
    assert_eq!(setting(&back, "idleLimit")["value"], "14");
    let first = settings(&data, &["Deals", "--at", "1", "--toml"]).ok().stdout;
    assert_eq!(first, "salesCycleEnd = \"first-won\"\nidleLimit = 21\n");
    let kept = file(folder.path(), "kept.toml", &first);
    let again = settings(&data, &["Deals", "--file", text(&kept), "--json"]).ok().json();
    assert_eq!(again["version"], 3);
    assert_eq!(list(&again, "changes").len(), 3);
    assert_eq!(settings(&data, &["Deals", "--toml"]).ok().stdout, first);
    let table = settings(&data, &["Deals"]).ok().stdout;
    assert!(table.starts_with("Version 3 of the settings"), "{table}");
    assert!(settings(&data, &["Deals", "--at", "4"]).stderr.contains("no version 4"));
}

#[test]
fn a_wrong_file_changes_nothing_and_every_mistake_has_its_line() {
    let (folder, data) = with_deals();
    let wrong = file(folder.path(), "own.toml", "idleLimit = 21\nidelLimit = 2\nrankMin = \"a\"\n");
    let run = settings(&data, &["Deals", "--file", text(&wrong)]);
    assert_eq!(run.code, 1);
    for told in [
        "own.toml: row 2: \"idelLimit\" is not a field here.",
        "own.toml: row 3: \"rankMin\" must be a whole number.",
    ] {
        assert!(run.stderr.contains(told), "{run:?}");
    }
    let refused = settings(&data, &["Deals", "--set", "smallGroup=0", "--json"]).problem();
    assert_eq!(refused["code"], "settings_mistake");
    let unknown = settings(&data, &["Deals", "--set", "idelLimit=2"]);
    assert!(unknown.stderr.contains("Did you mean \"idleLimit\"?"), "{unknown:?}");
    assert_eq!(settings(&data, &["Deals", "--set", "idleLimit"]).code, 2);
    assert_eq!(settings(&data, &["Deals", "--json"]).ok().json()["version"], 0);
}
