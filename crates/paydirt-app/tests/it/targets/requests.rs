//! What holds for every filter and every question that a request can carry?

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use paydirt_app::import::{ImportSettings, import_file};
use paydirt_engine::analysis::{Analysis, AnalysisAnswer, Tile};
use paydirt_engine::run::{RunOptions, run};
use paydirt_mining::filter::composition::{BoundFilter, bind};
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::Problem;
use paydirt_model::text_log;
use serde_json::{Value, json};

use super::check_problem;
use super::files::Scratch;

/// Cases of one activity and of many, equal times, waits and overlaps, blanks and every level.
const TEXT_LOG: &str = "\
    a b c ×3
    d1: a/ann b@+0s/bob{cost=5 late=true} c@+2d{cost=7.25} | region=EMEA amount=12.50EUR
    d2: a@2d~3d b@2d~4d/bob{late=false} note c | region=APAC amount=7USD
    d3: c c c@+0s c@+30m | region=EMEA amount=0EUR
    商談: a b a b{cost=-3} note b/ann a@2031-12-31T23:59:59Z | amount=999999999999.99EUR
    e: note
    f: b";

/// Instants, starts and a resource.
const TABLE: &str = "\
case,activity,start,end,resource,due,share,won
1,open,2024-01-31 09:00,2024-01-31 10:30,ann,2024-02-01,0.5,true
1,close,2024-02-29 09:00,2024-02-29 09:00,bob,,0.25,true
2,open,0001-01-02 00:00,9999-12-30 00:00,ann,2024-03-31,,false
3,open,,2024-03-31 02:30,,2024-10-27,-1.125,
";

/// The logs that are asked.
static LOGS: LazyLock<[EventLog; 2]> = LazyLock::new(|| {
    let spec = LogSpec { auxiliary: vec!["note".to_owned()], ..LogSpec::plain() };
    let path_owner = Scratch::new();
    let path = path_owner.file("table.csv", TABLE.as_bytes());
    let settings = ImportSettings {
        time: Some("end".to_owned()),
        start: Some("start".to_owned()),
        time_zone: Some("Europe/Paris".to_owned()),
        ..ImportSettings::detect()
    };
    let cancelled = AtomicBool::new(false);
    let imported = import_file(&path, &settings, 1, &cancelled, &|_, _| {});
    let imported = imported.expect("the table is a log");
    [text_log::parse_with(TEXT_LOG, spec, 2), imported.log]
});

/// Most bytes of one answer about logs as small as these: 10,000 periods are the most of all.
const ANSWER_BYTES_MAX: usize = 1 << 20;

fn ask(log: &EventLog, analysis: &Analysis, threads: usize) -> Result<AnalysisAnswer, Problem> {
    let cancelled = AtomicBool::new(false);
    run(log, analysis, &RunOptions { threads, cancelled: &cancelled, progress: &|_, _| {} })
}

fn size_with(log: &EventLog, filter: Value) -> Result<u64, Problem> {
    let tile = Tile {
        id: "size".to_owned(),
        question: "summary".to_owned(),
        params: json!({}),
        filters: Vec::new(),
        group_by: None,
    };
    let analysis = Analysis {
        version: "log".to_owned(),
        notion: CaseNotion::Main,
        settings: None,
        other_settings: BTreeMap::new(),
        filters: vec![filter],
        tiles: vec![tile],
    };
    let answer = ask(log, &analysis, 1)?;
    assert!(answer.size.cases <= answer.total.cases && answer.size.events <= answer.total.events);
    Ok(answer.size.cases)
}

/// A filter as JSON: a case stays with it or with its opposite, and never with both.
pub(super) fn filter(data: &[u8]) {
    let Ok(filter) = serde_json::from_slice::<Value>(data) else { return };
    for log in LOGS.iter() {
        match bind(log.context(), &filter) {
            Ok(BoundFilter::Events(_) | BoundFilter::Groups(_)) => {
                size_with(log, filter.clone()).expect("a bound filter runs");
            }
            Ok(BoundFilter::Cases(_)) => {
                let kept = size_with(log, filter.clone()).expect("a bound filter runs");
                // The opposite may be nested one level too deep.
                let Ok(others) = size_with(log, json!({"not": filter})) else { continue };
                assert_eq!(kept + others, log.context().case_count);
                let both = json!({"all": [filter, {"not": filter}]});
                assert_eq!(size_with(log, both).unwrap_or(0), 0);
            }
            Err(problem) => check_problem(&problem, data),
        }
    }
}

/// A request as JSON: the same bytes on any number of threads, and not too many of them.
pub(super) fn question(data: &[u8]) {
    let Ok(analysis) = serde_json::from_slice::<Analysis>(data) else { return };
    for log in LOGS.iter() {
        let (alone, together) = (ask(log, &analysis, 1), ask(log, &analysis, 3));
        let json = |answer: &AnalysisAnswer| serde_json::to_string(answer).expect("plain data");
        match (alone, together) {
            (Ok(alone), Ok(together)) => {
                let text = json(&alone);
                assert_eq!(text, json(&together), "threads make no odds");
                let groups = alone.tiles.iter().flat_map(|tile| &tile.groups);
                let answers = 1 + alone.tiles.len() + groups.map(Vec::len).sum::<usize>();
                let most = ANSWER_BYTES_MAX * answers;
                assert!(text.len() <= most, "an answer of {} bytes", text.len());
                check_tiles(&alone, data);
            }
            (Err(alone), Err(together)) => {
                assert_eq!(alone.to_string(), together.to_string(), "threads make no odds");
                check_problem(&alone, data);
            }
            (alone, together) => panic!("threads make a difference: {alone:?} {together:?}"),
        }
    }
}

fn check_tiles(answer: &AnalysisAnswer, data: &[u8]) {
    for tile in &answer.tiles {
        let groups = tile.groups.iter().flatten();
        let problems = groups.filter_map(|group| group.problem.as_ref()).chain(&tile.problem);
        problems.for_each(|problem| check_problem(problem, data));
        let outcomes = [tile.answer.is_some(), tile.groups.is_some(), tile.problem.is_some()];
        assert_eq!(outcomes.iter().filter(|&&it| it).count(), 1, "one outcome for each tile");
    }
}
