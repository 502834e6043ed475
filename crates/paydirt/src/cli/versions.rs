//! `paydirt versions`: the versions of a stored log.

use clap::Args;
use paydirt_app::catalogue::{Version, VersionAction};
use paydirt_model::language::Language;
use paydirt_model::say;
use serde_json::json;

use super::data::DataArguments;
use super::words::word;
use super::{Failure, failing, print, table};

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
pub(super) fn run(arguments: &VersionsArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let (workspace, log) = arguments.data.open_log(&arguments.log, language).map_err(fail)?;
    let versions = workspace.versions(log).map_err(fail)?;
    let versions: Vec<Version> =
        versions.into_iter().map(|version| version.told_in(language)).collect();
    if arguments.json {
        return print(&format!("{}\n", json!({ "versions": versions })));
    }
    let columns = ["version", "is", "made by", "from", "cases", "events", "bytes", "published"];
    let columns = columns.map(|column| word(column, language).to_owned());
    let lines: Vec<Vec<String>> = versions.iter().map(|version| line(version, language)).collect();
    print(&table::render(&columns, &lines, 0))
}

fn line(version: &Version, language: Language) -> Vec<String> {
    let count = |number: u64| language.number(i64::try_from(number).unwrap_or(i64::MAX));
    let mut is = Vec::new();
    if version.is_current {
        is.push(word("current", language));
    }
    if version.pinned {
        is.push(word("pinned", language));
    }
    if version.damaged.is_some() {
        is.push(word("damaged", language));
    }
    let action = match version.action {
        VersionAction::Import => say!("import"),
        VersionAction::Append => say!("append"),
        VersionAction::Upsert => say!("upsert"),
        VersionAction::Replace => say!("replace"),
        VersionAction::Demo => say!("demo"),
    };
    let action = match version.parent {
        Some(parent) => say!("{action} to {parent}", action, parent = parent.to_string()),
        None => action,
    };
    vec![
        version.number.to_string(),
        is.join(language.list_separator()),
        action.in_language(language),
        version.source.to_string(),
        count(version.cases),
        count(version.events),
        count(version.bytes),
        version.created_at.to_string(),
    ]
}
