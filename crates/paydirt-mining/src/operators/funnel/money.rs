//! What are the cases of a stage worth? Sums by currency of the value in force.
//!
//! The value in force is the latest one of an event attribute of this name up to the event with
//! which a case reached the stage, else the case's own value.

use std::collections::BTreeMap;

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::problem::Problem;
use paydirt_model::say;
use serde::{Deserialize, Serialize};

use super::StageValue;
use crate::filters::bounds::wrong_type;

/// The attribute that says what a case is worth, looked up.
#[derive(Debug)]
pub(super) struct StageMoney {
    of_event: Option<Attribute>,
    of_case: Option<Attribute>,
}

/// Sums of mantissas and numbers of cases, by level of the attribute and number of the currency.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct MoneySum {
    sums: Vec<((bool, Option<u16>), i128, u64)>,
    missing: u64,
}

impl StageMoney {
    /// Looks the attribute up.
    ///
    /// # Errors
    /// There is none of this name, or it is not numeric.
    pub(super) fn new(log: &LogContext, name: &str) -> Result<Self, Problem> {
        log.attribute(name).map_err(|problem| problem.in_parameter("value"))?;
        let of_event = log.attribute_at(name, AttributeLevel::Event).cloned();
        let of_case = log.attribute_at(name, AttributeLevel::Case).cloned();
        let numeric = [AttributeType::Integer, AttributeType::Decimal, AttributeType::Money];
        for attribute in of_event.iter().chain(&of_case) {
            if !numeric.contains(&attribute.kind) {
                let problem = wrong_type(attribute, say!("integer, decimal or money"));
                return Err(problem.in_parameter("value"));
            }
        }
        Ok(StageMoney { of_event, of_case })
    }

    /// Adds what the case is worth at one of its events.
    pub(super) fn add(&self, case: &Case<'_>, event_idx: usize, sum: &mut MoneySum) {
        let read = |attribute: &Attribute, event_idx: usize| {
            let (column, idx) = case.cell(attribute, event_idx);
            Some((column.number(idx)?, column.currency_code(idx)))
        };
        let latest = |attribute| (0..=event_idx).rev().find_map(|idx| read(attribute, idx));
        if let Some((mantissa, currency)) = self.of_event.as_ref().and_then(latest) {
            sum.add((true, currency), mantissa.into(), 1);
            return;
        }
        match self.of_case.as_ref().and_then(|attribute| read(attribute, event_idx)) {
            Some((mantissa, currency)) => sum.add((false, currency), mantissa.into(), 1),
            None => sum.missing += 1,
        }
    }

    /// The sums by currency, `null` last.
    pub(super) fn answer(&self, sum: &MoneySum) -> Vec<StageValue> {
        let of = |is_of_event: bool| {
            let attribute = if is_of_event { &self.of_event } else { &self.of_case };
            attribute.as_ref().expect("a value comes from an attribute that is there")
        };
        let scale = self.of_event.iter().chain(&self.of_case).map(|attribute| attribute.scale);
        let scale = scale.max().unwrap_or(0);
        let mut by_currency: BTreeMap<(bool, Option<String>), (i128, u64)> = BTreeMap::new();
        for &((is_of_event, currency), total, cases) in &sum.sums {
            let attribute = of(is_of_event);
            let name = currency.map(|code| attribute.texts.get(usize::from(code)).to_owned());
            let power = 10_i128.pow(u32::from(scale - attribute.scale));
            let known = by_currency.entry((name.is_none(), name)).or_default();
            *known = (known.0 + total * power, known.1 + cases);
        }
        let value = |((_, currency), (total, cases))| StageValue {
            currency,
            total: Decimal::new(total, scale),
            cases,
        };
        by_currency.into_iter().map(value).collect()
    }
}

impl MoneySum {
    fn add(&mut self, kind: (bool, Option<u16>), total: i128, cases: u64) {
        match self.sums.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, sum, count)) => (*sum, *count) = (*sum + total, *count + cases),
            None => self.sums.push((kind, total, cases)),
        }
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, other: MoneySum) {
        self.missing += other.missing;
        for (kind, total, cases) in other.sums {
            self.add(kind, total, cases);
        }
    }

    /// Cases without a value.
    pub(super) fn missing(&self) -> u64 {
        self.missing
    }
}
