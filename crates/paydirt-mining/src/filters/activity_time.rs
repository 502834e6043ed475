//! In which cases does an activity take so long, or wait so long for what follows it?
//!
//! Work is the end minus the start of an activity, where start times are recorded. The wait is that
//! of the paths that leave it: from its end to the start of the next event, in whole local days
//! where either is known to the day only, overlaps left out. Auxiliary activities that the filter
//! does not name are passed over as in maps.

use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::activity_set::{ActivitySet, passed_over};
use crate::filters::bounds::{ExactNumber, NumberRange};

/// Keeps the cases in which an activity takes or waits so long.
pub struct F;

/// Which time of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivityMeasure {
    /// From its start to its end.
    Work,
    /// From its end to the start of what follows it.
    Wait,
}

/// Which activities, and how long.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the activities; one event of one of them is enough.
    activities: Vec<String>,
    /// Which of their times.
    measure: ActivityMeasure,
    /// Shortest time that stays, in seconds. At least one bound must be given.
    min_s: Option<ExactNumber>,
    /// Longest time that stays, in seconds.
    max_s: Option<ExactNumber>,
    /// Whether auxiliary activities count as what follows; unless said, those that are not named
    /// are passed over.
    auxiliary: Option<bool>,
}

/// The activities looked up.
#[derive(Debug)]
pub struct Plan {
    measure: ActivityMeasure,
    wanted: ActivitySet,
    is_passed_over: Vec<bool>,
    times: NumberRange,
}

impl CaseFilter for F {
    const KIND: &'static str = "activity_time";
    const SUMMARY: &'static str = "Cases in which an activity takes, or waits for what \
                                   follows it, at least or at most so long.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let wanted = ActivitySet::new(log, "activities", &params.activities)?;
        Ok(Plan {
            measure: params.measure,
            is_passed_over: passed_over(log, params.auxiliary, &[&wanted]),
            wanted,
            times: NumberRange::new(["min_s", "max_s"], params.min_s, params.max_s, 6)?,
        })
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        match plan.measure {
            ActivityMeasure::Work => plan.works(case),
            ActivityMeasure::Wait => plan.waits(log, case),
        }
    }
}

impl Plan {
    fn works(&self, case: &Case<'_>) -> bool {
        case.activities().iter().enumerate().any(|(idx, &code)| {
            let start_us = self.wanted.contains(code).then(|| case.own_start_us(idx)).flatten();
            start_us.is_some_and(|start_us| self.times.contains(case.times_us()[idx] - start_us))
        })
    }

    fn waits(&self, log: &LogContext, case: &Case<'_>) -> bool {
        let mut before: Option<usize> = None;
        for (idx, &code) in case.activities().iter().enumerate() {
            if self.is_passed_over[code.idx()] {
                continue;
            }
            let wait_us = before.map(|before| case.path_us(log, before, idx));
            if wait_us.is_some_and(|us| 0 <= us && self.times.contains(us)) {
                return true;
            }
            before = self.wanted.contains(code).then_some(idx);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of, with_auxiliary};

    fn kept(log: &str, rest: &str) -> Vec<String> {
        kept_cases(log, &format!(r#"{{"kind":"activity_time",{rest}}}"#))
    }

    #[test]
    fn the_wait_is_until_whatever_follows() {
        // a waits 1 h and 5 h in case 1, 2 h in case 2; case 3 ends with it.
        let log = "1: a@0h b@1h a@2h c@7h\n2: a@0h b@2h\n3: b@0h a@1h";
        let of = |rest: &str| kept(log, &format!(r#""activities":["a"],"measure":"wait",{rest}"#));
        assert_eq!(of(r#""min_s":7200"#), ["1", "2"]);
        assert_eq!(of(r#""min_s":7200.000001"#), ["1"]);
        assert_eq!(of(r#""max_s":3600"#), ["1"]);
        assert_eq!(of(r#""min_s":0"#), ["1", "2"]);
    }

    #[test]
    fn work_is_known_only_with_start_times() {
        let rest = r#""activities":["a","b"],"measure":"work","min_s":7200"#;
        assert_eq!(kept("1: a@0h~2h b@3h~4h\n2: a@0h~1h b@2h~3h", rest), ["1"]);
        assert_eq!(kept("1: a@0h b@9h", rest), [""; 0]);
    }

    #[test]
    fn an_overlap_is_no_wait() {
        let rest = r#""activities":["a"],"measure":"wait","max_s":3600"#;
        assert_eq!(kept("1: a@0h~2h b@1h~4h\n2: a@0h~2h b@3h~4h", rest), ["2"]);
    }

    #[test]
    fn auxiliary_activities_do_not_end_a_wait() {
        let log = with_auxiliary("1: a@0h note@1h b@3h", &["note"]);
        let of = |rest: &str| {
            let fields = format!(r#""activities":["a"],"measure":"wait","max_s":3600{rest}"#);
            kept_of(&log, &format!(r#"{{"kind":"activity_time",{fields}}}"#))
        };
        assert_eq!(of(""), [""; 0]);
        assert_eq!(of(r#","auxiliary":true"#), ["1"]);
    }

    #[test]
    fn bounds_and_names_are_checked() {
        let of = |rest: &str| kept("1: a b", &format!(r#""measure":"wait",{rest}"#))[0].clone();
        assert!(of(r#""activities":["a"]"#).contains("Neither \"min_s\" nor \"max_s\" is given."));
        assert!(of(r#""activities":["z"],"min_s":1"#).contains("There is no activity \"z\""));
        assert!(of(r#""activities":[],"min_s":1"#).contains("The list of activities is empty."));
    }
}
