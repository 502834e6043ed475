//! How do the cases of each variant divide among the values of an attribute, such as the outcome?

use paydirt_model::attribute::Attribute;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::statistics::case_groups::{group_order, group_value};
use crate::statistics::kept_value::ShownValue;

/// Most values that are told apart; cases with others are counted together.
pub(super) const VALUE_COUNT_MAX: usize = 8;

/// The cases with one value.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantValue {
    /// The value; `null` for cases without one.
    pub value: Option<ShownValue>,
    /// How many cases.
    pub cases: u64,
}

/// How the cases of all variants divide.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantValues {
    /// The attribute.
    pub attribute: String,
    /// The most frequent values, at most 8, by cases descending, then by value, blanks last.
    pub values: Vec<VariantValue>,
    /// Different other values.
    pub other_values: u64,
    /// Cases with one of these.
    pub other_cases: u64,
}

/// Cases by variant and group.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(u32, u32, u64)>", into = "Vec<(u32, u32, u64)>")]
pub(super) struct Grouped(FxHashMap<(u32, u32), u64>);

impl Clone for Grouped {
    fn clone(&self) -> Self {
        Grouped(self.0.clone())
    }
}

impl From<Grouped> for Vec<(u32, u32, u64)> {
    fn from(grouped: Grouped) -> Self {
        grouped.0.into_iter().map(|((number, group), cases)| (number, group, cases)).collect()
    }
}

impl From<Vec<(u32, u32, u64)>> for Grouped {
    fn from(rows: Vec<(u32, u32, u64)>) -> Self {
        Grouped(rows.into_iter().map(|(number, group, cases)| ((number, group), cases)).collect())
    }
}

impl Grouped {
    pub(super) fn add(&mut self, variant: u32, group: u32) {
        *self.0.entry((variant, group)).or_default() += 1;
    }

    /// Gives every variant a new number.
    pub(super) fn renumber(&mut self, number_of: impl Fn(u32) -> u32) {
        let before = std::mem::take(&mut self.0);
        for ((variant, group), cases) in before {
            *self.0.entry((number_of(variant), group)).or_default() += cases;
        }
    }

    /// Takes in the groups of another worker, whose variants have other numbers here.
    pub(super) fn merge(&mut self, mut other: Grouped, number_here: impl Fn(u32) -> u32) {
        other.renumber(number_here);
        for (key, cases) in other.0 {
            *self.0.entry(key).or_default() += cases;
        }
    }

    /// How all cases divide, and the groups that are told apart.
    pub(super) fn values(&self, attribute: &Attribute) -> (VariantValues, Vec<u32>) {
        let mut counts: FxHashMap<u32, u64> = FxHashMap::default();
        for (&(_, group), &cases) in &self.0 {
            *counts.entry(group).or_default() += cases;
        }
        let mut sorted: Vec<(u32, u64)> = counts.into_iter().collect();
        sorted.sort_unstable_by(|left, right| {
            let place = |group: u32| group_order(attribute, group);
            let by_cases = right.1.cmp(&left.1);
            by_cases.then_with(|| place(left.0).cmp(&place(right.0)))
        });
        let others = sorted.split_off(VALUE_COUNT_MAX.min(sorted.len()));
        let value = |&(group, cases): &(u32, u64)| {
            let value = group_value(attribute, group);
            VariantValue { value, cases }
        };
        let values = VariantValues {
            attribute: attribute.name.clone(),
            values: sorted.iter().map(value).collect(),
            other_values: others.len() as u64,
            other_cases: others.iter().map(|(_, cases)| cases).sum(),
        };
        (values, sorted.into_iter().map(|(group, _)| group).collect())
    }

    /// The cases of a variant in each of these groups.
    pub(super) fn of(&self, variant: u32, groups: &[u32]) -> Vec<u64> {
        let cases = |group: &u32| self.0.get(&(variant, *group)).copied().unwrap_or(0);
        groups.iter().map(cases).collect()
    }
}
