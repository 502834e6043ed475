//! Which pairs occur? Numbers pairs of small numbers in the order of their appearance.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

/// Up to so many different members pairs are looked up in a square table, which takes
/// 4 × 512² bytes = 1 MiB.
const SQUARE_SIDE_MAX: usize = 512;

const UNKNOWN: u32 = u32::MAX;

/// Pairs and their numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PairNumbers {
    pairs: Vec<(u32, u32)>,
    #[serde(skip)]
    square: Vec<u32>,
    #[serde(skip)]
    sparse: HashMap<(u32, u32), u32, FxBuildHasher>,
}

impl PairNumbers {
    /// The pairs, by number.
    #[must_use]
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    /// Makes ready for members below `side`, which must be the same in every call.
    pub fn prepare(&mut self, side: usize) {
        let is_square = side <= SQUARE_SIDE_MAX;
        let pairs = (0..).zip(&self.pairs);
        if is_square && self.square.is_empty() {
            self.square = vec![UNKNOWN; side * side];
            for (number, &(from, to)) in pairs {
                self.square[from as usize * side + to as usize] = number;
            }
        } else if !is_square && self.sparse.len() != self.pairs.len() {
            self.sparse = pairs.map(|(number, &pair)| (pair, number)).collect();
        }
    }

    /// The number of a pair, new or known.
    #[inline]
    pub fn number(&mut self, side: usize, from: u32, to: u32) -> u32 {
        if side <= SQUARE_SIDE_MAX {
            let place = from as usize * side + to as usize;
            let known = self.square[place];
            if known != UNKNOWN {
                return known;
            }
            let number = self.add(from, to);
            self.square[place] = number;
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
    fn pairs_keep_their_numbers_in_a_square_and_beyond() {
        for side in [3, SQUARE_SIDE_MAX + 1] {
            let mut numbers = PairNumbers::default();
            numbers.prepare(side);
            let given = [(2, 1), (1, 2), (2, 1), (0, 0)];
            let found = given.map(|(from, to)| numbers.number(side, from, to));
            assert_eq!(found, [0, 1, 0, 2]);
            let shipped = serde_json::to_string(&numbers).unwrap();
            let mut received: PairNumbers = serde_json::from_str(&shipped).unwrap();
            received.prepare(side);
            assert_eq!(received.number(side, 0, 0), 2);
            assert_eq!(received.pairs(), [(2, 1), (1, 2), (0, 0)]);
        }
    }
}
