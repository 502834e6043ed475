//! What the tests of this crate share: samples, reference data, and a log as text.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use paydirt_connect::source::{Limits, ReadOptions, TextOptions};
use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::EventLog;
use paydirt_model::time::Timestamp;

/// Runs something with options that differ from the usual ones in these points.
pub(crate) fn with_options<T>(
    threads: usize,
    limits: Limits,
    classifier: Option<&str>,
    run: impl FnOnce(&ReadOptions<'_>) -> T,
) -> T {
    let cancelled = AtomicBool::new(false);
    run(&ReadOptions {
        threads,
        limits,
        text: TextOptions::DETECT,
        classifier,
        zone: None,
        only_core: false,
        object_type: None,
        member: None,
        progress: &|_, _| {},
        cancelled: &cancelled,
    })
}

/// A sample from `testdata/logs`.
pub(crate) fn sample(folder: &str, name: &str) -> Vec<u8> {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    fs::read(manifest.join("../../testdata/logs").join(folder).join(name)).unwrap()
}

/// The folder of the reference data, where it is present.
pub(crate) fn reference_data() -> Option<PathBuf> {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("PAYDIRT_REFERENCE_DATA")
        .map_or_else(|| manifest.join("../../../shared/data"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// A log as text: cases by id, their values, their events with times, offsets and values.
pub(crate) fn describe(log: &EventLog) -> String {
    let mut cases = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            cases.push((case.id().to_owned(), describe_case(log, case)));
        });
    }
    cases.sort();
    cases.into_iter().map(|(_, text)| text).collect()
}

fn describe_case(log: &EventLog, case: Case<'_>) -> String {
    let mut text = format!("{} |{}\n", case.id(), values(log, case, AttributeLevel::Case, 0));
    let parts = case.segment().parts();
    for idx in 0..case.event_count() {
        let row = case.row(idx);
        let instant = |us: i64| Timestamp::from_us(us).unwrap().to_string();
        let name = log.context().activities.name(case.activities()[idx]);
        write!(text, "  {name} ").unwrap();
        if let Some(start_us) = case.own_start_us(idx) {
            write!(text, "{}~", instant(start_us)).unwrap();
        }
        write!(text, "{}", instant(case.times_us()[idx])).unwrap();
        let recorded_us = parts.recorded_us.get(row).copied().unwrap_or(case.times_us()[idx]);
        if recorded_us != case.times_us()[idx] {
            write!(text, " recorded {}", instant(recorded_us)).unwrap();
        }
        let offset_min = parts.offsets_min.get(row).copied().unwrap_or(0);
        if offset_min != 0 {
            write!(text, " {offset_min:+}").unwrap();
        }
        if let Some(precision) = parts.precisions.get(row).filter(|&&it| it as u8 != 0) {
            write!(text, " {precision:?}").unwrap();
        }
        writeln!(text, "{}", values(log, case, AttributeLevel::Event, idx)).unwrap();
    }
    text
}

fn values(log: &EventLog, case: Case<'_>, level: AttributeLevel, idx: usize) -> String {
    let mut text = String::new();
    for attribute in log.context().attributes.iter().filter(|it| it.level == level) {
        if let Some(value) = case.value(attribute, idx) {
            write!(text, " {}={value}", attribute.name).unwrap();
        }
    }
    text
}
