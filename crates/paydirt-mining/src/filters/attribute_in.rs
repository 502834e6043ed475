//! Which cases have one of these values in an attribute?
//!
//! An attribute of the case must have one of the values; an attribute of events must have one of
//! them in at least one event. `null` in the list stands for a blank.

use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds::{attribute, reads_of};
use crate::filters::cells::any_in_case;
use crate::filters::value_set::{ValueSet, WantedValue};
use crate::reads::Reads;

/// Keeps the cases with one of the given values.
pub struct F;

/// Which attribute, and which of its values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of the attribute.
    attribute: String,
    /// The values as they are shown; `null` is a blank, an amount is `12.50 EUR`.
    values: Vec<WantedValue>,
    /// Whether the attribute of cases or of events is meant, where both have one of this name;
    /// that of cases unless said.
    level: Option<AttributeLevel>,
}

/// The attribute with the values looked up.
#[derive(Debug)]
pub struct Plan {
    attribute: Attribute,
    wanted: ValueSet,
}

impl Plan {
    pub(crate) fn new(log: &LogContext, params: &Params) -> Result<Plan, Problem> {
        let attribute = attribute(log, &params.attribute, params.level)?.clone();
        let wanted = ValueSet::new(log, &attribute, &params.values)?;
        Ok(Plan { attribute, wanted })
    }

    pub(crate) fn reads(log: &LogContext, params: &Params) -> Reads {
        reads_of(log, &params.attribute, params.level)
    }

    pub(crate) fn holds(&self, case: &Case<'_>) -> bool {
        any_in_case(&self.attribute, case, |column, idx| self.wanted.contains(column, idx))
    }

    pub(crate) fn mask(&self, segment: &Segment) -> CaseMask {
        self.wanted.mask(&self.attribute, segment)
    }
}

impl CaseFilter for F {
    const KIND: &'static str = "attribute_in";
    const SUMMARY: &'static str = "Cases with one of these values in an attribute.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        Plan::reads(log, params)
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.holds(case)
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        Some(plan.mask(segment))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    const LOG: &str = "1: a | region=EMEA\n2: a | region=APAC\n3: a{cost=1} b{cost=2}";

    #[test]
    fn case_values_are_tested_once_for_each_case() {
        let filter = r#"{"kind":"attribute_in","attribute":"region","values":["EMEA"]}"#;
        assert_eq!(kept_cases(LOG, filter), ["1"]);
    }

    #[test]
    fn a_blank_is_a_value_that_can_be_wanted() {
        let filter = r#"{"kind":"attribute_in","attribute":"region","values":[null]}"#;
        assert_eq!(kept_cases(LOG, filter), ["3"]);
    }

    #[test]
    fn one_event_with_the_value_is_enough() {
        let filter = r#"{"kind":"attribute_in","attribute":"cost","values":["2"]}"#;
        assert_eq!(kept_cases(LOG, filter), ["3"]);
    }

    #[test]
    fn not_in_is_the_composition_with_not() {
        let filter =
            r#"{"not":{"kind":"attribute_in","attribute":"region","values":["EMEA","APAC"]}}"#;
        assert_eq!(kept_cases(LOG, filter), ["3"]);
    }

    #[test]
    fn values_are_compared_by_type_and_not_by_their_text() {
        let log = "1: a | price=2.50 won=true paid=12.50EUR\n2: a | price=2 won=false";
        let kept = |name: &str, values: &str| {
            kept_cases(
                log,
                &format!(r#"{{"kind":"attribute_in","attribute":"{name}","values":{values}}}"#),
            )
        };
        assert_eq!(kept("price", "[2.5]"), ["1"]);
        assert_eq!(kept("price", r#"["2.500",2]"#), ["1", "2"]);
        assert_eq!(kept("won", "[false]"), ["2"]);
        assert_eq!(kept("paid", r#"["12.5 EUR"]"#), ["1"]);
        assert_eq!(kept("paid", r#"["12.5 USD"]"#), [""; 0]);
        assert_eq!(
            kept("price", r#"["cheap"]"#),
            [concat!(
                r#"problem: parameter "values": "price" has no value "cheap"; "#,
                "expected is a number."
            )]
        );
    }

    #[test]
    fn an_attribute_of_events_can_be_meant_where_cases_have_it_too() {
        let log = "1: a{tag=x} b | tag=y\n2: a{tag=y} b | tag=x";
        let filter = r#"{"kind":"attribute_in","attribute":"tag","values":["x"]}"#;
        assert_eq!(kept_cases(log, filter), ["2"]);
        let filter = r#"{"kind":"attribute_in","attribute":"tag","values":["x"],"level":"event"}"#;
        assert_eq!(kept_cases(log, filter), ["1"]);
    }

    #[test]
    fn an_unknown_attribute_is_named_with_those_that_exist() {
        let filter = r#"{"kind":"attribute_in","attribute":"zone","values":["EMEA"]}"#;
        let expected = r#"problem: There is no attribute "zone". The log has: region, cost."#;
        assert_eq!(kept_cases(LOG, filter), [expected]);
    }
}
