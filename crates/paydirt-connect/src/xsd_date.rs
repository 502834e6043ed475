//! Which instant does a date of XES or OCEL mean? `xs:dateTime`, read by hand because a log has
//! millions.

use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Timestamp};

/// A date of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct XsdDate {
    /// The instant in microseconds UTC.
    pub(crate) us: i64,
    /// Offset of the source from UTC in minutes; `None` where the date has no zone.
    pub(crate) offset_min: Option<i16>,
    /// Whether it is written as `xs:dateTime` demands.
    pub(crate) is_strict: bool,
}

/// Largest offset from UTC, 14 hours, as `xs:dateTime` has it.
const OFFSET_MIN_MAX: i16 = 14 * 60;

/// Reads `2011-10-01T00:38:44.546+02:00`. A date without a zone is taken as UTC. Digits beyond
/// microseconds are cut. Also reads, and says so, what exporters write although the standard does
/// not allow it: a blank for the `T`, no seconds, an offset without colon or minutes.
pub(crate) fn parse(text: &str) -> Option<XsdDate> {
    let mut scan = Scan { bytes: text.as_bytes(), is_strict: true };
    let year = scan.digits(4)?;
    scan.expect(b'-')?;
    let month = scan.digits(2)?;
    scan.expect(b'-')?;
    let day = scan.digits(2)?;
    if scan.expect(b'T').is_none() {
        scan.expect(b' ').or_else(|| scan.expect(b't'))?;
        scan.is_strict = false;
    }
    let hour = scan.digits(2)?;
    scan.expect(b':')?;
    let minute = scan.digits(2)?;
    let (mut second, mut fraction_us) = (0, 0);
    if scan.expect(b':').is_some() {
        second = scan.digits(2)?;
        if scan.expect(b'.').is_some() {
            fraction_us = scan.fraction_us()?;
        }
    } else {
        scan.is_strict = false;
    }
    let offset_min = scan.zone()?;
    let is_end_of_day = (hour, minute, second, fraction_us) == (24, 0, 0, 0);
    let is_time = (hour < 24 || is_end_of_day) && minute < 60 && second < 60;
    if !is_time || !(1..=12).contains(&month) || day < 1 || day > days_of_month(year, month) {
        return None;
    }
    let us = days_from_civil(year, month, day) * DAY_US
        + hour * HOUR_US
        + minute * MINUTE_US
        + second * SECOND_US
        + fraction_us
        - i64::from(offset_min.unwrap_or(0)) * MINUTE_US;
    Timestamp::from_us(us)?;
    Some(XsdDate { us, offset_min, is_strict: scan.is_strict })
}

struct Scan<'a> {
    bytes: &'a [u8],
    is_strict: bool,
}

impl Scan<'_> {
    #[inline]
    fn digits(&mut self, count: usize) -> Option<i64> {
        let mut number = 0;
        for &byte in self.bytes.get(..count)? {
            number = number * 10 + i64::from(digit(byte)?);
        }
        self.bytes = &self.bytes[count..];
        Some(number)
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Option<()> {
        let (&first, rest) = self.bytes.split_first()?;
        (first == byte).then(|| self.bytes = rest)
    }

    fn fraction_us(&mut self) -> Option<i64> {
        let mut unit = SECOND_US;
        let mut us = 0;
        let mut count = 0;
        while let Some(digit) = self.bytes.first().and_then(|&byte| digit(byte)) {
            unit /= 10;
            us += i64::from(digit) * unit;
            count += 1;
            self.bytes = &self.bytes[1..];
        }
        (count > 0).then_some(us)
    }

    /// The rest of the text: nothing, `Z` or an offset.
    fn zone(&mut self) -> Option<Option<i16>> {
        let Some((&sign, rest)) = self.bytes.split_first() else { return Some(None) };
        self.bytes = rest;
        let minutes = match sign {
            b'Z' => 0,
            b'z' => {
                self.is_strict = false;
                0
            }
            b'+' | b'-' => {
                let hours = self.digits(2)?;
                let has_colon = self.expect(b':').is_some();
                self.is_strict &= has_colon;
                let minutes = if has_colon || !self.bytes.is_empty() { self.digits(2)? } else { 0 };
                if minutes >= 60 {
                    return None;
                }
                let total = i16::try_from(hours * 60 + minutes).ok()?;
                if sign == b'-' { -total } else { total }
            }
            _ => return None,
        };
        let is_whole = self.bytes.is_empty() && minutes.abs() <= OFFSET_MIN_MAX;
        is_whole.then_some(Some(minutes))
    }
}

#[inline]
fn digit(byte: u8) -> Option<u8> {
    let digit = byte.wrapping_sub(b'0');
    (digit < 10).then_some(digit)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Source: Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instant_agrees_with_the_calendar_library() {
        for text in [
            "2011-10-01T00:38:44.546+02:00",
            "1970-01-01T00:00:00.000+01:00",
            "2024-02-29T23:59:59.999999Z",
            "1900-03-01T00:00:00-11:30",
            "0004-02-29T12:00:00Z",
            "2000-02-29T12:00:00+14:00",
        ] {
            let expected = Timestamp::parse(text).unwrap().as_us();
            let parsed = parse(text).unwrap();
            assert_eq!(parsed.us, expected, "{text}");
            assert!(parsed.is_strict);
        }
    }

    #[test]
    fn every_day_of_four_centuries_agrees() {
        let mut days = days_from_civil(1800, 1, 1);
        for year in 1800..2200 {
            for month in 1..=12 {
                for day in 1..=days_of_month(year, month) {
                    assert_eq!(days_from_civil(year, month, day), days);
                    days += 1;
                }
            }
        }
        assert_eq!(days_from_civil(1970, 1, 1), 0);
    }

    #[test]
    fn the_offset_is_kept_and_its_absence_told() {
        assert_eq!(parse("2024-01-01T10:00:00-05:30").unwrap().offset_min, Some(-330));
        assert_eq!(parse("2024-01-01T10:00:00Z").unwrap().offset_min, Some(0));
        assert_eq!(parse("2024-01-01T10:00:00").unwrap().offset_min, None);
        let ends = parse("2024-01-01T24:00:00Z").unwrap();
        assert_eq!(ends.us, parse("2024-01-02T00:00:00Z").unwrap().us);
        assert_eq!(parse("2024-01-01T10:00:00.1234569Z").unwrap().us % SECOND_US, 123_456);
    }

    #[test]
    fn common_faults_are_read_and_told() {
        let right = parse("2024-01-01T10:00:00+02:00").unwrap();
        for text in ["2024-01-01 10:00:00+02:00", "2024-01-01T10:00+0200", "2024-01-01T10:00:00+02"]
        {
            let read = parse(text).unwrap();
            assert_eq!((read.us, read.is_strict), (right.us, false), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2024",
            "2024-01-01",
            "2002-0530T09:30:10Z",
            "2023-02-29T10:00:00Z",
            "2024-13-01T10:00:00Z",
            "2024-00-01T10:00:00Z",
            "2024-01-00T10:00:00Z",
            "2024-01-01T24:00:01Z",
            "2024-01-01T10:60:00Z",
            "2024-01-01T10:00:00.Z",
            "2024-01-01T10:00:00+15:00",
            "2024-01-01T10:00:00+02:60",
            "2024-01-01T10:00:00Zx",
            "2024-01-01T10:00:00+2",
            "0000-01-01T10:00:00Z",
            "9999-12-31T23:00:00Z",
            "−024",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
