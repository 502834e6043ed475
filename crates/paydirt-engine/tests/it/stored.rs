//! A log whose attributes are kept elsewhere: what is read, and what happens when reading fails?

use std::sync::{Arc, Mutex};

use paydirt_engine::cache::AnswerCache;
use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::column_source::{AttributeTexts, ColumnSource, Deferred};
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::interner::TextColumn;

use super::*;

/// Regions and owners of 40 cases, costs of their events.
fn lines() -> String {
    let line = |idx: usize| {
        let (region, owner) = (["EMEA", "APAC", "NA"][idx % 3], idx % 5);
        format!("{idx}: a{{cost={idx}}} b c | region={region} owner=o{owner}\n")
    };
    (0..40).map(line).collect()
}

/// Keeps attributes of a log, says what was read, and fails where it is told to.
#[derive(Debug)]
struct Cellar {
    log: EventLog,
    /// `region` for texts, `region 3` for the values of a segment.
    reads: Mutex<Vec<String>>,
    broken: Mutex<Vec<String>>,
}

impl Cellar {
    fn read(&self, what: String) -> Result<(), Problem> {
        let is_broken = self.broken.lock().unwrap().contains(&what);
        self.reads.lock().unwrap().push(what.clone());
        let broken = || Problem::new(ErrorCode::DamagedFile, format!("{what} is damaged."));
        if is_broken { Err(broken()) } else { Ok(()) }
    }

    fn taken(&self) -> Vec<String> {
        let mut taken = std::mem::take(&mut *self.reads.lock().unwrap());
        taken.sort();
        taken
    }
}

impl ColumnSource for Cellar {
    fn column(
        &self,
        segment_idx: usize,
        attribute: AttributeIdx,
        _: &TextColumn,
    ) -> Result<Column, Problem> {
        let attribute = &self.log.context().attributes[attribute.0];
        self.read(format!("{} {segment_idx}", attribute.name))?;
        Ok(self.log.segments()[segment_idx].column(attribute).clone())
    }

    fn texts(&self, attribute: AttributeIdx) -> Result<TextColumn, Problem> {
        let attribute = &self.log.context().attributes[attribute.0];
        self.read(attribute.name.clone())?;
        Ok((*attribute.texts).clone())
    }
}

fn stored(broken: &[&str]) -> (EventLog, Arc<Cellar>) {
    let log = text_log::parse_with(&lines(), LogSpec::plain(), 4);
    assert_eq!(log.segments().len(), 4);
    let mut context = LogContext::clone(log.context());
    for attribute in &mut context.attributes {
        if attribute.kind == AttributeType::Text {
            attribute.texts = AttributeTexts::absent();
        }
    }
    let segments = log.segments().iter().map(|segment| {
        let mut parts = segment.parts().clone();
        for column in parts.case_columns.iter_mut().chain(&mut parts.event_columns) {
            *column = Deferred::absent();
        }
        Segment::new(parts)
    });
    let segments = segments.collect();
    let broken = Mutex::new(broken.iter().map(|&what| what.to_owned()).collect());
    let cellar = Arc::new(Cellar { log, reads: Mutex::default(), broken });
    let source: Arc<dyn ColumnSource> = Arc::<Cellar>::clone(&cellar);
    (EventLog::from_source(context, segments, source), cellar)
}

fn emea() -> Value {
    json!({ "kind": "attribute_in", "attribute": "region", "values": ["EMEA"] })
}

fn tiles() -> Value {
    json!([
        { "id": "m", "question": "map", "params": { "weight": { "attribute": "cost" } } },
        { "id": "g", "question": "summary", "group_by": "owner" },
        { "id": "v", "question": "variants", "filters": [emea()] },
        { "id": "c", "question": "case", "params": { "case": "7" } },
    ])
}

#[test]
fn an_answer_is_the_same_wherever_attributes_are_kept() {
    let in_memory = text_log::parse_with(&lines(), LogSpec::plain(), 1);
    for filters in [json!([]), json!([emea()])] {
        let analysis = request(filters, tiles());
        let expected = serde_json::to_string(&ask(&in_memory, &analysis, 1).unwrap()).unwrap();
        for threads in [1, 4] {
            let answer = ask(&stored(&[]).0, &analysis, threads).unwrap();
            assert_eq!(serde_json::to_string(&answer).unwrap(), expected);
        }
    }
}

#[test]
fn only_what_is_asked_for_is_read_and_only_once() {
    let (log, cellar) = stored(&[]);
    let summary = request(json!([]), json!([{ "id": "t", "question": "summary" }]));
    ask(&log, &summary, 2).unwrap();
    assert_eq!(cellar.taken(), [""; 0]);
    let before = log.memory_bytes();
    let narrowed = request(json!([emea()]), json!([{ "id": "t", "question": "summary" }]));
    ask(&log, &narrowed, 2).unwrap();
    let read = ["region", "region 0", "region 1", "region 2", "region 3"];
    assert_eq!(cellar.taken(), read);
    assert!(log.memory_bytes() >= before + 4 * 40, "{before}, {}", log.memory_bytes());
    ask(&log, &narrowed, 2).unwrap();
    assert_eq!(cellar.taken(), [""; 0]);
}

#[test]
fn one_case_reads_one_segment_and_what_a_filter_has_emptied_is_not_read() {
    let (log, cellar) = stored(&[]);
    let case = json!([{ "id": "t", "question": "case", "params": { "case": "7" } }]);
    ask(&log, &request(json!([]), case), 1).unwrap();
    let read = cellar.taken();
    assert_eq!(read.iter().filter(|what| what.starts_with("cost ")).count(), 1, "{read:?}");
    let (log, cellar) = stored(&[]);
    let one = json!({ "kind": "case_ids", "ids": ["7"] });
    let grouped = json!([{ "id": "t", "question": "summary", "group_by": "owner" }]);
    ask(&log, &request(json!([one, emea()]), grouped), 1).unwrap();
    // Case 7 is in APAC: the second filter is looked at in one segment, the grouping in none.
    let read = cellar.taken();
    assert_eq!(read.iter().filter(|what| what.starts_with("region ")).count(), 1, "{read:?}");
    assert_eq!(read.iter().filter(|what| what.starts_with("owner ")).count(), 0, "{read:?}");
}

#[test]
fn what_cannot_be_read_for_a_tile_is_the_problem_of_that_tile() {
    for broken in ["owner", "owner 1", "owner 3"] {
        for threads in [1, 3] {
            let (log, _) = stored(&[broken]);
            let answer = ask(&log, &request(json!([]), tiles()), threads).unwrap();
            let problems: Vec<Option<ErrorCode>> = answer
                .tiles
                .iter()
                .map(|tile| tile.problem.as_ref().map(|problem| problem.code))
                .collect();
            // Case 7 shows its owner too: its texts, and the values of its own segment.
            assert_eq!(problems[..3], [None, Some(ErrorCode::DamagedFile), None], "{broken}");
            assert_eq!(problems[3].is_some(), broken == "owner" || broken == segment_of_7());
            assert!(answer.tiles[1].groups.is_none() && answer.tiles[1].size.cases == 0);
        }
    }
}

fn segment_of_7() -> String {
    let log = text_log::parse_with(&lines(), LogSpec::plain(), 4);
    let holds = |segment: &Arc<Segment>| segment.parts().case_ids.iter().any(|id| id == "7");
    format!("owner {}", log.segments().iter().position(holds).unwrap())
}

#[test]
fn what_cannot_be_read_for_a_filter_of_the_request_fails_the_request() {
    for threads in [1, 2, 4] {
        let (log, _) = stored(&["region 1", "region 2"]);
        let failed = ask(&log, &request(json!([emea()]), tiles()), threads).unwrap_err();
        assert_eq!(failed.detail, "region 1 is damaged.");
        let (log, _) = stored(&["region"]);
        let failed = ask(&log, &request(json!([emea()]), tiles()), threads).unwrap_err();
        assert_eq!(failed.detail, "region is damaged.");
    }
}

#[test]
fn a_failure_to_read_is_not_remembered() {
    let (log, cellar) = stored(&["owner 1"]);
    let cache = AnswerCache::new(1_000_000);
    let cancelled = AtomicBool::new(false);
    let options = RunOptions { threads: 1, cancelled: &cancelled, progress: &|_, _| {} };
    let grouped = json!([{ "id": "t", "question": "summary", "group_by": "owner" }]);
    let analysis = request(json!([]), grouped);
    let answer = || {
        let bytes = cache.answer(&log, &analysis, &options).unwrap();
        serde_json::from_slice::<Value>(&bytes).unwrap()
    };
    assert_eq!(answer()["tiles"][0]["problem"]["code"], "damaged_file");
    cellar.broken.lock().unwrap().clear();
    assert_eq!(answer()["tiles"][0]["groups"].as_array().unwrap().len(), 5);
}

#[test]
fn values_that_do_not_fit_their_log_are_refused() {
    #[derive(Debug)]
    struct Wrong(Column);
    impl ColumnSource for Wrong {
        fn column(&self, _: usize, _: AttributeIdx, _: &TextColumn) -> Result<Column, Problem> {
            Ok(self.0.clone())
        }
        fn texts(&self, _: AttributeIdx) -> Result<TextColumn, Problem> {
            Ok(TextColumn::default())
        }
    }
    let (log, _) = stored(&[]);
    for column in [Column::Text(vec![0]), Column::Number(vec![0; 100])] {
        let segments = log.segments().iter().map(|segment| Segment::clone(segment)).collect();
        let context = LogContext::clone(log.context());
        let log = EventLog::from_source(context, segments, Arc::new(Wrong(column)));
        let failed = log.load_columns(0, [AttributeIdx(0)]).unwrap_err();
        assert_eq!(failed.code, ErrorCode::DamagedFile);
    }
}
