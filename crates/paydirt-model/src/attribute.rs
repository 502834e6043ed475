//! Which attributes a log has: name, level, type, and the values a person reads.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use utoipa::ToSchema;

use crate::column_source::AttributeTexts;
use crate::number::{Decimal, Duration};
use crate::say;
use crate::sentence::Sentence;
use crate::time::Timestamp;

/// The type of an attribute's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributeType {
    /// Text, compared by bytes.
    Text,
    /// Whole number of 64 bits.
    Integer,
    /// Exact decimal number.
    Decimal,
    /// True or false.
    Boolean,
    /// Instant.
    Timestamp,
    /// Span of time.
    Duration,
    /// Amount with an ISO 4217 currency.
    Money,
}

impl AttributeType {
    /// The type in a word.
    #[must_use]
    pub fn label(self) -> Sentence {
        match self {
            AttributeType::Text => say!("text"),
            AttributeType::Integer => say!("integer"),
            AttributeType::Decimal => say!("decimal"),
            AttributeType::Boolean => say!("boolean"),
            AttributeType::Timestamp => say!("timestamp"),
            AttributeType::Duration => say!("duration"),
            AttributeType::Money => say!("money"),
        }
    }
}

/// Whether a value belongs to the whole case or to one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributeLevel {
    /// One value for the case.
    Case,
    /// One value for each event.
    Event,
}

/// The position of an attribute in its log's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeIdx(pub usize);

/// One attribute of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The name as in the source. A case and an event attribute may share one.
    pub name: String,
    /// Case or event.
    pub level: AttributeLevel,
    /// Type of the values.
    pub kind: AttributeType,
    /// Digits after the point of decimals and money; 0 for other types.
    pub scale: u8,
    /// The distinct texts of a text attribute, or the currencies of a money attribute.
    pub texts: AttributeTexts,
    /// Position in the case columns, the event columns or the computed columns of every segment.
    pub column_idx: usize,
    /// Whether it is no part of the log as it is kept, but computed from it; then it is of cases.
    pub computed: bool,
}

/// One value as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeValue<'a> {
    /// Text.
    Text(&'a str),
    /// Whole number.
    Integer(i64),
    /// Decimal number.
    Decimal(Decimal),
    /// True or false.
    Boolean(bool),
    /// Instant.
    Timestamp(Timestamp),
    /// Span of time.
    Duration(Duration),
    /// Amount and currency; the currency may be unknown.
    Money {
        /// The amount.
        amount: Decimal,
        /// ISO 4217 code, or `None` when the source gave none.
        currency: Option<&'a str>,
    },
}

impl std::fmt::Display for AttributeValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AttributeValue::Text(text) => f.write_str(text),
            AttributeValue::Integer(number) => number.fmt(f),
            AttributeValue::Decimal(number) => number.fmt(f),
            AttributeValue::Boolean(value) => value.fmt(f),
            AttributeValue::Timestamp(instant) => instant.fmt(f),
            AttributeValue::Duration(span) => span.fmt(f),
            AttributeValue::Money { amount, currency: Some(code) } => write!(f, "{amount} {code}"),
            AttributeValue::Money { amount, currency: None } => amount.fmt(f),
        }
    }
}

impl Serialize for AttributeValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            AttributeValue::Text(text) => serializer.serialize_str(text),
            AttributeValue::Integer(number) => serializer.serialize_i64(*number),
            AttributeValue::Decimal(number) => number.serialize(serializer),
            AttributeValue::Boolean(value) => serializer.serialize_bool(*value),
            AttributeValue::Timestamp(instant) => instant.serialize(serializer),
            AttributeValue::Duration(span) => span.serialize(serializer),
            AttributeValue::Money { amount, currency } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("amount", amount)?;
                map.serialize_entry("currency", currency)?;
                map.end()
            }
        }
    }
}
