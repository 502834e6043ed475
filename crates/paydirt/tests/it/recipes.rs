//! Does a recipe make the same log by every door, and is a file of the same columns read as before?

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{Run, file, folder, list, paydirt, text};

const DEALS: &str = "Deal ID;Step;Date;Owner;Amount\n\
    D1;Angebot verschickt;03.02.2026;Ann;1.234,50\n\
    D1;Sale;28.02.2026;Ann;1.234,50\n\
    D2;Angebot verschickt;04.02.2026;Bob;99,00\n";

fn verb(data: &Path, arguments: &[&str]) -> Run {
    let mut all = arguments.to_vec();
    all.extend(["--data", text(data)]);
    paydirt(&all)
}

#[track_caller]
fn told(data: &Path, arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.push("--json");
    verb(data, &all).ok().json()
}

/// What the current version of a log consists of, but for what is said about it: its segments and
/// dictionaries, by name.
fn bytes_of(data: &Path, log: u64, version: u64) -> BTreeMap<String, Vec<u8>> {
    let folder = data.join(format!("logs/{log}/{version:06}"));
    let mut files = BTreeMap::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{next:?}: {error}")) {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = text(path.strip_prefix(&folder).expect("it is in the folder")).to_owned();
            let is_about = ["manifest.json", "published", "report.json", "settings.json"];
            if !is_about.contains(&name.as_str()) {
                files.insert(name, fs::read(&path).expect("a file can be read"));
            }
        }
    }
    assert!(!files.is_empty(), "{folder:?}");
    files
}

#[test]
fn every_door_makes_the_same_log_of_a_recipe() {
    let folder = folder();
    let data = folder.path().join("data");
    let deals = file(folder.path(), "deals.csv", DEALS);
    let recipe = folder.path().join("deals.toml");
    let write = ["--write-recipe", text(&recipe)];
    told(&data, &[&["import", text(&deals), "--log", "Found"], &write[..]].concat());
    let written = fs::read_to_string(&recipe).unwrap();
    assert!(written.contains("log = \"Found\"\nmode = \"replace\""), "{written}");
    assert!(written.contains("files = [\"deals.csv\"]"), "{written}");
    let again = verb(&data, &[&["import", text(&deals), "--log", "Other"], &write[..]].concat());
    assert_eq!(again.code, 3, "nothing is written over: {again:?}");

    // The recipe names the file beside it and makes its log where there is none.
    let other = fs::read_to_string(&recipe).unwrap().replace("\"Found\"", "\"By recipe\"");
    let other = file(folder.path(), "other.toml", &other);
    told(&data, &["import", "--recipe", text(&other)]);
    let server = Server::start(&data, &[]);
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let check = server.done("/api/v1/checks", &json!({"upload": upload, "recipe": written}));
    assert_eq!(check["possible"], true, "{check}");
    let order = json!({"upload": upload, "mode": "new", "name": "HTTP", "recipe": written});
    server.done("/api/v1/imports", &order);
    let read = server.post("/api/v1/recipes", &json!({"text": check["recipe"]})).value();
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let settings = &read["order"]["settings"];
    let order = json!({"upload": upload, "mode": "new", "name": "Wizard", "settings": settings});
    server.done("/api/v1/imports", &order);
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let named = json!({"upload": upload, "recipe": written});
    assert_eq!(server.done("/api/v1/imports", &named)["version"], "1@2", "as the recipe says");
    let reply = server.get("/api/v1/logs/1/versions/1/recipe");
    assert_eq!(reply.text(), written, "the version remembers its recipe");
    assert_eq!(reply.header("content-type"), Some("application/toml"));
    drop(server);
    let first = bytes_of(&data, 1, 1);
    for (log, version) in [(2, 1), (3, 1), (4, 1), (1, 2)] {
        assert!(first == bytes_of(&data, log, version), "log {log}, version {version}");
    }
}

#[test]
fn a_file_that_does_not_fit_and_a_wrong_recipe_are_told_exactly() {
    let folder = folder();
    let data = folder.path().join("data");
    let deals = file(folder.path(), "deals.csv", DEALS);
    let recipe = folder.path().join("deals.toml");
    verb(&data, &["check", text(&deals), "--write-recipe", text(&recipe)]).ok();
    let renamed = file(folder.path(), "renamed.csv", DEALS.replace("Amount", "Betrag"));
    let by = |file: &Path, recipe: &Path| {
        verb(&data, &["check", text(file), "--recipe", text(recipe), "--json"])
    };
    by(&deals, &recipe).ok();
    let refused = by(&renamed, &recipe);
    assert_eq!(refused.code, 1);
    let problem = refused.problem();
    assert_eq!(problem["code"], "recipe_misfit");
    assert_eq!(problem["detail"], "1 column of the recipe is not in the file: \"Amount\".");
    let hint = problem["hint"].as_str().unwrap();
    assert!(hint.starts_with("The file has columns that the recipe does not name: \"Betrag\"."));

    let wrong = fs::read_to_string(&recipe).unwrap();
    let line = 1 + wrong.lines().position(|line| line == "role = \"case\"").unwrap();
    let wrong = wrong.replace("role = \"case\"", "role = \"cases\"");
    let wrong =
        file(folder.path(), "wrong.toml", wrong.replace("recipe = 1", "recipe = 1\nmod = 1"));
    let refused = by(&deals, &wrong);
    assert_eq!((refused.code, refused.problem()["code"].as_str()), (1, Some("recipe_mistake")));
    let place = &refused.problem()["place"];
    assert_eq!(place["row"].as_u64(), Some(line as u64 + 1), "{place}");
    assert!(refused.stderr.contains("\"mod\" is not a field here"), "{}", refused.stderr);
    let both = verb(&data, &["check", text(&deals), "--recipe", text(&recipe), "--case", "Step"]);
    assert_eq!(both.code, 2, "a recipe says how files are read");
}

#[test]
fn a_file_with_the_same_columns_is_read_as_before_until_the_log_is_gone() {
    let folder = folder();
    let data = folder.path().join("data");
    let deals = file(folder.path(), "deals.csv", DEALS);
    told(&data, &["import", text(&deals), "--log", "First", "--activity", "Owner"]);
    let rows = |name: &str| {
        let summary = told(&data, &["ask", name, "activities"]);
        list(&summary, "activities").len()
    };
    let second = told(&data, &["import", text(&deals), "--log", "Second"]);
    assert_eq!(second["imports"][0]["remembered"]["name"], "First");
    assert_eq!(rows("Second"), 2, "Ann and Bob");
    let fresh = told(&data, &["import", text(&deals), "--log", "Third", "--fresh"]);
    assert_eq!(fresh["imports"][0]["remembered"], Value::Null);
    let names = told(&data, &["ask", "Third", "variants"]);
    assert!(names.to_string().contains("Angebot verschickt"), "{names}");

    let server = Server::start(&data, &[]);
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let check = server.done("/api/v1/checks", &json!({"upload": upload}));
    assert_eq!(check["remembered"]["name"], "Third", "the newest counts: {check}");
    let check = server.done("/api/v1/checks", &json!({"upload": upload, "settings": {}}));
    assert_eq!(check["remembered"], Value::Null);
    drop(server);
    for name in ["First", "Second", "Third"] {
        verb(&data, &["delete", name, "--yes"]).ok();
    }
    let last = told(&data, &["import", text(&deals), "--log", "Last"]);
    assert_eq!(last["imports"][0]["remembered"], Value::Null, "forgotten with its logs");
}

#[test]
fn a_replacement_says_before_what_goes_changes_and_comes_late() {
    let folder = folder();
    let data = folder.path().join("data");
    let deals = file(folder.path(), "deals.csv", DEALS);
    told(&data, &["import", text(&deals), "--log", "Deals"]);
    let next = "Deal ID;Step;Date;Owner;Amount\n\
        D1;Angebot verschickt;03.02.2026;Ann;1.234,50\n\
        D1;Call;04.02.2026;Ann;1.234,50\n\
        D1;Sale;28.02.2026;Ann;1.300,00\n\
        D3;Call;05.03.2026;Cid;7,00\n";
    let next = file(folder.path(), "next.csv", next);
    let arguments = ["check", text(&next), "--log", "Deals", "--replace"];
    let joining = told(&data, &arguments)["joining"].clone();
    // The sale has another amount; the quote says the same.
    let counts = &joining["counts"];
    assert_eq!((&counts["replaced"], &counts["unchanged"]), (&json!(1), &json!(1)), "{joining}");
    let numbers = ["new_events", "new_cases", "gone_events", "late_events", "late_cases", "events"];
    let numbers = numbers.map(|name| joining[name].as_u64().unwrap());
    assert_eq!(numbers, [2, 1, 1, 1, 1, 4], "{joining}");
    assert_eq!(counts["cases_gone"], 1, "D2");
    let done = told(&data, &["import", text(&next), "--log", "Deals", "--replace"]);
    assert_eq!(done["imports"][0]["version"], "1@2");
    assert_eq!(done["imports"][0]["events"], 4);
    let versions = told(&data, &["versions", "Deals"]);
    assert_eq!(versions["versions"][0]["action"], "replace", "{versions}");
    let printed = verb(&data, &["recipe", "Deals"]).ok().stdout;
    assert!(printed.contains("mode = \"replace\""), "{printed}");
}
