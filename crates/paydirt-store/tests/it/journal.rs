//! What if the journal of the catalogue is cut or damaged, at any byte and at any moment?
//!
//! The folder is copied while a version is being published; the copies' journals are cut and
//! damaged, and the copies opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_store::entries::{LogId, VersionNumber};
use paydirt_store::store::{Store, StoreOptions};

use crate::dice::Dice;
use crate::sample::{content, copy, day, in_memory, log, open, publish, rounds, stored};
use crate::watched_layer::{Moment, Watched};

const ID: LogId = LogId(1);
const V1: VersionNumber = VersionNumber(1);
const V2: VersionNumber = VersionNumber(2);
const JOURNAL: &str = "catalog.sqlite-wal";

/// Publishes a second version and answers copies of the folder: before it is marked, after it is
/// marked, and after it is acknowledged.
fn copies(place: &Path) -> [PathBuf; 3] {
    let folder = place.join("data");
    let store = open(&folder);
    store.create_log("Deals", day(0)).unwrap();
    publish(&store, ID, &log(1), day(1)).unwrap();
    drop(store);
    let [before, after, acknowledged] =
        ["before", "after", "acknowledged"].map(|name| place.join(name));
    let (from, to_before, to_after) = (folder.clone(), before.clone(), after.clone());
    let is_marked = AtomicBool::new(false);
    let layer = Watched::new(move |moment, path| match moment {
        Moment::BeforeRename if path.ends_with("published") => {
            copy(&from, &to_before);
            is_marked.store(true, Ordering::Relaxed);
        }
        Moment::AfterSyncFolder if is_marked.swap(false, Ordering::Relaxed) => {
            copy(&from, &to_after);
        }
        Moment::BeforeRename | Moment::AfterSyncFolder | Moment::BeforeAnything => {}
    });
    let options = StoreOptions { layer: Arc::new(layer), ..StoreOptions::new(day(0), 1) };
    let (store, _) = Store::open(&folder, options).unwrap();
    publish(&store, ID, &log(2), day(2)).unwrap();
    copy(&folder, &acknowledged);
    [before, after, acknowledged]
}

/// Opens a copy with another journal. Answers whether the second version is there, and how many
/// were taken back.
fn open_with(sound: &Path, journal: &[u8], round: &Path) -> (bool, usize) {
    copy(sound, round);
    std::fs::write(round.join(JOURNAL), journal).unwrap();
    let (store, report) = Store::open(round, StoreOptions::new(day(3), 1)).unwrap();
    assert_eq!(report.damaged, []);
    assert_eq!(stored(&store, ID, V1), content(&log(1)));
    let versions = store.versions(ID).unwrap();
    let is_there = versions.iter().any(|version| version.number == V2);
    let current = store.log(ID).unwrap().current;
    assert_eq!(current, Some(if is_there { V2 } else { V1 }));
    if is_there {
        assert_eq!(stored(&store, ID, V2), content(&log(2)));
    } else {
        assert!(!round.join("logs/1/000002").exists());
    }
    let next = publish(&store, ID, &log(3), day(4)).unwrap();
    assert_eq!(stored(&store, ID, next.number), content(&log(3)));
    drop(store);
    open(round);
    std::fs::remove_dir_all(round).unwrap();
    (is_there, report.adopted.len())
}

/// Every way a journal is damaged here: cut at many places, and changed at many.
fn damaged(journal: &[u8]) -> Vec<Vec<u8>> {
    let mut dice = Dice::new(11);
    let length = journal.len();
    let mut all: Vec<Vec<u8>> =
        (0..=24).map(|part| journal[..length * part / 24].to_vec()).collect();
    for _ in 0..rounds(40) / 2 {
        let at = |dice: &mut Dice| usize::try_from(dice.below(length as u64)).unwrap();
        let mut changed = journal.to_vec();
        changed[at(&mut dice)] ^= 0x40;
        all.push(changed);
        all.push(journal[..at(&mut dice)].to_vec());
    }
    all
}

#[test]
fn a_damaged_journal_costs_no_acknowledged_version() {
    let place = in_memory();
    let [before, after, acknowledged] = copies(place.path());
    let journal = std::fs::read(before.join(JOURNAL)).unwrap();
    assert!(journal.len() > 4096, "the switch is in the journal and not yet in the catalogue");
    let round = place.path().join("round");
    let mut seen = [0, 0];
    for journal in damaged(&journal) {
        let (is_there, adopted) = open_with(&before, &journal, &round);
        assert_eq!(adopted, 0);
        seen[usize::from(is_there)] += 1;
    }
    assert!(0 < seen[0] && 0 < seen[1], "{seen:?}");
    let mut adopted = 0;
    let journal = std::fs::read(after.join(JOURNAL)).unwrap();
    for journal in damaged(&journal) {
        let (is_there, count) = open_with(&after, &journal, &round);
        assert!(is_there, "a marked version is never lost");
        adopted += count;
    }
    assert!(0 < adopted, "some journals had lost the row");
    // Once acknowledged, everything is in the catalogue itself.
    let journal = std::fs::read(acknowledged.join(JOURNAL)).unwrap_or_default();
    assert_eq!(journal.len(), 0);
    for journal in [Vec::new(), vec![0; 100], b"garbage".repeat(1000)] {
        assert_eq!(open_with(&acknowledged, &journal, &round), (true, 0));
    }
    let rounds = 2 * damaged(b"x").len() + 3;
    println!("{rounds} damaged journals: {adopted} times a version was taken back");
}
