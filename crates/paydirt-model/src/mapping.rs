//! Which column is what (`EventMapping`), and what an import noticed (`ImportReport`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::attribute::{AttributeLevel, AttributeType};
use crate::automatic::{AutomaticReading, ReadingRules};
use crate::language::Language;
use crate::number::Ratio;
use crate::sentence::Sentence;
use crate::sheet::SheetColumns;

/// How an attribute column is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeMapping {
    /// Column name; also the attribute's name, where it has no other.
    pub column: String,
    /// Name of the attribute in the log, where it is another than the column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Type; found from the values when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AttributeType>,
    /// Level; found from the values when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<AttributeLevel>,
    /// Currency of a money column, as an ISO 4217 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Column that holds the currency of each row of a money column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_column: Option<String>,
}

impl AttributeMapping {
    /// A column whose type and level are found from its values.
    #[must_use]
    pub fn detected(column: impl Into<String>) -> Self {
        AttributeMapping {
            column: column.into(),
            name: None,
            kind: None,
            level: None,
            currency: None,
            currency_column: None,
        }
    }

    /// Name of the attribute in the log.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.column)
    }
}

/// A label of an activity in a table, and what the activity is called in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityName {
    /// As it is in the table.
    pub label: String,
    /// As it is in the log.
    pub activity: String,
    /// The pipeline of which this is a stage, where it means that only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<String>,
}

/// What is written first where day and month are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The day: `31/01/2024`.
    DayFirst,
    /// The month: `01/31/2024`.
    MonthFirst,
}

/// What a row of a table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowMeaning {
    /// One event, with its activity and time.
    Event,
    /// One case, with a column for the date of each activity.
    Case,
}

/// A column of dates, and the activity that happened on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityDate {
    /// Column of the dates.
    pub column: String,
    /// The activity; where `by` decides, what the column is called among the others.
    pub activity: String,
    /// What decides which activity happened, and whether one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ActivityBy>,
}

/// A column whose value says which activity happened on a date. Where it says none of these,
/// nothing has happened yet: the date is a plan, and no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityBy {
    /// The column.
    pub column: String,
    /// Its values that name an activity, and the activity.
    pub activities: Vec<ActivityName>,
}

impl ActivityDate {
    /// A column that dates one activity.
    #[must_use]
    pub fn of(column: impl Into<String>, activity: impl Into<String>) -> Self {
        ActivityDate { column: column.into(), activity: activity.into(), by: None }
    }

    /// The activities that it can date, without repetition.
    pub fn activities(&self) -> Vec<&str> {
        let Some(by) = &self.by else { return vec![&self.activity] };
        let mut names: Vec<&str> = Vec::new();
        for known in &by.activities {
            if !names.contains(&known.activity.as_str()) {
                names.push(&known.activity);
            }
        }
        names
    }
}

/// Where the events of a row are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EventColumns {
    /// A row is an event.
    Row {
        /// Column of the activity.
        activity: String,
        /// Column of the time of the event (its end, where it has a start too).
        time: String,
        /// Column of the start of the event.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
    },
    /// A row is a case, and each of these columns holds the date of one activity, in the order in
    /// which they stand where their dates are equal.
    Dates(Vec<ActivityDate>),
}

/// Which columns of a raw table are case, activity and times, and which are attributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventMapping {
    /// Column of the case id.
    pub case: String,
    /// Columns of activities and times.
    pub events: EventColumns,
    /// Column of who did it; also an attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Column of the lifecycle transition; also an attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<String>,
    /// Column of the activity instance id; also an attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The attribute columns, resource and lifecycle included.
    #[serde(default)]
    pub attributes: Vec<AttributeMapping>,
    /// Column of the pipeline, where the activities are stages and their names depend on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<String>,
    /// Activities that are called otherwise in the log than in the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity_names: Vec<ActivityName>,
    /// Date format such as `%d.%m.%Y %H:%M`; found over the whole column when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// What is written first where day and month are numbers; found over the whole column when not
    /// given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// IANA zone of times without an offset; UTC, noted in the report, when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Which automatic readings are switched off.
    #[serde(default, skip_serializing_if = "ReadingRules::is_usual")]
    pub rules: ReadingRules,
}

/// A role that a column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// The case id.
    Case,
    /// The activity.
    Activity,
    /// The time of the event.
    Time,
    /// The start of the event.
    Start,
    /// Who did it.
    Resource,
    /// Lifecycle transition.
    Lifecycle,
    /// Activity instance id.
    Instance,
    /// The date of one activity, in a table with a row for each case.
    ActivityDate,
    /// An attribute of the case or event.
    Attribute,
}

/// A suggested role of a column, with the reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoleSuggestion {
    /// Column name.
    pub column: String,
    /// The role.
    pub role: ColumnRole,
    /// Why: the name, the content, or both.
    #[schema(value_type = String)]
    pub reason: Sentence,
    /// What its attribute is called in the log, where that is not the name of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
}

impl RoleSuggestion {
    /// A role of a column, whose attribute is called as the column.
    #[must_use]
    pub fn new(column: impl Into<String>, role: ColumnRole, reason: Sentence) -> Self {
        RoleSuggestion { column: column.into(), role, reason, attribute: None }
    }
}

/// By what something in a file was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameMatch {
    /// By its canonical key.
    Key,
    /// By its name in one of the languages.
    Translation,
    /// By the name it has in a data template.
    TemplateName,
    /// By another name that is known for it.
    Alias,
    /// It is only similar; nothing is changed unless the user says so.
    Similar,
    /// It is a stage with a word that stands for the activity; nothing is changed unless the user
    /// says so.
    Stage,
    /// The user says so.
    Chosen,
    /// Not at all: it keeps its name.
    None,
}

/// A column that stands for an attribute of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownColumn {
    /// The column.
    pub column: String,
    /// Key of the attribute.
    pub attribute: String,
    /// By what it was recognised.
    pub by: NameMatch,
}

/// A label of the activity column, and the activity of the process it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KnownActivity {
    /// As it is in the file.
    pub label: String,
    /// The pipeline of which it is a stage, where a column of pipelines was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<String>,
    /// Rows with this label.
    pub rows: u64,
    /// Key of the activity; where it is only similar, the one that is suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// What it is called in the log.
    pub name: String,
    /// By what it was recognised.
    pub by: NameMatch,
}

/// The process that a table was recognised as, and what of it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProcessReading {
    /// Key of the process.
    pub process: String,
    /// Whether the table is read as one of the process: under the names of its attributes and
    /// activities, in its order.
    pub used: bool,
    /// Why it was recognised.
    #[schema(value_type = String)]
    pub reason: Sentence,
    /// The columns that were recognised, in the order of the table.
    pub columns: Vec<KnownColumn>,
    /// The labels of activities, the most frequent first; at most [`KNOWN_ACTIVITIES_MAX`].
    pub activities: Vec<KnownActivity>,
}

/// Most labels of activities that a reading lists.
pub const KNOWN_ACTIVITIES_MAX: usize = 500;

/// One refused or doubtful row (or place) of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowProblem {
    /// Line in the file, from 1; 0 where the format has no lines.
    pub row: u64,
    /// Column, or rule of the format.
    pub column: String,
    /// The offending value, cut to 100 characters.
    pub value: String,
    /// What is wrong and what was expected.
    #[schema(value_type = String)]
    pub reason: Sentence,
    /// Of an event that is in the file more than once: the line of the first of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<u64>,
    /// The cell, where the file is a workbook, such as `Sheet1!C17`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// How often one kind of row problem occurred, with the first examples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemCount {
    /// Stable name of the kind, such as `bad-time` or `blank-case`.
    pub kind: String,
    /// Whether the rows were left out (`true`) or read in spite of it.
    pub refused: bool,
    /// How many rows or places.
    pub count: u64,
    /// The first ones, at most [`EXAMPLES_MAX`].
    pub examples: Vec<RowProblem>,
}

impl ProblemCount {
    /// Counts a problem in a list and keeps it as an example while there is room.
    pub fn add(
        list: &mut Vec<ProblemCount>,
        kind: &str,
        refused: bool,
        problem: impl FnOnce() -> RowProblem,
    ) {
        let entry = ProblemCount::entry(list, kind, refused);
        entry.count += 1;
        if entry.examples.len() < EXAMPLES_MAX {
            entry.examples.push(problem());
        }
    }

    /// Adds the problems of a later part of the input to those of the parts before it.
    pub fn merge(list: &mut Vec<ProblemCount>, later: Vec<ProblemCount>) {
        for added in later {
            let entry = ProblemCount::entry(list, &added.kind, added.refused);
            entry.count += added.count;
            let room = EXAMPLES_MAX.saturating_sub(entry.examples.len());
            entry.examples.extend(added.examples.into_iter().take(room));
        }
    }

    fn entry<'a>(
        list: &'a mut Vec<ProblemCount>,
        kind: &str,
        refused: bool,
    ) -> &'a mut ProblemCount {
        let known = list.iter().position(|entry| entry.kind == kind);
        let idx = known.unwrap_or_else(|| {
            list.push(ProblemCount {
                kind: kind.to_owned(),
                refused,
                count: 0,
                examples: Vec::new(),
            });
            list.len() - 1
        });
        &mut list[idx]
    }
}

/// Most examples an import report lists of one kind.
pub const EXAMPLES_MAX: usize = 1_000;

/// Cases with a single event: without a path, they are seldom what is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SingleEventCases {
    /// How many.
    pub count: u64,
    /// Their share of all cases, from 0 to 1.
    pub share: Ratio,
    /// Ids of some of them: the first in the order of their letters, at most 10.
    pub examples: Vec<String>,
}

/// What can be chosen when a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// The object type whose objects are the cases.
    ObjectType,
    /// The one file of an archive or a folder.
    Member,
    /// The sheet of a workbook.
    Sheet,
}

/// One of the things that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoiceOption {
    /// What it is called; this is what a setting names.
    pub name: String,
    /// What it holds, in a few words.
    #[schema(value_type = String)]
    pub about: Sentence,
}

/// Something of a file that can be read in several ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadingChoice {
    /// What can be chosen.
    pub kind: ChoiceKind,
    /// What was read; nothing where all was read together, or nothing could be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// What can be chosen, at most 50.
    pub options: Vec<ChoiceOption>,
}

/// What an import read, understood, refused and noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// Format of the input, such as `csv` or `xes`.
    pub format: String,
    /// How the input was read, in words: delimiter, encoding, date format, classifier.
    #[schema(value_type = Vec<String>)]
    pub readings: Vec<Sentence>,
    /// What was read otherwise than it stands in the input, or left out, by rules that can be
    /// switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub automatic: Vec<AutomaticReading>,
    /// Role of each column, with the reason.
    pub roles: Vec<RoleSuggestion>,
    /// The process of the library that a table was recognised as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<ProcessReading>,
    /// Rows or events in the input.
    pub rows_read: u64,
    /// Events in the log.
    pub events: u64,
    /// Cases in the log.
    pub cases: u64,
    /// Rows or events left out.
    pub rows_refused: u64,
    /// Cases of the input without any event.
    pub empty_cases: u64,
    /// Cases of the log with a single event, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_event_cases: Option<SingleEventCases>,
    /// Problems by kind, refused ones first, then by name.
    pub problems: Vec<ProblemCount>,
    /// Things worth knowing that are no problem of a row, such as an assumed time zone.
    #[schema(value_type = Vec<String>)]
    pub notes: Vec<Sentence>,
    /// Where in its sheet each column is, while the report is being made.
    #[serde(skip)]
    pub places: Option<SheetColumns>,
    /// How delimited text was cut into cells, while the report is being made.
    #[serde(skip)]
    pub cut: Option<TextCut>,
}

/// How delimited text was decoded and cut into cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextCut {
    /// Its encoding, where its bytes say it.
    pub encoding: Option<String>,
    /// The character between cells; `tab` for the tabulator.
    pub delimiter: String,
    /// Whether the first row of the table names its columns.
    pub has_header: bool,
}

impl ImportReport {
    /// Counts a problem and keeps it as an example while there is room.
    pub fn add(&mut self, kind: &str, refused: bool, problem: impl FnOnce() -> RowProblem) {
        ProblemCount::add(&mut self.problems, kind, refused, problem);
    }

    /// Names the cell of every problem of a workbook, where it has a row and a column.
    pub fn name_cells(&mut self) {
        let Some(places) = self.places.take() else { return };
        for example in self.problems.iter_mut().flat_map(|problem| &mut problem.examples) {
            if example.cell.is_none() {
                example.cell = places.cell(&example.column, example.row);
            }
        }
    }

    /// Puts the problems into their stated order.
    pub fn sort(&mut self) {
        self.problems.sort_by(|a, b| b.refused.cmp(&a.refused).then_with(|| a.kind.cmp(&b.kind)));
    }

    /// The same report, shown and written to JSON in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.sentences_mut().for_each(|sentence| sentence.tell_in(language));
        self
    }

    /// The report as JSON that keeps its sentences untold, for a later reader in any language.
    #[must_use]
    pub fn to_stored_json(&self) -> String {
        let mut report = self.clone();
        report.sentences_mut().for_each(Sentence::keep_untold);
        serde_json::to_string(&report).expect("a report is plain data")
    }

    /// The report that [`ImportReport::to_stored_json`] wrote.
    ///
    /// # Errors
    /// The text is not a report.
    pub fn from_stored_json(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    fn sentences_mut(&mut self) -> impl Iterator<Item = &mut Sentence> {
        let roles = self.roles.iter_mut().map(|role| &mut role.reason);
        let examples = self.problems.iter_mut().flat_map(|problem| &mut problem.examples);
        let reasons = examples.map(|example| &mut example.reason);
        let process = self.process.iter_mut().map(|process| &mut process.reason);
        let automatic = self.automatic.iter_mut().map(|reading| &mut reading.what);
        let readings = self.readings.iter_mut().chain(automatic);
        readings.chain(roles).chain(process).chain(reasons).chain(&mut self.notes)
    }

    /// Cuts a value for a report to 100 characters.
    #[must_use]
    pub fn cut(value: &str) -> String {
        const CHARACTERS_MAX: usize = 100;
        match value.char_indices().nth(CHARACTERS_MAX) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    #[test]
    fn a_stored_report_can_be_told_in_another_language() {
        let mut report = ImportReport { format: "csv".to_owned(), ..ImportReport::default() };
        report.notes.push(say!("Column \"{name}\" was read with decimal commas.", name = "Betrag"));
        report.add("bad-time", true, || RowProblem {
            row: 3,
            column: "Date".to_owned(),
            value: "soon".to_owned(),
            reason: say!("The time is blank. Expected when it happened."),
            same_as: None,
            cell: None,
        });
        let read = ImportReport::from_stored_json(&report.to_stored_json()).unwrap();
        assert_eq!(read, report);
        let french = serde_json::to_value(read.told_in(Language::French)).unwrap();
        assert_eq!(
            french["notes"][0],
            "La colonne «\u{202f}Betrag\u{202f}» a été lue avec la virgule comme séparateur décimal."
        );
        assert!(ImportReport::from_stored_json("{}").is_err());
    }
}
