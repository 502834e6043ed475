//! What do the values of a column look like, counted over all of it?

use std::ops::ControlFlow;

use paydirt_model::automatic::{ReadingRule, ReadingRules};
use paydirt_model::number::Decimal;

use crate::blanks::{is_blank_word, is_word_among_numbers};
use crate::scan::ColumnScan;
use crate::types::money::SignCount;
use crate::types::number::{NumberStyle, Written, split_currency};
use crate::types::parse_boolean;

/// How many values of a column are what.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) total: u64,
    /// Words for a missing value that are values where the column is none of numbers.
    pub(super) tokens: u64,
    pub(super) yes: u64,
    pub(super) no: u64,
    /// Values that are numbers with a point, and with a comma, as the dividing sign.
    pub(super) point: u64,
    pub(super) comma: u64,
    /// Values with a comma that both styles read, but differently.
    pub(super) differ: u64,
    /// Values with a point behind which three digits stand: it divides, or groups.
    pub(super) point_differs: u64,
    pub(super) point_only: u64,
    pub(super) comma_only: u64,
    pub(super) point_fractions: u64,
    pub(super) comma_fractions: u64,
    /// Values that look like ids although they are digits.
    pub(super) ids: u64,
    /// Values that are numbers in either style.
    pub(super) either: u64,
    pub(super) currencies: Vec<SignCount>,
    /// Negative numbers in brackets, and with the minus behind or a triangle.
    pub(super) bracketed: u64,
    pub(super) marked_negative: u64,
    pub(super) percents: u64,
    /// Zeros, which need no percent sign among shares.
    pub(super) zeros: u64,
    /// Values whose digits are grouped, where a point divides and where a comma does.
    pub(super) point_grouped: u64,
    pub(super) comma_grouped: u64,
    /// A value that can be read in two ways.
    pub(super) example: String,
}

impl Counts {
    pub(super) fn over(scan: &ColumnScan<'_>, rules: &ReadingRules) -> Counts {
        let mut counts = Counts::default();
        scan.each(|text, rows| {
            counts.add(text, rows, rules);
            ControlFlow::Continue(())
        });
        counts
    }

    /// Values that are no words for a missing one.
    pub(super) fn values(&self) -> u64 {
        self.total - self.tokens
    }

    /// Whether most values of a sample are numbers or truth values, so that the rest is worth
    /// looking at.
    pub(super) fn may_be_figures(&self) -> bool {
        let figures = self.either + self.tokens + self.ids;
        figures.max(self.yes + self.no) * 10 >= self.total * 8
    }

    pub(super) fn add(&mut self, text: &str, rows: u64, rules: &ReadingRules) {
        self.total += rows;
        if is_plain_number(text) {
            let number = NumberStyle::Point.parse(text).filter(|number| fits(*number));
            self.point += u64::from(number.is_some()) * rows;
            self.comma += u64::from(number.is_some()) * rows;
            self.either += u64::from(number.is_some()) * rows;
            self.zeros += u64::from(text == "0") * rows;
            return;
        }
        match parse_boolean(text) {
            Some(true) => self.yes += rows,
            Some(false) => self.no += rows,
            None => {}
        }
        if is_blank_word(text, rules) || is_word_among_numbers(text) {
            self.tokens += rows;
            return;
        }
        let bare = split_currency(text).map_or(text, |(rest, _)| rest);
        if !bare.chars().any(char::is_numeric) {
            return;
        }
        if is_id_like(bare) {
            self.ids += rows;
            return;
        }
        let read =
            |style: NumberStyle| style.read(text, rules).filter(|written| fits(written.number));
        let point = read(NumberStyle::Point);
        let comma = match text.contains([',', '.', '，', '．']) {
            true if rules.follows(ReadingRule::DecimalCommas) => read(NumberStyle::Comma),
            true => None,
            false => point,
        };
        self.count_styles(text, rows, point, comma);
        self.count_marks(rows, point, comma);
    }

    fn count_marks(&mut self, rows: u64, point: Option<Written>, comma: Option<Written>) {
        let Some(written) = point.or(comma) else { return };
        let marks = written.marks;
        self.bracketed += u64::from(marks.is_bracketed) * rows;
        self.marked_negative += u64::from(marks.is_minus_behind || marks.is_triangle) * rows;
        self.percents += u64::from(marks.is_percent) * rows;
        self.zeros += u64::from(written.number.mantissa == 0 && !marks.is_percent) * rows;
        let Some(sign) = marks.currency else { return };
        let known = self.currencies.iter().position(|count| count.sign == sign);
        let idx = known.unwrap_or_else(|| {
            let (point_only, comma_only, differ) = (0, 0, 0);
            self.currencies.push(SignCount { sign, rows: 0, point_only, comma_only, differ });
            self.currencies.len() - 1
        });
        let count = &mut self.currencies[idx];
        count.rows += rows;
        match (point, comma) {
            (Some(left), Some(right)) if left.number != right.number => count.differ += rows,
            (Some(_), None) => count.point_only += rows,
            (None, Some(_)) => count.comma_only += rows,
            _ => {}
        }
    }

    fn count_styles(
        &mut self,
        text: &str,
        rows: u64,
        point: Option<Written>,
        comma: Option<Written>,
    ) {
        let has_fraction = |written: Option<Written>| {
            let plain = |written: Written| {
                written.number.scale > if written.marks.is_percent { 2 } else { 0 }
            };
            u64::from(written.is_some_and(plain)) * rows
        };
        self.point += u64::from(point.is_some()) * rows;
        self.comma += u64::from(comma.is_some()) * rows;
        self.either += u64::from(point.is_some() || comma.is_some()) * rows;
        let is_grouped =
            |written: Option<Written>| written.is_some_and(|written| written.marks.is_grouped);
        self.point_grouped += u64::from(is_grouped(point)) * rows;
        self.comma_grouped += u64::from(is_grouped(comma)) * rows;
        self.point_fractions += has_fraction(point);
        self.comma_fractions += has_fraction(comma);
        match (point, comma) {
            (Some(left), Some(right)) if left.number != right.number => {
                // A lone point divides, as in every programming language; a lone comma may group.
                if text.contains([',', '，']) {
                    self.differ += rows;
                } else {
                    self.point_differs += rows;
                }
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
        && (bytes.len() == 1 || bytes.first().is_some_and(|&first| first != b'0'))
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
