//! What does a start find, and what does it put in order?

use std::path::{Path, PathBuf};

use paydirt_model::problem::Problem;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;

use crate::card::Card;
use crate::catalog::{self, Catalogue, OpenFailure};
use crate::entries::{LogEntry, LogId, VersionEntry, VersionNumber};
use crate::file_layer::FileLayer;
use crate::folder::Claim;
use crate::layout::{self, Layout, Numbered};
use crate::manifest::{self, Manifest, Marker};
use crate::names::Name;
use crate::problems;
use crate::reserve;
use crate::store::{Store, StoreOptions};
use crate::views;

/// What a start found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// The store was made by this start.
    pub is_new: bool,
    /// The file that says what the folder is was missing or damaged, and is there again.
    pub format_repaired: bool,
    /// The catalogue was missing or damaged and was made again from what lies beside the versions.
    pub catalogue_rebuilt: bool,
    /// Unfinished versions, logs and files that were removed.
    pub orphans_removed: u64,
    /// Deletions that were finished.
    pub deletions_finished: u64,
    /// Published versions that the catalogue had lost and has again.
    pub adopted: Vec<(LogId, VersionNumber)>,
    /// Versions whose files are not what was published.
    pub damaged: Vec<(LogId, VersionNumber)>,
    /// Whole versions whose mark of having been published was missing or damaged, and is back.
    pub marked_again: Vec<(LogId, VersionNumber)>,
    /// Old uploads that were removed.
    pub uploads_removed: u64,
    /// Everything the operator should know, in sentences.
    pub notes: Vec<Sentence>,
}

impl OpenReport {
    /// What is to be said of how the folder became a store.
    pub(crate) fn of(claim: Claim) -> Self {
        let mut report = OpenReport::default();
        match claim {
            Claim::New => report.is_new = true,
            Claim::Known => {}
            Claim::Repaired(note) => {
                report.format_repaired = true;
                report.notes.push(note);
            }
        }
        report
    }
}

/// Makes the folders of the store where they are missing.
pub(crate) fn make_folders(layout: &Layout, layer: &dyn FileLayer) -> Result<(), Problem> {
    let mut is_changed = false;
    for folder in [layout.logs(), layout.uploads(), layout.work()] {
        if !folder.is_dir() {
            layer.create_folder(&folder).map_err(|error| problems::unwritable(&folder, &error))?;
            is_changed = true;
        }
    }
    if is_changed {
        let folder = layout.folder();
        layer.sync_folder(folder).map_err(|error| problems::unwritable(folder, &error))?;
    }
    Ok(())
}

/// Opens the catalogue; one that is damaged is moved aside and begun anew.
pub(crate) fn open_catalogue(
    layout: &Layout,
    options: &StoreOptions,
    report: &mut OpenReport,
) -> Result<Catalogue, Problem> {
    let path = layout.catalogue();
    if !path.exists() && !report.is_new {
        report.catalogue_rebuilt = true;
        report.notes.push(say!(
            "The catalogue was missing and is made again from the files of the versions."
        ));
    }
    let mut opened = Catalogue::open(&path, options);
    if let Err(OpenFailure::Refused(problem)) = &opened
        && reserve::may_be_full(problem)
        && reserve::release(layout, &*options.layer)
    {
        opened = Catalogue::open(&path, options);
    }
    let reason = match opened {
        Ok(catalogue) => return Ok(catalogue),
        Err(OpenFailure::Refused(problem)) => return Err(problem.in_file(shown(&path))),
        Err(OpenFailure::Damaged(reason)) => reason,
    };
    let aside = move_aside(layout, &*options.layer)?;
    let name = aside.file_name().unwrap_or_default().to_string_lossy();
    report.catalogue_rebuilt = true;
    report.notes.push(say!(
        "The catalogue was damaged ({reason}) and is made again from the files of the versions. \
         The damaged one is kept as {name}.",
        reason,
        name
    ));
    match Catalogue::open(&path, options) {
        Ok(catalogue) => Ok(catalogue),
        Err(OpenFailure::Refused(problem)) => Err(problem.in_file(shown(&path))),
        Err(OpenFailure::Damaged(reason)) => Err(Problem::new(
            paydirt_model::problem::ErrorCode::StoreFailed,
            say!("A new catalogue cannot be made: {reason}.", reason),
        )
        .in_file(shown(&path))
        .with_hint(say!("Check the disk."))),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn move_aside(layout: &Layout, layer: &dyn FileLayer) -> Result<PathBuf, Problem> {
    let path = layout.catalogue();
    let folder = layout.folder();
    let aside = (1_u64..)
        .map(|number| folder.join(format!("catalog-damaged-{number}.sqlite")))
        .find(|aside| !aside.exists())
        .expect("some number is free");
    let with_ending = |path: &Path, ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    // The journal goes first: left behind, it would be taken for that of the new catalogue.
    for ending in ["-wal", "-shm", "-journal", ""] {
        let from = with_ending(&path, ending);
        if from.exists() {
            layer
                .rename(&from, &with_ending(&aside, ending))
                .and_then(|()| layer.sync_folder(folder))
                .map_err(|error| problems::unwritable(&from, &error))?;
        }
    }
    Ok(aside)
}

/// Puts in order what an interrupted process or a damaged disk has left.
pub(crate) fn recover(
    store: &Store,
    now: Timestamp,
    report: &mut OpenReport,
) -> Result<(), Problem> {
    for entry in read_folder(&store.layout.work())? {
        remove_orphan(store, &entry, report);
    }
    for entry in read_folder(&store.layout.logs())? {
        match numbered(&entry) {
            Some(Numbered::Deleted(id)) => {
                store.change_with_reserve(|transaction| {
                    catalog::logs::remove(transaction, LogId(id))
                })?;
                finish_deletion(store, &entry, report);
            }
            Some(Numbered::Live(id)) => recover_folder(store, LogId(id), &entry, report)?,
            Some(Numbered::Damaged(_)) | None => {}
        }
    }
    for log in store.logs()? {
        recover_log(store, &log, report)?;
    }
    if let Err(problem) = store.numbers.bring_up_to_date(store) {
        // What is not noted now is noted before the next number is given.
        report.notes.push(say!(
            "The file \"{name}\" was not written: {problem}",
            name = layout::NUMBERS,
            problem
        ));
    }
    store.clear_uploads(now, report);
    if let Err(problem) = reserve::keep(&store.layout, &*store.layer) {
        report.notes.push(reserve::not_kept(&problem));
    }
    if report.orphans_removed > 0 {
        let count = report.orphans_removed;
        report.notes.push(say!(
            "Removed what an interrupted process had not finished: {count} {count|item|items}.",
            count
        ));
    }
    if report.deletions_finished > 0 {
        let count = report.deletions_finished;
        report.notes.push(say!("Finished {count} interrupted {count|deletion|deletions}.", count));
    }
    Ok(())
}

pub(crate) fn read_folder(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let list = || -> std::io::Result<Vec<PathBuf>> {
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    };
    let mut paths = list().map_err(|error| problems::unreadable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

pub(crate) fn numbered(path: &Path) -> Option<Numbered> {
    path.file_name().and_then(|name| name.to_str()).and_then(Numbered::parse)
}

fn remove_any(store: &Store, path: &Path) -> std::io::Result<()> {
    let metadata = std::fs::symlink_metadata(path)?;
    if metadata.is_dir() { store.layer.remove_folder(path) } else { store.layer.remove_file(path) }
}

/// Removes what is no part of any version. What cannot be removed stays for the next start.
fn remove_orphan(store: &Store, path: &Path, report: &mut OpenReport) {
    match remove_any(store, path) {
        Ok(()) => report.orphans_removed += 1,
        Err(error) => not_removed(path, &error, report),
    }
}

fn finish_deletion(store: &Store, path: &Path, report: &mut OpenReport) {
    match remove_any(store, path) {
        Ok(()) => report.deletions_finished += 1,
        Err(error) => not_removed(path, &error, report),
    }
}

fn not_removed(path: &Path, error: &std::io::Error, report: &mut OpenReport) {
    let path = path.display();
    report.notes.push(say!(
        "A leftover cannot be removed: {path}: {error}.",
        path = path.to_string(),
        error = error.to_string()
    ));
}

/// Compares the folder of a log with the catalogue: what is in the folder but not in there?
fn recover_folder(
    store: &Store,
    log: LogId,
    folder: &Path,
    report: &mut OpenReport,
) -> Result<(), Problem> {
    let mut lost = Vec::new();
    for entry in read_folder(folder)? {
        match numbered(&entry) {
            Some(Numbered::Deleted(number)) => {
                let number = VersionNumber(number);
                store.change_with_reserve(|transaction| {
                    catalog::versions::remove(transaction, log, number)
                })?;
                finish_deletion(store, &entry, report);
            }
            Some(Numbered::Live(number)) => {
                let number = VersionNumber(number);
                let known = catalog::versions::get(store.catalogue().reader(), log, number);
                if known.is_err() {
                    lost.extend(judge(store, log, number, &entry, report));
                }
            }
            Some(Numbered::Damaged(_)) => {}
            None if entry.extension().is_some_and(|ending| ending == "new") => {
                remove_orphan(store, &entry, report);
            }
            None => {}
        }
    }
    let is_known = catalog::logs::get(store.catalogue().reader(), log).is_ok();
    if !is_known && lost.is_empty() {
        // A log that was never completed, or one without versions in a lost catalogue.
        match Card::read(folder, log).filter(|_| report.catalogue_rebuilt) {
            Some(card) => adopt(store, log, Some(&card), &lost, report)?,
            None => remove_orphan(store, folder, report),
        }
        return Ok(());
    }
    if !lost.is_empty() {
        let card = Card::read(folder, log).filter(|_| !is_known);
        adopt(store, log, card.as_ref(), &lost, report)?;
    }
    Ok(())
}

/// A folder without a row: a version that was published, or one that never was?
fn judge(
    store: &Store,
    log: LogId,
    number: VersionNumber,
    folder: &Path,
    report: &mut OpenReport,
) -> Option<(Manifest, String)> {
    let verdict = match manifest::read_marker(folder) {
        Marker::Missing => {
            remove_orphan(store, folder, report);
            return None;
        }
        Marker::Names(hash) => {
            manifest::verify_lengths(folder, log, number, &hash).map(|manifest| (manifest, hash))
        }
        // It was published, so it is not thrown away; which manifest was, its files must prove.
        Marker::Damaged => verify_without_marker(folder, log, number),
    };
    match verdict {
        Ok((manifest, hash)) => Some((manifest, hash)),
        Err(reason) => {
            let aside = store.layout.damaged_version(log, number);
            let moved = store.layer.rename(folder, &aside);
            let place = if moved.is_ok() { aside.display() } else { folder.display() };
            report.notes.push(say!(
                "The catalogue has lost version {number} of log {log}, and it cannot be taken \
                 back: {reason} Its files are kept in {place}.",
                number = number.to_string(),
                log = log.to_string(),
                reason,
                place = place.to_string()
            ));
            None
        }
    }
}

/// Is a version whose marker is damaged whole, judged by its manifest and every byte it lists?
fn verify_without_marker(
    folder: &Path,
    log: LogId,
    number: VersionNumber,
) -> Result<(Manifest, String), Sentence> {
    let hash = manifest::hash_without_marker(folder).unwrap_or_default();
    let manifest = manifest::verify_lengths(folder, log, number, &hash)?;
    let files: Vec<_> = manifest.files.iter().collect();
    manifest::verify_hashes(folder, &files, 1)?;
    Ok((manifest, hash))
}

/// Puts published versions back into the catalogue, and their log, if it is lost too.
fn adopt(
    store: &Store,
    log: LogId,
    card: Option<&Card>,
    lost: &[(Manifest, String)],
    report: &mut OpenReport,
) -> Result<(), Problem> {
    store.change_with_reserve(|transaction| {
        if catalog::logs::get(transaction, log).is_err() {
            let name = free_name(transaction, log, card, lost)?;
            let first_us = lost.iter().map(|(manifest, _)| manifest.created_at_us).min();
            let created_us = card.map(|card| card.created_at_us).or(first_us);
            let created_at =
                created_us.and_then(Timestamp::from_us).or_else(|| Timestamp::from_us(0));
            let created_at = created_at.expect("1970 can be held");
            catalog::logs::insert(transaction, log, &name.name, &name.key, created_at)?;
            for view in card.iter().flat_map(|card| &card.views) {
                views::put_back(transaction, log, view)?;
            }
        }
        if let Some(card) = card {
            catalog::logs::set_retention(transaction, log, card.retention)?;
            catalog::logs::set_current(transaction, log, card.current)?;
            catalog::logs::raise_next_version(transaction, log, card.next_version)?;
        }
        let next = catalog::logs::next_version(transaction, log)?;
        for (manifest, hash) in lost {
            let number = manifest.number;
            catalog::versions::insert(transaction, manifest, hash)?;
            catalog::logs::raise_next_version(transaction, log, number.0 + 1)?;
            let is_pinned = card.is_some_and(|card| card.pinned.contains(&number));
            catalog::versions::set_pinned(transaction, log, number, is_pinned)?;
            if number.0 >= next {
                // Published after everything that the catalogue remembers.
                catalog::logs::set_current(transaction, log, Some(number))?;
            }
        }
        Ok(())
    })?;
    for (manifest, _) in lost {
        let number = manifest.number;
        report.adopted.push((log, number));
        report.notes.push(say!(
            "The catalogue had lost version {number} of log {log}; it was published and is whole, \
             so it is back.",
            number = number.to_string(),
            log = log.to_string()
        ));
    }
    Ok(())
}

/// The name of a log whose row is lost; a number is added where it is taken.
fn free_name(
    connection: &rusqlite::Connection,
    log: LogId,
    card: Option<&Card>,
    lost: &[(Manifest, String)],
) -> Result<Name, Problem> {
    let newest = lost.last().map(|(manifest, _)| manifest.log_name.clone());
    let wanted = card.map(|card| card.name.clone()).or(newest).unwrap_or_default();
    let wanted = Name::of_log(&wanted).or_else(|_| Name::of_log(&format!("log {log}")))?;
    let mut name = wanted.clone();
    let mut copy = 1;
    while catalog::logs::find(connection, &name.key)?.is_some() {
        copy += 1;
        let shortened: String = wanted.name.chars().take(180).collect();
        name = Name::of_log(&format!("{shortened} ({copy})"))?;
    }
    Ok(name)
}

/// Compares the catalogue with the folder of a log: is all there that it names?
fn recover_log(store: &Store, log: &LogEntry, report: &mut OpenReport) -> Result<(), Problem> {
    let folder = store.layout.log(log.id);
    if !folder.is_dir() {
        let made = store.layer.create_folder(&folder);
        made.map_err(|error| problems::unwritable(&folder, &error))?;
    }
    for version in store.versions(log.id)? {
        recover_version(store, &version, report)?;
    }
    let log = store.log(log.id)?;
    let versions = store.versions(log.id)?;
    let is_usable =
        |number| versions.iter().any(|one| one.number == number && one.damaged.is_none());
    if !log.current.is_some_and(is_usable) {
        let newest = versions.iter().find(|one| one.damaged.is_none()).map(|one| one.number);
        if newest != log.current {
            store.change_with_reserve(|transaction| {
                catalog::logs::set_current(transaction, log.id, newest)
            })?;
            let name = &log.name;
            report.notes.push(match newest {
                Some(newest) => say!(
                    "The current version of \"{name}\" is now {newest}.",
                    name,
                    newest = newest.to_string()
                ),
                None => say!("\"{name}\" has no version left that can be used.", name),
            });
        }
    }
    let card = Card::of(store.catalogue().reader(), log.id)?;
    if Card::read(&folder, log.id).as_ref() != Some(&card) {
        store.write_card(log.id);
    }
    Ok(())
}

/// The manifest and its hash where the catalogue says one thing, but the version carries the
/// marker of another manifest and is whole: then it is the catalogue that is damaged.
fn believe_marker(
    verdict: &Result<Manifest, Sentence>,
    folder: &Path,
    log: LogId,
    number: VersionNumber,
    hash: &str,
) -> Option<(Manifest, String)> {
    if verdict.is_ok() {
        return None;
    }
    let Marker::Names(marked) = manifest::read_marker(folder) else { return None };
    if marked == hash {
        return None;
    }
    let manifest = manifest::verify_lengths(folder, log, number, &marked).ok()?;
    Some((manifest, marked))
}

/// Are the files of a version what was published? A version that once was damaged is read whole.
fn recover_version(
    store: &Store,
    version: &VersionEntry,
    report: &mut OpenReport,
) -> Result<(), Problem> {
    let (log, number) = (version.log, version.number);
    let mut hash = catalog::versions::manifest_hash(store.catalogue().reader(), log, number)?;
    let folder = store.layout.version(log, number);
    let mut verdict = manifest::verify_lengths(&folder, log, number, &hash);
    if let Some((manifest, marked)) = believe_marker(&verdict, &folder, log, number, &hash) {
        store.change_with_reserve(|transaction| {
            catalog::versions::replace(transaction, &manifest, &marked)?;
            catalog::logs::raise_next_version(transaction, log, number.0 + 1)
        })?;
        report.notes.push(say!(
            "The catalogue had a wrong entry for version {number} of log {log}; it is written \
             again from the files of the version.",
            number = number.to_string(),
            log = log.to_string()
        ));
        (hash, verdict) = (marked, Ok(manifest));
    }
    if version.damaged.is_some() {
        verdict = verdict.and_then(|manifest| {
            let files: Vec<_> = manifest.files.iter().collect();
            manifest::verify_hashes(&folder, &files, 1).map(|()| manifest)
        });
    }
    match &verdict {
        Ok(manifest) => {
            keep_marked(store, log, number, &hash, report);
            keep_time_zone(store, version, manifest);
        }
        Err(reason) => {
            report.damaged.push((log, number));
            report.notes.push(say!(
                "Version {number} of log {log} is damaged and cannot be used: {reason}",
                number = number.to_string(),
                log = log.to_string(),
                reason
            ));
        }
    }
    let reason = verdict.err();
    if reason != version.damaged {
        store.change_with_reserve(|transaction| {
            catalog::versions::set_damaged(transaction, log, number, reason.as_ref())
        })?;
    }
    Ok(())
}

/// Tells the catalogue the zone of a version that an earlier release has put into it. What cannot
/// be noted now is noted at the next start.
fn keep_time_zone(store: &Store, version: &VersionEntry, manifest: &Manifest) {
    if let (None, Some(time_zone)) = (&version.time_zone, manifest.time_zone()) {
        let _ = store.change_with_reserve(|transaction| {
            catalog::versions::set_time_zone(transaction, version.log, version.number, &time_zone)
        });
    }
}

/// A whole version of the catalogue carries its marker, so that it is found again should the
/// catalogue be lost.
fn keep_marked(
    store: &Store,
    log: LogId,
    number: VersionNumber,
    hash: &str,
    report: &mut OpenReport,
) {
    let marker = manifest::read_marker(&store.layout.version(log, number));
    if marker == Marker::Names(hash.to_owned()) {
        return;
    }
    let (number_text, log_text) = (number.to_string(), log.to_string());
    match store.write_marker(log, number, hash) {
        Ok(()) => {
            report.marked_again.push((log, number));
            report.notes.push(match marker {
                Marker::Missing => say!(
                    "Version {number} of log {log} is whole, but was not marked as published; it \
                     is marked again.",
                    number = number_text,
                    log = log_text
                ),
                Marker::Damaged | Marker::Names(_) => say!(
                    "Version {number} of log {log} is whole, but its mark as published was \
                     damaged; it is marked again.",
                    number = number_text,
                    log = log_text
                ),
            });
        }
        Err(problem) => report.notes.push(say!(
            "Version {number} of log {log} was published, but not marked so: {problem}",
            number = number_text,
            log = log_text,
            problem
        )),
    }
}
