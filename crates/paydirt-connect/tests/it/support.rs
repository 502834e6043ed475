//! What the tests of this crate share: samples, reference data, and a log as text.

use std::fmt::Write;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use paydirt_connect::source::{Limits, ReadOptions, TextOptions};
use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::EventLog;
use paydirt_model::time::Timestamp;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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
        sheet: None,
        zone: None,
        only_core: false,
        object_type: None,
        member: None,
        parts: None,
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

/// An XLSX workbook of some sheets, each given by the XML within its `worksheet`. Style 1 is a date
/// with a time; the shared texts are "C1" and "Start".
pub(crate) fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut list = String::new();
    let mut related = format!(
        "<Relationship Id=\"t\" Type=\"{kind}/sharedStrings\" Target=\"texts.xml\"/>\
         <Relationship Id=\"s\" Type=\"{kind}/styles\" Target=\"styles.xml\"/>"
    );
    let mut parts = Vec::new();
    for (number, (name, sheet)) in sheets.iter().enumerate() {
        write!(list, "<sheet name=\"{name}\" r:id=\"r{number}\"/>").unwrap();
        let target = format!("sheet{number}.xml");
        write!(
            related,
            "<Relationship Id=\"r{number}\" Type=\"{kind}/worksheet\" Target=\"{target}\"/>"
        )
        .unwrap();
        parts.push((format!("xl/{target}"), format!("<worksheet>{sheet}</worksheet>")));
    }
    let root = format!(
        "<Relationship Id=\"w\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/>"
    );
    parts.extend([
        ("_rels/.rels".to_owned(), format!("<Relationships>{root}</Relationships>")),
        ("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{related}</Relationships>")),
        ("xl/texts.xml".to_owned(), "<sst><si><t>C1</t></si><si><r><t>St</t></r><r><t>art</t></r></si></sst>".to_owned()),
        (
            "xl/styles.xml".to_owned(),
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy hh:mm\"/></numFmts>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
                .to_owned(),
        ),
    ]);
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&parts)
}

/// A ZIP archive of some parts, packed.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
