//! What is the happy path: the main road from start to end, and is it a variant?
//!
//! It is drawn straight on the map, of which it is the main road: activities in the order of the
//! process, links by the number of events, starts and ends by cases. A start or an end of fewer
//! than one case in twenty is not on it, unless it is the most frequent one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::process_order::{Link, main_road, process_order};
use crate::statistics::variant_counts::VariantCounts;
use crate::statistics::variant_id::id_of;

/// A start or end is on the main road from one case in so many on.
const END_SHARE: u64 = 20;

/// The main road through the process.
#[derive(Debug, Serialize, ToSchema)]
pub struct HappyPath {
    /// Its activities in order.
    #[schema(value_type = Vec<String>)]
    pub activities: Vec<Arc<str>>,
    /// Cases that follow exactly this path.
    pub cases: u64,
    /// Their share of all cases.
    pub share: Option<Ratio>,
    /// The id of its variant; missing where no case follows exactly this path.
    pub variant: Option<String>,
    /// Its rank among the variants, from 1; missing where no case follows it.
    pub rank: Option<u64>,
}

/// The happy path of some variants; `None` without cases, or where their traces are not known.
pub(super) fn happy_path(
    log: &LogContext,
    counts: &VariantCounts,
    cases: u64,
) -> Option<HappyPath> {
    let road = Flow::of(counts)?.main_road(cases);
    if road.is_empty() {
        return None;
    }
    let ranked = (1_u64..).zip(counts.first(counts.len()));
    let found = ranked.into_iter().find(|&(_, number)| counts.trace(number) == Some(&road));
    let followed = found.map_or(0, |(_, number)| counts.cases(number));
    Some(HappyPath {
        activities: road.iter().map(|&code| Arc::from(log.activities.name(code))).collect(),
        cases: followed,
        share: Ratio::of(followed, cases),
        variant: found.map(|(_, number)| id_of(counts.short_hash(log, number))),
        rank: found.map(|(rank, _)| rank),
    })
}

/// How often activities occur, follow each other, begin and end.
#[derive(Default)]
struct Flow {
    activities: BTreeMap<ActivityCode, u64>,
    links: BTreeMap<(ActivityCode, ActivityCode), u64>,
    starts: BTreeMap<ActivityCode, u64>,
    ends: BTreeMap<ActivityCode, u64>,
}

impl Flow {
    fn of(counts: &VariantCounts) -> Option<Self> {
        let mut flow = Flow::default();
        for number in counts.first(counts.len()) {
            let (trace, cases) = (counts.trace(number)?, counts.cases(number));
            let (Some(first), Some(last)) = (trace.first(), trace.last()) else { continue };
            *flow.starts.entry(*first).or_default() += cases;
            *flow.ends.entry(*last).or_default() += cases;
            let mut once = trace.to_vec();
            once.sort_unstable();
            once.dedup();
            for code in once {
                *flow.activities.entry(code).or_default() += cases;
            }
            for pair in trace.windows(2) {
                *flow.links.entry((pair[0], pair[1])).or_default() += cases;
            }
        }
        Some(flow)
    }

    fn main_road(&self, cases: u64) -> Vec<ActivityCode> {
        let by_count = |counts: &BTreeMap<ActivityCode, u64>| {
            let mut sorted: Vec<(ActivityCode, u64)> =
                counts.iter().map(|(&code, &count)| (code, count)).collect();
            sorted.sort_by_key(|&(code, count)| (Reverse(count), code));
            sorted
        };
        let nodes: Vec<ActivityCode> =
            by_count(&self.activities).into_iter().map(|(code, _)| code).collect();
        let numbers: BTreeMap<ActivityCode, usize> =
            nodes.iter().enumerate().map(|(number, &code)| (code, number)).collect();
        let mut links: Vec<Link> = self
            .links
            .iter()
            .map(|((from, to), &weight)| Link { from: numbers[from], to: numbers[to], weight })
            .collect();
        links.sort_by_key(|link| Reverse(link.weight));
        let terminals = |counts: &BTreeMap<ActivityCode, u64>| -> Vec<(usize, u64)> {
            let sorted = by_count(counts).into_iter().enumerate();
            let kept = sorted.filter(|&(rank, (_, count))| rank == 0 || cases <= END_SHARE * count);
            kept.map(|(_, (code, count))| (numbers[&code], count)).collect()
        };
        let (starts, ends) = (terminals(&self.starts), terminals(&self.ends));
        let order = process_order(nodes.len(), &links);
        main_road(&order, &links, &starts, &ends).into_iter().map(|number| nodes[number]).collect()
    }
}
