//! To which group of an attribute's values does a case belong? Groups as numbers that merge.

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use paydirt_model::say;

use crate::filters::bounds::{attribute, wrong_type};
use crate::statistics::kept_value::{KeptValue, ShownValue};

/// The group of cases without a value.
pub(crate) const BLANK_GROUP: u32 = u32::MAX;

/// The attribute of the parameter `by`, whose values are groups of cases.
pub(crate) fn group_attribute(log: &LogContext, name: &str) -> Result<AttributeIdx, Problem> {
    let found = attribute(log, name, Some(AttributeLevel::Case))
        .map_err(|problem| problem.in_parameter("by"))?;
    if !matches!(found.kind, AttributeType::Text | AttributeType::Boolean) {
        return Err(wrong_type(found, say!("text or boolean")).in_parameter("by"));
    }
    let idx = log.attributes.iter().position(|candidate| std::ptr::eq(candidate, found));
    Ok(AttributeIdx(idx.expect("the attribute is of the log")))
}

/// The number of the group of a case: that of its text, 0 or 1 for a truth value.
pub(crate) fn group_of(column: &Column, idx: usize) -> u32 {
    let boolean = || column.boolean(idx).map(u32::from);
    column.text_code(idx).or_else(boolean).unwrap_or(BLANK_GROUP)
}

/// Where a group comes among others of its size: by the bytes of what is shown ("false" before
/// "true"), blanks last.
pub(crate) fn group_order(attribute: &Attribute, number: u32) -> (bool, &[u8]) {
    match attribute.kind {
        _ if number == BLANK_GROUP => (true, &[][..]),
        AttributeType::Boolean if number == 0 => (false, &b"false"[..]),
        AttributeType::Boolean => (false, &b"true"[..]),
        _ => (false, attribute.texts.get_bytes(number as usize)),
    }
}

/// The value of a group; `None` for cases without one.
pub(crate) fn group_value(attribute: &Attribute, number: u32) -> Option<ShownValue> {
    match attribute.kind {
        _ if number == BLANK_GROUP => None,
        AttributeType::Boolean => Some(KeptValue::Boolean(number == 1).shown(attribute)),
        _ => Some(KeptValue::Text(number).shown(attribute)),
    }
}
