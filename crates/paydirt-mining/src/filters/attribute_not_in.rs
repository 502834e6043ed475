//! Which cases have none of these values in an attribute?
//!
//! The cases that `attribute_in` with the same list drops: a case with a blank stays unless `null`
//! is in the list, and a case stays only if none of its events has one of the values.

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;

use crate::filter::CaseFilter;
use crate::filters::attribute_in::{Params, Plan};
use crate::reads::Reads;

/// Keeps the cases without the given values.
pub struct F;

impl CaseFilter for F {
    const KIND: &'static str = "attribute_not_in";
    const SUMMARY: &'static str = "Cases with none of these values in an attribute.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        Plan::reads(log, params)
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        !plan.holds(case)
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let mut mask = plan.mask(segment);
        mask.invert();
        Some(mask)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    const LOG: &str = "1: a{cost=1} b{cost=2} | region=EMEA\n2: a{cost=1} | region=APAC\n3: a";

    #[test]
    fn a_case_with_a_blank_has_none_of_the_values() {
        let filter = r#"{"kind":"attribute_not_in","attribute":"region","values":["EMEA"]}"#;
        assert_eq!(kept_cases(LOG, filter), ["2", "3"]);
        let filter = r#"{"kind":"attribute_not_in","attribute":"region","values":["EMEA",null]}"#;
        assert_eq!(kept_cases(LOG, filter), ["2"]);
    }

    #[test]
    fn one_event_with_the_value_drops_the_case() {
        let filter = r#"{"kind":"attribute_not_in","attribute":"cost","values":[2]}"#;
        assert_eq!(kept_cases(LOG, filter), ["2", "3"]);
    }
}
