//! Which events have one of these values in an attribute?
//!
//! `null` in the list stands for a blank.

use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::EventFilter;
use crate::filters::bounds::{attribute, reads_of};
use crate::filters::value_set::{ValueSet, WantedValue};
use crate::reads::Reads;

/// Keeps the events with one of the given values.
pub struct F;

/// Which attribute of events, and which of its values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of an attribute of events.
    attribute: String,
    /// The values as they are shown; `null` is a blank, an amount is `12.50 EUR`.
    values: Vec<WantedValue>,
}

/// The attribute with the values looked up.
#[derive(Debug)]
pub struct Plan {
    attribute: Attribute,
    wanted: ValueSet,
}

impl EventFilter for F {
    const KIND: &'static str = "event_attribute_in";
    const SUMMARY: &'static str =
        "Events with one of these values in an attribute; other events are left out.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        reads_of(log, &params.attribute, Some(AttributeLevel::Event))
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let level = Some(AttributeLevel::Event);
        let attribute = attribute(log, &params.attribute, level)?.clone();
        let wanted = ValueSet::new(log, &attribute, &params.values)?;
        Ok(Plan { attribute, wanted })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>, event_idx: usize) -> bool {
        let (column, idx) = case.cell(&plan.attribute, event_idx);
        plan.wanted.contains(column, idx)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_traces;

    #[test]
    fn events_with_the_value_stay() {
        let log = "1: a/ann b/bob c/ann\n2: a/bob d";
        let filter = r#"{"kind":"event_attribute_in","attribute":"resource","values":["ann"]}"#;
        assert_eq!(kept_traces(log, filter), ["1: a c"]);
        let filter = r#"{"kind":"event_attribute_in","attribute":"resource","values":[null]}"#;
        assert_eq!(kept_traces(log, filter), ["2: d"]);
    }

    #[test]
    fn an_attribute_of_cases_is_refused() {
        let filter = r#"{"kind":"event_attribute_in","attribute":"region","values":["EMEA"]}"#;
        assert_eq!(
            kept_traces("a | region=EMEA", filter),
            [concat!(
                r#"problem: parameter "attribute": "#,
                r#""region" is an attribute of cases, not of events."#
            )]
        );
    }
}
