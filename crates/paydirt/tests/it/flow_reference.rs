//! Do funnels, spectra and movements of public logs equal figures computed without us?
//!
//! The figures on traffic fines come from a program of plain loops over the rows of the file, in
//! exact fractions; it compares every pair of occurrences through a tree of counts. Paths and
//! their times on the other logs are those of the reference that `reference.rs` reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{ask, list, reference_data, say};

const FINES: &str = "logs/large/traffic_fines.derived.csv.gz";
const SEPSIS: &str = "logs/apromore/lifecycle-xes/Process-Discoverer-Logic/Sepsis.xes.gz";

/// A file of the folder of public logs; `None`, and said so, where it is absent.
fn public(path: &str) -> Option<PathBuf> {
    let folder = reference_data();
    if folder.is_none() {
        say(&format!("{path}: 0 comparisons ran, the folder of public logs is absent"));
    }
    folder.map(|folder| folder.join(path))
}

fn asked(log: &Path, question: &str, params: &Value) -> Value {
    ask(log, question, &["--params", &params.to_string()])
}

/// These fields of each row.
fn columns(rows: &[Value], fields: &[&str]) -> Vec<Vec<Value>> {
    let row = |row: &Value| fields.iter().map(|field| row[field].clone()).collect();
    rows.iter().map(row).collect()
}

#[track_caller]
fn assert_rows(rows: &[Value], fields: &[&str], expected: &[Value]) {
    let expected: Vec<Vec<Value>> =
        expected.iter().map(|row| row.as_array().expect("a row").clone()).collect();
    assert_eq!(columns(rows, fields), expected, "{fields:?}");
}

fn stages() -> Value {
    let alone = ["Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty"];
    let mut stages: Vec<Value> = alone.iter().map(|name| json!({ "activities": [name] })).collect();
    stages.push(
        json!({ "name": "Settled", "activities": ["Payment", "Send for Credit Collection"] }),
    );
    stages.into()
}

fn funnel(log: &Path, order: &str) -> Value {
    let ends = ["Payment", "Send for Credit Collection"];
    let params = json!({ "stages": stages(), "order": order, "ends": ends, "cohorts": "month",
                         "value": "amount" });
    asked(log, "funnel", &params)
}

/// What the cases did that did not reach the next stage, of all stages but the last.
fn drop_offs(stages: &[Value]) -> Vec<Value> {
    assert!(stages.last().expect("there are stages")["drop_off"].is_null());
    stages[..stages.len() - 1].iter().map(|stage| stage["drop_off"].clone()).collect()
}

#[test]
fn the_cases_of_a_place_of_the_funnel_are_those_that_it_counts() {
    let Some(log) = public(FINES) else { return };
    let kept = |rest: Value| {
        let mut filter = json!({ "kind": "funnel_place", "stages": stages() });
        let fields = filter.as_object_mut().expect("a filter is an object");
        fields.extend(rest.as_object().expect("its fields are an object").clone());
        ask(&log, "summary", &["--filter", &filter.to_string()])["cases"].clone()
    };
    let of_stage = |place: &str, stage: &str| json!({ "place": place, "stage": stage });
    assert_eq!(kept(of_stage("reached", "Settled")), 76_608);
    assert_eq!(kept(of_stage("furthest", "Send Fine")), 24_127);
    assert_eq!(kept(of_stage("skipped", "Insert Fine Notification")), 49_976);
    let mut paid_at_once = of_stage("stopped", "Send Fine");
    assert_eq!(kept(paid_at_once.clone()), 24_127);
    paid_at_once["next"] = json!(["Payment"]);
    assert_eq!(kept(paid_at_once), 3_226);
    let mut settled = of_stage("reached", "Settled");
    settled["order"] = json!("any");
    assert_eq!(kept(settled), 126_602);
    say(&format!("{FINES}: the filter of the funnel was compared"));
}

#[test]
fn the_strict_funnel_of_traffic_fines_equals_the_reference() {
    let Some(log) = public(FINES) else { return };
    let answer = funnel(&log, "strict");
    let counts = ["outside_cases", "outside_events", "open", "returned_cases"];
    assert_rows(std::slice::from_ref(&answer), &counts, &[json!([0, 10_779, 23_768, 0])]);
    let rows = list(&answer, "stages");
    let fields = ["cases", "furthest", "furthest_open", "later", "skipped", "before_previous"];
    assert_rows(
        rows,
        &fields,
        &[
            json!([150_370, 46_383, 0, 150_370, 0, 0]),
            json!([103_987, 24_127, 20_534, 129_836, 46_383, 0]),
            json!([79_860, 0, 0, 129_836, 49_976, 0]),
            json!([79_860, 3_252, 3_234, 126_602, 49_976, 0]),
            json!([76_608, 76_608, 0, 0, 0, 0]),
        ],
    );
    // 79,860 of 103,987 − 20,534 open ones = 0.9569458…; 76,608 of 79,860 − 3,234 = 0.9997651….
    let shares = ["from_previous", "from_start", "from_previous_decided"];
    assert_rows(&rows[2..3], &shares, &[json!([0.767_981, 0.531_09, 0.956_946])]);
    assert_rows(&rows[4..5], &shares, &[json!([0.959_279, 0.509_463, 0.999_765])]);
    let times: Vec<Value> = rows[1..].iter().map(|row| row["from_previous_s"].clone()).collect();
    assert_rows(
        &times,
        &["median", "p90", "total"],
        &[
            json!([7_603_200, 11_750_400, 786_207_600_000_u64]),
            json!([1_296_000, 2_592_000, 119_956_809_600_u64]),
            json!([5_184_000, 5_184_000, 413_994_240_000_u64]),
            json!([37_497_600, 65_577_600, 2_893_891_017_600_u64]),
        ],
    );
    let ages = [rows[1]["open_age_s"].clone(), rows[3]["open_age_s"].clone()];
    let expected =
        [json!([195_868_800, 4_116_725_942_400_u64]), json!([181_094_400, 583_952_976_000_u64])];
    assert_rows(&ages, &["median", "total"], &expected);
    let values: Vec<Value> = rows.iter().map(|row| row["values"][0].clone()).collect();
    assert_rows(
        &values,
        &["total", "cases"],
        &[
            json!([127_476_528, 150_370]),
            json!([105_718_601, 103_987]),
            json!([89_021_433, 79_860]),
            json!([261_480_611, 79_860]),
            json!([250_933_826, 76_608]),
        ],
    );
    let fields = ["cases", "open", "ended", "later"];
    assert_rows(
        &drop_offs(rows),
        &fields,
        &[
            json!([46_383, 0, 46_383, 46_383]),
            json!([24_127, 20_534, 3_593, 3_593]),
            json!([0, 0, 0, 0]),
            json!([3_252, 3_234, 18, 18]),
        ],
    );
    // Whatever they skip: 126,602 of 150,370, as in any order.
    let at_all = ["at_all", "at_all_from_start"];
    assert_rows(&rows[4..], &at_all, &[json!([126_602, 0.841_937])]);
    let expected = [
        json!([null, 20_755, 20_392]),
        json!(["Payment", 3_226, 0]),
        json!(["Insert Date Appeal to Prefecture", 134, 130]),
        json!(["Appeal to Judge", 10, 10]),
        json!(["Send Appeal to Prefecture", 2, 2]),
    ];
    let next = list(&rows[1]["drop_off"], "next");
    assert_rows(next, &["activity", "cases", "open"], &expected);
    let cohorts = list(&answer, "cohorts");
    assert_eq!(cohorts.len(), 162);
    for (date, reached) in [
        ("2006-07-01", [2_390, 2_390, 1_596, 1_197, 1_197, 1_113]),
        ("2010-12-01", [198, 198, 140, 103, 103, 95]),
    ] {
        let row = cohorts.iter().find(|row| row["date"] == date).expect("the month is listed");
        let of_stages = list(row, "stages").iter().map(|stage| &stage["cases"]);
        let found: Vec<&Value> = std::iter::once(&row["cases"]).chain(of_stages).collect();
        assert_eq!(found, reached.map(Value::from).iter().collect::<Vec<_>>(), "{date}");
    }
    say(&format!("{FINES}: the strict funnel was compared"));
}

#[test]
fn the_funnel_of_traffic_fines_in_any_order_equals_the_reference() {
    let Some(log) = public(FINES) else { return };
    let answer = funnel(&log, "any");
    let rows = list(&answer, "stages");
    let fields = ["cases", "furthest", "furthest_open", "before_previous"];
    assert_rows(
        rows,
        &fields,
        &[
            json!([150_370, 0, 0, 0]),
            json!([103_987, 20_534, 20_534, 0]),
            json!([79_860, 0, 0, 0]),
            json!([79_860, 3_234, 3_234, 0]),
            json!([126_602, 126_602, 0, 4_112]),
        ],
    );
    let fields = ["cases", "open", "ended", "later"];
    assert_rows(
        &drop_offs(rows),
        &fields,
        &[
            json!([46_383, 0, 46_383, 46_383]),
            json!([24_127, 20_534, 3_593, 3_593]),
            json!([0, 0, 0, 0]),
            json!([3_234, 3_234, 0, 0]),
        ],
    );
    // 76,626 of 79,860 have both, 72,514 in this order; 126,602 of 150,370 in all.
    assert_rows(&rows[4..], &["from_previous", "from_start"], &[json!([0.959_504, 0.841_937])]);
    let expected = [json!([38_620_800, 65_923_200, 2_843_231_500_800_u64])];
    assert_rows(&[rows[4]["from_previous_s"].clone()], &["median", "p90", "total"], &expected);
    // Payments before and after a penalty.
    let names = ["Create Fine", "Payment", "Add penalty", "Send for Credit Collection"];
    let stages: Vec<Value> = names.iter().map(|name| json!({ "activities": [name] })).collect();
    let answer = asked(&log, "funnel", &json!({ "stages": stages, "order": "any" }));
    let expected = [json!(["Add penalty", "Payment", 3_506, 3_506])];
    assert_rows(list(&answer, "returns"), &["from", "to", "returns", "cases"], &expected);
    assert_rows(
        list(&answer, "stages"),
        &["cases", "skipped", "later", "before_previous"],
        &[
            json!([150_370, 0, 129_836, 0]),
            json!([69_715, 60_121, 79_860, 0]),
            json!([79_860, 0, 59_013, 15_627]),
            json!([59_013, 0, 0, 0]),
        ],
    );
    say(&format!("{FINES}: the funnel in any order was compared"));
}

/// What is expected of a spectrum.
struct Spectrum {
    params: Value,
    /// Occurrences, events of the earlier and of the later activity.
    counts: [u64; 3],
    /// Percentiles 25, 50, 75 and the longest duration in seconds, and how many of each class.
    classes: [[u64; 2]; 4],
    /// Overtaking pairs, overtaking and overtaken occurrences.
    overtaking: [u64; 3],
    /// Batches, occurrences in them and in the largest one.
    batches: [u64; 3],
    /// Ends of the largest batch: its end, its first and its last start.
    largest: [&'static str; 3],
    /// Starting, ending and pending by class in June 2007 and January 2010.
    bins: [[[u64; 4]; 3]; 2],
}

fn compare_spectrum(log: &Path, expected: &Spectrum) {
    let answer = asked(log, "spectrum", &expected.params);
    let counts = ["occurrences", "from_events", "to_events"].map(|name| answer[name].as_u64());
    assert_eq!(counts, expected.counts.map(Some));
    let classes = expected.classes.map(|class| json!(class));
    assert_rows(list(&answer, "classes"), &["to_s", "occurrences"], &classes);
    let part = |part: &str, fields: [&str; 3]| fields.map(|field| answer[part][field].clone());
    let overtaking = part("overtaking", ["pairs", "overtaking", "overtaken"]);
    assert_eq!(overtaking, expected.overtaking.map(Value::from));
    let largest = &list(&answer["batching"], "largest")[0];
    let batching = &answer["batching"];
    let batches = [&batching["batches"], &batching["occurrences"], &largest["occurrences"]];
    assert_eq!(batches.map(Value::as_u64), expected.batches.map(Some));
    let ends = ["first_end", "first_start", "last_start"].map(|name| largest[name].as_str());
    assert_eq!(ends, expected.largest.map(Some));
    for (date, bins) in ["2007-06-01", "2010-01-01"].into_iter().zip(expected.bins) {
        let rows = list(&answer, "bins");
        let row = rows.iter().find(|row| row["date"] == date).expect("the month is listed");
        let found = ["starting", "ending", "pending"].map(|name| row[name].clone());
        assert_eq!(found, bins.map(|bin| json!(bin)), "{date}");
    }
    say(&format!("{FINES}: the spectrum of {} was compared", expected.params));
}

/// Fines are sent in batches: of 103,392 hand-offs 100,582 end with others on one of 223 days.
#[test]
fn the_spectrum_of_sending_fines_equals_the_reference() {
    let Some(log) = public(FINES) else { return };
    compare_spectrum(
        &log,
        &Spectrum {
            params: json!({ "from": "Create Fine", "to": "Send Fine", "period": "month" }),
            counts: [103_392, 150_370, 103_987],
            classes: [
                [4_665_600, 26_729],
                [7_603_200, 25_500],
                [10_454_400, 25_626],
                [63_244_800, 25_537],
            ],
            overtaking: [21_164_480, 102_243, 99_669],
            batches: [223, 100_582, 1_806],
            largest: ["2001-11-09T00:00:00Z", "2001-04-10T00:00:00Z", "2001-10-27T00:00:00Z"],
            bins: [
                [[21, 761, 135, 31], [11, 0, 156, 426], [9, 172, 831, 467]],
                [[84, 16, 83, 2], [51, 125, 312, 141], [0, 229, 182, 150]],
            ],
        },
    );
}

#[test]
fn the_spectrum_of_a_payment_after_sending_equals_the_reference() {
    let Some(log) = public(FINES) else { return };
    compare_spectrum(
        &log,
        &Spectrum {
            params: json!({ "from": "Send Fine", "to": "Payment", "mode": "eventually",
                            "period": "month" }),
            counts: [22_920, 103_987, 77_601],
            classes: [
                [5_270_400, 5_880],
                [7_948_800, 5_597],
                [27_475_200, 5_730],
                [175_132_800, 5_713],
            ],
            overtaking: [9_196_821, 22_827, 19_712],
            batches: [1_656, 18_283, 194],
            largest: ["2005-12-20T00:00:00Z", "2003-05-20T00:00:00Z", "2005-12-03T00:00:00Z"],
            bins: [
                [[0, 27, 24, 47], [10, 82, 23, 17], [1, 6, 187, 1_163]],
                [[1, 16, 27, 50], [10, 14, 28, 14], [2, 85, 158, 787]],
            ],
        },
    );
}

/// The numbers of a column.
fn numbers(answer: &Value, name: &str) -> Vec<u64> {
    list(answer, name).iter().map(|number| number.as_u64().expect("a number")).collect()
}

/// Movements and their seconds by path, from the columns.
fn movements(answer: &Value) -> BTreeMap<(String, String), (u64, f64)> {
    let tick_s = answer["tick_s"].as_f64().expect("the length of a tick");
    let paths = list(answer, "paths");
    let mut found: BTreeMap<(String, String), (u64, f64)> = BTreeMap::new();
    let steps = numbers(answer, "movement_paths").into_iter().zip(numbers(answer, "wait_ticks"));
    for (path, ticks) in steps {
        let path = &paths[usize::try_from(path).expect("a place")];
        let name = |end: &str| path[end].as_str().expect("a name").to_owned();
        let known = found.entry((name("from"), name("to"))).or_default();
        *known = (known.0 + 1, known.1 + ticks as f64 * tick_s);
    }
    found
}

/// Movements by path equal the paths of the reference, their times its sums; so do spectra.
fn compare_paths(log: &str, reference: &str) {
    let (Some(log), Some(reference)) =
        (public(log), public(&format!("logs/reference/{reference}")))
    else {
        return;
    };
    let reference = std::fs::read(reference).expect("a reference");
    let reference: Value = serde_json::from_slice(&reference).expect("a reference is JSON");
    let answer = asked(&log, "movements", &json!({}));
    assert_eq!(answer["sampled_movements"], answer["movements"]);
    let found = movements(&answer);
    let end = |row: &Value, idx: usize| row[idx].as_str().expect("a name").to_owned();
    let mut counts = BTreeMap::new();
    for row in list(&reference, "dfg") {
        counts.insert((end(row, 0), end(row, 1)), row[2].as_u64().expect("a count"));
    }
    let ours: BTreeMap<_, _> = found.iter().map(|(path, it)| (path.clone(), it.0)).collect();
    assert_eq!(ours, counts);
    for (idx, row) in list(&reference, "performance_dfg_seconds").iter().enumerate() {
        let path = (end(row, 0), end(row, 1));
        let sum = row[2]["sum"].as_f64().expect("a sum");
        assert!((found[&path].1 - sum).abs() < 0.001 * counts[&path] as f64 + 0.001, "{path:?}");
        if idx % 10 == 0 {
            let (params, name) = (json!({ "from": path.0, "to": path.1 }), path.0.as_str());
            let spectrum = asked(&log, "spectrum", &params);
            assert_eq!(spectrum["occurrences"], json!(counts[&path]), "{name}");
            for field in ["median", "mean", "min", "max"] {
                let ours = spectrum["duration_s"][field].as_f64().expect("a duration");
                let theirs = row[2][field].as_f64().expect("a duration");
                assert!((ours - theirs).abs() <= 0.000_5 + theirs * f64::EPSILON, "{name} {field}");
            }
        }
    }
    say(&format!("{}: {} paths were compared", log.display(), counts.len()));
}

#[test]
fn movements_of_the_running_example_are_the_paths_of_the_reference() {
    compare_paths("logs/pm4py/running-example.xes", "running-example.json");
}

#[test]
fn movements_of_sepsis_are_the_paths_of_the_reference() {
    compare_paths(SEPSIS, "sepsis.json");
}

/// 411,100 movements are more than are drawn: each quarter has its share of the cases.
#[test]
fn a_sample_of_traffic_fines_has_its_share_of_every_quarter() {
    let Some(log) = public(FINES) else { return };
    let answer = asked(&log, "movements", &json!({}));
    assert_eq!(answer["movements"], 561_470 - 150_370);
    let sampled = answer["sampled_movements"].as_u64().expect("a count");
    assert!((199_980..=200_000).contains(&sampled), "{sampled}");
    assert_eq!(numbers(&answer, "case_movements").iter().sum::<u64>(), sampled);
    let cases = answer["sampled_cases"].as_u64().expect("a count");
    let share = cases as f64 / 150_370.0;
    assert_eq!(answer["tick_s"], 1);
    // Days since 2000-01-01, with which the log begins, of a leap year; the strata are quarters.
    let origin = answer["origin"].as_str().expect("an instant");
    let day_of_january = origin.strip_prefix("2000-01-").expect("the log begins then");
    let mut day: u64 = day_of_january[..2].parse::<u64>().expect("a day") - 1;
    let mut in_first_year = 0_u32;
    for ticks in numbers(&answer, "start_ticks") {
        day += ticks / 86_400;
        in_first_year += u32::from(day < 366);
    }
    // Of 15,336 cases that start in 2000.
    let expected = 15_336.0 * share;
    assert!((f64::from(in_first_year) - expected).abs() <= 4.0, "{in_first_year} of {expected}");
    say(&format!("{FINES}: a sample of {cases} cases was compared"));
}
