//! Which cases contain one of these activities, or all of them?

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::activity_set::codes;

/// Keeps the cases that contain activities.
pub struct F;

/// How many of the activities are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContainsMode {
    /// At least one of them.
    #[default]
    Any,
    /// Every one of them, in any order.
    All,
}

/// Which activities.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the activities.
    pub(crate) activities: Vec<String>,
    /// Whether one of the activities is enough or all are needed; `any` unless said.
    #[serde(default)]
    pub(crate) mode: ContainsMode,
}

/// The activities as bits.
#[derive(Debug)]
pub struct Plan {
    groups: Vec<Group>,
}

/// At most 64 demands: a case meets them when its activities together have all bits.
#[derive(Debug)]
struct Group {
    bits_of: Vec<u64>,
    all_bits: u64,
}

impl Plan {
    pub(crate) fn new(log: &LogContext, params: &Params) -> Result<Plan, Problem> {
        let codes = codes(log, "activities", &params.activities)?;
        let groups = match params.mode {
            ContainsMode::Any => vec![Group::new(log, &codes, |_| 1)],
            ContainsMode::All => {
                codes.chunks(64).map(|codes| Group::new(log, codes, |bit| 1 << bit)).collect()
            }
        };
        Ok(Plan { groups })
    }

    pub(crate) fn holds(&self, case: &Case<'_>) -> bool {
        self.groups.iter().all(|group| group.is_met(case.activities()))
    }
}

impl Group {
    fn new(log: &LogContext, codes: &[ActivityCode], bit_of: impl Fn(usize) -> u64) -> Group {
        let mut bits_of = vec![0; log.activities.count()];
        let mut all_bits = 0;
        for (position, code) in codes.iter().enumerate() {
            bits_of[code.idx()] = bit_of(position);
            all_bits |= bit_of(position);
        }
        Group { bits_of, all_bits }
    }

    fn is_met(&self, trace: &[ActivityCode]) -> bool {
        let mut seen = 0;
        trace.iter().any(|code| {
            seen |= self.bits_of[code.idx()];
            seen == self.all_bits
        })
    }
}

impl CaseFilter for F {
    const KIND: &'static str = "activity_contains";
    const SUMMARY: &'static str = "Cases that contain one of these activities, or all of them.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        Plan::new(log, &params)
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.holds(case)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    const LOG: &str = "1: a b c\n2: c a\n3: b b";

    fn kept(rest: &str) -> Vec<String> {
        kept_cases(LOG, &format!(r#"{{"kind":"activity_contains",{rest}}}"#))
    }

    #[test]
    fn one_is_enough_unless_all_are_asked_for() {
        assert_eq!(kept(r#""activities":["a","b"]"#), ["1", "2", "3"]);
        assert_eq!(kept(r#""activities":["c"]"#), ["1", "2"]);
        assert_eq!(kept(r#""activities":["a","c"],"mode":"all""#), ["1", "2"]);
        assert_eq!(kept(r#""activities":["b","a"],"mode":"all""#), ["1"]);
    }

    #[test]
    fn more_activities_than_a_word_has_bits_can_be_demanded() {
        let names: Vec<String> = (0..70).map(|idx| format!("s{idx}")).collect();
        let log = format!("1: {}\n2: {}", names.join(" "), names[..69].join(" "));
        let list = serde_json::to_string(&names).unwrap();
        let filter = format!(r#"{{"kind":"activity_contains","mode":"all","activities":{list}}}"#);
        assert_eq!(kept_cases(&log, &filter), ["1"]);
    }

    #[test]
    fn an_unknown_activity_is_named_with_those_that_exist() {
        let expected = r#"problem: parameter "activities": There is no activity "z". The log has 3: a, b, c …"#;
        assert_eq!(kept(r#""activities":["a","z"]"#), [expected]);
        assert!(kept(r#""activities":[]"#)[0].contains("The list of activities is empty."));
    }
}
