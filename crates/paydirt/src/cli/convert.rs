//! `paydirt convert`: an event log in one format, out in another.

use std::path::{Path, PathBuf};

use clap::Args;
use paydirt_app::convert::{self, OutputFormat};
use paydirt_model::problem::{ErrorCode, Problem};

use super::reading::FileArguments;
use super::{Failure, failing, print, threads};

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
pub(super) fn run(arguments: &ConvertArguments) -> Result<(), Failure> {
    let fail = failing(arguments.json);
    let format = OutputFormat::of(&arguments.out).map_err(fail)?;
    refuse_same(Path::new(&arguments.file), &arguments.out).map_err(fail)?;
    let threads = threads().map_err(fail)?;
    let imported = arguments.reading.import(&arguments.file, threads).map_err(fail)?;
    let notes = convert::write_log(&imported.log, &arguments.out, format).map_err(fail)?;
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
    let mut text = format!("{out}: {} cases, {} events\n", context.case_count, context.event_count);
    if imported.report.rows_refused > 0 {
        text.push_str(&format!(
            "{} rows were left out; `paydirt check {}` lists them.\n",
            imported.report.rows_refused, arguments.file
        ));
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
    Err(Problem::new(ErrorCode::WrongUsage, "This file is the source and the target at once.")
        .in_file(target.display().to_string())
        .with_hint("Name another file to write."))
}
