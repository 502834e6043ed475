//! One case, read back event by event.

use crate::testing::{ask, ask_log, with_auxiliary};
use expect_test::expect;
use paydirt_model::activity::{Activities, ActivityCode};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_chunk::{ChunkWriter, EventTime};
use paydirt_model::event_log::{CaseLinks, EventLog, Segment, SegmentParts};
use paydirt_model::log_builder::{EventLogBuilder, LogSpec};
use paydirt_model::text_log;
use paydirt_model::time::{HOUR_US, Precision};
use serde_json::Value;

use super::Op;
use crate::operator::Operator;

#[test]
fn a_case_is_shown_with_all_its_events_and_values() {
    let log = "7: a@1h~2h/ann{cost=2.50} b@4h | amount=12.50EUR won=true\n8: a";
    // `variant`: the first half of XXH3-128 of "a\0b\0" as the reference implementation gives it.
    expect![[r#"{"case":"7","start":"2024-01-01T01:00:00Z","end":"2024-01-01T04:00:00Z","duration_s":10800,"variant":"b061d902c67ac49e","attributes":{"amount":{"amount":12.5,"currency":"EUR"},"won":true},"links":[],"event_count":2,"events":[{"activity":"a","auxiliary":false,"start":"2024-01-01T01:00:00Z","end":"2024-01-01T02:00:00Z","recorded_at":null,"utc_offset_min":0,"precision":"instant","wait_s":null,"duration_s":3600,"resource":"ann","attributes":{"resource":"ann","cost":2.5}},{"activity":"b","auxiliary":false,"start":null,"end":"2024-01-01T04:00:00Z","recorded_at":null,"utc_offset_min":0,"precision":"instant","wait_s":7200,"duration_s":null,"resource":null,"attributes":{}}]}"#]]
    .assert_eq(&ask(log, "case", r#"{"case":"7"}"#));
}

#[test]
fn an_unknown_case_is_not_found_with_advice() {
    for log in ["", "a"] {
        let answer = ask(log, "case", r#"{"case":"案件"}"#);
        assert!(answer.contains("There is no case \"案件\". Ids are compared exactly"), "{answer}");
    }
    assert!(ask("a", "case", "{}").contains("\"case\" is missing"));
}

#[test]
fn overlaps_are_negative_waits() {
    let answer = ask("1: a@0h~2h b@1h~3h", "case", r#"{"case":"1"}"#);
    assert!(answer.contains(r#""wait_s":-3600,"duration_s":7200"#), "{answer}");
}

#[test]
fn auxiliary_events_are_shown_but_not_part_of_the_variant() {
    let log = with_auxiliary("1: a n b\n2: a b", &["n"]);
    let answer = |id: &str| -> Value {
        let answer = ask_log(&log, "case", &format!(r#"{{"case":"{id}"}}"#));
        serde_json::from_str(&answer).unwrap()
    };
    assert_eq!(answer("1")["events"][1]["auxiliary"], true);
    assert_eq!(answer("1")["variant"], answer("2")["variant"]);
}

#[test]
fn long_cases_are_read_page_by_page() {
    let answer = |params: &str| -> Value {
        serde_json::from_str(&ask("1: a b c d", "case", params)).unwrap()
    };
    let page = answer(r#"{"case":"1","offset":1,"limit":2}"#);
    assert_eq!(page["event_count"], 4);
    let events = page["events"].as_array().unwrap();
    assert_eq!((&events[0]["activity"], &events[0]["wait_s"]), (&"b".into(), &3600.into()));
    assert_eq!((&events[1]["activity"], events.len()), (&"c".into(), 2));
    let beyond = answer(r#"{"case":"1","offset":9}"#);
    assert_eq!(beyond["events"].as_array().map(Vec::len), Some(0));
    let refused = ask("1: a", "case", r#"{"case":"1","limit":100001}"#);
    assert!(refused.contains("at most 100,000"), "{refused}");
}

#[test]
fn recorded_times_zones_and_precision_are_kept() {
    let start_us = text_log::TEXT_LOG_START_US;
    let mut writer = ChunkWriter::new(Vec::new());
    let time = EventTime {
        effective_us: start_us,
        start_us: None,
        recorded_us: start_us + HOUR_US,
        offset_min: 540,
        precision: Precision::Day,
    };
    writer.push("1", "a", time);
    let mut builder = EventLogBuilder::new(LogSpec::plain(), 1);
    builder.append(writer.take());
    let log = builder.finish().unwrap().0;
    let answer = ask_log(&log, "case", r#"{"case":"1"}"#);
    let part = r#""recorded_at":"2024-01-01T01:00:00Z","utc_offset_min":540,"precision":"day""#;
    assert!(answer.contains(part), "{answer}");
    let ends = [r#""start_precision":"day""#, r#""end_precision":"day""#];
    assert!(ends.iter().all(|part| answer.contains(part)), "{answer}");
}

#[test]
fn links_to_main_cases_are_shown_with_their_shares() {
    let links = CaseLinks {
        ends: vec![1, 3],
        case_ids: ["x", "deal 1", "deal 2"].into_iter().collect(),
        shares: vec![1_000_000, 250_000, 750_000],
    };
    let parts = SegmentParts {
        case_ids: ["i1", "i2"].into_iter().collect(),
        offsets: vec![0, 1, 2],
        activities: vec![ActivityCode::new(0); 2],
        times_us: vec![0, 0],
        links,
        ..SegmentParts::default()
    };
    let mut context = text_log::parse("a").context().as_ref().clone();
    context.activities = Activities::new(vec!["invoice".to_owned()], &[]).unwrap();
    let log = EventLog::new(context, vec![Segment::new(parts)]);
    let answer = ask_log(&log, "case", r#"{"case":"i2"}"#);
    let links = r#""links":[{"case":"deal 1","share":0.25},{"case":"deal 2","share":0.75}]"#;
    assert!(answer.contains(links), "{answer}");
}

#[test]
fn what_was_found_survives_the_way_between_machines() {
    let log = text_log::parse("1: a{cost=5} b");
    let context = log.context();
    let params = serde_json::from_str(r#"{"case":"1"}"#).unwrap();
    let plan = Op::plan(context, params).unwrap();
    let mut partial = super::Partial::default();
    Op::observe(context, &plan, &CaseBatch::all(&log.segments()[0]), &mut partial);
    let shipped = serde_json::to_string(&partial).unwrap();
    let mut received = super::Partial::default();
    Op::merge(&mut received, serde_json::from_str(&shipped).unwrap());
    let answer = serde_json::to_string(&Op::finish(context, &plan, received).unwrap()).unwrap();
    assert_eq!(answer, ask_log(&log, "case", r#"{"case":"1"}"#));
}
