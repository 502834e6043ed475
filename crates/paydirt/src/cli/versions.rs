//! `paydirt versions`: the versions of a stored log.

use clap::Args;
use paydirt_app::catalogue::Version;
use serde_json::json;

use super::data::DataArguments;
use super::{Failure, failing, print, table, threads};

/// What `paydirt versions` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt versions Deals\n  \
    paydirt versions Deals --json")]
pub(super) struct VersionsArguments {
    /// Name of the log.
    log: String,
    /// Print the versions as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Lists the versions.
pub(super) fn run(arguments: &VersionsArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let workspace = arguments.data.open_existing(threads).map_err(fail)?;
    let log = workspace.find(&arguments.log).map_err(fail)?;
    let versions = workspace.versions(log).map_err(fail)?;
    if arguments.json {
        return print(&format!("{}\n", json!({ "versions": versions })));
    }
    let columns = ["version", "is", "made by", "from", "cases", "events", "bytes", "published"];
    let lines: Vec<Vec<String>> = versions.iter().map(line).collect();
    print(&table::render(&columns.map(str::to_owned), &lines, 0))
}

fn line(version: &Version) -> Vec<String> {
    let count = |number: u64| table::grouped(i64::try_from(number).unwrap_or(i64::MAX));
    let mut is = Vec::new();
    if version.is_current {
        is.push("current");
    }
    if version.pinned {
        is.push("pinned");
    }
    if version.damaged.is_some() {
        is.push("damaged");
    }
    let action = serde_json::to_value(version.action).expect("an action is plain data");
    let action = action.as_str().unwrap_or_default();
    let parent = version.parent.map(|parent| format!(" to {parent}")).unwrap_or_default();
    vec![
        version.number.to_string(),
        is.join(", "),
        format!("{action}{parent}"),
        version.source.clone(),
        count(version.cases),
        count(version.events),
        count(version.bytes),
        version.created_at.to_string(),
    ]
}
