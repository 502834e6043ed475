//! Do sent files wait for their import, and go when nobody fetches them?

use paydirt_model::problem::ErrorCode;
use paydirt_store::store::{Store, StoreOptions};

use crate::sample::{day, open};

#[test]
fn an_upload_waits_for_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let upload = store.new_upload("Deals März 受注.csv", day(0)).unwrap();
    assert!(upload.path.ends_with("Deals März 受注.csv") && !upload.path.exists());
    std::fs::write(&upload.path, b"case,activity\n").unwrap();
    assert_eq!(store.upload(upload.id).unwrap(), upload);
    let other = store.new_upload("../b.csv", day(0)).unwrap();
    assert!(other.path.starts_with(store.folder().join("uploads")));
    assert_ne!(other.id, upload.id);
    store.delete_upload(other.id).unwrap();
    assert_eq!(store.upload(other.id).unwrap_err().code, ErrorCode::UploadNotFound);
    drop(store);
    let (store, report) = Store::open(folder.path(), StoreOptions::new(day(1), 1)).unwrap();
    assert_eq!(report.uploads_removed, 0);
    assert_eq!(std::fs::read(store.upload(upload.id).unwrap().path).unwrap(), b"case,activity\n");
    drop(store);
    let (store, report) = Store::open(folder.path(), StoreOptions::new(day(2), 1)).unwrap();
    assert_eq!(report.uploads_removed, 1);
    assert_eq!(store.upload(upload.id).unwrap_err().code, ErrorCode::UploadNotFound);
    assert_eq!(store.new_upload("c.csv", day(2)).unwrap().id, 3, "no number is used twice");
}

#[test]
fn what_did_not_arrive_whole_is_no_upload_and_goes_with_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let upload = store.new_upload("deals.csv", day(0)).unwrap();
    std::fs::write(upload.arriving(), b"case,act").unwrap();
    assert_eq!(store.upload(upload.id).unwrap_err().code, ErrorCode::UploadNotFound);
    drop(store);
    let (store, report) = Store::open(folder.path(), StoreOptions::new(day(0), 1)).unwrap();
    assert_eq!(report.uploads_removed, 1);
    assert!(!upload.path.parent().unwrap().exists());
    let upload = store.new_upload("deals.csv", day(0)).unwrap();
    std::fs::write(upload.arriving(), b"case,act").unwrap();
    store.delete_upload(upload.id).unwrap();
    assert!(!upload.path.parent().unwrap().exists());
}

#[test]
fn names_that_would_be_misread_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for name in ["a\nb.csv", "a\u{7f}.csv", "vsc.\u{202e}a.xes"] {
        assert_eq!(store.new_upload(name, day(0)).unwrap_err().code, ErrorCode::InvalidName);
    }
}
