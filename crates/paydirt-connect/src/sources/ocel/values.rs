//! What is a value of an object-centric log? Its text or number, read as its type is declared.

use std::borrow::Cow;

use paydirt_model::event_log::TimeZoneName;
use paydirt_model::number::Decimal;
use paydirt_model::time::Precision;

use crate::float::shortest;
use crate::xsd_date::{self, XsdDate};

/// The types of attributes in OCEL 2.0 (specification, section 6: string, time, integer, float,
/// boolean), with the names that exporters give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    String,
    Time,
    Integer,
    Float,
    Boolean,
}

impl Declared {
    /// The type of a name; `None` for one that is not known, whose values are taken as they are.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_lowercase().as_str() {
            "string" | "text" => Declared::String,
            "time" | "date" | "datetime" | "timestamp" => Declared::Time,
            "integer" | "int" | "bigint" => Declared::Integer,
            "float" | "real" | "double" | "numeric" => Declared::Float,
            "boolean" | "bool" => Declared::Boolean,
            _ => return None,
        })
    }

    /// The name of the standard.
    pub(super) fn name(self) -> &'static str {
        match self {
            Declared::String => "string",
            Declared::Time => "time",
            Declared::Integer => "integer",
            Declared::Float => "float",
            Declared::Boolean => "boolean",
        }
    }
}

/// A value as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw<'a> {
    Blank,
    Text(Cow<'a, str>),
    Integer(i64),
    Real(f64),
    Boolean(bool),
    /// Something that no attribute holds, in words.
    Other(&'static str),
}

impl Raw<'_> {
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Raw::Blank => true,
            Raw::Text(text) => text.trim().is_empty(),
            Raw::Integer(_) | Raw::Real(_) | Raw::Boolean(_) | Raw::Other(_) => false,
        }
    }

    pub(super) fn to_text(&self) -> Cow<'_, str> {
        match self {
            Raw::Blank => Cow::Borrowed(""),
            Raw::Text(text) => Cow::Borrowed(text),
            Raw::Integer(number) => Cow::Owned(number.to_string()),
            Raw::Real(number) => match shortest(*number) {
                Some(decimal) => Cow::Owned(decimal.to_string()),
                None => Cow::Owned(number.to_string()),
            },
            Raw::Boolean(value) => Cow::Owned(value.to_string()),
            Raw::Other(what) => Cow::Borrowed(what),
        }
    }
}

/// A value that a log can hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parsed<'a> {
    Text(Cow<'a, str>),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
    Timestamp(i64),
}

/// Reads a value as its type says; `None` where it is not of the type, or beyond 64 bits.
pub(super) fn parse<'a>(
    declared: Option<Declared>,
    raw: &'a Raw<'a>,
    zone: Option<&TimeZoneName>,
) -> Option<Parsed<'a>> {
    if matches!(raw, Raw::Other(_)) {
        return None;
    }
    match declared {
        None => as_it_is(raw),
        Some(Declared::String) => Some(Parsed::Text(raw.to_text())),
        Some(Declared::Time) => match raw {
            Raw::Text(text) => date(text, zone).map(|(date, _)| Parsed::Timestamp(date.us)),
            _ => None,
        },
        Some(Declared::Integer) => match raw {
            Raw::Integer(number) => held_integer(*number),
            Raw::Real(number) => whole(shortest(*number)?),
            Raw::Text(text) => whole(number(text)?),
            _ => None,
        },
        Some(Declared::Float) => match raw {
            Raw::Integer(number) => held(Decimal::new((*number).into(), 0)),
            Raw::Real(number) => held(shortest(*number)?),
            Raw::Text(text) => held(number(text)?),
            _ => None,
        },
        Some(Declared::Boolean) => match raw {
            Raw::Boolean(value) => Some(Parsed::Boolean(*value)),
            Raw::Integer(0) => Some(Parsed::Boolean(false)),
            Raw::Integer(1) => Some(Parsed::Boolean(true)),
            Raw::Text(text) => truth(text.trim()).map(Parsed::Boolean),
            _ => None,
        },
    }
}

fn as_it_is<'a>(raw: &'a Raw<'a>) -> Option<Parsed<'a>> {
    match raw {
        Raw::Text(text) => Some(Parsed::Text(Cow::Borrowed(text))),
        Raw::Integer(number) => held_integer(*number),
        Raw::Real(number) => held(shortest(*number)?),
        Raw::Boolean(value) => Some(Parsed::Boolean(*value)),
        Raw::Blank | Raw::Other(_) => None,
    }
}

fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    Decimal::parse(text).or_else(|| {
        let is_numeric =
            |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        let is_number = !text.is_empty() && text.bytes().all(is_numeric);
        is_number.then(|| text.parse().ok()).flatten().and_then(shortest)
    })
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn held_integer(number: i64) -> Option<Parsed<'static>> {
    (number != i64::MIN).then_some(Parsed::Integer(number))
}

/// A whole number; one with decimals stays what it is, so that nothing is lost.
fn whole(decimal: Decimal) -> Option<Parsed<'static>> {
    match decimal.at_scale(0) {
        (number, true) => held_integer(i64::try_from(number).ok()?),
        _ => held(decimal),
    }
}

fn held(decimal: Decimal) -> Option<Parsed<'static>> {
    let (number, _) = decimal.at_scale(0);
    let is_held = i64::try_from(number).is_ok_and(|number| number != i64::MIN);
    is_held.then_some(Parsed::Decimal(decimal))
}

/// The instant of a text and how exactly it is known. One without an offset is of the zone, else of
/// UTC; one without a time of day is its midnight.
pub(super) fn date(text: &str, zone: Option<&TimeZoneName>) -> Option<(XsdDate, Precision)> {
    let text = text.trim();
    let (date, precision) = match xsd_date::parse(text) {
        Some(date) => (date, Precision::Instant),
        None if text.len() == "2024-01-31".len() => {
            (xsd_date::parse(&format!("{text}T00:00:00"))?, Precision::Day)
        }
        None => return None,
    };
    Some(match (date.offset_min, zone) {
        (None, Some(zone)) => (XsdDate { us: zone.to_utc_us(date.us), ..date }, precision),
        _ => (date, precision),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Raw<'_> {
        Raw::Text(Cow::Borrowed(text))
    }

    #[test]
    fn values_are_read_as_declared() {
        let decimal = |mantissa, scale| Some(Parsed::Decimal(Decimal::new(mantissa, scale)));
        for (declared, raw, expected) in [
            (Some(Declared::Integer), text("500"), Some(Parsed::Integer(500))),
            (Some(Declared::Integer), Raw::Real(7.0), Some(Parsed::Integer(7))),
            (Some(Declared::Integer), text("7.5"), decimal(75, 1)),
            (Some(Declared::Integer), text("many"), None),
            (Some(Declared::Float), Raw::Integer(3), decimal(3, 0)),
            (Some(Declared::Float), text("1.50"), decimal(150, 2)),
            (Some(Declared::Float), Raw::Real(f64::NAN), None),
            (Some(Declared::Float), text("1e30"), None),
            (Some(Declared::Boolean), text("1"), Some(Parsed::Boolean(true))),
            (Some(Declared::Boolean), text("False"), Some(Parsed::Boolean(false))),
            (Some(Declared::Boolean), text("yes"), None),
            (Some(Declared::String), Raw::Integer(5), Some(Parsed::Text("5".into()))),
            (
                Some(Declared::Time),
                text("1970-01-01T00:00:01Z"),
                Some(Parsed::Timestamp(1_000_000)),
            ),
            (Some(Declared::Time), text("1970-01-02"), Some(Parsed::Timestamp(86_400_000_000))),
            (Some(Declared::Time), Raw::Integer(5), None),
            (None, Raw::Integer(i64::MIN), None),
            (None, Raw::Boolean(true), Some(Parsed::Boolean(true))),
            (None, text("x"), Some(Parsed::Text("x".into()))),
            (None, Raw::Other("a list"), None),
        ] {
            assert_eq!(parse(declared, &raw, None), expected, "{declared:?} {raw:?}");
        }
    }

    #[test]
    fn a_date_alone_is_known_to_the_day() {
        assert_eq!(date("2024-01-31", None).unwrap().1, Precision::Day);
        let (read, precision) = date(" 2024-01-31 10:00:00 ", None).unwrap();
        assert_eq!((read.offset_min, precision), (None, Precision::Instant));
        assert!(date("31.01.2024", None).is_none());
        assert!(date("2024-01-310", None).is_none());
    }
}
