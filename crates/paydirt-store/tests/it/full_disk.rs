//! Can room be made from within when the disk is full?

use std::path::Path;
use std::sync::Arc;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_store::entries::{JobRecord, LogId, Retention, VersionNumber};
use paydirt_store::jobs;
use paydirt_store::recovery::OpenReport;
use paydirt_store::store::{Store, StoreOptions};

use crate::fault_layer::{Fault, FaultLayer, Plan};
use crate::sample::{content, day, in_memory, log, numbers, open, publish, stored};

const DEALS: LogId = LogId(1);
const LEADS: LogId = LogId(2);
const RESERVE_BYTES: u64 = 1 << 20;

/// A log with six versions, of which the first is pinned, and one with a version.
fn fill(folder: &Path) {
    let store = open(folder);
    store.create_log("Deals", day(0)).unwrap();
    store.create_log("Leads", day(0)).unwrap();
    for number in 1..=6 {
        publish(&store, DEALS, &log(number), day(1)).unwrap();
    }
    publish(&store, LEADS, &log(4), day(1)).unwrap();
    store.pin(DEALS, VersionNumber(1), true).unwrap();
}

/// Opens the store on a disk that is full from its n-th step on.
fn full_from(folder: &Path, place: &Path, at: u64) -> (Store, OpenReport, FaultLayer) {
    let layer = FaultLayer::new(folder, place, Some(Plan { at, fault: Fault::NoSpace }));
    let (store, report) = reopen(folder, &layer);
    (store, report, layer)
}

fn reopen(folder: &Path, layer: &FaultLayer) -> (Store, OpenReport) {
    let options = StoreOptions { layer: Arc::new(layer.clone()), ..StoreOptions::new(day(9), 1) };
    Store::open(folder, options).unwrap()
}

/// Everything by which a user makes room.
fn make_room(store: &Store) -> Result<(), Problem> {
    store.delete_version(DEALS, VersionNumber(2))?;
    store.pin(DEALS, VersionNumber(1), false)?;
    store.delete_version(DEALS, VersionNumber(1))?;
    store.roll_back(DEALS, VersionNumber(5))?;
    store.delete_version(DEALS, VersionNumber(6))?;
    store.set_retention(DEALS, Retention { keep_versions: Some(1), keep_days: None })?;
    store.apply_retention(DEALS, day(9))?;
    store.delete_log(LEADS)
}

#[test]
fn whatever_is_full_room_can_be_made() {
    let mut at = 0;
    loop {
        at += 1;
        let place = in_memory();
        let folder = place.path().join("data");
        fill(&folder);
        let (store, _, layer) = full_from(&folder, &place.path().join("trash"), at);
        make_room(&store).unwrap_or_else(|problem| panic!("full from step {at}: {problem}"));
        assert_eq!(numbers(&store, DEALS), [5]);
        drop(store);
        // On the same disk, the next start finds it so.
        let (store, report) = reopen(&folder, &layer);
        assert_eq!((report.damaged, numbers(&store, DEALS)), (Vec::new(), vec![5]));
        assert_eq!(store.logs().unwrap().len(), 1);
        assert_eq!(stored(&store, DEALS, VersionNumber(5)), content(&log(5)));
        drop(store);
        open(&folder);
        let reserve = std::fs::metadata(folder.join("reserve")).unwrap();
        assert_eq!(reserve.len(), RESERVE_BYTES);
        if layer.hit().is_none() {
            break;
        }
    }
    assert!(at > 50, "{at} steps");
}

#[test]
fn a_start_on_a_full_disk_finishes_what_was_begun() {
    let place = in_memory();
    let folder = place.path().join("data");
    fill(&folder);
    let store = open(&folder);
    let job = JobRecord {
        id: store.new_job_id().unwrap(),
        kind: "import".to_owned(),
        state: jobs::RUNNING.to_owned(),
        json: "{}".to_owned(),
        created_at: day(1),
        updated_at: day(1),
    };
    store.save_job(&job).unwrap();
    drop(store);
    let version = |name: &str| folder.join("logs/1").join(name);
    std::fs::rename(version("000002"), version("deleted-000002")).unwrap();
    std::fs::rename(folder.join("logs/2"), folder.join("logs/deleted-2")).unwrap();
    let (store, report, layer) = full_from(&folder, &place.path().join("trash"), 1);
    assert!(layer.hit().unwrap().contains("change"), "the catalogue meets the full disk");
    assert_eq!(report.deletions_finished, 2);
    assert_eq!(numbers(&store, DEALS), [6, 5, 4, 3, 1]);
    assert_eq!(store.interrupt_jobs(day(9)).unwrap().len(), 1);
    assert_eq!(store.job(job.id).unwrap().unwrap().state, jobs::INTERRUPTED);
}

#[test]
fn without_the_reserve_a_full_disk_refuses_and_nothing_is_lost() {
    let place = in_memory();
    let folder = place.path().join("data");
    fill(&folder);
    std::fs::remove_file(folder.join("reserve")).unwrap();
    let (store, report, _) = full_from(&folder, &place.path().join("trash"), 1);
    let note = report.notes[0].to_string();
    assert!(note.starts_with("There is no reserve for deleting on a full disk"), "{note}");
    let problem = store.delete_version(DEALS, VersionNumber(2)).unwrap_err();
    assert_eq!(problem.code, ErrorCode::DiskFull);
    assert!(problem.to_string().contains("Free some space"), "{problem}");
    assert_eq!(store.delete_log(LEADS).unwrap_err().code, ErrorCode::DiskFull);
    assert_eq!(numbers(&store, DEALS), [6, 5, 4, 3, 2, 1]);
    assert_eq!(stored(&store, DEALS, VersionNumber(2)), content(&log(2)));
    // A half of a reserve does not take the last room.
    assert!(!folder.join("reserve.new").exists());
}

#[test]
fn a_catalogue_without_room_for_a_page_still_forgets() {
    let place = tempfile::tempdir().unwrap();
    fill(place.path());
    // Never below what it has: SQLite raises the limit to that.
    let options = StoreOptions { catalogue_pages_max: Some(1), ..StoreOptions::new(day(9), 1) };
    let (store, _) = Store::open(place.path(), options).unwrap();
    make_room(&store).unwrap();
    assert_eq!(numbers(&store, DEALS), [5]);
}
