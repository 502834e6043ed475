//! The time of day behind a date, and calendar arithmetic without a library, for speed.

use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, Precision, SECOND_US};

use crate::dates::Moment;

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` when there is no such date.
///
/// After Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
#[inline]
pub(crate) fn days(year: i32, month: u32, day: u32) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
        return None;
    }
    if day > 28 && day > days_in_month(year, month) {
        return None;
    }
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = i64::from((month + 9) % 12);
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A time of day with what surrounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) us: i64,
    pub(crate) precision: Precision,
    pub(crate) offset_s: Option<i32>,
}

impl Clock {
    /// No time of day at all.
    pub(crate) const NONE: Clock = Clock { us: 0, precision: Precision::Day, offset_s: None };

    #[inline]
    pub(crate) fn on(self, days: i64) -> Moment {
        Moment {
            local_us: days * DAY_US + self.us,
            offset_s: self.offset_s,
            precision: self.precision,
        }
    }
}

/// Two decimal digits.
#[inline]
pub(crate) fn two(bytes: &[u8], at: usize) -> Option<u32> {
    let tens = bytes.get(at)?.wrapping_sub(b'0');
    let ones = bytes.get(at + 1)?.wrapping_sub(b'0');
    (tens <= 9 && ones <= 9).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// One to `digits_max` decimal digits from a position: the number, and how many digits.
#[inline]
pub(crate) fn digits(bytes: &[u8], at: usize, digits_max: usize) -> Option<(u32, usize)> {
    let mut number = 0;
    let mut count = 0;
    while count < digits_max
        && let Some(&byte) = bytes.get(at + count)
        && byte.is_ascii_digit()
    {
        number = number * 10 + u32::from(byte - b'0');
        count += 1;
    }
    (count > 0).then_some((number, count))
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    // No-break blanks, which some programs write before AM and PM: U+00A0, U+202F.
    if bytes[at..].starts_with(b"\xc2\xa0") {
        return skip_blanks(bytes, at + 2);
    }
    if bytes[at..].starts_with(b"\xe2\x80\xaf") {
        return skip_blanks(bytes, at + 3);
    }
    at
}

/// Everything behind a date: nothing, a time of day, an offset from UTC, or both.
pub(crate) fn tail(bytes: &[u8]) -> Option<Clock> {
    let Some(&first) = bytes.first() else { return Some(Clock::NONE) };
    let at = match first {
        b'T' | b't' | b'_' => 1,
        b',' | b' ' | 0xc2 | 0xe2 => {
            let at = skip_blanks(bytes, usize::from(first == b','));
            if at == bytes.len() || at == 0 {
                return None;
            }
            at
        }
        // The database Db2 writes 2024-01-31-09.30.00.000000.
        b'-' if bytes.get(3) == Some(&b'.') => 1,
        b'Z' | b'z' | b'+' | b'-' => 0,
        _ => return None,
    };
    if !bytes.get(at)?.is_ascii_digit() && time_marker(bytes, at).is_none() {
        let offset_s = offset(&bytes[at..])?;
        return Some(Clock { offset_s, ..Clock::NONE });
    }
    let (clock, used) = time(&bytes[at..])?;
    let rest = &bytes[at + used..];
    if rest.is_empty() {
        return Some(clock);
    }
    let blanks = skip_blanks(rest, 0);
    Some(Clock { offset_s: offset(&rest[blanks..])?, ..clock })
}

/// A time of day such as `9:30`, `09:30:15.250`, `9.30`, `9h30`, `9:30 PM`, `9時30分`; and how many
/// bytes it takes.
pub(crate) fn time(bytes: &[u8]) -> Option<(Clock, usize)> {
    let (marker, mut at) = time_marker(bytes, 0).map_or((None, 0), |(half, to)| (Some(half), to));
    at = skip_blanks(bytes, at);
    let (hour, used) = digits(bytes, at, 2)?;
    at += used;
    let (mut us, mut precision) = (0, Precision::Minute);
    if let Some(width) = separator(bytes, at, &["時", "h", "H"], b":.") {
        at += width;
        if let Some((minute, used)) = digits(bytes, at, 2).filter(|_| bytes.get(at).is_some()) {
            at += used;
            if minute > 59 {
                return None;
            }
            us = i64::from(minute) * MINUTE_US;
            at += if bytes[at..].starts_with("分".as_bytes()) { "分".len() } else { 0 };
            let (second_us, used) = seconds(bytes, at)?;
            if used > 0 {
                precision = Precision::Instant;
                us += second_us;
                at += used;
            }
        } else if width == 1 && bytes[at - 1] != b'h' && bytes[at - 1] != b'H' {
            return None;
        }
    }
    let behind = skip_blanks(bytes, at);
    let (half, to) = match time_marker(bytes, behind) {
        Some((half, to)) if marker.is_none() => (Some(half), to),
        _ => (marker, at),
    };
    // A bare number is a time only with AM or PM, or with the word for hour.
    if at == used && half.is_none() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    let us = us + i64::from(hour) * HOUR_US;
    // ISO 8601 writes the end of a day as 24:00.
    (us <= DAY_US).then_some((Clock { us, precision, offset_s: None }, to))
}

/// Seconds and their fraction behind hours and minutes; a leap second is the next second.
fn seconds(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let has_word =
        bytes.get(at).is_some_and(u8::is_ascii_digit) && memchr_word(bytes, at, "秒".as_bytes());
    let start = match bytes.get(at) {
        Some(b':' | b'.') => at + 1,
        Some(_) if has_word => at,
        _ => return Some((0, 0)),
    };
    let second = two(bytes, start).or_else(|| {
        has_word.then(|| digits(bytes, start, 1)).flatten().map(|(number, _)| number)
    })?;
    if second > 60 {
        return None;
    }
    let mut end = start + if two(bytes, start).is_some() { 2 } else { 1 };
    let mut us = i64::from(second) * SECOND_US;
    if matches!(bytes.get(end), Some(b'.' | b',' | b':'))
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    {
        let (fraction_us, used) = fraction(bytes, end + 1);
        us += fraction_us;
        end += 1 + used;
    }
    if bytes[end..].starts_with("秒".as_bytes()) {
        end += "秒".len();
    }
    Some((us, end - at))
}

fn memchr_word(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    [1, 2].iter().any(|&width| bytes.get(at + width..).is_some_and(|rest| rest.starts_with(word)))
}

/// Digits after the point in microseconds, further ones cut, and how many digits there are.
pub(crate) fn fraction(bytes: &[u8], at: usize) -> (i64, usize) {
    let mut us = 0;
    let mut count = 0;
    while let Some(&byte) = bytes.get(at + count)
        && byte.is_ascii_digit()
    {
        if count < 6 {
            us = us * 10 + i64::from(byte - b'0');
        }
        count += 1;
    }
    for _ in count..6 {
        us *= 10;
    }
    (us, count)
}

fn separator(bytes: &[u8], at: usize, words: &[&str], signs: &[u8]) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if signs.contains(rest.first()?) {
        return Some(1);
    }
    words.iter().find(|word| rest.starts_with(word.as_bytes())).map(|word| word.len())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Morning,
    Afternoon,
}

/// AM, PM, a.m., p.m., 午前 or 午後 at a position, and where it ends.
pub(crate) fn time_marker(bytes: &[u8], at: usize) -> Option<(Half, usize)> {
    const MARKERS: [(&str, Half); 6] = [
        ("a.m.", Half::Morning),
        ("p.m.", Half::Afternoon),
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
        ("午前", Half::Morning),
        ("午後", Half::Afternoon),
    ];
    let rest = bytes.get(at..)?;
    let found = MARKERS.iter().find(|(word, _)| {
        rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    })?;
    let end = at + found.0.len();
    let goes_on = bytes.get(end).is_some_and(|byte| byte.is_ascii_alphabetic());
    (!goes_on).then_some((found.1, end))
}

/// A whole offset from UTC: `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`, each perhaps followed by
/// the name of a zone in brackets; the outer `None` says that it is none of these.
pub(crate) fn offset(bytes: &[u8]) -> Option<Option<i32>> {
    let bytes = match bytes.iter().position(|&byte| byte == b'[') {
        Some(open) if bytes.last() == Some(&b']') => &bytes[..open],
        _ => bytes,
    };
    let rest = match bytes {
        [] => return None,
        [b'Z' | b'z'] => return Some(Some(0)),
        _ if bytes.eq_ignore_ascii_case(b"UTC") || bytes.eq_ignore_ascii_case(b"GMT") => {
            return Some(Some(0));
        }
        _ if bytes.len() > 3
            && (bytes[..3].eq_ignore_ascii_case(b"UTC")
                || bytes[..3].eq_ignore_ascii_case(b"GMT")) =>
        {
            &bytes[3..]
        }
        _ => bytes,
    };
    let sign = match rest.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = two(rest, 1)?;
    let (minutes, seconds) = match &rest[3..] {
        [] => (0, 0),
        [b':', more @ ..] if more.len() == 2 => (two(more, 0)?, 0),
        [b':', more @ ..] if more.len() == 5 && more[2] == b':' => (two(more, 0)?, two(more, 3)?),
        more if more.len() == 2 => (two(more, 0)?, 0),
        _ => return None,
    };
    if hours > 18 || minutes > 59 || seconds > 59 {
        return None;
    }
    let total = i32::try_from(hours * 3_600 + minutes * 60 + seconds).ok()?;
    Some(Some(sign * total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 3, 1), Some(11_017));
        assert_eq!(days(1969, 12, 31), Some(-1));
        assert_eq!(days(2024, 2, 29), Some(19_782));
        assert_eq!(days(2023, 2, 29), None);
        assert_eq!(days(1900, 2, 29), None);
        assert_eq!(days(1, 1, 1), Some(-719_162));
        assert_eq!(days(0, 1, 1), None);
    }

    fn read(text: &str) -> Option<(i64, Precision, Option<i32>)> {
        tail(text.as_bytes()).map(|clock| (clock.us / 1_000, clock.precision, clock.offset_s))
    }

    #[test]
    fn times_of_day() {
        let half_past_nine = 34_200_000;
        let minute = Precision::Minute;
        assert_eq!(read(""), Some((0, Precision::Day, None)));
        assert_eq!(read("T09:30"), Some((half_past_nine, minute, None)));
        assert_eq!(read(" 9:30"), Some((half_past_nine, minute, None)));
        assert_eq!(read(", 9:30 PM"), Some((half_past_nine + 43_200_000, minute, None)));
        assert_eq!(read(" 12:05 AM"), Some((300_000, minute, None)));
        assert_eq!(read(" 13:05 PM"), None);
        assert_eq!(read(" 午後9:30"), Some((half_past_nine + 43_200_000, minute, None)));
        assert_eq!(read(" 9時30分"), Some((half_past_nine, minute, None)));
        assert_eq!(read(" 9h30"), Some((half_past_nine, minute, None)));
        let instant = Precision::Instant;
        assert_eq!(read("T09:30:00.25Z"), Some((half_past_nine + 250, instant, Some(0))));
        assert_eq!(read(" 09:30:00,250 +0100"), Some((half_past_nine + 250, instant, Some(3_600))));
        assert_eq!(read("-09.30.00.250000"), Some((half_past_nine + 250, instant, None)));
        assert_eq!(read("T09:30:00-05:30"), Some((half_past_nine, instant, Some(-19_800))));
        assert_eq!(read("T24:00"), Some((86_400_000, minute, None)));
        assert_eq!(read("T24:01"), None);
        assert_eq!(read("T09:61"), None);
        assert_eq!(read("+01:00"), Some((0, Precision::Day, Some(3_600))));
        assert_eq!(
            read("T09:30:00+01:00[Europe/Paris]"),
            Some((half_past_nine, instant, Some(3_600)))
        );
        assert_eq!(read(" 9"), None);
        assert_eq!(read("x"), None);
        assert_eq!(read(" "), None);
        assert_eq!(read(" 9 AM"), Some((32_400_000, minute, None)));
        assert_eq!(read(" 9時5分7秒"), Some((32_707_000, instant, None)));
    }
}
