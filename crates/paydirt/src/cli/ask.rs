//! `paydirt ask`: one question of one log, as text or JSON.

use std::path::Path;
use std::sync::Arc;

use clap::{Args, CommandFactory};
use paydirt_app::analyse::{self, Ask, Running};
use paydirt_app::computed;
use paydirt_app::workspace::{LogId, VersionNumber, Workspace};
use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::catalogue::translation;
use serde_json::Value;

use super::data::{DataArguments, named};
use super::export::Notion;
use super::help as help_text;
use super::progress::Progress;
use super::reading::FileArguments;
use super::{CANCELLED, Failure, days, failing, print, table, threads};

/// What `paydirt ask` takes.
#[derive(Debug, Args)]
#[command(
    disable_help_flag = true,
    after_help = "Examples:\n  \
        paydirt ask deals.csv summary\n  \
        paydirt ask deals.csv map --params '{\"weight\": {\"attribute\": \"amount\"}}' --json\n  \
        paydirt ask log.xes.gz variants --filter \
        '{\"kind\": \"activity_contains\", \"activities\": [\"Pay\"]}'\n  \
        paydirt ask log.parquet throughput --group-by region\n  \
        paydirt ask Deals@3 summary      a stored log\n  \
        paydirt ask --help map        the parameters and the answer of one question\n  \
        paydirt ask --help filters    every kind of filter, and how they compose"
)]
pub(super) struct AskArguments {
    /// An event log: a file or folder that `import` reads, or a stored log, NAME or NAME@3.
    source: Option<String>,
    /// The question, such as summary, map or variants.
    question: Option<String>,
    /// Parameters of the question as a JSON object.
    #[arg(long, value_name = "JSON", default_value = "{}")]
    params: String,
    /// A filter as JSON; several apply one after another.
    #[arg(long = "filter", value_name = "JSON")]
    filters: Vec<String>,
    /// A case attribute: the question is answered for each of its values.
    #[arg(long, value_name = "ATTRIBUTE")]
    group_by: Option<String>,
    /// What a case is, where a stored version has several logs: main, lead or document.
    #[arg(
        long,
        value_name = "CASE",
        value_enum,
        default_value = "main",
        hide_possible_values = true
    )]
    notion: Notion,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
    /// This help, or the schema of a question's parameters and answer, or of the filters.
    #[arg(long, short, value_name = "QUESTION", num_args = 0..=1, default_missing_value = "")]
    help: Option<String>,
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    file: FileArguments,
}

/// Asks.
pub(super) fn run(arguments: &AskArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    if let Some(topic) = &arguments.help {
        return help(topic, language, fail);
    }
    let (Some(source), Some(question)) = (&arguments.source, &arguments.question) else {
        let names: Vec<&str> = analyse::questions().iter().map(|(name, _)| *name).collect();
        return Err(fail(
            Problem::new(ErrorCode::WrongUsage, say!("ask takes a source and a question."))
                .with_hint(say!("The questions are: {names}.", names)),
        ));
    };
    let ask = Ask {
        question: question.clone(),
        params: parse_json("--params", &arguments.params).map_err(fail)?,
        filters: arguments
            .filters
            .iter()
            .map(|filter| parse_json("--filter", filter))
            .collect::<Result<_, _>>()
            .map_err(fail)?,
        group_by: arguments.group_by.clone(),
        language,
    };
    analyse::question_schema(question).map_err(fail)?;
    let threads = threads().map_err(fail)?;
    let answer = match stored(arguments, source, threads, language).map_err(fail)? {
        Some((workspace, which)) => {
            let folder = arguments.data.folder();
            workspace.use_library(arguments.file.library.load(&folder, language));
            with_progress(question, threads, |running| {
                analyse::ask_stored(&workspace, which, &ask, running)
            })
        }
        None => {
            let folder = arguments.data.folder();
            let mut imported =
                arguments.file.import(source, &folder, threads, language).map_err(fail)?;
            let library = arguments.file.library.read(&folder).library;
            imported.log = computed::of_file(&imported.log, &library);
            with_progress(question, threads, |running| {
                analyse::ask(&imported, source, &ask, running)
            })
        }
    };
    let answer = answer.map_err(fail)?;
    if arguments.json {
        return print(&format!("{answer}\n"));
    }
    let value: Value = serde_json::from_str(&answer).map_err(|error| {
        fail(Problem::new(
            ErrorCode::Internal,
            say!("The answer cannot be read: {error}.", error = error.to_string()),
        ))
    })?;
    print(&table::show(&days::as_dates(value), language))
}

/// A stored log that answers.
type Stored = (Arc<Workspace>, (LogId, VersionNumber, CaseNotion));

/// The stored log that the source names; `None` when it is a file. What is neither is said to be
/// no file where it looks like one or where nothing is stored.
fn stored(
    arguments: &AskArguments,
    source: &str,
    threads: usize,
    language: Language,
) -> Result<Option<Stored>, Problem> {
    let is_path = source.contains(['/', '\\']) || source.starts_with('.');
    if Path::new(source).exists() || is_path {
        return Ok(None);
    }
    let must_be_file = looks_like_file(source) && !arguments.data.exists();
    if must_be_file || !arguments.data.found()? {
        return Ok(None);
    }
    let workspace = arguments.data.open(threads, language)?;
    match named(&workspace, source) {
        Ok((log, number)) => Ok(Some((workspace, (log, number, arguments.notion.case_notion())))),
        Err(problem) if problem.code == ErrorCode::LogNotFound && looks_like_file(source) => {
            Ok(None)
        }
        Err(problem) => Err(problem),
    }
}

fn looks_like_file(source: &str) -> bool {
    let lower = source.to_lowercase();
    let endings = [
        ".csv",
        ".tsv",
        ".txt",
        ".xes",
        ".gz",
        ".parquet",
        ".zip",
        ".jsonocel",
        ".xmlocel",
        ".json",
        ".xml",
        ".sqlite",
    ];
    endings.iter().any(|end| lower.ends_with(end))
}

fn with_progress<R>(
    what: &str,
    threads: usize,
    work: impl FnOnce(Running<'_>) -> Result<R, Problem>,
) -> Result<R, Problem> {
    let progress = Progress::new(what, false);
    let told = |done, total| progress.set(done as u64, total as u64);
    work(Running { threads, cancelled: &CANCELLED, progress: &told })
}

fn parse_json(flag: &str, text: &str) -> Result<Value, Problem> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        Problem::new(
            ErrorCode::WrongUsage,
            say!("{flag} is not JSON: {error}.", flag, error = error.to_string()),
        )
        .with_hint(say!("Put it in single quotes, with double quotes around names."))
    })?;
    if value.is_object() {
        return Ok(value);
    }
    Err(Problem::new(ErrorCode::WrongUsage, say!("{flag} takes a JSON object.", flag)))
}

fn help(topic: &str, language: Language, fail: impl Fn(Problem) -> Failure) -> Result<(), Failure> {
    match topic {
        "" => {
            let mut command = help_text::translated(super::Arguments::command(), language);
            // Building gives the verbs their full names for the line of usage.
            command.build();
            let ask = command.find_subcommand_mut("ask").expect("ask is a verb");
            let mut text = ask.render_long_help().to_string();
            text.push_str(&format!("\n{}\n", say!("Questions:").in_language(language)));
            for (name, summary) in analyse::questions() {
                let summary = translation(summary, language).unwrap_or(summary);
                text.push_str(&format!("  {name:12} {summary}\n"));
            }
            print(&text)
        }
        "filters" | "filter" => print_filters(None),
        kind if analyse::filter_schema(Some(kind)).is_some() => print_filters(Some(kind)),
        question => {
            let schema = analyse::question_schema(question).map_err(fail)?;
            let text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
            print(&format!("{text}\n"))
        }
    }
}

fn print_filters(kind: Option<&str>) -> Result<(), Failure> {
    let schema = analyse::filter_schema(kind).expect("the kind was found");
    print(&format!("{schema:#}\n"))
}
