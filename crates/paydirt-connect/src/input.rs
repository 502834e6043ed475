//! Which bytes are read? Those of a file, or of a file packed in an archive, decompressed.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use tempfile::NamedTempFile;

use crate::archive::Packed;
use crate::source::ReadOptions;

/// A file that is going to be read.
#[derive(Debug)]
pub struct Input<'a> {
    place: Place<'a>,
    name: String,
    byte_count: u64,
    is_gzip: bool,
}

/// Where the bytes are.
#[derive(Debug)]
enum Place<'a> {
    File(Cow<'a, Path>),
    Packed(Packed),
}

impl<'a> Input<'a> {
    /// Looks at a file without reading it.
    ///
    /// # Errors
    /// There is no such file, or it cannot be read.
    pub fn new(path: impl Into<Cow<'a, Path>>) -> Result<Self, Problem> {
        let path = path.into();
        let name = path.display().to_string();
        let metadata = std::fs::metadata(&path).map_err(|error| io_problem(&name, &error))?;
        if !metadata.is_file() {
            return Err(Problem::new(
                ErrorCode::UnknownFormat,
                say!("This is not a regular file."),
            )
            .in_file(name)
            .with_hint(say!("Name one file with events.")));
        }
        Input { place: Place::File(path), name, byte_count: metadata.len(), is_gzip: false }
            .looked_at()
    }

    /// A member of an archive.
    pub(crate) fn packed(packed: Packed) -> Result<Self, Problem> {
        let (name, byte_count) = (packed.shown_name(), packed.byte_count());
        Input { place: Place::Packed(packed), name, byte_count, is_gzip: false }.looked_at()
    }

    fn looked_at(mut self) -> Result<Self, Problem> {
        self.is_gzip = self.sniff(2)?.starts_with(&[0x1f, 0x8b]);
        Ok(self)
    }

    /// The file as the user named it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Size of the file in bytes, as it lies on the disk or comes out of its archive.
    #[must_use]
    pub fn byte_count(&self) -> u64 {
        self.byte_count
    }

    /// Whether the file is compressed with gzip.
    #[must_use]
    pub fn is_gzip(&self) -> bool {
        self.is_gzip
    }

    /// The file itself, where it is no part of an archive.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Packed(_) => None,
        }
    }

    /// Opens the file for reading from its beginning, decompressed.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open<'b>(
        &self,
        options: &ReadOptions<'b>,
    ) -> Result<Box<dyn Read + Send + 'b>, Problem> {
        let counted = CountedReader {
            file: self.bytes()?,
            done: 0,
            total: self.byte_count,
            progress: options.progress,
            cancelled: options.cancelled,
        };
        Ok(self.decompressed(counted))
    }

    /// The first bytes, decompressed; fewer when the file is shorter.
    ///
    /// # Errors
    /// The file cannot be read, or its compression is damaged.
    pub fn sniff(&self, byte_count: usize) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        self.decompressed(self.bytes()?)
            .take(byte_count as u64)
            .read_to_end(&mut bytes)
            .map_err(|error| io_problem(&self.name, &error))?;
        Ok(bytes)
    }

    /// The file where a format can jump in it: itself, or an unpacked copy that is removed again.
    pub(crate) fn on_disk(&self, options: &ReadOptions<'_>) -> Result<OnDisk<'_>, Problem> {
        if let (Place::File(path), false) = (&self.place, self.is_gzip) {
            return Ok(OnDisk::Itself(path));
        }
        let failed = |error: &io::Error| io_problem(&self.name, error);
        let mut copy = NamedTempFile::new().map_err(|error| failed(&error))?;
        let limits = &options.limits;
        let most = self.byte_count.saturating_mul(limits.unpacked_per_byte);
        let most = most.saturating_add(limits.unpacked_floor).min(limits.uncompressed_bytes_max);
        let mut bytes = self.open(options)?.take(most.saturating_add(1));
        let count = io::copy(&mut bytes, &mut copy).map_err(|error| failed(&error))?;
        if count > most {
            return Err(too_large(self.byte_count, most).in_file(&self.name));
        }
        Ok(OnDisk::Copy(copy))
    }

    fn bytes(&self) -> Result<Box<dyn Read + Send>, Problem> {
        let failed = |error: io::Error| io_problem(&self.name, &error);
        match &self.place {
            Place::File(path) => Ok(Box::new(File::open(path).map_err(failed)?)),
            Place::Packed(packed) => packed.open().map_err(failed),
        }
    }

    fn decompressed<'b>(&self, file: impl Read + Send + 'b) -> Box<dyn Read + Send + 'b> {
        if self.is_gzip { Box::new(crate::gzip::reader(file)) } else { Box::new(file) }
    }

    /// The ending of the file name in small letters, `.gz` taken away.
    pub(crate) fn extension(&self) -> String {
        let name = match &self.place {
            Place::File(path) => path.file_name().unwrap_or_default().to_string_lossy(),
            Place::Packed(packed) => Cow::Borrowed(packed.name()),
        };
        let name = name.to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        name.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
    }
}

/// What packs so much better than data do is no data.
pub(crate) fn too_large(packed: u64, most: u64) -> Problem {
    Problem::new(
        ErrorCode::InputTooLarge,
        say!(
            "From {packed} packed {packed|byte|bytes} come more than {most} {most|byte|bytes}, \
             the most that is read from so few.",
            packed,
            most
        ),
    )
    .with_hint(say!("Unpack it, look at what is in it, and name the file itself."))
}

/// A file in which a format can jump.
pub(crate) enum OnDisk<'a> {
    Itself(&'a Path),
    Copy(NamedTempFile),
}

impl OnDisk<'_> {
    pub(crate) fn path(&self) -> &Path {
        match self {
            OnDisk::Itself(path) => path,
            OnDisk::Copy(copy) => copy.path(),
        }
    }
}

/// Reports progress and stops when asked.
struct CountedReader<'a> {
    file: Box<dyn Read + Send>,
    done: u64,
    total: u64,
    progress: &'a (dyn Fn(u64, u64) + Sync),
    cancelled: &'a AtomicBool,
}

/// The text of the error that a cancelled reading ends with.
const CANCELLED: &str = "cancelled";

impl Read for CountedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(io::Error::other(CANCELLED));
        }
        let count = self.file.read(buffer)?;
        self.done += count as u64;
        (self.progress)(self.done, self.total.max(self.done));
        Ok(count)
    }
}

/// The problem that an input or output error on a file is.
#[must_use]
pub fn io_problem(file: &str, error: &io::Error) -> Problem {
    let problem = match error.kind() {
        io::ErrorKind::NotFound => {
            Problem::new(ErrorCode::FileNotFound, say!("There is no such file."))
        }
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => {
            Problem::new(
                ErrorCode::DamagedFile,
                say!(
                    "The compressed data are damaged or cut short ({error}).",
                    error = error.to_string()
                ),
            )
            .with_hint(say!("Copy or download the file again."))
        }
        io::ErrorKind::Other if error.to_string() == CANCELLED => {
            Problem::new(ErrorCode::Cancelled, say!("Reading the file was cancelled."))
        }
        io::ErrorKind::PermissionDenied => {
            Problem::new(ErrorCode::FileUnreadable, say!("You may not read this file."))
                .with_hint(say!("Change its permissions, or copy it to where you may read it."))
        }
        _ => Problem::new(
            ErrorCode::FileUnreadable,
            say!("Reading failed: {error}.", error = error.to_string()),
        ),
    };
    problem.in_file(file)
}
