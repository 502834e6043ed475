//! One request, many tiles: does each answer or fail alone, and always with the same bytes?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_engine::analysis::{Analysis, AnalysisAnswer};
use paydirt_engine::cache::AnswerCache;
use paydirt_engine::run::{RunOptions, run};
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::text_log;
use serde_json::{Value, json};

/// Four cases: two in EMEA (one with rework), one in APAC, one without a region.
const LOG: &str = "\
    1: a b c | region=EMEA\n\
    2: a b b c | region=EMEA\n\
    3: a c | region=APAC\n\
    4: a";

fn log(partition_count: usize) -> EventLog {
    text_log::parse_with(LOG, LogSpec::plain(), partition_count)
}

fn request(filters: Value, tiles: Value) -> Analysis {
    let request = json!({ "version": "v1", "filters": filters, "tiles": tiles });
    serde_json::from_value(request).unwrap()
}

fn ask(log: &EventLog, analysis: &Analysis, threads: usize) -> Result<AnalysisAnswer, Problem> {
    let cancelled = AtomicBool::new(false);
    run(log, analysis, &RunOptions { threads, cancelled: &cancelled, progress: &|_, _| {} })
}

fn answer(filters: Value, tiles: Value) -> Value {
    let answer = ask(&log(1), &request(filters, tiles), 1).unwrap();
    serde_json::to_value(&answer).unwrap()
}

#[test]
fn one_request_fills_all_tiles_in_the_order_asked() {
    let tiles = json!([
        { "id": "second", "question": "rework" },
        { "id": "first", "question": "summary" },
    ]);
    let answer = answer(json!([]), tiles);
    assert_eq!(answer["tiles"][0]["id"], "second");
    assert_eq!(answer["tiles"][0]["answer"]["repeats"], 1);
    assert_eq!(answer["tiles"][1]["answer"]["cases"], 4);
    assert_eq!(answer["total"], json!({ "cases": 4, "events": 10 }));
}

/// The happy path is a b c, of the whole log: region APAC has only a c.
#[test]
fn what_is_left_out_is_filled_in_from_the_whole_log() {
    let funnel = |filters: Value, params: Value| {
        answer(filters, json!([{ "id": "f", "question": "funnel", "params": params }]))
    };
    let stages = json!([{ "activities": ["a"] }, { "activities": ["b"] }, { "activities": ["c"] }]);
    let apac = json!([{ "kind": "attribute_in", "attribute": "region", "values": ["APAC"] }]);
    for filters in [json!([]), apac] {
        let given = funnel(filters.clone(), json!({ "stages": stages, "order": "any" }));
        assert_eq!(funnel(filters.clone(), json!({ "order": "any" })), given);
        assert_eq!(funnel(filters, json!({ "order": "any", "stages": null })), given);
        assert_eq!(given["tiles"][0]["answer"]["stages"].as_array().unwrap().len(), 3);
    }
}

/// Of all cases a has 4 events, b and c 3 each; of region APAC a and c have one.
#[test]
fn the_activities_of_a_map_are_chosen_among_those_that_filters_leave() {
    let apac = json!([{ "kind": "attribute_in", "attribute": "region", "values": ["APAC"] }]);
    let map = |filters: &Value, params: Value| {
        answer(filters.clone(), json!([{ "id": "m", "question": "map", "params": params }]))
    };
    let all = json!([]);
    for (filters, shown, names) in [
        (&all, json!({ "up_to": 34 }), json!(["a", "b"])),
        (&all, json!({ "up_to": 66 }), json!(["a", "b"])),
        (&apac, json!({ "up_to": 50 }), json!(["a"])),
        (&apac, json!({ "up_to": 51 }), json!(["a", "c"])),
    ] {
        let chosen = map(filters, json!({ "shown": shown, "waits": true }));
        assert_eq!(chosen, map(filters, json!({ "activities": names, "waits": true })), "{shown}");
    }
    let rarest = map(&all, json!({ "shown": { "up_to": 0 }, "rarest_first": true }));
    assert_eq!(rarest, map(&all, json!({ "activities": ["c"] })));
    // Up to eighteen activities are all shown at first, and a named one is not chosen.
    assert_eq!(map(&all, json!({ "shown": {} })), map(&all, json!({})));
    let named = json!({ "activities": ["b"], "shown": { "up_to": 0 } });
    assert_eq!(map(&all, named), map(&all, json!({ "activities": ["b"] })));
}

#[test]
fn a_tile_chooses_activities_after_its_own_filters_and_for_all_of_its_groups() {
    let apac = json!([{ "kind": "attribute_in", "attribute": "region", "values": ["APAC"] }]);
    let tile = |params: Value, more: Value| {
        let mut tile = json!({ "id": "m", "question": "map", "params": params });
        tile.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        answer(json!([]), json!([{ "id": "s", "question": "summary" }, tile]))
    };
    let one = json!({ "shown": { "up_to": 50 } });
    let filters = json!({ "filters": apac });
    assert_eq!(tile(one.clone(), filters.clone()), tile(json!({ "activities": ["a"] }), filters));
    let groups = json!({ "group_by": "region" });
    assert_eq!(tile(one, groups.clone()), tile(json!({ "activities": ["a", "b"] }), groups));
}

#[test]
fn what_cannot_be_chosen_is_said_by_the_tile() {
    let problem = |params: Value| {
        let tiles = json!([{ "id": "m", "question": "map", "params": params }]);
        answer(json!([]), tiles)["tiles"][0]["problem"].clone()
    };
    let far = problem(json!({ "shown": { "up_to": 1000 } }));
    assert_eq!(far["code"], "invalid_parameters");
    let unknown = problem(json!({ "shown": { "upto": 5 } }));
    assert!(unknown["detail"].as_str().unwrap().contains("upto"), "{unknown}");
    let empty = ask(
        &text_log::parse(""),
        &request(
            json!([]),
            json!([
                { "id": "m", "question": "map", "params": { "shown": { "up_to": 5 } } }
            ]),
        ),
        1,
    );
    let empty = serde_json::to_value(empty.unwrap()).unwrap();
    assert_eq!(empty["tiles"][0]["answer"]["activities"], json!([]));
}

#[test]
fn groups_of_activities_fill_in_their_names() {
    let group = json!([{ "kind": "group_activities", "groups": { "work": ["b", "c"] } }]);
    let tile = |filters: Value| json!([{ "id": "f", "question": "funnel", "filters": filters }]);
    let of_request = answer(group.clone(), tile(json!([])));
    let of_tile = answer(json!([]), tile(group));
    for answer in [of_request, of_tile] {
        let stages = answer["tiles"][0]["answer"]["stages"].as_array().unwrap().clone();
        let names: Vec<&Value> = stages.iter().map(|stage| &stage["stage"]).collect();
        assert_eq!(names, ["a", "work"]);
    }
}

#[test]
fn what_the_log_cannot_fill_in_is_said_by_the_tile() {
    let tiles = json!([
        { "id": "f", "question": "funnel" },
        { "id": "g", "question": "funnel", "filters": [{ "kind": "group_activities" }] },
        { "id": "s", "question": "summary" },
    ]);
    let log = text_log::parse("");
    let answer = serde_json::to_value(ask(&log, &request(json!([]), tiles), 1).unwrap()).unwrap();
    assert_eq!(answer["tiles"][0]["problem"]["detail"], "The funnel has no stage.");
    assert_eq!(answer["tiles"][1]["problem"]["code"], "invalid_filter");
    assert_eq!(answer["tiles"][2]["answer"]["cases"], 0);
}

#[test]
fn a_tile_that_fails_leaves_the_others_alone() {
    let tiles = json!([
        { "id": "broken", "question": "map", "params": { "activities": ["z"] } },
        { "id": "unknown", "question": "maps" },
        { "id": "fine", "question": "summary" },
    ]);
    let answer = answer(json!([]), tiles);
    assert_eq!(answer["tiles"][0]["problem"]["code"], "unknown_activity");
    assert_eq!(answer["tiles"][1]["problem"]["code"], "unknown_question");
    assert_eq!(answer["tiles"][2]["answer"]["cases"], 4);
}

#[test]
fn every_filter_says_how_much_it_removed() {
    let emea = json!({ "kind": "attribute_in", "attribute": "region", "values": ["EMEA"] });
    let short = json!({ "not": { "kind": "repeats", "activity": "b", "at_least": 2 } });
    let answer = answer(json!([emea, short]), json!([{ "id": "t", "question": "summary" }]));
    // Cases 3 and 4 have 3 events together; case 2 has 4.
    assert_eq!(answer["filters"][0]["cases_removed"], 2);
    assert_eq!(answer["filters"][0]["events_removed"], 3);
    assert_eq!(answer["filters"][1]["cases_removed"], 1);
    assert_eq!(answer["filters"][1]["events_removed"], 4);
    assert_eq!(answer["size"], json!({ "cases": 1, "events": 3 }));
    assert_eq!(answer["tiles"][0]["answer"]["events"], 3);
}

#[test]
fn filters_after_a_grouping_and_the_tiles_see_the_groups() {
    let b = json!({ "kind": "activity_contains", "activities": ["b"] });
    let grouping = json!({ "kind": "group_activities", "groups": { "later": ["b", "c"] } });
    let loops = json!({ "kind": "follows", "from": ["later"], "to": ["later"],
        "mode": "directly" });
    let tiles = json!([
        { "id": "all", "question": "activities" },
        { "id": "own", "question": "map",
          "filters": [{ "kind": "group_activities", "groups": { "first": ["a"] } }] },
        { "id": "by", "question": "variants", "group_by": "region" },
        { "id": "gone", "question": "map", "params": { "activities": ["c"] } },
    ]);
    let answer = answer(json!([b, grouping, loops]), tiles);
    // Cases 1 and 2 have b, and both go on from b.
    let removed = |idx: usize| &answer["filters"][idx]["cases_removed"];
    assert_eq!((removed(0), removed(1), removed(2)), (&json!(2), &json!(0), &json!(0)));
    assert_eq!(answer["filters"][1]["events_removed"], 0);
    let tiles = &answer["tiles"];
    assert_eq!(tiles[0]["answer"]["activities"][1]["activity"], "later");
    assert_eq!(tiles[0]["answer"]["activities"][1]["events"], 5);
    assert_eq!(tiles[1]["answer"]["starts"], json!([{ "activity": "first", "cases": 2 }]));
    assert_eq!(tiles[2]["groups"][0]["value"], "EMEA");
    let trace = json!(["a", "later", "later"]);
    assert_eq!(tiles[2]["groups"][0]["answer"]["variants"][0]["activities"], trace);
    assert_eq!(tiles[3]["problem"]["code"], "unknown_activity");
}

#[test]
fn a_tile_adds_its_own_filters_to_those_of_the_request() {
    let emea = json!({ "kind": "attribute_in", "attribute": "region", "values": ["EMEA"] });
    let only_b = json!({ "kind": "event_activity", "activities": ["b"] });
    let tiles = json!([
        { "id": "own", "question": "summary", "filters": [only_b] },
        { "id": "all", "question": "summary" },
    ]);
    let answer = answer(json!([emea]), tiles);
    assert_eq!(answer["tiles"][0]["answer"]["events"], 3);
    assert_eq!(answer["tiles"][0]["filters"][0]["events_removed"], 4);
    assert_eq!(answer["tiles"][1]["answer"]["events"], 7);
}

#[test]
fn a_grouped_tile_answers_for_every_value_and_for_none() {
    let tiles = json!([{ "id": "g", "question": "summary", "group_by": "region" }]);
    let answer = answer(json!([]), tiles);
    let groups = answer["tiles"][0]["groups"].as_array().unwrap();
    let told: Vec<(Value, u64)> = groups
        .iter()
        .map(|group| (group["value"].clone(), group["answer"]["cases"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [(json!("EMEA"), 2), (Value::Null, 1), (json!("APAC"), 1)]);
}

#[test]
fn only_a_text_or_boolean_of_the_case_can_group() {
    let log = text_log::parse("1: a{cost=5} | size=7");
    for name in ["cost", "size"] {
        let tiles = json!([{ "id": "g", "question": "summary", "group_by": name }]);
        let answer = ask(&log, &request(json!([]), tiles), 1).unwrap();
        let problem = answer.tiles[0].problem.clone().unwrap();
        assert_eq!(problem.code, ErrorCode::WrongAttributeType);
    }
}

#[test]
fn a_filter_of_the_request_that_is_wrong_fails_the_request() {
    let filters = json!([{ "kind": "attribute_in", "attribute": "size", "values": ["1"] }]);
    let failed = ask(&log(1), &request(filters, json!([])), 1).unwrap_err();
    assert_eq!(failed.code, ErrorCode::UnknownAttribute);
    assert!(failed.hint.unwrap().to_string().contains("region"));
}

#[test]
fn limits_are_named_in_the_message() {
    let tiles: Vec<Value> =
        (0..101).map(|idx| json!({ "id": idx.to_string(), "question": "summary" })).collect();
    let failed = ask(&log(1), &request(json!([]), Value::from(tiles)), 1).unwrap_err();
    assert_eq!(failed.code, ErrorCode::OverLimit);
    assert!(failed.to_string().contains("101") && failed.to_string().contains("100"), "{failed}");
    let many: String = (0..300).map(|idx| format!("{idx}: a | owner=o{idx}\n")).collect();
    let tiles = json!([{ "id": "g", "question": "summary", "group_by": "owner" }]);
    let answer = ask(&text_log::parse(&many), &request(json!([]), tiles), 1).unwrap();
    let problem = answer.tiles[0].problem.clone().unwrap();
    assert_eq!(problem.code, ErrorCode::OverLimit);
    assert!(problem.detail.to_string().contains("200"), "{problem}");
}

#[test]
fn problems_of_tiles_are_told_in_the_language_asked_for() {
    let tiles = json!([{ "id": "t", "question": "nothing" }]);
    let request = request(json!([]), tiles);
    let english = ask(&log(1), &request, 1).unwrap();
    let french = serde_json::to_value(english.told_in(Language::French)).unwrap();
    let problem = &french["tiles"][0]["problem"];
    assert_eq!(problem["title"], "La question n’existe pas");
    let detail = "«\u{202f}nothing\u{202f}» n’est pas une question.";
    assert_eq!(problem["detail"], detail);

    let cache = AnswerCache::new(1 << 20);
    let cancelled = AtomicBool::new(false);
    let options = RunOptions { threads: 1, cancelled: &cancelled, progress: &|_, _| {} };
    for (language, words) in [
        (Language::English, "is not a question"),
        (Language::French, "n’est pas une question"),
        (Language::English, "is not a question"),
    ] {
        let bytes = cache.answer_in(language, &log(1), &request, &options).unwrap();
        assert!(std::str::from_utf8(&bytes).unwrap().contains(words), "{}", language.code());
    }
}

#[test]
fn a_cancelled_run_ends_with_a_problem() {
    let cancelled = AtomicBool::new(true);
    let options = RunOptions { threads: 2, cancelled: &cancelled, progress: &|_, _| {} };
    let analysis = request(json!([]), json!([{ "id": "t", "question": "summary" }]));
    let failed = run(&log(4), &analysis, &options).unwrap_err();
    assert_eq!(failed.code, ErrorCode::Cancelled);
}

#[test]
fn a_run_can_be_cancelled_between_two_segments() {
    let cancelled = AtomicBool::new(false);
    let stop = |_: usize, _: usize| cancelled.store(true, Ordering::Relaxed);
    let options = RunOptions { threads: 1, cancelled: &cancelled, progress: &stop };
    let analysis = request(json!([]), json!([{ "id": "t", "question": "summary" }]));
    let log = log(64);
    assert!(log.segments().len() > 1);
    assert_eq!(run(&log, &analysis, &options).unwrap_err().code, ErrorCode::Cancelled);
}

#[test]
fn progress_counts_every_segment_once() {
    let told = Mutex::new(Vec::new());
    let cancelled = AtomicBool::new(false);
    let progress = |done, total| told.lock().unwrap().push((done, total));
    let options = RunOptions { threads: 3, cancelled: &cancelled, progress: &progress };
    let log = log(64);
    let analysis = request(json!([]), json!([{ "id": "t", "question": "summary" }]));
    run(&log, &analysis, &options).unwrap();
    let count = log.segments().len();
    let mut told = told.into_inner().unwrap();
    told.sort_unstable();
    assert_eq!(told, (1..=count).map(|done| (done, count)).collect::<Vec<_>>());
}

#[test]
fn threads_and_partitions_change_nothing() {
    let tiles = json!([
        { "id": "m", "question": "map" },
        { "id": "v", "question": "variants" },
        { "id": "g", "question": "cases", "group_by": "region" },
    ]);
    let sample = json!([{ "not": { "kind": "case_ids", "ids": ["3"] } }]);
    let analysis = request(sample, tiles);
    let bytes = |partition_count, threads| {
        serde_json::to_string(&ask(&log(partition_count), &analysis, threads).unwrap()).unwrap()
    };
    let expected = bytes(1, 1);
    for (partition_count, threads) in [(1, 8), (2, 2), (7, 3), (64, 8)] {
        assert_eq!(bytes(partition_count, threads), expected);
    }
}

#[test]
fn an_answer_is_remembered_until_the_cache_is_full() {
    let cache = AnswerCache::new(2_000);
    let log = log(1);
    let scans = Mutex::new(0);
    let cancelled = AtomicBool::new(false);
    let progress = |_: usize, _: usize| *scans.lock().unwrap() += 1;
    let options = RunOptions { threads: 1, cancelled: &cancelled, progress: &progress };
    let summary = request(json!([]), json!([{ "id": "t", "question": "summary" }]));
    let first = cache.answer(&log, &summary, &options).unwrap();
    let second = cache.answer(&log, &summary, &options).unwrap();
    assert_eq!((first, *scans.lock().unwrap()), (second, 1));
    // Other requests push the first one out: it is computed again, with the same bytes.
    for seed in 0..8 {
        let sample = json!([{ "kind": "sample", "share": 1, "seed": seed }]);
        let other = request(sample, json!([{ "id": "t", "question": "summary" }]));
        cache.answer(&log, &other, &options).unwrap();
    }
    let before = *scans.lock().unwrap();
    cache.answer(&log, &summary, &options).unwrap();
    assert_eq!(*scans.lock().unwrap(), before + 1);
}

mod stored;
mod versions;
