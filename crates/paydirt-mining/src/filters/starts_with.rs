//! Which cases start with one of these activities?
//!
//! Auxiliary activities that the filter does not name are passed over, as in maps and variants.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::activity_set::{ActivitySet, passed_over};

/// Keeps the cases that start with given activities.
pub struct F;

/// Which activities.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the activities; the first one of the case must be among them.
    activities: Vec<String>,
    /// Whether auxiliary activities count like others; unless said, those that are not named are
    /// passed over.
    auxiliary: Option<bool>,
}

/// The activities looked up.
#[derive(Debug)]
pub struct Plan {
    wanted: ActivitySet,
    passed_over: Vec<bool>,
}

impl Plan {
    pub(crate) fn new(
        log: &LogContext,
        activities: &[String],
        auxiliary: Option<bool>,
    ) -> Result<Plan, Problem> {
        let wanted = ActivitySet::new(log, "activities", activities)?;
        let passed_over = passed_over(log, auxiliary, &[&wanted]);
        Ok(Plan { wanted, passed_over })
    }

    /// Whether the first activity that counts is a wanted one.
    pub(crate) fn meets_first<'a>(
        &self,
        mut trace: impl Iterator<Item = &'a ActivityCode>,
    ) -> bool {
        trace
            .find(|code| !self.passed_over[code.idx()])
            .is_some_and(|&first| self.wanted.contains(first))
    }
}

impl CaseFilter for F {
    const KIND: &'static str = "starts_with";
    const SUMMARY: &'static str = "Cases that start with one of these activities.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params.activities, params.auxiliary)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.meets_first(case.activities().iter())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of, with_auxiliary};

    #[test]
    fn the_first_activity_decides() {
        let log = "1: a b c\n2: c a\n3: b b";
        let filter = r#"{"kind":"starts_with","activities":["a","c"]}"#;
        assert_eq!(kept_cases(log, filter), ["1", "2"]);
    }

    #[test]
    fn auxiliary_activities_are_passed_over_unless_named_or_asked_for() {
        let log = with_auxiliary("1: note a b\n2: a b\n3: note", &["note"]);
        let filter = r#"{"kind":"starts_with","activities":["a"]}"#;
        assert_eq!(kept_of(&log, filter), ["1", "2"]);
        let filter = r#"{"kind":"starts_with","activities":["a"],"auxiliary":true}"#;
        assert_eq!(kept_of(&log, filter), ["2"]);
        let filter = r#"{"kind":"starts_with","activities":["note"]}"#;
        assert_eq!(kept_of(&log, filter), ["1", "3"]);
    }
}
