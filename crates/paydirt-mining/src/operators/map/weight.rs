//! What a wait costs: the value of an attribute in force at the start of the wait, times the wait.
//!
//! Money over time is its own unit, `money_days(currency)`. The value in force is the latest one
//! of an event attribute of this name up to the event where the wait begins, else the case's own
//! value. Missing values are counted. Money is given per currency, or converted with the log's
//! dated rates at the rate in force on the day the wait begins.

use std::collections::BTreeMap;

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{DAY_US, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which attribute weighs the waits.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WeightParams {
    /// A numeric attribute, such as the amount of a deal.
    pub attribute: String,
    /// Currency to convert money into with the log's dated rates; without it one sum for each
    /// currency is given.
    #[serde(default)]
    pub currency: Option<String>,
}

/// Weighted waiting in one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WeightedWait {
    /// `money_days(EUR)` for money, `NAME·days` for other numbers.
    pub unit: String,
    /// Sum over all waits of value × days, with six digits more than the attribute, rounded half
    /// to even.
    pub total: Decimal,
    /// Waits with a value (used).
    pub used: u64,
}

/// The attribute, looked up.
#[derive(Debug)]
pub(super) struct Weight {
    of_case: Option<Attribute>,
    of_event: Option<Attribute>,
    currency: Option<String>,
    name: String,
    is_money: bool,
    pub(super) scale: u8,
}

/// A value in force: mantissa and its currency.
pub(super) struct Amount {
    mantissa: i64,
    currency: String,
}

/// Sums of value × microseconds by currency (empty for plain numbers).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct WeightSum {
    by_currency: BTreeMap<String, (i128, u64)>,
    missing: u64,
}

impl Weight {
    pub(super) fn plan(log: &LogContext, params: WeightParams) -> Result<Self, Problem> {
        let of_case = log.attribute_at(&params.attribute, AttributeLevel::Case).cloned();
        let of_event = log.attribute_at(&params.attribute, AttributeLevel::Event).cloned();
        let any = log.attribute(&params.attribute)?;
        let is_number = |attribute: &Attribute| {
            matches!(
                attribute.kind,
                AttributeType::Integer | AttributeType::Decimal | AttributeType::Money
            )
        };
        if !of_case.iter().chain(&of_event).all(is_number) {
            return Err(Problem::new(
                ErrorCode::WrongAttributeType,
                say!(
                    "\"{attribute}\" is no number; a weight must be one.",
                    attribute = params.attribute
                ),
            )
            .in_parameter("weight"));
        }
        let is_money = any.kind == AttributeType::Money;
        if let Some(currency) = &params.currency {
            let has_rates = log.rates.as_ref().is_some_and(|rates| rates.leads_to(currency));
            if !is_money || !has_rates {
                return Err(Problem::new(
                    ErrorCode::InvalidParameters,
                    say!("Values cannot be converted into {currency}.", currency),
                )
                .in_parameter("weight.currency")
                .with_hint(say!(
                    "The log needs money values and a table of dated rates; leave it out."
                )));
            }
        }
        let scale = of_case.iter().chain(&of_event).map(|attribute| attribute.scale).max();
        Ok(Weight {
            of_case,
            of_event,
            currency: params.currency,
            name: params.attribute,
            is_money,
            scale: scale.unwrap_or(0),
        })
    }

    /// The value in force when the wait after event `from` begins.
    pub(super) fn in_force(
        &self,
        log: &LogContext,
        case: &Case<'_>,
        from: usize,
    ) -> Option<Amount> {
        let latest = self.of_event.as_ref().and_then(|attribute| {
            (0..=from).rev().find_map(|event_idx| self.read(case, attribute, event_idx))
        });
        let amount =
            latest.or_else(|| self.of_case.as_ref().and_then(|own| self.read(case, own, from)))?;
        let Some(wanted) = &self.currency else { return Some(amount) };
        if amount.currency == *wanted {
            return Some(amount);
        }
        let day = Timestamp::from_us(case.times_us()[from])?.local_day(log.time_zone.zone());
        let decimal = Decimal::new(amount.mantissa.into(), self.scale);
        let rates = log.rates.as_ref()?;
        let converted = rates.convert(day, decimal, &amount.currency, wanted, self.scale)?;
        let mantissa = i64::try_from(converted.mantissa).ok()?;
        Some(Amount { mantissa, currency: wanted.clone() })
    }

    fn read(&self, case: &Case<'_>, attribute: &Attribute, event_idx: usize) -> Option<Amount> {
        let (column, idx) = case.cell(attribute, event_idx);
        let mantissa = column.number(idx)?;
        let power = 10_i64.pow(u32::from(self.scale - attribute.scale));
        let currency = match column.currency_code(idx) {
            Some(code) => attribute.texts.get(usize::from(code)).to_owned(),
            None if self.is_money => return None,
            None => String::new(),
        };
        Some(Amount { mantissa: mantissa.checked_mul(power)?, currency })
    }

    pub(super) fn answer(&self, sum: &WeightSum) -> Vec<WeightedWait> {
        sum.by_currency
            .iter()
            .map(|(currency, &(total, used))| WeightedWait {
                unit: if self.is_money {
                    format!("money_days({currency})")
                } else {
                    format!("{}·days", self.name)
                },
                total: per_day(total, self.scale),
                used,
            })
            .collect()
    }
}

/// A sum of value × microseconds as value × days.
fn per_day(total: i128, scale: u8) -> Decimal {
    const MORE_DIGITS: u8 = 6;
    let day_us = i128::from(DAY_US);
    let power = 10_i128.pow(u32::from(MORE_DIGITS));
    let rest = total.rem_euclid(day_us) * power;
    let mantissa =
        total.div_euclid(day_us) * power + paydirt_model::number::divide_half_even(rest, day_us);
    Decimal::new(mantissa, scale + MORE_DIGITS)
}

impl WeightSum {
    pub(super) fn add(&mut self, amount: Amount, wait_us: i64) {
        let entry = self.by_currency.entry(amount.currency).or_default();
        entry.0 += i128::from(amount.mantissa) * i128::from(wait_us);
        entry.1 += 1;
    }

    pub(super) fn miss(&mut self) {
        self.missing += 1;
    }

    pub(super) fn missing(&self) -> u64 {
        self.missing
    }

    pub(super) fn merge(&mut self, other: &WeightSum) {
        self.missing += other.missing;
        for (currency, &(total, used)) in &other.by_currency {
            let entry = self.by_currency.entry(currency.clone()).or_default();
            entry.0 += total;
            entry.1 += used;
        }
    }
}
