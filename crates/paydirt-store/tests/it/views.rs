//! Is what was saved under a name there, and does it outlive the catalogue?

use paydirt_model::problem::ErrorCode;
use paydirt_store::entries::{LogId, ViewId, ViewKind};
use paydirt_store::store::{Store, StoreOptions};
use paydirt_store::views::{CONTENT_BYTES_MAX, NewView, ViewChange};

use crate::sample::{day, log, open, publish};

fn view<'a>(log: LogId, name: &'a str, content: &'a str) -> NewView<'a> {
    NewView { log, again: None, kind: ViewKind::View, name, content }
}

fn names(store: &Store, log: LogId) -> Vec<(ViewKind, String)> {
    store.views(log).unwrap().into_iter().map(|view| (view.kind, view.name)).collect()
}

#[test]
fn what_was_saved_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let late = store.save_view(&view(id, " Slow deals ", "{\"a\":1}"), day(2)).unwrap();
    assert_eq!((late.id, late.name.as_str()), (ViewId(1), "Slow deals"));
    let same_name = NewView { kind: ViewKind::Filters, ..view(id, "Slow deals", "[]") };
    store.save_view(&same_name, day(2)).unwrap();
    store.save_view(&view(id, "Big deals", "{}"), day(2)).unwrap();
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.view(id, late.id).unwrap(), late);
    let kinds = [ViewKind::Filters, ViewKind::View, ViewKind::View];
    let expected = ["Slow deals", "Big deals", "Slow deals"].map(str::to_owned);
    assert_eq!(names(&store, id), kinds.into_iter().zip(expected).collect::<Vec<_>>());
}

#[test]
fn a_view_is_renamed_changed_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let first = store.save_view(&view(id, "One", "{}"), day(1)).unwrap();
    store.save_view(&view(id, "Two", "{}"), day(1)).unwrap();
    let place = (id, first.id);
    let rename = |name| ViewChange { name: Some(name), ..ViewChange::default() };
    let taken = store.change_view(place, &rename("TWO"), day(2)).unwrap_err();
    assert_eq!(taken.code, ErrorCode::ViewExists);
    let change = ViewChange { content: Some("{\"b\":2}"), ..rename("ONE") };
    let changed = store.change_view(place, &change, day(2)).unwrap();
    assert_eq!((changed.name.as_str(), changed.content.as_str()), ("ONE", "{\"b\":2}"));
    assert_eq!((changed.created_at, changed.updated_at), (day(1), day(2)));
    assert_eq!(store.view(id, first.id).unwrap(), changed);
    store.delete_view((id, first.id), None).unwrap();
    assert_eq!(store.delete_view((id, first.id), None).unwrap_err().code, ErrorCode::ViewNotFound);
    assert_eq!(names(&store, id), [(ViewKind::View, "Two".to_owned())]);
    let third = store.save_view(&view(id, "Three", "{}"), day(3)).unwrap();
    assert_eq!(third.id, ViewId(3), "numbers are not used twice");
}

#[test]
fn what_somebody_else_has_changed_is_neither_written_over_nor_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let first = store.save_view(&view(id, "One", "{}"), day(1)).unwrap();
    let place = (id, first.id);
    let change = |content, since| ViewChange {
        content: Some(content),
        unchanged_since: Some(since),
        ..ViewChange::default()
    };
    // The clock stands still, and the second change is told from the first all the same.
    let mine = store.change_view(place, &change("[1]", first.updated_at), day(1)).unwrap();
    let theirs = store.change_view(place, &change("[2]", first.updated_at), day(1)).unwrap_err();
    assert_eq!(theirs.code, ErrorCode::ViewChanged);
    assert_eq!(store.view(id, first.id).unwrap(), mine);
    let again = store.change_view(place, &change("[2]", mine.updated_at), day(1)).unwrap();
    assert_eq!(again.content, "[2]");
    let late = store.delete_view(place, Some(mine.updated_at)).unwrap_err();
    assert_eq!(late.code, ErrorCode::ViewChanged);
    assert_eq!(store.view(id, first.id).unwrap(), again);
    store.delete_view(place, Some(again.updated_at)).unwrap();
    assert_eq!(store.view(id, first.id).unwrap_err().code, ErrorCode::ViewNotFound);
}

#[test]
fn what_was_deleted_comes_back_under_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let first = store.save_view(&view(id, "One", "{}"), day(1)).unwrap();
    let back = |again| NewView { again: Some(again), ..view(id, "Uno", "{}") };
    let refused = |again| store.save_view(&back(again), day(1)).unwrap_err().code;
    assert_eq!(refused(first.id), ErrorCode::InvalidParameters, "it is there");
    store.delete_view((id, first.id), None).unwrap();
    assert_eq!(refused(ViewId(2)), ErrorCode::InvalidParameters, "it never was there");
    assert_eq!(store.save_view(&back(first.id), day(2)).unwrap().id, first.id);
    assert_eq!(store.save_view(&view(id, "Two", "{}"), day(2)).unwrap().id, ViewId(2));
}

#[test]
fn a_view_belongs_to_its_log_and_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let deals = store.create_log("Deals", day(1)).unwrap();
    let leads = store.create_log("Leads", day(1)).unwrap();
    let saved = store.save_view(&view(deals, "One", "{}"), day(1)).unwrap();
    store.save_view(&view(leads, "One", "{}"), day(1)).unwrap();
    let elsewhere = store.view(leads, saved.id).unwrap_err();
    assert_eq!(elsewhere.code, ErrorCode::ViewNotFound);
    store.delete_log(deals).unwrap();
    assert_eq!(store.views(deals).unwrap_err().code, ErrorCode::LogNotFound);
    assert_eq!(names(&store, leads).len(), 1);
}

#[test]
fn what_cannot_be_saved_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    let refused = |new: NewView<'_>| store.save_view(&new, day(1)).unwrap_err().code;
    assert_eq!(refused(view(LogId(9), "One", "{}")), ErrorCode::LogNotFound);
    assert_eq!(refused(view(id, " ", "{}")), ErrorCode::InvalidName);
    let long = "x".repeat(CONTENT_BYTES_MAX + 1);
    assert_eq!(refused(view(id, "One", &long)), ErrorCode::OverLimit);
    assert!(store.views(id).unwrap().is_empty());
}

#[test]
fn views_outlive_the_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    store.save_view(&view(id, "One", "{\"a\":1}"), day(2)).unwrap();
    let filters = NewView { kind: ViewKind::Filters, ..view(id, "EMEA", "[{}]") };
    store.save_view(&filters, day(2)).unwrap();
    let before = store.views(id).unwrap();
    drop(store);
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    let (store, report) = Store::open(folder.path(), StoreOptions::new(day(3), 1)).unwrap();
    assert!(report.catalogue_rebuilt);
    assert_eq!(store.views(id).unwrap(), before);
}

#[test]
fn targets_are_told_apart_by_every_sign_and_outlive_the_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let id = store.create_log("Deals", day(1)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    let target = |name| NewView { kind: ViewKind::Target, ..view(id, name, "{}") };
    let long = "x".repeat(300);
    for name in ["\"a\"", "\"A\"", long.as_str()] {
        store.save_view(&target(name), day(2)).unwrap();
    }
    let taken = store.save_view(&target("\"a\""), day(2)).unwrap_err();
    assert_eq!(taken.code, ErrorCode::ViewExists);
    let before = store.views(id).unwrap();
    drop(store);
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    let (store, _) = Store::open(folder.path(), StoreOptions::new(day(3), 1)).unwrap();
    assert_eq!(store.views(id).unwrap(), before);
    assert_eq!(before.len(), 3);
}
