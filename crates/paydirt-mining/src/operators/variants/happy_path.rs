//! What is the happy path: the main road from start to end, and is it a variant?
//!
//! It is drawn straight on the map, of which it is the main road.

use std::sync::Arc;

use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::variant::id_of;
use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::flow::Flow;
use crate::statistics::variant_counts::VariantCounts;

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
    let road = flow_of(counts)?.main_road(cases);
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

/// How often activities occur, follow each other, begin and end; `None` where traces are not known.
fn flow_of(counts: &VariantCounts) -> Option<Flow> {
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
