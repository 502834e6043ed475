//! What must hold for every grouping of activities, whatever the log and the question after it?

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use serde_json::{Value, json};

use super::filter_laws::kept;
use super::generated_log::{Layout, WORLDS, generate};
use super::{CASE_COUNT, ONE, for_each_grouping, layouts};
use crate::filter::composition::bind;
use crate::filter::remaining::Remaining;
use crate::operator::Operator;
use crate::operators;
use crate::operators::map;

/// The answer of a question on the log as a grouping shows it.
fn grouped_answer(log: &EventLog, grouping: &Value, question: &str, params: &Value) -> String {
    let bound = bind(log.context(), grouping).unwrap();
    let context = bound.context().expect("a grouping shows the log anew");
    let question = operators::find(question).unwrap().bind(context, params).unwrap();
    let mut partial = question.new_partial();
    for segment in log.segments() {
        let seen = Remaining::default().filtered(log.context(), &bound, segment);
        question.observe(context, &seen.batch(segment), &mut partial);
    }
    question.finish(context, partial).unwrap().get().to_owned()
}

#[test]
fn partitions_and_row_order_do_not_matter_after_a_grouping() {
    for world in WORLDS {
        let logs = layouts(world);
        for_each_grouping(|grouping| {
            for question in ["map", "variants", "rework", "activities", "cases"] {
                let expected = grouped_answer(&logs[0], grouping, question, &json!({}));
                for log in &logs[1..] {
                    let found = grouped_answer(log, grouping, question, &json!({}));
                    assert_eq!(found, expected, "{world:?} {grouping} {question}");
                }
            }
        });
    }
}

#[test]
fn a_grouping_keeps_every_event_and_every_time() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 2, ..ONE });
        let everything = json!({"kind": "event_count", "min": 1});
        for_each_grouping(|grouping| {
            assert_eq!(kept(&log, grouping), kept(&log, &everything), "{grouping}");
            let bound = bind(log.context(), grouping).unwrap();
            for segment in log.segments() {
                let seen = Remaining::default().filtered(log.context(), &bound, segment);
                let times = |batch: CaseBatch<'_>| {
                    let mut times = Vec::new();
                    batch.for_each(|case| times.extend_from_slice(case.times_us()));
                    times
                };
                assert_eq!(times(seen.batch(segment)), times(CaseBatch::all(segment)));
            }
        });
    }
}

#[test]
fn without_groups_nothing_is_seen_otherwise() {
    let log = generate(WORLDS[1], CASE_COUNT, ONE);
    let nothing = json!({"kind": "group_activities", "groups": {}});
    let plain = super::plain_answer(&log, map::Op::NAME, &json!({}));
    assert_eq!(grouped_answer(&log, &nothing, map::Op::NAME, &json!({})), plain);
}
