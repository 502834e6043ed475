//! Do the answers equal those of independent tools on public logs?
//!
//! The reference gives seconds rounded to three decimals; they are compared at ± 0.0005 s.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::support::{ask, list, reference_data, say};

/// Half of the last decimal that the reference gives.
const TOLERANCE_S: f64 = 0.000_5;

/// The questions a log is asked here.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// Summary, map, variants and rework.
    Whole,
    /// Map and variants, for a second form of a log that was asked everything.
    MapAndVariants,
}

/// One log against its reference, counting the comparisons.
struct Comparison {
    reference: Value,
    compared: usize,
}

impl Comparison {
    #[track_caller]
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, ours: T, theirs: T) {
        assert_eq!(ours, theirs, "{what} of {}", self.reference["name"]);
        self.compared += 1;
    }

    #[track_caller]
    fn near(&mut self, what: &str, ours: &Value, theirs: &Value) {
        let seconds = |value: &Value| {
            value.as_f64().unwrap_or_else(|| panic!("{what} is no number: {value}"))
        };
        let (ours, theirs) = (seconds(ours), seconds(theirs));
        // Sums of many years exceed what a double holds to three decimals.
        let tolerance = TOLERANCE_S + theirs.abs() * f64::EPSILON;
        assert!((ours - theirs).abs() <= tolerance, "{what}: {ours} is not {theirs}");
        self.compared += 1;
    }

    fn summary(&mut self, answer: &Value) {
        for field in ["cases", "events", "activities", "variants"] {
            self.same(field, answer[field].as_u64(), self.reference[field].as_u64());
        }
        for (field, theirs) in
            [("first_event_at", "first_timestamp"), ("last_event_at", "last_timestamp")]
        {
            let ours = instant(&answer[field]);
            self.same(field, ours, instant(&self.reference[theirs]));
        }
        let theirs = self.reference["case_duration_seconds"].clone();
        for (ours, name) in [("min", "min"), ("mean", "mean"), ("median", "median"), ("max", "max")]
        {
            self.near(name, &answer["case_duration_s"][ours], &theirs[name]);
        }
        self.near("total", &answer["case_duration_s"]["total"], &theirs["sum"]);
    }

    fn map(&mut self, answer: &Value) {
        let counts = |name: &str, value: &str| -> BTreeMap<String, u64> {
            list(answer, name)
                .iter()
                .map(|row| (text(&row["activity"]), count(row, value)))
                .collect()
        };
        let (activities, starts, ends) =
            (counts("activities", "events"), counts("starts", "cases"), counts("ends", "cases"));
        self.same("activities", activities, table(&self.reference["activity_counts"]));
        self.same("starts", starts, table(&self.reference["start_activities"]));
        self.same("ends", ends, table(&self.reference["end_activities"]));
        let ours: BTreeMap<(String, String), &Value> =
            list(answer, "paths").iter().map(|row| (edge(&row["from"], &row["to"]), row)).collect();
        let theirs: BTreeMap<(String, String), u64> = list(&self.reference, "dfg")
            .iter()
            .map(|row| (edge(&row[0], &row[1]), row[2].as_u64().expect("a count")))
            .collect();
        let counted: BTreeMap<_, _> =
            ours.iter().map(|(edge, row)| (edge.clone(), count(row, "events"))).collect();
        self.compared += theirs.len();
        self.same("paths", counted, theirs);
        let performance = list(&self.reference, "performance_dfg_seconds").to_vec();
        self.same("timed paths", performance.len(), ours.len());
        for row in performance {
            let path = edge(&row[0], &row[1]);
            let durations = &ours[&path]["duration_s"];
            for (ours, theirs) in [
                ("mean", "mean"),
                ("median", "median"),
                ("min", "min"),
                ("max", "max"),
                ("total", "sum"),
            ] {
                let what = format!("{ours} of {} → {}", path.0, path.1);
                self.near(&what, &durations[ours], &row[2][theirs]);
            }
        }
    }

    /// Variants of equal size stand in another order in the reference, and its tenth may be one of
    /// several of that size: they are compared as sets by size, the smallest size as a part.
    fn variants(&mut self, answer: &Value) {
        self.same("variants", answer["total"].as_u64(), self.reference["variants"].as_u64());
        let ours = list(answer, "variants");
        let alone = ours.iter().filter(|row| row["cases"] == 1).count() as u64;
        let theirs = self.reference["variants_with_one_case"].as_u64();
        self.same("variants with one case", Some(alone), theirs);
        let top = list(&self.reference, "variants_top10").to_vec();
        let sizes: Vec<u64> = top.iter().map(|row| count(row, "count")).collect();
        let ours_top = ours.iter().take(top.len()).map(|row| count(row, "cases")).collect();
        self.same("sizes of the largest variants", ours_top, sizes.clone());
        let smallest = sizes.iter().min().copied().unwrap_or(0);
        for size in sizes.into_iter().collect::<BTreeSet<u64>>() {
            let of_size = |rows: &[Value], size_name: &str, trace_name: &str| -> BTreeSet<String> {
                let rows = rows.iter().filter(|row| count(row, size_name) == size);
                rows.map(|row| row[trace_name].to_string()).collect()
            };
            let ours = of_size(ours, "cases", "activities");
            let theirs = of_size(&top, "count", "trace");
            if size == smallest {
                assert!(ours.is_superset(&theirs), "variants with {size} cases");
                self.compared += 1;
            } else {
                self.same("variants of one size", ours, theirs);
            }
        }
    }

    fn rework(&mut self, answer: &Value) {
        let ours: BTreeMap<String, u64> = list(answer, "activities")
            .iter()
            .map(|row| (text(&row["activity"]), count(row, "cases_with_repeat")))
            .filter(|&(_, cases)| cases > 0)
            .collect();
        self.same("rework", ours, table(&self.reference["rework_cases_per_activity"]));
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a name").to_owned()
}

fn count(row: &Value, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("\"{name}\" is no count in {row}"))
}

fn edge(from: &Value, to: &Value) -> (String, String) {
    (text(from), text(to))
}

fn table(value: &Value) -> BTreeMap<String, u64> {
    let rows = value.as_object().expect("a table of counts").iter();
    rows.map(|(name, count)| (name.clone(), count.as_u64().expect("a count"))).collect()
}

/// `2011-10-01 00:38:44.546000+00:00` and `2011-10-01T00:38:44.546Z` are one instant.
fn instant(value: &Value) -> String {
    let text = value.as_str().expect("an instant").replace(' ', "T").replace("+00:00", "");
    let text = text.trim_end_matches('Z');
    match text.split_once('.') {
        Some((seconds, fraction)) => {
            format!("{seconds}.{}", fraction.trim_end_matches('0')).trim_end_matches('.').to_owned()
        }
        None => text.to_owned(),
    }
}

fn compare(log: &str, reference: &str, flags: &[&str], extent: Extent) {
    let Some(folder) = reference_data() else {
        say(&format!("{log}: 0 comparisons ran, the folder of public logs is absent"));
        return;
    };
    let read = std::fs::read(folder.join("logs/reference").join(reference)).expect("a reference");
    let reference = serde_json::from_slice(&read).expect("a reference is JSON");
    let mut comparison = Comparison { reference, compared: 0 };
    let file = folder.join("logs").join(log);
    let ask =
        |question: &str, more: &[&str]| ask(Path::new(&file), question, &[flags, more].concat());
    comparison.map(&ask("map", &[]));
    comparison.variants(&ask("variants", &["--params", "{\"limit\": 100000}"]));
    if extent == Extent::Whole {
        comparison.summary(&ask("summary", &[]));
        comparison.rework(&ask("rework", &[]));
    }
    say(&format!("{log}: {} comparisons ran", comparison.compared));
}

#[test]
fn running_example_equals_the_reference() {
    for log in ["running-example.xes", "running-example.csv"] {
        compare(&format!("pm4py/{log}"), "running-example.json", &[], Extent::Whole);
    }
}

/// The Parquet file holds local times without a zone, an hour ahead of UTC.
#[test]
fn running_example_as_parquet_in_its_own_zone_equals_the_reference() {
    let flags = ["--tz", "Europe/Amsterdam"];
    compare("pm4py/running-example.parquet", "running-example.json", &flags, Extent::Whole);
}

#[test]
fn traffic_fines_as_csv_equal_the_reference() {
    let log = "large/traffic_fines.derived.csv.gz";
    compare(log, "traffic-fines-full.json", &[], Extent::Whole);
}

#[test]
fn traffic_fines_as_xes_equal_the_reference() {
    let log = "large/traffic_fines.derived.xes.gz";
    compare(log, "traffic-fines-full.json", &[], Extent::MapAndVariants);
}

#[test]
fn hospital_billing_equals_the_reference() {
    let log = "large/hospital_billing.derived.csv.gz";
    compare(log, "hospital-billing-full.json", &[], Extent::Whole);
}

#[test]
fn bpic_2012_equals_the_reference() {
    compare("large/bpic2012.xes.gz", "bpic2012-full.json", &[], Extent::Whole);
}

#[test]
fn sepsis_equals_the_reference() {
    let log = "apromore/lifecycle-xes/Process-Discoverer-Logic/Sepsis.xes.gz";
    compare(log, "sepsis.json", &[], Extent::Whole);
}

/// Another package's copy of the log, with local times of the Netherlands instead of instants.
#[test]
fn sepsis_as_csv_in_its_own_zone_equals_the_reference() {
    compare("eventdatar/sepsis.csv", "sepsis.json", &["--tz", "Europe/Amsterdam"], Extent::Whole);
}

#[test]
fn a_case_called_na_is_a_case() {
    let Some(folder) = reference_data() else {
        say("0 comparisons ran, the folder of public logs is absent");
        return;
    };
    let hospital = folder.join("logs/large/hospital_billing.derived.csv.gz");
    let answer = ask(&hospital, "case", &["--params", "{\"case\": \"NA\"}"]);
    assert_eq!(answer["case"], "NA");
    assert!(answer["event_count"].as_u64() > Some(0));
    let sepsis = folder.join("logs/eventdatar/sepsis.csv");
    let answer = ask(&sepsis, "case", &["--params", "{\"case\": \"NA\"}"]);
    assert_eq!(answer["case"], "NA");
}
