//! How is a figure about the values of an attribute written, as its type is?

use paydirt_model::attribute::{Attribute, AttributeType};
use paydirt_model::number::{Decimal, Duration};
use paydirt_model::time::{FIRST_US, LAST_US, Timestamp};
use serde::Serialize;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::statistics::number_bag::Rational;

/// Digits after the point of means and quantiles, where the attribute has fewer.
const RATIONAL_DIGITS: u8 = 6;

/// A number, a duration in seconds, or an instant, as the attribute's type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// A number or an amount.
    Number(Decimal),
    /// A duration in seconds.
    Duration(Duration),
    /// An instant.
    Instant(Timestamp),
}

impl PartialSchema for Figure {
    fn schema() -> RefOr<Schema> {
        // Numbers and durations look alike, so that they are one choice.
        let number = ObjectBuilder::new()
            .schema_type(Type::Number)
            .description(Some("number, amount, or duration in seconds"));
        OneOfBuilder::new()
            .item(number)
            .item(Timestamp::schema())
            .description(Some("as the type of the attribute is"))
            .into()
    }
}

impl ToSchema for Figure {}

/// A value of the attribute as a person reads it; edges beyond the calendar become its ends.
#[must_use]
pub fn figure(attribute: &Attribute, value: Rational) -> Figure {
    match attribute.kind {
        AttributeType::Duration => Figure::Duration(Duration::from_us(value.rounded(0))),
        AttributeType::Timestamp => {
            let us = value.rounded(0).clamp(FIRST_US.into(), LAST_US.into());
            let instant = i64::try_from(us).ok().and_then(Timestamp::from_us);
            Figure::Instant(instant.expect("just clamped to the calendar"))
        }
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Money
        | AttributeType::Text
        | AttributeType::Boolean => {
            let digits = RATIONAL_DIGITS.saturating_sub(attribute.scale);
            let mantissa = value.rounded(digits);
            Figure::Number(Decimal::new(mantissa, attribute.scale + digits))
        }
    }
}
