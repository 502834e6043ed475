//! Which cases may be drawn, and what is counted over all of them? One pass over whole cases.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Plan;
use super::progress::Progress;
use crate::statistics::case_groups::{BLANK_GROUP, group_of};
use crate::statistics::hashed_sample::{HashedRow, HashedSample, SampleLimits};

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    pub(super) cases: u64,
    pub(super) cases_without_events: u64,
    pub(super) movements: u64,
    pub(super) left_out: Vec<u64>,
    /// Cases that start in each stratum.
    pub(super) stratum_cases: Vec<u64>,
    /// Cases of each group.
    pub(super) group_cases: FxHashMap<u32, u64>,
    pub(super) progress: Progress,
    pub(super) sample: HashedSample<Row>,
}

/// A case that may be drawn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) hash: u64,
    pub(super) id: String,
    pub(super) stratum: usize,
    pub(super) group: u32,
    pub(super) is_cut: bool,
    pub(super) activities: Vec<ActivityCode>,
    /// Start of each event; empty where all are at their ends.
    pub(super) starts_us: Vec<i64>,
    pub(super) ends_us: Vec<i64>,
}

impl HashedRow for Row {
    fn hash(&self) -> u64 {
        self.hash
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn points(&self) -> usize {
        self.activities.len()
    }
}

impl Row {
    pub(super) fn movement_count(&self) -> usize {
        self.activities.len() - 1
    }

    pub(super) fn start_us(&self, idx: usize) -> i64 {
        self.starts_us.get(idx).copied().unwrap_or(self.ends_us[idx])
    }
}

/// What may be kept: enough that all is kept if it may all be drawn, and that each stretch of time
/// can give its share of what is drawn.
fn limits(plan: &Plan) -> SampleLimits {
    SampleLimits {
        cases: 2 * plan.case_count_max,
        points: 2 * plan.movement_count_max + plan.case_count_max,
    }
}

/// Looks at some whole cases.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    into.prepare(log.activities.count(), plan);
    let column = plan.by.map(|idx| batch.segment().column(&log.attributes[idx.0]));
    let group = |case: &Case<'_>| column.map_or(BLANK_GROUP, |column| group_of(column, case.idx()));
    let Partial { left_out, stratum_cases, group_cases, progress, sample, .. } = into;
    let mut kept: Vec<u32> = Vec::new();
    let (mut cases, mut empty_cases, mut movements) = (0, 0, 0);
    let count = |case: &Case<'_>| {
        cases += 1;
        let (first, last, events) = if plan.projection.keeps_all() {
            (0, case.event_count() - 1, case.event_count())
        } else {
            plan.projection.events(case, &mut kept, left_out);
            let (Some(&first), Some(&last)) = (kept.first(), kept.last()) else {
                empty_cases += 1;
                return false;
            };
            (first as usize, last as usize, kept.len())
        };
        movements += events as u64 - 1;
        let start_us = case.start_us(first);
        stratum_cases[plan.strata.find(start_us)] += 1;
        if let Some(bins) = &plan.bins {
            progress.add(bins, start_us, case.times_us()[last]);
        }
        if column.is_some() {
            *group_cases.entry(group(case)).or_default() += 1;
        }
        true
    };
    let row = |hash: u64, case: &Case<'_>| row(plan, hash, case, group(case));
    sample.look(limits(plan), plan.seed, batch, count, row);
    into.cases += cases;
    into.cases_without_events += empty_cases;
    into.movements += movements;
}

fn row(plan: &Plan, hash: u64, case: &Case<'_>, group: u32) -> Row {
    let all = 0..case.event_count();
    let mut idxs: Vec<usize> =
        all.filter(|&idx| plan.projection.keeps(case.activities()[idx])).collect();
    let event_count_max = plan.case_movement_count_max + 1;
    let is_cut = event_count_max < idxs.len();
    idxs.truncate(event_count_max);
    let has_starts = idxs.iter().any(|&idx| case.own_start_us(idx).is_some());
    Row {
        hash,
        id: case.id().to_owned(),
        stratum: plan.strata.find(case.start_us(idxs[0])),
        group,
        is_cut,
        activities: idxs.iter().map(|&idx| case.activities()[idx]).collect(),
        starts_us: match has_starts {
            true => idxs.iter().map(|&idx| case.start_us(idx)).collect(),
            false => Vec::new(),
        },
        ends_us: idxs.iter().map(|&idx| case.times_us()[idx]).collect(),
    }
}

impl Partial {
    fn prepare(&mut self, activity_count: usize, plan: &Plan) {
        self.left_out.resize(activity_count, 0);
        self.stratum_cases.resize(plan.strata.count(), 0);
        if let Some(bins) = &plan.bins {
            self.progress.prepare(bins);
        }
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, other: Partial) {
        self.cases += other.cases;
        self.cases_without_events += other.cases_without_events;
        self.movements += other.movements;
        add(&mut self.left_out, &other.left_out);
        add(&mut self.stratum_cases, &other.stratum_cases);
        for (group, cases) in other.group_cases {
            *self.group_cases.entry(group).or_default() += cases;
        }
        self.progress.merge(&other.progress);
        self.sample.merge(other.sample);
    }
}

/// Adds counts place by place.
pub(super) fn add(counts: &mut Vec<u64>, other: &[u64]) {
    counts.resize(counts.len().max(other.len()), 0);
    for (count, theirs) in counts.iter_mut().zip(other) {
        *count += theirs;
    }
}
