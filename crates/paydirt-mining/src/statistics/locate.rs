//! Which value has a given rank, and how many values lie below an edge, without sorting them all?
//!
//! Values are counted in equal slices of their range; only the slices that hold a wanted rank or
//! edge are looked at again, in the same way, until they are small enough to sort.

/// Slices of a range, as a power of two: small enough to stay in the processor's cache.
const SLICE_BITS_MAX: u32 = 13;
/// Values that are sorted rather than sliced again.
const SORTED_MAX: usize = 4_096;

/// Values with their numbers of occurrences, in any order, the same value any number of times.
pub(crate) trait Runs {
    /// Calls `look` with every value and how often it occurs.
    fn for_each(&self, look: impl FnMut(i64, u64));
}

impl Runs for Vec<(i64, u64)> {
    fn for_each(&self, mut look: impl FnMut(i64, u64)) {
        for &(value, count) in self {
            look(value, count);
        }
    }
}

/// What was asked for, in the order of the questions.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// The value of each rank.
    pub(crate) values: Vec<i64>,
    /// How many values are below each edge.
    pub(crate) below: Vec<u64>,
}

/// The smallest and the largest value, and how many there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) count: u64,
}

/// Finds the values of ranks (from 0, below the count) and the counts below edges.
pub(crate) fn locate(runs: &impl Runs, extent: Extent, ranks: &[u64], edges: &[i64]) -> Located {
    let slices = Slices::count(runs, extent);
    let rank_slices: Vec<usize> = ranks.iter().map(|&rank| slices.of_rank(rank)).collect();
    let edge_slices: Vec<Option<usize>> = edges.iter().map(|&edge| slices.of_edge(edge)).collect();
    let mut wanted = rank_slices.clone();
    wanted.extend(edge_slices.iter().flatten());
    wanted.sort_unstable();
    wanted.dedup();
    let mut located = Located { values: vec![0; ranks.len()], below: vec![0; edges.len()] };
    for (below, &edge) in located.below.iter_mut().zip(edges) {
        *below = if edge <= extent.min { 0 } else { extent.count };
    }
    for (slice, members) in wanted.iter().zip(slices.members(runs, &wanted)) {
        let before = slices.before[*slice];
        let own_ranks: Vec<usize> = positions(&rank_slices, |&at| at == *slice);
        let own_edges: Vec<usize> = positions(&edge_slices, |&at| at == Some(*slice));
        let inner_ranks: Vec<u64> = own_ranks.iter().map(|&idx| ranks[idx] - before).collect();
        let inner_edges: Vec<i64> = own_edges.iter().map(|&idx| edges[idx]).collect();
        let inner = locate_within(members, &inner_ranks, &inner_edges);
        for (idx, value) in own_ranks.into_iter().zip(inner.values) {
            located.values[idx] = value;
        }
        for (idx, below) in own_edges.into_iter().zip(inner.below) {
            located.below[idx] = before + below;
        }
    }
    located
}

fn positions<T>(items: &[T], test: impl Fn(&T) -> bool) -> Vec<usize> {
    (0..items.len()).filter(|&idx| test(&items[idx])).collect()
}

fn locate_within(mut members: Vec<(i64, u64)>, ranks: &[u64], edges: &[i64]) -> Located {
    let values = || members.iter().map(|&(value, _)| value);
    let (Some(min), Some(max)) = (values().min(), values().max()) else {
        return Located { values: Vec::new(), below: vec![0; edges.len()] };
    };
    let count = members.iter().map(|&(_, count)| count).sum();
    if members.len() > SORTED_MAX && min < max {
        return locate(&members, Extent { min, max, count }, ranks, edges);
    }
    members.sort_unstable_by_key(|&(value, _)| value);
    let mut ends = Vec::with_capacity(members.len());
    let mut seen = 0;
    for &(_, count) in &members {
        seen += count;
        ends.push(seen);
    }
    let value_of = |&rank: &u64| members[ends.partition_point(|&end| end <= rank)].0;
    let below = |&edge: &i64| match members.partition_point(|&(value, _)| value < edge) {
        0 => 0,
        position => ends[position - 1],
    };
    Located {
        values: ranks.iter().map(value_of).collect(),
        below: edges.iter().map(below).collect(),
    }
}

/// How many values lie in and before each equal slice of a range.
struct Slices {
    extent: Extent,
    shift: u32,
    /// How many values are before each slice; one more entry than slices.
    before: Vec<u64>,
}

impl Slices {
    fn count(runs: &impl Runs, extent: Extent) -> Self {
        let range = extent.max.wrapping_sub(extent.min).cast_unsigned();
        let slice_bits = (64 - extent.count.leading_zeros()).clamp(1, SLICE_BITS_MAX);
        let shift = (64 - range.leading_zeros()).saturating_sub(slice_bits);
        let mut before = vec![0_u64; idx_of(range >> shift) + 2];
        runs.for_each(|value, count| {
            let offset = value.wrapping_sub(extent.min).cast_unsigned();
            before[idx_of(offset >> shift) + 1] += count;
        });
        for idx in 1..before.len() {
            before[idx] += before[idx - 1];
        }
        Slices { extent, shift, before }
    }

    fn of_rank(&self, rank: u64) -> usize {
        self.before.partition_point(|&before| before <= rank) - 1
    }

    /// The slice of an edge; `None` when no value or every value is below it.
    fn of_edge(&self, edge: i64) -> Option<usize> {
        let is_within = self.extent.min < edge && edge <= self.extent.max;
        is_within.then(|| self.of_value(edge))
    }

    fn of_value(&self, value: i64) -> usize {
        idx_of(value.wrapping_sub(self.extent.min).cast_unsigned() >> self.shift)
    }

    /// The values of some slices.
    fn members(&self, runs: &impl Runs, wanted: &[usize]) -> Vec<Vec<(i64, u64)>> {
        let mut number_of = vec![usize::MAX; self.before.len()];
        for (number, &slice) in wanted.iter().enumerate() {
            number_of[slice] = number;
        }
        let mut members = vec![Vec::new(); wanted.len()];
        runs.for_each(|value, count| {
            if let Some(members) = members.get_mut(number_of[self.of_value(value)]) {
                members.push((value, count));
            }
        });
        members
    }
}

fn idx_of(slice: u64) -> usize {
    usize::try_from(slice).expect("slices are counted in memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares with sorting for every rank and some edges.
    fn check(values: &[i64]) {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let extent =
            Extent { min: sorted[0], max: *sorted.last().unwrap(), count: sorted.len() as u64 };
        let step = sorted.len() / 50 + 1;
        let ranks: Vec<u64> = (0..sorted.len()).step_by(step).map(|rank| rank as u64).collect();
        let mut edges = vec![i64::MIN, extent.min, extent.max, i64::MAX];
        edges.extend(sorted.iter().step_by(step).map(|value| value.saturating_add(1)));
        let runs: Vec<(i64, u64)> = values.iter().map(|&value| (value, 1)).collect();
        let located = locate(&runs, extent, &ranks, &edges);
        let values: Vec<i64> =
            ranks.iter().map(|&rank| sorted[usize::try_from(rank).unwrap()]).collect();
        let below: Vec<u64> = edges
            .iter()
            .map(|&edge| sorted.partition_point(|&value| value < edge) as u64)
            .collect();
        assert_eq!(located, Located { values, below });
    }

    #[test]
    fn ranks_and_edges_are_those_of_the_sorted_values() {
        check(&[5]);
        check(&[3, 3, 3]);
        check(&[i64::MAX, i64::MIN + 1, 0]);
        let scattered = |count: i64, end: i64| -> Vec<i64> {
            (0..count).map(|n| n.wrapping_mul(0x5bd1_e995_9e37) % end - end / 2).collect()
        };
        check(&scattered(20_000, 1_000_003));
        check(&scattered(20_000, 50));
        check(&scattered(20_000, i64::MAX));
    }

    #[test]
    fn one_far_value_does_not_hide_the_many_near_ones() {
        let mut values: Vec<i64> = (0..20_000).map(|n| n * 7_919 % 10_007).collect();
        values.push(i64::MAX);
        check(&values);
    }
}
