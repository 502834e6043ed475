//! What holds for every file that is imported, and for what it is written as?
//!
//! The first line of an input says how the rest is imported: the ending of the file name, then
//! settings, with `|` between them, such as `csv|zone=Europe/Paris|date=%d.%m.%Y`. With the ending
//! `.gz` the rest is compressed first.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use paydirt_app::convert::{OutputFormat, write_log};
use paydirt_app::import::{ImportSettings, Imported, import_file};
use paydirt_model::automatic::{DecimalSign, ReadingRule, SerialSystem};
use paydirt_model::event_log::EventLog;
use paydirt_model::mapping::{ColumnRole, RoleSuggestion, RowMeaning};
use paydirt_model::problem::Problem;

use super::files::{Scratch, Watch, packed};
use super::{check_problem, first_line};

const ENDINGS: [&str; 9] =
    ["csv", "tsv", "txt", "xes", "parquet", "csv.gz", "xes.gz", "parquet.gz", "unknown"];

fn settings(line: &str) -> (&'static str, ImportSettings) {
    let mut parts = line.split('|');
    let named = parts.next().unwrap_or_default();
    let ending = ENDINGS.into_iter().find(|ending| *ending == named).unwrap_or("csv");
    let mut settings = ImportSettings::detect();
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let value = Some(value.to_owned());
        match key {
            "case" => settings.case = value,
            "activity" => settings.activity = value,
            "time" => settings.time = value,
            "start" => settings.start = value,
            "resource" => settings.resource = value,
            "zone" => settings.time_zone = value,
            "date" => settings.date_format = value,
            "classifier" => settings.classifier = value,
            "encoding" => settings.encoding = value,
            "delimiter" => settings.delimiter = value,
            "pair" => settings.pairs_lifecycle = true,
            "core" => settings.only_core = true,
            "off" => settings.rules.off = ReadingRule::ALL.to_vec(),
            "comma" => settings.rules.decimal = Some(DecimalSign::Comma),
            "1904" => settings.rules.serial_dates = Some(SerialSystem::From1904),
            _ => {}
        }
    }
    (ending, settings)
}

fn imported(path: &Path, settings: &ImportSettings, threads: usize) -> Result<Imported, Problem> {
    let watch = Watch::default();
    import_file(path, settings, threads, &watch.cancelled, &|_, _| watch.count())
}

fn scratch(data: &[u8]) -> (Scratch, std::path::PathBuf, ImportSettings) {
    let (line, rest) = first_line(data);
    let (ending, settings) = settings(&line);
    let scratch = Scratch::new();
    let bytes = if ending.ends_with(".gz") { packed(rest) } else { rest.to_vec() };
    let path = scratch.file(&format!("log.{ending}"), &bytes);
    (scratch, path, settings)
}

/// A file of any format with any settings: the same log on any number of threads, and every row of
/// it read, refused or paired away.
pub(super) fn import(data: &[u8]) {
    let (_scratch, path, settings) = scratch(data);
    let alone = imported(&path, &settings, 1);
    match (alone, imported(&path, &settings, 3)) {
        (Ok(alone), Ok(together)) => {
            assert_eq!(alone.report, together.report, "threads make no odds");
            let mut written = [Vec::new(), Vec::new()];
            for (imported, bytes) in [&alone, &together].into_iter().zip(&mut written) {
                paydirt_connect::writers::parquet::write_log(&imported.log, bytes)
                    .expect("memory takes every log");
            }
            assert!(written[0] == written[1], "threads make no odds");
            check_imported(&alone, &settings, data);
        }
        (Err(alone), Err(together)) => {
            assert_eq!(alone.to_string(), together.to_string(), "threads make no odds");
            check_problem(&alone, data);
        }
        (alone, together) => {
            panic!("threads make a difference: {:?} {:?}", alone.err(), together.err())
        }
    }
}

fn check_imported(imported: &Imported, settings: &ImportSettings, data: &[u8]) {
    let (log, report) = (&imported.log, &imported.report);
    assert_eq!(report.events, log.context().event_count);
    assert_eq!(report.cases, log.context().case_count);
    assert!(0 < report.cases && report.cases <= report.events);
    match imported.reading.row {
        _ if settings.pairs_lifecycle => {}
        // A row that is not refused is of one case, and one event for each of its dates.
        Some(RowMeaning::Case) => {
            let is_date = |known: &&RoleSuggestion| known.role == ColumnRole::ActivityDate;
            let dates = report.roles.iter().filter(is_date).count() as u64;
            let kept = report.rows_read - report.rows_refused;
            assert!(report.cases <= kept && kept <= report.events);
            assert!(report.events <= dates * kept);
        }
        // An event of several objects is in the log once for each of them.
        _ if report.format == "ocel" => {
            assert!(report.rows_read - report.rows_refused <= report.events);
        }
        Some(RowMeaning::Event) | None => {
            assert_eq!(report.rows_read, report.events + report.rows_refused);
        }
    }
    let byte_count = format!("{report:?}").len();
    assert!(byte_count <= 65_536 + 64 * data.len(), "a report of {byte_count} bytes");
}

/// Whatever is imported is written in every format and read again with the same events and cases.
pub(super) fn round_trip(data: &[u8]) {
    let (scratch, path, settings) = scratch(data);
    let Ok(first) = imported(&path, &settings, 1) else { return };
    for name in ["again.csv", "again.parquet", "again.xes", "again.xes.gz"] {
        let path = scratch.path(name);
        let format = OutputFormat::of(&path).expect("a known ending");
        let notes = write_log(&first.log, &path, format, &AtomicBool::new(false));
        let notes = notes.expect("every log can be written");
        let settings = settings_again(format, first.log.context().has_starts);
        let again = imported(&path, &settings, 1);
        let again = again.unwrap_or_else(|problem| panic!("{name} is not read: {problem}"));
        assert_eq!(again.report.events, first.report.events, "events of {name}");
        // Two ids may become one when what the format cannot hold is replaced.
        if !notes.iter().any(|note| note.to_string().contains("U+FFFD")) {
            assert_eq!(again.report.cases, first.report.cases, "cases of {name}");
        }
        // Where a column of starts is blank throughout, the stored log has none.
        let has_starts = |imported: &Imported| imported.log.context().has_starts;
        if format == OutputFormat::Parquet && has_starts(&again) == has_starts(&first) {
            assert!(csv(&again.log) == csv(&first.log), "Parquet comes back exactly");
        }
    }
}

/// How a file of our own is read. Roles are suggested from values too, and a log may have ids that
/// look like dates; so the roles of delimited text are named, but for that of the activity, which
/// the name of its column settles.
fn settings_again(format: OutputFormat, has_starts: bool) -> ImportSettings {
    let mut settings = ImportSettings::detect();
    match format {
        OutputFormat::Csv => {
            let name = |name: &str| Some(name.to_owned());
            settings.case = name("case:concept:name");
            settings.time = name("time:timestamp");
            settings.start = name(if has_starts { "start_timestamp" } else { "-" });
        }
        // A start is an event of its own there.
        OutputFormat::Xes | OutputFormat::XesGz => settings.pairs_lifecycle = has_starts,
        OutputFormat::Parquet => {}
    }
    settings
}

fn csv(log: &EventLog) -> Vec<u8> {
    let mut bytes = Vec::new();
    paydirt_connect::writers::csv::write_log(log, &mut bytes).expect("memory takes every log");
    bytes
}
