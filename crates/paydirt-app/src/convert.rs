//! How a log leaves as a file: CSV, Parquet, XES or XES.gz, by the ending of the name.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use paydirt_connect::writers;
use paydirt_model::attribute::Attribute;
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
/// The file cannot be written, or the work was cancelled; what was there before stays.
pub fn write_log(
    log: &EventLog,
    path: &Path,
    format: OutputFormat,
    cancelled: &AtomicBool,
) -> Result<Vec<Sentence>, Problem> {
    let mut replaced = 0;
    write_file(path, |output| {
        let written = write_to(log, Stopping { output, cancelled }, path, format);
        if cancelled.load(Ordering::Relaxed) {
            let detail = say!("Writing the file was cancelled. Nothing was changed.");
            return Err(Problem::new(ErrorCode::Cancelled, detail));
        }
        replaced = written?;
        Ok(())
    })?;
    Ok(notes(log, format, replaced))
}

/// What [`write_log`] would note of a log whose values are in memory.
///
/// # Errors
/// A value cannot be written in the format.
pub(crate) fn notes_before(log: &EventLog, format: OutputFormat) -> Result<Vec<Sentence>, Problem> {
    let replaced =
        if has_controls(log) { write_to(log, io::sink(), Path::new(""), format)? } else { 0 };
    Ok(notes(log, format, replaced))
}

/// An output that takes nothing more once the work is cancelled.
struct Stopping<'a, W> {
    output: W,
    cancelled: &'a AtomicBool,
}

impl<W: Write> Write for Stopping<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(io::Error::other("cancelled"));
        }
        self.output.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Writes a log; how many characters were replaced.
fn write_to(
    log: &EventLog,
    mut output: impl Write + Send,
    path: &Path,
    format: OutputFormat,
) -> Result<u64, Problem> {
    let failed = |error: io::Error| unwritable(path, &error);
    let in_file = |problem: Problem| problem.in_file(path.display().to_string());
    match format {
        OutputFormat::Csv => {
            let report = writers::csv::write_log(log, output).map_err(failed)?;
            Ok(report.replaced_characters)
        }
        OutputFormat::Parquet => {
            writers::parquet::write_log(log, &mut output).map_err(in_file)?;
            Ok(0)
        }
        OutputFormat::Xes => {
            let report = writers::xes::write_log(log, output).map_err(in_file)?;
            Ok(report.replaced_characters)
        }
        OutputFormat::XesGz => {
            let mut packed = GzEncoder::new(output, Compression::default());
            let report = writers::xes::write_log(log, &mut packed).map_err(in_file)?;
            packed.finish().map_err(failed)?;
            Ok(report.replaced_characters)
        }
    }
}

/// Whether a text of the log, used or not, has a character that some format cannot hold.
fn has_controls(log: &EventLog) -> bool {
    let is_control = |one: char| one < ' ' || matches!(one, '\u{fffe}' | '\u{ffff}');
    let has = |text: &str| text.contains(is_control);
    let context = log.context();
    let mut names = context.activities.codes().map(|code| context.activities.name(code));
    let mut segments = log.segments().iter();
    let attribute_has = |attribute: &Attribute| {
        has(&attribute.name)
            || (0..attribute.texts.len()).any(|code| has(attribute.texts.get(code)))
    };
    names.any(has)
        || context.attributes.iter().any(attribute_has)
        || segments.any(|segment| segment.parts().case_ids.iter().any(has))
}

fn notes(log: &EventLog, format: OutputFormat, replaced: u64) -> Vec<Sentence> {
    let mut notes = losses(log, format);
    if replaced > 0 {
        notes.push(say!(
            "{count} {count|character|characters} that the format cannot hold {count|was|were} \
             replaced by U+FFFD.",
            count = replaced
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::event_chunk::{ChunkWriter, EventTime};
    use paydirt_model::log_builder::{EventLogBuilder, LogSpec};

    #[test]
    fn what_is_noted_before_writing_is_what_writing_notes() {
        let folder = tempfile::tempdir().unwrap();
        for (activity, replaced) in [("plain\ttab", 0), ("a\u{1}b\u{2}", 4)] {
            let spec = LogSpec { auxiliary: vec![activity.to_owned()], ..LogSpec::plain() };
            let mut builder = EventLogBuilder::new(spec, 1);
            let mut writer = ChunkWriter::new(Vec::new());
            writer.push("1", activity, EventTime::instant(5));
            writer.push("2", activity, EventTime::instant(6));
            builder.append(writer.take());
            let log = builder.finish().unwrap().0;
            for (format, name) in [
                (OutputFormat::Csv, "a.csv"),
                (OutputFormat::Parquet, "a.parquet"),
                (OutputFormat::Xes, "a.xes"),
                (OutputFormat::XesGz, "a.xes.gz"),
            ] {
                let go_on = AtomicBool::new(false);
                let before = notes_before(&log, format).unwrap();
                let written = write_log(&log, &folder.path().join(name), format, &go_on).unwrap();
                assert_eq!(before, written);
                let told = format!("{replaced} characters that the format cannot hold");
                let is_told = before.iter().any(|note| note.to_string().starts_with(&told));
                assert_eq!(is_told, replaced > 0 && format != OutputFormat::Parquet, "{before:?}");
            }
        }
    }

    #[test]
    fn what_is_cancelled_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut builder = EventLogBuilder::new(LogSpec::plain(), 1);
        let mut writer = ChunkWriter::new(Vec::new());
        writer.push("1", "a", EventTime::instant(5));
        builder.append(writer.take());
        let log = builder.finish().unwrap().0;
        for name in ["a.csv", "a.parquet", "a.xes", "a.xes.gz"] {
            let path = folder.path().join(name);
            let format = OutputFormat::of(&path).unwrap();
            let failed = write_log(&log, &path, format, &AtomicBool::new(true)).unwrap_err();
            assert_eq!(failed.code, ErrorCode::Cancelled, "{name}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
