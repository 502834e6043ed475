//! How long do the cases with each value of an attribute take?

use paydirt_model::attribute::Attribute;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::durations::{ThroughputStatistics, statistics};
use crate::statistics::case_groups::{group_order, group_value};
use crate::statistics::kept_value::ShownValue;
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

impl Members {
    /// Adds the cases of another group, or of the same one elsewhere.
    pub(super) fn add(&mut self, other: Members) {
        self.cases += other.cases;
        self.durations_us.merge(other.durations_us);
    }
}

/// The largest groups and the others together, in the stated order.
pub(super) fn groups(
    attribute: &Attribute,
    members: FxHashMap<u32, Members>,
) -> (Vec<Group>, Option<OtherGroups>) {
    let mut members: Vec<(u32, Members)> = members.into_iter().collect();
    members.sort_unstable_by(|a, b| {
        let names = || group_order(attribute, a.0).cmp(&group_order(attribute, b.0));
        b.1.cases.cmp(&a.1.cases).then_with(names)
    });
    let others = members.split_off(GROUP_COUNT_MAX.min(members.len()));
    let group = |(number, members): (u32, Members)| Group {
        value: group_value(attribute, number),
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
