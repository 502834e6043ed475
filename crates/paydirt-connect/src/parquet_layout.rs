//! How does a log lie in a Parquet file? The description that our own files carry, and the names
//! of their columns.
//!
//! One row for each event, the rows of a case together and in order, so that any tool reads the
//! file as a plain table. What a table cannot say stands as JSON in the file's key-value metadata
//! under `paydirt`.

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use paydirt_model::event_log::CaseNotion;
use serde::{Deserialize, Serialize};

/// The key of the description in the file's metadata.
pub(crate) const METADATA_KEY: &str = "paydirt";

/// The version of the layout that this program writes, and the newest that it reads.
pub(crate) const LAYOUT_VERSION: u32 = 1;

/// Column of the case id.
pub(crate) const CASE_COLUMN: &str = "case_id";
/// Column of the activity.
pub(crate) const ACTIVITY_COLUMN: &str = "activity";
/// Column of the effective time.
pub(crate) const TIME_COLUMN: &str = "time";
/// Column of the start; absent when no event has one.
pub(crate) const START_COLUMN: &str = "start";
/// Column of the recorded time; absent when it never differs.
pub(crate) const RECORDED_COLUMN: &str = "recorded_time";
/// Column of the offset from UTC in minutes; absent when all are UTC.
pub(crate) const OFFSET_COLUMN: &str = "utc_offset_minutes";
/// Column of the precision of the time; absent when all are instants.
pub(crate) const PRECISION_COLUMN: &str = "time_precision";
/// Column of the links to main cases, as JSON; absent when there are none.
pub(crate) const LINKS_COLUMN: &str = "linked_cases";

/// All column names that attributes may not take.
pub(crate) const RESERVED_COLUMNS: [&str; 8] = [
    CASE_COLUMN,
    ACTIVITY_COLUMN,
    TIME_COLUMN,
    START_COLUMN,
    RECORDED_COLUMN,
    OFFSET_COLUMN,
    PRECISION_COLUMN,
    LINKS_COLUMN,
];

/// What a file says about its log besides the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredLog {
    /// Version of the layout.
    pub(crate) version: u32,
    pub(crate) notion: CaseNotion,
    pub(crate) time_zone: String,
    pub(crate) as_of_us: Option<i64>,
    /// Position of the resource among the attributes.
    pub(crate) resource: Option<usize>,
    pub(crate) auxiliary: Vec<String>,
    pub(crate) attributes: Vec<StoredAttribute>,
    #[serde(default)]
    pub(crate) rates: Vec<StoredRate>,
}

/// One attribute and the columns that hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredAttribute {
    pub(crate) name: String,
    pub(crate) level: AttributeLevel,
    pub(crate) kind: AttributeType,
    pub(crate) scale: u8,
    pub(crate) column: String,
    /// Column of the currency of a money attribute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) currency_column: Option<String>,
}

/// One dated exchange rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredRate {
    /// Days since 1970-01-01.
    pub(crate) day: i64,
    pub(crate) from: String,
    pub(crate) to: String,
    /// The digits of the rate.
    pub(crate) mantissa: String,
    /// How many of them are after the point.
    pub(crate) scale: u8,
}

/// Gives out column names that differ even where capital letters do not count.
#[derive(Debug)]
pub(crate) struct ColumnNames {
    taken: Vec<String>,
}

impl ColumnNames {
    /// No name but the reserved ones is taken.
    pub(crate) fn new() -> Self {
        ColumnNames { taken: RESERVED_COLUMNS.map(str::to_owned).to_vec() }
    }

    /// The wanted name, else with the level behind it, else with a number too.
    pub(crate) fn take(&mut self, wanted: &str, level: AttributeLevel) -> String {
        let suffix = match level {
            AttributeLevel::Case => "case",
            AttributeLevel::Event => "event",
        };
        let numbered = (2_u64..).map(|number| format!("{wanted} ({suffix} {number})"));
        let mut candidates =
            [wanted.to_owned(), format!("{wanted} ({suffix})")].into_iter().chain(numbered);
        let free = candidates.find(|name| !self.taken.contains(&name.to_lowercase()));
        let name = free.expect("there is always a free number");
        self.taken.push(name.to_lowercase());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_collide() {
        let mut names = ColumnNames::new();
        let mut take = |name: &str, level| names.take(name, level);
        assert_eq!(take("region", AttributeLevel::Case), "region");
        assert_eq!(take("Region", AttributeLevel::Event), "Region (event)");
        assert_eq!(take("time", AttributeLevel::Event), "time (event)");
        assert_eq!(take("TIME", AttributeLevel::Event), "TIME (event 2)");
    }
}
