//! `paydirt pin` and `paydirt unpin`: a version stays whatever the retention says, or no longer.

use clap::Args;
use paydirt_app::logs;
use paydirt_model::language::Language;
use paydirt_model::say;

use super::data::{DataArguments, named};
use super::{Failure, failing, print};

/// What `paydirt pin` and `paydirt unpin` take.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt pin Deals@3       keeps version 3 whatever the retention says\n  \
    paydirt unpin Deals@3     leaves it to the retention again")]
pub(super) struct PinArguments {
    /// The version: NAME@3, or NAME for the current one.
    version: String,
    /// Print the version as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Whether a version is to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pinning {
    /// It stays.
    Pin,
    /// The retention decides.
    Unpin,
}

/// Pins or unpins.
pub(super) fn run(
    arguments: &PinArguments,
    language: Language,
    pinning: Pinning,
) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let workspace = arguments.data.open_existing(language).map_err(fail)?;
    let (log, number) = named(&workspace, &arguments.version).map_err(fail)?;
    let pinned = pinning == Pinning::Pin;
    let version = logs::pin(&workspace, log, number, pinned).map_err(fail)?;
    if arguments.json {
        let version = serde_json::to_string(&version).expect("a version is plain data");
        return print(&format!("{version}\n"));
    }
    let name = workspace.log(log).map_err(fail)?.name;
    let version = format!("{name}@{number}");
    let told = if pinned {
        say!("{version} stays until it is unpinned.", version)
    } else {
        say!("{version} is no longer pinned.", version)
    };
    print(&format!("{}\n", told.in_language(language)))
}
