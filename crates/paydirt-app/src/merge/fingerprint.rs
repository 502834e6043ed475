//! Are these two events the same in everything: case, activity, times and attribute values?

use paydirt_model::attribute::AttributeValue;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::EventLog;
use paydirt_model::number::Decimal;
use xxhash_rust::xxh3::Xxh3;

use crate::merge::schema::{Joined, Side};

/// 128 bits of everything an event says; equal for equal events.
pub(super) type Fingerprint = u128;

/// The fingerprint of an event of one of the logs. Attributes count under their joined place, and
/// a blank is as good as an absent column.
pub(super) fn fingerprint(
    log: &EventLog,
    joined: &Joined,
    side: Side,
    case: &Case<'_>,
    event_idx: usize,
) -> Fingerprint {
    let parts = case.segment().parts();
    let row = case.row(event_idx);
    let mut hash = Xxh3::new();
    let activity = log.context().activities.name(case.activities()[event_idx]);
    for text in [case.id(), activity] {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    let recorded_us = parts.recorded_us.get(row).copied().unwrap_or(parts.times_us[row]);
    let start_us = case.own_start_us(event_idx).unwrap_or(i64::MIN);
    hash.update(&recorded_us.to_le_bytes());
    hash.update(&start_us.to_le_bytes());
    for (idx, attribute) in joined.attributes.iter().enumerate() {
        let known = attribute.on(side, log);
        let Some(value) = known.and_then(|known| case.value(known, event_idx)) else { continue };
        hash.update(&(idx as u64).to_le_bytes());
        add_value(&mut hash, Some(&value));
    }
    hash.digest128()
}

/// Adds a value so that equal values add equal bytes: 5, 5.0 and 5.00 are one number.
pub(super) fn add_value(hash: &mut Xxh3, value: Option<&AttributeValue<'_>>) {
    let mut number = |kind: u8, number: Decimal| {
        let Decimal { mut mantissa, mut scale } = number;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        hash.update(&[kind, scale]);
        hash.update(&mantissa.to_le_bytes());
    };
    match value {
        None => hash.update(&[0]),
        Some(AttributeValue::Text(text)) => {
            hash.update(&[1]);
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        Some(AttributeValue::Integer(value)) => number(2, Decimal::new((*value).into(), 0)),
        Some(AttributeValue::Decimal(value)) => number(2, *value),
        Some(AttributeValue::Boolean(value)) => hash.update(&[3, u8::from(*value)]),
        Some(AttributeValue::Timestamp(instant)) => {
            number(4, Decimal::new(instant.as_us().into(), 0));
        }
        Some(AttributeValue::Duration(span)) => number(5, Decimal::new(span.as_us(), 0)),
        Some(AttributeValue::Money { amount, currency }) => {
            number(6, *amount);
            let currency = currency.unwrap_or("");
            hash.update(&(currency.len() as u64).to_le_bytes());
            hash.update(currency.as_bytes());
        }
    }
}
