//! What does a number of a sheet mean? A number, a date, a time or a span, by its number format.
//!
//! Spreadsheets keep dates as days since 1900 (or 1904) and show them by a format (ECMA-376,
//! part 1, 18.8.30). Numbers are binary: they are written with the 15 digits that such programs
//! show, so that 0.1 stays 0.1.

use std::fmt::Write;

/// What a number format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number, an amount.
    Number,
    /// A share in per cent.
    Percent,
    /// A day.
    Date,
    /// A day and a time of day.
    DateTime,
    /// A time of day.
    Time,
    /// A span of time, such as 36:30.
    Span,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Date,
    Span,
    Boolean,
    /// A whole number of more digits than spreadsheet programs keep.
    LongNumber,
    /// An error such as `#N/A`, which is its text.
    Error,
    /// A formula whose result is not in the file.
    Unknown,
}

/// The day that serial numbers count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1900-01-01, and 60 a 29 February that never was.
    Of1900,
    /// 0 is 1904-01-01.
    Of1904,
}

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;
/// Days from 1899-12-30, which serial numbers after February 1900 count from, to 1970-01-01.
const SERIAL_OF_1970: i64 = 25_569;
/// Days between the two epochs.
const DAYS_TO_1904: i64 = 1_462;
/// The serial number of 9999-12-31.
const SERIAL_MAX: i64 = 2_958_465;
const MILLISECONDS_PER_DAY: i64 = 86_400_000;
/// Digits that spreadsheet programs keep of a number.
const DIGITS: usize = 15;

/// What the format of a built-in id shows (18.8.30, with those of Chinese, Japanese and Korean).
pub(super) fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=17 | 27..=31 | 34..=36 | 50..=58 => Shown::Date,
        18..=21 | 32 | 33 | 45 | 47 => Shown::Time,
        22 => Shown::DateTime,
        46 => Shown::Span,
        _ => Shown::Number,
    }
}

/// What a format code such as `yyyy-mm-dd hh:mm` shows; its first section decides.
pub(super) fn of_code(code: &str) -> Shown {
    let mut characters = code.chars().peekable();
    let (mut has_day, mut has_clock, mut has_percent) = (false, false, false);
    let (mut months, mut longest_months) = (0, 0);
    while let Some(character) = characters.next() {
        let lower = character.to_ascii_lowercase();
        if lower == 'm' {
            months += 1;
            longest_months = longest_months.max(months);
            continue;
        }
        months = 0;
        match lower {
            ';' => break,
            '\\' | '_' | '*' => drop(characters.next()),
            '"' => drop(characters.by_ref().find(|&next| next == '"')),
            '[' => {
                let inside: String = characters.by_ref().take_while(|&next| next != ']').collect();
                let lower = inside.to_ascii_lowercase();
                let is_unit = ['h', 'm', 's']
                    .iter()
                    .any(|&unit| !lower.is_empty() && lower.chars().all(|one| one == unit));
                if is_unit {
                    return Shown::Span;
                }
            }
            'y' | 'd' | 'g' => has_day = has_day || !is_word(character, &mut characters),
            // Scientific notation has a sign behind its E; the E of Japanese years has none.
            'e' => has_day = has_day || !matches!(characters.peek(), Some('+' | '-')),
            'h' | 's' => has_clock = true,
            '%' => has_percent = true,
            _ => {}
        }
    }
    has_day = has_day || longest_months >= 3 || (longest_months > 0 && !has_clock);
    match (has_day, has_clock) {
        (true, true) => Shown::DateTime,
        (true, false) => Shown::Date,
        (false, true) => Shown::Time,
        (false, false) if has_percent => Shown::Percent,
        (false, false) => Shown::Number,
    }
}

/// Whether a letter begins the word `General`, which is passed over.
fn is_word(first: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let is_general = first.eq_ignore_ascii_case(&'g')
        && rest.clone().take(6).collect::<String>().eq_ignore_ascii_case("eneral");
    if is_general {
        rest.nth(5);
    }
    is_general
}

/// Writes a number as its format means it and says what it is.
pub(super) fn write(number: f64, shown: Shown, epoch: Epoch, text: &mut String) -> Kind {
    match shown {
        Shown::Number => {}
        Shown::Percent => {
            write_percent(number, text);
            return Kind::Number;
        }
        Shown::Span => {
            if write_span(number, text) {
                return Kind::Span;
            }
        }
        Shown::Date | Shown::DateTime | Shown::Time => {
            if write_moment(number, shown, epoch, text) {
                return Kind::Date;
            }
        }
    }
    write_number(number, text);
    Kind::Number
}

/// Writes a share as its cell shows it, such as `12.5%` of 0.125, so that it is read as the same
/// share in delimited text.
pub(super) fn write_percent(share: f64, text: &mut String) {
    write_number(share * 100.0, text);
    if share.is_finite() {
        text.push('%');
    }
}

/// Writes a number with at most 15 digits, and at most 15 of them after the point.
pub(super) fn write_number(number: f64, text: &mut String) {
    if !number.is_finite() {
        return;
    }
    if number.fract() == 0.0 && number.abs() < 1e18 {
        let _ = write!(text, "{}", rounded_whole(number));
        return;
    }
    if number.abs() >= 1e18 {
        let _ = write!(text, "{number:e}");
        return;
    }
    let start = text.len();
    let _ = write!(text, "{number}");
    let digits = text[start..].bytes().filter(u8::is_ascii_digit).count();
    if digits <= DIGITS {
        return;
    }
    text.truncate(start);
    let exponent = number.abs().log10().floor();
    let whole_digits = if exponent < 0.0 { 0 } else { DIGITS.min(exponent as usize + 1) };
    let _ = write!(text, "{number:.*}", DIGITS - whole_digits);
    if text[start..].contains('.') {
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
    }
    if &text[start..] == "-0" {
        text.replace_range(start.., "0");
    }
}

#[expect(clippy::cast_possible_truncation, reason = "its absolute value is below 10^18")]
fn rounded_whole(number: f64) -> i64 {
    number as i64
}

/// Whether a whole number has so many digits that a spreadsheet program cannot have kept them all.
pub(super) fn has_lost_digits(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() >= 1e15
}

/// Writes a date, a date with a time, or a time of day; `false` when the number is none.
fn write_moment(number: f64, shown: Shown, epoch: Epoch, text: &mut String) -> bool {
    let Some(total_ms) = milliseconds(number) else { return false };
    if total_ms < 0 {
        return false;
    }
    let (mut serial, clock_ms) =
        (total_ms.div_euclid(MILLISECONDS_PER_DAY), total_ms.rem_euclid(MILLISECONDS_PER_DAY));
    if shown == Shown::Time && serial == 0 {
        write_clock(clock_ms, text);
        return true;
    }
    match epoch {
        Epoch::Of1904 => serial += DAYS_TO_1904,
        // Day 60 never was; those before it are one day further from 1970.
        Epoch::Of1900 if serial < 60 => serial += 1,
        Epoch::Of1900 => {}
    }
    if serial > SERIAL_MAX {
        return false;
    }
    write_day(serial - SERIAL_OF_1970, text);
    if shown != Shown::Date || clock_ms != 0 {
        text.push(' ');
        write_clock(clock_ms, text);
    }
    true
}

/// Days as whole milliseconds; what is but one beside a whole second is noise of the computer.
#[expect(clippy::cast_possible_truncation, reason = "the number is compared first")]
fn milliseconds(days: f64) -> Option<i64> {
    if !days.is_finite() || days.abs() > 1e9 {
        return None;
    }
    let total = (days * 86_400_000.0).round() as i64;
    Some(match total.rem_euclid(1_000) {
        999 => total + 1,
        1 => total - 1,
        _ => total,
    })
}

/// Writes a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
pub(super) fn write_day(days: i64, text: &mut String) {
    let shifted = days + DAYS_TO_1970;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let _ = write!(text, "{year:04}-{month:02}-{day:02}");
}

fn write_clock(clock_ms: i64, text: &mut String) {
    let seconds = clock_ms / 1_000;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let _ = write!(text, "{hour:02}:{minute:02}:{second:02}");
    if clock_ms % 1_000 != 0 {
        let _ = write!(text, ".{:03}", clock_ms % 1_000);
    }
}

/// Writes a span as `36:30:00`; `false` when it is too long to be one.
fn write_span(number: f64, text: &mut String) -> bool {
    let Some(total_ms) = milliseconds(number) else { return false };
    if total_ms < 0 {
        text.push('-');
    }
    let total_ms = total_ms.abs();
    let seconds = total_ms / 1_000;
    let _ = write!(text, "{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if total_ms % 1_000 != 0 {
        let _ = write!(text, ".{:03}", total_ms % 1_000);
    }
    true
}

/// Microseconds of a span as [`write`] writes it.
pub(super) fn span_us(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut parts = rest.splitn(3, ':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let (seconds, fraction) =
        parts.next().map(|last| last.split_once('.').unwrap_or((last, "0")))?;
    let seconds: i64 = seconds.parse().ok()?;
    let milliseconds: i64 = format!("{fraction:0<3}").parse().ok()?;
    let total = hours.checked_mul(3_600)?.checked_add(minutes * 60 + seconds)?;
    total.checked_mul(1_000)?.checked_add(milliseconds)?.checked_mul(1_000 * sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: f64, shown: Shown, epoch: Epoch) -> String {
        let mut text = String::new();
        write(number, shown, epoch, &mut text);
        text
    }

    #[test]
    fn formats_are_told_by_their_codes() {
        for (code, expected) in [
            ("General", Shown::Number),
            ("0.00%", Shown::Percent),
            ("0.0\\ %;[Red]-0.0\\ %", Shown::Percent),
            ("0.0\\%", Shown::Number),
            ("0\"%\"", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("#,##0.00\\ \"day\"", Shown::Number),
            ("#,##0 [$€-407];[Red]-#,##0 [$€-407]", Shown::Number),
            ("dd/mm/yyyy", Shown::Date),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", Shown::Date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Shown::Date),
            ("mmm-yy", Shown::Date),
            ("mmm", Shown::Date),
            ("yyyy\\-mm\\-dd\\ hh:mm:ss", Shown::DateTime),
            ("m/d/yy h:mm AM/PM;@", Shown::DateTime),
            ("h:mm", Shown::Time),
            ("mm:ss.0", Shown::Time),
            ("[h]:mm:ss", Shown::Span),
            ("[mm]:ss", Shown::Span),
            ("[Red][<0]0.0", Shown::Number),
            ("@", Shown::Number),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
        assert_eq!(
            (built_in(14), built_in(22), built_in(9)),
            (Shown::Date, Shown::DateTime, Shown::Percent)
        );
    }

    #[test]
    fn serial_numbers_are_dates() {
        use Epoch::{Of1900, Of1904};
        for (number, shown, epoch, expected) in [
            (45_292.0, Shown::Date, Of1900, "2024-01-01"),
            (43_830.0, Shown::Date, Of1904, "2024-01-01"),
            (1.0, Shown::Date, Of1900, "1900-01-01"),
            (61.0, Shown::Date, Of1900, "1900-03-01"),
            (0.0, Shown::Date, Of1904, "1904-01-01"),
            (2_958_465.0, Shown::Date, Of1900, "9999-12-31"),
            (45_322.395_833_333_336, Shown::DateTime, Of1900, "2024-01-31 09:30:00"),
            (45_322.395_833_33, Shown::DateTime, Of1900, "2024-01-31 09:30:00"),
            (45_322.0, Shown::DateTime, Of1900, "2024-01-31 00:00:00"),
            (45_322.5, Shown::Date, Of1900, "2024-01-31 12:00:00"),
            (0.5, Shown::Time, Of1900, "12:00:00"),
            (45_322.75, Shown::Time, Of1900, "2024-01-31 18:00:00"),
            (1.520_833_333_333_333_3, Shown::Span, Of1900, "36:30:00"),
            (-1.0, Shown::Date, Of1900, "-1"),
            (2_958_466.0, Shown::Date, Of1900, "2958466"),
        ] {
            assert_eq!(written(number, shown, epoch), expected, "{number}");
        }
        assert_eq!(span_us("36:30:00"), Some(131_400_000_000));
        assert_eq!(span_us("-0:00:01.5"), Some(-1_500_000));
    }

    #[test]
    fn numbers_have_no_binary_noise() {
        for (number, expected) in [
            (0.1, "0.1"),
            (0.1 + 0.2, "0.3"),
            (4.35 * 100.0, "435"),
            (9_876_543_210.0, "9876543210"),
            (-12.5, "-12.5"),
            (0.125, "0.125"),
            (1_234.567, "1234.567"),
            (1.0 / 3.0, "0.333333333333333"),
            (-1.421_085_471_520_2e-14, "-0.000000000000014"),
            (1e-20, "0"),
            (-1e-20, "0"),
            (1e300, "1e300"),
            (123_456_789_012_345_680.0, "123456789012345680"),
        ] {
            assert_eq!(written(number, Shown::Number, Epoch::Of1900), expected);
        }
        for (share, expected) in [
            (0.15, "15%"),
            (0.07, "7%"),
            (0.125, "12.5%"),
            (-0.05, "-5%"),
            (0.0, "0%"),
            (2.0, "200%"),
        ] {
            assert_eq!(written(share, Shown::Percent, Epoch::Of1900), expected);
        }
        assert!(has_lost_digits(1e15) && !has_lost_digits(999_999_999_999_999.0));
    }
}
