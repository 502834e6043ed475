//! How does the next file become the same log? A recipe is a TOML file that says so, whole: which
//! files, how they are read, what each column is, what labels mean, and where the events go.

mod reading;
mod writing;

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::automatic::ReadingRules;
use paydirt_model::mapping::{AttributeMapping, ColumnRole, DateOrder, RowMeaning};
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The version of the format that is written.
pub const FORMAT_VERSION: i64 = 1;

/// Longest recipe that is read, in bytes.
pub const RECIPE_BYTES_MAX: usize = 4 << 20;

/// What becomes of the events of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecipeMode {
    /// They are a new log.
    New,
    /// They are added to those of the log; all are kept.
    Append,
    /// They are added to those of the log; those of equal key are replaced.
    Upsert,
    /// They take the place of all events of the log.
    Replace,
}

/// What becomes of columns that are not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OtherColumns {
    /// They are read as usual.
    Read,
    /// They are left out, which is noted; and those that are named must be there.
    LeaveOut,
}

/// To what the values of a column belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnLevel {
    /// To the case.
    Case,
    /// To the event.
    Event,
    /// To both: the value at each event, and the latest one for the case.
    History,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipeColumn {
    /// Its name in the file.
    pub name: String,
    /// What it is.
    pub role: ColumnRole,
    /// What its attribute is called in the log, where it has another name there.
    pub attribute: Option<String>,
    /// The activity that happened on its dates.
    pub activity: Option<String>,
    /// Type of its values.
    pub kind: Option<AttributeType>,
    /// To what they belong.
    pub level: Option<ColumnLevel>,
    /// Currency of its amounts.
    pub currency: Option<String>,
    /// Column with the currency of each amount.
    pub currency_column: Option<String>,
    /// Whether its numbers are percentages without a sign.
    pub is_percent: bool,
}

impl RecipeColumn {
    /// A column with a role, of which nothing else is said.
    #[must_use]
    pub fn of(name: impl Into<String>, role: ColumnRole) -> Self {
        RecipeColumn {
            name: name.into(),
            role,
            attribute: None,
            activity: None,
            kind: None,
            level: None,
            currency: None,
            currency_column: None,
            is_percent: false,
        }
    }

    /// Whether it becomes an attribute of the log.
    #[must_use]
    pub fn is_attribute(&self) -> bool {
        match self.role {
            ColumnRole::Attribute
            | ColumnRole::Resource
            | ColumnRole::Lifecycle
            | ColumnRole::Instance => true,
            ColumnRole::Case
            | ColumnRole::Activity
            | ColumnRole::Time
            | ColumnRole::Start
            | ColumnRole::ActivityDate => false,
        }
    }

    /// The attributes that it becomes.
    #[must_use]
    pub fn attributes(&self) -> Vec<AttributeMapping> {
        if !self.is_attribute() {
            return Vec::new();
        }
        let of_level = |level| AttributeMapping {
            column: self.name.clone(),
            name: self.attribute.clone(),
            kind: self.kind,
            level,
            currency: self.currency.clone(),
            currency_column: self.currency_column.clone(),
        };
        match self.level {
            None => vec![of_level(None)],
            Some(ColumnLevel::Case) => vec![of_level(Some(AttributeLevel::Case))],
            Some(ColumnLevel::Event) => vec![of_level(Some(AttributeLevel::Event))],
            Some(ColumnLevel::History) => {
                [AttributeLevel::Case, AttributeLevel::Event].map(Some).map(of_level).into()
            }
        }
    }
}

/// What a label of an activity means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipeActivity {
    /// The label.
    pub label: String,
    /// The pipeline of which it is a stage, where it means this only there.
    pub pipeline: Option<String>,
    /// Key of the activity; without one the label keeps its name.
    pub activity: Option<String>,
}

/// How the bytes of a file are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecipeSource {
    /// Text encoding by name.
    pub encoding: Option<String>,
    /// Character between cells; `tab` for the tabulator.
    pub delimiter: Option<String>,
    /// Whether the first row names the columns (`true`) or none does.
    pub has_header: Option<bool>,
    /// The row that names the columns.
    pub header_row: Option<u32>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The file of an archive or a folder.
    pub member: Option<String>,
    /// XES classifier.
    pub classifier: Option<String>,
    /// Object type of an object-centric log.
    pub object_type: Option<String>,
    /// Whether starts and completes are paired.
    pub pairs_lifecycle: bool,
}

/// How dates are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecipeTimes {
    /// IANA zone of times without an offset.
    pub zone: Option<String>,
    /// Date format such as `%d.%m.%Y`.
    pub format: Option<String>,
    /// What is written first where day and month are numbers.
    pub order: Option<DateOrder>,
}

/// How files become a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportRecipe {
    /// The files, by name; `*` stands for any letters.
    pub files: Vec<String>,
    /// Name of the log.
    pub log: Option<String>,
    /// What becomes of the events.
    pub mode: Option<RecipeMode>,
    /// Columns that identify an event.
    pub key: Vec<String>,
    /// The process of the library as one of which tables are read; `-` for none.
    pub process: Option<String>,
    /// What a row is.
    pub row: Option<RowMeaning>,
    /// Column of the pipeline.
    pub pipeline_column: Option<String>,
    /// What becomes of columns that are not named.
    pub other_columns: Option<OtherColumns>,
    /// How the bytes are read.
    pub source: RecipeSource,
    /// How dates are read.
    pub times: RecipeTimes,
    /// Which automatic readings are switched off; the columns of it are said with the columns.
    pub rules: ReadingRules,
    /// The columns.
    pub columns: Vec<RecipeColumn>,
    /// What labels mean.
    pub activities: Vec<RecipeActivity>,
}

impl ImportRecipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// Every mistake in it, with its line and what was expected.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        reading::read(name, text)
    }

    /// The recipe as a file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        writing::to_toml(self)
    }
}

/// Whether a file is meant by a name in which `*` stands for any letters.
#[must_use]
pub fn is_meant(name: &str, file: &str) -> bool {
    let mut parts = name.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = file.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (name, file, expected) in [
            ("deals.csv", "deals.csv", true),
            ("deals.csv", "deals.csv2", false),
            ("deals-*.csv", "deals-2026-01.csv", true),
            ("deals-*.csv", "deals-.csv", true),
            ("deals-*.csv", "orders-1.csv", false),
            ("*", "見積.csv", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b", "ab", true),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(is_meant(name, file), expected, "{name} {file}");
        }
    }
}
