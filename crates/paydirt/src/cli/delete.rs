//! `paydirt delete`: a stored log, or one version of it, goes.

use std::io::{self, IsTerminal, Write};

use clap::Args;
use paydirt_app::catalogue::parse_name;
use paydirt_app::logs;
use paydirt_model::problem::{ErrorCode, Problem};
use serde_json::json;

use super::data::DataArguments;
use super::{Failure, failing, print, threads};

/// What `paydirt delete` takes.
#[derive(Debug, Args)]
#[command(after_help = "The current version and pinned ones are not deleted alone.\n\n\
    Examples:\n  \
    paydirt delete Deals@2\n  \
    paydirt delete Deals --yes")]
pub(super) struct DeleteArguments {
    /// The log, or one version of it: NAME or NAME@3.
    log: String,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Print what was deleted as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Deletes.
pub(super) fn run(arguments: &DeleteArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let (name, number) = parse_name(&arguments.log).map_err(fail)?;
    let workspace = arguments.data.open_existing(threads).map_err(fail)?;
    let log = workspace.find(name).map_err(fail)?;
    let what = match number {
        Some(number) => {
            workspace.version(log, number).map_err(fail)?;
            format!("version {number} of \"{name}\"")
        }
        None => {
            let count = workspace.log(log).map_err(fail)?.version_count;
            format!("the log \"{name}\" with its {count} versions")
        }
    };
    if !arguments.yes && !is_confirmed(&what).map_err(fail)? {
        return print("Nothing was deleted.\n");
    }
    let done = match number {
        Some(number) => logs::delete_version(&workspace, log, number),
        None => logs::delete_log(&workspace, log),
    };
    done.map_err(fail)?;
    if arguments.json {
        return print(&format!("{}\n", json!({ "deleted": arguments.log })));
    }
    print(&format!("{} is deleted.\n", arguments.log))
}

/// Asks whoever sits at the terminal.
fn is_confirmed(what: &str) -> Result<bool, Problem> {
    let unasked = || {
        Problem::new(
            ErrorCode::WrongUsage,
            format!("Nobody can be asked whether to delete {what}."),
        )
        .with_hint("Say so with --yes.")
    };
    if !io::stdin().is_terminal() {
        return Err(unasked());
    }
    let mut stderr = io::stderr();
    let _ = write!(stderr, "Delete {what}? This cannot be undone. [y/N] ");
    let _ = stderr.flush();
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|_| unasked())?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
