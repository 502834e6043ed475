//! How the rows of one partition become a segment: group by case, order by time, split levels.

use std::sync::Arc;

use crate::activity::ActivityCode;
use crate::attribute::{AttributeLevel, AttributeType};
use crate::column::Column;
use crate::event_chunk::ChunkPart;
use crate::event_log::{CaseLinks, Segment, SegmentParts};
use crate::interner::{Interner, TextColumn};
use crate::log_builder::Links;
use crate::time::Precision;

/// How the numbers of one chunk map to the numbers of the log.
#[derive(Debug)]
pub(crate) struct ChunkMaps {
    pub(crate) activities: Vec<u32>,
    pub(crate) columns: Vec<Vec<u32>>,
    pub(crate) scales: Vec<u8>,
}

/// Which lifecycle codes mean start and complete, and where they are.
#[derive(Debug)]
pub(crate) struct Pairing {
    pub(crate) transition: usize,
    pub(crate) instance: Option<usize>,
    pub(crate) starts: Vec<u32>,
    pub(crate) completes: Vec<u32>,
}

/// What every partition needs to know to be grouped.
#[derive(Debug)]
pub struct GroupingPlan {
    pub(crate) activity_ranks: Vec<u16>,
    pub(crate) kinds: Vec<AttributeType>,
    pub(crate) scales: Vec<u8>,
    pub(crate) pairing: Option<Pairing>,
    pub(crate) links: Links,
}

/// What pairing starts with completes noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PairingCounts {
    pub(crate) unpaired_starts: u64,
    pub(crate) unpaired_completes: u64,
    pub(crate) other_transitions: u64,
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

    /// Groups the rows by case and orders each case by time, ties in source order.
    #[must_use]
    pub fn group(self, plan: &GroupingPlan) -> Grouped {
        let (case_ids, case_of) = self.number_cases();
        let rows = self.concatenate(plan);
        let (mut offsets, mut order) = order_rows(case_ids.len(), &case_of, &rows.times_us);
        let mut starts = None;
        let mut pairing = PairingCounts::default();
        if let Some(codes) = &plan.pairing {
            let paired = crate::partition::pair(codes, &rows, &offsets, &order);
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
                let id = part.case_ids.get(row);
                let idx = match last {
                    Some((known, idx))
                        if known == hash && cases.texts().get(idx as usize) == id =>
                    {
                        idx
                    }
                    _ => cases.intern_hashed(id, hash),
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
struct Rows {
    activities: Vec<ActivityCode>,
    times_us: Vec<i64>,
    starts_us: Vec<i64>,
    recorded_us: Vec<i64>,
    offsets_min: Vec<i16>,
    precisions: Vec<Precision>,
    columns: Vec<Column>,
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

/// Counting sort by case, then a stable sort by time within each case that needs one.
fn order_rows(case_count: usize, case_of: &[u32], times_us: &[i64]) -> (Vec<u32>, Vec<u32>) {
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
    for bounds in offsets.windows(2) {
        let rows = &mut order[bounds[0] as usize..bounds[1] as usize];
        if !rows.is_sorted_by_key(|&row| times_us[row as usize]) {
            rows.sort_by_key(|&row| times_us[row as usize]);
        }
    }
    (offsets, order)
}

fn is_constant(column: &Column, offsets: &[u32]) -> bool {
    offsets.windows(2).all(|bounds| {
        let (start, end) = (bounds[0] as usize, bounds[1] as usize);
        (start + 1..end).all(|row| column.same(start, row))
    })
}

struct Paired {
    offsets: Vec<u32>,
    order: Vec<u32>,
    starts_us: Vec<i64>,
    counts: PairingCounts,
}

/// Joins each complete with the oldest open start of the same activity and instance of its case.
fn pair(codes: &Pairing, rows: &Rows, offsets: &[u32], order: &[u32]) -> Paired {
    let transition = &rows.columns[codes.transition];
    let instance = codes.instance.map(|idx| &rows.columns[idx]);
    let key =
        |row: usize| (rows.activities[row], instance.and_then(|column| column.text_code(row)));
    let mut paired = Paired {
        offsets: vec![0],
        order: Vec::with_capacity(order.len()),
        starts_us: Vec::with_capacity(order.len()),
        counts: PairingCounts::default(),
    };
    for bounds in offsets.windows(2) {
        let mut open: Vec<u32> = Vec::new();
        let mut kept: Vec<(u32, i64)> = Vec::new();
        for &row in &order[bounds[0] as usize..bounds[1] as usize] {
            let code = transition.text_code(row as usize);
            if code.is_some_and(|code| codes.starts.contains(&code)) {
                open.push(row);
            } else if code.is_none_or(|code| codes.completes.contains(&code)) {
                let wanted = key(row as usize);
                match open.iter().position(|&start| key(start as usize) == wanted) {
                    Some(position) => {
                        let start = open.remove(position);
                        kept.push((row, rows.times_us[start as usize]));
                    }
                    None => {
                        paired.counts.unpaired_completes += 1;
                        kept.push((row, i64::MIN));
                    }
                }
            } else {
                paired.counts.other_transitions += 1;
            }
        }
        for row in open {
            // How long it took is not known: an event without a start of its own.
            paired.counts.unpaired_starts += 1;
            kept.push((row, i64::MIN));
        }
        kept.sort_by_key(|&(row, _)| rows.times_us[row as usize]);
        paired.order.extend(kept.iter().map(|&(row, _)| row));
        paired.starts_us.extend(kept.iter().map(|&(_, start_us)| start_us));
        paired.offsets.push(u32::try_from(paired.order.len()).expect("fewer rows than before"));
    }
    paired
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
