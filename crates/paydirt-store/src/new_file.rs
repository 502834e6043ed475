//! How one file of a version is written: counted and hashed on its way, synced when complete.

use std::io::{self, BufWriter, Write};
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
    let counted = Counted { file, bytes: 0, hash: Xxh3::new() };
    let output = BufWriter::with_capacity(1 << 16, counted);
    Ok(Box::new(HashedFile { output, path, name: name.to_owned(), list: list.clone() }))
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

/// The bytes on their way to the layer; behind the buffer, so that every byte is hashed once.
struct Counted {
    file: Box<dyn LayerFile>,
    bytes: u64,
    hash: Xxh3,
}

impl Write for Counted {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

struct HashedFile {
    output: BufWriter<Counted>,
    path: PathBuf,
    name: String,
    list: FileList,
}

impl Write for HashedFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.output.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

impl NewFile for HashedFile {
    fn finish(self: Box<Self>) -> Result<(), Problem> {
        let HashedFile { mut output, path, name, list } = *self;
        output.flush().map_err(|error| problems::unwritable(&path, &error))?;
        let (counted, _) = output.into_parts();
        let Counted { mut file, bytes, hash } = counted;
        file.sync().map_err(|error| problems::unwritable(&path, &error))?;
        list.push(FileEntry { name, bytes, hash: format!("{:032x}", hash.digest128()) });
        Ok(())
    }
}

/// The hash of bytes as [`FileEntry`] has it.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}
