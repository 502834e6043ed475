//! Where each event of one case stands: effective times of day-precision events, and ties.
//!
//! Two steps, both pure. [`effective_times`] gives every event the instant by which its case is
//! ordered; [`order`] sorts by it and settles equal instants. Ranks, records and sequences come
//! from the caller: this file does not know which process it orders.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::time::{DAY_US, LAST_US, Precision, Timestamp};

/// What is known about one event before its place is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Time as recorded; for day precision the local midnight with which the date begins.
    pub recorded_us: i64,
    /// How precisely the time is known.
    pub precision: Precision,
    /// Canonical rank of the activity. An activity without one sorts after all ranked ones.
    pub rank: Option<u16>,
    /// The source record the event comes from, numbered in the order of the record ids.
    pub record: u64,
    /// The position of the event within its source record, where the source tells it.
    pub sequence: Option<u32>,
}

/// Where a day-precision event stands when no later event of its day has a higher rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayPosition {
    /// The first instant of the local day.
    Start,
    /// Local noon.
    Noon,
    /// The last microsecond of the local day.
    End,
}

/// The effective time of each event, in the order given.
///
/// An event known to the minute or better keeps its time. An event known to the day stands after
/// every same-day instant event of lower or equal rank and before the first later one of higher
/// rank; without such a one, at `position`.
#[must_use]
pub fn effective_times(events: &[Occurrence], position: DayPosition, zone: &TimeZone) -> Vec<i64> {
    if events.iter().all(|event| event.precision != Precision::Day) {
        return events.iter().map(|event| event.recorded_us).collect();
    }
    let mut instants: Vec<(i64, u32)> = events
        .iter()
        .filter(|event| event.precision != Precision::Day)
        .map(|event| (event.recorded_us, rank_key(event.rank)))
        .collect();
    instants.sort_unstable();
    // A case may have very many events of one day and rank.
    let mut known: FxHashMap<(i64, u32), i64> = FxHashMap::default();
    let mut place = |event: &Occurrence| {
        let (start_us, rank) = (event.recorded_us, rank_key(event.rank));
        *known
            .entry((start_us, rank))
            .or_insert_with(|| place_in_day(start_us, rank, &instants, position, zone))
    };
    events
        .iter()
        .map(|event| match event.precision {
            Precision::Instant | Precision::Minute => event.recorded_us,
            Precision::Day => place(event),
        })
        .collect()
}

/// The place of a day that begins at `start_us`, among instants and their ranks in order.
fn place_in_day(
    start_us: i64,
    rank: u32,
    instants: &[(i64, u32)],
    position: DayPosition,
    zone: &TimeZone,
) -> i64 {
    let end_us = next_midnight(start_us, zone);
    let before = |us: i64| instants.partition_point(|&(other_us, _)| other_us < us);
    let same_day = &instants[before(start_us)..before(end_us)];
    let last_before = same_day
        .iter()
        .rfind(|&&(_, other)| other <= rank)
        .map_or(start_us, |&(other_us, _)| other_us);
    let first_after =
        same_day.iter().find(|&&(other_us, other)| other > rank && last_before <= other_us);
    // Sharing the instant of the event of higher rank is enough: the tie is settled by rank.
    first_after.map_or_else(
        || {
            let wanted_us = match position {
                DayPosition::Start => start_us,
                DayPosition::Noon => local_noon(start_us, zone),
                DayPosition::End => end_us - 1,
            };
            wanted_us.min(LAST_US).max(last_before)
        },
        |&(other_us, _)| other_us,
    )
}

/// The positions of the events in the order of their case.
///
/// Events are ordered by effective time. At one instant, events of one record that carry a
/// sequence form a chain that is never broken; the heads of the chains and all other events are
/// taken by rank, then instant before day, then record, then position in the input.
#[must_use]
pub fn order(events: &[Occurrence], effective_us: &[i64]) -> Vec<usize> {
    assert_eq!(events.len(), effective_us.len(), "one effective time for each event");
    let key = |idx: usize| {
        let event = &events[idx];
        (rank_key(event.rank), event.precision == Precision::Day, event.tie_record(), idx)
    };
    let mut positions: Vec<usize> = (0..events.len()).collect();
    positions.sort_unstable_by_key(|&idx| (effective_us[idx], key(idx)));
    for tied in positions.chunk_by_mut(|&left, &right| effective_us[left] == effective_us[right]) {
        keep_chains(tied, events);
    }
    positions
}

impl Occurrence {
    /// Unranked events of one instant keep their source order, so their record does not count.
    fn tie_record(&self) -> u64 {
        if self.rank.is_some() { self.record } else { 0 }
    }
}

/// Takes, of events already sorted by key, always the first whose chain allows it.
fn keep_chains(tied: &mut [usize], events: &[Occurrence]) {
    if tied.iter().filter(|&&idx| events[idx].sequence.is_some()).nth(1).is_none() {
        return;
    }
    let mut chained: Vec<(u64, u32, usize)> = Vec::new();
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    for (place, &idx) in tied.iter().enumerate() {
        match events[idx].sequence {
            Some(sequence) => chained.push((events[idx].record, sequence, place)),
            None => free.push(Reverse(place)),
        }
    }
    // Links of a chain that bear one number are free together.
    chained.sort_unstable();
    let links: Vec<&[(u64, u32, usize)]> =
        chained.chunk_by(|left, right| (left.0, left.1) == (right.0, right.1)).collect();
    let mut link_of: Vec<Option<usize>> = vec![None; tied.len()];
    let mut waiting: Vec<usize> = links.iter().map(|link| link.len()).collect();
    for (link_idx, link) in links.iter().enumerate() {
        let is_first = link_idx == 0 || links[link_idx - 1][0].0 != link[0].0;
        for &(_, _, place) in *link {
            link_of[place] = Some(link_idx);
            if is_first {
                free.push(Reverse(place));
            }
        }
    }
    let sorted = tied.to_vec();
    for slot in tied.iter_mut() {
        let Reverse(place) = free.pop().expect("the lowest number of a chain is always free");
        *slot = sorted[place];
        let Some(link_idx) = link_of[place] else { continue };
        waiting[link_idx] -= 1;
        let next = links.get(link_idx + 1).filter(|next| next[0].0 == links[link_idx][0].0);
        if let (0, Some(next)) = (waiting[link_idx], next) {
            free.extend(next.iter().map(|&(_, _, place)| Reverse(place)));
        }
    }
}

fn rank_key(rank: Option<u16>) -> u32 {
    rank.map_or(u32::MAX, u32::from)
}

/// The first instant of the local day after the one that begins at `start_us`.
fn next_midnight(start_us: i64, zone: &TimeZone) -> i64 {
    if *zone == TimeZone::UTC {
        return start_us + DAY_US;
    }
    let next = Timestamp::from_us(start_us)
        .and_then(|start| start.to_jiff().to_zoned(zone.clone()).tomorrow().ok())
        .and_then(|tomorrow| tomorrow.start_of_day().ok());
    next.map_or(start_us + DAY_US, |midnight| midnight.timestamp().as_microsecond())
}

fn local_noon(start_us: i64, zone: &TimeZone) -> i64 {
    let noon = Timestamp::from_us(start_us)
        .and_then(|start| start.to_jiff().to_zoned(zone.clone()).with().hour(12).build().ok());
    noon.map_or(start_us + DAY_US / 2, |noon| noon.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::HOUR_US;

    const DAY: i64 = 20_000 * DAY_US;

    fn instant(hour: i64, rank: u16) -> Occurrence {
        Occurrence {
            recorded_us: DAY + hour * HOUR_US,
            precision: Precision::Instant,
            rank: Some(rank),
            record: 0,
            sequence: None,
        }
    }

    fn day(rank: u16) -> Occurrence {
        Occurrence { precision: Precision::Day, ..instant(0, rank) }
    }

    fn placed(events: &[Occurrence], position: DayPosition) -> (Vec<i64>, Vec<usize>) {
        let times = effective_times(events, position, &TimeZone::UTC);
        let positions = order(events, &times);
        (times.iter().map(|time_us| (time_us - DAY) / HOUR_US).collect(), positions)
    }

    #[test]
    fn a_day_stands_between_the_lower_and_the_higher_rank() {
        // lead-to-cash 4.2, edge check (ix): quote accepted at 16:00 (80), contract signed on
        // the day (90), sales order created at 18:00 (110).
        let events = [day(90), instant(18, 110), instant(16, 80)];
        assert_eq!(placed(&events, DayPosition::End), (vec![18, 18, 16], vec![2, 0, 1]));
    }

    #[test]
    fn a_day_without_a_later_higher_rank_stands_at_the_chosen_position() {
        let events = [instant(10, 80), day(90)];
        assert_eq!(placed(&events, DayPosition::End), (vec![10, 23], vec![0, 1]));
        assert_eq!(placed(&events, DayPosition::Noon), (vec![10, 12], vec![0, 1]));
        // Not before the lower rank, whatever the position.
        assert_eq!(placed(&events, DayPosition::Start), (vec![10, 10], vec![0, 1]));
    }

    #[test]
    fn a_higher_rank_before_the_last_lower_one_does_not_hold_a_day_back() {
        // 9:00 rank 100, 16:00 rank 80: a day of rank 90 must follow 16:00, so it ends the day.
        let events = [instant(9, 100), day(90), instant(16, 80)];
        assert_eq!(placed(&events, DayPosition::End), (vec![9, 23, 16], vec![0, 2, 1]));
    }

    #[test]
    fn an_equal_rank_stands_before_the_day() {
        let events = [day(90), Occurrence { record: 7, ..instant(16, 90) }];
        assert_eq!(placed(&events, DayPosition::Start), (vec![16, 16], vec![1, 0]));
    }

    #[test]
    fn days_of_one_date_follow_their_ranks_then_their_records() {
        let second = Occurrence { record: 2, ..day(130) };
        let events = [day(140), second, Occurrence { record: 1, ..day(130) }];
        assert_eq!(placed(&events, DayPosition::End).1, vec![2, 1, 0]);
    }

    #[test]
    fn an_unranked_event_follows_the_ranked_ones_and_keeps_source_order() {
        let unranked = |record| Occurrence { rank: None, record, ..instant(9, 0) };
        let events = [unranked(9), unranked(3), instant(9, 150)];
        assert_eq!(placed(&events, DayPosition::End).1, vec![2, 0, 1]);
    }

    #[test]
    fn a_record_keeps_its_sequence_against_the_ranks() {
        let chained =
            |rank, sequence| Occurrence { record: 5, sequence: Some(sequence), ..instant(9, rank) };
        // Rank alone would give 30, 40, 50; the chain of record 5 is 50 before 30.
        let events = [chained(50, 1), instant(9, 40), chained(30, 2)];
        assert_eq!(placed(&events, DayPosition::End).1, vec![1, 0, 2]);
    }

    #[test]
    fn the_day_of_a_zone_may_have_23_hours() {
        // Paris, 2025-03-30: 2025-03-29T23:00Z to 2025-03-30T22:00Z.
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let at = |text: &str| Timestamp::parse(text).unwrap().as_us();
        let event = Occurrence {
            recorded_us: at("2025-03-29T23:00:00Z"),
            precision: Precision::Day,
            rank: Some(130),
            record: 0,
            sequence: None,
        };
        let times = effective_times(&[event], DayPosition::End, &paris);
        assert_eq!(times, vec![at("2025-03-30T22:00:00Z") - 1]);
        let times = effective_times(&[event], DayPosition::Noon, &paris);
        assert_eq!(times, vec![at("2025-03-30T10:00:00Z")]);
    }

    /// Takes the first free event again and again, as the rule says it.
    fn chains_by_the_rule(sorted: &[usize], events: &[Occurrence]) -> Vec<usize> {
        let mut waiting = sorted.to_vec();
        let mut taken = Vec::new();
        while !waiting.is_empty() {
            let is_free = |&candidate: &usize| {
                let event = &events[candidate];
                waiting.iter().all(|&other| {
                    let rival = &events[other];
                    event.sequence.is_none()
                        || rival.record != event.record
                        || rival.sequence.is_none_or(|before| event.sequence <= Some(before))
                })
            };
            let next = waiting.iter().position(is_free).unwrap();
            taken.push(waiting.remove(next));
        }
        taken
    }

    #[test]
    fn chains_are_kept_as_the_rule_says() {
        let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut below = |bound: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % bound
        };
        for _ in 0..2_000 {
            let count = below(12);
            let events: Vec<Occurrence> = (0..count)
                .map(|_| Occurrence {
                    rank: (below(4) > 0).then(|| u16::try_from(below(4)).unwrap()),
                    record: below(3),
                    sequence: (below(3) > 0).then(|| u32::try_from(below(4)).unwrap()),
                    ..instant(9, 0)
                })
                .collect();
            let unchained: Vec<Occurrence> =
                events.iter().map(|&event| Occurrence { sequence: None, ..event }).collect();
            let times = vec![DAY; events.len()];
            let sorted = order(&unchained, &times);
            assert_eq!(order(&events, &times), chains_by_the_rule(&sorted, &events), "{events:?}");
        }
    }
}
