//! Funnels of logs small enough to follow every case by hand.

use crate::testing::{ask, ask_list, ask_log};
use expect_test::expect;
use paydirt_model::event_chunk::{ChunkWriter, EventTime};
use paydirt_model::log_builder::{EventLogBuilder, LogSpec};
use paydirt_model::text_log;
use paydirt_model::time::{DAY_US, HOUR_US, Precision};
use serde_json::Value;

/// Case 1 goes through; 2 comes back from `qual` to `lead`; 3 skips `qual`; 4 has no stage; 5 has
/// `qual` before `lead`.
const LOG: &str = "1: lead@0d qual@2d won@5d
2: lead@0d qual@4d lead@5d qual@6d
3: lead@1d won@3d
4: note@0d
5: qual@0d lead@1d won@2d";

fn params(more: &str) -> String {
    let stage = |name: &str| format!(r#"{{"activities":["{name}"]}}"#);
    format!(r#"{{"stages":[{},{},{}]{more}}}"#, stage("lead"), stage("qual"), stage("won"))
}

/// One line a stage: the fields of these names.
fn stages(log: &str, params: &str, fields: &[&str]) -> Vec<String> {
    let rows = ask_list(log, "funnel", params, "/stages");
    let line = |row: &String| {
        let row: Value = serde_json::from_str(row).unwrap_or_else(|_| panic!("{row}"));
        fields.iter().map(|field| row[field].to_string()).collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(line).collect()
}

#[test]
fn in_strict_order_a_stage_comes_after_the_one_before() {
    // lead: cases 1 2 3 5; qual after it: 1 2; won after that: 1.
    let fields = ["stage", "cases", "from_previous", "from_start", "furthest"];
    assert_eq!(
        stages(LOG, &params(""), &fields),
        [r#""lead" 4 null 1 2"#, r#""qual" 2 0.5 0.5 1"#, r#""won" 1 0.5 0.25 1"#]
    );
    let answer = ask(LOG, "funnel", &params(""));
    let head =
        r#""cases":5,"outside_cases":1,"events":13,"outside_events":1,"open":null,"stages":["#;
    assert!(answer.starts_with(&format!(r#"{{"order":"strict",{head}"#)), "{answer}");
}

#[test]
fn in_any_order_a_stage_is_reached_whatever_comes_before() {
    // lead: 1 2 3 5; qual: 1 2 5, in 5 before lead; won: 1 3 5, of which 1 and 5 have qual.
    let fields = ["cases", "from_previous", "from_start", "before_previous", "furthest"];
    assert_eq!(
        stages(LOG, &params(r#","order":"any""#), &fields),
        ["4 null 1 0 0", "3 0.75 0.75 1 1", "3 0.666667 0.75 0 3"]
    );
}

#[test]
fn strict_order_also_tells_how_many_come_this_far_at_all() {
    // lead have 1 2 3 5; qual 1 2 5; won 1 3 5: two of them do not come through strict order.
    let fields = ["cases", "from_start", "at_all", "at_all_from_start"];
    assert_eq!(stages(LOG, &params(""), &fields), ["4 1 4 1", "2 0.5 3 0.75", "1 0.25 3 0.75"]);
    // In any order they are the same, but of a case without the first stage: "won" alone.
    let log = format!("{LOG}\n6: won@0d");
    assert_eq!(
        stages(&log, &params(r#","order":"any""#), &fields),
        ["4 1 4 1", "3 0.75 3 0.75", "4 0.75 3 0.75"]
    );
}

#[test]
fn of_the_cases_that_drop_off_some_have_a_later_stage_all_the_same() {
    // Not to qual after lead: 3 skips it, 5 had it before. Not to won after qual: 2 has none.
    for (order, expected) in [("strict", ["2 2 0", "1 0 1"]), ("any", ["1 1 0", "1 0 1"])] {
        let params = params(&format!(r#","order":"{order}""#));
        let of = |stage: usize| {
            let row = ask_list(LOG, "funnel", &params, &format!("/stages/{stage}/drop_off"));
            let row: Value = serde_json::from_str(&row.concat()).unwrap();
            ["cases", "later", "nothing_later"].map(|field| row[field].to_string()).join(" ")
        };
        assert_eq!([of(0), of(1)], expected, "{order}");
    }
}

#[test]
fn times_are_from_stage_to_stage() {
    // Strict: qual after 2 and 4 days: median 3, p90 at 1 + 0.9 → 3.8; won after 3 days.
    let median = |stage: usize, more: &str, of: &str| {
        let pointer = format!("/stages/{stage}/from_previous_s/{of}");
        ask_list(LOG, "funnel", &params(more), &pointer).concat()
    };
    assert_eq!(median(1, "", "median"), (3 * 86_400).to_string());
    assert_eq!(median(1, "", "p90"), (38 * 8_640).to_string());
    assert_eq!(median(2, "", "total"), (3 * 86_400).to_string());
    // Any order: won 3 days after qual in case 1, 2 days in case 5; case 3 has no qual.
    assert_eq!(median(2, r#","order":"any""#, "total"), (5 * 86_400).to_string());
}

#[test]
fn a_time_known_to_the_day_makes_whole_days() {
    // a on a day, b two days later at 15:00, c three hours after b.
    let at = text_log::TEXT_LOG_START_US;
    let b_us = at + 2 * DAY_US + 15 * HOUR_US;
    let mut writer = ChunkWriter::new(Vec::new());
    let day = EventTime { precision: Precision::Day, ..EventTime::instant(at) };
    writer.push("1", "a", day);
    writer.push("1", "b", EventTime::instant(b_us));
    writer.push("1", "c", EventTime::instant(b_us + 3 * HOUR_US));
    let mut builder = EventLogBuilder::new(LogSpec::plain(), 1);
    builder.append(writer.take());
    let log = builder.finish().expect("the log is small").0;
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]},{"activities":["c"]}]}"#;
    let answer: Value = serde_json::from_str(&ask_log(&log, "funnel", params)).unwrap();
    let max = |stage: usize| answer["stages"][stage]["from_previous_s"]["max"].as_u64();
    assert_eq!((max(1), max(2)), (Some(2 * 86_400), Some(3 * 3_600)));
}

#[test]
fn skipped_stages_and_returns_are_counted_alike_in_both_orders() {
    // A later stage than lead have 1 2 3 5; than qual 1 3 5, of which 3 has no qual.
    for order in ["strict", "any"] {
        let params = params(&format!(r#","order":"{order}""#));
        let fields = ["later", "skipped", "skip_rate", "returns", "returned_cases"];
        assert_eq!(
            stages(LOG, &params, &fields),
            ["4 0 0 1 1", "3 1 0.333333 0 0", "0 0 null 0 0"]
        );
        let returns = ask_list(LOG, "funnel", &params, "/returns");
        assert_eq!(returns, [r#"{"from":"qual","to":"lead","returns":1,"cases":1}"#]);
    }
    // Twice back to a: from c, then from b; the first a and the first b come late but not again.
    let log = "b c a b a c a";
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]},{"activities":["c"]}]}"#;
    assert_eq!(
        ask_list(log, "funnel", params, "/returns"),
        [
            r#"{"from":"b","to":"a","returns":1,"cases":1}"#,
            r#"{"from":"c","to":"a","returns":1,"cases":1}"#
        ]
    );
    assert_eq!(ask_list(log, "funnel", params, "/returned_cases"), ["1"]);
}

#[test]
fn open_cases_are_not_lost() {
    // Without won are 2 and 4; 2 has been in qual since day 4, the data end on day 6.
    let params = params(r#","ends":["won"]"#);
    let fields = ["furthest", "furthest_open", "furthest_ended", "from_previous_decided"];
    assert_eq!(stages(LOG, &params, &fields), ["2 0 2 null", "1 1 0 0.5", "1 0 1 1"]);
    assert_eq!(ask_list(LOG, "funnel", &params, "/open"), ["2"]);
    let age = ask_list(LOG, "funnel", &params, "/stages/1/open_age_s/max");
    assert_eq!(age, [(2 * 86_400).to_string()]);
    assert_eq!(ask_list(LOG, "funnel", &params, "/stages/2/open_age_s"), ["null"]);
}

#[test]
fn cases_that_drop_off_go_somewhere_else() {
    // After a: b 2 (both stop there), c 1, nothing 1; x and y are in no stage, x comes once.
    let log = "a b c ×2\na x x y\na a\na c\na c b";
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]},{"activities":["c"]}],
        "ends":["y","b"]"#;
    let of = |order: &str, stage: usize| {
        let params = format!("{params},\"order\":\"{order}\"}}");
        let row = ask_list(log, "funnel", &params, &format!("/stages/{stage}/drop_off")).concat();
        let row: Value = serde_json::from_str(&row).unwrap();
        let head = ["cases", "open", "ended", "later", "other"].map(|field| row[field].to_string());
        (head.join(" "), row["next"].to_string())
    };
    // Strict: 2 3 4 do not reach b; 2 has ended with y. 3 never leaves a.
    let next = concat!(
        r#"[{"activity":"c","cases":1,"open":1},{"activity":"x","cases":1,"open":0},"#,
        r#"{"activity":null,"cases":1,"open":1}]"#
    );
    // Case 4 reaches c without b.
    assert_eq!(of("strict", 0), ("3 2 1 1 null".to_owned(), next.to_owned()));
    assert_eq!(of("any", 0), ("3 2 1 1 null".to_owned(), next.to_owned()));
    // b without c after it: the last case, which has c before it; in any order none.
    let nothing = r#"[{"activity":null,"cases":1,"open":0}]"#;
    assert_eq!(of("strict", 1), ("1 0 1 1 null".to_owned(), nothing.to_owned()));
    assert_eq!(of("any", 1), ("0 0 0 0 null".to_owned(), "[]".to_owned()));
    assert_eq!(of("strict", 2).0, "null null null null null");
}

#[test]
fn what_comes_next_is_listed_up_to_twenty() {
    // 22 other activities, each in one case; the first by name is in two.
    let lines: Vec<String> = (10..32).map(|n| format!("a s{n}")).collect();
    let log = format!("a b\na s10\n{}", lines.join("\n"));
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]}]}"#;
    let next = ask_list(&log, "funnel", params, "/stages/0/drop_off/next");
    assert_eq!(next.len(), 20);
    assert_eq!(next[0], r#"{"activity":"s10","cases":2,"open":null}"#);
    assert_eq!(next[19], r#"{"activity":"s29","cases":1,"open":null}"#);
    let other = ask_list(&log, "funnel", params, "/stages/0/drop_off/other").concat();
    assert_eq!(other, r#"{"activities":2,"cases":2,"open":null}"#);
}

#[test]
fn a_stage_may_have_several_activities_and_a_name() {
    let log = "demo@0d call@1d won@3d\ncall@0d won@1d";
    let params = r#"{"stages":[{"name":"met","activities":["demo","call"]},
        {"activities":["won"]}]}"#;
    let fields = ["stage", "activities", "cases", "returns"];
    assert_eq!(
        stages(log, params, &fields),
        [r#""met" ["call","demo"] 2 0"#, r#""won" ["won"] 2 0"#]
    );
    // From the first event of the stage: 3 days and 1 day.
    let total = ask_list(log, "funnel", params, "/stages/1/from_previous_s/total");
    assert_eq!(total, [(4 * 86_400).to_string()]);
    let unnamed = r#"{"stages":[{"activities":["demo","call"]}]}"#;
    assert_eq!(stages(log, unnamed, &["stage"]), [r#""call / demo""#]);
}

#[test]
fn cohorts_are_the_periods_in_which_cases_start() {
    // January has 31 days: @31d is in February, @70d in March; nothing starts in February.
    let log = "1: a@0d b@31d\n2: a@5d\n3: a@70d b@71d";
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]}],"cohorts":"month",
        "ends":["b"]}"#;
    let cohorts = ask_list(log, "funnel", params, "/cohorts");
    let line = |row: &String| {
        let row: Value = serde_json::from_str(row).unwrap();
        let of = |stage: usize, field: &str| row["stages"][stage][field].to_string();
        let median = &row["stages"][1]["from_previous_s"]["median"];
        let (a, b, share) = (of(0, "cases"), of(1, "cases"), of(1, "from_previous"));
        format!(
            "{} {} {a} {b} {share} {median} {}",
            row["date"],
            row["cases"],
            of(0, "furthest_open")
        )
    };
    let found: Vec<String> = cohorts.iter().map(line).collect();
    assert_eq!(
        found,
        [
            r#""2024-01-01" 2 2 1 0.5 2678400 1"#,
            r#""2024-02-01" 0 0 0 null null 0"#,
            r#""2024-03-01" 1 1 1 1 86400 0"#,
        ]
    );
    // All cohorts together: 31 days and 1 day.
    let total = ask_list(log, "funnel", params, "/stages/1/from_previous_s/total");
    assert_eq!(total, [(32 * 86_400).to_string()]);
}

#[test]
fn values_are_summed_by_currency_in_force_at_the_stage() {
    let log = "a b | amount=10.50EUR\na | amount=2EUR\na b | amount=7USD\na";
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]}],"value":"amount"}"#;
    assert_eq!(
        stages(log, params, &["values", "value_missing"]),
        [
            r#"[{"currency":"EUR","total":12.5,"cases":2},{"currency":"USD","total":7,"cases":1}] 1"#,
            r#"[{"currency":"EUR","total":10.5,"cases":1},{"currency":"USD","total":7,"cases":1}] 0"#,
        ]
    );
    // 5 is in force when b comes, 8 only afterwards; the second case has no value before b.
    let log = "a{cost=3} b{cost=5} c{cost=8}\na b c{cost=8}";
    let params = r#"{"stages":[{"activities":["a"]},{"activities":["b"]}],"value":"cost"}"#;
    assert_eq!(
        stages(log, params, &["values", "value_missing"]),
        [
            r#"[{"currency":null,"total":3,"cases":1}] 1"#,
            r#"[{"currency":null,"total":5,"cases":1}] 1"#,
        ]
    );
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |params: &str| ask("a b | name=x", "funnel", params);
    // The engine fills in the stages, where the log has any.
    assert!(refused("{}").contains("The funnel has no stage"), "{}", refused("{}"));
    assert!(refused(r#"{"stages":[]}"#).contains("The funnel has no stage"));
    let empty = refused(r#"{"stages":[{"name":"x","activities":[]}]}"#);
    assert!(empty.contains("The stage \"x\" has no activity"), "{empty}");
    let unknown = refused(r#"{"stages":[{"activities":["z"]}]}"#);
    assert!(unknown.contains("There is no activity \"z\""), "{unknown}");
    let twice = refused(r#"{"stages":[{"activities":["a"]},{"name":"x","activities":["b","a"]}]}"#);
    assert!(twice.contains("\"a\" is in the stages \"a\" and \"x\""), "{twice}");
    let named =
        refused(r#"{"stages":[{"name":"x","activities":["a"]},{"name":"x","activities":["b"]}]}"#);
    assert!(named.contains("Two stages are called \"x\""), "{named}");
    let text = refused(r#"{"stages":[{"activities":["a"]}],"value":"name"}"#);
    assert!(text.contains("is of type text; expected is integer, decimal or money"), "{text}");
    let ends = refused(r#"{"stages":[{"activities":["a"]}],"ends":["z"]}"#);
    assert!(ends.contains("There is no activity \"z\""), "{ends}");
    let many = format!(r#"{{"stages":[{}]}}"#, [r#"{"activities":["a"]}"#; 31].join(","));
    assert!(refused(&many).contains("has 31 stages; at most 30"), "{}", refused(&many));
    let log = "1: a@0001-01-02T00:00:00Z b@9999-12-29T00:00:00Z";
    let days = ask(log, "funnel", r#"{"stages":[{"activities":["a"]}],"cohorts":"day"}"#);
    assert!(days.contains("more than 10,000 such periods"), "{days}");
}

#[test]
fn a_log_of_one_case_has_a_funnel_and_one_without_events_no_activity() {
    let answer = ask("a", "funnel", r#"{"stages":[{"activities":["a"]}]}"#);
    expect![[r#"{"order":"strict","cases":1,"outside_cases":0,"events":1,"outside_events":0,"open":null,"stages":[{"stage":"a","activities":["a"],"cases":1,"from_previous":null,"from_start":1,"from_previous_decided":null,"from_previous_s":null,"before_previous":0,"furthest":1,"furthest_open":null,"furthest_ended":null,"open_age_s":null,"at_all":1,"at_all_from_start":1,"later":0,"skipped":0,"skip_rate":null,"returns":0,"returned_cases":0,"drop_off":null,"value_missing":0}],"returns":[],"returned_cases":0,"method":"exact"}"#]]
    .assert_eq(&answer);
    let empty = ask("", "funnel", r#"{"stages":[{"activities":["a"]}]}"#);
    assert!(empty.contains("There is no activity \"a\""), "{empty}");
}

#[test]
fn thirty_stages_are_followed_to_the_last() {
    let names: Vec<String> = (10..40).map(|n| format!("s{n}")).collect();
    let stage = |name: &String| format!(r#"{{"activities":["{name}"]}}"#);
    let list: Vec<String> = names.iter().map(stage).collect();
    let params = format!(r#"{{"stages":[{}]}}"#, list.join(","));
    let last = stages(&names.join(" "), &params, &["cases", "furthest", "later"]).pop();
    assert_eq!(last.as_deref(), Some("1 1 0"));
}

#[test]
fn partitions_do_not_change_the_answer() {
    let text = "a@0d b@40d c@41d ×9\na b@+5u a ×5\nc@3d b@70d ×4";
    let stages = r#"[{"activities":["a"]},{"activities":["b"]},{"activities":["c"]}]"#;
    for order in ["strict", "any"] {
        let params =
            format!(r#"{{"stages":{stages},"order":"{order}","ends":["c"],"cohorts":"month"}}"#);
        let many = text_log::parse_with(text, LogSpec::plain(), 7);
        assert_eq!(ask_log(&many, "funnel", &params), ask(text, "funnel", &params));
    }
}
