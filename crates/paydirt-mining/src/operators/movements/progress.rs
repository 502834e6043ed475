//! How many cases are in progress over time? Counted in fine bins, told in at most 200.

use paydirt_model::event_log::LogContext;
use paydirt_model::number::Duration;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::seen::add;
use crate::statistics::bins::{Bins, Widths};

/// Most bins in which cases are counted.
const FINE_COUNT_MAX: usize = 20_000;
/// Most bins of the answer.
const BIN_COUNT_MAX: usize = 200;

/// Cases in progress, in equal bins.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CasesInProgress {
    /// First instant of the first bin.
    pub from: Option<Timestamp>,
    /// Width of each bin.
    pub width_s: Duration,
    /// For each bin how many of all cases, drawn or not, are in progress at some instant of it.
    pub cases: Vec<u64>,
}

/// How many cases appear and disappear in each fine bin.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Progress {
    starts: Vec<u64>,
    ends: Vec<u64>,
}

/// Equal bins over the whole log.
pub(super) fn fine_bins(log: &LogContext) -> Option<Bins> {
    let (first, last) = log.first_event_at.zip(log.last_event_at)?;
    let ends = (first.as_us(), last.as_us().max(first.as_us()));
    Some(Bins::new(Widths::Time, ends, FINE_COUNT_MAX))
}

fn place(bins: &Bins, us: i64) -> usize {
    let place = (i128::from(us) - bins.start).div_euclid(bins.width);
    usize::try_from(place.max(0)).expect("bins are few").min(bins.count - 1)
}

impl Progress {
    pub(super) fn prepare(&mut self, bins: &Bins) {
        self.starts.resize(bins.count, 0);
        self.ends.resize(bins.count, 0);
    }

    /// Adds a case from its first to its last instant.
    pub(super) fn add(&mut self, bins: &Bins, first_us: i64, last_us: i64) {
        self.starts[place(bins, first_us)] += 1;
        self.ends[place(bins, last_us)] += 1;
    }

    /// Adds what another worker counted.
    pub(super) fn merge(&mut self, other: &Progress) {
        add(&mut self.starts, &other.starts);
        add(&mut self.ends, &other.ends);
    }

    /// The bins from the first start to the last end.
    pub(super) fn answer(&self, fine: &Bins) -> Option<CasesInProgress> {
        let first = self.starts.iter().position(|&cases| cases > 0)?;
        let last = self.ends.iter().rposition(|&cases| cases > 0)?;
        let ends = (fine.edge(first), fine.edge(last));
        let bins = fine.coarser(Widths::Time, ends, BIN_COUNT_MAX);
        let (mut starts, mut ends) = (vec![0; bins.count], vec![0; bins.count]);
        for idx in first..=last {
            let place = (fine.edge(idx) - bins.start).div_euclid(bins.width);
            let place = usize::try_from(place).expect("bins are few");
            starts[place] += self.starts[idx];
            ends[place] += self.ends[idx];
        }
        let mut open = 0;
        let cases = starts.into_iter().zip(ends).map(|(starts, ends)| {
            let active = open + starts;
            open = active - ends;
            active
        });
        let cases = cases.collect();
        let from = i64::try_from(bins.start).ok().and_then(Timestamp::from_us);
        Some(CasesInProgress { from, width_s: Duration::from_us(bins.width), cases })
    }
}
