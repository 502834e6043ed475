//! How do the cases of a log flow, and which is their main road?
//!
//! Activities in the order of the process, links by the number of events, starts and ends by cases.
//! A start or an end of fewer than one case in twenty is not on the road, unless it is the most
//! frequent one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use paydirt_model::activity::ActivityCode;

use super::process_order::{Link, main_road, process_order};

/// A start or end is on the main road from one case in so many on.
const END_SHARE: u64 = 20;

/// How often activities occur, follow each other, begin and end.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// Cases with each activity.
    pub(crate) activities: BTreeMap<ActivityCode, u64>,
    /// How often one directly follows another.
    pub(crate) links: BTreeMap<(ActivityCode, ActivityCode), u64>,
    /// Cases that start with each activity.
    pub(crate) starts: BTreeMap<ActivityCode, u64>,
    /// Cases that end with each activity.
    pub(crate) ends: BTreeMap<ActivityCode, u64>,
}

impl Flow {
    /// The main road through a log of so many cases; empty where nothing leads from a start to an
    /// end.
    pub(crate) fn main_road(&self, cases: u64) -> Vec<ActivityCode> {
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
