//! Which events are in this table? A mapping and whole columns make a plan; the plan converts
//! chunk by chunk.
//!
//! Formats and types are found once, over whole columns, by [`Plan::new`]; [`Plan::convert`] is
//! pure and may run for many chunks at once. Rows without case, activity or readable time are
//! refused and counted. Where a row is a case, each of its dates becomes an event. Case ids and
//! activity names keep their text, but for blanks around them.

mod convert;
mod dates;
mod values;

use std::collections::HashMap;

use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::log_builder::{AttributeSpec, LevelChoice, LogSpec};
use paydirt_model::mapping::{
    AttributeMapping, EventColumns, EventMapping, ImportReport, ProblemCount,
};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::{self, Sentence};

use crate::dates::DateFormat;
use crate::dates::detect::{self, DateDoubt, DetectedFormat, Purpose, ZoneNeed};
use crate::dates::pattern::Pattern;
use crate::dates::zone::LocalZone;
use crate::events::values::ValueReading;
use crate::quality::CredibleTimes;
use crate::scan::ColumnScan;
use crate::types::{Currencies, DetectedType, Reading, Tokens, detect_type};

/// How every column of a table is read.
#[derive(Debug, Clone)]
pub struct Plan {
    spec: LogSpec,
    names: Vec<String>,
    case: usize,
    events: EventSource,
    /// What activities are called, by their labels.
    activity_names: HashMap<String, String>,
    attributes: Vec<AttributeColumn>,
    credible: CredibleTimes,
    readings: Vec<Sentence>,
    notes: Vec<Sentence>,
}

/// Where the events of a row are.
#[derive(Debug, Clone)]
enum EventSource {
    /// A row is an event.
    Row(RowColumns),
    /// A row is a case; each column of dates with its activity.
    Dates(Vec<(String, TimeColumn)>),
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
    tokens: Tokens,
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
            given: given.map(DateFormat::Pattern),
            time_zone,
            readings: Vec::new(),
            notes: Vec::new(),
            zoneless: Vec::new(),
            order: None,
        };
        let case = planner.column(&mapping.case)?;
        let events = planner.events(&mapping.events)?;
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
                None => planner.attribute(attribute, mapping)?,
            };
            specs.push(AttributeSpec {
                name: attribute.name().to_owned(),
                kind: column.kind,
                level: attribute.level.map_or(LevelChoice::Detect, LevelChoice::Declared),
            });
            attributes.push(column);
        }
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
        planner.note_zone(mapping);
        let names = table.names.clone();
        let Planner { readings, notes, .. } = planner;
        let renamed = mapping.activity_names.iter();
        let activity_names =
            renamed.map(|known| (known.label.clone(), known.activity.clone())).collect();
        Ok(Plan {
            spec,
            names,
            case,
            events,
            activity_names,
            attributes,
            credible: CredibleTimes::ALL,
            readings,
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
    given: Option<DateFormat>,
    time_zone: TimeZoneName,
    readings: Vec<Sentence>,
    notes: Vec<Sentence>,
    /// Columns with times that have no offset.
    zoneless: Vec<String>,
    /// The format of the time column, which settles the order of day and month elsewhere.
    order: Option<DateFormat>,
}

impl Planner<'_> {
    fn column(&self, name: &str) -> Result<usize, Problem> {
        self.table.column_idx(name).ok_or_else(|| column_not_found(name, &self.table.names))
    }

    fn events(&mut self, columns: &EventColumns) -> Result<EventSource, Problem> {
        match columns {
            EventColumns::Row { activity, time, start } => {
                let activity = self.column(activity)?;
                let (time, start) = self.times(time, start.as_deref())?;
                Ok(EventSource::Row(RowColumns { activity, time, start }))
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

    fn time(&mut self, name: &str) -> Result<TimeColumn, Problem> {
        let column_idx = self.column(name)?;
        let scan = ColumnScan::new(self.table, column_idx);
        if scan.typed() == Some(AttributeType::Timestamp) {
            return Ok(TimeColumn { column_idx, reading: TimeReading::Instants });
        }
        let found = self.time_format(&scan)?;
        self.readings.push(say!("times in \"{name}\": {reading}", name, reading = found.reading));
        if let Some(note) = &found.note {
            self.notes.push(say!("Column \"{name}\": {note}", name, note));
        }
        let zone = self.zone(name, &found);
        self.order.get_or_insert_with(|| found.format.clone());
        let reading = TimeReading::Texts(found.format, zone, found.reading);
        Ok(TimeColumn { column_idx, reading })
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
        let doubt = match detect::detect(scan, purpose) {
            Ok(found) => return Ok(found),
            Err(doubt) => doubt,
        };
        let DateDoubt::Ambiguous { first, second, .. } = &doubt else { return Err(doubt) };
        let known = self.order.clone().filter(|order| order == first || order == second);
        let Some(order) = known else { return Err(doubt) };
        let (mut found, _) = detect::read_as(scan, order);
        found.note = Some(say!("Day and month were read in the order of the other times."));
        Ok(found)
    }

    fn zone(&mut self, name: &str, found: &DetectedFormat) -> LocalZone {
        if found.zone == ZoneNeed::None {
            return LocalZone::utc();
        }
        self.zoneless.push(name.to_owned());
        LocalZone::new(self.time_zone.zone(), found.range_us)
    }

    fn note_zone(&mut self, mapping: &EventMapping) {
        if mapping.time_zone.is_none() && !self.zoneless.is_empty() {
            self.notes.push(say!(
                "Times without a zone in {columns} were read as UTC. If they are local times, \
                 choose their zone.",
                columns = quoted(&self.zoneless)
            ));
        }
    }

    fn attribute(
        &mut self,
        attribute: &AttributeMapping,
        mapping: &EventMapping,
    ) -> Result<AttributeColumn, Problem> {
        let name = &attribute.column;
        let column_idx = self.column(name)?;
        let scan = ColumnScan::new(self.table, column_idx);
        let is_money = attribute.currency.is_some()
            || attribute.currency_column.is_some()
            || attribute.kind == Some(AttributeType::Money);
        let roles = [&mapping.resource, &mapping.lifecycle, &mapping.instance];
        let is_name = roles.iter().any(|role| role.as_ref() == Some(name));
        let wanted = match attribute.kind {
            Some(kind) => Some(kind),
            None if is_name => Some(AttributeType::Text),
            None if is_money => Some(AttributeType::Money),
            None => None,
        };
        if let Some(kind) = scan.typed().filter(|kind| wanted.is_none_or(|wanted| wanted == *kind))
        {
            let reading = ValueReading::Typed;
            let tokens = Tokens::AreValues;
            return Ok(AttributeColumn { column_idx, kind, reading, tokens });
        }
        let DetectedType { reading, tokens, notes } = self.reading(&scan, wanted)?;
        self.notes.extend(notes);
        let kind = reading.kind();
        let reading = match reading {
            Reading::Text => ValueReading::Text,
            Reading::Boolean => ValueReading::Boolean,
            Reading::Integer(style) => ValueReading::Integer(style),
            Reading::Decimal(style) => ValueReading::Decimal(style),
            Reading::Duration(style) => ValueReading::Duration(style),
            Reading::Timestamp(found) => {
                let zone = self.zone(name, &found);
                ValueReading::Timestamp(found.format, zone)
            }
            Reading::Money(style, found) => {
                let currency_idx =
                    attribute.currency_column.as_ref().map(|name| self.column(name)).transpose()?;
                if let Some(column) = &attribute.currency_column {
                    let text =
                        say!("\"{name}\" is money in the currency of \"{column}\"", name, column);
                    self.readings.push(text);
                }
                let (found, of_cells) = match found {
                    Currencies::Unnamed => (None, Vec::new()),
                    Currencies::One(code) => (Some(code.to_owned()), Vec::new()),
                    Currencies::OfCells(cells) => (None, cells),
                };
                let currency = attribute.currency.clone().or(found);
                ValueReading::Money { style, currency, currency_idx, of_cells }
            }
        };
        Ok(AttributeColumn { column_idx, kind, reading, tokens })
    }

    /// How an attribute is read: as wanted, else as its values suggest.
    fn reading(
        &mut self,
        scan: &ColumnScan<'_>,
        wanted: Option<AttributeType>,
    ) -> Result<DetectedType, Problem> {
        let found = match wanted {
            Some(AttributeType::Text | AttributeType::Boolean | AttributeType::Timestamp) => None,
            Some(_) | None => Some(detect_type(scan)),
        };
        let certain =
            |reading| DetectedType { reading, tokens: Tokens::AreBlanks, notes: Vec::new() };
        let style = found.as_ref().map_or(crate::types::NumberStyle::Point, DetectedType::style);
        Ok(match (wanted, found) {
            (None, Some(found)) => self.settle_dates(scan, found),
            (None, None) | (Some(AttributeType::Text), _) => {
                DetectedType { tokens: Tokens::AreValues, ..certain(Reading::Text) }
            }
            (Some(AttributeType::Boolean), _) => certain(Reading::Boolean),
            (Some(AttributeType::Integer), _) => certain(Reading::Integer(style)),
            (Some(AttributeType::Decimal), _) => certain(Reading::Decimal(style)),
            (Some(AttributeType::Duration), _) => certain(Reading::Duration(style)),
            (Some(AttributeType::Money), found) => {
                let currency = match found.map(|found| found.reading) {
                    Some(Reading::Money(_, currency)) => currency,
                    _ => Currencies::Unnamed,
                };
                certain(Reading::Money(style, currency))
            }
            (Some(AttributeType::Timestamp), _) => {
                let format = self
                    .format(scan, Purpose::Role)
                    .map_err(|doubt| detect::doubt_problem(scan, &doubt))?;
                certain(Reading::Timestamp(format))
            }
        })
    }

    /// Dates that are ambiguous by themselves are settled by the given format or the other times.
    fn settle_dates(&mut self, scan: &ColumnScan<'_>, found: DetectedType) -> DetectedType {
        if found.reading != Reading::Text || found.notes.is_empty() {
            return found;
        }
        match self.format(scan, Purpose::Type) {
            Ok(format) => DetectedType {
                notes: format
                    .note
                    .iter()
                    .map(|note| say!("Column \"{name}\": {note}", name = scan.name(), note))
                    .collect(),
                reading: Reading::Timestamp(format),
                tokens: Tokens::AreValues,
            },
            Err(_) => found,
        }
    }
}

/// Names in quotes, the first fifty of them.
pub(crate) fn quoted(names: &[String]) -> Sentence {
    const NAMES_MAX: usize = 50;
    let shown = sentence::quoted(names.iter().take(NAMES_MAX));
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
