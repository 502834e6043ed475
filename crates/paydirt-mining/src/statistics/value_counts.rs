//! Which values does an attribute have, how often, and how many are blank? Counts that merge.

use paydirt_model::column::Column;
use serde::{Deserialize, Serialize};

use crate::statistics::duration_bag::Method;
use crate::statistics::number_bag::NumberBag;

/// Dictionaries up to this size are counted in parts, so that runs of one text do not wait for
/// each other.
const PARTED_TEXT_COUNT_MAX: usize = 4_096;
/// Parts in which small dictionaries are counted.
const PARTS: usize = 4;

/// What was seen of the values of one attribute.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ValueCounts {
    eligible: u64,
    used: u64,
    texts: Vec<u64>,
    booleans: [u64; 2],
    /// Numbers, instants and durations at position 0; amounts of money at 1 + the number of their
    /// currency, those of an unknown currency at 0.
    numbers: Vec<NumberBag>,
}

impl ValueCounts {
    /// Adds the values of a column; `text_count` is the size of the attribute's list of texts.
    pub fn add_column(&mut self, method: Method, column: &Column, text_count: usize) {
        self.eligible += column.len() as u64;
        match column {
            Column::Text(codes) => self.add_texts(codes, text_count),
            Column::Number(values) => {
                self.bag(0).add_column(method, values);
                self.used = self.number_count();
            }
            Column::Boolean(_) => self.add_booleans(column),
            Column::Money(values, _) => {
                self.add_money(method, column, values);
                self.used = self.number_count();
            }
        }
    }

    /// Adds what another worker saw.
    pub fn merge(&mut self, other: ValueCounts) {
        self.eligible += other.eligible;
        self.used += other.used;
        self.texts.resize(self.texts.len().max(other.texts.len()), 0);
        for (count, theirs) in self.texts.iter_mut().zip(other.texts) {
            *count += theirs;
        }
        for (count, theirs) in self.booleans.iter_mut().zip(other.booleans) {
            *count += theirs;
        }
        for (idx, theirs) in other.numbers.into_iter().enumerate() {
            self.bag(idx).merge(theirs);
        }
    }

    /// How many cases or events were looked at.
    #[must_use]
    pub fn eligible(&self) -> u64 {
        self.eligible
    }

    /// How many of them have a value.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.used
    }

    /// How often each text occurs, by its number; shorter than the list while the last are absent.
    #[must_use]
    pub fn texts(&self) -> &[u64] {
        &self.texts
    }

    /// How often false and true occur.
    #[must_use]
    pub fn booleans(&self) -> [u64; 2] {
        self.booleans
    }

    /// Numbers, instants and durations at position 0; amounts of money at 1 + the number of their
    /// currency, those of an unknown currency at 0.
    #[must_use]
    pub fn numbers(&self) -> &[NumberBag] {
        &self.numbers
    }

    fn bag(&mut self, idx: usize) -> &mut NumberBag {
        if self.numbers.len() <= idx {
            self.numbers.resize(idx + 1, NumberBag::default());
        }
        &mut self.numbers[idx]
    }

    fn number_count(&self) -> u64 {
        self.numbers.iter().map(NumberBag::count).sum()
    }

    fn add_texts(&mut self, codes: &[u32], text_count: usize) {
        self.texts.resize(text_count, 0);
        if codes.len() < text_count {
            // More texts than values: do not touch them all.
            for &code in codes {
                if let Some(total) = self.texts.get_mut(code as usize) {
                    *total += 1;
                    self.used += 1;
                }
            }
            return;
        }
        // Blanks have the largest code and are counted behind the last text.
        let slot = |code: u32| text_count.min(code as usize);
        let part_len = text_count + 1;
        let parts = if text_count <= PARTED_TEXT_COUNT_MAX { PARTS } else { 1 };
        let mut counts = vec![0_u32; parts * part_len];
        if parts == PARTS {
            let (fours, rest) = codes.as_chunks::<PARTS>();
            for four in fours {
                for (part, &code) in four.iter().enumerate() {
                    counts[part * part_len + slot(code)] += 1;
                }
            }
            rest.iter().for_each(|&code| counts[slot(code)] += 1);
        } else {
            codes.iter().for_each(|&code| counts[slot(code)] += 1);
        }
        for part in counts.chunks(part_len) {
            for (total, &count) in self.texts.iter_mut().zip(part) {
                *total += u64::from(count);
                self.used += u64::from(count);
            }
        }
    }

    fn add_booleans(&mut self, column: &Column) {
        for value in (0..column.len()).filter_map(|idx| column.boolean(idx)) {
            self.booleans[usize::from(value)] += 1;
            self.used += 1;
        }
    }

    /// Adds amounts, currency by currency.
    fn add_money(&mut self, method: Method, column: &Column, amounts: &[i64]) {
        let place = |idx: usize| column.currency_code(idx).map_or(0, |code| usize::from(code) + 1);
        let mut by_currency: Vec<Vec<i64>> = Vec::new();
        for (idx, &amount) in amounts.iter().enumerate() {
            if column.is_blank(idx) {
                continue;
            }
            let place = place(idx);
            if by_currency.len() <= place {
                by_currency.resize(place + 1, Vec::new());
            }
            by_currency[place].push(amount);
        }
        for (place, amounts) in by_currency.iter().enumerate() {
            self.bag(place).add_column(method, amounts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_blanks_are_told_apart() {
        let mut column = Column::Text(vec![0, 1, 1, 1, 0, 2, 1]);
        column.push_blank();
        let mut counts = ValueCounts::default();
        counts.add_column(Method::Exact, &column, 4);
        assert_eq!((counts.eligible(), counts.used(), counts.texts()), (8, 7, &[2, 4, 1, 0][..]));
        let mut sparse = ValueCounts::default();
        sparse.add_column(Method::Exact, &column, 100);
        assert_eq!((sparse.used(), &sparse.texts()[..3]), (7, &[2, 4, 1][..]));
        let codes = (0..10_000).map(|code| code % 5_000).collect();
        let mut large = ValueCounts::default();
        large.add_column(Method::Exact, &Column::Text(codes), 5_000);
        assert_eq!((large.used(), large.texts()), (10_000, &[2; 5_000][..]));
    }

    #[test]
    fn amounts_are_kept_apart_by_currency() {
        let mut column = Column::Money(Vec::new(), Vec::new());
        column.push_money(5, Some(1));
        column.push_money(7, None);
        column.push_blank();
        let mut counts = ValueCounts::default();
        counts.add_column(Method::Exact, &column, 2);
        counts.merge(counts.clone());
        let totals: Vec<i128> = counts.numbers().iter().map(NumberBag::total).collect();
        assert_eq!((counts.eligible(), counts.used(), totals), (6, 4, vec![14, 0, 10]));
    }
}
