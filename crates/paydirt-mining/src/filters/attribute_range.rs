//! Which cases have a number between two bounds in an attribute?
//!
//! Both bounds are included. An attribute of events must have such a number in at least one event;
//! a blank is in no range. Money is compared in its own currency, durations in seconds.

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::column::Column;
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds::{
    ExactNumber, NumberRange, attribute, read_scale, reads_of, wrong_type,
};
use crate::filters::cells::{any_in_case, any_in_segment};
use crate::reads::Reads;

/// Keeps the cases with a number in a range.
pub struct F;

/// Which attribute, and the bounds of its number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of an attribute with integers, decimals, amounts of money or durations.
    pub(crate) attribute: String,
    /// Smallest number that stays; a duration in seconds. At least one bound must be given.
    pub(crate) min: Option<ExactNumber>,
    /// Largest number that stays; a duration in seconds.
    pub(crate) max: Option<ExactNumber>,
    /// Currency of the bounds for an attribute with money; may be left out when the attribute has
    /// only one.
    pub(crate) currency: Option<String>,
    /// Whether the attribute of cases or of events is meant, where both have one of this name;
    /// that of cases unless said.
    pub(crate) level: Option<AttributeLevel>,
}

/// The attribute with its range.
#[derive(Debug)]
pub struct Plan {
    pub(crate) attribute: Attribute,
    range: NumberRange,
    currency: Option<u16>,
}

impl Plan {
    pub(crate) fn new(log: &LogContext, params: &Params) -> Result<Plan, Problem> {
        let attribute = attribute(log, &params.attribute, params.level)?.clone();
        match attribute.kind {
            AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Duration
            | AttributeType::Money => {}
            AttributeType::Timestamp => {
                return Err(wrong_type(&attribute, say!("integer, decimal, duration or money"))
                    .with_hint(say!("For dates, filter by a period instead.")));
            }
            AttributeType::Text | AttributeType::Boolean => {
                return Err(wrong_type(&attribute, say!("integer, decimal, duration or money")));
            }
        }
        let currency = currency_code(&attribute, params.currency.as_deref())?;
        let scale = read_scale(&attribute);
        let range = NumberRange::new(["min", "max"], params.min, params.max, scale)?;
        Ok(Plan { attribute, range, currency })
    }

    pub(crate) fn contains(&self, column: &Column, idx: usize) -> bool {
        column.number(idx).is_some_and(|number| self.range.contains(number))
            && self.currency.is_none_or(|currency| column.currency_code(idx) == Some(currency))
    }

    /// Whether no case or event can be in another currency than the range is.
    fn is_of_one_currency(&self, column: &Column) -> bool {
        self.currency.is_none_or(|wanted| {
            (0..column.len()).all(|idx| column.currency_code(idx) == Some(wanted))
        })
    }
}

/// The number of the currency of the bounds; `None` for an attribute without money.
fn currency_code(attribute: &Attribute, wanted: Option<&str>) -> Result<Option<u16>, Problem> {
    let known: Vec<&str> = attribute.texts.iter().collect();
    let refuse = |detail: Sentence, hint: Sentence| {
        let problem = Problem::new(ErrorCode::InvalidFilter, detail);
        Err(problem.in_parameter("currency").with_hint(hint))
    };
    let is_money = attribute.kind == AttributeType::Money;
    let idx = match wanted {
        None if !is_money => return Ok(None),
        Some(_) if !is_money => {
            let detail =
                say!("\"{attribute}\" is not an amount of money.", attribute = attribute.name);
            return refuse(detail, say!("Leave the currency out."));
        }
        None if known.len() <= 1 => 0,
        None => {
            let detail =
                say!("\"{attribute}\" has several currencies.", attribute = attribute.name);
            return refuse(detail, say!("Name one of: {known}.", known));
        }
        Some(wanted) => match known.iter().position(|&code| code == wanted) {
            Some(idx) => idx,
            None => {
                let detail = say!(
                    "\"{attribute}\" has no amount in {wanted}.",
                    attribute = attribute.name,
                    wanted
                );
                return refuse(detail, say!("It has: {known}.", known));
            }
        },
    };
    Ok(Some(u16::try_from(idx).unwrap_or(u16::MAX)))
}

impl CaseFilter for F {
    const KIND: &'static str = "attribute_range";
    const SUMMARY: &'static str = "Cases with a number between two bounds in an attribute.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        reads_of(log, &params.attribute, params.level)
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        any_in_case(&plan.attribute, case, |column, idx| plan.contains(column, idx))
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let column = segment.column(&plan.attribute);
        let numbers = column.numbers()?;
        if !plan.is_of_one_currency(column) {
            return None;
        }
        let range = plan.range;
        Some(any_in_segment(plan.attribute.level, segment, numbers, |number| {
            range.contains(number)
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    const LOG: &str = "1: a{cost=5} b{cost=9} | amount=100EUR price=2.50 region=EMEA\n\
                       2: a{cost=1} b | amount=100USD price=3\n\
                       3: a";

    fn kept(rest: &str) -> Vec<String> {
        kept_cases(LOG, &format!(r#"{{"kind":"attribute_range",{rest}}}"#))
    }

    #[test]
    fn both_bounds_are_included_and_exact() {
        assert_eq!(kept(r#""attribute":"price","min":2.5,"max":3"#), ["1", "2"]);
        assert_eq!(kept(r#""attribute":"price","min":2.51"#), ["2"]);
        assert_eq!(kept(r#""attribute":"price","max":"2.5""#), ["1"]);
    }

    #[test]
    fn one_event_in_the_range_is_enough() {
        assert_eq!(kept(r#""attribute":"cost","min":6,"max":10"#), ["1"]);
        assert_eq!(kept(r#""attribute":"cost","max":5"#), ["1", "2"]);
    }

    #[test]
    fn money_is_compared_in_its_own_currency() {
        assert_eq!(kept(r#""attribute":"amount","min":50,"currency":"USD""#), ["2"]);
        assert_eq!(
            kept(r#""attribute":"amount","min":50"#),
            [concat!(
                r#"problem: parameter "currency": "amount" has several currencies. "#,
                "Name one of: EUR, USD."
            )]
        );
    }

    #[test]
    fn bounds_and_types_are_checked() {
        assert_eq!(
            kept(r#""attribute":"price","min":3,"max":2"#),
            [r#"problem: parameter "min": "min" is 3 and "max" is 2. Give the smaller one first."#]
        );
        assert_eq!(
            kept(r#""attribute":"region","min":3"#),
            [concat!(
                r#"problem: parameter "attribute": "region" is of type text; "#,
                "expected is integer, decimal, duration or money."
            )]
        );
        assert!(kept(r#""attribute":"price""#)[0].contains("Neither"));
    }
}
