//! How the files of a version reach the disk: the one door to writing, which a test can break.
//!
//! Reading goes past this door: a fault while reading is only ever an error, while a fault while
//! writing can leave something behind.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// A file that is being written for the first time.
pub trait LayerFile: Write + Send {
    /// Brings everything written so far to the disk.
    ///
    /// # Errors
    /// The disk does not take it.
    fn sync(&mut self) -> io::Result<()>;
}

/// Everything the store does to files and folders that changes them.
///
/// A new name is on the disk only after [`FileLayer::sync_folder`] of the folder it is in.
pub trait FileLayer: Send + Sync + fmt::Debug {
    /// A new empty file.
    ///
    /// # Errors
    /// The file exists, or the disk does not allow it.
    fn create(&self, path: &Path) -> io::Result<Box<dyn LayerFile>>;

    /// A new empty folder; its parent exists.
    ///
    /// # Errors
    /// The folder exists, or the disk does not allow it.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Moves a file (over another one, if there is) or a folder within the store, in one step.
    ///
    /// # Errors
    /// There is nothing to move, or the disk does not allow it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// A second name for the same bytes.
    ///
    /// # Errors
    /// The file system has no hard links, or the disk does not allow it.
    fn link(&self, existing: &Path, new: &Path) -> io::Result<()>;

    /// Brings the names in a folder to the disk.
    ///
    /// # Errors
    /// The disk does not take it.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Asked before each change of the catalogue, which SQLite writes by itself: a layer that fails
    /// its steps can fail this one, too.
    ///
    /// # Errors
    /// The disk does not allow it.
    fn change_catalogue(&self, path: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// There is no such file, or the disk does not allow it.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder and everything in it.
    ///
    /// # Errors
    /// There is no such folder, or the disk does not allow it.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The real disk.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl LayerFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl FileLayer for Disk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn LayerFile>> {
        Ok(Box::new(OpenOptions::new().write(true).create_new(true).open(path)?))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn link(&self, existing: &Path, new: &Path) -> io::Result<()> {
        std::fs::hard_link(existing, new)
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    /// Elsewhere a folder cannot be opened to be synced; its names are journalled by the system.
    #[cfg(not(unix))]
    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    /// What the disk does not allow, SQLite says.
    fn change_catalogue(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir_all(path)
    }
}
