//! Which type do the values of an attribute column have? Found over the whole column.
//!
//! A column is a number only when nearly all its values are (99 of 100), no whole number begins
//! with a zero (`00123` is an id), none has more than 18 digits, and none is in scientific
//! notation. `1,234` alone does not say whether the comma groups or divides: the other numbers of
//! the file decide, or the user; such a column stays text otherwise, with a note. Words such as
//! `N/A` are blanks, and counted.

mod counts;
mod money;
mod number;
mod told;

use paydirt_model::attribute::AttributeType;
use paydirt_model::automatic::{AutomaticReading, DecimalSign, ReadingRules};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::blanks::{BlankPlaces, BlankWord, blank_words};
use crate::dates::detect::{DateDoubt, DetectedFormat, Purpose, detect};
use crate::scan::ColumnScan;
use crate::types::counts::Counts;
pub use crate::types::money::CellCurrency;
use crate::types::money::{only, several};
pub use crate::types::number::{Marks, NumberStyle, Written, split_currency};
pub(crate) use crate::types::number::{currency_in, half_width};

/// How the texts of a column are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// As they are.
    Text,
    /// Whole numbers.
    Integer(NumberStyle),
    /// Decimal numbers.
    Decimal(NumberStyle),
    /// Percentages, as the shares that they are.
    Share(NumberStyle),
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

/// What the numbers of a column say about the sign that divides them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StyleEvidence {
    /// Nothing: there are none, or only whole ones without any sign.
    None,
    /// It is this one.
    Certain(NumberStyle),
    /// It may be either.
    Open,
}

/// The type of a column, and what is worth knowing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedType {
    /// How its texts are read.
    pub reading: Reading,
    /// The words in it that are blanks.
    pub blanks: Vec<BlankWord>,
    /// What its numbers say about the sign that divides them.
    pub evidence: StyleEvidence,
    /// What was read otherwise than it stands there.
    pub automatic: Vec<AutomaticReading>,
    /// Things worth knowing.
    pub notes: Vec<Sentence>,
}

impl DetectedType {
    /// A reading with nothing to say about it.
    #[must_use]
    pub fn plain(reading: Reading) -> Self {
        DetectedType {
            reading,
            blanks: Vec::new(),
            evidence: StyleEvidence::None,
            automatic: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn noted(self, note: Sentence) -> Self {
        let mut notes = self.notes;
        notes.push(note);
        DetectedType { notes, ..self }
    }

    /// The style of the numbers, or the usual one.
    #[must_use]
    pub fn style(&self) -> NumberStyle {
        match &self.reading {
            Reading::Integer(style)
            | Reading::Decimal(style)
            | Reading::Share(style)
            | Reading::Duration(style)
            | Reading::Money(style, _) => *style,
            Reading::Text | Reading::Boolean | Reading::Timestamp(_) => NumberStyle::Point,
        }
    }
}

/// By which rules types are found.
#[derive(Debug, Clone, Copy)]
pub struct Detecting<'a> {
    /// The automatic readings.
    pub rules: &'a ReadingRules,
    /// Where words for a missing value are blanks.
    pub places: BlankPlaces,
    /// The sign that divides the other numbers of the file, for columns that do not say it.
    pub style_of_file: Option<NumberStyle>,
}

impl Detecting<'_> {
    fn given_style(&self) -> Option<NumberStyle> {
        self.rules.decimal.map(|sign| match sign {
            DecimalSign::Point => NumberStyle::Point,
            DecimalSign::Comma => NumberStyle::Comma,
        })
    }
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

/// Values that types are sorted out by, before the whole column is read.
const SAMPLE_COUNT: usize = 1_000;

/// The type of a column by the usual rules, in a table that a program wrote.
#[must_use]
pub fn detect_type(scan: &ColumnScan<'_>) -> DetectedType {
    let rules = ReadingRules::all();
    let (places, style_of_file) = (BlankPlaces::AmongNumbers, None);
    detect_type_by(scan, Detecting { rules: &rules, places, style_of_file })
}

/// The type of a column.
#[must_use]
pub fn detect_type_by(scan: &ColumnScan<'_>, detecting: Detecting<'_>) -> DetectedType {
    let Detecting { rules, places, .. } = detecting;
    match places {
        BlankPlaces::Everywhere => {
            let blanks = blank_words(scan, rules, places);
            let found = detect_values(&scan.without(&blanks), detecting);
            found.with_blanks(scan, blanks)
        }
        BlankPlaces::AmongNumbers => {
            let found = detect_values(scan, detecting);
            match found.reading {
                Reading::Text | Reading::Boolean | Reading::Timestamp(_) => found,
                Reading::Integer(_)
                | Reading::Decimal(_)
                | Reading::Share(_)
                | Reading::Duration(_)
                | Reading::Money(..) => {
                    let blanks = blank_words(scan, rules, places);
                    found.with_blanks(scan, blanks)
                }
            }
        }
    }
}

impl DetectedType {
    fn with_blanks(mut self, scan: &ColumnScan<'_>, blanks: Vec<BlankWord>) -> Self {
        let told = crate::blanks::reading(scan, &blanks);
        self.automatic.splice(0..0, told);
        self.blanks = blanks;
        self
    }
}

/// How many of the values of a column are numbers, in per cent, and which sign divides them.
pub(crate) fn number_share(scan: &ColumnScan<'_>, rules: &ReadingRules) -> (u64, NumberStyle) {
    let counts = Counts::over(scan, rules);
    let (style, read) = if counts.comma_only > counts.point_only {
        (NumberStyle::Comma, counts.comma)
    } else {
        (NumberStyle::Point, counts.point)
    };
    ((read * 100).checked_div(counts.values()).unwrap_or(0), style)
}

/// From which share of numbers on, in per cent, it is told why a column is none of numbers.
const NUMBERS_TOLD_MIN: u64 = 80;

/// Why a column that is nearly one of numbers is none.
fn nearly_numbers(scan: &ColumnScan<'_>, rules: &ReadingRules) -> Option<Sentence> {
    let (share, style) = number_share(scan, rules);
    let others = scan.examples(1, |text| style.read(text, rules).is_none());
    let example = others.first().filter(|_| NUMBERS_TOLD_MIN <= share)?;
    Some(say!(
        "Column \"{name}\" was kept as text: {share} % of its values are numbers, but others are \
         not, such as \"{value}\" in row {row}.",
        name = scan.name(),
        share,
        value = example.value.as_str(),
        row = example.row.to_string()
    ))
}

/// The type of a column whose words for a missing value are passed over.
fn detect_values(scan: &ColumnScan<'_>, detecting: Detecting<'_>) -> DetectedType {
    let sample = scan.sample(SAMPLE_COUNT);
    let mut counts = Counts::default();
    for text in &sample {
        counts.add(text, 1, detecting.rules);
    }
    let may_be_figures = counts.may_be_figures();
    if may_be_figures {
        counts = Counts::over(scan, detecting.rules);
    }
    if counts.total == 0 {
        return DetectedType::plain(Reading::Text);
    }
    if may_be_figures && counts.yes > 0 && counts.no > 0 && counts.yes + counts.no == counts.total {
        return DetectedType::plain(Reading::Boolean);
    }
    if may_be_figures && let Some(found) = numeric(scan, &counts, detecting) {
        return found;
    }
    let as_text = || {
        let found = DetectedType::plain(Reading::Text);
        let why =
            (may_be_figures && counts.ids == 0).then(|| nearly_numbers(scan, detecting.rules));
        why.flatten().map_or(found.clone(), |why| found.noted(why))
    };
    let has_digit = |text: &&String| text.chars().any(char::is_numeric);
    if sample.iter().filter(has_digit).count() * 10 < sample.len() * 9 {
        return as_text();
    }
    match detect(scan, Purpose::Type) {
        Ok(found) => DetectedType::plain(Reading::Timestamp(found)),
        Err(DateDoubt::Ambiguous { first, second, example, .. }) => {
            DetectedType::plain(Reading::Text).noted(say!(
                "Column \"{name}\" looks like dates, but \"{example}\" can be {first} or \
                 {second}; it was kept as text.",
                name = scan.name(),
                example,
                first = first.pattern_words(&example),
                second = second.pattern_words(&example)
            ))
        }
        Err(DateDoubt::NoDates { .. }) => as_text(),
    }
}

/// Numbers or money, when 99 of 100 values other than `NA` and its kin, and 95 of 100 of all, are.
fn numeric(
    scan: &ColumnScan<'_>,
    counts: &Counts,
    detecting: Detecting<'_>,
) -> Option<DetectedType> {
    let values = counts.values();
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
        return Some(of_several_currencies(scan, counts));
    }
    if !enough(counts.point) && !enough(counts.comma) {
        return None;
    }
    if counts.bracketed == values {
        // Every value in brackets is a list of notes, (1), (2), and no column of losses.
        return None;
    }
    if counts.percents > 0 && counts.percents + counts.zeros < values {
        return Some(DetectedType::plain(Reading::Text).noted(say!(
            "Column \"{name}\" has numbers with and without a percent sign; it was kept as text.",
            name
        )));
    }
    let (style, evidence) = match style_of(counts, detecting) {
        Ok((style, evidence)) => (style, evidence),
        Err(Open) => {
            let note = say!(
                "Column \"{name}\" looks like numbers, but the comma in \"{example}\" may group \
                 digits or divide them; it was kept as text.",
                name,
                example = counts.example.as_str()
            );
            let open = DetectedType::plain(Reading::Text).noted(note);
            return Some(DetectedType { evidence: StyleEvidence::Open, ..open });
        }
    };
    let is_enough = match style {
        NumberStyle::Point => enough(counts.point),
        NumberStyle::Comma => enough(counts.comma),
    };
    if !is_enough {
        return None;
    }
    let mut found = number_or_money(name, counts, style);
    found.evidence = evidence;
    told::of_style(scan, counts, detecting, &mut found);
    told::of_marks(scan, counts, detecting.rules, &mut found);
    Some(found)
}

/// The sign that divides cannot be told.
struct Open;

/// Which sign divides, and whether the column itself says so.
fn style_of(
    counts: &Counts,
    detecting: Detecting<'_>,
) -> Result<(NumberStyle, StyleEvidence), Open> {
    use NumberStyle::{Comma, Point};
    if let Some(style) = detecting.given_style() {
        return Ok((style, StyleEvidence::None));
    }
    let values = counts.values();
    let reads_all = |count: u64| count * 100 >= values * 99;
    match (counts.point_only, counts.comma_only) {
        (0, 0) if counts.differ > 0 => {
            detecting.style_of_file.map(|style| (style, StyleEvidence::Open)).ok_or(Open)
        }
        (0, 0) if counts.point_differs > 0 && detecting.places == BlankPlaces::Everywhere => {
            Ok((detecting.style_of_file.unwrap_or(Point), StyleEvidence::Open))
        }
        (0, 0) => Ok((Point, StyleEvidence::None)),
        (point, comma) if comma > point && reads_all(counts.comma) => {
            Ok((Comma, StyleEvidence::Certain(Comma)))
        }
        _ if reads_all(counts.point) => Ok((Point, StyleEvidence::Certain(Point))),
        _ => Ok((Comma, StyleEvidence::Certain(Comma))),
    }
}

/// How a column of numbers is read: as money where its amounts carry one currency.
fn number_or_money(name: &str, counts: &Counts, style: NumberStyle) -> DetectedType {
    let fractions = match style {
        NumberStyle::Point => counts.point_fractions,
        NumberStyle::Comma => counts.comma_fractions,
    };
    let plain = if counts.percents > 0 {
        Reading::Share(style)
    } else if fractions > 0 {
        Reading::Decimal(style)
    } else {
        Reading::Integer(style)
    };
    match counts.currencies.as_slice() {
        [] => DetectedType::plain(plain),
        [one] if one.rows == counts.values() => match only(name, one.sign) {
            Some(code) => DetectedType::plain(Reading::Money(style, Currencies::One(code))),
            None => DetectedType::plain(Reading::Decimal(style)).noted(say!(
                "In column \"{name}\" the sign {sign} does not say which currency it is; the \
                 amounts were read as numbers.",
                name,
                sign = one.sign
            )),
        },
        _ => DetectedType::plain(Reading::Text).noted(say!(
            "Column \"{name}\" has amounts with different or missing currencies; it was kept as \
             text.",
            name
        )),
    }
}

/// Amounts that each carry one of several currencies.
fn of_several_currencies(scan: &ColumnScan<'_>, counts: &Counts) -> DetectedType {
    let name = scan.name();
    match several(name, &counts.currencies) {
        Ok(currencies) => {
            let told = told::of_several(scan, counts, &currencies);
            let reading = Reading::Money(NumberStyle::Point, currencies);
            DetectedType { automatic: vec![told], ..DetectedType::plain(reading) }
        }
        Err(why) => DetectedType::plain(Reading::Text).noted(say!(
            "Column \"{name}\" has amounts in several currencies, but {why}; it was kept as \
             text.",
            name,
            why
        )),
    }
}

impl Reading {
    /// The type of the attribute.
    #[must_use]
    pub fn kind(&self) -> AttributeType {
        match self {
            Reading::Text => AttributeType::Text,
            Reading::Integer(_) => AttributeType::Integer,
            Reading::Decimal(_) | Reading::Share(_) => AttributeType::Decimal,
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
    use paydirt_model::automatic::ReadingRule;
    use paydirt_model::interner::TextColumn;
    use paydirt_model::number::Decimal;
    use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

    /// The type of a column, and what is told of it.
    fn detected(values: &[&str]) -> (AttributeType, String) {
        detected_by(values, &ReadingRules::all(), None)
    }

    fn detected_by(
        values: &[&str],
        rules: &ReadingRules,
        style_of_file: Option<NumberStyle>,
    ) -> (AttributeType, String) {
        let texts: TextColumn = values.iter().copied().collect();
        let lines = (2..).take(values.len()).collect();
        let chunk = RawChunk { lines, columns: vec![RawColumn::Plain(texts)] };
        let table = RawTable { names: vec!["X".to_owned()], chunks: vec![chunk] };
        let places = BlankPlaces::Everywhere;
        let found =
            detect_type_by(&ColumnScan::new(&table, 0), Detecting { rules, places, style_of_file });
        let told = found.automatic.iter().map(|reading| &reading.what).chain(&found.notes);
        let notes: Vec<String> = told.map(Sentence::to_string).collect();
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
    fn the_other_numbers_of_the_file_decide() {
        let all = ReadingRules::all();
        let comma = Some(NumberStyle::Comma);
        assert_eq!(detected_by(&["1,234", "5,678"], &all, comma).0, AttributeType::Decimal);
        let (found, note) = detected_by(&["1.234", "5.678"], &all, comma);
        assert_eq!(found, AttributeType::Integer);
        assert!(note.contains("a comma divides, as in the other numbers"), "{note}");
        let point = Some(NumberStyle::Point);
        assert_eq!(detected_by(&["1,234", "5,678"], &all, point).0, AttributeType::Integer);
        let (found, note) = detected(&["1.234", "5.678"]);
        assert_eq!(found, AttributeType::Decimal);
        assert!(note.contains("the point in \"1.234\" was read as dividing"), "{note}");
        assert_eq!(detected(&["1.234", "5.6"]).1, "", "5.6 says it");
        assert_eq!(detected(&["0.234", "0.678"]).1, "", "no number is grouped so");
        let said = ReadingRules { decimal: Some(DecimalSign::Comma), ..ReadingRules::all() };
        assert_eq!(detected_by(&["1.234", "5.678"], &said, point).0, AttributeType::Integer);
        assert_eq!(detected_by(&["1,234", "5,678"], &said, point).0, AttributeType::Decimal);
        assert_eq!(detected_by(&["1.5", "2.5"], &said, None).0, AttributeType::Text);
    }

    #[test]
    fn numbers_are_dressed_in_many_ways() {
        let (found, note) = detected(&["(1,234.50)", "12.00", "7.25"]);
        assert_eq!(found, AttributeType::Decimal);
        assert!(note.contains("negative: \"(1,234.50)\" is -1234.5."), "{note}");
        let (found, note) = detected(&["1.234,50-", "12,00"]);
        assert_eq!(found, AttributeType::Decimal);
        assert!(note.contains("decimal commas") && note.contains("is -1234.5."), "{note}");
        let (found, note) = detected(&["12.5%", "0", "7 %"]);
        assert_eq!(found, AttributeType::Decimal);
        assert!(note.contains("shares: \"12.5%\" is 0.125."), "{note}");
        assert_eq!(kind(&["12.5%", "7"]), AttributeType::Text);
        assert_eq!(kind(&["(1)", "(2)"]), AttributeType::Text);
        assert_eq!(kind(&["１２３４５", "６"]), AttributeType::Integer);
    }

    #[test]
    fn what_is_switched_off_stays_a_text() {
        for (rule, values) in [
            (ReadingRule::NegativeNumbers, ["(5)", "6"]),
            (ReadingRule::Percents, ["5 %", "6 %"]),
            (ReadingRule::CellCurrencies, ["€5", "€6"]),
            (ReadingRule::GroupedDigits, ["1,234,567", "2,345,678"]),
            (ReadingRule::DecimalCommas, ["1,5", "2,5"]),
            (ReadingRule::BlankWords, ["5", "N/A"]),
        ] {
            let all = ReadingRules::all();
            assert_ne!(detected_by(&values, &all, None).0, AttributeType::Text, "{values:?}");
            let rules = ReadingRules { off: vec![rule], ..ReadingRules::all() };
            assert_eq!(detected_by(&values, &rules, None).0, AttributeType::Text, "{values:?}");
        }
    }

    #[test]
    fn missing_numbers_are_blanks_only_among_numbers() {
        let mut values = vec!["5"; 19];
        values.push("NA");
        let (found, note) = detected(&values);
        assert_eq!(found, AttributeType::Integer);
        assert!(note.contains("1 value such as \"NA\" was read as blank"), "{note}");
        assert_eq!(kind(&["NA", "A", "B"]), AttributeType::Text);
        assert_eq!(kind(&["5", "NA", "N/A"]), AttributeType::Integer);
        assert_eq!(kind(&["yes", "no", "-"]), AttributeType::Boolean);
        assert_eq!(kind(&["2026-03-03", "-", "n/a"]), AttributeType::Timestamp);
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
