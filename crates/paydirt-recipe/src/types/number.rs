//! Which number does a cell write, and what surrounds its digits?
//!
//! `(1,234.50)`, `1.234,50-` and `▲1,234` are negative, as accountants, SAP and Japanese accounts
//! write them; `12.5 %` is 0.125; `€`, `USD` and their kin may stand on either side; digits, signs
//! and brackets may be as wide as Japanese letters.

use std::borrow::Cow;

use paydirt_model::automatic::{ReadingRule, ReadingRules};
use paydirt_model::number::Decimal;

/// Which sign divides the whole part of a number from its fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1,234.56`, `1234.56`, `1 234.56`.
    Point,
    /// `1.234,56`, `1234,56`, `1 234,56`.
    Comma,
}

impl NumberStyle {
    /// The number that a text is; `None` when it is none. Digits may be grouped by threes.
    #[must_use]
    pub fn parse(self, text: &str) -> Option<Decimal> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        if plain && self == NumberStyle::Point {
            return Decimal::parse(text);
        }
        let (point, comma) = self.signs();
        let (whole, fraction) = match text.split_once(point) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let mut clean = String::with_capacity(text.len());
        let (sign, digits) = match whole.strip_prefix(['-', '−']) {
            Some(digits) => ("-", digits),
            None => ("", whole),
        };
        clean.push_str(sign);
        let is_group = |sign: char| sign == comma || is_blank_group(sign);
        for (idx, group) in digits.split(is_group).enumerate() {
            let is_grouped = digits.contains(is_group);
            let width_fits = match idx {
                _ if !is_grouped => true,
                // Nobody groups digits behind a zero: 0.125 and 0,125 are fractions.
                0 => (1..=3).contains(&group.len()) && !group.starts_with('0'),
                _ => group.len() == 3,
            };
            if !width_fits || !group.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            clean.push_str(group);
        }
        if let Some(fraction) = fraction {
            if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            clean.push('.');
            clean.push_str(fraction);
        }
        Decimal::parse(&clean)
    }

    /// The sign that divides, and the one that may group.
    fn signs(self) -> (char, char) {
        match self {
            NumberStyle::Point => ('.', ','),
            NumberStyle::Comma => (',', '.'),
        }
    }

    /// The number that a cell writes, with what surrounds its digits, as far as the rules allow.
    #[must_use]
    pub fn read(self, text: &str, rules: &ReadingRules) -> Option<Written> {
        match half_width(text) {
            Cow::Borrowed(text) => self.read_narrow(text, rules),
            Cow::Owned(text) => self.read_narrow(&text, rules),
        }
    }

    fn read_narrow(self, text: &str, rules: &ReadingRules) -> Option<Written> {
        let (mut marks, rest) = Marks::of(text, rules);
        let (point, comma) = self.signs();
        let whole = rest.split(point).next().unwrap_or(rest);
        marks.is_grouped = whole.contains(|sign: char| sign == comma || is_blank_group(sign));
        if marks.is_grouped && !rules.follows(ReadingRule::GroupedDigits) {
            return None;
        }
        let number = self.parse(rest)?;
        let is_twice_negative = marks.is_negative() && number.mantissa < 0;
        if is_twice_negative || !rest.ends_with(|last: char| last.is_ascii_digit()) {
            return None;
        }
        let mantissa = if marks.is_negative() { -number.mantissa } else { number.mantissa };
        let scale = if marks.is_percent { number.scale.checked_add(2)? } else { number.scale };
        Some(Written { number: Decimal::new(mantissa, scale), marks })
    }
}

/// Whether a sign groups digits in every style.
fn is_blank_group(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\'' | '’')
}

/// A number with what surrounded its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The number; a percentage as the share that it is.
    pub number: Decimal,
    /// What stood around it.
    pub marks: Marks,
}

/// What stands around the digits of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// The sign or code of a currency.
    pub currency: Option<&'static str>,
    /// Whether it is negative by brackets.
    pub is_bracketed: bool,
    /// Whether it is negative by a triangle before it, as in Japan.
    pub is_triangle: bool,
    /// Whether it is negative by a minus behind it.
    pub is_minus_behind: bool,
    /// Whether a percent sign stands behind it.
    pub is_percent: bool,
    /// Whether its digits are grouped.
    pub is_grouped: bool,
    /// Whether a minus stands before the sign of the currency.
    is_minus_before: bool,
}

impl Marks {
    /// What stands around the digits of a text, and what is left of it.
    fn of<'a>(text: &'a str, rules: &ReadingRules) -> (Marks, &'a str) {
        let mut marks = Marks::default();
        let mut rest = text.trim();
        let digits = rest.strip_prefix('-').unwrap_or(rest).as_bytes();
        let is_bare = [digits.first(), digits.last()]
            .iter()
            .all(|byte| byte.is_some_and(|byte| byte.is_ascii_digit()));
        while !is_bare && let Some(inner) = marks.strip(rest, rules) {
            rest = inner.trim();
        }
        (marks, rest)
    }

    fn is_negative(self) -> bool {
        self.is_bracketed || self.is_triangle || self.is_minus_behind || self.is_minus_before
    }

    /// What is left when one mark is taken off; `None` when there is none.
    fn strip<'a>(&mut self, text: &'a str, rules: &ReadingRules) -> Option<&'a str> {
        if !self.is_percent
            && rules.follows(ReadingRule::Percents)
            && let Some(rest) = text.strip_suffix('%')
        {
            self.is_percent = true;
            return Some(rest);
        }
        if !self.is_negative()
            && rules.follows(ReadingRule::NegativeNumbers)
            && let Some(rest) = self.strip_negative(text)
        {
            return Some(rest);
        }
        if self.currency.is_none()
            && rules.follows(ReadingRule::CellCurrencies)
            && let Some((rest, sign)) = strip_sign(text)
        {
            self.currency = Some(sign);
            return Some(rest);
        }
        let behind_minus = text.strip_prefix(['-', '−']).map(str::trim_start);
        let is_before_sign = behind_minus
            .is_some_and(|rest| !rest.starts_with(|first: char| first.is_ascii_digit()));
        if !self.is_negative() && is_before_sign && rules.follows(ReadingRule::CellCurrencies) {
            self.is_minus_before = true;
            return behind_minus;
        }
        None
    }

    fn strip_negative<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            self.is_bracketed = true;
            return Some(inner);
        }
        // The triangle of Japanese accounts stands for a loss.
        if let Some(rest) = text.strip_prefix(['▲', '△']) {
            self.is_triangle = true;
            return Some(rest);
        }
        let rest = text.strip_suffix(['-', '−'])?;
        self.is_minus_behind = true;
        Some(rest)
    }
}

/// Signs and codes of currencies, the longer ones first.
const SIGNS: [(&str, &str); 39] = [
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("MX$", "MXN"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("zł", "PLN"),
    ("$", "$"),
    ("¥", "¥"),
    ("￥", "¥"),
    ("EUR", "EUR"),
    ("USD", "USD"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("CHF", "CHF"),
    ("CAD", "CAD"),
    ("AUD", "AUD"),
    ("CNY", "CNY"),
    ("NZD", "NZD"),
    ("SGD", "SGD"),
    ("HKD", "HKD"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("CZK", "CZK"),
    ("HUF", "HUF"),
    ("INR", "INR"),
    ("BRL", "BRL"),
    ("MXN", "MXN"),
];

/// A text with the sign or code of a currency taken off its beginning or end.
fn strip_sign(text: &str) -> Option<(&str, &'static str)> {
    SIGNS.iter().find_map(|(sign, code)| {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))?;
        let rest = rest.trim();
        let is_number = |side: Option<char>| {
            side.is_some_and(|one| {
                one.is_ascii_digit()
                    || matches!(one, '(' | ')' | '-' | '−' | '▲' | '△' | '%' | '.' | ',')
            })
        };
        let fits = is_number(rest.chars().next()) && is_number(rest.chars().next_back());
        fits.then_some((rest, *code))
    })
}

/// The sign or code of the currency that a cell carries.
pub(crate) fn currency_in(text: &str, rules: &ReadingRules) -> Option<&'static str> {
    Marks::of(&half_width(text), rules).0.currency
}

/// A number with the sign or code of a currency before or behind it.
#[must_use]
pub fn split_currency(text: &str) -> Option<(&str, &'static str)> {
    let found = strip_sign(text)?;
    found.0.ends_with(|last: char| last.is_ascii_digit()).then_some(found)
}

/// The text with digits, signs and brackets that are as wide as Japanese letters in their usual
/// form, and without accents of their own.
pub(crate) fn half_width(text: &str) -> Cow<'_, str> {
    let is_odd =
        |one: char| matches!(one, '\u{ff01}'..='\u{ff5e}' | '\u{3000}' | '\u{300}'..='\u{36f}');
    if text.is_ascii() || !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let narrow = |one: char| match one {
        '\u{3000}' => Some(' '),
        '\u{300}'..='\u{36f}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(one) - 0xfee0),
        other => Some(other),
    };
    Cow::Owned(text.chars().filter_map(narrow).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(style: NumberStyle, text: &str) -> String {
        let found = style.read(text, &ReadingRules::all());
        found.map_or_else(|| "none".to_owned(), |written| written.number.to_string())
    }

    #[test]
    fn numbers_of_accountants_and_of_sap() {
        let point = |text: &str| read(NumberStyle::Point, text);
        assert_eq!(point("(1,234.50)"), "-1234.5");
        assert_eq!(point("($1,234.50)"), "-1234.5");
        assert_eq!(point("$(1,234.50)"), "-1234.5");
        assert_eq!(point("-$1,234.50"), "-1234.5");
        assert_eq!(point("$-1,234.50"), "-1234.5");
        assert_eq!(point("12.50-"), "-12.5");
        assert_eq!(point("(-5)"), "none");
        assert_eq!(point("▲￥50,000"), "-50000");
        assert_eq!(point("￥△50,000"), "-50000");
        assert_eq!(point("▲-5"), "none");
        assert_eq!(point("-5-"), "none");
        assert_eq!(point("()"), "none");
        assert_eq!(point("-"), "none");
        assert_eq!(point("%"), "none");
        let comma = |text: &str| read(NumberStyle::Comma, text);
        assert_eq!(comma("1.234,50-"), "-1234.5");
        assert_eq!(comma("1.234,50- EUR"), "-1234.5");
        assert_eq!(comma("1\u{202f}234,50\u{a0}€"), "1234.5");
        assert_eq!(comma("1’234"), "1234");
        assert_eq!(comma("(12,5 %)"), "-0.125");
    }

    #[test]
    fn shares_and_wide_digits() {
        assert_eq!(read(NumberStyle::Point, "12.5%"), "0.125");
        assert_eq!(read(NumberStyle::Comma, "12,5 %"), "0.125");
        assert_eq!(read(NumberStyle::Point, "１２，３４５"), "12345");
        assert_eq!(read(NumberStyle::Point, "￥１，２００"), "1200");
        assert_eq!(read(NumberStyle::Point, "５％"), "0.05");
    }

    #[test]
    fn a_rule_that_is_off_leaves_the_text() {
        for (rule, text) in [
            (ReadingRule::NegativeNumbers, "(5)"),
            (ReadingRule::NegativeNumbers, "5-"),
            (ReadingRule::Percents, "5 %"),
            (ReadingRule::CellCurrencies, "€5"),
            (ReadingRule::CellCurrencies, "-$5"),
            (ReadingRule::GroupedDigits, "1,234"),
        ] {
            assert!(NumberStyle::Point.read(text, &ReadingRules::all()).is_some(), "{text}");
            let rules = ReadingRules { off: vec![rule], ..ReadingRules::all() };
            assert_eq!(NumberStyle::Point.read(text, &rules), None, "{text}");
        }
    }
}
