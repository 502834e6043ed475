//! Which rules of data quality does a log break, in which cases, at which step of the process, and
//! at whose records?
//!
//! One pass over the cases. What is kept does not grow with the log: counts by activity, owner and
//! source, and the first rows by case id.

pub(crate) mod probes;

use std::collections::{BTreeMap, BTreeSet};

use paydirt_model::attribute::{Attribute, AttributeIdx};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::language::Language;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::findings::probes::Probe;
use crate::library::Library;
use crate::library::quality::{CheckKind, Severity};

/// Values of a breakdown that are shown, the most frequent first.
const VALUES_MAX: usize = 20;

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

/// How many rows have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = quality::ValueCount)]
pub struct ValueCount {
    /// The value; none where it is blank.
    pub value: Option<String>,
    /// Rows that break the rule.
    pub count: u64,
}

/// A rule that a log breaks.
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
    /// Keys of the activities and attributes that it is about.
    pub about: Vec<String>,
    /// Rows that break the rule: events or cases, as the rule has it.
    pub count: u64,
    /// Rows that were looked at.
    pub looked_at: u64,
    /// Cases with such a row.
    pub cases: u64,
    /// By the activity at which it arises.
    pub by_activity: Vec<ValueCount>,
    /// By the owner of the record, where the log has owners.
    pub by_owner: Vec<ValueCount>,
    /// By the source system, where the log has one.
    pub by_source: Vec<ValueCount>,
    /// The first rows by case id.
    pub examples: Vec<BrokenRow>,
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
    /// Ids of the rules that were looked at: the log has what they speak of.
    pub looked_at: Vec<String>,
    /// What was found, the worst first.
    pub findings: Vec<Finding>,
}

/// What is asked of the rules.
#[derive(Debug, Clone)]
pub struct FindingWishes {
    /// Ids of the rules to look at; every one when there is none.
    pub rules: Vec<String>,
    /// Rows that are kept of each finding.
    pub rows_max: usize,
}

/// What to look for in the cases of a log.
pub struct FindingPlan<'l> {
    context: &'l LogContext,
    probes: Vec<Probe<'l>>,
    owner: Option<&'l Attribute>,
    source: Option<&'l Attribute>,
    /// Whether the log is one of the process: else what a rule of it finds is a notice.
    is_of_process: bool,
    wishes: FindingWishes,
}

/// What one check found in some of the cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Found {
    looked_at: u64,
    count: u64,
    cases: u64,
    by_activity: BTreeMap<usize, u64>,
    by_owner: BTreeMap<Option<u32>, u64>,
    by_source: BTreeMap<Option<u32>, u64>,
    rows: BTreeSet<BrokenRow>,
}

/// What was found in some of the cases; those of parts of a log are joined in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingCounts(Vec<Found>);

fn add<K: Ord>(into: &mut BTreeMap<K, u64>, other: BTreeMap<K, u64>) {
    for (key, count) in other {
        *into.entry(key).or_default() += count;
    }
}

impl Found {
    fn join(&mut self, other: Found, rows_max: usize) {
        self.looked_at += other.looked_at;
        self.count += other.count;
        self.cases += other.cases;
        add(&mut self.by_activity, other.by_activity);
        add(&mut self.by_owner, other.by_owner);
        add(&mut self.by_source, other.by_source);
        self.rows.extend(other.rows);
        while rows_max < self.rows.len() {
            self.rows.pop_last();
        }
    }
}

/// Where in a case a rule is broken.
struct Hit {
    event: usize,
    value: Option<String>,
}

impl<'l> FindingPlan<'l> {
    /// What the rules of a library look for in a log.
    #[must_use]
    pub fn new(library: &'l Library, context: &'l LogContext, wishes: FindingWishes) -> Self {
        let is_wanted = |key: &String| wishes.rules.is_empty() || wishes.rules.contains(key);
        let rules = library.rules.iter().filter(|rule| is_wanted(&rule.key));
        let checks = rules.flat_map(|rule| rule.checks.iter().map(move |check| (rule, check)));
        let probes = checks.flat_map(|(rule, check)| Probe::of(library, context, rule, check));
        let named = |key: Option<&str>| probes::attribute(library, context, key?);
        FindingPlan {
            probes: probes.collect(),
            owner: named(library.process.owner.as_deref()).or(context.resource_attribute()),
            source: named(library.process.source.as_deref()),
            is_of_process: probes::is_of_process(library, context),
            context,
            wishes,
        }
    }

    /// The attributes that must be loaded before cases are looked at.
    #[must_use]
    pub fn attributes(&self) -> Vec<AttributeIdx> {
        let probed = self.probes.iter().flat_map(|probe| probe.attributes.iter().copied());
        let wanted: Vec<&Attribute> = probed.chain(self.owner).chain(self.source).collect();
        let all = self.context.attributes.iter().enumerate();
        let is_wanted =
            |attribute: &Attribute| wanted.iter().any(|one| std::ptr::eq(*one, attribute));
        let used = all.filter(|(_, attribute)| is_wanted(attribute));
        used.map(|(idx, _)| AttributeIdx(idx)).collect()
    }

    /// Nothing found yet.
    #[must_use]
    pub fn nothing(&self) -> FindingCounts {
        FindingCounts(vec![Found::default(); self.probes.len()])
    }

    /// What both found.
    #[must_use]
    pub fn joined(&self, mut counts: FindingCounts, other: FindingCounts) -> FindingCounts {
        for (found, other) in counts.0.iter_mut().zip(other.0) {
            found.join(other, self.wishes.rows_max);
        }
        counts
    }

    /// Looks at cases.
    #[must_use]
    pub fn observe(&self, batch: &CaseBatch<'_>) -> FindingCounts {
        let mut counts = self.nothing();
        let mut hits = Vec::new();
        batch.for_each(|case| {
            for (probe, found) in self.probes.iter().zip(&mut counts.0) {
                hits.clear();
                found.looked_at += probe.look(self.context, &case, &mut hits);
                found.cases += u64::from(!hits.is_empty());
                for hit in hits.drain(..) {
                    self.note(probe, found, &case, hit);
                }
            }
        });
        counts
    }

    fn note(&self, probe: &Probe<'_>, found: &mut Found, case: &Case<'_>, hit: Hit) {
        let code = case.activities()[hit.event];
        found.count += 1;
        *found.by_activity.entry(code.idx()).or_default() += 1;
        let text = |attribute: &Attribute| {
            let (column, place) = case.cell(attribute, hit.event);
            column.text_code(place)
        };
        if let Some(owner) = self.owner {
            *found.by_owner.entry(text(owner)).or_default() += 1;
        }
        if let Some(source) = self.source {
            *found.by_source.entry(text(source)).or_default() += 1;
        }
        let is_full = found.rows.len() == self.wishes.rows_max;
        if is_full && found.rows.last().is_none_or(|last| last.case.as_str() < case.id()) {
            return;
        }
        found.rows.insert(BrokenRow {
            case: case.id().to_owned(),
            event: hit.event as u64 + 1,
            activity: self.context.activities.name(code).to_owned(),
            time: Timestamp::from_us(case.times_us()[hit.event])
                .expect("times of a log are in range"),
            attribute: probe.attributes.first().map(|attribute| attribute.name.clone()),
            value: hit.value,
        });
        if self.wishes.rows_max < found.rows.len() {
            found.rows.pop_last();
        }
    }

    /// The answer: what was found, in the words of a language.
    #[must_use]
    pub fn answer(&self, counts: FindingCounts, language: Language) -> Findings {
        let mut looked_at: Vec<String> =
            self.probes.iter().map(|probe| probe.rule.key.clone()).collect();
        looked_at.dedup();
        let found = self.probes.iter().zip(counts.0);
        let told = found.filter(|(probe, found)| probe.is_finding(found.count, found.looked_at));
        let mut findings: Vec<Finding> =
            told.map(|(probe, found)| self.finding(probe, found, language)).collect();
        findings.sort_by_key(|finding| finding.severity);
        Findings {
            cases: self.context.case_count,
            events: self.context.event_count,
            is_of_process: self.is_of_process,
            looked_at,
            findings,
        }
    }

    fn finding(&self, probe: &Probe<'_>, found: Found, language: Language) -> Finding {
        let rule = probe.rule;
        let is_mild = rule.of_process && !self.is_of_process;
        let texts = |attribute: Option<&Attribute>, counts: BTreeMap<Option<u32>, u64>| {
            let Some(attribute) = attribute else { return Vec::new() };
            let text = |code: u32| attribute.texts.get(code as usize).to_owned();
            most_frequent(counts.into_iter().map(|(code, count)| (code.map(text), count)))
        };
        let names = self.context.activities.names();
        let activities = found.by_activity.into_iter();
        let activities = activities.map(|(idx, count)| (names.get(idx).cloned(), count));
        Finding {
            rule: rule.key.clone(),
            severity: if is_mild { Severity::Notice } else { rule.severity },
            check: probe.check.kind,
            name: rule.name.get(language).to_owned(),
            meaning: rule.meaning.get(language).to_owned(),
            mend: rule.mend.get(language).to_owned(),
            about: probe.about.clone(),
            count: found.count,
            looked_at: found.looked_at,
            cases: found.cases,
            by_activity: most_frequent(activities),
            by_owner: texts(self.owner, found.by_owner),
            by_source: texts(self.source, found.by_source),
            examples: found.rows.into_iter().collect(),
        }
    }
}

/// The most frequent values; of equal ones by name.
fn most_frequent(counts: impl Iterator<Item = (Option<String>, u64)>) -> Vec<ValueCount> {
    let mut all: Vec<ValueCount> =
        counts.map(|(value, count)| ValueCount { value, count }).collect();
    all.sort_by(|left, right| {
        right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value))
    });
    all.truncate(VALUES_MAX);
    all
}
