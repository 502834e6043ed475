//! The real disk, with somebody who looks on.

use std::fmt;
use std::io;
use std::path::Path;

use paydirt_store::file_layer::{Disk, FileLayer, LayerFile};

/// A step that is about to be taken, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    BeforeRename,
    AfterSyncFolder,
    BeforeAnything,
}

/// Answers whether the step fails, although it was taken; heeded of a synced folder only.
type Watch = Box<dyn Fn(Moment, &Path) -> bool + Send + Sync>;

/// Tells of its steps; a rename tells its target. Writing and syncing of a file are not told.
pub(crate) struct Watched {
    watch: Watch,
}

impl Watched {
    pub(crate) fn new(watch: impl Fn(Moment, &Path) + Send + Sync + 'static) -> Self {
        Watched::refusing(move |moment, path| {
            watch(moment, path);
            false
        })
    }

    /// One whose syncs of a folder fail where the answer is yes.
    pub(crate) fn refusing(watch: impl Fn(Moment, &Path) -> bool + Send + Sync + 'static) -> Self {
        Watched { watch: Box::new(watch) }
    }

    fn begin(&self, path: &Path) {
        let _ = (self.watch)(Moment::BeforeAnything, path);
    }
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched")
    }
}

impl FileLayer for Watched {
    fn create(&self, path: &Path) -> io::Result<Box<dyn LayerFile>> {
        self.begin(path);
        Disk.create(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.begin(path);
        Disk.create_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.begin(to);
        let _ = (self.watch)(Moment::BeforeRename, to);
        Disk.rename(from, to)
    }

    fn link(&self, existing: &Path, new: &Path) -> io::Result<()> {
        self.begin(new);
        Disk.link(existing, new)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.begin(path);
        Disk.sync_folder(path)?;
        if (self.watch)(Moment::AfterSyncFolder, path) {
            return Err(io::Error::other("input/output error"));
        }
        Ok(())
    }

    fn change_catalogue(&self, path: &Path) -> io::Result<()> {
        self.begin(path);
        Disk.change_catalogue(path)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.begin(path);
        Disk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.begin(path);
        Disk.remove_folder(path)
    }
}
