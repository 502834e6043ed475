//! In which cases does one activity follow another, directly or eventually, within or after a time?
//!
//! The time is that of a path: from the end of the first event to the start of the second, in whole
//! local days where either is known to the day only. Directly means that nothing lies between but
//! auxiliary activities that the filter does not name, which are passed over as in maps.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use paydirt_model::time::DAY_US;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::filter::CaseFilter;
use crate::filters::activity_set::{ActivitySet, passed_over};
use crate::filters::bounds::{ExactNumber, NumberRange};

/// Keeps the cases in which an activity follows another.
pub struct F;

/// How close the two events are in the trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowsMode {
    /// The second is the next event of the case.
    Directly,
    /// The second is any later event of the case.
    Eventually,
}

/// Which activities, and how they follow each other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the activities of the first event; one of them is enough.
    from: Vec<String>,
    /// Names of the activities of the second event; one of them is enough.
    to: Vec<String>,
    /// Whether the second event is the next one or any later one.
    mode: FollowsMode,
    /// Longest time between the two in seconds, itself included; no limit unless given.
    within_s: Option<ExactNumber>,
    /// Shortest time between the two in seconds, itself included; no limit unless given.
    after_s: Option<ExactNumber>,
    /// Whether auxiliary activities count like others; unless said, those that are not named are
    /// passed over.
    auxiliary: Option<bool>,
}

/// What an activity is to the filter, as bits.
type Role = u8;
const FROM: Role = 1;
const TO: Role = 2;
const PASSED_OVER: Role = 4;

/// The activities looked up.
#[derive(Debug)]
pub struct Plan {
    mode: FollowsMode,
    roles: Vec<Role>,
    times: Option<NumberRange>,
}

impl CaseFilter for F {
    const KIND: &'static str = "follows";
    const SUMMARY: &'static str = "Cases in which one activity follows another, directly or \
                                   eventually, if wanted within or after a time.";
    type Params = Params;
    type Plan = Plan;

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let times = match (params.after_s, params.within_s) {
            (None, None) => None,
            (after, within) => Some(NumberRange::new(["after_s", "within_s"], after, within, 6)?),
        };
        let plan = Plan::new(log, [&params.from, &params.to], params.mode, params.auxiliary)?;
        Ok(Plan { times, ..plan })
    }

    fn keep(log: &LogContext, plan: &Plan, case: &Case<'_>) -> bool {
        match (plan.mode, plan.times) {
            (FollowsMode::Eventually, None) => plan.is_eventually(case.activities()),
            (FollowsMode::Directly, None) => plan.is_directly(case.activities(), |_, _| true),
            (FollowsMode::Directly, Some(times)) => plan
                .is_directly(case.activities(), |from, to| {
                    times.contains(case.path_us(log, from, to))
                }),
            (FollowsMode::Eventually, Some(times)) => {
                let segment = case.segment();
                if segment.has_days() || !segment.parts().starts_us.is_empty() {
                    return plan.is_eventually_by_path(log, case, times);
                }
                let trace = case.activities();
                plan.is_eventually(trace) && plan.is_eventually_timed(trace, case.times_us(), times)
            }
        }
    }

    fn keep_whole(_: &LogContext, plan: &Plan, segment: &Segment) -> Option<CaseMask> {
        if plan.times.is_some() || plan.mode == FollowsMode::Directly {
            return None;
        }
        let parts = segment.parts();
        Some(CaseMask::from_fn(segment.case_count(), |idx| {
            let rows = parts.offsets[idx] as usize..parts.offsets[idx + 1] as usize;
            plan.is_eventually(&parts.activities[rows])
        }))
    }
}

impl Plan {
    /// At any time; with the activities of the first and of the second event.
    pub(crate) fn new(
        log: &LogContext,
        [from, to]: [&[String]; 2],
        mode: FollowsMode,
        auxiliary: Option<bool>,
    ) -> Result<Self, Problem> {
        let from = ActivitySet::new(log, "from", from)?;
        let to = ActivitySet::new(log, "to", to)?;
        let passed = passed_over(log, auxiliary, &[&from, &to]);
        let role = |is: bool, role: Role| if is { role } else { 0 };
        let role_of = |code: ActivityCode| {
            role(from.contains(code), FROM)
                | role(to.contains(code), TO)
                | role(passed[code.idx()], PASSED_OVER)
        };
        Ok(Plan { mode, roles: log.activities.codes().map(role_of).collect(), times: None })
    }

    /// The shortest time in which the second event follows the first in a case: the filter keeps
    /// the case within any time that is not shorter. `None` where it does not follow.
    pub(crate) fn shortest_us(&self, log: &LogContext, case: &Case<'_>) -> Option<i64> {
        let mut shortest: Option<i64> = None;
        let mut look = |from: usize, to: usize| {
            let us = case.path_us(log, from, to);
            shortest = Some(shortest.map_or(us, |known| known.min(us)));
        };
        match self.mode {
            FollowsMode::Directly => {
                self.is_directly(case.activities(), |from, to| {
                    look(from, to);
                    false
                });
            }
            FollowsMode::Eventually => self.nearest(case, &mut look),
        }
        shortest
    }

    /// For each second event the first ones that may be nearest. Ends are in order, so that it is
    /// the last one; but days may move a path by less than two days against its instants.
    fn nearest(&self, case: &Case<'_>, look: &mut impl FnMut(usize, usize)) {
        let slack_us = if case.segment().has_days() { 4 * DAY_US } else { 0 };
        let ends_us = case.times_us();
        let mut firsts: Vec<usize> = Vec::new();
        for (to, &code) in case.activities().iter().enumerate() {
            let role = self.role(code);
            if let Some(&last) = firsts.last().filter(|_| role & TO != 0) {
                let near = |from: &&usize| ends_us[last] - ends_us[**from] <= slack_us;
                firsts.iter().rev().take_while(near).for_each(|&from| look(from, to));
            }
            if role & FROM != 0 {
                firsts.push(to);
            }
        }
    }

    #[inline]
    fn role(&self, code: ActivityCode) -> Role {
        self.roles[code.idx()]
    }

    #[inline]
    fn is_eventually(&self, trace: &[ActivityCode]) -> bool {
        let mut later = trace.iter();
        later.any(|&code| self.role(code) & FROM != 0)
            && later.any(|&code| self.role(code) & TO != 0)
    }

    fn is_directly(
        &self,
        trace: &[ActivityCode],
        mut suits: impl FnMut(usize, usize) -> bool,
    ) -> bool {
        let mut previous: Option<usize> = None;
        for (idx, &code) in trace.iter().enumerate() {
            let role = self.role(code);
            if role & PASSED_OVER != 0 {
                continue;
            }
            if role & TO != 0 && previous.is_some_and(|from| suits(from, idx)) {
                return true;
            }
            previous = (role & FROM != 0).then_some(idx);
        }
        false
    }

    /// Whether a pair suits where paths are differences of times, which are in order: the first
    /// event that is not too early for a second one is not too early for those before it either.
    fn is_eventually_timed(&self, trace: &[ActivityCode], us: &[i64], times: NumberRange) -> bool {
        let mut from = 0;
        for (to, &code) in trace.iter().enumerate() {
            if self.role(code) & TO == 0 {
                continue;
            }
            let earliest_us = us[to].saturating_sub(times.highest());
            while from < to && (self.role(trace[from]) & FROM == 0 || us[from] < earliest_us) {
                from += 1;
            }
            if from < to && us[from] <= us[to].saturating_sub(times.lowest()) {
                return true;
            }
        }
        false
    }

    /// The same for any case. Ends are in order, so the first events that can suit a second one
    /// are found by bisection. Days may move a path by less than two days against the difference
    /// of its instants, so all first events within that slack are looked at one by one.
    fn is_eventually_by_path(&self, log: &LogContext, case: &Case<'_>, times: NumberRange) -> bool {
        let (trace, ends_us) = (case.activities(), case.times_us());
        let slack_us = if case.segment().has_days() { 2 * DAY_US } else { 0 };
        let longest_us = times.highest().saturating_add(slack_us);
        let shortest_us = times.lowest().saturating_sub(slack_us);
        let mut firsts: Vec<usize> = Vec::new();
        for (to, &code) in trace.iter().enumerate() {
            let role = self.role(code);
            if role & TO != 0 {
                let start_us = case.start_us(to);
                let earliest_us = start_us.saturating_sub(longest_us);
                let latest_us = start_us.saturating_sub(shortest_us);
                let begin = firsts.partition_point(|&from| ends_us[from] < earliest_us);
                let suits = firsts[begin..]
                    .iter()
                    .take_while(|&&from| ends_us[from] <= latest_us)
                    .any(|&from| times.contains(case.path_us(log, from, to)));
                if suits {
                    return true;
                }
            }
            if role & FROM != 0 {
                firsts.push(to);
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{kept_cases, kept_of, with_auxiliary};

    fn kept(log: &str, rest: &str) -> Vec<String> {
        kept_cases(log, &format!(r#"{{"kind":"follows",{rest}}}"#))
    }

    const LOG: &str = "1: a b c\n2: a x b\n3: b a\n4: a a";

    #[test]
    fn directly_allows_nothing_between() {
        assert_eq!(kept(LOG, r#""from":["a"],"to":["b"],"mode":"directly""#), ["1"]);
        assert_eq!(kept(LOG, r#""from":["a"],"to":["b"],"mode":"eventually""#), ["1", "2"]);
        assert_eq!(kept(LOG, r#""from":["a","x"],"to":["b"],"mode":"directly""#), ["1", "2"]);
    }

    #[test]
    fn an_activity_follows_itself_only_when_it_occurs_twice() {
        assert_eq!(kept(LOG, r#""from":["a"],"to":["a"],"mode":"directly""#), ["4"]);
        assert_eq!(kept(LOG, r#""from":["a"],"to":["a"],"mode":"eventually""#), ["4"]);
    }

    #[test]
    fn a_time_is_measured_to_the_nearest_pair_that_suits() {
        // Case 1: a at 0 h and 5 h, b at 6 h: gaps 6 h and 1 h. Case 2: a at 0 h, b at 3 h.
        let log = "1: a@0h a@5h b@6h\n2: a@0h b@3h";
        let timed = |mode: &str, rest: &str| {
            kept(log, &format!(r#""from":["a"],"to":["b"],"mode":"{mode}",{rest}"#))
        };
        assert_eq!(timed("eventually", r#""within_s":3600"#), ["1"]);
        assert_eq!(timed("eventually", r#""within_s":3599.999999"#), [""; 0]);
        assert_eq!(timed("eventually", r#""after_s":21600"#), ["1"]);
        assert_eq!(timed("eventually", r#""after_s":7200,"within_s":10800"#), ["2"]);
        assert_eq!(timed("directly", r#""after_s":10800"#), ["2"]);
        assert_eq!(timed("directly", r#""within_s":10800"#), ["1", "2"]);
    }

    #[test]
    fn with_start_times_the_path_ends_where_the_second_event_starts() {
        // b starts at 2 h and ends at 9 h: one hour after a, which ends at 1 h.
        let log = "1: a@0h~1h b@2h~9h\n2: a@0h~4h b@3h~9h";
        let rest = r#""from":["a"],"to":["b"],"mode":"eventually","within_s":3600,"after_s":0"#;
        assert_eq!(kept(log, rest), ["1"]);
        let rest = r#""from":["a"],"to":["b"],"mode":"eventually","within_s":-1"#;
        assert_eq!(kept(log, rest), ["2"]);
    }

    #[test]
    fn auxiliary_activities_do_not_come_between() {
        let log = with_auxiliary("1: a note b\n2: a x b", &["note"]);
        let filter = r#"{"kind":"follows","from":["a"],"to":["b"],"mode":"directly"}"#;
        assert_eq!(kept_of(&log, filter), ["1"]);
        let filter =
            r#"{"kind":"follows","from":["a"],"to":["b"],"mode":"directly","auxiliary":true}"#;
        assert_eq!(kept_of(&log, filter), [""; 0]);
        let filter = r#"{"kind":"follows","from":["note"],"to":["b"],"mode":"directly"}"#;
        assert_eq!(kept_of(&log, filter), ["1"]);
    }

    #[test]
    fn times_in_the_wrong_order_are_refused() {
        let rest = r#""from":["a"],"to":["b"],"mode":"directly","after_s":5,"within_s":4"#;
        assert_eq!(
            kept(LOG, rest),
            [concat!(
                r#"problem: parameter "after_s": "after_s" is 5 and "within_s" is 4. "#,
                "Give the smaller one first."
            )]
        );
    }
}
