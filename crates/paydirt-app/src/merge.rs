//! How new events join a stored log: appended, or put in the place of events of equal key.
//!
//! The result is built of whole cases like any other log: first the events of the stored log in
//! their order, a replaced one in its old place, then the new ones.

mod fingerprint;
mod key;
mod preview;
mod replacing;
mod schema;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_model::attribute::{AttributeLevel, AttributeType, AttributeValue};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_chunk::{ChunkWriter, EventChunk, EventTime, NewValue};
use paydirt_model::event_log::{EventLog, Segment};
use paydirt_model::log_builder::{BuildReport, partition_count_for};
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Precision;
use serde::Serialize;
use utoipa::ToSchema;

use crate::build::build_partitioned;
use crate::merge::fingerprint::{Fingerprint, fingerprint};
pub use crate::merge::key::EventKey;
pub use crate::merge::preview::{JoinPreview, preview};
pub use crate::merge::replacing::preview_replace;
use crate::merge::schema::{Joined, Side};
use crate::parallel;

/// What happens to events that are in the stored log already.
#[derive(Debug, Clone)]
pub enum MergeRule {
    /// Every new event is kept; those already present are counted.
    Append,
    /// A new event takes the place of the event of equal key.
    Upsert(EventKey),
}

/// What joining did, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MergeCounts {
    /// Events that are new in the log.
    pub inserted: u64,
    /// Of the appended events, those that were in the log before: same case, activity, time and
    /// attribute values.
    pub already_present: u64,
    /// Events that took the place of an event of equal key in the same case.
    pub replaced: u64,
    /// Events that were in the log exactly like this.
    pub unchanged: u64,
    /// Events that took the place of an event of equal key in another case.
    pub moved: u64,
    /// Events of the file that another event of the file with equal key supersedes.
    pub superseded: u64,
    /// Further events of the log with the key of a replaced one; they are gone.
    pub removed: u64,
    /// Events without a complete key; they were inserted.
    pub without_key: u64,
    /// Cases that are left without events, and so are gone.
    pub cases_gone: u64,
}

/// The joined log and what was noticed.
#[derive(Debug)]
pub struct Merged {
    /// The log.
    pub log: EventLog,
    /// What building it noticed.
    pub built: BuildReport,
    /// The numbers.
    pub counts: MergeCounts,
    /// What is worth knowing, such as widened columns.
    pub notes: Vec<Sentence>,
}

/// How joining uses the machine.
#[derive(Clone, Copy)]
pub struct Joining<'a> {
    /// Threads to use.
    pub threads: usize,
    /// Set from outside to stop.
    pub cancelled: &'a AtomicBool,
}

impl Joining<'_> {
    fn check(&self) -> Result<(), Problem> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Problem::new(ErrorCode::Cancelled, say!("The import was cancelled.")));
        }
        Ok(())
    }
}

/// Where an event is: segment, case and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    segment: usize,
    case: usize,
    row: usize,
}

/// What becomes of an event of the stored log.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// The new event takes its place.
    ReplacedBy(At),
    /// It goes.
    Gone,
}

/// Joins the events of `added` to those of `base`.
///
/// # Errors
/// A column changes its type, the key names a column that does not exist, a limit is exceeded, or
/// the work was cancelled.
pub fn merge(
    base: &EventLog,
    added: &EventLog,
    rule: &MergeRule,
    joining: Joining<'_>,
) -> Result<Merged, Problem> {
    let (joined, plan) = planned(base, added, rule, joining)?;
    let (log, built) = write(base, added, &joined, &plan, joining)?;
    let mut notes = joined.notes;
    notes.extend(remarks(&plan.counts));
    Ok(Merged { log, built, counts: plan.counts, notes })
}

/// Decides what becomes of columns and events, before anything is written.
fn planned(
    base: &EventLog,
    added: &EventLog,
    rule: &MergeRule,
    joining: Joining<'_>,
) -> Result<(Joined, MergePlan), Problem> {
    let mut joined = Joined::of(base, added)?;
    joined.settle(base, added, &shared_cases(base, added));
    let plan = match rule {
        MergeRule::Append => append(base, added, &joined, joining)?,
        MergeRule::Upsert(key) => upsert(base, added, &joined, key, joining)?,
    };
    joining.check()?;
    Ok((joined, plan))
}

/// What is to be done: fates of stored events, and which new events are inserted.
struct MergePlan {
    /// For each segment of the stored log the rows that do not simply stay.
    fates: Vec<HashMap<usize, Fate>>,
    /// For each segment of the new log the rows that are inserted.
    inserted: Vec<Vec<bool>>,
    counts: MergeCounts,
}

fn append(
    base: &EventLog,
    added: &EventLog,
    joined: &Joined,
    joining: Joining<'_>,
) -> Result<MergePlan, Problem> {
    let cases: HashSet<&str> =
        added.segments().iter().flat_map(|segment| segment.parts().case_ids.iter()).collect();
    let known: Vec<HashSet<Fingerprint>> =
        parallel::map(segments_of(base), joining.threads, |segment| {
            let mut known = HashSet::new();
            CaseBatch::all(segment).for_each(|case| {
                if cases.contains(case.id()) {
                    for event_idx in 0..case.event_count() {
                        known.insert(fingerprint(base, joined, Side::Base, &case, event_idx));
                    }
                }
            });
            known
        });
    joining.check()?;
    let already_present = parallel::map(segments_of(added), joining.threads, |segment| {
        let mut present = 0;
        CaseBatch::all(segment).for_each(|case| {
            for event_idx in 0..case.event_count() {
                let seen = fingerprint(added, joined, Side::Added, &case, event_idx);
                present += u64::from(known.iter().any(|known| known.contains(&seen)));
            }
        });
        present
    });
    let counts = MergeCounts {
        inserted: added.context().event_count,
        already_present: already_present.iter().sum(),
        ..MergeCounts::default()
    };
    Ok(MergePlan {
        fates: vec![HashMap::new(); base.segments().len()],
        inserted: every_row(added, true),
        counts,
    })
}

/// How many rows are chosen.
fn count_of(rows: &[Vec<bool>]) -> u64 {
    rows.iter().flatten().filter(|&&is_chosen| is_chosen).count() as u64
}

fn every_row(log: &EventLog, value: bool) -> Vec<Vec<bool>> {
    log.segments().iter().map(|segment| vec![value; segment.event_count()]).collect()
}

fn segments_of(log: &EventLog) -> Vec<&Segment> {
    log.segments().iter().map(AsRef::as_ref).collect()
}

/// The events of the new log by key; of several with one key the latest counts.
struct Keyed {
    by_key: HashMap<u128, (At, i64)>,
    superseded: u64,
    without_key: Vec<At>,
}

impl Keyed {
    fn of(added: &EventLog, key: &key::BoundKey<'_>) -> Self {
        let mut keyed = Keyed { by_key: HashMap::new(), superseded: 0, without_key: Vec::new() };
        for (segment_idx, segment) in added.segments().iter().enumerate() {
            CaseBatch::all(segment).for_each(|case| {
                for event_idx in 0..case.event_count() {
                    let at =
                        At { segment: segment_idx, case: case.idx(), row: case.row(event_idx) };
                    keyed.add(at, case.times_us()[event_idx], key.of_event(&case, event_idx));
                }
            });
        }
        keyed
    }

    fn add(&mut self, at: At, time_us: i64, key: Option<u128>) {
        let Some(key) = key else {
            self.without_key.push(at);
            return;
        };
        match self.by_key.get_mut(&key) {
            None => {
                self.by_key.insert(key, (at, time_us));
            }
            Some(known) => {
                self.superseded += 1;
                if known.1 <= time_us {
                    *known = (at, time_us);
                }
            }
        }
    }
}

/// A stored event whose key a new event has.
struct Match {
    key: u128,
    stored: At,
    same_case: bool,
    same_content: bool,
}

fn upsert(
    base: &EventLog,
    added: &EventLog,
    joined: &Joined,
    key: &EventKey,
    joining: Joining<'_>,
) -> Result<MergePlan, Problem> {
    let keyed = Keyed::of(added, &key.bind(added, Side::Added)?);
    joining.check()?;
    let matches = matches(base, added, joined, &keyed, key, joining)?;
    let mut plan = MergePlan {
        fates: vec![HashMap::new(); base.segments().len()],
        inserted: every_row(added, false),
        counts: MergeCounts {
            superseded: keyed.superseded,
            without_key: keyed.without_key.len() as u64,
            inserted: keyed.without_key.len() as u64,
            ..MergeCounts::default()
        },
    };
    for at in &keyed.without_key {
        plan.inserted[at.segment][at.row] = true;
    }
    let mut by_key: HashMap<u128, Vec<&Match>> = HashMap::new();
    for found in &matches {
        by_key.entry(found.key).or_default().push(found);
    }
    for (key, &(new, _)) in &keyed.by_key {
        let stored = by_key.get(key).map_or(&[][..], Vec::as_slice);
        plan.place(new, stored);
    }
    plan.counts.cases_gone = cases_gone(base, added, &plan);
    Ok(plan)
}

impl MergePlan {
    /// Decides what becomes of a new event and of the stored events with its key.
    fn place(&mut self, new: At, stored: &[&Match]) {
        let unchanged = stored.iter().find(|found| found.same_content);
        let kept = unchanged.or_else(|| stored.iter().find(|found| found.same_case));
        match (kept, stored.is_empty()) {
            (Some(found), _) if found.same_content => self.counts.unchanged += 1,
            (Some(found), _) => {
                self.counts.replaced += 1;
                let at = found.stored;
                self.fates[at.segment].insert(at.row, Fate::ReplacedBy(new));
            }
            (None, is_new) => {
                self.inserted[new.segment][new.row] = true;
                match is_new {
                    true => self.counts.inserted += 1,
                    false => self.counts.moved += 1,
                }
            }
        }
        let stays = kept.map(|found| found.stored);
        let mut going = stored.iter().filter(|found| Some(found.stored) != stays);
        if stays.is_none()
            && let Some(moved) = going.next()
        {
            self.fates[moved.stored.segment].insert(moved.stored.row, Fate::Gone);
        }
        for found in going {
            self.counts.removed += 1;
            self.fates[found.stored.segment].insert(found.stored.row, Fate::Gone);
        }
    }
}

/// The stored events whose keys the new events have, in the order of the log.
fn matches(
    base: &EventLog,
    added: &EventLog,
    joined: &Joined,
    keyed: &Keyed,
    key: &EventKey,
    joining: Joining<'_>,
) -> Result<Vec<Match>, Problem> {
    let bound = key.bind(base, Side::Base)?;
    let segments: Vec<(usize, &Segment)> = segments_of(base).into_iter().enumerate().collect();
    let found = parallel::map(segments, joining.threads, |(segment_idx, segment)| {
        let mut found = Vec::new();
        CaseBatch::all(segment).for_each(|case| {
            for event_idx in 0..case.event_count() {
                let Some(key) = bound.of_event(&case, event_idx) else { continue };
                let Some(&(new, _)) = keyed.by_key.get(&key) else { continue };
                let other = Case::at(&added.segments()[new.segment], new.case);
                let new_idx = new.row - other.row(0);
                let same_case = other.id() == case.id();
                let same_content = same_case
                    && fingerprint(base, joined, Side::Base, &case, event_idx)
                        == fingerprint(added, joined, Side::Added, &other, new_idx);
                let stored =
                    At { segment: segment_idx, case: case.idx(), row: case.row(event_idx) };
                found.push(Match { key, stored, same_case, same_content });
            }
        });
        found
    });
    joining.check()?;
    Ok(found.into_iter().flatten().collect())
}

/// Cases all of whose stored events go, and into which nothing is inserted.
fn cases_gone(base: &EventLog, added: &EventLog, plan: &MergePlan) -> u64 {
    let mut filled = HashSet::new();
    for (segment, inserted) in added.segments().iter().zip(&plan.inserted) {
        CaseBatch::all(segment).for_each(|case| {
            if (0..case.event_count()).any(|event_idx| inserted[case.row(event_idx)]) {
                filled.insert(case.id());
            }
        });
    }
    let mut gone = 0;
    for (segment, fates) in base.segments().iter().zip(&plan.fates) {
        if fates.is_empty() {
            continue;
        }
        CaseBatch::all(segment).for_each(|case| {
            let goes = |event_idx| matches!(fates.get(&case.row(event_idx)), Some(Fate::Gone));
            let all_go = (0..case.event_count()).all(goes);
            gone += u64::from(all_go && !filled.contains(case.id()));
        });
    }
    gone
}

/// Writes both logs into one, segment by segment.
fn write(
    base: &EventLog,
    added: &EventLog,
    joined: &Joined,
    plan: &MergePlan,
    joining: Joining<'_>,
) -> Result<(EventLog, BuildReport), Problem> {
    let event_count = base.context().event_count + added.context().event_count;
    let partition_count = partition_count_for(event_count);
    let added_cases = cases_by_id(added);
    let base_cases = cases_by_id(base);
    let newer = |id: &str| added_cases.get(id).map(|&(segment, idx)| Case::at(segment, idx));
    let older = |id: &str| base_cases.get(id).map(|&(segment, idx)| Case::at(segment, idx));
    let segments: Vec<_> = segments_of(base).into_iter().zip(&plan.fates).collect();
    let mut chunks = parallel::map(segments, joining.threads, |(segment, fates)| {
        let mut rows = RowWriter::new(base, added, joined);
        CaseBatch::all(segment).for_each(|case| {
            let new = newer(case.id());
            for event_idx in 0..case.event_count() {
                match fates.get(&case.row(event_idx)) {
                    None => rows.write(Side::Base, &case, event_idx, Some(&case), new.as_ref()),
                    Some(Fate::Gone) => {}
                    Some(Fate::ReplacedBy(at)) => {
                        let other = Case::at(&added.segments()[at.segment], at.case);
                        let idx = at.row - other.row(0);
                        rows.write(Side::Added, &other, idx, Some(&case), new.as_ref());
                    }
                }
            }
        });
        rows.finish().partition(partition_count)
    });
    joining.check()?;
    let segments: Vec<_> = segments_of(added).into_iter().zip(&plan.inserted).collect();
    chunks.extend(parallel::map(segments, joining.threads, |(segment, inserted)| {
        let mut rows = RowWriter::new(base, added, joined);
        CaseBatch::all(segment).for_each(|case| {
            let old = older(case.id());
            for event_idx in 0..case.event_count() {
                if inserted[case.row(event_idx)] {
                    rows.write(Side::Added, &case, event_idx, old.as_ref(), Some(&case));
                }
            }
        });
        rows.finish().partition(partition_count)
    }));
    joining.check()?;
    build_partitioned(joined.spec(base, added), chunks, partition_count, joining.threads)
}

fn cases_by_id(log: &EventLog) -> HashMap<&str, (&Segment, usize)> {
    let mut cases = HashMap::new();
    for segment in log.segments() {
        for (idx, id) in segment.parts().case_ids.iter().enumerate() {
            cases.insert(id, (segment.as_ref(), idx));
        }
    }
    cases
}

/// The cases that both logs have, as they are in each.
fn shared_cases<'a>(base: &'a EventLog, added: &'a EventLog) -> Vec<(Case<'a>, Case<'a>)> {
    let known = cases_by_id(base);
    let mut shared = Vec::new();
    for segment in added.segments() {
        CaseBatch::all(segment).for_each(|new| {
            if let Some(&(segment, idx)) = known.get(new.id()) {
                shared.push((Case::at(segment, idx), new));
            }
        });
    }
    shared
}

/// Writes events of either log as rows of the joined one.
struct RowWriter<'a> {
    base: &'a EventLog,
    added: &'a EventLog,
    joined: &'a Joined,
    writer: ChunkWriter,
}

impl<'a> RowWriter<'a> {
    fn new(base: &'a EventLog, added: &'a EventLog, joined: &'a Joined) -> Self {
        RowWriter { base, added, joined, writer: ChunkWriter::new(joined.kinds()) }
    }

    /// Writes one event. A case attribute has the value of the newest file that has one: of the
    /// new log's case, else of the stored log's.
    fn write(
        &mut self,
        side: Side,
        case: &Case<'_>,
        event_idx: usize,
        old: Option<&Case<'_>>,
        new: Option<&Case<'_>>,
    ) {
        let log = match side {
            Side::Base => self.base,
            Side::Added => self.added,
        };
        let name = log.context().activities.name(case.activities()[event_idx]);
        self.writer.push(case.id(), name, time_of(case, event_idx));
        for (idx, attribute) in self.joined.attributes.iter().enumerate() {
            let value = match attribute.level {
                AttributeLevel::Event => {
                    attribute.on(side, log).and_then(|known| case.value(known, event_idx))
                }
                AttributeLevel::Case => {
                    let newer = new.zip(attribute.on(Side::Added, self.added));
                    let older = old.zip(attribute.on(Side::Base, self.base));
                    newer
                        .and_then(|(case, known)| case.value(known, 0))
                        .or_else(|| older.and_then(|(case, known)| case.value(known, 0)))
                }
            };
            if let Some(value) = value {
                self.writer.set(idx, &as_new(attribute.kind, &value));
            }
        }
    }

    fn finish(mut self) -> EventChunk {
        self.writer.take()
    }
}

fn time_of(case: &Case<'_>, event_idx: usize) -> EventTime {
    let parts = case.segment().parts();
    let row = case.row(event_idx);
    let effective_us = parts.times_us[row];
    EventTime {
        effective_us,
        start_us: case.own_start_us(event_idx),
        recorded_us: parts.recorded_us.get(row).copied().unwrap_or(effective_us),
        offset_min: parts.offsets_min.get(row).copied().unwrap_or(0),
        precision: parts.precisions.get(row).copied().unwrap_or(Precision::Instant),
    }
}

/// A value as a row takes it; whole numbers go into a column of decimals.
fn as_new<'v>(kind: AttributeType, value: &'v AttributeValue<'v>) -> NewValue<'v> {
    match value {
        AttributeValue::Text(text) => NewValue::Text(text),
        AttributeValue::Integer(number) if kind == AttributeType::Decimal => {
            NewValue::Decimal(Decimal::new((*number).into(), 0))
        }
        AttributeValue::Integer(number) => NewValue::Number(*number),
        AttributeValue::Decimal(number) => NewValue::Decimal(*number),
        AttributeValue::Boolean(value) => NewValue::Boolean(*value),
        AttributeValue::Timestamp(instant) => NewValue::Number(instant.as_us()),
        AttributeValue::Duration(span) => {
            NewValue::Number(i64::try_from(span.as_us()).expect("a held duration has 64 bits"))
        }
        AttributeValue::Money { amount, currency } => NewValue::Money(*amount, *currency),
    }
}

/// What the numbers mean where a user would not expect them.
fn remarks(counts: &MergeCounts) -> Vec<Sentence> {
    let mut notes = Vec::new();
    let MergeCounts { already_present, superseded, removed, without_key, .. } = *counts;
    if already_present > 0 {
        notes.push(say!(
            "{count} of the added events {count|was|were} in the log already and {count|is|are} \
             now in it twice; adding with replacement would have recognised {count|it|them} by \
             {count|its|their} key.",
            count = already_present
        ));
    }
    if superseded > 0 {
        notes.push(say!(
            "{count} {count|event shares its|events share their} key with a later event of the \
             same file, which counts. If they are different events, name a key that tells them \
             apart.",
            count = superseded
        ));
    }
    if removed > 0 {
        notes.push(say!(
            "{count} further {count|event|events} of the log had the key of a replaced event and \
             {count|is|are} gone. If they are different events, roll back and name a key that \
             tells them apart.",
            count = removed
        ));
    }
    if without_key > 0 {
        notes.push(say!(
            "{count} {count|event has|events have} no complete key and {count|was|were} inserted.",
            count = without_key
        ));
    }
    notes
}

#[cfg(test)]
mod tests;
