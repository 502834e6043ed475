//! Which cases have one of these variants?
//!
//! A variant is named by the id that the question `variants` gives it, which is the same in every
//! version of a log.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::variant::{short_hash, variant_hash};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::statistics::variant_set::VariantSet;

/// Keeps the cases of given variants.
pub struct F;

/// Which variants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Ids of the variants, each of 16 hexadecimal digits.
    ids: Vec<String>,
    /// Whether the ids were computed with auxiliary activities; they are left out unless said.
    auxiliary: Option<bool>,
}

/// The ids as numbers.
#[derive(Debug)]
pub struct Plan {
    hashes: FxHashSet<u64>,
    leaves_out_auxiliary: bool,
}

impl CaseFilter for F {
    const KIND: &'static str = "variant";
    const SUMMARY: &'static str = "Cases of one of these variants.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let is_id = |id: &String| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
        if params.ids.is_empty() || !params.ids.iter().all(is_id) {
            let bad = params.ids.iter().find(|id| !is_id(id));
            let detail = match bad {
                Some(bad) => say!("\"{bad}\" is not the id of a variant.", bad),
                None => say!("The list of variants is empty."),
            };
            return Err(Problem::new(ErrorCode::InvalidFilter, detail)
                .in_parameter("ids")
                .with_hint(say!(
                    "An id has 16 hexadecimal digits; the list of variants has them."
                )));
        }
        let hashes = params.ids.iter().filter_map(|id| u64::from_str_radix(id, 16).ok()).collect();
        let leaves_out_auxiliary = params.auxiliary != Some(true) && log.activities.has_auxiliary();
        Ok(Plan { hashes, leaves_out_auxiliary })
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        if !plan.leaves_out_auxiliary {
            return plan.is_wanted(log, case.activities());
        }
        let mut trace = case.activities().to_vec();
        trace.retain(|&code| !log.activities.is_auxiliary(code));
        plan.is_wanted(log, &trace)
    }

    /// Names every distinct trace of the segment once.
    fn keep_whole(log: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let parts = segment.parts();
        let mut variants = VariantSet::default();
        let mut is_wanted: Vec<bool> = Vec::new();
        let mut buffer = Vec::new();
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            let rows = parts.offsets[idx] as usize..parts.offsets[idx + 1] as usize;
            let trace = &parts.activities[rows];
            let number = if plan.leaves_out_auxiliary {
                variants.add(log, trace, &mut buffer)
            } else {
                variants.add_exactly(trace, 1)
            };
            if number == is_wanted.len() {
                is_wanted.push(plan.is_wanted(log, variants.trace(number)));
            }
            is_wanted[number]
        }))
    }
}

impl Plan {
    fn is_wanted(&self, log: &LogContext, trace: &[ActivityCode]) -> bool {
        self.hashes.contains(&short_hash(variant_hash(&log.activities, trace)))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of, with_auxiliary};
    use paydirt_model::text_log;
    use paydirt_model::variant::variant_id;

    fn id_of(trace: &str) -> String {
        let log = text_log::parse(trace);
        let codes = &log.segments()[0].parts().activities;
        variant_id(&log.context().activities, codes)
    }

    #[test]
    fn cases_with_the_trace_stay() {
        let log = "1: a b\n2: b a\n3: a b";
        let filter = format!(r#"{{"kind":"variant","ids":["{}"]}}"#, id_of("a b"));
        assert_eq!(kept_cases(log, &filter), ["1", "3"]);
        let filter = filter.to_uppercase().replace("KIND", "kind").replace("VARIANT", "variant");
        assert_eq!(kept_cases(log, &filter.replace("IDS", "ids")), ["1", "3"]);
    }

    #[test]
    fn auxiliary_activities_are_no_part_of_the_trace_unless_asked_for() {
        let log = with_auxiliary("1: a note b\n2: a b", &["note"]);
        let filter = format!(r#"{{"kind":"variant","ids":["{}"]}}"#, id_of("a b"));
        assert_eq!(kept_of(&log, &filter), ["1", "2"]);
        let filter =
            format!(r#"{{"kind":"variant","ids":["{}"],"auxiliary":true}}"#, id_of("a note b"));
        assert_eq!(kept_of(&log, &filter), ["1"]);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        let problem = &kept_cases("a", r#"{"kind":"variant","ids":["a b"]}"#)[0];
        assert!(problem.contains("\"a b\" is not the id of a variant."), "{problem}");
    }
}
