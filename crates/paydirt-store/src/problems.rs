//! Which sentence does a failure of the disk, the catalogue or a name become?

use std::io;
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};

use crate::entries::{LogId, VersionNumber};

/// A file or folder that cannot be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Problem {
    use io::ErrorKind;
    let path = path.display().to_string();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Problem::new(
                ErrorCode::DiskFull,
                format!("There is no room for this file: {error}. Nothing was changed."),
            )
            .in_file(path)
            .with_hint("Free some space or raise the quota, then try again.")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Problem::new(ErrorCode::FileUnwritable, format!("Paydirt may not write here: {error}."))
                .in_file(path)
                .with_hint("Give its user the right to write, or choose another data folder.")
        }
        _ => Problem::new(ErrorCode::FileUnwritable, format!("Writing failed: {error}."))
            .in_file(path)
            .with_hint("Check the disk, the folder and its permissions, then try again."),
    }
}

/// A file or folder that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(ErrorCode::FileUnreadable, format!("Reading failed: {error}."))
        .in_file(path.display().to_string())
        .with_hint("Check the disk and the permissions of the data folder.")
}

/// The catalogue did not do what it was asked.
pub(crate) fn catalogue(error: &rusqlite::Error) -> Problem {
    use rusqlite::ErrorCode as Sqlite;
    match error.sqlite_error_code() {
        Some(Sqlite::DiskFull) => Problem::new(
            ErrorCode::DiskFull,
            format!("There is no room for the catalogue: {error}. Nothing was changed."),
        )
        .with_hint("Free some space or raise the quota, then try again."),
        _ => Problem::new(
            ErrorCode::StoreFailed,
            format!("The catalogue of the data folder failed: {error}. Nothing was changed."),
        )
        .with_hint("Check the disk, then start the program again; the data are still there."),
    }
}

/// No log has this number.
pub(crate) fn no_log(log: LogId) -> Problem {
    Problem::new(ErrorCode::LogNotFound, format!("There is no log {log}."))
        .with_hint("List the logs to see which there are.")
}

/// The log has no version of this number.
pub(crate) fn no_version(log: LogId, version: VersionNumber) -> Problem {
    Problem::new(
        ErrorCode::VersionNotFound,
        format!("Log {log} has no version {version}; it may have been deleted."),
    )
    .with_hint("List the versions of the log to see which there are.")
}

/// The files of a version are not what was published.
pub(crate) fn damaged(log: LogId, version: VersionNumber, reason: &str) -> Problem {
    Problem::new(
        ErrorCode::VersionDamaged,
        format!("Version {version} of log {log} cannot be used: {reason}"),
    )
    .with_hint("Use another version, or bring its folder back from a backup and start again.")
}

/// The caller asked to stop.
pub(crate) fn cancelled() -> Problem {
    Problem::new(ErrorCode::Cancelled, "Writing the version was cancelled. Nothing was changed.")
}
