//! Which cases have an instant in a period in an attribute?
//!
//! The period begins at `from` and ends before `to`. An attribute of events must have such an
//! instant in at least one event; a blank is in no period.

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use paydirt_model::say;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds::{Period, attribute, reads_of, wrong_type};
use crate::filters::cells::{any_in_case, any_in_segment};
use crate::reads::Reads;

/// Keeps the cases with an instant in a period.
pub struct F;

/// Which attribute, and which period.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of an attribute with instants.
    attribute: String,
    /// First instant of the period: RFC 3339, or a date in the time zone of the log. At least one
    /// end must be given.
    from: Option<String>,
    /// End of the period, itself excluded: RFC 3339, or a date in the time zone of the log.
    to: Option<String>,
    /// Whether the attribute of cases or of events is meant, where both have one of this name;
    /// that of cases unless said.
    level: Option<AttributeLevel>,
}

/// The attribute with the period.
#[derive(Debug)]
pub struct Plan {
    attribute: Attribute,
    period: Period,
}

impl CaseFilter for F {
    const KIND: &'static str = "attribute_period";
    const SUMMARY: &'static str = "Cases with an instant of a period in an attribute.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        reads_of(log, &params.attribute, params.level)
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let attribute = attribute(log, &params.attribute, params.level)?.clone();
        if attribute.kind != AttributeType::Timestamp {
            return Err(wrong_type(&attribute, say!("timestamp")));
        }
        let period = Period::new(log, params.from.as_deref(), params.to.as_deref())?;
        Ok(Plan { attribute, period })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        any_in_case(&plan.attribute, case, |column, idx| {
            column.number(idx).is_some_and(|us| plan.period.contains(us))
        })
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let instants = segment.column(&plan.attribute).numbers()?;
        let period = plan.period;
        Some(any_in_segment(plan.attribute.level, segment, instants, |us| period.contains(us)))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    const LOG: &str = "1: a | due=2024-02-01T00:00:00Z region=EMEA\n\
                       2: a | due=2024-02-29T23:59:59Z\n\
                       3: a";

    fn kept(rest: &str) -> Vec<String> {
        kept_cases(LOG, &format!(r#"{{"kind":"attribute_period",{rest}}}"#))
    }

    #[test]
    fn the_first_instant_is_in_and_the_last_is_out() {
        assert_eq!(kept(r#""attribute":"due","from":"2024-02-01","to":"2024-03-01""#), ["1", "2"]);
        assert_eq!(kept(r#""attribute":"due","to":"2024-02-29T23:59:59Z""#), ["1"]);
        assert_eq!(kept(r#""attribute":"due","from":"2024-02-01T00:00:01Z""#), ["2"]);
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        let problem = &kept(r#""attribute":"region","from":"2024-02-01""#)[0];
        assert!(problem.contains("\"region\" is of type text; expected is timestamp"), "{problem}");
        let problem = &kept(r#""attribute":"due","from":"soon""#)[0];
        assert!(problem.contains("\"soon\" is not a date or an instant"), "{problem}");
        let problem = &kept(r#""attribute":"due","from":"2024-02-02","to":"2024-02-01""#)[0];
        assert!(problem.contains("Give the smaller one first"), "{problem}");
    }
}
