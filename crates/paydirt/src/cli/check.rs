//! `paydirt check`: what a file is, how it would be read, and what is wrong with it.

use clap::Args;
use paydirt_app::analyse::Running;
use paydirt_app::coverage::of_imported as coverage_of;
use paydirt_app::findings::{self, Findings};
use paydirt_app::import::{ImportSettings, Imported};
use paydirt_app::joining::JoinTarget;
use paydirt_app::recipe::{self, RecipeMode, RecipeOrder};
use paydirt_app::stored_import::ImportTarget;
use paydirt_model::language::Language;
use paydirt_model::mapping::{ImportReport, SingleEventCases};
use paydirt_model::problem::Problem;
use paydirt_model::say;
use paydirt_model::sentence::{self, Sentence};

use super::automatic;
use super::data::{DataArguments, with_steps};
use super::options::with_options;
use super::reading::FileArguments;
use super::recipe::RecipeFileArguments;
use super::words::word;
use super::{
    CANCELLED, Failure, check_join, check_rules, coverage, failing, print, table, threads,
};

/// Examples of each kind of problem that the text form lists.
const EXAMPLES_SHOWN: usize = 5;

/// What `paydirt check` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Ends with 0 when an import is possible, whatever rows it would leave out.\n\n\
    Examples:\n  \
    paydirt check deals.csv\n  \
    paydirt check deals.csv --case \"Deal ID\" --activity Step --time \"Edit Date\" --json\n  \
    paydirt check april.csv --log Deals\n  \
    paydirt check april.csv --recipe deals.toml"
)]
pub(super) struct CheckArguments {
    /// The file to look at.
    file: String,
    /// A stored log: also say what adding the file to it would change. The file is read as the
    /// log was read last, unless said otherwise.
    #[arg(long, value_name = "NAME")]
    log: Option<String>,
    /// With --log: events of equal key would be replaced; without it all would be kept.
    #[arg(long, requires = "log")]
    upsert: bool,
    /// With --log: the file would take the place of all events of the log.
    #[arg(long, requires = "log", conflicts_with = "upsert")]
    replace: bool,
    /// With --upsert: columns that identify an event.
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', requires = "upsert")]
    key: Vec<String>,
    /// Do not look for what breaks the rules of data quality.
    #[arg(long)]
    no_rules: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    recipe: RecipeFileArguments,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    reading: FileArguments,
}

/// Checks.
pub(super) fn run(arguments: &CheckArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let threads = threads().map_err(fail)?;
    let given = arguments.reading.settings();
    let recipe = arguments.recipe.order(&given, arguments.json, language)?;
    arguments.recipe.refuse_known().map_err(fail)?;
    let join = arguments.join(recipe.as_ref(), language).map_err(fail)?;
    let given = recipe.map_or(given, |recipe| recipe.settings);
    let settings = match &join {
        Some(join) => join.settings((given != ImportSettings::detect()).then_some(&given)),
        None => given,
    };
    let folder = arguments.data.folder();
    let reading = &arguments.reading;
    let imported =
        reading.check(&arguments.file, settings, &folder, threads, language).map_err(fail)?;
    let target = join.as_ref().map(JoinTarget::recipe_target).unwrap_or_default();
    let written = arguments.recipe.write(|| Ok(recipe::of(&imported.exact, target).to_toml()));
    written.map_err(fail)?;
    let mut problem = imported.nothing_usable().map(|problem| problem.in_file(&arguments.file));
    let mut joining = None;
    if let (Some(join), None) = (&join, &problem) {
        let preview = with_steps(&say!("comparing").in_language(language), threads, |steps| {
            join.preview(&imported.log, &imported.report, steps)
        });
        match preview {
            Ok(preview) => joining = Some(preview.told_in(language)),
            Err(found) => problem = Some(found.in_file(&arguments.file)),
        }
    }
    let coverage = coverage_of(&imported, language, running(threads)).map_err(fail)?;
    let quality = arguments.quality(&imported, threads, language).map_err(fail)?;
    let report = imported.report.told_in(language);
    if !arguments.json {
        print(&describe(&report, language))?;
        if let Some(coverage) = &coverage {
            print(&format!("\n{}", coverage::describe(coverage, language)))?;
        }
        if let Some(quality) = &quality {
            print(&check_rules::describe(quality, language))?;
        }
        let told = joining.map(|joining| check_join::describe(&joining, language));
        print(&told.unwrap_or_default())?;
        return problem.map_or(Ok(()), |problem| Err(fail(problem)));
    }
    let mut report = serde_json::to_value(&report).expect("a report is plain data");
    if let Some(coverage) = &coverage {
        report["coverage"] = serde_json::to_value(coverage).expect("coverage is plain data");
    }
    if let Some(quality) = &quality {
        report["quality"] = serde_json::to_value(quality).expect("findings are plain data");
    }
    if let Some(joining) = &joining {
        report["joining"] = serde_json::to_value(joining).expect("a preview is plain data");
    }
    if let Some(problem) = &problem {
        report["problem"] = super::problem_json(&with_options(problem).told_in(language));
    }
    print(&format!("{report}\n"))?;
    problem.map_or(Ok(()), |problem| Err(failing(false)(problem)))
}

/// Without progress.
fn running(threads: usize) -> Running<'static> {
    Running { threads, cancelled: &CANCELLED, progress: &|_, _| {} }
}

impl CheckArguments {
    /// What the rules of data quality find in the file.
    fn quality(
        &self,
        imported: &Imported,
        threads: usize,
        language: Language,
    ) -> Result<Option<Findings>, Problem> {
        if self.no_rules {
            return Ok(None);
        }
        findings::of_imported(imported, language, running(threads))
    }

    /// The stored log that the file may be added to.
    fn join(
        &self,
        recipe: Option<&RecipeOrder>,
        language: Language,
    ) -> Result<Option<JoinTarget>, Problem> {
        let Some(name) = &self.log else { return Ok(None) };
        let (workspace, log) = self.data.open_log(name, language)?;
        let mode = match (self.upsert, self.replace) {
            (true, _) => Some(RecipeMode::Upsert),
            (_, true) => Some(RecipeMode::Replace),
            _ => recipe.and_then(|recipe| recipe.mode),
        };
        let key = match recipe {
            Some(recipe) if self.key.is_empty() => recipe.key.clone(),
            _ => self.key.clone(),
        };
        let order = match mode {
            Some(RecipeMode::Upsert) => ImportTarget::Upsert(log, key),
            Some(RecipeMode::Replace) => ImportTarget::Replace(log),
            None | Some(RecipeMode::New | RecipeMode::Append) => ImportTarget::Append(log),
        };
        JoinTarget::of(&workspace, &order).map(Some)
    }
}

fn describe(report: &ImportReport, language: Language) -> String {
    let told = |sentence: Sentence| sentence.in_language(language);
    let mut text = told(say!(
        "{format}: {rows} {rows|row|rows}, {events} {events|event|events} in {cases} \
         {cases|case|cases}, {refused} {refused|row|rows} left out",
        format = report.format,
        rows = report.rows_read,
        events = report.events,
        cases = report.cases,
        refused = report.rows_refused
    ));
    text.push('\n');
    if report.empty_cases > 0 {
        let empty = say!("{cases} {cases|case|cases} without events", cases = report.empty_cases);
        text.push_str(&format!("{}\n", told(empty)));
    }
    if let Some(single) = &report.single_event_cases {
        let SingleEventCases { count, share, examples } = single;
        let line = say!(
            "{count} {count|case|cases} with a single event ({share} of all): {examples}",
            count = *count,
            share = table::percent(share.millionths() as f64 / 1e6, language),
            examples = sentence::quoted(examples)
        );
        text.push_str(&format!("{}\n", told(line)));
    }
    for reading in &report.readings {
        text.push_str(&format!("  {reading}\n"));
    }
    text.push_str(&automatic::describe(&report.automatic, language));
    if !report.roles.is_empty() {
        text.push_str(&format!("\n{}\n", told(say!("Columns"))));
        text.push_str(&show_roles(report, language));
    }
    for problem in &report.problems {
        let (kind, count) = (&problem.kind, problem.count);
        let line = if problem.refused {
            say!("{kind}: {count} (left out)", kind, count)
        } else {
            say!("{kind}: {count} (read all the same)", kind, count)
        };
        text.push_str(&format!("\n{}\n", told(line)));
        for example in problem.examples.iter().take(EXAMPLES_SHOWN) {
            let row = example.row.to_string();
            let cell = example.cell.as_deref();
            let (column, value, reason) = (&example.column, &example.value, &example.reason);
            let line = if let Some(cell) = cell {
                say!("{cell}, {column}: \"{value}\" {reason}", cell, column, value, reason)
            } else if example.row == 0 {
                say!("\"{value}\" {reason}", value, reason)
            } else if column.is_empty() {
                say!("row {row}: \"{value}\" {reason}", row, value, reason)
            } else {
                say!("row {row}, {column}: \"{value}\" {reason}", row, column, value, reason)
            };
            text.push_str(&format!("  {}\n", told(line)));
        }
    }
    if !report.notes.is_empty() {
        text.push_str(&format!("\n{}\n", told(say!("Notes"))));
        for note in &report.notes {
            text.push_str(&format!("  {note}\n"));
        }
        let choices = say!("`paydirt check --help` shows how columns, dates and zones are chosen.");
        text.push_str(&format!("  {}\n", told(choices)));
    }
    text
}

fn show_roles(report: &ImportReport, language: Language) -> String {
    let columns = ["column", "role", "reason"].map(|name| word(name, language).to_owned());
    let lines: Vec<Vec<String>> = report
        .roles
        .iter()
        .map(|role| {
            let kind = serde_json::to_value(role.role).expect("a role is plain data");
            let kind = kind.as_str().unwrap_or_default().replace('_', " ");
            let kind = word(&kind, language).to_owned();
            vec![role.column.clone(), kind, role.reason.to_string()]
        })
        .collect();
    table::render(&columns, &lines, 0)
}
