//! Which cases end with one of these activities?
//!
//! Auxiliary activities that the filter does not name are passed over, as in maps and variants.

use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::starts_with::Plan;

/// Keeps the cases that end with given activities.
pub struct F;

/// Which activities.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the activities; the last one of the case must be among them.
    activities: Vec<String>,
    /// Whether auxiliary activities count like others; unless said, those that are not named are
    /// passed over.
    auxiliary: Option<bool>,
}

impl CaseFilter for F {
    const KIND: &'static str = "ends_with";
    const SUMMARY: &'static str = "Cases that end with one of these activities.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params.activities, params.auxiliary)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.meets_first(case.activities().iter().rev())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of, with_auxiliary};

    #[test]
    fn the_last_activity_decides() {
        let log = "1: a b c\n2: c a\n3: b b";
        let filter = r#"{"kind":"ends_with","activities":["a","c"]}"#;
        assert_eq!(kept_cases(log, filter), ["1", "2"]);
    }

    #[test]
    fn auxiliary_activities_are_passed_over_unless_named_or_asked_for() {
        let log = with_auxiliary("1: a b note\n2: a b\n3: note", &["note"]);
        let filter = r#"{"kind":"ends_with","activities":["b"]}"#;
        assert_eq!(kept_of(&log, filter), ["1", "2"]);
        let filter = r#"{"kind":"ends_with","activities":["b"],"auxiliary":true}"#;
        assert_eq!(kept_of(&log, filter), ["2"]);
        let filter = r#"{"kind":"ends_with","activities":["note"]}"#;
        assert_eq!(kept_of(&log, filter), ["1", "3"]);
    }
}
