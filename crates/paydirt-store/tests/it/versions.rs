//! Is what was published there, unchanged, and is nothing else?

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::ErrorCode;
use paydirt_store::entries::{Action, LogId, NewVersion, Retention, VersionNumber};
use paydirt_store::running::Running;
use paydirt_store::store::Store;

use crate::sample::{
    RUNNING, content, day, log, new_version, notion_log, numbers, open, publish, stored,
};

#[test]
fn a_published_version_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("données du 受注");
    let store = open(&folder);
    let id = store.create_log("Deals", day(1)).unwrap();
    let first = publish(&store, id, &log(1), day(1)).unwrap();
    assert_eq!((first.number, first.parent, first.is_current), (VersionNumber(1), None, true));
    assert_eq!((first.cases, first.events), (5, 14));
    assert_eq!(first.notions, [CaseNotion::Main]);
    assert_eq!((first.action, first.source.as_str()), (Action::Import, "deals.csv"));
    drop(store);
    let store = open(&folder);
    assert_eq!(store.versions(id).unwrap(), [first]);
    assert_eq!(stored(&store, id, VersionNumber(1)), content(&log(1)));
    assert_eq!(store.report(id, VersionNumber(1)).unwrap(), "{\"rows\":3}");
    assert_eq!(store.settings(id, VersionNumber(1)).unwrap(), "{}");
    store.verify(id, VersionNumber(1)).unwrap();
}

#[test]
fn a_new_version_is_current_and_the_old_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    let second = publish(&store, id, &log(2), day(2)).unwrap();
    assert_eq!((second.number, second.parent), (VersionNumber(2), Some(VersionNumber(1))));
    assert_eq!(store.log(id).unwrap().current, Some(VersionNumber(2)));
    assert_eq!(stored(&store, id, VersionNumber(1)), content(&log(1)));
    assert_eq!(stored(&store, id, VersionNumber(2)), content(&log(2)));
    assert_eq!(numbers(&store, id), [2, 1]);
}

#[test]
fn one_version_holds_a_log_for_each_notion() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Demo", day(1)).unwrap();
    let (main, lead) = (log(3), notion_log(CaseNotion::Lead));
    let seen = Mutex::new(Vec::new());
    let progress = |done: u64, total: u64| seen.lock().unwrap().push((done, total));
    let running = Running { progress: &progress, ..RUNNING };
    let logs = [&main, &lead];
    let version = store.publish(&new_version(id, None, &logs), &running).unwrap();
    assert_eq!(version.notions, [CaseNotion::Main, CaseNotion::Lead]);
    assert_eq!(version.events, main.context().event_count);
    let read = |notion| store.open_log(id, version.number, notion);
    assert_eq!(content(&read(CaseNotion::Lead).unwrap()), content(&lead));
    assert_eq!(content(&read(CaseNotion::Main).unwrap()), content(&main));
    let refused = read(CaseNotion::Document).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidParameters);
    assert!(refused.to_string().contains("It has: main, lead."), "{refused}");
    let seen = seen.into_inner().unwrap();
    let total = main.context().event_count + lead.context().event_count;
    assert_eq!(seen.last(), Some(&(total, total)));
    assert!(seen.is_sorted());
}

#[test]
fn a_version_made_from_an_outdated_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    let main = log(2);
    let logs = [&main];
    let late = new_version(id, Some(VersionNumber(1)), &logs);
    store.publish(&late, &RUNNING).unwrap();
    let refused = store.publish(&late, &RUNNING).unwrap_err();
    assert_eq!(refused.code, ErrorCode::LogChanged);
    assert!(refused.detail.to_string().contains("made from version 1, but version 2"), "{refused}");
    let refused = store.publish(&NewVersion { parent: None, ..late }, &RUNNING).unwrap_err();
    assert_eq!(refused.code, ErrorCode::LogChanged);
    assert_eq!(store.versions(id).unwrap().len(), 2);
}

#[test]
fn of_versions_written_at_the_same_time_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let results: Vec<_> = std::thread::scope(|scope| {
        let store = &store;
        let threads: Vec<_> = (0..4)
            .map(|number| {
                scope.spawn(move || {
                    let main = log(number);
                    let new = [&main];
                    store
                        .publish(&new_version(id, None, &new), &RUNNING)
                        .map(|version| (number, version.number))
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let won: Vec<_> = results.iter().flatten().collect();
    let lost = results.iter().filter_map(|result| result.as_ref().err());
    assert!(lost.into_iter().all(|problem| problem.code == ErrorCode::LogChanged));
    let [(number, version)] = won.as_slice() else { panic!("{results:?}") };
    assert_eq!(stored(&store, id, *version), content(&log(*number)));
    assert_eq!(std::fs::read_dir(folder.path().join("work")).unwrap().count(), 0);
}

#[test]
fn cancelled_work_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let cancelled = AtomicBool::new(false);
    let stop = |_, _| cancelled.store(true, Ordering::Relaxed);
    let main = log(1);
    let logs = [&main];
    let running = Running { threads: 1, cancelled: &cancelled, progress: &stop };
    let new = new_version(id, None, &logs);
    assert_eq!(store.publish(&new, &running).unwrap_err().code, ErrorCode::Cancelled);
    assert!(store.versions(id).unwrap().is_empty());
    assert_eq!(std::fs::read_dir(folder.path().join("work")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn unchanged_files_are_stored_once() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    publish(&store, id, &log(1), day(2)).unwrap();
    let version = |number: u64| folder.path().join(format!("logs/{id}/{number:06}"));
    let mut linked = 0;
    for entry in std::fs::read_dir(version(1)).unwrap() {
        let name = entry.unwrap().file_name();
        let [one, two] = [1, 2].map(|number| std::fs::metadata(version(number).join(&name)));
        if one.unwrap().ino() == two.unwrap().ino() {
            assert_ne!(name, "manifest.json");
            assert_ne!(name, "published");
            linked += 1;
        }
    }
    let files = std::fs::read_dir(version(2)).unwrap().count();
    assert_eq!(linked, files - 2, "all but the manifest and the marker");
    // The first one goes, and the second one is whole.
    store.delete_version(id, VersionNumber(1)).unwrap();
    store.verify(id, VersionNumber(2)).unwrap();
    assert_eq!(stored(&store, id, VersionNumber(2)), content(&log(1)));
}

#[test]
fn names_are_unique_without_case_and_composition() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Opportunités", day(1)).unwrap();
    let same = "OPPORTUNITE\u{301}S";
    assert_eq!(store.find(same).unwrap().unwrap().id, id);
    assert_eq!(store.create_log(same, day(1)).unwrap_err().code, ErrorCode::LogExists);
    assert_eq!(store.create_log("a/b", day(1)).unwrap_err().code, ErrorCode::InvalidName);
    let other = store.create_log("Leads", day(1)).unwrap();
    assert_eq!(store.rename(other, "opportunités").unwrap_err().code, ErrorCode::LogExists);
    store.rename(id, "OPPORTUNITÉS").unwrap();
    let names: Vec<String> = store.logs().unwrap().into_iter().map(|log| log.name).collect();
    assert_eq!(names, ["Leads", "OPPORTUNITÉS"]);
    assert_eq!(store.find("deals").unwrap(), None);
}

#[test]
fn what_is_set_on_a_log_stays_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    for number in 1..=3 {
        publish(&store, id, &log(number), day(1)).unwrap();
    }
    let retention = Retention { keep_versions: Some(5), keep_days: None };
    store.set_retention(id, retention).unwrap();
    store.roll_back(id, VersionNumber(2)).unwrap();
    store.pin(id, VersionNumber(1), true).unwrap();
    let nothing = Retention { keep_versions: Some(0), keep_days: None };
    let refused = store.set_retention(id, nothing).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidParameters);
    let look = |store: &Store| (store.log(id).unwrap(), store.versions(id).unwrap());
    let before = look(&store);
    assert_eq!((before.0.retention, before.0.current), (retention, Some(VersionNumber(2))));
    assert!(before.1[2].pinned && before.1[1].is_current && !before.1[0].is_current);
    drop(store);
    let store = open(folder.path());
    assert_eq!(look(&store), before);
    // What comes after a rolled-back version is made from it and has a number of its own.
    let next = publish(&store, id, &log(7), day(2)).unwrap();
    assert_eq!((next.number, next.parent), (VersionNumber(4), Some(VersionNumber(2))));
}

#[test]
fn what_does_not_exist_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let (no_log, no_version) = (LogId(7), VersionNumber(9));
    assert_eq!(store.log(no_log).unwrap_err().code, ErrorCode::LogNotFound);
    assert_eq!(store.versions(no_log).unwrap_err().code, ErrorCode::LogNotFound);
    assert_eq!(store.delete_log(no_log).unwrap_err().code, ErrorCode::LogNotFound);
    assert_eq!(store.rename(no_log, "x").unwrap_err().code, ErrorCode::LogNotFound);
    let refused = store.version(id, no_version).unwrap_err();
    assert_eq!(refused.code, ErrorCode::VersionNotFound);
    assert_eq!(refused.detail, "Log 1 has no version 9; it may have been deleted.");
    assert_eq!(store.roll_back(id, no_version).unwrap_err().code, ErrorCode::VersionNotFound);
    assert_eq!(store.report(id, no_version).unwrap_err().code, ErrorCode::VersionNotFound);
}
