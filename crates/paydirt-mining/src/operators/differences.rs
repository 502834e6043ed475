//! In which attributes do some cases differ from the rest? (fold)
//!
//! For every value the share of the selected cases that have it, the share of the rest, and the
//! difference of the two, as for contrast sets of one attribute: Bay and Pazzani, "Detecting Group
//! Differences: Mining Contrast Sets" (2001), section 2. A share is one of all cases of its side; a
//! blank is the value `null`. Nothing is said about significance, and what rests on few cases is
//! not ranked.

mod counts;
mod ranking;

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::{Decimal, Ratio};
use paydirt_model::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::operators::attributes::wanted;
use crate::reads::Reads;
use crate::statistics::case_selection::CaseSelection;
use crate::statistics::duration_bag::Method;
use crate::statistics::figure::Figure;
use crate::statistics::kept_value::ShownValue;
use crate::statistics::page::Page;
use counts::Sides;

/// Longest list of values of one attribute that can be asked for.
pub const VALUE_ROW_MAX: usize = 1_000;
/// An attribute with more different texts is left out: it names cases rather than kinds of them.
pub const TEXT_COUNT_MAX: usize = 100_000;

/// The differences of some cases from the rest.
pub struct Op;

/// Which cases, and which attributes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Filters of cases: the cases that all of them keep are compared with the rest. Without any,
    /// every case is selected.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    selection: Vec<Value>,
    /// Names of the attributes; all unless given.
    #[serde(default)]
    attributes: Option<Vec<String>>,
    /// How many values of each attribute are listed; at most 1,000.
    #[serde(default = "limit_default")]
    limit: u64,
    /// Values of fewer cases are not ranked, and nothing is where one side has fewer.
    #[serde(default = "few_cases_default")]
    few_cases: u64,
}

fn limit_default() -> u64 {
    10
}

fn few_cases_default() -> u64 {
    30
}

/// The parameters, looked up.
pub struct Plan {
    selection: CaseSelection,
    attributes: Vec<AttributeIdx>,
    left_out: Vec<AttributeLeftOut>,
    row_max: usize,
    few_cases: u64,
    method: Method,
}

/// Why an attribute is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotCompared {
    /// It holds numbers or times of events, of which a case has many.
    NumbersOfEvents,
    /// It has more than 100,000 different texts.
    TooManyValues,
}

/// An attribute that is not compared.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttributeLeftOut {
    /// Name.
    pub name: String,
    /// Whether a value belongs to the case or to one event.
    pub level: AttributeLevel,
    /// Why.
    pub why: NotCompared,
}

/// How often a value occurs on both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueDifference {
    /// The value; `null` for cases without one. Missing where a range of numbers is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShownValue>)]
    pub value: Option<Option<ShownValue>>,
    /// Lower edge of the range, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Figure>,
    /// Upper edge of the range, excluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Figure>,
    /// Currency of the range; missing for what is no money and for an unknown currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Selected cases with it.
    pub selection: u64,
    /// Cases of the rest with it.
    pub rest: u64,
    /// Share of the selected cases.
    pub selection_share: Option<Ratio>,
    /// Share of the rest.
    pub rest_share: Option<Ratio>,
    /// First share − second share: 0.05 is five points; missing when one side has no case.
    pub difference: Option<Ratio>,
    /// First share ÷ second share; missing when no case of the rest has it.
    pub ratio: Option<Decimal>,
    /// Whether it rests on few cases, so that it is not ranked.
    pub few: bool,
}

/// One attribute and its values on both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttributeDifferences {
    /// Name.
    pub name: String,
    /// Whether a value belongs to the case or to one event. A case has each value of its events
    /// once.
    pub level: AttributeLevel,
    /// Type of the values.
    pub r#type: AttributeType,
    /// Selected cases with any value.
    pub selection_used: u64,
    /// Cases of the rest with any value.
    pub rest_used: u64,
    /// The largest difference without its sign among values that are ranked; missing without any.
    pub largest: Option<Ratio>,
    /// Numbers and times in the middle of the selected cases and of the rest, one entry for each
    /// unit; empty for other types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub medians: Vec<MedianDifference>,
    /// The values: those that are ranked by difference without its sign, falling, then the others
    /// by cases, falling; then by value, `null` last. Numbers and times come in ranges, which are
    /// at most 10 for each unit. What is ranked and does not differ is not listed.
    pub values: Vec<ValueDifference>,
    /// Values that occur and are not listed.
    pub other_values: u64,
}

/// The middle of some numbers on both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct MedianDifference {
    /// Currency of the amounts; missing for what is no money and for an unknown currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Median of the selected cases.
    pub selection: Option<Figure>,
    /// Median of the rest.
    pub rest: Option<Figure>,
}

/// The differences.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases looked at.
    pub cases: u64,
    /// Cases that are selected.
    pub selection: u64,
    /// Cases that are not.
    pub rest: u64,
    /// Cases below which a value, or a side, is not ranked.
    pub few_cases: u64,
    /// Whether both sides have enough cases to rank at all.
    pub ranked: bool,
    /// The attributes by their largest difference, falling, then those of cases before those of
    /// events, then by name; then texts that name cases rather than kinds of them (more than 30
    /// values, and fewer than two cases for each); then those with a value whose shares differ
    /// by 0.95 or more, which say who is selected rather than how they differ; attributes without
    /// a ranked value last.
    pub attributes: Vec<AttributeDifferences>,
    /// Attributes that are not compared, those of cases before those of events, by name.
    pub left_out: Vec<AttributeLeftOut>,
    /// How medians were computed.
    pub method: Method,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    selection: u64,
    rest: u64,
    attributes: Vec<Sides>,
}

impl Operator for Op {
    const NAME: &'static str = "differences";
    const SUMMARY: &'static str = "In which attribute values some cases differ from the rest.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        let compared = wanted(log, params.attributes.as_deref()).into_iter();
        let compared = compared.filter(|idx| is_comparable(&log.attributes[idx.0])).collect();
        CaseSelection::reads(log, &params.selection).and(compared)
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        for name in params.attributes.iter().flatten() {
            log.attribute(name).map_err(|problem| problem.in_parameter("attributes"))?;
        }
        let (mut attributes, mut left_out) = (Vec::new(), Vec::new());
        for idx in wanted(log, params.attributes.as_deref()) {
            let attribute = &log.attributes[idx.0];
            let why = if !is_comparable(attribute) {
                NotCompared::NumbersOfEvents
            } else if TEXT_COUNT_MAX < attribute.texts.len() {
                NotCompared::TooManyValues
            } else {
                attributes.push(idx);
                continue;
            };
            let (name, level) = (attribute.name.clone(), attribute.level);
            left_out.push(AttributeLeftOut { name, level, why });
        }
        Ok(Plan {
            selection: CaseSelection::plan(log, &params.selection, "selection")?,
            attributes,
            left_out,
            row_max: Page::new(0, params.limit, VALUE_ROW_MAX)?.end(),
            few_cases: params.few_cases,
            method: Method::of(log),
        })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let is_selected = plan.selection.kept(log, batch);
        let selection = is_selected.iter().filter(|&&is_selected| is_selected).count() as u64;
        into.selection += selection;
        into.rest += is_selected.len() as u64 - selection;
        into.attributes.resize_with(plan.attributes.len(), Sides::default);
        for (idx, sides) in plan.attributes.iter().zip(&mut into.attributes) {
            sides.look(plan.method, &log.attributes[idx.0], batch, &is_selected);
        }
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.selection += right.selection;
        left.rest += right.rest;
        let count = left.attributes.len().max(right.attributes.len());
        left.attributes.resize_with(count, Sides::default);
        for (sides, theirs) in left.attributes.iter_mut().zip(right.attributes) {
            sides.merge(theirs);
        }
    }

    fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Result<Output, Problem> {
        partial.attributes.resize_with(plan.attributes.len(), Sides::default);
        let Partial { selection, rest, attributes } = partial;
        let ranking =
            ranking::Ranking { selection, rest, few_cases: plan.few_cases, row_max: plan.row_max };
        let named = plan.attributes.iter().map(|idx| &log.attributes[idx.0]);
        Ok(Output {
            cases: selection + rest,
            selection,
            rest,
            few_cases: plan.few_cases,
            ranked: ranking.is_possible(),
            attributes: ranking.attributes(named.zip(&attributes)),
            left_out: plan.left_out.clone(),
            method: plan.method,
        })
    }
}

/// Whether a case has one value of the attribute, or a few names from its events.
fn is_comparable(attribute: &Attribute) -> bool {
    match attribute.kind {
        AttributeType::Text | AttributeType::Boolean => true,
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Money
        | AttributeType::Timestamp
        | AttributeType::Duration => attribute.level == AttributeLevel::Case,
    }
}

#[cfg(test)]
mod tests;
