//! Does a case break a rule, and at which of its events?

use std::collections::HashSet;

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::time::DAY_US;

use crate::findings::Hit;
use crate::library::Library;
use crate::library::names::NameKind;
use crate::library::quality::{CheckKind, QualityRule, RuleCheck};

/// Microseconds of a year, for years before the data begin: no rule turns on a leap day.
const YEAR_US: i64 = 365 * DAY_US + DAY_US / 4;

/// A check of a rule, with the codes and columns of a log.
pub(super) struct Probe<'l> {
    pub(super) rule: &'l QualityRule,
    pub(super) check: &'l RuleCheck,
    /// The attributes of the log that it is about.
    pub(super) attributes: Vec<&'l Attribute>,
    /// Keys that it is about, for the answer.
    pub(super) about: Vec<String>,
    library: &'l Library,
    /// By code: whether it is one of `activities`, and one of `after`.
    activities: Vec<bool>,
    after: Vec<bool>,
    /// By code: whether the library knows the activity.
    known: Vec<bool>,
}

/// The attributes of a log that are the one of a key.
fn attributes<'l>(library: &Library, context: &'l LogContext, key: &str) -> Vec<&'l Attribute> {
    let is_it = |attribute: &&Attribute| {
        let found = library.attribute_of(&attribute.name);
        found.is_some_and(|found| found.by != NameKind::Alias && found.entry.key == key)
    };
    context.attributes.iter().filter(is_it).collect()
}

/// Whether a log is one of the process: so many of its activities are known as a table must have
/// to be taken for one.
pub(crate) fn is_of_process(library: &Library, context: &LogContext) -> bool {
    let found = context.activities.names().iter().filter_map(|name| library.activity_of(name));
    let sure = found.filter(|found| found.by != NameKind::Alias);
    let known: HashSet<&str> = sure.map(|found| found.entry.key.as_str()).collect();
    let wanted = usize::try_from(library.process.recognition.activities_min).unwrap_or(0);
    wanted <= known.len()
}

/// The attribute of a key; that of the events goes before the one of the case.
pub(super) fn attribute<'l>(
    library: &Library,
    context: &'l LogContext,
    key: &str,
) -> Option<&'l Attribute> {
    attributes(library, context, key).into_iter().max_by_key(|attribute| match attribute.level {
        AttributeLevel::Event => 1,
        AttributeLevel::Case => 0,
    })
}

impl<'l> Probe<'l> {
    /// The probes of a check: none where the log has nothing that it speaks of, and where a column
    /// is looked at by itself, one for each column.
    pub(super) fn of(
        library: &'l Library,
        context: &'l LogContext,
        rule: &'l QualityRule,
        check: &'l RuleCheck,
    ) -> Vec<Probe<'l>> {
        let key_of = |name: &String| {
            let found = library.activity_of(name).filter(|found| found.by != NameKind::Alias);
            found.map(|found| found.entry.key.as_str())
        };
        let keys: Vec<Option<&str>> = context.activities.names().iter().map(key_of).collect();
        let marks = |wanted: &[String]| -> Vec<bool> {
            let is_one = |key: &Option<&str>| {
                key.is_some_and(|key| wanted.iter().any(|wanted| wanted == key))
            };
            keys.iter().map(is_one).collect()
        };
        let (activities, after) = (marks(&check.activities), marks(&check.after));
        let lacks = |keys: &[String], marks: &[bool]| !keys.is_empty() && !marks.contains(&true);
        // What contradicts a value is told even where nothing of the log could bear it out.
        let needs_after = check.kind != CheckKind::Contradiction;
        if lacks(&check.activities, &activities) || needs_after && lacks(&check.after, &after) {
            return Vec::new();
        }
        let probe = |key: Option<&String>| Probe {
            rule,
            check,
            attributes: key.map(|key| attributes(library, context, key)).unwrap_or_default(),
            about: check.activities.iter().chain(&check.after).chain(key).cloned().collect(),
            library,
            activities: activities.clone(),
            after: after.clone(),
            known: keys.iter().map(Option::is_some).collect(),
        };
        if check.attributes.is_empty() {
            return vec![probe(None)];
        }
        let all = check.attributes.iter().map(|key| probe(Some(key)));
        all.filter(|probe| !probe.attributes.is_empty()).collect()
    }

    fn limit(&self, name: &str) -> Option<i64> {
        self.rule.limits.get(name).copied()
    }

    /// Whether so many rows are worth telling.
    pub(super) fn is_finding(&self, count: u64, looked_at: u64) -> bool {
        let share = self.limit("share_max_per_cent").and_then(|share| u64::try_from(share).ok());
        match share {
            // Where everything is blank, the share is as large as it can be.
            Some(share) => u128::from(looked_at) * u128::from(share) < u128::from(count) * 100,
            None => count > 0,
        }
    }

    /// Looks at a case; returns how many of its rows the check is about.
    pub(super) fn look(&self, log: &LogContext, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        match self.check.kind {
            CheckKind::NoValue | CheckKind::NoEvent | CheckKind::SingleEvent => {
                self.lacking(case, hits)
            }
            CheckKind::MoreThanOne | CheckKind::RepeatedEvent => self.repeated(case, hits),
            CheckKind::Precedes => self.preceding(case, hits),
            CheckKind::Contradiction => self.contradicting(case, hits),
            CheckKind::NotPositive
            | CheckKind::AboveOne
            | CheckKind::NoCurrency
            | CheckKind::Word => self.values(case, hits),
            CheckKind::OutOfTime
            | CheckKind::Negative
            | CheckKind::DayOnly
            | CheckKind::UnknownActivity => self.events(log, case, hits),
        }
    }

    /// The first event that is marked.
    fn first(case: &Case<'_>, marks: &[bool]) -> Option<usize> {
        case.activities().iter().position(|code| marks[code.idx()])
    }

    /// The event at which a case comes under the check: the first one of `after`, else the last
    /// of the case. None where it does not.
    fn begins(&self, case: &Case<'_>) -> Option<usize> {
        if self.check.after.is_empty() {
            return Some(case.event_count() - 1);
        }
        Self::first(case, &self.after)
    }

    fn lacking(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(event) = self.begins(case) else { return 0 };
        let is_broken = match self.check.kind {
            CheckKind::NoEvent => Self::first(case, &self.activities).is_none(),
            CheckKind::SingleEvent => case.event_count() == 1,
            _ => self.each_value(case).next().is_none(),
        };
        if is_broken {
            hits.push(Hit { event, value: None });
        }
        1
    }

    /// The places of all values that the case has of the attributes.
    fn each_value<'c>(
        &'c self,
        case: &'c Case<'_>,
    ) -> impl Iterator<Item = (&'l Attribute, usize)> {
        self.attributes.iter().flat_map(move |&attribute| {
            let events = match attribute.level {
                AttributeLevel::Case => case.event_count() - 1..case.event_count(),
                AttributeLevel::Event => 0..case.event_count(),
            };
            let has_value = move |&event: &usize| {
                let (column, place) = case.cell(attribute, event);
                !column.is_blank(place)
            };
            events.filter(has_value).map(move |event| (attribute, event))
        })
    }

    fn repeated(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let events = case.activities().iter().zip(case.times_us()).enumerate();
        if self.check.kind == CheckKind::MoreThanOne {
            let marked = events.filter(|(_, (code, _))| self.activities[code.idx()]);
            let marked: Vec<usize> = marked.map(|(event, _)| event).collect();
            let later = marked.iter().skip(1);
            hits.extend(later.map(|&event| Hit { event, value: None }));
            return u64::from(!marked.is_empty());
        }
        let mut seen = HashSet::new();
        let repeats = events.filter(|(_, (code, time))| !seen.insert((code.idx(), **time)));
        hits.extend(repeats.map(|(event, _)| Hit { event, value: None }));
        case.event_count() as u64
    }

    /// Only a later instant says that something precedes: events of one instant have no order of
    /// their own.
    fn preceding(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let times = case.times_us();
        let early = match self.check.activities.is_empty() {
            true => Some(0),
            false => Self::first(case, &self.activities),
        };
        let (Some(early), Some(late)) = (early, Self::first(case, &self.after)) else { return 0 };
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

    fn contradicting(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(event) = Self::first(case, &self.activities) else { return 0 };
        if Self::first(case, &self.after).is_some() {
            return 1;
        }
        let Some((attribute, place)) = self.each_value(case).last() else { return 1 };
        let Some(value) = case.value(attribute, place).map(|value| value.to_string()) else {
            return 1;
        };
        let known = self.library.attribute_of(&attribute.name);
        let meant = known.and_then(|known| known.entry.value_of(&value));
        let meant = meant.map_or(value.as_str(), |meant| meant.key.as_str());
        if self.check.values.iter().any(|wrong| wrong == meant) {
            hits.push(Hit { event, value: Some(value) });
        }
        1
    }

    fn values(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(begin) = self.begins(case) else { return 0 };
        let mut looked_at = 0;
        for (attribute, event) in self.each_value(case) {
            looked_at += 1;
            if !self.is_wrong(case, attribute, event) {
                continue;
            }
            let value = case.value(attribute, event).map(|value| value.to_string());
            // A value of the case arises where the case comes under the check.
            let event = if attribute.level == AttributeLevel::Case { begin } else { event };
            hits.push(Hit { event, value });
        }
        looked_at
    }

    fn is_wrong(&self, case: &Case<'_>, attribute: &Attribute, event: usize) -> bool {
        let (column, place) = case.cell(attribute, event);
        let is_amount = matches!(
            attribute.kind,
            AttributeType::Integer | AttributeType::Decimal | AttributeType::Money
        );
        let number = column.number(place).filter(|_| is_amount);
        match self.check.kind {
            CheckKind::NotPositive => number.is_some_and(|number| number <= 0),
            CheckKind::AboveOne => {
                let one = 10_i128.checked_pow(u32::from(attribute.scale));
                let one = one.unwrap_or(i128::MAX);
                number.is_some_and(|number| one < i128::from(number))
            }
            CheckKind::NoCurrency => {
                attribute.kind != AttributeType::Money || column.currency_code(place).is_none()
            }
            _ => {
                let text = case.value(attribute, event).map(|value| value.to_string());
                let text = text.unwrap_or_default().to_lowercase();
                let mut words = text.split(|one: char| !one.is_alphanumeric());
                words.any(|word| self.check.values.iter().any(|wrong| wrong == word))
            }
        }
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
