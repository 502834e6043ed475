//! What is the value of an XES attribute? Its text, read as its element's type says.

use std::num::IntErrorKind;

use paydirt_model::number::Decimal;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::float::shortest;

/// The elements of XES (IEEE 1849-2016, clause 5.6) that carry one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueType {
    String,
    Date,
    Int,
    Float,
    Boolean,
    Id,
}

impl ValueType {
    /// The name of the element.
    pub(super) fn name(self) -> &'static str {
        match self {
            ValueType::String => "string",
            ValueType::Date => "date",
            ValueType::Int => "int",
            ValueType::Float => "float",
            ValueType::Boolean => "boolean",
            ValueType::Id => "id",
        }
    }

    /// What a value of the type looks like, for reports.
    pub(super) fn expectation(self) -> Sentence {
        match self {
            ValueType::String => say!("any text"),
            ValueType::Date => Sentence::from("2024-01-31T09:30:00.000+01:00"),
            ValueType::Int => say!("digits with an optional sign"),
            ValueType::Float => say!("a decimal number"),
            ValueType::Boolean => say!("true or false"),
            ValueType::Id => say!("a UUID of 8-4-4-4-12 hexadecimal digits"),
        }
    }
}

/// A number of the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number<T> {
    /// A number that a log can hold.
    Held(T),
    /// A correct number that a log cannot hold: beyond 64 bits, infinite, or not a number.
    Beyond,
}

/// Reads an `int`: an optional sign and digits. `None` when it is none.
pub(super) fn integer(text: &str) -> Option<Number<i64>> {
    match text.parse::<i64>() {
        Ok(i64::MIN) => Some(Number::Beyond),
        Ok(number) => Some(Number::Held(number)),
        Err(error) => match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => Some(Number::Beyond),
            _ => None,
        },
    }
}

/// Reads a `float` (the lexical form of `xs:double`). Decimal digits are kept as they are written;
/// an exponent, or more digits than are worth keeping, goes through the nearest double and its
/// shortest decimal form.
pub(super) fn float(text: &str) -> Option<Number<Decimal>> {
    if let Some(decimal) = Decimal::parse(text) {
        return Some(held(decimal));
    }
    if matches!(text, "INF" | "+INF" | "-INF" | "NaN") {
        return Some(Number::Beyond);
    }
    let is_numeric =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.bytes().all(is_numeric) {
        return None;
    }
    let double: f64 = text.parse().ok()?;
    Some(shortest(double).map_or(Number::Beyond, held))
}

fn held(decimal: Decimal) -> Number<Decimal> {
    let (whole, _) = decimal.at_scale(0);
    match i64::try_from(whole) {
        Ok(whole) if whole != i64::MIN => Number::Held(decimal),
        _ => Number::Beyond,
    }
}

/// A truth value, and whether it is written as XES demands (`true`, `false`, `1`, `0`).
pub(super) fn boolean(text: &str) -> Option<(bool, bool)> {
    match text {
        "true" | "1" => Some((true, true)),
        "false" | "0" => Some((false, true)),
        _ if text.eq_ignore_ascii_case("true") => Some((true, false)),
        _ if text.eq_ignore_ascii_case("false") => Some((false, false)),
        _ => None,
    }
}

/// Whether the text is a UUID: 8-4-4-4-12 hexadecimal digits.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(idx, byte)| match idx {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_64_bits_are_held() {
        assert_eq!(integer("+07"), Some(Number::Held(7)));
        assert_eq!(integer("-9223372036854775807"), Some(Number::Held(-i64::MAX)));
        assert_eq!(integer("-9223372036854775808"), Some(Number::Beyond));
        assert_eq!(integer("99999999999999999999"), Some(Number::Beyond));
        for text in ["", "-", "0.0", "1e3", " 1", "١"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn floats_keep_their_digits() {
        assert_eq!(float("19.940"), Some(Number::Held(Decimal::new(19_940, 3))));
        assert_eq!(float("1.5E3"), Some(Number::Held(Decimal::new(1_500, 0))));
        assert_eq!(float("-2.5e-3"), Some(Number::Held(Decimal::new(-25, 4))));
        assert_eq!(float("1e300"), Some(Number::Beyond));
        assert_eq!(float("99999999999999999999.5"), Some(Number::Beyond));
        assert_eq!(float("-INF"), Some(Number::Beyond));
        for text in ["", "1.0.0", "yes", "inf", "nan", "1,5", "0x1", "1e", "--1"] {
            assert_eq!(float(text), None, "{text}");
        }
    }

    #[test]
    fn ids_are_uuids() {
        assert!(is_uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        assert!(!is_uuid("No ID"));
        assert!(!is_uuid("f81d4fae-7dec-11d0-a765_00a0c91e6bf6"));
    }
}
