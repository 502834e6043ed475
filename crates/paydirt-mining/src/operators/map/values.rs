//! Which numbers of an attribute are seen at an activity, and on a path?
//!
//! Of an attribute of cases: one value for each case that has the activity or takes the path,
//! however often it does, so that an amount is added once. Of an attribute of events: one for each
//! event of the activity; on a path that of the event it leads to. Blanks are counted, and money is
//! given per currency.

use paydirt_model::activity::ActivityCode;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Plan;
use super::paths::Partial;
use crate::filters::bounds;
use crate::reads::Reads;
use crate::statistics::currency_bags::CurrencyBags;
use crate::statistics::duration_bag::Method;
use crate::statistics::figure::{Figure, figure};
use crate::statistics::number_bag::{NumberBag, Rational};

/// Most attributes of which one map carries figures.
const VALUE_ATTRIBUTE_MAX: usize = 8;

/// An attribute of which the map carries figures.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueParams {
    /// Name of an attribute with numbers, amounts or durations.
    pub attribute: String,
    /// Whether the attribute of cases or of events is meant, where both have one of this name;
    /// that of cases unless said.
    #[serde(default)]
    pub level: Option<AttributeLevel>,
}

/// What the values of an attribute come to at one activity or path.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapValues {
    /// Name of the attribute.
    pub attribute: String,
    /// Whether there is one value for each case, or for each event.
    pub level: AttributeLevel,
    /// Cases or events that could have a value.
    pub eligible: u64,
    /// Cases or events that have one.
    pub used: u64,
    /// The figures: none without values, one entry otherwise, for money one for each currency by
    /// its code, the unknown currency last.
    pub figures: Vec<MapFigures>,
}

/// Figures about some values of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapFigures {
    /// Currency of the amounts; missing for what is no money and for an unknown currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// How many values.
    pub count: u64,
    /// Their sum.
    pub sum: Figure,
    /// Smallest.
    pub min: Figure,
    /// Arithmetic mean.
    pub mean: Figure,
    /// Median (50th percentile).
    pub median: Figure,
    /// Largest.
    pub max: Figure,
}

/// What is seen of the values of one attribute.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ValuesSeen {
    activities: Vec<Bags>,
    paths: Vec<Bags>,
    /// Number of the latest case, from 1.
    #[serde(skip)]
    case_number: u64,
}

/// What is seen at one activity or path.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Bags {
    eligible: u64,
    numbers: CurrencyBags,
    #[serde(skip)]
    last_case: u64,
}

/// The attributes that the parameters name.
pub(super) fn reads(log: &LogContext, params: &[ValueParams]) -> Reads {
    let reads = params.iter().map(|value| bounds::reads_of(log, &value.attribute, value.level));
    reads.fold(Reads::nothing(), Reads::and)
}

/// The attributes looked up.
pub(super) fn plan(log: &LogContext, params: &[ValueParams]) -> Result<Vec<Attribute>, Problem> {
    if params.len() > VALUE_ATTRIBUTE_MAX {
        let detail = say!(
            "The values of {count} attributes were asked for; at most {max} are.",
            count = params.len(),
            max = VALUE_ATTRIBUTE_MAX
        );
        return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter("values"));
    }
    let attribute = |value: &ValueParams| {
        let attribute = bounds::attribute(log, &value.attribute, value.level)
            .map_err(|problem| problem.in_parameter("values"))?;
        match attribute.kind {
            AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Money
            | AttributeType::Duration => Ok(attribute.clone()),
            AttributeType::Text | AttributeType::Boolean | AttributeType::Timestamp => {
                let name = &attribute.name;
                let detail = say!("\"{name}\" holds no numbers, amounts or durations.", name);
                Err(Problem::new(ErrorCode::WrongAttributeType, detail).in_parameter("values"))
            }
        }
    };
    params.iter().map(attribute).collect()
}

/// Looks at the values of some whole cases, once their paths have been counted.
pub(super) fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
    let mut values = std::mem::take(&mut into.values);
    values.resize_with(plan.values.len(), ValuesSeen::default);
    for (attribute, seen) in plan.values.iter().zip(&mut values) {
        seen.resize(log.activities.count(), into.paths.len());
        seen.look(plan, attribute, batch, |from, to| into.number(log.activities.count(), from, to));
    }
    into.values = values;
}

impl ValuesSeen {
    fn resize(&mut self, activity_count: usize, path_count: usize) {
        let grow = |bags: &mut Vec<Bags>, count: usize| {
            bags.resize(count.max(bags.len()), Bags::default());
        };
        grow(&mut self.activities, activity_count);
        grow(&mut self.paths, path_count);
    }

    fn look(
        &mut self,
        plan: &Plan,
        attribute: &Attribute,
        batch: &CaseBatch<'_>,
        mut number: impl FnMut(ActivityCode, ActivityCode) -> usize,
    ) {
        let column = batch.segment().column(attribute);
        let is_of_case = attribute.level == AttributeLevel::Case;
        batch.for_each(|case| {
            self.case_number += 1;
            let case_number = self.case_number;
            let mut from = None;
            for (event_idx, &to) in case.activities().iter().enumerate() {
                if !plan.is_kept[to.idx()] {
                    continue;
                }
                let place = if is_of_case { case.idx() } else { case.row(event_idx) };
                let value = || Some((column.currency_code(place), column.number(place)?));
                let note = |bags: &mut Bags| {
                    let is_new = bags.last_case != case_number;
                    bags.last_case = case_number;
                    if is_new || !is_of_case {
                        bags.add(plan.method, value());
                    }
                };
                note(&mut self.activities[to.idx()]);
                if let Some(from) = from {
                    note(&mut self.paths[number(from, to)]);
                }
                from = plan.has_paths.then_some(to);
            }
        });
    }

    /// Adds what another worker saw; `number_here` has the number here of each of its paths.
    pub(super) fn merge(&mut self, other: ValuesSeen, number_here: &[usize]) {
        let path_count = number_here.iter().map(|number| number + 1).max().unwrap_or(0);
        self.resize(other.activities.len(), path_count);
        for (left, right) in self.activities.iter_mut().zip(other.activities) {
            left.merge(right);
        }
        for (&number, right) in number_here.iter().zip(other.paths) {
            self.paths[number].merge(right);
        }
    }

    pub(super) fn at_activity(&self, code: ActivityCode) -> Option<&Bags> {
        self.activities.get(code.idx())
    }

    pub(super) fn on_path(&self, number: usize) -> Option<&Bags> {
        self.paths.get(number)
    }
}

impl Bags {
    fn add(&mut self, method: Method, value: Option<(Option<u16>, i64)>) {
        self.eligible += 1;
        if let Some((currency, number)) = value {
            self.numbers.push(method, currency, number);
        }
    }

    fn merge(&mut self, other: Bags) {
        self.eligible += other.eligible;
        self.numbers.merge(other.numbers);
    }

    pub(super) fn answer(&self, attribute: &Attribute) -> MapValues {
        let currencies = self.numbers.currencies(attribute).into_iter();
        let figures = currencies
            .filter_map(|(code, name)| figures(attribute, name, self.numbers.get(code)?))
            .collect();
        MapValues {
            attribute: attribute.name.clone(),
            level: attribute.level,
            eligible: self.eligible,
            used: self.numbers.count(),
            figures,
        }
    }
}

fn figures(attribute: &Attribute, currency: Option<String>, bag: &NumberBag) -> Option<MapFigures> {
    let (min, max) = bag.ends()?;
    let whole = |value: i128| figure(attribute, Rational { numerator: value, denominator: 1 });
    Some(MapFigures {
        currency,
        count: bag.count(),
        sum: whole(bag.total()),
        min: whole(min.into()),
        mean: figure(attribute, bag.mean()?),
        median: figure(attribute, bag.spread(&[(1, 2)], &[])?.quantiles[0]),
        max: whole(max.into()),
    })
}
