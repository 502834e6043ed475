//! How the rows of one partition become a segment: group by case, order by time, split levels.

use std::sync::Arc;

use crate::activity::ActivityCode;
use crate::attribute::{AttributeLevel, AttributeType};
use crate::column::Column;
use crate::event_chunk::ChunkPart;
use crate::event_log::{CaseLinks, Segment, SegmentParts};
use crate::interner::{Interner, TextColumn};
use crate::log_builder::Links;
use crate::pairing::{Pairing, PairingCounts, fill_from_starts, pair};
use crate::placement::Placement;
use crate::time::Precision;

/// How the numbers of one chunk map to the numbers of the log.
#[derive(Debug)]
pub(crate) struct ChunkMaps {
    pub(crate) activities: Vec<u32>,
    pub(crate) columns: Vec<Vec<u32>>,
    pub(crate) scales: Vec<u8>,
}

/// What every partition needs to know to be grouped.
#[derive(Debug)]
pub struct GroupingPlan {
    pub(crate) activity_ranks: Vec<u16>,
    pub(crate) kinds: Vec<AttributeType>,
    pub(crate) scales: Vec<u8>,
    pub(crate) placement: Option<Placement>,
    pub(crate) pairing: Option<Pairing>,
    pub(crate) links: Links,
}

/// The rows of one partition, chunk by chunk in source order.
#[derive(Debug, Default)]
pub struct Partition {
    parts: Vec<(ChunkPart, Arc<ChunkMaps>)>,
}

/// A partition whose rows are grouped and ordered, all attributes still event by event.
#[derive(Debug)]
pub struct Grouped {
    parts: SegmentParts,
    columns: Vec<Column>,
    constant: Vec<bool>,
    rounded: Vec<u64>,
    pairing: PairingCounts,
}

/// A finished segment and what was noticed on the way.
#[derive(Debug)]
pub struct FinishedSegment {
    pub(crate) segment: Segment,
    pub(crate) rounded: Vec<u64>,
    pub(crate) case_conflicts: Vec<u64>,
    pub(crate) pairing: PairingCounts,
}

impl Partition {
    pub(crate) fn push(&mut self, part: ChunkPart, maps: &Arc<ChunkMaps>) {
        if !part.times_us.is_empty() {
            self.parts.push((part, Arc::clone(maps)));
        }
    }

    /// Groups the rows by case and orders each case by time, ties in source order or, where the log
    /// has ranks, as [`crate::order`] says.
    #[must_use]
    pub fn group(self, plan: &GroupingPlan) -> Grouped {
        let (case_ids, case_of) = self.number_cases();
        let mut rows = self.concatenate(plan);
        let (mut offsets, mut order) = group_rows(case_ids.len(), &case_of);
        match &plan.placement {
            Some(placement) => placement.place(&mut rows, &offsets, &mut order),
            None => sort_by_time(&offsets, &mut order, &rows.times_us),
        }
        let mut starts = None;
        let mut pairing = PairingCounts::default();
        if let Some(codes) = &plan.pairing {
            let paired = pair(codes, &rows, &offsets, &order, plan.placement.is_some());
            fill_from_starts(codes, &mut rows.columns, &paired.joined);
            (offsets, order, pairing) = (paired.offsets, paired.order, paired.counts);
            starts = Some(paired.starts_us);
        }
        let is_in_order = order.iter().enumerate().all(|(idx, &row)| idx == row as usize)
            && order.len() == rows.times_us.len();
        let columns: Vec<Column> = if is_in_order {
            rows.columns
        } else {
            rows.columns.into_iter().map(|column| column.gather(&order)).collect()
        };
        let constant = columns.iter().map(|column| is_constant(column, &offsets)).collect();
        let times_us = pick(rows.times_us, &order, is_in_order);
        let mut starts_us = starts.unwrap_or_else(|| pick(rows.starts_us, &order, is_in_order));
        if starts_us.iter().all(|&start_us| start_us == i64::MIN) {
            starts_us = Vec::new();
        }
        let parts = SegmentParts {
            activities: pick(rows.activities, &order, is_in_order),
            starts_us,
            recorded_us: pick(rows.recorded_us, &order, is_in_order),
            offsets_min: pick(rows.offsets_min, &order, is_in_order),
            precisions: pick(rows.precisions, &order, is_in_order),
            times_us,
            case_ids,
            offsets,
            case_columns: Vec::new(),
            event_columns: Vec::new(),
            links: CaseLinks::default(),
        }
        .without_empty_cases();
        let parts = SegmentParts { links: links_of(&parts.case_ids, &plan.links), ..parts };
        Grouped { parts, columns, constant, rounded: rows.rounded, pairing }
    }

    fn number_cases(&self) -> (TextColumn, Vec<u32>) {
        let mut cases = Interner::default();
        let mut case_of = Vec::with_capacity(self.row_count());
        let mut last: Option<(u64, u32)> = None;
        for (part, _) in &self.parts {
            for (row, &hash) in part.hashes.iter().enumerate() {
                let id = part.case_ids.get_bytes(row);
                let idx = match last {
                    Some((known, idx))
                        if known == hash && cases.texts().get_bytes(idx as usize) == id =>
                    {
                        idx
                    }
                    _ => cases.intern_from(&part.case_ids, row, hash),
                };
                last = Some((hash, idx));
                case_of.push(idx);
            }
        }
        (cases.into_texts(), case_of)
    }

    fn row_count(&self) -> usize {
        self.parts.iter().map(|(part, _)| part.times_us.len()).sum()
    }

    fn concatenate(self, plan: &GroupingPlan) -> Rows {
        let count = self.row_count();
        let any = |has: fn(&ChunkPart) -> bool| self.parts.iter().any(|(part, _)| has(part));
        let has_starts = any(|part| !part.starts_us.is_empty());
        let has_recorded = any(|part| !part.recorded_us.is_empty());
        let has_offsets = any(|part| !part.offsets_min.is_empty());
        let has_precisions = any(|part| !part.precisions.is_empty());
        let mut rows = Rows {
            activities: Vec::with_capacity(count),
            times_us: Vec::with_capacity(count),
            starts_us: Vec::new(),
            recorded_us: Vec::new(),
            offsets_min: Vec::new(),
            precisions: Vec::new(),
            columns: plan.kinds.iter().map(|&kind| Column::new(kind)).collect(),
            rounded: vec![0; plan.kinds.len()],
        };
        for (part, maps) in self.parts {
            let part_len = part.times_us.len();
            rows.activities.extend(part.activities.iter().map(|&code| {
                let known = maps.activities[code as usize];
                ActivityCode::new(plan.activity_ranks[known as usize])
            }));
            let fill = |target: &mut Vec<i64>, source: &[i64], usual: &dyn Fn(usize) -> i64| {
                if source.is_empty() {
                    target.extend((0..part_len).map(usual));
                } else {
                    target.extend_from_slice(source);
                }
            };
            if has_starts {
                fill(&mut rows.starts_us, &part.starts_us, &|_| i64::MIN);
            }
            if has_recorded {
                fill(&mut rows.recorded_us, &part.recorded_us, &|idx| part.times_us[idx]);
            }
            if has_offsets {
                fill_with(&mut rows.offsets_min, &part.offsets_min, part_len, 0);
            }
            if has_precisions {
                let usual = Precision::Instant;
                fill_with(&mut rows.precisions, &part.precisions, part_len, usual);
            }
            rows.times_us.extend_from_slice(&part.times_us);
            for (idx, column) in part.columns.iter().enumerate() {
                let scales = (maps.scales[idx], plan.scales[idx]);
                rows.rounded[idx] += rows.columns[idx].append(column, &maps.columns[idx], scales);
            }
        }
        rows
    }
}

/// The links of these cases; nothing at all where the log has none.
fn links_of(case_ids: &TextColumn, links: &Links) -> CaseLinks {
    let mut found = CaseLinks::default();
    if links.is_empty() {
        return found;
    }
    for case_id in case_ids.iter() {
        for (linked, share) in links.get(case_id).into_iter().flatten() {
            found.case_ids.push(linked);
            found.shares.push(*share);
        }
        let end = u32::try_from(found.shares.len());
        found.ends.push(end.expect("fewer than 2^32 links in one segment"));
    }
    found
}

/// All rows of a partition in source order, with the numbers of the log.
pub(crate) struct Rows {
    pub(crate) activities: Vec<ActivityCode>,
    pub(crate) times_us: Vec<i64>,
    starts_us: Vec<i64>,
    pub(crate) recorded_us: Vec<i64>,
    offsets_min: Vec<i16>,
    pub(crate) precisions: Vec<Precision>,
    pub(crate) columns: Vec<Column>,
    rounded: Vec<u64>,
}

fn fill_with<T: Copy>(target: &mut Vec<T>, source: &[T], count: usize, usual: T) {
    if source.is_empty() {
        target.resize(target.len() + count, usual);
    } else {
        target.extend_from_slice(source);
    }
}

fn pick<T: Copy>(values: Vec<T>, order: &[u32], is_in_order: bool) -> Vec<T> {
    if values.is_empty() || is_in_order {
        return values;
    }
    order.iter().map(|&row| values[row as usize]).collect()
}

/// Counting sort by case: where each case begins, and its rows in source order.
fn group_rows(case_count: usize, case_of: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0_u32; case_count + 1];
    for &case in case_of {
        offsets[case as usize + 1] += 1;
    }
    for case in 0..case_count {
        offsets[case + 1] += offsets[case];
    }
    let mut next = offsets.clone();
    let mut order = vec![0_u32; case_of.len()];
    for (row, &case) in case_of.iter().enumerate() {
        let position = &mut next[case as usize];
        order[*position as usize] = u32::try_from(row).expect("a partition is below 2^32 rows");
        *position += 1;
    }
    (offsets, order)
}

/// A stable sort by time within each case that needs one.
fn sort_by_time(offsets: &[u32], order: &mut [u32], times_us: &[i64]) {
    for bounds in offsets.windows(2) {
        let rows = &mut order[bounds[0] as usize..bounds[1] as usize];
        if !rows.is_sorted_by_key(|&row| times_us[row as usize]) {
            rows.sort_by_key(|&row| times_us[row as usize]);
        }
    }
}

fn is_constant(column: &Column, offsets: &[u32]) -> bool {
    offsets.windows(2).all(|bounds| {
        let (start, end) = (bounds[0] as usize, bounds[1] as usize);
        (start + 1..end).all(|row| column.same(start, row))
    })
}

impl Grouped {
    /// Whether every case of this partition has one value of this attribute in all its rows.
    #[must_use]
    pub fn is_constant(&self, attribute_idx: usize) -> bool {
        self.constant[attribute_idx]
    }

    /// Splits the attributes into case and event columns.
    #[must_use]
    pub fn finish(self, levels: &[AttributeLevel]) -> FinishedSegment {
        let mut parts = self.parts;
        let mut case_conflicts = vec![0; levels.len()];
        for (idx, column) in self.columns.into_iter().enumerate() {
            match levels[idx] {
                AttributeLevel::Event => parts.event_columns.push(column.into()),
                AttributeLevel::Case => {
                    let rows = latest_values(&column, &parts.offsets, self.constant[idx]);
                    case_conflicts[idx] = rows.conflicts;
                    parts.case_columns.push(column.gather(&rows.rows).into());
                }
            }
        }
        FinishedSegment {
            segment: Segment::new(parts),
            rounded: self.rounded,
            case_conflicts,
            pairing: self.pairing,
        }
    }
}

struct LatestRows {
    rows: Vec<u32>,
    conflicts: u64,
}

/// The row of each case with its latest non-blank value, and how many cases hold different ones.
fn latest_values(column: &Column, offsets: &[u32], is_constant: bool) -> LatestRows {
    let mut conflicts = 0;
    let rows = offsets
        .windows(2)
        .map(|bounds| {
            if is_constant {
                return bounds[0];
            }
            let mut latest: Option<u32> = None;
            let mut differs = false;
            for row in bounds[0]..bounds[1] {
                if column.is_blank(row as usize) {
                    continue;
                }
                differs |= latest.is_some_and(|known| !column.same(known as usize, row as usize));
                latest = Some(row);
            }
            conflicts += u64::from(differs);
            latest.unwrap_or(bounds[0])
        })
        .collect();
    LatestRows { rows, conflicts }
}
