//! Which type do the values of an attribute column have? Found over the whole column.
//!
//! A column is a number only when nearly all its values are (99 of 100), no whole number begins
//! with a zero (`00123` is an id), none has more than 18 digits, and none is in scientific
//! notation. `1,234` alone does not say whether the comma groups or divides: such a column stays
//! text, with a note. `NA`, `null`, `-` and their kin are values, except in a column whose other
//! values are numbers: there they are blanks, and counted.

mod money;

use std::ops::ControlFlow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::number::Decimal;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::dates::detect::{DateDoubt, DetectedFormat, Purpose, detect};
use crate::scan::ColumnScan;
pub use crate::types::money::CellCurrency;
use crate::types::money::{SignCount, several};

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
        let (point, comma) = match self {
            NumberStyle::Point => ('.', ','),
            NumberStyle::Comma => (',', '.'),
        };
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
        let is_group =
            |sign: char| sign == comma || matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
        for (idx, group) in digits.split(is_group).enumerate() {
            let is_grouped = digits.contains(is_group);
            let width_fits = match idx {
                _ if !is_grouped => true,
                0 => (1..=3).contains(&group.len()),
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
}

/// How the texts of a column are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// As they are.
    Text,
    /// Whole numbers.
    Integer(NumberStyle),
    /// Decimal numbers.
    Decimal(NumberStyle),
    /// True and false words.
    Boolean,
    /// Dates and times.
    Timestamp(DetectedFormat),
    /// Seconds, as decimal numbers.
    Duration(NumberStyle),
    /// Amounts, with what they say of their currencies.
    Money(NumberStyle, Currencies),
}

/// What the amounts of a column say of their currencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Currencies {
    /// Nothing.
    Unnamed,
    /// All carry the same.
    One(&'static str),
    /// Each carries its own.
    OfCells(Vec<CellCurrency>),
}

/// The type of a column, and what is worth knowing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedType {
    /// How its texts are read.
    pub reading: Reading,
    /// Whether texts such as `NA` are blanks.
    pub tokens: Tokens,
    /// Things worth knowing.
    pub notes: Vec<Sentence>,
}

/// Whether `NA` and its kin are values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokens {
    /// They are texts like others.
    AreValues,
    /// They are blanks.
    AreBlanks,
}

/// Texts that stand for a missing number.
#[must_use]
pub fn is_blank_token(text: &str) -> bool {
    const TOKENS: [&str; 9] = ["na", "n/a", "#n/a", "null", "none", "nan", "nil", "-", "–"];
    TOKENS.iter().any(|token| text.eq_ignore_ascii_case(token))
}

/// The truth value of a word in English, French or Japanese.
#[must_use]
pub fn parse_boolean(text: &str) -> Option<bool> {
    const WORDS: [(&str, &str); 5] =
        [("true", "false"), ("yes", "no"), ("oui", "non"), ("vrai", "faux"), ("はい", "いいえ")];
    WORDS.iter().find_map(|(yes, no)| {
        if text.eq_ignore_ascii_case(yes) {
            return Some(true);
        }
        text.eq_ignore_ascii_case(no).then_some(false)
    })
}

/// A number with the sign or code of a currency before or behind it.
#[must_use]
pub fn split_currency(text: &str) -> Option<(&str, &'static str)> {
    const SIGNS: [(&str, &str); 27] = [
        ("US$", "USD"),
        ("CA$", "CAD"),
        ("A$", "AUD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("円", "JPY"),
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
        ("INR", "INR"),
        ("BRL", "BRL"),
        ("MXN", "MXN"),
    ];
    SIGNS.iter().find_map(|(sign, code)| {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))?;
        let rest = rest.trim();
        rest.ends_with(|last: char| last.is_ascii_digit()).then_some((rest, *code))
    })
}

/// Values that types are sorted out by, before the whole column is read.
const SAMPLE_COUNT: usize = 1_000;

/// What the values of a column look like, counted over all of it.
#[derive(Default)]
struct Counts {
    total: u64,
    tokens: u64,
    yes: u64,
    no: u64,
    /// Values that are numbers with a point, and with a comma, as the dividing sign.
    point: u64,
    comma: u64,
    /// Values that both styles read, but differently.
    differ: u64,
    point_only: u64,
    comma_only: u64,
    point_fractions: u64,
    comma_fractions: u64,
    /// Values that look like ids although they are digits.
    ids: u64,
    /// Values that are numbers in either style.
    either: u64,
    currencies: Vec<SignCount>,
    example: String,
}

impl Counts {
    fn over(scan: &ColumnScan<'_>) -> Counts {
        let mut counts = Counts::default();
        scan.each(|text, rows| {
            counts.add(text, rows);
            ControlFlow::Continue(())
        });
        counts
    }

    /// Whether most values of a sample are numbers or truth values, so that the rest is worth
    /// looking at.
    fn may_be_figures(&self) -> bool {
        let figures = self.either + self.tokens + self.ids;
        figures.max(self.yes + self.no) * 10 >= self.total * 8
    }

    fn add(&mut self, text: &str, rows: u64) {
        self.total += rows;
        if is_plain_number(text) {
            let number = NumberStyle::Point.parse(text).filter(|number| fits(*number));
            self.point += u64::from(number.is_some()) * rows;
            self.comma += u64::from(number.is_some()) * rows;
            self.either += u64::from(number.is_some()) * rows;
            return;
        }
        match parse_boolean(text) {
            Some(true) => self.yes += rows,
            Some(false) => self.no += rows,
            None => {}
        }
        if is_blank_token(text) {
            self.tokens += rows;
            return;
        }
        let (text, currency) = match split_currency(text) {
            Some((rest, code)) => (rest, Some(code)),
            None => (text, None),
        };
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        if is_id_like(text) {
            self.ids += rows;
            return;
        }
        let point = NumberStyle::Point.parse(text).filter(|number| fits(*number));
        let comma = if text.contains([',', '.']) {
            NumberStyle::Comma.parse(text).filter(|number| fits(*number))
        } else {
            point
        };
        self.count_styles(text, rows, point, comma);
        if let Some(sign) = currency {
            self.count_sign(sign, rows, point, comma);
        }
    }

    fn count_sign(
        &mut self,
        sign: &'static str,
        rows: u64,
        point: Option<Decimal>,
        comma: Option<Decimal>,
    ) {
        if point.is_none() && comma.is_none() {
            return;
        }
        let known = self.currencies.iter().position(|count| count.sign == sign);
        let idx = known.unwrap_or_else(|| {
            let (point_only, comma_only, differ) = (0, 0, 0);
            self.currencies.push(SignCount { sign, rows: 0, point_only, comma_only, differ });
            self.currencies.len() - 1
        });
        let count = &mut self.currencies[idx];
        count.rows += rows;
        match (point, comma) {
            (Some(left), Some(right)) if left != right => count.differ += rows,
            (Some(_), None) => count.point_only += rows,
            (None, Some(_)) => count.comma_only += rows,
            _ => {}
        }
    }

    fn count_styles(
        &mut self,
        text: &str,
        rows: u64,
        point: Option<Decimal>,
        comma: Option<Decimal>,
    ) {
        self.point += u64::from(point.is_some()) * rows;
        self.comma += u64::from(comma.is_some()) * rows;
        self.either += u64::from(point.is_some() || comma.is_some()) * rows;
        self.point_fractions += u64::from(point.is_some_and(|number| number.scale > 0)) * rows;
        self.comma_fractions += u64::from(comma.is_some_and(|number| number.scale > 0)) * rows;
        match (point, comma) {
            // A lone point divides, as in every programming language; a lone comma may group.
            (Some(left), Some(right)) if left != right && text.contains(',') => {
                self.differ += rows;
                if self.example.is_empty() {
                    text.clone_into(&mut self.example);
                }
            }
            (Some(_), None) => self.point_only += rows,
            (None, Some(_)) => self.comma_only += rows,
            _ => {}
        }
    }
}

/// Digits without a leading zero: what most numbers are, looked at without ceremony.
fn is_plain_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= 18
        && bytes.iter().all(u8::is_ascii_digit)
        && (bytes.len() == 1 || bytes.first().is_some_and(|&byte| byte != b'0'))
}

fn fits(number: Decimal) -> bool {
    i64::try_from(number.mantissa).is_ok()
}

/// Whether digits are an id: a leading zero, a leading plus, or more than 18 digits.
fn is_id_like(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let has_leading_zero = digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit();
    let digit_count = digits.iter().filter(|byte| byte.is_ascii_digit()).count();
    has_leading_zero || text.starts_with('+') || digit_count > 18
}

/// The type of a column.
#[must_use]
pub fn detect_type(scan: &ColumnScan<'_>) -> DetectedType {
    let sample = scan.sample(SAMPLE_COUNT);
    let mut counts = Counts::default();
    for text in &sample {
        counts.add(text, 1);
    }
    let may_be_figures = counts.may_be_figures();
    if may_be_figures {
        counts = Counts::over(scan);
    }
    let text = |notes: Vec<Sentence>| DetectedType {
        reading: Reading::Text,
        tokens: Tokens::AreValues,
        notes,
    };
    if counts.total == 0 {
        return text(Vec::new());
    }
    if may_be_figures && counts.yes > 0 && counts.no > 0 && counts.yes + counts.no == counts.total {
        let tokens = Tokens::AreValues;
        return DetectedType { reading: Reading::Boolean, tokens, notes: Vec::new() };
    }
    if may_be_figures && let Some(found) = numeric(scan, &counts) {
        return found;
    }
    if sample.iter().filter(|text| text.bytes().any(|byte| byte.is_ascii_digit())).count() * 10
        < sample.len() * 9
    {
        return text(Vec::new());
    }
    match detect(scan, Purpose::Type) {
        Ok(found) => DetectedType {
            reading: Reading::Timestamp(found),
            tokens: Tokens::AreValues,
            notes: Vec::new(),
        },
        Err(DateDoubt::Ambiguous { first, second, example, .. }) => text(vec![say!(
            "Column \"{name}\" looks like dates, but \"{example}\" can be {first} or {second}; \
             it was kept as text.",
            name = scan.name(),
            example,
            first = first.pattern_words(&example),
            second = second.pattern_words(&example)
        )]),
        Err(DateDoubt::NoDates { .. }) => text(Vec::new()),
    }
}

/// Numbers or money, when 99 of 100 values other than `NA` and its kin, and 95 of 100 of all, are.
fn numeric(scan: &ColumnScan<'_>, counts: &Counts) -> Option<DetectedType> {
    let values = counts.total - counts.tokens;
    let enough = |count: u64| {
        counts.ids == 0
            && count > 0
            && count * 100 >= values * 99
            && values * 100 >= counts.total * 95
    };
    let name = scan.name();
    if enough(counts.either)
        && counts.currencies.len() > 1
        && counts.currencies.iter().map(|count| count.rows).sum::<u64>() == values
    {
        return Some(of_several_currencies(name, counts));
    }
    if !enough(counts.point) && !enough(counts.comma) {
        return None;
    }
    let style = match (counts.point_only, counts.comma_only) {
        (0, 0) if counts.differ > 0 => {
            let note = say!(
                "Column \"{name}\" looks like numbers, but the comma in \"{example}\" may group \
                 digits or divide them; it was kept as text.",
                name,
                example = counts.example
            );
            let reading = Reading::Text;
            return Some(DetectedType { reading, tokens: Tokens::AreValues, notes: vec![note] });
        }
        (point, comma) if comma > point && enough(counts.comma) => NumberStyle::Comma,
        _ if enough(counts.point) => NumberStyle::Point,
        _ => NumberStyle::Comma,
    };
    let mut notes = Vec::new();
    if style == NumberStyle::Comma {
        notes.push(say!("Column \"{name}\" was read with decimal commas.", name));
    }
    if counts.tokens > 0 {
        let count = counts.tokens;
        notes.push(say!(
            "In column \"{name}\", {count} {count|value|values} such as NA, null or - \
             {count|was|were} read as blank.",
            name,
            count
        ));
    }
    let reading = number_or_money(name, counts, style, &mut notes);
    Some(DetectedType { reading, tokens: Tokens::AreBlanks, notes })
}

/// How a column of numbers is read: as money where its amounts carry one currency.
fn number_or_money(
    name: &str,
    counts: &Counts,
    style: NumberStyle,
    notes: &mut Vec<Sentence>,
) -> Reading {
    let values = counts.total - counts.tokens;
    let fractions = match style {
        NumberStyle::Point => counts.point_fractions,
        NumberStyle::Comma => counts.comma_fractions,
    };
    let plain = if fractions > 0 { Reading::Decimal(style) } else { Reading::Integer(style) };
    match counts.currencies.as_slice() {
        [] => plain,
        [only] if only.rows == values && !matches!(only.sign, "$" | "¥") => {
            Reading::Money(style, Currencies::One(only.sign))
        }
        [only] if only.rows == values => {
            notes.push(say!(
                "In column \"{name}\" the sign {sign} does not say which currency it is; the \
                 amounts were read as numbers.",
                name,
                sign = only.sign
            ));
            Reading::Decimal(style)
        }
        _ => {
            notes.push(say!(
                "Column \"{name}\" has amounts with different or missing currencies; it was kept \
                 as text.",
                name
            ));
            Reading::Text
        }
    }
}

/// Amounts that each carry one of several currencies.
fn of_several_currencies(name: &str, counts: &Counts) -> DetectedType {
    match several(name, &counts.currencies) {
        Ok(currencies) => {
            let mut codes: Vec<&str> = match &currencies {
                Currencies::OfCells(cells) => cells.iter().map(|cell| cell.code).collect(),
                Currencies::Unnamed | Currencies::One(_) => Vec::new(),
            };
            codes.sort_unstable();
            codes.dedup();
            let note = say!(
                "Column \"{name}\" has amounts in several currencies: {codes}; each was read in \
                 its own.",
                name,
                codes
            );
            let reading = Reading::Money(NumberStyle::Point, currencies);
            DetectedType { reading, tokens: Tokens::AreBlanks, notes: vec![note] }
        }
        Err(why) => DetectedType {
            reading: Reading::Text,
            tokens: Tokens::AreValues,
            notes: vec![say!(
                "Column \"{name}\" has amounts in several currencies, but {why}; it was kept as \
                 text.",
                name,
                why
            )],
        },
    }
}

impl DetectedType {
    /// The style of the numbers, or the usual one.
    #[must_use]
    pub fn style(&self) -> NumberStyle {
        match &self.reading {
            Reading::Integer(style)
            | Reading::Decimal(style)
            | Reading::Duration(style)
            | Reading::Money(style, _) => *style,
            Reading::Text | Reading::Boolean | Reading::Timestamp(_) => NumberStyle::Point,
        }
    }
}

impl Reading {
    /// The type of the attribute.
    #[must_use]
    pub fn kind(&self) -> AttributeType {
        match self {
            Reading::Text => AttributeType::Text,
            Reading::Integer(_) => AttributeType::Integer,
            Reading::Decimal(_) => AttributeType::Decimal,
            Reading::Boolean => AttributeType::Boolean,
            Reading::Timestamp(_) => AttributeType::Timestamp,
            Reading::Duration(_) => AttributeType::Duration,
            Reading::Money(..) => AttributeType::Money,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paydirt_model::interner::TextColumn;
    use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

    fn detected(values: &[&str]) -> (AttributeType, String) {
        let texts: TextColumn = values.iter().copied().collect();
        let lines = (2..).take(values.len()).collect();
        let chunk = RawChunk { lines, columns: vec![RawColumn::Plain(texts)] };
        let table = RawTable { names: vec!["X".to_owned()], chunks: vec![chunk] };
        let found = detect_type(&ColumnScan::new(&table, 0));
        let notes: Vec<String> = found.notes.iter().map(Sentence::to_string).collect();
        (found.reading.kind(), notes.join(" "))
    }

    fn kind(values: &[&str]) -> AttributeType {
        detected(values).0
    }

    #[test]
    fn numbers_and_ids() {
        assert_eq!(kind(&["1", "-20", ""]), AttributeType::Integer);
        assert_eq!(kind(&["1", "2.50"]), AttributeType::Decimal);
        assert_eq!(kind(&["00123", "00124"]), AttributeType::Text);
        assert_eq!(kind(&["0", "0.5"]), AttributeType::Decimal);
        assert_eq!(kind(&["1234567890123456789"]), AttributeType::Text);
        assert_eq!(kind(&["1e5", "2"]), AttributeType::Text);
        assert_eq!(kind(&["+33123456", "+44123456"]), AttributeType::Text);
        assert_eq!(kind(&["12", "A1"]), AttributeType::Text);
        assert_eq!(kind(&["1 234", "12"]), AttributeType::Integer);
    }

    #[test]
    fn commas_divide_or_group_but_are_never_guessed() {
        assert_eq!(kind(&["1.234,56", "12,5"]), AttributeType::Decimal);
        assert_eq!(kind(&["1,234.56", "1,234"]), AttributeType::Decimal);
        assert_eq!(kind(&["1,234,567", "1,234"]), AttributeType::Integer);
        let (found, note) = detected(&["1,234", "5,678"]);
        assert_eq!(found, AttributeType::Text);
        assert!(note.contains("may group digits or divide them"), "{note}");
        assert_eq!(NumberStyle::Comma.parse("1.234,56"), Some(Decimal::new(123_456, 2)));
        assert_eq!(NumberStyle::Point.parse("1,23"), None);
    }

    #[test]
    fn missing_numbers_are_blanks_only_among_numbers() {
        let mut values = vec!["5"; 19];
        values.push("NA");
        let (found, note) = detected(&values);
        assert_eq!(found, AttributeType::Integer);
        assert!(note.contains("1 value such as NA"), "{note}");
        assert_eq!(kind(&["NA", "A", "B"]), AttributeType::Text);
        assert_eq!(kind(&["5", "NA"]), AttributeType::Text);
    }

    #[test]
    fn truth_needs_both_sides() {
        assert_eq!(kind(&["true", "False"]), AttributeType::Boolean);
        assert_eq!(kind(&["oui", "non"]), AttributeType::Boolean);
        assert_eq!(kind(&["はい", "いいえ"]), AttributeType::Boolean);
        assert_eq!(kind(&["true", "true"]), AttributeType::Text);
    }

    #[test]
    fn money_carries_one_currency() {
        assert_eq!(kind(&["€1,234.50", "€2.00"]), AttributeType::Money);
        assert_eq!(kind(&["1 234,50 €", "2,00 €"]), AttributeType::Money);
        assert_eq!(kind(&["$5", "$6.50"]), AttributeType::Decimal);
        assert_eq!(kind(&["€5", "6"]), AttributeType::Text);
    }

    #[test]
    fn each_amount_may_carry_its_own_currency() {
        assert_eq!(kind(&["€5", "£6"]), AttributeType::Money);
        let (found, note) = detected(&["$12.00", "12,00 €", "¥1,200", "12.00 USD"]);
        assert_eq!(found, AttributeType::Money);
        assert!(note.contains("several currencies: EUR, JPY, USD;"), "{note}");
        let (found, note) = detected(&["$12.00", "CAD 12.00"]);
        assert_eq!(found, AttributeType::Text);
        assert!(note.contains("the sign $"), "{note}");
        let (found, note) = detected(&["¥1,200", "12.00 CNY"]);
        assert_eq!(found, AttributeType::Text);
        assert!(note.contains("JPY or CNY"), "{note}");
        assert_eq!(kind(&["¥1,200", "12.00 CNY", "300円"]), AttributeType::Money);
        let (found, note) = detected(&["€1,234", "$12.00"]);
        assert_eq!(found, AttributeType::Text);
        assert!(note.contains("may group digits or divide"), "{note}");
    }

    #[test]
    fn dates_are_timestamps() {
        assert_eq!(kind(&["2024-01-31", "2024-02-01T10:00"]), AttributeType::Timestamp);
        let (found, note) = detected(&["03/04/2024", "05/06/2024"]);
        assert_eq!(found, AttributeType::Text);
        assert!(note.contains("kept as text"));
    }
}
