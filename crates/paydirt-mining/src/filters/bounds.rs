//! What lies between two bounds, as a user writes them?
//!
//! Numbers are read as exact decimals from their text, so `0.1` is one tenth. Instants are
//! RFC 3339, or a date or local time in the log's time zone.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Decimal;
use paydirt_model::objects::mistake::EXACT_NUMBER;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema, openapi::RefOr};

use crate::reads::Reads;

/// Digits after the point of an exact number.
const EXACT_SCALE: u8 = 18;

/// A number that a user wrote, exactly: a JSON number, or a text of digits for numbers that a
/// JSON reader would round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExactNumber(i128);

impl ExactNumber {
    /// Reads `-12.50`; `None` when it is no number or has more digits than can be held.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let decimal = Decimal::parse(text)?;
        if decimal.scale > EXACT_SCALE {
            let (mantissa, is_exact) = decimal.at_scale(EXACT_SCALE);
            return is_exact.then_some(ExactNumber(mantissa));
        }
        let power = 10_i128.pow(u32::from(EXACT_SCALE - decimal.scale));
        decimal.mantissa.checked_mul(power).map(ExactNumber)
    }

    /// The digits at a scale of at most 18; `None` when some would be lost or do not fit.
    pub(crate) fn mantissa(self, scale: u8) -> Option<i64> {
        let power = unit(scale);
        (self.0 % power == 0).then(|| i64::try_from(self.0 / power).ok()).flatten()
    }

    fn floor(self, scale: u8) -> i128 {
        self.0.div_euclid(unit(scale))
    }

    fn ceiling(self, scale: u8) -> i128 {
        -(-self.0).div_euclid(unit(scale))
    }
}

fn unit(scale: u8) -> i128 {
    10_i128.pow(u32::from(EXACT_SCALE - scale))
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.0, EXACT_SCALE).fmt(f)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = ExactNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXACT_NUMBER)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<ExactNumber, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<ExactNumber, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<ExactNumber, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ExactNumber, E> {
        ExactNumber::parse(text)
            .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}

impl<'de> Deserialize<'de> for ExactNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

impl PartialSchema for ExactNumber {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::Number, Type::String]))
            .description(Some("exact decimal number, or its digits as text"))
            .into()
    }
}

impl ToSchema for ExactNumber {}

/// The whole numbers from a lowest to a highest one, both included. Blanks (`i64::MIN`) are out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumberRange {
    lowest: i64,
    highest: i64,
}

impl NumberRange {
    /// The range of mantissas at a scale between two exact numbers.
    ///
    /// # Errors
    /// Neither bound is given, or the lower one is above the upper one.
    pub(crate) fn new(
        names: [&str; 2],
        min: Option<ExactNumber>,
        max: Option<ExactNumber>,
        scale: u8,
    ) -> Result<Self, Problem> {
        check_order(names, min, max)?;
        let lowest = min.map_or(i128::MIN, |min| min.ceiling(scale));
        let highest = max.map_or(i128::MAX, |max| max.floor(scale));
        let (first, last) = (i128::from(i64::MIN) + 1, i128::from(i64::MAX));
        if lowest > last || highest < first {
            return Ok(NumberRange { lowest: 1, highest: 0 });
        }
        let bound = |value: i128| i64::try_from(value.clamp(first, last)).expect("just clamped");
        Ok(NumberRange { lowest: bound(lowest), highest: bound(highest) })
    }

    pub(crate) fn lowest(self) -> i64 {
        self.lowest
    }

    pub(crate) fn highest(self) -> i64 {
        self.highest
    }

    #[inline]
    pub(crate) fn contains(self, value: i64) -> bool {
        self.lowest <= value && value <= self.highest
    }
}

/// The problem of a range without bounds or with bounds in the wrong order.
fn check_order<T: Ord + fmt::Display>(
    [min_name, max_name]: [&str; 2],
    min: Option<T>,
    max: Option<T>,
) -> Result<(), Problem> {
    match (min, max) {
        (None, None) => Err(Problem::new(
            ErrorCode::InvalidFilter,
            say!("Neither \"{min_name}\" nor \"{max_name}\" is given.", min_name, max_name),
        )
        .with_hint(say!("Give one of them or both."))),
        (Some(min), Some(max)) if min > max => Err(Problem::new(
            ErrorCode::InvalidFilter,
            say!(
                "\"{min_name}\" is {min} and \"{max_name}\" is {max}.",
                min_name,
                min = min.to_string(),
                max_name,
                max = max.to_string()
            ),
        )
        .in_parameter(min_name)
        .with_hint(say!("Give the smaller one first."))),
        _ => Ok(()),
    }
}

/// The instants from a first one (included) to a last one (excluded). Blanks are out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    /// Every instant of the period is at or after this one.
    pub(crate) from_us: i64,
    /// Every instant of the period is before this one.
    pub(crate) to_us: i64,
}

impl Period {
    /// Reads the two ends of a period.
    ///
    /// # Errors
    /// Neither end is given, one is not an instant, or they are in the wrong order.
    pub(crate) fn new(
        log: &LogContext,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Self, Problem> {
        let zone = log.time_zone.zone();
        let read = |name: &str, text: Option<&str>| {
            text.map(|text| instant(zone, text).ok_or_else(|| no_instant(name, text))).transpose()
        };
        let (from, to) = (read("from", from)?, read("to", to)?);
        check_order(["from", "to"], from, to)?;
        Ok(Period {
            from_us: from.map_or(i64::MIN + 1, Timestamp::as_us),
            to_us: to.map_or(i64::MAX, Timestamp::as_us),
        })
    }

    #[inline]
    pub(crate) fn contains(self, us: i64) -> bool {
        self.from_us <= us && us < self.to_us
    }
}

/// Reads RFC 3339, or a date (its first instant) or a local time in a zone.
pub(crate) fn instant(zone: &TimeZone, text: &str) -> Option<Timestamp> {
    if let Some(instant) = Timestamp::parse(text) {
        return Some(instant);
    }
    let local = match text.parse::<Date>() {
        Ok(date) if text.len() <= "2024-01-31".len() => date.to_zoned(zone.clone()),
        _ => text.parse::<DateTime>().ok()?.to_zoned(zone.clone()),
    };
    Timestamp::from_us(local.ok()?.timestamp().as_microsecond())
}

fn no_instant(name: &str, text: &str) -> Problem {
    Problem::new(ErrorCode::InvalidFilter, say!("\"{text}\" is not a date or an instant.", text))
        .in_parameter(name)
        .with_hint(say!("Write 2024-01-31 or 2024-01-31T09:30:00+01:00."))
}

/// The attribute of this name, at this level if one is given.
///
/// # Errors
/// No attribute has this name, or none at this level.
pub(crate) fn attribute<'a>(
    log: &'a LogContext,
    name: &str,
    level: Option<AttributeLevel>,
) -> Result<&'a Attribute, Problem> {
    let found = log.attribute(name)?;
    let Some(level) = level else {
        return Ok(found);
    };
    log.attribute_at(name, level).ok_or_else(|| {
        let detail = match level {
            AttributeLevel::Case => {
                say!("\"{name}\" is an attribute of events, not of cases.", name)
            }
            AttributeLevel::Event => {
                say!("\"{name}\" is an attribute of cases, not of events.", name)
            }
        };
        Problem::new(ErrorCode::UnknownAttribute, detail).in_parameter("attribute")
    })
}

/// What looking at the attribute of this name, at this level if one is given, reads.
pub(crate) fn reads_of(log: &LogContext, name: &str, level: Option<AttributeLevel>) -> Reads {
    attribute(log, name, level).map_or_else(|_| Reads::nothing(), |it| Reads::attribute(log, it))
}

/// The problem of an attribute that has another type than the ones expected.
pub(crate) fn wrong_type(attribute: &Attribute, expected: Sentence) -> Problem {
    let found = attribute.kind.label();
    Problem::new(
        ErrorCode::WrongAttributeType,
        say!(
            "\"{attribute}\" is of type {found}; expected is {expected}.",
            attribute = attribute.name,
            found,
            expected
        ),
    )
    .in_parameter("attribute")
}

/// Digits after the point of the unit that a person reads: decimal seconds for durations.
pub(crate) fn read_scale(attribute: &Attribute) -> u8 {
    match attribute.kind {
        AttributeType::Duration => 6,
        AttributeType::Decimal | AttributeType::Money => attribute.scale,
        AttributeType::Text
        | AttributeType::Integer
        | AttributeType::Boolean
        | AttributeType::Timestamp => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> ExactNumber {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn numbers_are_read_from_their_text() {
        assert_eq!(number("0.1").mantissa(1), Some(1));
        assert_eq!(number("\"12.50\"").mantissa(2), Some(1250));
        assert_eq!(number("-3").mantissa(0), Some(-3));
        assert_eq!(number("1e3").mantissa(0), Some(1000));
        assert_eq!(number("0.25").mantissa(1), None);
        assert!(serde_json::from_str::<ExactNumber>("\"abc\"").is_err());
        assert!(serde_json::from_str::<ExactNumber>("1e300").is_err());
    }

    #[test]
    fn a_range_holds_the_whole_numbers_between_its_bounds() {
        let range = |min: Option<&str>, max: Option<&str>, scale| {
            NumberRange::new(["min", "max"], min.map(number), max.map(number), scale).unwrap()
        };
        assert_eq!(range(Some("1.5"), Some("2.5"), 0), NumberRange { lowest: 2, highest: 2 });
        assert_eq!(range(Some("-1.5"), None, 0), NumberRange { lowest: -1, highest: i64::MAX });
        assert_eq!(range(None, Some("-1.5"), 1).highest, -15);
        assert!(!range(None, Some("5"), 0).contains(i64::MIN), "a blank is in no range");
        assert!(!range(Some("99999999999999999999"), None, 0).contains(i64::MAX));
    }

    #[test]
    fn a_date_begins_in_the_time_zone_of_the_log() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let shown = |text| instant(&paris, text).map(|instant| instant.to_string());
        assert_eq!(shown("2024-07-01").as_deref(), Some("2024-06-30T22:00:00Z"));
        assert_eq!(shown("2024-07-01T09:00:00").as_deref(), Some("2024-07-01T07:00:00Z"));
        assert_eq!(shown("2024-07-01T09:00:00Z").as_deref(), Some("2024-07-01T09:00:00Z"));
        assert_eq!(shown("31.12.2024"), None);
    }
}
