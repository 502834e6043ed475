//! How the values of one attribute are held: one plain array, blanks included.
//!
//! Blanks are encoded inside the arrays (documented at each variant) and never leave this file:
//! every accessor answers with an `Option`.

use crate::attribute::{Attribute, AttributeType, AttributeValue};
use crate::number::{Decimal, Duration, divide_half_even};
use crate::time::Timestamp;

const BLANK_CODE: u32 = u32::MAX;
const BLANK_NUMBER: i64 = i64::MIN;
const BLANK_BOOLEAN: u8 = 2;
const BLANK_CURRENCY: u16 = u16::MAX;

/// The values of one attribute for a run of cases or events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Numbers of texts in the attribute's list; `u32::MAX` is a blank.
    Text(Vec<u32>),
    /// Integers, decimal mantissas, microseconds; `i64::MIN` is a blank.
    Number(Vec<i64>),
    /// 0 false, 1 true, 2 blank.
    Boolean(Vec<u8>),
    /// Mantissas (`i64::MIN` is a blank) and numbers of currencies (`u16::MAX` is unknown).
    Money(Vec<i64>, Vec<u16>),
}

impl Column {
    /// An empty column for values of a type.
    #[must_use]
    pub fn new(kind: AttributeType) -> Self {
        match kind {
            AttributeType::Text => Column::Text(Vec::new()),
            AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Timestamp
            | AttributeType::Duration => Column::Number(Vec::new()),
            AttributeType::Boolean => Column::Boolean(Vec::new()),
            AttributeType::Money => Column::Money(Vec::new(), Vec::new()),
        }
    }

    /// Whether this is how values of a type are held.
    #[must_use]
    pub fn is_of(&self, kind: AttributeType) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(&Column::new(kind))
    }

    /// How many values, blanks included.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Column::Text(codes) => codes.len(),
            Column::Number(values) | Column::Money(values, _) => values.len(),
            Column::Boolean(values) => values.len(),
        }
    }

    /// Whether there is no value at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the value at a position is blank.
    #[inline]
    #[must_use]
    pub fn is_blank(&self, idx: usize) -> bool {
        match self {
            Column::Text(codes) => codes[idx] == BLANK_CODE,
            Column::Number(values) | Column::Money(values, _) => values[idx] == BLANK_NUMBER,
            Column::Boolean(values) => values[idx] == BLANK_BOOLEAN,
        }
    }

    /// The number of the text at a position; `None` for a blank and for other types.
    #[inline]
    #[must_use]
    pub fn text_code(&self, idx: usize) -> Option<u32> {
        match self {
            Column::Text(codes) => Some(codes[idx]).filter(|&code| code != BLANK_CODE),
            Column::Number(_) | Column::Boolean(_) | Column::Money(..) => None,
        }
    }

    /// The number at a position (integer, mantissa, microseconds or money mantissa).
    #[inline]
    #[must_use]
    pub fn number(&self, idx: usize) -> Option<i64> {
        match self {
            Column::Number(values) | Column::Money(values, _) => {
                Some(values[idx]).filter(|&value| value != BLANK_NUMBER)
            }
            Column::Text(_) | Column::Boolean(_) => None,
        }
    }

    /// The truth value at a position.
    #[inline]
    #[must_use]
    pub fn boolean(&self, idx: usize) -> Option<bool> {
        match self {
            Column::Boolean(values) => match values[idx] {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
            Column::Text(_) | Column::Number(_) | Column::Money(..) => None,
        }
    }

    /// The number of the currency at a position of a money column.
    #[inline]
    #[must_use]
    pub fn currency_code(&self, idx: usize) -> Option<u16> {
        match self {
            Column::Money(_, currencies) => {
                Some(currencies[idx]).filter(|&code| code != BLANK_CURRENCY)
            }
            Column::Text(_) | Column::Number(_) | Column::Boolean(_) => None,
        }
    }

    /// The text numbers with `u32::MAX` as blank, for tight loops over a whole text column.
    #[must_use]
    pub fn text_codes(&self) -> Option<&[u32]> {
        match self {
            Column::Text(codes) => Some(codes),
            Column::Number(_) | Column::Boolean(_) | Column::Money(..) => None,
        }
    }

    /// The numbers with `i64::MIN` as blank, for tight loops over a whole number column.
    #[must_use]
    pub fn numbers(&self) -> Option<&[i64]> {
        match self {
            Column::Number(values) | Column::Money(values, _) => Some(values),
            Column::Text(_) | Column::Boolean(_) => None,
        }
    }

    /// The value at a position as a person reads it.
    #[must_use]
    pub fn value<'a>(&self, idx: usize, attribute: &'a Attribute) -> Option<AttributeValue<'a>> {
        Some(match attribute.kind {
            AttributeType::Text => {
                AttributeValue::Text(attribute.texts.get(self.text_code(idx)? as usize))
            }
            AttributeType::Integer => AttributeValue::Integer(self.number(idx)?),
            AttributeType::Decimal => {
                AttributeValue::Decimal(Decimal::new(self.number(idx)?.into(), attribute.scale))
            }
            AttributeType::Boolean => AttributeValue::Boolean(self.boolean(idx)?),
            AttributeType::Timestamp => {
                AttributeValue::Timestamp(Timestamp::from_us(self.number(idx)?)?)
            }
            AttributeType::Duration => {
                AttributeValue::Duration(Duration::from_us(self.number(idx)?))
            }
            AttributeType::Money => AttributeValue::Money {
                amount: Decimal::new(self.number(idx)?.into(), attribute.scale),
                currency: self
                    .currency_code(idx)
                    .map(|code| attribute.texts.get(usize::from(code))),
            },
        })
    }

    /// Appends a blank.
    pub fn push_blank(&mut self) {
        match self {
            Column::Text(codes) => codes.push(BLANK_CODE),
            Column::Number(values) => values.push(BLANK_NUMBER),
            Column::Boolean(values) => values.push(BLANK_BOOLEAN),
            Column::Money(values, currencies) => {
                values.push(BLANK_NUMBER);
                currencies.push(BLANK_CURRENCY);
            }
        }
    }

    /// Appends the number of a text.
    ///
    /// # Panics
    /// The column is not a text column.
    pub fn push_text_code(&mut self, code: u32) {
        match self {
            Column::Text(codes) => codes.push(code),
            Column::Number(_) | Column::Boolean(_) | Column::Money(..) => {
                panic!("a text goes into a text column")
            }
        }
    }

    /// Appends a number. `i64::MIN` cannot be held and becomes a blank: callers refuse it before.
    ///
    /// # Panics
    /// The column is not a number column.
    pub fn push_number(&mut self, value: i64) {
        match self {
            Column::Number(values) => values.push(value),
            Column::Text(_) | Column::Boolean(_) | Column::Money(..) => {
                panic!("a number goes into a number column")
            }
        }
    }

    /// Appends a truth value.
    ///
    /// # Panics
    /// The column is not a boolean column.
    pub fn push_boolean(&mut self, value: bool) {
        match self {
            Column::Boolean(values) => values.push(u8::from(value)),
            Column::Text(_) | Column::Number(_) | Column::Money(..) => {
                panic!("a truth value goes into a boolean column")
            }
        }
    }

    /// Appends an amount and the number of its currency.
    ///
    /// # Panics
    /// The column is not a money column.
    pub fn push_money(&mut self, amount: i64, currency: Option<u16>) {
        match self {
            Column::Money(values, currencies) => {
                values.push(amount);
                currencies.push(currency.unwrap_or(BLANK_CURRENCY));
            }
            Column::Text(_) | Column::Number(_) | Column::Boolean(_) => {
                panic!("an amount goes into a money column")
            }
        }
    }

    /// Takes the last value away.
    pub(crate) fn pop(&mut self) {
        match self {
            Column::Text(codes) => drop(codes.pop()),
            Column::Number(values) => drop(values.pop()),
            Column::Boolean(values) => drop(values.pop()),
            Column::Money(values, currencies) => {
                values.pop();
                currencies.pop();
            }
        }
    }

    /// Raises the scale of decimals or money as far as every value still fits, at most to
    /// `wanted`, and returns the scale reached.
    pub(crate) fn raise_scale(&mut self, scale: u8, wanted: u8) -> u8 {
        let absolute_max = i128::from(self.absolute_max());
        let fits =
            |to: u8| absolute_max * 10_i128.pow(u32::from(to - scale)) <= i128::from(i64::MAX);
        let reached = (scale..=wanted).rev().find(|&to| fits(to)).unwrap_or(scale);
        let power = 10_i64.pow(u32::from(reached - scale));
        match self {
            Column::Number(values) | Column::Money(values, _) => {
                for value in values.iter_mut().filter(|value| **value != BLANK_NUMBER) {
                    *value *= power;
                }
            }
            Column::Text(_) | Column::Boolean(_) => {}
        }
        reached
    }

    /// Lowers the scale of decimals or money and returns how many values had to be rounded.
    pub(crate) fn lower_scale(&mut self, from: u8, to: u8) -> u64 {
        let mut rounded = 0;
        match self {
            Column::Number(values) | Column::Money(values, _) => {
                for value in values {
                    *value = rescale(*value, (from, to), &mut rounded);
                }
            }
            Column::Text(_) | Column::Boolean(_) => {}
        }
        rounded
    }

    /// The values at these positions, in this order.
    #[must_use]
    pub fn gather(&self, rows: &[u32]) -> Column {
        fn pick<T: Copy>(values: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().map(|&row| values[row as usize]).collect()
        }
        match self {
            Column::Text(codes) => Column::Text(pick(codes, rows)),
            Column::Number(values) => Column::Number(pick(values, rows)),
            Column::Boolean(values) => Column::Boolean(pick(values, rows)),
            Column::Money(values, currencies) => {
                Column::Money(pick(values, rows), pick(currencies, rows))
            }
        }
    }

    /// Appends the values of another column of the same type, its texts renumbered by `texts` and
    /// its numbers brought from one scale to another. Returns how many numbers had to be rounded.
    ///
    /// # Panics
    /// The columns differ in type.
    pub(crate) fn append(&mut self, other: &Column, texts: &[u32], scales: (u8, u8)) -> u64 {
        let mut rounded = 0;
        match (self, other) {
            (Column::Text(codes), Column::Text(added)) => {
                codes.extend(added.iter().map(|&code| {
                    if code == BLANK_CODE { BLANK_CODE } else { texts[code as usize] }
                }))
            }
            (Column::Number(values), Column::Number(added)) => {
                values.extend(added.iter().map(|&value| rescale(value, scales, &mut rounded)));
            }
            (Column::Boolean(values), Column::Boolean(added)) => values.extend(added),
            (Column::Money(values, currencies), Column::Money(added, added_currencies)) => {
                values.extend(added.iter().map(|&value| rescale(value, scales, &mut rounded)));
                currencies.extend(added_currencies.iter().map(|&code| {
                    if code == BLANK_CURRENCY {
                        BLANK_CURRENCY
                    } else {
                        u16::try_from(texts[usize::from(code)]).unwrap_or(BLANK_CURRENCY)
                    }
                }));
            }
            _ => panic!("an attribute keeps its type through all chunks"),
        }
        rounded
    }

    /// Whether the values at two positions are the same, blanks being equal to blanks.
    #[inline]
    #[must_use]
    pub(crate) fn same(&self, left: usize, right: usize) -> bool {
        match self {
            Column::Text(codes) => codes[left] == codes[right],
            Column::Number(values) => values[left] == values[right],
            Column::Boolean(values) => values[left] == values[right],
            Column::Money(values, currencies) => {
                values[left] == values[right] && currencies[left] == currencies[right]
            }
        }
    }

    /// The largest absolute mantissa, for choosing a scale.
    pub(crate) fn absolute_max(&self) -> u64 {
        match self {
            Column::Number(values) | Column::Money(values, _) => values
                .iter()
                .filter(|&&value| value != BLANK_NUMBER)
                .map(|value| value.unsigned_abs())
                .max()
                .unwrap_or(0),
            Column::Text(_) | Column::Boolean(_) => 0,
        }
    }

    /// Memory of the values, in bytes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        match self {
            Column::Text(codes) => codes.capacity() * 4,
            Column::Number(values) => values.capacity() * 8,
            Column::Boolean(values) => values.capacity(),
            Column::Money(values, currencies) => values.capacity() * 8 + currencies.capacity() * 2,
        }
    }
}

fn rescale(value: i64, (from, to): (u8, u8), rounded: &mut u64) -> i64 {
    if value == BLANK_NUMBER || from == to {
        return value;
    }
    if from < to {
        return value * 10_i64.pow(u32::from(to - from));
    }
    let power = 10_i128.pow(u32::from(from - to));
    let result = divide_half_even(value.into(), power);
    if result * power != i128::from(value) {
        *rounded += 1;
    }
    i64::try_from(result).expect("a smaller scale makes smaller mantissas")
}
