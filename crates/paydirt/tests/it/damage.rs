//! Does every damaged or hostile file end soon, with a sentence, in bounded memory?

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::support::{command, file, folder, paydirt, public_log, shipped, text};

/// A shipped log in another format, in a folder.
fn converted(folder: &Path, name: &str) -> PathBuf {
    let out = folder.join(name);
    paydirt(&["convert", text(&shipped("loans.xes")), text(&out)]).ok();
    out
}

#[track_caller]
fn is_damaged(path: &Path) {
    let run = paydirt(&["ask", text(path), "summary", "--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.problem()["code"], "damaged_file", "{run:?}");
}

#[test]
fn files_cut_short_are_damaged() {
    let folder = folder();
    for name in ["log.xes", "log.xes.gz", "log.parquet"] {
        let whole = std::fs::read(converted(folder.path(), name)).expect("it was written");
        for part in [2, 3, 10] {
            let cut = &whole[..whole.len() - whole.len() / part];
            is_damaged(&file(folder.path(), name, cut));
        }
        // All but the last byte: the end of the document, of the checksum, of the magic word.
        let end = whole.trim_ascii_end().len() - 1;
        is_damaged(&file(folder.path(), name, &whole[..end]));
    }
}

#[test]
fn a_changed_byte_in_gzip_is_damage() {
    let folder = folder();
    let mut bytes = std::fs::read(converted(folder.path(), "log.xes.gz")).expect("it was written");
    let checksum = bytes.len() - 8;
    bytes[checksum] ^= 1;
    is_damaged(&file(folder.path(), "log.xes.gz", &bytes));
}

#[test]
fn a_public_log_cut_short_is_damaged() {
    let Some(log) = public_log("ebi/a-b.xes.gz") else { return };
    let whole = std::fs::read(log).expect("the log");
    let folder = folder();
    is_damaged(&file(folder.path(), "a-b.xes.gz", &whole[..whole.len() / 2]));
}

/// Ten entities, each ten times the one before: ten thousand million letters when believed.
#[test]
fn entities_are_not_expanded() {
    let mut document =
        String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE log [\n<!ENTITY a0 \"ha\">\n");
    for level in 1..=10 {
        let before = format!("&a{};", level - 1).repeat(10);
        document.push_str(&format!("<!ENTITY a{level} \"{before}\">\n"));
    }
    document.push_str(
        "]>\n<log xes.version=\"1.0\" xes.features=\"\"><trace>\
        <string key=\"concept:name\" value=\"1\"/><event>\
        <string key=\"concept:name\" value=\"&a10;\"/>\
        <date key=\"time:timestamp\" value=\"2024-01-01T08:00:00Z\"/>\
        </event></trace></log>\n",
    );
    let folder = folder();
    let path = file(folder.path(), "bomb.xes", document);
    let (code, peak_kb) = measured(&["ask", text(&path), "summary"]);
    assert_eq!(code, 1);
    assert!(peak_kb < 100_000, "{peak_kb} kB");
}

#[test]
fn elements_without_end_are_refused_with_the_limit() {
    let mut document = String::from("<log xes.version=\"1.0\" xes.features=\"\"><trace>");
    document.push_str(&"<string key=\"k\" value=\"v\">".repeat(100_000));
    let folder = folder();
    let path = file(folder.path(), "deep.xes", document);
    let run = paydirt(&["ask", text(&path), "summary", "--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.problem()["code"], "input_too_large");
    assert!(run.stderr.contains("64"), "the limit is told: {}", run.stderr);
}

/// 64 MiB without the end of a line, four times the limit of a record.
#[test]
fn a_line_without_end_is_refused_with_the_limit_in_bounded_memory() {
    let folder = folder();
    let path = folder.path().join("endless.csv");
    let mut out = std::fs::File::create(&path).expect("the temporary folder can be written");
    out.write_all(b"case,activity,time\n1,a,2024-01-01T08:00:00Z\n1,").expect("room");
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..64 {
        out.write_all(&piece).expect("room");
    }
    drop(out);
    let run = paydirt(&["check", text(&path), "--json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.problem()["code"], "input_too_large");
    assert!(run.stderr.contains("16"), "the limit is told: {}", run.stderr);
    let (_, peak_kb) = measured(&["check", text(&path)]);
    assert!(peak_kb < 300_000, "{peak_kb} kB");
}

/// Runs the program to its end: its exit code, and the most memory it was seen to hold, in kB;
/// nothing is seen where the system does not tell.
fn measured(arguments: &[&str]) -> (i32, u64) {
    let mut child = command()
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = 0;
    loop {
        if let Some(ended) = child.try_wait().expect("the program can be waited for") {
            return (ended.code().expect("the program ends by itself"), peak_kb);
        }
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let seen = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
        peak_kb = peak_kb.max(seen.unwrap_or(0));
        std::thread::yield_now();
    }
}
