//! What does an attribute say about a row that an answer shows? Kept as numbers while workers
//! look, written as a person reads it at the end.

use std::sync::Arc;

use paydirt_model::attribute::AttributeType;
use paydirt_model::attribute::{Attribute, AttributeValue};
use paydirt_model::column::Column;
use paydirt_model::number::{Decimal, Duration};
use paydirt_model::time::Timestamp;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// A value of an attribute, in the numbers of its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptValue {
    /// Number of the text.
    Text(u32),
    /// Integer, mantissa or microseconds.
    Number(i64),
    /// True or false.
    Boolean(bool),
    /// Mantissa, and the number of the currency if known.
    Money(i64, Option<u16>),
}

impl KeptValue {
    /// The value at a position of a column; `None` for a blank.
    #[must_use]
    pub fn of(column: &Column, idx: usize) -> Option<Self> {
        Some(match column {
            Column::Text(_) => KeptValue::Text(column.text_code(idx)?),
            Column::Number(_) => KeptValue::Number(column.number(idx)?),
            Column::Boolean(_) => KeptValue::Boolean(column.boolean(idx)?),
            Column::Money(..) => KeptValue::Money(column.number(idx)?, column.currency_code(idx)),
        })
    }

    /// The value as a person reads it.
    #[must_use]
    pub fn shown(self, attribute: &Attribute) -> ShownValue {
        let decimal = |mantissa: i64| Decimal::new(mantissa.into(), attribute.scale);
        let value = match self {
            KeptValue::Text(code) => AttributeValue::Text(attribute.texts.get(code as usize)),
            KeptValue::Boolean(value) => AttributeValue::Boolean(value),
            KeptValue::Money(mantissa, currency) => AttributeValue::Money {
                amount: decimal(mantissa),
                currency: currency.map(|code| attribute.texts.get(usize::from(code))),
            },
            KeptValue::Number(number) => match attribute.kind {
                AttributeType::Decimal => AttributeValue::Decimal(decimal(number)),
                AttributeType::Duration => AttributeValue::Duration(Duration::from_us(number)),
                AttributeType::Timestamp => match Timestamp::from_us(number) {
                    Some(instant) => AttributeValue::Timestamp(instant),
                    None => AttributeValue::Integer(number),
                },
                AttributeType::Integer
                | AttributeType::Text
                | AttributeType::Boolean
                | AttributeType::Money => AttributeValue::Integer(number),
            },
        };
        let json = serde_json::value::to_raw_value(&value);
        ShownValue(json.expect("an attribute value is plain data"))
    }
}

/// A value as a person reads it: text, number, true or false, an instant, seconds, or an amount
/// with its currency.
#[derive(Debug, Clone)]
pub struct ShownValue(Box<RawValue>);

impl Serialize for ShownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl PartialSchema for ShownValue {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let plain = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let currency = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("ISO 4217 code, or null where the source gave none"));
        let money = plain(Type::Object)
            .property("amount", Decimal::schema())
            .required("amount")
            .property("currency", currency)
            .required("currency");
        OneOfBuilder::new()
            .item(plain(Type::String).description(Some("text, or an instant")))
            .item(plain(Type::Number).description(Some("number, or a duration in seconds")))
            .item(plain(Type::Boolean))
            .item(money.description(Some("amount, and its currency if known")))
            .description(Some("value of an attribute"))
            .into()
    }
}

impl ToSchema for ShownValue {}

/// Values by attribute name, in the order of the log's attributes; blank ones are left out.
#[derive(Debug, Clone, Default)]
pub struct ShownValues(Vec<(Arc<str>, ShownValue)>);

impl FromIterator<(Arc<str>, ShownValue)> for ShownValues {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, ShownValue)>>(values: I) -> Self {
        ShownValues(values.into_iter().collect())
    }
}

impl Serialize for ShownValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(&**name, value)?;
        }
        map.end()
    }
}

impl PartialSchema for ShownValues {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(ShownValue::schema()))
            .description(Some("values by attribute name; blank ones are left out"))
            .into()
    }
}

impl ToSchema for ShownValues {}
