//! Which events are of one of these activities?

use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::EventFilter;

/// Keeps the events of the given activities.
pub struct F;

/// Which activities.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the activities whose events stay.
    activities: Vec<String>,
}

impl EventFilter for F {
    const KIND: &'static str = "event_activity";
    const SUMMARY: &'static str = "Events of one of these activities; other events are left out.";
    type Params = Params;
    type Plan = Vec<bool>;

    fn plan(log: &LogContext, params: Params) -> Result<Vec<bool>, Problem> {
        let mut wanted = vec![false; log.activities.count()];
        for name in &params.activities {
            wanted[log.activities.require(name)?.idx()] = true;
        }
        Ok(wanted)
    }

    fn keep(_: &LogContext, plan: &Vec<bool>, case: &Case<'_>, event_idx: usize) -> bool {
        plan[case.activities()[event_idx].idx()]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_traces;

    #[test]
    fn cases_shrink_to_the_wanted_events_and_empty_ones_go() {
        let filter = r#"{"kind":"event_activity","activities":["a","c"]}"#;
        assert_eq!(kept_traces("1: a b c\n2: b", filter), ["1: a c"]);
    }
}
