//! How are numbers or amounts distributed, currency by currency?

use paydirt_model::attribute::Attribute;
use serde::{Deserialize, Serialize};

use crate::statistics::duration_bag::Method;
use crate::statistics::number_bag::NumberBag;

/// Numbers by currency; what is no money, or of an unknown currency, has none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct CurrencyBags(Vec<(Option<u16>, NumberBag)>);

impl CurrencyBags {
    /// Adds a number, or the mantissa of an amount with the number of its currency.
    pub(crate) fn push(&mut self, method: Method, currency: Option<u16>, number: i64) {
        self.bag(currency).push(method, number);
    }

    /// Adds what another worker saw.
    pub(crate) fn merge(&mut self, other: CurrencyBags) {
        for (currency, bag) in other.0 {
            self.bag(currency).merge(bag);
        }
    }

    /// How many numbers.
    pub(crate) fn count(&self) -> u64 {
        self.0.iter().map(|(_, bag)| bag.count()).sum()
    }

    /// The numbers of a currency.
    pub(crate) fn get(&self, currency: Option<u16>) -> Option<&NumberBag> {
        self.0.iter().find(|(known, _)| *known == currency).map(|(_, bag)| bag)
    }

    /// The currencies that occur, by code, the unknown one last.
    pub(crate) fn currencies(&self, attribute: &Attribute) -> Vec<(Option<u16>, Option<String>)> {
        let name = |code: u16| attribute.texts.get(usize::from(code)).to_owned();
        let mut currencies: Vec<(Option<u16>, Option<String>)> =
            self.0.iter().map(|&(currency, _)| (currency, currency.map(name))).collect();
        currencies.sort_unstable_by(|(_, a), (_, b)| (a.is_none(), a).cmp(&(b.is_none(), b)));
        currencies
    }

    fn bag(&mut self, currency: Option<u16>) -> &mut NumberBag {
        let known = self.0.iter().position(|(known, _)| *known == currency);
        let place = known.unwrap_or(self.0.len());
        if known.is_none() {
            self.0.push((currency, NumberBag::default()));
        }
        &mut self.0[place].1
    }
}
