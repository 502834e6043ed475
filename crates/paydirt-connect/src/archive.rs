//! What is in a ZIP archive? Its members, found by the list at its end, unpacked one by one.
//!
//! An archive may be forged. Members are never written under their own names, whatever these say;
//! sizes are compared with what is really there; and what comes out of a member is compared with
//! its checksum.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use crate::encoding;
use crate::input::{io_problem, too_large};
use crate::source::Limits;

/// Bytes of packed data held at once.
const BUFFER_BYTES: usize = 64 << 10;

/// A member of an archive.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    archive: Arc<Path>,
    name: String,
    start: u64,
    packed_bytes: u64,
    bytes: u64,
    crc: u32,
    is_deflated: bool,
}

/// A member, or why it cannot be read.
pub(crate) type Found = (String, Result<Packed, Problem>);

/// The members of an archive, without folders and without what systems put there for themselves.
///
/// # Errors
/// The archive is damaged or forged, or has too many members.
pub(crate) fn members(path: &Path, limits: &Limits) -> Result<Vec<Found>, Problem> {
    let shown = path.display().to_string();
    let file = File::open(path).map_err(|error| io_problem(&shown, &error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
    if archive.len() > limits.members_max {
        let detail = say!(
            "The archive has {count} members; at most {max} are read.",
            count = archive.len(),
            max = limits.members_max
        );
        return Err(Problem::new(ErrorCode::InputTooLarge, detail));
    }
    let path: Arc<Path> = Arc::from(PathBuf::from(path));
    let mut found = Vec::new();
    let mut names = HashSet::new();
    for idx in 0..archive.len() {
        let member = archive.by_index_raw(idx).map_err(|error| damaged(&error))?;
        let name = name_of(&member);
        if member.is_dir() || is_of_the_system(&name) {
            continue;
        }
        refuse_path(&name)?;
        if !names.insert(name.clone()) {
            let detail = say!("The archive has two members of the name \"{name}\".", name);
            return Err(Problem::new(ErrorCode::DamagedFile, detail).with_hint(pack_again()));
        }
        let packed = packed(&path, name.clone(), &member, limits);
        found.push((name, packed));
    }
    let members: Vec<&Packed> = found.iter().filter_map(|(_, it)| it.as_ref().ok()).collect();
    refuse_overlaps(&members)?;
    refuse_too_much(&members, limits)?;
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// Members that share packed bytes give many times what is there.
fn refuse_overlaps(members: &[&Packed]) -> Result<(), Problem> {
    let mut ranges: Vec<(u64, u64)> =
        members.iter().map(|it| (it.start, it.start.saturating_add(it.packed_bytes))).collect();
    ranges.sort_unstable();
    if ranges.is_sorted_by(|(_, end), (start, _)| end <= start) {
        return Ok(());
    }
    let detail = say!("Members of the archive lie upon each other.");
    Err(Problem::new(ErrorCode::DamagedFile, detail).with_hint(pack_again()))
}

/// What holds for each member holds for all together.
fn refuse_too_much(members: &[&Packed], limits: &Limits) -> Result<(), Problem> {
    let sum = |of: fn(&Packed) -> u64| members.iter().map(|it| of(it)).fold(0, u64::saturating_add);
    let (packed_bytes, bytes) = (sum(|it| it.packed_bytes), sum(|it| it.bytes));
    let most = most_from(packed_bytes, limits);
    if bytes > most {
        return Err(too_large(packed_bytes, most));
    }
    Ok(())
}

/// Most bytes that are read from so many packed ones.
fn most_from(packed_bytes: u64, limits: &Limits) -> u64 {
    let most = packed_bytes.saturating_mul(limits.unpacked_per_byte);
    most.saturating_add(limits.unpacked_floor).min(limits.uncompressed_bytes_max)
}

/// The name of a member. Where it is not in UTF-8, as older programs write it, its letters are
/// found as those of other texts.
fn name_of<R: Read + ?Sized>(member: &ZipFile<'_, R>) -> String {
    let raw = member.name_raw();
    match std::str::from_utf8(raw) {
        Ok(name) => name.replace('\\', "/"),
        Err(_) => encoding::legacy(raw).decode_sample(raw).replace('\\', "/"),
    }
}

/// What macOS and Windows put into archives beside the files.
pub(crate) fn is_of_the_system(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || last.starts_with("._")
        || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini" | "")
}

/// A name that leads out of the folder into which an archive is unpacked is no accident.
fn refuse_path(name: &str) -> Result<(), Problem> {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    let leads_out = name.starts_with('/') || has_drive || name.split('/').any(|part| part == "..");
    if !leads_out && !name.contains('\0') {
        return Ok(());
    }
    let detail = say!("The archive has a member whose name leads out of it: \"{name}\".", name);
    Err(Problem::new(ErrorCode::DamagedFile, detail).with_hint(pack_again()))
}

fn pack_again() -> paydirt_model::sentence::Sentence {
    say!("Pack the files again, each under its plain name.")
}

fn packed<R: Read + ?Sized>(
    archive: &Arc<Path>,
    name: String,
    member: &ZipFile<'_, R>,
    limits: &Limits,
) -> Result<Packed, Problem> {
    if member.encrypted() {
        let detail = say!("\"{name}\" is encrypted in the archive.", name);
        return Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Unpack it with its password, and name the file itself.")));
    }
    let is_deflated = match member.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        other => {
            let method = other.to_string();
            let detail = say!(
                "\"{name}\" is packed in a way that Paydirt does not read ({method}).",
                name,
                method
            );
            return Err(Problem::new(ErrorCode::UnknownFormat, detail)
                .with_hint(say!("Pack it in the usual way (Deflate), or name the file itself.")));
        }
    };
    let (packed_bytes, bytes) = (member.compressed_size(), member.size());
    let most = most_from(packed_bytes, limits);
    if bytes > most {
        return Err(too_large(packed_bytes, most));
    }
    let start = member.data_start().ok_or_else(|| cut(&name))?;
    let (archive, crc) = (Arc::clone(archive), member.crc32());
    Ok(Packed { archive, name, start, packed_bytes, bytes, crc, is_deflated })
}

fn cut(name: &str) -> Problem {
    let detail = say!("\"{name}\" lies beyond the end of the archive.", name);
    Problem::new(ErrorCode::DamagedFile, detail).with_hint(say!("Copy or download the file again."))
}

fn damaged(error: &zip::result::ZipError) -> Problem {
    let error = error.to_string();
    let detail = say!("The archive is damaged or cut short ({error}).", error);
    Problem::new(ErrorCode::DamagedFile, detail).with_hint(say!("Copy or download the file again."))
}

impl Packed {
    /// The name in the archive.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The name behind that of the archive.
    pub(crate) fn shown_name(&self) -> String {
        format!("{}/{}", self.archive.display(), self.name)
    }

    /// Size once unpacked.
    pub(crate) fn byte_count(&self) -> u64 {
        self.bytes
    }

    /// Opens the member, unpacked.
    ///
    /// # Errors
    /// The archive cannot be opened any more.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut file = File::open(&self.archive)?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = BufReader::with_capacity(BUFFER_BYTES, file).take(self.packed_bytes);
        let inner = match self.is_deflated {
            true => Unpacking::Deflated(Box::new(DeflateDecoder::new(packed))),
            false => Unpacking::Stored(packed),
        };
        Ok(Box::new(Checked { inner, crc: Crc::new(), left: self.bytes, expected: self.crc }))
    }
}

enum Unpacking {
    Stored(Take<BufReader<File>>),
    Deflated(Box<DeflateDecoder<Take<BufReader<File>>>>),
}

/// Unpacks a member and compares it with its size and checksum.
struct Checked {
    inner: Unpacking,
    crc: Crc,
    /// Bytes that are still to come.
    left: u64,
    expected: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = match &mut self.inner {
            Unpacking::Stored(stored) => stored.read(buffer)?,
            Unpacking::Deflated(deflated) => deflated.read(buffer)?,
        };
        let wrong = |text: &str| Err(io::Error::new(io::ErrorKind::InvalidData, text));
        self.crc.update(&buffer[..count]);
        match self.left.checked_sub(count as u64) {
            None => return wrong("a member of the archive is longer than it says"),
            Some(left) => self.left = left,
        }
        if count == 0 && self.left > 0 {
            return wrong("a member of the archive is shorter than it says");
        }
        if count == 0 && self.crc.sum() != self.expected {
            return wrong("a member of the archive has another checksum than it says");
        }
        Ok(count)
    }
}
