//! What the user typed, which verb does it, and how it ends: exit codes and messages.
//!
//! Exit codes: 0 ok, 1 a problem in the input, 2 wrong usage, 3 the machine failed or the work was
//! cancelled.

mod ask;
mod automatic;
mod browser;
mod changes;
mod check;
mod check_join;
mod check_rules;
mod computed;
mod convert;
mod coverage;
mod data;
mod days;
mod delete;
mod demo;
mod export;
mod help;
mod import;
mod language;
mod library;
mod logs;
mod options;
mod pin;
mod progress;
mod quality;
mod reading;
mod recipe;
mod retention;
mod rollback;
mod serve;
mod settings;
mod table;
mod targets;
mod template;
mod versions;
mod views;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// Process mining for lead to cash: what really happened to every case, exact and fast.
#[derive(Debug, Parser)]
#[command(name = "paydirt", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    /// Language of what is told: en, fr or ja (else of PAYDIRT_LANG, else of the system).
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["en", "fr", "ja"])]
    lang: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make the demo lead-to-cash log and show its process in the browser.
    Demo(demo::DemoArguments),
    /// Serve the stored logs: the page in the browser and the API.
    Serve(serve::ServeArguments),
    /// Store files as logs, or add them to a stored log.
    Import(import::ImportArguments),
    /// List the stored logs.
    Logs(logs::LogsArguments),
    /// List the versions of a stored log.
    Versions(versions::VersionsArguments),
    /// Say what is different between two versions of a stored log.
    Changes(changes::ChangesArguments),
    /// List, show or delete what is saved for a log: views and lists of filters.
    Views(views::ViewsArguments),
    /// List, set or remove the target times of a log, and say how they are kept.
    Targets(targets::TargetsArguments),
    /// List or change what is chosen about the analysis of a log.
    Settings(settings::SettingsArguments),
    /// Print the recipe by which the next file becomes the next version of a stored log.
    Recipe(recipe::RecipeArguments),
    /// List the attributes of a stored log that are computed, and how.
    Computed(computed::ComputedArguments),
    /// Make an earlier version of a stored log the current one.
    Rollback(rollback::RollbackArguments),
    /// Delete a stored log or one version of it.
    Delete(delete::DeleteArguments),
    /// Write a stored log as CSV, Parquet, XES or XES.gz.
    Export(export::ExportArguments),
    /// Keep a version whatever the retention says.
    Pin(pin::PinArguments),
    /// Leave a pinned version to the retention again.
    Unpin(pin::PinArguments),
    /// Show or set which versions of a stored log are kept.
    Retention(retention::RetentionArguments),
    /// Ask a question of an event log: a file or a stored log.
    Ask(ask::AskArguments),
    /// Look at a file: what it is, how it would be read, what is wrong with it.
    Check(check::CheckArguments),
    /// Say which figures can be computed with a stored log, and what would unlock the others.
    Coverage(coverage::CoverageArguments),
    /// Say which rules of data quality a stored log breaks, and how that is mended.
    Quality(quality::QualityArguments),
    /// Show the library: attributes, activities, data templates, and mistakes in files of your own.
    Library(library::LibraryVerbArguments),
    /// Write the data template of a system: a workbook to fill in, or CSV files.
    Template(template::TemplateArguments),
    /// Write an event log as CSV, Parquet, XES or XES.gz.
    Convert(convert::ConvertArguments),
}

/// Set by Ctrl-C and by a request to end; long work looks at it and stops.
static CANCELLED: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(false)));

/// Runs the command line.
pub(crate) fn main() -> ExitCode {
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    let language = language::chosen(arguments, |name| std::env::var(name).ok());
    let arguments = match parse(language) {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(help::tell(&error, language)),
    };
    if let Err(error) = catch_signals() {
        let warning = say!(
            "Ctrl-C cannot be caught ({error}); it will stop at once.",
            error = error.to_string()
        );
        let _ = writeln!(io::stderr(), "{}", warning.in_language(language));
    }
    let done = match arguments.verb {
        Verb::Demo(arguments) => demo::run(&arguments, language),
        Verb::Serve(arguments) => serve::run(&arguments, language),
        Verb::Import(arguments) => import::run(&arguments, language),
        Verb::Logs(arguments) => logs::run(&arguments, language),
        Verb::Versions(arguments) => versions::run(&arguments, language),
        Verb::Changes(arguments) => changes::run(&arguments, language),
        Verb::Views(arguments) => views::run(&arguments, language),
        Verb::Targets(arguments) => targets::run(&arguments, language),
        Verb::Settings(arguments) => settings::run(&arguments, language),
        Verb::Computed(arguments) => computed::run(&arguments, language),
        Verb::Rollback(arguments) => rollback::run(&arguments, language),
        Verb::Delete(arguments) => delete::run(&arguments, language),
        Verb::Export(arguments) => export::run(&arguments, language),
        Verb::Pin(arguments) => pin::run(&arguments, language, pin::Pinning::Pin),
        Verb::Unpin(arguments) => pin::run(&arguments, language, pin::Pinning::Unpin),
        Verb::Retention(arguments) => retention::run(&arguments, language),
        Verb::Ask(arguments) => ask::run(&arguments, language),
        Verb::Check(arguments) => check::run(&arguments, language),
        Verb::Recipe(arguments) => recipe::run(&arguments, language),
        Verb::Coverage(arguments) => coverage::run(&arguments, language),
        Verb::Quality(arguments) => quality::run(&arguments, language),
        Verb::Library(arguments) => library::run(&arguments, language),
        Verb::Template(arguments) => template::run(&arguments, language),
        Verb::Convert(arguments) => convert::run(&arguments, language),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Problem { problem, json }) => {
            report(&options::with_options(&problem).told_in(language), json);
            ExitCode::from(problem.code.category().exit_code())
        }
        Err(Failure::ReaderGone) => ExitCode::SUCCESS,
    }
}

fn parse(language: Language) -> Result<Arguments, clap::Error> {
    let matches = help::translated(Arguments::command(), language).try_get_matches()?;
    Arguments::from_arg_matches(&matches)
}

/// Ctrl-C and a request to end stop the work between two steps, so that nothing half-done stays. A
/// file that grows beyond the limit of its user is a failed write, not the end of the program.
fn catch_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag::register;

    register(SIGINT, Arc::clone(&CANCELLED))?;
    register(SIGTERM, Arc::clone(&CANCELLED))?;
    #[cfg(unix)]
    register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    Ok(())
}

/// Why a verb did not end well.
enum Failure {
    /// A problem to tell the user.
    Problem {
        /// What went wrong.
        problem: Box<Problem>,
        /// Whether to tell it as JSON.
        json: bool,
    },
    /// Whoever read the output has closed it (as `head` does); there is nothing to tell.
    ReaderGone,
}

/// Makes failures of problems, told as JSON or as text.
fn failing(json: bool) -> impl Fn(Problem) -> Failure + Copy {
    move |problem| Failure::Problem { problem: Box::new(problem), json }
}

fn report(problem: &Problem, json: bool) {
    let mut stderr = io::stderr().lock();
    if json {
        let body = serde_json::json!({ "problem": problem_json(problem) });
        let _ = writeln!(io::stdout().lock(), "{body}");
    }
    let _ = writeln!(stderr, "paydirt: {problem}");
}

/// A problem as JSON, in the language in which it is told.
fn problem_json(problem: &Problem) -> serde_json::Value {
    serde_json::json!({
        "code": problem.code,
        "category": problem.code.category(),
        "title": problem.title(),
        "detail": problem.detail,
        "place": problem.place,
        "hint": problem.hint,
    })
}

/// Prints a whole text to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::ReaderGone),
        Err(error) => Err(failing(false)(Problem::new(
            ErrorCode::FileUnwritable,
            say!("Standard output cannot be written: {error}.", error = error.to_string()),
        ))),
    }
}

/// How many threads to use: `PAYDIRT_THREADS`, else as many as the machine has.
fn threads() -> Result<usize, Problem> {
    match std::env::var("PAYDIRT_THREADS") {
        Ok(text) => match text.parse::<usize>() {
            Ok(count) if (1..=1_024).contains(&count) => Ok(count),
            _ => Err(Problem::new(
                ErrorCode::WrongUsage,
                say!("PAYDIRT_THREADS is \"{text}\"; expected a number from 1 to 1024.", text),
            )),
        },
        Err(_) => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
    }
}
