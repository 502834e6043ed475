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
        let is_said = said.contains(&repeated);
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

fn code(read: Result<Content, Problem>) -> ErrorCode {
    match read {
        Err(problem) => problem.code,
        Ok(content) => panic!("it was read: {content:?}"),
    }
}

#[test]
fn another_object_type_than_the_log_has_is_not_guessed() {
    let content = read_as(&samples().join(FORMS[1]), Some("deal"), 1).unwrap();
    let Content::Undecided { problem, report } = content else { panic!("nothing is chosen") };
    assert_eq!(problem.code, ErrorCode::ObjectTypeNotFound);
    assert_eq!(problem.place.parameter.as_deref(), Some("object_type"));
    assert_eq!(
        problem.detail.to_string(),
        "The log has no object type \"deal\". It has Größe & <Art>, customer, invoice, item, order."
    );
    let offered: Vec<&str> =
        report.choices[0].options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(offered, ["order", "item", "customer", "invoice", "Größe & <Art>"]);
    assert_eq!(report.choices[0].options[0].about.to_string(), "4 cases, 24 events");
}

#[test]
fn only_what_is_asked_for_is_read() {
    for name in FORMS {
        let path = samples().join(name);
        let content = with_options(1, Limits::STANDARD, None, |options| {
            read(&path, &ReadOptions { only_core: true, ..*options })
        });
        let (log, _) = log_of(content.unwrap());
        assert_eq!((log.context().attributes.len(), log.context().event_count), (0, 24));
    }
}

#[test]
fn times_without_a_zone_are_of_the_zone_that_is_named() {
    let zone = paydirt_model::event_log::TimeZoneName::parse("Asia/Tokyo").unwrap();
    let text = r#"{"objectTypes": [{"name": "o"}], "events": [{"id": "e", "type": "a",
        "time": "2024-01-01T09:00:00", "relationships": [{"objectId": "1"}]},
        {"id": "f", "type": "b", "time": "2024-01-02", "relationships": [{"objectId": "1"}]}],
        "objects": [{"id": "1", "type": "o"}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    fs::write(&path, text).unwrap();
    let content = with_options(1, Limits::STANDARD, None, |options| {
        read(&path, &ReadOptions { zone: Some(&zone), ..*options })
    });
    let (log, report) = log_of(content.unwrap());
    assert_eq!(
        describe(&log),
        "1 |\n  a 2024-01-01T00:00:00Z ocel_id=e\n  b 2024-01-01T15:00:00Z Day ocel_id=f\n"
    );
    let said = "2 times without a zone were read in Asia/Tokyo. Another zone can be chosen.";
    assert!(notes(&report).contains(said));
}

#[test]
fn what_contradicts_itself_is_read_as_far_as_it_can_be_and_counted() {
    let text = r#"{"events": [
        {"id": "e", "type": "a", "time": "2024-01-01T09:00:00Z", "attributes":
            [{"name": "n", "value": "many"}, {"name": "list", "value": [1]}, {"name": "ok", "value": 2}],
         "relationships": [{"objectId": "1"}, {"objectId": "gone"}]},
        {"id": "e", "type": "a", "time": "2024-01-02T09:00:00Z",
         "relationships": [{"objectId": 1}]},
        {"id": "late", "type": "a", "time": "soon", "relationships": [{"objectId": "1"}]},
        {"id": "x", "type": " ", "time": "2024-01-02T09:00:00Z"}],
        "more": {"deep": [[1]]},
        "eventTypes": [{"name": "a", "attributes": [{"name": "n", "type": "integer"}]}],
        "objects": [{"id": "1", "type": "o", "attributes":
            [{"name": "v", "time": "never", "value": 1}, {"name": "v", "time": "2024-01-01", "value": 2},
             {"name": "v", "time": "2024-01-01", "value": 3}]},
            {"id": "1", "type": "p"}], "objectTypes": []}"#;
    let (log, report) = log_of(read_text(text).unwrap());
    let expected: BTreeMap<&str, (bool, u64)> = [
        ("bad-time", (false, 1)),
        ("bad-value", (false, 2)),
        ("repeated-event-id", (false, 1)),
        ("repeated-object-id", (false, 1)),
        ("repeated-value", (false, 1)),
        ("unknown-object", (false, 1)),
        ("without-activity", (true, 1)),
        ("without-time", (true, 1)),
    ]
    .into();
    assert_eq!(counts(&report), expected);
    assert_eq!(
        describe(&log),
        "1 |\n  a 2024-01-01T09:00:00Z ok=2 ocel_id=e v=3\n  \
         a 2024-01-02T09:00:00Z ocel_id=e v=3\n"
    );
}

#[test]
fn many_qualifiers_and_long_lists_stay_readable() {
    let relation =
        |idx: usize| format!("{{\"objectId\": \"i{idx:02}\", \"qualifier\": \"q{idx}\"}}");
    let related: Vec<String> = (0..60).map(relation).collect();
    let objects: Vec<String> =
        (0..60).map(|idx| format!("{{\"id\": \"i{idx:02}\", \"type\": \"item\"}}")).collect();
    let text = format!(
        "{{\"objectTypes\": [], \"events\": [{{\"id\": \"e\", \"type\": \"a\", \"time\": \
         \"2024-01-01T00:00:00Z\", \"relationships\": [{{\"objectId\": \"o\"}}, {}]}}], \"objects\": \
         [{{\"id\": \"o\", \"type\": \"order\"}}, {}]}}",
        related.join(", "),
        objects.join(", ")
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    fs::write(&path, text).unwrap();
    let (log, report) = log_of(read_as(&path, Some("order"), 1).unwrap());
    let told = describe(&log);
    assert!(told.contains(" item=i00 (q0); i01 (q1); "), "{told}");
    assert!(told.ends_with("; i49 (q49); … (+10)\n"), "{told}");
    assert!(notes(&report).contains("1 list of related objects is longer than 50 ids and was cut"));
}

#[test]
fn files_that_are_no_such_log_are_refused_for_what_they_are() {
    for (text, expected) in [
        (
            r#"{"objectTypes": [], "eventTypes": [], "events": [], "objects": []}"#,
            ErrorCode::NothingUsable,
        ),
        (r#"{"ocel:global-log": {}, "ocel:events": {}}"#, ErrorCode::UnknownFormat),
        (r#"{"deals": [{"id": 1}]}"#, ErrorCode::UnknownFormat),
        (r#"{"objectTypes": [], "events": 5}"#, ErrorCode::DamagedFile),
        (r#"{"objectTypes": [], "events": [{"id": "e", }]}"#, ErrorCode::DamagedFile),
        (r#"{"objectTypes": [], "events": [{"id": "e""#, ErrorCode::DamagedFile),
        (r#"{"objectTypes": []} {}"#, ErrorCode::DamagedFile),
        ("<log><object-types/><events><event id=\"e\"></log>", ErrorCode::DamagedFile),
        ("<log><object-types/><events>", ErrorCode::DamagedFile),
        ("<!DOCTYPE log [<!ENTITY a \"b\">]><log><object-types/></log>", ErrorCode::UnknownFormat),
        ("<log><object-types/></log>", ErrorCode::NothingUsable),
    ] {
        assert_eq!(code(read_text(text)), expected, "{text}");
    }
}

#[test]
fn what_is_too_large_is_refused_with_its_limit() {
    let limits = Limits { record_bytes_max: 64 << 10, ..Limits::STANDARD };
    let long = "x".repeat(600 << 10);
    for text in [
        format!("{{\"objectTypes\": [], \"events\": [{{\"id\": \"{long}\"}}]}}"),
        format!("{{\"objectTypes\": [], \"more\": \"{long}\"}}"),
        format!("<log><object-types/><objects><object id=\"{long}\"/></objects></log>"),
        format!("{{\"objectTypes\": [{}]}}", "[".repeat(100_000)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        fs::write(&path, &text).unwrap();
        for threads in [1, 2] {
            let refused = with_options(threads, limits, None, |options| read(&path, options));
            let found = code(refused);
            let is_told = found == ErrorCode::InputTooLarge || found == ErrorCode::DamagedFile;
            assert!(is_told, "{found:?} {}", &text[..40]);
        }
    }
}

/// A database at a path, with these statements run.
fn database(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

const TABLES: &str = "CREATE TABLE event_map_type (ocel_type, ocel_type_map);
    CREATE TABLE object_map_type (ocel_type, ocel_type_map);
    CREATE TABLE object (ocel_id, ocel_type); CREATE TABLE event (ocel_id, ocel_type);
    CREATE TABLE event_object (ocel_event_id, ocel_object_id, ocel_qualifier);";

#[test]
fn nothing_of_a_database_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    for (idx, (sql, expected)) in [
        ("CREATE TABLE deals (a)".to_owned(), ErrorCode::UnknownFormat),
        (
            "CREATE TABLE EVENTS (a); CREATE TABLE RELATIONS (a); CREATE TABLE OBJECTS (a)"
                .to_owned(),
            ErrorCode::UnknownFormat,
        ),
        // A view is no table, whatever it is called.
        (
            TABLES.replace(
                "CREATE TABLE event (ocel_id, ocel_type);",
                "CREATE VIEW event AS SELECT 1 AS ocel_id, 'a' AS ocel_type;",
            ),
            ErrorCode::UnknownFormat,
        ),
        (format!("{TABLES} INSERT INTO event_map_type VALUES ('a', 'A')"), ErrorCode::DamagedFile),
        (
            format!("{TABLES} INSERT INTO object_map_type VALUES ('o', 'x\" --')"),
            ErrorCode::DamagedFile,
        ),
        (TABLES.replace("event (ocel_id, ocel_type)", "event (ocel_id)"), ErrorCode::DamagedFile),
        (TABLES.to_owned(), ErrorCode::NothingUsable),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{idx} ?#%.sqlite"));
        database(&path, &sql);
        assert_eq!(code(read_as(&path, None, 1)), expected, "{sql}");
    }
}

#[test]
fn a_cut_or_changed_database_is_damaged_or_another_log_but_never_a_fault() {
    let bytes = fs::read(samples().join(FORMS[2])).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.sqlite");
    for length in (0..bytes.len()).step_by(997) {
        fs::write(&path, &bytes[..length]).unwrap();
        if let Err(problem) = read_as(&path, None, 1) {
            assert_ne!(problem.code, ErrorCode::Internal);
        }
    }
    for place in (0..bytes.len()).step_by(101) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x55;
        fs::write(&path, &changed).unwrap();
        let _ = read_as(&path, None, 1);
    }
}

#[test]
fn a_database_with_a_journal_beside_it_is_read_as_it_lies_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.sqlite");
    fs::copy(samples().join(FORMS[2]), &path).unwrap();
    fs::write(folder.path().join("log.sqlite-journal"), b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7junk")
        .unwrap();
    fs::write(folder.path().join("log.sqlite-wal"), b"junk").unwrap();
    let before = fs::read(&path).unwrap();
    assert!(read_as(&path, None, 1).is_ok());
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_log_may_be_compressed_with_gzip() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    for name in FORMS {
        let bytes = fs::read(samples().join(name)).unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&bytes).unwrap();
        let path = folder.path().join(format!("{name}.gz"));
        fs::write(&path, packed.finish().unwrap()).unwrap();
        let (log, _) = log_of(read_as(&path, None, 2).unwrap());
        assert_eq!(log.context().event_count, 24, "{name}");
    }
}

/// The parts of a log in JSON, and of the same in XML, in the order of the numbers.
fn in_order(order: [usize; 4]) -> [String; 2] {
    let json = [
        r#""eventTypes":[{"name":"A","attributes":[{"name":"due","type":"time"},{"name":"n","type":"integer"}]}]"#,
        r#""objectTypes":[{"name":"o","attributes":[{"name":"since","type":"time"}]}]"#,
        r#""events":[{"id":"e1","type":"A","time":"2024-01-01T00:00:00Z","attributes":[{"name":"due","value":"2024-02-01T00:00:00Z"},{"name":"n","value":"5"}],"relationships":[{"objectId":"o1","qualifier":""}]},{"id":"e2","type":"A","time":"2024-01-02T00:00:00Z","attributes":[{"name":"n","value":"x"}],"relationships":[{"objectId":"o1","qualifier":""}]}]"#,
        r#""objects":[{"id":"o1","type":"o","attributes":[{"name":"since","time":"","value":"2023-01-01T00:00:00Z"}]}]"#,
    ];
    let xml = [
        "<event-types><event-type name='A'><attributes><attribute name='due' type='time'/><attribute name='n' type='integer'/></attributes></event-type></event-types>",
        "<object-types><object-type name='o'><attributes><attribute name='since' type='time'/></attributes></object-type></object-types>",
        "<events><event id='e1' type='A' time='2024-01-01T00:00:00Z'><attributes><attribute name='due'>2024-02-01T00:00:00Z</attribute><attribute name='n'>5</attribute></attributes><objects><relationship object-id='o1' qualifier=''/></objects></event><event id='e2' type='A' time='2024-01-02T00:00:00Z'><attributes><attribute name='n'>x</attribute></attributes><objects><relationship object-id='o1' qualifier=''/></objects></event></events>",
        "<objects><object id='o1' type='o'><attributes><attribute name='since' time=''>2023-01-01T00:00:00Z</attribute></attributes></object></objects>",
    ];
    let json = order.map(|part| json[part]).join(",");
    [format!("{{{json}}}"), format!("<log>{}</log>", order.map(|part| xml[part]).concat())]
}

#[test]
fn the_order_of_the_parts_makes_no_odds() {
    let told = |text: &str| {
        let (log, report) = log_of(read_text(text).unwrap());
        let attributes = log.context().attributes.iter();
        let kinds: BTreeMap<String, String> =
            attributes.map(|it| (it.name.to_string(), format!("{:?}", it.kind))).collect();
        (describe(&log), kinds, counts_of(&report), report.rows_read, notes(&report))
    };
    for form in [0, 1] {
        let expected = told(&in_order([0, 1, 2, 3])[form]);
        assert_eq!(expected.1["due"], "Timestamp");
        assert_eq!(expected.1["n"], "Integer");
        assert_eq!(expected.2, [("bad-value".to_owned(), false, 1)]);
        for order in [[1, 0, 3, 2], [2, 3, 1, 0], [3, 2, 0, 1], [2, 0, 3, 1], [3, 1, 2, 0]] {
            assert_eq!(told(&in_order(order)[form]), expected, "{order:?}");
        }
    }
}

#[test]
fn events_of_many_objects_fill_no_memory() {
    let log = |objects: usize, text: &str| {
        let list: Vec<String> =
            (0..objects).map(|idx| format!(r#"{{"id":"o{idx}","type":"o"}}"#)).collect();
        let relations: Vec<String> =
            (0..objects).map(|idx| format!(r#"{{"objectId":"o{idx}","qualifier":""}}"#)).collect();
        format!(
            r#"{{"objectTypes":[],"objects":[{}],"events":[{{"id":"e","type":"A","time":"2024-01-01T00:00:00Z","attributes":[{{"name":"t","value":"{text}"}}],"relationships":[{}]}}]}}"#,
            list.join(","),
            relations.join(",")
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.json");
    let limits = Limits { cells_floor: 1_000, cells_per_byte: 0, ..Limits::STANDARD };
    for (text, expected) in [
        (log(600, "x"), "has more than 1,000 cells, events times attributes"),
        (log(300, &"x".repeat(200)), "has more than 32,000 bytes of text"),
    ] {
        fs::write(&path, &text).unwrap();
        let problem = with_options(1, limits, None, |options| read(&path, options)).unwrap_err();
        assert_eq!(problem.code, ErrorCode::InputTooLarge);
        assert!(problem.detail.to_string().contains(expected), "{problem}");
        assert!(read_text(&text).is_ok());
    }
}
