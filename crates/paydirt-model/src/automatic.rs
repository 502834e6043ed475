//! What was read otherwise than it stands in a file, by which stated rule, and which of the rules
//! are switched off?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::sentence::Sentence;

/// A rule by which something in a table is read otherwise than it stands there, or left out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReadingRule {
    /// Lines above the row that names the columns are no data.
    TitleLines,
    /// A row that repeats the names of the columns is no data.
    RepeatedHeaders,
    /// A row of totals or subtotals is no data.
    TotalRows,
    /// Lines that end a report, such as a copyright, are no data.
    FooterLines,
    /// Words such as `N/A` stand for a missing value.
    BlankWords,
    /// A comma divides the whole part of a number from its fraction.
    DecimalCommas,
    /// Digits are grouped by threes.
    GroupedDigits,
    /// `(1,234.50)` and `1,234.50-` are negative numbers.
    NegativeNumbers,
    /// `12.5 %` is the number 0.125.
    Percents,
    /// The sign or code of a currency in a cell makes it an amount.
    CellCurrencies,
    /// Numbers in a column of dates are days counted by a spreadsheet.
    SerialDates,
    /// Ids that a spreadsheet has damaged are refused, or doubted.
    DamagedIds,
    /// The rows of the made-up deal that comes with a data template are no data.
    ExampleRows,
}

impl ReadingRule {
    /// All rules, in the order in which they are told.
    pub const ALL: [ReadingRule; 13] = [
        ReadingRule::TitleLines,
        ReadingRule::RepeatedHeaders,
        ReadingRule::TotalRows,
        ReadingRule::FooterLines,
        ReadingRule::BlankWords,
        ReadingRule::DecimalCommas,
        ReadingRule::GroupedDigits,
        ReadingRule::NegativeNumbers,
        ReadingRule::Percents,
        ReadingRule::CellCurrencies,
        ReadingRule::SerialDates,
        ReadingRule::DamagedIds,
        ReadingRule::ExampleRows,
    ];

    /// The stable name, as in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ReadingRule::TitleLines => "title_lines",
            ReadingRule::RepeatedHeaders => "repeated_headers",
            ReadingRule::TotalRows => "total_rows",
            ReadingRule::FooterLines => "footer_lines",
            ReadingRule::BlankWords => "blank_words",
            ReadingRule::DecimalCommas => "decimal_commas",
            ReadingRule::GroupedDigits => "grouped_digits",
            ReadingRule::NegativeNumbers => "negative_numbers",
            ReadingRule::Percents => "percents",
            ReadingRule::CellCurrencies => "cell_currencies",
            ReadingRule::SerialDates => "serial_dates",
            ReadingRule::DamagedIds => "damaged_ids",
            ReadingRule::ExampleRows => "example_rows",
        }
    }

    /// Whether it gives a value another meaning than its characters have, so that an answer which
    /// was asked of the file alone has to tell it. Digits that are grouped mean the same.
    #[must_use]
    pub fn changes_values(self) -> bool {
        self != ReadingRule::GroupedDigits
    }

    /// The rule of data quality that it belongs to, by its stable id.
    #[must_use]
    pub fn quality_rule(self) -> Option<&'static str> {
        match self {
            ReadingRule::TitleLines
            | ReadingRule::RepeatedHeaders
            | ReadingRule::TotalRows
            | ReadingRule::FooterLines => Some("DQ-06"),
            ReadingRule::DecimalCommas
            | ReadingRule::GroupedDigits
            | ReadingRule::NegativeNumbers
            | ReadingRule::CellCurrencies
            | ReadingRule::SerialDates => Some("DQ-07"),
            ReadingRule::Percents => Some("DQ-25"),
            ReadingRule::DamagedIds => Some("DQ-05"),
            ReadingRule::BlankWords | ReadingRule::ExampleRows => None,
        }
    }
}

/// Which sign divides the whole part of numbers from their fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `1,234.50`.
    Point,
    /// `1.234,50`.
    Comma,
}

/// From which day a spreadsheet counts the days of its dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum SerialSystem {
    /// 1 is 1 January 1900, as in nearly every workbook.
    #[default]
    #[serde(rename = "1900")]
    From1900,
    /// 0 is 1 January 1904, as in workbooks of old Macintosh computers.
    #[serde(rename = "1904")]
    From1904,
}

/// Which automatic readings are switched off, and what is chosen where a rule has a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReadingRules {
    /// Rules that are switched off: what they are about is read as it stands in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<ReadingRule>,
    /// The words that stand for a missing value, instead of the usual ones; capitals do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank_words: Option<Vec<String>>,
    /// What divides the whole part of every number from its fraction; found column by column when
    /// not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalSign>,
    /// From when days are counted where dates are numbers; 1900 when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_dates: Option<SerialSystem>,
    /// Columns whose values are texts whatever they look like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text_columns: Vec<String>,
    /// Columns of percentages without a percent sign: 12.5 is the share 0.125.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub percent_columns: Vec<String>,
}

impl ReadingRules {
    /// Every rule is followed.
    #[must_use]
    pub fn all() -> Self {
        ReadingRules::default()
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == ReadingRules::default()
    }

    /// Whether a rule is followed.
    #[must_use]
    pub fn follows(&self, rule: ReadingRule) -> bool {
        !self.off.contains(&rule)
    }
}

/// Most examples of one automatic reading.
pub const READING_EXAMPLES_MAX: usize = 100;

/// A place of an automatic reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadingExample {
    /// Line in the file, from 1; the first of several.
    pub row: u64,
    /// What stands there, cut to 100 characters.
    pub value: String,
    /// How many cells or rows it is an example of: 1, or all with this word.
    pub count: u64,
}

/// Something that was read otherwise than it stands in the file, or left out, by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AutomaticReading {
    /// The rule, which can be switched off by this name.
    pub rule: ReadingRule,
    /// The rule of data quality, such as `DQ-06`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality_rule: Option<String>,
    /// The column; none where whole rows are concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// How many rows or cells.
    pub count: u64,
    /// What was found, and what was made of it.
    #[schema(value_type = String)]
    pub what: Sentence,
    /// The first places, at most 100.
    pub examples: Vec<ReadingExample>,
}

impl AutomaticReading {
    /// A reading of a rule.
    #[must_use]
    pub fn of(
        rule: ReadingRule,
        column: Option<&str>,
        count: u64,
        what: Sentence,
        mut examples: Vec<ReadingExample>,
    ) -> Self {
        examples.truncate(READING_EXAMPLES_MAX);
        AutomaticReading {
            rule,
            quality_rule: rule.quality_rule().map(str::to_owned),
            column: column.map(str::to_owned),
            count,
            what,
            examples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_called_the_same_everywhere() {
        for rule in ReadingRule::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
        }
    }

    #[test]
    fn rules_that_nobody_changed_are_not_written() {
        assert_eq!(serde_json::to_string(&ReadingRules::all()).unwrap(), "{}");
        let rules: ReadingRules =
            serde_json::from_str(r#"{"off": ["footer_lines"], "serial_dates": "1904"}"#).unwrap();
        assert!(!rules.follows(ReadingRule::FooterLines));
        assert!(rules.follows(ReadingRule::TitleLines));
        assert_eq!(rules.serial_dates, Some(SerialSystem::From1904));
        assert!(serde_json::from_str::<ReadingRules>(r#"{"of": []}"#).is_err());
    }
}
