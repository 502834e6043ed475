//! Which rules does good data keep, how bad is it when they are broken, and how is it mended?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::library::choice::choice;
use crate::library::entry::Entry;
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
            name: name?,
            meaning: meaning.unwrap_or_default(),
            mend: mend.unwrap_or_default(),
        })
    }
}
