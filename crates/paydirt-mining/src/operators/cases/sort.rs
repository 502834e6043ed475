//! In which order do cases come? Every order is a number of the case, then its id.

use std::cmp::Ordering;

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::variant::{short_hash, variant_hash};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::statistics::kept_value::KeptValue;
use crate::statistics::variant_set::VariantSet;

/// What decides the order of the table.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sort {
    /// The bytes of the case id.
    Case,
    /// The first start.
    Start,
    /// The last end.
    End,
    /// Last end − first start;
    /// whole local days when either end is known to the day only.
    Duration,
    /// The number of events.
    Events,
    /// The variant id, which puts cases of one variant together.
    Variant,
    /// A case attribute of this name; money goes by currency, then amount.
    Attribute(String),
}

impl Sort {
    /// The attribute that decides the order, if it is one of cases.
    pub(super) fn attribute(&self, log: &LogContext) -> Option<AttributeIdx> {
        match self {
            Sort::Attribute(name) => case_attribute(log, name, "sort").ok(),
            Sort::Case
            | Sort::Start
            | Sort::End
            | Sort::Duration
            | Sort::Events
            | Sort::Variant => None,
        }
    }
}

/// The order of the table, looked up.
#[derive(Debug)]
pub(super) struct SortOrder {
    key: SortKey,
    is_descending: bool,
}

#[derive(Debug)]
enum SortKey {
    Case,
    Start,
    End,
    Duration,
    Events,
    Variant,
    /// The attribute, and the rank of each of its texts (or currencies) by bytes.
    Attribute(AttributeIdx, Vec<u32>),
}

impl SortOrder {
    pub(super) fn new(log: &LogContext, sort: &Sort, descending: bool) -> Result<Self, Problem> {
        let key = match sort {
            Sort::Case => SortKey::Case,
            Sort::Start => SortKey::Start,
            Sort::End => SortKey::End,
            Sort::Duration => SortKey::Duration,
            Sort::Events => SortKey::Events,
            Sort::Variant => SortKey::Variant,
            Sort::Attribute(name) => {
                let idx = case_attribute(log, name, "sort")?;
                SortKey::Attribute(idx, ranks(&log.attributes[idx.0]))
            }
        };
        Ok(SortOrder { key, is_descending: descending })
    }

    /// Whether ids, and not keys, go from large to small.
    pub(super) fn has_ids_descending(&self) -> bool {
        self.is_descending && matches!(self.key, SortKey::Case)
    }

    /// The order of two cases given by key and id.
    #[inline]
    pub(super) fn compare(&self, left: (i128, &str), right: (i128, &str)) -> Ordering {
        compare(self.has_ids_descending(), left, right)
    }

    /// A number that is smaller for cases that come earlier.
    #[inline]
    pub(super) fn key(
        &self,
        log: &LogContext,
        case: &Case<'_>,
        variants: &mut VariantHashes,
    ) -> i128 {
        let value: i128 = match &self.key {
            SortKey::Case => 0,
            SortKey::Start => case.first_start_us().into(),
            SortKey::End => case.last_end_us().into(),
            SortKey::Duration => case.duration_us(log).into(),
            SortKey::Events => case.event_count() as i128,
            SortKey::Variant => variants.of(log, case).into(),
            SortKey::Attribute(idx, ranks) => {
                return self.attribute_key(case, &log.attributes[idx.0], ranks);
            }
        };
        if self.is_descending { -value } else { value }
    }

    /// Blanks come last; money goes by currency, unknown ones last, then by amount.
    fn attribute_key(&self, case: &Case<'_>, attribute: &Attribute, ranks: &[u32]) -> i128 {
        let (column, idx) = case.cell(attribute, 0);
        let (currency, value) = match KeptValue::of(column, idx) {
            None => return i128::MAX,
            Some(KeptValue::Text(code)) => (0, i64::from(ranks[code as usize])),
            Some(KeptValue::Number(number)) => (0, number),
            Some(KeptValue::Boolean(value)) => (0, i64::from(value)),
            Some(KeptValue::Money(amount, Some(code))) => (ranks[usize::from(code)], amount),
            Some(KeptValue::Money(amount, None)) => (u32::MAX, amount),
        };
        let value = i128::from(value);
        (i128::from(currency) << 64) + if self.is_descending { -value } else { value }
    }
}

/// The order of two cases given by key and id.
#[inline]
pub(super) fn compare(
    has_ids_descending: bool,
    left: (i128, &str),
    right: (i128, &str),
) -> Ordering {
    left.0
        .cmp(&right.0)
        .then_with(|| if has_ids_descending { right.1.cmp(left.1) } else { left.1.cmp(right.1) })
}

/// The hashes of the variants of one batch, each computed once.
#[derive(Default)]
pub(super) struct VariantHashes {
    set: VariantSet,
    hashes: Vec<u64>,
    trace: Vec<ActivityCode>,
}

impl VariantHashes {
    pub(super) fn of(&mut self, log: &LogContext, case: &Case<'_>) -> u64 {
        let number = self.set.add(log, case.activities(), &mut self.trace);
        if number == self.hashes.len() {
            self.hashes.push(short_hash(variant_hash(&log.activities, self.set.trace(number))));
        }
        self.hashes[number]
    }
}

/// The rank of each text of an attribute in the order of their bytes.
fn ranks(attribute: &Attribute) -> Vec<u32> {
    if !matches!(attribute.kind, AttributeType::Text | AttributeType::Money) {
        return Vec::new();
    }
    let texts = &attribute.texts;
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_unstable_by_key(|&code| texts.get_bytes(code));
    let mut ranks = vec![0; texts.len()];
    for (rank, &code) in (0..).zip(&order) {
        ranks[code] = rank;
    }
    ranks
}

/// The attribute of this name, which must belong to cases.
pub(super) fn case_attribute(
    log: &LogContext,
    name: &str,
    parameter: &str,
) -> Result<AttributeIdx, Problem> {
    log.attribute(name).map_err(|problem| problem.in_parameter(parameter))?;
    let is_wanted =
        |attribute: &Attribute| attribute.level == AttributeLevel::Case && attribute.name == name;
    log.attributes.iter().position(is_wanted).map(AttributeIdx).ok_or_else(|| {
        Problem::new(
            ErrorCode::UnknownAttribute,
            say!("\"{name}\" is an attribute of events, not of cases.", name),
        )
        .in_parameter(parameter)
        .with_hint(say!("The events of a case are shown with the case itself."))
    })
}
