//! How a file is written so that nothing half-done stays behind: beside its place, then moved.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// Writes a file through `write`; on any failure the place is as it was before.
///
/// # Errors
/// The folder or the disk does not allow it, or `write` fails.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let partial = Partial::create(path)?;
    let mut output = BufWriter::with_capacity(1 << 20, partial.file(path)?);
    write(&mut output)?;
    output.flush().map_err(|error| unwritable(path, &error))?;
    let file = output.into_inner().map_err(|error| unwritable(path, error.error()))?;
    file.sync_all().map_err(|error| unwritable(path, &error))?;
    std::fs::rename(&partial.path, path).map_err(|error| unwritable(path, &error))?;
    Ok(())
}

/// The file while it is being written; removed unless it has been moved to its place.
struct Partial {
    path: PathBuf,
}

impl Partial {
    fn create(target: &Path) -> Result<Self, Problem> {
        let name = target.file_name().ok_or_else(|| {
            Problem::new(ErrorCode::WrongUsage, say!("This names no file to write."))
                .in_file(target.display().to_string())
        })?;
        let mut partial_name = std::ffi::OsString::from(".");
        partial_name.push(name);
        remove_abandoned(target, &partial_name);
        partial_name.push(format!(".{}.partial", std::process::id()));
        Ok(Partial { path: target.with_file_name(partial_name) })
    }

    fn file(&self, target: &Path) -> Result<File, Problem> {
        File::create(&self.path).map_err(|error| unwritable(target, &error))
    }
}

/// Removes what a killed process has left of the same target. Whether a process still runs can be
/// told where the system lists them; elsewhere nothing is removed.
fn remove_abandoned(target: &Path, prefix: &std::ffi::OsStr) {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return;
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let (Some(name), Some(prefix)) = (name.to_str(), prefix.to_str()) else { continue };
        let process = name
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.strip_suffix(".partial"))
            .filter(|process| process.bytes().all(|byte| byte.is_ascii_digit()));
        if process.is_some_and(|process| !processes.join(process).exists()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After the move there is nothing left under this name; before it, half a file is.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The problem that a failure of writing is.
#[must_use]
pub fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(
        ErrorCode::FileUnwritable,
        say!("Writing failed: {error}.", error = error.to_string()),
    )
    .in_file(path.display().to_string())
    .with_hint(say!("Check the folder, its permissions and the free space, then try again."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        // No process has a number this large.
        let left = folder.path().join(".out.csv.4294967295.partial");
        let other = folder.path().join(".other.csv.4294967295.partial");
        std::fs::write(&left, b"half").unwrap();
        std::fs::write(&other, b"half").unwrap();
        write_file(&path, |_| Ok(())).unwrap();
        assert_eq!(left.exists(), !Path::new("/proc/self").exists());
        assert!(other.exists() && path.exists());
    }

    #[test]
    fn a_failed_write_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        write_file(&path, |output| {
            output.write_all(b"first").map_err(|error| unwritable(&path, &error))
        })
        .unwrap();
        let failed = write_file(&path, |output| {
            output.write_all(b"second").map_err(|error| unwritable(&path, &error))?;
            Err(Problem::new(ErrorCode::Cancelled, "Stopped."))
        });
        assert_eq!(failed.unwrap_err().code, ErrorCode::Cancelled);
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
