//! How are the answers of both sides joined: the same activity and the same path beside each other?

use std::collections::BTreeMap;

use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::problem::Problem;

use super::parts::{Comparing, counted, duration_difference};
use super::union::{Strengths, appearances};
use super::{
    ComparedActivity, ComparedEnd, ComparedLeftOut, ComparedPath, ComparedSide, Output, Partial,
    Plan, SideDifference, SideFigures, SideSeen,
};
use crate::operator::Operator;
use crate::operators::map::{self, MapActivity, MapEnd, MapPath};
use crate::operators::summary;
use crate::statistics::left_out::LeftOut;

/// Digits after the point of what is counted for each case.
const PER_CASE_DIGITS: u8 = 6;

/// The same thing on both sides; missing where it does not occur.
type Pair<T> = (Option<T>, Option<T>);

/// The same two answers that `map` and `summary` give of the cases of a side alone.
pub(super) fn answers(
    log: &LogContext,
    plan: &map::Plan,
    seen: SideSeen,
) -> Result<Answers, Problem> {
    let whole = summary::Op::finish(log, &(), seen.whole)?;
    Ok((map::Op::finish(log, plan, seen.map)?, whole))
}

/// The map and the figures of one side.
pub(super) type Answers = (map::Output, summary::Output);

/// How many cases were looked at, and how many of them are on both sides or on neither.
pub(super) struct Looked {
    pub(super) cases: u64,
    pub(super) shared: u64,
    pub(super) neither: u64,
}

pub(super) fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
    let Partial { cases, shared, neither, a, b } = partial;
    let (a, b) = (answers(log, &plan.map, a)?, answers(log, &plan.map, b)?);
    Ok(compared(Looked { cases, shared, neither }, &plan.keep, plan.few_cases, a, b))
}

/// Both sides beside each other.
pub(super) fn compared(
    looked: Looked,
    keep: &[String],
    few_cases: u64,
    (map_a, whole_a): Answers,
    (map_b, whole_b): Answers,
) -> Output {
    let comparing = Comparing { a: map_a.cases, b: map_b.cases, few_cases };
    let difference = whole_difference(&whole_a, &whole_b);
    let few = |cases: u64| cases < few_cases;
    let a = side(whole_a, map_a.cases_without_events, few(map_a.cases));
    let b = side(whole_b, map_b.cases_without_events, few(map_b.cases));
    let starts = ends(&comparing, map_a.starts, map_b.starts);
    let last = ends(&comparing, map_a.ends, map_b.ends);
    let mut activities = activities(&comparing, map_a.activities, map_b.activities);
    let mut paths = paths(&comparing, map_a.paths, map_b.paths);
    appearances(&comparing, keep, (&starts, &last), &mut activities, &mut paths);
    activities.sort_by_cached_key(|one| {
        (comparing.rank(&one.difference, &one.a, &one.b), one.activity.clone())
    });
    paths.sort_by_cached_key(|one| {
        (comparing.rank(&one.difference, &one.a, &one.b), one.from.clone(), one.to.clone())
    });
    Output {
        cases: looked.cases,
        shared: looked.shared,
        neither: looked.neither,
        a,
        b,
        difference,
        few_cases,
        ranked: comparing.is_possible(),
        activities,
        paths,
        starts,
        ends: last,
        left_out: left_out(map_a.left_out, map_b.left_out),
        method: map_a.method.max(map_b.method),
    }
}

fn side(whole: summary::Output, cases_without_events: u64, few: bool) -> ComparedSide {
    ComparedSide {
        cases: whole.cases,
        of: None,
        cases_without_events,
        events: whole.events,
        events_per_case: per_case(whole.events.into(), whole.cases),
        activities: whole.activities,
        variants: whole.variants,
        first_event_at: whole.first_event_at,
        last_event_at: whole.last_event_at,
        case_duration_s: whole.case_duration_s,
        few,
    }
}

fn per_case(count: i128, cases: u64) -> Option<Decimal> {
    (cases > 0).then(|| Decimal::quotient(count, cases.into(), PER_CASE_DIGITS))
}

fn whole_difference(a: &summary::Output, b: &summary::Output) -> SideDifference {
    let (cases_a, cases_b) = (i128::from(a.cases), i128::from(b.cases));
    let crossed = i128::from(a.events) * cases_b - i128::from(b.events) * cases_a;
    let minus = |a: u64, b: u64| {
        let (a, b) = (i64::try_from(a), i64::try_from(b));
        a.expect("counts are below 2^63") - b.expect("counts are below 2^63")
    };
    SideDifference {
        cases: minus(a.cases, b.cases),
        events: minus(a.events, b.events),
        events_per_case: (cases_a * cases_b > 0)
            .then(|| Decimal::quotient(crossed, cases_a * cases_b, PER_CASE_DIGITS)),
        activities: minus(a.activities, b.activities),
        variants: minus(a.variants, b.variants),
        case_duration_s: duration_difference(a.case_duration_s, b.case_duration_s),
    }
}

/// What occurs on a side or on both, by its name.
fn joined<K: Ord, T>(a: Vec<T>, b: Vec<T>, key: impl Fn(&T) -> K) -> BTreeMap<K, Pair<T>> {
    let mut pairs: BTreeMap<K, Pair<T>> = BTreeMap::new();
    for one in a {
        let key = key(&one);
        pairs.entry(key).or_insert((None, None)).0 = Some(one);
    }
    for one in b {
        let key = key(&one);
        pairs.entry(key).or_insert((None, None)).1 = Some(one);
    }
    pairs
}

fn activities(
    comparing: &Comparing,
    a: Vec<MapActivity>,
    b: Vec<MapActivity>,
) -> Vec<ComparedActivity> {
    let figures = |one: Option<MapActivity>, cases: u64| {
        let Some(one) = one else { return counted(0, 0, cases) };
        SideFigures {
            duration_s: one.duration_s,
            wait_s: one.wait_s,
            ..counted(one.events, one.cases, cases)
        }
    };
    let pairs = joined(a, b, |one| one.activity.clone()).into_iter();
    pairs
        .map(|(activity, (a, b))| {
            let (a, b) = (figures(a, comparing.a), figures(b, comparing.b));
            ComparedActivity {
                activity,
                difference: comparing.difference(&a, &b),
                strength: Strengths::of(comparing).shown(&a, &b),
                a,
                b,
                shown_from: 0,
                shown: true,
            }
        })
        .collect()
}

fn paths(comparing: &Comparing, a: Vec<MapPath>, b: Vec<MapPath>) -> Vec<ComparedPath> {
    let figures = |one: Option<MapPath>, cases: u64| {
        let Some(one) = one else { return counted(0, 0, cases) };
        SideFigures { duration_s: one.duration_s, ..counted(one.events, one.cases, cases) }
    };
    let pairs = joined(a, b, |one| (one.from.clone(), one.to.clone())).into_iter();
    pairs
        .map(|((from, to), (a, b))| {
            let (a, b) = (figures(a, comparing.a), figures(b, comparing.b));
            ComparedPath {
                from,
                to,
                difference: comparing.difference(&a, &b),
                strength: Strengths::of(comparing).shown(&a, &b),
                a,
                b,
                shown_from: 0,
                shown: true,
            }
        })
        .collect()
}

fn ends(comparing: &Comparing, a: Vec<MapEnd>, b: Vec<MapEnd>) -> Vec<ComparedEnd> {
    let cases = |one: Option<MapEnd>| one.map_or(0, |one| one.cases);
    let mut ends: Vec<ComparedEnd> = joined(a, b, |one| one.activity.clone())
        .into_iter()
        .map(|(activity, (a, b))| comparing.end(activity, cases(a), cases(b)))
        .collect();
    ends.sort_by_cached_key(|end| (comparing.rank_of_end(end), end.activity.clone()));
    ends
}

fn left_out(a: Vec<LeftOut>, b: Vec<LeftOut>) -> Vec<ComparedLeftOut> {
    let pairs = joined(a, b, |one| (one.activity.clone(), one.auxiliary)).into_iter();
    let events = |one: Option<LeftOut>| one.map_or(0, |one| one.events);
    pairs
        .map(|((activity, auxiliary), (a, b))| ComparedLeftOut {
            activity,
            a: events(a),
            b: events(b),
            auxiliary,
        })
        .collect()
}
