//! Which folders are refused, and is nothing written into them?

use std::io;
use std::path::Path;
use std::sync::Arc;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_store::entries::{LogId, VersionNumber};
use paydirt_store::file_layer::{Disk, FileLayer, LayerFile};
use paydirt_store::store::{Store, StoreOptions};

use crate::sample::{content, day, log, names, open, publish, stored};

fn refused(folder: &Path) -> Problem {
    Store::open(folder, StoreOptions::new(day(0), 1)).unwrap_err()
}

#[test]
fn a_new_store_says_what_it_is() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("not there/yet, 新しい");
    let (store, report) = Store::open(&folder, StoreOptions::new(day(0), 1)).unwrap();
    assert!(report.is_new && report.notes.is_empty());
    assert_eq!(store.folder(), folder);
    assert_eq!(std::fs::read_to_string(folder.join("format")).unwrap(), "paydirt-store 1\n");
    drop(store);
    let (_store, report) = Store::open(&folder, StoreOptions::new(day(0), 1)).unwrap();
    assert!(!report.is_new && report.notes.is_empty());
}

#[test]
fn a_second_one_is_refused_and_told_who_has_it() {
    let place = tempfile::tempdir().unwrap();
    let store = open(place.path());
    let problem = refused(place.path());
    assert_eq!(problem.code, ErrorCode::StoreInUse);
    let (process, folder) = (std::process::id(), place.path().display());
    let expected = format!("The data folder \"{folder}\" is in use by process {process}.");
    assert_eq!(problem.detail.to_string(), expected);
    store.create_log("Deals", day(0)).unwrap();
    drop(store);
    assert_eq!(open(place.path()).logs().unwrap().len(), 1);
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("thesis.txt"), b"important").unwrap();
    let problem = refused(place.path());
    assert_eq!(problem.code, ErrorCode::NotAStore);
    assert!(problem.detail.to_string().contains("\"thesis.txt\""), "{problem}");
    assert_eq!(names(place.path()), ["thesis.txt"]);
    // A lock or a format of another program is no better.
    for (name, content) in [("lock", "apt 4711"), ("format", "1"), ("format.new", "zip")] {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join(name), content).unwrap();
        assert_eq!(refused(place.path()).code, ErrorCode::NotAStore, "{name}");
        assert_eq!(names(place.path()), [name]);
        assert_eq!(std::fs::read_to_string(place.path().join(name)).unwrap(), content);
    }
}

#[test]
fn a_file_is_no_folder() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("data");
    std::fs::write(&file, b"text").unwrap();
    let problem = refused(&file);
    assert_eq!(problem.code, ErrorCode::NotAStore);
    assert!(problem.to_string().contains("This is a file"), "{problem}");
    assert_eq!(refused(&file.join("below")).code, ErrorCode::NotAStore);
    assert_eq!(std::fs::read(&file).unwrap(), b"text");
}

#[test]
fn another_format_is_refused_and_left_alone() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("format"), "paydirt-store 2\n").unwrap();
    let problem = refused(place.path());
    assert_eq!(problem.code, ErrorCode::StoreFormatUnknown);
    assert!(
        problem.detail.to_string().contains("in format 2; this release reads and writes format 1")
    );
    assert_eq!(names(place.path()), ["format"]);
}

/// A store with a version, whose format file then says this, or is gone.
fn with_format(content: Option<&[u8]>) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let store = open(place.path());
    let id = store.create_log("Deals", day(0)).unwrap();
    publish(&store, id, &log(1), day(1)).unwrap();
    drop(store);
    let format = place.path().join("format");
    match content {
        Some(content) => std::fs::write(format, content).unwrap(),
        None => std::fs::remove_file(format).unwrap(),
    }
    place
}

#[test]
fn a_lost_or_damaged_format_is_written_again_where_the_catalogue_proves_the_store() {
    let gone = "The file \"format\" was missing; its catalogue shows that it is a data folder, so \
                it is there again.";
    let damaged = "The file \"format\" was damaged; its catalogue shows that it is a data folder, \
                   so it is written again.";
    let contents: [(Option<&[u8]>, &str); 5] = [
        (None, gone),
        (Some(b""), damaged),
        (Some(b"\0\0\0\0"), damaged),
        (Some(b"paydirt-st\xff"), damaged),
        (Some(b"paydirt-store "), damaged),
    ];
    for (format, note) in contents {
        let place = with_format(format);
        let (store, report) = Store::open(place.path(), StoreOptions::new(day(0), 1)).unwrap();
        assert_eq!((report.format_repaired, report.is_new), (true, false));
        assert_eq!(report.notes, [note]);
        assert_eq!(stored(&store, LogId(1), VersionNumber(1)), content(&log(1)));
        drop(store);
        let format = std::fs::read_to_string(place.path().join("format")).unwrap();
        assert_eq!(format, "paydirt-store 1\n");
        open(place.path());
    }
}

#[test]
fn without_a_catalogue_a_version_proves_the_store() {
    for catalogue in [None, Some(b"this is no database".as_slice())] {
        let place = with_format(None);
        let path = place.path().join("catalog.sqlite");
        match catalogue {
            Some(bytes) => std::fs::write(path, bytes).unwrap(),
            None => std::fs::remove_file(path).unwrap(),
        }
        let (store, report) = Store::open(place.path(), StoreOptions::new(day(0), 1)).unwrap();
        assert!(report.format_repaired && report.catalogue_rebuilt && !report.is_new);
        let note = report.notes[0].to_string();
        assert!(note.contains("version 1 of log 1 shows"), "{note}");
        assert_eq!(stored(&store, LogId(1), VersionNumber(1)), content(&log(1)));
    }
}

#[test]
fn what_proves_no_store_is_refused_and_left_alone() {
    // The names of a store alone prove nothing.
    let place = with_format(None);
    std::fs::write(place.path().join("catalog.sqlite"), b"SQLite format 3\0").unwrap();
    std::fs::remove_file(place.path().join("logs/1/000001/manifest.json")).unwrap();
    let before = names(place.path());
    let problem = refused(place.path());
    assert_eq!(problem.code, ErrorCode::NotAStore);
    assert_eq!(names(place.path()), before);
    // Neither does the database of another program.
    let place = tempfile::tempdir().unwrap();
    let other = rusqlite::Connection::open(place.path().join("catalog.sqlite")).unwrap();
    other.execute_batch("CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1").unwrap();
    drop(other);
    assert_eq!(refused(place.path()).code, ErrorCode::NotAStore);
    assert_eq!(names(place.path()), ["catalog.sqlite"]);
    // A format that says something else is named, with what was expected.
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("format"), "gzip").unwrap();
    let problem = refused(place.path());
    assert!(problem.detail.to_string().contains("should say \"paydirt-store 1\""), "{problem}");
    assert!(problem.to_string().contains("bring the file back from a backup"), "{problem}");
    assert_eq!(names(place.path()), ["format"]);
}

#[test]
fn a_store_of_a_later_release_without_its_format_is_refused() {
    let place = with_format(None);
    let later = rusqlite::Connection::open(place.path().join("catalog.sqlite")).unwrap();
    later.pragma_update(None, "user_version", 4).unwrap();
    later.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(later);
    let problem = refused(place.path());
    assert_eq!(problem.code, ErrorCode::StoreFormatUnknown);
    assert!(problem.detail.to_string().contains("by a later release"), "{problem}");
    assert!(!place.path().join("format").exists());
}

/// A disk on which nothing may be written.
#[derive(Debug)]
struct ReadOnly;

impl FileLayer for ReadOnly {
    fn create(&self, _path: &Path) -> io::Result<Box<dyn LayerFile>> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn create_folder(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn rename(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn link(&self, _existing: &Path, _new: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        Disk.sync_folder(path)
    }

    fn change_catalogue(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn remove_file(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn remove_folder(&self, _path: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("data");
    let options = StoreOptions { layer: Arc::new(ReadOnly), ..StoreOptions::new(day(0), 1) };
    let problem = Store::open(&folder, options).unwrap_err();
    assert_eq!(problem.code, ErrorCode::FileUnwritable);
    assert!(problem.to_string().contains("Paydirt may not write here"), "{problem}");
    assert!(problem.to_string().contains("choose another data folder"), "{problem}");
}
