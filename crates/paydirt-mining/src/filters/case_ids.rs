//! Which cases have one of these ids?

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;

/// Keeps the cases with given ids.
pub struct F;

/// Which cases.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Ids of the cases; ids that do not occur keep nothing.
    ids: Vec<String>,
}

/// The ids as bytes.
#[derive(Debug)]
pub struct Plan {
    ids: FxHashSet<Vec<u8>>,
}

impl CaseFilter for F {
    const KIND: &'static str = "case_ids";
    const SUMMARY: &'static str = "Cases with one of these ids.";
    type Params = Params;
    type Plan = Plan;

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        Ok(Plan { ids: params.ids.into_iter().map(String::into_bytes).collect() })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.ids.contains(case.id().as_bytes())
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let ids = &segment.parts().case_ids;
        Some(CaseMask::from_fn(segment.case_count(), |idx| plan.ids.contains(ids.get_bytes(idx))))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    #[test]
    fn the_named_cases_stay() {
        let filter = r#"{"kind":"case_ids","ids":["2","商談-1","nobody"]}"#;
        assert_eq!(kept_cases("1: a\n2: a\n商談-1: a", filter), ["2", "商談-1"]);
        assert_eq!(kept_cases("1: a", r#"{"kind":"case_ids","ids":[]}"#), [""; 0]);
    }
}
