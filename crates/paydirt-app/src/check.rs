//! What is in this file, how would it be read, and what stands in the way? For a user who is about
//! to import it: columns with samples, the first rows, examples of dates and cases.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use paydirt_connect::source::{self, Content};
use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::automatic::AutomaticReading;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_chunk::{ChunkColumn, EventChunk};
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::mapping::{
    ColumnRole, ImportReport, ProblemCount, ProcessReading, ReadingChoice, RoleSuggestion,
    SingleEventCases,
};
use paydirt_model::problem::{Category, ErrorCode, Problem};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use paydirt_recipe::events::Plan;
use paydirt_recipe::roles;
use paydirt_recipe::scan::ColumnScan;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::analyse::Running;
use crate::begin::{BegunTable, begin_table};
use crate::coverage::{self, Coverage};
use crate::findings::{self, Findings};
use crate::import::{
    ImportSettings, Imported, convert_table, has_rows, import_events, map_table, plan_table,
    with_options,
};
use crate::joining::JoinTarget;
use crate::merge::JoinPreview;
use crate::parts;
use crate::recipe;
use crate::remembered::{RememberedImport, recalled};
use crate::steps::Steps;
use crate::stored_import::{InputFile, renamed};

/// Most distinct values shown of a column.
const SAMPLES_MAX: usize = 8;
/// Values looked at for samples.
const SAMPLED: usize = 400;
/// Rows shown of the beginning.
const HEAD_ROWS: usize = 100;
/// Examples of dates.
const DATES_MAX: usize = 3;
/// Activities shown, the most frequent first.
const ACTIVITIES_MAX: usize = 20;
/// Cases shown, the first of the file.
const CASES_MAX: usize = 10;
/// Rows looked at for cases to show; more only where these have none.
const CASE_ROWS_MAX: usize = 100_000;
/// Events shown of a case.
const CASE_EVENTS_MAX: usize = 50;
/// Longest cell shown, in characters.
const CELL_CHARACTERS_MAX: usize = 200;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckColumn {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: ColumnRole,
    /// Why.
    #[schema(value_type = String)]
    pub reason: Sentence,
    /// What its attribute is called in the log, where that is not the name of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// Type of its values, where it becomes an attribute.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<AttributeType>,
    /// Whether it belongs to the case or to the event, where it becomes an attribute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<AttributeLevel>,
    /// Some different values, as they are in the file.
    pub samples: Vec<String>,
    /// Rows without a value.
    pub blanks: u64,
}

/// A date of the file and what it was read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DateExample {
    /// As it is in the file.
    pub raw: String,
    /// The instant that it was read as.
    pub read_as: Timestamp,
}

/// The first rows of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Head {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

/// An activity and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActivityCount {
    /// Its name.
    pub activity: String,
    /// How many events.
    pub events: u64,
}

/// A case as an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExampleCase {
    /// Its id.
    pub case: String,
    /// Its activities in order, at most 50.
    pub activities: Vec<String>,
}

/// What is in a file, and what an import would make of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckResult {
    /// Format of the file, such as `csv` or `xes`.
    pub format: String,
    /// How the file was read, in words.
    #[schema(value_type = Vec<String>)]
    pub readings: Vec<Sentence>,
    /// What was read otherwise than it stands in the file, or left out, by rules that can be
    /// switched off.
    pub automatic: Vec<AutomaticReading>,
    /// What is worth knowing beside the rows.
    #[schema(value_type = Vec<String>)]
    pub notes: Vec<Sentence>,
    /// What the file holds besides what was read: other object types of an object-centric log,
    /// other files of an archive, other sheets of a workbook.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ReadingChoice>,
    /// Rows or events in the file.
    pub rows_read: u64,
    /// Rows or events that would be left out.
    pub rows_refused: u64,
    /// Cases that the log would have.
    pub cases: u64,
    /// Events that the log would have.
    pub events: u64,
    /// The first event.
    pub first_event_at: Option<Timestamp>,
    /// The last event.
    pub last_event_at: Option<Timestamp>,
    /// The IANA zone of the days of the log; `null` where there would be none.
    pub time_zone: Option<String>,
    /// The columns, in the order of the file.
    pub columns: Vec<CheckColumn>,
    /// The process of the library that the table was recognised as, and what of it was; whether it
    /// is read so can be said in the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<ProcessReading>,
    /// Columns whose times have no zone and were read as UTC, because nobody has named one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zone_open: Vec<String>,
    /// How dates were read, at most 3.
    pub date_examples: Vec<DateExample>,
    /// The first rows, at most 100.
    pub head: Head,
    /// The most frequent activities, at most 20.
    pub activities: Vec<ActivityCount>,
    /// The first cases of the file, at most 10, in its order.
    pub example_cases: Vec<ExampleCase>,
    /// Cases with a single event, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub single_event_cases: Option<SingleEventCases>,
    /// Problems by kind.
    pub problems: Vec<ProblemCount>,
    /// How the file was read: what was asked for, what the log was read with last and, of a table,
    /// what a row was taken for.
    pub settings: ImportSettings,
    /// The import as which the file is read, because a file of the same columns was read so before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remembered: Option<RememberedImport>,
    /// The recipe by which a file of the same shape becomes the same log, as a TOML file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipe: Option<String>,
    /// What adding the events to the log would change; only where a log was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining: Option<JoinPreview>,
    /// Why they cannot be added to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining_problem: Option<Problem>,
    /// What can be computed with it, where it is a table of the process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Which rules of data quality it breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<Findings>,
    /// Whether an import is possible.
    pub possible: bool,
    /// Why it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

impl CheckResult {
    /// The result as JSON that keeps its sentences untold, for a reader in any language.
    #[must_use]
    pub fn to_untold(&self) -> Value {
        let mut result = self.clone();
        let process = result.process.iter_mut().map(|process| &mut process.reason);
        let reasons = result.columns.iter_mut().map(|column| &mut column.reason).chain(process);
        let examples = result.problems.iter_mut().flat_map(|problem| &mut problem.examples);
        let options = result.choices.iter_mut().flat_map(|choice| &mut choice.options);
        let abouts = options.map(|option| &mut option.about);
        let automatic = result.automatic.iter_mut().map(|reading| &mut reading.what);
        let readings = result.readings.iter_mut().chain(automatic);
        let sentences = readings.chain(&mut result.notes).chain(reasons).chain(abouts);
        let examples = examples.map(|example| &mut example.reason);
        let joining = result.joining.iter_mut().flat_map(JoinPreview::sentences_mut);
        sentences.chain(examples).chain(joining).for_each(Sentence::keep_untold);
        let problems = result.problem.iter_mut().chain(&mut result.joining_problem);
        problems.for_each(Problem::keep_untold);
        serde_json::to_value(&result).expect("a result is plain data")
    }
}

/// As [`check`], with the file named as the user calls it, what adding it to a log would change,
/// and the rules and figures of the library in the words of a language.
///
/// # Errors
/// As [`check`].
pub fn check_as(
    file: &InputFile,
    settings: &ImportSettings,
    (join, language): (Option<&JoinTarget>, Language),
    steps: Steps<'_>,
) -> Result<CheckResult, Problem> {
    let named = |problem| renamed(problem, file);
    let checking = Checking { settings, join, language, steps };
    let mut result = checking.check(&file.path).map_err(named)?;
    let named = |mut problem: Problem| {
        if problem.code.category() != Category::Usage {
            problem.place.file.get_or_insert_with(|| file.name.clone());
        }
        named(problem)
    };
    result.problem = result.problem.map(named);
    result.joining_problem = result.joining_problem.map(named);
    Ok(result)
}

/// Looks at a file.
///
/// # Errors
/// The file cannot be read, is damaged or of an unknown format, or the work was cancelled. What
/// stands in the way of an import alone is in the result.
pub fn check(
    path: &Path,
    settings: &ImportSettings,
    steps: Steps<'_>,
) -> Result<CheckResult, Problem> {
    Checking { settings, join: None, language: Language::English, steps }.check(path)
}

/// How a file is looked at.
#[derive(Clone, Copy)]
struct Checking<'a> {
    settings: &'a ImportSettings,
    /// The log that it may be added to.
    join: Option<&'a JoinTarget>,
    /// The language in which the library speaks.
    language: Language,
    steps: Steps<'a>,
}

impl Checking<'_> {
    fn check(self, path: &Path) -> Result<CheckResult, Problem> {
        let Checking { settings, steps, .. } = self;
        let told = |done, total| steps.reading(done, total);
        let content = with_options(settings, steps.threads, steps.cancelled, &told, |options| {
            source::read(path, options)
        })?;
        steps.check()?;
        match content {
            Content::Table { table, report } => {
                let choices = report.choices.clone();
                self.table(begin_table(table, report, settings, steps.threads), choices)
            }
            Content::Parts { parts, report } => {
                let choices = report.choices.clone();
                self.table(parts::begin(parts, report, settings, steps.threads), choices)
            }
            Content::Events { spec, chunks, report } => {
                let choices = report.choices.clone();
                let facts = Facts { choices, ..Facts::of_events(&spec, &chunks) };
                let format = report.format.clone();
                let done = import_events(spec, chunks, report, settings, steps.threads);
                self.finish(facts, done, ImportReport { format, ..ImportReport::default() })
            }
            Content::Undecided { problem, report } => {
                let choices = report.choices.clone();
                let facts = Facts { choices, ..Facts::default() };
                self.finish(facts, Err(problem), report.into_import_report())
            }
        }
    }

    fn table(self, begun: BegunTable, choices: Vec<ReadingChoice>) -> Result<CheckResult, Problem> {
        let settings = self.settings;
        let facts = Facts { choices, ..Facts::of_table(&begun.table) };
        if let Err(problem) = has_rows(&begun.table, &begun.report) {
            return self.finish(facts, Err(problem), begun.report);
        }
        if let Some((recalled, import)) = recalled(&begun.table, settings) {
            let mut begun = begun;
            begun.report.readings.push(import.sentence());
            let result = Checking { settings: &recalled, ..self }.mapped(begun, facts)?;
            return Ok(CheckResult { remembered: Some(import), ..result });
        }
        self.mapped(begun, facts)
    }

    /// As what the table is read.
    fn mapped(self, begun: BegunTable, mut facts: Facts) -> Result<CheckResult, Problem> {
        let BegunTable { table, mut report, shape } = begun;
        let Checking { settings, steps, .. } = self;
        let mapped = match map_table(&table, &shape, settings, &mut report) {
            Ok(mapped) => mapped,
            Err(problem) => {
                report.roles = roles::suggest_as(&table, settings.row);
                return self.finish(facts, Err(problem), report);
            }
        };
        let reading = settings.as_mapped(&mapped);
        let planned = match plan_table(&table, mapped, settings, &mut report) {
            Ok(planned) => planned,
            Err(problem) => {
                return Checking { settings: &reading, ..self }.finish(facts, Err(problem), report);
            }
        };
        let is_time = |known: &RoleSuggestion| {
            matches!(known.role, ColumnRole::Time | ColumnRole::ActivityDate)
        };
        let time = report.roles.iter().position(is_time);
        facts.zone_open = planned.plan.zone_open().to_vec();
        facts.dates = time.map(|idx| dates(&table, idx, &planned.plan)).unwrap_or_default();
        let chunks = table.chunks.iter().map(|chunk| planned.plan.convert(chunk).0);
        facts.first_cases = first_cases(chunks);
        let known = report.clone();
        let (threads, cancelled) = (steps.threads, steps.cancelled);
        let done = convert_table(table, &planned, report, settings, threads, cancelled);
        self.finish(facts, done, known)
    }

    /// The result, of the log if there is one; `known` is what was found before it failed.
    fn finish(
        self,
        facts: Facts,
        done: Result<Imported, Problem>,
        known: ImportReport,
    ) -> Result<CheckResult, Problem> {
        let mut joining = None;
        let mut joining_problem = None;
        let recipe = done.as_ref().ok().map(|imported| {
            let target = self.join.map(JoinTarget::recipe_target).unwrap_or_default();
            recipe::of(&imported.exact, target).to_toml()
        });
        if let (Some(join), Ok(imported)) = (self.join, &done)
            && imported.nothing_usable().is_none()
        {
            match join.preview(&imported.log, &imported.report, self.steps) {
                Ok(preview) => joining = Some(preview),
                Err(problem) if problem.code == ErrorCode::Cancelled => return Err(problem),
                Err(problem) => joining_problem = Some(problem),
            }
        }
        let (mut coverage, mut quality) = (None, None);
        if let Ok(imported) = &done
            && imported.nothing_usable().is_none()
        {
            let Steps { threads, cancelled, .. } = self.steps;
            let running = Running { threads, cancelled, progress: &|_, _| {} };
            coverage = coverage::of_imported(imported, self.language, running)?;
            quality = findings::of_imported(imported, self.language, running)?;
        }
        let result = facts.finish(done, known, self.settings)?;
        Ok(CheckResult { joining, joining_problem, recipe, coverage, quality, ..result })
    }
}

/// What is known of the file before it becomes a log.
#[derive(Default)]
struct Facts {
    /// Samples and blanks of each column.
    columns: Vec<(String, Vec<String>, u64)>,
    /// Roles that the format declares.
    declared: Vec<RoleSuggestion>,
    head: Head,
    dates: Vec<DateExample>,
    zone_open: Vec<String>,
    /// Ids of the first cases, in the order of the file.
    first_cases: Vec<String>,
    /// What could be read instead.
    choices: Vec<ReadingChoice>,
}

impl Facts {
    fn of_table(table: &RawTable) -> Self {
        let column = |(idx, name): (usize, &String)| {
            let scan = ColumnScan::new(table, idx);
            let mut filled = 0;
            scan.each(|_, count| {
                filled += count;
                std::ops::ControlFlow::Continue(())
            });
            (name.clone(), distinct(scan.sample(SAMPLED)), table.row_count() - filled)
        };
        let rows = table.chunks.iter().flat_map(|chunk| {
            (0..chunk.len())
                .map(|row| chunk.columns.iter().map(|column| shown(&column.text(row))).collect())
        });
        Facts {
            columns: table.names.iter().enumerate().map(column).collect(),
            head: Head { columns: table.names.clone(), rows: rows.take(HEAD_ROWS).collect() },
            ..Facts::default()
        }
    }

    /// The columns of a format that declares its roles: case, activity and time, then attributes.
    fn of_events(spec: &LogSpec, chunks: &[EventChunk]) -> Self {
        let mut facts = Facts { first_cases: first_cases(chunks), ..Facts::default() };
        let core = [
            ("case", ColumnRole::Case),
            ("activity", ColumnRole::Activity),
            ("time", ColumnRole::Time),
        ];
        let mut cells: Vec<Vec<String>> = vec![Vec::new(); core.len()];
        for (chunk, row) in rows(chunks).take(SAMPLED) {
            cells[0].push(chunk.case_ids.get(row).to_owned());
            let activity = chunk.activities[row] as usize;
            cells[1].push(chunk.activity_names.get(activity).to_owned());
            let time = Timestamp::from_us(chunk.times_us[row]);
            cells[2].push(time.map(|time| time.to_string()).unwrap_or_default());
        }
        for ((name, role), cells) in core.into_iter().zip(&cells) {
            facts.declare(name, role, cells.clone(), 0);
        }
        for (idx, attribute) in spec.attributes.iter().enumerate() {
            let is_resource = spec.resource.is_some_and(|resource| resource.0 == idx);
            let role = if is_resource { ColumnRole::Resource } else { ColumnRole::Attribute };
            let text = |chunk: &EventChunk, row| cell(&chunk.columns[idx], attribute.kind, row);
            let texts: Vec<String> =
                rows(chunks).take(SAMPLED).map(|(chunk, row)| text(chunk, row)).collect();
            let is_blank =
                |&(chunk, row): &(&EventChunk, usize)| chunk.columns[idx].values.is_blank(row);
            let blanks = rows(chunks).filter(is_blank).count() as u64;
            cells.push(texts.clone());
            facts.declare(&attribute.name, role, texts, blanks);
        }
        let count = cells[0].len().min(HEAD_ROWS);
        facts.head = Head {
            columns: facts.columns.iter().map(|(name, ..)| name.clone()).collect(),
            rows: (0..count)
                .map(|row| cells.iter().map(|column| shown(&column[row])).collect())
                .collect(),
        };
        facts
    }

    fn declare(&mut self, name: &str, role: ColumnRole, texts: Vec<String>, blanks: u64) {
        self.columns.push((name.to_owned(), distinct(texts), blanks));
        let reason = say!("the format says so");
        self.declared.push(RoleSuggestion::new(name, role, reason));
    }

    /// The result, of the log if there is one; `known` is what was found before it failed.
    fn finish(
        self,
        done: Result<Imported, Problem>,
        known: ImportReport,
        settings: &ImportSettings,
    ) -> Result<CheckResult, Problem> {
        let (mut report, log, settings, problem) = match done {
            Ok(imported) => {
                let problem = imported.nothing_usable();
                (imported.report, Some(imported.log), imported.reading, problem)
            }
            Err(problem) if problem.code == ErrorCode::Cancelled => return Err(problem),
            Err(problem) => {
                let problem = problem.in_sheet(known.places.as_ref());
                (known, None, settings.clone(), Some(problem))
            }
        };
        report.name_cells();
        let roles = if report.roles.is_empty() { &self.declared } else { &report.roles };
        let columns = self.columns.into_iter().map(|column| {
            let known = roles.iter().find(|known| known.column == column.0);
            checked(column, known, log.as_ref())
        });
        let columns = columns.collect();
        let context = log.as_ref().map(EventLog::context);
        Ok(CheckResult {
            format: report.format,
            readings: report.readings,
            automatic: report.automatic,
            notes: report.notes,
            choices: self.choices,
            rows_read: report.rows_read,
            rows_refused: report.rows_refused,
            cases: report.cases,
            events: report.events,
            first_event_at: context.and_then(|context| context.first_event_at),
            last_event_at: context.and_then(|context| context.last_event_at),
            time_zone: context.map(|context| context.time_zone.name().to_owned()),
            columns,
            process: report.process,
            zone_open: self.zone_open,
            date_examples: self.dates,
            head: self.head,
            activities: log.as_ref().map(activities).unwrap_or_default(),
            example_cases: log
                .map(|log| example_cases(&log, &self.first_cases))
                .unwrap_or_default(),
            single_event_cases: report.single_event_cases,
            problems: report.problems,
            settings,
            remembered: None,
            recipe: None,
            joining: None,
            joining_problem: None,
            coverage: None,
            quality: None,
            possible: problem.is_none(),
            problem,
        })
    }
}

/// What is known of a column: its name, values of it and how many are blank.
fn checked(
    (name, samples, blanks): (String, Vec<String>, u64),
    known: Option<&RoleSuggestion>,
    log: Option<&EventLog>,
) -> CheckColumn {
    let in_log = known.and_then(|known| known.attribute.clone());
    let called = in_log.as_deref().unwrap_or(&name);
    let attribute = log.and_then(|log| log.context().attribute(called).ok());
    CheckColumn {
        role: known.map_or(ColumnRole::Attribute, |known| known.role),
        reason: known.map_or_else(|| Sentence::from(""), |known| known.reason.clone()),
        kind: attribute.map(|attribute| attribute.kind),
        level: attribute.map(|attribute| attribute.level),
        attribute: in_log,
        name,
        samples,
        blanks,
    }
}

fn rows(chunks: &[EventChunk]) -> impl Iterator<Item = (&EventChunk, usize)> {
    chunks.iter().flat_map(|chunk| (0..chunk.len()).map(move |row| (chunk, row)))
}

/// A value of a chunk as a person reads it; empty for a blank.
fn cell(column: &ChunkColumn, kind: AttributeType, row: usize) -> String {
    let code = column.values.text_code(row);
    match (kind, code) {
        (AttributeType::Text, Some(code)) => column.texts.get(code as usize).to_owned(),
        (AttributeType::Text, None) => String::new(),
        _ => RawColumn::Typed(kind, one_row(column, row)).text(0).into_owned(),
    }
}

fn one_row(column: &ChunkColumn, row: usize) -> ChunkColumn {
    let row = u32::try_from(row).expect("a chunk has fewer than 2^32 rows");
    ChunkColumn {
        values: column.values.gather(&[row]),
        texts: column.texts.clone(),
        scale: column.scale,
        rounded: 0,
    }
}

/// The first different texts, cut where they are long.
fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    let fresh = texts.filter(|text| seen.insert(text.clone()));
    fresh.take(SAMPLES_MAX).map(|text| shown(&text)).collect()
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(CELL_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Different dates of the time column and the instants they were read as.
fn dates(table: &RawTable, column_idx: usize, plan: &Plan) -> Vec<DateExample> {
    let mut seen = HashSet::new();
    let mut examples = Vec::new();
    for chunk in &table.chunks {
        for row in 0..chunk.len().min(SAMPLED) {
            let raw = chunk.columns[column_idx].text(row).trim().to_owned();
            if raw.is_empty() || !seen.insert(raw.clone()) {
                continue;
            }
            let (events, _) = plan.convert(&row_of(chunk, row));
            let read_as = events.times_us.first().and_then(|&us| Timestamp::from_us(us));
            examples.extend(read_as.map(|read_as| DateExample { raw, read_as }));
            if examples.len() == DATES_MAX {
                return examples;
            }
        }
    }
    examples
}

/// A chunk of one row.
fn row_of(chunk: &RawChunk, row: usize) -> RawChunk {
    let columns = chunk.columns.iter().map(|column| match column {
        RawColumn::Typed(kind, typed) => RawColumn::Typed(*kind, one_row(typed, row)),
        RawColumn::Dictionary { .. } | RawColumn::Plain(_) => {
            RawColumn::Plain(std::iter::once(column.text(row).as_ref()).collect())
        }
    });
    RawChunk { lines: vec![chunk.lines[row]], columns: columns.collect() }
}

/// The most frequent activities; equal ones in the order of their names.
fn activities(log: &EventLog) -> Vec<ActivityCount> {
    let names = &log.context().activities;
    let mut counts = vec![0_u64; names.count()];
    for segment in log.segments() {
        for code in &segment.parts().activities {
            counts[code.idx()] += 1;
        }
    }
    let mut all: Vec<ActivityCount> = names
        .codes()
        .map(|code| ActivityCount {
            activity: names.name(code).to_owned(),
            events: counts[code.idx()],
        })
        .collect();
    all.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.activity.cmp(&b.activity)));
    all.truncate(ACTIVITIES_MAX);
    all
}

/// The ids of the first cases, in the order of the file.
fn first_cases<C: Borrow<EventChunk>>(chunks: impl IntoIterator<Item = C>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut rows = 0;
    for chunk in chunks {
        let chunk = chunk.borrow();
        for id in chunk.case_ids.iter() {
            rows += 1;
            if ids.iter().all(|known| known != id) {
                ids.push(id.to_owned());
            }
            if ids.len() == CASES_MAX || CASE_ROWS_MAX <= rows {
                return ids;
            }
        }
    }
    ids
}

/// These cases with their activities.
fn example_cases(log: &EventLog, ids: &[String]) -> Vec<ExampleCase> {
    let mut found = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let Some(place) = ids.iter().position(|id| id == case.id()) else { return };
            let codes = case.activities().iter().take(CASE_EVENTS_MAX);
            let names = codes.map(|&code| log.context().activities.name(code).to_owned());
            let case = case.id().to_owned();
            found.push((place, ExampleCase { case, activities: names.collect() }));
        });
    }
    found.sort_unstable_by_key(|&(place, _)| place);
    found.into_iter().map(|(_, case)| case).collect()
}
