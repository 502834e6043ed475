//! A date format that the user gives, such as `%d.%m.%Y %H:%M`.
//!
//! The directives are those of strptime. A pattern that names only the date is completed by
//! whatever time of day and offset stands behind; one that ends with seconds may be followed by a
//! fraction and an offset, so that no offset is ever lost.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::{HOUR_US, MINUTE_US, Precision, SECOND_US};

use crate::dates::clock::{Clock, Half, days, digits, fraction, offset, tail, time_marker};
use crate::dates::names::{is_weekday, month};
use crate::dates::{Moment, YearDigits, full_year};

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Weekday,
    Hour,
    HourOfHalf,
    Half,
    Minute,
    Second,
    Fraction,
    PointFraction,
    Offset,
    Blank,
    Literal(String),
}

/// What a pattern has read so far.
struct Fields {
    year: Option<i32>,
    month: u32,
    day: u32,
    hour: u32,
    half: Option<Half>,
    us: i64,
    precision: Precision,
    offset_s: Option<i32>,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// A directive is not known, or day, month or year is missing.
    pub fn parse_text(text: &str) -> Result<Self, Problem> {
        let wrong = |detail: Sentence| {
            Problem::new(ErrorCode::DateFormatUnknown, detail)
                .in_parameter("date_format")
                .with_hint(say!(
                    "Use %Y or %y, %m or %b, %d, %H or %I with %p, %M, %S, %f, %z; for example \
                     %d/%m/%Y %H:%M."
                ))
        };
        let expanded = text
            .replace("%T", "%H:%M:%S")
            .replace("%R", "%H:%M")
            .replace("%F", "%Y-%m-%d")
            .replace("%D", "%m/%d/%y");
        let mut items = Vec::new();
        let mut characters = expanded.chars();
        while let Some(character) = characters.next() {
            let item = match character {
                '%' => directive(&mut characters).map_err(|found| {
                    wrong(say!("\"{found}\" in \"{text}\" is not known.", found, text))
                })?,
                ' ' => Item::Blank,
                other => Item::Literal(other.to_string()),
            };
            items.push(item);
        }
        let has = |wanted: &[Item]| items.iter().any(|item| wanted.contains(item));
        let is_complete = has(&[Item::Year, Item::ShortYear])
            && has(&[Item::Month, Item::MonthName])
            && has(&[Item::Day]);
        if !is_complete {
            return Err(wrong(say!("\"{text}\" does not name day, month and year.", text)));
        }
        Ok(Pattern { text: text.to_owned(), items })
    }

    /// The pattern as the user gave it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn parse(&self, text: &str) -> Option<Moment> {
        let bytes = text.as_bytes();
        let mut fields = Fields {
            year: None,
            month: 0,
            day: 0,
            hour: 0,
            half: None,
            us: 0,
            precision: Precision::Day,
            offset_s: None,
        };
        let mut at = 0;
        for item in &self.items {
            at = read(item, text, at, &mut fields)?;
        }
        let days = days(fields.year?, fields.month, fields.day)?;
        let rest = &bytes[at..];
        if fields.precision == Precision::Day {
            let clock = tail(self.behind_point(rest))?;
            let offset_s = clock.offset_s.or(fields.offset_s);
            return Some(Clock { offset_s, ..clock }.on(days));
        }
        let mut rest = rest;
        if fields.precision == Precision::Instant
            && let [b'.' | b',', more @ ..] = rest
            && more.first().is_some_and(u8::is_ascii_digit)
        {
            let (fraction_us, used) = fraction(more, 0);
            fields.us += fraction_us;
            rest = &more[used..];
        }
        let rest = rest.trim_ascii();
        if !rest.is_empty() {
            if fields.offset_s.is_some() {
                return None;
            }
            fields.offset_s = offset(rest)?;
        }
        let hour = match fields.half {
            None if fields.hour < 24 => fields.hour,
            Some(_) if fields.hour == 0 || fields.hour > 12 => return None,
            Some(Half::Morning) => fields.hour % 12,
            Some(Half::Afternoon) => fields.hour % 12 + 12,
            None => return None,
        };
        let us = fields.us + i64::from(hour) * HOUR_US;
        Some(Clock { us, precision: fields.precision, offset_s: fields.offset_s }.on(days))
    }
}

impl Pattern {
    /// What stands behind the point that may end a date written with points (`31.01.2024.`).
    fn behind_point<'a>(&self, rest: &'a [u8]) -> &'a [u8] {
        let is_point = |item: &Item| matches!(item, Item::Literal(text) if text == ".");
        let has_points = match self.items.as_slice() {
            [.., before, last] => is_point(before) && !is_point(last),
            _ => false,
        };
        if has_points { rest.strip_prefix(b".").unwrap_or(rest) } else { rest }
    }
}

fn directive(characters: &mut std::str::Chars<'_>) -> Result<Item, String> {
    let Some(first) = characters.next() else { return Err("%".to_owned()) };
    Ok(match first {
        'Y' => Item::Year,
        'y' => Item::ShortYear,
        'm' => Item::Month,
        'b' | 'B' | 'h' => Item::MonthName,
        'd' | 'e' => Item::Day,
        'a' | 'A' => Item::Weekday,
        'H' | 'k' => Item::Hour,
        'I' | 'l' => Item::HourOfHalf,
        'p' | 'P' => Item::Half,
        'M' => Item::Minute,
        'S' => Item::Second,
        'f' => Item::Fraction,
        'z' | 'Z' => Item::Offset,
        '%' => Item::Literal("%".to_owned()),
        '-' => return directive(characters),
        ':' if characters.as_str().starts_with('z') => {
            characters.next();
            Item::Offset
        }
        '.' | '3' | '6' | '9' => {
            let is_point = first == '.';
            for next in characters.by_ref() {
                match next {
                    'f' if is_point => return Ok(Item::PointFraction),
                    'f' => return Ok(Item::Fraction),
                    '3' | '6' | '9' => {}
                    _ => return Err(format!("%{first}{next}")),
                }
            }
            return Err(format!("%{first}"));
        }
        other => return Err(format!("%{other}")),
    })
}

/// Reads one item at a position and returns the position behind it.
fn read(item: &Item, text: &str, at: usize, fields: &mut Fields) -> Option<usize> {
    let bytes = text.as_bytes();
    let number = |max: u32, digits_max: usize| {
        digits(bytes, at, digits_max).filter(|(value, _)| *value <= max)
    };
    let (value, used) = match item {
        Item::Year => number(9_999, 4).filter(|(_, used)| *used == 4)?,
        Item::ShortYear => number(99, 2).filter(|(_, used)| *used == 2)?,
        Item::Month => number(12, 2)?,
        Item::Day => number(31, 2)?,
        Item::Hour => number(24, 2)?,
        Item::HourOfHalf => number(12, 2)?,
        Item::Minute => number(59, 2)?,
        Item::Second => number(60, 2)?,
        Item::Fraction | Item::PointFraction => return read_fraction(item, bytes, at, fields),
        Item::MonthName | Item::Weekday => return read_word(item, text, at, fields),
        Item::Half => {
            let (half, end) = time_marker(bytes, at)?;
            fields.half = Some(half);
            return Some(end);
        }
        Item::Offset => {
            let rest = text.get(at..)?;
            let end = rest.find([' ', ')', '(']).unwrap_or(rest.len());
            fields.offset_s = offset(rest.get(..end)?.as_bytes())?;
            return Some(at + end);
        }
        Item::Blank => {
            let blanks = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            return (blanks > 0).then_some(at + blanks);
        }
        Item::Literal(literal) => {
            return text.get(at..)?.starts_with(literal.as_str()).then_some(at + literal.len());
        }
    };
    match item {
        Item::Year => fields.year = Some(full_year(value, YearDigits::Four)),
        Item::ShortYear => fields.year = Some(full_year(value, YearDigits::Two)),
        Item::Month => fields.month = value,
        Item::Day => fields.day = value,
        Item::Hour | Item::HourOfHalf => {
            fields.hour = value;
            fields.precision = fields.precision.min(Precision::Minute);
        }
        Item::Minute => fields.us += i64::from(value) * MINUTE_US,
        Item::Second => {
            fields.us += i64::from(value) * SECOND_US;
            fields.precision = Precision::Instant;
        }
        Item::Fraction
        | Item::PointFraction
        | Item::MonthName
        | Item::Weekday
        | Item::Half
        | Item::Offset
        | Item::Blank
        | Item::Literal(_) => {}
    }
    Some(at + used)
}

fn read_fraction(item: &Item, bytes: &[u8], at: usize, fields: &mut Fields) -> Option<usize> {
    let start = match (item, bytes.get(at)) {
        (Item::PointFraction, Some(b'.' | b',')) => at + 1,
        (Item::PointFraction, _) => return Some(at),
        _ => at,
    };
    let (fraction_us, used) = fraction(bytes, start);
    fields.us += fraction_us;
    (used > 0).then_some(start + used)
}

fn read_word(item: &Item, text: &str, at: usize, fields: &mut Fields) -> Option<usize> {
    let rest = text.get(at..)?;
    let end = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..end)?;
    match item {
        Item::MonthName => fields.month = month(word)?,
        _ if !is_weekday(word) => return None,
        _ => {}
    }
    let has_point = rest.get(end..)?.starts_with('.');
    Some(at + end + usize::from(has_point))
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::time::Timestamp;

    fn read_as(pattern: &str, text: &str) -> String {
        let moment = Pattern::parse_text(pattern).unwrap().parse(text);
        moment.map_or("none".to_owned(), |moment| {
            let offset_us = i64::from(moment.offset_s.unwrap_or(0)) * SECOND_US;
            Timestamp::from_us(moment.local_us - offset_us).unwrap().to_string()
        })
    }

    #[test]
    fn patterns_are_read() {
        let expected = "2024-01-31T09:30:00Z";
        assert_eq!(read_as("%d.%m.%Y %H:%M", "31.01.2024 09:30"), expected);
        assert_eq!(read_as("%d/%m/%Y", "31/01/2024 9:30 AM"), expected);
        assert_eq!(read_as("%m/%d/%y %I:%M %p", "1/31/24 9:30 AM"), expected);
        assert_eq!(read_as("%Y%m%d%H%M%S", "20240131093000"), expected);
        assert_eq!(read_as("%d %b %Y %T", "31 janv. 2024 09:30:00"), expected);
        assert_eq!(read_as("%Y-%m-%dT%H:%M:%S%.f%z", "2024-01-31T10:30:00.000+0100"), expected);
        assert_eq!(read_as("%Y-%m-%d %H:%M:%S", "2024-01-31 10:30:00+01:00"), expected);
        assert_eq!(read_as("%Y年%m月%d日 %H時%M分", "2024年1月31日 9時30分"), expected);
        assert_eq!(read_as("%d/%m/%Y", "01/31/2024"), "none");
    }

    #[test]
    fn unknown_directives_are_refused() {
        for wrong in ["%q", "%Y-%m", "dd/mm/yyyy", "%", "%.q %Y%m%d"] {
            assert_eq!(
                Pattern::parse_text(wrong).unwrap_err().code,
                ErrorCode::DateFormatUnknown,
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_point_may_end_a_date_written_with_points() {
        let pattern = Pattern::parse_text("%d.%m.%Y").unwrap();
        let plain = pattern.parse("31.01.2024").unwrap();
        assert_eq!(pattern.parse("31.01.2024."), Some(plain));
        assert_eq!(pattern.parse("31.01.2024. 09:30"), pattern.parse("31.01.2024 09:30"));
        assert!(pattern.parse("31.01.2024. 09:30").is_some());
        assert_eq!(pattern.parse("31.01.2024.."), None);
        assert_eq!(Pattern::parse_text("%d/%m/%Y").unwrap().parse("31/01/2024."), None);
    }
}
