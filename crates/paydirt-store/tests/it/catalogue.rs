//! What if the catalogue, or a version beside it, is damaged, lost or out of room?

use std::path::{Path, PathBuf};

use paydirt_model::event_log::{CaseNotion, TimeZoneName};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::ErrorCode;
use paydirt_model::text_log;
use paydirt_store::entries::{LogId, NewVersion, Retention, VersionNumber};
use paydirt_store::recovery::OpenReport;
use paydirt_store::store::{Store, StoreOptions};

use crate::dice::Dice;
use crate::sample::{
    RUNNING, content, copy, day, in_memory, log, new_version, numbers, open, publish, rounds,
    stored,
};

const DEALS: LogId = LogId(1);
const LEADS: LogId = LogId(2);
const V1: VersionNumber = VersionNumber(1);
const V2: VersionNumber = VersionNumber(2);
const V3: VersionNumber = VersionNumber(3);

/// Two logs: three versions, of which the second is current and the first pinned; and one.
fn fill(folder: &Path) {
    let store = open(folder);
    store.create_log("Deals", day(0)).unwrap();
    store.create_log("Leads", day(0)).unwrap();
    for number in 1..=3 {
        publish(&store, DEALS, &log(number), day(1)).unwrap();
    }
    publish(&store, LEADS, &log(4), day(1)).unwrap();
    store.roll_back(DEALS, V2).unwrap();
    store.pin(DEALS, V1, true).unwrap();
    let retention = Retention { keep_versions: Some(9), keep_days: Some(4) };
    store.set_retention(DEALS, retention).unwrap();
}

fn reopen(folder: &Path) -> (Store, OpenReport) {
    Store::open(folder, StoreOptions::new(day(0), 1)).unwrap()
}

/// Every version that [`fill`] published can be read and is whole.
fn check_all(store: &Store) {
    for number in 1..=3 {
        let text = stored(store, DEALS, VersionNumber(number));
        assert_eq!(text, content(&log(usize::try_from(number).unwrap())));
        store.verify(DEALS, VersionNumber(number)).unwrap();
    }
    assert_eq!(stored(store, LEADS, V1), content(&log(4)));
}

fn version_folder(folder: &Path, log: LogId, number: VersionNumber) -> PathBuf {
    folder.join(format!("logs/{log}/{:06}", number.0))
}

#[test]
fn a_full_catalogue_refuses_the_version_and_keeps_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let options = StoreOptions { catalogue_pages_max: Some(12), ..StoreOptions::new(day(0), 1) };
    let (store, _) = Store::open(folder.path(), options).unwrap();
    let source = "deals.csv, ".repeat(10_000);
    let main = log(6);
    let logs = [&main];
    let new = NewVersion { source: &source, ..new_version(LEADS, Some(V1), &logs) };
    let problem = store.publish(&new, &RUNNING).unwrap_err();
    assert_eq!(problem.code, ErrorCode::DiskFull);
    assert!(problem.detail.to_string().contains("Nothing was changed"), "{problem}");
    assert_eq!(store.versions(LEADS).unwrap().len(), 1);
    check_all(&store);
    // Smaller changes still find room.
    let second = publish(&store, LEADS, &log(7), day(2)).unwrap();
    drop(store);
    let (store, report) = reopen(folder.path());
    assert_eq!(report.deletions_finished, 1);
    check_all(&store);
    assert_eq!(store.versions(LEADS).unwrap().len(), 2);
    assert_eq!(stored(&store, LEADS, second.number), content(&log(7)));
    store.publish(&NewVersion { parent: Some(second.number), ..new }, &RUNNING).unwrap();
    drop(store);
    open(folder.path());
}

#[test]
fn a_lost_catalogue_is_made_again_from_the_versions() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let look = |store: &Store| {
        let logs = store.logs().unwrap();
        let versions: Vec<_> = logs.iter().map(|log| store.versions(log.id).unwrap()).collect();
        (logs, versions)
    };
    let before = look(&open(folder.path()));
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    let (store, report) = reopen(folder.path());
    assert!(report.catalogue_rebuilt);
    assert_eq!(report.adopted, [(DEALS, V1), (DEALS, V2), (DEALS, V3), (LEADS, V1)]);
    assert!(
        report.notes[0].to_string().contains("The catalogue was missing"),
        "{:?}",
        report.notes
    );
    assert_eq!(look(&store), before);
    check_all(&store);
    assert_eq!(publish(&store, DEALS, &log(8), day(2)).unwrap().number, VersionNumber(4));
    drop(store);
    open(folder.path());
}

#[test]
fn a_copy_made_while_running_opens() {
    let place = tempfile::tempdir().unwrap();
    let (folder, backup) = (place.path().join("data"), place.path().join("backup"));
    fill(&folder);
    let store = open(&folder);
    std::fs::create_dir(&backup).unwrap();
    for name in ["catalog.sqlite", "catalog.sqlite-wal"] {
        std::fs::copy(folder.join(name), backup.join(name)).unwrap();
    }
    // Between the two steps of the backup a version comes and another goes.
    publish(&store, LEADS, &log(5), day(2)).unwrap();
    store.delete_version(DEALS, V3).unwrap();
    copy(&folder.join("logs"), &backup.join("logs"));
    std::fs::copy(folder.join("format"), backup.join("format")).unwrap();
    let (store, report) = reopen(&backup);
    assert_eq!((report.adopted, report.damaged), (vec![(LEADS, V2)], vec![(DEALS, V3)]));
    assert_eq!(stored(&store, LEADS, V2), content(&log(5)));
    assert_eq!(stored(&store, DEALS, V2), content(&log(2)));
    assert_eq!(store.log(LEADS).unwrap().current, Some(V2));
    store.delete_version(DEALS, V3).unwrap();
    drop(store);
    open(&backup);
}

#[test]
fn without_the_cards_names_come_from_the_manifests() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    std::fs::write(folder.path().join("catalog.sqlite"), b"this is no database").unwrap();
    for log in [DEALS, LEADS] {
        std::fs::remove_file(folder.path().join(format!("logs/{log}/log.json"))).unwrap();
    }
    let (store, report) = reopen(folder.path());
    assert!(report.catalogue_rebuilt);
    assert!(
        report.notes[0].to_string().contains("kept as catalog-damaged-1.sqlite"),
        "{:?}",
        report.notes
    );
    let kept = std::fs::read(folder.path().join("catalog-damaged-1.sqlite")).unwrap();
    assert_eq!(kept, b"this is no database");
    let logs = store.logs().unwrap();
    let names: Vec<_> = logs.iter().map(|log| (log.name.as_str(), log.current)).collect();
    assert_eq!(names, [("Deals", Some(V3)), ("Leads", Some(V1))]);
    check_all(&store);
}

#[test]
fn a_damaged_catalogue_costs_no_version() {
    let place = in_memory();
    let sound = place.path().join("sound");
    fill(&sound);
    let bytes = std::fs::read(sound.join("catalog.sqlite")).unwrap();
    let mut dice = Dice::new(7);
    let mut at = || usize::try_from(dice.below(bytes.len() as u64)).unwrap();
    let (mut rebuilt, mut noticed) = (0, 0);
    let rounds = rounds(90);
    for round in 0..rounds {
        let mut damaged = bytes.clone();
        match round % 3 {
            0 => damaged.truncate(at()),
            1 => {
                let begin = at();
                let end = damaged.len().min(begin + 700);
                damaged[begin..end].fill((round % 256) as u8);
            }
            _ => {
                for _ in 0..1 + round % 90 {
                    damaged[at()] ^= 0x55;
                }
            }
        }
        let folder = place.path().join(round.to_string());
        copy(&sound, &folder);
        std::fs::write(folder.join("catalog.sqlite"), &damaged).unwrap();
        let (store, report) = reopen(&folder);
        rebuilt += u64::from(report.catalogue_rebuilt);
        noticed += u64::from(!report.notes.is_empty());
        assert!(!report.catalogue_rebuilt || !report.notes.is_empty());
        assert_eq!(report.damaged, [], "round {round}: {:?}", report.notes);
        check_all(&store);
        assert!(store.log(DEALS).unwrap().current.is_some());
        publish(&store, DEALS, &log(8), day(2)).unwrap();
        drop(store);
        open(&folder);
        std::fs::remove_dir_all(folder).unwrap();
    }
    println!("{rounds} damaged catalogues: {rebuilt} made again, {noticed} reported");
    assert!(rebuilt > rounds / 3);
}

#[test]
fn the_catalogue_of_another_program_is_moved_aside() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let path = folder.path().join("catalog.sqlite");
    std::fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    drop(other);
    let (store, report) = reopen(folder.path());
    assert!(report.catalogue_rebuilt);
    assert!(
        report.notes[0].to_string().contains("the database of another program"),
        "{:?}",
        report.notes
    );
    check_all(&store);
}

#[test]
fn the_catalogue_of_a_later_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let path = folder.path().join("catalog.sqlite");
    let later = rusqlite::Connection::open(&path).unwrap();
    later.pragma_update(None, "user_version", 4).unwrap();
    later.execute_batch("ALTER TABLE jobs ADD COLUMN owner TEXT").unwrap();
    drop(later);
    let problem = Store::open(folder.path(), StoreOptions::new(day(0), 1)).unwrap_err();
    assert_eq!(problem.code, ErrorCode::StoreFormatUnknown);
    assert!(problem.detail.to_string().contains("The catalogue is in format 4"), "{problem}");
}

#[test]
fn the_catalogue_of_an_earlier_release_is_told_the_zones_of_its_versions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.sqlite");
    let store = open(folder.path());
    store.create_log("Deals", day(0)).unwrap();
    let time_zone = TimeZoneName::parse("Asia/Tokyo").unwrap();
    let tokyo = text_log::parse_with("open won", LogSpec { time_zone, ..LogSpec::plain() }, 1);
    let zone_of = |store: &Store| store.version(DEALS, V1).unwrap().time_zone;
    publish(&store, DEALS, &tokyo, day(1)).unwrap();
    assert_eq!(zone_of(&store).as_deref(), Some("Asia/Tokyo"));
    drop(store);
    for earlier in [
        "ALTER TABLE versions DROP COLUMN time_zone; PRAGMA user_version = 2",
        "UPDATE versions SET time_zone = 'Asia/Tokio'",
    ] {
        rusqlite::Connection::open(&path).unwrap().execute_batch(earlier).unwrap();
        let (store, report) = reopen(folder.path());
        assert_eq!((report.notes.len(), report.catalogue_rebuilt), (0, false), "{earlier}");
        assert_eq!(zone_of(&store).as_deref(), Some("Asia/Tokyo"), "{earlier}");
    }
}

#[test]
fn a_damaged_version_is_named_and_the_newest_whole_one_answers() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let place = version_folder(folder.path(), DEALS, V2);
    let report_path = place.join("report.json");
    let sound = std::fs::read(&report_path).unwrap();
    // The other versions have a file with the same bytes, so this one needs bytes of its own.
    std::fs::remove_file(&report_path).unwrap();
    std::fs::write(&report_path, b"{}").unwrap();
    let (store, report) = reopen(folder.path());
    assert_eq!(report.damaged, [(DEALS, V2)]);
    assert_eq!(
        report.notes,
        [
            "Version 2 of log 1 is damaged and cannot be used: its file report.json has 2 bytes, \
             and 10 were written.",
            "The current version of \"Deals\" is now 3.",
        ]
    );
    let problem = store.open_log(DEALS, V2, CaseNotion::Main).unwrap_err();
    assert_eq!(problem.code, ErrorCode::VersionDamaged);
    assert_eq!(store.roll_back(DEALS, V2).unwrap_err().code, ErrorCode::VersionDamaged);
    assert_eq!(stored(&store, DEALS, V3), content(&log(3)));
    drop(store);
    // Brought back from a backup, it is whole again.
    std::fs::write(&report_path, sound).unwrap();
    let (store, report) = reopen(folder.path());
    assert_eq!((report.damaged.len(), store.version(DEALS, V2).unwrap().damaged), (0, None));
    check_all(&store);
}

#[test]
fn a_missing_folder_is_damage_and_can_be_deleted() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    std::fs::remove_dir_all(folder.path().join("logs")).unwrap();
    let (store, report) = reopen(folder.path());
    assert_eq!(report.damaged.len(), 4);
    assert!(
        report.notes.iter().any(|note| note == "\"Leads\" has no version left that can be used.")
    );
    assert_eq!(store.log(LEADS).unwrap().current, None);
    store.delete_version(LEADS, V1).unwrap();
    publish(&store, DEALS, &log(1), day(3)).unwrap();
    store.pin(DEALS, V1, false).unwrap();
    store.delete_log(LEADS).unwrap();
    assert_eq!(store.logs().unwrap().len(), 1);
}

#[test]
fn a_changed_byte_is_noticed_when_the_file_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let place = version_folder(folder.path(), DEALS, V3);
    let file = std::fs::read_dir(&place)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("main-"))
        .unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    // A start reads lengths only.
    let store = open(folder.path());
    store.roll_back(DEALS, V3).unwrap();
    let problem = store.open_log(DEALS, V3, CaseNotion::Main).unwrap_err();
    assert_eq!(problem.code, ErrorCode::VersionDamaged);
    assert!(problem.detail.to_string().contains("has changed"), "{problem}");
    assert!(store.version(DEALS, V3).unwrap().damaged.is_some());
    drop(store);
    let (store, report) = reopen(folder.path());
    assert_eq!(report.damaged, [(DEALS, V3)]);
    assert_eq!(store.log(DEALS).unwrap().current, Some(V2));
}

#[test]
fn what_an_interrupted_process_left_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let version = |number| version_folder(folder.path(), DEALS, VersionNumber(number));
    // A version that was moved into its place and never became part of the catalogue.
    copy(&version(3), &version(4));
    std::fs::remove_file(version(4).join("published")).unwrap();
    // A deletion that was begun, one that was begun and forgotten, and unfinished work.
    std::fs::rename(version(3), folder.path().join("logs/1/deleted-000003")).unwrap();
    std::fs::create_dir(folder.path().join("logs/1/deleted-000009")).unwrap();
    std::fs::rename(folder.path().join("logs/2"), folder.path().join("logs/deleted-2")).unwrap();
    std::fs::create_dir(folder.path().join("logs/7")).unwrap();
    std::fs::create_dir(folder.path().join("work/3")).unwrap();
    std::fs::write(folder.path().join("work/3/main-00"), b"half").unwrap();
    let (store, report) = reopen(folder.path());
    assert_eq!((report.orphans_removed, report.deletions_finished), (3, 3));
    assert_eq!(store.logs().unwrap().len(), 1);
    assert_eq!(numbers(&store, DEALS), [2, 1]);
    assert_eq!(stored(&store, DEALS, V2), content(&log(2)));
    drop(store);
    open(folder.path());
}

#[test]
fn a_published_version_that_is_lost_and_damaged_is_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    let place = version_folder(folder.path(), DEALS, V3);
    std::fs::remove_file(place.join("settings.json")).unwrap();
    let (store, report) = reopen(folder.path());
    let mut notes = report.notes.iter().map(ToString::to_string);
    let note = notes.find(|note| note.contains("cannot be taken back")).unwrap();
    assert!(note.contains("its file settings.json is missing."), "{note}");
    assert!(folder.path().join("logs/1/damaged-3/report.json").exists());
    assert_eq!(store.log(DEALS).unwrap().current, Some(V2));
    // The next version does not take its number.
    assert_eq!(publish(&store, DEALS, &log(1), day(2)).unwrap().number, VersionNumber(4));
}

#[test]
fn a_marker_that_is_gone_or_damaged_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let marker = |number| version_folder(folder.path(), DEALS, number).join("published");
    let sound = [V1, V2].map(|number| std::fs::read(marker(number)).unwrap());
    std::fs::remove_file(marker(V1)).unwrap();
    std::fs::write(marker(V2), b"\0\0\0").unwrap();
    let (store, report) = reopen(folder.path());
    assert_eq!(report.marked_again, [(DEALS, V2), (DEALS, V1)]);
    assert_eq!(
        report.notes,
        [
            "Version 2 of log 1 is whole, but its mark as published was damaged; it is marked \
             again.",
            "Version 1 of log 1 is whole, but was not marked as published; it is marked again.",
        ]
    );
    drop(store);
    assert_eq!([V1, V2].map(|number| std::fs::read(marker(number)).unwrap()), sound);
    // Now the catalogue may be lost.
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    check_all(&reopen(folder.path()).0);
}

#[test]
fn a_version_that_does_not_verify_is_not_marked() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let place = version_folder(folder.path(), DEALS, V3);
    std::fs::remove_file(place.join("published")).unwrap();
    std::fs::remove_file(place.join("settings.json")).unwrap();
    let (_store, report) = reopen(folder.path());
    assert_eq!((report.damaged, report.marked_again), (vec![(DEALS, V3)], Vec::new()));
    assert!(!place.join("published").exists());
}

#[test]
fn a_damaged_marker_and_a_lost_catalogue_cost_no_version() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    std::fs::remove_file(folder.path().join("catalog.sqlite")).unwrap();
    let place = |number| version_folder(folder.path(), DEALS, number);
    for number in [V2, V3] {
        std::fs::write(place(number).join("published"), b"paydirt-version 1 \0").unwrap();
    }
    // Of the third one a byte has changed, too, which lengths do not show.
    std::fs::remove_file(place(V3).join("settings.json")).unwrap();
    std::fs::write(place(V3).join("settings.json"), b"[]").unwrap();
    let (store, report) = reopen(folder.path());
    assert_eq!(report.adopted, [(DEALS, V1), (DEALS, V2), (LEADS, V1)]);
    assert_eq!(report.marked_again, [(DEALS, V2)]);
    assert_eq!(stored(&store, DEALS, V2), content(&log(2)));
    store.verify(DEALS, V2).unwrap();
    let mut notes = report.notes.iter().map(ToString::to_string);
    let note = notes.find(|note| note.contains("cannot be taken back")).unwrap();
    assert!(note.contains("the content of its file settings.json has changed."), "{note}");
    assert!(folder.path().join("logs/1/damaged-3/report.json").exists());
}
