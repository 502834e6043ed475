//! What belongs to a version, and is it all there and unchanged?

use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path};
use std::sync::atomic::{AtomicUsize, Ordering};

use paydirt_model::event_log::CaseNotion;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use xxhash_rust::xxh3::Xxh3;

use crate::entries::{Action, LogId, VersionNumber};
use crate::new_file::{FileEntry, hash_of};
use crate::{format, layout};

/// The format of manifests and of the files they list.
pub(crate) const VERSION_FORMAT: u32 = 1;

const MARKER_WORD: &str = "paydirt-version 1 ";
/// A manifest is read as a whole.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;

/// One version: what it is, and its files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    pub(crate) log: LogId,
    /// The name of the log when this was published, for a catalogue that is lost.
    pub(crate) log_name: String,
    pub(crate) number: VersionNumber,
    pub(crate) parent: Option<VersionNumber>,
    pub(crate) action: Action,
    pub(crate) source: String,
    pub(crate) created_at_us: i64,
    pub(crate) cases: u64,
    pub(crate) events: u64,
    pub(crate) first_event_us: Option<i64>,
    pub(crate) last_event_us: Option<i64>,
    pub(crate) logs: Vec<ManifestLog>,
    pub(crate) files: Vec<FileEntry>,
}

/// One log of a version.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ManifestLog {
    pub(crate) notion: CaseNotion,
    /// How the names of its files begin.
    pub(crate) prefix: String,
    /// What the format of the log's files needs to read them.
    pub(crate) stored: Box<RawValue>,
}

impl Manifest {
    /// The notions, in their order.
    pub(crate) fn notions(&self) -> Vec<CaseNotion> {
        self.logs.iter().map(|log| log.notion).collect()
    }

    /// The IANA zone of the days of the main log, if its description can be understood.
    pub(crate) fn time_zone(&self) -> Option<String> {
        format::v1::time_zone_in(self.logs.first()?.stored.get())
    }

    /// Length of all files together.
    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// The entry of a file.
    pub(crate) fn file(&self, name: &str) -> Option<&FileEntry> {
        self.files.iter().find(|file| file.name == name)
    }
}

/// How the files of a notion begin.
pub(crate) fn prefix_of(notion: CaseNotion) -> &'static str {
    match notion {
        CaseNotion::Main => "main",
        CaseNotion::Lead => "lead",
        CaseNotion::Document => "document",
    }
}

/// What the marker of a published version says.
pub(crate) fn marker_of(manifest_hash: &str) -> String {
    format!("{MARKER_WORD}{manifest_hash}\n")
}

/// What the marker of a version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Marker {
    /// There is none.
    Missing,
    /// There is one that cannot be read or understood.
    Damaged,
    /// The hash of the manifest that was published.
    Names(String),
}

/// Reads the marker of a version.
pub(crate) fn read_marker(folder: &Path) -> Marker {
    let text = match std::fs::read(folder.join(layout::PUBLISHED)) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Marker::Missing,
        Err(_) => return Marker::Damaged,
    };
    let hash = text.strip_prefix(MARKER_WORD).and_then(|rest| rest.strip_suffix('\n'));
    match hash {
        Some(hash) if hash.len() == 32 => Marker::Names(hash.to_owned()),
        _ => Marker::Damaged,
    }
}

/// The hash of the manifest as it is there, for a version whose marker is damaged: what the
/// manifest says must then be proven by every file it lists.
pub(crate) fn hash_without_marker(folder: &Path) -> Option<String> {
    std::fs::read(folder.join(layout::MANIFEST)).ok().map(|bytes| hash_of(&bytes))
}

/// Reads the manifest of a version and checks it and the lengths of all files.
///
/// The error is the end of a sentence that begins with the version.
pub(crate) fn verify_lengths(
    folder: &Path,
    log: LogId,
    number: VersionNumber,
    hash: &str,
) -> Result<Manifest, Sentence> {
    let manifest = read_manifest(folder, hash)?;
    if manifest.log != log || manifest.number != number {
        return Err(say!("its manifest belongs to another version."));
    }
    for file in &manifest.files {
        let name = &file.name;
        let mut components = Path::new(name).components();
        let is_plain = matches!(components.next(), Some(Component::Normal(_)));
        if !is_plain || components.next().is_some() {
            return Err(say!(
                "its manifest names \"{name}\", which is no file of a version.",
                name
            ));
        }
        match std::fs::metadata(folder.join(name)) {
            Ok(metadata) if metadata.is_file() && metadata.len() == file.bytes => {}
            Ok(metadata) => {
                let (found, expected) = (metadata.len(), file.bytes);
                return Err(say!(
                    "its file {name} has {found} {found|byte|bytes}, and {expected} \
                     {expected|was|were} written.",
                    name,
                    found,
                    expected
                ));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(say!("its file {name} is missing.", name));
            }
            Err(error) => {
                return Err(say!(
                    "its file {name} cannot be read: {error}.",
                    name,
                    error = error.to_string()
                ));
            }
        }
    }
    Ok(manifest)
}

fn read_manifest(folder: &Path, hash: &str) -> Result<Manifest, Sentence> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = File::open(folder.join(layout::MANIFEST))?;
        file.take(MANIFEST_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = match read() {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound && !folder.exists() => {
            return Err(say!("its folder is missing."));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(say!("its manifest is missing."));
        }
        Err(error) => {
            return Err(say!("its manifest cannot be read: {error}.", error = error.to_string()));
        }
    };
    if hash_of(&bytes) != hash {
        return Err(say!("its manifest is not the one that was published."));
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| {
        say!("its manifest cannot be understood: {error}.", error = error.to_string())
    })?;
    let format = manifest.format;
    if format != VERSION_FORMAT {
        return Err(say!(
            "it is in format {format}, which this release does not read.",
            format = format.to_string()
        ));
    }
    Ok(manifest)
}

/// Reads these files of a version and compares their hashes, on so many threads.
///
/// The error is the end of a sentence that begins with the version.
pub(crate) fn verify_hashes(
    folder: &Path,
    files: &[&FileEntry],
    threads: usize,
) -> Result<(), Sentence> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), Sentence> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let name = &file.name;
            match hash_file(&folder.join(name)) {
                Ok(hash) if hash == file.hash => {}
                Ok(_) => {
                    return Err(say!("the content of its file {name} has changed.", name));
                }
                Err(error) => {
                    return Err(say!(
                        "its file {name} cannot be read: {error}.",
                        name,
                        error = error.to_string()
                    ));
                }
            }
        }
        Ok(())
    };
    let threads = threads.clamp(1, files.len().max(1));
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let first = work();
        others.into_iter().fold(first, |seen, other| {
            let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            seen.and(other)
        })
    })
}

fn hash_file(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(format!("{:032x}", hash.digest128())),
            Ok(count) => hash.update(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
