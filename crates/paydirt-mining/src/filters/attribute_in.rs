//! Which cases have one of these values in an attribute?
//!
//! An attribute of the case must have one of the values; an attribute of events must have one of
//! them in at least one event. `null` in the list stands for a blank.

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::column::Column;
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;

/// Keeps the cases with one of the given values.
pub struct F;

/// Which attribute, and which of its values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of the attribute.
    attribute: String,
    /// The wanted values as they are shown; `null` is a blank.
    values: Vec<Option<String>>,
}

/// The attribute with the wanted values looked up.
#[derive(Debug)]
pub struct Plan {
    attribute: Attribute,
    wanted_codes: Vec<bool>,
    wanted_texts: Vec<String>,
    wants_blank: bool,
}

impl CaseFilter for F {
    const KIND: &'static str = "attribute_in";
    const SUMMARY: &'static str = "Cases with one of these values in an attribute.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let attribute = log.attribute(&params.attribute)?.clone();
        if params.values.is_empty() {
            return Err(Problem::new(ErrorCode::InvalidFilter, "The list of values is empty.")
                .in_parameter("values"));
        }
        let wants_blank = params.values.contains(&None);
        let wanted_texts: Vec<String> = params.values.into_iter().flatten().collect();
        let wanted_codes = match attribute.kind {
            AttributeType::Text => attribute
                .texts
                .iter()
                .map(|text| wanted_texts.iter().any(|wanted| wanted == text))
                .collect(),
            _ => Vec::new(),
        };
        Ok(Plan { attribute, wanted_codes, wanted_texts, wants_blank })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        let event_count = match plan.attribute.level {
            AttributeLevel::Case => 1,
            AttributeLevel::Event => case.event_count(),
        };
        (0..event_count).any(|event_idx| {
            let (column, idx) = case.cell(&plan.attribute, event_idx);
            plan.wants(column, idx)
        })
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        if plan.attribute.level != AttributeLevel::Case {
            return None;
        }
        let column = &segment.parts().case_columns[plan.attribute.column_idx];
        Some(CaseMask::from_fn(segment.case_count(), |idx| plan.wants(column, idx)))
    }
}

impl Plan {
    fn wants(&self, column: &Column, idx: usize) -> bool {
        if column.is_blank(idx) {
            return self.wants_blank;
        }
        match column.text_code(idx) {
            Some(code) => self.wanted_codes[code as usize],
            None => column.value(idx, &self.attribute).is_some_and(|value| {
                let text = value.to_string();
                self.wanted_texts.contains(&text)
            }),
        }
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
}
