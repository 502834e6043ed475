//! Which cases take so long?
//!
//! The duration of a case is the end of its last event minus the start of its first one. Where end
//! activities are declared, it is the end of the last of them that counts, and a case without one
//! is open: it has an age, and no duration yet.

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds::{ExactNumber, NumberRange};
use crate::statistics::case_ends::CaseEnds;

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
    /// Names of the activities that end a case, as in the question `throughput`; unless given, its
    /// last event does. Cases without one of them do not stay.
    ends: Option<Vec<String>>,
    /// Only cases without one of the `ends`, by their age: from the first start to the as-of time.
    #[serde(default)]
    open: bool,
}

/// The bounds in microseconds, and what is measured.
#[derive(Debug)]
pub struct Plan {
    bounds: NumberRange,
    ends: CaseEnds,
    /// For the age of open cases.
    as_of_us: Option<i64>,
}

impl CaseFilter for F {
    const KIND: &'static str = "duration";
    const SUMMARY: &'static str = "Cases that take at least or at most so long.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        if params.open && params.ends.is_none() {
            let detail = say!("Without declared ends no case is open.");
            return Err(Problem::new(ErrorCode::InvalidFilter, detail)
                .in_parameter("open")
                .with_hint(say!("Choose the activities that end a case.")));
        }
        let as_of_us = log.as_of.map_or(i64::MIN, |as_of| as_of.as_us());
        Ok(Plan {
            bounds: NumberRange::new(["min_s", "max_s"], params.min_s, params.max_s, 6)?,
            ends: CaseEnds::declared(log, params.ends.as_deref())?,
            as_of_us: params.open.then_some(as_of_us),
        })
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        let measured_us = match (plan.ends.of(case), plan.as_of_us) {
            (Some(end), None) => Some(case.duration_until_us(log, end)),
            (None, Some(as_of_us)) => Some(age_us(case, as_of_us)),
            (Some(_), Some(_)) | (None, None) => None,
        };
        measured_us.is_some_and(|us| plan.bounds.contains(us))
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let parts = segment.parts();
        if segment.has_days() || !parts.starts_us.is_empty() || plan.ends.are_declared() {
            return None;
        }
        let (offsets, times_us) = (&parts.offsets, &parts.times_us);
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            let (first, end) = (offsets[idx] as usize, offsets[idx + 1] as usize);
            plan.bounds.contains(times_us[end - 1] - times_us[first])
        }))
    }
}

/// From the first start of a case to the as-of time.
pub(crate) fn age_us(case: &Case<'_>, as_of_us: i64) -> i64 {
    as_of_us.saturating_sub(case.first_start_us()).max(0)
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
    fn with_declared_ends_a_case_takes_until_the_last_of_them() {
        // The as-of time is the last event of the log, at 9 h: case 2 is 9 h old, case 3 is 7 h.
        let log = "1: a@0h won@2h note@9h\n2: a@0h b@1h\n3: a@2h";
        let kept =
            |rest: &str| kept_cases(log, &format!(r#"{{"kind":"duration","ends":["won"]{rest}}}"#));
        assert_eq!(kept(r#","max_s":7200"#), ["1"]);
        assert_eq!(kept(r#","min_s":7201"#), [""; 0]);
        assert_eq!(kept(r#","open":true,"min_s":0"#), ["2", "3"]);
        assert_eq!(kept(r#","open":true,"min_s":25200.000001,"max_s":32400"#), ["2"]);
        let filter = r#"{"kind":"duration","min_s":0,"open":true}"#;
        assert!(kept_cases(log, filter)[0].contains("Without declared ends no case is open."));
    }

    #[test]
    fn bounds_are_checked() {
        assert!(kept("")[0].contains("Neither \"min_s\" nor \"max_s\" is given."));
        assert!(kept(r#","min_s":2,"max_s":1"#)[0].contains("\"min_s\" is 2 and \"max_s\" is 1."));
    }
}
