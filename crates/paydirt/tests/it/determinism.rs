//! Is the same question on the same log the same bytes, on any number of threads and anywhere?
//!
//! `docs/determinism.md` publishes a hash of each answer below; `PAYDIRT_UPDATE=1` rewrites them.

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_128;

use crate::support::{command, repository, run};

const DOCUMENT: &str = "docs/determinism.md";
const TABLE_BEGINS: &str = "<!-- hashes: written by PAYDIRT_UPDATE=1 -->\n";
const TABLE_ENDS: &str = "<!-- end of hashes -->\n";

/// The logs, with the flags that read them, a case and an activity of theirs.
const LOGS: [(&str, &[&str], &str, &str); 3] = [
    ("commandes.csv", &["--tz", "Europe/Paris"], "D-1002", "Vérifier le stock"),
    (
        "juchu.shift_jis.csv",
        &["--encoding", "shift_jis", "--tz", "Asia/Tokyo"],
        "A-002",
        "表示確認",
    ),
    ("loans.xes", &["--lifecycle", "pair"], "L2", "Check"),
];

/// Every command whose output is published, without the name of the program.
fn commands() -> Vec<Vec<String>> {
    let questions = crate::cli_help::questions();
    let mut commands = Vec::new();
    for (log, flags, case, activity) in LOGS {
        for question in &questions {
            let log = format!("testdata/logs/shipped/{log}");
            let mut command = vec!["ask".to_owned(), log, question.clone()];
            if question == "case" {
                command.extend(["--params".to_owned(), format!("{{\"case\":\"{case}\"}}")]);
            }
            if question == "neighbours" {
                let params = format!("{{\"activity\":\"{activity}\"}}");
                command.extend(["--params".to_owned(), params]);
            }
            command.extend(flags.iter().map(|&flag| flag.to_owned()));
            command.push("--json".to_owned());
            commands.push(command);
        }
    }
    let demo = ["demo", "--print", "--deals", "300", "--seed", "7", "--json"];
    commands.push(demo.map(str::to_owned).to_vec());
    commands
}

/// A command as it is typed.
fn line(command: &[String]) -> String {
    let quoted = |word: &String| match word.contains('{') {
        true => format!("'{word}'"),
        false => word.clone(),
    };
    format!("paydirt {}", command.iter().map(quoted).collect::<Vec<_>>().join(" "))
}

/// Standard output of a command under some settings of the environment.
fn output(arguments: &[String], settings: &[(&str, &str)]) -> String {
    let mut command = command();
    command.args(arguments).envs(settings.iter().copied());
    run(&mut command).ok().stdout
}

/// Settings under which nothing may change.
const SETTINGS: [&[(&str, &str)]; 6] = [
    &[],
    &[("PAYDIRT_THREADS", "1")],
    &[("PAYDIRT_THREADS", "2")],
    &[("PAYDIRT_THREADS", "8")],
    &[("LANG", "C"), ("LC_ALL", "C")],
    &[("TZ", "Asia/Tokyo")],
];

/// Languages of the system, in which notes are told; nothing else may change.
const LANGUAGES: [&[(&str, &str)]; 2] = [
    &[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "fr_FR.UTF-8")],
    &[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "ja_JP.UTF-8"), ("PAYDIRT_THREADS", "3")],
];

#[test]
fn a_language_changes_nothing_but_notes() {
    let without_notes = |output: &str| -> Value {
        let mut answer: Value = serde_json::from_str(output).expect("the answer is JSON");
        if let Some(context) = answer.get_mut("context") {
            context["notes"] = Value::Null;
        }
        answer
    };
    for command in commands() {
        let first = without_notes(&output(&command, &[]));
        for settings in LANGUAGES {
            let told = without_notes(&output(&command, settings));
            assert!(told == first, "{} under {settings:?}", line(&command));
        }
    }
}

#[test]
fn answers_are_the_same_bytes_everywhere() {
    for command in commands() {
        let first = output(&command, &[]);
        for settings in SETTINGS {
            assert!(output(&command, settings) == first, "{} under {settings:?}", line(&command));
        }
    }
}

#[test]
fn texts_are_the_same_bytes_everywhere() {
    for command in commands() {
        let command: Vec<String> = command.into_iter().filter(|word| word != "--json").collect();
        let first = output(&command, &[]);
        for settings in [SETTINGS[3], SETTINGS[4], SETTINGS[5]] {
            assert!(output(&command, settings) == first, "{} under {settings:?}", line(&command));
        }
    }
}

#[test]
fn answers_have_the_published_hashes() {
    let mut table = String::from("| command | xxh3-128 of its output |\n|---|---|\n");
    for command in commands() {
        let hash = xxh3_128(output(&command, &[]).as_bytes());
        table.push_str(&format!("| `{}` | `{hash:032x}` |\n", line(&command)));
    }
    let path = repository().join(DOCUMENT);
    let document = std::fs::read_to_string(&path).expect("the document");
    let (before, rest) = document.split_once(TABLE_BEGINS).expect("the table begins");
    let (published, after) = rest.split_once(TABLE_ENDS).expect("the table ends");
    if std::env::var_os("PAYDIRT_UPDATE").is_some() {
        let updated = format!("{before}{TABLE_BEGINS}{table}{TABLE_ENDS}{after}");
        std::fs::write(&path, updated).expect("the document can be written");
        return;
    }
    let changed: Vec<&str> =
        table.lines().filter(|row| !published.lines().any(|known| known == *row)).collect();
    assert!(
        changed.is_empty() && published == table,
        "answers changed; if that is meant, say so in a change note and run the test with \
         PAYDIRT_UPDATE=1: {changed:#?}"
    );
}
