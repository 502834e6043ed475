//! Where two questions count the same thing in different ways, do they agree?

use paydirt_model::event_log::EventLog;
use serde_json::{Value, json};

use super::generated_log::{Layout, WORLDS, World, generate};
use super::{CASE_COUNT, ONE, plain_answer};
use crate::filter::composition::bind;
use crate::filter::remaining::Remaining;
use crate::operators;

fn ask(log: &EventLog, question: &str, params: &Value) -> Value {
    serde_json::from_str(&plain_answer(log, question, params)).expect("the question has an answer")
}

/// The answer of a question on the cases that a filter keeps.
fn ask_filtered(log: &EventLog, filter: &Value, question: &str, params: &Value) -> Value {
    let (context, filter) = (log.context(), bind(log.context(), filter).unwrap());
    let question = operators::find(question).unwrap().bind(context, params).unwrap();
    let mut partial = question.new_partial();
    for segment in log.segments() {
        let kept = Remaining::default().filtered(context, &filter, segment);
        question.observe(context, &kept.batch(segment), &mut partial);
    }
    serde_json::from_str(question.finish(context, partial).unwrap().get()).unwrap()
}

fn rows<'a>(answer: &'a Value, list: &str) -> &'a [Value] {
    answer.pointer(list).and_then(Value::as_array).expect("the list is there")
}

#[test]
fn neighbours_are_the_paths_of_the_map() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let map = ask(&log, "map", &json!({}));
        let mut compared = 0;
        for activity in rows(&map, "/activities") {
            let name = &activity["activity"];
            let found = ask(&log, "neighbours", &json!({ "activity": name, "limit": 1000 }));
            assert_eq!(found["occurrences"], activity["events"]);
            assert_eq!(found["cases_with"], activity["cases"]);
            for (side, own, other) in [("comes_from", "to", "from"), ("goes_to", "from", "to")] {
                let paths: Vec<&Value> =
                    rows(&map, "/paths").iter().filter(|path| path[own] == *name).collect();
                let neighbours = rows(&found[side], "/activities");
                assert_eq!(paths.len(), neighbours.len(), "{world:?} {name} {side}");
                for neighbour in neighbours {
                    let path = paths.iter().find(|path| path[other] == neighbour["activity"]);
                    let path = path.expect("a neighbour is at the end of a path");
                    for (here, there) in
                        [("events", "events"), ("cases", "cases"), ("overlaps", "overlaps")]
                    {
                        assert_eq!(neighbour[here], path[there], "{world:?} {name} {side}");
                    }
                    // The map and the question take the same times from other stores.
                    assert_eq!(neighbour["wait_s"], path["duration_s"], "{world:?} {name} {side}");
                    compared += 1;
                }
            }
        }
        for path in rows(&map, "/paths") {
            let ends = json!({ "path": { "from": path["from"], "to": path["to"] } });
            let found = ask(&log, "neighbours", &ends);
            assert_eq!(found["occurrences"], path["events"], "{world:?} {ends}");
            assert_eq!(found["cases_with"], path["cases"], "{world:?} {ends}");
            assert_eq!(found["wait"]["duration_s"], path["duration_s"], "{world:?} {ends}");
        }
        assert!(compared > 20, "only {compared} neighbours were compared");
    }
}

#[test]
fn the_workload_of_a_resource_is_what_it_hands_over() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let handovers = ask(&log, "handovers", &json!({"auxiliary": true}));
        for period in ["day", "week", "month"] {
            let workload = ask(&log, "workload", &json!({ "limit": 1000, "period": period }));
            assert_eq!(workload["events"], handovers["events"]);
            assert_eq!(workload["missing_events"], handovers["missing_events"]);
            for resource in rows(&handovers, "/resources") {
                let is_it = |row: &&Value| row["resource"] == resource["resource"];
                let row = rows(&workload, "/resources").iter().find(is_it).expect("it is there");
                assert_eq!(
                    (&row["events"], &row["cases"]),
                    (&resource["events"], &resource["cases"])
                );
                let by_period = rows(row, "/periods").iter().map(|cell| cell["events"].as_u64());
                assert_eq!(by_period.sum::<Option<u64>>(), row["events"].as_u64());
            }
            let in_hand = |row: &Value| row["in_hand_at_end"].as_i64().unwrap();
            for all in rows(&workload, "/periods") {
                let of_resources = rows(&workload, "/resources").iter();
                let cells = of_resources.flat_map(|row| rows(row, "/periods"));
                let here = cells.filter(|cell| cell["date"] == all["date"]);
                assert_eq!(here.map(in_hand).sum::<i64>(), in_hand(all), "{world:?} {all}");
            }
        }
    }
}

#[test]
fn differences_count_what_is_counted_on_each_side_alone() {
    let filter = json!({"kind": "activity_contains", "activities": ["b"]});
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let params = json!({"selection": [filter], "few_cases": 1, "limit": 1000});
        let found = ask(&log, "differences", &params);
        for (side, filter) in [("selection", filter.clone()), ("rest", json!({"not": filter}))] {
            let alone = ask_filtered(&log, &filter, "attributes", &json!({"limit": 1000}));
            assert_eq!(found[side], alone["cases"]);
            let is_of_case = |attribute: &&Value| attribute["level"] == "case";
            for attribute in rows(&found, "/attributes").iter().filter(is_of_case) {
                let is_it =
                    |other: &&Value| other["name"] == attribute["name"] && other["level"] == "case";
                let other = rows(&alone, "/attributes").iter().find(is_it).expect("it is there");
                assert_eq!(attribute[format!("{side}_used")], other["used"], "{attribute}");
                let has_texts = ["text", "boolean"].contains(&attribute["type"].as_str().unwrap());
                for value in rows(other, "/values").iter().filter(|_| has_texts) {
                    let same = |row: &&Value| row["value"] == value["value"];
                    let row = rows(attribute, "/values").iter().find(same).expect("it is there");
                    assert_eq!(row[side], value["count"], "{world:?} {attribute}");
                }
                let units = rows(other, "/distributions").iter();
                for unit in units.filter(|_| attribute["type"] != "timestamp") {
                    let same = |row: &&Value| row["currency"] == unit["currency"];
                    let medians =
                        rows(attribute, "/medians").iter().find(same).expect("it is there");
                    assert_eq!(medians[side], unit["median"], "{world:?} {attribute}");
                }
            }
        }
    }
}

#[test]
fn a_handover_filter_keeps_the_cases_that_the_pair_counts() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let mut compared = 0;
        for auxiliary in [false, true] {
            for attribute in ["resource", "tag"] {
                let params = json!({"attribute": attribute, "auxiliary": auxiliary});
                let handovers = ask(&log, "handovers", &params);
                for pair in rows(&handovers, "/pairs") {
                    let filter = json!({"kind": "handover", "attribute": attribute,
                        "from": [pair["from"]], "to": [pair["to"]], "auxiliary": auxiliary});
                    let kept = ask_filtered(&log, &filter, "summary", &json!({}));
                    assert_eq!(kept["cases"], pair["cases"], "{world:?} {filter}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 50, "only {compared} pairs were compared");
    }
}

#[test]
fn filters_that_know_the_ends_keep_the_cases_that_throughput_counts() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let ends = json!(["c", "d"]);
        let found = ask(&log, "throughput", &json!({"ends": ends, "period": "week"}));
        let kept =
            |filter: &Value| ask_filtered(&log, filter, "summary", &json!({}))["cases"].clone();
        let whole = json!({"kind": "duration", "ends": ends, "min_s": 0});
        assert_eq!(kept(&whole), found["completed"], "{world:?}");
        let open = json!({"kind": "duration", "ends": ends, "min_s": 0, "open": true});
        assert_eq!(kept(&open), found["open"], "{world:?}");
        let weeks = rows(&found, "/over_time");
        for (week, next) in weeks.iter().zip(&weeks[1..]) {
            let in_week = |mode: &str| {
                kept(&json!({"kind": "period", "mode": mode, "ends": ends,
                    "from": week["start"], "to": next["start"]}))
            };
            assert_eq!(in_week("ends"), week["completions"], "{world:?} {week}");
            assert_eq!(in_week("active"), week["active"], "{world:?} {week}");
        }
        if world == World::Huge {
            continue;
        }
        for (list, open) in [("/histogram", false), ("/open_ages", true)] {
            for bin in rows(&found, list) {
                let last = bin["to_s"].as_f64().unwrap() - 1e-6;
                let filter = json!({"kind": "duration", "ends": ends, "open": open,
                    "min_s": bin["from_s"], "max_s": format!("{last:.6}")});
                assert_eq!(kept(&filter), bin["cases"], "{world:?} {filter}");
            }
        }
    }
}

#[test]
fn rework_is_what_the_repeats_filter_keeps() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let found = ask(&log, "rework", &json!({}));
        let any = ask_filtered(&log, &json!({"kind": "repeats"}), "rework", &json!({}));
        assert_eq!(any["cases"], found["cases_with_rework"], "{world:?}");
        assert_eq!(any["rework_s"], found["rework_s"], "{world:?}");
        for activity in rows(&found, "/activities") {
            let filter = json!({"kind": "repeats", "activity": activity["activity"]});
            let kept = ask_filtered(&log, &filter, "summary", &json!({}));
            assert_eq!(kept["cases"], activity["cases_with_repeat"], "{world:?} {filter}");
        }
    }
}

#[test]
fn events_by_hour_are_all_events_and_days_have_no_hour() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let found = ask(&log, "workload", &json!({"hours": true, "limit": 1000}));
        let sum = |of: &Value| -> u64 {
            rows(of, "/hours").iter().map(|hour| hour["events"].as_u64().unwrap()).sum()
        };
        assert_eq!(found["events"], sum(&found));
        for resource in rows(&found, "/resources") {
            assert_eq!(resource["events"], sum(resource), "{world:?} {resource}");
        }
        let without_hour = rows(&found, "/hours").iter().any(|hour| hour["hour"].is_null());
        assert_eq!(without_hour, world == World::Days, "{world:?}");
    }
}

#[test]
fn variants_divide_as_those_of_each_value_alone() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        for attribute in ["region", "won"] {
            let found = ask(&log, "variants", &json!({"by": attribute, "limit": 1000}));
            let values = rows(&found["by"], "/values");
            for (place, value) in values.iter().enumerate() {
                let filter = json!({"kind": "attribute_in", "attribute": attribute,
                    "level": "case", "values": [value["value"]]});
                let alone = ask_filtered(&log, &filter, "variants", &json!({"limit": 1000}));
                assert_eq!(value["cases"], alone["cases"], "{world:?} {filter}");
                for row in rows(&found, "/variants") {
                    let same = |other: &&Value| other["variant"] == row["variant"];
                    let other = rows(&alone, "/variants").iter().find(same);
                    let cases = other.map_or(0, |other| other["cases"].as_u64().unwrap());
                    assert_eq!(row["by"][place], cases, "{world:?} {filter}");
                }
            }
        }
    }
}

#[test]
fn a_comparison_joins_what_each_side_is_alone() {
    let (a, b) = (
        json!({"kind": "activity_contains", "activities": ["b"]}),
        json!({"kind": "event_count", "min": 3}),
    );
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let sides = [
            (json!({"a": [a]}), [a.clone(), json!({"not": a})]),
            (json!({"a": [a], "b": [b]}), [a.clone(), b.clone()]),
        ];
        for (params, filters) in sides {
            let found = ask(&log, "comparison", &params);
            let mut listed = [0; 2];
            for (side, filter) in ["a", "b"].into_iter().zip(&filters) {
                let whole = ask_filtered(&log, filter, "summary", &json!({}));
                for figure in ["cases", "events", "activities", "variants", "case_duration_s"] {
                    assert_eq!(found[side][figure], whole[figure], "{world:?} {figure}");
                }
                let map = ask_filtered(&log, filter, "map", &json!({"waits": true}));
                for (at, list, names) in
                    [(0, "activities", &["activity"][..]), (1, "paths", &["from", "to"][..])]
                {
                    for alone in rows(&map, &format!("/{list}")) {
                        let is_it =
                            |row: &&Value| names.iter().all(|&name| row[name] == alone[name]);
                        let rows = rows(&found, &format!("/{list}"));
                        let here = &rows.iter().find(is_it).expect("it is there")[side];
                        for figure in ["events", "cases", "duration_s", "wait_s"] {
                            assert_eq!(here[figure], alone[figure], "{world:?} {alone}");
                        }
                    }
                    let here = rows(&found, &format!("/{list}")).iter();
                    listed[at] = here.filter(|row| row[side]["events"] != 0).count();
                    assert_eq!(listed[at], rows(&map, &format!("/{list}")).len());
                }
            }
            assert!(listed.iter().all(|&count| count > 3), "{listed:?} were compared");
        }
    }
}

/// What keeps the cases over a target, and no others.
fn over(target: &Value) -> Value {
    let over_s = format!("{}.000001", target["at_most_s"]);
    match target["of"].as_str().unwrap() {
        "path" => json!({"kind": "follows", "from": [target["from"]], "to": [target["to"]],
            "mode": "directly", "after_s": over_s}),
        "case" => json!({"kind": "duration", "min_s": over_s}),
        measure => json!({"kind": "activity_time", "activities": [target["activity"]],
            "measure": measure, "min_s": over_s}),
    }
}

#[test]
fn targets_are_kept_as_often_as_the_map_and_the_filters_count() {
    let seconds = |of: &Value, figure: &str| of[figure].as_f64().map(|seconds| seconds as u64);
    let mut compared = 0;
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 3, ..ONE });
        let map = ask(&log, "map", &json!({"waits": true}));
        let mut targets = vec![(json!({"of": "case", "at_most_s": 604_800}), None)];
        for figure in ["median", "p90", "max"] {
            for path in rows(&map, "/paths") {
                if let Some(at_most_s) = seconds(&path["duration_s"], figure).filter(|&s| s > 0) {
                    let target = json!({"of": "path", "from": path["from"], "to": path["to"],
                        "at_most_s": at_most_s});
                    targets.push((target, Some(path)));
                }
            }
            for activity in rows(&map, "/activities") {
                for (measure, field) in [("wait", "wait_s"), ("work", "duration_s")] {
                    if let Some(at_most_s) = seconds(&activity[field], figure).filter(|&s| s > 0) {
                        let target = json!({"of": measure, "activity": activity["activity"],
                            "at_most_s": at_most_s});
                        targets.push((target, Some(activity)));
                    }
                }
            }
        }
        let asked: Vec<&Value> = targets.iter().map(|(target, _)| target).collect();
        let found = ask(&log, "targets", &json!({ "targets": asked }));
        for (figures, (target, shown)) in rows(&found, "/targets").iter().zip(&targets) {
            assert_eq!(figures["target"], *target);
            if let Some(shown) = shown {
                assert_eq!(figures["passages"], shown["events"], "{world:?} {target}");
                assert_eq!(figures["cases"], shown["cases"], "{world:?} {target}");
            }
            let kept = ask_filtered(&log, &over(target), "summary", &json!({}));
            assert_eq!(figures["cases_over"], kept["cases"], "{world:?} {target}");
            compared += u64::from(figures["cases_over"] != 0);
        }
    }
    assert!(compared > 50, "only {compared} targets had cases over them");
}
