//! How long do occurrences take, in four classes, and what happens in each period?

use paydirt_model::number::Duration;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::occurrences::Occurrence;
use crate::statistics::calendar::Periods;
use crate::statistics::duration_bag::{DurationStatistics, Method};
use crate::statistics::number_bag::{NumberBag, Rational};

/// How many classes: quartiles.
const CLASS_COUNT: usize = 4;

/// Occurrences of a class of durations.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpectrumClass {
    /// Its number, from 1.
    pub class: u8,
    /// Durations are above that of the class before, and at most this long: the 25th, 50th, 75th
    /// percentile, and the longest.
    pub to_s: Duration,
    /// How many occurrences; equal durations are of one class.
    pub occurrences: u64,
}

/// What happens in one period, by class of duration, shortest first.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpectrumBin {
    /// First day of the period in the time zone of the log.
    pub date: String,
    /// First instant of the period.
    pub start: Option<Timestamp>,
    /// Occurrences that start in it.
    pub starting: [u64; CLASS_COUNT],
    /// Occurrences that end in it.
    pub ending: [u64; CLASS_COUNT],
    /// Occurrences that have started before it and end after it.
    pub pending: [u64; CLASS_COUNT],
}

/// The classes of durations.
pub(super) struct Classes {
    durations: NumberBag,
    /// 25th, 50th, 75th and 90th percentile.
    quantiles: Vec<Rational>,
}

impl Classes {
    /// The quartiles of these durations; `None` without any.
    pub(super) fn of(all: &[Occurrence]) -> Option<Self> {
        let mut durations = NumberBag::default();
        for occurrence in all {
            durations.push(Method::Exact, occurrence.duration_us);
        }
        let spread = durations.spread(&[(1, 4), (1, 2), (3, 4), (9, 10)], &[])?;
        Some(Classes { durations, quantiles: spread.quantiles })
    }

    /// The place of the class of a duration.
    fn place(&self, duration_us: i64) -> usize {
        let is_above =
            |edge: &Rational| i128::from(duration_us) * edge.denominator > edge.numerator;
        self.quantiles[..CLASS_COUNT - 1].iter().filter(|edge| is_above(edge)).count()
    }

    /// The number of the class of a duration, from 1.
    pub(super) fn number(&self, duration_us: i64) -> u8 {
        u8::try_from(self.place(duration_us) + 1).expect("there are four classes")
    }

    /// The statistics of all durations.
    pub(super) fn statistics(&self) -> DurationStatistics {
        let (min, max) = self.durations.ends().expect("there is a duration");
        let mean = self.durations.mean().expect("there is a duration");
        let rounded = |value: Rational| Duration::from_us(value.rounded(0));
        DurationStatistics {
            min: Duration::from_us(min),
            mean: rounded(mean),
            median: rounded(self.quantiles[1]),
            p90: rounded(self.quantiles[3]),
            max: Duration::from_us(max),
            total: Duration::from_us(self.durations.total()),
        }
    }

    /// The classes, shortest first.
    pub(super) fn answer(&self, all: &[Occurrence]) -> Vec<SpectrumClass> {
        let mut counts = [0; CLASS_COUNT];
        for occurrence in all {
            counts[self.place(occurrence.duration_us)] += 1;
        }
        let (_, max) = self.durations.ends().expect("there is a duration");
        let edge = |idx: usize| match self.quantiles[..CLASS_COUNT - 1].get(idx) {
            Some(quantile) => Duration::from_us(quantile.rounded(0)),
            None => Duration::from_us(max),
        };
        let classes = (1_u8..).zip(counts).enumerate();
        let row = |(idx, (class, occurrences))| {
            let to_s = edge(idx);
            SpectrumClass { class, to_s, occurrences }
        };
        classes.map(row).collect()
    }
}

/// The bins from the first start to the last end.
pub(super) fn bins(
    periods: Option<&Periods>,
    classes: Option<&Classes>,
    all: &[Occurrence],
) -> Vec<SpectrumBin> {
    let (Some(periods), Some(classes)) = (periods, classes) else { return Vec::new() };
    let count = periods.len();
    let mut starting = vec![[0_u64; CLASS_COUNT]; count];
    let mut ending = starting.clone();
    // How many more are pending than in the period before.
    let mut more = vec![[0_i64; CLASS_COUNT]; count + 1];
    let (mut first, mut last) = (count, 0);
    for occurrence in all {
        let class = classes.place(occurrence.duration_us);
        let (start, end) = (periods.find(occurrence.start_us), periods.find(occurrence.end_us));
        starting[start][class] += 1;
        ending[end][class] += 1;
        if start < end {
            more[start + 1][class] += 1;
            more[end][class] -= 1;
        }
        (first, last) = (first.min(start), last.max(end));
    }
    let mut pending = [0_i64; CLASS_COUNT];
    (0..=last)
        .filter_map(|idx| {
            for (pending, more) in pending.iter_mut().zip(more[idx]) {
                *pending += more;
            }
            (first <= idx).then(|| SpectrumBin {
                date: periods.date(idx).to_string(),
                start: periods.start(idx),
                starting: starting[idx],
                ending: ending[idx],
                pending: pending.map(|pending| u64::try_from(pending).expect("no more end")),
            })
        })
        .collect()
}
