//! Is the output fit for a terminal, a pipe and a script?

use std::io::Read;
use std::process::Stdio;

use crate::support::{command, file, folder, paydirt, shipped, text};

#[test]
fn nothing_but_text_goes_to_a_pipe() {
    let log = shipped("commandes.csv");
    let verbs: [&[&str]; 5] = [
        &["check", text(&log)],
        &["ask", text(&log), "summary"],
        &["ask", text(&log), "map"],
        &["ask", text(&log), "variants", "--group-by", "Région"],
        &["demo", "--print", "--deals", "50"],
    ];
    for arguments in verbs {
        // A terminal that likes colours changes nothing where there is no terminal.
        let output = command()
            .args(arguments)
            .env("TERM", "xterm-256color")
            .env("CLICOLOR", "1")
            .env("COLORTERM", "truecolor")
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
        assert!(output.stderr.is_empty(), "no progress without a terminal: {arguments:?}");
        let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\n') || *byte == 0x7f;
        assert!(!output.stdout.iter().any(is_control), "{arguments:?}");
        assert_eq!(output.stdout.last(), Some(&b'\n'), "{arguments:?}");
    }
}

/// The answer is about a megabyte, more than a pipe holds: the program meets the closed pipe.
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = folder();
    let mut rows = String::from("case,activity,time\n");
    for case in 0..5_000 {
        rows.push_str(&format!("{case},a,2024-01-01T08:00:00Z\n"));
    }
    let log = file(folder.path(), "log.csv", rows);
    let mut child = command()
        .args(["ask", text(&log), "cases", "--params", "{\"limit\": 5000}", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The pipe is closed after the first byte, as `head -c 1` does.
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut [0]).expect("the answer begins");
    drop(stdout);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_output_ends_with_3() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let log = shipped("commandes.csv");
    let output = command()
        .args(["ask", text(&log), "summary"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Standard output"));
}

#[test]
fn an_answer_in_json_is_one_line() {
    let log = shipped("commandes.csv");
    let run = paydirt(&["ask", text(&log), "map", "--json"]).ok();
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stdout.ends_with("}\n"));
    assert!(run.json()["context"]["source"].as_str() == Some(text(&log)));
}

#[test]
fn filters_compose_and_say_what_they_removed() {
    let log = shipped("commandes.csv");
    let run = paydirt(&[
        "ask",
        text(&log),
        "summary",
        "--json",
        "--filter",
        r#"{"kind": "attribute_in", "attribute": "Région", "values": ["Nord", "Sud"]}"#,
        "--filter",
        r#"{"not": {"kind": "activity_contains", "activities": ["Expédier"]}}"#,
    ]);
    let answer = run.ok().json();
    assert_eq!(answer["cases"], 0, "every order from the north and south was sent");
    assert_eq!(answer["case_duration_s"], serde_json::Value::Null);
    let context = &answer["context"];
    assert_eq!(context["total"]["cases"], 4);
    assert_eq!(context["size"]["cases"], 0);
    assert_eq!(context["filters"][0]["cases_removed"], 1);
    assert_eq!(context["filters"][0]["events_removed"], 2);
    assert_eq!(context["filters"][1]["cases_removed"], 3);
    assert_eq!(context["filters"][1]["events_removed"], 16);
}

#[test]
fn the_demo_writes_its_tables_and_logs_where_it_is_told() {
    let folder = folder();
    let out = folder.path().join("world");
    paydirt(&["demo", "--print", "--deals", "60", "--seed", "7", "--out", text(&out)]).ok();
    let names = crate::cli_failures::names(&out);
    for wanted in ["log-main.parquet", "log-lead.parquet", "log-document.parquet"] {
        assert!(names.iter().any(|name| name == wanted), "{wanted}: {names:?}");
    }
    assert!(names.iter().any(|name| name == "planted_effects.json"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("partial")), "{names:?}");
    let demo = paydirt(&["demo", "--print", "--deals", "60", "--seed", "7", "--json"]).ok().json();
    let main = out.join("log-main.parquet");
    let asked = crate::support::ask(&main, "summary", &[]);
    assert_eq!(crate::support::body(asked), demo["summary"]);
}
