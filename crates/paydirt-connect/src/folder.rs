//! What is in a folder? Files that are one table, such as the parts of a Parquet data set, whose
//! folders may be named by a column and its value (`year=2024/part-0.parquet`).

use std::path::{Path, PathBuf};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::archive::is_of_the_system;
use crate::input::{Input, io_problem};
use crate::several::{self, Member, Whole, report_of};
use crate::source::{Content, ReadOptions};

/// Deepest folder within the folder.
const DEPTH_MAX: usize = 16;

/// Most names that are passed over and told.
const NAMES_MAX: usize = 20;

/// Reads the files of a folder.
pub(crate) fn read(path: &Path, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let mut found = Found::default();
    collect(path, "", DEPTH_MAX, options.limits.members_max, &mut found)?;
    let Found { mut files, mut skipped, skipped_count } = found;
    files.sort();
    skipped.sort();
    if files.is_empty() && skipped_count > 0 {
        return Err(Problem::new(ErrorCode::NothingUsable, skipped_told(skipped_count, &skipped))
            .in_file(path.display().to_string())
            .with_hint(say!("Rename the file, or name it itself.")));
    }
    let members = files.into_iter().map(|(name, path)| {
        let input = Input::new(path);
        Member { name, input }
    });
    let shown = path.display().to_string();
    let read = several::read(Whole::Folder, members.collect(), options);
    let mut content = read.map_err(|problem| match problem.place.file {
        Some(_) => problem,
        None => problem.in_file(shown),
    })?;
    if skipped_count > 0 {
        report_of(&mut content).notes.push(skipped_told(skipped_count, &skipped));
    }
    Ok(content)
}

fn skipped_told(count: u64, names: &[String]) -> Sentence {
    say!(
        "{count} {count|entry|entries} of the folder {count|was|were} passed over: {names}. What \
         begins with a point or an underscore, and folders behind links, are not read.",
        count,
        names
    )
}

/// What a folder holds.
#[derive(Default)]
struct Found {
    files: Vec<(String, PathBuf)>,
    /// The first names that are passed over, and how many there are.
    skipped: Vec<String>,
    skipped_count: u64,
}

impl Found {
    fn skip(&mut self, name: String) {
        self.skipped_count += 1;
        if self.skipped.len() < NAMES_MAX {
            self.skipped.push(name);
        }
    }
}

/// Whether a name is one that programs which write data sets, or systems, put beside the files:
/// marks, lists of columns and checksums.
fn is_beside_data(name: &str) -> bool {
    matches!(name, "_SUCCESS" | "_metadata" | "_common_metadata")
        || name.ends_with(".crc")
        || is_of_the_system(name)
}

/// Finds the files of a folder by their names in it. What begins with a point or an underscore is
/// for the programs that write data sets; folders behind links are left alone, for they may lead
/// back.
fn collect(
    folder: &Path,
    prefix: &str,
    depth_left: usize,
    files_max: usize,
    found: &mut Found,
) -> Result<(), Problem> {
    let shown = folder.display().to_string();
    let failed = |error: std::io::Error| io_problem(&shown, &error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_beside_data(&name) {
            continue;
        }
        let is_apart = name.starts_with(['.', '_']);
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let name = format!("{prefix}{name}");
        if is_apart {
            found.skip(name);
        } else if kind.is_dir() {
            let depth_left = depth_left.checked_sub(1).ok_or_else(|| too_deep(&name, &shown))?;
            collect(&path, &format!("{name}/"), depth_left, files_max, found)?;
        } else if path.is_file() {
            if found.files.len() >= files_max {
                let max = files_max;
                let detail = say!("The folder has more than {max} files.", max);
                return Err(Problem::new(ErrorCode::InputTooLarge, detail).in_file(shown));
            }
            found.files.push((name, path));
        } else {
            found.skip(name);
        }
    }
    Ok(())
}

fn too_deep(name: &str, folder: &str) -> Problem {
    let max = DEPTH_MAX;
    let detail = say!(
        "The folder has folders within each other more than {max} deep, such as \"{name}\".",
        max,
        name
    );
    Problem::new(ErrorCode::InputTooLarge, detail)
        .in_file(folder)
        .with_hint(say!("Name the folder with the files itself."))
}
