//! Where is what in the data folder?

use std::path::{Path, PathBuf};

use crate::entries::{LogId, VersionNumber};

/// Says what the folder is and in which format.
pub(crate) const FORMAT: &str = "format";
/// Held by the process that has the store open.
pub(crate) const LOCK: &str = "lock";
/// Keeps room for deleting when the disk is full.
pub(crate) const RESERVE: &str = "reserve";
/// Says which numbers of logs and versions were given.
pub(crate) const NUMBERS: &str = "numbers.json";
/// Lists the files of a version, with length and hash.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Says that a version was published, and with which manifest.
pub(crate) const PUBLISHED: &str = "published";
/// The import report of a version.
pub(crate) const REPORT: &str = "report.json";
/// The import settings of a version.
pub(crate) const SETTINGS: &str = "settings.json";
/// What the catalogue knows about a log, once more, beside its versions.
pub(crate) const CARD: &str = "log.json";
/// Ends the name of a small file until it is complete.
pub(crate) const NEW: &str = ".new";

const DELETED: &str = "deleted-";
const DAMAGED: &str = "damaged-";

/// The paths of one store.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    folder: PathBuf,
}

/// What a name in the folder of a log, or in the folder of all logs, stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbered {
    /// A version or a log.
    Live(u64),
    /// A version or a log whose deletion has begun.
    Deleted(u64),
    /// A version that was put aside because it cannot be used.
    Damaged(u64),
}

impl Numbered {
    /// Reads a name; `None` for what the store does not number.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { digits.parse().ok() } else { None }
        };
        if let Some(digits) = name.strip_prefix(DELETED) {
            return number(digits).map(Numbered::Deleted);
        }
        if let Some(digits) = name.strip_prefix(DAMAGED) {
            return number(digits).map(Numbered::Damaged);
        }
        number(name).map(Numbered::Live)
    }
}

impl Layout {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Layout { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn format(&self) -> PathBuf {
        self.folder.join(FORMAT)
    }

    pub(crate) fn numbers(&self) -> PathBuf {
        self.folder.join(NUMBERS)
    }

    pub(crate) fn reserve(&self) -> PathBuf {
        self.folder.join(RESERVE)
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.folder.join(LOCK)
    }

    pub(crate) fn catalogue(&self) -> PathBuf {
        self.folder.join("catalog.sqlite")
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    pub(crate) fn uploads(&self) -> PathBuf {
        self.folder.join("uploads")
    }

    pub(crate) fn work(&self) -> PathBuf {
        self.folder.join("work")
    }

    pub(crate) fn log(&self, log: LogId) -> PathBuf {
        self.logs().join(log.to_string())
    }

    pub(crate) fn deleted_log(&self, log: LogId) -> PathBuf {
        self.logs().join(format!("{DELETED}{log}"))
    }

    pub(crate) fn version(&self, log: LogId, version: VersionNumber) -> PathBuf {
        let number = version.0;
        self.log(log).join(format!("{number:06}"))
    }

    pub(crate) fn deleted_version(&self, log: LogId, version: VersionNumber) -> PathBuf {
        let number = version.0;
        self.log(log).join(format!("{DELETED}{number:06}"))
    }

    pub(crate) fn damaged_version(&self, log: LogId, version: VersionNumber) -> PathBuf {
        self.log(log).join(format!("{DAMAGED}{version}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let layout = Layout::new(PathBuf::from("data"));
        let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        let version = name(layout.version(LogId(7), VersionNumber(12)));
        assert_eq!(version, "000012");
        assert_eq!(Numbered::parse(&version), Some(Numbered::Live(12)));
        let deleted = name(layout.deleted_version(LogId(7), VersionNumber(12)));
        assert_eq!(Numbered::parse(&deleted), Some(Numbered::Deleted(12)));
        let deleted = name(layout.deleted_log(LogId(7)));
        assert_eq!(Numbered::parse(&deleted), Some(Numbered::Deleted(7)));
        let damaged = name(layout.damaged_version(LogId(7), VersionNumber(12)));
        assert_eq!(damaged, "damaged-12");
        assert_eq!(Numbered::parse(&damaged), Some(Numbered::Damaged(12)));
        for other in ["log.json", "", "deleted-", "+1", "1.new", "99999999999999999999"] {
            assert_eq!(Numbered::parse(other), None, "{other}");
        }
    }
}
