//! Which logs are open, and which answers are known? The store with what was read of it lately.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use paydirt_engine::across::other_version;
use paydirt_engine::analysis::Analysis;
use paydirt_engine::cache::AnswerCache;
use paydirt_engine::limits::{OTHER_VERSIONS_MAX, too_many_versions};
use paydirt_engine::run::{OtherLogs, RunOptions};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use paydirt_recipe::computed::{has_computed, with_computed};
use paydirt_store::entries::JobRecord;
pub use paydirt_store::entries::{LogId, VersionNumber, ViewId};
use paydirt_store::store::{Store, StoreOptions};
pub use paydirt_store::uploads::Upload;

use crate::analyse::Running;
use crate::catalogue::{Log, Version, parse_version_id, version_id};
use crate::jobs::{Job, JobKeeper, JobState};
use crate::library::LoadedLibrary;
use crate::process_settings;
use crate::stored_import::InputFile;
use crate::turns::Turns;
pub use crate::upload_use::UploadUse;
use crate::upload_use::UploadsInUse;

/// How much a workspace keeps in memory.
#[derive(Debug, Clone, Copy)]
pub struct WorkspaceLimits {
    /// Most bytes of open logs; the least recently used are closed. The one in use stays.
    pub open_log_bytes: usize,
    /// Most bytes of answers.
    pub answer_bytes: usize,
    /// Threads for reading a log.
    pub threads: usize,
}

impl WorkspaceLimits {
    /// 4 GiB of logs and 256 MiB of answers.
    #[must_use]
    pub fn standard(threads: usize) -> Self {
        WorkspaceLimits { open_log_bytes: 4 << 30, answer_bytes: 256 << 20, threads }
    }
}

/// The data of a folder, open.
pub struct Workspace {
    store: Arc<Store>,
    notes: Vec<Sentence>,
    clock: fn() -> Timestamp,
    open: Mutex<OpenLogs>,
    answers: AnswerCache,
    limits: WorkspaceLimits,
    hits: AtomicU64,
    misses: AtomicU64,
    turns: Turns,
    uploads_in_use: UploadsInUse,
    library: OnceLock<Arc<LoadedLibrary>>,
}

type LogKey = (LogId, VersionNumber, CaseNotion);

/// The open logs, the least recently used first.
#[derive(Default)]
struct OpenLogs {
    logs: Vec<(LogKey, Arc<OpenLog>)>,
}

/// A log that is open or being opened.
#[derive(Default)]
struct OpenLog {
    log: Mutex<Option<Arc<EventLog>>>,
    /// The log with its computed attributes.
    seen: Mutex<Option<SeenLog>>,
}

/// A log with the attributes that are computed of it, as it was asked for last.
struct SeenLog {
    /// The version of the settings; `None` where nothing is computed, whatever they are.
    settings: Option<u64>,
    log: Arc<EventLog>,
}

/// What the workspace has in memory, for whoever watches the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkspaceFacts {
    /// Open logs.
    pub open_logs: usize,
    /// Bytes of open logs.
    pub open_log_bytes: usize,
    /// Answers that were known.
    pub answer_hits: u64,
    /// Answers that had to be computed.
    pub answer_misses: u64,
}

impl Workspace {
    /// Opens the folder, making an empty one where there is none.
    ///
    /// # Errors
    /// Another process has it open, it is of another release, or it cannot be read or written.
    pub fn open(
        folder: &Path,
        clock: fn() -> Timestamp,
        limits: WorkspaceLimits,
    ) -> Result<Workspace, Problem> {
        let (store, report) = Store::open(folder, StoreOptions::new(clock(), limits.threads))?;
        store.interrupt_jobs(clock())?;
        Ok(Workspace {
            store: Arc::new(store),
            notes: report.notes,
            clock,
            open: Mutex::default(),
            answers: AnswerCache::new(limits.answer_bytes),
            limits,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            turns: Turns::default(),
            uploads_in_use: UploadsInUse::default(),
            library: OnceLock::new(),
        })
    }

    /// The library by which files are recognised: the one given, else the one in the program.
    #[must_use]
    pub fn library(&self) -> &Arc<LoadedLibrary> {
        self.library.get_or_init(|| Arc::new(LoadedLibrary::load(None)))
    }

    /// Gives it a library, before it is asked for one.
    pub fn use_library(&self, library: LoadedLibrary) {
        let _ = self.library.set(Arc::new(library));
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The uploads that jobs need.
    pub(crate) fn uploads_in_use(&self) -> &UploadsInUse {
        &self.uploads_in_use
    }

    /// The lines of the imports in front of the logs.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    /// The time by the clock of the workspace.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The clock of the workspace.
    #[must_use]
    pub fn clock(&self) -> fn() -> Timestamp {
        self.clock
    }

    /// What opening the folder found and mended, and what went wrong since without harm.
    #[must_use]
    pub fn notes(&self) -> Vec<Sentence> {
        let mut notes = self.notes.clone();
        notes.extend(self.store.notes());
        notes
    }

    /// The folder for things that are being written; every start empties it.
    #[must_use]
    pub fn work_folder(&self) -> PathBuf {
        self.store.folder().join("work")
    }

    /// A place for a file that is going to be sent.
    ///
    /// # Errors
    /// The name is no name of a file, or the disk does not allow it.
    pub fn new_upload(&self, name: &str) -> Result<Upload, Problem> {
        self.store.new_upload(name, self.now())
    }

    /// A file that was sent.
    ///
    /// # Errors
    /// There is no such upload.
    pub fn uploaded(&self, id: u64) -> Result<InputFile, Problem> {
        let upload = self.store.upload(id)?;
        Ok(InputFile { path: upload.path, name: upload.name })
    }

    /// The jobs of earlier runs.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn known_jobs(&self) -> Result<Vec<Job>, Problem> {
        let known = self.store.jobs()?;
        Ok(known.iter().filter_map(restored).collect())
    }

    /// What is in memory.
    #[must_use]
    pub fn facts(&self) -> WorkspaceFacts {
        let open: Vec<Arc<OpenLog>> =
            self.lock().logs.iter().map(|(_, open)| Arc::clone(open)).collect();
        WorkspaceFacts {
            open_logs: open.len(),
            open_log_bytes: open.iter().map(|open| open.bytes()).sum(),
            answer_hits: self.hits.load(Ordering::Relaxed),
            answer_misses: self.misses.load(Ordering::Relaxed),
        }
    }

    /// Every log, in the order of the names.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn logs(&self) -> Result<Vec<Log>, Problem> {
        self.store.logs()?.iter().map(|entry| self.told(entry)).collect()
    }

    /// One log.
    ///
    /// # Errors
    /// There is no such log.
    pub fn log(&self, log: LogId) -> Result<Log, Problem> {
        self.told(&self.store.log(log)?)
    }

    fn told(&self, entry: &paydirt_store::entries::LogEntry) -> Result<Log, Problem> {
        let current = match entry.current {
            Some(number) => Some(self.store.version(entry.id, number)?),
            None => None,
        };
        Ok(Log::of(entry, current.as_ref()))
    }

    /// The log of a name, or of a number.
    ///
    /// # Errors
    /// There is no such log.
    pub fn find(&self, name: &str) -> Result<LogId, Problem> {
        if let Some(entry) = self.store.find(name)? {
            return Ok(entry.id);
        }
        let names: Vec<String> = self.store.logs()?.into_iter().map(|entry| entry.name).collect();
        let problem =
            Problem::new(ErrorCode::LogNotFound, say!("There is no log \"{name}\".", name));
        Err(problem.with_hint(if names.is_empty() {
            say!("There are no logs yet; importing a file makes one.")
        } else {
            say!("There are: {names}.", names)
        }))
    }

    /// The versions of a log, the newest first.
    ///
    /// # Errors
    /// There is no such log.
    pub fn versions(&self, log: LogId) -> Result<Vec<Version>, Problem> {
        let mut versions: Vec<Version> =
            self.store.versions(log)?.iter().map(Version::of).collect();
        versions.sort_by_key(|version| std::cmp::Reverse(version.number));
        Ok(versions)
    }

    /// One version.
    ///
    /// # Errors
    /// There is no such version.
    pub fn version(&self, log: LogId, number: VersionNumber) -> Result<Version, Problem> {
        Ok(Version::of(&self.store.version(log, number)?))
    }

    /// The version that is meant: the one named, else the current one.
    ///
    /// # Errors
    /// There is no such log, or it has no version yet.
    pub fn resolve(
        &self,
        log: LogId,
        number: Option<VersionNumber>,
    ) -> Result<VersionNumber, Problem> {
        let entry = self.store.log(log)?;
        let name = &entry.name;
        number.or(entry.current).ok_or_else(|| {
            let detail = say!("The log \"{name}\" has no version yet.", name);
            Problem::new(ErrorCode::VersionNotFound, detail).with_hint(say!(
                "Import a file into it, or roll back to a version that can be read."
            ))
        })
    }

    /// A log, read from the store where it is not open already.
    ///
    /// # Errors
    /// There is no such version or notion, or its files are damaged.
    pub fn open_log(
        &self,
        log: LogId,
        number: VersionNumber,
        notion: CaseNotion,
    ) -> Result<Arc<EventLog>, Problem> {
        let key = (log, number, notion);
        let open = self.lock().entry(key);
        let mut slot = open.log.lock().expect("no thread panics while it opens a log");
        if let Some(known) = &*slot {
            return Ok(Arc::clone(known));
        }
        match self.store.open_log(log, number, notion) {
            Ok(read) => {
                let read = Arc::new(read);
                *slot = Some(Arc::clone(&read));
                drop(slot);
                self.close_unused(key);
                Ok(read)
            }
            Err(problem) => {
                drop(slot);
                self.lock().logs.retain(|(known, _)| *known != key);
                Err(self.explain(problem, log, number))
            }
        }
    }

    /// A log with its computed attributes, by a version of the settings.
    ///
    /// # Errors
    /// There is no such version of the settings; or as [`Workspace::open_log`].
    pub fn open_seen(
        &self,
        (log, number, notion): (LogId, VersionNumber, CaseNotion),
        settings: Option<u64>,
    ) -> Result<Arc<EventLog>, Problem> {
        let base = self.open_log(log, number, notion)?;
        let open = self.lock().entry((log, number, notion));
        let mut slot = open.seen.lock().expect("no thread panics while it looks formulas up");
        if let Some(seen) = slot.as_ref().filter(|seen| seen.settings.is_none()) {
            return Ok(Arc::clone(&seen.log));
        }
        let settings = match settings {
            Some(settings) => settings,
            None => self.store.chosen_number(log)?,
        };
        if let Some(seen) = slot.as_ref().filter(|seen| seen.settings == Some(settings)) {
            return Ok(Arc::clone(&seen.log));
        }
        let library = &self.library().library;
        let (settings, seen) = if has_computed(library, base.context()) {
            let chosen = process_settings::chosen_at(self, log, settings)?;
            (Some(settings), Arc::new(with_computed(&base, library, &chosen)))
        } else {
            (None, base)
        };
        *slot = Some(SeenLog { settings, log: Arc::clone(&seen) });
        Ok(seen)
    }

    /// Whether answers about a version change with the settings.
    ///
    /// # Errors
    /// As [`Workspace::open_log`].
    pub fn depends_on_settings(
        &self,
        log: LogId,
        number: VersionNumber,
        notion: CaseNotion,
    ) -> Result<bool, Problem> {
        let seen = self.open_seen((log, number, notion), None)?;
        Ok(seen.context().attributes.iter().any(|attribute| attribute.computed))
    }

    /// A failure to read a version, or that the version is gone where somebody has deleted it.
    pub(crate) fn explain(&self, problem: Problem, log: LogId, number: VersionNumber) -> Problem {
        if matches!(
            problem.code,
            ErrorCode::DamagedFile | ErrorCode::VersionDamaged | ErrorCode::FileUnreadable
        ) {
            return self.store.explain(problem, log, Some(number));
        }
        problem
    }

    /// Closes logs, the least recently used first, until the limit holds.
    fn close_unused(&self, in_use: LogKey) {
        let mut open = self.lock();
        let mut bytes: usize = open.logs.iter().map(|(_, open)| open.bytes()).sum();
        while self.limits.open_log_bytes < bytes {
            let Some(idx) = open.logs.iter().position(|(key, _)| *key != in_use) else { return };
            let (_, closed) = open.logs.remove(idx);
            bytes -= closed.bytes();
        }
    }

    /// Closes the logs of a version, or of every version, that is gone.
    pub(crate) fn forget(&self, log: LogId, number: Option<VersionNumber>) {
        let is_gone = |&(known, version, _): &LogKey| {
            known == log && number.is_none_or(|number| number == version)
        };
        self.lock().logs.retain(|(key, _)| !is_gone(key));
    }

    fn lock(&self) -> MutexGuard<'_, OpenLogs> {
        self.open.lock().expect("no thread panics while it holds the open logs")
    }

    /// The request with its versions spelled out: a log alone means its current version. What a
    /// tile names beside it stays as it is where there is no such version: that is the problem of
    /// the tile.
    ///
    /// # Errors
    /// There is no such version as that of the request.
    pub fn spelled_out(&self, mut analysis: Analysis) -> Result<Analysis, Problem> {
        let (log, number) = parse_version_id(&analysis.version)?;
        let number = self.resolve(log, number)?;
        self.store.version(log, number)?;
        analysis.version = version_id(log, number);
        for tile in &mut analysis.tiles {
            let Some(other) = other_version(tile).map(str::to_owned) else { continue };
            if let Ok((log, number)) = self.other(&other) {
                tile.params["b_version"] = version_id(log, number).into();
            }
        }
        self.with_settings(analysis)
    }

    /// The request with the versions of the settings spelled out, where any was ever chosen.
    fn with_settings(&self, mut analysis: Analysis) -> Result<Analysis, Problem> {
        let newest = |version: &str| {
            let (log, _) = parse_version_id(version)?;
            Ok::<_, Problem>(Some(self.store.chosen_number(log)?).filter(|number| *number > 0))
        };
        if analysis.settings.is_none() {
            analysis.settings = newest(&analysis.version)?;
        }
        for name in analysis.tiles.iter().filter_map(other_version) {
            if !analysis.other_settings.contains_key(name)
                && let Ok(Some(number)) = newest(name)
            {
                analysis.other_settings.insert(name.to_owned(), number);
            }
        }
        Ok(analysis)
    }

    /// The answer to a request whose version is spelled out, told in a language, where it is known
    /// already.
    #[must_use]
    pub fn known_answer(&self, analysis: &Analysis, language: Language) -> Option<Arc<[u8]>> {
        let known = self.answers.known_in(language, analysis)?;
        self.hits.fetch_add(1, Ordering::Relaxed);
        Some(known)
    }

    /// The version that a question names beside that of its request.
    fn other(&self, name: &str) -> Result<(LogId, VersionNumber), Problem> {
        let found = parse_version_id(name).and_then(|(log, number)| {
            let number = self.resolve(log, number)?;
            self.store.version(log, number)?;
            Ok((log, number))
        });
        found.map_err(|problem| problem.in_parameter("b_version"))
    }

    /// The logs of the versions that questions name beside that of their request, or why one
    /// cannot be asked.
    fn other_logs(&self, analysis: &Analysis) -> OtherLogs {
        let mut others = OtherLogs::new();
        let mut open_count = 0;
        for name in analysis.tiles.iter().filter_map(other_version) {
            if others.contains_key(name) {
                continue;
            }
            let found = self.other(name).and_then(|(log, number)| {
                if open_count == OTHER_VERSIONS_MAX {
                    return Err(too_many_versions());
                }
                open_count += 1;
                let settings = analysis.other_settings.get(name).copied();
                self.open_seen((log, number, analysis.notion), settings)
            });
            others.insert(name.to_owned(), found);
        }
        others
    }

    /// The answer to a request whose version is spelled out, as JSON told in a language.
    ///
    /// # Errors
    /// There is no such version, a filter is not valid, a limit is exceeded, or the run was
    /// cancelled.
    pub fn analyse(
        &self,
        analysis: &Analysis,
        language: Language,
        running: Running<'_>,
    ) -> Result<Arc<[u8]>, Problem> {
        let (log, number) = parse_version_id(&analysis.version)?;
        let number = self.resolve(log, number)?;
        let analysis = &self.with_settings(analysis.clone())?;
        let open = self.open_seen((log, number, analysis.notion), analysis.settings)?;
        self.misses.fetch_add(1, Ordering::Relaxed);
        let Running { threads, cancelled, progress } = running;
        let options = RunOptions { threads, cancelled, progress };
        let others = self.other_logs(analysis);
        let answer = self
            .answers
            .answer_beside(language, (&open, &others), analysis, &options)
            .map_err(|problem| self.explain(problem, log, number))?;
        self.close_unused((log, number, analysis.notion));
        Ok(answer)
    }
}

/// A job as it was kept, with the state that the start has given it.
fn restored(record: &JobRecord) -> Option<Job> {
    let mut job: Job = serde_json::from_str(&record.json).ok()?;
    let state: JobState = serde_json::from_value(record.state.clone().into()).ok()?;
    if state != job.state {
        job.state = state;
        job.finished_at = Some(record.updated_at.to_string());
    }
    Some(job)
}

/// Keeps jobs in the store of a workspace.
#[must_use]
pub fn job_keeper(workspace: &Arc<Workspace>) -> Arc<dyn JobKeeper> {
    Arc::new(StoredJobs(Arc::clone(workspace)))
}

struct StoredJobs(Arc<Workspace>);

impl JobKeeper for StoredJobs {
    fn new_id(&self) -> Result<u64, Problem> {
        self.0.store.new_job_id()
    }

    fn keep(&self, job: &Job, now: Timestamp) -> Result<(), Problem> {
        let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let plain = "a job is plain data";
        self.0.store.save_job(&JobRecord {
            id: job.id,
            kind: word(serde_json::to_value(job.kind).expect(plain)),
            state: word(serde_json::to_value(job.state).expect(plain)),
            json: serde_json::to_string(&job.clone().kept_untold()).expect(plain),
            created_at: Timestamp::parse(&job.created_at).unwrap_or(now),
            updated_at: now,
        })
    }
}

impl OpenLogs {
    /// The slot of a log, now the most recently used.
    fn entry(&mut self, key: LogKey) -> Arc<OpenLog> {
        let known = self.logs.iter().position(|(known, _)| *known == key);
        let entry = match known {
            Some(idx) => self.logs.remove(idx),
            None => (key, Arc::default()),
        };
        let open = Arc::clone(&entry.1);
        self.logs.push(entry);
        open
    }
}

impl OpenLog {
    /// Memory of the log; nothing while it is being opened.
    fn bytes(&self) -> usize {
        let Ok(slot) = self.log.try_lock() else { return 0 };
        let seen = self.seen.try_lock().ok();
        let seen = seen.as_deref().and_then(Option::as_ref);
        slot.as_ref().map_or(0, |log| log.memory_bytes())
            + seen.map_or(0, |seen| seen.log.computed_memory_bytes())
    }
}
