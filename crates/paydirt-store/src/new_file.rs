//! How one file of a version is written: counted and hashed on its way, synced when complete.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::file_layer::{FileLayer, LayerFile};
use crate::problems;

/// A file of a version while it is being written.
pub trait NewFile: Write + Send {
    /// The file is complete: everything is brought to the disk and noted in the manifest. A file
    /// that is dropped without this is no part of the version.
    ///
    /// # Errors
    /// The disk does not take it.
    fn finish(self: Box<Self>) -> Result<(), Problem>;
}

/// One complete file, as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name in the folder of the version.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// XXH3 of 128 bits over its bytes, in hexadecimal.
    pub hash: String,
}

/// The files of one folder that are complete.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileList {
    entries: Arc<Mutex<Vec<FileEntry>>>,
}

impl FileList {
    /// The files so far, ordered by name.
    pub(crate) fn sorted(&self) -> Vec<FileEntry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone();
        entries.sort();
        entries
    }

    fn push(&self, entry: FileEntry) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }
}

/// Starts a file in a folder.
pub(crate) fn create(
    layer: &dyn FileLayer,
    folder: &Path,
    name: &str,
    list: &FileList,
) -> Result<Box<dyn NewFile>, Problem> {
    let path = folder.join(name);
    let file = layer.create(&path).map_err(|error| problems::unwritable(&path, &error))?;
    Ok(Box::new(HashedFile {
        file,
        buffer: Vec::new(),
        bytes: 0,
        hash: Xxh3::new(),
        path,
        name: name.to_owned(),
        list: list.clone(),
    }))
}

/// Writes a small file as a whole.
pub(crate) fn write_whole(
    layer: &dyn FileLayer,
    folder: &Path,
    name: &str,
    list: &FileList,
    content: &[u8],
) -> Result<(), Problem> {
    let mut file = create(layer, folder, name, list)?;
    let path = folder.join(name);
    file.write_all(content).map_err(|error| problems::unwritable(&path, &error))?;
    file.finish()
}

/// Less than this is gathered before it goes to the layer.
const BUFFER_BYTES: usize = 1 << 16;

/// Unlike the buffer of the standard library, this one writes nothing when it is dropped: a file
/// that failed stays as it failed.
struct HashedFile {
    file: Box<dyn LayerFile>,
    buffer: Vec<u8>,
    bytes: u64,
    hash: Xxh3,
    path: PathBuf,
    name: String,
    list: FileList,
}

impl HashedFile {
    fn pour(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

impl Write for HashedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + bytes.len() > BUFFER_BYTES {
            self.pour()?;
        }
        let taken = if bytes.len() < BUFFER_BYTES {
            self.buffer.extend_from_slice(bytes);
            bytes.len()
        } else {
            self.file.write(bytes)?
        };
        self.hash.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pour()?;
        self.file.flush()
    }
}

impl NewFile for HashedFile {
    fn finish(mut self: Box<Self>) -> Result<(), Problem> {
        let written = self.flush().and_then(|()| self.file.sync());
        written.map_err(|error| problems::unwritable(&self.path, &error))?;
        let HashedFile { bytes, hash, name, list, .. } = *self;
        list.push(FileEntry { name, bytes, hash: format!("{:032x}", hash.digest128()) });
        Ok(())
    }
}

/// The hash of bytes as [`FileEntry`] has it.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}
