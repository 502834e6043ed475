//! Do times, durations and sums of a case fit each other?

use std::collections::BTreeMap;

use paydirt_model::attribute::{Attribute, AttributeType};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::time::DAY_US;

use crate::findings::Hit;
use crate::findings::probes::{Probe, first, last};
use crate::library::values::{PlainValue, SettingValue};

/// Most digits after the point at which amounts are compared; no currency has more than four.
const SCALE: u8 = 9;

/// Amounts of one currency: a sum, and whether there was any.
type Sums = BTreeMap<Option<String>, i128>;

impl Probe<'_> {
    fn days_max_us(&self) -> i64 {
        self.limit("days_max").unwrap_or(0).saturating_mul(DAY_US)
    }

    /// The last number of an attribute in a case, and the event at which it is.
    fn last_number(&self, case: &Case<'_>) -> Option<(&Attribute, usize, i64)> {
        let (attribute, event) = self.settled_value(case)?;
        let (column, place) = case.cell(attribute, event);
        Some((attribute, event, column.number(place)?))
    }

    pub(super) fn far(&self, log: &LogContext, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(event) = last(case, &self.activities) else { return 0 };
        let Some((attribute, place, time)) = self.last_number(case) else { return 0 };
        if attribute.kind != AttributeType::Timestamp {
            return 0;
        }
        let apart = time.abs_diff(case.times_us()[event]);
        let is_future = log.as_of.is_some_and(|as_of| as_of.as_us() < time);
        if is_future || self.days_max_us().unsigned_abs() < apart {
            let value = case.value(attribute, place).map(|value| value.to_string());
            hits.push(Hit { event, value });
        }
        1
    }

    pub(super) fn duration_differs(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let ends = (first(case, &self.after), last(case, &self.activities));
        let (Some(start), Some(end)) = ends else { return 0 };
        let Some((attribute, place, given)) = self.last_number(case) else { return 0 };
        // A number that is no duration counts days.
        let given_us = match attribute.kind {
            AttributeType::Duration => i128::from(given),
            AttributeType::Integer | AttributeType::Decimal => {
                let scale = 10_i128.pow(u32::from(attribute.scale));
                i128::from(given) * i128::from(DAY_US) / scale
            }
            _ => return 0,
        };
        let between = i128::from(case.times_us()[end]) - i128::from(case.times_us()[start]);
        if i128::from(self.days_max_us()) < (given_us - between).abs() {
            let value = case.value(attribute, place).map(|value| value.to_string());
            hits.push(Hit { event: end, value });
        }
        1
    }

    /// The amount in a cell at a scale of all amounts, and its currency.
    fn amount(
        &self,
        case: &Case<'_>,
        key_idx: usize,
        event: usize,
    ) -> Option<(Option<String>, i128)> {
        let mut columns = self.columns[key_idx].iter();
        columns.find_map(|attribute| amount_in(case, attribute, event))
    }

    /// The amount that holds in the end: that of the case goes before the one of its last event.
    fn settled_amount(&self, case: &Case<'_>, key_idx: usize) -> Option<(Option<String>, i128)> {
        let mut columns = self.columns[key_idx].iter().rev();
        columns.find_map(|attribute| amount_in(case, attribute, case.event_count() - 1))
    }

    /// The sum of the first attribute over `activities`, beside the value of the second.
    pub(super) fn sum_differs(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let Some(event) = first(case, &self.after) else { return 0 };
        let mut sums = Sums::new();
        for (at, code) in case.activities().iter().enumerate() {
            if let Some((currency, amount)) =
                self.amount(case, 0, at).filter(|_| self.activities[code.idx()])
            {
                *sums.entry(currency).or_default() += amount;
            }
        }
        let second = self.settled_amount(case, 1);
        let (Some((currency, expected)), 1) = (second, sums.len()) else { return 0 };
        let Some(&sum) = sums.get(&currency) else { return 0 };
        let share = i128::from(self.limit("share_max_per_cent").unwrap_or(0));
        if expected.abs() * share < (sum - expected).abs() * 100 {
            let value = Some(written(sum, currency.as_deref()));
            hits.push(Hit { event, value });
        }
        1
    }

    /// By the value of the third attribute: the sum of the first beside that of the second.
    pub(super) fn sum_exceeds(&self, case: &Case<'_>, hits: &mut Vec<Hit>) -> u64 {
        let mut sums: BTreeMap<(i64, Option<String>), [i128; 2]> = BTreeMap::new();
        let mut ends: BTreeMap<i64, usize> = BTreeMap::new();
        for at in 0..case.event_count() {
            let Some(group) = self.identity(case, 2, at) else { continue };
            let code = case.activities()[at].idx();
            for (key_idx, marks) in [&self.after, &self.activities].into_iter().enumerate() {
                if !marks[code] {
                    continue;
                }
                let Some((currency, amount)) = self.amount(case, key_idx, at) else { continue };
                sums.entry((group, currency)).or_default()[key_idx] += amount;
                if key_idx == 0 {
                    ends.insert(group, at);
                }
            }
        }
        let share = self.share();
        let mut looked_at = 0;
        for ((group, currency), [paid, asked]) in sums {
            if asked <= 0 || paid == 0 {
                continue;
            }
            looked_at += 1;
            let (most, _) = share.at_scale(SCALE);
            let most = asked.saturating_mul(10_i128.pow(SCALE.into()) + most);
            if most < paid.saturating_mul(10_i128.pow(SCALE.into())) {
                let value = Some(written(paid, currency.as_deref()));
                hits.push(Hit { event: ends[&group], value });
            }
        }
        looked_at
    }

    /// The share that is the setting; none of it where there is none.
    fn share(&self) -> Decimal {
        match self.setting {
            Some(SettingValue::One(PlainValue::Text(share))) => Decimal::parse(share),
            _ => None,
        }
        .unwrap_or(Decimal::new(0, 0))
    }
}

/// The amount in a cell at a scale of all amounts, and its currency.
fn amount_in(
    case: &Case<'_>,
    attribute: &Attribute,
    event: usize,
) -> Option<(Option<String>, i128)> {
    let (column, place) = case.cell(attribute, event);
    let number = column.number(place)?;
    let currency = column.currency_code(place);
    let currency = currency.map(|code| attribute.texts.get(usize::from(code)).to_owned());
    let (amount, _) = Decimal::new(number.into(), attribute.scale).at_scale(SCALE);
    Some((currency, amount))
}

/// An amount as a person reads it: with as many digits after the point as it needs, at least two.
fn written(amount: i128, currency: Option<&str>) -> String {
    let needed = (2..SCALE).find(|&scale| Decimal::new(amount, SCALE).at_scale(scale).1);
    let scale = needed.unwrap_or(SCALE);
    let text = Decimal::new(Decimal::new(amount, SCALE).at_scale(scale).0, scale).to_string();
    match currency {
        Some(currency) => format!("{text} {currency}"),
        None => text,
    }
}
