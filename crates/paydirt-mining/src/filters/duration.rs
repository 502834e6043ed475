//! Which cases take so long?
//!
//! The duration of a case is the end of its last event minus the start of its first one.

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds::{ExactNumber, NumberRange};

/// Keeps the cases with a duration in a range.
pub struct F;

/// The bounds of the duration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Shortest duration that stays, in seconds. At least one bound must be given.
    min_s: Option<ExactNumber>,
    /// Longest duration that stays, in seconds.
    max_s: Option<ExactNumber>,
}

/// The bounds in microseconds.
#[derive(Debug)]
pub struct Plan(NumberRange);

impl CaseFilter for F {
    const KIND: &'static str = "duration";
    const SUMMARY: &'static str = "Cases that take at least or at most so long.";
    type Params = Params;
    type Plan = Plan;

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        NumberRange::new(["min_s", "max_s"], params.min_s, params.max_s, 6).map(Plan)
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        plan.0.contains(case.duration_us(log))
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let parts = segment.parts();
        if segment.has_days() || !parts.starts_us.is_empty() {
            return None;
        }
        let (offsets, times_us) = (&parts.offsets, &parts.times_us);
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            let (first, end) = (offsets[idx] as usize, offsets[idx + 1] as usize);
            plan.0.contains(times_us[end - 1] - times_us[first])
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    fn kept(rest: &str) -> Vec<String> {
        // Durations: 1 h, 2 h, 0.
        kept_cases("1: a b\n2: a b c\n3: a", &format!(r#"{{"kind":"duration"{rest}}}"#))
    }

    #[test]
    fn both_bounds_are_included() {
        assert_eq!(kept(r#","min_s":3600"#), ["1", "2"]);
        assert_eq!(kept(r#","max_s":3600"#), ["1", "3"]);
        assert_eq!(kept(r#","min_s":0.5,"max_s":3600"#), ["1"]);
    }

    #[test]
    fn a_case_lasts_from_the_start_of_its_first_event() {
        let filter = r#"{"kind":"duration","min_s":7200}"#;
        assert_eq!(kept_cases("1: a@0h~1h b@2h\n2: a@1h b@2h", filter), ["1"]);
    }

    #[test]
    fn bounds_are_checked() {
        assert!(kept("")[0].contains("Neither \"min_s\" nor \"max_s\" is given."));
        assert!(kept(r#","min_s":2,"max_s":1"#)[0].contains("\"min_s\" is 2 and \"max_s\" is 1."));
    }
}
