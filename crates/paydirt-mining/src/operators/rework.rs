//! What is done more than once in a case, and in which cases? (fold)
//!
//! A repeat is every event of an activity after its first in the same case: repeats = events −
//! cases. It is a self-loop where it directly follows another event of the same activity, and a
//! return where something else happened in between: repeats = self-loops + returns.

use std::cmp::{Ordering, Reverse};

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::statistics::best_rows::BestRows;
use crate::statistics::page::Page;

/// Longest list of cases that can be asked for, in cases.
pub const REWORK_CASES_MAX: usize = 10_000;

const LIMIT_DEFAULT: u64 = 20;

/// The rework of a log.
pub struct Op;

/// How many cases are named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// How many of the cases with most repeats are listed, at most 10,000.
    #[serde(default = "limit_default")]
    limit: u64,
}

fn limit_default() -> u64 {
    LIMIT_DEFAULT
}

/// The parameters, checked.
#[derive(Debug)]
pub struct Plan {
    case_count_max: usize,
}

/// How often one activity is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReworkActivity {
    /// Name.
    pub activity: String,
    /// Cases with the activity.
    pub cases: u64,
    /// Cases with at least two events of it.
    pub cases_with_repeat: u64,
    /// Their share of the cases with the activity.
    pub share_with_repeat: Option<Ratio>,
    /// Events after the first of their case: events − cases.
    pub repeats: u64,
    /// Repeats directly after the same activity.
    pub self_loops: u64,
    /// Repeats after something else happened in between.
    pub returns: u64,
    /// Most events of the activity in one case.
    pub most_in_case: u64,
}

/// How much is repeated in one case.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReworkCase {
    /// Case id.
    pub case: String,
    /// Its events.
    pub events: u64,
    /// Events after the first of their activity.
    pub repeats: u64,
    /// Repeats directly after the same activity.
    pub self_loops: u64,
    /// Repeats after something else happened in between.
    pub returns: u64,
}

/// What is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Cases with any repeat.
    pub cases_with_rework: u64,
    /// Their share of all cases; missing without cases.
    pub share: Option<Ratio>,
    /// Repeats of all activities.
    pub repeats: u64,
    /// Every activity, auxiliary ones included, by cases descending, then name.
    pub activities: Vec<ReworkActivity>,
    /// The cases with most repeats, by repeats descending, then case id.
    pub case_list: Vec<ReworkCase>,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    events: u64,
    cases_with_rework: u64,
    activities: Vec<ActivitySeen>,
    case_list: BestRows<CaseSeen>,
    /// Kept so that `merge` can select.
    case_count_max: usize,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct ActivitySeen {
    cases: u64,
    cases_with_repeat: u64,
    repeats: u64,
    self_loops: u64,
    most_in_case: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct CaseSeen {
    id: String,
    events: u64,
    repeats: u64,
    self_loops: u64,
}

/// Counts of one activity in one batch, and in the case at hand.
#[derive(Clone, Default)]
struct Counter {
    case_number: u32,
    in_case: u32,
    cases: u32,
    cases_with_repeat: u32,
    repeats: u32,
    self_loops: u32,
    most_in_case: u32,
}

/// A case that may come into the list, before anything is copied.
struct Candidate<'a> {
    case: Case<'a>,
    repeats: u32,
    self_loops: u32,
}

impl Operator for Op {
    const NAME: &'static str = "rework";
    const SUMMARY: &'static str = "What is done more than once in a case, and in which cases.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn plan(_: &LogContext, params: Params) -> Result<Plan, Problem> {
        Ok(Plan { case_count_max: Page::new(0, params.limit, REWORK_CASES_MAX)?.end() })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        into.case_count_max = plan.case_count_max;
        let mut counters = vec![Counter::default(); log.activities.count()];
        let mut candidates = BestRows::default();
        // Cases are numbered from 1 within the batch, so that 0 means "in no case yet".
        let mut case_number = 0_u32;
        let bound = into.case_list.bound(plan.case_count_max);
        batch.for_each(|case| {
            case_number += 1;
            let (repeats, self_loops) = count(&mut counters, case_number, case.activities());
            into.cases += 1;
            into.events += case.event_count() as u64;
            into.cases_with_rework += u64::from(repeats > 0);
            let least = bound.map_or(1, |bound| bound.repeats);
            if repeats > 0 && least <= u64::from(repeats) {
                let candidate = Candidate { case, repeats, self_loops };
                candidates.offer(plan.case_count_max, candidate, candidate_order);
            }
        });
        for candidate in candidates.into_rows(plan.case_count_max, candidate_order) {
            let row = CaseSeen {
                id: candidate.case.id().to_owned(),
                events: candidate.case.event_count() as u64,
                repeats: candidate.repeats.into(),
                self_loops: candidate.self_loops.into(),
            };
            into.case_list.offer(plan.case_count_max, row, case_order);
        }
        into.activities.resize_with(counters.len(), ActivitySeen::default);
        for (seen, counter) in into.activities.iter_mut().zip(&counters) {
            seen.add(&ActivitySeen {
                cases: counter.cases.into(),
                cases_with_repeat: counter.cases_with_repeat.into(),
                repeats: counter.repeats.into(),
                self_loops: counter.self_loops.into(),
                most_in_case: counter.most_in_case.into(),
            });
        }
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.events += right.events;
        left.cases_with_rework += right.cases_with_rework;
        let activity_count = left.activities.len().max(right.activities.len());
        left.activities.resize_with(activity_count, ActivitySeen::default);
        for (left, right) in left.activities.iter_mut().zip(&right.activities) {
            left.add(right);
        }
        left.case_count_max = left.case_count_max.max(right.case_count_max);
        left.case_list.merge(right.case_list, left.case_count_max, case_order);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let seen = &partial.activities;
        let mut codes: Vec<ActivityCode> = log.activities.codes().collect();
        codes.retain(|code| seen.get(code.idx()).is_some_and(|seen| seen.cases > 0));
        codes.sort_by_key(|code| (Reverse(seen[code.idx()].cases), *code));
        let activities = codes.iter().map(|&code| {
            let seen = &seen[code.idx()];
            ReworkActivity {
                activity: log.activities.name(code).to_owned(),
                cases: seen.cases,
                cases_with_repeat: seen.cases_with_repeat,
                share_with_repeat: Ratio::of(seen.cases_with_repeat, seen.cases),
                repeats: seen.repeats,
                self_loops: seen.self_loops,
                returns: seen.repeats - seen.self_loops,
                most_in_case: seen.most_in_case,
            }
        });
        let case_list = partial.case_list.into_sorted(plan.case_count_max, case_order);
        let case_list = case_list.into_iter().map(|seen| ReworkCase {
            case: seen.id,
            events: seen.events,
            repeats: seen.repeats,
            self_loops: seen.self_loops,
            returns: seen.repeats - seen.self_loops,
        });
        Ok(Output {
            cases: partial.cases,
            events: partial.events,
            cases_with_rework: partial.cases_with_rework,
            share: Ratio::of(partial.cases_with_rework, partial.cases),
            repeats: seen.iter().map(|seen| seen.repeats).sum(),
            activities: activities.collect(),
            case_list: case_list.collect(),
        })
    }
}

/// Counts the events of a case; its repeats and its self-loops.
#[inline]
fn count(counters: &mut [Counter], case_number: u32, trace: &[ActivityCode]) -> (u32, u32) {
    let (mut repeats, mut self_loops) = (0, 0);
    let mut previous = None;
    for &activity in trace {
        let counter = &mut counters[activity.idx()];
        // Without branches, for whether an activity repeats is hard to foresee.
        let is_repeat = u32::from(counter.case_number == case_number);
        counter.case_number = case_number;
        counter.in_case = is_repeat * counter.in_case + 1;
        counter.cases += 1 - is_repeat;
        counter.cases_with_repeat += u32::from(counter.in_case == 2);
        counter.repeats += is_repeat;
        counter.most_in_case = counter.most_in_case.max(counter.in_case);
        let is_self_loop = u32::from(previous == Some(activity));
        counter.self_loops += is_self_loop;
        repeats += is_repeat;
        self_loops += is_self_loop;
        previous = Some(activity);
    }
    (repeats, self_loops)
}

impl ActivitySeen {
    fn add(&mut self, other: &ActivitySeen) {
        self.cases += other.cases;
        self.cases_with_repeat += other.cases_with_repeat;
        self.repeats += other.repeats;
        self.self_loops += other.self_loops;
        self.most_in_case = self.most_in_case.max(other.most_in_case);
    }
}

fn candidate_order(left: &Candidate<'_>, right: &Candidate<'_>) -> Ordering {
    right.repeats.cmp(&left.repeats).then_with(|| left.case.id().cmp(right.case.id()))
}

fn case_order(left: &CaseSeen, right: &CaseSeen) -> Ordering {
    right.repeats.cmp(&left.repeats).then_with(|| left.id.cmp(&right.id))
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_list, ask_log};
    use expect_test::expect;
    use paydirt_model::log_builder::LogSpec;
    use paydirt_model::text_log;
    use serde_json::Value;

    /// Activity: cases, cases with repeat, repeats = self-loops + returns, most in a case.
    fn lines(log: &str) -> Vec<String> {
        let answer: Value = serde_json::from_str(&ask(log, "rework", "{}")).unwrap();
        let list = answer["activities"].as_array().unwrap().iter();
        list.map(|row| {
            let number = |name: &str| row[name].to_string();
            format!(
                "{}: {} {} {}={}+{} {}",
                row["activity"].as_str().unwrap(),
                number("cases"),
                number("cases_with_repeat"),
                number("repeats"),
                number("self_loops"),
                number("returns"),
                number("most_in_case"),
            )
        })
        .collect()
    }

    #[test]
    fn rework_counts_only_repeats_in_one_case() {
        assert_eq!(lines("a b\na b"), ["a: 2 0 0=0+0 1", "b: 2 0 0=0+0 1"]);
    }

    #[test]
    fn self_loops_and_returns_make_the_repeats() {
        // Case 1: a repeats 3 times, twice directly; case 2: b returns once, a directly once.
        let log = "a a a b a\na a b c b";
        assert_eq!(lines(log), ["a: 2 2 4=3+1 4", "b: 2 1 1=0+1 2", "c: 1 0 0=0+0 1"]);
    }

    #[test]
    fn more_cases_come_first_and_ties_go_by_name() {
        let log = "受注 見積\n見積 b\nb";
        assert_eq!(lines(log), ["b: 2 0 0=0+0 1", "見積: 2 0 0=0+0 1", "受注: 1 0 0=0+0 1"]);
    }

    #[test]
    fn the_cases_with_most_repeats_are_listed() {
        let log = "x: a a a\ny: a b\nz: b b b\nw: a b a b";
        let rows = ask_list(log, "rework", r#"{"limit":3}"#, "/case_list");
        assert_eq!(
            rows,
            [
                r#"{"case":"w","events":4,"repeats":2,"self_loops":0,"returns":2}"#,
                r#"{"case":"x","events":3,"repeats":2,"self_loops":2,"returns":0}"#,
                r#"{"case":"z","events":3,"repeats":2,"self_loops":2,"returns":0}"#,
            ]
        );
        let shorter = ask_list(log, "rework", r#"{"limit":2}"#, "/case_list");
        assert_eq!(shorter, rows[..2]);
        assert!(ask(log, "rework", r#"{"limit":10001}"#).contains("at most 10,000"));
    }

    #[test]
    fn one_repeat_in_four_cases_is_a_quarter() {
        expect![[r#"{"cases":4,"events":5,"cases_with_rework":1,"share":0.25,"repeats":1,"activities":[{"activity":"a","cases":4,"cases_with_repeat":1,"share_with_repeat":0.25,"repeats":1,"self_loops":1,"returns":0,"most_in_case":2}],"case_list":[{"case":"c1","events":2,"repeats":1,"self_loops":1,"returns":0}]}"#]]
        .assert_eq(&ask("a a\na ×3", "rework", "{}"));
    }

    #[test]
    fn an_empty_log_has_no_rework() {
        expect![[r#"{"cases":0,"events":0,"cases_with_rework":0,"share":null,"repeats":0,"activities":[],"case_list":[]}"#]]
        .assert_eq(&ask("", "rework", "{}"));
    }

    #[test]
    fn partitions_do_not_change_the_answer() {
        let lines: Vec<String> =
            (1..40).map(|n| format!("k{n}: a{}", " b a".repeat(n % 5))).collect();
        let text = lines.join("\n");
        let one = ask(&text, "rework", r#"{"limit":7}"#);
        let many = text_log::parse_with(&text, LogSpec::plain(), 6);
        assert_eq!(ask_log(&many, "rework", r#"{"limit":7}"#), one);
    }
}
