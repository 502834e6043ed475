//! What is said of the rules of data quality: which were looked at, what they found, and where?

use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::library::coverage::NeedKind;
use crate::library::quality::{CheckKind, CheckStep, Severity};

/// A row that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[schema(as = quality::BrokenRow)]
pub struct BrokenRow {
    /// Id of the case.
    pub case: String,
    /// Number of the event in its case, from 1; where the whole case breaks the rule, that of the
    /// event at which it does.
    pub event: u64,
    /// The activity of that event.
    pub activity: String,
    /// Its time.
    pub time: Timestamp,
    /// Attribute of which the value is missing or wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// The value that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A row of a file that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::FileRow)]
pub struct FileRow {
    /// Line in the file, from 1; 0 where the format has no lines.
    pub row: u64,
    /// The cell, where the file is a workbook, such as `Sheet1!C17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The column; empty where the whole row is concerned.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong, or what was made of it.
    pub what: String,
}

/// How many rows have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::ValueCount)]
pub struct ValueCount {
    /// The value; none where it is blank.
    pub value: Option<String>,
    /// Rows that break the rule.
    pub count: u64,
}

/// A filter that keeps cases that break a rule, as analyses take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::CasesFilter)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CasesFilter {
    /// Those with a blank attribute.
    AttributeIn {
        /// The attribute of the case.
        attribute: String,
        /// Always `case`.
        level: &'static str,
        /// A blank.
        values: [Option<String>; 1],
    },
    /// Those with one of these activities.
    ActivityContains {
        /// The activities.
        activities: Vec<String>,
    },
    /// Those with none of these activities.
    ActivityNotContains {
        /// The activities.
        activities: Vec<String>,
    },
    /// Those in which an activity repeats.
    Repeats {
        /// The activity.
        activity: String,
    },
    /// Those with so many events.
    EventCount {
        /// Most events.
        max: u64,
    },
    /// These cases.
    CaseIds {
        /// Their ids.
        ids: Vec<String>,
    },
}

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::Finding)]
pub struct Finding {
    /// Id of the rule.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is looked for.
    pub check: CheckKind,
    /// What the rule is called.
    pub name: String,
    /// What a finding means.
    pub meaning: String,
    /// How it is mended at the source.
    pub mend: String,
    /// What the activities and attributes that it is about are called.
    pub about: Vec<String>,
    /// Rows that break the rule: events, cases or rows of the file, as the rule has it.
    pub count: u64,
    /// Rows that were looked at.
    pub looked_at: u64,
    /// Cases with such a row; none where it is not about cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<u64>,
    /// Filters that together keep these cases; `case_ids` where only the first of them can be
    /// named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<CasesFilter>,
    /// By the activity at which it arises.
    pub by_activity: Vec<ValueCount>,
    /// By the owner of the record, where the log has owners.
    pub by_owner: Vec<ValueCount>,
    /// By the source system, where the log has one.
    pub by_source: Vec<ValueCount>,
    /// The first rows by case id.
    pub examples: Vec<BrokenRow>,
    /// The first rows of the file, where it was found when the file was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub file_rows: Vec<FileRow>,
    /// What is said of the log as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::RuleState)]
#[serde(rename_all = "snake_case")]
pub enum RuleState {
    /// Something breaks it.
    Broken,
    /// Nothing breaks it.
    Kept,
    /// It could not be looked at: something that it speaks of is not there.
    NotChecked,
}

/// Something that must be there before a rule can be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::Missing)]
pub struct Missing {
    /// What it is.
    pub kind: NeedKind,
    /// Its key in the library.
    pub key: String,
    /// What it is called.
    pub name: String,
}

/// A rule, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::RuleOutcome)]
pub struct RuleOutcome {
    /// Its id.
    pub rule: String,
    /// How bad it is when it is broken.
    pub severity: Severity,
    /// When it is looked at.
    pub steps: Vec<CheckStep>,
    /// What it is called.
    pub name: String,
    /// What a finding means.
    pub meaning: String,
    /// What became of it.
    pub state: RuleState,
    /// What is missing where it was not looked at: one of each list would be enough. None where
    /// it is looked at when a file is read, and there is no report of that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Vec<Missing>>,
}

/// What the rules find in a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::Findings)]
pub struct Findings {
    /// Cases of the log.
    pub cases: u64,
    /// Events of the log.
    pub events: u64,
    /// Whether the log is one of the process; else what a rule of it finds is a notice.
    pub is_of_process: bool,
    /// Every rule of the library, and what became of it.
    pub rules: Vec<RuleOutcome>,
    /// What was found, the worst first.
    pub findings: Vec<Finding>,
}

impl Findings {
    /// How many rules have a state.
    #[must_use]
    pub fn rules_that_are(&self, state: RuleState) -> usize {
        self.rules.iter().filter(|rule| rule.state == state).count()
    }
}
