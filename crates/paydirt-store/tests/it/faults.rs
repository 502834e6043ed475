//! Whatever step of writing fails, and if the power goes: is every acknowledged version still
//! there, is nothing half there, and does the next version work?
//!
//! `PAYDIRT_FAULT_SEEDS=2000` runs so many seeds; each is one fault at one step of one story.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use paydirt_model::event_log::CaseNotion;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_store::entries::{LogId, Retention, VersionEntry, VersionNumber};
use paydirt_store::store::{Store, StoreOptions};

use crate::dice::Dice;
use crate::fault_layer::{FAULTS, Fault, FaultLayer, Plan};
use crate::sample::{content, day, in_memory, log, names, publish, rounds};

const SEEDS: u64 = 300;
/// Different orders of doings; each has its own number of steps.
///
/// An odd one begins in a folder that an interrupted process has left, so that faults meet the
/// start that puts it in order.
const STORIES: u64 = 24;
const DOINGS: u64 = 7;

/// What was acknowledged.
#[derive(Default)]
struct Known {
    /// By log: its name, its versions with what they hold, the current one.
    logs: BTreeMap<LogId, KnownLog>,
    /// Deletions that failed: the version may be there or not.
    maybe_gone: Vec<(LogId, VersionNumber)>,
    /// Every number that was ever acknowledged, of what is there and of what is gone.
    given: BTreeSet<(LogId, Option<VersionNumber>)>,
}

struct KnownLog {
    name: String,
    versions: Vec<(VersionEntry, String)>,
}

impl Known {
    /// Reads what the store says after a doing that was acknowledged.
    fn look(&mut self, store: &Store) {
        self.logs.clear();
        for entry in store.logs().unwrap() {
            let versions = store.versions(entry.id).unwrap();
            let read = |version: VersionEntry| {
                let text = stored(store, &version);
                (version, text)
            };
            let versions = versions.into_iter().map(read).collect();
            self.logs.insert(entry.id, KnownLog { name: entry.name, versions });
        }
        for (id, log) in &self.logs {
            self.given.insert((*id, None));
            self.given.extend(log.versions.iter().map(|(one, _)| (*id, Some(one.number))));
        }
        self.maybe_gone.retain(|(id, number)| {
            let versions = self.logs.get(id).map(|log| log.versions.as_slice());
            versions.is_some_and(|all| all.iter().any(|(one, _)| one.number == *number))
        });
    }

    fn check(&self, store: &Store) {
        let names: Vec<String> = store.logs().unwrap().into_iter().map(|log| log.name).collect();
        let mut expected: Vec<String> = self.logs.values().map(|log| log.name.clone()).collect();
        expected.sort();
        assert_eq!(names, expected);
        for (&id, known) in &self.logs {
            let mut found = store.versions(id).unwrap();
            let mut expected: Vec<&VersionEntry> =
                known.versions.iter().map(|(version, _)| version).collect();
            let is_certain = |number| !self.maybe_gone.contains(&(id, number));
            found.retain(|version| is_certain(version.number));
            expected.retain(|version| is_certain(version.number));
            assert_eq!(found.iter().collect::<Vec<_>>(), expected);
            for version in store.versions(id).unwrap() {
                let text = known.versions.iter().find(|(one, _)| one.number == version.number);
                assert_eq!(stored(store, &version), text.unwrap().1);
                store.verify(id, version.number).unwrap();
            }
        }
    }
}

fn stored(store: &Store, version: &VersionEntry) -> String {
    content(&store.open_log(version.log, version.number, CaseNotion::Main).unwrap())
}

/// Opens the store, does one thing after the other, and remembers what was acknowledged.
fn tell(folder: &Path, layer: &FaultLayer, story: u64, known: &mut Known) -> Result<(), Problem> {
    let options = StoreOptions { layer: Arc::new(layer.clone()), ..StoreOptions::new(day(9), 1) };
    let (store, _) = Store::open(folder, options)?;
    let mut dice = Dice::new(story);
    for step in 0..DOINGS {
        let result = act(&store, &mut dice, step, known);
        match result {
            Ok(()) => known.look(&store),
            Err(problem) => {
                assert_ne!(problem.code, ErrorCode::Internal, "{problem}");
                assert_ne!(problem.code, ErrorCode::VersionDamaged, "{problem}");
                if layer.is_dead() {
                    return Ok(());
                }
                // A failure is no reason not to answer.
                for entry in store.logs().unwrap() {
                    if let Some(current) = entry.current {
                        stored(&store, &store.version(entry.id, current).unwrap());
                    }
                }
            }
        }
        if layer.is_dead() {
            return Ok(());
        }
    }
    Ok(())
}

/// One doing; which is a matter of the dice.
fn act(store: &Store, dice: &mut Dice, step: u64, known: &mut Known) -> Result<(), Problem> {
    let logs = store.logs().unwrap();
    let Some(entry) = logs.get(usize::try_from(dice.below(2)).unwrap()).or(logs.first()) else {
        return store.create_log("Deals", day(1)).map(|_| ());
    };
    let id = entry.id;
    let versions = store.versions(id).unwrap();
    let some = |dice: &mut Dice| {
        let idx = dice.below(versions.len().max(1) as u64);
        versions.get(usize::try_from(idx).unwrap()).map(|version| version.number)
    };
    let created = i64::try_from(step).unwrap();
    match dice.below(12) {
        0 => store.create_log(&format!("Log {step}"), day(created)).map(|_| ()),
        1 => store.rename(id, &format!("Name {step}")),
        2 => match some(dice) {
            Some(number) => store.pin(id, number, dice.below(2) == 0),
            None => Ok(()),
        },
        3 => match some(dice) {
            Some(number) => store.roll_back(id, number),
            None => Ok(()),
        },
        4 | 5 => {
            let Some(number) = some(dice) else { return Ok(()) };
            match store.delete_version(id, number) {
                Err(problem) if problem.code != ErrorCode::VersionKept => {
                    known.maybe_gone.push((id, number));
                    Err(problem)
                }
                _ => Ok(()),
            }
        }
        6 => {
            store.set_retention(id, Retention { keep_versions: Some(1), keep_days: None })?;
            let all = versions.iter().map(|version| (id, version.number));
            store.apply_retention(id, day(9)).map(|_| ()).inspect_err(|_| {
                known.maybe_gone.extend(all);
            })
        }
        7 => store.new_upload("deals.csv", day(created)).map(|_| ()),
        _ => {
            let number = usize::try_from(dice.below(3)).unwrap();
            publish(store, id, &log(number), day(created)).map(|_| ())
        }
    }
}

/// Nothing is in the folder but what the catalogue names.
fn check_files(store: &Store) {
    let folder = store.folder();
    assert_eq!(names(&folder.join("work")), [""; 0]);
    assert_eq!(names(&folder.join("uploads")), [""; 0]);
    let logs = store.logs().unwrap();
    let mut expected: Vec<String> = logs.iter().map(|log| log.id.to_string()).collect();
    expected.sort();
    assert_eq!(names(&folder.join("logs")), expected);
    for log in logs {
        let place = folder.join("logs").join(log.id.to_string());
        let versions = store.versions(log.id).unwrap();
        let mut expected: Vec<String> =
            versions.iter().map(|version| format!("{:06}", version.number.0)).collect();
        expected.push("log.json".to_owned());
        expected.sort();
        assert_eq!(names(&place), expected);
        for version in versions {
            let files = names(&place.join(format!("{:06}", version.number.0)));
            assert!(files.contains(&"published".to_owned()), "{files:?}");
            assert!(files.iter().all(|name| !name.ends_with(".new")), "{files:?}");
        }
    }
}

/// One story with one fault; answers at which step it came.
fn run(story: u64, plan: Option<Plan>, dice: &mut Dice) -> (u64, Option<String>) {
    let place = in_memory();
    let folder = place.path().join("data");
    let mut known = Known::default();
    if story % 2 == 1 {
        let plan = Plan { at: 40 + story * 5, fault: Fault::PowerCut };
        let layer = FaultLayer::new(&folder, &place.path().join("trash-before"), Some(plan));
        tell(&folder, &layer, story + STORIES, &mut known).unwrap();
        layer.lose_unsynced(&mut Dice::new(story));
    }
    let layer = FaultLayer::new(&folder, &place.path().join("trash"), plan);
    let opened = tell(&folder, &layer, story, &mut known);
    if layer.is_dead() {
        layer.lose_unsynced(dice);
    }
    assert!(opened.is_ok() || layer.hit().is_some());
    let healthy = FaultLayer::new(&folder, &place.path().join("trash-after"), None);
    let options = StoreOptions { layer: Arc::new(healthy), ..StoreOptions::new(day(30), 1) };
    let (store, report) = Store::open(&folder, options.clone()).unwrap();
    assert_eq!(report.damaged, []);
    known.check(&store);
    check_files(&store);
    let id = match store.logs().unwrap().first() {
        Some(first) => first.id,
        None => store.create_log("After", day(30)).unwrap(),
    };
    let next = publish(&store, id, &log(5), day(30)).unwrap();
    known.look(&store);
    assert!(next.is_current);
    drop(store);
    let (store, report) = Store::open(&folder, options.clone()).unwrap();
    assert_eq!(report.notes, [""; 0]);
    known.check(&store);
    check_files(&store);
    drop(store);
    std::fs::remove_file(folder.join("catalog.sqlite")).unwrap();
    let (store, _) = Store::open(&folder, options).unwrap();
    known.check(&store);
    let new = store.create_log("Once more", day(31)).unwrap();
    let next = publish(&store, id, &log(6), day(31)).unwrap();
    for number in [(new, None), (id, Some(next.number))] {
        assert!(!known.given.contains(&number), "{number:?} is used again");
    }
    (layer.steps(), layer.hit())
}

#[test]
fn no_fault_loses_an_acknowledged_version() {
    let seeds = rounds(SEEDS);
    let steps: Vec<u64> = (0..STORIES).map(|story| run(story, None, &mut Dice::new(0)).0).collect();
    let mut hits: BTreeMap<String, [u64; FAULTS.len()]> = BTreeMap::new();
    for seed in 0..seeds {
        let mut dice = Dice::new(seed);
        let story = seed % STORIES;
        let count = steps[usize::try_from(story).unwrap()];
        let which = usize::try_from(dice.below(FAULTS.len() as u64)).unwrap();
        let plan = Plan { at: 1 + dice.below(count), fault: FAULTS[which] };
        let outcome = std::panic::catch_unwind(|| run(story, Some(plan), &mut dice.clone()));
        match outcome {
            Ok((_, hit)) => {
                let hit = hit.expect("the step is reached");
                hits.entry(hit).or_default()[which] += 1;
            }
            Err(_) => panic!("seed {seed}: story {story}, {plan:?}"),
        }
    }
    println!("{seeds} seeds over {STORIES} stories of {} steps", steps.iter().sum::<u64>());
    println!("columns: {FAULTS:?}");
    for (step, counts) in &hits {
        println!("{counts:5?} at {step}");
    }
    assert_eq!(hits.values().flatten().sum::<u64>(), seeds);
}
