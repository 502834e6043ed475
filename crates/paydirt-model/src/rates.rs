//! Dated exchange rates: what one currency is worth in another on a day.

use std::collections::BTreeMap;

use crate::number::{Decimal, divide_half_even};

/// Rates by currency pair and day. A rate is in force from its day until the next one of its pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RateTable {
    rates: BTreeMap<(String, String), BTreeMap<i64, Decimal>>,
}

impl RateTable {
    /// Adds: on `day` (days since 1970-01-01) one unit of `from` is worth `rate` units of `to`.
    pub fn insert(&mut self, day: i64, from: &str, to: &str, rate: Decimal) {
        self.rates.entry((from.to_owned(), to.to_owned())).or_default().insert(day, rate);
    }

    /// The rate in force on a day; 1 from a currency to itself. `None` before the first rate.
    #[must_use]
    pub fn rate(&self, day: i64, from: &str, to: &str) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::new(1, 0));
        }
        let pair = self.rates.get(&(from.to_owned(), to.to_owned()))?;
        pair.range(..=day).next_back().map(|(_, &rate)| rate)
    }

    /// An amount in another currency at the rate of a day, rounded half to even to `scale` digits.
    #[must_use]
    pub fn convert(
        &self,
        day: i64,
        amount: Decimal,
        from: &str,
        to: &str,
        scale: u8,
    ) -> Option<Decimal> {
        let rate = self.rate(day, from, to)?;
        let product = amount.mantissa * rate.mantissa;
        let places = amount.scale + rate.scale;
        let mantissa = if places <= scale {
            product * 10_i128.pow(u32::from(scale - places))
        } else {
            divide_half_even(product, 10_i128.pow(u32::from(places - scale)))
        };
        Some(Decimal::new(mantissa, scale))
    }

    /// Every rate: day, from, to, rate, ordered by pair and day.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &str, &str, Decimal)> {
        self.rates.iter().flat_map(|((from, to), days)| {
            days.iter().map(move |(&day, &rate)| (day, from.as_str(), to.as_str(), rate))
        })
    }

    /// Whether any rate leads to this currency.
    #[must_use]
    pub fn leads_to(&self, currency: &str) -> bool {
        self.rates.keys().any(|(_, to)| to == currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_in_force_is_the_latest_not_after_the_day() {
        let mut table = RateTable::default();
        table.insert(10, "USD", "EUR", Decimal::new(9, 1));
        table.insert(20, "USD", "EUR", Decimal::new(8, 1));
        assert_eq!(table.rate(9, "USD", "EUR"), None);
        assert_eq!(table.rate(19, "USD", "EUR"), Some(Decimal::new(9, 1)));
        let amount = Decimal::new(12_345, 2);
        assert_eq!(table.convert(25, amount, "USD", "EUR", 2), Some(Decimal::new(9876, 2)));
        assert_eq!(table.convert(25, amount, "EUR", "EUR", 2), Some(amount));
    }
}
