//! Which ways through the process occur, how often, and how long do they take? (fold)
//!
//! A variant is all cases with the same trace: van der Aalst, "Process Mining: Data Science in
//! Action" (2016), section 2.1. Counts are always exact. While the distinct traces together have at
//! most [`TRACE_EVENTS_MAX`] events, the answer knows the activities of every variant. Above that
//! size a variant is counted by the 128-bit hash of its trace: number of variants, cases, shares
//! and durations stay exact and the id stays the same, but `activities` is `null`, `traces` says
//! `hashed`, and equal counts go by the hash. A filter, or a projection with `activities`, brings
//! the names back.

use std::sync::Arc;

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::kept_activities::kept_activities;
use crate::statistics::keyed_durations::{DurationWriter, KeyedDurations};
use crate::statistics::left_out::{LeftOut, left_out};
use crate::statistics::page::Page;
use crate::statistics::variant_counts::VariantCounts;
use crate::statistics::variant_id::id_of;

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
}

impl Partial {
    fn limit(&mut self, log: &LogContext, plan: &Plan) {
        if let Some(numbers) = self.counts.limit(log, plan.trace_events_max) {
            self.durations.renumber(|number| numbers.number_of(number));
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

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let is_kept = kept_activities(log, params.activities.as_deref(), params.auxiliary)?;
        Ok(Plan {
            page: Page::new(params.offset, params.limit, VARIANT_ROW_MAX)?,
            keeps_all: is_kept.iter().all(|&kept| kept),
            is_kept,
            trace_events_max: TRACE_EVENTS_MAX,
            method: Method::of(log),
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        into.left_out.resize(log.activities.count(), 0);
        let segment = batch.segment();
        let mut writer = DurationWriter::new(plan.method, segment, segment.case_count());
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
            }
        });
        let variants = variants.collect();
        Ok(Output {
            total: counts.len() as u64,
            cases: partial.cases,
            events: partial.events,
            covered_cases,
            covered: Ratio::of(covered_cases, partial.cases),
            traces: if counts.is_hashed() { Traces::Hashed } else { Traces::Whole },
            variants,
            left_out: left_out(log, &partial.left_out),
            method: plan.method,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ask, ask_list, ask_log, with_auxiliary};
    use expect_test::expect;
    use paydirt_model::log_builder::LogSpec;
    use paydirt_model::text_log;
    use serde_json::Value;

    /// Activities, cases, share and cumulative share of each listed variant.
    fn list(log: &str, params: &str) -> Vec<String> {
        let answer: Value = serde_json::from_str(&ask(log, "variants", params)).unwrap();
        let variants = answer["variants"].as_array().unwrap();
        variants
            .iter()
            .map(|variant| {
                let field = |name: &str| variant[name].to_string();
                let numbers = ["cases", "share", "cumulative_share"].map(field).join(" ");
                format!("{} {numbers}", variant["activities"])
            })
            .collect()
    }

    #[test]
    fn variants_come_by_cases_then_by_names_one_by_one() {
        // 6 cases; a b and b have one case each; "a" < "a b" < "b".
        let log = "b\na b\na ×2\na c ×2";
        assert_eq!(
            list(log, "{}"),
            [
                r#"["a"] 2 0.333333 0.333333"#,
                r#"["a","c"] 2 0.333333 0.666667"#,
                r#"["a","b"] 1 0.166667 0.833333"#,
                r#"["b"] 1 0.166667 1"#,
            ]
        );
        assert_eq!(
            list(log, r#"{"offset":1,"limit":2}"#),
            [r#"["a","c"] 2 0.333333 0.666667"#, r#"["a","b"] 1 0.166667 0.833333"#]
        );
    }

    #[test]
    fn durations_are_those_of_the_cases_of_the_variant() {
        // 1 h and 3 h: mean and median 2 h, p90 at 1 + 0.9 → 2.8 h = 10,080 s. Ids: see cases.rs.
        let variants = ask_list("a b\na b@3h\nb", "variants", "{}", "/variants");
        let wanted = r#""duration_s":{"min":3600,"mean":7200,"median":7200,"p90":10080,"max":10800,"total":14400}"#;
        assert!(variants[0].contains(wanted), "{}", variants[0]);
        assert!(variants[1].contains(r#""duration_s":{"min":0,"mean":0"#), "{}", variants[1]);
    }

    #[test]
    fn an_empty_log_has_no_variant() {
        expect![[r#"{"total":0,"cases":0,"events":0,"covered_cases":0,"covered":null,"traces":"whole","variants":[],"left_out":[],"method":"exact"}"#]]
        .assert_eq(&ask("", "variants", "{}"));
    }

    #[test]
    fn auxiliary_activities_are_left_out_unless_asked_for() {
        let log = with_auxiliary("a n b\na b\nn n", &["n"]);
        let answer = ask_log(&log, "variants", "{}");
        assert!(answer.starts_with(r#"{"total":2,"cases":3,"events":4,"#), "{answer}");
        assert!(answer.contains(r#""activities":[],"cases":1"#), "{answer}");
        assert!(
            answer.contains(r#""left_out":[{"activity":"n","events":3,"auxiliary":true}]"#),
            "{answer}"
        );
        let answer = ask_log(&log, "variants", r#"{"auxiliary":true}"#);
        assert!(answer.starts_with(r#"{"total":3,"cases":3,"events":7,"#), "{answer}");
        assert!(answer.contains(r#""left_out":[]"#), "{answer}");
    }

    #[test]
    fn a_projection_joins_variants() {
        let log = "見積 x 受注\n見積 受注\n受注";
        assert_eq!(
            list(log, r#"{"activities":["受注","見積"]}"#),
            [r#"["見積","受注"] 2 0.666667 0.666667"#, r#"["受注"] 1 0.333333 1"#]
        );
        let refused = ask(log, "variants", r#"{"activities":["y"]}"#);
        assert!(refused.contains("no activity \"y\""), "{refused}");
    }

    #[test]
    fn a_list_that_is_too_long_is_refused_with_the_limit() {
        let refused = ask("a", "variants", r#"{"limit":100001}"#);
        assert!(refused.contains("at most 100,000"), "{refused}");
        assert!(ask("a", "variants", r#"{"limit":0}"#).contains(r#""total":1"#));
    }

    #[test]
    fn above_the_limit_variants_are_counted_by_hash() {
        // Distinct traces: a b, b, c → 4 events.
        let log = text_log::parse_with("a b ×3\nb ×2\nc\nc a ×0", LogSpec::plain(), 3);
        let context = log.context();
        let answer = |trace_events_max: usize| {
            let params = serde_json::from_str(r#"{"limit":2}"#).unwrap();
            let plan = Plan { trace_events_max, ..Op::plan(context, params).unwrap() };
            let mut all = Partial::default();
            for segment in log.segments() {
                let mut part = Partial::default();
                Op::observe(context, &plan, &CaseBatch::all(segment), &mut part);
                Op::merge(&mut all, part);
            }
            serde_json::to_value(Op::finish(context, &plan, all).unwrap()).unwrap()
        };
        let (whole, mut hashed) = (answer(4), answer(3));
        assert_eq!(hashed["traces"], "hashed");
        assert_eq!(hashed["variants"][0]["activities"], Value::Null);
        hashed["traces"] = whole["traces"].clone();
        for idx in 0..2 {
            let names = whole["variants"][idx]["activities"].clone();
            hashed["variants"][idx]["activities"] = names;
        }
        assert_eq!(hashed, whole);
        assert_eq!(whole["total"], 3);
    }
}
