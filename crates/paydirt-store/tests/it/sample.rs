//! Small logs and a store to put them into.

use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::Problem;
use paydirt_model::text_log;
use paydirt_model::time::{DAY_US, Timestamp};
use paydirt_store::entries::{Action, LogId, NewVersion, VersionEntry, VersionNumber};
use paydirt_store::running::Running;
use paydirt_store::store::{Store, StoreOptions};

/// So many days after 2026-01-01T00:00:00Z.
pub(crate) fn day(days: i64) -> Timestamp {
    let first = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
    Timestamp::from_us(first.as_us() + days * DAY_US).unwrap()
}

/// Opens a store whose start must not find anything amiss.
pub(crate) fn open(folder: &Path) -> Store {
    let (store, report) = Store::open(folder, StoreOptions::new(day(0), 2)).unwrap();
    assert_eq!(report.notes, [""; 0]);
    store
}

/// A log that is told apart from others by its number: so many won and lost deals.
pub(crate) fn log(number: usize) -> EventLog {
    let text = format!(
        "open/ann{{cost=5}} quote/bob{{cost=2.5}} won/ann | region=EMEA amount=12.50EUR ×{}\n\
         open/ann quote/\"受注\" lost | region=\"Île-de-France\" amount=7JPY ×2\n\
         {number}: open@2024-01-05T00:00:00Z won@2024-01-06T00:00:00Z | late=true",
        number + 1
    );
    text_log::parse_with(&text, LogSpec::plain(), 4)
}

/// The schema of a log and its cases, a line each. Reads every attribute.
pub(crate) fn content(log: &EventLog) -> String {
    log.load_all().unwrap();
    let context = log.context();
    let as_of = context.as_of.map(|at| at.to_string()).unwrap_or_default();
    let mut text = format!("  zone {}, as of {as_of}", context.time_zone.name());
    for attribute in &context.attributes {
        let (name, level, kind) = (&attribute.name, attribute.level, attribute.kind);
        write!(text, "\n  attribute {name}: {level:?} {kind:?}").unwrap();
    }
    let mut cases = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let mut line = format!("\n  {}:", case.id());
            for (idx, &code) in case.activities().iter().enumerate() {
                let at_us = case.times_us()[idx];
                write!(line, " {}@{at_us}", context.activities.name(code)).unwrap();
                for attribute in &context.attributes {
                    if let Some(value) = case.value(attribute, idx) {
                        write!(line, " {}={value}", attribute.name).unwrap();
                    }
                }
            }
            cases.push(line);
        });
    }
    cases.sort();
    text + &cases.concat()
}

/// Publishes a log as the next version.
pub(crate) fn publish(
    store: &Store,
    log: LogId,
    content: &EventLog,
    created_at: Timestamp,
) -> Result<VersionEntry, Problem> {
    let parent = store.log(log)?.current;
    let logs = [content];
    store.publish(&NewVersion { created_at, ..new_version(log, parent, &logs) }, &RUNNING)
}

/// A version of these logs, made from another one; a test changes what it is about.
pub(crate) fn new_version<'a>(
    log: LogId,
    parent: Option<VersionNumber>,
    logs: &'a [&'a EventLog],
) -> NewVersion<'a> {
    NewVersion {
        log,
        action: if parent.is_none() { Action::Import } else { Action::Append },
        source: "deals.csv",
        parent,
        logs,
        report: "{\"rows\":3}",
        settings: "{}",
        created_at: day(1),
    }
}

/// The numbers of the versions of a log, the newest first.
pub(crate) fn numbers(store: &Store, log: LogId) -> Vec<u64> {
    store.versions(log).unwrap().iter().map(|version| version.number.0).collect()
}

/// What is in a folder, by name.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

static NEVER: AtomicBool = AtomicBool::new(false);

/// Two threads, never cancelled, nobody watches.
pub(crate) const RUNNING: Running<'static> =
    Running { threads: 2, cancelled: &NEVER, progress: &|_, _| {} };

/// What a stored version holds, as text.
pub(crate) fn stored(store: &Store, log: LogId, number: VersionNumber) -> String {
    content(&store.open_log(log, number, CaseNotion::Main).unwrap())
}

/// A small log of another case notion.
pub(crate) fn notion_log(notion: CaseNotion) -> EventLog {
    let spec = LogSpec { notion, ..LogSpec::plain() };
    text_log::parse_with("lead call deal ×2\nlead | source=web", spec, 1)
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A folder in memory where the system has one, for tests that open very many stores and do not
/// depend on a real disk.
pub(crate) fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// How many rounds a test with dice makes: so many, or more by `PAYDIRT_FAULT_SEEDS`.
pub(crate) fn rounds(usual: u64) -> u64 {
    match std::env::var("PAYDIRT_FAULT_SEEDS") {
        Ok(count) => count.parse::<u64>().expect("PAYDIRT_FAULT_SEEDS is a number").max(usual),
        Err(_) => usual,
    }
}
