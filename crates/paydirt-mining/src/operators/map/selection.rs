//! What a map shows first: the slider value at which each activity and each path appears.
//!
//! Strength is the number of events; ties go by name. Activities: the smallest 8 to 18 that cover
//! 95 % of the events (all, if there are at most 18), or as many of the rarest. Paths: every
//! activity keeps its strongest incoming and outgoing path; then the strongest paths that connect
//! every activity with a start and an end; then by strength until 85 % of the transitions are
//! shown or 2.5 paths for each activity. The path slider is the share of transitions explained,
//! its left end the skeleton.

/// Fewest activities shown of a log with more than [`SHOWN_MAX`].
const SHOWN_MIN: usize = 8;
/// Most activities shown at first.
const SHOWN_MAX: usize = 18;

/// One path between activities given by position, with its strength.
#[derive(Debug, Clone, Copy)]
pub(in crate::operators) struct Link {
    pub(in crate::operators) from: usize,
    pub(in crate::operators) to: usize,
    pub(in crate::operators) events: u64,
}

/// When something appears, and whether it is shown at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::operators) struct Appearance {
    pub(in crate::operators) shown_from: u8,
    pub(in crate::operators) is_default: bool,
}

/// Which activities appear first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::operators) enum First {
    Strongest,
    Rarest,
}

/// The appearance of activities given their events in order of strength; `kept` are pinned.
pub(in crate::operators) fn activities(
    events: &[u64],
    kept: &[bool],
    first: First,
) -> Vec<Appearance> {
    let count = events.len();
    let total: u64 = events.iter().sum();
    let covers = |shown: usize| {
        let covered: u64 = events[..shown].iter().sum();
        u128::from(covered) * 100 >= u128::from(total) * 95
    };
    let shown = if count <= SHOWN_MAX {
        count
    } else {
        (SHOWN_MIN..SHOWN_MAX).find(|&shown| covers(shown)).unwrap_or(SHOWN_MAX)
    };
    let appearance = |place: usize| {
        let rank = match first {
            First::Strongest => place,
            First::Rarest => count - 1 - place,
        };
        Appearance {
            shown_from: if rank == 0 || kept[place] { 0 } else { percent(rank * 100 / count + 1) },
            is_default: rank < shown || kept[place],
        }
    };
    (0..count).map(appearance).collect()
}

fn percent(value: usize) -> u8 {
    u8::try_from(value.min(100)).expect("at most 100")
}

/// The appearance of paths given in order of strength.
pub(in crate::operators) fn paths(
    activity_count: usize,
    links: &[Link],
    starts: &[bool],
    ends: &[bool],
) -> Vec<Appearance> {
    let mut is_skeleton = strongest(activity_count, links);
    repair(links, starts, &mut is_skeleton, |link| (link.from, link.to));
    repair(links, ends, &mut is_skeleton, |link| (link.to, link.from));
    let total: u128 = links.iter().map(|link| u128::from(link.events)).sum();
    let mut shown: u128 = links
        .iter()
        .zip(&is_skeleton)
        .filter(|&(_, &is_skeleton)| is_skeleton)
        .map(|(link, _)| u128::from(link.events))
        .sum();
    let mut shown_count = is_skeleton.iter().filter(|&&is_skeleton| is_skeleton).count();
    let mut appearances = Vec::with_capacity(links.len());
    for (link, &is_skeleton) in links.iter().zip(&is_skeleton) {
        if is_skeleton {
            appearances.push(Appearance { shown_from: 0, is_default: true });
            continue;
        }
        let before = usize::try_from(shown * 100 / total).expect("at most 100");
        let is_default = shown * 100 < total * 85 && shown_count * 2 < activity_count * 5;
        appearances.push(Appearance { shown_from: percent(before + 1), is_default });
        shown += u128::from(link.events);
        shown_count += 1;
    }
    appearances
}

/// The strongest incoming and outgoing path of every activity, self-loops aside.
fn strongest(activity_count: usize, links: &[Link]) -> Vec<bool> {
    let mut has_incoming = vec![false; activity_count];
    let mut has_outgoing = vec![false; activity_count];
    links
        .iter()
        .map(|link| {
            if link.from == link.to {
                return false;
            }
            let is_first = !has_outgoing[link.from] || !has_incoming[link.to];
            has_outgoing[link.from] = true;
            has_incoming[link.to] = true;
            is_first
        })
        .collect()
}

/// Adds the strongest paths that reach what the chosen ones do not, from the seeds on.
fn repair(
    links: &[Link],
    seeds: &[bool],
    chosen: &mut [bool],
    direction: impl Fn(&Link) -> (usize, usize),
) {
    let mut is_reached = seeds.to_vec();
    loop {
        let mut grows = true;
        while grows {
            grows = false;
            for (link, _) in links.iter().zip(chosen.iter()).filter(|&(_, &chosen)| chosen) {
                let (from, to) = direction(link);
                if is_reached[from] && !is_reached[to] {
                    is_reached[to] = true;
                    grows = true;
                }
            }
        }
        let missing = links.iter().position(|link| {
            let (from, to) = direction(link);
            is_reached[from] && !is_reached[to]
        });
        match missing {
            Some(number) => chosen[number] = true,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: usize, to: usize, events: u64) -> Link {
        Link { from, to, events }
    }

    #[test]
    fn up_to_eighteen_activities_are_all_shown() {
        let shown = activities(&[5; 18], &[false; 18], First::Strongest);
        assert!(shown.iter().all(|appearance| appearance.is_default));
        assert_eq!(shown[0].shown_from, 0);
        assert_eq!(shown[17].shown_from, 95);
    }

    #[test]
    fn of_many_activities_the_fewest_that_cover_most_events_are_shown() {
        // 20 activities; the first nine have 96 of 107 · events: 9 × 100 = 900 of 911 ≥ 95 %,
        // eight have 800 of 911 = 87.8 %.
        let mut events = vec![100; 9];
        events.extend([1; 11]);
        let mut kept = vec![false; 20];
        kept[19] = true;
        let shown: Vec<bool> =
            activities(&events, &kept, First::Strongest).iter().map(|one| one.is_default).collect();
        assert_eq!(shown.iter().filter(|&&shown| shown).count(), 10);
        assert!(shown[8] && !shown[9] && shown[19]);
        // As many of the rarest: the last nine.
        let rarest = activities(&events, &[false; 20], First::Rarest);
        let shown: Vec<bool> = rarest.iter().map(|one| one.is_default).collect();
        assert_eq!(shown, [[false; 11].as_slice(), [true; 9].as_slice()].concat());
        assert_eq!([19, 18, 0].map(|place: usize| rarest[place].shown_from), [0, 6, 96]);
    }

    #[test]
    fn the_skeleton_connects_every_activity_with_start_and_end() {
        // 0 → 1 → 2 → 3 is strongest; 4 ⇄ 5 is an island tied to the rest by weak paths only.
        let links = [
            link(0, 1, 90),
            link(1, 2, 80),
            link(2, 3, 70),
            link(4, 5, 60),
            link(5, 4, 50),
            link(1, 4, 2),
            link(5, 3, 1),
            link(0, 3, 1),
        ];
        let starts = [true, false, false, false, false, false];
        let ends = [false, false, false, true, false, false];
        let shown = paths(6, &links, &starts, &ends);
        let skeleton: Vec<bool> = shown.iter().map(|a| a.shown_from == 0).collect();
        assert_eq!(skeleton, [true, true, true, true, true, true, true, false]);
        // 353 of 354 transitions are explained: the last path appears at 100.
        assert_eq!(shown[7].shown_from, 100);
        assert!(!shown[7].is_default);
    }

    #[test]
    fn weaker_paths_appear_by_share_explained() {
        let links = [link(0, 1, 50), link(1, 0, 30), link(0, 0, 15), link(1, 1, 5)];
        let shown = paths(2, &links, &[true, false], &[false, true]);
        // The skeleton explains 80 %; the first loop appears just above it, the second above 95.
        let from: Vec<u8> = shown.iter().map(|appearance| appearance.shown_from).collect();
        assert_eq!(from, [0, 0, 81, 96]);
        let default: Vec<bool> = shown.iter().map(|appearance| appearance.is_default).collect();
        assert_eq!(default, [true, true, true, false]);
    }
}
