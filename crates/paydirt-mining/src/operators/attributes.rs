//! Which attributes does the log have, with which values, how many blanks, and how distributed?
//! (fold)
//!
//! Only the cases and events that filters have left are looked at. Attributes of cases come first,
//! then those of events, each by the bytes of their names.

mod distribution;

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::number::Ratio;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::operator::Operator;
use crate::reads::Reads;
use crate::statistics::duration_bag::Method;
use crate::statistics::kept_value::{KeptValue, ShownValue};
use crate::statistics::number_bag::Distinct;
use crate::statistics::value_counts::ValueCounts;
use distribution::{Distribution, distributions};

/// The attributes of a log.
pub struct Op;

/// Most values of one attribute that an answer lists.
pub const VALUE_COUNT_MAX: u64 = 1_000;
/// Values of one attribute that an answer lists unless said.
pub const VALUE_COUNT: u64 = 20;
/// Most different numbers that are counted exactly.
pub const DISTINCT_NUMBER_MAX: u64 = 100_000;
/// Which attributes, and how many values of each.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names of the attributes; all unless given.
    attributes: Option<Vec<String>>,
    /// How many values of each attribute to list; 20 unless said, at most 1,000.
    limit: Option<u64>,
}

/// The attributes looked up.
#[derive(Debug)]
pub struct Plan {
    attributes: Vec<AttributeIdx>,
    limit: usize,
}

/// The attributes with their values.
#[derive(Debug, Serialize, ToSchema)]
pub struct Output {
    /// Cases that filters have left.
    pub cases: u64,
    /// Events that filters have left.
    pub events: u64,
    /// The attributes: those of cases, then those of events, by name.
    pub attributes: Vec<AttributeValues>,
    /// How medians and percentiles were computed.
    pub method: Method,
}

/// One attribute and its values.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttributeValues {
    /// Name.
    pub name: String,
    /// Whether a value belongs to the case or to one event.
    pub level: AttributeLevel,
    /// Type of the values.
    pub r#type: AttributeType,
    /// Cases or events that could have a value.
    pub eligible: u64,
    /// Cases or events that have one.
    pub used: u64,
    /// Cases or events that have none.
    pub blanks: u64,
    /// How many different values there are (amounts: in all currencies together); missing when
    /// there are more different numbers than are counted.
    pub distinct: Option<u64>,
    /// At least so many different values there are, where they are not counted exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distinct_at_least: Option<u64>,
    /// The most frequent values, by count descending, then by value; empty for numbers and times
    /// with more different values than can be listed.
    pub values: Vec<ValueCount>,
    /// Cases or events with a value that is not listed.
    pub other: u64,
    /// How numbers and times are distributed: one entry, for money one for each currency by its
    /// code, the unknown currency last.
    pub distributions: Vec<Distribution>,
}

/// A value and how often it occurs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueCount {
    /// The value.
    pub value: ShownValue,
    /// Cases or events with it.
    pub count: u64,
    /// Share of the cases or events that have a value.
    pub share: Option<Ratio>,
}

/// What is seen of some cases.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    cases: u64,
    events: u64,
    attributes: Vec<ValueCounts>,
}

impl Operator for Op {
    const NAME: &'static str = "attributes";
    const SUMMARY: &'static str = "Which attributes there are, with their types, values, blanks \
                                   and distributions.";
    type Params = Params;
    type Plan = Plan;
    type Partial = Partial;
    type Output = Output;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        wanted(log, params.attributes.as_deref()).into_iter().collect()
    }

    fn plan(log: &LogContext, params: Params) -> Result<Plan, Problem> {
        let limit = params.limit.unwrap_or(VALUE_COUNT);
        if limit > VALUE_COUNT_MAX {
            let detail = say!(
                "{limit} values were asked for; at most {max} are.",
                limit,
                max = VALUE_COUNT_MAX
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter("limit"));
        }
        for name in params.attributes.iter().flatten() {
            log.attribute(name).map_err(|problem| problem.in_parameter("attributes"))?;
        }
        let attributes = wanted(log, params.attributes.as_deref());
        Ok(Plan { attributes, limit: usize::try_from(limit).expect("the limit is small") })
    }

    fn observe(log: &LogContext, plan: &Plan, batch: &CaseBatch<'_>, into: &mut Partial) {
        let method = Method::of(log);
        let rows = if batch.is_whole() { None } else { Some(Rows::of(batch)) };
        let segment = batch.segment();
        into.cases += batch.case_count();
        into.events += rows.as_ref().map_or(segment.event_count(), |rows| rows.events.len()) as u64;
        into.attributes.resize_with(plan.attributes.len(), ValueCounts::default);
        for (idx, counts) in plan.attributes.iter().zip(&mut into.attributes) {
            let attribute = &log.attributes[idx.0];
            let column = segment.column(attribute);
            let rows = rows.as_ref().map(|rows| match attribute.level {
                AttributeLevel::Case => &rows.cases,
                AttributeLevel::Event => &rows.events,
            });
            match rows {
                None => counts.add_column(method, column, attribute.texts.len()),
                Some(rows) => {
                    counts.add_column(method, &column.gather(rows), attribute.texts.len());
                }
            }
        }
    }

    fn merge(left: &mut Partial, right: Partial) {
        left.cases += right.cases;
        left.events += right.events;
        let count = left.attributes.len().max(right.attributes.len());
        left.attributes.resize_with(count, ValueCounts::default);
        for (counts, theirs) in left.attributes.iter_mut().zip(right.attributes) {
            counts.merge(theirs);
        }
    }

    fn finish(log: &LogContext, plan: &Plan, mut partial: Partial) -> Result<Output, Problem> {
        partial.attributes.resize_with(plan.attributes.len(), ValueCounts::default);
        let attributes = plan
            .attributes
            .iter()
            .zip(&partial.attributes)
            .map(|(idx, counts)| attribute_values(&log.attributes[idx.0], counts, plan.limit))
            .collect();
        let (cases, events) = (partial.cases, partial.events);
        Ok(Output { cases, events, attributes, method: Method::of(log) })
    }
}

/// The attributes of these names, or all: those of cases, then those of events, by name.
pub(crate) fn wanted(log: &LogContext, names: Option<&[String]>) -> Vec<AttributeIdx> {
    let is_wanted =
        |attribute: &Attribute| names.is_none_or(|names| names.contains(&attribute.name));
    let mut wanted: Vec<(bool, &str, AttributeIdx)> = log
        .attributes
        .iter()
        .enumerate()
        .filter(|(_, attribute)| is_wanted(attribute))
        .map(|(idx, attribute)| {
            let is_of_events = attribute.level == AttributeLevel::Event;
            (is_of_events, attribute.name.as_str(), AttributeIdx(idx))
        })
        .collect();
    wanted.sort_unstable();
    wanted.into_iter().map(|(_, _, idx)| idx).collect()
}

/// Positions of the cases and events of a batch in its segment.
struct Rows {
    cases: Vec<u32>,
    events: Vec<u32>,
}

impl Rows {
    fn of(batch: &CaseBatch<'_>) -> Self {
        let to_u32 = |row: usize| u32::try_from(row).expect("a segment is below 2^32 events");
        let mut rows = Rows { cases: Vec::new(), events: Vec::new() };
        batch.for_each(|case| {
            rows.cases.push(to_u32(case.idx()));
            rows.events.extend((0..case.event_count()).map(|idx| to_u32(case.row(idx))));
        });
        rows
    }
}

/// What the answer says of an attribute: its values, at most so many of them, and distributions.
pub(crate) fn attribute_values(
    attribute: &Attribute,
    counts: &ValueCounts,
    limit: usize,
) -> AttributeValues {
    let distinct = distinct(attribute, counts);
    let frequent = frequent_values(attribute, counts, distinct, limit);
    let listed: u64 = frequent.iter().map(|&(_, count)| count).sum();
    let (distinct, distinct_at_least) = match distinct {
        Distinct::Exactly(count) => (Some(count), None),
        Distinct::AtLeast(count) => (None, Some(count)),
    };
    let value_count = |(value, count): (KeptValue, u64)| ValueCount {
        value: value.shown(attribute),
        count,
        share: Ratio::of(count, counts.used()),
    };
    AttributeValues {
        name: attribute.name.clone(),
        level: attribute.level,
        r#type: attribute.kind,
        eligible: counts.eligible(),
        used: counts.used(),
        blanks: counts.eligible() - counts.used(),
        distinct,
        distinct_at_least,
        values: frequent.into_iter().map(value_count).collect(),
        other: counts.used() - listed,
        distributions: distributions(attribute, counts),
    }
}

fn distinct(attribute: &Attribute, counts: &ValueCounts) -> Distinct {
    let present = |counts: &[u64]| counts.iter().filter(|&&count| count > 0).count() as u64;
    match attribute.kind {
        AttributeType::Text => Distinct::Exactly(present(counts.texts())),
        AttributeType::Boolean => Distinct::Exactly(present(&counts.booleans())),
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Timestamp
        | AttributeType::Duration
        | AttributeType::Money => counts.numbers().iter().fold(Distinct::Exactly(0), |sum, bag| {
            match (sum, bag.distinct(DISTINCT_NUMBER_MAX)) {
                (Distinct::Exactly(a), Distinct::Exactly(b)) => Distinct::Exactly(a + b),
                (
                    Distinct::Exactly(a) | Distinct::AtLeast(a),
                    Distinct::Exactly(b) | Distinct::AtLeast(b),
                ) => Distinct::AtLeast(a + b),
            }
        }),
    }
}

/// The values to list with their counts, in the stated order.
fn frequent_values(
    attribute: &Attribute,
    counts: &ValueCounts,
    distinct: Distinct,
    limit: usize,
) -> Vec<(KeptValue, u64)> {
    match attribute.kind {
        AttributeType::Text => {
            let text = |code: u32| attribute.texts.get_bytes(code as usize);
            let values = (0_u32..).zip(counts.texts().iter().copied());
            let listed = first(values.collect(), limit, |&a, &b| text(a).cmp(text(b)));
            listed.into_iter().map(|(code, count)| (KeptValue::Text(code), count)).collect()
        }
        AttributeType::Boolean => {
            let values = [false, true].into_iter().zip(counts.booleans());
            let listed = first(values.collect(), limit, Ord::cmp);
            listed.into_iter().map(|(value, count)| (KeptValue::Boolean(value), count)).collect()
        }
        AttributeType::Money => Vec::new(),
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Timestamp
        | AttributeType::Duration => {
            let Distinct::Exactly(distinct) = distinct else {
                return Vec::new();
            };
            if distinct > limit as u64 {
                return Vec::new();
            }
            let mut count_of: FxHashMap<i64, u64> = FxHashMap::default();
            for bag in counts.numbers() {
                bag.for_each(|value, count| *count_of.entry(value).or_default() += count);
            }
            let listed = first(count_of.into_iter().collect(), limit, Ord::cmp);
            listed.into_iter().map(|(value, count)| (KeptValue::Number(value), count)).collect()
        }
    }
}

/// The first `limit` values that occur, by count descending, then by value.
fn first<T: Copy>(
    mut values: Vec<(T, u64)>,
    limit: usize,
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
) -> Vec<(T, u64)> {
    values.retain(|&(_, count)| count > 0);
    let by_count = |a: &(T, u64), b: &(T, u64)| b.1.cmp(&a.1).then_with(|| order(&a.0, &b.0));
    if limit < values.len() {
        values.select_nth_unstable_by(limit, by_count);
        values.truncate(limit);
    }
    values.sort_unstable_by(by_count);
    values
}

#[cfg(test)]
mod tests {
    use crate::testing::{ask, ask_list};
    use expect_test::expect;

    #[test]
    fn texts_are_counted_with_their_blanks() {
        let log = "1: a | region=EMEA\n2: a | region=APAC\n3: a | region=APAC\n4: a";
        let answer = ask(log, "attributes", "{}");
        expect![[r#"{"cases":4,"events":4,"attributes":[{"name":"region","level":"case","type":"text","eligible":4,"used":3,"blanks":1,"distinct":2,"values":[{"value":"APAC","count":2,"share":0.666667},{"value":"EMEA","count":1,"share":0.333333}],"other":0,"distributions":[]}],"method":"exact"}"#]]
        .assert_eq(&answer);
    }

    #[test]
    fn numbers_of_events_are_counted_by_event() {
        // 1 2 2 10: mean 3.75, median 2, p90 at 1 + 3·0.9 = 3.7 → 2 + 0.7·8 = 7.6.
        let log = "1: a{cost=1} b{cost=2} c\n2: a{cost=10} b{cost=2}";
        let list = ask_list(log, "attributes", r#"{"limit":2}"#, "/attributes/0/distributions");
        expect![[r#"{"count":4,"min":1,"mean":3.75,"median":2,"p90":7.6,"max":10,"bins":[{"from":1,"to":2,"count":1},{"from":2,"to":3,"count":2},{"from":3,"to":4,"count":0},{"from":4,"to":5,"count":0},{"from":5,"to":6,"count":0},{"from":6,"to":7,"count":0},{"from":7,"to":8,"count":0},{"from":8,"to":9,"count":0},{"from":9,"to":10,"count":0},{"from":10,"to":11,"count":1}]}"#]]
        .assert_eq(&list[0]);
        let eligible = ask_list(log, "attributes", "{}", "/attributes/0/eligible");
        let blanks = ask_list(log, "attributes", "{}", "/attributes/0/blanks");
        assert_eq!((eligible, blanks), (vec!["5".to_owned()], vec!["1".to_owned()]));
    }

    #[test]
    fn few_different_numbers_are_listed_like_texts() {
        let log = "a{cost=2} b{cost=1} c{cost=2}";
        assert_eq!(
            ask_list(log, "attributes", "{}", "/attributes/0/values"),
            [
                r#"{"value":2,"count":2,"share":0.666667}"#,
                r#"{"value":1,"count":1,"share":0.333333}"#
            ]
        );
        assert_eq!(ask_list(log, "attributes", r#"{"limit":1}"#, "/attributes/0/values"), [""; 0]);
        assert_eq!(ask_list(log, "attributes", r#"{"limit":1}"#, "/attributes/0/other"), ["3"]);
    }

    #[test]
    fn amounts_are_never_added_across_currencies() {
        let log = "1: a | paid=10.50USD\n2: a | paid=20EUR\n3: a | paid=40EUR";
        let means = ask_list(log, "attributes", "{}", "/attributes/0/distributions");
        let shown: Vec<bool> = means
            .iter()
            .zip([r#""currency":"EUR""#, r#""currency":"USD""#])
            .map(|(line, wanted)| line.contains(wanted))
            .collect();
        assert_eq!(shown, [true, true]);
        assert!(means[0].contains(r#""mean":30,"#) && means[1].contains(r#""mean":10.5,"#));
    }

    #[test]
    fn instants_have_a_mean_and_bins() {
        let log = "1: a | due=2024-01-01T00:00:00Z\n2: a | due=2024-01-02T12:00:00Z";
        let list = ask_list(log, "attributes", "{}", "/attributes/0/distributions");
        assert!(list[0].contains(r#""mean":"2024-01-01T18:00:00Z""#), "{}", list[0]);
        let bins = ask_list(log, "attributes", "{}", "/attributes/0/distributions/0/bins");
        assert_eq!(bins.len(), 19);
        assert_eq!(
            bins[18],
            r#"{"from":"2024-01-02T12:00:00Z","to":"2024-01-02T14:00:00Z","count":1}"#
        );
    }

    #[test]
    fn attributes_of_cases_come_first_and_can_be_chosen() {
        let log = "1: b{zoo=1 cow=2} | yak=x ant=true";
        let names = |params: &str| -> Vec<String> {
            let list = ask_list(log, "attributes", params, "/attributes");
            let name = |line: &String| {
                let value: serde_json::Value = serde_json::from_str(line).unwrap();
                value["name"].as_str().unwrap().to_owned()
            };
            list.iter().map(name).collect()
        };
        assert_eq!(names("{}"), ["ant", "yak", "cow", "zoo"]);
        assert_eq!(names(r#"{"attributes":["zoo","ant"]}"#), ["ant", "zoo"]);
        assert_eq!(names(r#"{"attributes":[]}"#), [""; 0]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let answer = ask("a | x=1", "attributes", r#"{"attributes":["y"]}"#);
        assert!(answer.contains("There is no attribute \"y\""), "{answer}");
        let answer = ask("a", "attributes", r#"{"limit":1001}"#);
        assert!(answer.contains("at most 1,000 are"), "{answer}");
    }
}
