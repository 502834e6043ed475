//! Which events are in this table? A mapping and whole columns make a plan; the plan converts
//! chunk by chunk.
//!
//! Formats and types are found once, over whole columns, by [`Plan::new`]; [`Plan::convert`] is
//! pure and may run for many chunks at once. Rows without case, activity or readable time are
//! refused and counted. Where a row is a case, each of its dates becomes an event. Case ids and
//! activity names keep their text, but for blanks around them.

mod attributes;
mod convert;
mod dates;
mod values;

use std::collections::HashMap;

use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::automatic::{
    AutomaticReading, DecimalSign, ReadingRule, ReadingRules, SerialSystem,
};
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::log_builder::{AttributeSpec, LevelChoice, LogSpec};
use paydirt_model::mapping::{
    ActivityName, AttributeMapping, DateOrder, EventColumns, EventMapping, ImportReport,
    ProblemCount,
};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::{self, Sentence};

use crate::blanks::{BlankPlaces, BlankWord};
use crate::dates::DateFormat;
use crate::dates::detect::{self, DateDoubt, DetectedFormat, Purpose, ZoneNeed};
use crate::dates::pattern::Pattern;
use crate::dates::zone::LocalZone;
use crate::events::values::ValueReading;
use crate::ids::{self, IdCheck};
use crate::quality::CredibleTimes;
use crate::scan::ColumnScan;
use crate::types::NumberStyle;

/// How every column of a table is read.
#[derive(Debug, Clone)]
pub struct Plan {
    spec: LogSpec,
    names: Vec<String>,
    case: usize,
    /// How case ids are told that a spreadsheet has damaged, where there are any.
    case_check: Option<IdCheck>,
    events: EventSource,
    /// What activities are called, by their labels.
    activity_names: HashMap<String, String>,
    /// What stages are called in their pipelines.
    stages: Stages,
    date_order: Option<DateOrder>,
    decimal: Option<DecimalSign>,
    /// Columns whose times are without a zone, where nobody has named one.
    zone_open: Vec<String>,
    attributes: Vec<AttributeColumn>,
    rules: ReadingRules,
    credible: CredibleTimes,
    readings: Vec<Sentence>,
    automatic: Vec<AutomaticReading>,
    notes: Vec<Sentence>,
}

/// What activities are called by their labels, whatever the pipeline.
fn everywhere(names: &[ActivityName]) -> HashMap<String, String> {
    let everywhere = names.iter().filter(|known| known.pipeline.is_none());
    everywhere.map(|known| (known.label.clone(), known.activity.clone())).collect()
}

/// What activities are called by their labels, where that depends on the pipeline.
#[derive(Debug, Clone, Default)]
struct Stages {
    /// Column of the pipeline.
    pipeline: Option<usize>,
    /// Names by label, by pipeline.
    names: HashMap<String, HashMap<String, String>>,
}

impl Stages {
    fn of(names: &[ActivityName], pipeline: Option<usize>) -> Self {
        let mut stages = Stages { pipeline, ..Stages::default() };
        for name in names {
            let Some(pipeline) = &name.pipeline else { continue };
            let of_pipeline = stages.names.entry(pipeline.clone()).or_default();
            of_pipeline.insert(name.label.clone(), name.activity.clone());
        }
        stages
    }
}

/// Where the events of a row are.
#[derive(Debug, Clone)]
enum EventSource {
    /// A row is an event.
    Row(Box<RowColumns>),
    /// A row is a case; each column of dates with its activity.
    Dates(Vec<DatedActivity>),
}

/// A column of dates, where a row is a case.
#[derive(Debug, Clone)]
struct DatedActivity {
    /// The activity, where nothing decides which one it is.
    activity: String,
    time: TimeColumn,
    by: Option<Deciding>,
}

/// A column that says which activity happened.
#[derive(Debug, Clone)]
struct Deciding {
    column_idx: usize,
    /// The activities, by the values that name them.
    activities: HashMap<String, String>,
}

/// The columns of a row that is an event.
#[derive(Debug, Clone)]
struct RowColumns {
    activity: usize,
    time: TimeColumn,
    start: Option<TimeColumn>,
}

/// A column of times.
#[derive(Debug, Clone)]
struct TimeColumn {
    column_idx: usize,
    reading: TimeReading,
    /// Words that are blanks.
    blanks: Vec<BlankWord>,
}

/// How the cells of a time column are read.
#[derive(Debug, Clone)]
enum TimeReading {
    /// The source types them as instants.
    Instants,
    /// They are texts of a format, without offset in a zone.
    Texts(DateFormat, LocalZone, Sentence),
}

/// A column that becomes an attribute.
#[derive(Debug, Clone)]
struct AttributeColumn {
    column_idx: usize,
    kind: AttributeType,
    reading: ValueReading,
    /// Words that are blanks.
    blanks: Vec<BlankWord>,
    /// How ids are told that a spreadsheet has damaged, where there are any.
    id_check: Option<IdCheck>,
}

/// What converting one or more chunks noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChunkReport {
    /// Rows that became events.
    pub events: u64,
    /// Rows that were left out.
    pub rows_refused: u64,
    /// Problems by kind.
    pub problems: Vec<ProblemCount>,
}

impl ChunkReport {
    /// Adds the report of the chunks behind.
    pub fn merge(&mut self, later: ChunkReport) {
        self.events += later.events;
        self.rows_refused += later.rows_refused;
        ProblemCount::merge(&mut self.problems, later.problems);
    }

    /// Adds it to the report of the import, whose problems are put into their stated order.
    pub fn add_to(self, report: &mut ImportReport) {
        report.events += self.events;
        report.rows_refused += self.rows_refused;
        ProblemCount::merge(&mut report.problems, self.problems);
        report.sort();
    }
}

impl Plan {
    /// Looks at whole columns and decides how each is read.
    ///
    /// # Errors
    /// A column of the mapping does not exist; the format of a time column is unknown or
    /// ambiguous; the given date format or time zone is not known.
    pub fn new(table: &RawTable, mapping: &EventMapping) -> Result<Plan, Problem> {
        let time_zone = match &mapping.time_zone {
            Some(name) => TimeZoneName::parse(name)?,
            None => TimeZoneName::utc(),
        };
        let given = mapping.date_format.as_deref().map(Pattern::parse_text).transpose()?;
        let mut planner = Planner {
            table,
            mapping,
            rules: &mapping.rules,
            places: BlankPlaces::of(&table.names),
            given: given.map(DateFormat::Pattern),
            time_zone,
            readings: Vec::new(),
            automatic: Vec::new(),
            notes: Vec::new(),
            zoneless: Vec::new(),
            order: None,
            orders: Vec::new(),
            styles: Vec::new(),
            style_of_file: None,
        };
        planner.note_columns();
        let case = planner.column(&mapping.case)?;
        let case_check = planner.case_ids(case);
        let events = planner.events(&mapping.events)?;
        let (attributes, specs) = planner.attributes()?;
        let place = |name: &Option<String>| {
            let name = name.as_ref()?;
            mapping.attributes.iter().position(|known| known.column == *name).map(AttributeIdx)
        };
        let spec = LogSpec {
            attributes: specs,
            resource: place(&mapping.resource),
            time_zone: planner.time_zone.clone(),
            case_order: dates::case_order(&mapping.events).map(Box::new),
            ..LogSpec::plain()
        };
        if let EventColumns::Dates(dates) = &mapping.events {
            planner.readings.insert(0, dates::reading(mapping, dates, table.names.len()));
        }
        planner.note_zone();
        let date_order = planner.date_order();
        let decimal = planner.decimal();
        let zone_open = planner.zone_open();
        let names = table.names.clone();
        let pipeline = mapping.pipeline.as_ref().map(|name| planner.column(name)).transpose()?;
        let Planner { readings, automatic, notes, .. } = planner;
        let activity_names = everywhere(&mapping.activity_names);
        let stages = Stages::of(&mapping.activity_names, pipeline);
        Ok(Plan {
            spec,
            names,
            case,
            case_check,
            events,
            activity_names,
            stages,
            date_order,
            decimal,
            zone_open,
            attributes,
            rules: mapping.rules.clone(),
            credible: CredibleTimes::ALL,
            readings,
            automatic,
            notes,
        })
    }

    /// The same plan, which also counts the events whose times are not credible.
    #[must_use]
    pub fn doubting(self, credible: CredibleTimes) -> Self {
        Plan { credible, ..self }
    }

    /// Most events that a row can become.
    #[must_use]
    pub fn events_of_row(&self) -> usize {
        match &self.events {
            EventSource::Row(_) => 1,
            EventSource::Dates(dates) => dates.len(),
        }
    }

    /// What is written first where day and month of its dates are numbers; nothing where there are
    /// none such.
    #[must_use]
    pub fn date_order(&self) -> Option<DateOrder> {
        self.date_order
    }

    /// What divides the whole part of its numbers from their fraction; nothing where no number says
    /// it.
    #[must_use]
    pub fn decimal(&self) -> Option<DecimalSign> {
        self.decimal
    }

    /// The columns whose times have no zone and were read as UTC because nobody has named one.
    #[must_use]
    pub fn zone_open(&self) -> &[String] {
        &self.zone_open
    }

    /// What the log is going to be.
    #[must_use]
    pub fn spec(&self) -> &LogSpec {
        &self.spec
    }

    /// How columns are read, in words.
    #[must_use]
    pub fn readings(&self) -> &[Sentence] {
        &self.readings
    }

    /// What is read otherwise than it stands in the table, by rules that can be switched off.
    #[must_use]
    pub fn automatic(&self) -> &[AutomaticReading] {
        &self.automatic
    }

    /// Things worth knowing that are no problem of a row.
    #[must_use]
    pub fn notes(&self) -> &[Sentence] {
        &self.notes
    }
}

/// The problem of an import that left no event, with what stood in the way most often.
#[must_use]
pub fn nothing_usable(report: &ImportReport) -> Problem {
    let mut reasons: Vec<&ProblemCount> =
        report.problems.iter().filter(|problem| problem.refused).collect();
    reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.kind.cmp(&b.kind)));
    let reasons: Vec<Sentence> = reasons
        .iter()
        .map(|problem| say!("{kind} ({count})", kind = problem.kind, count = problem.count))
        .collect();
    let detail = if reasons.is_empty() {
        say!("There is no row of data.")
    } else {
        say!(
            "All {count} {count|row was|rows were} refused: {reasons}.",
            count = report.rows_refused,
            reasons
        )
    };
    Problem::new(ErrorCode::NothingUsable, detail)
        .with_hint(say!("Check which columns are case, activity and time."))
}

/// Decides column by column.
struct Planner<'a> {
    table: &'a RawTable,
    mapping: &'a EventMapping,
    rules: &'a ReadingRules,
    /// Where words for a missing value are blanks.
    places: BlankPlaces,
    given: Option<DateFormat>,
    time_zone: TimeZoneName,
    readings: Vec<Sentence>,
    automatic: Vec<AutomaticReading>,
    notes: Vec<Sentence>,
    /// Columns with times that have no offset.
    zoneless: Vec<String>,
    /// The format of the time column, which settles the order of day and month elsewhere.
    order: Option<DateFormat>,
    /// What is written first in the columns of dates in which it makes a difference.
    orders: Vec<DateOrder>,
    /// The signs of the columns of numbers that say it.
    styles: Vec<NumberStyle>,
    /// The sign that divides the numbers that say it, once it was asked for.
    style_of_file: Option<Option<NumberStyle>>,
}

impl Planner<'_> {
    /// All attributes, and what the log is told of them.
    fn attributes(&mut self) -> Result<(Vec<AttributeColumn>, Vec<AttributeSpec>), Problem> {
        let mapping = self.mapping;
        let mut attributes: Vec<AttributeColumn> = Vec::new();
        let mut specs = Vec::new();
        for (place, attribute) in mapping.attributes.iter().enumerate() {
            let before = &mapping.attributes[..place];
            let again = before.iter().position(|one| {
                let level = attribute.level;
                AttributeMapping { level, ..one.clone() } == *attribute
            });
            let column = match again {
                // The column of the case and the event is one, and read in one way.
                Some(first) => attributes[first].clone(),
                None => self.attribute(attribute)?,
            };
            specs.push(AttributeSpec {
                name: attribute.name().to_owned(),
                kind: column.kind,
                level: attribute.level.map_or(LevelChoice::Detect, LevelChoice::Declared),
            });
            attributes.push(column);
        }
        Ok((attributes, specs))
    }

    fn column(&self, name: &str) -> Result<usize, Problem> {
        self.table.column_idx(name).ok_or_else(|| column_not_found(name, &self.table.names))
    }

    fn events(&mut self, columns: &EventColumns) -> Result<EventSource, Problem> {
        match columns {
            EventColumns::Row { activity, time, start } => {
                let activity = self.column(activity)?;
                let (time, start) = self.times(time, start.as_deref())?;
                Ok(EventSource::Row(Box::new(RowColumns { activity, time, start })))
            }
            EventColumns::Dates(dates) => Ok(EventSource::Dates(self.dates(dates)?)),
        }
    }

    fn times(
        &mut self,
        name: &str,
        start: Option<&str>,
    ) -> Result<(TimeColumn, Option<TimeColumn>), Problem> {
        let time = self.time(name);
        let Some(start) = start else { return Ok((time?, None)) };
        // What one of the two columns says about the order of day and month holds for the other.
        match time {
            Ok(time) => Ok((time, Some(self.time(start)?))),
            Err(problem) if problem.code == ErrorCode::AmbiguousDate => {
                let start = self.time(start).map_err(|_| problem)?;
                Ok((self.time(name)?, Some(start)))
            }
            Err(problem) => Err(problem),
        }
    }

    /// Whether ids may be damaged: the rule is followed, and no program wrote the table.
    fn looks_for_damage(&self) -> bool {
        self.places == BlankPlaces::Everywhere && self.rules.follows(ReadingRule::DamagedIds)
    }

    /// How damaged case ids are told; what is found goes into the report.
    fn case_ids(&mut self, column_idx: usize) -> Option<IdCheck> {
        if !self.looks_for_damage() {
            return None;
        }
        let scan = ColumnScan::new(self.table, column_idx);
        let check = IdCheck::of(&scan);
        self.automatic.extend(check.map(|check| check.reading(&scan)));
        self.automatic.extend(ids::alike_but_for_capitals(&scan));
        check
    }

    /// The time of an event.
    fn time(&mut self, name: &str) -> Result<TimeColumn, Problem> {
        self.time_but(name, Vec::new())
    }

    /// A column of times in which these words are blanks.
    fn time_but(&mut self, name: &str, blanks: Vec<BlankWord>) -> Result<TimeColumn, Problem> {
        let column_idx = self.column(name)?;
        let scan = ColumnScan::new(self.table, column_idx);
        if scan.typed() == Some(AttributeType::Timestamp) {
            return Ok(TimeColumn { column_idx, reading: TimeReading::Instants, blanks });
        }
        let found = self.time_format(&scan.without(&blanks))?;
        self.refuse_other_order(&scan, &found)?;
        self.tell_serials(&scan.without(&blanks), &found.format);
        self.readings.push(say!("times in \"{name}\": {reading}", name, reading = found.reading));
        if let Some(note) = &found.note {
            self.notes.push(say!("Column \"{name}\": {note}", name, note));
        }
        let zone = self.zone(name, &found);
        self.order.get_or_insert_with(|| found.format.clone());
        let reading = TimeReading::Texts(found.format, zone, found.reading);
        Ok(TimeColumn { column_idx, reading, blanks })
    }

    /// The format of a column of times: the given one, however many values it refuses.
    fn time_format(&mut self, scan: &ColumnScan<'_>) -> Result<DetectedFormat, Problem> {
        if let Some(given) = &self.given {
            let (found, count) = detect::read_counted(scan, given.clone());
            if count.read > 0 {
                return Ok(found);
            }
            if count.total > 0 {
                return Err(detect::misfit_problem(scan, given));
            }
        }
        self.format(scan, Purpose::Role).map_err(|doubt| detect::doubt_problem(scan, &doubt))
    }

    /// The format of a column: the given one where it reads most values, else the detected one,
    /// and where that is ambiguous, the one that another column of the file has.
    fn format(
        &mut self,
        scan: &ColumnScan<'_>,
        purpose: Purpose,
    ) -> Result<DetectedFormat, DateDoubt> {
        const GIVEN_SHARE_PER_CENT_MIN: u64 = 50;
        if let Some(given) = &self.given {
            let (found, share) = detect::read_as(scan, given.clone());
            if share >= GIVEN_SHARE_PER_CENT_MIN {
                return Ok(found);
            }
        }
        let doubt = match detect::detect_by(scan, purpose, self.serials(purpose)) {
            Ok(found) => {
                self.orders.extend(found.format.order());
                return Ok(found);
            }
            Err(doubt) => doubt,
        };
        let DateDoubt::Ambiguous { first, second, .. } = &doubt else { return Err(doubt) };
        if let Some(order) = self.mapping.date_order {
            let mut fitting = [first, second].into_iter().filter(|one| one.order() == Some(order));
            if let (Some(format), None) = (fitting.next(), fitting.next()) {
                self.orders.push(order);
                return Ok(detect::read_as(scan, format.clone()).0);
            }
        }
        let known = self.order.clone().filter(|order| order == first || order == second);
        let Some(order) = known else { return Err(doubt) };
        let (mut found, _) = detect::read_as(scan, order);
        found.note = Some(say!("Day and month were read in the order of the other times."));
        Ok(found)
    }

    /// Columns with times that have no offset, where nobody has named their zone.
    fn zone_open(&self) -> Vec<String> {
        match &self.mapping.time_zone {
            Some(_) => Vec::new(),
            None => self.zoneless.clone(),
        }
    }

    /// The order of day and month that the columns of dates agree upon.
    fn date_order(&self) -> Option<DateOrder> {
        let first = *self.orders.first()?;
        self.orders.iter().all(|order| *order == first).then_some(first)
    }

    /// The sign that the columns of numbers agree upon.
    fn decimal(&self) -> Option<DecimalSign> {
        let first = *self.styles.first()?;
        self.styles.iter().all(|style| *style == first).then_some(match first {
            NumberStyle::Point => DecimalSign::Point,
            NumberStyle::Comma => DecimalSign::Comma,
        })
    }

    /// Refuses dates that are clearly in another order than the one that was named.
    fn refuse_other_order(
        &self,
        scan: &ColumnScan<'_>,
        found: &DetectedFormat,
    ) -> Result<(), Problem> {
        let (Some(named), Some(other)) = (self.mapping.date_order, found.format.order()) else {
            return Ok(());
        };
        if named == other {
            return Ok(());
        }
        let example = scan.sample(1).first().cloned().unwrap_or_default();
        let column = scan.name();
        let detail = match named {
            DateOrder::DayFirst => say!(
                "The dates in \"{column}\" have the month first, such as \"{example}\"; expected \
                 is the day first.",
                column,
                example
            ),
            DateOrder::MonthFirst => say!(
                "The dates in \"{column}\" have the day first, such as \"{example}\"; expected is \
                 the month first.",
                column,
                example
            ),
        };
        Err(Problem::new(ErrorCode::RecipeMisfit, detail)
            .in_column(column)
            .with_hint(say!("Change the order of dates in the recipe, or let it be found.")))
    }

    fn zone(&mut self, name: &str, found: &DetectedFormat) -> LocalZone {
        if found.zone == ZoneNeed::None {
            return LocalZone::utc();
        }
        if !self.zoneless.iter().any(|known| known == name) {
            self.zoneless.push(name.to_owned());
        }
        LocalZone::new(self.time_zone.zone(), found.range_us)
    }

    /// Says which columns of the rules are not there. The rules of a log hold for a file that joins
    /// it, whatever columns that has.
    fn note_columns(&mut self) {
        let named = self.rules.text_columns.iter().chain(&self.rules.percent_columns);
        for name in named.filter(|name| self.table.column_idx(name).is_none()) {
            self.notes.push(say!(
                "There is no column \"{name}\", so what is said of it changes nothing.",
                name = ImportReport::cut(name)
            ));
        }
    }

    fn note_zone(&mut self) {
        if self.mapping.time_zone.is_none() && !self.zoneless.is_empty() {
            self.notes.push(say!(
                "Times without a zone in {columns} were read as UTC. If they are local times, \
                 choose their zone.",
                columns = quoted(&self.zoneless)
            ));
        }
    }

    /// From when days are counted where numbers may be dates; `None` where they are none.
    fn serials(&self, purpose: Purpose) -> Option<SerialSystem> {
        let is_followed = purpose == Purpose::Role && self.rules.follows(ReadingRule::SerialDates);
        is_followed.then(|| self.rules.serial_dates.unwrap_or_default())
    }
}

/// Names in quotes, the first fifty of them.
pub(crate) fn quoted(names: &[String]) -> Sentence {
    const NAMES_MAX: usize = 50;
    let shown = names.iter().take(NAMES_MAX).map(|name| ImportReport::cut(name));
    let shown = sentence::quoted(shown);
    if names.len() > NAMES_MAX {
        say!("{names} and more", names = shown)
    } else {
        say!("{names}", names = shown)
    }
}

/// The problem of a column that the table does not have.
#[must_use]
pub fn column_not_found(name: &str, names: &[String]) -> Problem {
    Problem::new(ErrorCode::ColumnNotFound, say!("There is no such column."))
        .in_column(name)
        .with_hint(say!("The columns are {names}.", names = quoted(names)))
}
