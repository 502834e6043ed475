//! How a file on the command line is read: the flags every verb shares.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use clap::Args;
use clap::builder::PossibleValuesParser;
use paydirt_app::import::{self, ColumnNames, DateColumn, ImportSettings, Imported};
use paydirt_model::automatic::{DecimalSign, ReadingRule, ReadingRules, SerialSystem};
use paydirt_model::language::Language;
use paydirt_model::mapping::RowMeaning;
use paydirt_model::problem::Problem;
use paydirt_model::say;

use super::CANCELLED;
use super::data::now;
use super::library::LibraryArguments;
use super::progress::Progress;

/// One of the two ways to read a file.
type Reader = fn(
    &Path,
    &ImportSettings,
    usize,
    &AtomicBool,
    &(dyn Fn(u64, u64) + Sync),
) -> Result<Imported, Problem>;

/// How to read a file; what is not given is detected.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading the file")]
pub(super) struct FileArguments {
    /// What each row of a table is: an event, or a case with a column for each activity's date.
    #[arg(long, value_name = "WHAT", value_parser = ["event", "case"])]
    row: Option<String>,
    /// A column of dates that becomes an activity, where each row is a case; once for each column,
    /// in the order of the process, such as "Close date=Deal closed" or "Close date".
    #[arg(long = "date", value_name = "COLUMN=ACTIVITY")]
    dates: Vec<String>,
    /// Column of the case.
    #[arg(long, value_name = "COLUMN")]
    case: Option<String>,
    /// Column of the activity.
    #[arg(long, value_name = "COLUMN")]
    activity: Option<String>,
    /// Column of the time of the event (its end, where it has a start too).
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Column of the start of the event; `-` for none.
    #[arg(long, value_name = "COLUMN")]
    start: Option<String>,
    /// Column of who did it; `-` for none.
    #[arg(long, value_name = "COLUMN")]
    resource: Option<String>,
    /// IANA time zone of times without an offset, such as Europe/Paris (else UTC).
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// Format of dates, such as %d.%m.%Y or "%m/%d/%Y %H:%M".
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,
    /// XES classifier that names the activities.
    #[arg(long, value_name = "NAME")]
    classifier: Option<String>,
    /// Object type whose objects are the cases of an object-centric log (OCEL).
    #[arg(long, value_name = "TYPE")]
    object_type: Option<String>,
    /// The one file of a ZIP archive or a folder to read, where they hold several.
    #[arg(long, value_name = "NAME")]
    member: Option<String>,
    /// Read lifecycle transitions: `pair` joins starts and completes into activity instances, which
    /// take from the start what the complete leaves blank.
    #[arg(long, value_name = "HOW", value_parser = ["pair"])]
    lifecycle: Option<String>,
    /// Text encoding, such as utf-8, utf-16le, windows-1252 or shift_jis.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Character between cells of delimited text; `tab` for the tabulator.
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<String>,
    /// Where delimited text or a sheet names its columns: `first-row`, the number of a row, or
    /// `none`, and every row is data.
    #[arg(long, value_name = "HOW", value_parser = header)]
    header: Option<Header>,
    /// The sheet of a workbook, by its name or number (else all that belong together, or the first
    /// with a table).
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// Process of the library that a table is read as, such as lead-to-cash, with its names of
    /// attributes and activities; `-` for none (else where the file leaves no doubt).
    #[arg(long, value_name = "KEY")]
    process: Option<String>,
    #[command(flatten)]
    pub(super) library: LibraryArguments,
    /// Automatic readings to switch off, as `paydirt check` lists them, such as
    /// footer_lines,blank_words; what they are about is then read as it stands in the file.
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rules())]
    off: Vec<String>,
    /// Words that stand for a missing value, instead of the usual ones such as N/A; once for each.
    #[arg(long = "blank", value_name = "WORD")]
    blank_words: Vec<String>,
    /// What divides the whole part of numbers from their fraction, where the file does not say it.
    #[arg(long, value_name = "SIGN", value_parser = ["point", "comma"])]
    decimal: Option<String>,
    /// The year from which a spreadsheet counts the days of dates that are numbers (else 1900).
    #[arg(long, value_name = "YEAR", value_parser = ["1900", "1904"])]
    serial_dates: Option<String>,
    /// A column whose values are texts whatever they look like; once for each.
    #[arg(long = "text", value_name = "COLUMN")]
    text_columns: Vec<String>,
    /// A column of percentages without a percent sign, where 12.5 is the share 0.125; once for
    /// each.
    #[arg(long = "percent", value_name = "COLUMN")]
    percent_columns: Vec<String>,
}

/// The names of the automatic readings.
fn rules() -> PossibleValuesParser {
    PossibleValuesParser::new(ReadingRule::ALL.map(ReadingRule::name))
}

/// What `--header` says.
#[derive(Debug, Clone, Copy)]
enum Header {
    /// The first row of the table, or none.
    In(ColumnNames),
    /// This row, counted from 1.
    Row(u32),
}

fn header(text: &str) -> Result<Header, String> {
    match text {
        "first-row" => Ok(Header::In(ColumnNames::FirstRow)),
        "none" => Ok(Header::In(ColumnNames::None)),
        number => match number.parse() {
            Ok(row) if row > 0 => Ok(Header::Row(row)),
            _ => Err("expected first-row, none or the number of a row".to_owned()),
        },
    }
}

impl FileArguments {
    /// The settings that the flags mean.
    pub(super) fn settings(&self) -> ImportSettings {
        let dates: Vec<DateColumn> = self.dates.iter().map(|text| date_column(text)).collect();
        ImportSettings {
            row: self.row.as_deref().map(|row| match row {
                "case" => RowMeaning::Case,
                _ => RowMeaning::Event,
            }),
            date_columns: (!dates.is_empty()).then_some(dates),
            case: self.case.clone(),
            activity: self.activity.clone(),
            time: self.time.clone(),
            start: self.start.clone(),
            resource: self.resource.clone(),
            time_zone: self.tz.clone(),
            date_format: self.date_format.clone(),
            classifier: self.classifier.clone(),
            object_type: self.object_type.clone(),
            member: self.member.clone(),
            pairs_lifecycle: self.lifecycle.is_some(),
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.clone(),
            header: self.header.and_then(|header| match header {
                Header::In(names) => Some(names),
                Header::Row(_) => None,
            }),
            header_row: self.header.and_then(|header| match header {
                Header::In(_) => None,
                Header::Row(row) => Some(row),
            }),
            sheet: self.sheet.clone(),
            process: self.process.clone(),
            rules: self.rules(),
            ..ImportSettings::detect()
        }
    }

    fn rules(&self) -> ReadingRules {
        let is_off =
            |rule: &ReadingRule| self.off.iter().any(|name| name.replace('-', "_") == rule.name());
        ReadingRules {
            off: ReadingRule::ALL.into_iter().filter(is_off).collect(),
            blank_words: (!self.blank_words.is_empty()).then(|| self.blank_words.clone()),
            decimal: self.decimal.as_deref().map(|sign| match sign {
                "comma" => DecimalSign::Comma,
                _ => DecimalSign::Point,
            }),
            serial_dates: self.serial_dates.as_deref().map(|year| match year {
                "1904" => SerialSystem::From1904,
                _ => SerialSystem::From1900,
            }),
            text_columns: self.text_columns.clone(),
            percent_columns: self.percent_columns.clone(),
        }
    }

    /// Reads the file, with a progress bar where there is a terminal. The library may be in the
    /// data folder.
    pub(super) fn import(
        &self,
        source: &str,
        data: &Path,
        threads: usize,
        language: Language,
    ) -> Result<Imported, Problem> {
        let library = Some(self.library.load(data, language).library);
        let settings = ImportSettings { library, ..self.settings() };
        read(import::import_file, source, settings, threads, language)
    }

    /// Reads the file for its report, even where nothing in it is usable.
    pub(super) fn check(
        &self,
        source: &str,
        settings: ImportSettings,
        data: &Path,
        threads: usize,
        language: Language,
    ) -> Result<Imported, Problem> {
        let library = Some(self.library.load(data, language).library);
        read(import::check_file, source, ImportSettings { library, ..settings }, threads, language)
    }
}

fn read(
    reader: Reader,
    source: &str,
    settings: ImportSettings,
    threads: usize,
    language: Language,
) -> Result<Imported, Problem> {
    let progress = Progress::new(&say!("reading").in_language(language), true);
    let told = |done, total| progress.set(done, total);
    let settings = ImportSettings { now: Some(now()), ..settings };
    reader(Path::new(source), &settings, threads, &CANCELLED, &told)
}

/// `COLUMN=ACTIVITY`, or a column alone. The last sign counts: a column may have one in its name.
fn date_column(text: &str) -> DateColumn {
    let (column, activity) = match text.rsplit_once('=') {
        Some((column, activity)) => (column, Some(activity.to_owned())),
        None => (text, None),
    };
    DateColumn { column: column.to_owned(), activity }
}
