//! Into which equal bins does a range of numbers fall, with edges that are easy to read?
//!
//! The width is the smallest of a fixed list that needs at most the wanted number of bins: 1, 2 or
//! 5 times a power of ten; for times also the usual parts of minutes, hours and days. Edges are
//! multiples of the width. A bin holds its lower edge and not its upper one.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US};

/// Bins of a distribution at most, unless said.
const BIN_COUNT: u64 = 30;

/// Most bins that can be asked for.
const BIN_COUNT_MAX: u64 = 200;

/// How many bins there may be, as a question asks for in its parameter `bins`.
///
/// # Errors
/// [`ErrorCode::OverLimit`] below 2 or above 200.
pub fn bin_count_max(asked: Option<u64>) -> Result<usize, Problem> {
    let bins = asked.unwrap_or(BIN_COUNT);
    if !(2..=BIN_COUNT_MAX).contains(&bins) {
        let detail = say!(
            "{bins} {bins|bin was|bins were} asked for; from 2 to {max} can be.",
            bins,
            max = BIN_COUNT_MAX
        );
        return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter("bins"));
    }
    Ok(usize::try_from(bins).expect("bins are few"))
}

/// Which widths are easy to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widths {
    /// 1, 2 or 5 times a power of ten.
    Decimal,
    /// Microseconds: as decimals below a second and above a day; between them 1, 2, 5, 10, 15, 30
    /// seconds or minutes and 1, 2, 3, 6, 12 hours.
    Time,
}

/// Equal bins of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bins {
    /// Lower edge of the first bin.
    pub start: i128,
    /// Width of every bin.
    pub width: i128,
    /// How many bins.
    pub count: usize,
}

impl Bins {
    /// The bins of the range from `min` to `max`, both included: at most `count_max` of them.
    ///
    /// # Panics
    /// `count_max` is below 2: with edges at multiples, any width may cut a range in two.
    #[must_use]
    pub fn new(widths: Widths, (min, max): (i64, i64), count_max: usize) -> Self {
        Bins::of_widths(widths.all(), (min.into(), max.into()), count_max)
    }

    /// Bins of a part of the range, from `min` to `max`, at most `count_max` of them, each of which
    /// is made of whole bins of these.
    ///
    /// # Panics
    /// `count_max` is below 2.
    #[must_use]
    pub fn coarser(&self, widths: Widths, (min, max): (i128, i128), count_max: usize) -> Self {
        let whole = widths.all().filter(|width| width % self.width == 0);
        Bins::of_widths(whole, (min, max), count_max)
    }

    fn of_widths(
        mut widths: impl Iterator<Item = i128>,
        (min, max): (i128, i128),
        count_max: usize,
    ) -> Self {
        assert!(count_max >= 2, "a range may lie on both sides of an edge");
        let bins_of = |width: i128| {
            let first = min.div_euclid(width);
            let count = usize::try_from(max.div_euclid(width) - first + 1).unwrap_or(usize::MAX);
            Bins { start: first * width, width, count }
        };
        let few = |width| Some(bins_of(width)).filter(|bins| bins.count <= count_max);
        widths.find_map(few).expect("the widths grow beyond any range")
    }

    /// The edges between the bins, all of them within the range of the numbers.
    #[must_use]
    pub fn inner_edges(&self) -> Vec<i64> {
        (1..self.count)
            .map(|idx| i64::try_from(self.edge(idx)).expect("an inner edge is within the range"))
            .collect()
    }

    /// The lower edge of a bin.
    #[must_use]
    pub fn edge(&self, idx: usize) -> i128 {
        self.start + self.width * i128::try_from(idx).expect("bins are few")
    }

    /// How many numbers each bin holds, from how many are below each inner edge.
    #[must_use]
    pub fn counts(&self, below: &[u64], total: u64) -> Vec<u64> {
        let ends = below.iter().copied().chain([total]);
        let starts = [0].into_iter().chain(below.iter().copied());
        ends.zip(starts).map(|(end, start)| end - start).collect()
    }
}

impl Widths {
    fn all(self) -> impl Iterator<Item = i128> {
        let (second, day) = (i128::from(SECOND_US), i128::from(DAY_US));
        let times = match self {
            Widths::Decimal => Vec::new(),
            Widths::Time => [SECOND_US, MINUTE_US]
                .into_iter()
                .flat_map(|unit| [1, 2, 5, 10, 15, 30].map(|times| unit * times))
                .chain([1, 2, 3, 6, 12].map(|times| HOUR_US * times))
                .map(i128::from)
                .collect(),
        };
        let (below, unit) = match self {
            Widths::Decimal => (i128::MAX, 1),
            Widths::Time => (second, day),
        };
        let decimals = || (0..24).flat_map(|power| [1, 2, 5].map(|n| n * 10_i128.pow(power)));
        let above = decimals().map(move |width| width * unit);
        let small = decimals().take_while(move |&width| width < below);
        small.chain(times).chain(above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_multiples_of_a_width_that_is_easy_to_read() {
        // 3 to 97 with at most 20 bins: width 5 gives 0, 5, …, 95, which are 20.
        let bins = Bins::new(Widths::Decimal, (3, 97), 20);
        assert_eq!(bins, Bins { start: 0, width: 5, count: 20 });
        // 3 to 100 needs a 21st bin of 5, so 10.
        assert_eq!(Bins::new(Widths::Decimal, (3, 100), 20).width, 10);
        assert_eq!(
            Bins::new(Widths::Decimal, (-7, -7), 20),
            Bins { start: -7, width: 1, count: 1 }
        );
        assert_eq!(
            Bins::new(Widths::Decimal, (-7, 7), 2),
            Bins { start: -10, width: 10, count: 2 }
        );
    }

    #[test]
    fn times_are_cut_at_parts_of_minutes_hours_and_days() {
        let width = |max: i64| Bins::new(Widths::Time, (0, max), 30).width;
        assert_eq!(width(29 * HOUR_US), i128::from(HOUR_US));
        assert_eq!(width(30 * HOUR_US), i128::from(2 * HOUR_US));
        assert_eq!(width(20 * DAY_US), i128::from(DAY_US));
        assert_eq!(width(300 * DAY_US), i128::from(20 * DAY_US));
        assert_eq!(width(7 * MINUTE_US), i128::from(15 * SECOND_US));
        assert_eq!(width(100), 5);
        assert_eq!(width(0), 1);
    }

    #[test]
    fn coarser_bins_are_made_of_whole_finer_ones() {
        // Of 2 s: not 5 s, which has fewer bins, but 10 s.
        let fine = Bins::new(Widths::Time, (0, 39 * SECOND_US), 20);
        assert_eq!(fine.width, i128::from(2 * SECOND_US));
        let second = i128::from(SECOND_US);
        let bins = fine.coarser(Widths::Time, (7 * second, 39 * second), 8);
        assert_eq!(bins, Bins { start: 0, width: 10 * second, count: 4 });
    }

    #[test]
    fn the_widest_range_has_bins() {
        let bins = Bins::new(Widths::Time, (i64::MIN + 1, i64::MAX), 20);
        assert!(bins.count <= 20);
        assert_eq!(bins.inner_edges().len(), bins.count - 1);
        assert_eq!(Bins::new(Widths::Decimal, (i64::MIN + 1, i64::MAX), 2).count, 2);
    }

    #[test]
    fn counts_are_differences_of_what_is_below() {
        let bins = Bins::new(Widths::Decimal, (0, 29), 3);
        assert_eq!((bins.inner_edges(), bins.edge(3)), (vec![10, 20], 30));
        assert_eq!(bins.counts(&[4, 9], 10), [4, 5, 1]);
    }
}
