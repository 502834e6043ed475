//! Which cases are drawn? Those with the smallest XXH3 hashes of their ids, as far as limits allow.
//!
//! The sample depends neither on the order nor on the partition of the log. It is cut at the first
//! case, in the order of the hashes, that exceeds a limit; a case that is cut in a part of the log
//! is cut in the whole log too, for more cases before it only bring it further beyond.

use std::cmp::Ordering;

use paydirt_model::case_batch::{Case, CaseBatch};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::statistics::best_rows::BestRows;

/// What is kept of a case that may be drawn.
pub(crate) trait HashedRow {
    /// The hash of its id.
    fn hash(&self) -> u64;
    /// Its id.
    fn id(&self) -> &str;
    /// What it counts towards the limit of points.
    fn points(&self) -> usize;
}

/// How many cases are drawn, and how many points they have together.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct SampleLimits {
    pub(crate) cases: usize,
    pub(crate) points: usize,
}

/// The cases with the smallest hashes, in that order.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HashedSample<R> {
    rows: Vec<R>,
    /// The first case beyond the limits: none from here on can come into the sample.
    beyond: Option<(u64, String)>,
    limits: SampleLimits,
}

impl<R> Default for HashedSample<R> {
    fn default() -> Self {
        HashedSample { rows: Vec::new(), beyond: None, limits: SampleLimits::default() }
    }
}

/// A case that may come into the sample, before anything is copied.
struct Candidate<'a> {
    hash: u64,
    case: Case<'a>,
}

fn candidate_order(left: &Candidate<'_>, right: &Candidate<'_>) -> Ordering {
    left.hash.cmp(&right.hash).then_with(|| left.case.id().cmp(right.case.id()))
}

impl<R: HashedRow> HashedSample<R> {
    /// Looks at some whole cases: those that take part may come into the sample.
    pub(crate) fn look<'a>(
        &mut self,
        limits: SampleLimits,
        seed: u64,
        batch: &CaseBatch<'a>,
        mut takes_part: impl FnMut(&Case<'a>) -> bool,
        row: impl Fn(u64, &Case<'a>) -> R,
    ) {
        self.limits = limits;
        let ids = &batch.segment().parts().case_ids;
        let mut candidates = BestRows::default();
        let beyond = self.beyond.as_ref();
        batch.for_each(|case| {
            if !takes_part(&case) {
                return;
            }
            let hash = xxh3_64_with_seed(ids.get_bytes(case.idx()), seed);
            let is_beyond = beyond.is_some_and(|(bound, id)| {
                hash > *bound || hash == *bound && case.id() >= id.as_str()
            });
            if !is_beyond {
                candidates.offer(limits.cases, Candidate { hash, case }, candidate_order);
            }
        });
        let mut points = 0;
        let mut rows = Vec::new();
        for candidate in candidates.into_sorted(limits.cases, candidate_order) {
            // The case that breaks the limit is copied too: it is where the sample ends.
            let row = row(candidate.hash, &candidate.case);
            points += row.points();
            rows.push(row);
            if limits.points < points {
                break;
            }
        }
        self.add(rows);
    }

    /// Adds what another worker saw.
    pub(crate) fn merge(&mut self, other: Self) {
        self.limits.cases = self.limits.cases.max(other.limits.cases);
        self.limits.points = self.limits.points.max(other.limits.points);
        self.end_at(other.beyond);
        self.add(other.rows);
    }

    /// The cases that are drawn, by hash, then id.
    pub(crate) fn into_rows(self) -> Vec<R> {
        self.rows
    }

    /// Takes in more cases and cuts at the limits.
    fn add(&mut self, rows: Vec<R>) {
        self.rows.extend(rows);
        self.rows.sort_unstable_by(row_order);
        let mut points = 0;
        let beyond = self.rows.iter().enumerate().position(|(idx, row)| {
            points += row.points();
            self.limits.cases <= idx || self.limits.points < points
        });
        if let Some(idx) = beyond {
            let row = &self.rows[idx];
            let end = (row.hash(), row.id().to_owned());
            self.end_at(Some(end));
        }
        let beyond = self.beyond.as_ref();
        self.rows.retain(|row| beyond.is_none_or(|end| (row.hash(), row.id()) < (end.0, &end.1)));
    }

    fn end_at(&mut self, end: Option<(u64, String)>) {
        self.beyond = self.beyond.take().into_iter().chain(end).min();
    }
}

/// The order of the sample.
pub(crate) fn row_order<R: HashedRow>(left: &R, right: &R) -> Ordering {
    left.hash().cmp(&right.hash()).then_with(|| left.id().cmp(right.id()))
}
