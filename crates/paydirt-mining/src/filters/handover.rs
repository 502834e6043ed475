//! In which cases does somebody hand work over to somebody?
//!
//! A handover of work is an event directly followed by another one in the same case, as the
//! question `handovers` counts it: auxiliary activities are passed over unless asked for, and work
//! that stays with one person counts as handed over to the same.

use paydirt_model::attribute::Attribute;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::value_set::{ValueSet, WantedValue};
use crate::reads::Reads;
use crate::statistics::who;

/// Keeps the cases with a handover of work between the named.
pub struct F;

/// Who hands over to whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Who hands over: one of these, `null` for events without a name. Anybody unless given; one
    /// of the two lists must be.
    from: Option<Vec<WantedValue>>,
    /// Who takes over: one of these, `null` for events without a name. Anybody unless given.
    to: Option<Vec<WantedValue>>,
    /// The text attribute that says who, such as a team; the resource of the log when not given.
    attribute: Option<String>,
    /// Whether auxiliary activities count like others; passed over unless said.
    auxiliary: Option<bool>,
}

/// The people looked up.
#[derive(Debug)]
pub struct Plan {
    attribute: Attribute,
    from: Option<ValueSet>,
    to: Option<ValueSet>,
    passed_over: Vec<bool>,
}

impl CaseFilter for F {
    const KIND: &'static str = "handover";
    const SUMMARY: &'static str = "Cases in which work goes from one person or team to another.";
    type Params = Params;
    type Plan = Plan;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        who::attribute(log, params.attribute.as_deref()).into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        if params.from.is_none() && params.to.is_none() {
            return Err(Problem::new(
                ErrorCode::InvalidFilter,
                say!(
                    "Neither \"{min_name}\" nor \"{max_name}\" is given.",
                    min_name = "from",
                    max_name = "to"
                ),
            )
            .with_hint(say!("Name who hands over, who takes over, or both.")));
        }
        let attribute = log.attributes[who::attribute(log, params.attribute.as_deref())?.0].clone();
        let set = |names: Option<Vec<WantedValue>>, parameter: &str| {
            let set = names.map(|names| ValueSet::new(log, &attribute, &names)).transpose();
            set.map_err(|problem| problem.in_parameter(parameter))
        };
        let (from, to) = (set(params.from, "from")?, set(params.to, "to")?);
        let with_auxiliary = params.auxiliary == Some(true);
        let is_passed = |code| !with_auxiliary && log.activities.is_auxiliary(code);
        let passed_over = log.activities.codes().map(is_passed).collect();
        Ok(Plan { attribute, from, to, passed_over })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        let is_one = |set: Option<&ValueSet>, event_idx: usize| {
            let (column, idx) = case.cell(&plan.attribute, event_idx);
            set.is_none_or(|set| set.contains(column, idx))
        };
        let mut comes_from = false;
        for (event_idx, code) in case.activities().iter().enumerate() {
            if plan.passed_over[code.idx()] {
                continue;
            }
            if comes_from && is_one(plan.to.as_ref(), event_idx) {
                return true;
            }
            comes_from = is_one(plan.from.as_ref(), event_idx);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of};
    use paydirt_model::log_builder::LogSpec;
    use paydirt_model::text_log;

    const LOG: &str = "1: a{by=ann} b{by=bob}\n2: a{by=ann} b{by=ann} c{by=cyd}\n\
                       3: a{by=bob} b\n4: a{by=ann}";

    fn kept(rest: &str) -> Vec<String> {
        kept_cases(LOG, &format!(r#"{{"kind":"handover","attribute":"by"{rest}}}"#))
    }

    #[test]
    fn one_event_follows_directly_on_another() {
        assert_eq!(kept(r#","from":["ann"],"to":["bob"]"#), ["1"]);
        assert_eq!(kept(r#","from":["bob"],"to":["ann"]"#), [""; 0]);
        assert_eq!(kept(r#","from":["ann"],"to":["cyd"]"#), ["2"]);
    }

    #[test]
    fn anybody_may_be_at_one_end_and_nobody_is_a_name_too() {
        assert_eq!(kept(r#","from":["ann"]"#), ["1", "2"]);
        assert_eq!(kept(r#","to":["bob","cyd"]"#), ["1", "2"]);
        assert_eq!(kept(r#","from":["bob"],"to":[null]"#), ["3"]);
        assert_eq!(kept(r#","from":["ann"],"to":["ann"]"#), ["2"]);
    }

    #[test]
    fn auxiliary_activities_are_passed_over_unless_asked_for() {
        let auxiliary = vec!["note".to_owned()];
        let spec = LogSpec { auxiliary, ..LogSpec::plain() };
        let text = "1: a{by=ann} note{by=cyd} b{by=bob}\n2: a{by=ann} b{by=cyd}";
        let log = text_log::parse_with(text, spec, 1);
        let kept = |rest: &str| {
            let filter = r#"{"kind":"handover","attribute":"by","from":["ann"],"#;
            kept_of(&log, &format!("{filter}{rest}}}"))
        };
        assert_eq!(kept(r#""to":["bob"]"#), ["1"]);
        assert_eq!(kept(r#""to":["cyd"],"auxiliary":true"#), ["1", "2"]);
    }

    #[test]
    fn an_attribute_of_cases_never_changes_hands() {
        let log = "1: a b | team=x\n2: a b | team=y\n3: a | team=x";
        let filter = r#"{"kind":"handover","attribute":"team","from":["x"],"to":["x"]}"#;
        assert_eq!(kept_cases(log, filter), ["1"]);
        let filter = r#"{"kind":"handover","attribute":"team","from":["x"],"to":["y"]}"#;
        assert_eq!(kept_cases(log, filter), [""; 0]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(kept("")[0].contains("Neither \"from\" nor \"to\" is given."));
        assert!(kept_cases("1: a", r#"{"kind":"handover","to":["x"]}"#)[0].contains("no resource"));
    }
}
