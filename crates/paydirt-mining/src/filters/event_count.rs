//! Which cases have so many events?

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds::{ExactNumber, NumberRange};

/// Keeps the cases with a number of events in a range.
pub struct F;

/// The bounds of the number of events.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Fewest events that stay. At least one bound must be given.
    min: Option<ExactNumber>,
    /// Most events that stay.
    max: Option<ExactNumber>,
}

/// The bounds as whole numbers.
#[derive(Debug)]
pub struct Plan(NumberRange);

impl CaseFilter for F {
    const KIND: &'static str = "event_count";
    const SUMMARY: &'static str = "Cases with at least or at most so many events.";
    type Params = Params;
    type Plan = Plan;

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        NumberRange::new(["min", "max"], params.min, params.max, 0).map(Plan)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        i64::try_from(case.event_count()).is_ok_and(|count| plan.0.contains(count))
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let offsets = &segment.parts().offsets;
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            plan.0.contains(i64::from(offsets[idx + 1]) - i64::from(offsets[idx]))
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    fn kept(rest: &str) -> Vec<String> {
        kept_cases("1: a b\n2: a b c\n3: a", &format!(r#"{{"kind":"event_count"{rest}}}"#))
    }

    #[test]
    fn both_bounds_are_included() {
        assert_eq!(kept(r#","min":2"#), ["1", "2"]);
        assert_eq!(kept(r#","max":2"#), ["1", "3"]);
        assert_eq!(kept(r#","min":2,"max":2"#), ["1"]);
    }

    #[test]
    fn bounds_are_checked() {
        assert!(kept("")[0].contains("Neither \"min\" nor \"max\" is given."));
    }
}
