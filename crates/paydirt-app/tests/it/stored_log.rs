//! Does a log that was written to files and opened again answer every question with the same
//! bytes?

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use paydirt_demo::world::{DEMO, World, WorldSettings};
use paydirt_engine::analysis::{Analysis, Tile};
use paydirt_engine::limits::TILE_COUNT_MAX;
use paydirt_engine::run::{RunOptions, run};
use paydirt_mining::operators;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::event_log::{CaseNotion, EventLog, LogContext, Segment};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::Problem;
use paydirt_model::text_log;
use paydirt_store::format::v1::{StoredLog, open_log, write_log};
use paydirt_store::new_file::NewFile;
use paydirt_store::running::Running;
use serde_json::{Value, json};

struct PlainFile(File);

impl Write for PlainFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl NewFile for PlainFile {
    fn finish(self: Box<Self>) -> Result<(), Problem> {
        Ok(())
    }
}

fn write(log: &EventLog, folder: &Path) -> StoredLog {
    let create = |name: &str| -> Result<Box<dyn NewFile>, Problem> {
        Ok(Box::new(PlainFile(File::create_new(folder.join(name)).unwrap())))
    };
    let cancelled = AtomicBool::new(false);
    let running = Running { threads: 2, cancelled: &cancelled, progress: &|_, _| {} };
    write_log(log, "main", &create, &running).unwrap()
}

/// Every question, those about attributes once for each, some of them grouped.
fn questions(log: &EventLog) -> Vec<(&'static str, Value, Option<String>)> {
    let context = log.context();
    let segment = &log.segments()[log.segments().len() / 2];
    let id = segment.parts().case_ids.get(segment.case_count() / 2);
    let mut questions: Vec<(&str, Value, Option<String>)> = Vec::new();
    for question in operators::ALL {
        let name = |idx: usize| context.activities.names()[idx].as_str();
        let params = match question.name() {
            "case" => json!({ "case": id }),
            "funnel" => json!({ "stages": [{ "activities": [name(0)] },
                                           { "activities": [name(1)] }] }),
            "spectrum" => json!({ "from": name(0), "to": name(1), "mode": "eventually" }),
            "neighbours" => json!({ "activity": name(0) }),
            _ => json!({}),
        };
        questions.push((question.name(), params, None));
    }
    for attribute in &context.attributes {
        let name = &attribute.name;
        let kind = attribute.kind;
        if attribute.level == AttributeLevel::Case {
            let sorted = json!({ "sort": { "attribute": name }, "attributes": [name] });
            questions.push(("cases", sorted, None));
        }
        if matches!(kind, AttributeType::Money | AttributeType::Decimal | AttributeType::Integer) {
            questions.push(("map", json!({ "weight": { "attribute": name } }), None));
            let values = json!({ "attribute": name, "level": attribute.level });
            questions.push(("map", json!({ "values": [values] }), None));
        }
        if kind == AttributeType::Text {
            questions.push(("handovers", json!({ "attribute": name }), None));
            questions.push(("workload", json!({ "attribute": name, "limit": 2 }), None));
        }
        let is_of_case = attribute.level == AttributeLevel::Case;
        if is_of_case && matches!(kind, AttributeType::Text | AttributeType::Boolean) {
            questions.push(("throughput", json!({ "by": name }), None));
            questions.push(("movements", json!({ "by": name, "limit": 100 }), None));
            questions.push(("variants", json!({ "limit": 3 }), Some(name.clone())));
        }
    }
    questions
}

/// A filter that looks at the attribute, by its type.
fn filter(attribute: &Attribute) -> Value {
    let (name, level) = (&attribute.name, attribute.level);
    match attribute.kind {
        AttributeType::Text | AttributeType::Boolean | AttributeType::Money => {
            json!({"kind": "attribute_in", "attribute": name, "level": level, "values": [null]})
        }
        AttributeType::Integer | AttributeType::Decimal | AttributeType::Duration => {
            json!({"kind": "attribute_range", "attribute": name, "level": level, "min": 3})
        }
        AttributeType::Timestamp => {
            let from = "2025-03-01";
            json!({"kind": "attribute_period", "attribute": name, "level": level, "from": from})
        }
    }
}

/// The answers to all questions; to the first alone where there are filters.
fn answer(log: &EventLog, filters: Vec<Value>) -> String {
    let tile = |(idx, (question, params, group_by)): (usize, (&str, Value, Option<String>))| Tile {
        id: idx.to_string(),
        question: question.to_owned(),
        params,
        filters: Vec::new(),
        group_by,
    };
    let tiles = questions(log).into_iter().enumerate().map(tile);
    let tile_count = if filters.is_empty() { TILE_COUNT_MAX } else { 1 };
    let tiles: Vec<Tile> = tiles.take(tile_count).collect();
    let version = "log@1".to_owned();
    let analysis = Analysis {
        version,
        notion: log.context().notion,
        settings: None,
        other_settings: BTreeMap::new(),
        filters,
        tiles,
    };
    let cancelled = AtomicBool::new(false);
    let options = RunOptions { threads: 2, cancelled: &cancelled, progress: &|_, _| {} };
    serde_json::to_string(&run(log, &analysis, &options).unwrap()).unwrap()
}

/// The same log, some of its cases linked to others.
fn linked(log: &EventLog) -> EventLog {
    let segments = log.segments().iter().map(|segment| {
        let mut parts = segment.parts().clone();
        for idx in 0..segment.case_count() {
            for copy in 0..idx % 3 {
                parts.links.case_ids.push(&format!("deal {copy}"));
                parts.links.shares.push(500_000);
            }
            parts.links.ends.push(u32::try_from(parts.links.shares.len()).unwrap());
        }
        Segment::new(parts)
    });
    EventLog::new(LogContext::clone(log.context()), segments.collect())
}

fn check(log: &EventLog) {
    let folder = tempfile::tempdir().unwrap();
    let stored = write(log, folder.path());
    let open = || open_log(folder.path(), "main", &stored, 2).unwrap();
    let expected = answer(log, Vec::new());
    assert!(!expected.contains("damaged"), "{expected}");
    assert_eq!(answer(&open(), Vec::new()), expected);
    let opened = open();
    for attribute in &log.context().attributes {
        let filters = vec![filter(attribute)];
        assert_eq!(answer(&opened, filters.clone()), answer(log, filters.clone()), "{filters:?}");
    }
    let again = tempfile::tempdir().unwrap();
    assert_eq!(write(&open(), again.path()), stored);
}

#[test]
fn the_logs_of_the_demo_answer_alike() {
    for notion in [CaseNotion::Main, CaseNotion::Lead, CaseNotion::Document] {
        let world = World::new(WorldSettings { seed: DEMO.seed, deal_count: 60 });
        let (log, _) = world.build_log(notion).unwrap();
        check(&log);
        if notion == CaseNotion::Document {
            check(&linked(&log));
        }
    }
}

#[test]
fn a_log_in_many_segments_answers_alike() {
    let line = |idx: usize| {
        let (region, won) = (["EMEA", "日本", ""][idx % 3], idx.is_multiple_of(2));
        let times = ["a b/ann c", "a/bob c@+3h/ann", "b@1h~2h/ann a{cost=2.5}"][idx % 3];
        format!("{idx}: {times} | region=\"{region}\" won={won} amount={idx}EUR\n")
    };
    let lines: String = (0..200).map(line).collect();
    for partitions in [1, 7, 64] {
        check(&text_log::parse_with(&lines, LogSpec::plain(), partitions));
    }
}
