//! Is everything that was published still there when the program is killed at any moment, or may
//! write no further?
//!
//! `PAYDIRT_KILL_POINTS` says at how many moments the program is killed (20 when not given). A
//! moment is the n-th change that can be seen in the data folder from outside.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{command, file, folder, paydirt, run, text};

/// Events of the log at its first version.
const FIRST_EVENTS: u64 = 3_000;
/// Events that one append adds.
const MORE_EVENTS: u64 = 500;

/// A file of so many events, two a case, from this case on.
fn events(folder: &Path, name: &str, from: u64, count: u64) -> PathBuf {
    let mut rows = String::from("case,activity,time,amount,note\n");
    for row in from..from + count {
        let (case, minute, hour) = (row / 2, row % 60, row / 60 % 24);
        rows.push_str(&format!(
            "case {case},step {},2024-01-01T{hour:02}:{minute:02}:00Z,{},note {}\n",
            row % 7,
            row * 31 % 1_000,
            row % 97
        ));
    }
    file(folder, name, rows)
}

/// A folder with a stored log `Log`.
fn with_log(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    let first = events(folder, "first.csv", 0, FIRST_EVENTS);
    paydirt(&["import", text(&first), "--log", "Log", "--data", text(&data)]).ok();
    data
}

/// The logs as the program lists them.
#[track_caller]
fn logs(data: &Path) -> Vec<Value> {
    let run = paydirt(&["logs", "--json", "--data", text(data)]);
    assert_eq!(run.code, 0, "{run:?}");
    run.json()["logs"].as_array().expect("a list").clone()
}

/// Checks that every log and version that is listed answers, and with its own numbers; the names
/// of the logs with the events of their current versions.
#[track_caller]
fn readable(data: &Path) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for log in logs(data) {
        let name = log["name"].as_str().expect("a log has a name");
        let run = paydirt(&["versions", name, "--json", "--data", text(data)]).ok().json();
        for version in run["versions"].as_array().expect("a list") {
            assert!(version.get("damaged").is_none(), "{version}");
            let which = format!("{name}@{}", version["number"]);
            let asked = ["ask", &which, "attributes", "--json", "--data", text(data)];
            let size = paydirt(&asked).ok().json()["context"]["size"]["events"].clone();
            assert_eq!(size, version["events"], "{which}");
        }
        if let Some(events) = log["current"]["events"].as_u64() {
            found.insert(name.to_owned(), events);
        }
    }
    found
}

/// What can be seen of a folder from outside: names and sizes.
fn seen(folder: &Path, into: &mut Vec<(PathBuf, u64)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            seen(&path, into);
            into.push((path, 0));
        } else {
            into.push((path, entry.metadata().map_or(0, |facts| facts.len())));
        }
    }
}

/// Runs a verb and kills it once the folder has changed so many times; whether it was killed.
fn killed_after(data: &Path, arguments: &[&str], changes: u64) -> bool {
    let mut started = command();
    started.args(arguments).args(["--data", text(data)]);
    started.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    let mut child = started.spawn().expect("the program starts");
    let mut last = Vec::new();
    seen(data, &mut last);
    let mut count = 0;
    loop {
        if child.try_wait().expect("the program can be watched").is_some() {
            return false;
        }
        let mut now = Vec::new();
        seen(data, &mut now);
        if now != last {
            count += 1;
            last = now;
        }
        if count >= changes {
            child.kill().expect("the program can be killed");
            child.wait().expect("it ends");
            return true;
        }
    }
}

#[test]
fn a_kill_at_any_moment_leaves_what_was_published() {
    let points: u64 = std::env::var("PAYDIRT_KILL_POINTS")
        .map_or(20, |count| count.parse().expect("PAYDIRT_KILL_POINTS is a number"));
    let folder = folder();
    let data = with_log(folder.path());
    let more = events(folder.path(), "more.csv", 100_000, MORE_EVENTS);
    let mut killed = 0;
    for point in 0..points {
        let before = readable(&data);
        // Spread over the moments and the verbs, the same in every run.
        let changes = 1 + point * 7 % 13;
        let name = format!("New {point}");
        let verb: &[&str] = match point % 4 {
            0 => &["import", text(&more), "--log", &name],
            1 | 2 => &["import", text(&more), "--log", "Log", "--append"],
            _ => match before.keys().find(|name| name.starts_with("New")) {
                Some(name) => &["delete", &name.clone(), "--yes"],
                None => &["import", text(&more), "--log", "Log", "--append"],
            },
        };
        killed += u64::from(killed_after(&data, verb, changes));
        let after = readable(&data);
        match verb[0] {
            "delete" => {
                let gone: Vec<_> =
                    before.keys().filter(|name| !after.contains_key(*name)).collect();
                assert!(gone.is_empty() || gone == [verb[1]], "point {point}: {gone:?}");
            }
            _ if verb[3] == "Log" => {
                let (old, new) = (before["Log"], after["Log"]);
                assert!(new == old || new == old + MORE_EVENTS, "point {point}: {old} to {new}");
            }
            _ => {
                let new = after.get(&name).copied();
                assert!(new.is_none_or(|new| new == MORE_EVENTS), "point {point}: {new:?}");
            }
        }
        let kept = |name: &&String| !(verb[0] == "delete" && *name == verb[1]);
        for name in before.keys().filter(kept) {
            assert!(after.contains_key(name), "point {point}: \"{name}\" is gone");
        }
    }
    crate::support::say(&format!("{killed} of {points} runs were killed while they worked"));
    assert!(killed * 4 >= points, "only {killed} of {points} runs were killed in time");
}

#[test]
fn a_limit_of_file_sizes_fails_the_import_and_nothing_else() {
    let folder = folder();
    let data = with_log(folder.path());
    let more = events(folder.path(), "more.csv", 100_000, MORE_EVENTS);
    let program = env!("CARGO_BIN_EXE_paydirt");
    let mut failed = 0;
    // From a limit that stops the catalogue to one that nothing reaches, in blocks.
    for blocks in [1, 2, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 1_024, 100_000] {
        let before = readable(&data);
        let script = format!(
            "ulimit -f {blocks}; exec {program} import {} --log Log --append --json --data {}",
            text(&more),
            text(&data)
        );
        let mut limited = Command::new("sh");
        limited.args(["-c", &script]).env_remove("PAYDIRT_THREADS").stdin(Stdio::null());
        let run = run(&mut limited);
        let after = readable(&data);
        if run.code == 0 {
            assert_eq!(after["Log"], before["Log"] + MORE_EVENTS, "{blocks} blocks");
            continue;
        }
        failed += 1;
        assert_eq!(run.code, 3, "{blocks} blocks: {run:?}");
        let code = run.problem()["code"].clone();
        let known = ["disk_full", "file_unwritable", "store_failed"];
        assert!(known.iter().any(|known| code == *known), "{blocks} blocks: {run:?}");
        assert_eq!(after, before, "{blocks} blocks: {run:?}");
    }
    assert!(failed >= 3, "the limits were not felt: {failed}");
}
