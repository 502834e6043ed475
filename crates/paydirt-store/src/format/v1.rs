//! How is one log kept in files, and how does it come back? Format 1.
//!
//! Every segment of the log is two Parquet tables: `…-cases`, one row for each case (id, number of
//! events, links, case attributes), and `…-events`, one row for each event (activity, times, event
//! attributes), the events of a case together and in order, the cases in the order of the first
//! table. A column without any value is left out. Texts stand in the tables as texts, so a table
//! can be read without the rest of the log, and has the same bytes whatever happens elsewhere.
//! The texts of each attribute stand once more in a table of their own, `…-texts`, in the order in
//! which the log numbers them.
//!
//! Opening reads ids, counts, activities and times; attributes are read when asked for, one column
//! of one table at a time. Every footer is checked against the description of the log, and every
//! column against its footer, before it is decoded: what has changed on the disk is found out, and
//! never becomes a figure.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use paydirt_model::activity::Activities;
use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::column_source::AttributeTexts;
use paydirt_model::event_chunk::DECIMAL_SCALE_MAX;
use paydirt_model::event_log::{CaseNotion, EventLog, LogContext, Segment, TimeZoneName};
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::rates::RateTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::new_file::NewFile;
use crate::problems;
use crate::running::Running;
use layout::has_texts;
use source::StoredColumns;
use table_file::{StoredFile, TableFile};

mod core_columns;
mod layout;
mod source;
mod table_bytes;
mod table_file;
mod texts;
mod values;

/// The file that a description of a log stands in.
const MANIFEST: &str = "manifest.json";

/// Creates a file of a version by its name.
pub type Create<'a> = &'a (dyn Fn(&str) -> Result<Box<dyn NewFile>, Problem> + Sync);

/// What is needed to read the files of a log; a part of the manifest of its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredLog {
    notion: CaseNotion,
    /// In the order of their bytes.
    activities: Vec<String>,
    auxiliary: Vec<String>,
    attributes: Vec<StoredAttribute>,
    /// Position among the attributes.
    resource: Option<usize>,
    time_zone: String,
    as_of_us: Option<i64>,
    rates: Option<Vec<StoredRate>>,
    cases: u64,
    events: u64,
    segments: Vec<StoredSegment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct StoredAttribute {
    name: String,
    level: AttributeLevel,
    kind: AttributeType,
    scale: u8,
    /// `None` where there are no texts.
    texts: Option<StoredTexts>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct StoredTexts {
    count: u64,
    file: StoredFile,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct StoredRate {
    /// Days since 1970-01-01.
    day: i64,
    from: String,
    to: String,
    /// The digits of the rate.
    mantissa: String,
    /// How many of them are after the point.
    scale: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct StoredSegment {
    cases: u64,
    events: u64,
    case_file: StoredFile,
    event_file: StoredFile,
}

/// The time zone that a description of a log names, for which nothing else of it is read.
pub(crate) fn time_zone_in(stored: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Zoned {
        time_zone: String,
    }
    serde_json::from_str::<Zoned>(stored).ok().map(|zoned| zoned.time_zone)
}

fn case_file(prefix: &str, segment_idx: usize) -> String {
    format!("{prefix}-{segment_idx:02}-cases.parquet")
}

fn event_file(prefix: &str, segment_idx: usize) -> String {
    format!("{prefix}-{segment_idx:02}-events.parquet")
}

fn texts_file(prefix: &str, attribute_idx: usize) -> String {
    format!("{prefix}-texts-{attribute_idx:03}.parquet")
}

/// Writes the files of a log.
///
/// # Errors
/// The disk does not allow it, an attribute of the log cannot be read, the texts of one segment
/// are too large, or the work was cancelled.
pub fn write_log(
    log: &EventLog,
    prefix: &str,
    create: Create<'_>,
    running: &Running<'_>,
) -> Result<StoredLog, Problem> {
    let context = log.context();
    let attribute_count = context.attributes.len();
    log.load_texts((0..attribute_count).map(AttributeIdx))?;
    let names = layout::column_names(&context.attributes);
    let done = AtomicUsize::new(0);
    let total = (log.segments().len() + attribute_count) as u64;
    let step = || {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (running.progress)(done as u64, total);
    };
    let segments = in_parallel(log.segments().len(), running.threads, |segment_idx| {
        running.check()?;
        log.load_columns(segment_idx, (0..attribute_count).map(AttributeIdx))?;
        let segment = &log.segments()[segment_idx];
        let case_name = case_file(prefix, segment_idx);
        let case_table = values::case_table(context, segment, &names)?;
        let case_file = write_file(create, &case_name, &case_table)?;
        let event_name = event_file(prefix, segment_idx);
        let event_table = values::event_table(context, segment, &names)?;
        let event_file = write_file(create, &event_name, &event_table)?;
        step();
        let (cases, events) = (segment.case_count() as u64, segment.event_count() as u64);
        Ok(StoredSegment { cases, events, case_file, event_file })
    })?;
    let texts = in_parallel(attribute_count, running.threads, |idx| {
        running.check()?;
        let texts = &context.attributes[idx].texts;
        let stored = if texts.is_empty() {
            None
        } else {
            let file = write_file(create, &texts_file(prefix, idx), &texts::table(texts)?)?;
            Some(StoredTexts { count: texts.len() as u64, file })
        };
        step();
        Ok(stored)
    })?;
    Ok(describe(context, segments, texts))
}

fn write_file(create: Create<'_>, name: &str, content: &[u8]) -> Result<StoredFile, Problem> {
    let stored = StoredFile::of(content);
    let mut file = create(name)?;
    let failed = |error| problems::unwritable(Path::new(name), &error);
    file.write_all(content).map_err(failed)?;
    file.finish()?;
    Ok(stored)
}

fn describe(
    context: &LogContext,
    segments: Vec<StoredSegment>,
    texts: Vec<Option<StoredTexts>>,
) -> StoredLog {
    let activities = &context.activities;
    let auxiliary = activities.codes().filter(|&code| activities.is_auxiliary(code));
    let stored = |(attribute, texts): (&Attribute, Option<StoredTexts>)| StoredAttribute {
        name: attribute.name.clone(),
        level: attribute.level,
        kind: attribute.kind,
        scale: attribute.scale,
        texts,
    };
    let rate = |(day, from, to, rate): (i64, &str, &str, Decimal)| StoredRate {
        day,
        from: from.to_owned(),
        to: to.to_owned(),
        mantissa: rate.mantissa.to_string(),
        scale: rate.scale,
    };
    StoredLog {
        notion: context.notion,
        activities: activities.names().to_vec(),
        auxiliary: auxiliary.map(|code| activities.name(code).to_owned()).collect(),
        attributes: context.attributes.iter().zip(texts).map(stored).collect(),
        resource: context.resource.map(|idx| idx.0),
        time_zone: context.time_zone.name().to_owned(),
        as_of_us: context.as_of.map(Timestamp::as_us),
        rates: context.rates.as_ref().map(|table| table.iter().map(rate).collect()),
        cases: segments.iter().map(|segment| segment.cases).sum(),
        events: segments.iter().map(|segment| segment.events).sum(),
        segments,
    }
}

/// Opens a log: ids, activities and times are read now, attributes when they are asked for.
///
/// # Errors
/// A file is missing, damaged or not one of this log, or cannot be read.
pub fn open_log(
    folder: &Path,
    prefix: &str,
    stored: &StoredLog,
    threads: usize,
) -> Result<EventLog, Problem> {
    let activities = stored.activities()?;
    let attributes = stored.attributes();
    let opened = in_parallel(stored.segments.len(), threads, |segment_idx| {
        let of = &stored.segments[segment_idx];
        let open = |name, file, rows| TableFile::open(folder, name, file, rows);
        let cases = open(case_file(prefix, segment_idx), &of.case_file, of.cases)?;
        let events = open(event_file(prefix, segment_idx), &of.event_file, of.events)?;
        let parts = core_columns::read(&cases, &events, &activities, &attributes)?;
        Ok((Segment::new(parts), source::SegmentFiles { cases, events }))
    })?;
    let (segments, files): (Vec<Segment>, Vec<source::SegmentFiles>) = opened.into_iter().unzip();
    let context = stored.context(activities, attributes, &segments)?;
    if (context.case_count, context.event_count) != (stored.cases, stored.events) {
        return Err(described_wrongly(say!("its counts do not add up")));
    }
    let texts = stored.attributes.iter().enumerate().map(|(idx, attribute)| {
        let texts = attribute.texts.as_ref()?;
        Some(texts::TextsFile::new(folder, texts_file(prefix, idx), texts))
    });
    let source = StoredColumns::new(&context, files, texts.collect());
    Ok(EventLog::from_source(context, segments, Arc::new(source)))
}

impl StoredLog {
    fn activities(&self) -> Result<Activities, Problem> {
        if !self.activities.windows(2).all(|pair| pair[0] < pair[1]) {
            return Err(described_wrongly(say!("its activities are not in order")));
        }
        Activities::new(self.activities.clone(), &self.auxiliary)
    }

    /// The attributes, their texts not in memory yet.
    fn attributes(&self) -> Vec<Attribute> {
        let mut next = [0, 0];
        let attribute = |stored: &StoredAttribute| {
            let next = match stored.level {
                AttributeLevel::Case => &mut next[0],
                AttributeLevel::Event => &mut next[1],
            };
            let column_idx = *next;
            *next += 1;
            let texts = if has_texts(stored.kind) {
                AttributeTexts::absent()
            } else {
                AttributeTexts::none()
            };
            let StoredAttribute { level, kind, scale, .. } = *stored;
            Attribute {
                name: stored.name.clone(),
                level,
                kind,
                scale,
                texts,
                column_idx,
                computed: false,
            }
        };
        self.attributes.iter().map(attribute).collect()
    }

    fn context(
        &self,
        activities: Activities,
        attributes: Vec<Attribute>,
        segments: &[Segment],
    ) -> Result<LogContext, Problem> {
        if attributes.iter().any(|attribute| attribute.scale > DECIMAL_SCALE_MAX) {
            return Err(described_wrongly(say!("its numbers have more digits than there are")));
        }
        if self.resource.is_some_and(|idx| idx >= attributes.len()) {
            return Err(described_wrongly(say!("its resource is none of its attributes")));
        }
        let out_of_range = || described_wrongly(say!("its as-of time is out of range"));
        let as_of = self.as_of_us.map(|us| Timestamp::from_us(us).ok_or_else(out_of_range));
        let mut context = LogContext::new(
            self.notion,
            activities,
            attributes,
            self.resource.map(AttributeIdx),
            TimeZoneName::parse(&self.time_zone)?,
            as_of.transpose()?,
            segments,
        );
        context.rates = self.rates.as_deref().map(rate_table).transpose()?;
        Ok(context)
    }
}

fn rate_table(rates: &[StoredRate]) -> Result<RateTable, Problem> {
    let mut table = RateTable::default();
    for rate in rates {
        let mantissa: i128 = rate
            .mantissa
            .parse()
            .map_err(|_| described_wrongly(say!("an exchange rate is no number")))?;
        table.insert(rate.day, &rate.from, &rate.to, Decimal::new(mantissa, rate.scale));
    }
    Ok(table)
}

/// The problem of a description that contradicts itself.
fn described_wrongly(reason: Sentence) -> Problem {
    Problem::new(ErrorCode::DamagedFile, say!("The stored log cannot be opened: {reason}.", reason))
        .in_file(MANIFEST)
        .with_hint(say!("Use another version, or bring its folder back from a backup."))
}

/// Does so many pieces of work on so many threads, the results in the order of the pieces. After
/// a failure no new piece is begun; the failure of the first piece that failed is told.
fn in_parallel<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> Result<T, Problem> + Sync,
) -> Result<Vec<T>, Problem> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let idx = next.fetch_add(1, Ordering::Relaxed);
            if idx >= count {
                return done;
            }
            let result = work(idx);
            if result.is_err() {
                next.store(count, Ordering::Relaxed);
            }
            done.push((idx, result));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(count)).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(idx, _)| *idx);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests;
