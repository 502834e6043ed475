//! What a store can be asked and told: logs, versions, and the data of a version.

use std::fmt;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;

use crate::card::Card;
use crate::catalog::{self, Catalogue};
use crate::entries::{LogEntry, LogId, Retention, VersionEntry, VersionNumber};
use crate::file_layer::{Disk, FileLayer};
use crate::folder::{self, HeldLock};
use crate::layout::{self, Layout};
use crate::manifest::{self, Manifest, ManifestLog};
use crate::names::{self, Name};
use crate::numbers::Numbers;
use crate::recovery::{self, OpenReport};
use crate::{format, problems};

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// The time now; uploads older than a day are removed.
    pub now: Timestamp,
    /// Threads for reading a log.
    pub threads: usize,
    /// How files are written.
    pub layer: Arc<dyn FileLayer>,
    /// Most pages (of 4 KiB) the catalogue may have; `None` for no other limit than the disk.
    pub catalogue_pages_max: Option<u32>,
}

impl StoreOptions {
    /// The real disk, without a limit of its own.
    #[must_use]
    pub fn new(now: Timestamp, threads: usize) -> Self {
        StoreOptions { now, threads, layer: Arc::new(Disk), catalogue_pages_max: None }
    }
}

/// The data folder, open in this process and in no other.
pub struct Store {
    pub(crate) layout: Layout,
    pub(crate) layer: Arc<dyn FileLayer>,
    threads: usize,
    catalogue: Mutex<Catalogue>,
    /// Held while the versions of a log change; files are written before it is taken.
    switch: Mutex<()>,
    pub(crate) numbers: Numbers,
    /// Numbers the folders in `work/`.
    pub(crate) work_number: AtomicU64,
    notes: Mutex<Vec<Sentence>>,
    /// Released when the store is dropped, after everything else.
    _lock: HeldLock,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("folder", &self.layout.folder()).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store in a folder, or makes one in a new or empty folder. Clears away what an
    /// interrupted process left; the report says what was found.
    ///
    /// # Errors
    /// The folder is a file, belongs to something else, cannot be written, is of a later format,
    /// or is in use by another process.
    pub fn open(folder: &Path, options: StoreOptions) -> Result<(Store, OpenReport), Problem> {
        let absolute =
            std::path::absolute(folder).map_err(|error| problems::unreadable(folder, &error))?;
        let layout = Layout::new(absolute);
        let (lock, claim) = folder::claim(&layout, &*options.layer)?;
        recovery::make_folders(&layout, &*options.layer)?;
        let mut report = OpenReport::of(claim);
        let catalogue = recovery::open_catalogue(&layout, &options, &mut report)?;
        let numbers = Numbers::read(&layout, &mut report);
        let store = Store {
            layout,
            layer: options.layer,
            threads: options.threads.max(1),
            catalogue: Mutex::new(catalogue),
            switch: Mutex::new(()),
            numbers,
            work_number: AtomicU64::new(1),
            notes: Mutex::default(),
            _lock: lock,
        };
        recovery::recover(&store, options.now, &mut report)?;
        Ok((store, report))
    }

    /// The data folder, as an absolute path.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.layout.folder()
    }

    /// What went wrong since the start without harm to any version, for the operator.
    #[must_use]
    pub fn notes(&self) -> Vec<Sentence> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All logs, by name.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn logs(&self) -> Result<Vec<LogEntry>, Problem> {
        catalog::logs::all(self.catalogue().reader())
    }

    /// One log.
    ///
    /// # Errors
    /// It does not exist.
    pub fn log(&self, log: LogId) -> Result<LogEntry, Problem> {
        catalog::logs::get(self.catalogue().reader(), log)
    }

    /// The log of a name; case and composition of the letters do not matter.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn find(&self, name: &str) -> Result<Option<LogEntry>, Problem> {
        catalog::logs::find(self.catalogue().reader(), &names::key_of(name))
    }

    /// The versions of a log, the newest first.
    ///
    /// # Errors
    /// The log does not exist.
    pub fn versions(&self, log: LogId) -> Result<Vec<VersionEntry>, Problem> {
        let catalogue = self.catalogue();
        catalog::logs::get(catalogue.reader(), log)?;
        catalog::versions::all(catalogue.reader(), log)
    }

    /// One version.
    ///
    /// # Errors
    /// It does not exist.
    pub fn version(&self, log: LogId, number: VersionNumber) -> Result<VersionEntry, Problem> {
        let catalogue = self.catalogue();
        catalog::logs::get(catalogue.reader(), log)?;
        catalog::versions::get(catalogue.reader(), log, number)
    }

    /// A new log without a version.
    ///
    /// # Errors
    /// The name is taken or cannot be used, or the disk does not allow it.
    pub fn create_log(&self, name: &str, now: Timestamp) -> Result<LogId, Problem> {
        let name = Name::of_log(name)?;
        let _switch = self.switch();
        let log = self.change(|transaction| {
            refuse_taken(transaction, &name, None)?;
            let last = catalog::logs::last_number(transaction)?.max(self.numbers.last_log());
            let log = LogId(last.saturating_add(1));
            self.numbers.give_log(self, log)?;
            catalog::logs::insert(transaction, log, &name.name, &name.key, now)?;
            let path = self.layout.log(log);
            if path.exists() {
                self.remove_folder(&path)?;
            }
            self.layer
                .create_folder(&path)
                .and_then(|()| self.layer.sync_folder(&self.layout.logs()))
                .map_err(|error| problems::unwritable(&path, &error))?;
            Ok(log)
        })?;
        self.write_card(log);
        Ok(log)
    }

    /// Another name for a log.
    ///
    /// # Errors
    /// The log does not exist, or the name is taken or cannot be used.
    pub fn rename(&self, log: LogId, name: &str) -> Result<(), Problem> {
        let name = Name::of_log(name)?;
        let _switch = self.switch();
        self.change(|transaction| {
            catalog::logs::get(transaction, log)?;
            refuse_taken(transaction, &name, Some(log))?;
            catalog::logs::rename(transaction, log, &name.name, &name.key)
        })?;
        self.write_card(log);
        Ok(())
    }

    /// Another rule of which versions stay; it takes effect with [`Store::apply_retention`].
    ///
    /// # Errors
    /// The log does not exist, or the rule would keep nothing.
    pub fn set_retention(&self, log: LogId, retention: Retention) -> Result<(), Problem> {
        if retention.keep_versions == Some(0) || retention.keep_days == Some(0) {
            return Err(Problem::new(
                ErrorCode::InvalidParameters,
                say!("At least one version or one day is kept; 0 is no rule."),
            )
            .in_parameter("retention")
            .with_hint(say!("Leave the rule out to keep everything.")));
        }
        let _switch = self.switch();
        self.change_with_reserve(|transaction| {
            catalog::logs::get(transaction, log)?;
            catalog::logs::set_retention(transaction, log, retention)
        })?;
        self.write_card(log);
        self.keep_reserve();
        Ok(())
    }

    /// Makes a version of the log the current one.
    ///
    /// # Errors
    /// The version does not exist or is damaged.
    pub fn roll_back(&self, log: LogId, number: VersionNumber) -> Result<(), Problem> {
        let _switch = self.switch();
        self.change_with_reserve(|transaction| {
            catalog::logs::get(transaction, log)?;
            let version = catalog::versions::get(transaction, log, number)?;
            refuse_damaged(&version)?;
            catalog::logs::set_current(transaction, log, Some(number))
        })?;
        self.write_card(log);
        self.keep_reserve();
        Ok(())
    }

    /// Keeps a version until it is unpinned, or no longer.
    ///
    /// # Errors
    /// The version does not exist.
    pub fn pin(&self, log: LogId, number: VersionNumber, pinned: bool) -> Result<(), Problem> {
        let _switch = self.switch();
        self.change_with_reserve(|transaction| {
            catalog::logs::get(transaction, log)?;
            catalog::versions::get(transaction, log, number)?;
            catalog::versions::set_pinned(transaction, log, number, pinned)
        })?;
        self.write_card(log);
        self.keep_reserve();
        Ok(())
    }

    /// The log of a case notion in a version: ids, activities and times are read now, attributes
    /// when they are asked for. Whatever is read is compared with its hash before it is used.
    ///
    /// # Errors
    /// The version does not exist, has no log for the notion, or is damaged.
    pub fn open_log(
        &self,
        log: LogId,
        number: VersionNumber,
        notion: CaseNotion,
    ) -> Result<EventLog, Problem> {
        self.read_version(log, number, |folder, manifest| {
            let stored = log_of(&manifest, notion)?;
            let own = serde_json::from_str(stored.stored.get())
                .map_err(|error| Unread::Damaged(Sentence::from(format!("{error}."))))?;
            let opened = format::v1::open_log(folder, &stored.prefix, &own, self.threads);
            opened.map_err(|problem| match problem.code {
                ErrorCode::DamagedFile => Unread::Damaged(problem.to_sentence()),
                _ => Unread::Refused(problem),
            })
        })
    }

    /// The import report of a version, as JSON.
    ///
    /// # Errors
    /// The version does not exist or is damaged.
    pub fn report(&self, log: LogId, number: VersionNumber) -> Result<String, Problem> {
        self.small_file(log, number, layout::REPORT)
    }

    /// The import settings of a version, as JSON.
    ///
    /// # Errors
    /// The version does not exist or is damaged.
    pub fn settings(&self, log: LogId, number: VersionNumber) -> Result<String, Problem> {
        self.small_file(log, number, layout::SETTINGS)
    }

    /// Reads every file of a version and compares it with what was written. A version that does
    /// not pass is marked as damaged.
    ///
    /// # Errors
    /// The version does not exist or is damaged.
    pub fn verify(&self, log: LogId, number: VersionNumber) -> Result<(), Problem> {
        self.read_version(log, number, |folder, manifest| {
            let files: Vec<_> = manifest.files.iter().collect();
            manifest::verify_hashes(folder, &files, self.threads).map_err(Unread::Damaged)
        })
    }

    /// The manifest of a version that is not known to be damaged.
    pub(crate) fn manifest(&self, log: LogId, number: VersionNumber) -> Result<Manifest, Problem> {
        self.read_version(log, number, |_, manifest| Ok(manifest))
    }

    fn small_file(&self, log: LogId, number: VersionNumber, name: &str) -> Result<String, Problem> {
        self.read_version(log, number, |folder, manifest| {
            let file = manifest
                .file(name)
                .ok_or_else(|| Unread::Damaged(say!("its manifest does not list {name}.", name)))?;
            manifest::verify_hashes(folder, &[file], 1).map_err(Unread::Damaged)?;
            let path = folder.join(name);
            std::fs::read_to_string(&path)
                .map_err(|error| Unread::Refused(problems::unreadable(&path, &error)))
        })
    }

    /// Reads something of a version that is not known to be damaged. What seems damaged is read
    /// once more while no deletion is under way: a deletion takes the folder away before the
    /// catalogue knows of it, and brings it back if it fails.
    fn read_version<T>(
        &self,
        log: LogId,
        number: VersionNumber,
        read: impl Fn(&Path, Manifest) -> Result<T, Unread>,
    ) -> Result<T, Problem> {
        let attempt = || {
            let (version, hash) = {
                let catalogue = self.catalogue();
                catalog::logs::get(catalogue.reader(), log)?;
                let version = catalog::versions::get(catalogue.reader(), log, number)?;
                (version, catalog::versions::manifest_hash(catalogue.reader(), log, number)?)
            };
            refuse_damaged(&version)?;
            let folder = self.layout.version(log, number);
            let manifest = manifest::verify_lengths(&folder, log, number, &hash);
            read(&folder, manifest.map_err(Unread::Damaged)?)
        };
        match attempt() {
            Ok(value) => return Ok(value),
            Err(Unread::Refused(problem)) => return Err(problem),
            Err(Unread::Damaged(_)) => {}
        }
        let _switch = self.switch();
        match attempt() {
            Ok(value) => Ok(value),
            Err(Unread::Refused(problem)) => Err(problem),
            Err(Unread::Damaged(reason)) => {
                // What cannot be noted now is found again by whoever reads next.
                let _ = self.change(|transaction| {
                    catalog::versions::set_damaged(transaction, log, number, Some(&reason))
                });
                Err(problems::damaged(log, number, &reason))
            }
        }
    }

    /// What to say of a failure that a deletion may have caused: that the log, or the version, is
    /// gone where it is, else the failure itself. Waits for a deletion that is under way.
    #[must_use]
    pub fn explain(&self, problem: Problem, log: LogId, number: Option<VersionNumber>) -> Problem {
        if problem.code == ErrorCode::Cancelled {
            return problem;
        }
        let _switch = self.switch();
        let found = match number {
            Some(number) => self.version(log, number).map(|_| ()),
            None => self.log(log).map(|_| ()),
        };
        match found {
            Err(gone) if is_gone(&gone) => gone,
            _ => problem,
        }
    }

    pub(crate) fn catalogue(&self) -> MutexGuard<'_, Catalogue> {
        self.catalogue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn switch(&self) -> MutexGuard<'_, ()> {
        self.switch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the catalogue in one transaction and settles it.
    pub(crate) fn change<T>(
        &self,
        change: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let mut catalogue = self.catalogue();
        let value = catalogue.change(change)?;
        catalogue.settle();
        Ok(value)
    }

    pub(crate) fn remove_folder(&self, path: &Path) -> Result<(), Problem> {
        self.layer.remove_folder(path).map_err(|error| problems::unwritable(path, &error))
    }

    /// Brings the card of a log up to date. The change itself is safe in the catalogue, so a card
    /// that cannot be written is only noted; the next start writes it.
    pub(crate) fn write_card(&self, log: LogId) {
        let card = Card::of(self.catalogue().reader(), log);
        if let Err(problem) = card.and_then(|card| card.write(&self.layout, &*self.layer)) {
            self.note(say!(
                "The copy of the entry of log {log} was not written: {problem}",
                log = log.to_string(),
                problem
            ));
        }
    }

    pub(crate) fn note_once(&self, note: Sentence) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    pub(crate) fn note(&self, note: Sentence) {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }
}

/// Why something of a version could not be read.
enum Unread {
    /// Its files are not what was published; the end of a sentence that begins with the version.
    Damaged(Sentence),
    /// For another reason.
    Refused(Problem),
}

impl From<Problem> for Unread {
    fn from(problem: Problem) -> Self {
        Unread::Refused(problem)
    }
}

/// What a manifest says about the log of a notion.
fn log_of(manifest: &Manifest, notion: CaseNotion) -> Result<&ManifestLog, Problem> {
    manifest.logs.iter().find(|stored| stored.notion == notion).ok_or_else(|| {
        let known: Vec<&str> = manifest.notions().into_iter().map(manifest::prefix_of).collect();
        let wanted = manifest::prefix_of(notion);
        Problem::new(
            ErrorCode::InvalidParameters,
            say!(
                "Version {number} of log {log} has no log of the notion \"{wanted}\".",
                number = manifest.number.to_string(),
                log = manifest.log.to_string(),
                wanted
            ),
        )
        .in_parameter("notion")
        .with_hint(say!("It has: {known}.", known))
    })
}

/// Whether the problem is that there is no such log or version.
fn is_gone(problem: &Problem) -> bool {
    matches!(problem.code, ErrorCode::LogNotFound | ErrorCode::VersionNotFound)
}

fn refuse_taken(
    connection: &rusqlite::Connection,
    name: &Name,
    except: Option<LogId>,
) -> Result<(), Problem> {
    match catalog::logs::find(connection, &name.key)? {
        Some(taken) if Some(taken.id) != except => {
            let taken = taken.name;
            Err(Problem::new(
                ErrorCode::LogExists,
                say!("There is a log named \"{taken}\" already.", taken),
            )
            .in_parameter("name")
            .with_hint(say!("Choose another name, or add to the log that is there.")))
        }
        _ => Ok(()),
    }
}

fn refuse_damaged(version: &VersionEntry) -> Result<(), Problem> {
    match &version.damaged {
        Some(reason) => Err(problems::damaged(version.log, version.number, reason)),
        None => Ok(()),
    }
}
