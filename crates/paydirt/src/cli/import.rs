//! `paydirt import`: files into stored logs.

use std::path::PathBuf;

use clap::Args;
use paydirt_app::stored_import::{self, ImportOrder, ImportOutcome, ImportTarget, InputFile};
use paydirt_app::workspace::Workspace;
use paydirt_model::problem::{ErrorCode, Problem};
use serde_json::json;

use super::data::{DataArguments, stem, with_steps};
use super::reading::FileArguments;
use super::{Failure, failing, print, table, threads};

/// What `paydirt import` takes.
#[derive(Debug, Args)]
#[command(after_help = "Without --log each file becomes a log of its own, called as the file.\n\
    With --log all files together make one version.\n\n\
    Examples:\n  \
    paydirt import deals.csv\n  \
    paydirt import january.csv february.csv --log Deals --tz Europe/Paris\n  \
    paydirt import march.csv --log Deals --append\n  \
    paydirt import deals.csv --log Deals --upsert --key \"Deal ID,Step,Row\"")]
pub(super) struct ImportArguments {
    /// The files: CSV, TSV, XES, XES.gz or Parquet.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the log; with --append or --upsert a stored one.
    #[arg(long, value_name = "NAME")]
    log: Option<String>,
    /// Add the events to those of the log; every one is kept.
    #[arg(long, requires = "log", conflicts_with = "upsert")]
    append: bool,
    /// Add the events to those of the log; an event of equal key is replaced.
    #[arg(long, requires = "log")]
    upsert: bool,
    /// Columns that identify an event; else SourceSystem, SourceRecordId, the activity and, where
    /// there is one, EventSequence.
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', requires = "upsert")]
    key: Vec<String>,
    /// Print what was stored as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    reading: FileArguments,
}

/// Imports.
pub(super) fn run(arguments: &ImportArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    for file in &arguments.files {
        if !file.exists() {
            let problem = Problem::new(ErrorCode::FileNotFound, "There is no such file.");
            return Err(fail(problem.in_file(file.display().to_string())));
        }
    }
    let workspace = arguments.data.open(threads).map_err(fail)?;
    let mut outcomes = Vec::new();
    for order in orders(arguments, &workspace).map_err(fail)? {
        let imported = with_steps("importing", threads, |steps| {
            stored_import::import(&workspace, &order, steps)
        });
        outcomes.push(imported.map_err(fail)?);
    }
    if arguments.json {
        return print(&format!("{}\n", json!({ "imports": outcomes })));
    }
    print(&outcomes.iter().map(told).collect::<String>())
}

/// What is to be imported: everything into one log, or each file into a log of its own.
fn orders(arguments: &ImportArguments, workspace: &Workspace) -> Result<Vec<ImportOrder>, Problem> {
    let given = arguments.reading.settings();
    let is_given = given != paydirt_app::import::ImportSettings::detect();
    let settings = is_given.then_some(given);
    let files = arguments
        .files
        .iter()
        .map(|path| InputFile { path: path.clone(), name: path.display().to_string() });
    let Some(name) = &arguments.log else {
        let order = |file: InputFile| ImportOrder {
            target: ImportTarget::New(stem(&file.path)),
            files: vec![file],
            settings: settings.clone(),
        };
        return Ok(files.map(order).collect());
    };
    let target = if arguments.append {
        ImportTarget::Append(workspace.find(name)?)
    } else if arguments.upsert {
        ImportTarget::Upsert(workspace.find(name)?, arguments.key.clone())
    } else {
        ImportTarget::New(name.clone())
    };
    Ok(vec![ImportOrder { files: files.collect(), target, settings }])
}

fn told(outcome: &ImportOutcome) -> String {
    let count = |number: u64| table::grouped(i64::try_from(number).unwrap_or(i64::MAX));
    let number = outcome.version.rsplit('@').next().unwrap_or_default();
    let (name, cases, events) = (&outcome.name, count(outcome.cases), count(outcome.events));
    let mut text = format!("{name}@{number}: {cases} cases, {events} events\n");
    if let Some(counts) = &outcome.counts {
        for (what, number) in [
            ("events inserted", counts.inserted),
            ("of them present before", counts.already_present),
            ("events replaced", counts.replaced),
            ("events unchanged", counts.unchanged),
            ("events moved to another case", counts.moved),
            ("events superseded within the file", counts.superseded),
            ("further events of a replaced key removed", counts.removed),
            ("events without a complete key", counts.without_key),
            ("cases left without events", counts.cases_gone),
        ] {
            if number > 0 {
                text.push_str(&format!("  {} {what}\n", count(number)));
            }
        }
    }
    if outcome.rows_refused > 0 {
        let refused = count(outcome.rows_refused);
        text.push_str(&format!("  {refused} rows were left out; `paydirt check` lists them\n"));
    }
    for version in &outcome.deleted_versions {
        let number = version.rsplit('@').next().unwrap_or_default();
        text.push_str(&format!("  {name}@{number} was deleted, as its retention says\n"));
    }
    text
}
