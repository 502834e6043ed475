//! Which differences are large, which rest on few cases, and in which order are they listed?

use std::cmp::Reverse;

use paydirt_model::attribute::{Attribute, AttributeType};
use paydirt_model::number::{Decimal, Ratio};

use super::counts::Sides;
use super::{AttributeDifferences, MedianDifference, ValueDifference};
use crate::statistics::bins::{Bins, Widths};
use crate::statistics::figure::{Figure, figure};
use crate::statistics::kept_value::{KeptValue, ShownValue};
use crate::statistics::number_bag::{NumberBag, Rational};

/// Most ranges in which numbers of one unit are compared.
const RANGE_COUNT_MAX: usize = 10;
/// Digits after the point of a ratio of two shares.
const RATIO_DIGITS: u8 = 6;

/// From this difference on a value says who is selected rather than how they differ.
const APART_PER_CENT: u128 = 95;

/// Fewer values can be read through, whatever they name.
const NAMES_MIN: u64 = 30;

/// Both sides as a whole, and what is shown of them.
pub(super) struct Ranking {
    pub(super) selection: u64,
    pub(super) rest: u64,
    pub(super) few_cases: u64,
    pub(super) row_max: usize,
}

/// A value, or a range, before it is compared.
struct Row<'a> {
    place: Place<'a>,
    selection: u64,
    rest: u64,
}

/// What a row is of.
enum Place<'a> {
    Text(u32, &'a [u8]),
    Boolean(bool),
    Range { currency: Option<String>, from: Figure, to: Figure, unit: usize, idx: usize },
    Blank,
}

/// Whether it is the blank, the bytes of its text, its unit and its place among ranges.
type PlaceOrder<'a> = (bool, &'a [u8], usize, usize);

impl Place<'_> {
    /// The order of rows that are equal otherwise: by value, blanks last.
    fn order(&self) -> PlaceOrder<'_> {
        match self {
            Place::Text(_, bytes) => (false, bytes, 0, 0),
            Place::Boolean(value) => (false, &[], usize::from(*value), 0),
            Place::Range { unit, idx, .. } => (false, &[], *unit, *idx),
            Place::Blank => (true, &[], 0, 0),
        }
    }
}

/// Whether the values name cases rather than kinds of them: fewer than two cases have each.
fn names_cases(found: &AttributeDifferences) -> bool {
    let values = found.values.len() as u64 + found.other_values;
    let used = found.selection_used + found.rest_used;
    found.r#type == AttributeType::Text && NAMES_MIN < values && used < 2 * values
}

impl Ranking {
    /// Whether both sides have enough cases.
    pub(super) fn is_possible(&self) -> bool {
        self.few_cases.max(1) <= self.selection.min(self.rest)
    }

    /// The attributes, in the stated order.
    pub(super) fn attributes<'a>(
        &self,
        seen: impl Iterator<Item = (&'a Attribute, &'a Sides)>,
    ) -> Vec<AttributeDifferences> {
        let mut compared: Vec<(u128, AttributeDifferences)> =
            seen.map(|(attribute, sides)| self.attribute(attribute, sides)).collect();
        // They come in order of level and name, which a stable sort keeps.
        let key = |(size, found): &(u128, AttributeDifferences)| {
            let tells_apart = found.largest.is_some() && self.tells_apart(*size);
            (found.largest.is_none(), tells_apart, names_cases(found), Reverse(*size))
        };
        compared.sort_by_key(key);
        compared.into_iter().map(|(_, found)| found).collect()
    }

    fn attribute(&self, attribute: &Attribute, sides: &Sides) -> (u128, AttributeDifferences) {
        let (mut rows, medians) = match attribute.kind {
            AttributeType::Text | AttributeType::Boolean => (named_rows(attribute, sides), vec![]),
            AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Money
            | AttributeType::Timestamp
            | AttributeType::Duration => ranges(attribute, sides),
        };
        rows.push(Row {
            place: Place::Blank,
            selection: sides.selection.blanks,
            rest: sides.rest.blanks,
        });
        rows.retain(|row| row.selection + row.rest > 0);
        rows.sort_by(|a, b| self.key(a).cmp(&self.key(b)));
        let total = rows.len();
        let largest = rows.first().filter(|row| !self.is_few(row));
        let size = largest.map_or(0, |row| self.size(row));
        let (selection, rest) = (u128::from(self.selection), u128::from(self.rest));
        let largest = largest.and_then(|_| {
            let size = i128::try_from(size).ok()?;
            Ratio::of(size, i128::try_from(selection * rest).ok()?)
        });
        rows.retain(|row| self.is_few(row) || 0 < self.size(row));
        rows.truncate(self.row_max);
        let other_values = (total - rows.len()) as u64;
        let found = AttributeDifferences {
            name: attribute.name.clone(),
            level: attribute.level,
            r#type: attribute.kind,
            selection_used: self.selection - sides.selection.blanks,
            rest_used: self.rest - sides.rest.blanks,
            largest,
            medians,
            values: rows.into_iter().map(|row| self.shown(attribute, row)).collect(),
            other_values,
        };
        (size, found)
    }

    /// The difference of the shares without its sign, times the cases of both sides.
    fn size(&self, row: &Row<'_>) -> u128 {
        let selected = u128::from(row.selection) * u128::from(self.rest);
        selected.abs_diff(u128::from(row.rest) * u128::from(self.selection))
    }

    /// Whether nearly all cases of one side have the value, and hardly any of the other.
    fn tells_apart(&self, size: u128) -> bool {
        APART_PER_CENT * u128::from(self.selection) * u128::from(self.rest) <= 100 * size
    }

    fn is_few(&self, row: &Row<'_>) -> bool {
        !self.is_possible() || row.selection + row.rest < self.few_cases
    }

    fn key<'a>(&self, row: &'a Row<'_>) -> (bool, Reverse<u128>, PlaceOrder<'a>) {
        let is_few = self.is_few(row);
        let cases = u128::from(row.selection + row.rest);
        (is_few, Reverse(if is_few { cases } else { self.size(row) }), row.place.order())
    }

    fn shown(&self, attribute: &Attribute, row: Row<'_>) -> ValueDifference {
        let few = self.is_few(&row);
        let value = |value: Option<KeptValue>| -> Option<Option<ShownValue>> {
            Some(value.map(|value| value.shown(attribute)))
        };
        let (value, range) = match row.place {
            Place::Text(code, _) => (value(Some(KeptValue::Text(code))), None),
            Place::Boolean(known) => (value(Some(KeptValue::Boolean(known))), None),
            Place::Blank => (value(None), None),
            Place::Range { currency, from, to, .. } => (None, Some((currency, from, to))),
        };
        let (currency, from, to) = range
            .map_or((None, None, None), |(currency, from, to)| (currency, Some(from), Some(to)));
        let [a, b, all_a, all_b] =
            [row.selection, row.rest, self.selection, self.rest].map(i128::from);
        ValueDifference {
            value,
            from,
            to,
            currency,
            selection: row.selection,
            rest: row.rest,
            selection_share: Ratio::of(a, all_a),
            rest_share: Ratio::of(b, all_b),
            difference: Ratio::of(a * all_b - b * all_a, all_a * all_b),
            ratio: (0 < b && 0 < all_a)
                .then(|| Decimal::quotient(a * all_b, b * all_a, RATIO_DIGITS)),
            few,
        }
    }
}

fn named_rows<'a>(attribute: &'a Attribute, sides: &Sides) -> Vec<Row<'a>> {
    let (left, right) = (&sides.selection.codes, &sides.rest.codes);
    let count_of = |counts: &[u64], code: usize| counts.get(code).copied().unwrap_or(0);
    let row = |code: usize| Row {
        place: if attribute.kind == AttributeType::Boolean {
            Place::Boolean(code == 1)
        } else {
            let number = u32::try_from(code).expect("texts are numbered below 2^32");
            Place::Text(number, attribute.texts.get_bytes(code))
        },
        selection: count_of(left, code),
        rest: count_of(right, code),
    };
    (0..left.len().max(right.len())).map(row).collect()
}

fn ranges<'a>(attribute: &Attribute, sides: &Sides) -> (Vec<Row<'a>>, Vec<MedianDifference>) {
    let mut both = sides.selection.numbers.clone();
    both.merge(sides.rest.numbers.clone());
    let widths = match attribute.kind {
        AttributeType::Timestamp | AttributeType::Duration => Widths::Time,
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Money
        | AttributeType::Text
        | AttributeType::Boolean => Widths::Decimal,
    };
    let (mut rows, mut medians) = (Vec::new(), Vec::new());
    for (unit, (code, currency)) in both.currencies(attribute).into_iter().enumerate() {
        let Some(ends) = both.get(code).and_then(NumberBag::ends) else { continue };
        let bins = Bins::new(widths, ends, RANGE_COUNT_MAX);
        let of_side = |bag: Option<&NumberBag>| -> (Vec<u64>, Option<Figure>) {
            let spread = bag.and_then(|bag| bag.spread(&[(1, 2)], &bins.inner_edges()));
            let count = bag.map_or(0, NumberBag::count);
            let Some(spread) = spread else { return (vec![0; bins.count], None) };
            (bins.counts(&spread.below, count), Some(figure(attribute, spread.quantiles[0])))
        };
        let (selected, selection) = of_side(sides.selection.numbers.get(code));
        let (others, rest) = of_side(sides.rest.numbers.get(code));
        medians.push(MedianDifference { currency: currency.clone(), selection, rest });
        let edge =
            |idx: usize| figure(attribute, Rational { numerator: bins.edge(idx), denominator: 1 });
        let row = |(idx, (selection, rest)): (usize, (u64, u64))| {
            let (from, to, currency) = (edge(idx), edge(idx + 1), currency.clone());
            Row { place: Place::Range { currency, from, to, unit, idx }, selection, rest }
        };
        rows.extend(selected.into_iter().zip(others).enumerate().map(row));
    }
    (rows, medians)
}
