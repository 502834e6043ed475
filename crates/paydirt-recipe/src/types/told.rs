//! What does the report say about how the numbers of a column were read?

use paydirt_model::automatic::{AutomaticReading, ReadingExample, ReadingRule, ReadingRules};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::scan::ColumnScan;
use crate::types::counts::Counts;
use crate::types::number::{NumberStyle, Written};
use crate::types::{Currencies, DetectedType, Detecting, Reading, StyleEvidence};

/// Examples that are shown of one way of writing numbers.
const EXAMPLES: usize = 5;

/// What is told of a column: the places that a condition on its numbers holds for.
struct Telling<'a> {
    scan: &'a ColumnScan<'a>,
    style: NumberStyle,
    rules: &'a ReadingRules,
}

impl Telling<'_> {
    fn examples(&self, is_one: impl Fn(&Written, &str) -> bool) -> Vec<ReadingExample> {
        self.scan.examples(EXAMPLES, |text| {
            self.style.read(text, self.rules).is_some_and(|written| is_one(&written, text))
        })
    }

    fn reading(
        &self,
        rule: ReadingRule,
        count: u64,
        examples: Vec<ReadingExample>,
        what: impl FnOnce(&str, &str) -> Sentence,
    ) -> AutomaticReading {
        let value = examples.first().map_or("", |example| example.value.as_str());
        let number = self.style.read(value, self.rules).map(|written| written.number.to_string());
        let what = what(value, &number.unwrap_or_default());
        AutomaticReading::of(rule, Some(self.scan.name()), count, what, examples)
    }
}

/// Tells of the sign that divides.
pub(super) fn of_style(
    scan: &ColumnScan<'_>,
    counts: &Counts,
    detecting: Detecting<'_>,
    found: &mut DetectedType,
) {
    let name = scan.name();
    let style = found.style();
    if found.evidence == StyleEvidence::Open {
        let example = counts.example.as_str();
        found.notes.push(match (detecting.style_of_file, style) {
            (Some(NumberStyle::Comma), _) => say!(
                "Column \"{name}\": \"{example}\" can be read in two ways; a comma divides, as in \
                 the other numbers of the file.",
                name,
                example
            ),
            (Some(NumberStyle::Point), _) => say!(
                "Column \"{name}\": \"{example}\" can be read in two ways; a point divides, as in \
                 the other numbers of the file.",
                name,
                example
            ),
            (None, _) => say!(
                "Column \"{name}\": the point in \"{example}\" was read as dividing. If it groups \
                 thousands, say that numbers have decimal commas.",
                name,
                example
            ),
        });
    }
    if style == NumberStyle::Comma && counts.comma_fractions > 0 {
        let telling = Telling { scan, style, rules: detecting.rules };
        let examples = telling.examples(|_, text| text.contains([',', '，']));
        let (rule, count) = (ReadingRule::DecimalCommas, counts.comma_fractions);
        let told = telling.reading(rule, count, examples, |_, _| {
            say!("Column \"{name}\" was read with decimal commas.", name)
        });
        found.automatic.push(told);
    }
}

/// Tells of what surrounds the digits.
pub(super) fn of_marks(
    scan: &ColumnScan<'_>,
    counts: &Counts,
    rules: &ReadingRules,
    found: &mut DetectedType,
) {
    if found.reading == Reading::Text {
        return;
    }
    let telling = Telling { scan, style: found.style(), rules };
    let told = [
        telling.grouped(counts),
        telling.negatives(counts),
        telling.percents(counts),
        telling.currency(counts, &found.reading),
    ];
    found.automatic.extend(told.into_iter().flatten());
}

impl Telling<'_> {
    fn grouped(&self, counts: &Counts) -> Option<AutomaticReading> {
        let count = match self.style {
            NumberStyle::Point => counts.point_grouped,
            NumberStyle::Comma => counts.comma_grouped,
        };
        let name = self.scan.name();
        let examples = || self.examples(|written, _| written.marks.is_grouped);
        (count > 0).then(|| {
            self.reading(ReadingRule::GroupedDigits, count, examples(), |value, number| {
                say!(
                    "The digits in column \"{name}\" are grouped: \"{value}\" is {number}.",
                    name,
                    value,
                    number
                )
            })
        })
    }

    fn negatives(&self, counts: &Counts) -> Option<AutomaticReading> {
        let count = counts.bracketed + counts.marked_negative;
        let name = self.scan.name();
        let is_one = |written: &Written, _: &str| {
            let marks = written.marks;
            marks.is_bracketed || marks.is_triangle || marks.is_minus_behind
        };
        (count > 0).then(|| {
            let examples = self.examples(is_one);
            self.reading(ReadingRule::NegativeNumbers, count, examples, |value, number| {
                say!(
                    "Numbers in brackets, with a triangle or with the minus behind in column \
                     \"{name}\" are negative: \"{value}\" is {number}.",
                    name,
                    value,
                    number
                )
            })
        })
    }

    fn percents(&self, counts: &Counts) -> Option<AutomaticReading> {
        let name = self.scan.name();
        let examples = || self.examples(|written, _| written.marks.is_percent);
        (counts.percents > 0).then(|| {
            self.reading(ReadingRule::Percents, counts.percents, examples(), |value, number| {
                say!(
                    "The percentages in column \"{name}\" are shares: \"{value}\" is {number}.",
                    name,
                    value,
                    number
                )
            })
        })
    }

    fn currency(&self, counts: &Counts, reading: &Reading) -> Option<AutomaticReading> {
        let [only] = counts.currencies.as_slice() else { return None };
        let Reading::Money(_, Currencies::One(code)) = reading else { return None };
        let name = self.scan.name();
        let examples = self.examples(|written, _| written.marks.currency.is_some());
        let rule = ReadingRule::CellCurrencies;
        Some(self.reading(rule, only.rows, examples, |value, number| {
            say!(
                "The cells of column \"{name}\" carry their currency: \"{value}\" is {number} \
                 {code}.",
                name,
                value,
                number,
                code = *code
            )
        }))
    }
}

/// Tells of amounts in several currencies.
pub(super) fn of_several(
    scan: &ColumnScan<'_>,
    counts: &Counts,
    currencies: &Currencies,
) -> AutomaticReading {
    let name = scan.name();
    let mut codes: Vec<&str> = match currencies {
        Currencies::OfCells(cells) => cells.iter().map(|cell| cell.code).collect(),
        Currencies::Unnamed | Currencies::One(_) => Vec::new(),
    };
    codes.sort_unstable();
    codes.dedup();
    let what = say!(
        "Column \"{name}\" has amounts in several currencies: {codes}; each was read in its own.",
        name,
        codes
    );
    let examples = scan.examples(EXAMPLES, |_| true);
    let count = counts.currencies.iter().map(|count| count.rows).sum();
    AutomaticReading::of(ReadingRule::CellCurrencies, Some(name), count, what, examples)
}
