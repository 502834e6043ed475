//! How long do the cases with each value of an attribute take?

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::column::Column;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;
use paydirt_model::say;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::durations::{ThroughputStatistics, statistics};
use crate::filters::bounds::{attribute, wrong_type};
use crate::statistics::kept_value::{KeptValue, ShownValue};
use crate::statistics::number_bag::NumberBag;

/// Most groups that an answer lists; the cases of the others are counted together.
const GROUP_COUNT_MAX: usize = 50;

/// The cases with one value of an attribute.
#[derive(Debug, Serialize, ToSchema)]
pub struct Group {
    /// The value; `null` for cases without one.
    pub value: Option<ShownValue>,
    /// How many cases.
    pub cases: u64,
    /// Those that have ended.
    pub completed: u64,
    /// Statistics of their durations; missing when none has ended.
    pub duration_s: Option<ThroughputStatistics>,
}

/// The cases of groups that are not listed.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherGroups {
    /// How many groups.
    pub groups: u64,
    /// How many cases.
    pub cases: u64,
    /// Those that have ended.
    pub completed: u64,
    /// Statistics of their durations; missing when none has ended.
    pub duration_s: Option<ThroughputStatistics>,
}

/// The cases of a group.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Members {
    pub(super) cases: u64,
    pub(super) durations_us: NumberBag,
}

/// The group of cases without a value.
const BLANK_GROUP: u32 = u32::MAX;

/// The attribute whose values are groups.
pub(super) fn group_attribute(log: &LogContext, name: &str) -> Result<AttributeIdx, Problem> {
    let found = attribute(log, name, Some(AttributeLevel::Case))
        .map_err(|problem| problem.in_parameter("by"))?;
    if !matches!(found.kind, AttributeType::Text | AttributeType::Boolean) {
        return Err(wrong_type(found, say!("text or boolean")).in_parameter("by"));
    }
    let idx = log.attributes.iter().position(|candidate| std::ptr::eq(candidate, found));
    Ok(AttributeIdx(idx.expect("the attribute is of the log")))
}

impl Members {
    /// Adds the cases of another group, or of the same one elsewhere.
    pub(super) fn add(&mut self, other: Members) {
        self.cases += other.cases;
        self.durations_us.merge(other.durations_us);
    }
}

/// The number of the group of a case: that of its text, 0 or 1 for a truth value.
pub(super) fn group_of(column: &Column, idx: usize) -> u32 {
    let boolean = || column.boolean(idx).map(u32::from);
    column.text_code(idx).or_else(boolean).unwrap_or(BLANK_GROUP)
}

/// The largest groups and the others together, in the stated order.
pub(super) fn groups(
    attribute: &Attribute,
    members: FxHashMap<u32, Members>,
) -> (Vec<Group>, Option<OtherGroups>) {
    let mut members: Vec<(u32, Members)> = members.into_iter().collect();
    // In the order of the bytes of what is shown: "false" before "true".
    let name = |number: u32| match attribute.kind {
        _ if number == BLANK_GROUP => (true, &[][..]),
        AttributeType::Boolean if number == 0 => (false, &b"false"[..]),
        AttributeType::Boolean => (false, &b"true"[..]),
        _ => (false, attribute.texts.get_bytes(number as usize)),
    };
    members
        .sort_unstable_by(|a, b| b.1.cases.cmp(&a.1.cases).then_with(|| name(a.0).cmp(&name(b.0))));
    let others = members.split_off(GROUP_COUNT_MAX.min(members.len()));
    let shown = |number: u32| match attribute.kind {
        _ if number == BLANK_GROUP => None,
        AttributeType::Boolean => Some(KeptValue::Boolean(number == 1).shown(attribute)),
        _ => Some(KeptValue::Text(number).shown(attribute)),
    };
    let group = |(number, members): (u32, Members)| Group {
        value: shown(number),
        cases: members.cases,
        completed: members.durations_us.count(),
        duration_s: statistics(&members.durations_us, None).0,
    };
    let other_groups = (!others.is_empty()).then(|| {
        let count = others.len() as u64;
        let mut together = Members::default();
        others.into_iter().for_each(|(_, members)| together.add(members));
        OtherGroups {
            groups: count,
            cases: together.cases,
            completed: together.durations_us.count(),
            duration_s: statistics(&together.durations_us, None).0,
        }
    });
    (members.into_iter().map(group).collect(), other_groups)
}
