//! What does the reader of object-centric logs make of its three formats, right and wrong ones?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use paydirt_connect::source::{Content, Limits, ReadOptions, SourceReport, read};
use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::EventLog;
use paydirt_model::log_builder::EventLogBuilder;
use paydirt_model::mapping::ChoiceKind;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::time::Timestamp;
use serde_json::Value;

use crate::support::{describe, reference_data, with_options};

const FORMS: [&str; 3] = ["orders.jsonocel", "orders.xmlocel", "orders.sqlite"];

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/logs/ocel")
}

fn read_as(path: &Path, object_type: Option<&str>, threads: usize) -> Result<Content, Problem> {
    with_options(threads, Limits::STANDARD, None, |options| {
        read(path, &ReadOptions { object_type, ..*options })
    })
}

fn read_text(text: &str) -> Result<Content, Problem> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    fs::write(&path, text).unwrap();
    read_as(&path, None, 1)
}

fn log_of(content: Content) -> (EventLog, SourceReport) {
    let Content::Events { spec, chunks, report } = content else { panic!("{content:?}") };
    let mut builder = EventLogBuilder::new(spec, 1);
    for chunk in chunks {
        builder.append(chunk);
    }
    (builder.finish().unwrap().0, report)
}

fn counts(report: &SourceReport) -> BTreeMap<&str, (bool, u64)> {
    report.problems.iter().map(|it| (it.kind.as_str(), (it.refused, it.count))).collect()
}

fn notes(report: &SourceReport) -> String {
    let told = report.readings.iter().chain(&report.notes);
    told.map(|sentence| format!("{sentence}\n")).collect()
}

#[test]
fn the_three_formats_are_one_log_on_any_number_of_threads() {
    for object_type in [None, Some("customer"), Some("item"), Some("Größe & <Art>")] {
        let path = samples().join(FORMS[0]);
        let (first, report) = log_of(read_as(&path, object_type, 1).unwrap());
        let expected = (describe(&first), counts_of(&report), notes(&report));
        for name in FORMS {
            for threads in [1, 3] {
                let content = read_as(&samples().join(name), object_type, threads);
                let (log, report) = log_of(content.unwrap());
                let read = (describe(&log), counts_of(&report), notes(&report));
                assert_eq!(read, expected, "{name} {object_type:?}");
            }
        }
    }
}

fn counts_of(report: &SourceReport) -> Vec<(String, bool, u64)> {
    let counts = counts(report).into_iter();
    counts.map(|(kind, (refused, count))| (kind.to_owned(), refused, count)).collect()
}

#[test]
fn what_flattening_does_is_said_with_numbers() {
    let (_, report) = log_of(read_as(&samples().join(FORMS[0]), None, 1).unwrap());
    assert_eq!((report.rows_read, report.rows_refused, report.empty_cases), (27, 4, 1));
    expect_test::expect![[r#"
        one case for each order: of the object types whose objects have from 2 to 100 events (the median), it has the most events that belong to exactly one object, 22 of 27
        object types of the log: Größe & <Art> (1 case, 1 event), customer (2 cases, 11 events), invoice (4 cases, 8 events), item (8 cases, 22 events), order (4 cases, 24 events)
        1 of 23 events belongs to several objects of the type order and is repeated in each of their cases (convergence): 23 events became 24.
        4 events belong to no object of the type order and were left out: Visit Customer (3), Close Month (1).
        In 3 of 4 cases an activity happens for several unrelated objects of the type item (divergence), 9 events in all: that they follow each other does not mean that one led to the other.
        "value" changes in 2 objects: every event has the value of its time.
        1 change after the last event of an object is told by no event and was left out.
    "#]]
    .assert_eq(&notes(&report));
    let (_, report) = log_of(read_as(&samples().join(FORMS[0]), Some("item"), 1).unwrap());
    expect_test::expect![[r#"
        one case for each item, as chosen
        object types of the log: Größe & <Art> (1 case, 1 event), customer (2 cases, 11 events), invoice (4 cases, 8 events), item (8 cases, 22 events), order (4 cases, 24 events)
        5 of 15 events belong to several objects of the type item and are repeated in each of their cases (convergence): 15 events became 22.
        12 events belong to no object of the type item and were left out: Receive Payment (4), Send Invoice (4), Visit Customer (3), Close Month (1).
    "#]]
    .assert_eq(&notes(&report));
}

#[test]
fn a_flattened_log_has_what_its_objects_have() {
    let (log, _) = log_of(read_as(&samples().join(FORMS[2]), None, 1).unwrap());
    expect_test::expect![[r#"
        o1 | priority=2 rush=false due=2024-03-10T00:00:00Z order → item: comprises=i1a; i1b order → customer: ordered by=c1 invoice → order: bills=v1
          Place Order 2024-03-01T09:00:00Z channel=phone ocel_id=place 1 value=120.5 order qualifier=placed customer: buyer=c1 item: ordered=i1a; i1b
          Pick Item 2024-03-01T13:00:00Z resource=Kim 0 ocel_id=pick i1a value=130 item: picked=i1a
          Pick Item 2024-03-01T13:01:00Z resource=Kim 1 ocel_id=pick i1b value=130 item: picked=i1b
          Send Invoice 2024-03-01T15:00:00Z copies=1 ocel_id=invoice 1 value=130 order qualifier=billed invoice: sent=v1 customer: debtor=c1
          Receive Payment 2024-03-01T16:30:00Z partial=false ocel_id=pay 1 value=130 order qualifier=settled invoice: paid=v1
          Ship Items 2024-03-05T07:00:00Z +60 weight=12.25 ocel_id=ship 1 value=130 order qualifier=shipped item: in=i1a; i1b; i2a
        o2 | priority=3 rush=true due=2024-03-11T00:00:00Z order → item: comprises=i2a order → customer: ordered by=c1 invoice → order: bills=v2
          Place Order 2024-03-02T09:00:00Z channel=web ocel_id=place 2 value=80 order qualifier=placed customer: buyer=c1 item: ordered=i2a
          Pick Item 2024-03-02T13:00:00Z resource=Kim 0 ocel_id=pick i2a value=80 item: picked=i2a
          Send Invoice 2024-03-02T15:00:00Z copies=2 ocel_id=invoice 2 value=80 order qualifier=billed invoice: sent=v2 customer: debtor=c1
          Receive Payment 2024-03-02T16:30:00Z partial=false ocel_id=pay 2 value=80 order qualifier=settled invoice: paid=v2
          Ship Items 2024-03-05T07:00:00Z +60 weight=12.25 ocel_id=ship 1 value=80 order qualifier=shipped item: in=i1a; i1b; i2a
        o3 | priority=1 rush=false due=2024-03-12T00:00:00Z order → item: comprises=i3a; i3b; i3c order → customer: ordered by=c2 invoice → order: bills=v3
          Place Order 2024-03-03T09:00:00Z channel=phone ocel_id=place 3 value=1000.25 order qualifier=placed customer: buyer=c2 item: ordered=i3a; i3b; i3c
          Pick Item 2024-03-03T13:00:00Z resource=Kim 0 ocel_id=pick i3a value=990.75 item: picked=i3a
          Pick Item 2024-03-03T13:01:00Z resource=Kim 1 ocel_id=pick i3b value=990.75 item: picked=i3b
          Pick Item 2024-03-03T13:02:00Z resource=Kim 0 ocel_id=pick i3c value=990.75 item: picked=i3c
          Send Invoice 2024-03-03T15:00:00Z copies=3 ocel_id=invoice 3 value=990.75 order qualifier=billed invoice: sent=v3 customer: debtor=c2
          Receive Payment 2024-03-03T16:30:00Z partial=true ocel_id=pay 3 value=990.75 order qualifier=settled invoice: paid=v3
          Ship Items 2024-03-06T07:00:00Z +60 weight=7 ocel_id=ship 2 value=990.75 order qualifier=shipped; first part item: in=i3a; i3b
          Ship Items 2024-03-07T07:00:00Z +60 weight=3.5 ocel_id=ship 3 value=990.75 order qualifier=shipped item: in=i3c
        o4 | priority=2 rush=false due=2024-03-13T00:00:00Z order → item: comprises=i4a; i4b order → customer: ordered by=c2 invoice → order: bills=v4
          Place Order 2024-03-04T09:00:00Z channel=web ocel_id=place 4 value=20 order qualifier=placed customer: buyer=c2 item: ordered=i4a; i4b
          Pick Item 2024-03-04T13:00:00Z resource=Kim 0 ocel_id=pick i4a value=20 item: picked=i4a
          Pick Item 2024-03-04T13:01:00Z resource=Kim 1 ocel_id=pick i4b value=20 item: picked=i4b
          Send Invoice 2024-03-04T15:00:00Z copies=4 ocel_id=invoice 4 value=20 order qualifier=billed invoice: sent=v4 customer: debtor=c2
          Receive Payment 2024-03-04T16:30:00Z partial=false ocel_id=pay 4 value=20 order qualifier=settled invoice: paid=v4
    "#]]
    .assert_eq(&describe(&log));
}

/// The figures of `flatten.py`, computed without this program.
#[test]
fn figures_and_traces_are_those_of_an_independent_computation() {
    let answers = fs::read_to_string(samples().join("orders.answers.json")).unwrap();
    let answers: Value = serde_json::from_str(&answers).unwrap();
    for name in FORMS {
        compare(&samples().join(name), &answers);
    }
}

#[test]
fn public_logs_have_the_figures_of_an_independent_computation() {
    let answers = fs::read_to_string(samples().join("public.answers.json")).unwrap();
    let answers: BTreeMap<String, Value> = serde_json::from_str(&answers).unwrap();
    let Some(data) = reference_data() else { return };
    for (name, answers) in &answers {
        compare(&data.join("logs").join(name), answers);
    }
    assert_eq!(answers.len(), 6);
}

fn compare(path: &Path, answers: &Value) {
    let (_, report) = log_of(read_as(path, None, 1).unwrap());
    assert_eq!(report.choices[0].kind, ChoiceKind::ObjectType);
    assert_eq!(report.choices[0].chosen.as_deref(), answers["chosen"].as_str(), "{path:?}");
    let types = answers["types"].as_object().unwrap();
    for (kind, expected) in types {
        let (log, report) = log_of(read_as(path, Some(kind), 2).unwrap());
        let number = |name: &str| expected[name].as_u64().unwrap();
        let context = log.context();
        assert_eq!(report.rows_read, answers["events"].as_u64().unwrap());
        assert_eq!(context.case_count, number("cases"), "{path:?} {kind}");
        assert_eq!(context.event_count, number("rows"));
        assert_eq!(report.empty_cases, number("objects") - number("cases"));
        let without = expected["without"].as_object().unwrap();
        let refused: u64 = without.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(report.rows_refused, refused);
        let said = notes(&report);
        let repeated =
            format!("{} of {} events belong", number("repeated"), report.rows_read - refused);
        let is_said = said.contains(&repeated.replace("events belong", "events belong"));
        let is_one = said.contains(&repeated.replace("events belong", "events belongs"));
        assert_eq!(is_said || is_one, number("repeated") > 0, "{said}");
        for (other, found) in expected["divergence"].as_object().unwrap() {
            let (cases, events) =
                (found["cases"].as_u64().unwrap(), found["events"].as_u64().unwrap());
            let told = format!(
                "In {cases} of {} cases an activity happens for several unrelated \
                                objects of the type {other} (divergence), {events} event",
                number("cases")
            );
            assert!(said.contains(&told), "{told}\n{said}");
        }
        let told = said.matches("(divergence)").count();
        assert_eq!(told, expected["divergence"].as_object().unwrap().len(), "{said}");
        for (name, objects) in expected["changing"].as_object().unwrap() {
            let objects = objects.as_u64().unwrap();
            assert!(said.contains(&format!("\"{name}\" changes in {objects} object")), "{said}");
        }
        assert_eq!(
            said.matches(" changes in ").count(),
            expected["changing"].as_object().unwrap().len()
        );
        if let Some(traces) = expected.get("traces") {
            let others: Vec<&String> = types.keys().filter(|&other| other != kind).collect();
            let changing: Vec<&String> = expected["changing"].as_object().unwrap().keys().collect();
            assert_eq!(traces_of(&log, &others, &changing), *traces, "{path:?} {kind}");
        }
    }
}

/// The cases as `flatten.py` tells them.
fn traces_of(log: &EventLog, others: &[&String], changing: &[&String]) -> Value {
    let mut traces = serde_json::Map::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let events =
                (0..case.event_count()).map(|idx| event_of(log, case, idx, others, changing));
            traces.insert(case.id().to_owned(), events.collect());
        });
    }
    traces.sort_keys();
    Value::Object(traces)
}

fn event_of(
    log: &EventLog,
    case: Case<'_>,
    idx: usize,
    others: &[&String],
    changing: &[&String],
) -> String {
    let at = Timestamp::from_us(case.times_us()[idx]).unwrap();
    let mut text = format!("{} {at}", log.context().activities.name(case.activities()[idx]));
    let value = |name: &str| {
        let attributes = log.context().attributes.iter();
        let mut found =
            attributes.filter(|it| it.level == AttributeLevel::Event && it.name == name);
        found.next().and_then(|it| case.value(it, idx)).map(|value| value.to_string())
    };
    for name in changing {
        let value = value(name).unwrap_or_default();
        let short = if value.contains('.') {
            value.trim_end_matches('0').trim_end_matches('.')
        } else {
            &value
        };
        text.push_str(&format!(" {name}={short}"));
    }
    let attributes = log.context().attributes.iter();
    let is_list = |name: &str| {
        others.iter().any(|other| name == *other || name.starts_with(&format!("{other}: ")))
    };
    let lists = attributes.filter(|it| it.level == AttributeLevel::Event && is_list(&it.name));
    let mut ids: Vec<String> = Vec::new();
    for list in lists.filter_map(|it| value(&it.name)) {
        ids.extend(list.split("; ").map(|id| format!(" [{id}]")));
    }
    ids.sort();
    ids.dedup();
    text + &ids.concat()
}
