//! `paydirt import`: files into stored logs.

use std::path::PathBuf;

use clap::Args;
use paydirt_app::merge::MergeCounts;
use paydirt_app::stored_import::{self, ImportOrder, ImportOutcome, ImportTarget, InputFile};
use paydirt_app::workspace::Workspace;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::json;

use super::data::{DataArguments, stem, with_steps};
use super::reading::FileArguments;
use super::{Failure, failing, print, threads};

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
    /// The files: CSV, TSV, Excel (XLSX, XLSB, XLS), ODS, XES, OCEL 2.0 or Parquet, also in gzip or
    /// ZIP; or a folder of parts of one table.
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
pub(super) fn run(arguments: &ImportArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    for file in &arguments.files {
        if !file.exists() {
            let problem = Problem::new(ErrorCode::FileNotFound, say!("There is no such file."));
            return Err(fail(problem.in_file(file.display().to_string())));
        }
    }
    let workspace = arguments.data.open(threads, language).map_err(fail)?;
    workspace.use_library(arguments.reading.library.load(&arguments.data.folder(), language));
    let what = say!("importing").in_language(language);
    let mut outcomes = Vec::new();
    for order in orders(arguments, &workspace).map_err(fail)? {
        let imported =
            with_steps(&what, threads, |steps| stored_import::import(&workspace, &order, steps));
        outcomes.push(imported.map_err(fail)?);
    }
    if arguments.json {
        return print(&format!("{}\n", json!({ "imports": outcomes })));
    }
    print(&outcomes.iter().map(|outcome| told(outcome, language)).collect::<String>())
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

fn told(outcome: &ImportOutcome, language: Language) -> String {
    let number = outcome.version.rsplit('@').next().unwrap_or_default();
    let name = &outcome.name;
    let stored = say!(
        "{version}: {cases} {cases|case|cases}, {events} {events|event|events}",
        version = format!("{name}@{number}"),
        cases = outcome.cases,
        events = outcome.events
    );
    let mut text = format!("{}\n", stored.in_language(language));
    let mut details = outcome.counts.as_ref().map(joined).unwrap_or_default();
    if outcome.rows_refused > 0 {
        let rows = outcome.rows_refused;
        details.push(say!(
            "{rows} {rows|row was|rows were} left out; `paydirt check` lists them",
            rows
        ));
    }
    for version in &outcome.deleted_versions {
        let number = version.rsplit('@').next().unwrap_or_default();
        let version = format!("{name}@{number}");
        details.push(say!("{version} was deleted, as its retention says", version));
    }
    for detail in details {
        text.push_str(&format!("  {}\n", detail.in_language(language)));
    }
    text
}

/// What joining the events to the stored ones did.
fn joined(counts: &MergeCounts) -> Vec<Sentence> {
    type Said = fn(u64) -> Sentence;
    let all: [(u64, Said); 9] = [
        (counts.inserted, |count| say!("{count} {count|event|events} inserted", count)),
        (counts.already_present, |count| say!("{count} of them present before", count)),
        (counts.replaced, |count| say!("{count} {count|event|events} replaced", count)),
        (counts.unchanged, |count| say!("{count} {count|event|events} unchanged", count)),
        (counts.moved, |count| say!("{count} {count|event|events} moved to another case", count)),
        (counts.superseded, |count| {
            say!("{count} {count|event|events} superseded within the file", count)
        }),
        (counts.removed, |count| {
            say!("{count} further {count|event|events} of a replaced key removed", count)
        }),
        (counts.without_key, |count| {
            say!("{count} {count|event|events} without a complete key", count)
        }),
        (counts.cases_gone, |count| say!("{count} {count|case|cases} left without events", count)),
    ];
    all.into_iter().filter(|(count, _)| *count > 0).map(|(count, said)| said(count)).collect()
}
