//! What are the columns of the tables of a log called, and of which types are they?

use arrow_schema::DataType;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};

/// Column of the case id, in the table of cases.
pub(super) const CASE_COLUMN: &str = "case_id";
/// Column of how many events a case has, in the table of cases.
pub(super) const COUNT_COLUMN: &str = "event_count";
/// Column of the main cases that a case is linked to; absent when the log has no links.
pub(super) const LINKED_COLUMN: &str = "linked_case_ids";
/// Column of the shares of a case that belong to them, in millionths.
pub(super) const SHARES_COLUMN: &str = "link_shares_millionths";

/// Column of the activity, in the table of events.
pub(super) const ACTIVITY_COLUMN: &str = "activity";
/// Column of the effective time.
pub(super) const TIME_COLUMN: &str = "time";
/// Column of the start; absent when no event has one.
pub(super) const START_COLUMN: &str = "start";
/// Column of the recorded time; absent when it never differs.
pub(super) const RECORDED_COLUMN: &str = "recorded_time";
/// Column of the offset from UTC in minutes; absent when all are UTC.
pub(super) const OFFSET_COLUMN: &str = "utc_offset_minutes";
/// Column of the precision of the time; absent when all are instants.
pub(super) const PRECISION_COLUMN: &str = "time_precision";

/// The names of the precisions, in the order of their codes.
pub(super) const PRECISION_NAMES: [&str; 3] = ["instant", "minute", "day"];

/// Column of the texts, in a table of texts.
pub(super) const TEXT_COLUMN: &str = "text";

const RESERVED_COLUMNS: [&str; 10] = [
    CASE_COLUMN,
    COUNT_COLUMN,
    LINKED_COLUMN,
    SHARES_COLUMN,
    ACTIVITY_COLUMN,
    TIME_COLUMN,
    START_COLUMN,
    RECORDED_COLUMN,
    OFFSET_COLUMN,
    PRECISION_COLUMN,
];

/// The columns of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnName {
    /// Of the values.
    pub(super) value: String,
    /// Of the currencies, where the values are money.
    pub(super) currency: Option<String>,
}

/// The columns of every attribute: their names, numbered where a table would have two that are
/// alike but for capital letters. Names of earlier attributes do not depend on later ones.
pub(super) fn column_names(attributes: &[Attribute]) -> Vec<ColumnName> {
    let mut taken: Vec<(AttributeLevel, String)> = Vec::new();
    for level in [AttributeLevel::Case, AttributeLevel::Event] {
        taken.extend(RESERVED_COLUMNS.map(|name| (level, name.to_owned())));
    }
    let mut take = |wanted: String, level: AttributeLevel| {
        let numbered = (2_u64..).map(|number| format!("{wanted} ({number})"));
        let is_free = |name: &String| !taken.contains(&(level, name.to_lowercase()));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(is_free);
        let name = name.expect("there is always a free number");
        taken.push((level, name.to_lowercase()));
        name
    };
    let names = attributes.iter().map(|attribute| {
        let value = take(attribute.name.clone(), attribute.level);
        let is_money = attribute.kind == AttributeType::Money;
        let currency = is_money.then(|| take(format!("{value} currency"), attribute.level));
        ColumnName { value, currency }
    });
    names.collect()
}

/// Whether values of a type have texts of their own (or currencies).
pub(super) fn has_texts(kind: AttributeType) -> bool {
    matches!(kind, AttributeType::Text | AttributeType::Money)
}

pub(super) fn dictionary_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

#[cfg(test)]
mod tests {
    use paydirt_model::column_source::AttributeTexts;

    use super::*;

    #[test]
    fn names_differ_within_a_table_and_do_not_depend_on_later_ones() {
        let attribute = |name: &str, level, kind| Attribute {
            name: name.to_owned(),
            level,
            kind,
            scale: 0,
            texts: AttributeTexts::none(),
            column_idx: 0,
            computed: false,
        };
        let attributes = [
            attribute("Region", AttributeLevel::Case, AttributeType::Text),
            attribute("region", AttributeLevel::Event, AttributeType::Text),
            attribute("TIME", AttributeLevel::Event, AttributeType::Integer),
            attribute("paid", AttributeLevel::Event, AttributeType::Money),
            attribute("REGION", AttributeLevel::Event, AttributeType::Text),
            attribute("Paid currency", AttributeLevel::Event, AttributeType::Text),
        ];
        let names = column_names(&attributes);
        let values: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
        let expected = ["Region", "region", "TIME (2)", "paid", "REGION (2)", "Paid currency (2)"];
        assert_eq!(values, expected);
        assert_eq!(names[3].currency.as_deref(), Some("paid currency"));
        assert_eq!(column_names(&attributes[..4]), names[..4]);
    }
}
