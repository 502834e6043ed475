//! Which cases start in a period, end in it, are active in it, or lie wholly within it?
//!
//! The period begins at `from` and ends before `to`. A case lasts from the start of its first event
//! to the end of its last one, both included; where end activities are declared, to the last of
//! these, and a case without one is open.

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::bounds;
use crate::statistics::case_ends::CaseEnds;

/// Keeps the cases that have to do with a period.
pub struct F;

/// What a case has to do with the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodMode {
    /// It starts in the period.
    Starts,
    /// It ends in the period.
    Ends,
    /// It lasts through some instant of the period.
    Active,
    /// It starts and ends in the period.
    Contained,
    /// At least one of its events ends in the period.
    HasEvent,
}

/// Which period, and what a case has to do with it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// What a case has to do with the period.
    mode: PeriodMode,
    /// First instant of the period: RFC 3339, or a date in the time zone of the log. At least one
    /// end must be given.
    from: Option<String>,
    /// End of the period, itself excluded: RFC 3339, or a date in the time zone of the log.
    to: Option<String>,
    /// Names of the activities that end a case, as in the question `throughput`; unless given, its
    /// last event does. A case without one of them is open: it does not end, and is active from
    /// its start on.
    ends: Option<Vec<String>>,
}

/// The period in microseconds.
#[derive(Debug)]
pub struct Plan {
    mode: PeriodMode,
    period: bounds::Period,
    ends: CaseEnds,
}

impl Plan {
    /// Whether a case suits that begins and ends at these instants; an open one has no end.
    fn suits(&self, first_us: i64, last_us: Option<i64>) -> bool {
        let period = self.period;
        let is_inside = |us: Option<i64>| us.is_some_and(|us| period.contains(us));
        match self.mode {
            PeriodMode::Starts => period.contains(first_us),
            PeriodMode::Ends => is_inside(last_us),
            PeriodMode::Active => {
                first_us < period.to_us && last_us.is_none_or(|last_us| period.from_us <= last_us)
            }
            PeriodMode::Contained => period.contains(first_us) && is_inside(last_us),
            PeriodMode::HasEvent => false,
        }
    }

    /// Times are ordered, so the first one that is not before the period decides.
    fn has_event(&self, times_us: &[i64]) -> bool {
        let next = times_us.partition_point(|&us| us < self.period.from_us);
        times_us.get(next).is_some_and(|&us| us < self.period.to_us)
    }
}

impl CaseFilter for F {
    const KIND: &'static str = "period";
    const SUMMARY: &'static str = "Cases that start, end, are active or have an event in a \
                                   period, or lie wholly within it.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let period = bounds::Period::new(log, params.from.as_deref(), params.to.as_deref())?;
        let ends = CaseEnds::declared(log, params.ends.as_deref())?;
        Ok(Plan { mode: params.mode, period, ends })
    }

    fn keep(_: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        if plan.mode == PeriodMode::HasEvent {
            return plan.has_event(case.times_us());
        }
        let end = plan.ends.of(case);
        plan.suits(case.first_start_us(), end.map(|end| case.times_us()[end]))
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let parts = segment.parts();
        let (offsets, times_us) = (&parts.offsets, &parts.times_us);
        let is_simple = parts.starts_us.is_empty() && !plan.ends.are_declared();
        if plan.mode == PeriodMode::HasEvent || !is_simple {
            return None;
        }
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            let (first, end) = (offsets[idx] as usize, offsets[idx + 1] as usize);
            plan.suits(times_us[first], Some(times_us[end - 1]))
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::kept_cases;

    /// Days 1 to 3, 3 to 5, 5 to 9 and 1 to 9 of January 2024 (`@0d` is the first).
    const LOG: &str = "1: a@0d b@2d\n2: a@2d b@4d\n3: a@4d b@8d\n4: a@0d b@8d";

    fn kept(mode: &str) -> Vec<String> {
        let filter = r#"{"kind":"period","from":"2024-01-03","to":"2024-01-06","mode":"#;
        kept_cases(LOG, &format!("{filter}\"{mode}\"}}"))
    }

    #[test]
    fn every_mode_has_its_cases() {
        assert_eq!(kept("starts"), ["2", "3"]);
        assert_eq!(kept("ends"), ["1", "2"]);
        assert_eq!(kept("active"), ["1", "2", "3", "4"]);
        assert_eq!(kept("contained"), ["2"]);
        assert_eq!(kept("has_event"), ["1", "2", "3"]);
    }

    #[test]
    fn the_end_of_the_period_is_not_in_it() {
        let filter = r#"{"kind":"period","mode":"starts","to":"2024-01-03"}"#;
        assert_eq!(kept_cases(LOG, filter), ["1", "4"]);
        let filter = r#"{"kind":"period","mode":"active","to":"2024-01-03","from":"2024-01-02"}"#;
        assert_eq!(kept_cases(LOG, filter), ["1", "4"]);
    }

    #[test]
    fn the_last_microsecond_before_the_end_is_in_the_period() {
        let log = "1: a@0d b@2024-01-05T23:59:59.999999Z\n2: a@0d b@2024-01-06T00:00:00Z";
        let filter = r#"{"kind":"period","mode":"ends","from":"2024-01-05","to":"2024-01-06"}"#;
        assert_eq!(kept_cases(log, filter), ["1"]);
        let filter = r#"{"kind":"period","mode":"active","from":"2024-01-06"}"#;
        assert_eq!(kept_cases(log, filter), ["2"]);
    }

    #[test]
    fn a_case_starts_with_the_start_of_its_first_event() {
        let filter = r#"{"kind":"period","mode":"starts","from":"2024-01-02","to":"2024-01-03"}"#;
        assert_eq!(kept_cases("1: a@1d~3d\n2: a@3d", filter), ["1"]);
    }

    #[test]
    fn with_declared_ends_a_case_ends_with_the_last_of_them() {
        // Case 1 is won on the 3rd, though a note follows on the 9th; case 2 is open.
        let log = "1: a@0d won@2d note@8d\n2: a@0d note@1d";
        let kept = |mode: &str, from: &str| {
            let ends = r#""to":"2024-01-10","ends":["won"]"#;
            let filter = format!(r#"{{"kind":"period","mode":"{mode}","from":"{from}",{ends}}}"#);
            kept_cases(log, &filter)
        };
        assert_eq!(kept("ends", "2024-01-03"), ["1"]);
        assert_eq!(kept("ends", "2024-01-04"), [""; 0]);
        assert_eq!(kept("active", "2024-01-04"), ["2"]);
        assert_eq!(kept("contained", "2024-01-01"), ["1"]);
    }

    #[test]
    fn a_period_without_ends_is_refused() {
        let problem = &kept_cases(LOG, r#"{"kind":"period","mode":"starts"}"#)[0];
        assert!(problem.contains("Neither \"from\" nor \"to\" is given"), "{problem}");
        let problem = &kept_cases(LOG, r#"{"kind":"period","mode":"begins","to":"2024-01-01"}"#)[0];
        assert!(problem.contains("\"mode\" cannot be \"begins\""), "{problem}");
    }
}
