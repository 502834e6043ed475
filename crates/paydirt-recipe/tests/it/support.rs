//! Tables and logs as text.

use std::fmt::Write;

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::log_builder::EventLogBuilder;
use paydirt_model::mapping::ImportReport;
use paydirt_model::problem::Problem;
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::time::{Precision, Timestamp};
use paydirt_recipe::events::{ChunkReport, Plan};
use paydirt_recipe::roles::{RoleOverrides, map};

/// A table of lines with cells between `|`, in chunks of so many rows. Every second column of a
/// chunk is numbered, so that both forms are met.
pub(crate) fn table(text: &str, rows_in_chunk: usize) -> RawTable {
    let mut lines = text.lines().map(str::trim);
    let names: Vec<String> = lines.next().unwrap().split('|').map(str::to_owned).collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('|').collect()).collect();
    let chunks = rows
        .chunks(rows_in_chunk)
        .enumerate()
        .map(|(chunk_idx, rows)| {
            let first = u64::try_from(chunk_idx * rows_in_chunk + 2).unwrap();
            RawChunk {
                lines: (first..).take(rows.len()).collect(),
                columns: (0..names.len())
                    .map(|idx| column(rows.iter().map(|row| row[idx]), (idx + chunk_idx) % 2))
                    .collect(),
            }
        })
        .collect();
    RawTable { names, chunks }
}

fn column<'a>(texts: impl Iterator<Item = &'a str>, form: usize) -> RawColumn {
    if form == 0 {
        return RawColumn::Plain(texts.collect::<TextColumn>());
    }
    let mut interner = Interner::default();
    let codes = texts.map(|text| interner.intern(text)).collect();
    RawColumn::Dictionary { codes, texts: interner.into_texts() }
}

/// The log of a table and the report.
pub(crate) fn import(
    table: &RawTable,
    overrides: &RoleOverrides,
) -> Result<(EventLog, ImportReport), Problem> {
    let (mapping, roles) = map(table, overrides)?;
    let plan = Plan::new(table, &mapping)?;
    let mut report = ImportReport {
        roles,
        readings: plan.readings().to_vec(),
        automatic: plan.automatic().to_vec(),
        notes: plan.notes().to_vec(),
        ..ImportReport::default()
    };
    let mut builder = EventLogBuilder::new(plan.spec().clone(), 2);
    let mut noticed = ChunkReport::default();
    for chunk in &table.chunks {
        let (events, chunk_report) = plan.convert(chunk);
        builder.append(events);
        noticed.merge(chunk_report);
    }
    noticed.add_to(&mut report);
    let (log, _) = builder.finish()?;
    Ok((log, report))
}

/// Cases by id: case values, then events with time (start~end) and values.
pub(crate) fn describe(log: &EventLog) -> String {
    let context = log.context();
    let mut cases = Vec::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            let values = |level: AttributeLevel, event_idx: usize| {
                context
                    .attributes
                    .iter()
                    .filter(|attribute| attribute.level == level)
                    .filter_map(|attribute| {
                        let value = case.value(attribute, event_idx)?;
                        Some(format!(" {}={value}", attribute.name))
                    })
                    .collect::<String>()
            };
            let mut text = format!("{}:{}", case.id(), values(AttributeLevel::Case, 0));
            for idx in 0..case.event_count() {
                let instant = |us: i64| Timestamp::from_us(us).unwrap().to_string();
                let name = context.activities.name(case.activities()[idx]);
                let start =
                    case.own_start_us(idx).map_or(String::new(), |us| format!("{}~", instant(us)));
                let precisions = &segment.parts().precisions;
                let precision = match precisions.get(case.row(idx)) {
                    None | Some(Precision::Instant) => "",
                    Some(Precision::Minute) => " (minute)",
                    Some(Precision::Day) => " (day)",
                };
                let time = instant(case.times_us()[idx]);
                let values = values(AttributeLevel::Event, idx);
                write!(text, "\n  {name} {start}{time}{precision}{values}").unwrap();
            }
            cases.push((case.id().to_owned(), text));
        });
    }
    cases.sort();
    cases.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

/// Kinds of problems with their counts and first rows.
pub(crate) fn problems(report: &ImportReport) -> String {
    let shown: Vec<String> = report
        .problems
        .iter()
        .map(|entry| {
            let first = &entry.examples[0];
            format!("{} ×{} row {} {:?}", entry.kind, entry.count, first.row, first.value)
        })
        .collect();
    shown.join("; ")
}
