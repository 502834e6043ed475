//! Does a store of every release open, and answer the same?
//!
//! `testdata/upgrade/<release>/store` was written by that release, and `expected.txt` beside it
//! says what is in it. `PAYDIRT_UPDATE=1` writes those of this release anew; earlier ones are
//! never changed.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use paydirt_model::event_log::CaseNotion;
use paydirt_store::entries::{Action, NewVersion, Retention, VersionNumber};
use paydirt_store::store::Store;

use crate::sample::{RUNNING, content, copy, day, log, notion_log, open, publish};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/upgrade")
}

/// One log with three versions: the first pinned, the second current after rolling back.
fn write(place: &Path) {
    let store = open(place);
    let id = store.create_log("Opportunités 2026", day(0)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    let (main, lead) = (log(2), notion_log(CaseNotion::Lead));
    let new = NewVersion {
        log: id,
        action: Action::Upsert,
        source: "deals.csv, 受注.xes",
        parent: Some(VersionNumber(1)),
        logs: &[&main, &lead],
        report: "{\"rows\":7}",
        settings: "{\"time_zone\":\"Europe/Paris\"}",
        created_at: day(2),
    };
    store.publish(&new, &RUNNING).unwrap();
    publish(&store, id, &log(3), day(3)).unwrap();
    store.pin(id, VersionNumber(1), true).unwrap();
    store.roll_back(id, VersionNumber(2)).unwrap();
    let retention = Retention { keep_versions: Some(12), keep_days: Some(365) };
    store.set_retention(id, retention).unwrap();
}

/// Everything in a store, as text that does not depend on how a release holds it.
fn describe(store: &Store) -> String {
    let mut text = String::new();
    for log in store.logs().unwrap() {
        let Retention { keep_versions, keep_days } = log.retention;
        writeln!(text, "log {} \"{}\" of {}", log.id, log.name, log.created_at).unwrap();
        writeln!(text, "keeps {keep_versions:?} versions, {keep_days:?} days").unwrap();
        for version in store.versions(log.id).unwrap() {
            store.verify(log.id, version.number).unwrap();
            let action = version.action.as_str();
            let source = &version.source;
            let (number, parent) = (version.number, version.parent.map(|parent| parent.0));
            let at = version.created_at;
            writeln!(text, "\nversion {number} from {parent:?}: {action} {source} at {at}")
                .unwrap();
            let (pinned, current) = (version.pinned, version.is_current);
            writeln!(text, "pinned {pinned}, current {current}").unwrap();
            let (cases, events) = (version.cases, version.events);
            let [first, last] = [version.first_event_at, version.last_event_at]
                .map(|at| at.map(|at| at.to_string()).unwrap_or_default());
            writeln!(text, "{cases} cases, {events} events, {first} to {last}").unwrap();
            writeln!(text, "report {}", store.report(log.id, number).unwrap()).unwrap();
            writeln!(text, "settings {}", store.settings(log.id, number).unwrap()).unwrap();
            for notion in version.notions {
                let log = store.open_log(log.id, number, notion).unwrap();
                writeln!(text, "{notion:?}:\n{}", content(&log)).unwrap();
            }
        }
    }
    text
}

#[test]
fn a_store_of_every_release_opens_and_answers_the_same() {
    let this_release = folder().join(env!("CARGO_PKG_VERSION"));
    if std::env::var_os("PAYDIRT_UPDATE").is_some() {
        let place = tempfile::tempdir().unwrap();
        write(place.path());
        let kept = this_release.join("store");
        if kept.exists() {
            std::fs::remove_dir_all(&kept).unwrap();
        }
        for name in ["lock", "reserve"] {
            std::fs::remove_file(place.path().join(name)).unwrap();
        }
        copy(place.path(), &kept);
        let text = describe(&open(place.path()));
        std::fs::write(this_release.join("expected.txt"), text).unwrap();
    }
    let mut releases = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let release = entry.unwrap().path();
        if !release.is_dir() {
            continue;
        }
        let place = tempfile::tempdir().unwrap();
        copy(&release.join("store"), place.path());
        let expected = std::fs::read_to_string(release.join("expected.txt")).unwrap();
        let store = open(place.path());
        assert_eq!(describe(&store), expected);
        let id = store.logs().unwrap()[0].id;
        publish(&store, id, &log(4), day(4)).unwrap();
        drop(store);
        open(place.path());
        releases += 1;
    }
    assert!(this_release.is_dir(), "PAYDIRT_UPDATE=1 writes the store of this release");
    println!("{releases} stores opened");
}
