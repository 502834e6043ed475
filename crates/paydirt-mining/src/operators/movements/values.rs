//! Which values tell cases apart? The most frequent ones, all others together, and blanks.

use std::cmp::Reverse;

use paydirt_model::attribute::Attribute;
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::case_groups::{BLANK_GROUP, group_order, group_value};
use crate::statistics::kept_value::ShownValue;

/// Most values that are told apart.
const VALUE_COUNT_MAX: usize = 8;

/// What an entry of the list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementValueKind {
    /// One value.
    Value,
    /// All values that are not listed.
    Others,
    /// Cases without a value.
    Missing,
}

/// The cases with one value, or with one that is not listed, or with none.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovementValue {
    /// Whether it stands for one value.
    pub stands_for: MovementValueKind,
    /// The value; `null` where it is not one.
    pub value: Option<ShownValue>,
    /// How many values it stands for.
    pub values: u64,
    /// All cases with it.
    pub cases: u64,
    /// Cases with it that are drawn.
    pub sampled_cases: u64,
}

/// The list of values, and where each group of cases is in it.
#[derive(Default)]
pub(super) struct Values {
    listed: Vec<MovementValue>,
    places: FxHashMap<u32, usize>,
    others: usize,
}

impl Values {
    /// The list for these numbers of cases by group.
    pub(super) fn new(attribute: &Attribute, cases: &FxHashMap<u32, u64>) -> Self {
        let known = cases.iter().filter(|&(&group, _)| group != BLANK_GROUP);
        let mut groups: Vec<(u32, u64)> = known.map(|(&group, &cases)| (group, cases)).collect();
        groups.sort_unstable_by(|left, right| {
            let names = || group_order(attribute, left.0).cmp(&group_order(attribute, right.0));
            Reverse(left.1).cmp(&Reverse(right.1)).then_with(names)
        });
        let others = groups.split_off(VALUE_COUNT_MAX.min(groups.len()));
        let mut values = Values::default();
        for (group, cases) in groups {
            values.places.insert(group, values.listed.len());
            let value = group_value(attribute, group);
            values.push(MovementValueKind::Value, value, 1, cases);
        }
        if !others.is_empty() {
            values.others = values.listed.len();
            let cases = others.iter().map(|&(_, cases)| cases).sum();
            values.push(MovementValueKind::Others, None, others.len() as u64, cases);
        }
        if let Some(&cases) = cases.get(&BLANK_GROUP) {
            values.places.insert(BLANK_GROUP, values.listed.len());
            values.push(MovementValueKind::Missing, None, 0, cases);
        }
        values
    }

    fn push(
        &mut self,
        stands_for: MovementValueKind,
        value: Option<ShownValue>,
        values: u64,
        cases: u64,
    ) {
        self.listed.push(MovementValue { stands_for, value, values, cases, sampled_cases: 0 });
    }

    /// The place of a group in the list; counts the case as drawn.
    pub(super) fn draw(&mut self, group: u32) -> u8 {
        let place = self.places.get(&group).copied().unwrap_or(self.others);
        self.listed[place].sampled_cases += 1;
        u8::try_from(place).expect("the list is short")
    }

    /// The list.
    pub(super) fn into_listed(self) -> Vec<MovementValue> {
        self.listed
    }
}
