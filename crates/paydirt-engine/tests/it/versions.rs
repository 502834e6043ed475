//! Two versions beside each other: is each side what `map` and `summary` say of its version?

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use paydirt_engine::cache::AnswerCache;
use paydirt_engine::run::{OtherLogs, RunOptions, run, run_beside};
use paydirt_model::event_log::EventLog;
use paydirt_model::language::Language;
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::text_log;
use serde_json::{Value, json};

use crate::request;

/// Four cases; d is only here.
const LATER: &str = "1: a b d@9h | region=EMEA\n2: a b b | region=EMEA\n3: a d | region=APAC\n4: a";
/// Three cases; c is only here.
const EARLIER: &str = "1: a b | region=EMEA\n2: a c@5h | region=APAC\n3: c | region=EMEA";

fn log(text: &str) -> EventLog {
    text_log::parse_with(text, LogSpec::plain(), 3)
}

/// The tile of a request to the later version that may name the earlier one as `old`.
fn tile(filters: &Value, question: &str, params: &Value, threads: usize) -> Value {
    let (later, cancelled) = (log(LATER), AtomicBool::new(false));
    let others = OtherLogs::from([("old".to_owned(), Ok(Arc::new(log(EARLIER))))]);
    let options = RunOptions { threads, cancelled: &cancelled, progress: &|_, _| {} };
    let tiles = json!([{ "id": "t", "question": question, "params": params }]);
    let answer = run_beside(&later, &others, &request(filters.clone(), tiles), &options);
    serde_json::to_value(answer.unwrap()).unwrap()["tiles"][0].clone()
}

/// The answer of one version alone.
fn alone(text: &str, filters: &Value, question: &str, params: &Value) -> Value {
    let cancelled = AtomicBool::new(false);
    let options = RunOptions { threads: 1, cancelled: &cancelled, progress: &|_, _| {} };
    let tiles = json!([{ "id": "t", "question": question, "params": params }]);
    let answer = run(&log(text), &request(filters.clone(), tiles), &options).unwrap();
    serde_json::to_value(answer).unwrap()["tiles"][0]["answer"].clone()
}

#[test]
fn each_side_is_what_its_version_says() {
    let region = json!({ "kind": "attribute_in", "attribute": "region", "values": ["EMEA"] });
    let long = json!({ "kind": "event_count", "min": 2 });
    for (common, a, b) in [
        (json!([]), json!([]), json!(null)),
        (json!([region]), json!([]), json!([])),
        (json!([]), json!([long]), json!([region])),
        (json!([long]), json!([region]), json!(null)),
    ] {
        let params = json!({ "a": a, "b": b, "b_version": "old", "few_cases": 1 });
        let found = tile(&common, "comparison", &params, 2)["answer"].clone();
        for (side, text, own) in [("a", LATER, &a), ("b", EARLIER, &b)] {
            let mut filters = common.as_array().unwrap().clone();
            filters.extend(own.as_array().into_iter().flatten().cloned());
            let filters = Value::Array(filters);
            let summary = alone(text, &filters, "summary", &json!({}));
            for figure in ["cases", "events", "activities", "variants", "case_duration_s"] {
                assert_eq!(found[side][figure], summary[figure], "{side} {figure} {params}");
            }
            let map = alone(text, &filters, "map", &json!({ "waits": true }));
            let mut compared = 0;
            for list in ["activities", "paths"] {
                let name = |one: &Value| json!([one["activity"], one["from"], one["to"]]);
                for one in found[list].as_array().unwrap() {
                    let on_map = map[list].as_array().unwrap().iter();
                    let on_map = on_map.clone().find(|other| name(other) == name(one));
                    let figures = |figure: &str| on_map.map_or(json!(0), |one| one[figure].clone());
                    for figure in ["events", "cases"] {
                        assert_eq!(one[side][figure], figures(figure), "{side} {one} {params}");
                    }
                    let times = on_map.map_or(Value::Null, |one| one["duration_s"].clone());
                    assert_eq!(one[side]["duration_s"], times, "{side} {one}");
                    compared += usize::from(on_map.is_some());
                }
                assert!(compared >= map[list].as_array().unwrap().len(), "{side} {list}");
            }
        }
    }
}

#[test]
fn what_only_one_version_has_is_on_its_side_alone() {
    // d in 2 of 4 cases of the later version; c in 2 of 3 of the earlier one.
    let params = json!({ "b_version": "old", "few_cases": 1 });
    let found = tile(&json!([]), "comparison", &params, 1);
    let answer = &found["answer"];
    assert_eq!((&answer["a"]["of"], &answer["b"]["of"]), (&json!(4), &json!(3)));
    assert_eq!((&answer["cases"], &answer["shared"]), (&json!(7), &json!(0)));
    let figures = |name: &str| {
        let all = answer["activities"].as_array().unwrap().iter();
        let one = all.clone().find(|one| one["activity"] == name).unwrap();
        (
            one["a"]["cases"].as_u64(),
            one["b"]["cases"].as_u64(),
            one["difference"]["share"].as_f64(),
        )
    };
    assert_eq!(figures("d"), (Some(2), Some(0), Some(0.5)));
    assert_eq!(figures("c"), (Some(0), Some(2), Some(-0.666_667)));
    // Only the activities of both are asked for: what one version lacks is no mistake.
    let params = json!({ "b_version": "old", "activities": ["a", "c", "d"] });
    let found = tile(&json!([]), "comparison", &params, 1);
    assert_eq!(found["answer"]["a"]["cases"], 4, "{found}");
    let params = json!({ "b_version": "old", "activities": ["a", "z"] });
    let found = tile(&json!([]), "comparison", &params, 1);
    assert_eq!(found["problem"]["code"], "unknown_activity", "{found}");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let params = json!({ "b_version": "old", "a": [{ "kind": "event_count", "min": 2 }] });
    let one = tile(&json!([]), "comparison", &params, 1);
    assert_eq!(one["size"], json!({ "cases": 4, "events": 9 }));
    assert_eq!(tile(&json!([]), "comparison", &params, 3), one);
}

#[test]
fn what_cannot_be_compared_is_said() {
    // A version that nobody opened, as with a file.
    let found = tile(&json!([]), "comparison", &json!({ "b_version": "new" }), 1);
    assert_eq!(found["problem"]["place"]["parameter"], "b_version", "{found}");
    // A filter of B that does not suit its version is B's.
    let b = json!([{ "kind": "activity_contains", "activities": ["d"] }]);
    let found = tile(&json!([]), "comparison", &json!({ "b_version": "old", "b": b }), 1);
    assert_eq!(found["problem"]["code"], "unknown_activity", "{found}");
    let params = json!({ "b_version": "old", "colour": 1 });
    let found = tile(&json!([]), "comparison", &params, 1);
    assert!(found["problem"]["detail"].to_string().contains("colour"), "{found}");
}

#[test]
fn a_version_that_cannot_be_asked_is_the_problem_of_its_tile_and_may_be_there_next_time() {
    let cancelled = AtomicBool::new(false);
    let options = RunOptions { threads: 1, cancelled: &cancelled, progress: &|_, _| {} };
    let tiles = json!([
        { "id": "two", "question": "comparison", "params": { "b_version": "old" } },
        { "id": "one", "question": "summary" },
    ]);
    let asked = request(json!([]), tiles);
    let cache = AnswerCache::new(1 << 20);
    let answer = |other: Result<Arc<EventLog>, Problem>| {
        let others = OtherLogs::from([("old".to_owned(), other)]);
        let beside = (&log(LATER), &others);
        let bytes = cache.answer_beside(Language::English, beside, &asked, &options).unwrap();
        serde_json::from_slice::<Value>(&bytes).unwrap()["tiles"].clone()
    };
    let gone = Problem::new(ErrorCode::VersionNotFound, say!("It is gone."));
    let found = answer(Err(gone));
    assert_eq!(found[0]["problem"]["detail"], "It is gone.", "{found}");
    assert_eq!((&found[1]["problem"], &found[1]["answer"]["cases"]), (&json!(null), &json!(4)));
    let found = answer(Ok(Arc::new(log(EARLIER))));
    assert_eq!(found[0]["answer"]["b"]["cases"], 3, "{found}");
}
