//! Which date format does a column have, and what instant is each of its texts?
//!
//! A format is found over the whole column, never row by row. Offsets are converted; times without
//! one are read in the zone of the mapping, else in UTC.

pub(crate) mod clock;
pub mod detect;
pub(crate) mod names;
pub mod pattern;
pub(crate) mod serial;
pub(crate) mod weeks;
pub mod zone;

use std::borrow::Cow;

use paydirt_model::automatic::SerialSystem;
use paydirt_model::mapping;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, Precision, SECOND_US};

use crate::dates::clock::{Clock, days, digits, fraction, offset, tail, two};
use crate::dates::pattern::Pattern;
use crate::types::half_width;

/// Bytes beyond which a text is no date, so that long texts are not looked through for each format.
const TEXT_BYTES_MAX: usize = 1_024;

/// What a text says about an instant, before zones are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Date and time of day as written, in microseconds as if it were UTC.
    pub local_us: i64,
    /// The offset from UTC that is written with it, in seconds.
    pub offset_s: Option<i32>,
    /// How precise the text is.
    pub precision: Precision,
}

/// In which order a date of three numbers is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `2024-01-31`, as ISO 8601 has it.
    YearMonthDay,
    /// `2024-31-01`.
    YearDayMonth,
    /// `31/01/2024`.
    DayMonthYear,
    /// `01/31/2024`.
    MonthDayYear,
}

/// How many digits the year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearDigits {
    /// All four.
    Four,
    /// Two: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999, as POSIX has it.
    Two,
}

/// What a whole number of time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpochUnit {
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
    /// Microseconds since 1970.
    Microseconds,
    /// Nanoseconds since 1970.
    Nanoseconds,
}

/// A date format. Behind a date may stand a time of day (24 or 12 hours, with or without seconds
/// and their fraction) and an offset, whatever the format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFormat {
    /// Three numbers with `-`, `/` or `.` between them.
    Numeric(DateOrder, YearDigits),
    /// The month by its English or French name: `31 Jan 2024`, `Jan 31, 2024`, `31 janvier 2024`.
    Named,
    /// `2024年1月31日`, `令和6年1月31日`, `R6.1.31`.
    Japanese,
    /// `20240131`, `20240131T093000`, `202401310930`.
    Compact,
    /// A number since 1970.
    Epoch(EpochUnit),
    /// Days as a spreadsheet counts them.
    Serial(SerialSystem),
    /// As the user says.
    Pattern(Pattern),
}

impl DateFormat {
    /// What a text says; `None` when it is not of this format. Blanks around it do not count, and
    /// digits may be as wide as Japanese letters.
    #[inline]
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<Moment> {
        if text.len() > TEXT_BYTES_MAX && text.trim().len() > TEXT_BYTES_MAX {
            return None;
        }
        let found = self.parse_narrow(text);
        if found.is_some() || text.is_ascii() {
            return found;
        }
        match half_width(text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(narrow) => self.parse_narrow(&narrow),
        }
    }

    #[inline]
    fn parse_narrow(&self, text: &str) -> Option<Moment> {
        let bytes = text.trim_ascii().as_bytes();
        match self {
            DateFormat::Numeric(DateOrder::YearMonthDay, YearDigits::Four) => {
                iso(bytes).or_else(|| numeric(bytes, DateOrder::YearMonthDay, YearDigits::Four))
            }
            DateFormat::Numeric(order, year_digits) => numeric(bytes, *order, *year_digits),
            DateFormat::Named => names::named(text.trim_ascii()),
            DateFormat::Japanese => names::japanese(text.trim_ascii()),
            DateFormat::Compact => compact(bytes),
            DateFormat::Epoch(unit) => epoch(bytes, *unit),
            DateFormat::Serial(system) => serial::serial(bytes, *system),
            DateFormat::Pattern(pattern) => pattern.parse(text.trim_ascii()),
        }
    }

    /// What is written first where day and month are numbers; nothing where it makes no difference.
    #[must_use]
    pub fn order(&self) -> Option<mapping::DateOrder> {
        match self {
            DateFormat::Numeric(DateOrder::DayMonthYear | DateOrder::YearDayMonth, _) => {
                Some(mapping::DateOrder::DayFirst)
            }
            DateFormat::Numeric(DateOrder::MonthDayYear, _)
            | DateFormat::Numeric(DateOrder::YearMonthDay, YearDigits::Two) => {
                Some(mapping::DateOrder::MonthFirst)
            }
            DateFormat::Numeric(DateOrder::YearMonthDay, YearDigits::Four)
            | DateFormat::Named
            | DateFormat::Japanese
            | DateFormat::Compact
            | DateFormat::Epoch(_)
            | DateFormat::Serial(_)
            | DateFormat::Pattern(_) => None,
        }
    }

    /// The format in words, for the report. `separator` is what stands between the numbers.
    #[must_use]
    pub fn reading(&self, example: &str) -> Sentence {
        match self {
            DateFormat::Numeric(..) => {
                let pattern = self.pattern_words(example);
                let words = match self {
                    DateFormat::Numeric(DateOrder::YearMonthDay, _) => say!("year, month, day"),
                    DateFormat::Numeric(DateOrder::YearDayMonth, _) => say!("year, day, month"),
                    DateFormat::Numeric(DateOrder::DayMonthYear, _) => say!("day, month, year"),
                    DateFormat::Numeric(DateOrder::MonthDayYear, _) => say!("month, day, year"),
                    _ => Sentence::from(""),
                };
                say!("{words} ({pattern})", words, pattern)
            }
            DateFormat::Named => say!("dates with the name of the month"),
            DateFormat::Japanese if names::begins_with_era(example) => {
                say!("Japanese dates with the year of an era")
            }
            DateFormat::Japanese => say!("Japanese dates (年月日)"),
            DateFormat::Compact => say!("year, month, day without separators"),
            DateFormat::Epoch(EpochUnit::Seconds) => say!("seconds since 1970"),
            DateFormat::Epoch(EpochUnit::Milliseconds) => say!("milliseconds since 1970"),
            DateFormat::Epoch(EpochUnit::Microseconds) => say!("microseconds since 1970"),
            DateFormat::Epoch(EpochUnit::Nanoseconds) => say!("nanoseconds since 1970"),
            DateFormat::Serial(SerialSystem::From1900) => {
                say!("days counted by a spreadsheet, from 1900")
            }
            DateFormat::Serial(SerialSystem::From1904) => {
                say!("days counted by a spreadsheet, from 1904")
            }
            DateFormat::Pattern(pattern) => say!("{text} (as given)", text = pattern.text()),
        }
    }

    /// The date part as a reader writes it, `DD/MM/YYYY`, with the separator of an example.
    pub(crate) fn pattern_words(&self, example: &str) -> Sentence {
        let DateFormat::Numeric(order, year_digits) = self else { return Sentence::from("") };
        let year = match year_digits {
            YearDigits::Four => say!("YYYY"),
            YearDigits::Two => say!("YY"),
        };
        let [first, second, third] = match order {
            DateOrder::YearMonthDay => [year, say!("MM"), say!("DD")],
            DateOrder::YearDayMonth => [year, say!("DD"), say!("MM")],
            DateOrder::DayMonthYear => [say!("DD"), say!("MM"), year],
            DateOrder::MonthDayYear => [say!("MM"), say!("DD"), year],
        };
        let sign = separator_of(example).to_string();
        say!("{first}{sign}{second}{sign}{third}", first, sign, second, third)
    }

    /// The date part as a pattern that a user can give, with the separator of an example.
    #[must_use]
    pub fn pattern_text(&self, example: &str) -> Option<String> {
        let DateFormat::Numeric(order, year_digits) = self else { return None };
        let year = match year_digits {
            YearDigits::Four => "%Y",
            YearDigits::Two => "%y",
        };
        let parts = match order {
            DateOrder::YearMonthDay => [year, "%m", "%d"],
            DateOrder::YearDayMonth => [year, "%d", "%m"],
            DateOrder::DayMonthYear => ["%d", "%m", year],
            DateOrder::MonthDayYear => ["%m", "%d", year],
        };
        Some(parts.join(&separator_of(example).to_string()))
    }
}

fn separator_of(example: &str) -> char {
    half_width(example).chars().find(|sign| matches!(sign, '-' | '/' | '.')).unwrap_or('-')
}

/// The fast road: `2024-01-31`, `2024-01-31T09:30:15`, with fraction and offset.
#[inline]
fn iso(bytes: &[u8]) -> Option<Moment> {
    let separator = *bytes.get(4)?;
    if !matches!(separator, b'-' | b'/' | b'.') || *bytes.get(7)? != separator {
        return None;
    }
    let year = two(bytes, 0)? * 100 + two(bytes, 2)?;
    let days = days(i32::try_from(year).ok()?, two(bytes, 5)?, two(bytes, 8)?)?;
    let clock_at = &bytes[10..];
    if clock_at.is_empty() {
        return Some(Clock::NONE.on(days));
    }
    let has_seconds = clock_at.len() >= 9 && clock_at[3] == b':' && clock_at[6] == b':';
    if !has_seconds || !matches!(clock_at[0], b'T' | b' ') {
        return tail(clock_at).map(|clock| clock.on(days));
    }
    let (hour, minute, second) = (two(clock_at, 1)?, two(clock_at, 4)?, two(clock_at, 7)?);
    if hour > 23 || minute > 59 || second > 59 {
        return tail(clock_at).map(|clock| clock.on(days));
    }
    let mut local_us = days * DAY_US
        + i64::from(hour) * HOUR_US
        + i64::from(minute) * MINUTE_US
        + i64::from(second) * SECOND_US;
    let mut at = 9;
    if matches!(clock_at.get(9), Some(b'.' | b',')) {
        let (fraction_us, used) = fraction(clock_at, 10);
        if used == 0 {
            return None;
        }
        local_us += fraction_us;
        at = 10 + used;
    }
    let offset_s = match &clock_at[at..] {
        [] => None,
        [b'Z'] => Some(0),
        _ => return tail(clock_at).map(|clock| clock.on(days)),
    };
    Some(Moment { local_us, offset_s, precision: Precision::Instant })
}

/// Three numbers in an order, leading zeros or not, and what stands behind them.
fn numeric(bytes: &[u8], order: DateOrder, year_digits: YearDigits) -> Option<Moment> {
    let (first, first_len) = digits(bytes, 0, 4)?;
    let mut at = first_len;
    let separator = *bytes.get(at)?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let (second, second_len) = digits(bytes, at + 1, 4)?;
    at += 1 + second_len;
    if *bytes.get(at)? != separator {
        return None;
    }
    let (third, third_len) = digits(bytes, at + 1, 4)?;
    at += 1 + third_len;
    if bytes.get(at).is_some_and(u8::is_ascii_digit) || second_len > 2 {
        return None;
    }
    let (year, year_len, month, day, day_len) = match order {
        DateOrder::YearMonthDay => (first, first_len, second, third, third_len),
        DateOrder::YearDayMonth => (first, first_len, third, second, third_len),
        DateOrder::DayMonthYear => (third, third_len, second, first, first_len),
        DateOrder::MonthDayYear => (third, third_len, first, second, first_len),
    };
    let wanted = match year_digits {
        YearDigits::Four => 4,
        YearDigits::Two => 2,
    };
    if year_len != wanted || day_len > 2 {
        return None;
    }
    let days = days(full_year(year, year_digits), month, day)?;
    // A point may end the date (31.01.2024.), as in Hungary and the Balkans.
    let rest = &bytes[at..];
    let rest = if separator == b'.' { rest.strip_prefix(b".").unwrap_or(rest) } else { rest };
    Some(tail(rest)?.on(days))
}

pub(crate) fn full_year(year: u32, year_digits: YearDigits) -> i32 {
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    match year_digits {
        YearDigits::Four => year,
        YearDigits::Two if year < 69 => 2000 + year,
        YearDigits::Two => 1900 + year,
    }
}

fn compact(bytes: &[u8]) -> Option<Moment> {
    let year = two(bytes, 0)? * 100 + two(bytes, 2)?;
    let days = days(i32::try_from(year).ok()?, two(bytes, 4)?, two(bytes, 6)?)?;
    let rest = &bytes[8..];
    let rest = match rest {
        [] => return Some(Clock::NONE.on(days)),
        [b'T' | b' ' | b'-' | b'_', more @ ..] => more,
        _ => rest,
    };
    let (Some(hour), Some(minute)) = (two(rest, 0), two(rest, 2)) else {
        return tail(&bytes[8..]).map(|clock| clock.on(days));
    };
    let mut us = i64::from(hour) * HOUR_US + i64::from(minute) * MINUTE_US;
    let mut precision = Precision::Minute;
    let mut at = 4;
    if let Some(second) = two(rest, 4) {
        if second > 59 {
            return None;
        }
        us += i64::from(second) * SECOND_US;
        precision = Precision::Instant;
        at = 6;
        let has_point = matches!(rest.get(6), Some(b'.' | b','));
        let start = if has_point { 7 } else { 6 };
        if rest.get(start).is_some_and(u8::is_ascii_digit) {
            let (fraction_us, used) = fraction(rest, start);
            us += fraction_us;
            at = start + used;
        }
    }
    if hour > 23 || minute > 59 {
        return None;
    }
    let offset_s = if at == rest.len() { None } else { offset(rest[at..].trim_ascii())? };
    Some(Clock { us, precision, offset_s }.on(days))
}

/// Instants that a bare number may mean: from 1980 to 2100. Their ranges in the four units do not
/// overlap, nor do they with dates of 8 or 14 digits.
const EPOCH_FIRST_S: i64 = 315_532_800;
const EPOCH_LAST_S: i64 = 4_102_444_800;

fn epoch(bytes: &[u8], unit: EpochUnit) -> Option<Moment> {
    let whole_len = bytes.iter().position(|&byte| byte == b'.').unwrap_or(bytes.len());
    let whole = bytes.get(..whole_len)?;
    if whole.is_empty() || whole.len() > 19 || !whole.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number: i64 = std::str::from_utf8(whole).ok()?.parse().ok()?;
    let fraction_us = match bytes.get(whole_len + 1..) {
        None | Some([]) if whole_len == bytes.len() => 0,
        Some(more) if !more.is_empty() && more.iter().all(u8::is_ascii_digit) => match unit {
            EpochUnit::Seconds => fraction(more, 0).0,
            EpochUnit::Milliseconds => fraction(more, 0).0 / 1_000,
            EpochUnit::Microseconds | EpochUnit::Nanoseconds => 0,
        },
        _ => return None,
    };
    let us = match unit {
        EpochUnit::Seconds => number.checked_mul(SECOND_US)?,
        EpochUnit::Milliseconds => number.checked_mul(1_000)?,
        EpochUnit::Microseconds => number,
        EpochUnit::Nanoseconds => number / 1_000,
    };
    let is_plausible = EPOCH_FIRST_S * SECOND_US <= us && us < EPOCH_LAST_S * SECOND_US;
    is_plausible.then_some(Moment {
        local_us: us + fraction_us,
        offset_s: Some(0),
        precision: Precision::Instant,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn us(text: &str) -> i64 {
        paydirt_model::time::Timestamp::parse(text).unwrap().as_us()
    }

    fn check(format: &DateFormat, text: &str, expected: &str, precision: Precision) {
        let moment = format.parse(text).unwrap_or_else(|| panic!("{text} is not read"));
        let offset_us = i64::from(moment.offset_s.unwrap_or(0)) * SECOND_US;
        assert_eq!(moment.local_us - offset_us, us(expected), "{text}");
        assert_eq!(moment.precision, precision, "{text}");
    }

    const ISO: DateFormat = DateFormat::Numeric(DateOrder::YearMonthDay, YearDigits::Four);
    const DAY_FIRST: DateFormat = DateFormat::Numeric(DateOrder::DayMonthYear, YearDigits::Four);
    const MONTH_FIRST: DateFormat = DateFormat::Numeric(DateOrder::MonthDayYear, YearDigits::Four);

    #[test]
    fn iso_dates() {
        let (instant, minute) = (Precision::Instant, Precision::Minute);
        check(&ISO, "2024-01-31", "2024-01-31T00:00:00Z", Precision::Day);
        check(&ISO, "2024-01-31T09:30", "2024-01-31T09:30:00Z", minute);
        check(&ISO, "2024-01-31 09:30:15", "2024-01-31T09:30:15Z", instant);
        check(&ISO, " 2024-01-31T09:30:15.123456789Z", "2024-01-31T09:30:15.123456Z", instant);
        check(&ISO, "2024-01-31T09:30:15.1+02:00", "2024-01-31T07:30:15.1Z", instant);
        check(&ISO, "2024-01-31 09:30:15.1 -0230", "2024-01-31T12:00:15.1Z", instant);
        check(&ISO, "2024/1/31 9:30 PM", "2024-01-31T21:30:00Z", minute);
        check(&ISO, "2024-01-31T24:00:00", "2024-02-01T00:00:00Z", instant);
        check(&ISO, "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", instant);
        for wrong in ["2024-02-30", "2024-1", "24-01-31", "2024-01-31T", "2024-01-31Tx", "", "20"] {
            assert_eq!(ISO.parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn other_numeric_orders() {
        let minute = Precision::Minute;
        check(&DAY_FIRST, "31/01/2024 09:30", "2024-01-31T09:30:00Z", minute);
        check(&DAY_FIRST, "31.1.2024", "2024-01-31T00:00:00Z", Precision::Day);
        check(&MONTH_FIRST, "1/31/2024 9:30 am", "2024-01-31T09:30:00Z", minute);
        let short = DateFormat::Numeric(DateOrder::DayMonthYear, YearDigits::Two);
        check(&short, "06/11/11 16:59", "2011-11-06T16:59:00Z", minute);
        check(&short, "06/11/69", "1969-11-06T00:00:00Z", Precision::Day);
        assert_eq!(DAY_FIRST.parse("01/31/2024"), None);
        assert_eq!(DAY_FIRST.parse("31/01-2024"), None);
        assert_eq!(DAY_FIRST.parse("31/01/20245"), None);
    }

    #[test]
    fn wide_digits_and_accents_of_their_own() {
        let minute = Precision::Minute;
        check(&ISO, "２０２６／０３／０３　１５：０５", "2026-03-03T15:05:00Z", minute);
        check(&DAY_FIRST, "０３．０３．２０２６", "2026-03-03T00:00:00Z", Precision::Day);
        check(&DateFormat::Japanese, "Ｒ８．３．３", "2026-03-03T00:00:00Z", Precision::Day);
        let (december, february) = ("5 de\u{301}c. 2024", "5 fe\u{301}vrier 2024");
        check(&DateFormat::Named, december, "2024-12-05T00:00:00Z", Precision::Day);
        check(&DateFormat::Named, february, "2024-02-05T00:00:00Z", Precision::Day);
    }

    #[test]
    fn numbers_as_dates() {
        let (instant, minute) = (Precision::Instant, Precision::Minute);
        check(&DateFormat::Compact, "20240131", "2024-01-31T00:00:00Z", Precision::Day);
        check(&DateFormat::Compact, "20240131T093015Z", "2024-01-31T09:30:15Z", instant);
        check(&DateFormat::Compact, "202401310930", "2024-01-31T09:30:00Z", minute);
        check(&DateFormat::Compact, "20240131093015250", "2024-01-31T09:30:15.25Z", instant);
        check(&DateFormat::Compact, "20240131 09:30", "2024-01-31T09:30:00Z", minute);
        let seconds = DateFormat::Epoch(EpochUnit::Seconds);
        check(&seconds, "1706693415", "2024-01-31T09:30:15Z", instant);
        check(&seconds, "1706693415.5", "2024-01-31T09:30:15.5Z", instant);
        let milliseconds = DateFormat::Epoch(EpochUnit::Milliseconds);
        check(&milliseconds, "1706693415250", "2024-01-31T09:30:15.25Z", instant);
        assert_eq!(seconds.parse("1706693415250"), None);
        assert_eq!(milliseconds.parse("1706693415"), None);
        assert_eq!(seconds.parse("12"), None);
    }
}
