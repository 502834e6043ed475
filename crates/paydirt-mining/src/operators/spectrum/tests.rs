//! Spectra of logs small enough to draw by hand.

use super::*;
use crate::testing::{ask, ask_list, ask_log, with_auxiliary, with_days};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::text_log;
use serde_json::Value;

/// Case 1 takes 10 days; 2, 3 and 5 start later and end earlier; in 4 something comes between.
const LOG: &str = "1: a@0d b@10d
2: a@1d b@3d
3: a@2d b@4d
4: a@5d x@6d b@7d
5: a@8d b@8d";

const DAY_S: u64 = 86_400;

fn of(log: &str, more: &str, pointer: &str) -> Vec<String> {
    ask_list(log, "spectrum", &format!(r#"{{"from":"a","to":"b"{more}}}"#), pointer)
}

#[test]
fn a_hand_off_is_counted_on_both_sides() {
    let counts = |more: &str| {
        let answer: Value = serde_json::from_str(&of(LOG, more, "").concat()).unwrap();
        ["cases", "cases_with", "from_events", "to_events", "passed_over", "occurrences"]
            .map(|name| answer[name].as_u64().unwrap())
    };
    assert_eq!(counts(""), [5, 4, 5, 5, 0, 4]);
    assert_eq!(counts(r#","mode":"eventually""#), [5, 5, 5, 5, 1, 5]);
    // Projected to the two activities, what was between them is not there.
    assert_eq!(counts(r#","activities":[]"#), [5, 5, 5, 5, 1, 5]);
}

#[test]
fn what_is_known_to_the_day_takes_whole_days() {
    // From 10:00 of the first day to some time of the fourth: three days, not 66 h.
    let log = with_days("1: a@10h b@76h\n2: a@10h c b@20h", &["b"]);
    let answer = ask_log(&log, "spectrum", r#"{"from":"a","to":"b"}"#);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let line = &answer["lines"][0];
    assert_eq!((&line["end_precision"], line.get("start_precision")), (&"day".into(), None));
    assert_eq!(line["duration_s"], 3 * DAY_S);
}

#[test]
fn each_event_is_part_of_one_occurrence_on_either_side() {
    // The second a is the one before b; the second b has none.
    let log = "a@0h a@1h x@2h b@4h b@5h";
    let lines = of(log, r#","mode":"eventually""#, "/lines");
    assert_eq!(lines, [r#"{"case":"c1","start_s":3600,"end_s":14400,"class":1}"#]);
    assert_eq!(of(log, "", "/occurrences"), ["0"]);
    // From an activity to itself every event but the first ends what the one before has started.
    let same = r#"{"from":"a","to":"a","mode":"eventually"}"#;
    let lines = ask_list("a x a a", "spectrum", same, "/occurrences");
    assert_eq!(lines, ["2"]);
}

#[test]
fn classes_are_quartiles_of_the_durations() {
    // 0 2 2 10 days: p25 at 1.75 → 1.5, median 2, p75 at 3.25 → 4.
    let days = |tenths: u64| tenths * DAY_S / 10;
    let class = |number: u64, tenths: u64, count: u64| {
        format!(r#"{{"class":{number},"to_s":{},"occurrences":{count}}}"#, days(tenths))
    };
    assert_eq!(
        of(LOG, "", "/classes"),
        [class(1, 15, 1), class(2, 20, 2), class(3, 40, 0), class(4, 100, 1)]
    );
    assert_eq!(of(LOG, "", "/duration_s/mean"), [days(35).to_string()]);
    // p90 at 1 + 3·0.9 = 3.7 → 2 + 0.7·8.
    assert_eq!(of(LOG, "", "/duration_s/p90"), [days(76).to_string()]);
}

#[test]
fn bins_count_what_starts_ends_and_is_pending() {
    let bins = of(LOG, "", "/bins");
    assert_eq!(of(LOG, "", "/period"), [r#""day""#]);
    let line = |row: &String| {
        let row: Value = serde_json::from_str(row).unwrap();
        let day = row["date"].as_str().unwrap()[8..].to_owned();
        format!("{day} {} {} {}", row["starting"], row["ending"], row["pending"])
    };
    let found: Vec<String> = bins.iter().map(line).collect();
    assert_eq!(
        found,
        [
            "01 [0,0,0,1] [0,0,0,0] [0,0,0,0]",
            "02 [0,1,0,0] [0,0,0,0] [0,0,0,1]",
            "03 [0,1,0,0] [0,0,0,0] [0,1,0,1]",
            "04 [0,0,0,0] [0,1,0,0] [0,1,0,1]",
            "05 [0,0,0,0] [0,1,0,0] [0,0,0,1]",
            "06 [0,0,0,0] [0,0,0,0] [0,0,0,1]",
            "07 [0,0,0,0] [0,0,0,0] [0,0,0,1]",
            "08 [0,0,0,0] [0,0,0,0] [0,0,0,1]",
            "09 [1,0,0,0] [1,0,0,0] [0,0,0,1]",
            "10 [0,0,0,0] [0,0,0,0] [0,0,0,1]",
            "11 [0,0,0,0] [0,0,0,1] [0,0,0,0]",
        ]
    );
    let months = of(LOG, r#","period":"month""#, "/bins");
    assert_eq!(months.len(), 1);
    assert!(months[0].contains(r#""starting":[1,2,0,1]"#), "{}", months[0]);
}

#[test]
fn a_pair_that_starts_later_and_ends_earlier_is_an_overtaking() {
    let overtaking = of(LOG, "", "/overtaking").concat();
    let wanted = r#"{"pairs":3,"overtaking":3,"overtaken":1,"overtaken_share":0.25}"#;
    assert_eq!(overtaking, wanted);
    // Equal starts and equal ends overtake nobody.
    let ties = "a@0h b@5h\na@0h b@3h\na@1h b@5h\na@2h b@3h";
    // (0–5, 2–3) and (1–5, 2–3).
    let wanted = r#"{"pairs":2,"overtaking":1,"overtaken":2,"overtaken_share":0.5}"#;
    assert_eq!(of(ties, "", "/overtaking").concat(), wanted);
}

#[test]
fn every_pair_is_counted_as_when_all_are_compared() {
    let mut state = 3_u64;
    let mut die = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        i64::try_from((state >> 33) % end).unwrap()
    };
    for count in [0, 1, 2, 3, 7, 64, 200] {
        let mut all: Vec<occurrences::Occurrence> = (0..count)
            .map(|_| {
                let (start_us, duration_us) = (die(50), die(30));
                occurrences::Occurrence { start_us, end_us: start_us + duration_us, duration_us }
            })
            .collect();
        all.sort_unstable();
        let overtakes = |late: &occurrences::Occurrence, early: &occurrences::Occurrence| {
            early.start_us < late.start_us && late.end_us < early.end_us
        };
        let pairs = all.iter().map(|late| all.iter().filter(|it| overtakes(late, it)).count());
        let overtaking = all.iter().filter(|late| all.iter().any(|it| overtakes(late, it)));
        let overtaken = all.iter().filter(|early| all.iter().any(|it| overtakes(it, early)));
        let found = dynamics::overtaking(&all);
        let wanted = [pairs.sum(), overtaking.count(), overtaken.count()].map(|n| n as u64);
        assert_eq!([found.pairs, found.overtaking, found.overtaken], wanted, "{count}");
    }
}

#[test]
fn a_batch_ends_together_and_began_apart() {
    // Four that began on different days end within seconds; two end at the hour of their start.
    let log = "1: a@0d b@9d\n2: a@1d b@777601s\n3: a@2d b@777602s\n4: a@3d b@777603s
5: a@20d b@21d\n6: a@20d b@21d\n7: a@20d b@21d\n8: a@20d b@21d";
    let batching = of(log, r#","batch_size":4"#, "/batching").concat();
    let batch = r#"{"occurrences":4,"first_start":"2024-01-01T00:00:00Z","last_start":"2024-01-04T00:00:00Z","first_end":"2024-01-10T00:00:00Z","last_end":"2024-01-10T00:00:03Z"}"#;
    let wanted = format!(r#"{{"batches":1,"occurrences":4,"share":0.5,"largest":[{batch}]}}"#);
    assert_eq!(batching, wanted);
    let count = |more: &str| of(log, more, "/batching/batches").concat();
    assert_eq!(count(""), "0", "fewer than five");
    assert_eq!(count(r#","batch_size":4,"batch_gap_s":0.999999"#), "0", "too far apart");
    assert_eq!(count(r#","batch_size":2,"batch_gap_s":0"#), "0", "no two of the first four");
}

#[test]
fn overlaps_are_apart_and_the_rest_is_as_on_the_map() {
    let log = "1: a@0h~2h b@1h~3h\n2: a@0h~1h b@4h~5h\n3: a@0h b@1h\n4: a b a b";
    assert_eq!(of(log, "", "/overlaps"), ["1"]);
    assert_eq!(of(log, "", "/overlap_s"), ["3600"]);
    let answer: Value = serde_json::from_str(&of(log, "", "").concat()).unwrap();
    let map: Value = serde_json::from_str(&ask(log, "map", "{}")).unwrap();
    let path = map["paths"].as_array().unwrap().iter().find(|path| path["from"] == "a").unwrap();
    assert_eq!(answer["duration_s"], path["duration_s"]);
    assert_eq!(answer["occurrences"], path["events"]);
    assert_eq!(answer["cases_with"], path["cases"]);
    // The line of case 2 goes from the end of a to the start of b.
    let lines = of(log, "", "/lines");
    assert!(
        lines.contains(&r#"{"case":"2","start_s":3600,"end_s":14400,"class":4}"#.to_owned()),
        "{lines:?}"
    );
}

#[test]
fn auxiliary_activities_come_between_only_if_asked() {
    let log = with_auxiliary("a note b", &["note"]);
    let occurrences = |params: &str| {
        let answer: Value = serde_json::from_str(&ask_log(&log, "spectrum", params)).unwrap();
        answer["occurrences"].to_string()
    };
    assert_eq!(occurrences(r#"{"from":"a","to":"b"}"#), "1");
    assert_eq!(occurrences(r#"{"from":"a","to":"b","auxiliary":true}"#), "0");
    assert_eq!(occurrences(r#"{"from":"a","to":"note"}"#), "1");
}

#[test]
fn a_sample_of_lines_has_its_share_of_every_day_in_any_partition() {
    // 60 cases on day 0, 30 on day 1, 1 on day 2: of 10 lines 6, 3 and 1.
    let line = |n: usize| match n {
        0..60 => format!("k{n}: a@{n}m b@+1h"),
        60..90 => format!("k{n}: a@{}m b@+1h", n + 24 * 60),
        _ => format!("k{n}: a@2d b@+1h"),
    };
    let text = (0..91).map(line).collect::<Vec<_>>().join("\n");
    let params = r#"{"from":"a","to":"b","lines":10}"#;
    let one = ask(&text, "spectrum", params);
    let answer: Value = serde_json::from_str(&one).unwrap();
    let starts = answer["lines"].as_array().unwrap().iter().map(|it| it["start_s"].as_u64());
    let days: Vec<u64> = starts.map(|start_s| start_s.unwrap() / DAY_S).collect();
    assert_eq!(days, [0, 0, 0, 0, 0, 0, 1, 1, 1, 2]);
    assert_eq!(answer["occurrences"], 91);
    for count in [3, 16] {
        let log = text_log::parse_with(&text, LogSpec::plain(), count);
        assert_eq!(ask_log(&log, "spectrum", params), one);
    }
}

#[test]
fn too_many_occurrences_are_refused_in_any_partition() {
    for count in [1, 5] {
        let log = text_log::parse_with("a b ×9", LogSpec::plain(), count);
        let ask = |max: u64| {
            let params = serde_json::from_str(r#"{"from":"a","to":"b"}"#).unwrap();
            let mut plan = Op::plan(log.context(), params).unwrap();
            plan.occurrence_count_max = max;
            let mut all = Partial::default();
            for segment in log.segments() {
                let mut part = Partial::default();
                Op::observe(log.context(), &plan, &CaseBatch::all(segment), &mut part);
                Op::merge(&mut all, part);
            }
            Op::finish(log.context(), &plan, all)
        };
        assert_eq!(ask(9).unwrap().lines.len(), 9);
        let problem = ask(8).unwrap_err();
        assert_eq!(problem.code, ErrorCode::OverLimit);
        assert!(problem.detail.to_string().contains("9 times; at most 8"), "{problem}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |params: &str| ask("a b", "spectrum", params);
    assert!(refused("{}").contains("\"from\" is missing"));
    let unknown = refused(r#"{"from":"a","to":"z"}"#);
    assert!(unknown.contains("parameter \"to\": There is no activity \"z\""), "{unknown}");
    assert!(of("a b", r#","lines":5001"#, "")[0].contains("at most 5,000"));
    assert!(of("a b", r#","batch_size":1"#, "")[0].contains("it has at least 2"));
    assert!(of("a b", r#","batch_gap_s":-1"#, "")[0].contains("no time between two ends"));
    assert!(of("a b", r#","activities":["z"]"#, "")[0].contains("no activity"));
    let log = "1: a@0001-01-02T00:00:00Z b@9999-12-29T00:00:00Z";
    assert!(of(log, r#","period":"day""#, "")[0].contains("more than 10,000 such periods"));
    assert_eq!(of(log, "", "/period"), [r#""year""#]);
    assert_eq!(of(log, "", "/bins").len(), 9_999);
}

#[test]
fn a_hand_off_that_never_happens_has_an_empty_spectrum() {
    let answer = of("b a", "", "").concat();
    for part in [r#""occurrences":0"#, r#""duration_s":null"#, r#""classes":[]"#, r#""bins":[]"#] {
        assert!(answer.contains(part), "{part}: {answer}");
    }
    assert!(of("", "", "").concat().contains("no activity"));
}
