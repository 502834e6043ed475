//! What does a recipe file say? Every mistake is noted with its line and what was expected; a
//! recipe with a mistake is not used at all.

use std::collections::HashMap;

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::{DecimalSign, ReadingRule, ReadingRules, SerialSystem};
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::mapping::{ColumnRole, DateOrder, RowMeaning};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use toml::de::DeTable;

use crate::dates::pattern::Pattern;
use crate::import_recipe::{
    ColumnLevel, FORMAT_VERSION, ImportRecipe, OtherColumns, RecipeActivity, RecipeColumn,
    RecipeMode, RecipeSource, RecipeTimes,
};
use crate::library::choice::Choice;
use crate::library::entry::{Entry, Expected, File};

macro_rules! words {
    ($($of:ty { $($word:literal = $value:expr,)+ })+) => {
        $(impl Choice for $of {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, $value)),+];
        })+
    };
}

words! {
    RecipeMode {
        "new" = RecipeMode::New, "append" = RecipeMode::Append, "upsert" = RecipeMode::Upsert,
        "replace" = RecipeMode::Replace,
    }
    OtherColumns { "read" = OtherColumns::Read, "leave_out" = OtherColumns::LeaveOut, }
    RowMeaning { "event" = RowMeaning::Event, "case" = RowMeaning::Case, }
    DateOrder { "day_first" = DateOrder::DayFirst, "month_first" = DateOrder::MonthFirst, }
    DecimalSign { "point" = DecimalSign::Point, "comma" = DecimalSign::Comma, }
    SerialSystem { "1900" = SerialSystem::From1900, "1904" = SerialSystem::From1904, }
    ColumnLevel {
        "case" = ColumnLevel::Case, "event" = ColumnLevel::Event,
        "history" = ColumnLevel::History,
    }
    ColumnRole {
        "case" = ColumnRole::Case, "activity" = ColumnRole::Activity, "time" = ColumnRole::Time,
        "start" = ColumnRole::Start, "resource" = ColumnRole::Resource,
        "lifecycle" = ColumnRole::Lifecycle, "instance" = ColumnRole::Instance,
        "activity_date" = ColumnRole::ActivityDate, "attribute" = ColumnRole::Attribute,
    }
    AttributeType {
        "text" = AttributeType::Text, "integer" = AttributeType::Integer,
        "decimal" = AttributeType::Decimal, "boolean" = AttributeType::Boolean,
        "timestamp" = AttributeType::Timestamp, "duration" = AttributeType::Duration,
        "money" = AttributeType::Money,
    }
    ReadingRule {
        "title_lines" = ReadingRule::TitleLines,
        "repeated_headers" = ReadingRule::RepeatedHeaders,
        "total_rows" = ReadingRule::TotalRows,
        "footer_lines" = ReadingRule::FooterLines,
        "blank_words" = ReadingRule::BlankWords,
        "decimal_commas" = ReadingRule::DecimalCommas,
        "grouped_digits" = ReadingRule::GroupedDigits,
        "negative_numbers" = ReadingRule::NegativeNumbers,
        "percents" = ReadingRule::Percents,
        "cell_currencies" = ReadingRule::CellCurrencies,
        "serial_dates" = ReadingRule::SerialDates,
        "damaged_ids" = ReadingRule::DamagedIds,
        "example_rows" = ReadingRule::ExampleRows,
    }
}

/// The word of a value.
pub(super) fn word_of<C: Choice + PartialEq>(value: C) -> &'static str {
    let found = C::WORDS.iter().find(|(_, known)| *known == value);
    found.map(|(word, _)| *word).expect("every value has its word, which a test holds")
}

pub(super) fn read(name: &str, text: &str) -> Result<ImportRecipe, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let file = File::new(name, text);
    let broken = file.note_broken(&errors);
    let entry = Entry::new(&file, table.get_ref(), 0);
    if !is_of_this_format(&entry) {
        return Err(as_mistakes(file.into_problems(&broken)));
    }
    let columns = columns(&entry);
    let activities = activities(&entry);
    let mut recipe = ImportRecipe {
        files: entry.plain_list("files").unwrap_or_default(),
        log: entry.text("log"),
        mode: entry.choice("mode"),
        key: entry.plain_list("key").unwrap_or_default(),
        process: entry.text("process"),
        row: entry.choice("row"),
        pipeline_column: entry.text("pipeline_column"),
        other_columns: entry.choice("other_columns"),
        source: entry.table("source").map(|entry| source(&entry)).unwrap_or_default(),
        times: entry.table("times").map(|entry| times(&entry)).unwrap_or_default(),
        rules: entry.table("readings").map(|entry| rules(&entry)).unwrap_or_default(),
        columns,
        activities,
    };
    let percents = recipe.columns.iter().filter(|column| column.is_percent);
    recipe.rules.percent_columns = percents.map(|column| column.name.clone()).collect();
    if !recipe.key.is_empty() && recipe.mode != Some(RecipeMode::Upsert) {
        let detail = say!("\"key\" belongs to the mode \"upsert\".");
        file.note_at(&entry.placed("key"), detail);
    }
    entry.finish();
    match as_mistakes(file.into_problems(&broken)) {
        problems if problems.is_empty() => Ok(recipe),
        problems => Err(problems),
    }
}

/// A recipe that is used only in part would make another log.
fn as_mistakes(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.code = ErrorCode::RecipeMistake;
        problem.hint.get_or_insert_with(|| say!("Mend the line; nothing was imported."));
    }
    problems.sort_by_key(|problem| problem.place.row);
    problems
}

/// Whether it is a recipe that this program understands.
fn is_of_this_format(entry: &Entry<'_>) -> bool {
    match entry.whole("recipe") {
        Some(FORMAT_VERSION) => true,
        Some(other) => {
            let (other, known) = (other.to_string(), FORMAT_VERSION.to_string());
            entry.file.note_at(
                &entry.placed("recipe"),
                say!("The recipe has format version {other}; expected is {known}.", other, known),
            );
            false
        }
        None => {
            let version = FORMAT_VERSION.to_string();
            if entry.raw("recipe").is_none() {
                entry.note(
                    say!("This is not a recipe: the line recipe = {version} is missing.", version),
                    None,
                );
            }
            false
        }
    }
}

fn source(entry: &Entry<'_>) -> RecipeSource {
    let header_row = entry.whole("header_row").and_then(|row| {
        let number = u32::try_from(row).ok().filter(|row| 0 < *row);
        if number.is_none() {
            let place = entry.placed("header_row");
            entry.file.note_at(&place, say!("\"header_row\" must be a row, counted from 1."));
        }
        number
    });
    let source = RecipeSource {
        encoding: entry.text("encoding"),
        delimiter: delimiter(entry),
        has_header: entry.flag("has_header"),
        header_row,
        sheet: entry.text("sheet"),
        member: entry.text("member"),
        classifier: entry.text("classifier"),
        object_type: entry.text("object_type"),
        pairs_lifecycle: entry.flag("pairs_lifecycle").unwrap_or(false),
    };
    entry.finish();
    source
}

/// A blank may be what stands between cells, so it is no empty text.
fn delimiter(entry: &Entry<'_>) -> Option<String> {
    let written = entry.peek("delimiter");
    match written {
        Some("tab") => Some("tab".to_owned()),
        Some(one) if one.is_ascii() && one.len() == 1 => Some(one.to_owned()),
        _ => {
            if entry.raw("delimiter").is_some() {
                let detail =
                    say!("\"delimiter\" must be one ASCII character in quotes, or \"tab\".");
                entry.file.note_at(&entry.placed("delimiter"), detail);
            }
            None
        }
    }
}

fn times(entry: &Entry<'_>) -> RecipeTimes {
    let zone = entry.placed_text("zone").and_then(|zone| {
        let is_known = TimeZoneName::parse(&zone.value).is_ok();
        if !is_known {
            let expected = Expected::Zone.sentence();
            let detail = say!("\"{field}\" must be {expected}.", field = "zone", expected);
            entry.file.note_at(&zone.place, detail);
        }
        is_known.then_some(zone.value)
    });
    let format =
        entry.placed_text("format").and_then(|format| match Pattern::parse_text(&format.value) {
            Ok(_) => Some(format.value),
            Err(problem) => {
                entry.file.note_at(&format.place, problem.detail);
                None
            }
        });
    let times = RecipeTimes { zone, format, order: entry.choice("order") };
    entry.finish();
    times
}

fn rules(entry: &Entry<'_>) -> ReadingRules {
    let rules = ReadingRules {
        off: entry.choices("off").unwrap_or_default(),
        blank_words: entry.plain_list("blank_words"),
        decimal: entry.choice("decimal"),
        serial_dates: entry.choice("serial_dates"),
        text_columns: Vec::new(),
        percent_columns: Vec::new(),
    };
    entry.finish();
    rules
}

fn columns(entry: &Entry<'_>) -> Vec<RecipeColumn> {
    let mut columns: Vec<RecipeColumn> = Vec::new();
    let mut taken: HashMap<&'static str, String> = HashMap::new();
    for entry in entry.tables("column") {
        let name = entry.text("name");
        let Some(name) = entry.required("name", name, None) else {
            continue;
        };
        let role = entry.choice("role").unwrap_or(ColumnRole::Attribute);
        let column = RecipeColumn {
            attribute: entry.text("attribute"),
            activity: entry.text("activity"),
            kind: entry.choice("type"),
            level: entry.choice("level"),
            currency: entry.text("currency"),
            currency_column: entry.text("currency_column"),
            is_percent: entry.flag("percent").unwrap_or(false),
            ..RecipeColumn::of(name, role)
        };
        if column.activity.is_some() && role != ColumnRole::ActivityDate {
            let detail = say!("\"activity\" belongs to columns with the role \"activity_date\".");
            entry.file.note_at(&entry.placed("activity"), detail);
        }
        entry.finish();
        let name = column.name.clone();
        if columns.iter().any(|known| known.name == name) {
            entry.note(say!("The column \"{name}\" stands in the recipe twice.", name), None);
            continue;
        }
        let is_single = !matches!(role, ColumnRole::Attribute | ColumnRole::ActivityDate);
        if is_single && let Some(first) = taken.insert(word_of(role), column.name.clone()) {
            let role = word_of(role);
            let detail = say!(
                "\"{name}\" and \"{first}\" have the role \"{role}\"; only one column can have it.",
                name,
                first,
                role
            );
            entry.note(detail, None);
        }
        columns.push(column);
    }
    columns
}

fn activities(entry: &Entry<'_>) -> Vec<RecipeActivity> {
    let mut activities: Vec<RecipeActivity> = Vec::new();
    for entry in entry.tables("activity") {
        let label = entry.text("label");
        let label = entry.required("label", label, None);
        let (pipeline, activity) = (entry.text("pipeline"), entry.text("activity"));
        entry.finish();
        let Some(label) = label else { continue };
        let known = RecipeActivity { label, pipeline, activity };
        let is_same =
            |other: &RecipeActivity| other.label == known.label && other.pipeline == known.pipeline;
        if activities.iter().any(is_same) {
            let label = known.label.as_str();
            entry.note(say!("The label \"{label}\" stands in the recipe twice.", label), None);
            continue;
        }
        activities.push(known);
    }
    activities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_word() {
        for rule in ReadingRule::ALL {
            assert_eq!(word_of(rule), rule.name());
        }
    }
}
