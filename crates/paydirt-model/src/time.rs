//! Instants: microseconds since 1970-01-01 UTC, and how precisely they are known.

use std::fmt;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::{PartialSchema, ToSchema};

/// Microseconds in one second.
pub const SECOND_US: i64 = 1_000_000;
/// Microseconds in one minute.
pub const MINUTE_US: i64 = 60 * SECOND_US;
/// Microseconds in one hour.
pub const HOUR_US: i64 = 60 * MINUTE_US;
/// Microseconds in one day of 24 hours.
pub const DAY_US: i64 = 24 * HOUR_US;

/// The first instant that can be held, 0001-01-01T00:00:00Z.
pub const FIRST_US: i64 = -62_135_596_800 * SECOND_US;
/// The last instant that can be held, 9999-12-30T00:00:00Z.
pub const LAST_US: i64 = 253_402_128_000 * SECOND_US;

/// An instant in microseconds UTC; JSON and text: RFC 3339 with `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    us: i64,
}

impl Timestamp {
    /// The instant so many microseconds after 1970-01-01 UTC; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn from_us(us: i64) -> Option<Self> {
        (FIRST_US <= us && us <= LAST_US).then_some(Timestamp { us })
    }

    /// Parses RFC 3339 or ISO 8601 with an offset, such as `2024-01-31T09:30:00+01:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parsed: jiff::Timestamp = text.parse().ok()?;
        Timestamp::from_us(parsed.as_microsecond())
    }

    /// Microseconds since 1970-01-01 UTC.
    #[must_use]
    pub fn as_us(self) -> i64 {
        self.us
    }

    /// The calendar date of the instant in a time zone, as days since 1970-01-01.
    #[must_use]
    pub fn local_day(self, zone: &TimeZone) -> i64 {
        let offset_s = if *zone == TimeZone::UTC {
            0
        } else {
            i64::from(zone.to_offset(self.to_jiff()).seconds())
        };
        (self.us + offset_s * SECOND_US).div_euclid(DAY_US)
    }

    /// The calendar date of the instant in a time zone; as text `2026-03-02`.
    #[must_use]
    pub fn local_date(self, zone: &TimeZone) -> jiff::civil::Date {
        zone.to_datetime(self.to_jiff()).date()
    }

    /// The same instant for calendar arithmetic.
    #[must_use]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.us).expect("the constructor keeps the range")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_jiff().fmt(f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
                utoipa::openapi::KnownFormat::DateTime,
            )))
            .description(Some("instant, RFC 3339, UTC"))
            .into()
    }
}

impl ToSchema for Timestamp {}

/// How precisely the source recorded an instant.
#[derive(
    Debug,
    Default,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Precision {
    /// Seconds or better.
    #[default]
    Instant = 0,
    /// To the minute.
    Minute = 1,
    /// Only the date is known.
    Day = 2,
}

impl Precision {
    /// Whether more is known than the date: the usual case.
    #[must_use]
    pub fn has_time_of_day(&self) -> bool {
        *self != Precision::Day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_utc() {
        let instant = Timestamp::parse("2011-10-01T00:38:44.546+02:00").unwrap();
        assert_eq!(instant.to_string(), "2011-09-30T22:38:44.546Z");
        assert_eq!(Timestamp::from_us(i64::MAX), None);
    }

    #[test]
    fn the_local_day_follows_the_zone() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let late = Timestamp::parse("1970-01-01T23:30:00Z").unwrap();
        assert_eq!(late.local_day(&TimeZone::UTC), 0);
        assert_eq!(late.local_day(&paris), 1);
    }
}
