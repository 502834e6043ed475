//! Targets of logs small enough to measure by hand.

use crate::testing::{ask, ask_list, ask_log, with_auxiliary};

/// a → b takes 1 h and 5 h in case 1, 2 h in case 2; case 3 ends with a.
const LOG: &str = "1: a@0h b@1h a@2h b@7h\n2: a@0h b@2h c@3h\n3: a@0h";

fn figures(log: &str, target: &str, rest: &str) -> String {
    let params = format!(r#"{{"targets":[{target}]{rest}}}"#);
    let answer = ask_list(log, "targets", &params, "/targets");
    let (_, figures) = answer[0].split_once(r#""},"#).unwrap_or(("", &answer[0]));
    let from = figures.find(r#""passages""#).expect("there are figures");
    figures[from..].trim_end_matches('}').to_owned()
}

#[test]
fn a_path_is_within_its_target_up_to_and_including_it() {
    let of = |at_most_s: u64| {
        let target = format!(r#"{{"of":"path","from":"a","to":"b","at_most_s":{at_most_s}}}"#);
        figures(LOG, &target, "")
    };
    let two_of_three = concat!(
        r#""passages":3,"measured":3,"within":2,"share":0.666667,"#,
        r#""cases":2,"cases_over":1"#
    );
    assert_eq!(of(7200), two_of_three);
    let one_of_three = concat!(
        r#""passages":3,"measured":3,"within":1,"share":0.333333,"#,
        r#""cases":2,"cases_over":2"#
    );
    assert_eq!(of(7199), one_of_three);
}

#[test]
fn the_wait_after_an_activity_is_until_whatever_follows_it() {
    // b is followed after 1 h (by a) and 1 h (by c), and ends case 1.
    let target = r#"{"of":"wait","activity":"b","at_most_s":3599}"#;
    let none = r#""passages":3,"measured":2,"within":0,"share":0,"cases":2,"cases_over":2"#;
    assert_eq!(figures(LOG, target, ""), none);
    let target = r#"{"of":"wait","activity":"c","at_most_s":1}"#;
    let unknown = r#""passages":1,"measured":0,"within":0,"share":null,"cases":1,"cases_over":0"#;
    assert_eq!(figures(LOG, target, ""), unknown);
}

#[test]
fn work_needs_start_times_and_overlaps_have_no_wait() {
    // a works 2 h and 1 h, b begins 1 h before the first a ends and 1 h after the second.
    let log = "1: a@0h~2h b@1h~4h\n2: a@0h~1h b@2h~4h";
    let target = r#"{"of":"work","activity":"a","at_most_s":3600}"#;
    let half = r#""passages":2,"measured":2,"within":1,"share":0.5,"cases":2,"cases_over":1"#;
    assert_eq!(figures(log, target, ""), half);
    let target = r#"{"of":"path","from":"a","to":"b","at_most_s":3600}"#;
    let one = r#""passages":2,"measured":1,"within":1,"share":1,"cases":2,"cases_over":0"#;
    assert_eq!(figures(log, target, ""), one);
    let target = r#"{"of":"work","activity":"a","at_most_s":3600}"#;
    let none = r#""passages":4,"measured":0,"within":0,"share":null,"cases":3,"cases_over":0"#;
    assert_eq!(figures(LOG, target, ""), none);
}

#[test]
fn a_case_lasts_until_its_last_event_or_its_declared_end() {
    // The cases take 7 h, 3 h and 0 h; until their last b 7 h and 2 h, and case 3 is open.
    let target = r#"{"of":"case","at_most_s":10800}"#;
    let two = r#""passages":3,"measured":3,"within":2,"share":0.666667,"cases":3,"cases_over":1"#;
    assert_eq!(figures(LOG, target, ""), two);
    let target = r#"{"of":"case","at_most_s":7200}"#;
    let one = r#""passages":3,"measured":2,"within":1,"share":0.5,"cases":3,"cases_over":1"#;
    assert_eq!(figures(LOG, target, r#","ends":["b"]"#), one);
}

#[test]
fn paths_are_those_of_the_map() {
    // Without x, b follows a after 3 h.
    let target = r#"{"of":"path","from":"a","to":"b","at_most_s":3600}"#;
    let log = "1: a@0h x@1h b@3h";
    let none = r#""passages":0,"measured":0,"within":0,"share":null,"cases":0,"cases_over":0"#;
    let over = r#""passages":1,"measured":1,"within":0,"share":0,"cases":1,"cases_over":1"#;
    assert_eq!(figures(log, target, ""), none);
    assert_eq!(figures(log, target, r#","activities":["a","b"]"#), over);
    let log = with_auxiliary(log, &["x"]);
    let params = format!(r#"{{"targets":[{target}]}}"#);
    assert!(ask_log(&log, "targets", &params).contains(over));
    let params = format!(r#"{{"targets":[{target}],"auxiliary":true}}"#);
    assert!(ask_log(&log, "targets", &params).contains(none));
}

#[test]
fn targets_are_answered_in_the_order_asked_and_what_is_gone_is_named() {
    let params = r#"{"targets":[{"of":"path","from":"z","to":"z","at_most_s":5},
        {"of":"case","at_most_s":5},{"of":"case","at_most_s":25200}]}"#;
    let answer = ask_list(LOG, "targets", params, "/targets");
    let gone = concat!(
        r#"{"target":{"of":"path","from":"z","to":"z","at_most_s":5},"missing":["z"],"#,
        r#""passages":0,"measured":0,"within":0,"share":null,"cases":0,"cases_over":0}"#
    );
    assert_eq!(answer[0], gone);
    assert!(answer[1].contains(r#""within":1,"#) && answer[2].contains(r#""within":3,"#));
}

#[test]
fn what_cannot_be_a_target_is_refused() {
    let refused = |target: &str| ask(LOG, "targets", &format!(r#"{{"targets":[{target}]}}"#));
    let time = "A target time is from 1 second to 1,000 years.";
    assert!(refused(r#"{"of":"case","at_most_s":0}"#).contains(time));
    assert!(refused(r#"{"of":"case","at_most_s":31557600001}"#).contains(time));
    for (target, told) in [
        (r#"{"of":"case"}"#, r#""targets[0].at_most_s" is missing."#),
        (
            r#"{"of":"case","at_most_s":-1}"#,
            r#""targets[0].at_most_s" is -1; expected is a whole number from 0."#,
        ),
        (
            r#"{"of":"case","at_most_s":1,"activity":"a"}"#,
            r#""targets[0].activity" is not known. Possible are: at_most_s."#,
        ),
        (
            r#"{"of":"other","at_most_s":1}"#,
            r#""targets[0].of" cannot be "other". Possible are: path, wait, work, case."#,
        ),
        (r#"["case",1]"#, r#""targets[0]" is a list; expected is an object with named fields."#),
    ] {
        assert!(refused(target).contains(told), "{target}: {}", refused(target));
    }
    let many = vec![r#"{"of":"case","at_most_s":1}"#; 1_001].join(",");
    assert!(refused(&many).contains("at most 1,000"));
    assert!(ask(LOG, "targets", r#"{"targets":[],"ends":["z"]}"#).contains("no activity \"z\""));
}
