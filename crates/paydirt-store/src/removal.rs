//! How versions and logs go: by hand, and by the rule of what stays.

use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{DAY_US, Timestamp};

use crate::catalog;
use crate::entries::{LogId, Retention, VersionEntry, VersionNumber};
use crate::problems;
use crate::store::Store;

impl Store {
    /// Deletes a version.
    ///
    /// # Errors
    /// It does not exist, is the current one or is pinned, or the disk does not allow it.
    pub fn delete_version(&self, log: LogId, number: VersionNumber) -> Result<(), Problem> {
        let _switch = self.switch();
        let version = self.version(log, number)?;
        refuse_kept(&version)?;
        self.remove_version(log, number)?;
        self.write_card(log);
        self.keep_reserve();
        Ok(())
    }

    /// Deletes a log with all its versions.
    ///
    /// # Errors
    /// It does not exist or has a pinned version, or the disk does not allow it.
    pub fn delete_log(&self, log: LogId) -> Result<(), Problem> {
        let _switch = self.switch();
        let entry = self.log(log)?;
        if let Some(pinned) = self.versions(log)?.iter().find(|version| version.pinned) {
            let (name, number) = (entry.name, pinned.number);
            return Err(Problem::new(
                ErrorCode::VersionKept,
                say!(
                    "\"{name}\" has a pinned version, {number}, so it is not deleted.",
                    name,
                    number = number.to_string()
                ),
            )
            .with_hint(say!("Unpin the version first.")));
        }
        let (place, deleted) = (self.layout.log(log), self.layout.deleted_log(log));
        self.move_away(&place, &deleted, &self.layout.logs())?;
        let removed =
            self.change_with_reserve(|transaction| catalog::logs::remove(transaction, log));
        self.finish_removal(removed, &place, &deleted)?;
        self.keep_reserve();
        Ok(())
    }

    /// Deletes the versions that the rule of the log does not keep; answers their numbers, the
    /// newest first. The current version and pinned ones always stay.
    ///
    /// # Errors
    /// The log does not exist, or the disk does not allow it; versions deleted until then are gone.
    pub fn apply_retention(
        &self,
        log: LogId,
        now: Timestamp,
    ) -> Result<Vec<VersionNumber>, Problem> {
        let _switch = self.switch();
        let doomed = self.not_kept(log, self.log(log)?.retention, now)?;
        for &number in &doomed {
            self.remove_version(log, number)?;
        }
        if !doomed.is_empty() {
            self.write_card(log);
            self.keep_reserve();
        }
        Ok(doomed)
    }

    /// The versions that a rule does not keep, the newest first; nothing is changed.
    ///
    /// # Errors
    /// The log does not exist.
    pub fn not_kept(
        &self,
        log: LogId,
        retention: Retention,
        now: Timestamp,
    ) -> Result<Vec<VersionNumber>, Problem> {
        let versions = self.versions(log)?;
        if retention.keep_versions.is_none() && retention.keep_days.is_none() {
            return Ok(Vec::new());
        }
        let newest = retention.keep_versions.unwrap_or(0) as usize;
        let days = i64::from(retention.keep_days.unwrap_or(0));
        let since_us = now.as_us().saturating_sub(days.saturating_mul(DAY_US));
        let is_kept = |version: &VersionEntry| {
            let is_recent = days > 0 && version.created_at.as_us() >= since_us;
            is_recent || version.is_current || version.pinned
        };
        let old = versions.iter().skip(newest);
        Ok(old.filter(|version| !is_kept(version)).map(|version| version.number).collect())
    }

    /// First the name says that the version is being deleted, then the catalogue forgets it, then
    /// the files go. After the first step an interrupted deletion is finished at the next start.
    fn remove_version(&self, log: LogId, number: VersionNumber) -> Result<(), Problem> {
        let (place, deleted) =
            (self.layout.version(log, number), self.layout.deleted_version(log, number));
        self.move_away(&place, &deleted, &self.layout.log(log))?;
        let removed = self
            .change_with_reserve(|transaction| catalog::versions::remove(transaction, log, number));
        self.finish_removal(removed, &place, &deleted)
    }

    fn move_away(&self, place: &Path, deleted: &Path, folder: &Path) -> Result<(), Problem> {
        if !place.exists() {
            // A damaged version may have lost its folder.
            return Ok(());
        }
        let move_away = || {
            let moved = match place.exists() {
                true => self.layer.rename(place, deleted),
                false => Ok(()),
            };
            moved
                .and_then(|()| self.layer.sync_folder(folder))
                .map_err(|error| problems::unwritable(place, &error))
        };
        self.with_reserve(move_away).inspect_err(|_| {
            // Some disks fail and have done it all the same.
            if deleted.exists() {
                self.move_back(place, deleted);
            }
        })
    }

    /// What cannot be moved back is deleted at the next start.
    fn move_back(&self, place: &Path, deleted: &Path) {
        let moved = self.layer.rename(deleted, place);
        if let (Ok(()), Some(folder)) = (moved, place.parent()) {
            let _ = self.layer.sync_folder(folder);
        }
    }

    fn finish_removal(
        &self,
        removed: Result<(), Problem>,
        place: &Path,
        deleted: &Path,
    ) -> Result<(), Problem> {
        if let Err(problem) = removed {
            self.move_back(place, deleted);
            return Err(problem);
        }
        if deleted.exists()
            && let Err(problem) = self.remove_folder(deleted)
        {
            self.note(say!("Files of a deleted version are still there: {problem}", problem));
        }
        Ok(())
    }
}

fn refuse_kept(version: &VersionEntry) -> Result<(), Problem> {
    let number = version.number;
    if version.is_current {
        return Err(Problem::new(
            ErrorCode::VersionKept,
            say!(
                "Version {number} is the current one, so it is not deleted.",
                number = number.to_string()
            ),
        )
        .with_hint(say!("Roll back to another version first, or delete the whole log.")));
    }
    if version.pinned {
        return Err(Problem::new(
            ErrorCode::VersionKept,
            say!("Version {number} is pinned, so it is not deleted.", number = number.to_string()),
        )
        .with_hint(say!("Unpin it first.")));
    }
    Ok(())
}
