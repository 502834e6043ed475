//! Which events happened in a period?
//!
//! The period begins at `from` and ends before `to`; an event happens at its end.

use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::EventFilter;
use crate::filters::bounds::Period;

/// Keeps the events of a period.
pub struct F;

/// Which period.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// First instant of the period: RFC 3339, or a date in the time zone of the log. At least one
    /// end must be given.
    from: Option<String>,
    /// End of the period, itself excluded: RFC 3339, or a date in the time zone of the log.
    to: Option<String>,
}

/// The period in microseconds.
#[derive(Debug)]
pub struct Plan(Period);

impl EventFilter for F {
    const KIND: &'static str = "event_period";
    const SUMMARY: &'static str = "Events of a period; other events are left out.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Period::new(log, params.from.as_deref(), params.to.as_deref()).map(Plan)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>, event_idx: usize) -> bool {
        plan.0.contains(case.times_us()[event_idx])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_traces;

    #[test]
    fn events_of_the_period_stay() {
        let log = "1: a@0d b@1d c@2d\n2: a@5d";
        let filter = r#"{"kind":"event_period","from":"2024-01-02","to":"2024-01-03"}"#;
        assert_eq!(kept_traces(log, filter), ["1: b"]);
    }
}
