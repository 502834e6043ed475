//! Is the same question on the same log the same bytes, on any number of threads and anywhere?
//!
//! `docs/determinism.md` publishes a hash of each answer below; `PAYDIRT_UPDATE=1` rewrites them.

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

use crate::support::{command, repository, run};

const DOCUMENT: &str = "docs/determinism.md";
const TABLE_BEGINS: &str = "<!-- hashes: written by PAYDIRT_UPDATE=1 -->\n";
const TABLE_ENDS: &str = "<!-- end of hashes -->\n";

/// The logs, with the flags that read them, a case of theirs and two activities.
const LOGS: [(&str, &[&str], &str, [&str; 2]); 3] = [
    ("commandes.csv", &["--tz", "Europe/Paris"], "D-1002", ["Expédier", "Facturer"]),
    (
        "juchu.shift_jis.csv",
        &["--encoding", "shift_jis", "--tz", "Asia/Tokyo"],
        "A-002",
        ["受注", "出荷"],
    ),
    ("loans.xes", &["--lifecycle", "pair"], "L2", ["Check", "Decide"]),
];

/// The parameters of a question that cannot be asked without.
fn params(question: &str, case: &str, [from, to]: [&str; 2]) -> Option<Value> {
    match question {
        "case" => Some(json!({ "case": case })),
        "funnel" => Some(json!({ "stages": [{ "activities": [from] }, { "activities": [to] }] })),
        "spectrum" => Some(json!({ "from": from, "to": to, "mode": "eventually" })),
        "neighbours" => Some(json!({ "activity": from })),
        "targets" => Some(json!({ "targets": [
            { "of": "path", "from": from, "to": to, "at_most_s": 3_600 },
            { "of": "wait", "activity": from, "at_most_s": 3_600 },
            { "of": "work", "activity": from, "at_most_s": 3_600 },
            { "of": "case", "at_most_s": 86_400 },
        ] })),
        _ => None,
    }
}

/// Every command whose output is published, without the name of the program.
fn commands() -> Vec<Vec<String>> {
    let questions = crate::cli_help::questions();
    let mut commands = Vec::new();
    for (log, flags, case, activities) in LOGS {
        for question in &questions {
            let log = format!("testdata/logs/shipped/{log}");
            let mut command = vec!["ask".to_owned(), log, question.clone()];
            if let Some(params) = params(question, case, activities) {
                command.extend(["--params".to_owned(), params.to_string()]);
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

/// Answers that the tests of the web interface stand on, as the program writes them.
const WEB_ANSWERS: [(&str, &str, &str); 2] = [
    ("commandes.csv", "movements", "web/src/pictures/replay/golden/commandes.json.txt"),
    ("loans.xes", "movements", "web/src/pictures/replay/golden/loans.json.txt"),
];

#[test]
fn pictures_are_tested_with_answers_of_this_program() {
    for (log, question, file) in WEB_ANSWERS {
        let (_, flags, ..) = LOGS.into_iter().find(|one| one.0 == log).expect("a shipped log");
        let log = format!("testdata/logs/shipped/{log}");
        let mut command = vec!["ask".to_owned(), log, question.to_owned()];
        command.extend(flags.iter().map(|&flag| flag.to_owned()));
        command.push("--json".to_owned());
        let (wanted, path) = (output(&command, &[]), repository().join(file));
        if std::env::var_os("PAYDIRT_UPDATE").is_some() {
            std::fs::write(&path, &wanted).expect("the answer can be written");
        }
        let found = std::fs::read_to_string(&path).expect("the answer of the tests");
        assert!(found == wanted, "{file} is not what {} writes", line(&command));
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
