//! Is this table one of the process that the library describes, and what of it does the library
//! know?
//!
//! Only clear evidence counts: the case column bears the name of the process, or enough columns and
//! activities are known. Everything that follows is said and can be switched off, and a table of
//! another process is read as if there were no library.

mod dates;
mod evidence;
pub mod template;

use std::collections::HashSet;
use std::ops::ControlFlow;

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::automatic::ReadingRules;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::mapping::{
    ActivityName, AttributeMapping, ColumnRole, EventColumns, EventMapping, KNOWN_ACTIVITIES_MAX,
    KnownActivity, KnownColumn, NameMatch, ProcessReading, RoleSuggestion, RowMeaning,
};
use paydirt_model::number::Decimal;
use paydirt_model::order::DayPosition;
use paydirt_model::placement::CaseOrder;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::events::column_not_found;
use crate::library::Library;
use crate::library::attributes::{Attribute, Level, LogRole, ValueKind};
use crate::library::names::NameKind;
use crate::recognition::dates::Outcomes;
use crate::recognition::evidence::{Evidence, Known, Label, Labels};
use crate::roles::{RoleChoice, RoleOverrides};
use crate::scan::ColumnScan;
use crate::types::{detect_type, parse_boolean};

/// Whether a table is read as one of the process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProcessChoice {
    /// Where the evidence is clear.
    #[default]
    Evident,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// What a label of an activity means, as the user says: the key of an activity, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityChoice {
    /// The label.
    pub label: String,
    /// The pipeline in which it means this; everywhere, where none is named.
    pub pipeline: Option<String>,
    /// Key of the activity; without one the label keeps its name.
    pub activity: Option<String>,
}

/// A table that was recognised.
#[derive(Debug)]
pub struct Recognition<'l> {
    library: &'l Library,
    /// What was recognised, for the report.
    pub reading: ProcessReading,
    /// The attribute of each column.
    columns: Vec<Option<Known<'l>>>,
    /// What a row is, where it is recognised at all.
    row: RowMeaning,
    /// How cases have ended, where a row is one.
    outcomes: Option<Outcomes>,
    /// Notes for the report.
    notes: Vec<Sentence>,
}

/// Recognises a table.
///
/// # Errors
/// An activity that the user chose is not in the library.
pub fn recognise<'l>(
    table: &RawTable,
    library: &'l Library,
    overrides: &RoleOverrides,
    choice: ProcessChoice,
    chosen: &[ActivityChoice],
) -> Result<Option<Recognition<'l>>, Problem> {
    let columns = evidence::known_columns(table, library);
    let is_open = choice == ProcessChoice::Always || evidence::has_roles(&columns);
    let activity_column = match &overrides.activity {
        RoleChoice::Column(name) => table.column_idx(name),
        RoleChoice::Suggested | RoleChoice::None => {
            evidence::column_for(&columns, LogRole::Activity)
                .or_else(|| (choice == ProcessChoice::Always).then(|| suggested(table)).flatten())
        }
    };
    let row = row_meaning(overrides, activity_column);
    let mut outcomes = None;
    let mut activities = match (row, activity_column.filter(|_| is_open)) {
        (RowMeaning::Event, Some(idx)) => {
            let labels = Labels { table, activity: idx, pipeline: pipeline_of(table, overrides)? };
            known_activities(labels, library, chosen)?
        }
        (RowMeaning::Event, None) => Vec::new(),
        (RowMeaning::Case, _) => {
            outcomes = Outcomes::of(table, &columns, library, chosen)?;
            outcomes.as_ref().map(|found| found.values.clone()).unwrap_or_default()
        }
    };
    let reason = match row {
        RowMeaning::Event => Evidence::of(&columns, &activities, library).reason(),
        RowMeaning::Case => evidence::reason_of_cases(&columns, outcomes.is_some(), library),
    };
    let reason = match (reason, choice) {
        (Some(reason), _) => reason,
        (None, ProcessChoice::Always) => say!("the user says so"),
        (None, ProcessChoice::Evident | ProcessChoice::Never) => return Ok(None),
    };
    let is_of_stages = overrides.pipeline.is_some()
        || activity_column
            .and_then(|idx| columns[idx])
            .is_some_and(|known| known.attribute.role != Some(LogRole::Activity));
    if is_of_stages {
        suggest_by_stage(&mut activities, library);
    }
    suggest_alike(&mut activities, library);
    let known = columns.iter().enumerate();
    let told = known.filter_map(|(idx, known)| {
        let known = known.as_ref()?;
        Some(KnownColumn {
            column: table.names[idx].clone(),
            attribute: known.attribute.key.clone(),
            by: name_match(known.by),
        })
    });
    let reading = ProcessReading {
        process: library.process.key.clone(),
        used: choice != ProcessChoice::Never,
        reason,
        columns: told.collect(),
        activities,
    };
    Ok(Some(Recognition { library, reading, columns, row, outcomes, notes: Vec::new() }))
}

/// What a row is, as far as the library sees it: as the user says, else an event where a column has
/// its activity.
fn row_meaning(overrides: &RoleOverrides, activity_column: Option<usize>) -> RowMeaning {
    match (overrides.row, &overrides.dates) {
        (Some(row), _) => row,
        (None, Some(_)) => RowMeaning::Case,
        (None, None) if activity_column.is_some() => RowMeaning::Event,
        (None, None) => RowMeaning::Case,
    }
}

fn name_match(by: NameKind) -> NameMatch {
    match by {
        NameKind::Key => NameMatch::Key,
        NameKind::Translation => NameMatch::Translation,
        NameKind::TemplateName => NameMatch::TemplateName,
        NameKind::Alias => NameMatch::Alias,
    }
}

/// The column of the activity, as it is found in tables that the library does not know.
fn suggested(table: &RawTable) -> Option<usize> {
    let roles = crate::roles::suggest_as(table, Some(RowMeaning::Event));
    roles.iter().position(|known| known.role == ColumnRole::Activity)
}

/// The column of the pipeline, where one is named.
fn pipeline_of(table: &RawTable, overrides: &RoleOverrides) -> Result<Option<usize>, Problem> {
    let column =
        |name: &String| table.column_idx(name).ok_or_else(|| column_not_found(name, &table.names));
    overrides.pipeline.as_ref().map(column).transpose()
}

/// What each label of the activity column means, the most frequent first.
fn known_activities(
    labels: Labels<'_>,
    library: &Library,
    chosen: &[ActivityChoice],
) -> Result<Vec<KnownActivity>, Problem> {
    let labels = evidence::frequent_labels(labels);
    let known = labels.into_iter().map(|((label, pipeline), rows)| {
        let is_of = |choice: &&ActivityChoice, of: &Option<String>| {
            choice.label == label && choice.pipeline == *of
        };
        let of_pipeline = chosen.iter().find(|choice| is_of(choice, &pipeline));
        let choice = of_pipeline.or_else(|| chosen.iter().find(|choice| is_of(choice, &None)));
        known_activity((label, pipeline), rows, library, choice)
    });
    known.collect()
}

fn known_activity(
    (label, pipeline): Label,
    rows: u64,
    library: &Library,
    choice: Option<&ActivityChoice>,
) -> Result<KnownActivity, Problem> {
    if let Some(choice) = choice {
        let Some(key) = &choice.activity else {
            let name = label.clone();
            return Ok(KnownActivity {
                label,
                pipeline,
                rows,
                activity: None,
                name,
                by: NameMatch::Chosen,
            });
        };
        let activity = library.activity(key).ok_or_else(|| not_in_library(key))?;
        let (activity, name) = (Some(activity.key.clone()), activity.name.en.clone());
        return Ok(KnownActivity { label, pipeline, rows, activity, name, by: NameMatch::Chosen });
    }
    if let Some(found) = library.activity_of(&label) {
        let activity = Some(found.entry.key.clone());
        let name = found.entry.name.en.clone();
        return Ok(KnownActivity {
            label,
            pipeline,
            rows,
            activity,
            name,
            by: name_match(found.by),
        });
    }
    let name = label.clone();
    Ok(KnownActivity { label, pipeline, rows, activity: None, name, by: NameMatch::None })
}

/// Suggests the activities that stages stand for, by words in their names.
fn suggest_by_stage(activities: &mut [KnownActivity], library: &Library) {
    for known in activities.iter_mut().filter(|known| known.by == NameMatch::None) {
        let label = known.label.to_lowercase();
        let has_word = |word: &String| label.contains(&word.to_lowercase());
        let found = library.activities.iter().find(|one| one.stage_words.iter().any(has_word));
        if let Some(activity) = found {
            known.activity = Some(activity.key.clone());
            known.by = NameMatch::Stage;
        }
    }
}

/// Most labels for which a similar activity is looked for; the most frequent ones.
const ALIKE_LABELS_MAX: usize = 200;

/// Suggests activities for labels that are none.
fn suggest_alike(activities: &mut [KnownActivity], library: &Library) {
    let alike = library.activities_by_likeness();
    let unknown = activities.iter_mut().filter(|known| known.by == NameMatch::None);
    for known in unknown.take(ALIKE_LABELS_MAX) {
        if let Some(activity) = alike.like(&known.label) {
            known.activity = Some(activity.key.clone());
            known.by = NameMatch::Similar;
        }
    }
}

fn not_in_library(key: &str) -> Problem {
    let detail = say!("There is no activity \"{key}\" in the library.", key);
    Problem::new(ErrorCode::InvalidParameters, detail)
        .with_hint(say!("Choose the key of an activity of the library."))
}

impl Recognition<'_> {
    /// The roles that the library knows, where the user says nothing.
    #[must_use]
    pub fn completed(&self, table: &RawTable, overrides: &RoleOverrides) -> RoleOverrides {
        let mut roles = overrides.clone();
        if !self.reading.used {
            return roles;
        }
        let column = |role| evidence::column_for(&self.columns, role);
        let is_of_events = self.row == RowMeaning::Event;
        if column(LogRole::Activity).is_some() && is_of_events {
            roles.row.get_or_insert(RowMeaning::Event);
        }
        let named = |idx: usize| RoleChoice::Column(table.names[idx].clone());
        // A column has one role: what the user took is taken.
        let taken: HashSet<String> = [
            &overrides.case,
            &overrides.activity,
            &overrides.time,
            &overrides.start,
            &overrides.resource,
        ]
        .into_iter()
        .filter_map(|choice| match choice {
            RoleChoice::Column(name) => Some(name.clone()),
            RoleChoice::Suggested | RoleChoice::None => None,
        })
        .collect();
        let free = |idx: &usize| !taken.contains(&table.names[*idx]);
        let fill = |choice: &mut RoleChoice, idx: Option<usize>| {
            if let (RoleChoice::Suggested, Some(idx)) = (&*choice, idx.filter(free)) {
                *choice = named(idx);
            }
        };
        fill(&mut roles.case, column(LogRole::Case));
        fill(&mut roles.resource, column(LogRole::Resource));
        if !is_of_events {
            return roles;
        }
        fill(&mut roles.activity, column(LogRole::Activity));
        let is_open = roles.time == RoleChoice::Suggested && roles.start == RoleChoice::Suggested;
        let (begin, end) = (column(LogRole::Time), column(LogRole::EndTime));
        if let (true, Some(begin)) = (is_open, begin.filter(free)) {
            // An event without an end must not be lost: the end counts where every row has one.
            let end = end.filter(|end| free(end) && is_full(table, *end));
            roles.time = named(end.unwrap_or(begin));
            roles.start = end.map_or(RoleChoice::None, |_| named(begin));
        }
        roles
    }

    /// Whether the roles that were found are those of the rows that were recognised.
    #[must_use]
    pub fn fits(&self, mapping: &EventMapping) -> bool {
        let row = match mapping.events {
            EventColumns::Row { .. } => RowMeaning::Event,
            EventColumns::Dates(_) => RowMeaning::Case,
        };
        !self.reading.used || row == self.row
    }

    /// Puts names, types and levels of the library into the mapping, and says so.
    pub fn apply(
        &mut self,
        table: &RawTable,
        overrides: &RoleOverrides,
        mapping: &mut EventMapping,
        roles: &mut [RoleSuggestion],
    ) {
        if !self.reading.used {
            return;
        }
        for (idx, known) in self.columns.iter().enumerate() {
            let Some(known) = known else { continue };
            let Some(role) = roles.iter_mut().find(|role| role.column == table.names[idx]) else {
                continue;
            };
            let key = &known.attribute.key;
            if role.role == ColumnRole::ActivityDate {
                continue;
            }
            role.reason = match name_match(known.by) {
                NameMatch::Alias => say!("the library knows it as another name of \"{key}\"", key),
                NameMatch::TemplateName => say!("it is \"{key}\" in a data template", key),
                _ => say!("it is the name of \"{key}\" in the library", key),
            };
            let is_attribute = matches!(role.role, ColumnRole::Attribute | ColumnRole::Resource);
            role.attribute = (is_attribute && *key != role.column).then(|| key.clone());
        }
        if let EventColumns::Dates(dates) = &mut mapping.events {
            self.apply_to_dates(table, overrides, dates, &mut mapping.attributes, roles);
        }
        let attributes = std::mem::take(&mut mapping.attributes);
        for mut attribute in attributes {
            let known = table.column_idx(&attribute.column).and_then(|idx| self.columns[idx]);
            let Some(Known { attribute: kept, .. }) = known else {
                mapping.attributes.push(attribute);
                continue;
            };
            self.shape((table, &mapping.rules), kept, &mut attribute);
            if kept.level == Level::History && varies(table, &mapping.case, &attribute.column) {
                // The value at each event, and the latest one for the case.
                let of_case =
                    AttributeMapping { level: Some(AttributeLevel::Case), ..attribute.clone() };
                attribute.level = Some(AttributeLevel::Event);
                mapping.attributes.push(of_case);
            }
            mapping.attributes.push(attribute);
        }
        let renamed = self
            .reading
            .activities
            .iter()
            .filter(|known| known.name != known.label && !is_suggestion(known.by));
        let renamed = renamed.map(|known| ActivityName {
            label: known.label.clone(),
            activity: known.name.clone(),
            pipeline: known.pipeline.clone(),
        });
        if self.row == RowMeaning::Event {
            mapping.activity_names = renamed.collect();
        }
    }

    /// Name, type and level of an attribute.
    fn shape(
        &mut self,
        (table, rules): (&RawTable, &ReadingRules),
        known: &Attribute,
        attribute: &mut AttributeMapping,
    ) {
        if known.key != attribute.column {
            attribute.name = Some(known.key.clone());
        }
        attribute.level = attribute.level.or(match known.level {
            Level::Event => Some(AttributeLevel::Event),
            Level::Case | Level::DataSet => Some(AttributeLevel::Case),
            Level::History => None,
        });
        let Some(idx) = table.column_idx(&attribute.column) else { return };
        let scan = ColumnScan::new(table, idx);
        match known.kind {
            ValueKind::Text | ValueKind::Category | ValueKind::List => {
                attribute.kind = attribute.kind.or(Some(AttributeType::Text));
            }
            ValueKind::Boolean if is_truth(&scan) => {
                attribute.kind = attribute.kind.or(Some(AttributeType::Boolean));
            }
            ValueKind::Money => self.give_currency((table, rules), known, attribute),
            ValueKind::Fraction => self.notes.extend(too_large(&scan)),
            ValueKind::Boolean
            | ValueKind::Integer
            | ValueKind::Decimal
            | ValueKind::Instant
            | ValueKind::Date
            | ValueKind::Duration => {}
        }
    }

    /// The column of the currency, where it has one and the amounts are numbers.
    fn give_currency(
        &self,
        (table, rules): (&RawTable, &ReadingRules),
        known: &Attribute,
        attribute: &mut AttributeMapping,
    ) {
        let column = known.currency.as_ref().and_then(|key| {
            let of_key = |one: &Option<Known<'_>>| one.is_some_and(|one| one.attribute.key == *key);
            self.columns.iter().position(of_key)
        });
        let is_given = attribute.currency.is_some() || attribute.currency_column.is_some();
        let Some(column) = column.filter(|_| !is_given) else { return };
        let idx = table.column_idx(&attribute.column);
        if idx.is_some_and(|idx| crate::money::is_mostly_number(table, idx, rules)) {
            attribute.currency_column = Some(table.names[column].clone());
        }
    }

    /// Orders the cases by the ranks of the process, and sets its auxiliary activities apart.
    pub fn order(&self, spec: &mut LogSpec) {
        if !self.reading.used {
            return;
        }
        let place = |role| {
            let key = &self.library.attribute_for(role)?.key;
            spec.attributes.iter().position(|one| one.name == *key)
        };
        let of_kind =
            |idx: &usize, kinds: &[AttributeType]| kinds.contains(&spec.attributes[*idx].kind);
        let (text, integer) = (AttributeType::Text, AttributeType::Integer);
        let record = place(LogRole::Record).filter(|idx| of_kind(idx, &[text, integer]));
        let sequence = place(LogRole::Sequence).filter(|idx| of_kind(idx, &[integer]));
        let activities = &self.library.activities;
        let ranked = |rank: Option<u16>, name: &str| Some((name.to_owned(), rank?));
        // Where rows are cases, their columns of dates have an order already.
        spec.case_order.get_or_insert_with(|| {
            Box::new(CaseOrder {
                ranks: activities.iter().filter_map(|one| ranked(one.rank, &one.name.en)).collect(),
                record: record.map(paydirt_model::attribute::AttributeIdx),
                sequence: sequence.map(paydirt_model::attribute::AttributeIdx),
                day_position: DayPosition::End,
            })
        });
        let auxiliary = activities.iter().filter(|one| one.auxiliary);
        spec.auxiliary = auxiliary.map(|one| one.name.en.clone()).collect();
    }

    /// The attribute that says until when the data are complete, by its place in the log.
    #[must_use]
    pub fn as_of(&self, spec: &LogSpec) -> Option<usize> {
        let key = &self.library.attribute_for(LogRole::AsOf).filter(|_| self.reading.used)?.key;
        let is_it = |idx: &usize| spec.attributes[*idx].kind == AttributeType::Timestamp;
        spec.attributes.iter().position(|one| one.name == *key).filter(is_it)
    }

    /// Whether rows of a case may disagree on an attribute without anything being wrong.
    #[must_use]
    pub fn may_change(&self, attribute: &str) -> bool {
        let known = self.library.attribute(attribute).filter(|_| self.reading.used);
        known.is_some_and(|known| matches!(known.level, Level::History | Level::DataSet))
    }

    /// The recognition for the report, with not more labels than fit there.
    #[must_use]
    pub fn told(&self) -> ProcessReading {
        let mut reading = self.reading.clone();
        reading.activities.truncate(KNOWN_ACTIVITIES_MAX);
        reading
    }

    /// What the report says of it: as what the table was read, and what may be wrong.
    #[must_use]
    pub fn sentences(&self) -> (Sentence, &[Sentence]) {
        let name = &self.library.process.name.en;
        let known = |by: NameMatch| by != NameMatch::None && !is_suggestion(by);
        let activities = self.reading.activities.iter().filter(|one| known(one.by)).count();
        let columns = self.reading.columns.len();
        let reading = if self.reading.used {
            say!(
                "read as {name}: {columns} {columns|column|columns} and {activities} \
                 {activities|activity|activities} are known to the library",
                name,
                columns,
                activities
            )
        } else {
            say!(
                "not read as {name} because that is switched off, although {columns} \
                 {columns|column|columns} and {activities} {activities|activity|activities} are \
                 known to the library",
                name,
                columns,
                activities
            )
        };
        (reading, &self.notes)
    }
}

/// Whether nothing is changed unless the user agrees.
fn is_suggestion(by: NameMatch) -> bool {
    matches!(by, NameMatch::Similar | NameMatch::Stage)
}

/// Whether every row has a value.
fn is_full(table: &RawTable, idx: usize) -> bool {
    let mut filled = 0;
    ColumnScan::new(table, idx).each(|_, rows| {
        filled += rows;
        ControlFlow::Continue(())
    });
    filled == table.row_count()
}

/// Whether there are values, and each is true or false, if only one of the two.
fn is_truth(scan: &ColumnScan<'_>) -> bool {
    let (mut some, mut all) = (false, true);
    scan.each(|text, _| {
        some = true;
        all &= parse_boolean(text.trim()).is_some();
        if all { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    some && all
}

/// Says of a column of fractions that values above 1 look like per cent.
fn too_large(scan: &ColumnScan<'_>) -> Option<Sentence> {
    let style = detect_type(scan).style();
    let mut found = None;
    scan.each(|text, _| {
        let is_large = style.parse(text.trim()).is_some_and(is_above_one);
        if is_large {
            found = Some(text.trim().to_owned());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    found.map(|value| {
        say!(
            "\"{column}\" should hold fractions from 0 to 1, but has values such as {value}, which \
             look like per cent. They were read as they are.",
            column = scan.name(),
            value
        )
    })
}

fn is_above_one(number: Decimal) -> bool {
    let one = 10_i128.checked_pow(u32::from(number.scale));
    one.is_some_and(|one| one < number.mantissa)
}

/// Rows by which it is found whether an attribute changes within its cases.
const HISTORY_ROWS: usize = 200_000;

/// Whether a column has several values within a case.
fn varies(table: &RawTable, case: &str, column: &str) -> bool {
    let (Some(case), Some(column)) = (table.column_idx(case), table.column_idx(column)) else {
        return false;
    };
    let mut known = std::collections::HashMap::new();
    let rows = table.chunks.iter().flat_map(|chunk| (0..chunk.len()).map(move |row| (chunk, row)));
    for (chunk, row) in rows.take(HISTORY_ROWS) {
        let value = chunk.columns[column].text(row);
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        let id = chunk.columns[case].text(row).into_owned();
        match known.get(&id) {
            None => {
                known.insert(id, value.to_owned());
            }
            Some(first) if *first != value => return true,
            Some(_) => {}
        }
    }
    false
}
