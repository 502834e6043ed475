//! Which rules does good data keep, how bad is it when they are broken, and how is it mended?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::library::choice::choice;
use crate::library::coverage::{Need, needs};
use crate::library::entry::Entry;
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

choice! {
    /// How bad a finding is, from worst to mildest.
    Severity {
        /// Nothing can be imported.
        Blocks = "blocks",
        /// The row or value is left out.
        Rejects = "rejects",
        /// Figures may be wrong.
        Warning = "warning",
        /// Worth knowing.
        Notice = "notice",
    }
}

choice! {
    /// When a rule is looked at.
    CheckStep {
        /// When a template is checked.
        Check = "check",
        /// When a file is read.
        Upload = "upload",
        /// When columns, stages and activities are mapped.
        Map = "map",
        /// When events are derived and joined.
        Build = "build",
        /// On the page of data quality.
        Quality = "quality",
        /// On the page of freshness.
        Freshness = "freshness",
    }
}

choice! {
    /// What is looked for in the cases of a log. What it is about stands beside it.
    CheckKind {
        /// A case with one of `after` (any case where there is none) has no value of `attributes`.
        NoValue = "no_value",
        /// A case with one of `after` (any case where there is none) has no event of `activities`;
        /// with `quiet_days_min` only if nothing happened in it for so long before the data end.
        NoEvent = "no_event",
        /// A case has more than one event of `activities`.
        MoreThanOne = "more_than_one",
        /// The first of `activities` (any event where there is none) precedes the first of `after`.
        Precedes = "precedes",
        /// A case with one of `after` (any case where there is none) has an amount of `attributes`
        /// that is 0, less, or no number.
        NotPositive = "not_positive",
        /// A number of `attributes` is above 1.
        AboveOne = "above_one",
        /// An amount of `attributes` has no currency.
        NoCurrency = "no_currency",
        /// A value of `attributes` is one of `values`, and the case has an event of `activities`
        /// and none of `after`.
        Contradiction = "contradiction",
        /// A text of `attributes` has one of the words `values`.
        Word = "word",
        /// An event has the activity and the time of an earlier one of its case.
        RepeatedEvent = "repeated_event",
        /// The time of an event is before `first_year`, or `days_after_max` after the data end.
        OutOfTime = "out_of_time",
        /// An event ends before it begins.
        Negative = "negative",
        /// The time of an event is known to the day only.
        DayOnly = "day_only",
        /// The activity of an event is not in the library.
        UnknownActivity = "unknown_activity",
        /// A case has one event.
        SingleEvent = "single_event",
        /// A case has no value of a column that the library does not know; one finding each.
        OftenBlank = "often_blank",
        /// A log of the process has no column of `attributes`.
        NoColumn = "no_column",
        /// Two columns of the file have the same name.
        TwinColumn = "twin_column",
        /// A value of `attributes` stands in no row of the table that is the setting, in one of its
        /// columns `values`.
        UnknownValue = "unknown_value",
        /// The events of a case have different values of `attributes`, which belong to the case.
        Varies = "varies",
        /// A text of `attributes` is no payment terms.
        NoTerms = "no_terms",
        /// A text of `attributes` is an id and no name: it has more digits than letters.
        IdOnly = "id_only",
        /// The currency of an amount of `attributes` stands in no row of the table that is the
        /// setting, in one of its columns `values`.
        NoRate = "no_rate",
        /// A time of `attributes` is more than `days_max` from the last of `activities`.
        FarFrom = "far_from",
        /// A duration of `attributes` differs by more than `days_max` from the time between the
        /// first of `after` and the last of `activities`.
        DurationDiffers = "duration_differs",
        /// In a case with one of `after`, the sum of the first of `attributes` over `activities`
        /// differs by more than `share_max_per_cent` from the second.
        SumDiffers = "sum_differs",
        /// For one value of the third of `attributes`, the sum of the first over `after` exceeds
        /// that of the second over `activities` by more than the share that is the setting.
        SumExceeds = "sum_exceeds",
        /// Of the events of an activity, more than `share_max_per_cent` have one of `values`.
        Often = "often",
        /// A value of `attributes` is there at more than one event of `activities`.
        UsedTwice = "used_twice",
        /// More than `share_max_per_cent` of the events of a day are in one second, and at least
        /// `events_min`.
        Crowded = "crowded",
        /// No event of any case for more than `days_max`.
        Gap = "gap",
        /// The data end more than `days_max` before today.
        OldData = "old_data",
        /// Cases or events are more or less by `share_max_per_cent` than in the version before.
        Changed = "changed",
        /// The report of the import has rows or readings of the kinds `values`.
        Report = "report",
    }
}

/// What a rule looks for in the cases of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::RuleCheck)]
pub struct RuleCheck {
    /// What is looked for.
    pub kind: CheckKind,
    /// Keys of the activities that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<String>,
    /// Keys of the activities that must have happened, or that come later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Keys of the attributes that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    /// Values or words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Key of the setting that decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
}

impl RuleCheck {
    fn read(reading: &mut Reading, entry: &Entry<'_>) -> Option<RuleCheck> {
        let kind = entry.choice("kind");
        let kind = entry.required("kind", kind, None);
        let mut keys = |field: &'static str, subject: Subject| -> Vec<String> {
            let list = entry.list(field).unwrap_or_default();
            list.iter().for_each(|key| reading.refers(subject, key));
            list.into_iter().map(|key| key.value).collect()
        };
        let activities = keys("activities", Subject::Activity);
        let after = keys("after", Subject::Activity);
        let attributes = keys("attributes", Subject::Attribute);
        let values = entry.plain_list("values").unwrap_or_default();
        let setting = entry.placed_text("setting");
        entry.finish();
        if let Some(setting) = &setting {
            reading.refers(Subject::Setting, setting);
        }
        let setting = setting.map(|setting| setting.value);
        Some(RuleCheck { kind: kind?, activities, after, attributes, values, setting })
    }
}

/// One rule of data quality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::QualityRule)]
pub struct QualityRule {
    /// Its id, which never changes.
    pub key: String,
    /// How bad a finding is.
    pub severity: Severity,
    /// When the rule is looked at.
    pub steps: Vec<CheckStep>,
    /// Whether it speaks of an activity or attribute of the process, so that it holds only for
    /// logs of the process and is a notice for others.
    pub of_process: bool,
    /// Its limits, by name; units are in the names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, i64>,
    /// What it looks for in the cases of a log; one finding each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<RuleCheck>,
    /// What must be there beside that: one of each list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Vec<Need>>,
    /// What it is called.
    pub name: Texts,
    /// What a finding means.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
    /// How it is mended at the source.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub mend: Texts,
}

impl QualityRule {
    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&QualityRule>,
    ) -> Option<QualityRule> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let severity = entry.choice("severity");
        let severity = entry.required("severity", severity, known.map(|known| known.severity));
        let steps = entry.choices("steps");
        let steps = entry.required("steps", steps, known.map(|known| known.steps.clone()));
        let of_process = entry.flag("of_process");
        let limits = entry.wholes("limits").unwrap_or_default();
        let tables = entry.tables("check");
        let checks: Vec<RuleCheck> =
            tables.iter().filter_map(|check| RuleCheck::read(reading, check)).collect();
        let given = (!tables.is_empty()).then_some(checks);
        let needs = needs(reading, entry);
        let meaning = entry.texts("meaning", known.map(|known| &known.meaning));
        let mend = entry.texts("mend", known.map(|known| &known.mend));
        entry.finish();
        let mut all = known.map(|known| known.limits.clone()).unwrap_or_default();
        all.extend(limits);
        Some(QualityRule {
            key: key.to_owned(),
            severity: severity?,
            steps: steps?,
            of_process: of_process.or(known.map(|known| known.of_process)).unwrap_or(false),
            limits: all,
            checks: given.or(known.map(|known| known.checks.clone())).unwrap_or_default(),
            needs: needs.or(known.map(|known| known.needs.clone())).unwrap_or_default(),
            name: name?,
            meaning: meaning.unwrap_or_default(),
            mend: mend.unwrap_or_default(),
        })
    }
}
