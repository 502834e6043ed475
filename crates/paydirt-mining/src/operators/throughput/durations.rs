//! How are the durations of some cases distributed?

use paydirt_model::number::Duration;
use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::bins::Bins;
use crate::statistics::deviation::Scatter;
use crate::statistics::number_bag::{NumberBag, Rational};

/// Statistics of durations, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ThroughputStatistics {
    /// Shortest.
    pub min: Duration,
    /// 25th percentile.
    pub p25: Duration,
    /// Arithmetic mean.
    pub mean: Duration,
    /// Median (50th percentile).
    pub median: Duration,
    /// 75th percentile.
    pub p75: Duration,
    /// 90th percentile.
    pub p90: Duration,
    /// 95th percentile.
    pub p95: Duration,
    /// Longest.
    pub max: Duration,
    /// Sum.
    pub total: Duration,
    /// Standard deviation with divisor n − 1; missing for one case.
    pub standard_deviation: Option<Duration>,
}

/// Cases with a duration between two edges.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DurationBin {
    /// Lower edge in seconds, included.
    pub from_s: Duration,
    /// Upper edge in seconds, excluded.
    pub to_s: Duration,
    /// How many cases.
    pub cases: u64,
}

/// The statistics of durations, and how many lie in each bin.
pub(super) fn statistics(
    bag: &NumberBag,
    bins: Option<Bins>,
) -> (Option<ThroughputStatistics>, Vec<DurationBin>) {
    let edges = bins.map(|bins| bins.inner_edges()).unwrap_or_default();
    let quantiles = [(1, 4), (1, 2), (3, 4), (9, 10), (19, 20)];
    let (Some((min, max)), Some(mean), Some(spread)) =
        (bag.ends(), bag.mean(), bag.spread(&quantiles, &edges))
    else {
        return (None, Vec::new());
    };
    let mut scatter = Scatter::default();
    bag.for_each(|value, count| scatter.add(value, count));
    let quantile = |idx: usize| rounded(spread.quantiles[idx]);
    let found = ThroughputStatistics {
        min: Duration::from_us(min),
        p25: quantile(0),
        mean: rounded(mean),
        median: quantile(1),
        p75: quantile(2),
        p90: quantile(3),
        p95: quantile(4),
        max: Duration::from_us(max),
        total: Duration::from_us(bag.total()),
        standard_deviation: scatter.standard_deviation().map(Duration::from_us),
    };
    let histogram = bins.map_or(Vec::new(), |bins| {
        let bin = |(idx, cases): (usize, u64)| DurationBin {
            from_s: Duration::from_us(bins.edge(idx)),
            to_s: Duration::from_us(bins.edge(idx + 1)),
            cases,
        };
        bins.counts(&spread.below, bag.count()).into_iter().enumerate().map(bin).collect()
    });
    (Some(found), histogram)
}

/// To the microsecond, half to even.
pub(super) fn rounded(value: Rational) -> Duration {
    Duration::from_us(value.rounded(0))
}
