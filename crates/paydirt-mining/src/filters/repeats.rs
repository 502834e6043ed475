//! In which cases does an activity occur again and again?

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;

/// Keeps the cases in which an activity repeats.
pub struct F;

/// Which activity, and how often.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Name of the activity; any activity unless given, auxiliary ones left out.
    activity: Option<String>,
    /// How often it occurs in the case at least; twice unless said.
    at_least: Option<u32>,
}

/// Which activity, looked up.
#[derive(Debug)]
pub struct Plan {
    activity: Option<ActivityCode>,
    at_least: u32,
}

impl CaseFilter for F {
    const KIND: &'static str = "repeats";
    const SUMMARY: &'static str = "Cases in which an activity occurs at least so many times.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let activity = params.activity.map(|name| log.activities.require(&name)).transpose();
        let activity = activity.map_err(|problem| problem.in_parameter("activity"))?;
        let at_least = params.at_least.unwrap_or(2);
        if at_least == 0 {
            let detail = say!("Every case has an activity at least 0 times.");
            return Err(Problem::new(ErrorCode::InvalidFilter, detail)
                .in_parameter("at_least")
                .with_hint(say!("Give 1 or more.")));
        }
        Ok(Plan { activity, at_least })
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        if let Some(wanted) = plan.activity {
            return plan.occurs(wanted, case.activities());
        }
        let mut trace = case.activities().to_vec();
        trace.retain(|&code| !log.activities.is_auxiliary(code));
        trace.sort_unstable();
        trace.chunk_by(|a, b| a == b).any(|run| run.len() >= plan.at_least as usize)
    }

    fn keep_whole(log: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        let parts = segment.parts();
        let mut counts = Counts::new(log);
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            let rows = parts.offsets[idx] as usize..parts.offsets[idx + 1] as usize;
            plan.repeats(log, &parts.activities[rows], &mut counts)
        }))
    }
}

/// How often each activity occurred in the case that counted it last.
struct Counts {
    case_number: u32,
    of: Vec<(u32, u32)>,
}

impl Counts {
    fn new(log: &LogContext) -> Self {
        Counts { case_number: 0, of: vec![(0, 0); log.activities.count()] }
    }

    /// Counts one more occurrence in the current case.
    fn add(&mut self, code: ActivityCode) -> u32 {
        let (case_number, count) = &mut self.of[code.idx()];
        if *case_number != self.case_number {
            *case_number = self.case_number;
            *count = 0;
        }
        *count += 1;
        *count
    }
}

impl Plan {
    fn occurs(&self, wanted: ActivityCode, trace: &[ActivityCode]) -> bool {
        trace.iter().filter(|&&code| code == wanted).count() >= self.at_least as usize
    }

    fn repeats(&self, log: &LogContext, trace: &[ActivityCode], counts: &mut Counts) -> bool {
        if let Some(wanted) = self.activity {
            return self.occurs(wanted, trace);
        }
        if trace.len() < self.at_least as usize {
            return false;
        }
        counts.case_number += 1;
        trace
            .iter()
            .any(|&code| counts.add(code) >= self.at_least && !log.activities.is_auxiliary(code))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of, with_auxiliary};

    const LOG: &str = "1: a b a\n2: b b b\n3: a b";

    fn kept(rest: &str) -> Vec<String> {
        kept_cases(LOG, &format!(r#"{{"kind":"repeats"{rest}}}"#))
    }

    #[test]
    fn occurrences_are_counted_in_one_case() {
        assert_eq!(kept(""), ["1", "2"]);
        assert_eq!(kept(r#","at_least":3"#), ["2"]);
        assert_eq!(kept(r#","activity":"a""#), ["1"]);
        assert_eq!(kept(r#","activity":"b","at_least":1"#), ["1", "2", "3"]);
    }

    #[test]
    fn auxiliary_activities_repeat_only_when_named() {
        let log = with_auxiliary("1: note a note\n2: a a", &["note"]);
        assert_eq!(kept_of(&log, r#"{"kind":"repeats"}"#), ["2"]);
        assert_eq!(kept_of(&log, r#"{"kind":"repeats","activity":"note"}"#), ["1"]);
    }

    #[test]
    fn zero_occurrences_are_no_demand() {
        assert!(kept(r#","at_least":0"#)[0].contains("Give 1 or more."));
    }
}
