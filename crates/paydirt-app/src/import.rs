//! How a file becomes a log: read, find the roles of its columns, convert, build, report.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_connect::encoding::TextEncoding;
use paydirt_connect::source::{
    self, Content, HeaderChoice, Limits, PartHead, ReadOptions, SourceReport, TextOptions,
    TitleChoice,
};
use paydirt_connect::sources::xes::lifecycle_pairing;
use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::automatic::{ReadingRule, ReadingRules};
use paydirt_model::event_chunk::{EventChunk, PartitionedChunk};
use paydirt_model::event_log::{EventLog, TimeZoneName};
use paydirt_model::log_builder::{BuildReport, LifecycleReading, LogSpec, partition_count_for};
use paydirt_model::mapping::{
    AttributeMapping, ChoiceKind, DateOrder, EventColumns, EventMapping, ImportReport,
    ProblemCount, RowMeaning,
};
use paydirt_model::problem::{Category, ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use paydirt_recipe::currency::join_currencies;
use paydirt_recipe::events::{ChunkReport, Plan, nothing_usable};
use paydirt_recipe::import_recipe::OtherColumns;
use paydirt_recipe::library::Library;
use paydirt_recipe::quality::{CredibleTimes, doubtful_times, repeated_events};
use paydirt_recipe::recognition::{ActivityChoice, ProcessChoice, Recognition, recognise};
use paydirt_recipe::roles::{self, DateChoice, RoleChoice, RoleOverrides};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::begin::{BegunTable, TableShape, begin_table};
use crate::build::{build_partitioned, partitioned, repeats};
use crate::exact::{exact_events, exact_table};
use crate::file_shape::FileShape;
use crate::named_columns;
use crate::parallel;
use crate::parts;
use crate::remembered::{Remembered, RememberedImport, recalled};
use crate::single_events::single_event_cases;

/// A column of dates, where each row is a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DateColumn {
    /// The column.
    pub column: String,
    /// The activity that happened on these dates; found from the name of the column when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
}

/// Where delimited text or a sheet names its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnNames {
    /// In its first row; of a sheet in the first row of its table.
    FirstRow,
    /// Nowhere: every row is data, and the columns are numbered.
    None,
}

/// How a file is to be read; what is not given is detected. A column named `-` is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImportSettings {
    /// What each row of a table is: an event, or a case with a column for the date of each
    /// activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<RowMeaning>,
    /// The columns of dates that become events, in the order of the process; only where a row is a
    /// case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_columns: Option<Vec<DateColumn>>,
    /// Column of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Column of the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Column of the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Column of the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Column of who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Column of the lifecycle transition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<String>,
    /// Column of the activity instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Column of the pipeline, where activities are stages: what one means may depend on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<String>,
    /// Columns that become attributes, and how each of them is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<AttributeMapping>>,
    /// What becomes of the columns that nothing else here names; they are read as usual when not
    /// given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_columns: Option<OtherColumns>,
    /// IANA zone of times without an offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Date format such as `%d.%m.%Y`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// What is written first where day and month are numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// XES classifier that names the activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classifier: Option<String>,
    /// Object type whose objects are the cases of an object-centric log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_type: Option<String>,
    /// The one file of an archive or a folder that is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Whether starts and completes are paired into activity instances.
    pub pairs_lifecycle: bool,
    /// Text encoding by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Character between cells; `tab` for the tabulator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// Where delimited text or a sheet names its columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<ColumnNames>,
    /// The row that names the columns of delimited text or of a sheet, counted from 1 as in the
    /// file; what stands before it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1_048_576)]
    pub header_row: Option<u32>,
    /// The sheet of a workbook, by its name or by its number, counted from 1; when not given, all
    /// that belong together, as those of a data template, or the first with a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The process of the library that a table is read as, by its key such as `lead-to-cash`; `-`
    /// for none. Not given, a table is read so where the evidence is clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<String>,
    /// What single labels of activities mean, where a table is read as one of the process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activities: Option<Vec<ActivityMeaning>>,
    /// Which automatic readings are switched off, and what is chosen where one has a choice.
    #[serde(skip_serializing_if = "ReadingRules::is_usual")]
    pub rules: ReadingRules,
    /// Whether only case, activity and times are read.
    #[serde(skip)]
    pub only_core: bool,
    /// Columns whose values are texts whatever they look like, because they are in the log that
    /// the file is added to.
    #[serde(skip)]
    pub text_columns: Vec<String>,
    /// When the file is read, so that doubtful times and repeated events are counted; they are not
    /// without it.
    #[serde(skip)]
    pub now: Option<Timestamp>,
    /// The library by which a table is recognised; none is without it.
    #[serde(skip)]
    pub library: Option<Arc<Library>>,
    /// How files were read before: a table of a shape that is known is read as it was, and not by
    /// these settings.
    #[serde(skip)]
    pub remembered: Arc<[Remembered]>,
}

/// What a label of the activity column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityMeaning {
    /// The label as it is in the table.
    pub label: String,
    /// The pipeline in which it means this; everywhere, where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<String>,
    /// Key of the activity of the library; without one the label keeps its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
}

impl ImportSettings {
    /// Whether some label is said to be an activity of the library.
    fn names_activities(&self) -> bool {
        self.activities.iter().flatten().any(|one| one.activity.is_some())
    }

    /// Everything is detected.
    #[must_use]
    pub fn detect() -> Self {
        ImportSettings::default()
    }

    fn text(&self) -> Result<TextOptions, Problem> {
        let mut text = TextOptions::DETECT;
        text.encoding = self.encoding.as_deref().map(TextEncoding::parse).transpose()?;
        text.delimiter = self.delimiter.as_deref().map(delimiter).transpose()?;
        text.header = match (self.header_row, self.header) {
            (Some(0), _) => return Err(no_row()),
            (Some(row), _) => HeaderChoice::Row(u64::from(row)),
            (None, None) => HeaderChoice::Detect,
            (None, Some(ColumnNames::FirstRow)) => HeaderChoice::FirstRow,
            (None, Some(ColumnNames::None)) => HeaderChoice::None,
        };
        if !self.rules.follows(ReadingRule::TitleLines) {
            text.titles = TitleChoice::Keep;
        }
        Ok(text)
    }

    pub(crate) fn overrides(&self) -> RoleOverrides {
        let choice = |name: &Option<String>| match name.as_deref() {
            Some("-") => RoleChoice::None,
            _ => RoleChoice::from(name.clone()),
        };
        let date = |date: &DateColumn| DateChoice {
            column: date.column.clone(),
            activity: date.activity.clone(),
        };
        RoleOverrides {
            row: self.row,
            dates: self.date_columns.as_ref().map(|dates| dates.iter().map(date).collect()),
            case: choice(&self.case),
            activity: choice(&self.activity),
            time: choice(&self.time),
            start: choice(&self.start),
            resource: choice(&self.resource),
            lifecycle: choice(&self.lifecycle),
            instance: choice(&self.instance),
            pipeline: self.pipeline.clone(),
            attributes: None,
            date_format: self.date_format.clone(),
            date_order: self.date_order,
            time_zone: self.time_zone.clone(),
            rules: self.rules.clone(),
        }
    }
}

fn no_row() -> Problem {
    Problem::new(ErrorCode::WrongUsage, say!("There is no row 0; rows are counted from 1."))
        .in_parameter("header_row")
}

fn delimiter(text: &str) -> Result<u8, Problem> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() => Ok(*byte),
        b"tab" | b"\\t" => Ok(b'\t'),
        _ => Err(Problem::new(
            ErrorCode::WrongUsage,
            say!("\"{text}\" is no delimiter; expected one ASCII character or tab.", text),
        )
        .in_parameter("delimiter")),
    }
}

/// A log and what its import noticed.
#[derive(Debug)]
pub struct Imported {
    /// The log.
    pub log: EventLog,
    /// The report.
    pub report: ImportReport,
    /// How it was read: what was asked for and, of a table, what a row was taken for.
    pub reading: ImportSettings,
    /// The settings that read a file of the same shape in exactly this way, with nothing left to be
    /// found.
    pub exact: ImportSettings,
    /// What the columns of a table were like; nothing of a format that declares its roles.
    pub shape: Option<FileShape>,
    /// The import as which it was read, where a file of its shape was read before.
    pub remembered: Option<RememberedImport>,
}

/// Reads a file of any known format into a log.
///
/// # Errors
/// The file cannot be read, is damaged or of an unknown format, holds nothing usable, leaves the
/// order of day and month open, exceeds a limit, or the work was cancelled.
pub fn import_file(
    path: &Path,
    settings: &ImportSettings,
    threads: usize,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Imported, Problem> {
    let imported = check_file(path, settings, threads, cancelled, progress)?;
    match imported.nothing_usable() {
        Some(problem) => Err(problem.in_file(path.display().to_string())),
        None => Ok(imported),
    }
}

impl Imported {
    /// The problem of an import that left no event.
    #[must_use]
    pub fn nothing_usable(&self) -> Option<Problem> {
        (self.report.events == 0).then(|| nothing_usable(&self.report))
    }
}

/// As [`import_file`], but a file without a usable event is no error: its report says why.
///
/// # Errors
/// As [`import_file`], except for nothing usable.
pub fn check_file(
    path: &Path,
    settings: &ImportSettings,
    threads: usize,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Imported, Problem> {
    let read = |options: &ReadOptions<'_>| source::read(path, options);
    let content = with_options(settings, threads, cancelled, progress, read)?;
    import_content(content, path, settings, threads, cancelled)
}

/// Calls `read` with the options that the settings mean.
pub(crate) fn with_options<R>(
    settings: &ImportSettings,
    threads: usize,
    cancelled: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
    read: impl FnOnce(&ReadOptions<'_>) -> Result<R, Problem>,
) -> Result<R, Problem> {
    let zone = settings.time_zone.as_deref().map(TimeZoneName::parse).transpose()?;
    read(&ReadOptions {
        threads,
        limits: Limits::STANDARD,
        text: settings.text()?,
        sheet: settings.sheet.as_deref(),
        classifier: settings.classifier.as_deref(),
        object_type: settings.object_type.as_deref(),
        member: settings.member.as_deref(),
        parts: Some(&|heads: &[PartHead<'_>]| parts::choose(heads, settings)),
        zone: zone.as_ref(),
        only_core: settings.only_core,
        progress,
        cancelled,
    })
}

/// Makes a log of what was read.
pub(crate) fn import_content(
    content: Content,
    path: &Path,
    settings: &ImportSettings,
    threads: usize,
    cancelled: &AtomicBool,
) -> Result<Imported, Problem> {
    let name = path.display().to_string();
    let in_file = |problem: Problem| match problem.place.file {
        None if problem.code.category() != Category::Usage => problem.in_file(name.clone()),
        _ => problem,
    };
    match content {
        Content::Table { table, report } => {
            let begun = begin_table(table, report, settings, threads);
            import_table(begun, settings, threads, cancelled).map_err(in_file)
        }
        Content::Parts { parts, report } => {
            let begun = parts::begin(parts, report, settings, threads);
            import_table(begun, settings, threads, cancelled).map_err(in_file)
        }
        Content::Events { spec, chunks, report } => {
            import_events(spec, chunks, report, settings, threads).map_err(in_file)
        }
        Content::Undecided { problem, .. } => Err(in_file(problem)),
    }
}

/// Events whose roles the format declares.
pub(crate) fn import_events(
    mut spec: LogSpec,
    mut chunks: Vec<EventChunk>,
    report: SourceReport,
    settings: &ImportSettings,
    threads: usize,
) -> Result<Imported, Problem> {
    if let Some(zone) = &settings.time_zone {
        spec.time_zone = TimeZoneName::parse(zone)?;
    }
    // The next file is flattened to the same type, whatever it looks like.
    let mut reading = settings.clone();
    let choice = report.choices.iter().find(|choice| choice.kind == ChoiceKind::ObjectType);
    reading.object_type = choice.and_then(|choice| choice.chosen.clone()).or(reading.object_type);
    let mut report = report.into_import_report();
    report.readings.extend(join_currencies(&mut spec, &mut chunks));
    if settings.pairs_lifecycle {
        spec.lifecycle = lifecycle_pairing(&spec.attributes).ok_or_else(no_lifecycle)?;
    } else if has_starts_as_events(&spec, &chunks) {
        report.notes.push(say!(
            "The log has start and complete transitions; every event counts for itself. They can \
             be joined into activity instances."
        ));
    }
    if let Some(now) = settings.now {
        let doubtful = doubtful_times(&chunks, CredibleTimes::until(now));
        ProblemCount::merge(&mut report.problems, doubtful);
    }
    let (chunks, partition_count) = partitioned(chunks, threads);
    count_repeats(&mut report, &chunks, partition_count, settings, threads);
    let (log, built) = build_partitioned(spec, chunks, partition_count, threads)?;
    note_built(&mut report, &built, settings);
    let exact = exact_events(&reading, &log);
    Ok(finish(log, report, Read { reading, exact, shape: None }))
}

/// Whether some events are starts and some completes, so that pairing them may be meant.
fn has_starts_as_events(spec: &LogSpec, chunks: &[EventChunk]) -> bool {
    let Some(LifecycleReading::Pair { transition, .. }) = lifecycle_pairing(&spec.attributes)
    else {
        return false;
    };
    let occurs = |wanted: &str| {
        chunks.iter().any(|chunk| {
            chunk.columns[transition.0].texts.iter().any(|text| text.eq_ignore_ascii_case(wanted))
        })
    };
    occurs("start") && occurs("complete")
}

/// How the transitions of a mapped table are paired.
fn pairing_of(mapping: &EventMapping) -> Option<LifecycleReading> {
    let place = |name: &Option<String>| {
        let name = name.as_ref()?;
        mapping.attributes.iter().position(|known| known.column == *name).map(AttributeIdx)
    };
    let transition = place(&mapping.lifecycle)?;
    Some(LifecycleReading::Pair { transition, instance: place(&mapping.instance) })
}

fn no_lifecycle() -> Problem {
    Problem::new(
        ErrorCode::ColumnRoleMissing,
        say!("There is no lifecycle transition, so starts and completes cannot be paired."),
    )
    .with_hint(say!("Let every event count for itself instead."))
}

/// The roles of the columns of a table, and what the library knows of it.
pub(crate) struct MappedTable<'l> {
    pub(crate) mapping: EventMapping,
    recognition: Option<Recognition<'l>>,
}

/// How a table is going to be read.
pub(crate) struct PlannedTable<'l> {
    mapped: MappedTable<'l>,
    /// How every column is read.
    pub(crate) plan: Plan,
}

impl ImportSettings {
    /// The settings that read the next file in the same way, whatever it looks like.
    pub(crate) fn as_mapped(&self, mapped: &MappedTable<'_>) -> ImportSettings {
        let mapping = &mapped.mapping;
        let mut reading = self.clone();
        if let Some(process) = mapped.process() {
            reading.process.get_or_insert_with(|| process.to_owned());
        }
        match &mapping.events {
            EventColumns::Row { .. } => reading.row = Some(RowMeaning::Event),
            EventColumns::Dates(dates) => {
                reading.row = Some(RowMeaning::Case);
                reading.case = Some(mapping.case.clone());
                let dates = dates.iter().map(|date| DateColumn {
                    column: date.column.clone(),
                    activity: date.by.is_none().then(|| date.activity.clone()),
                });
                reading.date_columns = Some(dates.collect());
            }
        }
        reading
    }
}

impl MappedTable<'_> {
    /// The process that the table is read as.
    fn process(&self) -> Option<&str> {
        let reading = self.recognition.as_ref().map(|known| &known.reading)?;
        reading.used.then_some(reading.process.as_str())
    }
}

/// What the library knows of the table; nothing where there is no library.
fn recognised<'s>(
    table: &RawTable,
    settings: &'s ImportSettings,
    overrides: &RoleOverrides,
) -> Result<Option<Recognition<'s>>, Problem> {
    let Some(library) = &settings.library else { return Ok(None) };
    let choice = match settings.process.as_deref() {
        None if settings.names_activities() => ProcessChoice::Always,
        None => ProcessChoice::Evident,
        Some("-") => ProcessChoice::Never,
        Some(process) if process == library.process.key => ProcessChoice::Always,
        Some(process) => {
            let known = &library.process.key;
            let detail = say!("There is no process \"{process}\" in the library.", process);
            return Err(Problem::new(ErrorCode::InvalidParameters, detail)
                .in_parameter("process")
                .with_hint(say!("Choose \"{known}\", or \"-\" for none.", known)));
        }
    };
    let meanings = settings.activities.iter().flatten();
    let chosen: Vec<ActivityChoice> = meanings
        .map(|one| ActivityChoice {
            label: one.label.clone(),
            pipeline: one.pipeline.clone(),
            activity: one.activity.clone(),
        })
        .collect();
    recognise(table, library, overrides, choice, &chosen)
}

/// Finds the roles of the columns; they go into the report.
pub(crate) fn map_table<'s>(
    table: &RawTable,
    shape: &TableShape,
    settings: &'s ImportSettings,
    report: &mut ImportReport,
) -> Result<MappedTable<'s>, Problem> {
    report.notes.extend(named_columns::refuse_others(table, settings)?);
    let overrides = settings.overrides();
    let mut recognition = recognised(table, settings, &overrides)?;
    let overrides = match &recognition {
        Some(known) => known.completed(table, &overrides),
        None => overrides,
    };
    let (mut mapping, mut roles) = roles::map(table, &overrides)?;
    if recognition.as_ref().is_some_and(|known| !known.fits(&mapping)) {
        recognition = None;
        (mapping, roles) = roles::map(table, &settings.overrides())?;
    }
    if let Some(known) = &mut recognition {
        known.apply(table, &overrides, &mut mapping, &mut roles);
        let (reading, notes) = known.sentences();
        report.readings.push(reading);
        report.notes.extend_from_slice(notes);
        report.process = Some(known.told());
    }
    report.notes.extend(roles::notes(&roles));
    named_columns::put_into(&mut mapping, settings);
    report.roles = roles;
    if settings.only_core {
        mapping.attributes.clear();
        mapping.resource = None;
    }
    shape.apply(&mut mapping);
    for attribute in &mut mapping.attributes {
        if settings.text_columns.iter().any(|name| name == attribute.name()) {
            attribute.kind = Some(AttributeType::Text);
        }
    }
    Ok(MappedTable { mapping, recognition })
}

/// Finds how each column is read; it goes into the report.
pub(crate) fn plan_table<'l>(
    table: &RawTable,
    mapped: MappedTable<'l>,
    settings: &ImportSettings,
    report: &mut ImportReport,
) -> Result<PlannedTable<'l>, Problem> {
    let mut plan = Plan::new(table, &mapped.mapping)?;
    if let Some(now) = settings.now {
        plan = plan.doubting(CredibleTimes::until(now));
    }
    report.readings.extend(plan.readings().iter().cloned());
    report.automatic.extend(plan.automatic().iter().cloned());
    report.notes.extend(plan.notes().iter().cloned());
    Ok(PlannedTable { mapped, plan })
}

/// A table whose columns need roles.
fn import_table(
    begun: BegunTable,
    settings: &ImportSettings,
    threads: usize,
    cancelled: &AtomicBool,
) -> Result<Imported, Problem> {
    let BegunTable { table, mut report, shape } = begun;
    let recalled = recalled(&table, settings);
    let settings = recalled.as_ref().map_or(settings, |(recalled, _)| recalled);
    let remembered = recalled.as_ref().map(|(_, import)| import.clone());
    report.readings.extend(remembered.iter().map(RememberedImport::sentence));
    let places = report.places.clone();
    has_rows(&table, &report)?;
    let planned = map_table(&table, &shape, settings, &mut report)
        .and_then(|mapped| plan_table(&table, mapped, settings, &mut report))
        .map_err(|problem| problem.in_sheet(places.as_ref()))?;
    let imported = convert_table(table, &planned, report, settings, threads, cancelled)?;
    Ok(Imported { remembered, ..imported })
}

/// A sheet may be empty; what else the workbook holds is known all the same.
pub(crate) fn has_rows(table: &RawTable, report: &ImportReport) -> Result<(), Problem> {
    if table.row_count() > 0 {
        return Ok(());
    }
    if report.automatic.iter().any(|reading| reading.rule == ReadingRule::ExampleRows) {
        let detail = say!("There are no rows but those of the made-up deal of the data template.");
        return Err(Problem::new(ErrorCode::NothingUsable, detail)
            .with_hint(say!("Fill in your own events in place of the made-up ones.")));
    }
    let detail = say!("The table has no rows of data.");
    Err(Problem::new(ErrorCode::NothingUsable, detail)
        .with_hint(say!("Choose another sheet, or name a file with one event a row.")))
}

/// Makes a log of a table whose columns have their roles.
pub(crate) fn convert_table(
    mut table: RawTable,
    planned: &PlannedTable<'_>,
    mut report: ImportReport,
    settings: &ImportSettings,
    threads: usize,
    cancelled: &AtomicBool,
) -> Result<Imported, Problem> {
    let plan = &planned.plan;
    let shape = FileShape::of(&table);
    let mut spec = plan.spec().clone();
    if settings.pairs_lifecycle {
        spec.lifecycle = pairing_of(&planned.mapped.mapping).ok_or_else(no_lifecycle)?;
    }
    let recognition = planned.mapped.recognition.as_ref();
    if let Some(known) = recognition {
        known.order(&mut spec);
    }
    let as_of = recognition.and_then(|known| known.as_of(&spec));
    let events_max = table.row_count().saturating_mul(plan.events_of_row() as u64);
    let partition_count = partition_count_for(events_max);
    let raw_chunks = std::mem::take(&mut table.chunks);
    let converted = parallel::map(raw_chunks, threads, |raw| {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let (chunk, chunk_report) = plan.convert(&raw);
        drop(raw);
        let until = as_of.map(|column| Until::of(&chunk, column));
        Some((chunk.partition(partition_count), chunk_report, until.unwrap_or_default()))
    });
    let mut chunks = Vec::with_capacity(converted.len());
    let mut noticed = ChunkReport::default();
    let mut until = Until::default();
    for part in converted {
        let (chunk, chunk_report, of_chunk) = part.ok_or_else(|| {
            Problem::new(ErrorCode::Cancelled, say!("Reading the file was cancelled."))
        })?;
        until = until.max(of_chunk);
        chunks.push(chunk);
        noticed.merge(chunk_report);
    }
    spec.as_of = until.as_of();
    noticed.add_to(&mut report);
    count_repeats(&mut report, &chunks, partition_count, settings, threads);
    let (log, mut built) = build_partitioned(spec, chunks, partition_count, threads)?;
    if let Some(known) = recognition {
        built.case_conflicts.retain(|(name, _)| !known.may_change(name));
        // The value of the case is one of those of its events.
        built.rounded.dedup_by(|later, first| later.0 == first.0);
    }
    note_built(&mut report, &built, settings);
    let reading = settings.as_mapped(&planned.mapped);
    let exact = exact_table(&reading, (&planned.mapped.mapping, plan), &log, &report);
    Ok(finish(log, report, Read { reading, exact, shape: Some(shape) }))
}

/// Until when the data are complete, as they say themselves.
#[derive(Debug, Clone, Copy, Default)]
struct Until {
    told_us: Option<i64>,
    last_event_us: Option<i64>,
}

impl Until {
    fn of(chunk: &EventChunk, column: usize) -> Self {
        let values = &chunk.columns[column].values;
        Until {
            told_us: (0..chunk.len()).filter_map(|row| values.number(row)).max(),
            last_event_us: chunk.times_us.iter().copied().max(),
        }
    }

    fn max(self, other: Until) -> Self {
        Until {
            told_us: self.told_us.max(other.told_us),
            last_event_us: self.last_event_us.max(other.last_event_us),
        }
    }

    /// Nothing is known where nothing is told. An event that is later shows that more is there.
    fn as_of(self) -> Option<Timestamp> {
        Timestamp::from_us(self.told_us?.max(self.last_event_us?))
    }
}

/// Counts the events that are there more than once, where doubts are counted and all values read.
fn count_repeats(
    report: &mut ImportReport,
    chunks: &[PartitionedChunk],
    partition_count: usize,
    settings: &ImportSettings,
    threads: usize,
) {
    if settings.now.is_none() || settings.only_core {
        return;
    }
    let found = repeated_events(repeats(chunks, partition_count, threads));
    ProblemCount::merge(&mut report.problems, found.into_iter().collect());
}

/// Puts what building noticed into the report.
fn note_built(report: &mut ImportReport, built: &BuildReport, settings: &ImportSettings) {
    for (name, count) in &built.rounded {
        report.notes.push(say!(
            "Column \"{name}\": {count} {count|number|numbers} with more digits than fit \
             {count|was|were} rounded half to even.",
            name,
            count
        ));
    }
    for (name, count) in &built.case_conflicts {
        report.notes.push(say!(
            "Attribute \"{name}\" belongs to the case, but the rows of {count} {count|case|cases} \
             disagree; the latest value was kept.",
            name,
            count
        ));
    }
    if settings.pairs_lifecycle {
        report.readings.push(say!(
            "lifecycle: starts and completes paired first-in first-out; {starts} \
             {starts|start|starts} and {completes} {completes|complete|completes} without partner, \
             {others} {others|event|events} with another transition left out",
            starts = built.unpaired_starts,
            completes = built.unpaired_completes,
            others = built.other_transitions
        ));
        report.rows_refused += built.other_transitions;
    }
}

/// How a file was read.
struct Read {
    reading: ImportSettings,
    exact: ImportSettings,
    shape: Option<FileShape>,
}

fn finish(log: EventLog, mut report: ImportReport, read: Read) -> Imported {
    report.events = log.context().event_count;
    report.cases = log.context().case_count;
    report.single_event_cases = single_event_cases(&log);
    let sheet = report.places.as_ref().and_then(|places| places.sheet()).map(str::to_owned);
    report.name_cells();
    report.sort();
    let Read { reading, mut exact, shape } = read;
    exact.sheet = sheet.or(exact.sheet);
    if let Some(cut) = report.cut.take() {
        exact.put_cut(cut);
    }
    Imported { log, report, reading, exact, shape, remembered: None }
}
