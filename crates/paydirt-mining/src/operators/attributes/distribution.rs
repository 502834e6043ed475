//! How are the numbers, amounts or times of an attribute distributed?

use paydirt_model::attribute::{Attribute, AttributeType};
use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::bins::{Bins, Widths};
use crate::statistics::figure::{Figure, figure};
use crate::statistics::number_bag::{NumberBag, Rational};
use crate::statistics::value_counts::ValueCounts;

/// Most bins of a distribution.
const BIN_COUNT_MAX: usize = 20;

/// How numbers or times are distributed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Distribution {
    /// Currency of the amounts; missing for what is no money and for an unknown currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// How many values.
    pub count: u64,
    /// Smallest.
    pub min: Figure,
    /// Arithmetic mean.
    pub mean: Figure,
    /// Median (50th percentile).
    pub median: Figure,
    /// 90th percentile.
    pub p90: Figure,
    /// Largest.
    pub max: Figure,
    /// At most 20 equal bins without gaps. Their width is the smallest of 1, 2 or 5 times a power
    /// of ten (times also: usual parts of minutes, hours and days) and their edges are multiples
    /// of it, instants counted from 1970-01-01 UTC.
    pub bins: Vec<Bin>,
}

/// Values between two edges.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bin {
    /// Lower edge, included.
    pub from: Figure,
    /// Upper edge, excluded.
    pub to: Figure,
    /// How many values.
    pub count: u64,
}

/// The distributions of an attribute: one, for money one for each currency, none for other types.
pub(super) fn distributions(attribute: &Attribute, counts: &ValueCounts) -> Vec<Distribution> {
    let currency = |idx: usize| {
        let code = idx.checked_sub(1)?;
        Some(attribute.texts.get(code).to_owned())
    };
    let mut distributions: Vec<Distribution> = counts
        .numbers()
        .iter()
        .enumerate()
        .filter_map(|(idx, bag)| distribution(attribute, bag, currency(idx)))
        .collect();
    distributions.sort_unstable_by(|a, b| {
        (a.currency.is_none(), &a.currency).cmp(&(b.currency.is_none(), &b.currency))
    });
    distributions
}

fn distribution(
    attribute: &Attribute,
    bag: &NumberBag,
    currency: Option<String>,
) -> Option<Distribution> {
    let (ends, mean) = (bag.ends()?, bag.mean()?);
    let widths = match attribute.kind {
        AttributeType::Timestamp | AttributeType::Duration => Widths::Time,
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Money
        | AttributeType::Text
        | AttributeType::Boolean => Widths::Decimal,
    };
    let bins = Bins::new(widths, ends, BIN_COUNT_MAX);
    let spread = bag.spread(&[(1, 2), (9, 10)], &bins.inner_edges())?;
    let whole = |value: i128| figure(attribute, Rational { numerator: value, denominator: 1 });
    let bin_counts = bins.counts(&spread.below, bag.count());
    let bin = |(idx, count): (usize, u64)| Bin {
        from: whole(bins.edge(idx)),
        to: whole(bins.edge(idx + 1)),
        count,
    };
    Some(Distribution {
        currency,
        count: bag.count(),
        min: whole(ends.0.into()),
        mean: figure(attribute, mean),
        median: figure(attribute, spread.quantiles[0]),
        p90: figure(attribute, spread.quantiles[1]),
        max: whole(ends.1.into()),
        bins: bin_counts.into_iter().enumerate().map(bin).collect(),
    })
}
