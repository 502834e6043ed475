//! Do the files of a folder prove that it is a store, although it does not say so itself?

use std::fs::File;
use std::io::Read;
use std::path::Path;

use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::catalog;
use crate::entries::{LogId, VersionNumber};
use crate::layout::{Layout, Numbered};
use crate::manifest::{self, Marker};

/// What the files of a folder say about it.
pub(crate) enum Evidence {
    /// Nothing shows that Paydirt has made it.
    None,
    /// It is a store in the formats that this release knows; the sentence says what shows it.
    Store(Sentence),
    /// It is a store of a later release.
    Later,
}

/// Looks at the catalogue, then at the versions. Nothing is written, and one proof is enough: a
/// catalogue that carries our mark, or a version whose marker, manifest and files verify.
pub(crate) fn look(layout: &Layout) -> Evidence {
    match catalogue_format(&layout.catalogue()) {
        Some(format) if format > catalog::FORMAT_MAX => return Evidence::Later,
        Some(_) => return Evidence::Store(say!("its catalogue shows that it is a data folder")),
        None => {}
    }
    for (log, folder) in numbered_in(&layout.logs()) {
        for (number, version) in numbered_in(&folder) {
            let (log, number) = (LogId(log), VersionNumber(number));
            if is_version(&version, log, number) {
                return Evidence::Store(say!(
                    "version {number} of log {log} shows that it is a data folder",
                    number = number.to_string(),
                    log = log.to_string()
                ));
            }
        }
    }
    Evidence::None
}

fn is_version(folder: &Path, log: LogId, number: VersionNumber) -> bool {
    let Marker::Names(hash) = manifest::read_marker(folder) else { return false };
    manifest::verify_lengths(folder, log, number, &hash).is_ok()
}

fn numbered_in(folder: &Path) -> Vec<(u64, std::path::PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| match Numbered::parse(entry.file_name().to_str()?) {
            Some(Numbered::Live(number)) => Some((number, entry.path())),
            Some(Numbered::Deleted(_) | Numbered::Damaged(_)) | None => None,
        })
        .collect();
    found.sort();
    found
}

/// The format of a catalogue of ours, read from the header of the database alone: opening it
/// would write beside it. The places are those of the file format of SQLite, section 1.3.
fn catalogue_format(path: &Path) -> Option<u32> {
    let mut header = [0; 100];
    File::open(path).ok()?.read_exact(&mut header).ok()?;
    let number = |at: usize| {
        header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes)
    };
    let is_ours = header.starts_with(b"SQLite format 3\0")
        && number(68).map(i64::from) == Some(catalog::APPLICATION_ID);
    number(60).filter(|&format| is_ours && format > 0)
}
