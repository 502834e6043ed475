//! May this folder be used as a store, and does this process have it for itself?

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::evidence::{self, Evidence};
use crate::file_layer::FileLayer;
use crate::layout::{self, Layout};
use crate::new_file::{FileList, write_whole};
use crate::problems;

/// The format of the folder that this release writes and reads.
pub(crate) const FORMAT_NUMBER: u32 = 1;

const FORMAT_WORD: &str = "paydirt-store ";
const LOCK_WORDS: &str = "paydirt process ";
/// The lock and the format file are a line each; more is somebody else's.
const LINE_BYTES_MAX: u64 = 200;

/// The lock of a folder, while it is held.
#[derive(Debug)]
pub(crate) struct HeldLock(File);

impl Drop for HeldLock {
    fn drop(&mut self) {
        // Closing the file is not enough while a process that was just started still shares it.
        let _ = self.0.unlock();
    }
}

/// How a folder came to be a store that this process has.
pub(crate) enum Claim {
    /// It was made one now.
    New,
    /// It was one.
    Known,
    /// It was one whose format file was missing or damaged, and is there again; the sentence says
    /// so.
    Repaired(Sentence),
}

/// Makes the folder a store, or checks that it is one, and takes its lock.
pub(crate) fn claim(layout: &Layout, layer: &dyn FileLayer) -> Result<(HeldLock, Claim), Problem> {
    let folder = layout.folder();
    match std::fs::metadata(folder) {
        Ok(metadata) if !metadata.is_dir() => {
            return Err(not_a_store(folder, say!("This is a file, and the data need a folder.")));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => create_folders(folder, layer)?,
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(not_a_store(
                folder,
                say!("A part of this path is a file and not a folder."),
            ));
        }
        Err(error) => return Err(problems::unreadable(folder, &error)),
    }
    judge(layout)?;
    let lock = take_lock(layout)?;
    // Somebody may have made the store between the look and the lock.
    let claim = judge(layout)?;
    match claim {
        Claim::New | Claim::Repaired(_) => write_format(layout, layer)?,
        Claim::Known => {}
    }
    Ok((lock, claim))
}

/// What the folder is; one that is no store and may not become one is refused.
fn judge(layout: &Layout) -> Result<Claim, Problem> {
    let format = read_format(layout)?;
    if let Format::Known = format {
        return Ok(Claim::Known);
    }
    match (evidence::look(layout), format) {
        (Evidence::Store(proof), Format::Missing) => Ok(Claim::Repaired(say!(
            "The file \"{name}\" was missing; {proof}, so it is there again.",
            name = layout::FORMAT,
            proof
        ))),
        (Evidence::Store(proof), _) => Ok(Claim::Repaired(say!(
            "The file \"{name}\" was damaged; {proof}, so it is written again.",
            name = layout::FORMAT,
            proof
        ))),
        (Evidence::Later, _) => Err(later(
            layout,
            say!(
                "The data were written by a later release, and the file \"{name}\" that says so \
                 is missing or damaged. Nothing was changed.",
                name = layout::FORMAT
            ),
        )),
        (Evidence::None, Format::Damaged) => Err(damaged_format(layout)),
        (Evidence::None, _) => refuse_foreign(layout.folder()).map(|()| Claim::New),
    }
}

fn create_folders(folder: &Path, layer: &dyn FileLayer) -> Result<(), Problem> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.exists()).collect();
    for path in missing.into_iter().rev() {
        match layer.create_folder(path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(problems::unwritable(path, &error)),
        }
        if let Some(parent) = path.parent() {
            layer.sync_folder(parent).map_err(|error| problems::unwritable(parent, &error))?;
        }
    }
    Ok(())
}

/// What the format file says.
enum Format {
    Missing,
    /// It cannot be read, or says something else.
    Damaged,
    /// The format of this release.
    Known,
}

fn read_format(layout: &Layout) -> Result<Format, Problem> {
    let path = layout.format();
    let text = match read_line(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Format::Missing),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err(problems::unreadable(&path, &error));
        }
        Err(_) => return Ok(Format::Damaged),
    };
    let number = text.strip_prefix(FORMAT_WORD).and_then(|rest| rest.trim_end().parse().ok());
    match number {
        Some(FORMAT_NUMBER) => Ok(Format::Known),
        None | Some(0) => Ok(Format::Damaged),
        Some(number) => Err(later(
            layout,
            say!(
                "The data are in format {number}; this release reads and writes format \
                 {known}. Nothing was changed.",
                number = number.to_string(),
                known = FORMAT_NUMBER.to_string()
            ),
        )),
    }
}

fn later(layout: &Layout, detail: Sentence) -> Problem {
    Problem::new(ErrorCode::StoreFormatUnknown, detail)
        .in_file(layout.folder().display().to_string())
        .with_hint(say!("Use the release of Paydirt that wrote the data, or a later one."))
}

fn damaged_format(layout: &Layout) -> Problem {
    let expected = format!("{FORMAT_WORD}{FORMAT_NUMBER}");
    Problem::new(
        ErrorCode::NotAStore,
        say!(
            "This file should say \"{expected}\" and does not, and no other file shows that the \
             folder is one of Paydirt. Nothing was written into it.",
            expected
        ),
    )
    .in_file(layout.format().display().to_string())
    .with_hint(say!(
        "If it is a data folder of Paydirt, bring the file back from a backup; otherwise choose an \
         empty folder, a new one, or one that Paydirt has made."
    ))
}

fn read_line(path: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LINE_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A folder without a format must be empty, but for what a first start can have left and for the
/// folder that a file system puts into its root.
fn refuse_foreign(folder: &Path) -> Result<(), Problem> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| problems::unreadable(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| problems::unreadable(folder, &error))?;
        let name = entry.file_name();
        let is_ours = match name.to_str() {
            Some("lost+found") => entry.path().is_dir(),
            Some(layout::LOCK) => read_line(&entry.path())
                .is_ok_and(|text| text.is_empty() || text.starts_with(LOCK_WORDS)),
            Some("format.new") => read_line(&entry.path()).is_ok_and(|text| {
                // Cut short by a crash, and perhaps filled up with zeros.
                let text = text.trim_end_matches('\0');
                text.starts_with(FORMAT_WORD) || FORMAT_WORD.starts_with(text)
            }),
            _ => false,
        };
        if !is_ours {
            let name = name.to_string_lossy();
            return Err(Problem::new(
                ErrorCode::NotAStore,
                say!(
                    "This folder holds \"{name}\" and was not made by Paydirt. Nothing was \
                     written into it.",
                    name
                ),
            )
            .in_file(folder.display().to_string())
            .with_hint(say!("Choose an empty folder, a new one, or one that Paydirt has made.")));
        }
    }
    Ok(())
}

fn take_lock(layout: &Layout) -> Result<HeldLock, Problem> {
    let path = layout.lock();
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| problems::unwritable(&path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(in_use(layout)),
        Err(TryLockError::Error(error)) => {
            return Err(Problem::new(
                ErrorCode::StoreFailed,
                say!("The folder cannot be locked: {error}.", error = error.to_string()),
            )
            .in_file(layout.folder().display().to_string())
            .with_hint(say!("Choose a folder on a disk of this machine.")));
        }
    }
    let line = format!("{LOCK_WORDS}{}\n", std::process::id());
    // The line serves a message only: a full disk shall not keep anybody from reading.
    let _ = file.set_len(0).and_then(|()| file.write_all(line.as_bytes()));
    Ok(HeldLock(file))
}

fn in_use(layout: &Layout) -> Problem {
    let line = read_line(&layout.lock()).unwrap_or_default();
    let process = line
        .strip_prefix(LOCK_WORDS)
        .map(str::trim)
        .filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let folder = layout.folder().display().to_string();
    let detail = match process {
        Some(process) => {
            say!("The data folder \"{folder}\" is in use by process {process}.", folder, process)
        }
        None => say!("The data folder \"{folder}\" is in use by another process.", folder),
    };
    Problem::new(ErrorCode::StoreInUse, detail).with_hint(say!(
        "Stop that process, ask it over its address, or choose another data folder."
    ))
}

fn write_format(layout: &Layout, layer: &dyn FileLayer) -> Result<(), Problem> {
    let content = format!("{FORMAT_WORD}{FORMAT_NUMBER}\n");
    replace(layer, layout.folder(), layout::FORMAT, content.as_bytes())
}

/// Puts a small file in its place as a whole: after any failure there is the old one or the new.
pub(crate) fn replace(
    layer: &dyn FileLayer,
    folder: &Path,
    name: &str,
    content: &[u8],
) -> Result<(), Problem> {
    let new_name = format!("{name}{}", layout::NEW);
    let new_path = folder.join(&new_name);
    if new_path.exists() {
        layer.remove_file(&new_path).map_err(|error| problems::unwritable(&new_path, &error))?;
    }
    write_whole(layer, folder, &new_name, &FileList::default(), content)?;
    let path = folder.join(name);
    layer
        .rename(&new_path, &path)
        .and_then(|()| layer.sync_folder(folder))
        .map_err(|error| problems::unwritable(&path, &error))
}

fn not_a_store(folder: &Path, detail: Sentence) -> Problem {
    Problem::new(ErrorCode::NotAStore, detail)
        .in_file(folder.display().to_string())
        .with_hint(say!("Choose an empty folder, a new one, or one that Paydirt has made."))
}
