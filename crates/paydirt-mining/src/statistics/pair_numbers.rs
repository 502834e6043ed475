//! Which pairs occur? Numbers pairs of small numbers in the order of their appearance.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

/// Up to so many possible pairs are looked up in a table, which takes 4 × 512² bytes = 1 MiB.
const TABLE_CELL_MAX: usize = 512 * 512;

const UNKNOWN: u32 = u32::MAX;

/// Pairs and their numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PairNumbers {
    pairs: Vec<(u32, u32)>,
    #[serde(skip)]
    table: Vec<u32>,
    #[serde(skip)]
    sparse: HashMap<(u32, u32), u32, FxBuildHasher>,
}

impl PairNumbers {
    /// The pairs, by number.
    #[must_use]
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    /// Makes ready for first members below `rows` and second ones below `columns`, which must be
    /// the same in every call.
    pub fn prepare(&mut self, rows: usize, columns: usize) {
        let cell_count = rows.saturating_mul(columns);
        let is_table = cell_count <= TABLE_CELL_MAX;
        let pairs = (0..).zip(&self.pairs);
        if is_table && self.table.is_empty() {
            self.table = vec![UNKNOWN; cell_count];
            for (number, &(from, to)) in pairs {
                self.table[from as usize * columns + to as usize] = number;
            }
        } else if !is_table && self.sparse.len() != self.pairs.len() {
            self.sparse = pairs.map(|(number, &pair)| (pair, number)).collect();
        }
    }

    /// The number of a pair, new or known.
    #[inline]
    pub fn number(&mut self, columns: usize, from: u32, to: u32) -> u32 {
        if !self.table.is_empty() {
            let place = from as usize * columns + to as usize;
            let known = self.table[place];
            if known != UNKNOWN {
                return known;
            }
            let number = self.add(from, to);
            self.table[place] = number;
            return number;
        }
        if let Some(&known) = self.sparse.get(&(from, to)) {
            return known;
        }
        let number = self.add(from, to);
        self.sparse.insert((from, to), number);
        number
    }

    #[cold]
    fn add(&mut self, from: u32, to: u32) -> u32 {
        self.pairs.push((from, to));
        u32::try_from(self.pairs.len() - 1).expect("fewer pairs than 2^32")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_their_numbers_in_a_table_and_beyond() {
        for (rows, side) in [(3, 3), (4, 2), (3, TABLE_CELL_MAX)] {
            let mut numbers = PairNumbers::default();
            numbers.prepare(rows, side);
            let given = [(2, 1), (1, 0), (2, 1), (0, 0)];
            let found = given.map(|(from, to)| numbers.number(side, from, to));
            assert_eq!(found, [0, 1, 0, 2]);
            let shipped = serde_json::to_string(&numbers).unwrap();
            let mut received: PairNumbers = serde_json::from_str(&shipped).unwrap();
            received.prepare(rows, side);
            assert_eq!(received.number(side, 0, 0), 2);
            assert_eq!(received.pairs(), [(2, 1), (1, 0), (0, 0)]);
        }
    }
}
