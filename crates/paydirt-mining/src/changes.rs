//! What is different between two logs of the same cases, such as two versions of one log? (fold)
//!
//! A case is the same in both when its id is; it has changed when its events have: their
//! activities, times or starts. Values of attributes are not compared. Events are compared as a
//! multiset, so that one event whose time was corrected counts as one removed and one added.

use std::collections::{BTreeMap, BTreeSet};

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::statistics::duration_bag::{DurationBag, DurationStatistics, Method};

/// So many ids of each list of cases are told.
pub const EXAMPLES_MAX: usize = 20;

/// What is different between an earlier and a later log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Changes {
    /// Cases that came, went and changed.
    pub cases: CaseChanges,
    /// Events that came and went.
    pub events: EventChanges,
    /// Activities with events that came or went, the most such events first, then by name.
    pub activities: Vec<ActivityChange>,
    /// Attributes that only the later log has, in its order.
    pub attributes_new: Vec<AttributeName>,
    /// Attributes that only the earlier log has, in its order.
    pub attributes_gone: Vec<AttributeName>,
    /// The earlier log.
    pub before: Side,
    /// The later log.
    pub after: Side,
}

/// How many cases are new, gone, changed and the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseChanges {
    /// Cases only in the later log.
    pub new: u64,
    /// Cases only in the earlier log.
    pub gone: u64,
    /// Cases in both, with other events.
    pub changed: u64,
    /// Cases in both, with the same events.
    pub unchanged: u64,
    /// Ids of new cases, the first by name.
    pub new_examples: Vec<String>,
    /// Ids of cases that are gone, the first by name.
    pub gone_examples: Vec<String>,
    /// Ids of changed cases, the first by name.
    pub changed_examples: Vec<String>,
}

/// An attribute of one of the logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttributeName {
    /// Its name.
    pub name: String,
    /// Whether it belongs to the case or to the event.
    pub level: AttributeLevel,
}

/// The attributes that one log has and the other has not.
fn only_in(one: &LogContext, other: &LogContext) -> Vec<AttributeName> {
    let attributes = one.attributes.iter();
    let own = attributes.filter(|it| other.attribute_at(&it.name, it.level).is_none());
    own.map(|it| AttributeName { name: it.name.clone(), level: it.level }).collect()
}

/// How many events came and went; together with those that stayed they are the two logs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct EventChanges {
    /// Events only in the later log, those of new cases included.
    pub added: u64,
    /// Events only in the earlier log, those of cases that are gone included.
    pub removed: u64,
    /// Events in both.
    pub unchanged: u64,
}

/// What changed about one activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActivityChange {
    /// Its name.
    pub activity: String,
    /// Its events in the earlier log.
    pub events_before: u64,
    /// Its events in the later log.
    pub events_after: u64,
    /// Events only in the later log.
    pub added: u64,
    /// Events only in the earlier log.
    pub removed: u64,
}

/// Size, period and case durations of one of the two logs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Side {
    /// Cases.
    pub cases: u64,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Start of the first event.
    pub first_event_at: Option<Timestamp>,
    /// End of the last event.
    pub last_event_at: Option<Timestamp>,
    /// Last end − first start of each case, as in `summary`.
    pub case_duration_s: Option<DurationStatistics>,
}

/// What is known of the cases of some segments of one log.
#[derive(Debug, Default)]
pub struct CaseIndex {
    cases: Vec<Entry>,
    events: u64,
    first_us: Option<i64>,
    last_us: Option<i64>,
    durations: DurationBag,
}

/// A case: what it is called, what happened in it, and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Hash of the id.
    key: u128,
    /// Hash of the events.
    print: u128,
    segment: u32,
    case: u32,
}

/// The names of the activities of a log as numbers that are the same in every log.
#[derive(Debug)]
pub struct ActivityMarks(Vec<u64>);

impl ActivityMarks {
    /// The marks of a log.
    #[must_use]
    pub fn of(log: &LogContext) -> Self {
        let names = &log.activities;
        ActivityMarks(names.codes().map(|code| xxh3_64(names.name(code).as_bytes())).collect())
    }
}

/// An event as it is compared: mark of the activity, time, start (`i64::MIN` without one).
type EventKey = (u64, i64, i64);

fn event_keys(marks: &ActivityMarks, case: &Case<'_>, into: &mut Vec<EventKey>) {
    into.clear();
    for (event_idx, (activity, &time_us)) in
        case.activities().iter().zip(case.times_us()).enumerate()
    {
        let start_us = case.own_start_us(event_idx).unwrap_or(i64::MIN);
        into.push((marks.0[activity.idx()], time_us, start_us));
    }
    // Events at one instant may come in another order without having changed.
    into.sort_unstable();
}

/// Looks at the cases of one segment, which is the `number`-th of its log.
#[must_use]
pub fn index(
    log: &LogContext,
    marks: &ActivityMarks,
    number: usize,
    segment: &Segment,
) -> CaseIndex {
    let method = Method::of(log);
    let segment_number = u32::try_from(number).expect("a log has few segments");
    let mut found = CaseIndex::default();
    found.cases.reserve(segment.case_count());
    let (mut keys, mut bytes) = (Vec::new(), Vec::new());
    CaseBatch::all(segment).for_each(|case| {
        event_keys(marks, &case, &mut keys);
        bytes.clear();
        for (mark, time_us, start_us) in &keys {
            bytes.extend_from_slice(&mark.to_le_bytes());
            bytes.extend_from_slice(&time_us.to_le_bytes());
            bytes.extend_from_slice(&start_us.to_le_bytes());
        }
        found.cases.push(Entry {
            key: xxh3_128(case.id().as_bytes()),
            print: xxh3_128(&bytes),
            segment: segment_number,
            case: u32::try_from(case.idx()).expect("a segment numbers its cases in 32 bits"),
        });
        found.events += case.event_count() as u64;
        let (first_us, last_us) = (case.first_start_us(), case.last_end_us());
        found.first_us = found.first_us.into_iter().chain([first_us]).min();
        found.last_us = found.last_us.into_iter().chain([last_us]).max();
        found.durations.push(method, case.duration_us(log));
    });
    found
}

impl CaseIndex {
    /// Everything known of both.
    #[must_use]
    pub fn with(mut self, other: CaseIndex) -> Self {
        self.cases.extend(other.cases);
        self.events += other.events;
        self.first_us = self.first_us.into_iter().chain(other.first_us).min();
        self.last_us = self.last_us.into_iter().chain(other.last_us).max();
        self.durations.merge(other.durations);
        self
    }

    fn side(&mut self) -> Side {
        Side {
            cases: self.cases.len() as u64,
            events: self.events,
            first_event_at: self.first_us.and_then(Timestamp::from_us),
            last_event_at: self.last_us.and_then(Timestamp::from_us),
            case_duration_s: self.durations.statistics(),
        }
    }
}

/// One of the two logs, with what is known of all its cases.
#[derive(Debug)]
pub struct Version<'a> {
    /// The log.
    pub log: &'a EventLog,
    /// Its marks.
    pub marks: &'a ActivityMarks,
    /// What is known of the cases of all its segments.
    pub index: CaseIndex,
}

impl<'a> Version<'a> {
    fn case(&self, entry: &Entry) -> Case<'a> {
        Case::at(&self.log.segments()[entry.segment as usize], entry.case as usize)
    }

    /// Counts the events of each activity.
    fn count_activities(&self, mut count: impl FnMut(&'a str, u64)) {
        let names = &self.log.context().activities;
        let mut events = vec![0_u64; names.count()];
        for segment in self.log.segments() {
            for activity in &segment.parts().activities {
                events[activity.idx()] += 1;
            }
        }
        for code in names.codes() {
            count(names.name(code), events[code.idx()]);
        }
    }
}

/// Compares an earlier and a later log.
#[must_use]
pub fn compare(mut before: Version<'_>, mut after: Version<'_>) -> Changes {
    let sides = (before.index.side(), after.index.side());
    before.index.cases.sort_unstable();
    after.index.cases.sort_unstable();
    let mut found = Comparison::default();
    let (mut earlier, mut later) = (before.index.cases.iter(), after.index.cases.iter());
    let (mut left, mut right) = (earlier.next(), later.next());
    loop {
        match (left, right) {
            (None, None) => break,
            (Some(gone), other) if other.is_none_or(|other| gone.key < other.key) => {
                found.went(&before.case(gone), before.marks);
                left = earlier.next();
            }
            (other, Some(new)) if other.is_none_or(|other| new.key < other.key) => {
                found.came(&after.case(new), after.marks);
                right = later.next();
            }
            (Some(old), Some(new)) => {
                if old.print == new.print {
                    found.cases.unchanged += 1;
                } else {
                    let cases = (&before.case(old), &after.case(new));
                    found.changed(cases, (before.marks, after.marks));
                }
                (left, right) = (earlier.next(), later.next());
            }
            (Some(_), None) | (None, Some(_)) => unreachable!("the arms above took it"),
        }
    }
    found.told(&before, &after, sides)
}

/// What a comparison has seen so far.
#[derive(Debug, Default)]
struct Comparison {
    cases: CaseChanges,
    new: Examples,
    gone: Examples,
    changed: Examples,
    /// By mark of the activity: events added, events removed.
    events: BTreeMap<u64, [u64; 2]>,
    keys: [Vec<EventKey>; 2],
}

/// The first ids by name.
#[derive(Debug, Default)]
struct Examples(BTreeSet<String>);

impl Examples {
    fn add(&mut self, id: &str) {
        let is_first = self.0.last().is_none_or(|last| id < last.as_str());
        if self.0.len() < EXAMPLES_MAX || is_first {
            self.0.insert(id.to_owned());
        }
        if self.0.len() > EXAMPLES_MAX {
            self.0.pop_last();
        }
    }

    fn told(self) -> Vec<String> {
        self.0.into_iter().collect()
    }
}

impl Comparison {
    fn came(&mut self, case: &Case<'_>, marks: &ActivityMarks) {
        self.cases.new += 1;
        self.new.add(case.id());
        for activity in case.activities() {
            self.events.entry(marks.0[activity.idx()]).or_default()[0] += 1;
        }
    }

    fn went(&mut self, case: &Case<'_>, marks: &ActivityMarks) {
        self.cases.gone += 1;
        self.gone.add(case.id());
        for activity in case.activities() {
            self.events.entry(marks.0[activity.idx()]).or_default()[1] += 1;
        }
    }

    fn changed(&mut self, cases: (&Case<'_>, &Case<'_>), marks: (&ActivityMarks, &ActivityMarks)) {
        self.cases.changed += 1;
        self.changed.add(cases.1.id());
        let [old, new] = &mut self.keys;
        event_keys(marks.0, cases.0, old);
        event_keys(marks.1, cases.1, new);
        let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
        loop {
            let (mark, side) = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(left), Some(right)) if left == right => {
                    old.next();
                    new.next();
                    continue;
                }
                (Some(left), other) if other.is_none_or(|right| left < right) => {
                    (old.next().map(|event| event.0), 1)
                }
                _ => (new.next().map(|event| event.0), 0),
            };
            if let Some(mark) = mark {
                self.events.entry(mark).or_default()[side] += 1;
            }
        }
    }

    fn told(
        mut self,
        before: &Version<'_>,
        after: &Version<'_>,
        (earlier, later): (Side, Side),
    ) -> Changes {
        self.cases.new_examples = self.new.told();
        self.cases.gone_examples = self.gone.told();
        self.cases.changed_examples = self.changed.told();
        let mut counts: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
        before.count_activities(|name, events| counts.entry(name).or_default()[0] += events);
        after.count_activities(|name, events| counts.entry(name).or_default()[1] += events);
        let mut activities: Vec<ActivityChange> = counts
            .into_iter()
            .filter_map(|(name, [events_before, events_after])| {
                let &[added, removed] = self.events.get(&xxh3_64(name.as_bytes()))?;
                let activity = name.to_owned();
                Some(ActivityChange { activity, events_before, events_after, added, removed })
            })
            .collect();
        activities.sort_by_key(|one| std::cmp::Reverse(one.added + one.removed));
        let added = self.events.values().map(|[added, _]| added).sum();
        let removed = self.events.values().map(|[_, removed]| removed).sum();
        let events = EventChanges { added, removed, unchanged: later.events - added };
        Changes {
            cases: self.cases,
            events,
            activities,
            attributes_new: only_in(after.log.context(), before.log.context()),
            attributes_gone: only_in(before.log.context(), after.log.context()),
            before: earlier,
            after: later,
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use paydirt_model::log_builder::LogSpec;
    use paydirt_model::text_log::parse_with;

    use super::*;

    fn indexed(log: &EventLog) -> (ActivityMarks, CaseIndex) {
        let marks = ActivityMarks::of(log.context());
        let segments = log.segments().iter().enumerate();
        let index = segments
            .map(|(number, segment)| index(log.context(), &marks, number, segment))
            .fold(CaseIndex::default(), CaseIndex::with);
        (marks, index)
    }

    fn changes(before: &str, after: &str, [old_parts, new_parts]: [usize; 2]) -> String {
        let before = parse_with(before, LogSpec::plain(), old_parts);
        let after = parse_with(after, LogSpec::plain(), new_parts);
        let ((old_marks, old), (new_marks, new)) = (indexed(&before), indexed(&after));
        let changes = compare(
            Version { log: &before, marks: &old_marks, index: old },
            Version { log: &after, marks: &new_marks, index: new },
        );
        serde_json::to_string_pretty(&changes).expect("changes are plain data")
    }

    const BEFORE: &str = "
        1: A@0h B@10h C@20h
        2: A@0h B@10h
        3: A@5h
    ";
    const AFTER: &str = "
        1: A@0h B@10h C@20h
        2: A@0h B@12h D@30h
        4: D@1h D@1h
    ";

    #[test]
    fn cases_and_events_are_compared() {
        // Case 2: B moved (one removed, one added) and D came. Case 3 went with its A; case 4 came
        // with two D. Added: B and three D; removed: B and A; the same: A, B, C of case 1 and A
        // of case 2. Durations: 20, 10 and 0 hours before; 20, 30 and 0 after.
        let told = changes(BEFORE, AFTER, [1, 1]);
        expect![[r#"
            {
              "cases": {
                "new": 1,
                "gone": 1,
                "changed": 1,
                "unchanged": 1,
                "new_examples": [
                  "4"
                ],
                "gone_examples": [
                  "3"
                ],
                "changed_examples": [
                  "2"
                ]
              },
              "events": {
                "added": 4,
                "removed": 2,
                "unchanged": 4
              },
              "activities": [
                {
                  "activity": "D",
                  "events_before": 0,
                  "events_after": 3,
                  "added": 3,
                  "removed": 0
                },
                {
                  "activity": "B",
                  "events_before": 2,
                  "events_after": 2,
                  "added": 1,
                  "removed": 1
                },
                {
                  "activity": "A",
                  "events_before": 3,
                  "events_after": 2,
                  "added": 0,
                  "removed": 1
                }
              ],
              "attributes_new": [],
              "attributes_gone": [],
              "before": {
                "cases": 3,
                "events": 6,
                "first_event_at": "2024-01-01T00:00:00Z",
                "last_event_at": "2024-01-01T20:00:00Z",
                "case_duration_s": {
                  "min": 0,
                  "mean": 36000,
                  "median": 36000,
                  "p90": 64800,
                  "max": 72000,
                  "total": 108000
                }
              },
              "after": {
                "cases": 3,
                "events": 8,
                "first_event_at": "2024-01-01T00:00:00Z",
                "last_event_at": "2024-01-02T06:00:00Z",
                "case_duration_s": {
                  "min": 0,
                  "mean": 60000,
                  "median": 72000,
                  "p90": 100800,
                  "max": 108000,
                  "total": 180000
                }
              }
            }"#]]
        .assert_eq(&told);
    }

    #[test]
    fn the_number_of_segments_changes_nothing() {
        let told = changes(BEFORE, AFTER, [1, 1]);
        assert_eq!(changes(BEFORE, AFTER, [3, 2]), told);
        assert_eq!(changes(BEFORE, AFTER, [2, 5]), told);
    }

    #[test]
    fn a_log_and_itself_differ_in_nothing() {
        let same = changes(BEFORE, BEFORE, [1, 4]);
        assert!(same.contains("\"unchanged\": 3"), "{same}");
        assert!(same.contains("\"activities\": []"), "{same}");
        let empty = changes("", "", [1, 1]);
        assert!(empty.contains("\"unchanged\": 0"), "{empty}");
    }

    #[test]
    fn the_order_of_events_at_one_instant_does_not_count() {
        let told = changes("1: A@0h B@0h", "1: B@0h A@0h", [1, 1]);
        assert!(told.contains("\"changed\": 0"), "{told}");
        let twice = changes("1: A@0h A@0h", "1: A@0h", [1, 1]);
        assert!(twice.contains("\"removed\": 1"), "{twice}");
    }

    #[test]
    fn attributes_that_came_and_went_are_told() {
        let told = changes("1: A{cost=5} | region=EMEA", "1: A{cost=5 fee=2}", [1, 1]);
        let told: serde_json::Value = serde_json::from_str(&told).expect("changes are JSON");
        assert_eq!(told["attributes_new"][0]["name"], "fee");
        assert_eq!(told["attributes_gone"][0]["name"], "region");
        assert_eq!(told["cases"]["unchanged"], 1, "values are not compared");
    }

    #[test]
    fn the_first_ids_by_name_are_told() {
        let many: String = (0..50).rev().map(|id| format!("{id:02}: A@0h\n")).collect();
        let told = changes("", &many, [1, 3]);
        assert!(told.contains("\"new\": 50"), "{told}");
        assert!(told.contains("\"00\"") && told.contains("\"19\"") && !told.contains("\"20\""));
    }
}
