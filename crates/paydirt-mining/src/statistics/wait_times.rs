//! How long is waited at one place, with overlaps kept apart?

use paydirt_model::number::Duration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::statistics::bins::{Bins, Widths};
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::number_bag::{NumberBag, Rational};

/// Waits, and times by which the later began before the earlier had ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct WaitTimes {
    waits: NumberBag,
    overlaps: u64,
    overlap_us: i128,
}

/// Waits with their statistics and their distribution.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitDistribution {
    /// How many waits.
    pub count: u64,
    /// Their statistics; missing without waits.
    pub duration_s: Option<DurationStatistics>,
    /// Equal bins without gaps, at most as many as wanted. Their width is the smallest of: 1, 2 or
    /// 5 times a power of ten of seconds below 1 s and of days from 1 day; 1, 2, 5, 10, 15, 30
    /// seconds or minutes; 1, 2, 3, 6, 12 hours. Edges are multiples of it.
    pub bins: Vec<WaitBin>,
    /// How often the later one started before the earlier one ended; not part of the waits.
    pub overlaps: u64,
    /// Sum of these overlaps, in seconds.
    pub overlap_s: Duration,
}

/// Waits between two edges.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitBin {
    /// Lower edge in seconds, included.
    pub from_s: Duration,
    /// Upper edge in seconds, excluded.
    pub to_s: Duration,
    /// How many waits.
    pub count: u64,
}

impl WaitTimes {
    /// Adds a wait, or an overlap where it is negative.
    pub(crate) fn push(&mut self, method: Method, wait_us: i64) {
        if wait_us < 0 {
            self.overlaps += 1;
            self.overlap_us -= i128::from(wait_us);
        } else {
            self.waits.push(method, wait_us);
        }
    }

    /// Adds what another worker saw, or what is seen of another place.
    pub(crate) fn merge(&mut self, other: WaitTimes) {
        self.waits.merge(other.waits);
        self.overlaps += other.overlaps;
        self.overlap_us += other.overlap_us;
    }

    /// How many overlaps.
    pub(crate) fn overlaps(&self) -> u64 {
        self.overlaps
    }

    /// The statistics of the waits; `None` without waits.
    pub(crate) fn statistics(&self) -> Option<DurationStatistics> {
        let (min, max) = self.waits.ends()?;
        let spread = self.waits.spread(&[(1, 2), (9, 10)], &[])?;
        Some(DurationStatistics {
            min: Duration::from_us(min),
            mean: rounded(self.waits.mean()?),
            median: rounded(spread.quantiles[0]),
            p90: rounded(spread.quantiles[1]),
            max: Duration::from_us(max),
            total: Duration::from_us(self.waits.total()),
        })
    }

    /// Statistics and distribution in at most so many bins.
    pub(crate) fn distribution(&self, bin_count_max: usize) -> WaitDistribution {
        let bins = self.waits.ends().map(|ends| Bins::new(Widths::Time, ends, bin_count_max));
        let bins = bins.map_or_else(Vec::new, |bins| {
            let below = self.waits.spread(&[], &bins.inner_edges()).map(|spread| spread.below);
            let counts = bins.counts(&below.unwrap_or_default(), self.waits.count());
            let bin = |(idx, count): (usize, u64)| WaitBin {
                from_s: Duration::from_us(bins.edge(idx)),
                to_s: Duration::from_us(bins.edge(idx + 1)),
                count,
            };
            counts.into_iter().enumerate().map(bin).collect()
        });
        WaitDistribution {
            count: self.waits.count(),
            duration_s: self.statistics(),
            bins,
            overlaps: self.overlaps,
            overlap_s: Duration::from_us(self.overlap_us),
        }
    }
}

/// To the microsecond, half to even.
fn rounded(value: Rational) -> Duration {
    Duration::from_us(value.rounded(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_are_apart_from_waits() {
        // Waits 1, 2 and 6 s: mean 3, median 2, p90 at 2.8 → 2 + 0.8 · 4 = 5.2 s.
        let mut times = WaitTimes::default();
        for seconds in [2, -5, 1, 6] {
            times.push(Method::Exact, seconds * 1_000_000);
        }
        let found = times.distribution(3);
        let statistics = found.duration_s.unwrap();
        assert_eq!(statistics.mean, Duration::from_us(3_000_000));
        assert_eq!(statistics.median, Duration::from_us(2_000_000));
        assert_eq!(statistics.p90, Duration::from_us(5_200_000));
        assert_eq!((found.count, found.overlaps), (3, 1));
        assert_eq!(found.overlap_s, Duration::from_us(5_000_000));
        // Width 5 s: two in 0–5, one in 5–10.
        assert_eq!(found.bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [2, 1]);
        assert!(WaitTimes::default().distribution(3).bins.is_empty());
    }
}
