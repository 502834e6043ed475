//! `paydirt changes`: what changed from one version of a stored log to another.

use clap::Args;
use paydirt_app::analyse::Running;
use paydirt_app::changes::{Comparison, changes};
use paydirt_app::workspace::VersionNumber;
use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;

use super::data::{DataArguments, named};
use super::{CANCELLED, Failure, failing, print, table, threads};

/// What `paydirt changes` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt changes Deals            the current version and the one before it\n  \
    paydirt changes Deals@5 --since 3")]
pub(super) struct ChangesArguments {
    /// The log, or one version of it: NAME or NAME@3.
    version: String,
    /// Number of the version to compare with; else the one before.
    #[arg(long, value_name = "NUMBER")]
    since: Option<u64>,
    /// Print the changes as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Compares the versions.
pub(super) fn run(arguments: &ChangesArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let workspace = arguments.data.open_existing(threads, language).map_err(fail)?;
    let (log, version) = named(&workspace, &arguments.version).map_err(fail)?;
    let since = arguments.since.map(VersionNumber);
    let comparison = Comparison { log, version, since, notion: CaseNotion::Main };
    let running = Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} };
    let found = changes(&workspace, comparison, running).map_err(fail)?;
    let found = serde_json::to_value(&found).expect("changes are plain data");
    if arguments.json {
        return print(&format!("{found}\n"));
    }
    print(&table::show(&found, language))
}
