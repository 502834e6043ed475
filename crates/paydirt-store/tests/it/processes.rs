//! What if two processes want the same store, one is killed, or may not write large files?
//!
//! The other process is this test program once more, told by `PAYDIRT_STORE_CHILD` which part to
//! play in which folder.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use paydirt_model::problem::ErrorCode;
use paydirt_store::entries::{LogId, NewVersion, VersionNumber};
use paydirt_store::store::{Store, StoreOptions};

use crate::sample::{
    RUNNING, content, copy, day, in_memory, log, new_version, numbers, open, publish, stored,
};
use crate::watched_layer::{Moment, Watched};

const CHILD: &str = "PAYDIRT_STORE_CHILD";
const ID: LogId = LogId(1);
/// Most 512-byte blocks (or kibibytes, in some shells) in a file of the limited process.
const BLOCKS_MAX: u32 = 200;

/// Starts this program again for one part, through a shell that sets its limits.
fn start(part: &str, folder: &Path, limits: &str) -> Child {
    let script = format!("{limits} exec \"$0\" --exact processes::the_other_process --nocapture");
    Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(CHILD, format!("{part} {}", folder.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The lines that the other process says to this one.
fn said(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let output = BufReader::new(child.stdout.take().unwrap());
    let said = |line: String| line.split_once("says ").map(|(_, said)| said.to_owned());
    output.lines().map_while(Result::ok).filter_map(said)
}

fn say(text: &str) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "says {text}").unwrap();
    output.flush().unwrap();
}

/// The parts of the other process; without one there is nothing to do.
#[test]
fn the_other_process() {
    let Ok(part) = std::env::var(CHILD) else { return };
    let (part, folder) = part.split_once(' ').unwrap();
    let folder = PathBuf::from(folder);
    match part {
        "second" => {
            let refused = Store::open(&folder, StoreOptions::new(day(0), 1)).unwrap_err();
            say(&refused.to_string());
        }
        "publish" => publish_until_stopped(&folder),
        "limited" => limited(&folder),
        _ => panic!("{part} is no part"),
    }
}

/// Publishes one version after the other, says which are there, and stops in the middle of the
/// step whose number stands in the file beside the folder.
fn publish_until_stopped(folder: &Path) {
    let stop = std::fs::read_to_string(folder.with_extension("stop")).unwrap();
    let stop: u64 = stop.parse().unwrap();
    let steps = AtomicU64::new(0);
    let layer = Watched::new(move |moment, _| {
        let is_step = moment == Moment::BeforeAnything;
        if is_step && steps.fetch_add(1, Ordering::Relaxed) + 1 == stop {
            say("now");
            loop {
                std::thread::park();
            }
        }
    });
    let options = StoreOptions { layer: Arc::new(layer), ..StoreOptions::new(day(0), 1) };
    let (store, _) = Store::open(folder, options).unwrap();
    loop {
        let number = store.versions(ID).unwrap().len() + 1;
        publish(&store, ID, &log(number % 3), day(1)).unwrap();
        say(&number.to_string());
    }
}

fn limited(folder: &Path) {
    let store = open(folder);
    let large = "受注".repeat(100_000);
    let main = log(2);
    let logs = [&main];
    let new = new_version(ID, Some(VersionNumber(1)), &logs);
    let refused = store.publish(&NewVersion { report: &large, ..new }, &RUNNING).unwrap_err();
    say(refused.code.as_str());
    let refused = store.publish(&NewVersion { source: &large, ..new }, &RUNNING).unwrap_err();
    say(refused.code.as_str());
    let job = paydirt_store::entries::JobRecord {
        id: 1,
        kind: "import".to_owned(),
        state: "failed".to_owned(),
        json: large,
        created_at: day(1),
        updated_at: day(1),
    };
    // The room of the catalogue itself.
    say(store.save_job(&job).unwrap_err().code.as_str());
    assert_eq!(stored(&store, ID, VersionNumber(1)), content(&log(1)));
    store.publish(&new, &RUNNING).unwrap();
    store.delete_version(ID, VersionNumber(1)).unwrap();
    say("done");
}

#[test]
fn a_second_process_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("données 受注");
    let store = open(&folder);
    let mut child = start("second", &folder, "");
    let said: Vec<String> = said(&mut child).collect();
    assert!(child.wait().unwrap().success());
    let (process, shown) = (std::process::id(), folder.display());
    let expected = format!("The data folder \"{shown}\" is in use by process {process}.");
    assert!(said[0].starts_with(&expected), "{said:?}");
    store.create_log("Deals", day(0)).unwrap();
}

#[test]
fn a_killed_process_loses_nothing_it_acknowledged() {
    let place = in_memory();
    let sound = place.path().join("sound");
    let store = open(&sound);
    store.create_log("Deals", day(0)).unwrap();
    publish(&store, ID, &log(1), day(0)).unwrap();
    drop(store);
    let (mut kills, mut more_than_said) = (0, 0);
    for stop in (1..120).step_by(7) {
        let folder = place.path().join("data");
        copy(&sound, &folder);
        std::fs::write(folder.with_extension("stop"), stop.to_string()).unwrap();
        let mut child = start("publish", &folder, "");
        let mut lines = said(&mut child);
        let heard: Vec<String> = lines.by_ref().take_while(|line| line != "now").collect();
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged: usize = heard.last().map_or(1, |line| line.parse().unwrap());
        // The lock is free at once, and what was half written is gone.
        let (store, report) = Store::open(&folder, StoreOptions::new(day(0), 1)).unwrap();
        assert_eq!((report.damaged, report.catalogue_rebuilt), (Vec::new(), false));
        let versions = store.versions(ID).unwrap();
        assert!([0, 1].contains(&(versions.len() - acknowledged)), "killed at step {stop}");
        assert!(versions[0].is_current);
        more_than_said += versions.len() - acknowledged;
        for version in versions {
            let number = usize::try_from(version.number.0).unwrap();
            assert_eq!(stored(&store, ID, version.number), content(&log(number % 3)));
        }
        assert_eq!(std::fs::read_dir(folder.join("work")).unwrap().count(), 0);
        publish(&store, ID, &log(0), day(1)).unwrap();
        drop(store);
        open(&folder);
        std::fs::remove_dir_all(folder).unwrap();
        kills += 1;
    }
    println!("{kills} kills, {more_than_said} times after the switch");
}

#[test]
fn a_limit_of_file_size_refuses_only_what_is_too_large() {
    let place = tempfile::tempdir().unwrap();
    let store = open(place.path());
    store.create_log("Deals", day(0)).unwrap();
    publish(&store, ID, &log(1), day(1)).unwrap();
    drop(store);
    let limits = format!("trap '' XFSZ; ulimit -f {BLOCKS_MAX};");
    let mut child = start("limited", place.path(), &limits);
    let said: Vec<String> = said(&mut child).collect();
    assert!(child.wait().unwrap().success(), "{said:?}");
    let full = ErrorCode::DiskFull.as_str();
    let failed = ErrorCode::StoreFailed.as_str();
    assert_eq!(said, [full, full, failed, "done"]);
    let (store, _) = Store::open(place.path(), StoreOptions::new(day(0), 1)).unwrap();
    assert_eq!(numbers(&store, ID), [2]);
    assert_eq!(stored(&store, ID, VersionNumber(2)), content(&log(2)));
    drop(store);
    open(place.path());
}
