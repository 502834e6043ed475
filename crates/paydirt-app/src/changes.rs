//! What changed from one version of a log to another? Cases, events, activities, durations.
//!
//! Cases are compared by their ids, their events as multisets of activity, time and start: a case
//! has changed when these differ. Values of attributes are not compared.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::Ordering;

use paydirt_engine::run::{RunOptions, run};
use paydirt_model::activity::{Activities, ActivityCode};
use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::analyse::{Ask, Running, analysis_of};
use crate::catalogue::version_id;
use crate::workspace::{LogId, VersionNumber, Workspace};

/// Most ids of cases in each list.
pub const CASE_LIST_MAX: usize = 20;

/// One of the two versions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VersionSize {
    /// Id of the version.
    pub version: String,
    /// Until when the data are complete.
    pub as_of: Option<Timestamp>,
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Middle of the durations of its cases, in seconds; missing without cases.
    #[schema(value_type = Option<f64>)]
    pub median_duration_s: Value,
}

/// Some cases, the first of them by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SomeCases {
    /// How many.
    pub cases: u64,
    /// The ids of the first 20 in the order of their bytes.
    pub first: Vec<String>,
}

/// An activity that has more or fewer events than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActivityChange {
    /// Name.
    pub activity: String,
    /// Its events in the earlier version; 0 when it is new.
    pub before: u64,
    /// Its events in the later version; 0 when it is gone.
    pub after: u64,
}

/// An attribute that only one of the versions has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttributeChange {
    /// Whether it is one of cases or of events.
    pub level: AttributeLevel,
    /// Name.
    pub name: String,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VersionChanges {
    /// The earlier version, or whichever it is compared with.
    pub before: VersionSize,
    /// The version that was asked about.
    pub after: VersionSize,
    /// Cases that are new.
    pub cases_added: SomeCases,
    /// Cases that are gone.
    pub cases_removed: SomeCases,
    /// Cases whose events differ in activity, time or start.
    pub cases_changed: SomeCases,
    /// Cases with the same events; their attributes may differ.
    pub cases_unchanged: u64,
    /// Events that are new, those of new cases included.
    pub events_added: u64,
    /// Events that are gone, those of gone cases included.
    pub events_removed: u64,
    /// Activities with more or fewer events, by the difference without its sign, falling, then by
    /// name.
    pub activities: Vec<ActivityChange>,
    /// Attributes that are new, those of cases first, by name.
    pub attributes_added: Vec<AttributeChange>,
    /// Attributes that are gone, those of cases first, by name.
    pub attributes_removed: Vec<AttributeChange>,
}

/// Which version is compared with which.
#[derive(Debug, Clone, Copy)]
pub struct Comparison {
    /// The log.
    pub log: LogId,
    /// The version that is asked about.
    pub version: VersionNumber,
    /// The one that it is compared with; the one before it by number when not given.
    pub since: Option<VersionNumber>,
    /// What a case is.
    pub notion: CaseNotion,
}

/// What changed between two versions of a log.
///
/// # Errors
/// There is no such version or none before it, it cannot be read, or the work was cancelled.
pub fn changes(
    workspace: &Workspace,
    comparison: Comparison,
    running: Running<'_>,
) -> Result<VersionChanges, Problem> {
    let Comparison { log, version, since, notion } = comparison;
    let since = match since {
        Some(since) => workspace.version(log, since)?.number,
        None => before(workspace, log, version)?,
    };
    let open = |number: u64| {
        let number = VersionNumber(number);
        Ok((version_id(log, number), workspace.open_log(log, number, notion)?))
    };
    let (before, after) = (open(since)?, open(version.0)?);
    let sizes = [size(&before.0, &before.1, running)?, size(&after.0, &after.1, running)?];
    compare(&before.1, &after.1, sizes, running)
}

/// The version before another one by number.
fn before(workspace: &Workspace, log: LogId, version: VersionNumber) -> Result<u64, Problem> {
    let number = workspace.version(log, version)?.number;
    let versions = workspace.versions(log)?;
    let earlier = versions.iter().map(|version| version.number).find(|&known| known < number);
    earlier.ok_or_else(|| {
        let id = version_id(log, version);
        let detail = say!("There is no version before {id} to compare it with.", id);
        Problem::new(ErrorCode::VersionNotFound, detail)
    })
}

fn size(version: &str, log: &EventLog, running: Running<'_>) -> Result<VersionSize, Problem> {
    let ask = Ask {
        question: "summary".to_owned(),
        params: json!({}),
        filters: Vec::new(),
        group_by: None,
        language: Language::English,
    };
    let Running { threads, cancelled, progress } = running;
    let options = RunOptions { threads, cancelled, progress };
    let context = log.context();
    let mut answer = run(log, &analysis_of(version, context.notion, &ask), &options)?;
    let tile = answer.tiles.remove(0);
    if let Some(problem) = tile.problem {
        return Err(problem);
    }
    let answer = tile.answer.map(|answer| serde_json::from_str::<Value>(answer.get()));
    let answer = answer.and_then(Result::ok).unwrap_or_default();
    Ok(VersionSize {
        version: version.to_owned(),
        as_of: context.as_of,
        cases: context.case_count,
        events: context.event_count,
        median_duration_s: answer["case_duration_s"]["median"].clone(),
    })
}

/// One number for each name of an activity in either log.
struct SharedNumbers<'a> {
    names: Vec<&'a str>,
    before: Vec<u32>,
    after: Vec<u32>,
}

impl<'a> SharedNumbers<'a> {
    fn of(before: &'a Activities, after: &'a Activities) -> Self {
        let names = before.names().iter().chain(after.names()).map(String::as_str);
        let names: BTreeSet<&str> = names.collect();
        let number_of: BTreeMap<&str, u32> = names.iter().copied().zip(0..).collect();
        let numbers = |activities: &Activities| {
            activities.names().iter().map(|name| number_of[name.as_str()]).collect()
        };
        let (before, after) = (numbers(before), numbers(after));
        SharedNumbers { names: names.into_iter().collect(), before, after }
    }
}

/// An event for the comparison: time, start, number of the activity.
type EventKey = (i64, Option<i64>, u32);

/// The events of a case, sorted, with shared numbers of activities.
fn keys(case: &Case<'_>, numbers: &[u32], into: &mut Vec<EventKey>) {
    into.clear();
    let codes: &[ActivityCode] = case.activities();
    into.extend(
        case.times_us()
            .iter()
            .zip(codes)
            .enumerate()
            .map(|(idx, (&time_us, code))| (time_us, case.own_start_us(idx), numbers[code.idx()])),
    );
    into.sort_unstable();
}

/// How many of the sorted right are not among the sorted left, as multisets.
fn surplus(left: &[EventKey], right: &[EventKey]) -> u64 {
    let mut left = left.iter().peekable();
    let mut surplus = 0;
    for key in right {
        while left.next_if(|known| *known < key).is_some() {}
        surplus += u64::from(left.next_if_eq(&key).is_none());
    }
    surplus
}

/// Ids of cases on their way into a list.
#[derive(Default)]
struct CaseIds {
    count: u64,
    first: BTreeSet<String>,
}

impl CaseIds {
    fn add(&mut self, id: &str) {
        self.count += 1;
        let is_full = self.first.len() == CASE_LIST_MAX;
        if is_full && self.first.last().is_some_and(|last| last.as_str() < id) {
            return;
        }
        self.first.insert(id.to_owned());
        if CASE_LIST_MAX < self.first.len() {
            self.first.pop_last();
        }
    }

    fn told(self) -> SomeCases {
        SomeCases { cases: self.count, first: self.first.into_iter().collect() }
    }
}

/// What is found while cases are compared.
#[derive(Default)]
struct Found {
    added: CaseIds,
    removed: CaseIds,
    changed: CaseIds,
    unchanged: u64,
    events_added: u64,
    events_removed: u64,
}

fn compare(
    before: &EventLog,
    after: &EventLog,
    [size_before, size_after]: [VersionSize; 2],
    running: Running<'_>,
) -> Result<VersionChanges, Problem> {
    let numbers = SharedNumbers::of(&before.context().activities, &after.context().activities);
    let found = compare_cases(before, after, &numbers, running)?;
    Ok(VersionChanges {
        before: size_before,
        after: size_after,
        cases_added: found.added.told(),
        cases_removed: found.removed.told(),
        cases_changed: found.changed.told(),
        cases_unchanged: found.unchanged,
        events_added: found.events_added,
        events_removed: found.events_removed,
        activities: activity_changes(before, after, &numbers),
        attributes_added: only_in(after, before),
        attributes_removed: only_in(before, after),
    })
}

fn compare_cases(
    before: &EventLog,
    after: &EventLog,
    numbers: &SharedNumbers<'_>,
    running: Running<'_>,
) -> Result<Found, Problem> {
    let mut place_of: HashMap<&str, (usize, usize)> = HashMap::new();
    for (segment_idx, segment) in before.segments().iter().enumerate() {
        let ids = &segment.parts().case_ids;
        place_of.extend((0..ids.len()).map(|idx| (ids.get(idx), (segment_idx, idx))));
    }
    let segments = before.segments().iter();
    let mut is_known: Vec<CaseMask> =
        segments.map(|segment| CaseMask::new(segment.case_count(), false)).collect();
    let mut found = Found::default();
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for segment in after.segments() {
        if running.cancelled.load(Ordering::Relaxed) {
            return Err(Problem::new(ErrorCode::Cancelled, say!("The question was cancelled.")));
        }
        for case_idx in 0..segment.case_count() {
            let case = Case::at(segment, case_idx);
            let Some(&(segment_idx, old_idx)) = place_of.get(case.id()) else {
                found.added.add(case.id());
                found.events_added += case.event_count() as u64;
                continue;
            };
            is_known[segment_idx].insert(old_idx);
            keys(&Case::at(&before.segments()[segment_idx], old_idx), &numbers.before, &mut old);
            keys(&case, &numbers.after, &mut new);
            if old == new {
                found.unchanged += 1;
            } else {
                found.changed.add(case.id());
                found.events_added += surplus(&old, &new);
                found.events_removed += surplus(&new, &old);
            }
        }
    }
    for (segment, is_known) in before.segments().iter().zip(&mut is_known) {
        is_known.invert();
        for case_idx in is_known.iter() {
            let case = Case::at(segment, case_idx);
            found.removed.add(case.id());
            found.events_removed += case.event_count() as u64;
        }
    }
    Ok(found)
}

fn activity_changes(
    before: &EventLog,
    after: &EventLog,
    numbers: &SharedNumbers<'_>,
) -> Vec<ActivityChange> {
    let count = |log: &EventLog, numbers: &[u32], total: usize| {
        let mut counts = vec![0_u64; total];
        let codes = log.segments().iter().flat_map(|segment| &segment.parts().activities);
        codes.for_each(|code| counts[numbers[code.idx()] as usize] += 1);
        counts
    };
    let before = count(before, &numbers.before, numbers.names.len());
    let after = count(after, &numbers.after, numbers.names.len());
    let counted = numbers.names.iter().zip(before.into_iter().zip(after));
    let mut changes: Vec<ActivityChange> = counted
        .filter(|(_, (before, after))| before != after)
        .map(|(&name, (before, after))| {
            let activity = name.to_owned();
            ActivityChange { activity, before, after }
        })
        .collect();
    // They come by name, which a stable sort keeps.
    changes.sort_by_key(|change| std::cmp::Reverse(change.before.abs_diff(change.after)));
    changes
}

/// The attributes that only the first log has.
fn only_in(log: &EventLog, other: &EventLog) -> Vec<AttributeChange> {
    let attributes = log.context().attributes.iter();
    let mut changes: Vec<AttributeChange> = attributes
        .filter(|it| other.context().attribute_at(&it.name, it.level).is_none())
        .map(|it| AttributeChange { level: it.level, name: it.name.clone() })
        .collect();
    let is_of_events = |change: &AttributeChange| change.level == AttributeLevel::Event;
    changes.sort_by(|a, b| (is_of_events(a), &a.name).cmp(&(is_of_events(b), &b.name)));
    changes
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use paydirt_model::text_log;

    use super::*;

    fn changes(before: &str, after: &str) -> VersionChanges {
        let cancelled = AtomicBool::new(false);
        let running = Running { threads: 1, cancelled: &cancelled, progress: &|_, _| {} };
        let (before, after) = (text_log::parse(before), text_log::parse(after));
        let sizes = [size("1@1", &before, running).unwrap(), size("1@2", &after, running).unwrap()];
        compare(&before, &after, sizes, running).unwrap()
    }

    fn some(ids: &[&str]) -> SomeCases {
        let first = ids.iter().map(|&id| id.to_owned()).collect();
        SomeCases { cases: ids.len() as u64, first }
    }

    #[test]
    fn cases_are_new_gone_changed_or_the_same() {
        // Case 2: b an hour later and c new; 3 is gone; 4 is new with two events.
        let found = changes("1: a b\n2: a b\n3: a", "1: a b\n2: a b@2h c@3h\n4: a d");
        assert_eq!(found.cases_added, some(&["4"]));
        assert_eq!(found.cases_removed, some(&["3"]));
        assert_eq!(found.cases_changed, some(&["2"]));
        assert_eq!(found.cases_unchanged, 1);
        assert_eq!((found.events_added, found.events_removed), (4, 2));
        let activities: Vec<(&str, u64, u64)> = found
            .activities
            .iter()
            .map(|change| (change.activity.as_str(), change.before, change.after))
            .collect();
        assert_eq!(activities, [("c", 0, 1), ("d", 0, 1)]);
        // 0, 1 and 1 h before: 1 h; then 1, 3 and 1 h: 1 h.
        assert_eq!(found.before.median_duration_s, json!(3600));
        assert_eq!((found.before.cases, found.after.events), (3, 7));
    }

    #[test]
    fn equal_events_are_counted_as_often_as_they_occur() {
        let found = changes("1: a a@+0s a@+0s b@1h", "1: a b@1h b@+0s");
        assert_eq!((found.events_added, found.events_removed), (1, 2));
        let same = changes("1: a b@+0s", "1: b a@+0s");
        assert_eq!((same.cases_unchanged, same.cases_changed.cases), (1, 0));
    }

    #[test]
    fn attributes_come_and_go() {
        let found = changes("1: a{x=1} | y=1 z=1", "1: a{y=1} | y=1 w=1");
        let name = |change: &AttributeChange| format!("{:?} {}", change.level, change.name);
        let added: Vec<String> = found.attributes_added.iter().map(name).collect();
        let removed: Vec<String> = found.attributes_removed.iter().map(name).collect();
        assert_eq!(added, ["Case w", "Event y"]);
        assert_eq!(removed, ["Case z", "Event x"]);
    }

    #[test]
    fn only_the_first_ids_are_listed() {
        let lines: Vec<String> = (0..30).map(|idx| format!("c{idx:02}: a")).collect();
        let found = changes("", &lines.join("\n"));
        assert_eq!((found.cases_added.cases, found.cases_added.first.len()), (30, 20));
        assert_eq!(found.cases_added.first[19], "c19");
        assert_eq!(found.before.median_duration_s, Value::Null);
    }
}
