//! What is in the ZIP archive that a workbook is? Its parts, unpacked within limits.
//!
//! A few bytes of an archive can unpack to terabytes. So every part is read as a stream and stopped
//! where it gives more bytes than a file of this size has reason to.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::input::{Input, io_problem};
use crate::source::ReadOptions;

/// Most parts of a workbook.
const PARTS_MAX: usize = 100_000;

/// Packed bytes that are read at once.
const READ_BYTES: usize = 64 << 10;

/// The archive, and where in it each part is.
pub(super) struct Package<'a> {
    archive: ZipArchive<BufReader<File>>,
    /// Position of each part by its name in small letters, with `/` between folders.
    parts: HashMap<String, usize>,
    path: &'a Path,
    name: &'a str,
    byte_count: u64,
    unpacked_max: u64,
}

/// Which parts tell how far reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// This one does.
    Progress,
    /// This one is small or read to look at it.
    Nothing,
}

impl<'a> Package<'a> {
    /// Opens the archive and lists its parts.
    ///
    /// # Errors
    /// The file cannot be read or is no whole archive.
    pub(super) fn open(
        input: &'a Input<'_>,
        path: &'a Path,
        options: &ReadOptions<'_>,
    ) -> Result<Self, Problem> {
        let name = input.name();
        let file = File::open(path).map_err(|error| io_problem(name, &error))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| fault(&error, name))?;
        if archive.len() > PARTS_MAX {
            let detail = say!(
                "The workbook has {count} parts; at most {max} are read.",
                count = archive.len(),
                max = PARTS_MAX
            );
            return Err(Problem::new(ErrorCode::InputTooLarge, detail));
        }
        let mut parts = HashMap::with_capacity(archive.len());
        for idx in 0..archive.len() {
            if let Some(Ok(part)) = archive.name_for_index(idx) {
                parts.entry(key(&part)).or_insert(idx);
            }
        }
        let byte_count = input.byte_count();
        let limits = &options.limits;
        let unpacked_max = byte_count
            .saturating_mul(limits.unpacked_per_byte)
            .saturating_add(limits.part_floor)
            .min(limits.uncompressed_bytes_max);
        Ok(Package { archive, parts, path, name, byte_count, unpacked_max })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&key(part))
    }

    /// Unpacks every part once, to see that none is longer than it may be or damaged.
    ///
    /// # Errors
    /// One is, or cannot be read.
    pub(super) fn check(&mut self, options: &ReadOptions<'_>) -> Result<(), Problem> {
        let mut parts: Vec<String> = self.parts.keys().cloned().collect();
        parts.sort_unstable();
        for part in parts.into_iter().filter(|part| part.ends_with(".bin")) {
            if let Some(mut bytes) = self.part(&part, Told::Nothing, options)? {
                io::copy(&mut bytes, &mut io::sink())
                    .map_err(|error| read_problem(&error, options))?;
            }
        }
        Ok(())
    }

    /// Opens a part for reading; `None` when there is no such part.
    ///
    /// # Errors
    /// The archive is damaged, or the part is encrypted or packed in an unknown way.
    pub(super) fn part<'b>(
        &mut self,
        part: &str,
        told: Told,
        options: &'b ReadOptions<'_>,
    ) -> Result<Option<Box<dyn Read + Send + 'b>>, Problem> {
        let Some(&idx) = self.parts.get(&key(part)) else { return Ok(None) };
        let name = self.name;
        let packed = self.archive.by_index_raw(idx).map_err(|error| fault(&error, name))?;
        if packed.encrypted() {
            return Err(protected());
        }
        let (start, packed_size) = (packed.data_start(), packed.compressed_size());
        let (claimed, expected) = (packed.size().max(1), packed.crc32());
        let method = packed.compression();
        drop(packed);
        let start = start.ok_or_else(|| damaged(say!("a part of it lies nowhere")))?;
        let mut file = File::open(self.path).map_err(|error| io_problem(name, &error))?;
        file.seek(SeekFrom::Start(start)).map_err(|error| io_problem(name, &error))?;
        let packed = BufReader::with_capacity(READ_BYTES, file.take(packed_size));
        let inner: Box<dyn Read + Send> = match method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
            _ => return Err(damaged(say!("a part of it is packed in an unknown way"))),
        };
        let (byte_count, unpacked_max) = (self.byte_count, self.unpacked_max);
        let crc = Crc::new();
        let part = Part {
            inner,
            told,
            options,
            crc,
            expected,
            claimed,
            read: 0,
            byte_count,
            unpacked_max,
        };
        Ok(Some(Box::new(part)))
    }
}

/// Parts are named in any case, and by some programs with `\` between folders.
fn key(part: &str) -> String {
    part.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// A part gives more bytes than the file has reason to.
#[derive(Debug)]
pub(super) struct TooMuch {
    unpacked_max: u64,
    byte_count: u64,
}

impl TooMuch {
    /// The problem that this is.
    pub(super) fn problem(&self) -> Problem {
        let detail = say!(
            "A part of the workbook unpacks to more than {unpacked} bytes, from a file of {count} \
             bytes; that is no table.",
            unpacked = self.unpacked_max,
            count = self.byte_count
        );
        Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!(
            "Save the sheet with the data alone as a new workbook or as CSV; if it should not be \
             that large, the file is damaged or forged."
        ))
    }
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("more than may be unpacked")
    }
}

impl std::error::Error for TooMuch {}

/// A part while it is being read.
struct Part<'a> {
    inner: Box<dyn Read + Send>,
    told: Told,
    options: &'a ReadOptions<'a>,
    crc: Crc,
    expected: u32,
    claimed: u64,
    read: u64,
    byte_count: u64,
    unpacked_max: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.options.check_cancelled().is_err() {
            return Err(io::Error::other("cancelled"));
        }
        let count = self.inner.read(buffer)?;
        self.crc.update(&buffer[..count]);
        self.read += count as u64;
        let is_over = count == 0 && !buffer.is_empty();
        if is_over && self.crc.sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its bytes have changed"));
        }
        if self.read > self.unpacked_max {
            let (unpacked_max, byte_count) = (self.unpacked_max, self.byte_count);
            return Err(io::Error::other(TooMuch { unpacked_max, byte_count }));
        }
        if self.told == Told::Progress {
            let done = u128::from(self.byte_count) * u128::from(self.read.min(self.claimed))
                / u128::from(self.claimed);
            let done = u64::try_from(done).unwrap_or(self.byte_count);
            // Reading is over when the table is there, not where the claim of the part is reached.
            (self.options.progress)(done.min(self.byte_count - 1), self.byte_count);
        }
        Ok(count)
    }
}

/// The problem of a part that cannot be read.
pub(super) fn read_problem(error: &io::Error, options: &ReadOptions<'_>) -> Problem {
    if let Err(cancelled) = options.check_cancelled() {
        return cancelled;
    }
    if let Some(limit) = error.get_ref().and_then(|inner| inner.downcast_ref::<TooMuch>()) {
        return limit.problem();
    }
    let problem = io_problem("", error);
    if problem.code == ErrorCode::DamagedFile { damaged(error.to_string()) } else { problem }
}

/// The problem of an archive that cannot be read.
fn fault(error: &ZipError, name: &str) -> Problem {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            let problem = io_problem(name, error);
            if problem.code == ErrorCode::DamagedFile {
                damaged(error.to_string())
            } else {
                problem
            }
        }
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => protected(),
        ZipError::Io(_) | ZipError::InvalidArchive(_) => {
            damaged(say!("the list of its parts cannot be read"))
        }
        other => damaged(other.to_string()),
    }
}

/// The problem of a workbook that is damaged.
pub(super) fn damaged(fault: impl Into<Sentence>) -> Problem {
    let detail = say!("The workbook is damaged or cut short: {fault}.", fault = fault.into());
    Problem::new(ErrorCode::DamagedFile, detail).with_hint(say!(
        "Copy or download the file again, or open it in a spreadsheet program and save it anew."
    ))
}

/// The problem of a workbook that asks for a password.
pub(super) fn protected() -> Problem {
    Problem::new(
        ErrorCode::UnknownFormat,
        say!("The workbook is protected by a password, so nothing in it can be read."),
    )
    .with_hint(say!(
        "Open it with its password in a spreadsheet program, remove the password and save it."
    ))
}
