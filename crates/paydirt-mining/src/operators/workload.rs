//! Who did how much in which period, and how much was in hand at its end? (regroup)
//!
//! Indicators of the work of a resource in a period: Pika, Leyer, Wynn, Fidge, ter Hofstede and
//! van der Aalst, "Mining Resource Profiles from Event Logs" (2017). An event belongs to the period
//! of its time, its completion where it has a start. A case is in hand with the resource of its
//! latest event until its next event; after its last event it is in nobody's hand. A missing
//! resource is a value of its own, `null`. Auxiliary activities are work too and are counted.

mod hours;
mod seen;

use std::cmp::Reverse;

use paydirt_model::attribute::AttributeIdx;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Duration, Ratio};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::calendar::{Granularity, Periods};
use crate::statistics::page::Page;
use crate::statistics::who::{self, Who};
use hours::WorkloadHour;
use seen::{Cell, Partial, Work};

/// Most resources that can be listed.
pub const RESOURCE_ROW_MAX: usize = 1_000;
/// Most periods of all listed resources together.
pub const CELL_ROW_MAX: usize = 200_000;

/// The workload of a log.
pub struct Op;

/// Of whom, and in which periods.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The text attribute that says who, such as a team; the resource of the log when not given.
    #[serde(default)]
    attribute: Option<String>,
    /// Length of the periods in the time zone of the log. Unless given a month, or a quarter or a
    /// year where the log has more than 10,000 months or quarters.
    #[serde(default)]
    period: Option<Granularity>,
    /// How many resources are listed; at most 1,000, and together at most 200,000 periods of them.
    /// The others are added up. Events without a resource are listed too and take no place.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Whether events are also counted by day of the week and hour in the time zone of the log.
    #[serde(default)]
    hours: bool,
}

fn limit_default() -> u64 {
    20
}

/// The parameters, looked up.
#[derive(Debug)]
pub struct Plan {
    attribute: AttributeIdx,
    granularity: Granularity,
    /// `None` for a log without events.
    periods: Option<Periods>,
    row_max: usize,
    has_hours: bool,
}

/// What everybody did in one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkloadPeriod {
    /// First day of the period in the time zone of the log.
    pub date: String,
    /// First instant of the period.
    pub start: Option<Timestamp>,
    /// Events.
    pub events: u64,
    /// Cases with an event in it.
    pub cases: u64,
    /// Resources with an event in it; missing ones count as one.
    pub resources: u64,
    /// Cases that have begun before its end and have an event after it.
    pub in_hand_at_end: i64,
    /// Processing time of the activity instances that were completed in it; missing where the
    /// log has no start times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_s: Option<Duration>,
}

/// What one resource, or several together, did in one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkloadCell {
    /// First day of the period in the time zone of the log.
    pub date: String,
    /// Events.
    pub events: u64,
    /// Cases with an event of this resource in it; missing for several together, for they may
    /// share cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<u64>,
    /// Cases of which the latest event before its end is theirs, and which have a later one.
    pub in_hand_at_end: i64,
    /// Processing time of the activity instances that were completed in it; missing where the
    /// log has no start times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_s: Option<Duration>,
}

/// The work of one resource.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkloadRow {
    /// Its name; `null` for events without one.
    pub resource: Option<String>,
    /// Its events.
    pub events: u64,
    /// Their share of all events.
    pub share: Option<Ratio>,
    /// Cases with at least one of them.
    pub cases: u64,
    /// Its first event.
    pub first: Option<Timestamp>,
    /// Its last event.
    pub last: Option<Timestamp>,
    /// Its events with a start time (used).
    pub processing_events: u64,
    /// Sum of their processing times; work at the same time counts twice. Missing where the log
    /// has no start times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_s: Option<Duration>,
    /// The periods in which it did or had something, in order.
    pub periods: Vec<WorkloadCell>,
    /// Its events by day of the week and hour, in this order; missing unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<WorkloadHour>>,
}

/// The resources that are not listed, together.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkloadRest {
    /// How many resources.
    pub resources: u64,
    /// Their events.
    pub events: u64,
    /// Their share of all events.
    pub share: Option<Ratio>,
    /// Their events with a start time (used).
    pub processing_events: u64,
    /// Sum of their processing times; missing where the log has no start times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_s: Option<Duration>,
    /// The periods in which they did or had something, in order.
    pub periods: Vec<WorkloadCell>,
}

/// The workload.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// The attribute that says who.
    pub attribute: String,
    /// Cases looked at.
    pub cases: u64,
    /// Events, those of auxiliary activities included.
    pub events: u64,
    /// Events without a resource.
    pub missing_events: u64,
    /// Length of the periods.
    pub period: Granularity,
    /// The periods from the first to the last one with an event, without gaps.
    pub periods: Vec<WorkloadPeriod>,
    /// All events by day of the week and hour, in this order; missing unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<WorkloadHour>>,
    /// Different resources, listed or not; missing ones count as one.
    pub resource_total: u64,
    /// Resources by events descending, then name, `null` last.
    pub resources: Vec<WorkloadRow>,
    /// The resources that are not listed; missing when all are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<WorkloadRest>,
}

impl Operator for Op {
    const NAME: &'static str = "workload";
    const SUMMARY: &'static str =
        "Who did how much in which period, and how many cases were in hand at its end.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        who::attribute(log, params.attribute.as_deref()).into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let attribute = who::attribute(log, params.attribute.as_deref())?;
        let (granularity, periods) = Periods::of(log, params.period)?;
        let row_max = Page::new(0, params.limit, RESOURCE_ROW_MAX)?.end();
        let period_count = periods.as_ref().map_or(0, Periods::len);
        let cell_count = (row_max.min(log.attributes[attribute.0].texts.len()) + 1) * period_count;
        if CELL_ROW_MAX < cell_count {
            let detail = say!(
                "{count} periods of resources were asked for; at most {max} are.",
                count = cell_count,
                max = CELL_ROW_MAX
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail)
                .in_parameter("limit")
                .with_hint(say!("Ask for fewer resources or longer periods.")));
        }
        Ok(Plan { attribute, granularity, periods, row_max, has_hours: params.hours })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        if let Some(periods) = &plan.periods {
            let who = Who::new(log, plan.attribute);
            into.look(who, periods, batch);
            if plan.has_hours {
                into.hours.look(log, who, batch);
            }
        }
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.merge(right);
    }

    fn finish(log: &LogContext, plan: &Plan, partial: Partial) -> Result<Output, Problem> {
        let who = Who::new(log, plan.attribute);
        let missing = who.missing as usize;
        let ranks = who.ranks(|code| partial.occurs(code));
        let mut seen: Vec<(u32, &Work)> = (0..).zip(partial.resources()).collect();
        seen.retain(|(_, work)| work.events > 0);
        seen.sort_unstable_by_key(|(code, work)| (Reverse(work.events), ranks[*code as usize]));
        let table = Table { log, plan, cells: partial.cells_by_resource() };
        let mut places = plan.row_max;
        let (listed, others): (Vec<_>, Vec<_>) = seen.into_iter().partition(|(code, _)| {
            let is_missing = *code as usize == missing;
            let is_listed = is_missing || 0 < places;
            places -= usize::from(is_listed && !is_missing);
            is_listed
        });
        let row = |&(code, work): &(u32, &Work)| WorkloadRow {
            resource: who.name(code),
            events: work.events,
            share: Ratio::of(work.events, partial.events),
            cases: work.cases,
            first: Timestamp::from_us(work.first_us),
            last: Timestamp::from_us(work.last_us),
            processing_events: work.processing_events,
            processing_s: table.work(work.processing_us),
            periods: table.periods(&[code], |cell| Some(cell.cases)),
            hours: plan.has_hours.then(|| partial.hours.of(code)),
        };
        Ok(Output {
            attribute: who.attribute.name.clone(),
            cases: partial.cases,
            events: partial.events,
            missing_events: partial.resources().get(missing).map_or(0, |work| work.events),
            period: plan.granularity,
            periods: table.all(&partial),
            hours: plan.has_hours.then(|| partial.hours.all()),
            resource_total: (listed.len() + others.len()) as u64,
            resources: listed.iter().map(row).collect(),
            rest: (!others.is_empty()).then(|| table.rest(&others, partial.events)),
        })
    }
}

/// The cells of all resources, ready to be shown.
struct Table<'a> {
    log: &'a LogContext,
    plan: &'a Plan,
    /// For each resource its cells by period, in order.
    cells: Vec<Vec<(usize, Cell)>>,
}

impl Table<'_> {
    fn work(&self, processing_us: i128) -> Option<Duration> {
        self.log.has_starts.then(|| Duration::from_us(processing_us))
    }

    fn date(&self, period: usize) -> String {
        let periods = self.plan.periods.as_ref().expect("cells are of periods");
        periods.date(period).to_string()
    }

    /// The cells of several resources, added up by period and without gaps.
    fn added(&self, codes: &[u32]) -> Vec<Cell> {
        let mut added: Vec<Cell> = Vec::new();
        for &code in codes {
            for (period, cell) in &self.cells[code as usize] {
                if added.len() <= *period {
                    added.resize(period + 1, Cell::default());
                }
                added[*period].add(cell);
            }
        }
        let mut in_hand = 0;
        for cell in &mut added {
            in_hand += cell.taken;
            cell.taken = in_hand;
        }
        added
    }

    fn periods(&self, codes: &[u32], cases: impl Fn(&Cell) -> Option<u64>) -> Vec<WorkloadCell> {
        let added = self.added(codes);
        let busy = added.iter().enumerate().filter(|(_, cell)| cell.events > 0 || cell.taken > 0);
        busy.map(|(period, cell)| WorkloadCell {
            date: self.date(period),
            events: cell.events,
            cases: cases(cell),
            in_hand_at_end: cell.taken,
            processing_s: self.work(cell.processing_us),
        })
        .collect()
    }

    /// What everybody did, from the first to the last period with an event.
    fn all(&self, partial: &Partial) -> Vec<WorkloadPeriod> {
        let codes: Vec<u32> = (0..).zip(&self.cells).map(|(code, _)| code).collect();
        let added = self.added(&codes);
        let mut resources = vec![0_u64; added.len()];
        for (period, cell) in self.cells.iter().flatten() {
            resources[*period] += u64::from(cell.events > 0);
        }
        let first = added.iter().position(|cell| cell.events > 0).unwrap_or(added.len());
        let periods = self.plan.periods.as_ref();
        let row = |(period, cell): (usize, &Cell)| WorkloadPeriod {
            date: self.date(period),
            start: periods.and_then(|periods| periods.start(period)),
            events: cell.events,
            cases: partial.cases_in(period),
            resources: resources[period],
            in_hand_at_end: cell.taken,
            processing_s: self.work(cell.processing_us),
        };
        added.iter().enumerate().skip(first).map(row).collect()
    }

    fn rest(&self, others: &[(u32, &Work)], events_in_all: u64) -> WorkloadRest {
        let codes: Vec<u32> = others.iter().map(|&(code, _)| code).collect();
        let events = others.iter().map(|(_, work)| work.events).sum();
        WorkloadRest {
            resources: others.len() as u64,
            events,
            share: Ratio::of(events, events_in_all),
            processing_events: others.iter().map(|(_, work)| work.processing_events).sum(),
            processing_s: self.work(others.iter().map(|(_, work)| work.processing_us).sum()),
            periods: self.periods(&codes, |_| None),
        }
    }
}

#[cfg(test)]
mod tests;
