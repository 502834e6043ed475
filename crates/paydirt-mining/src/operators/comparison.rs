//! How do two groups of cases differ: in their figures, their activities and their paths? (fold)
//!
//! Both groups are mapped as by `map` and counted as by `summary`; what is here is the union of the
//! two maps and the differences, always A − B. Comparing process variants on one graph: Bolt, de
//! Leoni and van der Aalst, "A visual approach to spot statistically-significant differences in
//! event logs based on process metrics" (2016), section 3, here without any test of significance:
//! what rests on few cases is shown and not ranked.

pub mod across;
mod join;
mod parts;
mod union;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Decimal, Duration, Ratio};
use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::operators::{map, summary};
use crate::reads::Reads;
use crate::statistics::case_selection::CaseSelection;
use crate::statistics::duration_bag::{DurationStatistics, Method};

/// The comparison of two groups of cases.
pub struct Op;

/// Which cases are compared, and on which activities.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Filters of cases: side A is the cases that all of them keep; every case without any.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    a: Vec<Value>,
    /// Filters of cases: side B is the cases that all of them keep. The cases that are not in A
    /// when not given. A case may be on both sides.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Object>>)]
    b: Option<Vec<Value>>,
    /// Another version of a stored log, such as `4@2`: side B is of its cases, those of `b` or all;
    /// side A of the cases of the request's version. The filters of the request hold for both.
    #[serde(default)]
    b_version: Option<String>,
    /// Only these activities: the cases are projected to them, so that what was between two of
    /// them is skipped. All activities when not given.
    #[serde(default)]
    activities: Option<Vec<String>>,
    /// Whether auxiliary activities are on the map.
    #[serde(default)]
    auxiliary: bool,
    /// Activities that are always shown (`shown_from` 0). Names that do not occur are ignored.
    #[serde(default)]
    keep: Vec<String>,
    /// What happens in fewer cases is not ranked, and nothing is where one side has fewer.
    #[serde(default = "few_cases_default")]
    few_cases: u64,
}

fn few_cases_default() -> u64 {
    30
}

/// The parameters, looked up.
pub struct Plan {
    a: CaseSelection,
    /// The rest when missing.
    b: Option<CaseSelection>,
    map: map::Plan,
    keep: Vec<String>,
    few_cases: u64,
}

/// One side as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedSide {
    /// Cases.
    pub cases: u64,
    /// Cases looked at for this side; only where the sides are of two versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// Cases of which every event is left out of the map.
    pub cases_without_events: u64,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Events ÷ cases; missing without cases.
    pub events_per_case: Option<Decimal>,
    /// Different activities that occur, auxiliary ones included.
    pub activities: u64,
    /// Different traces, auxiliary activities left out.
    pub variants: u64,
    /// Start of the first event.
    pub first_event_at: Option<Timestamp>,
    /// End of the last event.
    pub last_event_at: Option<Timestamp>,
    /// Last end − first start of each case, as in the question `summary`.
    pub case_duration_s: Option<DurationStatistics>,
    /// Whether it has too few cases to rank anything.
    pub few: bool,
}

/// Statistics of durations of A minus those of B, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct DurationDifference {
    /// Of the means.
    pub mean: Duration,
    /// Of the medians.
    pub median: Duration,
    /// Of the 90th percentiles.
    pub p90: Duration,
}

/// The figures of A as a whole minus those of B.
#[derive(Debug, Serialize, ToSchema)]
pub struct SideDifference {
    /// Cases.
    pub cases: i64,
    /// Events.
    pub events: i64,
    /// Events of a case; missing when one side has no case.
    pub events_per_case: Option<Decimal>,
    /// Different activities.
    pub activities: i64,
    /// Different traces.
    pub variants: i64,
    /// Durations of cases; missing when one side has no case.
    pub case_duration_s: Option<DurationDifference>,
}

/// An activity or a path on one side.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct SideFigures {
    /// Events; of a path how often it is taken.
    pub events: u64,
    /// Cases with at least one of them.
    pub cases: u64,
    /// Share of the cases of this side; missing when it has none.
    pub share: Option<Ratio>,
    /// Of an activity the time of its instances, missing without start times; of a path the time
    /// from the end of the earlier to the start of the later activity.
    pub duration_s: Option<DurationStatistics>,
    /// Of an activity the time to what follows it on the map; missing when nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_s: Option<DurationStatistics>,
}

/// What an activity or a path has more on side A than on side B.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct ItemDifference {
    /// Share of the cases of A − share of those of B: 0.05 is five points; missing when one side
    /// has no case.
    pub share: Option<Ratio>,
    /// Whether the shares rest on few cases, so that they are not ranked.
    pub few: bool,
    /// Of `duration_s`; missing when one side has none.
    pub duration_s: Option<DurationDifference>,
    /// Of `wait_s`; missing when one side has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_s: Option<DurationDifference>,
    /// Whether the times of one side rest on few cases, so that they are not ranked.
    pub few_times: bool,
}

/// One activity on both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedActivity {
    /// Name.
    pub activity: String,
    /// On side A.
    pub a: SideFigures,
    /// On side B.
    pub b: SideFigures,
    /// A − B.
    pub difference: ItemDifference,
    /// Its events for each case of A and those for each case of B, added: its weight on the map
    /// of both, where the sides count alike however many cases they have.
    pub strength: Decimal,
    /// Slider value (0 to 100) from which it is shown.
    pub shown_from: u8,
    /// Whether it is shown at first.
    pub shown: bool,
}

/// One path on both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedPath {
    /// The earlier activity.
    pub from: String,
    /// The later activity.
    pub to: String,
    /// On side A.
    pub a: SideFigures,
    /// On side B.
    pub b: SideFigures,
    /// A − B.
    pub difference: ItemDifference,
    /// How often it is taken for each case of A and for each case of B, added: its weight on the
    /// map of both, where the sides count alike however many cases they have.
    pub strength: Decimal,
    /// Slider value (0 to 100, share of the strength explained) from which it is shown.
    pub shown_from: u8,
    /// Whether it is shown at first.
    pub shown: bool,
}

/// Cases that start or end with an activity, on both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedEnd {
    /// Name.
    pub activity: String,
    /// On side A.
    pub a: EndFigures,
    /// On side B.
    pub b: EndFigures,
    /// Share of A − share of B; missing when one side has no case.
    pub share_difference: Option<Ratio>,
    /// Whether the shares rest on few cases, so that they are not ranked.
    pub few: bool,
}

/// Cases of one side that start or end with an activity.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct EndFigures {
    /// Cases.
    pub cases: u64,
    /// Share of the cases of this side; missing when it has none.
    pub share: Option<Ratio>,
}

/// Events of an activity that is not on the map.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedLeftOut {
    /// Name.
    pub activity: String,
    /// Its events on side A.
    pub a: u64,
    /// Its events on side B.
    pub b: u64,
    /// Whether it is left out as an auxiliary activity.
    pub auxiliary: bool,
}

/// The comparison.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at, whether they are on a side or not.
    pub cases: u64,
    /// Cases that are on both sides; a case that is in two versions is two.
    pub shared: u64,
    /// Cases that are on neither side.
    pub neither: u64,
    /// Side A.
    pub a: ComparedSide,
    /// Side B.
    pub b: ComparedSide,
    /// A − B.
    pub difference: SideDifference,
    /// Cases below which nothing is ranked.
    pub few_cases: u64,
    /// Whether both sides have enough cases to rank at all.
    pub ranked: bool,
    /// The activities of both maps: those that are ranked by the difference of their shares without
    /// its sign, falling, then the others by the cases of both sides, falling; then by name.
    pub activities: Vec<ComparedActivity>,
    /// The paths of both maps, in the same order.
    pub paths: Vec<ComparedPath>,
    /// First activities, in the same order.
    pub starts: Vec<ComparedEnd>,
    /// Last activities, in the same order.
    pub ends: Vec<ComparedEnd>,
    /// Activities that are not on the map, by name.
    pub left_out: Vec<ComparedLeftOut>,
    /// How order statistics were computed.
    pub method: Method,
}

/// What is seen of one side.
#[derive(Debug, Default, Serialize, Deserialize)]
struct SideSeen {
    map: <map::Op as Operator>::Partial,
    whole: summary::Partial,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    shared: u64,
    neither: u64,
    a: SideSeen,
    b: SideSeen,
}

impl SideSeen {
    fn observe(&mut self, log: &LogContext, plan: &map::Plan, batch: &CaseBatch<'_>) {
        map::Op::observe(log, plan, batch, &mut self.map);
        summary::Op::observe(log, &(), batch, &mut self.whole);
    }

    fn merge(&mut self, right: SideSeen) {
        map::Op::merge(&mut self.map, right.map);
        summary::Op::merge(&mut self.whole, right.whole);
    }
}

impl Operator for Op {
    const NAME: &'static str = "comparison";
    const SUMMARY: &'static str =
        "How two groups of cases differ in figures, activities and paths, on one map of both.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let b = params.b.as_deref().unwrap_or_default();
        CaseSelection::reads(log, &params.a).and(CaseSelection::reads(log, b))
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        if params.b_version.is_some() {
            return Err(across::only_stored());
        }
        let b = params.b.as_deref().map(|filters| CaseSelection::plan(log, filters, "b"));
        let map = map::Params::with_waits(params.activities, params.auxiliary);
        Ok(Plan {
            a: CaseSelection::plan(log, &params.a, "a")?,
            b: b.transpose()?,
            map: map::Op::plan(log, map)?,
            keep: params.keep,
            few_cases: params.few_cases,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let in_a = plan.a.mask(log, batch);
        let mut in_b = match &plan.b {
            Some(selection) => selection.mask(log, batch),
            None => in_a.clone(),
        };
        if plan.b.is_none() {
            in_b.invert();
        }
        let (a, b) = (batch.part(&in_a), batch.part(&in_b));
        let (of_a, of_b) = (a.batch(), b.batch());
        let mut in_both = in_a;
        in_both.intersect(&in_b);
        let shared = in_both.count();
        into.cases += batch.case_count();
        into.shared += shared;
        into.neither += batch.case_count() + shared - of_a.case_count() - of_b.case_count();
        into.a.observe(log, &plan.map, &of_a);
        into.b.observe(log, &plan.map, &of_b);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.shared += right.shared;
        left.neither += right.neither;
        left.a.merge(right.a);
        left.b.merge(right.b);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        join::finish(log, plan, partial)
    }
}

#[cfg(test)]
mod tests;
