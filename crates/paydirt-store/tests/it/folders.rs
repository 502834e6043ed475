//! Which folders are refused, and is nothing written into them?

use std::io;
use std::path::Path;
use std::sync::Arc;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_store::file_layer::{Disk, FileLayer, LayerFile};
use paydirt_store::store::{Store, StoreOptions};

use crate::sample::{day, open};

fn refused(folder: &Path) -> Problem {
    Store::open(folder, StoreOptions::new(day(0), 1)).unwrap_err()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
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
