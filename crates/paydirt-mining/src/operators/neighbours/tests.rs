//! Neighbourhoods of logs small enough to count by hand.

use crate::testing::{ask, ask_list, ask_log, with_auxiliary};

/// Three cases around b; the waits before b are 1 h, 1 h, 3 h and 1 h.
const LOG: &str = "1: a b c b | team=x\n2: a b@3h | team=y\n3: b c";

#[test]
fn every_occurrence_comes_from_somewhere_or_begins_its_case() {
    // b occurs 4 times: after a twice (1 h and 3 h), after c once (1 h), and once at the start.
    let before = ask_list(LOG, "neighbours", r#"{"activity":"b"}"#, "/comes_from/activities");
    let a = concat!(
        r#"{"activity":"a","events":2,"share":0.5,"cases":2,"wait_s":{"min":3600,"mean":7200,"#,
        r#""median":7200,"p90":10080,"max":10800,"total":14400},"overlaps":0}"#
    );
    assert_eq!(before[0], a);
    assert!(before[1].starts_with(r#"{"activity":"c","events":1,"share":0.25,"cases":1,"#));
    let of = |pointer: &str| ask_list(LOG, "neighbours", r#"{"activity":"b"}"#, pointer);
    assert_eq!((of("/comes_from/none"), of("/comes_from/none_share")), one("1", "0.25"));
    // After b: c twice, the end of the case twice.
    assert_eq!((of("/goes_to/none"), of("/goes_to/activities/0/events")), one("2", "2"));
    assert_eq!((of("/cases_with"), of("/occurrences")), one("3", "4"));
    // Bins of 1 h: two waits of 1 h, one of 3 h.
    let bins = ask_list(LOG, "neighbours", r#"{"activity":"b","bins":3}"#, "/comes_from/wait/bins");
    assert_eq!(
        bins,
        [
            r#"{"from_s":3600,"to_s":7200,"count":2}"#,
            r#"{"from_s":7200,"to_s":10800,"count":0}"#,
            r#"{"from_s":10800,"to_s":14400,"count":1}"#,
        ]
    );
}

fn one(a: &str, b: &str) -> (Vec<String>, Vec<String>) {
    (vec![a.to_owned()], vec![b.to_owned()])
}

#[test]
fn a_path_has_times_of_its_own_and_a_neighbourhood() {
    let params = r#"{"path":{"from":"b","to":"c"}}"#;
    let of = |pointer: &str| ask_list(LOG, "neighbours", params, pointer);
    // b → c in case 1 (after a, before b) and in case 3 (from start to end); 1 h each.
    assert_eq!((of("/occurrences"), of("/cases_with")), one("2", "2"));
    assert_eq!((of("/comes_from/none"), of("/goes_to/none")), one("1", "1"));
    assert_eq!(of("/comes_from/activities/0/activity"), [r#""a""#]);
    assert_eq!(of("/goes_to/activities/0/activity"), [r#""b""#]);
    assert_eq!((of("/wait/count"), of("/wait/duration_s/total")), one("2", "7200"));
    assert!(!ask(LOG, "neighbours", r#"{"activity":"b"}"#).contains(r#""processing""#));
}

#[test]
fn a_self_loop_is_its_own_neighbour() {
    let params = r#"{"path":{"from":"a","to":"a"}}"#;
    let of = |pointer: &str| ask_list("a a a", "neighbours", params, pointer);
    assert_eq!((of("/occurrences"), of("/cases_with")), one("2", "1"));
    assert_eq!((of("/comes_from/none"), of("/goes_to/none")), one("1", "1"));
}

#[test]
fn with_start_times_work_is_apart_from_waits() {
    // a 0–2 h, b 1–4 h: b works 3 h and overlaps a by 1 h.
    let log = "a@0h~2h b@1h~4h";
    let of = |pointer: &str| ask_list(log, "neighbours", r#"{"activity":"b"}"#, pointer);
    assert_eq!((of("/processing/count"), of("/processing/duration_s/max")), one("1", "10800"));
    assert_eq!((of("/comes_from/wait/count"), of("/comes_from/wait/overlaps")), one("0", "1"));
    assert_eq!(of("/comes_from/wait/overlap_s"), ["3600"]);
}

#[test]
fn values_of_cases_count_once_and_values_of_events_at_each_occurrence() {
    let log = "1: a b{cost=1} b{cost=1} | team=x\n2: a b{cost=2} | team=y\n3: a | team=x";
    let params = r#"{"activity":"b","attributes":["team","cost"]}"#;
    let values = ask_list(log, "neighbours", params, "/attributes/0/values");
    assert_eq!(
        values,
        [r#"{"value":"x","count":1,"share":0.5}"#, r#"{"value":"y","count":1,"share":0.5}"#]
    );
    let values = ask_list(log, "neighbours", params, "/attributes/1/values");
    assert_eq!(values[0], r#"{"value":1,"count":2,"share":0.666667}"#);
    // On a path the values are those of the later event.
    let params = r#"{"path":{"from":"a","to":"b"},"attributes":["cost"]}"#;
    let used = ask_list(log, "neighbours", params, "/attributes/0/values");
    assert_eq!(used.len(), 2, "{used:?}");
}

#[test]
fn what_is_left_out_is_skipped_and_said() {
    let log = with_auxiliary("a n b", &["n"]);
    let answer = ask_log(&log, "neighbours", r#"{"activity":"b"}"#);
    assert!(answer.contains(r#"{"activity":"a","events":1,"share":1,"cases":1"#), "{answer}");
    assert!(answer.contains(r#""left_out":[{"activity":"n","events":1,"auxiliary":true}]"#));
    let params = r#"{"activity":"b","activities":["n","b"]}"#;
    assert!(ask_log(&log, "neighbours", params).contains(r#"[{"activity":"n","events":1"#));
}

#[test]
fn what_is_not_listed_is_counted() {
    let log = "a x ×3\nb x ×2\nc x";
    let of = |pointer: &str| ask_list(log, "neighbours", r#"{"activity":"x","limit":1}"#, pointer);
    assert_eq!((of("/comes_from/total"), of("/comes_from/other_events")), one("3", "3"));
    assert_eq!(of("/comes_from/wait/count"), ["6"]);
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |params: &str| ask("a b", "neighbours", params);
    assert!(refused("{}").contains("either an activity or a path"));
    let both = r#"{"activity":"a","path":{"from":"a","to":"b"}}"#;
    assert!(refused(both).contains("either an activity or a path"));
    assert!(refused(r#"{"activity":"z"}"#).contains("There is no activity \"z\""));
    assert!(refused(r#"{"path":{"from":"a","to":"z"}}"#).contains("There is no activity \"z\""));
    assert!(refused(r#"{"activity":"a","activities":["b"]}"#).contains("not among"));
    assert!(refused(r#"{"activity":"a","attributes":["z"]}"#).contains("no attribute \"z\""));
    assert!(refused(r#"{"activity":"a","bins":1}"#).contains("from 2 to 200"));
    assert!(refused(r#"{"activity":"a","limit":1001}"#).contains("at most 1,000"));
}

#[test]
fn occurrences_are_counted_in_the_latest_months() {
    // a in January, May (twice) and July 2024, b a day later, but once in June: days of the year
    // from 0 on, of which May begins with 121, June with 152 and July with 182.
    let log = "a@9d b@10d\na@130d b@131d\na@140d b@153d\na@190d b@191d";
    let dates = |params: &str| ask_list(log, "neighbours", params, "/months");
    let of = |month: &str, occurrences: u64| {
        let date = format!("2024-{month}-01");
        format!(r#"{{"date":"{date}","start":"{date}T00:00:00Z","occurrences":{occurrences}}}"#)
    };
    assert_eq!(dates(r#"{"activity":"a","months":3}"#), [of("05", 2), of("06", 0), of("07", 1)]);
    // A path is counted where its later event is.
    assert_eq!(
        dates(r#"{"path":{"from":"a","to":"b"},"months":3}"#),
        [of("05", 1), of("06", 1), of("07", 1)]
    );
    // The log is seven months long: there are no more.
    assert_eq!(dates(r#"{"activity":"a","months":120}"#).len(), 7);
    assert!(ask(log, "neighbours", r#"{"activity":"a","months":121}"#).contains("at most 120"));
    assert!(!ask(log, "neighbours", r#"{"activity":"a"}"#).contains("months"));
}
