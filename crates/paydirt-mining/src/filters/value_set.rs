//! Is a value of an attribute one of a list that a user wrote?

use std::fmt;

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseMask;
use paydirt_model::column::Column;
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::objects::mistake::ONE_VALUE;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use rustc_hash::FxHashSet;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema, openapi::RefOr};

use crate::filters::bounds::{ExactNumber, instant, read_scale};
use crate::filters::cells::any_in_segment;

/// A value as it is shown; `null` is a blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WantedValue(Option<String>);

struct WantedVisitor;

impl Visitor<'_> for WantedVisitor {
    type Value = WantedValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ONE_VALUE)
    }

    fn visit_unit<E: Error>(self) -> Result<WantedValue, E> {
        Ok(WantedValue(None))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<WantedValue, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<WantedValue, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<WantedValue, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<WantedValue, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WantedValue, E> {
        Ok(WantedValue(Some(text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for WantedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WantedVisitor)
    }
}

impl PartialSchema for WantedValue {
    fn schema() -> RefOr<Schema> {
        let types = [Type::String, Type::Number, Type::Boolean, Type::Null];
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter(types))
            .description(Some("value as it is shown; null is a blank"))
            .into()
    }
}

impl ToSchema for WantedValue {}

/// The wanted values of one attribute, in the form of its column.
#[derive(Debug)]
pub(crate) struct ValueSet {
    form: Form,
    wants_blank: bool,
}

#[derive(Debug)]
enum Form {
    /// For each text code whether it is wanted; one more entry for blanks.
    Codes(Vec<bool>),
    /// The wanted numbers.
    Numbers(FxHashSet<i64>),
    /// Whether false and true are wanted.
    Boolean([bool; 2]),
    /// The wanted amounts, each with the number of its currency.
    Money(FxHashSet<(i64, Option<u16>)>),
}

impl ValueSet {
    /// Looks the values up. A text or number that does not occur matches nothing.
    ///
    /// # Errors
    /// The list is empty, or a value is not of the attribute's type.
    pub(crate) fn new(
        log: &LogContext,
        attribute: &Attribute,
        values: &[WantedValue],
    ) -> Result<Self, Problem> {
        if values.is_empty() {
            return Err(Problem::new(
                ErrorCode::InvalidFilter,
                say!("The list of values is empty."),
            )
            .in_parameter("values")
            .with_hint(say!("Choose at least one value; a blank is one too.")));
        }
        let wants_blank = values.contains(&WantedValue(None));
        let texts: Vec<&str> = values.iter().filter_map(|value| value.0.as_deref()).collect();
        let form = match attribute.kind {
            AttributeType::Text => Form::Codes(wanted_codes(attribute, &texts, wants_blank)),
            AttributeType::Integer | AttributeType::Decimal | AttributeType::Duration => {
                let scale = read_scale(attribute);
                Form::Numbers(read_all(attribute, &texts, |text| {
                    ExactNumber::parse(text).map(|number| number.mantissa(scale))
                })?)
            }
            AttributeType::Timestamp => Form::Numbers(read_all(attribute, &texts, |text| {
                instant(log.time_zone.zone(), text).map(|instant| Some(instant.as_us()))
            })?),
            AttributeType::Boolean => {
                let wanted: FxHashSet<bool> =
                    read_all(attribute, &texts, |text| text.parse().ok().map(Some))?;
                Form::Boolean([wanted.contains(&false), wanted.contains(&true)])
            }
            AttributeType::Money => {
                Form::Money(read_all(attribute, &texts, |text| read_money(attribute, text))?)
            }
        };
        Ok(ValueSet { form, wants_blank })
    }

    /// Whether the value at a position of the attribute's column is wanted.
    pub(crate) fn contains(&self, column: &Column, idx: usize) -> bool {
        if column.is_blank(idx) {
            return self.wants_blank;
        }
        match &self.form {
            Form::Codes(wanted) => column.text_code(idx).is_some_and(|code| wanted[code as usize]),
            Form::Numbers(wanted) => column.number(idx).is_some_and(|n| wanted.contains(&n)),
            Form::Boolean(wanted) => column.boolean(idx).is_some_and(|b| wanted[usize::from(b)]),
            Form::Money(wanted) => {
                let currency = column.currency_code(idx);
                column.number(idx).is_some_and(|amount| wanted.contains(&(amount, currency)))
            }
        }
    }

    /// The cases of a segment that have a wanted value, themselves or in one event.
    pub(crate) fn mask(&self, attribute: &Attribute, segment: &Segment) -> CaseMask {
        let column = segment.column(attribute);
        if let (Form::Codes(wanted), Some(codes)) = (&self.form, column.text_codes()) {
            let last = wanted.len() - 1;
            return any_in_segment(attribute.level, segment, codes, |code| {
                wanted[last.min(code as usize)]
            });
        }
        let case_count = segment.case_count();
        match attribute.level {
            AttributeLevel::Case => CaseMask::from_fn(case_count, |idx| self.contains(column, idx)),
            AttributeLevel::Event => {
                let offsets = &segment.parts().offsets;
                CaseMask::from_fn(case_count, |idx| {
                    let mut rows = offsets[idx]..offsets[idx + 1];
                    rows.any(|row| self.contains(column, row as usize))
                })
            }
        }
    }
}

/// One entry for each text of the attribute and a last one for blanks, which have the largest code.
fn wanted_codes(attribute: &Attribute, texts: &[&str], wants_blank: bool) -> Vec<bool> {
    let texts: FxHashSet<&str> = texts.iter().copied().collect();
    let mut wanted: Vec<bool> = attribute.texts.iter().map(|text| texts.contains(text)).collect();
    wanted.push(wants_blank);
    wanted
}

/// Reads every text; one that cannot occur (`Some(None)`) is left out, one of another type refused.
fn read_all<T: std::hash::Hash + Eq>(
    attribute: &Attribute,
    texts: &[&str],
    read: impl Fn(&str) -> Option<Option<T>>,
) -> Result<FxHashSet<T>, Problem> {
    let values: Option<Vec<Option<T>>> = texts.iter().map(|text| read(text)).collect();
    let Some(values) = values else {
        let bad = texts.iter().find(|text| read(text).is_none()).copied().unwrap_or_default();
        let expected = match attribute.kind {
            AttributeType::Text => say!("text"),
            AttributeType::Integer | AttributeType::Decimal => say!("a number"),
            AttributeType::Duration => say!("a number of seconds"),
            AttributeType::Timestamp => say!("an instant such as 2024-01-31T09:30:00Z"),
            AttributeType::Boolean => say!("true or false"),
            AttributeType::Money => say!("an amount such as 12.50 EUR"),
        };
        let detail = say!(
            "\"{attribute}\" has no value \"{bad}\"; expected is {expected}.",
            attribute = attribute.name,
            bad,
            expected
        );
        return Err(Problem::new(ErrorCode::InvalidFilter, detail).in_parameter("values"));
    };
    Ok(values.into_iter().flatten().collect())
}

/// Reads `12.50 EUR`, `12.50EUR` or `12.50` (an amount without a known currency).
fn read_money(attribute: &Attribute, text: &str) -> Option<Option<(i64, Option<u16>)>> {
    let digits_end = text.find(|character: char| character.is_ascii_alphabetic());
    let (amount, currency) = text.split_at(digits_end.unwrap_or(text.len()));
    let amount = ExactNumber::parse(amount.trim())?;
    if currency.is_empty() {
        return Some(amount.mantissa(attribute.scale).map(|amount| (amount, None)));
    }
    let code = attribute.texts.iter().position(|known| known == currency);
    let code = code.and_then(|code| u16::try_from(code).ok());
    Some(amount.mantissa(attribute.scale).zip(code).map(|(amount, code)| (amount, Some(code))))
}
