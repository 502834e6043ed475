//! How large is this log, when does it begin and end, and how long do its cases take? (fold)

use std::cmp::Reverse;

use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use paydirt_model::time::{Precision, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::duration_bag::{DurationBag, DurationStatistics, Method};
use crate::statistics::variant_set::VariantSet;

/// The summary of a log.
pub struct Op;

/// Nothing to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {}

/// Size, time span and case durations.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases.
    pub cases: u64,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Different activities that occur, auxiliary ones included.
    pub activities: u64,
    /// Different traces, auxiliary activities left out; cases with nothing else form one.
    pub variants: u64,
    /// Start of the first event.
    pub first_event_at: Option<Timestamp>,
    /// `day` where only its date is known, else missing.
    #[serde(skip_serializing_if = "Precision::has_time_of_day")]
    pub first_event_precision: Precision,
    /// End of the last event.
    pub last_event_at: Option<Timestamp>,
    /// `day` where only its date is known, else missing.
    #[serde(skip_serializing_if = "Precision::has_time_of_day")]
    pub last_event_precision: Precision,
    /// Events whose time is known to the day only; missing without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_events: Option<u64>,
    /// Last end − first start of each case;
    /// whole local days when either end is known to the day only.
    pub case_duration_s: Option<DurationStatistics>,
    /// How order statistics were computed.
    pub method: Method,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    events: u64,
    cases: u64,
    is_seen: Vec<bool>,
    variants: VariantSet,
    /// The first start and the last end; of equal ones the less precise.
    first: Option<(i64, Reverse<Precision>)>,
    last: Option<(i64, Precision)>,
    day_events: u64,
    durations: DurationBag,
}

impl Operator for Op {
    const NAME: &'static str = "summary";
    const SUMMARY: &'static str = "How large the log is, when it begins and ends, and how long \
                                   its cases take.";
    type Params = Params;
    type Plan = ();
    type Partial = Partial;
    type Output = Output;

    fn plan(_: &LogContext, _: Params) -> Result<(), Problem> {
        Ok(())
    }

    fn observe(log: &LogContext, _: &(), batch: &CaseBatch<'_>, into: &mut Partial) {
        let method = Method::of(log);
        into.is_seen.resize(log.activities.count(), false);
        let mut trace = Vec::new();
        batch.for_each(|case| {
            into.cases += 1;
            into.events += case.event_count() as u64;
            for &activity in case.activities() {
                into.is_seen[activity.idx()] = true;
            }
            into.variants.add(log, case.activities(), &mut trace);
            let first = (case.first_start_us(), Reverse(case.first_start_precision()));
            let last = (case.last_end_us(), case.precision(case.event_count() - 1));
            into.first = Some(into.first.map_or(first, |known| known.min(first)));
            into.last = Some(into.last.map_or(last, |known| known.max(last)));
            into.day_events += day_events(&case);
            into.durations.push(method, case.duration_us(log));
        });
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.events += right.events;
        left.cases += right.cases;
        left.is_seen.resize(left.is_seen.len().max(right.is_seen.len()), false);
        for (seen, theirs) in left.is_seen.iter_mut().zip(right.is_seen) {
            *seen |= theirs;
        }
        left.variants.merge(right.variants);
        left.first = left.first.into_iter().chain(right.first).min();
        left.last = left.last.into_iter().chain(right.last).max();
        left.day_events += right.day_events;
        left.durations.merge(right.durations);
    }

    fn finish(log: &LogContext, _: &(), mut partial: Partial) -> Result<Output, Problem> {
        Ok(Output {
            cases: partial.cases,
            events: partial.events,
            activities: partial.is_seen.iter().filter(|&&seen| seen).count() as u64,
            variants: partial.variants.len() as u64,
            first_event_at: partial.first.and_then(|(us, _)| Timestamp::from_us(us)),
            first_event_precision: partial.first.map_or(Precision::Instant, |(_, known)| known.0),
            last_event_at: partial.last.and_then(|(us, _)| Timestamp::from_us(us)),
            last_event_precision: partial.last.map_or(Precision::Instant, |(_, known)| known),
            day_events: Some(partial.day_events).filter(|&events| events > 0),
            case_duration_s: partial.durations.statistics(),
            method: Method::of(log),
        })
    }
}

/// Events of a case that are known to the day only.
fn day_events(case: &Case<'_>) -> u64 {
    if !case.segment().has_days() {
        return 0;
    }
    (0..case.event_count()).filter(|&idx| case.is_day(idx)).count() as u64
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_log, with_days};
    use expect_test::expect;
    use serde_json::{Value, json};

    #[test]
    fn a_log_is_counted_and_timed() {
        // Durations: 2 h, 2 h, 1 h → mean 5/3 h = 6000 s, median 2 h, p90 at 1 + 2·0.9 = 2.8.
        let answer = ask("a b c ×2\na c", "summary", "{}");
        expect![[r#"{"cases":3,"events":8,"activities":3,"variants":2,"first_event_at":"2024-01-01T00:00:00Z","last_event_at":"2024-01-01T02:00:00Z","case_duration_s":{"min":3600,"mean":6000,"median":7200,"p90":7200,"max":7200,"total":18000},"method":"exact"}"#]]
        .assert_eq(&answer);
    }

    #[test]
    fn an_empty_log_has_no_times() {
        let answer = ask("", "summary", "{}");
        expect![[r#"{"cases":0,"events":0,"activities":0,"variants":0,"first_event_at":null,"last_event_at":null,"case_duration_s":null,"method":"exact"}"#]]
        .assert_eq(&answer);
    }

    #[test]
    fn times_that_are_known_to_the_day_are_counted_and_marked() {
        // b of both cases is known to the day; the last b ends the log, the first time is exact.
        let log = with_days("1: a@1h b@30h\n2: a@2h b@50h c@49h", &["b"]);
        let answer: Value = serde_json::from_str(&ask_log(&log, "summary", "{}")).unwrap();
        assert_eq!((&answer["day_events"], &answer["events"]), (&json!(2), &json!(5)));
        assert_eq!(answer.get("first_event_precision"), None);
        assert_eq!(answer["last_event_precision"], "day");
    }

    #[test]
    fn the_first_start_is_that_of_the_event_that_starts_first() {
        // b ends after a and starts before it, from 1 h to 5 h.
        let told = |days: &[&str]| {
            let log = with_days("1: a@2h b@1h~5h c@6h", days);
            let answer: Value = serde_json::from_str(&ask_log(&log, "summary", "{}")).unwrap();
            let duration_s = answer["case_duration_s"]["median"].clone();
            (answer.get("first_event_precision").is_some(), duration_s)
        };
        assert_eq!(told(&["a"]), (false, json!(18_000)));
        assert_eq!(told(&["b"]), (true, json!(0)));
    }

    #[test]
    fn of_two_first_times_the_less_precise_is_told() {
        let log = with_days("1: a@0h\n2: b@0h", &["b"]);
        let answer: Value = serde_json::from_str(&ask_log(&log, "summary", "{}")).unwrap();
        assert_eq!(answer["first_event_precision"], "day");
        assert_eq!(answer["last_event_precision"], "day");
    }

    #[test]
    fn unknown_parameters_are_refused_by_name() {
        assert!(
            ask("a", "summary", r#"{"colour":1}"#)
                .contains("\"colour\" is not known, and nothing can be set")
        );
    }
}
