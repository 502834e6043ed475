//! Which rows come first in a total order? Keeps so many of any number of rows, and merges.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// The rows that come first, at most twice as many as wanted at any time.
///
/// Capacity and order are given with each call and must stay the same. The order must be total:
/// two rows never compare equal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BestRows<T> {
    rows: Vec<T>,
    /// Whether the row at position `capacity − 1` is the last of the best among those up to it.
    is_bounded: bool,
}

impl<T> Default for BestRows<T> {
    fn default() -> Self {
        BestRows { rows: Vec::new(), is_bounded: false }
    }
}

impl<T> BestRows<T> {
    /// A row that only better ones can still displace; `None` while any row is welcome.
    #[must_use]
    pub fn bound(&self, capacity: usize) -> Option<&T> {
        if self.is_bounded { self.rows.get(capacity.checked_sub(1)?) } else { None }
    }

    /// Takes the row in if it can be among the first `capacity`.
    pub fn offer(&mut self, capacity: usize, row: T, order: impl Fn(&T, &T) -> Ordering) {
        if capacity == 0 {
            return;
        }
        if let Some(bound) = self.bound(capacity)
            && order(&row, bound) != Ordering::Less
        {
            return;
        }
        self.rows.push(row);
        if self.rows.len() >= capacity.saturating_mul(2) || self.rows.len() == capacity {
            self.shrink(capacity, order);
        }
    }

    /// Takes in the rows of another worker.
    pub fn merge(&mut self, other: Self, capacity: usize, order: impl Fn(&T, &T) -> Ordering) {
        for row in other.rows {
            self.offer(capacity, row, &order);
        }
    }

    /// The first `capacity` rows, in order.
    #[must_use]
    pub fn into_sorted(mut self, capacity: usize, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
        self.rows.sort_unstable_by(order);
        self.rows.truncate(capacity);
        self.rows
    }

    /// The first `capacity` rows, in any order.
    #[must_use]
    pub fn into_rows(mut self, capacity: usize, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
        if self.rows.len() > capacity {
            self.shrink(capacity, order);
        }
        self.rows
    }

    fn shrink(&mut self, capacity: usize, order: impl Fn(&T, &T) -> Ordering) {
        self.rows.select_nth_unstable_by(capacity - 1, order);
        self.rows.truncate(capacity);
        self.is_bounded = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rows_are_kept_however_they_come() {
        let numbers: Vec<u32> = (0..1_000).map(|n| n * 7_919 % 1_009).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        for capacity in [0, 1, 2, 3, 50, 2_000] {
            let (mut left, mut right) = (BestRows::default(), BestRows::default());
            for (idx, &number) in numbers.iter().enumerate() {
                let side = if idx % 3 == 0 { &mut left } else { &mut right };
                side.offer(capacity, number, u32::cmp);
            }
            left.merge(right, capacity, u32::cmp);
            let wanted = &sorted[..capacity.min(1_000)];
            assert_eq!(left.clone().into_sorted(capacity, u32::cmp), wanted);
            let mut rows = left.into_rows(capacity, u32::cmp);
            rows.sort_unstable();
            assert_eq!(rows, wanted);
        }
    }
}
