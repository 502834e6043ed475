//! Where files wait that were sent and not imported yet.

use std::path::{Path, PathBuf};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{DAY_US, Timestamp};
use serde::{Deserialize, Serialize};

use crate::catalog::next_number;
use crate::folder::replace;
use crate::names::turns_text;
use crate::problems;
use crate::recovery::OpenReport;
use crate::store::Store;

/// An upload that nobody imported is removed by the first start after so many microseconds.
pub const UPLOAD_AGE_MAX_US: i64 = DAY_US;

/// Says what an upload is; no file of a user is named like this.
const ENTRY: &str = ".upload.json";
/// The file of an upload until all of it is there; no file of a user is named like this.
const ARRIVING: &str = ".arriving";
/// Most bytes in the name of an uploaded file on the disk.
const FILE_NAME_BYTES_MAX: usize = 160;

/// A file that was sent, or is being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its number; none is used twice.
    pub id: u64,
    /// The name of the file as the user has it.
    pub name: String,
    /// Where its bytes are to be written, and read from.
    pub path: PathBuf,
    /// When it was begun.
    pub created_at: Timestamp,
}

impl Upload {
    /// Where its bytes are until all of them are there. An upload is one once they have been moved
    /// to its path; what a power cut leaves here is removed by the next start.
    #[must_use]
    pub fn arriving(&self) -> PathBuf {
        self.path.with_file_name(ARRIVING)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct UploadEntry {
    name: String,
    file: String,
    created_at_us: i64,
}

impl Store {
    /// A place for a file that is going to be sent. There is no file yet: the caller writes it to
    /// [`Upload::arriving`] and moves it, once it is whole, to the path, which ends in the name of
    /// the file as far as a disk can hold it.
    ///
    /// # Errors
    /// The name is empty, or the disk does not allow it.
    pub fn new_upload(&self, name: &str, now: Timestamp) -> Result<Upload, Problem> {
        let file = file_name(name)?;
        if name.chars().any(|sign| sign.is_control() || turns_text(sign)) {
            return Err(Problem::new(
                ErrorCode::InvalidName,
                say!(
                    "The name of the file holds a control character such as a line break, or a \
                     sign that changes the direction of writing."
                ),
            )
            .in_parameter("name")
            .with_hint(say!("Choose another name.")));
        }
        let id = self.catalogue().change(|transaction| next_number(transaction, "upload"))?;
        let folder = self.upload_folder(id);
        self.layer.create_folder(&folder).map_err(|error| problems::unwritable(&folder, &error))?;
        let entry =
            UploadEntry { name: name.to_owned(), file: file.clone(), created_at_us: now.as_us() };
        let json = serde_json::to_vec(&entry).expect("an entry is plain data");
        if let Err(problem) = replace(&*self.layer, &folder, ENTRY, &json) {
            // What cannot be removed now is removed at the next start.
            let _ = self.layer.remove_folder(&folder);
            return Err(problem);
        }
        Ok(Upload { id, name: name.to_owned(), path: folder.join(file), created_at: now })
    }

    /// An upload that has arrived whole.
    ///
    /// # Errors
    /// It does not exist, not yet, or no longer.
    pub fn upload(&self, id: u64) -> Result<Upload, Problem> {
        let folder = self.upload_folder(id);
        let whole = read_entry(&folder).filter(|(entry, _)| folder.join(&entry.file).is_file());
        let (entry, created_at) = whole.ok_or_else(|| no_upload(id))?;
        Ok(Upload { id, name: entry.name, path: folder.join(entry.file), created_at })
    }

    /// Removes an upload, whole or not.
    ///
    /// # Errors
    /// It does not exist, or the disk does not allow it.
    pub fn delete_upload(&self, id: u64) -> Result<(), Problem> {
        let folder = self.upload_folder(id);
        read_entry(&folder).ok_or_else(|| no_upload(id))?;
        self.remove_folder(&folder)
    }

    /// Removes uploads that are old or did not arrive whole.
    pub(crate) fn clear_uploads(&self, now: Timestamp, report: &mut OpenReport) {
        let oldest_us = now.as_us().saturating_sub(UPLOAD_AGE_MAX_US);
        let entries = std::fs::read_dir(self.layout.uploads()).into_iter().flatten().flatten();
        for entry in entries {
            let folder = entry.path();
            let is_kept = read_entry(&folder).is_some_and(|(entry, created_at)| {
                oldest_us <= created_at.as_us() && folder.join(entry.file).is_file()
            });
            if is_kept {
                continue;
            }
            let removed = if folder.is_dir() {
                self.layer.remove_folder(&folder)
            } else {
                self.layer.remove_file(&folder)
            };
            match removed {
                Ok(()) => report.uploads_removed += 1,
                Err(error) => {
                    report.notes.push(say!(
                        "A leftover cannot be removed: {path}: {error}.",
                        path = folder.display().to_string(),
                        error = error.to_string()
                    ));
                }
            }
        }
    }

    fn upload_folder(&self, id: u64) -> PathBuf {
        self.layout.uploads().join(id.to_string())
    }
}

fn no_upload(id: u64) -> Problem {
    let id = id.to_string();
    let detail = say!("There is no upload {id}; it may have been imported or removed.", id);
    Problem::new(ErrorCode::UploadNotFound, detail).with_hint(say!("Send the file again."))
}

fn read_entry(folder: &Path) -> Option<(UploadEntry, Timestamp)> {
    let bytes = std::fs::read(folder.join(ENTRY)).ok()?;
    let entry: UploadEntry = serde_json::from_slice(&bytes).ok()?;
    let created_at = Timestamp::from_us(entry.created_at_us)?;
    (file_name(&entry.file).ok()? == entry.file).then_some((entry, created_at))
}

/// The name of a file as every disk can hold it. The end stays: it tells the format.
fn file_name(name: &str) -> Result<String, Problem> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let replaced: String = last
        .chars()
        .map(|sign| if sign.is_control() || "<>:\"|?*".contains(sign) { '_' } else { sign })
        .collect();
    let mut plain = replaced.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
    while plain.len() > FILE_NAME_BYTES_MAX {
        let mut signs = plain.chars();
        signs.next();
        plain = signs.as_str();
    }
    // Cutting may have brought a full stop to the front.
    let plain = plain.trim_start_matches(['.', ' ']);
    if plain.is_empty() {
        return Err(Problem::new(
            ErrorCode::InvalidName,
            say!("\"{name}\" is no name of a file.", name),
        )
        .in_parameter("name")
        .with_hint(say!("Send the name of the file with it, such as deals.csv.")));
    }
    Ok(plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_leads_nowhere_else() {
        assert_eq!(file_name("deals.csv").unwrap(), "deals.csv");
        assert_eq!(file_name("C:\\files\\受注 2026.xes.gz").unwrap(), "受注 2026.xes.gz");
        assert_eq!(file_name("../../etc/passwd").unwrap(), "passwd");
        assert_eq!(file_name(".upload.json").unwrap(), "upload.json");
        assert_eq!(file_name("a:b\n?.csv").unwrap(), "a_b__.csv");
        for name in ["", "..", "a/", " . "] {
            assert_eq!(file_name(name).unwrap_err().code, ErrorCode::InvalidName, "{name}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        let name = format!("{}.csv.gz", "語".repeat(200));
        let file = file_name(&name).unwrap();
        assert!(file.len() <= FILE_NAME_BYTES_MAX && file.ends_with("語.csv.gz"));
        assert_eq!(file_name(&file).unwrap(), file);
    }
}
