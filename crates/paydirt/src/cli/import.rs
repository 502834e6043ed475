//! `paydirt import`: files into stored logs.

use std::path::PathBuf;

use clap::Args;
use paydirt_app::catalogue::parse_version_id;
use paydirt_app::import::ImportSettings;
use paydirt_app::merge::MergeCounts;
use paydirt_app::recipe::{self, RecipeMode, RecipeOrder};
use paydirt_app::remembered::RememberedImport;
use paydirt_app::stored_import::{self, ImportOrder, ImportOutcome, ImportTarget, InputFile};
use paydirt_app::workspace::Workspace;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::json;

use super::data::{DataArguments, stem, with_steps};
use super::reading::FileArguments;
use super::recipe::RecipeFileArguments;
use super::{Failure, failing, print, threads};

/// What `paydirt import` takes.
#[derive(Debug, Args)]
#[command(after_help = "Without --log each file becomes a log of its own, called as the file.\n\
    With --log all files together make one version.\n\n\
    Examples:\n  \
    paydirt import deals.csv\n  \
    paydirt import january.csv february.csv --log Deals --tz Europe/Paris\n  \
    paydirt import march.csv --log Deals --append\n  \
    paydirt import deals.csv --log Deals --upsert --key \"Deal ID,Step,Row\"\n  \
    paydirt import deals.csv --log Deals --write-recipe deals.toml\n  \
    paydirt import next.csv --recipe deals.toml")]
pub(super) struct ImportArguments {
    /// The files: CSV, TSV, Excel (XLSX, XLSB, XLS), ODS, XES, OCEL 2.0 or Parquet, also in gzip or
    /// ZIP; or a folder of parts of one table.
    #[arg(required_unless_present = "recipe", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the log; with --append, --upsert or --replace a stored one.
    #[arg(long, value_name = "NAME")]
    log: Option<String>,
    /// Add the events to those of the log; every one is kept.
    #[arg(long, conflicts_with = "upsert")]
    append: bool,
    /// Add the events to those of the log; an event of equal key is replaced.
    #[arg(long)]
    upsert: bool,
    /// Put the events in the place of all events of the log; its versions so far stay.
    #[arg(long, conflicts_with_all = ["append", "upsert"])]
    replace: bool,
    /// Columns that identify an event; else SourceSystem, SourceRecordId, the activity and, where
    /// there is one, EventSequence.
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', requires = "upsert")]
    key: Vec<String>,
    /// Find anew how the files are read, also where a file with the same columns was read before.
    #[arg(long, conflicts_with = "recipe")]
    fresh: bool,
    /// Print what was stored as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    recipe: RecipeFileArguments,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    reading: FileArguments,
}

/// Imports.
pub(super) fn run(arguments: &ImportArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let recipe = arguments.recipe.order(&arguments.reading.settings(), arguments.json, language)?;
    let files = match &recipe {
        Some(recipe) if arguments.files.is_empty() => {
            arguments.recipe.files(recipe).map_err(fail)?
        }
        _ => arguments.files.clone(),
    };
    arguments.recipe.refuse_known().map_err(fail)?;
    for file in &files {
        if !file.exists() {
            let problem = Problem::new(ErrorCode::FileNotFound, say!("There is no such file."));
            return Err(fail(problem.in_file(file.display().to_string())));
        }
    }
    let workspace = arguments.data.open(threads, language).map_err(fail)?;
    workspace.use_library(arguments.reading.library.load(&arguments.data.folder(), language));
    let what = say!("importing").in_language(language);
    let mut outcomes = Vec::new();
    let orders = arguments.orders(&files, recipe, &workspace).map_err(fail)?;
    for order in orders {
        let imported =
            with_steps(&what, threads, |steps| stored_import::import(&workspace, &order, steps));
        outcomes.push(imported.map_err(fail)?);
    }
    if let Some(outcome) = outcomes.first() {
        arguments.recipe.write(|| recipe_of(&workspace, outcome)).map_err(fail)?;
    }
    if arguments.json {
        return print(&format!("{}\n", json!({ "imports": outcomes })));
    }
    print(&outcomes.iter().map(|outcome| told(outcome, language)).collect::<String>())
}

/// The recipe of what was imported.
fn recipe_of(workspace: &Workspace, outcome: &ImportOutcome) -> Result<String, Problem> {
    let (log, number) = parse_version_id(&outcome.version)?;
    let number = workspace.resolve(log, number)?;
    Ok(recipe::of_version(workspace, log, number)?.to_toml())
}

impl ImportArguments {
    /// What is to be imported: everything into one log, or each file into a log of its own.
    fn orders(
        &self,
        files: &[PathBuf],
        recipe: Option<RecipeOrder>,
        workspace: &Workspace,
    ) -> Result<Vec<ImportOrder>, Problem> {
        let given = self.reading.settings();
        let is_given = self.fresh || given != ImportSettings::detect();
        let settings = is_given.then_some(given);
        let settings = recipe.as_ref().map(|recipe| recipe.settings.clone()).or(settings);
        let target = self.target(recipe, workspace)?;
        let inputs = files
            .iter()
            .map(|path| InputFile { path: path.clone(), name: path.display().to_string() });
        if let Some(target) = target {
            return Ok(vec![ImportOrder { files: inputs.collect(), target, settings }]);
        }
        if self.recipe.is_wanted() && files.len() > 1 {
            let detail = say!("Several logs have several recipes, but one file can be written.");
            return Err(Problem::new(ErrorCode::WrongUsage, detail)
                .with_hint(say!("Put the files into one log with --log, or take one file.")));
        }
        let order = |file: InputFile| ImportOrder {
            target: ImportTarget::New(stem(&file.path)),
            files: vec![file],
            settings: settings.clone(),
        };
        Ok(inputs.map(order).collect())
    }

    /// The one log that all files go to, where flags or a recipe name one.
    fn target(
        &self,
        recipe: Option<RecipeOrder>,
        workspace: &Workspace,
    ) -> Result<Option<ImportTarget>, Problem> {
        let mode = match (self.append, self.upsert, self.replace) {
            (true, ..) => Some(RecipeMode::Append),
            (_, true, _) => Some(RecipeMode::Upsert),
            (.., true) => Some(RecipeMode::Replace),
            _ => None,
        };
        if let Some(mut order) = recipe {
            order.log = self.log.clone().or(order.log);
            order.mode = mode.or(order.mode);
            if !self.key.is_empty() {
                order.key.clone_from(&self.key);
            }
            return order.target(workspace);
        }
        let Some(name) = &self.log else {
            return match mode {
                None => Ok(None),
                Some(_) => Err(Problem::new(
                    ErrorCode::WrongUsage,
                    say!("Which log the events go to is not said."),
                )
                .with_hint(say!("Name the log with --log."))),
            };
        };
        Ok(Some(match mode {
            None | Some(RecipeMode::New) => ImportTarget::New(name.clone()),
            Some(RecipeMode::Append) => ImportTarget::Append(workspace.find(name)?),
            Some(RecipeMode::Upsert) => {
                ImportTarget::Upsert(workspace.find(name)?, self.key.clone())
            }
            Some(RecipeMode::Replace) => ImportTarget::Replace(workspace.find(name)?),
        }))
    }
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
    details.splice(0..0, outcome.remembered.as_ref().map(as_before));
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

/// That the file was read as an earlier one, and what to do where that is wrong.
fn as_before(remembered: &RememberedImport) -> Sentence {
    let at = remembered.created_at.to_string();
    let day = at.split('T').next().unwrap_or_default();
    say!(
        "read as for \"{log}\" on {day}, whose file had the same columns; --fresh reads it anew",
        log = remembered.name.as_str(),
        day
    )
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
