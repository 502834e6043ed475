//! Comparisons of logs small enough to count by hand.

use serde_json::{Value, json};

use crate::testing::ask;

/// Three of five cases in EMEA have b; one of four elsewhere has it, and that one has c as well.
/// Events are an hour apart: cases with b take two hours, others one, that of c three.
const LOG: &str = "1: a b d | region=EMEA\n2: a b d | region=EMEA\n3: a b d | region=EMEA\n\
    4: a d | region=EMEA\n5: a d | region=EMEA\n6: a b c d | region=APAC\n7: a d | region=APAC\n\
    8: a d | region=APAC\n9: a d | region=APAC";
const EMEA: &str = r#""a":[{"kind":"attribute_in","attribute":"region","values":["EMEA"]}]"#;

fn compared(log: &str, params: &str) -> Value {
    let answer = ask(log, "comparison", params);
    serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{answer}"))
}

fn emea(more: &str) -> Value {
    compared(LOG, &format!("{{{EMEA}{more}}}"))
}

fn row<'a>(answer: &'a Value, list: &str, names: [&str; 2]) -> &'a Value {
    let rows = answer[list].as_array().expect("a list").iter();
    let mut rows = rows.filter(|row| {
        if names[1].is_empty() {
            row["activity"] == names[0]
        } else {
            [&row["from"], &row["to"]] == [names[0], names[1]]
        }
    });
    rows.next().unwrap_or_else(|| panic!("{names:?} is not in {list}"))
}

#[test]
fn both_sides_are_counted_and_subtracted() {
    // A: 5 cases, 3·3 + 2·2 = 13 events, 2.6 a case; hours 2 2 2 1 1, median 2, mean 1.6,
    // p90 at 1 + 4·0.9 = 4.6 → 2. B: 4 cases, 4 + 3·2 = 10 events, 2.5 a case; hours 1 1 1 3,
    // median 1, mean 1.5, p90 at 3.7 → 1 + 0.7·2 = 2.4.
    let answer = emea(r#","few_cases":1"#);
    assert_eq!(
        [&answer["cases"], &answer["shared"], &answer["neither"]],
        [&json!(9), &json!(0), &json!(0)]
    );
    for (side, cases, events, each, median) in
        [("a", 5, 13, json!(2.6), 7_200), ("b", 4, 10, json!(2.5), 3_600)]
    {
        let whole = &answer[side];
        assert_eq!([&whole["cases"], &whole["events"]], [&json!(cases), &json!(events)]);
        assert_eq!(whole["events_per_case"], each);
        assert_eq!(whole["case_duration_s"]["median"], median);
        assert_eq!([&whole["variants"], &whole["few"]], [&json!(2), &json!(false)]);
    }
    assert_eq!(
        answer["difference"],
        json!({"cases": 1, "events": 3, "events_per_case": 0.1, "activities": -1, "variants": 0,
            "case_duration_s": {"mean": 360, "median": 3600, "p90": -1440}})
    );
}

#[test]
fn shares_of_activities_and_paths_are_of_their_side() {
    // b: 3/5 against 1/4, +0.35. c: 0 against 1/4. b → d: 3/5 against 0.
    let answer = emea(r#","few_cases":1"#);
    let b = row(&answer, "activities", ["b", ""]);
    assert_eq!([&b["a"]["cases"], &b["b"]["cases"]], [&json!(3), &json!(1)]);
    assert_eq!([&b["a"]["share"], &b["b"]["share"]], [&json!(0.6), &json!(0.25)]);
    assert_eq!(b["difference"]["share"], json!(0.35));
    let c = row(&answer, "activities", ["c", ""]);
    assert_eq!([&c["a"]["events"], &c["difference"]["share"]], [&json!(0), &json!(-0.25)]);
    assert_eq!([&c["a"]["wait_s"], &c["b"]["wait_s"]["median"]], [&Value::Null, &json!(3_600)]);
    let path = row(&answer, "paths", ["b", "d"]);
    assert_eq!([&path["a"]["share"], &path["b"]["share"]], [&json!(0.6), &json!(0)]);
    assert_eq!(path["difference"]["duration_s"], Value::Null);
    // Nothing but the first and the last activity is alike.
    assert_eq!(row(&answer, "starts", ["a", ""])["share_difference"], 0);
    assert_eq!(row(&answer, "ends", ["d", ""])["share_difference"], 0);
}

#[test]
fn the_largest_differences_come_first() {
    // b → d +0.6, a → b +0.35, a → d 2/5 − 3/4 = −0.35, then b → c and c → d −0.25 by name.
    let answer = emea(r#","few_cases":1"#);
    let paths = answer["paths"].as_array().unwrap().iter();
    let ranked: Vec<String> = paths
        .map(|path| {
            format!(
                "{}{} {}",
                path["from"].as_str().unwrap(),
                path["to"].as_str().unwrap(),
                path["difference"]["share"]
            )
        })
        .collect();
    assert_eq!(ranked, ["bd 0.6", "ab 0.35", "ad -0.35", "bc -0.25", "cd -0.25"]);
}

#[test]
fn what_rests_on_few_cases_is_not_ranked() {
    let answer = emea("");
    assert_eq!((&answer["few_cases"], &answer["ranked"]), (&json!(30), &json!(false)));
    assert_eq!([&answer["a"]["few"], &answer["b"]["few"]], [&json!(true), &json!(true)]);
    let names = |answer: &Value| -> Vec<(String, bool)> {
        let rows = answer["activities"].as_array().unwrap().iter();
        let name = |row: &Value| row["activity"].as_str().unwrap().to_owned();
        rows.map(|row| (name(row), row["difference"]["few"].as_bool().unwrap())).collect()
    };
    // By cases of both sides: a 9, d 9, b 4, c 1.
    let all = |few| ["a", "d", "b", "c"].map(|name| (name.to_owned(), few)).to_vec();
    assert_eq!(names(&answer), all(true));
    // From 4 cases on: b is ranked (+0.35), a and d too (0); c with one case is not.
    let ranked = [("b", false), ("a", false), ("d", false), ("c", true)];
    let ranked = ranked.map(|(name, few)| (name.to_owned(), few)).to_vec();
    let answer = emea(r#","few_cases":4"#);
    assert_eq!(names(&answer), ranked);
    // A time needs enough cases on each side, not on both together: b has 3 and 1.
    let few_times = |name: &str| {
        row(&answer, "activities", [name, ""])["difference"]["few_times"].as_bool().unwrap()
    };
    assert_eq!([few_times("a"), few_times("b")], [false, true]);
}

#[test]
fn sides_may_overlap_and_leave_cases_out() {
    // A is what has b (1 2 3 6), B what is in EMEA (1 to 5): 3 on both, 7 8 9 on neither.
    let answer = compared(
        LOG,
        r#"{"a":[{"kind":"activity_contains","activities":["b"]}],
            "b":[{"kind":"attribute_in","attribute":"region","values":["EMEA"]}]}"#,
    );
    let counts = ["cases", "shared", "neither"].map(|name| answer[name].as_u64().unwrap());
    assert_eq!(counts, [9, 3, 3]);
    assert_eq!([&answer["a"]["cases"], &answer["b"]["cases"]], [&json!(4), &json!(5)]);
}

#[test]
fn cases_are_projected_to_the_wanted_activities() {
    // Without b and c every case is a → d; those with b take two hours or three.
    let answer = emea(r#","few_cases":1,"activities":["a","d"]"#);
    let path = row(&answer, "paths", ["a", "d"]);
    assert_eq!(path["difference"]["share"], 0);
    assert_eq!(
        path["difference"]["duration_s"],
        json!({"mean": 360, "median": 3600, "p90": -1440})
    );
    assert_eq!(answer["paths"].as_array().unwrap().len(), 1);
    assert_eq!(
        answer["left_out"],
        json!([{"activity": "b", "a": 3, "b": 1, "auxiliary": false},
            {"activity": "c", "a": 0, "b": 1, "auxiliary": false}])
    );
    // Durations of cases are those of whole cases.
    assert_eq!(answer["a"]["case_duration_s"]["median"], 7_200);
}

#[test]
fn a_small_side_counts_as_much_as_a_large_one() {
    // 100 cases go x0 … x19, one goes y0 … y19: each activity of both is once in each case of its
    // side, so that all are equally strong and the first 18 by name are shown at first.
    let way = |letter: &str| (10..30).map(|n| format!("{letter}{n}")).collect::<Vec<_>>().join(" ");
    let log = format!("{} | side=large ×100\n{} | side=small", way("x"), way("y"));
    let params = r#"{"a":[{"kind":"attribute_in","attribute":"side","values":["small"]}]}"#;
    let answer = compared(&log, params);
    let rows = answer["activities"].as_array().unwrap();
    assert_eq!(rows.len(), 40);
    assert!(rows.iter().all(|row| row["strength"] == 1), "{answer}");
    assert_eq!(rows.iter().filter(|row| row["shown"] == true).count(), 18);
    assert_eq!(answer["paths"].as_array().unwrap().len(), 38);
}

#[test]
fn an_empty_side_has_no_shares() {
    let nobody = r#"{"a":[{"kind":"activity_contains","activities":["c"]},
        {"kind":"attribute_in","attribute":"region","values":["EMEA"]}]}"#;
    let answer = compared(LOG, nobody);
    assert_eq!(answer["a"]["cases"], 0);
    assert_eq!(answer["a"]["events_per_case"], Value::Null);
    assert_eq!(answer["difference"]["case_duration_s"], Value::Null);
    let b = row(&answer, "activities", ["b", ""]);
    assert_eq!([&b["a"]["share"], &b["difference"]["share"]], [&Value::Null, &Value::Null]);
    assert_eq!(b["b"]["share"], json!(0.444_444));
    // Nothing at all: an answer without rows.
    let empty = compared("", "{}");
    assert_eq!([&empty["cases"], &empty["activities"]], [&json!(0), &json!([])]);
}

#[test]
fn filters_of_events_make_no_side() {
    for side in ["a", "b"] {
        let params = format!(r#"{{"{side}":[{{"kind":"event_activity","activities":["a"]}}]}}"#);
        let refused = ask(LOG, "comparison", &params);
        assert!(refused.contains("A selection is made of filters of cases"), "{refused}");
    }
    let refused = ask(LOG, "comparison", r#"{"activities":["x"]}"#);
    assert!(refused.contains("problem"), "{refused}");
}
