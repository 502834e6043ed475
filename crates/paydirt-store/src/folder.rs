//! May this folder be used as a store, and does this process have it for itself?

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

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

/// Makes the folder a store, or checks that it is one, and takes its lock.
///
/// The second value says whether the store is new.
pub(crate) fn claim(layout: &Layout, layer: &dyn FileLayer) -> Result<(HeldLock, bool), Problem> {
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
    if !has_format(layout)? {
        refuse_foreign(folder)?;
    }
    let lock = take_lock(layout)?;
    // Somebody may have made the store between the look and the lock.
    let is_new = !has_format(layout)?;
    if is_new {
        write_format(layout, layer)?;
    }
    Ok((lock, is_new))
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

/// Whether the folder says that it is a store of this format.
fn has_format(layout: &Layout) -> Result<bool, Problem> {
    let path = layout.format();
    let text = match read_line(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(problems::unreadable(&path, &error)),
    };
    let Some(number) = text.strip_prefix(FORMAT_WORD) else {
        return Err(not_a_store(
            layout.folder(),
            say!("The folder has a file named format that Paydirt has not written."),
        ));
    };
    let number = number.trim_end();
    if number == FORMAT_NUMBER.to_string() {
        return Ok(true);
    }
    Err(Problem::new(
        ErrorCode::StoreFormatUnknown,
        say!(
            "The data are in format {number}; this release reads and writes format \
             {known}. Nothing was changed.",
            number,
            known = FORMAT_NUMBER.to_string()
        ),
    )
    .in_file(layout.folder().display().to_string())
    .with_hint(say!("Use the release of Paydirt that wrote the data, or a later one.")))
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
