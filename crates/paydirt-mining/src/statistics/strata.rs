//! Which few of many stand for all of them? A sample in which every stratum has its share.
//!
//! Members of a stratum come in an order that has nothing to do with what they are, such as that
//! of a hash. The member at rank r (from 0) of a stratum of n has the key r ⁄ n, and the sample is
//! those with the smallest keys: each stratum gives at least one while there is room, and its
//! share to within one member. Proportional stratified sampling: Cochran, "Sampling Techniques"
//! (1977), section 5.5.

use std::cmp::Ordering;

use paydirt_model::event_log::LogContext;

use crate::statistics::calendar::{Granularity, PERIOD_COUNT_MAX, Periods};

/// Most strata of a log.
const STRATUM_COUNT_MAX: usize = 100;

/// Strata by time: days of the log, or weeks, months, quarters where there are more than 100, or
/// else stretches of years.
#[derive(Debug)]
pub(crate) struct TimeStrata(Option<Periods>);

impl TimeStrata {
    /// The strata of a log.
    pub(crate) fn of(log: &LogContext) -> Self {
        let usual = [Granularity::Day, Granularity::Week, Granularity::Month, Granularity::Quarter];
        let few = Periods::of_log(log, &usual, STRATUM_COUNT_MAX);
        let found = few.or_else(|_| Periods::of_log(log, &[Granularity::Year], PERIOD_COUNT_MAX));
        TimeStrata(found.ok().and_then(|(_, periods)| periods))
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.as_ref().map_or(1, |periods| periods.len().min(STRATUM_COUNT_MAX))
    }

    /// The stratum of an instant.
    #[inline]
    pub(crate) fn find(&self, us: i64) -> usize {
        let Some(periods) = &self.0 else { return 0 };
        let (period, count) = (periods.find(us), periods.len());
        if count <= STRATUM_COUNT_MAX { period } else { period * STRATUM_COUNT_MAX / count }
    }
}

/// The members of all strata, those first that a smaller sample would have too. `sizes` is how many
/// members each stratum has in all, given here or not; the order must be total.
pub(crate) fn stratified<T>(
    mut members: Vec<(usize, T)>,
    sizes: &[u64],
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    members.sort_unstable_by(|left, right| {
        left.0.cmp(&right.0).then_with(|| order(&left.1, &right.1))
    });
    let mut ranked: Vec<(u64, u64, T)> = Vec::with_capacity(members.len());
    let mut rank = 0;
    let mut latest = None;
    for (stratum, member) in members {
        rank = if latest == Some(stratum) { rank + 1 } else { 0 };
        latest = Some(stratum);
        ranked.push((rank, sizes[stratum], member));
    }
    ranked.sort_unstable_by(|left, right| {
        let key = u128::from(left.0) * u128::from(right.1);
        key.cmp(&(u128::from(right.0) * u128::from(left.1))).then_with(|| order(&left.2, &right.2))
    });
    ranked.into_iter().map(|(_, _, member)| member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_gives_one_and_then_its_share() {
        // Strata of 8, 4 and 1: keys 0 ⅛ ¼ ⅜ …; 0 ¼ ½ ¾; 0.
        let members = |stratum: usize, count: u32| {
            (0..count).map(move |n| (stratum, n * 10 + u32::try_from(stratum).unwrap()))
        };
        let all = members(0, 8).chain(members(1, 4)).chain(members(2, 1)).collect();
        let sample = stratified(all, &[8, 4, 1], u32::cmp);
        // Equal keys by number: ¼ is 11 and 20, ½ is 21 and 40, ¾ is 31 and 60.
        assert_eq!(sample, [0, 1, 2, 10, 11, 20, 30, 21, 40, 50, 31, 60, 70]);
    }

    #[test]
    fn a_stratum_may_be_given_in_part() {
        // The largest key given decides nothing: sizes are those of the whole.
        assert_eq!(stratified(vec![(1, 7), (0, 5), (0, 6)], &[100, 2], u32::cmp), [5, 7, 6]);
    }
}
