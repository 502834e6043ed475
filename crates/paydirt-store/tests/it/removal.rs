//! What may be deleted, what is kept, and does what is deleted go?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::ErrorCode;
use paydirt_store::entries::{LogId, Retention, VersionNumber};
use paydirt_store::store::{Store, StoreOptions};

use crate::sample::{content, day, log, numbers, open, publish, stored};

/// A log with versions 1 to `count`, one a day, the last one current.
fn versions(store: &Store, count: i64) -> LogId {
    let id = store.create_log("Deals", day(0)).unwrap();
    for number in 1..=count {
        publish(store, id, &log(usize::try_from(number).unwrap()), day(number)).unwrap();
    }
    id
}

#[test]
fn the_current_and_pinned_versions_are_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = versions(&store, 3);
    store.pin(id, VersionNumber(1), true).unwrap();
    let current = store.delete_version(id, VersionNumber(3)).unwrap_err();
    assert_eq!(current.code, ErrorCode::VersionKept);
    assert!(current.to_string().contains("Roll back to another version first"), "{current}");
    let pinned = store.delete_version(id, VersionNumber(1)).unwrap_err();
    assert_eq!(pinned.code, ErrorCode::VersionKept);
    assert_eq!(store.delete_log(id).unwrap_err().code, ErrorCode::VersionKept);
    store.delete_version(id, VersionNumber(2)).unwrap();
    assert_eq!(numbers(&store, id), [3, 1]);
    store.pin(id, VersionNumber(1), false).unwrap();
    store.delete_version(id, VersionNumber(1)).unwrap();
    assert_eq!(numbers(&store, id), [3]);
    assert_eq!(stored(&store, id, VersionNumber(3)), content(&log(3)));
}

#[test]
fn a_number_is_never_used_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = versions(&store, 2);
    store.roll_back(id, VersionNumber(1)).unwrap();
    store.delete_version(id, VersionNumber(2)).unwrap();
    drop(store);
    let store = open(folder.path());
    assert_eq!(publish(&store, id, &log(9), day(3)).unwrap().number, VersionNumber(3));
    store.delete_log(id).unwrap();
    assert_eq!(store.create_log("Deals", day(4)).unwrap(), LogId(2));
}

#[test]
fn a_number_is_never_used_twice_although_the_catalogue_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = versions(&store, 3);
    store.roll_back(id, VersionNumber(1)).unwrap();
    for number in [2, 3] {
        store.delete_version(id, VersionNumber(number)).unwrap();
    }
    let gone = store.create_log("Leads", day(0)).unwrap();
    store.delete_log(gone).unwrap();
    drop(store);
    let lose = |names: &[&str]| {
        for name in names {
            std::fs::remove_file(folder.path().join(name)).unwrap();
        }
        Store::open(folder.path(), StoreOptions::new(day(0), 1)).unwrap().0
    };
    // The copy of the log's entry knows its versions, too, and is lost with the catalogue.
    let store = lose(&["catalog.sqlite", "logs/1/log.json"]);
    assert_eq!(publish(&store, id, &log(9), day(3)).unwrap().number, VersionNumber(4));
    assert_eq!(store.create_log("Quotes", day(4)).unwrap(), LogId(gone.0 + 1));
    drop(store);
    // The other way round, the file of the numbers is made again.
    let store = lose(&["numbers.json"]);
    store.delete_log(LogId(gone.0 + 1)).unwrap();
    drop(store);
    let store = lose(&["catalog.sqlite"]);
    assert_eq!(store.create_log("Orders", day(4)).unwrap(), LogId(gone.0 + 2));
    assert_eq!(publish(&store, id, &log(9), day(3)).unwrap().number, VersionNumber(5));
}

#[test]
fn a_damaged_file_of_numbers_is_made_again_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("numbers.json");
    versions(&open(folder.path()), 2);
    let sound = std::fs::read(&path).unwrap();
    std::fs::write(&path, &sound[..sound.len() / 2]).unwrap();
    let (store, report) = Store::open(folder.path(), StoreOptions::new(day(0), 1)).unwrap();
    assert_eq!(
        report.notes,
        ["The file \"numbers.json\" was damaged and is made again from the catalogue and the \
          versions."]
    );
    drop(store);
    assert_eq!(std::fs::read(&path).unwrap(), sound);
}

#[test]
fn a_deleted_log_is_gone_with_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = versions(&store, 2);
    store.delete_log(id).unwrap();
    assert!(store.logs().unwrap().is_empty());
    assert_eq!(std::fs::read_dir(folder.path().join("logs")).unwrap().count(), 0);
    drop(store);
    assert!(open(folder.path()).logs().unwrap().is_empty());
}

#[test]
fn the_rule_of_what_stays_keeps_what_either_part_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = versions(&store, 8);
    store.pin(id, VersionNumber(2), true).unwrap();
    store.roll_back(id, VersionNumber(3)).unwrap();
    assert_eq!(store.apply_retention(id, day(9)).unwrap(), []);
    // On day 9, versions 7 and 8 are at most two days old.
    let by = |keep_versions, keep_days| {
        store.set_retention(id, Retention { keep_versions, keep_days }).unwrap();
        let gone = store.apply_retention(id, day(9)).unwrap();
        gone.iter().map(|number| number.0).collect::<Vec<u64>>()
    };
    assert_eq!(by(Some(7), None), [1]);
    assert_eq!(by(Some(3), Some(5)), [0; 0], "versions 4 to 8 are at most five days old");
    assert_eq!(by(None, Some(3)), [5, 4]);
    assert_eq!(by(Some(1), Some(2)), [6]);
    assert_eq!(by(Some(1), Some(1)), [7]);
    assert_eq!(numbers(&store, id), [8, 3, 2]);
    for number in [8, 3, 2] {
        store.verify(id, VersionNumber(number)).unwrap();
    }
}

#[test]
fn what_is_deleted_while_it_is_read_is_gone_and_not_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = versions(&store, 12);
    let read = |number, gone: ErrorCode| {
        loop {
            match store.open_log(id, number, CaseNotion::Main) {
                Ok(_) => {}
                Err(problem) => return assert_eq!(problem.code, gone, "{problem}"),
            }
        }
    };
    for number in (1..12).map(VersionNumber) {
        std::thread::scope(|scope| {
            scope.spawn(|| read(number, ErrorCode::VersionNotFound));
            store.delete_version(id, number).unwrap();
        });
    }
    std::thread::scope(|scope| {
        scope.spawn(|| read(VersionNumber(12), ErrorCode::LogNotFound));
        store.delete_log(id).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn a_deletion_that_was_undone_leaves_no_damage() {
    use crate::watched_layer::{Moment, Watched};
    let folder = tempfile::tempdir().unwrap();
    let id = versions(&open(folder.path()), 2);
    let (begun, is_away) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let (seen, away) = (Arc::clone(&begun), Arc::clone(&is_away));
    let layer = Watched::refusing(move |moment, path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        if moment == Moment::BeforeRename && name.starts_with("deleted-") {
            away.store(true, Ordering::Relaxed);
        }
        let refused = moment == Moment::AfterSyncFolder && away.swap(false, Ordering::Relaxed);
        if refused {
            // A reader has the time to look for the folder while it is away.
            let before = seen.load(Ordering::Relaxed);
            let has_looked = || seen.load(Ordering::Relaxed) > before;
            (0..50_000).take_while(|_| !has_looked()).for_each(|_| std::thread::yield_now());
        }
        refused
    });
    let options = StoreOptions { layer: Arc::new(layer), ..StoreOptions::new(day(0), 1) };
    let (store, _) = Store::open(folder.path(), options).unwrap();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for number in [VersionNumber(1), VersionNumber(2)] {
            let (store, is_over, begun) = (&store, &is_over, &begun);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    begun.fetch_add(1, Ordering::Relaxed);
                    store.open_log(id, number, CaseNotion::Main).unwrap();
                }
            });
        }
        for _ in 0..40 {
            store.delete_version(id, VersionNumber(1)).unwrap_err();
            store.delete_log(id).unwrap_err();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    for version in store.versions(id).unwrap() {
        assert_eq!(version.damaged, None);
    }
    drop(store);
    assert_eq!(numbers(&open(folder.path()), id), [2, 1]);
}
