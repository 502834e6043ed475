//! Does the program tell everything in French and Japanese as it does in English?

use std::fs;
use std::path::PathBuf;

use expect_test::expect_file;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, command, file, run};

/// Rows that are dirty in several ways.
const DIRTY: &str = "case,activity,time,Amount\n\
    1,a,2024-01-31 09:00,\"5,50\"\n\
    ,b,2024-02-01 10:00,\"6,20\"\n\
    2,a,x,NA\n\
    2,c,2024-02-03 11:00,\"7,10\"\n\n\
    1,d,2024-02-03 11:00,\"8,00\"\n";

/// A part of a table.
const PART: &str = "case,activity,time\n1,a,2024-01-31 09:00\n1,b,2024-01-31 10:00\n";

/// Dates that may be days first or months first.
const AMBIGUOUS: &str = "case,activity,time\n1,a,01/02/2024\n1,b,03/04/2024\n";

/// The files that the stories are about.
fn files() -> (TempDir, [PathBuf; 3]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        file(folder.path(), "dirty.csv", DIRTY),
        file(folder.path(), "ambiguous.csv", AMBIGUOUS),
        file(folder.path(), "broken.csv", "%PDF-1.7"),
    ];
    (folder, files)
}

/// Runs a command line in a folder, in a language.
fn told(folder: &TempDir, arguments: &str, language: &str) -> Run {
    let words = arguments.split_whitespace();
    run(command().current_dir(folder.path()).args(words).env("PAYDIRT_LANG", language))
}

/// What is told of a command line: standard output, then standard error.
fn story(folder: &TempDir, arguments: &str, language: &str) -> String {
    let run = told(folder, arguments, language);
    format!("$ paydirt {arguments}\n{}{}", run.stdout, run.stderr)
}

/// Commands of a story in a language, one after the other.
fn stories(language: &str) -> String {
    let (folder, _) = files();
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/logs/ocel");
    fs::copy(samples.join("orders.jsonocel"), folder.path().join("orders.jsonocel"))
        .expect("a sample");
    for (name, text) in [("mixed", "name;team\nKim;North\n"), ("parts", PART)] {
        let path = folder.path().join(name);
        fs::create_dir(&path).expect("a folder");
        file(&path, "01.csv", PART);
        file(&path, "02.csv", text);
    }
    let commands = [
        "check dirty.csv",
        "check ambiguous.csv",
        "check broken.csv",
        "check missing.csv",
        "check orders.jsonocel",
        "check orders.jsonocel --object-type deal",
        "check parts",
        "check mixed",
        "check mixed --member 03.csv",
        "ask dirty.csv summary --group-by Region",
        "ask dirty.csv nothing",
        "ask dirty.csv activities --filter {\"kind\":\"activity_contains\",\"activities\":[\"z\"]}",
        "ask dirty.csv cases --params {\"limit\":20000}",
        "ask dirty.csv variants --filter {\"kind\":\"event_count\",\"min\":2}",
        "convert dirty.csv copy.parquet",
        "convert dirty.csv copy.txt",
        "demo --deals 40 --seed 7 --print",
        "check",
        "check --help",
    ];
    let stories: Vec<String> =
        commands.iter().map(|arguments| story(&folder, arguments, language)).collect();
    stories.join("\n")
}

#[test]
fn everything_is_told_in_french() {
    expect_file!["told/fr.txt"].assert_eq(&stories("fr"));
}

#[test]
fn everything_is_told_in_japanese() {
    expect_file!["told/ja.txt"].assert_eq(&stories("ja"));
}

#[test]
fn everything_is_told_in_english() {
    expect_file!["told/en.txt"].assert_eq(&stories("en"));
}

#[test]
fn json_keeps_its_keys_and_codes_in_every_language() {
    let (folder, _) = files();
    let english = told(&folder, "check ambiguous.csv --json", "en").problem();
    let japanese = told(&folder, "check ambiguous.csv --json", "ja").problem();
    assert_eq!(japanese["code"], english["code"]);
    assert_eq!(japanese["place"], english["place"]);
    assert_eq!(japanese["title"], "日と月を区別できません");
    assert_ne!(japanese["detail"], english["detail"]);
    let report = told(&folder, "check dirty.csv --json", "fr").ok().json();
    assert_eq!(report["problems"][0]["kind"], "bad-time");
    assert_eq!(report["notes"][0], "1 ligne vide a été ignorée.");
    assert_eq!(report["roles"][1]["role"], "activity");
    assert_eq!(report["roles"][1]["reason"], "le nom est usuel pour l’activité");
    let answer: Value = told(&folder, "ask dirty.csv summary --json", "fr").ok().json();
    assert_eq!(answer["context"]["notes"][0], "1 ligne vide a été ignorée.");
}

#[test]
fn the_flag_comes_before_the_environment() {
    let (folder, _) = files();
    let run = told(&folder, "--lang ja check missing.csv", "fr");
    assert!(run.stderr.contains("このファイルは存在しません。"), "{}", run.stderr);
    let system = run_with_system("fr_FR.UTF-8", &folder);
    assert!(system.stderr.contains("Ce fichier n’existe pas."), "{}", system.stderr);
    let unknown = run_with_system("de_DE.UTF-8", &folder);
    assert!(unknown.stderr.contains("There is no such file."), "{}", unknown.stderr);
}

fn run_with_system(locale: &str, folder: &TempDir) -> Run {
    run(command().current_dir(folder.path()).args(["check", "missing.csv"]).env("LANG", locale))
}
