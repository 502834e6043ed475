//! Which day is a number that a spreadsheet counts days by?
//!
//! A workbook keeps a date as the days since its beginning and shows it as a date; an export that
//! forgets the format gives the number away: 45000.5 is noon of 15 March 2023. The fraction is
//! rounded to the second, and to the minute where it has fewer than five digits, which are no more
//! precise.

use paydirt_model::automatic::SerialSystem;
use paydirt_model::time::{DAY_US, MINUTE_US, Precision, SECOND_US};

use crate::dates::Moment;
use crate::dates::clock::digits;
use crate::scan::ColumnScan;

/// Numbers that may be days, from 1954 to 2119.
const FIRST: u32 = 20_000;
const LAST: u32 = 79_999;
/// 1 January 1970 in the system that begins in 1900; all days after February 1900 are counted one
/// too many, for the program that was copied had 1900 as a leap year.
const DAYS_TO_1970: i64 = 25_569;
/// Days between the two systems.
const DAYS_FROM_1900_TO_1904: i64 = 1_462;
/// Digits of a fraction that are looked at; further ones are below a microsecond.
const FRACTION_DIGITS_MAX: usize = 15;
/// Digits from which on a fraction tells seconds apart.
const SECOND_DIGITS: usize = 5;
/// Values that are looked at.
const SAMPLE_COUNT: usize = 2_000;

/// The moment of a number such as `45000` or `45000.5`, in which a comma may divide.
pub(crate) fn serial(bytes: &[u8], system: SerialSystem) -> Option<Moment> {
    let (number, len) = digits(bytes, 0, 5)?;
    if len != 5 || !(FIRST..=LAST).contains(&number) {
        return None;
    }
    let fraction = match bytes.get(5..)? {
        [] => &[],
        [b'.' | b',', rest @ ..] if !rest.is_empty() => rest,
        _ => return None,
    };
    if !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let days = i64::from(number) - DAYS_TO_1970
        + match system {
            SerialSystem::From1900 => 0,
            SerialSystem::From1904 => DAYS_FROM_1900_TO_1904,
        };
    let (us, precision) = time_of_day(fraction);
    Some(Moment { local_us: days * DAY_US + us, offset_s: None, precision })
}

fn time_of_day(fraction: &[u8]) -> (i64, Precision) {
    if fraction.iter().all(|&digit| digit == b'0') {
        return (0, Precision::Day);
    }
    let kept = &fraction[..fraction.len().min(FRACTION_DIGITS_MAX)];
    let (mut share, mut whole) = (0_i128, 1_i128);
    for digit in kept {
        share = share * 10 + i128::from(digit - b'0');
        whole *= 10;
    }
    let (unit_us, precision) = match fraction.len() < SECOND_DIGITS {
        true => (MINUTE_US, Precision::Minute),
        false => (SECOND_US, Precision::Instant),
    };
    let units = i128::from(DAY_US / unit_us);
    let rounded = (share * units * 2 + whole) / (whole * 2);
    let rounded = i64::try_from(rounded).expect("a day has few seconds");
    (rounded * unit_us, precision)
}

/// Whether a text may be such a number.
fn is_serial(text: &str) -> bool {
    serial(text.trim().as_bytes(), SerialSystem::From1900).is_some()
}

/// The share of a sample that may be such numbers, in per cent.
pub(crate) fn serial_share_per_cent(sample: &[String]) -> usize {
    let serials = sample.iter().filter(|text| is_serial(text)).count();
    (serials * 100).checked_div(sample.len()).unwrap_or(0)
}

/// Whether most values are such numbers.
pub(crate) fn looks_like_serials(scan: &ColumnScan<'_>) -> bool {
    serial_share_per_cent(&scan.sample(SAMPLE_COUNT)) >= 80
}

/// Whether the name of a column says that it holds dates.
pub(crate) fn is_date_name(name: &str) -> bool {
    const ENDS: &[&str] = &["日", "日付", "日時", "年月日", "closedate", "createdate", "duedate"];
    const WORDS: &[&str] =
        &["date", "datetime", "timestamp", "day", "jour", "datum", "eventtime", "time", "heure"];
    let small = name.trim().to_lowercase();
    let words = in_words(name);
    let is_word = |word: Option<&String>| word.is_some_and(|word| WORDS.contains(&word.as_str()));
    ENDS.iter().any(|end| small.ends_with(end)) || is_word(words.first()) || is_word(words.last())
}

/// The words of a name, in small letters: `CloseDate` and `close_date` are "close" and "date".
fn in_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut begins, mut was_small) = (true, false);
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            begins = true;
            continue;
        }
        if begins || (was_small && letter.is_uppercase()) {
            words.push(String::new());
        }
        begins = false;
        was_small = letter.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use paydirt_model::time::Timestamp;

    use super::*;

    fn read(text: &str, system: SerialSystem) -> String {
        let moment = serial(text.as_bytes(), system);
        moment.map_or_else(
            || "none".to_owned(),
            |moment| {
                let time = Timestamp::from_us(moment.local_us).unwrap();
                format!("{time} {:?}", moment.precision)
            },
        )
    }

    /// Computed apart: `date(1899, 12, 30) + timedelta(days)`, and `date(1904, 1, 1)`.
    #[test]
    fn days_of_both_systems() {
        let from_1900 = |text: &str| read(text, SerialSystem::From1900);
        assert_eq!(from_1900("45000"), "2023-03-15T00:00:00Z Day");
        assert_eq!(from_1900("45000.0"), "2023-03-15T00:00:00Z Day");
        assert_eq!(from_1900("45000.5"), "2023-03-15T12:00:00Z Minute");
        assert_eq!(from_1900("45292,25"), "2024-01-01T06:00:00Z Minute");
        assert_eq!(from_1900("45330.4166"), "2024-02-08T10:00:00Z Minute");
        assert_eq!(from_1900("45330.416666666664"), "2024-02-08T10:00:00Z Instant");
        assert_eq!(from_1900("45330.39594907407"), "2024-02-08T09:30:10Z Instant");
        assert_eq!(from_1900("45330.999999999"), "2024-02-09T00:00:00Z Instant");
        assert_eq!(read("43831", SerialSystem::From1904), "2024-01-02T00:00:00Z Day");
        for wrong in ["4500", "450000", "19999", "80000", "45000.", "45000.x", "45000 5", "-45000"]
        {
            assert_eq!(from_1900(wrong), "none", "{wrong}");
        }
    }

    #[test]
    fn names_of_dates() {
        for name in [
            "Date",
            "Close Date",
            "CloseDate",
            "close_date",
            "closedate",
            "受注日",
            "Date de clôture",
            "Datum",
            "EventTime",
        ] {
            assert!(is_date_name(name), "{name}");
        }
        for name in ["Mandate", "Update count", "Candidate", "Amount", "Deal ID", "Postal code"] {
            assert!(!is_date_name(name), "{name}");
        }
    }
}
