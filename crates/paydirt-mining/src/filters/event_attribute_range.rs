//! Which events have a number between two bounds in an attribute?
//!
//! Both bounds are included; a blank is in no range. Money is compared in its own currency,
//! durations in seconds.

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::EventFilter;
use crate::filters::attribute_range::{self, Plan};
use crate::filters::bounds::{ExactNumber, reads_of};
use crate::reads::Reads;

/// Keeps the events with a number in a range.
pub struct F;

/// Which attribute of events, and the bounds of its number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of an attribute of events with integers, decimals, amounts of money or durations.
    attribute: String,
    /// Smallest number that stays; a duration in seconds. At least one bound must be given.
    min: Option<ExactNumber>,
    /// Largest number that stays; a duration in seconds.
    max: Option<ExactNumber>,
    /// Currency of the bounds for an attribute with money; may be left out when the attribute has
    /// only one.
    currency: Option<String>,
}

impl EventFilter for F {
    const KIND: &'static str = "event_attribute_range";
    const SUMMARY: &'static str =
        "Events with a number between two bounds in an attribute; other events are left out.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        reads_of(log, &params.attribute, Some(AttributeLevel::Event))
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let Params { attribute, min, max, currency } = params;
        let level = Some(AttributeLevel::Event);
        Plan::new(log, &attribute_range::Params { attribute, min, max, currency, level })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>, event_idx: usize) -> bool {
        let (column, idx) = case.cell(&plan.attribute, event_idx);
        plan.contains(column, idx)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_traces;

    #[test]
    fn events_in_the_range_stay() {
        let log = "1: a{cost=5} b{cost=7.5} c\n2: a{cost=4}";
        let filter = r#"{"kind":"event_attribute_range","attribute":"cost","min":5,"max":7.5}"#;
        assert_eq!(kept_traces(log, filter), ["1: a b"]);
    }
}
