//! What is the value of a formula for one case, and how do two values compare?

use std::borrow::Cow;
use std::cmp::Ordering;

use paydirt_model::attribute::{AttributeType, AttributeValue};
use paydirt_model::column::Column;
use paydirt_model::number::{Decimal, divide_half_even};
use paydirt_model::time::{DAY_US, Timestamp};

/// An instant, and whether only its day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) us: i64,
    pub(super) is_day: bool,
}

impl Moment {
    pub(super) fn instant(us: i64) -> Self {
        Moment { us, is_day: false }
    }

    pub(super) fn timestamp(self) -> Timestamp {
        Timestamp::from_us(self.us).expect("times of a log are in range")
    }
}

/// The value of a formula for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// There is none.
    Missing,
    Flag(bool),
    Number(Decimal),
    /// An amount and its currency.
    Money(Decimal, Option<Cow<'a, str>>),
    Time(Moment),
    /// A span of time, in microseconds.
    Span(i64),
    /// A text, and since when it holds where that is known.
    Text(Cow<'a, str>, Option<Moment>),
}

impl<'a> Value<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Value::Text(text.into(), None)
    }

    pub(super) fn whole(number: usize) -> Self {
        Value::Number(Decimal::new(number as i128, 0))
    }

    /// The value of an attribute.
    pub(super) fn of(value: AttributeValue<'a>) -> Self {
        match value {
            AttributeValue::Text(text) => Value::text(text),
            AttributeValue::Integer(number) => Value::Number(Decimal::new(number.into(), 0)),
            AttributeValue::Decimal(number) => Value::Number(number),
            AttributeValue::Boolean(flag) => Value::Flag(flag),
            AttributeValue::Timestamp(time) => Value::Time(Moment::instant(time.as_us())),
            AttributeValue::Duration(span) => {
                i64::try_from(span.as_us()).map_or(Value::Missing, Value::Span)
            }
            AttributeValue::Money { amount, currency } => {
                Value::Money(amount, currency.map(Cow::Borrowed))
            }
        }
    }

    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Value::Missing)
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn moment(&self) -> Option<Moment> {
        match self {
            Value::Time(moment) => Some(*moment),
            _ => None,
        }
    }

    /// The number, or the amount without its currency.
    pub(super) fn number(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) | Value::Money(number, _) => Some(*number),
            _ => None,
        }
    }

    /// The text as it is compared with the texts of files; a condition is `true` or `false`.
    pub(super) fn word(&self) -> Option<Cow<'_, str>> {
        match self {
            Value::Text(text, _) => Some(Cow::Borrowed(text)),
            Value::Flag(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// How it compares with another value of its kind.
    pub(super) fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        if let (Value::Span(left), Value::Span(right)) = (self, other) {
            return Some(left.cmp(right));
        }
        Some(compare(self.number()?, other.number()?))
    }

    /// Appends it to a column of a type; what is of another type is a blank.
    pub(super) fn push(
        &self,
        (kind, scale): (AttributeType, u8),
        code: impl Fn(&str) -> Option<u32>,
        column: &mut Column,
    ) {
        let whole = |number: &Decimal, scale: u8| {
            i64::try_from(number.at_scale(scale).0).ok().filter(|value| *value != i64::MIN)
        };
        let number = match (kind, self) {
            (AttributeType::Text, Value::Text(text, _)) => {
                return match code(text) {
                    Some(code) => column.push_text_code(code),
                    None => column.push_blank(),
                };
            }
            (AttributeType::Boolean, Value::Flag(flag)) => return column.push_boolean(*flag),
            (AttributeType::Money, Value::Money(amount, currency)) => {
                let code = currency.as_deref().and_then(&code);
                return match whole(amount, scale) {
                    Some(amount) => {
                        column.push_money(amount, code.and_then(|code| u16::try_from(code).ok()));
                    }
                    None => column.push_blank(),
                };
            }
            (AttributeType::Integer, Value::Number(number)) => whole(number, 0),
            (AttributeType::Decimal, Value::Number(number)) => whole(number, scale),
            (AttributeType::Timestamp, Value::Time(moment)) => Some(moment.us),
            (AttributeType::Duration, Value::Span(us)) => Some(*us).filter(|us| *us != i64::MIN),
            _ => None,
        };
        match number {
            Some(number) => column.push_number(number),
            None => column.push_blank(),
        }
    }
}

/// Two numbers at one scale.
pub(super) fn compare(left: Decimal, right: Decimal) -> Ordering {
    let scale = left.scale.max(right.scale);
    left.at_scale(scale).0.cmp(&right.at_scale(scale).0)
}

/// A number of days as a span of time.
pub(super) fn days(number: Decimal) -> Option<i64> {
    let power = 10_i128.checked_pow(u32::from(number.scale))?;
    let us = number.mantissa.checked_mul(i128::from(DAY_US))?;
    i64::try_from(divide_half_even(us, power)).ok()
}
