//! Which rules of data quality does a log break, in which cases, at which step of the process, and
//! at whose records?
//!
//! One pass over the cases; where a rule turns on what all of them have together, others before.
//! What is kept does not grow with the log: counts by activity, owner and source, days, and the
//! first rows by case id. Only a value that may be used once is remembered for all of them.

pub mod answer;
mod filters;
pub(crate) mod probes;
pub mod survey;
mod telling;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use paydirt_model::attribute::{Attribute, AttributeIdx};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::mapping::ImportReport;
use paydirt_model::time::Timestamp;

use crate::findings::answer::BrokenRow;
use crate::findings::probes::Probe;
use crate::findings::survey::Survey;
use crate::library::Library;
use crate::library::chosen::ChosenSettings;
use crate::library::quality::CheckKind;

/// Cases of a finding that are named where no filter keeps them.
const CASE_IDS_MAX: usize = 100;

/// What is asked of the rules.
#[derive(Debug, Clone)]
pub struct FindingWishes {
    /// Ids of the rules to look at; every one when there is none.
    pub rules: Vec<String>,
    /// Rows that are kept of each finding.
    pub rows_max: usize,
}

/// How large a log was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeBefore {
    /// Its cases.
    pub cases: u64,
    /// Its events.
    pub events: u64,
}

/// What is known of a log beside its cases.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'l> {
    /// What was chosen about its analysis.
    pub settings: &'l ChosenSettings,
    /// The report of its import.
    pub report: Option<&'l ImportReport>,
    /// Today.
    pub now: Option<Timestamp>,
    /// The version before.
    pub before: Option<SizeBefore>,
}

/// What to look for in the cases of a log.
pub struct FindingPlan<'l> {
    library: &'l Library,
    context: &'l LogContext,
    around: Surroundings<'l>,
    probes: Vec<Probe<'l>>,
    owner: Vec<&'l Attribute>,
    source: Vec<&'l Attribute>,
    /// Whether the log is one of the process: else what a rule of it finds is a notice.
    is_of_process: bool,
    wishes: FindingWishes,
}

/// A text by its attribute, of several of one meaning, and its code there.
type Named = Option<(usize, u32)>;

/// What one check found in some of the cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Found {
    looked_at: u64,
    count: u64,
    cases: u64,
    by_activity: BTreeMap<usize, u64>,
    by_owner: BTreeMap<Named, u64>,
    by_source: BTreeMap<Named, u64>,
    rows: BTreeSet<BrokenRow>,
    /// The first cases by id.
    case_ids: BTreeSet<String>,
}

/// What was found in some of the cases; those of parts of a log are joined in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingCounts(Vec<Found>);

fn add<K: Ord>(into: &mut BTreeMap<K, u64>, other: BTreeMap<K, u64>) {
    for (key, count) in other {
        *into.entry(key).or_default() += count;
    }
}

/// Keeps the first of a set.
fn cut<T: Ord>(set: &mut BTreeSet<T>, max: usize) {
    while max < set.len() {
        set.pop_last();
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
        self.case_ids.extend(other.case_ids);
        cut(&mut self.rows, rows_max);
        cut(&mut self.case_ids, CASE_IDS_MAX);
    }

    /// Counts a case that breaks the rule.
    fn has_case(&mut self, id: &str) {
        self.cases += 1;
        let is_full = self.case_ids.len() == CASE_IDS_MAX;
        if is_full && self.case_ids.last().is_none_or(|last| last.as_str() < id) {
            return;
        }
        self.case_ids.insert(id.to_owned());
        cut(&mut self.case_ids, CASE_IDS_MAX);
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
    pub fn new(
        library: &'l Library,
        context: &'l LogContext,
        around: Surroundings<'l>,
        wishes: FindingWishes,
    ) -> Self {
        let is_wanted = |key: &String| wishes.rules.is_empty() || wishes.rules.contains(key);
        let rules = library.rules.iter().filter(|rule| is_wanted(&rule.key));
        let checks = rules.flat_map(|rule| rule.checks.iter().map(move |check| (rule, check)));
        let names = probes::Names::new(library, context);
        let probes = checks.flat_map(|(rule, check)| {
            Probe::of(library, &names, context, around.settings, (rule, check))
        });
        let probes = probes.collect();
        let named = |key: Option<&str>| key.map_or(Vec::new(), |key| names.attributes(key));
        let mut owner = named(library.process.owner.as_deref());
        owner.extend(context.resource_attribute().filter(|_| owner.is_empty()));
        FindingPlan {
            library,
            probes,
            owner,
            source: named(library.process.source.as_deref()),
            is_of_process: names.is_of_process(library),
            context,
            around,
            wishes,
        }
    }

    /// The attributes that must be loaded before cases are looked at.
    #[must_use]
    pub fn attributes(&self) -> Vec<AttributeIdx> {
        let probed = self.probes.iter().flat_map(Probe::reads);
        let wanted: Vec<&Attribute> =
            probed.chain(self.owner.iter().copied()).chain(self.source.iter().copied()).collect();
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

    /// Looks at cases, after the survey of all of them.
    #[must_use]
    pub fn observe(&self, survey: &Survey, batch: &CaseBatch<'_>) -> FindingCounts {
        let mut counts = self.nothing();
        let mut hits = Vec::new();
        batch.for_each(|case| {
            for (idx, (probe, found)) in self.probes.iter().zip(&mut counts.0).enumerate() {
                hits.clear();
                found.looked_at += match probe.check.kind {
                    CheckKind::UsedTwice | CheckKind::Crowded | CheckKind::Often => {
                        survey.look((idx, probe), self.context, &case, &mut hits)
                    }
                    _ => probe.look(self.context, &case, &mut hits),
                };
                if !hits.is_empty() {
                    found.has_case(case.id());
                }
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
        let text = |attributes: &[&Attribute]| -> Named {
            attributes.iter().enumerate().find_map(|(idx, attribute)| {
                let (column, place) = case.cell(attribute, hit.event);
                Some((idx, column.text_code(place)?))
            })
        };
        *found.by_owner.entry(text(&self.owner)).or_default() += 1;
        *found.by_source.entry(text(&self.source)).or_default() += 1;
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
            attribute: probe.shown_attribute().map(|attribute| attribute.name.clone()),
            value: hit.value,
        });
        cut(&mut found.rows, self.wishes.rows_max);
    }
}
