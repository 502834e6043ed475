//! Dates with words in them: month names in English and French, and Japanese dates.

use crate::dates::clock::{Clock, days, digits, offset, tail, time};
use crate::dates::{Moment, YearDigits, full_year};
use crate::types::half_width;

/// The first letters of the months, small and without accents, and how many must be there.
const MONTHS: &[(&str, u32)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("janvier", 1),
    ("fevrier", 2),
    ("mars", 3),
    ("avril", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("aout", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("decembre", 12),
    ("sept", 9),
    ("janv", 1),
    ("fevr", 2),
    ("avr", 4),
    ("juil", 7),
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "tues",
    "thur",
    "thurs",
    "lun",
    "mar",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
];

/// Most bytes of the name of a month or weekday; a longer word is none.
const NAME_BYTES_MAX: usize = 16;

/// The month of a name or its first three letters (`juin` and `juillet` need four).
pub(crate) fn month(word: &str) -> Option<u32> {
    let word = folded(word)?;
    let exact = MONTHS.iter().find(|(name, _)| *name == word);
    let found = exact.or_else(|| {
        let is_short = word.len() == 3 && word != "jui";
        MONTHS.iter().take(24).find(|(name, _)| is_short && name.starts_with(word.as_str()))
    });
    found.map(|&(_, number)| number)
}

pub(crate) fn is_weekday(word: &str) -> bool {
    folded(word).is_some_and(|word| {
        WEEKDAYS.iter().any(|name| *name == word || (word.len() == 3 && name.starts_with(&word)))
    })
}

/// A word in small letters without accents; nothing where it is longer than any name.
fn folded(word: &str) -> Option<String> {
    let fold = |character: char| match character {
        'é' | 'É' | 'è' | 'È' => 'e',
        'û' | 'Û' => 'u',
        other => other.to_ascii_lowercase(),
    };
    (word.len() <= NAME_BYTES_MAX).then(|| word.chars().map(fold).collect())
}

/// The parts of a date as they are found, in whatever order.
#[derive(Default)]
struct Found {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    clock: Option<Clock>,
}

/// A date with the name of a month: `31 Jan 2024 09:30`, `Wed, 31 Jan 2024 09:30:00 +0100`,
/// `January 31st, 2024`, `31-JAN-24`, `31 janv. 2024 à 9h30`, `Wed Jan 31 09:30:00 2024`.
pub(crate) fn named(text: &str) -> Option<Moment> {
    let mut found = Found::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_between = matches!(first, ' ' | ',' | '-' | '/' | '.') || is_before_time(rest);
        if is_between && !is_offset_sign(first, &found) {
            rest = rest.get(first.len_utf8()..)?;
            continue;
        }
        if first.is_ascii_digit() {
            rest = number(rest, &mut found)?;
        } else if first.is_alphabetic() {
            rest = word(rest, &mut found)?;
        } else {
            return finish(&found, rest);
        }
    }
    finish(&found, "")
}

/// Whether a text begins with the `T` between day and time, and with no word.
fn is_before_time(text: &str) -> bool {
    let mut signs = text.chars();
    signs.next() == Some('T') && signs.next().is_some_and(|sign| sign.is_ascii_digit())
}

/// Whether the name of a month is in a text.
fn has_month(text: &str) -> bool {
    text.split(|sign: char| !sign.is_alphabetic()).any(|word| month(word).is_some())
}

fn is_offset_sign(first: char, found: &Found) -> bool {
    first == '-' && found.clock.is_some() && found.year.is_some()
}

fn number<'a>(rest: &'a str, found: &mut Found) -> Option<&'a str> {
    let bytes = rest.as_bytes();
    let (value, len) = digits(bytes, 0, 4)?;
    let next = bytes.get(len);
    let is_time = len <= 2 && found.month.is_some() && found.clock.is_none();
    if is_time
        && found.day.is_some()
        && let Some((clock, used)) = time(bytes)
    {
        found.clock = Some(clock);
        return rest.get(used..);
    }
    if next.is_some_and(u8::is_ascii_digit) {
        return None;
    }
    if found.day.is_none() && len <= 2 {
        found.day = Some(value);
        let suffix = ["st", "nd", "rd", "th", "er"].iter().find(|suffix| {
            bytes.get(len..len + 2).is_some_and(|two| two.eq_ignore_ascii_case(suffix.as_bytes()))
        });
        return rest.get(len + suffix.map_or(0, |suffix| suffix.len())..);
    }
    let year_digits = match len {
        4 => YearDigits::Four,
        2 => YearDigits::Two,
        _ => return None,
    };
    if found.year.is_some() {
        return None;
    }
    found.year = Some(full_year(value, year_digits));
    rest.get(len..)
}

fn word<'a>(rest: &'a str, found: &mut Found) -> Option<&'a str> {
    let end = rest
        .char_indices()
        .take(NAME_BYTES_MAX + 1)
        .find(|(_, character)| !character.is_alphabetic())
        .map(|(at, _)| at)
        .or_else(|| (rest.len() <= NAME_BYTES_MAX).then_some(rest.len()))?;
    let (word, behind) = (rest.get(..end)?, rest.get(end..)?);
    if found.month.is_none()
        && let Some(number) = month(word)
        // `mar.` is a Tuesday in French where a month stands behind it.
        && !(is_weekday(word) && has_month(behind))
    {
        found.month = Some(number);
        return Some(behind);
    }
    let clock_set = found.clock.is_some();
    if clock_set && (word == "UTC" || word == "GMT" || word == "Z") {
        let zone_end = behind.find(' ').unwrap_or(behind.len());
        let whole = rest.get(..end + zone_end)?;
        let offset_s = offset(whole.as_bytes())?;
        found.clock = found.clock.map(|clock| Clock { offset_s, ..clock });
        return behind.get(zone_end..);
    }
    let filler = ["at", "de", "le", "du", "of", "the", "à"];
    if is_weekday(word) || filler.iter().any(|known| word.eq_ignore_ascii_case(known)) {
        return Some(behind);
    }
    None
}

/// Puts the parts together; `rest` may still be an offset.
fn finish(found: &Found, rest: &str) -> Option<Moment> {
    let mut clock = found.clock.unwrap_or(Clock::NONE);
    if !rest.is_empty() {
        let (sign, year) = match rest.split_once(' ') {
            Some((sign, year)) if found.year.is_none() => (sign, Some(year)),
            _ => (rest, None),
        };
        clock.offset_s = offset(sign.as_bytes())?;
        if let Some(year) = year {
            let again = Found { year: year.parse().ok(), ..Found { clock: Some(clock), ..*found } };
            return finish(&again, "");
        }
    }
    Some(clock.on(days(found.year?, found.month?, found.day?)?))
}

/// An era: how it is written, the year before its first, and its first day.
struct Era {
    names: &'static [&'static str],
    letter: char,
    base: i32,
    first: (i32, u32, u32),
}

/// The eras since 1868. Letters stand for those in which there are computers alone: a text such as
/// `T1.2.3` is no date of 1912.
const ERAS: [Era; 5] = [
    Era { names: &["令和", "㋿"], letter: 'R', base: 2018, first: (2019, 5, 1) },
    Era { names: &["平成", "㍻"], letter: 'H', base: 1988, first: (1989, 1, 8) },
    Era { names: &["昭和", "㍼"], letter: 'S', base: 1925, first: (1926, 12, 25) },
    Era { names: &["大正", "㍽"], letter: '大', base: 1911, first: (1912, 7, 30) },
    Era { names: &["明治", "㍾"], letter: '明', base: 1867, first: (1868, 1, 25) },
];

/// The era that a text begins with by its name or letter, and what stands behind.
fn era_of(text: &str) -> Option<(&'static Era, &str)> {
    ERAS.iter().find_map(|era| {
        let named = era.names.iter().find_map(|name| text.strip_prefix(name));
        let rest = named.or_else(|| {
            let small = era.letter.to_ascii_lowercase();
            text.strip_prefix([era.letter, small])
                .filter(|rest| rest.starts_with(|one: char| one.is_ascii_digit() || one == '元'))
        })?;
        Some((era, rest))
    })
}

/// Whether a text begins with an era.
pub(crate) fn begins_with_era(text: &str) -> bool {
    era_of(half_width(text).trim()).is_some()
}

/// `2024年1月31日`, perhaps with the weekday, then a time of day; or with the era, which may be a
/// letter: `令和6年1月31日`, `R6.1.31`, `H31/4/30`.
pub(crate) fn japanese(text: &str) -> Option<Moment> {
    let era = era_of(text);
    let rest = era.map_or(text, |(_, rest)| rest);
    let (year, rest) = match rest.strip_prefix('元') {
        Some(rest) if era.is_some() => (1, rest),
        _ => number_at(rest, 4)?,
    };
    let (units, rest) = match rest.chars().next()? {
        '年' => (["月", "日"], rest.strip_prefix('年')?),
        '.' if era.is_some() => ([".", ""], rest.strip_prefix('.')?),
        '/' if era.is_some() => (["/", ""], rest.strip_prefix('/')?),
        '-' if era.is_some() => (["-", ""], rest.strip_prefix('-')?),
        _ => return None,
    };
    let (month, rest) = part(rest.trim_start(), 2, units[0])?;
    let (day, rest) = part(rest.trim_start(), 2, units[1])?;
    let rest = match rest.strip_prefix(['(', '（']) {
        Some(weekday) => weekday.split_once([')', '）'])?.1,
        None => without_weekday(rest),
    };
    let base = era.map_or(0, |(era, _)| era.base);
    let date = days(base + i32::try_from(year).ok()?, month, day)?;
    if let Some((era, _)) = era.filter(|_| units[1].is_empty()) {
        let (year, month, day) = era.first;
        days(year, month, day).filter(|&first| first <= date)?;
    }
    let clock = match rest.chars().next() {
        None => Clock::NONE,
        Some(' ') => tail(rest.as_bytes())?,
        Some('\u{3000}') => tail(format!(" {}", rest.trim_start()).as_bytes())?,
        Some(next) if next.is_ascii_digit() && units[1].is_empty() => return None,
        Some(_) => tail(format!(" {rest}").as_bytes())?,
    };
    Some(clock.on(date))
}

/// A text without the weekday that it begins with, as in `月曜日` and `月曜`.
fn without_weekday(text: &str) -> &str {
    let behind = text.strip_prefix(['日', '月', '火', '水', '木', '金', '土']);
    let Some(behind) = behind.and_then(|rest| rest.strip_prefix('曜')) else { return text };
    behind.strip_prefix('日').unwrap_or(behind)
}

fn number_at(text: &str, digits_max: usize) -> Option<(u32, &str)> {
    let (number, len) = digits(text.as_bytes(), 0, digits_max)?;
    Some((number, text.get(len..)?))
}

fn part<'a>(text: &'a str, digits_max: usize, unit: &str) -> Option<(u32, &'a str)> {
    let (number, rest) = number_at(text, digits_max)?;
    Some((number, rest.strip_prefix(unit)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::time::{SECOND_US, Timestamp};

    fn utc(moment: Option<Moment>) -> String {
        moment.map_or("none".to_owned(), |moment| {
            let offset_us = i64::from(moment.offset_s.unwrap_or(0)) * SECOND_US;
            Timestamp::from_us(moment.local_us - offset_us).unwrap().to_string()
        })
    }

    #[test]
    fn month_names_in_english_and_french() {
        for text in [
            "31 Jan 2024 09:30:00",
            "Jan 31, 2024 9:30 AM",
            "January 31st, 2024, 09:30",
            "31-JAN-24 09.30.00",
            "31 janv. 2024 à 9h30",
            "mercredi 31 janvier 2024 09:30",
            "Wed, 31 Jan 2024 10:30:00 +0100",
            "Wed Jan 31 09:30:00 2024",
            "Wed Jan 31 09:30:00 UTC 2024",
            "Wed, 31 Jan 2024 09:30:00 GMT",
            "31 Jan 2024 04:30 -05:00",
        ] {
            assert_eq!(utc(named(text)), "2024-01-31T09:30:00Z", "{text}");
        }
        for text in [
            "Tue, 05 Mar 2024 09:30:00 GMT",
            "Tuesday, March 05, 2024 09:30 AM",
            "Tue 05 Mar 2024 09:30",
            "05-Mar-24 09:30 AM",
            "05-MAR-24 09.30.00 AM",
            "Tue Mar 05 2024 10:30:00 GMT+0100",
            "mardi 5 mars 2024 à 9h30",
        ] {
            assert_eq!(utc(named(text)), "2024-03-05T09:30:00Z", "{text}");
        }
        assert_eq!(utc(named("Thu, 07 Mar 2024")), "2024-03-07T00:00:00Z");
        assert_eq!(utc(named("Jan 31 2024T09:30:00")), "2024-01-31T09:30:00Z");
        assert_eq!(utc(named("1er août 2024")), "2024-08-01T00:00:00Z");
        assert_eq!(utc(named("15 mars 2024")), "2024-03-15T00:00:00Z");
        assert_eq!(utc(named("mar. 5 mars 2024")), "2024-03-05T00:00:00Z");
        assert_eq!(utc(named("5 Mar 2024")), "2024-03-05T00:00:00Z");
        assert_eq!(utc(named("5 May 2024")), "2024-05-05T00:00:00Z");
        for wrong in ["register request", "31 foo 2024", "Jan 2024", "31 Jan 2024 x", "A 1"] {
            assert_eq!(named(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn long_words_are_no_names() {
        assert_eq!(folded("SEPTEMBRE").as_deref(), Some("septembre"));
        assert_eq!(folded("september-and-more"), None);
        assert_eq!(word("septemberseptember 2024", &mut Found::default()), None);
        assert_eq!(word("août", &mut Found::default()), Some(""));
    }

    #[test]
    fn japanese_dates() {
        for text in [
            "2024年1月31日 9時30分",
            "2024年01月31日(水) 09:30",
            "2024年1月31日　9:30:00",
            "2024年1月31日9時30分0秒",
            "令和6年1月31日 午前9時30分",
            "令和6年1月31日水曜日 9時30分",
            "2024年1月31日水曜 09:30",
        ] {
            assert_eq!(utc(japanese(text)), "2024-01-31T09:30:00Z", "{text}");
        }
        assert_eq!(utc(japanese("令和元年5月1日")), "2019-05-01T00:00:00Z");
        assert_eq!(japanese("2024年13月1日"), None);
        for (text, expected) in [
            ("2026年3月3日", "2026-03-03T00:00:00Z"),
            ("令和8年3月3日", "2026-03-03T00:00:00Z"),
            ("R8.3.3", "2026-03-03T00:00:00Z"),
            ("r08/03/03 15:05", "2026-03-03T15:05:00Z"),
            ("R8-3-3", "2026-03-03T00:00:00Z"),
            ("R8年3月3日 午後3時5分", "2026-03-03T15:05:00Z"),
            ("H31/4/30", "2019-04-30T00:00:00Z"),
            ("R1.5.1", "2019-05-01T00:00:00Z"),
            ("R元.5.1", "2019-05-01T00:00:00Z"),
            ("S64.1.7", "1989-01-07T00:00:00Z"),
            ("㍻31年4月30日", "2019-04-30T00:00:00Z"),
            ("大正元年7月30日", "1912-07-30T00:00:00Z"),
            ("R1.4.30", "none"),
            ("R8.3", "none"),
            ("R8.3/3", "none"),
            ("R8.3.31 ", "none"),
            ("R8.3.311", "none"),
            ("T1.2.3", "none"),
            ("Rev8.3.3", "none"),
        ] {
            assert_eq!(utc(japanese(text)), expected, "{text}");
        }
    }
}
