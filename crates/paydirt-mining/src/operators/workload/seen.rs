//! How the work of resources is counted: one pass over whole cases, into resources and periods.

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::{Case, CaseBatch};
use serde::{Deserialize, Serialize};

use super::hours::Hours;
use crate::statistics::calendar::Periods;
use crate::statistics::pair_numbers::PairNumbers;
use crate::statistics::who::Who;

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    pub(super) cases: u64,
    pub(super) events: u64,
    resources: Vec<Work>,
    numbers: PairNumbers,
    /// By the number of resource and period.
    cells: Vec<Cell>,
    /// Cases with an event, by period.
    period_cases: Vec<CaseCount>,
    pub(super) hours: Hours,
    /// Number of the latest case, from 1.
    #[serde(skip)]
    case_number: u64,
}

/// What is seen of one resource.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Work {
    pub(super) events: u64,
    pub(super) cases: u64,
    pub(super) processing_events: u64,
    pub(super) processing_us: i128,
    pub(super) first_us: i64,
    pub(super) last_us: i64,
    #[serde(skip)]
    last_case: u64,
}

/// What is seen of one resource in one period.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Cell {
    pub(super) events: u64,
    pub(super) cases: u64,
    pub(super) processing_us: i128,
    /// Cases that are taken into hand for longer than the period, less those that are given away.
    pub(super) taken: i64,
    #[serde(skip)]
    last_case: u64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct CaseCount {
    cases: u64,
    #[serde(skip)]
    last_case: u64,
}

impl Cell {
    pub(super) fn add(&mut self, other: &Cell) {
        self.events += other.events;
        self.cases += other.cases;
        self.processing_us += other.processing_us;
        self.taken += other.taken;
    }
}

impl Work {
    fn note(&mut self, case_number: u64, time_us: i64) {
        self.first_us = if self.events == 0 { time_us } else { self.first_us.min(time_us) };
        self.last_us = if self.events == 0 { time_us } else { self.last_us.max(time_us) };
        self.events += 1;
        self.cases += u64::from(self.last_case != case_number);
        self.last_case = case_number;
    }

    fn add(&mut self, other: &Work) {
        if other.events == 0 {
            return;
        }
        let is_first = self.events == 0;
        self.first_us = if is_first { other.first_us } else { self.first_us.min(other.first_us) };
        self.last_us = if is_first { other.last_us } else { self.last_us.max(other.last_us) };
        self.events += other.events;
        self.cases += other.cases;
        self.processing_events += other.processing_events;
        self.processing_us += other.processing_us;
    }
}

impl Partial {
    /// Looks at some whole cases.
    pub(super) fn look(&mut self, who: Who<'_>, periods: &Periods, batch: &CaseBatch<'_>) {
        self.prepare(who.missing as usize + 1, periods.len());
        let codes = who.codes(batch);
        batch.for_each(|case| {
            let resource = |event_idx: usize| {
                let place = match who.attribute.level {
                    AttributeLevel::Case => case.idx(),
                    AttributeLevel::Event => case.row(event_idx),
                };
                // A blank is the largest number.
                codes[place].min(who.missing)
            };
            self.look_at_case(&case, resource, periods);
        });
    }

    fn look_at_case(
        &mut self,
        case: &Case<'_>,
        resource: impl Fn(usize) -> u32,
        periods: &Periods,
    ) {
        self.cases += 1;
        self.events += case.event_count() as u64;
        self.case_number += 1;
        let case_number = self.case_number;
        let mut before: Option<(u32, usize)> = None;
        for (event_idx, &time_us) in case.times_us().iter().enumerate() {
            let (code, period) = (resource(event_idx), periods.find(time_us));
            let in_period = &mut self.period_cases[period];
            in_period.cases += u64::from(in_period.last_case != case_number);
            in_period.last_case = case_number;
            if let Some((holder, since)) = before.filter(|&(_, since)| since < period) {
                self.cell(holder, since).taken += 1;
                self.cell(holder, period).taken -= 1;
            }
            before = Some((code, period));
            self.resources[code as usize].note(case_number, time_us);
            let cell = self.cell(code, period);
            cell.events += 1;
            cell.cases += u64::from(cell.last_case != case_number);
            cell.last_case = case_number;
            if let Some(start_us) = case.own_start_us(event_idx) {
                let processing_us = i128::from(time_us) - i128::from(start_us);
                cell.processing_us += processing_us;
                let work = &mut self.resources[code as usize];
                work.processing_events += 1;
                work.processing_us += processing_us;
            }
        }
    }

    fn cell(&mut self, code: u32, period: usize) -> &mut Cell {
        let columns = self.period_cases.len();
        let period = u32::try_from(period).expect("periods are limited");
        let number = self.numbers.number(columns, code, period) as usize;
        if number == self.cells.len() {
            self.cells.push(Cell::default());
        }
        &mut self.cells[number]
    }

    fn prepare(&mut self, resource_count: usize, period_count: usize) {
        self.resources.resize_with(resource_count, Work::default);
        self.period_cases.resize_with(period_count, CaseCount::default);
        self.numbers.prepare(resource_count, period_count);
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, right: Partial) {
        self.cases += right.cases;
        self.events += right.events;
        self.hours.merge(right.hours);
        if right.resources.is_empty() {
            return;
        }
        self.prepare(right.resources.len(), right.period_cases.len());
        for (left, right) in self.resources.iter_mut().zip(&right.resources) {
            left.add(right);
        }
        for (left, right) in self.period_cases.iter_mut().zip(&right.period_cases) {
            left.cases += right.cases;
        }
        for (&(code, period), cell) in right.numbers.pairs().iter().zip(&right.cells) {
            self.cell(code, period as usize).add(cell);
        }
    }

    pub(super) fn resources(&self) -> &[Work] {
        &self.resources
    }

    pub(super) fn occurs(&self, code: usize) -> bool {
        self.resources.get(code).is_some_and(|work| work.events > 0)
    }

    pub(super) fn cases_in(&self, period: usize) -> u64 {
        self.period_cases[period].cases
    }

    /// For each resource its cells by period, in order.
    pub(super) fn cells_by_resource(&self) -> Vec<Vec<(usize, Cell)>> {
        let mut by_resource = vec![Vec::new(); self.resources.len()];
        for (&(code, period), cell) in self.numbers.pairs().iter().zip(&self.cells) {
            by_resource[code as usize].push((period as usize, cell.clone()));
        }
        for cells in &mut by_resource {
            cells.sort_unstable_by_key(|(period, _)| *period);
        }
        by_resource
    }
}
