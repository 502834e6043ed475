//! How one file of a version is written.

use std::io::Write;

use paydirt_model::problem::Problem;

/// A file of a version while it is being written.
pub trait NewFile: Write + Send {
    /// The file is complete: everything is brought to the disk and noted in the manifest. A file
    /// that is dropped without this is no part of the version.
    ///
    /// # Errors
    /// The disk does not take it.
    fn finish(self: Box<Self>) -> Result<(), Problem>;
}
