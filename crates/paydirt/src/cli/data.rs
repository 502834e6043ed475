//! Where the stored logs are, and how a verb opens them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use paydirt_app::catalogue::parse_name;
use paydirt_app::steps::{Phase, Progress as Told, Steps};
use paydirt_app::workspace::{LogId, VersionNumber, Workspace, WorkspaceLimits};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;

use super::progress::Progress;
use super::{CANCELLED, threads};

/// The folder when neither a flag nor the environment names one.
const USUAL_FOLDER: &str = "paydirt-data";

/// Which data folder.
#[derive(Debug, Args)]
#[command(next_help_heading = "Data folder")]
pub(super) struct DataArguments {
    /// Folder of the stored logs; else PAYDIRT_DATA, else ./paydirt-data.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl DataArguments {
    /// The folder where no flag names one.
    pub(super) fn usual_folder() -> PathBuf {
        DataArguments { data: None }.folder()
    }

    /// The folder.
    pub(super) fn folder(&self) -> PathBuf {
        self.named().unwrap_or_else(|| PathBuf::from(USUAL_FOLDER))
    }

    /// The folder that a flag or the environment names.
    fn named(&self) -> Option<PathBuf> {
        let named = std::env::var_os("PAYDIRT_DATA").filter(|name| !name.is_empty());
        self.data.clone().or_else(|| named.map(PathBuf::from))
    }

    /// Whether there is something in the place of the folder.
    pub(super) fn exists(&self) -> bool {
        self.folder().exists()
    }

    /// Whether there is something to open. The usual folder may be absent; one that is named must
    /// be there.
    ///
    /// # Errors
    /// A folder is named and is not there.
    pub(super) fn found(&self) -> Result<bool, Problem> {
        match self.named() {
            Some(folder) if !folder.exists() => {
                let folder = folder.display().to_string();
                let detail = say!("There is no folder {folder}.", folder);
                Err(Problem::new(ErrorCode::FileNotFound, detail).with_hint(say!(
                    "Check --data and PAYDIRT_DATA; `paydirt import` makes a new folder."
                )))
            }
            _ => Ok(self.exists()),
        }
    }

    /// Opens the folder, making an empty one where there is none, and says what was mended.
    ///
    /// # Errors
    /// Another process has it open, or it cannot be read or written.
    pub(super) fn open(
        &self,
        threads: usize,
        language: Language,
    ) -> Result<Arc<Workspace>, Problem> {
        let limits = WorkspaceLimits::standard(threads);
        let workspace = Workspace::open(&self.folder(), now, limits).map_err(in_use)?;
        for note in workspace.notes() {
            let _ = writeln!(io::stderr(), "paydirt: {}", note.in_language(language));
        }
        Ok(Arc::new(workspace))
    }

    /// Opens the folder, which must be there.
    ///
    /// # Errors
    /// There is none; or as [`DataArguments::open`].
    pub(super) fn open_existing(&self, language: Language) -> Result<Arc<Workspace>, Problem> {
        let threads = threads()?;
        if !self.found()? {
            let folder = self.folder();
            let folder = folder.display();
            return Err(Problem::new(
                ErrorCode::LogNotFound,
                say!(
                    "There are no stored logs: the folder {folder} does not exist.",
                    folder = folder.to_string()
                ),
            )
            .with_hint(say!(
                "Store one with `paydirt import FILE` or `paydirt demo`, or name the folder with \
                 --data."
            )));
        }
        self.open(threads, language)
    }

    /// Opens the folder, which must be there, and finds a log in it by name.
    ///
    /// # Errors
    /// There is no such log; or as [`DataArguments::open_existing`].
    pub(super) fn open_log(
        &self,
        name: &str,
        language: Language,
    ) -> Result<(Arc<Workspace>, LogId), Problem> {
        let workspace = self.open_existing(language)?;
        let log = workspace.find(name)?;
        Ok((workspace, log))
    }
}

/// Another process has the store: what to do instead.
fn in_use(problem: Problem) -> Problem {
    if problem.code != ErrorCode::StoreInUse {
        return problem;
    }
    problem.with_hint(say!(
        "A running `paydirt demo` or `paydirt serve` has it: end that with Ctrl-C, work in its \
         browser page, or name another folder with --data."
    ))
}

/// A log and version that the user names as NAME or NAME@3.
///
/// # Errors
/// There is no such log or version.
pub(super) fn named(workspace: &Workspace, text: &str) -> Result<(LogId, VersionNumber), Problem> {
    let (name, number) = parse_name(text)?;
    let log = workspace.find(name)?;
    let number = workspace.resolve(log, number)?;
    workspace.version(log, number)?;
    Ok((log, number))
}

/// The time by the clock of the machine.
pub(super) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let us = i64::try_from(since.as_micros()).ok();
    us.and_then(Timestamp::from_us).expect("the clock shows a year before 10000")
}

/// Runs long work with a progress bar where there is a terminal; Ctrl-C stops it.
pub(super) fn with_steps<R>(
    what: &str,
    threads: usize,
    work: impl FnOnce(Steps<'_>) -> Result<R, Problem>,
) -> Result<R, Problem> {
    let progress = Progress::new(what, false);
    let told = |told: Told| {
        if told.phase != Phase::Waiting {
            progress.set(told.done, told.total);
        }
    };
    work(Steps { threads, cancelled: &CANCELLED, told: &told })
}

/// The name of a file without folder and ending, for a log made of it.
pub(super) fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut stem = name.as_str();
    for ending in [".gz", ".csv", ".tsv", ".txt", ".xes", ".parquet"] {
        let lower = stem.to_lowercase();
        if lower.len() == stem.len() && lower.ends_with(ending) && ending.len() < stem.len() {
            stem = &stem[..stem.len() - ending.len()];
        }
    }
    let usable: String = stem.chars().map(|one| if one == '@' { ' ' } else { one }).collect();
    usable.trim().trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_called_as_its_file() {
        for (file, name) in [
            ("data/deals.csv", "deals"),
            ("log.xes.gz", "log"),
            ("Deals 2026.PARQUET", "Deals 2026"),
            ("a@b.csv", "a b"),
            ("見積.csv", "見積"),
            ("noending", "noending"),
        ] {
            assert_eq!(stem(Path::new(file)), name);
        }
    }
}
