//! How a version comes to be: written aside, moved into its place, made current by one switch.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::catalog;
use crate::entries::{LogId, NewVersion, VersionEntry, VersionNumber};
use crate::layout::{self, Numbered};
use crate::manifest::{Manifest, ManifestLog, VERSION_FORMAT, marker_of, prefix_of};
use crate::new_file::{FileEntry, FileList, create, hash_of, write_whole};
use crate::running::Running;
use crate::store::Store;
use crate::{format, problems};

impl Store {
    /// Writes a version and makes it the current one. Until the last step the log is as it was;
    /// after any failure nothing of the version stays, at the latest after the next start.
    ///
    /// # Errors
    /// The log does not exist, the parent is no longer its current version, the disk does not
    /// allow it, or the work was cancelled.
    ///
    /// # Panics
    /// There is no log, or two are of the same notion.
    pub fn publish(
        &self,
        version: &NewVersion<'_>,
        running: &Running<'_>,
    ) -> Result<VersionEntry, Problem> {
        assert!(!version.logs.is_empty(), "a version has a main log");
        self.refuse_outdated(version)?;
        let work = WorkFolder::create(self)?;
        let files = FileList::default();
        let logs = self.write_logs(version, running, &work.path, &files)?;
        for (name, text) in [(layout::REPORT, version.report), (layout::SETTINGS, version.settings)]
        {
            write_whole(&*self.layer, &work.path, name, &files, text.as_bytes())?;
        }
        running.check()?;
        self.link_unchanged(version, &work.path, &files.sorted())?;
        running.check()?;
        let _switch = self.switch();
        self.refuse_outdated(version)?;
        let number = self.next_number(version.log)?;
        let manifest = self.describe(version, number, logs, files.sorted())?;
        let hash = self.write_manifest(&work.path, &manifest)?;
        self.numbers.give_version(self, version.log, number)?;
        self.move_into_place(version.log, number, &work.path)?;
        if let Err(problem) = self.switch_to(&manifest, &hash) {
            self.withdraw(version.log, number);
            return Err(problem);
        }
        self.mark_published(version.log, number, &hash);
        self.catalogue().settle();
        self.write_card(version.log);
        self.keep_reserve();
        self.version(version.log, number)
    }

    fn refuse_outdated(&self, version: &NewVersion<'_>) -> Result<(), Problem> {
        let current = self.log(version.log)?.current;
        if current == version.parent {
            return Ok(());
        }
        let detail = match (version.parent, current) {
            (Some(parent), Some(current)) => say!(
                "The new version was made from version {parent}, but version {current} is the \
                 current one by now. Nothing was changed.",
                parent = parent.to_string(),
                current = current.to_string()
            ),
            (None, Some(current)) => say!(
                "The new version was made for a log without versions, but version {current} is \
                 the current one by now. Nothing was changed.",
                current = current.to_string()
            ),
            (Some(parent), None) => say!(
                "The new version was made from version {parent}, but the log has no current \
                 version any more. Nothing was changed.",
                parent = parent.to_string()
            ),
            (None, None) => return Ok(()),
        };
        Err(Problem::new(ErrorCode::LogChanged, detail).with_hint(say!("Start again.")))
    }

    fn write_logs(
        &self,
        version: &NewVersion<'_>,
        running: &Running<'_>,
        folder: &Path,
        files: &FileList,
    ) -> Result<Vec<ManifestLog>, Problem> {
        let create = |name: &str| create(&*self.layer, folder, name, files);
        let total: u64 = version.logs.iter().map(|log| log.context().event_count).sum();
        let mut before = 0;
        let told = Mutex::new(0);
        let mut logs: Vec<ManifestLog> = Vec::with_capacity(version.logs.len());
        for log in version.logs {
            let LogContext { notion, event_count, .. } = **log.context();
            assert!(logs.iter().all(|one| one.notion != notion), "one log for each notion");
            let prefix = prefix_of(notion);
            let progress = |done: u64, of: u64| {
                let share = u128::from(event_count) * u128::from(done) / u128::from(of.max(1));
                let now = before + u64::try_from(share).unwrap_or(event_count);
                // Threads may come out of turn; what is told never goes back.
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                if *told < now {
                    *told = now;
                    (running.progress)(now, total);
                }
            };
            let part = Running { progress: &progress, ..*running };
            let stored = format::v1::write_log(log, prefix, &create, &part)?;
            let stored = serde_json::value::to_raw_value(&stored).map_err(|error| {
                Problem::new(
                    ErrorCode::Internal,
                    say!("The log was not described: {error}.", error = error.to_string()),
                )
            })?;
            logs.push(ManifestLog { notion, prefix: prefix.to_owned(), stored });
            before += event_count;
        }
        (running.progress)(total, total);
        Ok(logs)
    }

    /// Files that are byte for byte those of the parent become second names of the parent's.
    /// Where that is not possible the version keeps its own.
    fn link_unchanged(
        &self,
        version: &NewVersion<'_>,
        work: &Path,
        files: &[FileEntry],
    ) -> Result<(), Problem> {
        let Some(parent) = version.parent else { return Ok(()) };
        let Ok(manifest) = self.manifest(version.log, parent) else { return Ok(()) };
        let folder = self.layout.version(version.log, parent);
        for file in files {
            let known = manifest
                .files
                .iter()
                .find(|known| known.hash == file.hash && known.bytes == file.bytes);
            let Some(known) = known else { continue };
            let (theirs, ours) = (folder.join(&known.name), work.join(&file.name));
            if !same_bytes(&theirs, &ours) {
                continue;
            }
            let name = &file.name;
            let link = work.join(format!("{name}{}", layout::NEW));
            let settled = match self.layer.link(&theirs, &link) {
                Ok(()) => self.layer.rename(&link, &ours),
                // Some disks fail and have done it all the same.
                Err(_) if link.exists() => self.layer.remove_file(&link),
                Err(_) => Ok(()),
            };
            settled.map_err(|error| problems::unwritable(&ours, &error))?;
        }
        Ok(())
    }

    /// Above every number that was given and every folder that is there.
    fn next_number(&self, log: LogId) -> Result<VersionNumber, Problem> {
        let mut next = catalog::logs::next_version(self.catalogue().reader(), log)?;
        next = next.max(self.numbers.last_version(log).saturating_add(1));
        let folder = self.layout.log(log);
        let entries =
            std::fs::read_dir(&folder).map_err(|error| problems::unreadable(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| problems::unreadable(&folder, &error))?;
            match entry.file_name().to_str().and_then(Numbered::parse) {
                Some(
                    Numbered::Live(number) | Numbered::Deleted(number) | Numbered::Damaged(number),
                ) => {
                    next = next.max(number.saturating_add(1));
                }
                None => {}
            }
        }
        Ok(VersionNumber(next))
    }

    fn describe(
        &self,
        version: &NewVersion<'_>,
        number: VersionNumber,
        logs: Vec<ManifestLog>,
        files: Vec<FileEntry>,
    ) -> Result<Manifest, Problem> {
        let context = version.logs[0].context();
        Ok(Manifest {
            format: VERSION_FORMAT,
            log: version.log,
            log_name: self.log(version.log)?.name,
            number,
            parent: version.parent,
            action: version.action,
            source: version.source.to_owned(),
            created_at_us: version.created_at.as_us(),
            cases: context.case_count,
            events: context.event_count,
            first_event_us: context.first_event_at.map(|instant| instant.as_us()),
            last_event_us: context.last_event_at.map(|instant| instant.as_us()),
            logs,
            files,
        })
    }

    /// Writes the manifest as the last file; its hash stands for the whole version.
    fn write_manifest(&self, work: &Path, manifest: &Manifest) -> Result<String, Problem> {
        let json = serde_json::to_vec(manifest).map_err(|error| {
            Problem::new(
                ErrorCode::Internal,
                say!("The manifest was not written: {error}.", error = error.to_string()),
            )
        })?;
        write_whole(&*self.layer, work, layout::MANIFEST, &FileList::default(), &json)?;
        self.layer.sync_folder(work).map_err(|error| problems::unwritable(work, &error))?;
        Ok(hash_of(&json))
    }

    fn move_into_place(
        &self,
        log: LogId,
        number: VersionNumber,
        work: &Path,
    ) -> Result<(), Problem> {
        let place = self.layout.version(log, number);
        let moved = self.layer.rename(work, &place).and_then(|()| {
            self.layer.sync_folder(&self.layout.log(log))?;
            self.layer.sync_folder(&self.layout.work())
        });
        moved.map_err(|error| {
            if place.exists() {
                self.withdraw(log, number);
            }
            problems::unwritable(&place, &error)
        })
    }

    /// The one atomic switch.
    fn switch_to(&self, manifest: &Manifest, hash: &str) -> Result<(), Problem> {
        self.catalogue().change(|transaction| {
            catalog::versions::insert(transaction, manifest, hash)?;
            catalog::logs::raise_next_version(transaction, manifest.log, manifest.number.0 + 1)?;
            catalog::logs::set_current(transaction, manifest.log, Some(manifest.number))
        })
    }

    /// Takes back a version that did not become part of the catalogue. The name of its folder
    /// says so until the next start: should the journal of the catalogue have the row after all,
    /// the row is removed then.
    fn withdraw(&self, log: LogId, number: VersionNumber) {
        let place = self.layout.version(log, number);
        let tombstone = self.layout.deleted_version(log, number);
        let moved = self
            .layer
            .rename(&place, &tombstone)
            .and_then(|()| self.layer.sync_folder(&self.layout.log(log)));
        if moved.is_ok() {
            for entry in std::fs::read_dir(&tombstone).into_iter().flatten().flatten() {
                let _ = self.layer.remove_file(&entry.path());
            }
        }
    }

    /// Says beside the files that the version was published. The catalogue has it already, so a
    /// marker that cannot be written is only noted; the next start writes it.
    fn mark_published(&self, log: LogId, number: VersionNumber, hash: &str) {
        if let Err(problem) = self.write_marker(log, number, hash) {
            self.note(say!(
                "Version {number} of log {log} was published, but not marked so: {problem}",
                number = number.to_string(),
                log = log.to_string(),
                problem
            ));
        }
    }

    pub(crate) fn write_marker(
        &self,
        log: LogId,
        number: VersionNumber,
        hash: &str,
    ) -> Result<(), Problem> {
        let folder = self.layout.version(log, number);
        let marker = marker_of(hash);
        crate::folder::replace(&*self.layer, &folder, layout::PUBLISHED, marker.as_bytes())
    }
}

fn same_bytes(one: &Path, other: &Path) -> bool {
    let compare = || -> std::io::Result<bool> {
        let (mut one, mut other) = (File::open(one)?, File::open(other)?);
        let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            let count = match one.read(&mut left) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                count => count?,
            };
            if count == 0 {
                return Ok(other.read(&mut right)? == 0);
            }
            match other.read_exact(&mut right[..count]) {
                Ok(()) if left[..count] == right[..count] => {}
                _ => return Ok(false),
            }
        }
    };
    compare().unwrap_or(false)
}

/// A folder in `work/`, removed unless it has been moved to its place.
struct WorkFolder<'a> {
    store: &'a Store,
    path: PathBuf,
}

impl<'a> WorkFolder<'a> {
    fn create(store: &'a Store) -> Result<Self, Problem> {
        loop {
            let number = store.work_number.fetch_add(1, Ordering::Relaxed);
            let path = store.layout.work().join(number.to_string());
            match store.layer.create_folder(&path) {
                Ok(()) => return Ok(WorkFolder { store, path }),
                // Left by a process before this one, and not to be removed at the start.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(problems::unwritable(&path, &error)),
            }
        }
    }
}

impl Drop for WorkFolder<'_> {
    fn drop(&mut self) {
        if self.path.exists() {
            // What cannot be removed now is removed at the next start.
            let _ = self.store.layer.remove_folder(&self.path);
        }
    }
}
