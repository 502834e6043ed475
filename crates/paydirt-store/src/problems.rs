//! Which sentence does a failure of the disk, the catalogue or a name become?

use std::io;
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::entries::{LogId, VersionNumber, ViewId};

/// A file or folder that cannot be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Problem {
    use io::ErrorKind;
    let path = path.display().to_string();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Problem::new(
                ErrorCode::DiskFull,
                say!(
                    "There is no room for this file: {error}. Nothing was changed.",
                    error = error.to_string()
                ),
            )
            .in_file(path)
            .with_hint(say!("Free some space or raise the quota, then try again."))
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Problem::new(
            ErrorCode::FileUnwritable,
            say!("Paydirt may not write here: {error}.", error = error.to_string()),
        )
        .in_file(path)
        .with_hint(say!("Give its user the right to write, or choose another data folder.")),
        _ => Problem::new(
            ErrorCode::FileUnwritable,
            say!("Writing failed: {error}.", error = error.to_string()),
        )
        .in_file(path)
        .with_hint(say!("Check the disk, the folder and its permissions, then try again.")),
    }
}

/// A file or folder that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        ErrorCode::FileUnreadable,
        say!("Reading failed: {error}.", error = error.to_string()),
    )
    .in_file(path.display().to_string())
    .with_hint(say!("Check the disk and the permissions of the data folder."))
}

/// The catalogue did not do what it was asked.
pub(crate) fn catalogue(error: &rusqlite::Error) -> Problem {
    use rusqlite::ErrorCode as Sqlite;
    match error.sqlite_error_code() {
        Some(Sqlite::DiskFull) => Problem::new(
            ErrorCode::DiskFull,
            say!(
                "There is no room for the catalogue: {error}. Nothing was changed.",
                error = error.to_string()
            ),
        )
        .with_hint(say!("Free some space or raise the quota, then try again.")),
        _ => Problem::new(
            ErrorCode::StoreFailed,
            say!(
                "The catalogue of the data folder failed: {error}. Nothing was changed.",
                error = error.to_string()
            ),
        )
        .with_hint(say!("Check the disk, then start the program again; the data are still there.")),
    }
}

/// No log has this number.
pub(crate) fn no_log(log: LogId) -> Problem {
    Problem::new(ErrorCode::LogNotFound, say!("There is no log {log}.", log = log.to_string()))
        .with_hint(say!("List the logs to see which there are."))
}

/// The log has no version of this number.
pub(crate) fn no_version(log: LogId, version: VersionNumber) -> Problem {
    Problem::new(
        ErrorCode::VersionNotFound,
        say!(
            "Log {log} has no version {version}; it may have been deleted.",
            log = log.to_string(),
            version = version.to_string()
        ),
    )
    .with_hint(say!("List the versions of the log to see which there are."))
}

/// The log has no saved view of this number.
pub(crate) fn no_view(log: LogId, view: ViewId) -> Problem {
    Problem::new(
        ErrorCode::ViewNotFound,
        say!(
            "Log {log} has no saved view {view}; it may have been deleted.",
            log = log.to_string(),
            view = view.0.to_string()
        ),
    )
    .with_hint(say!("List the saved views of the log to see which there are."))
}

/// The files of a version are not what was published.
pub(crate) fn damaged(log: LogId, version: VersionNumber, reason: &Sentence) -> Problem {
    Problem::new(
        ErrorCode::VersionDamaged,
        say!(
            "Version {version} of log {log} cannot be used: {reason}",
            version = version.to_string(),
            log = log.to_string(),
            reason
        ),
    )
    .with_hint(say!("Use another version, or bring its folder back from a backup and start again."))
}

/// The caller asked to stop.
pub(crate) fn cancelled() -> Problem {
    Problem::new(
        ErrorCode::Cancelled,
        say!("Writing the version was cancelled. Nothing was changed."),
    )
}
