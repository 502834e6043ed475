//! `paydirt convert`: an event log in one format, out in another.

use std::path::{Path, PathBuf};

use clap::Args;
use paydirt_app::convert::{self, OutputFormat};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::data::DataArguments;
use super::reading::FileArguments;
use super::{CANCELLED, Failure, failing, print, threads};

/// What `paydirt convert` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    paydirt convert log.xes.gz log.csv\n  \
    paydirt convert deals.csv deals.parquet --tz Europe/Paris --date-format '%d.%m.%Y %H:%M'")]
pub(super) struct ConvertArguments {
    /// The event log to read.
    file: String,
    /// The file to write: .csv, .parquet, .xes or .xes.gz.
    out: PathBuf,
    /// Print what was written as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: FileArguments,
}

/// Converts.
pub(super) fn run(arguments: &ConvertArguments, language: Language) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let format = OutputFormat::of(&arguments.out).map_err(fail)?;
    refuse_same(Path::new(&arguments.file), &arguments.out).map_err(fail)?;
    let threads = threads().map_err(fail)?;
    let folder = DataArguments::usual_folder();
    let imported =
        arguments.reading.import(&arguments.file, &folder, threads, language).map_err(fail)?;
    let notes =
        convert::write_log(&imported.log, &arguments.out, format, &CANCELLED).map_err(fail)?;
    let notes: Vec<String> = notes.iter().map(|note| note.in_language(language)).collect();
    let context = imported.log.context();
    let out = Path::new(&arguments.out).display().to_string();
    if arguments.json {
        let written = serde_json::json!({
            "file": out,
            "cases": context.case_count,
            "events": context.event_count,
            "rows_refused": imported.report.rows_refused,
            "notes": notes,
        });
        return print(&format!("{written}\n"));
    }
    let written = say!(
        "{file}: {cases} {cases|case|cases}, {events} {events|event|events}",
        file = out,
        cases = context.case_count,
        events = context.event_count
    );
    let mut text = format!("{}\n", written.in_language(language));
    if imported.report.rows_refused > 0 {
        let refused = say!(
            "{rows} {rows|row was|rows were} left out; `paydirt check {file}` lists them.",
            rows = imported.report.rows_refused,
            file = arguments.file
        );
        text.push_str(&format!("{}\n", refused.in_language(language)));
    }
    for note in notes {
        text.push_str(&format!("{note}\n"));
    }
    print(&text)
}

/// The source must not be its own target: what could not be read would be gone.
fn refuse_same(source: &Path, target: &Path) -> Result<(), Problem> {
    let (Ok(source), Ok(target)) = (source.canonicalize(), target.canonicalize()) else {
        return Ok(());
    };
    if source != target {
        return Ok(());
    }
    let detail = say!("This file is the source and the target at once.");
    Err(Problem::new(ErrorCode::WrongUsage, detail)
        .in_file(target.display().to_string())
        .with_hint(say!("Name another file to write.")))
}
