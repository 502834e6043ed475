//! How a log leaves as a file: CSV, Parquet, XES or XES.gz, by the ending of the name.

use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use paydirt_connect::writers;
use paydirt_model::event_log::EventLog;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::losses::losses;
use crate::output_file::{unwritable, write_file};

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// Delimited text, one row an event.
    Csv,
    /// Parquet, one row an event; reads back exactly.
    Parquet,
    /// XES (IEEE 1849).
    Xes,
    /// XES in gzip.
    XesGz,
}

impl OutputFormat {
    /// The format that a file name asks for.
    ///
    /// # Errors
    /// The ending is none of those Paydirt writes.
    pub fn of(path: &Path) -> Result<Self, Problem> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let formats = [
            (".csv", OutputFormat::Csv),
            (".parquet", OutputFormat::Parquet),
            (".xes", OutputFormat::Xes),
            (".xes.gz", OutputFormat::XesGz),
        ];
        formats
            .iter()
            .find(|(ending, _)| name.ends_with(ending))
            .map(|&(_, format)| format)
            .ok_or_else(|| {
                Problem::new(
                    ErrorCode::WrongUsage,
                    say!("The name does not say which format to write."),
                )
                .in_file(path.display().to_string())
                .with_hint(say!("End it in .csv, .parquet, .xes or .xes.gz."))
            })
    }
}

/// Writes a log; returns notes on what the format cannot hold.
///
/// # Errors
/// The file cannot be written; what was there before stays.
pub fn write_log(
    log: &EventLog,
    path: &Path,
    format: OutputFormat,
) -> Result<Vec<Sentence>, Problem> {
    let mut replaced = 0;
    write_file(path, |output| {
        let failed = |error: std::io::Error| unwritable(path, &error);
        let in_file = |problem: Problem| problem.in_file(path.display().to_string());
        match format {
            OutputFormat::Csv => {
                replaced =
                    writers::csv::write_log(log, output).map_err(failed)?.replaced_characters;
                Ok(())
            }
            OutputFormat::Parquet => writers::parquet::write_log(log, output).map_err(in_file),
            OutputFormat::Xes => {
                let report = writers::xes::write_log(log, output).map_err(in_file)?;
                replaced = report.replaced_characters;
                Ok(())
            }
            OutputFormat::XesGz => {
                let mut packed = GzEncoder::new(output, Compression::default());
                let report = writers::xes::write_log(log, &mut packed).map_err(in_file)?;
                replaced = report.replaced_characters;
                packed.finish().map(|_| ()).map_err(failed)
            }
        }
    })?;
    let mut notes = losses(log, format);
    if replaced > 0 {
        notes.push(say!(
            "{count} {count|character|characters} that the format cannot hold {count|was|were} \
             replaced by U+FFFD.",
            count = replaced
        ));
    }
    Ok(notes)
}
