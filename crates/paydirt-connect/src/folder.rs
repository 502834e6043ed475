//! What is in a folder? Files that are one table, such as the parts of a Parquet data set, whose
//! folders may be named by a column and its value (`year=2024/part-0.parquet`).

use std::path::{Path, PathBuf};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::input::{Input, io_problem};
use crate::several::{self, Member, Whole};
use crate::source::{Content, ReadOptions};

/// Deepest folder within the folder.
const DEPTH_MAX: usize = 16;

/// Reads the files of a folder.
pub(crate) fn read(path: &Path, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let mut files = Vec::new();
    collect(path, "", DEPTH_MAX, options.limits.members_max, &mut files)?;
    files.sort();
    let members = files.into_iter().map(|(name, path)| {
        let input = Input::new(path);
        Member { name, input }
    });
    let shown = path.display().to_string();
    several::read(Whole::Folder, members.collect(), options).map_err(|problem| {
        match problem.place.file {
            Some(_) => problem,
            None => problem.in_file(shown),
        }
    })
}

/// Finds the files of a folder by their names in it. What begins with a point or an underscore is
/// for the programs that write data sets; folders behind links are left alone, for they may lead
/// back.
fn collect(
    folder: &Path,
    prefix: &str,
    depth_left: usize,
    files_max: usize,
    files: &mut Vec<(String, PathBuf)>,
) -> Result<(), Problem> {
    let shown = folder.display().to_string();
    let failed = |error: std::io::Error| io_problem(&shown, &error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(['.', '_']) {
            continue;
        }
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let name = format!("{prefix}{name}");
        if kind.is_dir() {
            if let Some(depth_left) = depth_left.checked_sub(1) {
                collect(&path, &format!("{name}/"), depth_left, files_max, files)?;
            }
        } else if path.is_file() {
            if files.len() >= files_max {
                let max = files_max;
                let detail = say!("The folder has more than {max} files.", max);
                return Err(Problem::new(ErrorCode::InputTooLarge, detail).in_file(shown));
            }
            files.push((name, path));
        }
    }
    Ok(())
}
