//! Which ways through the process occur, how often, and how long do they take? (fold)
//!
//! A variant is all cases with the same trace: van der Aalst, "Process Mining: Data Science in
//! Action" (2016), section 2.1. Counts are always exact. While the distinct traces together have at
//! most [`TRACE_EVENTS_MAX`] events, the answer knows the activities of every variant. Above that
//! size a variant is counted by the 128-bit hash of its trace: number of variants, cases, shares
//! and durations stay exact and the id stays the same, but `activities` is `null`, `traces` says
//! `hashed`, and equal counts go by the hash. A filter, or a projection with `activities`, brings
//! the names back.

mod groups;
mod happy_path;

use std::sync::Arc;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::AttributeIdx;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::problem::Problem;
use paydirt_model::variant::id_of;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::case_groups::{group_attribute, group_of};
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::kept_activities::kept_activities;
use crate::statistics::keyed_durations::{DurationWriter, KeyedDurations};
use crate::statistics::left_out::{LeftOut, left_out};
use crate::statistics::page::Page;
use crate::statistics::variant_counts::VariantCounts;
use groups::{Grouped, VariantValues};
use happy_path::{HappyPath, happy_path};

/// Longest distinct traces, in events together, whose activities are kept; above it variants are
/// counted by hash.
pub const TRACE_EVENTS_MAX: usize = 100_000_000;

/// Last row of the list that can be asked for, in variants.
pub const VARIANT_ROW_MAX: usize = 100_000;

const LIMIT_DEFAULT: u64 = 100;

/// The variants of a log.
pub struct Op;

/// Which variants are listed, and what counts as a trace.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// How many variants are listed; `offset` and `limit` together at most 100,000.
    #[serde(default = "limit_default")]
    limit: u64,
    /// How many of the most frequent variants are passed over.
    #[serde(default)]
    offset: u64,
    /// Whether auxiliary activities are part of a trace.
    #[serde(default)]
    auxiliary: bool,
    /// Only these activities: the cases are projected to them, so that cases which differ
    /// elsewhere become one variant. All activities when not given.
    #[serde(default)]
    activities: Option<Vec<String>>,
    /// Name of an attribute of cases with texts or truth values, such as the outcome: each variant
    /// tells how its cases divide among the 8 most frequent values.
    #[serde(default)]
    by: Option<String>,
    /// Whether the happy path is told: the main road of the process, which the map draws straight.
    #[serde(default)]
    happy_path: bool,
    /// Whether the sizes of all variants are told, listed or not.
    #[serde(default)]
    sizes: bool,
}

fn limit_default() -> u64 {
    LIMIT_DEFAULT
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    page: Page,
    is_kept: Vec<bool>,
    keeps_all: bool,
    trace_events_max: usize,
    method: Method,
    by: Option<AttributeIdx>,
    has_happy_path: bool,
    has_sizes: bool,
}

/// What is known of the traces.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Traces {
    /// The activities of every variant.
    Whole,
    /// Only their hashes: the distinct traces are too long to be kept.
    Hashed,
}

/// One variant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Variant {
    /// Its id, equal across filters and versions.
    pub variant: String,
    /// Its activities in order; `null` when traces are hashed. A case may have none that counts.
    #[schema(value_type = Option<Vec<String>>)]
    pub activities: Option<Vec<Arc<str>>>,
    /// Cases with this trace.
    pub cases: u64,
    /// Their share of all cases.
    pub share: Option<Ratio>,
    /// The share of this variant and all before it.
    pub cumulative_share: Option<Ratio>,
    /// Last end − first start of its cases, left-out events included;
    /// whole local days when either end is known to the day only.
    pub duration_s: Option<DurationStatistics>,
    /// Its cases with each of the values told apart, in their order; missing without `by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Vec<u64>>,
}

/// Variants that are equally frequent.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VariantSize {
    /// Cases of each of them.
    pub cases: u64,
    /// How many they are.
    pub variants: u64,
}

/// The variants, most frequent first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// How many variants there are.
    pub total: u64,
    /// Cases looked at.
    pub cases: u64,
    /// Events that are part of a trace.
    pub events: u64,
    /// Cases of the listed variants.
    pub covered_cases: u64,
    /// Their share of all cases; missing without cases.
    pub covered: Option<Ratio>,
    /// What is known of the traces.
    pub traces: Traces,
    /// By cases descending, then activity names one by one (then hash, where they are hashed).
    pub variants: Vec<Variant>,
    /// How many variants have how many cases, the most frequent first: the curve of what variants
    /// cover together; missing unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sizes: Option<Vec<VariantSize>>,
    /// The values among which the cases of each variant divide; missing without `by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<VariantValues>,
    /// The main road of the process; missing unless asked for, without cases, and when traces are
    /// hashed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub happy_path: Option<HappyPath>,
    /// Activities that are not part of a trace, by name.
    pub left_out: Vec<LeftOut>,
    /// How order statistics were computed.
    pub method: Method,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    events: u64,
    left_out: Vec<u64>,
    counts: VariantCounts,
    durations: KeyedDurations,
    grouped: Grouped,
}

impl Partial {
    fn limit(&mut self, log: &LogContext, plan: &Plan) {
        if let Some(numbers) = self.counts.limit(log, plan.trace_events_max) {
            self.durations.renumber(|number| numbers.number_of(number));
            self.grouped.renumber(|number| numbers.number_of(number));
        }
    }
}

impl Operator for Op {
    const NAME: &'static str = "variants";
    const SUMMARY: &'static str =
        "Which ways through the process occur, how often and how long they take.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let by = params.by.as_deref().and_then(|name| group_attribute(log, name).ok());
        by.into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let is_kept = kept_activities(log, params.activities.as_deref(), params.auxiliary)?;
        Ok(Plan {
            page: Page::new(params.offset, params.limit, VARIANT_ROW_MAX)?,
            keeps_all: is_kept.iter().all(|&kept| kept),
            is_kept,
            trace_events_max: TRACE_EVENTS_MAX,
            method: Method::of(log),
            by: params.by.as_deref().map(|name| group_attribute(log, name)).transpose()?,
            has_happy_path: params.happy_path,
            has_sizes: params.sizes,
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        into.left_out.resize(log.activities.count(), 0);
        let segment = batch.segment();
        let mut writer = DurationWriter::new(plan.method, segment, segment.case_count());
        let by = plan.by.map(|idx| segment.column(&log.attributes[idx.0]));
        let mut kept: Vec<ActivityCode> = Vec::new();
        batch.for_each(|case| {
            let mut trace = case.activities();
            if !plan.keeps_all {
                kept.clear();
                for &activity in trace {
                    if plan.is_kept[activity.idx()] {
                        kept.push(activity);
                    } else {
                        into.left_out[activity.idx()] += 1;
                    }
                }
                trace = &kept;
            }
            into.cases += 1;
            into.events += trace.len() as u64;
            let number = into.counts.add(log, trace);
            writer.push(number, case.duration_us(log));
            if let Some(column) = by {
                into.grouped.add(number, group_of(column, case.idx()));
            }
        });
        into.durations.append(writer);
        into.limit(log, plan);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.events += right.events;
        left.left_out.resize(left.left_out.len().max(right.left_out.len()), 0);
        for (left, right) in left.left_out.iter_mut().zip(right.left_out) {
            *left += right;
        }
        let numbers = left.counts.merge(right.counts);
        left.durations.merge(right.durations, |number| numbers.number_of(number));
        left.grouped.merge(right.grouped, |number| numbers.number_of(number));
    }

    fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Result<Output, Problem> {
        partial.limit(log, plan);
        let counts = &partial.counts;
        let first = counts.first(plan.page.end());
        let passed_over = first.iter().take(plan.page.offset());
        let mut cumulative: u64 = passed_over.map(|&number| counts.cases(number)).sum();
        let listed: Vec<u32> = plan.page.of(first).collect();
        let covered_cases: u64 = listed.iter().map(|&number| counts.cases(number)).sum();
        let kinds: Vec<(u32, u64)> =
            listed.iter().map(|&number| (number, counts.cases(number))).collect();
        let durations = partial.durations.statistics(&kinds);
        let names: Vec<Arc<str>> =
            log.activities.names().iter().map(|name| Arc::from(name.as_str())).collect();
        let name = |code: &ActivityCode| Arc::clone(&names[code.idx()]);
        let by = plan.by.map(|idx| partial.grouped.values(&log.attributes[idx.0]));
        let wants_path = plan.has_happy_path.then_some(());
        let happy_path = wants_path.and_then(|()| happy_path(log, counts, partial.cases));
        let variants = listed.iter().zip(durations).map(|(&number, duration_s)| {
            let cases = counts.cases(number);
            cumulative += cases;
            Variant {
                variant: id_of(counts.short_hash(log, number)),
                activities: counts.trace(number).map(|trace| trace.iter().map(name).collect()),
                cases,
                share: Ratio::of(cases, partial.cases),
                cumulative_share: Ratio::of(cumulative, partial.cases),
                duration_s,
                by: by.as_ref().map(|(_, groups)| partial.grouped.of(number, groups)),
            }
        });
        let variants = variants.collect();
        let sizes = || counts.sizes().into_iter();
        let sizes = || sizes().map(|(cases, variants)| VariantSize { cases, variants }).collect();
        Ok(Output {
            total: counts.len() as u64,
            cases: partial.cases,
            events: partial.events,
            covered_cases,
            covered: Ratio::of(covered_cases, partial.cases),
            traces: if counts.is_hashed() { Traces::Hashed } else { Traces::Whole },
            variants,
            sizes: plan.has_sizes.then(sizes),
            by: by.map(|(values, _)| values),
            happy_path,
            left_out: left_out(log, &partial.left_out),
            method: plan.method,
        })
    }
}

#[cfg(test)]
mod tests;
