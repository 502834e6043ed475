//! Is every change of what was chosen about a log numbered and kept, and outlives the catalogue?

use paydirt_model::problem::ErrorCode;
use paydirt_store::chosen::CHOSEN_BYTES_MAX;
use paydirt_store::entries::{LogId, ViewId};
use paydirt_store::store::{Store, StoreOptions};

use crate::sample::{day, log, open, publish};

fn chosen(store: &Store, log: LogId) -> Vec<(u64, String)> {
    store.chosen(log).unwrap().into_iter().map(|one| (one.number, one.content)).collect()
}

#[test]
fn changes_are_numbered_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    assert_eq!(chosen(&store, id), []);
    for number in 0..11 {
        let content = format!("limit = {number}");
        let entry = store.choose(id, (&content, number), day(2)).unwrap();
        assert_eq!((entry.number, entry.changed_at), (number + 1, day(2)));
    }
    let expected: Vec<_> = (1..12).map(|one| (one, format!("limit = {}", one - 1))).collect();
    assert_eq!(chosen(&store, id), expected);
    drop(store);
    assert_eq!(chosen(&open(folder.path()), id), expected);
}

#[test]
fn who_has_not_seen_the_last_change_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    store.choose(id, ("a = 1", 0), day(1)).unwrap();
    let late = store.choose(id, ("a = 2", 0), day(2)).unwrap_err();
    assert_eq!(late.code, ErrorCode::ViewChanged);
    let long = "#".repeat(CHOSEN_BYTES_MAX + 1);
    assert_eq!(store.choose(id, (&long, 1), day(2)).unwrap_err().code, ErrorCode::OverLimit);
    assert_eq!(chosen(&store, id), [(1, "a = 1".to_owned())]);
}

#[test]
fn it_is_no_view() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    store.choose(id, ("a = 1", 0), day(1)).unwrap();
    assert_eq!(store.views(id).unwrap(), []);
    let place = (id, ViewId(1));
    assert_eq!(store.view(place.0, place.1).unwrap_err().code, ErrorCode::ViewNotFound);
    assert_eq!(store.delete_view(place, None).unwrap_err().code, ErrorCode::ViewNotFound);
    assert_eq!(chosen(&store, id).len(), 1);
}

#[test]
fn a_catalogue_that_is_made_again_has_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    store.choose(id, ("a = 1", 0), day(1)).unwrap();
    store.choose(id, ("a = 2", 1), day(2)).unwrap();
    let expected = store.chosen(id).unwrap();
    drop(store);
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    let (store, report) = Store::open(folder.path(), StoreOptions::new(day(3), 1)).unwrap();
    assert!(report.catalogue_rebuilt);
    assert_eq!(store.chosen(id).unwrap(), expected);
}
