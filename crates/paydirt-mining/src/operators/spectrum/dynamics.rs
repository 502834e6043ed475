//! What do occurrences do to one another? They overtake, and they end together.

use std::cmp::Reverse;

use paydirt_model::number::Ratio;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::occurrences::Occurrence;

/// Most batches that are listed.
const BATCH_ROW_MAX: usize = 20;

/// Which occurrences overtake others: start later and end earlier.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Overtaking {
    /// Pairs of which the later to start is the earlier to end; none where first in is first out.
    pub pairs: u64,
    /// Occurrences that overtake at least one other.
    pub overtaking: u64,
    /// Occurrences that at least one other overtakes.
    pub overtaken: u64,
    /// Their share of all occurrences that do not overlap; missing without any.
    pub overtaken_share: Option<Ratio>,
}

/// Occurrences that end together.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpectrumBatch {
    /// How many.
    pub occurrences: u64,
    /// When the first of them starts.
    pub first_start: Option<Timestamp>,
    /// When the last of them starts.
    pub last_start: Option<Timestamp>,
    /// When the first of them ends.
    pub first_end: Option<Timestamp>,
    /// When the last of them ends.
    pub last_end: Option<Timestamp>,
}

/// Which occurrences end in batches.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Batching {
    /// How many batches: longest runs of at least `batch_size` occurrences, each of which ends at
    /// most `batch_gap_s` after the one before, and of which the starts are further apart than the
    /// ends.
    pub batches: u64,
    /// Occurrences in them.
    pub occurrences: u64,
    /// Their share of all occurrences that do not overlap; missing without any.
    pub share: Option<Ratio>,
    /// The 20 largest, by occurrences descending, then by first end.
    pub largest: Vec<SpectrumBatch>,
}

/// Who overtakes whom among occurrences in their order.
pub(super) fn overtaking(all: &[Occurrence]) -> Overtaking {
    let mut overtaking = 0;
    let mut latest_end_us = i64::MIN;
    for group in all.chunk_by(|left, right| left.start_us == right.start_us) {
        let is_ahead = |occurrence: &&Occurrence| occurrence.end_us < latest_end_us;
        overtaking += group.iter().filter(is_ahead).count();
        latest_end_us = group.iter().map(|it| it.end_us).fold(latest_end_us, i64::max);
    }
    let mut overtaken = 0;
    let mut earliest_end_us = i64::MAX;
    let groups: Vec<&[Occurrence]> =
        all.chunk_by(|left, right| left.start_us == right.start_us).collect();
    for group in groups.into_iter().rev() {
        let is_behind = |occurrence: &&Occurrence| earliest_end_us < occurrence.end_us;
        overtaken += group.iter().filter(is_behind).count();
        earliest_end_us = group.iter().map(|it| it.end_us).fold(earliest_end_us, i64::min);
    }
    Overtaking {
        pairs: inversions(all.iter().map(|occurrence| occurrence.end_us).collect()),
        overtaking: overtaking as u64,
        overtaken: overtaken as u64,
        overtaken_share: Ratio::of(overtaken as i128, all.len() as i128),
    }
}

/// How many pairs stand the wrong way round: counted while merging ever longer sorted runs.
fn inversions(mut values: Vec<i64>) -> u64 {
    let mut merged = vec![0; values.len()];
    let mut pairs = 0;
    let mut width = 1;
    while width < values.len() {
        for (runs, into) in values.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            let (left, right) = runs.split_at(width.min(runs.len()));
            pairs += merge(left, right, into);
        }
        std::mem::swap(&mut values, &mut merged);
        width *= 2;
    }
    pairs
}

/// Merges two sorted runs; how many of the left are larger than each of the right.
fn merge(left: &[i64], right: &[i64], into: &mut [i64]) -> u64 {
    let (mut left_idx, mut right_idx, mut pairs) = (0, 0, 0);
    for place in into {
        let takes_right = right_idx < right.len()
            && (left_idx == left.len() || right[right_idx] < left[left_idx]);
        if takes_right {
            *place = right[right_idx];
            right_idx += 1;
            pairs += (left.len() - left_idx) as u64;
        } else {
            *place = left[left_idx];
            left_idx += 1;
        }
    }
    pairs
}

/// Which of some occurrences end in batches of at least `size`, at most `gap_us` after another.
pub(super) fn batching(all: &[Occurrence], size: usize, gap_us: i64) -> Batching {
    let mut by_end: Vec<(i64, i64)> = all.iter().map(|it| (it.end_us, it.start_us)).collect();
    by_end.sort_unstable();
    let mut found: Vec<SpectrumBatch> = Vec::new();
    for run in by_end.chunk_by(|left, right| right.0 - left.0 <= gap_us) {
        let (first_end_us, last_end_us) = (run[0].0, run[run.len() - 1].0);
        let starts = || run.iter().map(|&(_, start_us)| start_us);
        let first_start_us = starts().min().expect("a run is not empty");
        let last_start_us = starts().max().expect("a run is not empty");
        if size <= run.len() && last_end_us - first_end_us < last_start_us - first_start_us {
            found.push(SpectrumBatch {
                occurrences: run.len() as u64,
                first_start: Timestamp::from_us(first_start_us),
                last_start: Timestamp::from_us(last_start_us),
                first_end: Timestamp::from_us(first_end_us),
                last_end: Timestamp::from_us(last_end_us),
            });
        }
    }
    let batches = found.len() as u64;
    let occurrences: u64 = found.iter().map(|batch| batch.occurrences).sum();
    found.sort_by_key(|batch| (Reverse(batch.occurrences), batch.first_end));
    found.truncate(BATCH_ROW_MAX);
    Batching {
        batches,
        occurrences,
        share: Ratio::of(occurrences, all.len() as i128),
        largest: found,
    }
}
