//! Does a case break a rule, and at which of its events?

mod amounts;
mod values;

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::time::DAY_US;

use crate::findings::Hit;
use crate::library::Library;
use crate::library::chosen::ChosenSettings;
use crate::library::coverage::{Need, NeedKind};
use crate::library::names::NameKind;
use crate::library::quality::{CheckKind, QualityRule, RuleCheck};
use crate::library::values::SettingValue;

/// Microseconds of a year, for years before the data begin: no rule turns on a leap day.
const YEAR_US: i64 = 365 * DAY_US + DAY_US / 4;

/// What the activities and attributes of a log are in the library.
pub(crate) struct Names<'l> {
    /// By code of the activity: its key.
    keys: Vec<Option<&'l str>>,
    attributes: Vec<(&'l str, &'l Attribute)>,
}

impl<'l> Names<'l> {
    pub(crate) fn new(library: &'l Library, context: &'l LogContext) -> Self {
        let key_of = |name: &String| {
            let found = library.activity_of(name).filter(|found| found.by != NameKind::Alias);
            found.map(|found| found.entry.key.as_str())
        };
        let attributes = context.attributes.iter().filter_map(|attribute| {
            let found = library.attribute_of(&attribute.name);
            let found = found.filter(|found| found.by != NameKind::Alias)?;
            Some((found.entry.key.as_str(), attribute))
        });
        Names {
            keys: context.activities.names().iter().map(key_of).collect(),
            attributes: attributes.collect(),
        }
    }

    /// Whether a log is one of the process: so many of its activities are known as a table must
    /// have to be taken for one.
    pub(crate) fn is_of_process(&self, library: &Library) -> bool {
        let known: HashSet<&str> = self.keys.iter().flatten().copied().collect();
        let wanted = usize::try_from(library.process.recognition.activities_min).unwrap_or(0);
        wanted <= known.len()
    }

    /// The attributes of a log that are the one of a key: that of the events goes before the one
    /// of the case.
    pub(super) fn attributes(&self, key: &str) -> Vec<&'l Attribute> {
        let all = self.attributes.iter().filter(|(known, _)| *known == key);
        let mut all: Vec<&Attribute> = all.map(|(_, attribute)| *attribute).collect();
        all.sort_by_key(|attribute| attribute.level == AttributeLevel::Case);
        all
    }

    /// The columns that the library does not know, by name.
    fn unknown_columns(&self, context: &'l LogContext) -> BTreeMap<&'l str, Vec<&'l Attribute>> {
        let mut columns: BTreeMap<&str, Vec<&Attribute>> = BTreeMap::new();
        for attribute in &context.attributes {
            if !self.attributes.iter().any(|(_, known)| std::ptr::eq(*known, attribute)) {
                columns.entry(&attribute.name).or_default().push(attribute);
            }
        }
        columns
    }

    fn marks(&self, wanted: &[String]) -> Vec<bool> {
        let is_one =
            |key: &Option<&str>| key.is_some_and(|key| wanted.iter().any(|wanted| wanted == key));
        self.keys.iter().map(is_one).collect()
    }

    /// What a check speaks of and the log does not have: one of each list would be enough.
    pub(super) fn missing(&self, check: &RuleCheck, settings: &ChosenSettings) -> Vec<Vec<Need>> {
        let has_activity = |key: &String| self.keys.contains(&Some(key.as_str()));
        let has_attribute = |key: &String| self.attributes.iter().any(|(known, _)| known == key);
        let need = |kind: NeedKind, keys: &[String]| -> Vec<Need> {
            keys.iter().map(|key| Need { kind, key: key.clone() }).collect()
        };
        let mut missing = Vec::new();
        // What contradicts a value is told even where nothing of the log could bear it out.
        let after: &[String] =
            if check.kind == CheckKind::Contradiction { &[] } else { &check.after };
        for activities in [check.activities.as_slice(), after] {
            if !activities.is_empty() && !activities.iter().any(has_activity) {
                missing.push(need(NeedKind::Activity, activities));
            }
        }
        if check.kind.needs_every_attribute() {
            let lacking = check.attributes.iter().filter(|key| !has_attribute(key));
            missing.extend(lacking.map(|key| need(NeedKind::Attribute, std::slice::from_ref(key))));
        } else if !check.attributes.is_empty() && !check.attributes.iter().any(has_attribute) {
            missing.push(need(NeedKind::Attribute, &check.attributes));
        }
        if check.kind.needs_setting() {
            let lacking = check.setting.iter().filter(|key| !settings.has(key));
            missing.extend(lacking.map(|key| need(NeedKind::Setting, std::slice::from_ref(key))));
        }
        missing
    }
}

impl CheckKind {
    /// Whether nothing can be said where one of the attributes is not there.
    fn needs_every_attribute(self) -> bool {
        matches!(self, CheckKind::SumDiffers | CheckKind::SumExceeds)
    }

    /// Whether nothing can be said where the table that is the setting is empty.
    fn needs_setting(self) -> bool {
        matches!(self, CheckKind::UnknownValue | CheckKind::NoRate)
    }

    /// Whether it is about the log as a whole, and not about cases.
    pub(super) fn is_of_whole_log(self) -> bool {
        matches!(
            self,
            CheckKind::NoColumn
                | CheckKind::Gap
                | CheckKind::OldData
                | CheckKind::TwinColumn
                | CheckKind::Changed
                | CheckKind::Report
        )
    }
}

/// A check of a rule, with the codes and columns of a log.
pub(super) struct Probe<'l> {
    pub(super) rule: &'l QualityRule,
    pub(super) check: &'l RuleCheck,
    /// The attributes of the log that it is about: those of one key, or of each in its order.
    pub(super) columns: Vec<Vec<&'l Attribute>>,
    /// Keys that it is about, for the answer.
    pub(super) about: Vec<Need>,
    library: &'l Library,
    setting: Option<&'l SettingValue>,
    /// By code: whether it is one of `activities`, and one of `after`.
    pub(super) activities: Vec<bool>,
    pub(super) after: Vec<bool>,
    /// By code: whether the library knows the activity.
    pub(super) known: Vec<bool>,
    /// By attribute and code of a text: whether it is wrong. Found when texts are in memory.
    wrong: OnceLock<Vec<Vec<bool>>>,
}

impl<'l> Probe<'l> {
    /// The probes of a check: none where the log has nothing that it speaks of, and where a column
    /// is looked at by itself, one for each column.
    pub(super) fn of(
        library: &'l Library,
        names: &Names<'l>,
        context: &'l LogContext,
        settings: &'l ChosenSettings,
        (rule, check): (&'l QualityRule, &'l RuleCheck),
    ) -> Vec<Probe<'l>> {
        if check.kind.is_of_whole_log() || !names.missing(check, settings).is_empty() {
            return Vec::new();
        }
        let known = check.setting.as_ref().and_then(|key| library.setting(key));
        let setting = known.and_then(|setting| settings.value(setting));
        let probe = |columns: Vec<Vec<&'l Attribute>>, attributes: &[String]| {
            let activities = check.activities.iter().chain(&check.after);
            let activities = activities.map(|key| (NeedKind::Activity, key));
            let attributes = attributes.iter().map(|key| (NeedKind::Attribute, key));
            let all = activities.chain(attributes);
            Probe {
                rule,
                check,
                columns,
                about: all.map(|(kind, key)| Need { kind, key: key.clone() }).collect(),
                library,
                setting,
                activities: names.marks(&check.activities),
                after: names.marks(&check.after),
                known: names.keys.iter().map(Option::is_some).collect(),
                wrong: OnceLock::new(),
            }
        };
        if check.kind == CheckKind::OftenBlank {
            let unknown = names.unknown_columns(context);
            let own =
                unknown.into_iter().map(|(name, columns)| probe(vec![columns], &[name.to_owned()]));
            return own.collect();
        }
        if check.attributes.is_empty() {
            return vec![probe(Vec::new(), &[])];
        }
        if check.kind.needs_every_attribute() {
            let columns = check.attributes.iter().map(|key| names.attributes(key)).collect();
            return vec![probe(columns, &check.attributes)];
        }
        let of_log = check.attributes.iter().map(|key| (key, names.attributes(key)));
        let of_log = of_log.filter(|(_, columns)| !columns.is_empty());
        of_log.map(|(key, columns)| probe(vec![columns], std::slice::from_ref(key))).collect()
    }

    /// The attributes that must be in memory.
    pub(super) fn reads(&self) -> impl Iterator<Item = &'l Attribute> {
        self.columns.iter().flatten().copied()
    }

    /// The attribute whose values are shown.
    pub(super) fn shown_attribute(&self) -> Option<&'l Attribute> {
        self.columns.first().and_then(|columns| columns.first()).copied()
    }

    /// The attributes of the one key that it is about.
    pub(super) fn attributes(&self) -> &[&'l Attribute] {
        self.columns.first().map_or(&[], Vec::as_slice)
    }

    /// The value of a key's attributes at an event, as a number that equal values have in common.
    pub(super) fn identity(&self, case: &Case<'_>, key_idx: usize, event: usize) -> Option<i64> {
        self.columns[key_idx].iter().find_map(|attribute| {
            let (column, place) = case.cell(attribute, event);
            column.text_code(place).map(i64::from).or_else(|| column.number(place))
        })
    }

    pub(super) fn limit(&self, name: &str) -> Option<i64> {
        self.rule.limits.get(name).copied()
    }

    /// Whether a count is above a share of all: where everything counts, the share is as large as
    /// it can be.
    fn is_above(count: u64, all: u64, per_cent: i64) -> bool {
        let share = u128::from(per_cent.unsigned_abs());
        u128::from(all) * share < u128::from(count) * 100
    }

    /// Whether a count is above the share that the rule allows; each is where it allows none.
    pub(super) fn is_above_share(&self, count: u64, all: u64) -> bool {
        let share = self.limit("share_max_per_cent");
        share.is_none_or(|share| Self::is_above(count, all, share))
    }

    /// Whether so many rows are worth telling.
    pub(super) fn is_finding(&self, count: u64, looked_at: u64) -> bool {
        // What each case, activity or day has to exceed was looked at there.
        let is_settled = matches!(
            self.check.kind,
            CheckKind::SumDiffers | CheckKind::Often | CheckKind::Crowded
        );
        let is_often = is_settled || self.is_above_share(count, looked_at);
        let rare = self.limit("rare_below_per_cent");
        let is_rare = rare.is_none_or(|share| !Self::is_above(count, looked_at, share));
        count > 0 && is_often && is_rare
    }

    /// Looks at a case; returns how many of its rows the check is about.
    pub(super) fn look(&self, log: &LogContext, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        match self.check.kind {
            CheckKind::NoValue
            | CheckKind::OftenBlank
            | CheckKind::NoEvent
            | CheckKind::SingleEvent => self.lacking(log, case, hits),
            CheckKind::MoreThanOne => self.more_than_one(case, hits),
            CheckKind::RepeatedEvent => repeated(case, hits),
            CheckKind::Precedes => self.preceding(case, hits),
            CheckKind::Contradiction => self.contradicting(case, hits),
            CheckKind::Varies => self.varying(case, hits),
            CheckKind::NotPositive
            | CheckKind::AboveOne
            | CheckKind::NoCurrency
            | CheckKind::NoRate
            | CheckKind::UnknownValue
            | CheckKind::NoTerms
            | CheckKind::IdOnly
            | CheckKind::Often
            | CheckKind::Word => self.values(case, hits),
            CheckKind::OutOfTime
            | CheckKind::Negative
            | CheckKind::DayOnly
            | CheckKind::UnknownActivity => self.events(log, case, hits),
            CheckKind::FarFrom => self.far(log, case, hits),
            CheckKind::DurationDiffers => self.duration_differs(case, hits),
            CheckKind::SumDiffers => self.sum_differs(case, hits),
            CheckKind::SumExceeds => self.sum_exceeds(case, hits),
            CheckKind::UsedTwice | CheckKind::Crowded => {
                unreachable!("what turns on all cases is looked at with their survey")
            }
            CheckKind::NoColumn
            | CheckKind::Gap
            | CheckKind::OldData
            | CheckKind::TwinColumn
            | CheckKind::Changed
            | CheckKind::Report => unreachable!("what is about the whole log has no probe"),
        }
    }

    /// The event at which a case comes under the check: the first one of `after`, else the last
    /// of the case. None where it does not.
    fn begins(&self, case: &Case<'_>) -> Option<usize> {
        if self.check.after.is_empty() {
            return Some(case.event_count() - 1);
        }
        first(case, &self.after)
    }

    fn lacking(&self, log: &LogContext, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(event) = self.begins(case) else { return 0 };
        if let (Some(days), Some(as_of)) = (self.limit("quiet_days_min"), log.as_of) {
            let quiet_us = as_of.as_us().saturating_sub(case.last_end_us());
            if quiet_us < days.saturating_mul(DAY_US) {
                return 0;
            }
        }
        let is_broken = match self.check.kind {
            CheckKind::NoEvent => first(case, &self.activities).is_none(),
            CheckKind::SingleEvent => case.event_count() == 1,
            _ => self.each_value(case).next().is_none(),
        };
        if is_broken {
            hits.push(Hit { event, value: None });
        }
        1
    }

    fn more_than_one(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let events = case.activities().iter().enumerate();
        let mut marked = events.filter(|(_, code)| self.activities[code.idx()]);
        let has_one = marked.next().is_some();
        hits.extend(marked.map(|(event, _)| Hit { event, value: None }));
        u64::from(has_one)
    }

    /// Only a later instant says that something precedes: events of one instant have no order of
    /// their own.
    fn preceding(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let times = case.times_us();
        let early = match self.check.activities.is_empty() {
            true => Some(0),
            false => first(case, &self.activities),
        };
        let (Some(early), Some(late)) = (early, first(case, &self.after)) else { return 0 };
        let is_sure = if case.is_day(early) || case.is_day(late) {
            times[early] + DAY_US <= times[late]
        } else {
            times[early] < times[late]
        };
        if is_sure {
            hits.push(Hit { event: early, value: None });
        }
        1
    }

    fn events(&self, log: &LogContext, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let first_us = self.limit("first_year").map(|year| (year - 1970).saturating_mul(YEAR_US));
        let days = self.limit("days_after_max").unwrap_or(0).saturating_mul(DAY_US);
        let last_us = log.as_of.map(|as_of| as_of.as_us().saturating_add(days));
        for (event, (code, &time)) in case.activities().iter().zip(case.times_us()).enumerate() {
            let is_broken = match self.check.kind {
                CheckKind::OutOfTime => {
                    first_us.is_some_and(|first| time < first)
                        || last_us.is_some_and(|last| last < time)
                }
                CheckKind::Negative => case.own_start_us(event).is_some_and(|start| time < start),
                CheckKind::DayOnly => case.is_day(event),
                _ => !self.known[code.idx()],
            };
            if is_broken {
                hits.push(Hit { event, value: None });
            }
        }
        case.event_count() as u64
    }
}

/// The first event that is marked.
fn first(case: &Case<'_>, marks: &[bool]) -> Option<usize> {
    case.activities().iter().position(|code| marks[code.idx()])
}

/// The last event that is marked.
fn last(case: &Case<'_>, marks: &[bool]) -> Option<usize> {
    case.activities().iter().rposition(|code| marks[code.idx()])
}

/// Events of a case are ordered by time: equal ones are neighbours in time.
fn repeated(case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
    let (codes, times) = (case.activities(), case.times_us());
    for event in 1..case.event_count() {
        let before = (0..event).rev().take_while(|&other| times[other] == times[event]);
        let mut before = before;
        if before.any(|other| codes[other] == codes[event]) {
            hits.push(Hit { event, value: None });
        }
    }
    case.event_count() as u64
}
