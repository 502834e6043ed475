//! Which cases contain none of these activities, or not all of them?
//!
//! The cases that `activity_contains` with the same parameters drops.

use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;

use crate::filter::CaseFilter;
use crate::filters::activity_contains::{Params, Plan};

/// Keeps the cases that do not contain activities.
pub struct F;

impl CaseFilter for F {
    const KIND: &'static str = "activity_not_contains";
    const SUMMARY: &'static str = "Cases that contain none of these activities (or, with mode all, \
                                   not every one of them).";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        !plan.holds(case)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    #[test]
    fn none_of_them_unless_all_are_meant() {
        let log = "1: a b c\n2: c a\n3: b b";
        let filter = r#"{"kind":"activity_not_contains","activities":["a"]}"#;
        assert_eq!(kept_cases(log, filter), ["3"]);
        let filter = r#"{"kind":"activity_not_contains","activities":["a","b"],"mode":"all"}"#;
        assert_eq!(kept_cases(log, filter), ["2", "3"]);
    }
}
