//! Who hands work over to whom, how often, and how long does it wait in between? (fold)
//!
//! A handover of work is an event directly followed by another one in the same case, from the
//! resource of the first to that of the second: van der Aalst, Reijers and Song, "Discovering
//! Social Networks from Event Logs" (2005), section 4. A missing resource is a value of its own,
//! `null`, and never the same as another missing one. Auxiliary activities are side notes that hand
//! nothing over: they are passed over unless asked for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use paydirt_model::attribute::{AttributeIdx, AttributeLevel};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::kept_activities::kept_activities;
use crate::statistics::keyed_durations::{DurationWriter, KeyedDurations};
use crate::statistics::left_out::{LeftOut, left_out};
use crate::statistics::page::Page;
use crate::statistics::pair_numbers::PairNumbers;
use crate::statistics::who::{self, Who};

/// Longest list of pairs, and of resources, that can be asked for.
pub const HANDOVER_ROW_MAX: usize = 10_000;

const LIMIT_DEFAULT: u64 = 1_000;

/// The handovers of a log.
pub struct Op;

/// Between whom, and how many pairs are listed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The text attribute that says who, such as a team; the resource of the log when not given.
    #[serde(default)]
    attribute: Option<String>,
    /// How many pairs, and how many resources, are listed; at most 10,000.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Whether auxiliary activities are looked at like others.
    #[serde(default)]
    auxiliary: bool,
}

fn limit_default() -> u64 {
    LIMIT_DEFAULT
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    attribute: AttributeIdx,
    row_max: usize,
    is_kept: Vec<bool>,
    keeps_all: bool,
    method: Method,
}

/// Work that goes from one resource to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct Handover {
    /// Who worked before; `null` if not known.
    pub from: Option<String>,
    /// Who worked after; `null` if not known.
    pub to: Option<String>,
    /// Whether both are known and the same: work that stays where it is.
    pub same: bool,
    /// How often.
    pub handovers: u64,
    /// Cases in which it happens at least once.
    pub cases: u64,
    /// Start of the later − end of the earlier event; missing when all of them overlap.
    pub wait_s: Option<DurationStatistics>,
    /// How often the later event started before the earlier one ended; not part of the waits.
    pub overlaps: u64,
    /// Sum of these overlaps, in seconds.
    pub overlap_s: Duration,
}

/// One resource.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceRow {
    /// Its name; `null` for events without one.
    pub resource: Option<String>,
    /// Its events.
    pub events: u64,
    /// Cases with at least one of them.
    pub cases: u64,
}

/// The handovers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// The attribute that says who.
    pub attribute: String,
    /// Cases looked at.
    pub cases: u64,
    /// Events that are looked at.
    pub events: u64,
    /// Events without a resource.
    pub missing_events: u64,
    /// Events that directly follow another in their case, work that stays with one person included
    /// (`same_handovers`); the difference is handovers of work in the strict sense.
    pub handovers: u64,
    /// Those of which both resources are known.
    pub known_handovers: u64,
    /// Those within one resource.
    pub same_handovers: u64,
    /// Different pairs, listed or not.
    pub total: u64,
    /// Pairs by cases descending, then names, `null` last.
    pub pairs: Vec<Handover>,
    /// Different resources, listed or not; missing ones count as one.
    pub resource_total: u64,
    /// Resources by cases descending, then name, `null` last.
    pub resources: Vec<ResourceRow>,
    /// Activities that are not looked at, by name.
    pub left_out: Vec<LeftOut>,
    /// How order statistics were computed.
    pub method: Method,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    events: u64,
    left_out: Vec<u64>,
    resources: Vec<Seen>,
    numbers: PairNumbers,
    pairs: Vec<Seen>,
    waits: KeyedDurations,
    /// How many overlaps of a pair, and their sum in microseconds.
    overlaps: BTreeMap<u32, (u64, i128)>,
    /// Number of the latest case, from 1.
    #[serde(skip)]
    case_number: u64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Seen {
    events: u64,
    cases: u64,
    #[serde(skip)]
    last_case: u64,
}

impl Operator for Op {
    const NAME: &'static str = "handovers";
    const SUMMARY: &'static str =
        "Who hands work over to whom, how often, and how long it waits in between.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        who::attribute(log, params.attribute.as_deref()).into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let is_kept = kept_activities(log, None, params.auxiliary)?;
        Ok(Plan {
            attribute: who::attribute(log, params.attribute.as_deref())?,
            keeps_all: is_kept.iter().all(|&kept| kept),
            is_kept,
            row_max: Page::new(0, params.limit, HANDOVER_ROW_MAX)?.end(),
            method: Method::of(log),
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let who = Who::new(log, plan.attribute);
        into.prepare(who.missing as usize + 1);
        let segment = batch.segment();
        let is_plain = !segment.has_days() && segment.parts().starts_us.is_empty();
        let codes = who.codes(batch);
        let mut writer = DurationWriter::new(plan.method, segment, segment.event_count());
        batch.for_each(|case| {
            let resource = |event_idx: usize| {
                let place = match who.attribute.level {
                    AttributeLevel::Case => case.idx(),
                    AttributeLevel::Event => case.row(event_idx),
                };
                // A blank is the largest number.
                codes[place].min(who.missing)
            };
            if !plan.keeps_all {
                into.note_left_out(plan, &case);
                let wait_us = |from: usize, to: usize| case.path_us(log, from, to);
                into.look(plan.kept(&case), resource, wait_us, &mut writer);
            } else if is_plain {
                let times_us = case.times_us();
                let wait_us = |from: usize, to: usize| times_us[to] - times_us[from];
                into.look(0..case.event_count(), resource, wait_us, &mut writer);
            } else {
                let wait_us = |from: usize, to: usize| case.path_us(log, from, to);
                into.look(0..case.event_count(), resource, wait_us, &mut writer);
            }
        });
        into.waits.append(writer);
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.events += right.events;
        left.left_out.resize(left.left_out.len().max(right.left_out.len()), 0);
        for (left, right) in left.left_out.iter_mut().zip(right.left_out) {
            *left += right;
        }
        let side = left.resources.len().max(right.resources.len());
        left.prepare(side);
        for (left, right) in left.resources.iter_mut().zip(&right.resources) {
            left.add(right);
        }
        let ends = right.numbers.pairs().iter().zip(&right.pairs);
        let numbers: Vec<u32> = ends
            .map(|(&(from, to), seen)| {
                let number = left.number(side, from, to);
                left.pairs[number as usize].add(seen);
                number
            })
            .collect();
        left.waits.merge(right.waits, |number| numbers[number as usize]);
        for (number, (count, sum_us)) in right.overlaps {
            let known = left.overlaps.entry(numbers[number as usize]).or_default();
            *known = (known.0 + count, known.1 + sum_us);
        }
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let who = Who::new(log, plan.attribute);
        let missing = who.missing as usize;
        let ends = partial.numbers.pairs();
        let same =
            ends.iter().zip(&partial.pairs).filter(|((from, to), _)| who.is_same(*from, *to));
        let is_known = |resource: u32| resource as usize != missing;
        let known = ends
            .iter()
            .zip(&partial.pairs)
            .filter(|((from, to), _)| is_known(*from) && is_known(*to));
        Ok(Output {
            attribute: who.attribute.name.clone(),
            cases: partial.cases,
            events: partial.events,
            missing_events: partial.resources.get(missing).map_or(0, |seen| seen.events),
            handovers: partial.pairs.iter().map(|seen| seen.events).sum(),
            known_handovers: known.map(|(_, seen)| seen.events).sum(),
            same_handovers: same.map(|(_, seen)| seen.events).sum(),
            total: partial.pairs.len() as u64,
            resource_total: partial.resources.iter().filter(|seen| seen.events > 0).count() as u64,
            resources: resources(who, plan.row_max, &partial),
            left_out: left_out(log, &partial.left_out),
            pairs: pairs(who, plan.row_max, partial),
            method: plan.method,
        })
    }
}

impl Partial {
    fn occurs(&self, resource: usize) -> bool {
        self.resources.get(resource).is_some_and(|seen| seen.events > 0)
    }

    fn prepare(&mut self, side: usize) {
        self.resources.resize_with(side, Seen::default);
        self.numbers.prepare(side, side);
    }

    #[inline]
    fn number(&mut self, side: usize, from: u32, to: u32) -> u32 {
        let number = self.numbers.number(side, from, to);
        if number as usize == self.pairs.len() {
            self.pairs.push(Seen::default());
        }
        number
    }

    /// Looks at these events of a case, in order.
    #[inline]
    fn look(
        &mut self,
        mut events: impl Iterator<Item = usize>,
        resource: impl Fn(usize) -> u32,
        wait_us: impl Fn(usize, usize) -> i64,
        writer: &mut DurationWriter,
    ) {
        self.cases += 1;
        self.case_number += 1;
        let side = self.resources.len();
        let Some(mut before) = events.next() else { return };
        let mut from = resource(before);
        self.events += 1;
        self.resources[from as usize].note(self.case_number);
        for event_idx in events {
            let to = resource(event_idx);
            self.events += 1;
            self.resources[to as usize].note(self.case_number);
            let number = self.number(side, from, to);
            self.pairs[number as usize].note(self.case_number);
            let wait_us = wait_us(before, event_idx);
            if wait_us < 0 {
                let overlaps = self.overlaps.entry(number).or_default();
                *overlaps = (overlaps.0 + 1, overlaps.1 - i128::from(wait_us));
            } else {
                writer.push(number, wait_us);
            }
            (before, from) = (event_idx, to);
        }
    }

    fn note_left_out(&mut self, plan: &Plan, case: &Case<'_>) {
        self.left_out.resize(plan.is_kept.len(), 0);
        for activity in case.activities() {
            self.left_out[activity.idx()] += u64::from(!plan.is_kept[activity.idx()]);
        }
    }
}

impl Plan {
    /// The events of a case that are looked at.
    fn kept(&self, case: &Case<'_>) -> impl Iterator<Item = usize> {
        let activities = case.activities();
        (0..activities.len()).filter(|&idx| self.is_kept[activities[idx].idx()])
    }
}

impl Seen {
    #[inline]
    fn note(&mut self, case_number: u64) {
        self.events += 1;
        self.cases += u64::from(self.last_case != case_number);
        self.last_case = case_number;
    }

    fn add(&mut self, other: &Seen) {
        self.events += other.events;
        self.cases += other.cases;
    }
}

fn pairs(who: Who<'_>, row_max: usize, partial: Partial) -> Vec<Handover> {
    let ends = partial.numbers.pairs();
    let ranks = who.ranks(|code| partial.occurs(code));
    let key = |&number: &u32| {
        let (from, to) = ends[number as usize];
        let cases = partial.pairs[number as usize].cases;
        (Reverse(cases), ranks[from as usize], ranks[to as usize])
    };
    let mut listed: Vec<u32> = (0..).zip(ends).map(|(number, _)| number).collect();
    if 0 < row_max && row_max < listed.len() {
        listed.select_nth_unstable_by_key(row_max - 1, key);
    }
    listed.truncate(row_max);
    listed.sort_unstable_by_key(key);
    let overlaps = |number: u32| partial.overlaps.get(&number).copied().unwrap_or_default();
    let kind = |&number: &u32| (number, partial.pairs[number as usize].events - overlaps(number).0);
    let waits = partial.waits.statistics(&listed.iter().map(kind).collect::<Vec<_>>());
    let rows = listed.iter().zip(waits).map(|(&number, wait_s)| {
        let (from, to) = ends[number as usize];
        let seen = &partial.pairs[number as usize];
        let (overlaps, overlap_us) = overlaps(number);
        Handover {
            from: who.name(from),
            to: who.name(to),
            same: who.is_same(from, to),
            handovers: seen.events,
            cases: seen.cases,
            wait_s,
            overlaps,
            overlap_s: Duration::from_us(overlap_us),
        }
    });
    rows.collect()
}

fn resources(who: Who<'_>, row_max: usize, partial: &Partial) -> Vec<ResourceRow> {
    let ranks = who.ranks(|code| partial.occurs(code));
    let mut seen: Vec<(u32, &Seen)> = (0..).zip(&partial.resources).collect();
    seen.retain(|(_, seen)| seen.events > 0);
    seen.sort_unstable_by_key(|(code, seen)| (Reverse(seen.cases), ranks[*code as usize]));
    seen.truncate(row_max);
    let rows = seen.into_iter().map(|(code, seen)| ResourceRow {
        resource: who.name(code),
        events: seen.events,
        cases: seen.cases,
    });
    rows.collect()
}

#[cfg(test)]
mod tests;
