//! Which numbers chance gives: a seeded generator that answers the same on every machine.
//!
//! xoshiro256** 1.0 (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM
//! Trans. Math. Softw. 47(4), 2021), seeded by SplitMix64 (Steele, Lea and Flood, "Fast Splittable
//! Pseudorandom Number Generators", OOPSLA 2014). Only integers: no logarithm, no power, so no
//! mathematical library of a platform can change a value.

/// One million: the whole, where a chance is given in millionths.
pub const WHOLE_PPM: u64 = 1_000_000;

/// A stream of numbers that belongs to one thing of the world.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
}

/// Which kind of thing a stream belongs to, so that streams of one number never meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// What is built once: owners, rates.
    Frame = 1,
    /// A pair of deals that may share a customer and an invoice.
    Pair = 2,
    /// One deal.
    Deal = 3,
    /// One company.
    Company = 4,
    /// The leads around a deal that came to nothing.
    Lead = 5,
    /// The faults of the raw tables.
    Dirt = 6,
}

/// One step of SplitMix64: scrambles a number.
#[must_use]
pub fn scramble(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Random {
    /// The stream of one thing: a pure function of the world's seed, the domain and the number.
    #[must_use]
    pub fn of(seed: u64, domain: Domain, number: u64) -> Self {
        let mut key = scramble(scramble(seed ^ ((domain as u64) << 56)) ^ number);
        let mut state = [0; 4];
        for word in &mut state {
            key = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
            *word = scramble(key);
        }
        Random { state }
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        let result = self.state[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = self.state[1] << 17;
        self.state[2] ^= self.state[0];
        self.state[3] ^= self.state[1];
        self.state[1] ^= self.state[2];
        self.state[0] ^= self.state[3];
        self.state[2] ^= shifted;
        self.state[3] = self.state[3].rotate_left(45);
        result
    }

    /// A number from 0 to `limit` − 1. The bias of the multiplication is below 2⁻³² here.
    #[inline]
    pub fn below(&mut self, limit: u64) -> u64 {
        assert!(limit > 0, "there must be something to choose from");
        let product = u128::from(self.bits()) * u128::from(limit);
        u64::try_from(product >> 64).expect("the high half of a product fits")
    }

    /// A number from `first` to `last`, both included.
    #[inline]
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        assert!(first <= last, "a range runs upwards");
        let width = u64::try_from(last - first + 1).expect("a range is not negative");
        first + i64::try_from(self.below(width)).expect("a range fits")
    }

    /// Whether something of this chance (in millionths) happens.
    #[inline]
    pub fn happens(&mut self, chance_ppm: u64) -> bool {
        self.below(WHOLE_PPM) < chance_ppm
    }

    /// One of the items, each as likely as the others.
    #[inline]
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let count = u64::try_from(items.len()).expect("a list fits");
        &items[usize::try_from(self.below(count)).expect("a position fits")]
    }

    /// The position of one of the weights, each as likely as its weight says.
    #[inline]
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|&weight| u64::from(weight)).sum();
        let mut rest = self.below(total);
        for (idx, &weight) in weights.iter().enumerate() {
            if rest < u64::from(weight) {
                return idx;
            }
            rest -= u64::from(weight);
        }
        unreachable!("the rest is below the total of the weights")
    }

    /// A number whose deciles are these: between two deciles all numbers are as likely.
    #[inline]
    pub fn quantile(&mut self, deciles: &[i64; 11]) -> i64 {
        let position = self.below(10_000);
        let step = usize::try_from(position / 1_000).expect("a decile fits");
        let within = i64::try_from(position % 1_000).expect("a rest fits");
        deciles[step] + (deciles[step + 1] - deciles[step]) * within / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        // SplitMix64 from 1234567, as in the published test vector of the reference code.
        assert_eq!(scramble(1_234_567), 6_457_827_717_110_365_317);
        // xoshiro256** from state 1, 2, 3, 4: the first outputs of the reference code.
        let mut random = Random { state: [1, 2, 3, 4] };
        assert_eq!([random.bits(), random.bits(), random.bits()], [11_520, 0, 1_509_978_240]);
    }

    #[test]
    fn a_range_includes_its_ends() {
        let mut random = Random::of(1, Domain::Frame, 0);
        let drawn: Vec<i64> = (0..200).map(|_| random.between(-1, 1)).collect();
        assert_eq!(drawn.iter().min(), Some(&-1));
        assert_eq!(drawn.iter().max(), Some(&1));
    }
}
