//! Which sentence does a failure of the disk become?

use std::io;
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};

/// A file or folder that cannot be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(ErrorCode::FileUnwritable, format!("Writing failed: {error}."))
        .in_file(path.display().to_string())
}

/// A file or folder that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(ErrorCode::FileUnreadable, format!("Reading failed: {error}."))
        .in_file(path.display().to_string())
        .with_hint("Check the disk and the permissions of the data folder.")
}

/// The caller asked to stop.
pub(crate) fn cancelled() -> Problem {
    Problem::new(ErrorCode::Cancelled, "Writing the version was cancelled. Nothing was changed.")
}
