//! What an event log is: whole cases in segments, and what all of them share.
//!
//! A case is never split, never empty and never unordered: `Segment::new` checks it.

use std::sync::Arc;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::activity::{Activities, ActivityCode};
use crate::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use crate::column::Column;
use crate::column_source::{ColumnSource, Computing, Deferred};
use crate::interner::TextColumn;
use crate::problem::{ErrorCode, Problem};
use crate::rates::RateTable;
use crate::say;
use crate::time::{DAY_US, Precision, Timestamp};

/// What a case of a log is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CaseNotion {
    /// The main case of the process: an opportunity, an order, whatever the file's case column is.
    Main,
    /// A lead.
    Lead,
    /// A document: quote, contract, order, invoice, payment, credit note.
    Document,
}

/// An IANA time zone, known to exist.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeZoneName {
    name: String,
    zone: TimeZone,
}

impl TimeZoneName {
    /// Coordinated Universal Time.
    #[must_use]
    pub fn utc() -> Self {
        TimeZoneName { name: "UTC".to_owned(), zone: TimeZone::UTC }
    }

    /// The zone of this IANA name, such as `Europe/Paris`.
    ///
    /// # Errors
    /// There is no such zone.
    pub fn parse(name: &str) -> Result<Self, Problem> {
        if name == "UTC" {
            return Ok(TimeZoneName::utc());
        }
        let zone = TimeZone::get(name).map_err(|_| {
            Problem::new(ErrorCode::TimeZoneUnknown, say!("\"{name}\" is not a time zone.", name))
                .with_hint(say!("Give an IANA name such as Europe/Paris, Asia/Tokyo or UTC."))
        })?;
        Ok(TimeZoneName { name: name.to_owned(), zone })
    }

    /// The instant of a local time, given and answered in microseconds as if it were UTC. A time
    /// that daylight saving skips moves forward; of one that it repeats the earlier is meant.
    #[must_use]
    pub fn to_utc_us(&self, local_us: i64) -> i64 {
        if self.zone == TimeZone::UTC {
            return local_us;
        }
        let Some(as_utc) = Timestamp::from_us(local_us) else { return local_us };
        let local = as_utc.to_jiff().to_zoned(TimeZone::UTC).datetime();
        match self.zone.to_ambiguous_timestamp(local).compatible() {
            Ok(instant) => instant.as_microsecond(),
            Err(_) => local_us,
        }
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rules of the zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

/// What all cases of a log share: names, schema, calendar and size.
#[derive(Debug, Clone)]
pub struct LogContext {
    /// What a case is.
    pub notion: CaseNotion,
    /// The activities.
    pub activities: Activities,
    /// The attributes.
    pub attributes: Vec<Attribute>,
    /// Which attribute names who did it.
    pub resource: Option<AttributeIdx>,
    /// Time zone for calendar questions.
    pub time_zone: TimeZoneName,
    /// Until when the data are complete. `None` only for a log without events.
    pub as_of: Option<Timestamp>,
    /// Time of the first event (its start, where it has one).
    pub first_event_at: Option<Timestamp>,
    /// Time of the last event.
    pub last_event_at: Option<Timestamp>,
    /// Events in the log.
    pub event_count: u64,
    /// Cases in the log.
    pub case_count: u64,
    /// Whether any event has a start time of its own.
    pub has_starts: bool,
    /// Dated exchange rates, where the source has a table of them.
    pub rates: Option<RateTable>,
}

impl LogContext {
    /// What the cases of these segments share; counts and first and last times are theirs.
    #[must_use]
    pub fn new(
        notion: CaseNotion,
        activities: Activities,
        attributes: Vec<Attribute>,
        resource: Option<AttributeIdx>,
        time_zone: TimeZoneName,
        as_of: Option<Timestamp>,
        segments: &[Segment],
    ) -> Self {
        let first = segments.iter().map(Segment::first_us).min();
        let last = segments.iter().map(Segment::last_us).max();
        let last_event_at = last.and_then(Timestamp::from_us);
        LogContext {
            notion,
            activities,
            attributes,
            resource,
            time_zone,
            as_of: as_of.or(last_event_at),
            first_event_at: first.and_then(Timestamp::from_us),
            last_event_at,
            event_count: segments.iter().map(|segment| segment.event_count() as u64).sum(),
            case_count: segments.iter().map(|segment| segment.case_count() as u64).sum(),
            has_starts: segments.iter().any(|segment| !segment.parts.starts_us.is_empty()),
            rates: None,
        }
    }

    /// The attribute of this name at this level.
    #[must_use]
    pub fn attribute_at(&self, name: &str, level: AttributeLevel) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.level == level && attribute.name == name)
    }

    /// The attribute of this name; the case's own where a case and an event attribute share it.
    ///
    /// # Errors
    /// No attribute has this name.
    pub fn attribute(&self, name: &str) -> Result<&Attribute, Problem> {
        self.attribute_at(name, AttributeLevel::Case)
            .or_else(|| self.attribute_at(name, AttributeLevel::Event))
            .ok_or_else(|| {
                let known: Vec<&str> =
                    self.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
                Problem::new(
                    ErrorCode::UnknownAttribute,
                    say!("There is no attribute \"{name}\".", name),
                )
                .with_hint(if known.is_empty() {
                    say!("The log has no attributes.")
                } else {
                    say!("The log has: {known}.", known)
                })
            })
    }

    /// The resource attribute, if the log has one.
    #[must_use]
    pub fn resource_attribute(&self) -> Option<&Attribute> {
        self.resource.map(|idx| &self.attributes[idx.0])
    }
}

/// The links of document or lead cases to cases of the main log, with shares in millionths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseLinks {
    /// For each case the end of its links; empty when the log has no links.
    pub ends: Vec<u32>,
    /// Ids of the linked main cases.
    pub case_ids: TextColumn,
    /// Share of the document that belongs to the linked case, in millionths.
    pub shares: Vec<u32>,
}

/// The columns of a segment, before they are checked.
#[derive(Debug, Clone, Default)]
pub struct SegmentParts {
    /// The case ids.
    pub case_ids: TextColumn,
    /// Where each case begins in the event columns; one more entry than cases.
    pub offsets: Vec<u32>,
    /// Activity of each event.
    pub activities: Vec<ActivityCode>,
    /// Effective time of each event.
    pub times_us: Vec<i64>,
    /// Start of each event, `i64::MIN` where it has none; empty without starts.
    pub starts_us: Vec<i64>,
    /// Recorded time of each event; empty when equal to the effective one.
    pub recorded_us: Vec<i64>,
    /// Zone offset of the source in minutes; empty when all are UTC.
    pub offsets_min: Vec<i16>,
    /// Precision of each event's time; empty when all are instants.
    pub precisions: Vec<Precision>,
    /// Case attributes.
    pub case_columns: Vec<Deferred<Column>>,
    /// Event attributes.
    pub event_columns: Vec<Deferred<Column>>,
    /// Links to main cases.
    pub links: CaseLinks,
}

impl SegmentParts {
    /// Drops cases that pairing has left without events.
    pub(crate) fn without_empty_cases(mut self) -> Self {
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        let is_kept = |case: usize| self.offsets[case] < self.offsets[case + 1];
        let case_count = self.offsets.len() - 1;
        if !(0..case_count).all(is_kept) {
            self.case_ids = (0..case_count)
                .filter(|&case| is_kept(case))
                .map(|case| self.case_ids.get(case))
                .collect();
            self.offsets.dedup();
        }
        self
    }
}

/// Some whole cases, column by column.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Shared with the segment of the same cases that has other computed attributes.
    parts: Arc<SegmentParts>,
    /// Computed attributes of the cases.
    computed: Vec<Deferred<Column>>,
    /// The largest of day, hour, minute, second, millisecond and microsecond that divides every
    /// time of the segment.
    resolution_us: i64,
    first_us: i64,
    last_us: i64,
    has_days: bool,
}

impl Segment {
    /// Checks and seals the columns.
    ///
    /// # Panics
    /// Columns differ in length, a case is empty, or a case is not ordered by time.
    #[must_use]
    pub fn new(parts: SegmentParts) -> Self {
        let event_count = parts.times_us.len();
        let case_count = parts.case_ids.len();
        assert_eq!(parts.offsets.len(), case_count + 1, "one offset more than cases");
        assert_eq!(parts.offsets.last().map(|&end| end as usize), Some(event_count));
        assert_eq!(parts.activities.len(), event_count, "every event has an activity");
        let fits = |len: usize| len == 0 || len == event_count;
        assert!(fits(parts.starts_us.len()) && fits(parts.recorded_us.len()));
        assert!(fits(parts.offsets_min.len()) && fits(parts.precisions.len()));
        let are_of = |columns: &[Deferred<Column>], len: usize| {
            columns.iter().filter_map(Deferred::get).all(|column| column.len() == len)
        };
        assert!(are_of(&parts.case_columns, case_count));
        assert!(are_of(&parts.event_columns, event_count));
        assert!(parts.links.ends.is_empty() || parts.links.ends.len() == case_count);
        for bounds in parts.offsets.windows(2) {
            assert!(bounds[0] < bounds[1], "a case is never empty");
            let times = &parts.times_us[bounds[0] as usize..bounds[1] as usize];
            assert!(times.is_sorted(), "a case is ordered by time");
        }
        let known_starts = parts.starts_us.iter().filter(|&&start_us| start_us != i64::MIN);
        let times = parts.times_us.iter().chain(known_starts.clone());
        let resolution_us = resolution(times.clone().copied());
        let first_us = times.copied().min().unwrap_or(i64::MAX);
        let last_us = parts.times_us.iter().copied().max().unwrap_or(i64::MIN);
        let has_days = parts.precisions.contains(&Precision::Day);
        let (parts, computed) = (Arc::new(parts), Vec::new());
        Segment { parts, computed, resolution_us, first_us, last_us, has_days }
    }

    /// The same cases with so many computed attributes, none of which is in memory yet.
    fn with_computed(&self, count: usize) -> Self {
        let computed = (0..count).map(|_| Deferred::absent()).collect();
        Segment { parts: Arc::clone(&self.parts), computed, ..*self }
    }

    /// How many cases.
    #[must_use]
    pub fn case_count(&self) -> usize {
        self.parts.case_ids.len()
    }

    /// How many events.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.parts.times_us.len()
    }

    /// The columns.
    #[must_use]
    pub fn parts(&self) -> &SegmentParts {
        &self.parts
    }

    /// The largest calendar unit (in microseconds, at most a day) that divides every time.
    #[must_use]
    pub fn resolution_us(&self) -> i64 {
        self.resolution_us
    }

    /// The earliest time.
    #[must_use]
    pub fn first_us(&self) -> i64 {
        self.first_us
    }

    /// The latest time.
    #[must_use]
    pub fn last_us(&self) -> i64 {
        self.last_us
    }

    /// Whether any event is known to the day only.
    #[must_use]
    pub fn has_days(&self) -> bool {
        self.has_days
    }

    /// Memory of the core columns (case, activity, times, links), in bytes.
    #[must_use]
    pub fn core_memory_bytes(&self) -> usize {
        let parts = &self.parts;
        parts.case_ids.memory_bytes()
            + parts.offsets.capacity() * 4
            + parts.activities.capacity() * 2
            + parts.times_us.capacity() * 8
            + parts.starts_us.capacity() * 8
            + parts.recorded_us.capacity() * 8
            + parts.offsets_min.capacity() * 2
            + parts.precisions.capacity()
            + parts.links.ends.capacity() * 4
            + parts.links.case_ids.memory_bytes()
            + parts.links.shares.capacity() * 4
    }

    /// The values of an attribute in this segment.
    ///
    /// # Panics
    /// The values have not been loaded; see [`EventLog::load_columns`].
    #[inline]
    #[must_use]
    pub fn column(&self, attribute: &Attribute) -> &Column {
        self.deferred_column(attribute)
    }

    #[inline]
    fn deferred_column(&self, attribute: &Attribute) -> &Deferred<Column> {
        match attribute.level {
            _ if attribute.computed => &self.computed[attribute.column_idx],
            AttributeLevel::Case => &self.parts.case_columns[attribute.column_idx],
            AttributeLevel::Event => &self.parts.event_columns[attribute.column_idx],
        }
    }

    /// Memory of the attribute columns that are loaded, in bytes; computed ones apart.
    #[must_use]
    pub fn attribute_memory_bytes(&self) -> usize {
        let columns = self.parts.case_columns.iter().chain(&self.parts.event_columns);
        columns.filter_map(Deferred::get).map(Column::memory_bytes).sum()
    }

    /// Memory of the computed columns that are in memory, in bytes.
    #[must_use]
    pub fn computed_memory_bytes(&self) -> usize {
        self.computed.iter().filter_map(Deferred::get).map(Column::memory_bytes).sum()
    }
}

fn resolution(times: impl Iterator<Item = i64> + Clone) -> i64 {
    let units = [DAY_US, 3_600_000_000, 60_000_000, 1_000_000, 1_000];
    let mut candidate = 0;
    for time_us in times {
        while candidate < units.len() && time_us % units[candidate] != 0 {
            candidate += 1;
        }
        if candidate == units.len() {
            return 1;
        }
    }
    units[candidate]
}

/// One immutable log: what all cases share, and the cases in segments.
#[derive(Debug, Clone)]
pub struct EventLog {
    context: Arc<LogContext>,
    segments: Vec<Arc<Segment>>,
    /// Where attributes are that are not in memory; `None` when all of them are.
    source: Option<Arc<dyn ColumnSource>>,
    /// What computes the computed attributes; `None` when there are none.
    computing: Option<Arc<dyn Computing>>,
}

impl EventLog {
    /// A log of these segments, which must belong to the context.
    #[must_use]
    pub fn new(context: LogContext, segments: Vec<Segment>) -> Self {
        EventLog {
            context: Arc::new(context),
            segments: segments.into_iter().map(Arc::new).collect(),
            source: None,
            computing: None,
        }
    }

    /// A log of these segments, whose absent attributes are read from a source when asked for.
    #[must_use]
    pub fn from_source(
        context: LogContext,
        segments: Vec<Segment>,
        source: Arc<dyn ColumnSource>,
    ) -> Self {
        EventLog { source: Some(source), ..EventLog::new(context, segments) }
    }

    /// The same log with a table of dated exchange rates.
    #[must_use]
    pub fn with_rates(self, rates: RateTable) -> Self {
        let mut context = (*self.context).clone();
        context.rates = Some(rates);
        EventLog { context: Arc::new(context), ..self }
    }

    /// The same log with computed attributes after its own, and its own under these names. What is
    /// in memory of the log is shared, and a value is computed when it is asked for.
    ///
    /// # Panics
    /// A name is missing, or an attribute is not a computed one of cases in its place.
    #[must_use]
    pub fn with_computed(
        &self,
        names: Vec<String>,
        computed: Vec<Attribute>,
        computing: Arc<dyn Computing>,
    ) -> Self {
        let mut context = (*self.context).clone();
        assert_eq!(names.len(), context.attributes.len(), "every attribute has a name");
        for (attribute, name) in context.attributes.iter_mut().zip(names) {
            attribute.name = name;
        }
        let count = computed.len();
        for (idx, attribute) in computed.iter().enumerate() {
            assert!(attribute.computed && attribute.level == AttributeLevel::Case);
            assert_eq!(attribute.column_idx, idx, "computed attributes are in order");
        }
        context.attributes.extend(computed);
        let segments = self.segments.iter();
        EventLog {
            context: Arc::new(context),
            segments: segments.map(|segment| Arc::new(segment.with_computed(count))).collect(),
            source: self.source.clone(),
            computing: Some(computing),
        }
    }

    /// What all cases share.
    #[must_use]
    pub fn context(&self) -> &Arc<LogContext> {
        &self.context
    }

    /// The segments.
    #[must_use]
    pub fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Brings the texts of these attributes into memory.
    ///
    /// # Errors
    /// They cannot be read, or are damaged.
    pub fn load_texts(
        &self,
        attributes: impl IntoIterator<Item = AttributeIdx>,
    ) -> Result<(), Problem> {
        for idx in attributes {
            let attribute = &self.context.attributes[idx.0];
            attribute.texts.deferred().load(|| match attribute.computed {
                true => self.computing().texts(self, idx),
                false => self.source().texts(idx),
            })?;
        }
        Ok(())
    }

    /// Brings the values of these attributes in one segment into memory, and their texts. Segments
    /// may be loaded on different threads at once.
    ///
    /// # Errors
    /// They cannot be read, or are damaged.
    pub fn load_columns(
        &self,
        segment_idx: usize,
        attributes: impl IntoIterator<Item = AttributeIdx>,
    ) -> Result<(), Problem> {
        let segment = &self.segments[segment_idx];
        for idx in attributes {
            let attribute = &self.context.attributes[idx.0];
            segment.deferred_column(attribute).load(|| {
                self.load_texts([idx])?;
                let column = match attribute.computed {
                    true => self.computing().column(self, segment_idx, idx)?,
                    false => self.source().column(segment_idx, idx, &attribute.texts)?,
                };
                let len = match attribute.level {
                    AttributeLevel::Case => segment.case_count(),
                    AttributeLevel::Event => segment.event_count(),
                };
                if column.len() == len && column.is_of(attribute.kind) {
                    return Ok(column);
                }
                let name = &attribute.name;
                let detail = say!("The stored values of \"{name}\" do not fit their log.", name);
                Err(Problem::new(ErrorCode::DamagedFile, detail))
            })?;
        }
        Ok(())
    }

    /// Brings all attributes into memory, for whoever writes the whole log.
    ///
    /// # Errors
    /// They cannot be read, or are damaged.
    pub fn load_all(&self) -> Result<(), Problem> {
        let all = || (0..self.context.attributes.len()).map(AttributeIdx);
        self.load_texts(all())?;
        (0..self.segments.len()).try_for_each(|segment_idx| self.load_columns(segment_idx, all()))
    }

    fn computing(&self) -> &dyn Computing {
        self.computing.as_deref().expect("a log without computing has no computed attributes")
    }

    fn source(&self) -> &dyn ColumnSource {
        self.source.as_deref().expect("a log without a source has everything in memory")
    }

    /// Memory that the log takes now, in bytes; it grows as attributes are loaded.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        let texts = self.context.attributes.iter().filter_map(|it| it.texts.deferred().get());
        let segments = self.segments.iter();
        let source = self.source.as_deref();
        source.map_or(0, ColumnSource::memory_bytes)
            + texts.map(TextColumn::memory_bytes).sum::<usize>()
            + segments
                .map(|segment| segment.core_memory_bytes() + segment.attribute_memory_bytes())
                .sum::<usize>()
    }

    /// Memory that the computed attributes take now, in bytes; the rest is that of the log whose
    /// attributes they are computed from.
    #[must_use]
    pub fn computed_memory_bytes(&self) -> usize {
        let attributes = self.context.attributes.iter().filter(|attribute| attribute.computed);
        let texts = attributes.filter_map(|attribute| attribute.texts.deferred().get());
        texts.map(TextColumn::memory_bytes).sum::<usize>()
            + self.segments.iter().map(|segment| segment.computed_memory_bytes()).sum::<usize>()
    }

    /// Types of the attributes, for a writer of equal rows.
    #[must_use]
    pub fn attribute_kinds(&self) -> Vec<AttributeType> {
        self.context.attributes.iter().map(|attribute| attribute.kind).collect()
    }
}
