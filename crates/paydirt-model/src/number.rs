//! Exact numbers: decimals, ratios and durations that are written to JSON from integers.
//!
//! Sums use `i128`; means, medians and percentiles are exact rationals rounded half to even.

use std::fmt;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::{PartialSchema, ToSchema};

/// Divides and rounds half to even. The denominator must be positive.
#[must_use]
pub fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    assert!(denominator > 0, "a denominator is a positive count");
    let quotient = numerator.div_euclid(denominator);
    let remainder = numerator.rem_euclid(denominator);
    match (remainder * 2).cmp(&denominator) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + (quotient & 1),
    }
}

/// An exact decimal number: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits, with sign.
    pub mantissa: i128,
    /// How many of the digits are after the point.
    pub scale: u8,
}

impl Decimal {
    /// A decimal from its digits and the number of digits after the point.
    #[must_use]
    pub fn new(mantissa: i128, scale: u8) -> Self {
        Decimal { mantissa, scale }
    }

    /// The quotient of two integers with `scale` digits, rounded half to even.
    #[must_use]
    pub fn quotient(numerator: i128, denominator: i128, scale: u8) -> Self {
        let power = 10_i128.pow(u32::from(scale));
        Decimal { mantissa: divide_half_even(numerator * power, denominator), scale }
    }

    /// The mantissa at another scale, rounded half to even, and whether that was exact.
    #[must_use]
    pub fn at_scale(self, scale: u8) -> (i128, bool) {
        if self.scale <= scale {
            let power = 10_i128.pow(u32::from(scale - self.scale));
            return (self.mantissa.saturating_mul(power), true);
        }
        let power = 10_i128.pow(u32::from(self.scale - scale));
        let mantissa = divide_half_even(self.mantissa, power);
        (mantissa, mantissa * power == self.mantissa)
    }

    /// Parses `-12.50`; no exponent, no grouping. `None` when it is not such a number or has more
    /// than 30 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        if digits.is_empty() || digits.len() > 31 {
            return None;
        }
        let mut mantissa: i128 = 0;
        let mut scale: Option<u8> = None;
        let mut digit_count = 0;
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa * 10 + i128::from(byte - b'0');
                    digit_count += 1;
                    scale = scale.map(|places| places + 1);
                }
                b'.' if scale.is_none() => scale = Some(0),
                _ => return None,
            }
        }
        if digit_count == 0 {
            return None;
        }
        Some(Decimal {
            mantissa: if negative { -mantissa } else { mantissa },
            scale: scale.unwrap_or(0),
        })
    }
}

impl fmt::Display for Decimal {
    /// Plain digits without exponent and without trailing zeros after the point.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = 10_u128.pow(u32::from(self.scale));
        let absolute = self.mantissa.unsigned_abs();
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", absolute / power)?;
        let fraction = absolute % power;
        if fraction != 0 {
            let digits = format!("{fraction:0width$}", width = usize::from(self.scale));
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string())
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

impl PartialSchema for Decimal {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .description(Some("exact decimal number"))
            .into()
    }
}

impl ToSchema for Decimal {}

/// A span of time or a sum of spans, in microseconds; JSON: decimal seconds, at most 6 decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration {
    us: i128,
}

impl Duration {
    /// A duration of so many microseconds.
    #[must_use]
    pub fn from_us(us: impl Into<i128>) -> Self {
        Duration { us: us.into() }
    }

    /// The duration in microseconds.
    #[must_use]
    pub fn as_us(self) -> i128 {
        self.us
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.us, 6).fmt(f)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Decimal::new(self.us, 6).serialize(serializer)
    }
}

impl PartialSchema for Duration {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .description(Some("duration in decimal seconds, at most 6 decimals"))
            .into()
    }
}

impl ToSchema for Duration {}

/// A share of a whole, in millionths, rounded half to even; JSON: number with at most 6 decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio {
    millionths: i128,
}

impl Ratio {
    /// `part / whole`; `None` when the whole is zero, for then there is nothing to share.
    #[must_use]
    pub fn of(part: impl Into<i128>, whole: impl Into<i128>) -> Option<Self> {
        let whole = whole.into();
        (whole > 0).then(|| Ratio { millionths: divide_half_even(part.into() * 1_000_000, whole) })
    }

    /// The ratio in millionths.
    #[must_use]
    pub fn millionths(self) -> i128 {
        self.millionths
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Decimal::new(self.millionths, 6).serialize(serializer)
    }
}

/// Reads a number of JSON; one with more digits is rounded half to even.
impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Up to here every whole number is exact.
        const MILLIONTHS_MAX: f64 = 9_007_199_254_740_992.0;
        let number = f64::deserialize(deserializer)?;
        let millionths = (number * 1e6).round_ties_even();
        if millionths.abs() <= MILLIONTHS_MAX {
            return Ok(Ratio { millionths: millionths as i128 });
        }
        Err(D::Error::invalid_value(Unexpected::Float(number), &"a ratio"))
    }
}

impl PartialSchema for Ratio {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .description(Some("ratio, 6 decimals, rounded half to even"))
            .into()
    }
}

impl ToSchema for Ratio {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        assert_eq!(divide_half_even(5, 2), 2);
        assert_eq!(divide_half_even(7, 2), 4);
        assert_eq!(divide_half_even(-5, 2), -2);
        assert_eq!(divide_half_even(-7, 2), -4);
        assert_eq!(divide_half_even(8, 3), 3);
    }

    #[test]
    fn decimals_are_written_without_trailing_zeros() {
        assert_eq!(Decimal::new(1_500_000, 6).to_string(), "1.5");
        assert_eq!(Decimal::new(-3, 2).to_string(), "-0.03");
        assert_eq!(Decimal::new(100, 2).to_string(), "1");
        assert_eq!(serde_json::to_string(&Duration::from_us(90_000_001)).unwrap(), "90.000001");
        assert_eq!(serde_json::to_string(&Ratio::of(1, 3)).unwrap(), "0.333333");
        assert_eq!(Ratio::of(1, 0), None);
    }

    #[test]
    fn ratios_are_read_as_they_are_written() {
        for part in 0..=997 {
            let ratio = Ratio::of(part, 997).unwrap();
            let written = serde_json::to_string(&ratio).unwrap();
            assert_eq!(serde_json::from_str::<Ratio>(&written).unwrap(), ratio, "{written}");
        }
        let read = |text: &str| serde_json::from_str::<Ratio>(text).ok();
        assert_eq!(read("0.3333333333333333"), Ratio::of(1, 3));
        assert_eq!(read("1"), Ratio::of(1, 1));
        assert_eq!((read("1e300"), read("null"), read("\"1\"")), (None, None, None));
    }

    #[test]
    fn decimals_are_parsed_exactly() {
        assert_eq!(Decimal::parse("12.50"), Some(Decimal::new(1250, 2)));
        assert_eq!(Decimal::parse("-.5"), Some(Decimal::new(-5, 1)));
        assert_eq!(Decimal::parse("1e5"), None);
        assert_eq!(Decimal::parse("."), None);
    }
}
