//! Which activities are there, how often do they occur, and how long do they take and wait? (fold)
//!
//! The wait of an event is the path from the event before it in the case: its start − the end of
//! the other. An event that starts before the other one has ended overlaps it; overlaps are counted
//! apart and are not part of the waits.

use std::cmp::Reverse;

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Decimal, Duration, Ratio};
use paydirt_model::problem::Problem;
use paydirt_model::time::{Precision, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::duration_bag::{DurationBag, DurationStatistics, Method};
use crate::statistics::value_store::{DurationBlock, ValueStore};

/// The activities of a log.
pub struct Op;

/// Nothing to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {}

/// One activity.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityRow {
    /// Name.
    pub activity: String,
    /// Whether it is auxiliary: left out of maps and variants unless asked for.
    pub auxiliary: bool,
    /// Cases with at least one event of it.
    pub cases: u64,
    /// Their share of all cases.
    pub share: Option<Ratio>,
    /// Its events.
    pub events: u64,
    /// Events for each case that has it, on average.
    pub events_per_case: Decimal,
    /// Cases that begin with it.
    pub start_cases: u64,
    /// Cases that end with it.
    pub end_cases: u64,
    /// Start of its earliest event.
    pub first_at: Option<Timestamp>,
    /// End of its latest event.
    pub last_at: Option<Timestamp>,
    /// End − start of its events; missing without start times.
    pub duration_s: Option<DurationStatistics>,
    /// Its start − end of the event before; missing when there is none.
    pub wait_s: Option<DurationStatistics>,
    /// How often it started before the event before it had ended.
    pub overlaps: u64,
    /// Sum of these overlaps, in seconds.
    pub overlap_s: Duration,
}

/// The activities.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Every activity that occurs, by cases descending, then name.
    pub activities: Vec<ActivityRow>,
    /// How order statistics were computed.
    pub method: Method,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    events: u64,
    activities: Vec<ActivitySeen>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct ActivitySeen {
    events: u64,
    cases: u64,
    start_cases: u64,
    end_cases: u64,
    first_us: Option<i64>,
    last_us: Option<i64>,
    durations: DurationBag,
    waits: ValueStore,
    rough_waits: DurationBag,
    overlaps: u64,
    overlap_us: i128,
}

/// Counts of one activity in one batch.
#[derive(Clone)]
struct Counter {
    case_number: u32,
    events: u32,
    cases: u32,
    start_cases: u32,
    end_cases: u32,
    first_us: i64,
    last_us: i64,
}

const UNSEEN: Counter = Counter {
    case_number: 0,
    events: 0,
    cases: 0,
    start_cases: 0,
    end_cases: 0,
    first_us: i64::MAX,
    last_us: i64::MIN,
};

impl Operator for Op {
    const NAME: &'static str = "activities";
    const SUMMARY: &'static str =
        "Which activities there are, how often they occur, how long they take and wait.";
    type Params = Params;
    type Plan = ();
    type Partial = Partial;
    type Output = Output;

    fn plan(_: &LogContext, _: Params) -> Result<(), Problem> {
        Ok(())
    }

    fn observe(log: &LogContext, _: &(), batch: &CaseBatch<'_>, into: &mut Partial) {
        let activity_count = log.activities.count();
        into.activities.resize_with(activity_count, ActivitySeen::default);
        let segment = batch.segment();
        let is_plain = segment.parts().starts_us.is_empty() && Method::of(log) == Method::Exact;
        let mut counters = vec![UNSEEN; activity_count];
        let mut waits = vec![DurationBlock::default(); activity_count];
        // Cases are numbered from 1 within the batch, so that 0 means "in no case yet".
        let mut case_number = 0_u32;
        batch.for_each(|case| {
            case_number += 1;
            into.cases += 1;
            into.events += case.event_count() as u64;
            count(&mut counters, case_number, case.activities(), case.times_us());
            if !is_plain {
                observe_general(log, &case, &mut counters, &mut waits, into);
            } else if let Some(precisions) = case.precisions() {
                let times_us = case.times_us();
                observe_waits(&case, &mut waits, |idx| {
                    if precisions[idx - 1] == Precision::Day || precisions[idx] == Precision::Day {
                        return case.path_us(log, idx - 1, idx);
                    }
                    times_us[idx] - times_us[idx - 1]
                });
            } else if segment.has_days() {
                observe_waits(&case, &mut waits, |idx| case.path_us(log, idx - 1, idx));
            } else {
                let times_us = case.times_us();
                observe_waits(&case, &mut waits, |idx| times_us[idx] - times_us[idx - 1]);
            }
        });
        let seen = into.activities.iter_mut();
        for ((seen, counter), block) in seen.zip(&counters).zip(&waits) {
            seen.add(counter);
            seen.waits.add(block);
        }
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.events += right.events;
        let activity_count = left.activities.len().max(right.activities.len());
        left.activities.resize_with(activity_count, ActivitySeen::default);
        for (left, right) in left.activities.iter_mut().zip(right.activities) {
            left.merge(right);
        }
    }

    fn finish(log: &LogContext, _: &(), partial: Partial) -> Result<Output, Problem> {
        let cases = partial.cases;
        let mut seen: Vec<(ActivityCode, ActivitySeen)> =
            log.activities.codes().zip(partial.activities).collect();
        seen.retain(|(_, seen)| seen.events > 0);
        seen.sort_by_key(|(code, seen)| (Reverse(seen.cases), *code));
        let method = Method::of(log);
        let activities = seen.into_iter().map(|(code, mut seen)| ActivityRow {
            activity: log.activities.name(code).to_owned(),
            auxiliary: log.activities.is_auxiliary(code),
            cases: seen.cases,
            share: Ratio::of(seen.cases, cases),
            events: seen.events,
            events_per_case: Decimal::quotient(seen.events.into(), seen.cases.into(), 6),
            start_cases: seen.start_cases,
            end_cases: seen.end_cases,
            first_at: seen.first_us.and_then(Timestamp::from_us),
            last_at: seen.last_us.and_then(Timestamp::from_us),
            duration_s: seen.durations.statistics(),
            wait_s: match method {
                Method::Exact => seen.waits.statistics(),
                Method::Histogram => seen.rough_waits.statistics(),
            },
            overlaps: seen.overlaps,
            overlap_s: Duration::from_us(seen.overlap_us),
        });
        Ok(Output { cases, events: partial.events, activities: activities.collect(), method })
    }
}

#[inline]
fn count(counters: &mut [Counter], case_number: u32, trace: &[ActivityCode], times_us: &[i64]) {
    for (&activity, &time_us) in trace.iter().zip(times_us) {
        let counter = &mut counters[activity.idx()];
        counter.events += 1;
        counter.cases += u32::from(counter.case_number != case_number);
        counter.case_number = case_number;
        counter.first_us = counter.first_us.min(time_us);
        counter.last_us = counter.last_us.max(time_us);
    }
    if let (Some(first), Some(last)) = (trace.first(), trace.last()) {
        counters[first.idx()].start_cases += 1;
        counters[last.idx()].end_cases += 1;
    }
}

#[inline]
fn observe_waits(case: &Case<'_>, waits: &mut [DurationBlock], wait_us: impl Fn(usize) -> i64) {
    for (idx, activity) in case.activities().iter().enumerate().skip(1) {
        waits[activity.idx()].push(wait_us(idx));
    }
}

/// With start times or the histogram: every event through the case's own words.
fn observe_general(
    log: &LogContext,
    case: &Case<'_>,
    counters: &mut [Counter],
    waits: &mut [DurationBlock],
    into: &mut Partial,
) {
    let method = Method::of(log);
    for (idx, &activity) in case.activities().iter().enumerate() {
        let seen = &mut into.activities[activity.idx()];
        if let Some(start_us) = case.own_start_us(idx) {
            let counter = &mut counters[activity.idx()];
            counter.first_us = counter.first_us.min(start_us);
            seen.durations.push(method, case.times_us()[idx] - start_us);
        }
        if idx == 0 {
            continue;
        }
        let wait_us = case.path_us(log, idx - 1, idx);
        if wait_us < 0 {
            seen.overlaps += 1;
            seen.overlap_us -= i128::from(wait_us);
        } else if method == Method::Exact {
            waits[activity.idx()].push(wait_us);
        } else {
            seen.rough_waits.push(method, wait_us);
        }
    }
}

impl ActivitySeen {
    fn add(&mut self, counter: &Counter) {
        if counter.events == 0 {
            return;
        }
        self.events += u64::from(counter.events);
        self.cases += u64::from(counter.cases);
        self.start_cases += u64::from(counter.start_cases);
        self.end_cases += u64::from(counter.end_cases);
        self.first_us = self.first_us.into_iter().chain([counter.first_us]).min();
        self.last_us = self.last_us.into_iter().chain([counter.last_us]).max();
    }

    fn merge(&mut self, other: ActivitySeen) {
        self.events += other.events;
        self.cases += other.cases;
        self.start_cases += other.start_cases;
        self.end_cases += other.end_cases;
        self.first_us = self.first_us.into_iter().chain(other.first_us).min();
        self.last_us = self.last_us.into_iter().chain(other.last_us).max();
        self.durations.merge(other.durations);
        self.waits.merge(other.waits);
        self.rough_waits.merge(other.rough_waits);
        self.overlaps += other.overlaps;
        self.overlap_us += other.overlap_us;
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_list, ask_log, with_auxiliary};
    use expect_test::expect;
    use paydirt_model::log_builder::LogSpec;
    use paydirt_model::text_log;

    #[test]
    fn an_activity_is_counted_timed_and_placed() {
        // Times: a 0 h, b 1 h, a 2 h | a 0 h. a: 3 events in 2 cases, one wait of 1 h.
        let rows = ask_list("a b a\na", "activities", "{}", "/activities");
        expect![[r#"{"activity":"a","auxiliary":false,"cases":2,"share":1,"events":3,"events_per_case":1.5,"start_cases":2,"end_cases":2,"first_at":"2024-01-01T00:00:00Z","last_at":"2024-01-01T02:00:00Z","duration_s":null,"wait_s":{"min":3600,"mean":3600,"median":3600,"p90":3600,"max":3600,"total":3600},"overlaps":0,"overlap_s":0}"#]]
        .assert_eq(&rows[0]);
        assert!(rows[1].contains(r#""activity":"b","auxiliary":false,"cases":1"#), "{}", rows[1]);
        assert!(
            rows[1].contains(r#""share":0.5,"events":1,"events_per_case":1,"start_cases":0"#),
            "{}",
            rows[1]
        );
    }

    #[test]
    fn activities_come_by_cases_then_by_name_and_auxiliary_ones_are_marked() {
        let log = with_auxiliary("見積 n\n見積 n\nb b", &["n"]);
        let answer = ask_log(&log, "activities", "{}");
        let place = |text: &str| answer.find(text).unwrap();
        let (n, quote, b) = (
            place(r#"{"activity":"n","auxiliary":true,"cases":2"#),
            place(r#"{"activity":"見積","auxiliary":false,"cases":2"#),
            place(r#"{"activity":"b","auxiliary":false,"cases":1"#),
        );
        assert!(n < quote && quote < b);
    }

    #[test]
    fn with_start_times_activities_take_time_and_overlaps_are_apart() {
        // a 0–2 h; b 1–3 h overlaps by 1 h; c 5–6 h waits 2 h; d at 7 h waits 1 h and takes none.
        let rows = ask_list("a@0h~2h b@1h~3h c@5h~6h d@7h", "activities", "{}", "/activities");
        let holds = |row: usize, part: &str| assert!(rows[row].contains(part), "{}", rows[row]);
        holds(0, r#""duration_s":{"min":7200,"mean":7200"#);
        holds(0, r#""wait_s":null"#);
        holds(1, r#""first_at":"2024-01-01T01:00:00Z","last_at":"2024-01-01T03:00:00Z""#);
        holds(1, r#""overlaps":1,"overlap_s":3600"#);
        holds(1, r#""wait_s":null"#);
        holds(2, r#""wait_s":{"min":7200,"mean":7200"#);
        holds(3, r#""duration_s":null"#);
        holds(3, r#""wait_s":{"min":3600,"mean":3600"#);
    }

    #[test]
    fn equal_and_fine_times_are_exact() {
        // b waits 0 and 5 µs: mean and median 2.5 µs, half to even 2 µs; p90 4.5 µs → 4 µs.
        let answer = ask("a@1h b@1h\na@5u b@10u", "activities", "{}");
        let wait = r#""wait_s":{"min":0,"mean":0.000002,"median":0.000002,"p90":0.000004,"max":0.000005,"total":0.000005}"#;
        assert!(answer.contains(wait), "{answer}");
    }

    #[test]
    fn an_empty_log_has_no_activities() {
        assert_eq!(
            ask("", "activities", "{}"),
            r#"{"cases":0,"events":0,"activities":[],"method":"exact"}"#
        );
    }

    #[test]
    fn partitions_do_not_change_the_answer() {
        let text = "a b@+3s c a ×9\nx@1h~2h c@+90u ×8\nb c";
        let one = ask(text, "activities", "{}");
        let many = text_log::parse_with(text, LogSpec::plain(), 7);
        assert_eq!(ask_log(&many, "activities", "{}"), one);
    }
}
