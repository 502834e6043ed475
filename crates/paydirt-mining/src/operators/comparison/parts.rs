//! How is one activity, path or end compared, what rests on few cases, and what is ranked first?

use std::cmp::Reverse;

use paydirt_model::number::{Duration, Ratio};

use super::{ComparedEnd, DurationDifference, EndFigures, ItemDifference, SideFigures};
use crate::statistics::duration_bag::DurationStatistics;

/// How many cases both sides have, and how many are few.
pub(super) struct Comparing {
    pub(super) a: u64,
    pub(super) b: u64,
    pub(super) few_cases: u64,
}

/// Ranked before not ranked; then by size, falling.
pub(super) type Rank = (bool, Reverse<u128>);

impl Comparing {
    /// Whether both sides have enough cases to rank anything.
    pub(super) fn is_possible(&self) -> bool {
        self.few_cases.max(1) <= self.a.min(self.b)
    }

    pub(super) fn difference(&self, a: &SideFigures, b: &SideFigures) -> ItemDifference {
        ItemDifference {
            share: self.share_difference(a.cases, b.cases),
            few: self.is_few(a.cases, b.cases),
            duration_s: duration_difference(a.duration_s, b.duration_s),
            wait_s: duration_difference(a.wait_s, b.wait_s),
            few_times: a.cases.min(b.cases) < self.few_cases.max(1),
        }
    }

    pub(super) fn end(&self, activity: String, a: u64, b: u64) -> ComparedEnd {
        ComparedEnd {
            activity,
            a: EndFigures { cases: a, share: Ratio::of(a, self.a) },
            b: EndFigures { cases: b, share: Ratio::of(b, self.b) },
            share_difference: self.share_difference(a, b),
            few: self.is_few(a, b),
        }
    }

    pub(super) fn rank(&self, of: &ItemDifference, a: &SideFigures, b: &SideFigures) -> Rank {
        self.rank_of(of.few, a.cases, b.cases)
    }

    pub(super) fn rank_of_end(&self, end: &ComparedEnd) -> Rank {
        self.rank_of(end.few, end.a.cases, end.b.cases)
    }

    fn rank_of(&self, is_few: bool, a: u64, b: u64) -> Rank {
        let size = if is_few {
            u128::from(a) + u128::from(b)
        } else {
            let a = u128::from(a) * u128::from(self.b);
            a.abs_diff(u128::from(b) * u128::from(self.a))
        };
        (is_few, Reverse(size))
    }

    fn is_few(&self, a: u64, b: u64) -> bool {
        !self.is_possible() || a + b < self.few_cases
    }

    fn share_difference(&self, a: u64, b: u64) -> Option<Ratio> {
        let (all_a, all_b) = (i128::from(self.a), i128::from(self.b));
        Ratio::of(i128::from(a) * all_b - i128::from(b) * all_a, all_a * all_b)
    }
}

/// Counts without times, on a side of so many cases.
pub(super) fn counted(events: u64, cases: u64, side_cases: u64) -> SideFigures {
    let share = Ratio::of(cases, side_cases);
    SideFigures { events, cases, share, duration_s: None, wait_s: None }
}

/// A − B of what both have.
pub(super) fn duration_difference(
    a: Option<DurationStatistics>,
    b: Option<DurationStatistics>,
) -> Option<DurationDifference> {
    let (a, b) = (a?, b?);
    let minus = |a: Duration, b: Duration| Duration::from_us(a.as_us() - b.as_us());
    Some(DurationDifference {
        mean: minus(a.mean, b.mean),
        median: minus(a.median, b.median),
        p90: minus(a.p90, b.p90),
    })
}
