//! How is a log written to files, and read from them again?

use std::io::Write;
use std::path::Path;

use paydirt_model::activity::{Activities, ActivityCode};
use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::column_source::Deferred;
use paydirt_model::event_log::{
    CaseLinks, CaseNotion, EventLog, LogContext, Segment, SegmentParts, TimeZoneName,
};
use paydirt_model::interner::TextColumn;
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::rates::RateTable;
use paydirt_model::time::{Precision, Timestamp};
use serde::{Deserialize, Serialize};

use crate::new_file::NewFile;
use crate::running::Running;

/// What is needed to read the files of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredLog {
    notion: CaseNotion,
    activities: Vec<String>,
    auxiliary: Vec<String>,
    attributes: Vec<StoredAttribute>,
    resource: Option<usize>,
    time_zone: String,
    as_of_us: Option<i64>,
    rates: Option<Vec<(i64, String, String, i128, u8)>>,
    segments: Vec<String>,
    has_starts: bool,
    times_us: [Option<i64>; 2],
    counts: [u64; 2],
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StoredAttribute {
    name: String,
    level: AttributeLevel,
    kind: AttributeType,
    scale: u8,
    texts: Vec<String>,
    column_idx: usize,
}

#[derive(Serialize, Deserialize)]
enum StoredColumn {
    Text(Vec<u32>),
    Number(Vec<i64>),
    Boolean(Vec<u8>),
    Money(Vec<i64>, Vec<u16>),
}

#[derive(Serialize, Deserialize)]
struct StoredSegment {
    case_ids: Vec<String>,
    offsets: Vec<u32>,
    activities: Vec<ActivityCode>,
    times_us: Vec<i64>,
    starts_us: Vec<i64>,
    recorded_us: Vec<i64>,
    offsets_min: Vec<i16>,
    precisions: Vec<u8>,
    case_columns: Vec<StoredColumn>,
    event_columns: Vec<StoredColumn>,
    link_ends: Vec<u32>,
    link_case_ids: Vec<String>,
    link_shares: Vec<u32>,
}

fn texts(column: &TextColumn) -> Vec<String> {
    column.iter().map(str::to_owned).collect()
}

fn columns(columns: &[Deferred<Column>]) -> Vec<StoredColumn> {
    columns
        .iter()
        .map(|column| match Column::clone(column) {
            Column::Text(codes) => StoredColumn::Text(codes),
            Column::Number(values) => StoredColumn::Number(values),
            Column::Boolean(values) => StoredColumn::Boolean(values),
            Column::Money(values, currencies) => StoredColumn::Money(values, currencies),
        })
        .collect()
}

fn read_columns(columns: Vec<StoredColumn>) -> Vec<Column> {
    columns
        .into_iter()
        .map(|column| match column {
            StoredColumn::Text(codes) => Column::Text(codes),
            StoredColumn::Number(values) => Column::Number(values),
            StoredColumn::Boolean(values) => Column::Boolean(values),
            StoredColumn::Money(values, currencies) => Column::Money(values, currencies),
        })
        .collect()
}

/// Writes the files of a log.
///
/// # Errors
/// The disk does not allow it, or the work was cancelled.
pub fn write_log(
    log: &EventLog,
    prefix: &str,
    create: &(dyn Fn(&str) -> Result<Box<dyn NewFile>, Problem> + Sync),
    running: &Running<'_>,
) -> Result<StoredLog, Problem> {
    let context = log.context();
    let mut names = Vec::new();
    for (idx, segment) in log.segments().iter().enumerate() {
        running.check()?;
        let parts = segment.parts();
        let stored = StoredSegment {
            case_ids: texts(&parts.case_ids),
            offsets: parts.offsets.clone(),
            activities: parts.activities.clone(),
            times_us: parts.times_us.clone(),
            starts_us: parts.starts_us.clone(),
            recorded_us: parts.recorded_us.clone(),
            offsets_min: parts.offsets_min.clone(),
            precisions: parts.precisions.iter().map(|&precision| precision as u8).collect(),
            case_columns: columns(&parts.case_columns),
            event_columns: columns(&parts.event_columns),
            link_ends: parts.links.ends.clone(),
            link_case_ids: texts(&parts.links.case_ids),
            link_shares: parts.links.shares.clone(),
        };
        let name = format!("{prefix}-{idx:02}.json");
        let mut file = create(&name)?;
        let failed = |error: &dyn std::fmt::Display| {
            Problem::new(ErrorCode::FileUnwritable, format!("Writing failed: {error}."))
                .in_file(name.clone())
        };
        let json = serde_json::to_vec(&stored).map_err(|error| failed(&error))?;
        file.write_all(&json).map_err(|error| failed(&error))?;
        file.finish()?;
        names.push(name);
        (running.progress)(idx as u64 + 1, log.segments().len() as u64);
    }
    let activities = &context.activities;
    let auxiliary = activities.codes().filter(|&code| activities.is_auxiliary(code));
    Ok(StoredLog {
        notion: context.notion,
        activities: activities.names().to_vec(),
        auxiliary: auxiliary.map(|code| activities.name(code).to_owned()).collect(),
        attributes: context
            .attributes
            .iter()
            .map(|attribute| StoredAttribute {
                name: attribute.name.clone(),
                level: attribute.level,
                kind: attribute.kind,
                scale: attribute.scale,
                texts: texts(&attribute.texts),
                column_idx: attribute.column_idx,
            })
            .collect(),
        resource: context.resource.map(|idx| idx.0),
        time_zone: context.time_zone.name().to_owned(),
        as_of_us: context.as_of.map(Timestamp::as_us),
        rates: context.rates.as_ref().map(|rates| {
            rates
                .iter()
                .map(|(day, from, to, rate)| {
                    (day, from.to_owned(), to.to_owned(), rate.mantissa, rate.scale)
                })
                .collect()
        }),
        segments: names,
        has_starts: context.has_starts,
        times_us: [context.first_event_at, context.last_event_at]
            .map(|at| at.map(Timestamp::as_us)),
        counts: [context.event_count, context.case_count],
    })
}

/// Reads the files of a log.
///
/// # Errors
/// A file cannot be read.
pub fn open_log(
    folder: &Path,
    _prefix: &str,
    stored: &StoredLog,
    _threads: usize,
) -> Result<EventLog, Problem> {
    let mut segments = Vec::new();
    for name in &stored.segments {
        let path = folder.join(name);
        let failed = |error: &dyn std::fmt::Display| {
            Problem::new(ErrorCode::DamagedFile, format!("Reading failed: {error}."))
                .in_file(path.display().to_string())
        };
        let bytes = std::fs::read(&path).map_err(|error| failed(&error))?;
        let read: StoredSegment = serde_json::from_slice(&bytes).map_err(|error| failed(&error))?;
        segments.push(Segment::new(SegmentParts {
            case_ids: read.case_ids.iter().map(String::as_str).collect(),
            offsets: read.offsets,
            activities: read.activities,
            times_us: read.times_us,
            starts_us: read.starts_us,
            recorded_us: read.recorded_us,
            offsets_min: read.offsets_min,
            precisions: read
                .precisions
                .iter()
                .map(|precision| match precision {
                    0 => Precision::Instant,
                    1 => Precision::Minute,
                    _ => Precision::Day,
                })
                .collect(),
            case_columns: read_columns(read.case_columns)
                .into_iter()
                .map(Deferred::loaded)
                .collect(),
            event_columns: read_columns(read.event_columns)
                .into_iter()
                .map(Deferred::loaded)
                .collect(),
            links: CaseLinks {
                ends: read.link_ends,
                case_ids: read.link_case_ids.iter().map(String::as_str).collect(),
                shares: read.link_shares,
            },
        }));
    }
    let mut rates = stored.rates.as_ref().map(|_| RateTable::default());
    for (day, from, to, mantissa, scale) in stored.rates.iter().flatten() {
        if let Some(rates) = &mut rates {
            rates.insert(*day, from, to, Decimal::new(*mantissa, *scale));
        }
    }
    let context = LogContext {
        notion: stored.notion,
        activities: Activities::new(stored.activities.clone(), &stored.auxiliary)?,
        attributes: stored
            .attributes
            .iter()
            .map(|attribute| Attribute {
                name: attribute.name.clone(),
                level: attribute.level,
                kind: attribute.kind,
                scale: attribute.scale,
                texts: attribute.texts.iter().map(String::as_str).collect::<TextColumn>().into(),
                column_idx: attribute.column_idx,
            })
            .collect(),
        resource: stored.resource.map(AttributeIdx),
        time_zone: TimeZoneName::parse(&stored.time_zone)?,
        as_of: stored.as_of_us.and_then(Timestamp::from_us),
        first_event_at: stored.times_us[0].and_then(Timestamp::from_us),
        last_event_at: stored.times_us[1].and_then(Timestamp::from_us),
        event_count: stored.counts[0],
        case_count: stored.counts[1],
        has_starts: stored.has_starts,
        rates,
    };
    Ok(EventLog::new(context, segments))
}
