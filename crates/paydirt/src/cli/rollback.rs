//! `paydirt rollback`: an earlier version becomes the current one.

use clap::Args;
use paydirt_app::logs;
use paydirt_app::workspace::VersionNumber;
use paydirt_model::language::Language;
use paydirt_model::say;

use super::data::DataArguments;
use super::{Failure, failing, print};

/// What `paydirt rollback` takes.
#[derive(Debug, Args)]
#[command(after_help = "No version is deleted: rolling back can be rolled back.\n\n\
    Examples:\n  \
    paydirt rollback Deals 3\n  \
    paydirt rollback Deals 3 --json")]
pub(super) struct RollbackArguments {
    /// Name of the log.
    log: String,
    /// Number of the version that is to be current.
    version: u64,
    /// Print the log as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Rolls back.
pub(super) fn run(arguments: &RollbackArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let (workspace, log) = arguments.data.open_log(&arguments.log, language).map_err(fail)?;
    let number = VersionNumber(arguments.version);
    let log = logs::roll_back(&workspace, log, number).map_err(fail)?.told_in(language);
    if arguments.json {
        let log = serde_json::to_string(&log).expect("a log is plain data");
        return print(&format!("{log}\n"));
    }
    let version = format!("{}@{number}", log.name);
    let told = say!("{version} is the current version now.", version);
    print(&format!("{}\n", told.in_language(language)))
}
