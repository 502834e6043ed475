//! What must hold for every filter of the list, whatever the log?

use paydirt_model::case_batch::{CaseBatch, CaseMask};
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use serde_json::{Value, json};

use super::generated_log::{Layout, WORLDS, World, generate};
use super::{CASE_COUNT, ONE, for_each_filter, for_each_question, layouts, plain_answer};
use crate::filter::composition::{BoundFilter, bind};
use crate::filter::remaining::Remaining;

/// The ids and event rows that a filter leaves of a log, sorted; or the problem.
pub(super) fn kept(log: &EventLog, filter: &Value) -> Vec<String> {
    let bound = match bind(log.context(), filter) {
        Ok(bound) => bound,
        Err(problem) => return vec![format!("problem: {problem}")],
    };
    let apply = |segment: &Segment| Remaining::default().filtered(log.context(), &bound, segment);
    left_of(log, apply)
}

fn left_of(log: &EventLog, apply: impl Fn(&Segment) -> Remaining) -> Vec<String> {
    let mut lines = Vec::new();
    for segment in log.segments() {
        apply(segment).batch(segment).for_each(|case| {
            let first_row = segment.parts().offsets[case.idx()] as usize;
            for event_idx in 0..case.event_count() {
                lines.push(format!("{} {}", case.id(), case.row(event_idx) - first_row));
            }
        });
    }
    lines.sort();
    lines
}

/// An event filter that keeps every event: after it, case filters look at cases one by one.
fn every_event(context: &LogContext) -> BoundFilter {
    bind(context, &json!({"kind": "event_activity", "activities": context.activities.names()}))
        .expect("the activities exist")
}

#[test]
fn filters_do_not_see_partitions_or_row_order() {
    for world in WORLDS {
        let logs = layouts(world);
        for_each_filter(|filter| {
            let expected = kept(&logs[0], filter);
            for log in &logs[1..] {
                assert_eq!(kept(log, filter), expected, "{world:?} {filter}");
            }
        });
    }
}

#[test]
fn a_filter_and_its_negation_part_the_log() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 2, ..ONE });
        let everything = left_of(&log, |_| Remaining::default());
        for_each_filter(|filter| {
            let kept_lines = kept(&log, filter);
            if kept_lines.iter().any(|line| line.starts_with("problem")) {
                return;
            }
            let mut both = kept_lines;
            both.extend(kept(&log, &json!({"not": filter})));
            both.sort();
            assert_eq!(both, everything, "{world:?} {filter}");
        });
    }
}

#[test]
fn columns_and_cases_are_filtered_alike() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 2, ..ONE });
        let context = log.context();
        let every_event = every_event(context);
        for_each_filter(|filter| {
            let Ok(bound) = bind(context, filter) else {
                return;
            };
            let by_case = left_of(&log, |segment| {
                let narrowed = Remaining::default().filtered(context, &every_event, segment);
                narrowed.filtered(context, &bound, segment)
            });
            assert_eq!(kept(&log, filter), by_case, "{world:?} {filter}");
        });
    }
}

#[test]
fn the_tables_ask_what_has_an_answer() {
    let log = generate(World::Starts, CASE_COUNT, ONE);
    let everything = left_of(&log, |_| Remaining::default()).len();
    for_each_filter(|filter| {
        let kept = kept(&log, filter).len();
        // The ids of variants are made up.
        let is_some_and_not_all = 0 < kept && kept < everything;
        assert!(is_some_and_not_all || filter["kind"] == "variant", "{filter} keeps {kept}");
    });
    for_each_question(|name, params| {
        let found = plain_answer(&log, name, params);
        assert!(!found.starts_with("problem"), "{name} {params}: {found}");
    });
}

#[test]
fn compositions_follow_from_their_parts() {
    let log = generate(World::Plain, CASE_COUNT, Layout { partitions: 2, ..ONE });
    let a = json!({"kind": "attribute_in", "attribute": "region", "values": ["EMEA", "NA"]});
    let b = json!({"kind": "repeats"});
    let of = |filter: &Value| kept(&log, filter);
    let (kept_a, kept_b) = (of(&a), of(&b));
    let both: Vec<String> = kept_a.iter().filter(|line| kept_b.contains(line)).cloned().collect();
    assert_eq!(of(&json!({"all": [a, b]})), both);
    let mut either = [kept_a, kept_b].concat();
    either.sort();
    either.dedup();
    assert_eq!(of(&json!({"any": [a, b]})), either);
    let not_both = json!({"any": [{"not": a}, {"not": b}]});
    assert_eq!(of(&json!({"not": {"all": [a, b]}})), of(&not_both));
}

#[test]
fn timed_follows_finds_what_looking_at_every_pair_finds() {
    let bounds = [
        (None, Some(90_000)),
        (Some(3_600), None),
        (Some(-90_000), Some(0)),
        (Some(86_400), Some(432_000)),
    ];
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, ONE);
        let context = log.context();
        for (after_s, within_s) in bounds {
            let filter = json!({"kind": "follows", "mode": "eventually", "from": ["a", "b"],
                "to": ["b", "c"], "after_s": after_s, "within_s": within_s});
            let bound = bind(context, &filter).unwrap();
            let roles = |name: &str| (["a", "b"].contains(&name), ["b", "c"].contains(&name));
            let suits = |path_us: i64| {
                after_s.is_none_or(|after: i64| after * 1_000_000 <= path_us)
                    && within_s.is_none_or(|within: i64| path_us <= within * 1_000_000)
            };
            let segment = &log.segments()[0];
            let kept = Remaining::default().filtered(context, &bound, segment);
            let mut found = CaseMask::new(segment.case_count(), false);
            kept.batch(segment).for_each(|case| found.insert(case.idx()));
            CaseBatch::all(segment).for_each(|case| {
                let role = |idx: usize| roles(context.activities.name(case.activities()[idx]));
                let expected = (0..case.event_count()).any(|to| {
                    (0..to).any(|from| {
                        role(from).0 && role(to).1 && suits(case.path_us(context, from, to))
                    })
                });
                assert_eq!(
                    found.contains(case.idx()),
                    expected,
                    "{world:?} {filter} {}",
                    case.id()
                );
            });
        }
    }
}
