//! A disk that fails at the n-th step, and one that loses what was not synced when the power goes.
//!
//! What is synced is only noted, so that thousands of seeds need no waiting for a real disk.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use paydirt_store::file_layer::{FileLayer, LayerFile};

use crate::dice::Dice;

/// How a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// One step fails without an effect.
    IoError,
    /// One step has its effect, and fails all the same.
    LateError,
    /// A write takes some of its bytes, then fails.
    ShortWrite,
    /// The disk is full from this step on: what grows needs the room that removing gives.
    NoSpace,
    /// The power goes: this step and all after it fail, and what was not synced may be lost.
    PowerCut,
}

pub(crate) const FAULTS: [Fault; 5] =
    [Fault::IoError, Fault::LateError, Fault::ShortWrite, Fault::NoSpace, Fault::PowerCut];

/// Which step fails and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The step, counted from 1.
    pub(crate) at: u64,
    pub(crate) fault: Fault,
}

/// The layer. Steps are counted over all threads.
#[derive(Debug, Clone)]
pub(crate) struct FaultLayer {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    plan: Option<Plan>,
    steps: u64,
    /// How often each kind of step was reached, and at which the fault came.
    reached: BTreeMap<String, u64>,
    hit: Option<String>,
    /// The room that is left, once the disk is full.
    room: Option<u64>,
    is_dead: bool,
    root: PathBuf,
    /// Where removed and replaced files are kept, to come back when the power goes.
    trash: PathBuf,
    trash_count: u64,
    /// Files (by number on the disk) of which only so many bytes are synced.
    unsynced: HashMap<u64, u64>,
    /// Changes of names that are not synced, in order.
    names: Vec<NameChange>,
}

#[derive(Debug)]
enum NameChange {
    Made(PathBuf),
    Moved { from: PathBuf, to: PathBuf, replaced: Option<PathBuf> },
    Removed { path: PathBuf, kept: PathBuf },
}

/// What a step is allowed to do.
enum Verdict {
    Go,
    Fail(io::Error),
    FailAfter(io::Error),
    Short(io::Error),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Create,
    CreateFolder,
    Write,
    Sync,
    SyncFolder,
    Rename,
    Link,
    RemoveFile,
    RemoveFolder,
    Catalogue,
}

/// The least room that a file or a folder takes.
const BLOCK_BYTES: u64 = 4096;
/// The room that the journal of the catalogue takes for one change; it gives it back.
const JOURNAL_BYTES: u64 = 16 * BLOCK_BYTES;

impl Step {
    fn word(self) -> &'static str {
        match self {
            Step::Create => "create",
            Step::CreateFolder => "create folder",
            Step::Write => "write",
            Step::Sync => "sync",
            Step::SyncFolder => "sync folder",
            Step::Rename => "rename to",
            Step::Link => "link",
            Step::RemoveFile => "remove",
            Step::RemoveFolder => "remove folder",
            Step::Catalogue => "change",
        }
    }

    /// The room that this step needs, and what of it stays taken, when it writes so many bytes.
    fn room(self, bytes: u64) -> (u64, u64) {
        match self {
            Step::Create | Step::CreateFolder | Step::Link => (BLOCK_BYTES, BLOCK_BYTES),
            Step::Write => (bytes, bytes),
            Step::Catalogue => (JOURNAL_BYTES, 0),
            Step::Sync | Step::SyncFolder | Step::Rename => (0, 0),
            Step::RemoveFile | Step::RemoveFolder => (0, 0),
        }
    }
}

/// What is at a path, in few words: numbers are left out.
fn kind_of(root: &Path, path: &Path) -> String {
    let Ok(inside) = path.strip_prefix(root) else { return "the folder above".to_owned() };
    let parts: Vec<String> = inside
        .components()
        .map(|part| {
            let part = part.as_os_str().to_string_lossy();
            let without_digits: String =
                part.chars().map(|sign| if sign.is_ascii_digit() { '#' } else { sign }).collect();
            let mut word = without_digits.replace("##", "#");
            while word.contains("##") {
                word = word.replace("##", "#");
            }
            word
        })
        .collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

impl FaultLayer {
    pub(crate) fn new(root: &Path, trash: &Path, plan: Option<Plan>) -> Self {
        std::fs::create_dir_all(trash).unwrap();
        let state = State {
            plan,
            steps: 0,
            reached: BTreeMap::new(),
            hit: None,
            room: None,
            is_dead: false,
            root: root.to_owned(),
            trash: trash.to_owned(),
            trash_count: 0,
            unsynced: HashMap::new(),
            names: Vec::new(),
        };
        FaultLayer { state: Arc::new(Mutex::new(state)) }
    }

    /// How many steps were taken.
    pub(crate) fn steps(&self) -> u64 {
        self.state.lock().unwrap().steps
    }

    /// The step at which the fault came, if it came.
    pub(crate) fn hit(&self) -> Option<String> {
        self.state.lock().unwrap().hit.clone()
    }

    /// Whether the power is gone.
    pub(crate) fn is_dead(&self) -> bool {
        self.state.lock().unwrap().is_dead
    }

    fn begin(&self, step: Step, path: &Path, bytes: u64) -> Verdict {
        let mut state = self.state.lock().unwrap();
        if state.is_dead {
            return Verdict::Fail(io::Error::other("the power is off"));
        }
        state.steps += 1;
        let word = step.word();
        let kind = format!("{word} {}", kind_of(&state.root, path));
        *state.reached.entry(kind.clone()).or_default() += 1;
        let full = || io::Error::from(ErrorKind::StorageFull);
        let Some(plan) = state.plan.filter(|plan| plan.at == state.steps) else {
            let (needed, taken) = step.room(bytes);
            return match &mut state.room {
                Some(room) if *room < needed => Verdict::Fail(full()),
                Some(room) => {
                    *room -= taken;
                    Verdict::Go
                }
                None => Verdict::Go,
            };
        };
        state.hit = Some(kind);
        match plan.fault {
            Fault::IoError => Verdict::Fail(io::Error::other("input/output error")),
            // A sync that fails has synced nothing for certain.
            Fault::LateError if step == Step::Sync || step == Step::SyncFolder => {
                Verdict::Fail(io::Error::other("input/output error"))
            }
            Fault::LateError => Verdict::FailAfter(io::Error::other("late input/output error")),
            Fault::ShortWrite if step == Step::Write => {
                Verdict::Short(io::Error::other("input/output error in the middle"))
            }
            Fault::ShortWrite => Verdict::Fail(io::Error::other("input/output error")),
            Fault::NoSpace => {
                state.room = Some(0);
                if step == Step::Write { Verdict::Short(full()) } else { Verdict::Fail(full()) }
            }
            Fault::PowerCut => {
                state.is_dead = true;
                if step == Step::Write {
                    Verdict::Short(io::Error::other("the power went off"))
                } else {
                    Verdict::Fail(io::Error::other("the power went off"))
                }
            }
        }
    }

    fn run<T>(
        &self,
        step: Step,
        path: &Path,
        act: impl FnOnce(&mut State) -> io::Result<T>,
    ) -> io::Result<T> {
        match self.begin(step, path, 0) {
            Verdict::Go => act(&mut self.state.lock().unwrap()),
            Verdict::Fail(error) | Verdict::Short(error) => Err(error),
            Verdict::FailAfter(error) => {
                act(&mut self.state.lock().unwrap())?;
                Err(error)
            }
        }
    }

    /// After a power cut: undoes changes of names that were not synced, from the last one back to
    /// one that the dice choose, and cuts files behind what was synced.
    pub(crate) fn lose_unsynced(&self, dice: &mut Dice) {
        let mut state = self.state.lock().unwrap();
        let keep = usize::try_from(dice.below(state.names.len() as u64 + 1)).unwrap();
        while state.names.len() > keep {
            match state.names.pop().unwrap() {
                NameChange::Made(path) if path.is_dir() => std::fs::remove_dir_all(&path).unwrap(),
                NameChange::Made(path) => std::fs::remove_file(&path).unwrap(),
                NameChange::Moved { from, to, replaced } => {
                    std::fs::rename(&to, &from).unwrap();
                    state.follow(&to, &from);
                    if let Some(replaced) = replaced {
                        std::fs::rename(&replaced, &to).unwrap();
                        state.follow(&replaced, &to);
                    }
                }
                NameChange::Removed { path, kept } => {
                    std::fs::rename(&kept, &path).unwrap();
                    state.follow(&kept, &path);
                }
            }
        }
        let mut folders = Vec::new();
        if state.root.is_dir() {
            folders.push(state.root.clone());
        }
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let metadata = std::fs::symlink_metadata(&path).unwrap();
                if metadata.is_dir() {
                    folders.push(path);
                } else if let Some(&synced) = state.unsynced.get(&metadata.ino()) {
                    let lost = metadata.len().saturating_sub(synced);
                    let length = synced + dice.below(lost + 1);
                    let file = File::options().write(true).open(&path).unwrap();
                    file.set_len(length).unwrap();
                    if dice.below(4) == 0 {
                        // Some file systems bring back the length without the bytes.
                        file.set_len(metadata.len()).unwrap();
                    }
                }
            }
        }
    }
}

impl State {
    /// What is removed gives its room back; a file with another name keeps its own.
    fn make_room(&mut self, path: &Path) {
        let Some(room) = &mut self.room else { return };
        let mut paths = vec![path.to_owned()];
        while let Some(path) = paths.pop() {
            let metadata = std::fs::symlink_metadata(&path).unwrap();
            if metadata.is_dir() {
                *room += BLOCK_BYTES;
                let entries = std::fs::read_dir(&path).unwrap();
                paths.extend(entries.map(|entry| entry.unwrap().path()));
            } else if metadata.nlink() == 1 {
                *room += BLOCK_BYTES + metadata.len();
            }
        }
    }

    /// What is removed is kept, to come back when the power goes.
    fn put_away(&mut self, path: &Path) -> io::Result<()> {
        let kept = self.keep();
        self.make_room(path);
        std::fs::rename(path, &kept)?;
        self.follow(path, &kept);
        self.names.push(NameChange::Removed { path: path.to_owned(), kept });
        Ok(())
    }

    fn keep(&mut self) -> PathBuf {
        self.trash_count += 1;
        self.trash.join(self.trash_count.to_string())
    }

    /// Paths of earlier changes follow when a file or folder is moved.
    fn follow(&mut self, from: &Path, to: &Path) {
        let follow = |path: &mut PathBuf| {
            if let Ok(rest) = path.strip_prefix(from) {
                *path = if rest.as_os_str().is_empty() { to.to_owned() } else { to.join(rest) };
            }
        };
        for change in &mut self.names {
            match change {
                NameChange::Made(path) | NameChange::Removed { path, .. } => follow(path),
                NameChange::Moved { from, to, .. } => {
                    follow(from);
                    follow(to);
                }
            }
        }
    }
}

impl FileLayer for FaultLayer {
    fn create(&self, path: &Path) -> io::Result<Box<dyn LayerFile>> {
        self.run(Step::Create, path, |state| {
            let file = File::options().write(true).create_new(true).open(path)?;
            let number = file.metadata()?.ino();
            state.unsynced.insert(number, 0);
            state.names.push(NameChange::Made(path.to_owned()));
            let layer = self.clone();
            Ok(Box::new(FaultFile { file, number, path: path.to_owned(), layer }) as _)
        })
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.run(Step::CreateFolder, path, |state| {
            std::fs::create_dir(path)?;
            state.names.push(NameChange::Made(path.to_owned()));
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.run(Step::Rename, to, |state| {
            let replaced = to.is_file().then(|| state.keep());
            if replaced.is_some() {
                state.make_room(to);
            }
            if let Some(replaced) = &replaced {
                std::fs::hard_link(to, replaced)?;
            }
            std::fs::rename(from, to)?;
            if let Some(replaced) = &replaced {
                state.follow(to, replaced);
            }
            state.follow(from, to);
            let (from, to) = (from.to_owned(), to.to_owned());
            state.names.push(NameChange::Moved { from, to, replaced });
            Ok(())
        })
    }

    fn link(&self, existing: &Path, new: &Path) -> io::Result<()> {
        self.run(Step::Link, new, |state| {
            std::fs::hard_link(existing, new)?;
            state.names.push(NameChange::Made(new.to_owned()));
            Ok(())
        })
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.run(Step::SyncFolder, path, |state| {
            if !path.is_dir() {
                return Err(ErrorKind::NotFound.into());
            }
            state.names.retain(|change| {
                let place = match change {
                    NameChange::Made(path) | NameChange::Removed { path, .. } => path,
                    NameChange::Moved { to, .. } => to,
                };
                place.parent() != Some(path)
            });
            Ok(())
        })
    }

    fn change_catalogue(&self, path: &Path) -> io::Result<()> {
        match self.begin(Step::Catalogue, path, 0) {
            Verdict::Go => Ok(()),
            Verdict::Fail(error) | Verdict::FailAfter(error) | Verdict::Short(error) => Err(error),
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.run(Step::RemoveFile, path, |state| state.put_away(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.run(Step::RemoveFolder, path, |state| state.put_away(path))
    }
}

struct FaultFile {
    file: File,
    number: u64,
    path: PathBuf,
    layer: FaultLayer,
}

impl Write for FaultFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self.layer.begin(Step::Write, &self.path, buffer.len() as u64) {
            Verdict::Go => self.file.write(buffer),
            Verdict::Fail(error) => Err(error),
            Verdict::FailAfter(error) => {
                self.file.write_all(buffer)?;
                Err(error)
            }
            Verdict::Short(error) => {
                self.file.write_all(&buffer[..buffer.len() / 2])?;
                Err(error)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl LayerFile for FaultFile {
    fn sync(&mut self) -> io::Result<()> {
        let path = self.path.clone();
        let layer = self.layer.clone();
        layer.run(Step::Sync, &path, |state| {
            state.unsynced.remove(&self.number);
            Ok(())
        })
    }
}
