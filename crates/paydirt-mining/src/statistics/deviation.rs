//! How far do values scatter around their mean? The standard deviation of a sample, exactly.
//!
//! Of n values the square root of (n·Σx² − (Σx)²) / (n·(n − 1)), from integer sums of 256 bits,
//! rounded half to even to a whole number.

/// An unsigned number of 256 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    const ZERO: Wide = Wide { high: 0, low: 0 };

    fn product(left: u128, right: u128) -> Wide {
        let halves = |value: u128| (value >> 64, value & u128::from(u64::MAX));
        let ((a, b), (c, d)) = (halves(left), halves(right));
        let outer = Wide { high: a * c, low: b * d };
        let shifted = |middle: u128| Wide { high: middle >> 64, low: middle << 64 };
        outer.plus(shifted(a * d)).plus(shifted(b * c))
    }

    fn plus(self, other: Wide) -> Wide {
        let (low, carries) = self.low.overflowing_add(other.low);
        Wide { high: self.high + other.high + u128::from(carries), low }
    }

    fn minus(self, other: Wide) -> Wide {
        let (low, borrows) = self.low.overflowing_sub(other.low);
        Wide { high: self.high - other.high - u128::from(borrows), low }
    }

    fn times(self, factor: u128) -> Wide {
        let low = Wide::product(self.low, factor);
        Wide { high: low.high + self.high * factor, low: low.low }
    }
}

/// Sums from which a standard deviation is computed.
#[derive(Debug, Clone, Copy)]
pub struct Scatter {
    count: u64,
    total: i128,
    squares: Wide,
}

impl Default for Scatter {
    fn default() -> Self {
        Scatter { count: 0, total: 0, squares: Wide::ZERO }
    }
}

impl Scatter {
    /// Adds a value that occurs so many times.
    pub fn add(&mut self, value: i64, count: u64) {
        self.count += count;
        self.total += i128::from(value) * i128::from(count);
        let magnitude = u128::from(value.unsigned_abs());
        let square = magnitude * magnitude;
        let added = match count {
            1 => Wide { high: 0, low: square },
            _ => Wide::product(square, count.into()),
        };
        self.squares = self.squares.plus(added);
    }

    /// The standard deviation; `None` of fewer than two values.
    #[must_use]
    pub fn standard_deviation(&self) -> Option<u64> {
        if self.count < 2 {
            return None;
        }
        let count = u128::from(self.count);
        let total = self.total.unsigned_abs();
        let numerator = self.squares.times(count).minus(Wide::product(total, total));
        let denominator = count * (count - 1);
        let is_at_most_root = |value: u128, numerator: Wide| {
            Wide::product(value, value).times(denominator) <= numerator
        };
        let (mut root, mut step) = (0_u128, 1_u128 << 63);
        while step > 0 {
            if is_at_most_root(root + step, numerator) {
                root += step;
            }
            step >>= 1;
        }
        // Twice the root against 2·root + 1: above it round up, on it to even.
        let middle = 2 * root + 1;
        let four_times = numerator.times(4);
        let square = Wide::product(middle, middle).times(denominator);
        let is_up = square < four_times || (square == four_times && root % 2 == 1);
        u64::try_from(root + u128::from(is_up)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deviation(values: &[i64]) -> Option<u64> {
        let mut scatter = Scatter::default();
        for &value in values {
            scatter.add(value, 1);
        }
        scatter.standard_deviation()
    }

    #[test]
    fn the_divisor_is_one_less_than_the_count() {
        // 2 4 4 4 5 5 7 9 s: Σx = 40, Σx² = 232; √(32 / 7) = 2.138089935… s.
        let seconds = [2, 4, 4, 4, 5, 5, 7, 9].map(|seconds| seconds * 1_000_000);
        assert_eq!(deviation(&seconds), Some(2_138_090));
        assert_eq!(deviation(&[5, 5, 5]), Some(0));
        assert_eq!(deviation(&[5]), None);
        assert_eq!(deviation(&[]), None);
    }

    #[test]
    fn halves_go_to_even() {
        // (4·9 − 3²) / (4·3) = 2.25, the root 1.5; (4·25 − 5²) / (4·3) = 6.25, the root 2.5.
        assert_eq!(deviation(&[0, 0, 0, 3]), Some(2));
        assert_eq!(deviation(&[0, 0, 0, 5]), Some(2));
    }

    #[test]
    fn the_largest_values_do_not_overflow() {
        let far = 300_000_000_000_000_000;
        // Two values 2·far apart: √2·far.
        assert_eq!(deviation(&[far, -far]), Some(424_264_068_711_928_515));
        let mut scatter = Scatter::default();
        scatter.add(far, 1 << 40);
        scatter.add(-far, 1 << 40);
        // Of n = 2^41 values: far·√(n / (n − 1)) = far·(1 + 1 / 2n − …), which is 68,212 more.
        assert_eq!(scatter.standard_deviation(), Some(far.unsigned_abs() + 68_212));
    }
}
