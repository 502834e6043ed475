//! How rows of events become a log: append chunks in source order, then build all partitions.
//!
//! The steps are separate so that a caller may run the costly ones on many threads: chunks are
//! partitioned anywhere, appended in order by one thread, then [`Partition::group`] and
//! [`Grouped::finish`] run for every partition independently. The result does not depend on how
//! rows are cut into chunks nor on which thread does what.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::activity::Activities;
use crate::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use crate::event_chunk::{EventChunk, PartitionedChunk};
use crate::event_log::{CaseNotion, EventLog, LogContext, TimeZoneName};
use crate::interner::{Interner, TextColumn};
use crate::pairing::Pairing;
use crate::partition::{ChunkMaps, Grouped, GroupingPlan, Partition};
use crate::placement::{CaseOrder, Placement};
use crate::problem::{ErrorCode, Problem};
use crate::rates::RateTable;
use crate::say;
use crate::time::Timestamp;

/// At which level an attribute is to be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelChoice {
    /// The source says which.
    Declared(AttributeLevel),
    /// Case when every case has one and the same value (or blank) in all its rows, else event.
    Detect,
}

/// An attribute that the rows to come will carry.
#[derive(Debug, Clone)]
pub struct AttributeSpec {
    /// Name as in the source.
    pub name: String,
    /// Type of the values.
    pub kind: AttributeType,
    /// Level, or how to find it.
    pub level: LevelChoice,
}

/// How lifecycle transitions are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifecycleReading {
    /// Every row is one event; the transition is an attribute like others.
    EveryRow,
    /// Starts and completes are paired first-in first-out by case, activity and instance id. The
    /// values of the complete count; where it has none, that of its start.
    Pair {
        /// The attribute that holds the transition.
        transition: AttributeIdx,
        /// The attribute that holds the instance id, if there is one.
        instance: Option<AttributeIdx>,
    },
}

/// What a log is going to be.
#[derive(Debug, Clone)]
pub struct LogSpec {
    /// What a case is.
    pub notion: CaseNotion,
    /// The attributes, in the order of the columns of every chunk.
    pub attributes: Vec<AttributeSpec>,
    /// Which attribute names who did it.
    pub resource: Option<AttributeIdx>,
    /// How lifecycle transitions are read.
    pub lifecycle: LifecycleReading,
    /// What settles the order of a case besides the times: ranks of activities, records, the place
    /// of day-precision events. `None` orders by time, ties in source order. With it, the effective
    /// times of the rows are found anew from the recorded ones.
    pub case_order: Option<Box<CaseOrder>>,
    /// Names of auxiliary activities.
    pub auxiliary: Vec<String>,
    /// Time zone for calendar questions.
    pub time_zone: TimeZoneName,
    /// Until when the data are complete; `None` takes the newest event.
    pub as_of: Option<Timestamp>,
    /// Dated exchange rates, where the source has a table of them.
    pub rates: Option<RateTable>,
    /// Links of lead or document cases to main cases.
    pub links: Links,
}

/// Links of cases to main cases, by case id: linked case and share in millionths.
pub type Links = FxHashMap<String, Vec<(String, u32)>>;

impl LogSpec {
    /// A main log in UTC without attributes; set the fields that differ.
    #[must_use]
    pub fn plain() -> Self {
        LogSpec {
            notion: CaseNotion::Main,
            attributes: Vec::new(),
            resource: None,
            lifecycle: LifecycleReading::EveryRow,
            case_order: None,
            auxiliary: Vec::new(),
            time_zone: TimeZoneName::utc(),
            as_of: None,
            rates: None,
            links: Links::default(),
        }
    }
}

/// What building noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// Decimal values that had to be rounded, by attribute name.
    pub rounded: Vec<(String, u64)>,
    /// Cases whose rows disagree on an attribute declared to belong to the case, by name. The
    /// latest value was kept.
    pub case_conflicts: Vec<(String, u64)>,
    /// Starts without a complete (kept as events of their own).
    pub unpaired_starts: u64,
    /// Completes without a start (kept as events without a start time).
    pub unpaired_completes: u64,
    /// Rows with another transition than start or complete, left out by pairing.
    pub other_transitions: u64,
}

/// Collects chunks of rows and builds the log.
#[derive(Debug)]
pub struct EventLogBuilder {
    spec: LogSpec,
    partitions: Vec<Partition>,
    activity_names: Interner,
    texts: Vec<Interner>,
    /// For each attribute: (scale, largest mantissa) of each chunk that had a scale.
    scales: Vec<Vec<(u8, u64)>>,
    rounded: Vec<u64>,
}

/// Most partitions a log is split into.
pub const PARTITION_COUNT_MAX: usize = 64;

/// How many partitions suit a log of about so many events: about 64,000 events each, at most
/// [`PARTITION_COUNT_MAX`].
#[must_use]
pub fn partition_count_for(event_count: u64) -> usize {
    let wanted = usize::try_from(event_count / 65_536 + 1).unwrap_or(PARTITION_COUNT_MAX);
    wanted.next_power_of_two().min(PARTITION_COUNT_MAX)
}

impl EventLogBuilder {
    /// A builder for a log split into so many partitions (see [`partition_count_for`]).
    ///
    /// # Panics
    /// There is no partition, or the order of the cases asks for records or sequences of attributes
    /// that cannot tell them.
    #[must_use]
    pub fn new(spec: LogSpec, partition_count: usize) -> Self {
        assert!(partition_count > 0, "a log has at least one partition");
        let can_order = spec
            .case_order
            .as_ref()
            .is_none_or(|rules| rules.fits(|idx| spec.attributes[idx.0].kind));
        assert!(can_order, "records are texts or integers, sequences integers");
        let attribute_count = spec.attributes.len();
        EventLogBuilder {
            spec,
            partitions: (0..partition_count).map(|_| Partition::default()).collect(),
            activity_names: Interner::default(),
            texts: (0..attribute_count).map(|_| Interner::default()).collect(),
            scales: vec![Vec::new(); attribute_count],
            rounded: vec![0; attribute_count],
        }
    }

    /// How many partitions chunks must be split into.
    #[must_use]
    pub fn partition_count(&self) -> usize {
        self.partitions.len()
    }

    /// Appends the next rows in source order.
    pub fn append(&mut self, chunk: EventChunk) {
        let count = self.partition_count();
        self.append_partitioned(chunk.partition(count));
    }

    /// Appends the next rows in source order, already partitioned.
    pub fn append_partitioned(&mut self, chunk: PartitionedChunk) {
        assert_eq!(chunk.parts.len(), self.partitions.len(), "chunk and log agree on partitions");
        assert_eq!(chunk.scales.len(), self.spec.attributes.len(), "chunk has every attribute");
        let activities =
            chunk.activity_names.iter().map(|name| self.activity_names.intern(name)).collect();
        let columns = chunk
            .column_texts
            .iter()
            .zip(&mut self.texts)
            .map(|(texts, interner)| texts.iter().map(|text| interner.intern(text)).collect())
            .collect();
        for (attribute_idx, &scale) in chunk.scales.iter().enumerate() {
            self.scales[attribute_idx].push((scale, chunk.absolute_max[attribute_idx]));
            self.rounded[attribute_idx] += chunk.rounded[attribute_idx];
        }
        let maps = Arc::new(ChunkMaps { activities, columns, scales: chunk.scales });
        for (partition, part) in self.partitions.iter_mut().zip(chunk.parts) {
            partition.push(part, &maps);
        }
    }

    /// Ends collecting: what every partition needs to be built, and the partitions.
    ///
    /// # Errors
    /// There are more different activities than a log can hold.
    pub fn prepare(mut self) -> Result<(LogAssembly, Vec<Partition>), Problem> {
        let names = self.activity_names.texts();
        let mut order: Vec<u32> = (0..u32::try_from(names.len()).expect("below 2^32")).collect();
        order.sort_unstable_by(|&a, &b| names.get(a as usize).cmp(names.get(b as usize)));
        let sorted: Vec<String> =
            order.iter().map(|&idx| names.get(idx as usize).to_owned()).collect();
        let placement = self.placement(&sorted);
        let activities = Activities::new(sorted, &self.spec.auxiliary)?;
        let mut activity_ranks = vec![0; order.len()];
        for (rank, &idx) in order.iter().enumerate() {
            activity_ranks[idx as usize] =
                u16::try_from(rank).expect("Activities::new has checked the count");
        }
        let scales: Vec<u8> = self.scales.iter().map(|seen| common_scale(seen)).collect();
        let plan = GroupingPlan {
            activity_ranks,
            kinds: self.spec.attributes.iter().map(|spec| spec.kind).collect(),
            scales,
            placement,
            pairing: self.pairing(),
            links: std::mem::take(&mut self.spec.links),
        };
        let assembly = LogAssembly {
            spec: self.spec,
            activities,
            texts: self.texts,
            rounded: self.rounded,
            plan: Arc::new(plan),
        };
        Ok((assembly, self.partitions))
    }

    /// Builds the log on the calling thread.
    ///
    /// # Errors
    /// As [`EventLogBuilder::prepare`] and [`LogAssembly::assemble`].
    pub fn finish(self) -> Result<(EventLog, BuildReport), Problem> {
        let (assembly, partitions) = self.prepare()?;
        let plan = assembly.plan();
        let grouped: Vec<Grouped> =
            partitions.into_iter().map(|partition| partition.group(&plan)).collect();
        let levels = assembly.levels(&grouped);
        let segments = grouped.into_iter().map(|grouped| grouped.finish(&levels)).collect();
        assembly.assemble(&levels, segments)
    }

    fn placement(&self, activities: &[String]) -> Option<Placement> {
        let rules = self.spec.case_order.as_ref()?;
        let none = TextColumn::default();
        let texts = rules.record.map_or(&none, |idx| self.texts[idx.0].texts());
        let zone = self.spec.time_zone.zone().clone();
        Some(Placement::new(rules, activities.iter().map(String::as_str), texts, zone))
    }

    fn pairing(&self) -> Option<Pairing> {
        match self.spec.lifecycle {
            LifecycleReading::EveryRow => None,
            LifecycleReading::Pair { transition, instance } => {
                let texts = self.texts[transition.0].texts();
                let codes = |wanted: &str| {
                    (0..texts.len())
                        .filter(|&idx| texts.get(idx).eq_ignore_ascii_case(wanted))
                        .map(|idx| u32::try_from(idx).expect("below 2^32"))
                        .collect()
                };
                Some(Pairing {
                    transition: transition.0,
                    instance: instance.map(|idx| idx.0),
                    starts: codes("start"),
                    completes: codes("complete"),
                })
            }
        }
    }
}

/// The largest scale that occurs and at which the values of every chunk still fit 64 bits.
fn common_scale(seen: &[(u8, u64)]) -> u8 {
    let largest = seen.iter().map(|&(scale, _)| scale).max().unwrap_or(0);
    let fits = |to: u8| {
        seen.iter().all(|&(from, absolute_max)| {
            from >= to
                || i128::from(absolute_max) * 10_i128.pow(u32::from(to - from))
                    <= i128::from(i64::MAX)
        })
    };
    (0..=largest).rev().find(|&to| fits(to)).unwrap_or(0)
}

/// What all partitions share while a log is being built.
#[derive(Debug)]
pub struct LogAssembly {
    spec: LogSpec,
    activities: Activities,
    texts: Vec<Interner>,
    rounded: Vec<u64>,
    plan: Arc<GroupingPlan>,
}

impl LogAssembly {
    /// What [`Partition::group`] needs.
    #[must_use]
    pub fn plan(&self) -> Arc<GroupingPlan> {
        Arc::clone(&self.plan)
    }

    /// The level of every attribute, once all partitions have been grouped.
    #[must_use]
    pub fn levels(&self, grouped: &[Grouped]) -> Vec<AttributeLevel> {
        self.spec
            .attributes
            .iter()
            .enumerate()
            .map(|(idx, attribute)| match attribute.level {
                LevelChoice::Declared(level) => level,
                LevelChoice::Detect if grouped.iter().all(|part| part.is_constant(idx)) => {
                    AttributeLevel::Case
                }
                LevelChoice::Detect => AttributeLevel::Event,
            })
            .collect()
    }

    /// Puts the finished segments together.
    ///
    /// # Errors
    /// A segment holds more events than a position can number.
    pub fn assemble(
        self,
        levels: &[AttributeLevel],
        segments: Vec<crate::partition::FinishedSegment>,
    ) -> Result<(EventLog, BuildReport), Problem> {
        let mut report = BuildReport::default();
        let mut case_conflicts = vec![0; levels.len()];
        let mut kept = Vec::new();
        for finished in segments {
            report.unpaired_starts += finished.pairing.unpaired_starts;
            report.unpaired_completes += finished.pairing.unpaired_completes;
            report.other_transitions += finished.pairing.other_transitions;
            for (idx, count) in finished.rounded.iter().enumerate() {
                report_add(&mut report.rounded, &self.spec.attributes[idx].name, *count);
            }
            for (total, count) in case_conflicts.iter_mut().zip(&finished.case_conflicts) {
                *total += count;
            }
            if finished.segment.case_count() > 0 {
                kept.push(finished.segment);
            }
        }
        for (idx, attribute) in self.spec.attributes.iter().enumerate() {
            report_add(&mut report.rounded, &attribute.name, self.rounded[idx]);
            report_add(&mut report.case_conflicts, &attribute.name, case_conflicts[idx]);
        }
        let mut next = (0, 0);
        let attributes = self
            .spec
            .attributes
            .into_iter()
            .zip(self.texts)
            .zip(levels)
            .zip(&self.plan.scales)
            .map(|(((spec, texts), &level), &scale)| {
                let counter = match level {
                    AttributeLevel::Case => &mut next.0,
                    AttributeLevel::Event => &mut next.1,
                };
                let column_idx = *counter;
                *counter += 1;
                let texts = texts.into_texts().into();
                Attribute {
                    name: spec.name,
                    level,
                    kind: spec.kind,
                    scale,
                    texts,
                    column_idx,
                    computed: false,
                }
            })
            .collect();
        let mut context = LogContext::new(
            self.spec.notion,
            self.activities,
            attributes,
            self.spec.resource,
            self.spec.time_zone,
            self.spec.as_of,
            &kept,
        );
        context.rates = self.spec.rates;
        Ok((EventLog::new(context, kept), report))
    }
}

fn report_add(list: &mut Vec<(String, u64)>, name: &str, count: u64) {
    if count == 0 {
        return;
    }
    match list.iter_mut().find(|(known, _)| known == name) {
        Some((_, total)) => *total += count,
        None => list.push((name.to_owned(), count)),
    }
}

/// The problem of a log that has too many events for one segment.
#[must_use]
pub fn too_many_events(event_count: u64) -> Problem {
    Problem::new(
        ErrorCode::TooManyEvents,
        say!("The log has {event_count} events; more than one segment can number.", event_count),
    )
}
