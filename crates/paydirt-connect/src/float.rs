//! Which decimal number does a binary floating-point number mean?

use paydirt_model::event_chunk::DECIMAL_SCALE_MAX;
use paydirt_model::number::Decimal;

/// Beyond this many places every double of 17 digits rounds to the same: zero, not exactly.
const SCALE_MAX: u8 = DECIMAL_SCALE_MAX + 20;

/// The shortest decimal number that reads as this double; `None` when it is not finite or beyond
/// 64 bits.
pub(crate) fn shortest(double: f64) -> Option<Decimal> {
    short(double).or_else(|| from_digits(double.is_finite(), &format!("{double:e}")))
}

/// The shortest decimal number that reads as this number of single precision.
pub(crate) fn shortest_of_single(single: f32) -> Option<Decimal> {
    from_digits(single.is_finite(), &format!("{single:e}"))
}

/// Numbers of few digits, without writing them out: the quotient of two whole doubles is rounded
/// correctly, so if it is the number, its decimal digits read as the number.
fn short(double: f64) -> Option<Decimal> {
    const POWERS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    if double.is_nan() || double.abs() >= 1e9 {
        return None;
    }
    (0..).zip(POWERS).find_map(|(scale, power)| {
        let whole = (double * power).round();
        (whole / power == double).then(|| Decimal::new(whole as i128, scale))
    })
}

fn from_digits(is_finite: bool, text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once('e').filter(|_| is_finite)?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits = Decimal::parse(digits)?;
    let scale = i32::from(digits.scale) - exponent;
    if scale <= 0 {
        let power = 10_i128.checked_pow(scale.unsigned_abs())?;
        return Some(Decimal::new(digits.mantissa.checked_mul(power)?, 0));
    }
    let scale = u8::try_from(scale).unwrap_or(u8::MAX);
    if scale > SCALE_MAX {
        return Some(Decimal::new(digits.mantissa.signum(), SCALE_MAX));
    }
    Some(Decimal::new(digits.mantissa, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_form_of_a_double_is_exact() {
        assert_eq!(shortest(0.1), Some(Decimal::new(1, 1)));
        assert_eq!(shortest(-1234.5), Some(Decimal::new(-12_345, 1)));
        assert_eq!(shortest(1e18), Some(Decimal::new(10_i128.pow(18), 0)));
        assert_eq!(shortest(-0.0), Some(Decimal::new(0, 0)));
        let (tiny, is_exact) = shortest(5e-324).unwrap().at_scale(DECIMAL_SCALE_MAX);
        assert_eq!((tiny, is_exact), (0, false));
        assert_eq!(shortest(f64::NAN), None);
        assert_eq!(shortest(f64::INFINITY), None);
        assert_eq!(shortest(1e300), None);
        assert_eq!(shortest_of_single(0.1), Some(Decimal::new(1, 1)));
    }

    #[test]
    fn the_short_way_gives_the_same_digits() {
        for whole in [0_i32, 1, 7, 99, 12_345, 999_999, 50_000_001] {
            for power in [1.0, 10.0, 100.0, 1_000.0, 1e5, 1e6, 3.0] {
                let double = f64::from(whole) / power;
                let long = from_digits(true, &format!("{double:e}"));
                assert_eq!(shortest(double), long, "{double}");
            }
        }
    }
}
