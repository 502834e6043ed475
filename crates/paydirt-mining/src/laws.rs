//! What must hold for every question and every filter of the lists, whatever the log?
//!
//! One partition or many, rows and partials in any order, shipped or not: the same bytes. Empty
//! logs and logs of one case answer. Unknown parameters are refused by name, known ones described.

mod agreement_laws;
mod filter_laws;
mod generated_log;
mod grouping_laws;
mod reads_laws;
mod tables;

use paydirt_model::case_batch::{CaseBatch, CaseMask, Narrowed};
use paydirt_model::event_log::{EventLog, Segment};
use paydirt_model::problem::ErrorCode;
use serde_json::{Value, json};

use crate::filter::Keeps;
use crate::filter::composition::bind;
use crate::operator::{AnyPartial, BoundQuestion, Question};
use crate::{filters, operators};
use filter_laws::kept;
use generated_log::{Dice, Layout, WORLDS, World, generate};
use tables::{FILTERS, GROUPINGS, QUESTIONS};

const CASE_COUNT: usize = 120;
const ONE: Layout = Layout { partitions: 1, shuffle_seed: None, chunk_len: 1_000 };

/// The same log in layouts that must not matter; the first is the one to compare with.
fn layouts(world: World) -> Vec<EventLog> {
    let mut layouts = vec![ONE];
    for (partitions, shuffle_seed, chunk_len) in
        [(2, None, 50), (7, Some(1), 1_000), (64, Some(2), 17), (1, Some(3), 30)]
    {
        layouts.push(Layout { partitions, shuffle_seed, chunk_len });
    }
    layouts.into_iter().map(|layout| generate(world, CASE_COUNT, layout)).collect()
}

/// Calls `check` with every question and its parameters.
fn for_each_question(mut check: impl FnMut(&str, &Value)) {
    for (name, all_params) in QUESTIONS {
        for params in *all_params {
            check(name, &serde_json::from_str(params).unwrap());
        }
    }
}

/// Calls `check` with every filter of cases or events and its parameters.
fn for_each_filter(check: impl FnMut(&Value)) {
    for_each_of(FILTERS, check);
}

/// Calls `check` with every grouping of activities and its parameters.
fn for_each_grouping(check: impl FnMut(&Value)) {
    for_each_of(GROUPINGS, check);
}

fn for_each_of(table: &[(&str, &[&str])], mut check: impl FnMut(&Value)) {
    for (kind, all_params) in table {
        for params in *all_params {
            let mut filter: Value = serde_json::from_str(params).unwrap();
            filter["kind"] = json!(kind);
            check(&filter);
        }
    }
}

/// How a question sees the segments of a log, and what becomes of what it saw.
fn answer(
    log: &EventLog,
    name: &str,
    params: &Value,
    observe: impl FnOnce(&dyn BoundQuestion) -> AnyPartial,
) -> String {
    let context = log.context();
    let bound = match operators::find(name).unwrap().bind(context, params) {
        Ok(bound) => bound,
        Err(problem) => return format!("problem: {problem}"),
    };
    let partial = observe(&*bound);
    match bound.finish(context, partial) {
        Ok(answer) => answer.get().to_owned(),
        Err(problem) => format!("problem: {problem}"),
    }
}

fn observe_all(log: &EventLog, bound: &dyn BoundQuestion) -> AnyPartial {
    let mut partial = bound.new_partial();
    for segment in log.segments() {
        bound.observe(log.context(), &CaseBatch::all(segment), &mut partial);
    }
    partial
}

fn plain_answer(log: &EventLog, name: &str, params: &Value) -> String {
    answer(log, name, params, |bound| observe_all(log, bound))
}

/// Masks that put every case of a segment into one of three parts.
fn three_parts(segment: &Segment, dice: &mut Dice) -> [CaseMask; 3] {
    let part_of: Vec<usize> = (0..segment.case_count()).map(|_| dice.below(3)).collect();
    [0, 1, 2].map(|part| CaseMask::from_fn(part_of.len(), |idx| part_of[idx] == part))
}

/// All events of the cases of a mask, as event filters that keep everything leave them.
fn narrowed(segment: &Segment, mask: &CaseMask) -> Narrowed {
    let parts = segment.parts();
    let mut narrowed = Narrowed { offsets: vec![0], ..Narrowed::default() };
    for case_idx in mask.iter() {
        let (start, end) = (parts.offsets[case_idx], parts.offsets[case_idx + 1]);
        narrowed.case_idxs.push(u32::try_from(case_idx).unwrap());
        narrowed.rows.extend(start..end);
        narrowed.activities.extend(&parts.activities[start as usize..end as usize]);
        narrowed.times_us.extend(&parts.times_us[start as usize..end as usize]);
        narrowed.offsets.push(u32::try_from(narrowed.rows.len()).unwrap());
    }
    narrowed
}

#[test]
fn every_entry_of_a_list_has_parameters_for_the_laws() {
    let named = |table: &[(&str, &[&str])], name: &str| table.iter().any(|(key, _)| *key == name);
    for question in operators::ALL {
        let name = question.name();
        assert!(named(QUESTIONS, name), "add \"{name}\" to QUESTIONS in laws/tables.rs");
    }
    for filter in filters::ALL {
        let kind = filter.kind();
        let table = if filter.keeps() == Keeps::Everything { GROUPINGS } else { FILTERS };
        assert!(named(table, kind), "add \"{kind}\" to laws/tables.rs");
    }
}

#[test]
fn names_are_distinct_and_summaries_are_sentences() {
    let mut names: Vec<&str> = operators::ALL.iter().map(|question| question.name()).collect();
    names.extend(filters::ALL.iter().map(|filter| filter.kind()));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    let summaries = operators::ALL.iter().map(|question| question.summary());
    for summary in summaries.chain(filters::ALL.iter().map(|filter| filter.summary())) {
        assert!(summary.ends_with('.') && !summary.contains("  "), "{summary}");
    }
}

#[test]
fn partitions_and_row_order_do_not_matter() {
    for world in WORLDS {
        let logs = layouts(world);
        for_each_question(|name, params| {
            let expected = plain_answer(&logs[0], name, params);
            for log in &logs[1..] {
                assert_eq!(plain_answer(log, name, params), expected, "{world:?} {name} {params}");
            }
        });
    }
}

#[test]
fn split_observations_merges_in_any_tree_and_shipping_do_not_matter() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 7, ..ONE });
        for_each_question(|name, params| {
            let expected = plain_answer(&log, name, params);
            for seed in 0..3 {
                let found = answer(&log, name, params, |bound| observe_in_tree(&log, bound, seed));
                assert_eq!(found, expected, "{world:?} {name} {params}");
            }
        });
    }
}

/// Looks at parts of segments in any order, ships most of what was seen, merges it pair by pair.
fn observe_in_tree(log: &EventLog, bound: &dyn BoundQuestion, seed: u64) -> AnyPartial {
    let mut dice = Dice::new(seed);
    let mut partials = vec![bound.new_partial(), bound.new_partial()];
    let mut segments: Vec<_> = log.segments().iter().collect();
    dice.shuffle(&mut segments);
    for segment in segments {
        for mask in three_parts(segment, &mut dice) {
            if dice.below(2) == 0 {
                partials.push(bound.new_partial());
            }
            let into = partials.last_mut().unwrap();
            bound.observe(log.context(), &CaseBatch::masked(segment, &mask), into);
        }
    }
    dice.shuffle(&mut partials);
    let mut shipped: Vec<AnyPartial> = Vec::new();
    for partial in partials {
        let crosses = dice.below(3) > 0;
        shipped.push(if crosses {
            bound.receive(&bound.ship(&partial).unwrap()).unwrap()
        } else {
            partial
        });
    }
    while shipped.len() > 1 {
        let right = shipped.swap_remove(dice.below(shipped.len()));
        let left_idx = dice.below(shipped.len());
        bound.merge(&mut shipped[left_idx], right);
    }
    shipped.pop().unwrap()
}

#[test]
fn the_default_partial_is_neutral_on_both_sides() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, ONE);
        for_each_question(|name, params| {
            let expected = plain_answer(&log, name, params);
            let left = answer(&log, name, params, |bound| {
                let mut neutral = bound.new_partial();
                bound.merge(&mut neutral, observe_all(&log, bound));
                neutral
            });
            let right = answer(&log, name, params, |bound| {
                let mut seen = observe_all(&log, bound);
                bound.merge(&mut seen, bound.new_partial());
                seen
            });
            assert_eq!((&left, &right), (&expected, &expected), "{name} {params}");
        });
    }
}

#[test]
fn selected_cases_are_the_same_however_they_are_selected() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 2, ..ONE });
        let mut dice = Dice::new(11);
        let masks: Vec<CaseMask> = log
            .segments()
            .iter()
            .map(|segment| three_parts(segment, &mut dice)[0].clone())
            .collect();
        let all_events: Vec<Narrowed> = log
            .segments()
            .iter()
            .zip(&masks)
            .map(|(segment, mask)| narrowed(segment, mask))
            .collect();
        for_each_question(|name, params| {
            let masked = answer(&log, name, params, |bound| {
                let mut partial = bound.new_partial();
                for (segment, mask) in log.segments().iter().zip(&masks) {
                    let batch = CaseBatch::masked(segment, mask);
                    bound.observe(log.context(), &batch, &mut partial);
                }
                partial
            });
            let narrowed = answer(&log, name, params, |bound| {
                let mut partial = bound.new_partial();
                for (segment, narrowed) in log.segments().iter().zip(&all_events) {
                    let batch = CaseBatch::narrowed(segment, narrowed);
                    bound.observe(log.context(), &batch, &mut partial);
                }
                partial
            });
            assert_eq!(masked, narrowed, "{world:?} {name} {params}");
        });
    }
}

#[test]
fn empty_logs_and_logs_of_one_case_answer_or_state_a_problem() {
    for world in WORLDS {
        for case_count in [0, 1] {
            let log = generate(world, case_count, ONE);
            for_each_question(|name, params| {
                let found = plain_answer(&log, name, params);
                assert!(!found.is_empty());
            });
            for_each_filter(|filter| {
                let _ = kept(&log, filter);
            });
        }
    }
    let empty = generate(World::Plain, 0, ONE);
    let needs_nothing = |params: &Value| params["required"].as_array().is_none_or(Vec::is_empty);
    // What the log fills in needs a log with something in it.
    let needs_no_log = |it: &&&dyn Question| {
        let lacks_nothing =
            it.filled_in().is_none_or(|it| (it.asks)(&serde_json::Map::new()).is_none());
        needs_nothing(&it.schema().params) && it.name() != "neighbours" && lacks_nothing
    };
    for question in operators::ALL.iter().filter(needs_no_log) {
        let found = plain_answer(&empty, question.name(), &json!({}));
        assert!(!found.starts_with("problem"), "{}: {found}", question.name());
    }
}

#[test]
fn unknown_parameters_are_refused_by_name() {
    let log = generate(World::Plain, CASE_COUNT, ONE);
    for_each_question(|name, params| {
        let mut params = params.clone();
        params["no_such_thing"] = json!(1);
        let found = operators::find(name).unwrap().bind(log.context(), &params);
        let problem = found.err().unwrap_or_else(|| panic!("{name} takes anything"));
        assert_eq!(problem.code, ErrorCode::InvalidParameters, "{name}");
        assert!(problem.detail.to_string().contains("no_such_thing"), "{problem}");
    });
    let refuses = |filter: &Value| {
        let mut filter = filter.clone();
        filter["no_such_thing"] = json!(1);
        let problem = bind(log.context(), &filter).err().expect("it is refused");
        assert_eq!(problem.code, ErrorCode::InvalidFilter, "{filter}");
        assert!(problem.detail.to_string().contains("no_such_thing"), "{problem}");
    };
    for_each_filter(refuses);
    for_each_grouping(refuses);
}

/// Every way to write one of the objects in a value as a list of its fields, in their order.
fn with_lists(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::Object(fields) => {
            all.push(fields.values().cloned().collect());
            for (name, inner) in fields {
                for changed in with_lists(inner) {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), changed);
                    all.push(Value::Object(fields));
                }
            }
        }
        Value::Array(items) => {
            for (idx, inner) in items.iter().enumerate() {
                for changed in with_lists(inner) {
                    let mut items = items.clone();
                    items[idx] = changed;
                    all.push(Value::Array(items));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all
}

#[test]
fn a_list_in_place_of_an_object_is_refused_at_every_depth() {
    let log = generate(World::Plain, CASE_COUNT, ONE);
    let mut deep = 0;
    for_each_question(|name, params| {
        for changed in with_lists(params) {
            deep += u32::from(changed.is_object());
            let found = operators::find(name).unwrap().bind(log.context(), &changed);
            let problem = found.err().unwrap_or_else(|| panic!("{name} takes {changed}"));
            // A filter among the parameters is refused as a filter.
            let expected = [ErrorCode::InvalidParameters, ErrorCode::InvalidFilter];
            assert!(expected.contains(&problem.code), "{name}: {changed}: {problem}");
        }
    });
    for_each_filter(|filter| {
        for changed in with_lists(filter) {
            deep += u32::from(changed.is_object());
            let problem = bind(log.context(), &changed).err();
            let problem = problem.unwrap_or_else(|| panic!("{changed} is taken"));
            assert_eq!(problem.code, ErrorCode::InvalidFilter, "{changed}");
        }
    });
    assert!(deep > 0, "some parameters are objects within objects");
    let weight = json!({"weight": ["amount", null]});
    let found = operators::find("map").unwrap().bind(log.context(), &weight);
    let problem = found.err().expect("it is refused");
    assert!(problem.detail.to_string().contains("\"weight\" is a list"), "{problem}");
}

#[test]
fn every_parameter_and_every_field_of_an_answer_is_described() {
    for question in operators::ALL {
        let schema = question.schema();
        let name = question.name();
        for part in [&schema.params, &schema.answer, &schema.components] {
            check_described(name, part);
        }
    }
    for filter in filters::ALL {
        let (params, components) = filter.schema();
        check_described(filter.kind(), &params);
        check_described(filter.kind(), &components);
    }
}

/// Every property of every object in a schema has a description of its own.
fn check_described(name: &str, schema: &Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get("properties") {
                for (property, schema) in properties {
                    // The word that tells one of several forms is described with the form.
                    let is_word = schema["enum"].as_array().is_some_and(|words| words.len() == 1);
                    let form = fields.get("description").and_then(Value::as_str);
                    let text = description(schema).or(form.filter(|_| is_word));
                    let text = text.unwrap_or_default();
                    assert!(!text.trim().is_empty(), "{name}: {property} has no description");
                }
            }
            fields.values().for_each(|value| check_described(name, value));
        }
        Value::Array(items) => {
            items.iter().for_each(|item| check_described(name, item));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The own words of a property; those of an optional one stand with its alternative to null.
fn description(schema: &Value) -> Option<&str> {
    let own = schema["description"].as_str();
    own.or_else(|| schema["oneOf"].as_array()?.iter().find_map(|item| item["description"].as_str()))
}

#[test]
fn a_name_of_a_schema_means_one_thing() {
    let mut known: std::collections::BTreeMap<String, (String, Value)> = Default::default();
    let questions = operators::ALL
        .iter()
        .map(|entry| (entry.name(), entry.schema().components["schemas"].clone()));
    let filters = filters::ALL.iter().map(|entry| (entry.kind(), entry.schema().1));
    for (owner, components) in questions.chain(filters) {
        for (name, schema) in components.as_object().unwrap() {
            let (first, meant) =
                known.entry(name.clone()).or_insert_with(|| (owner.to_owned(), schema.clone()));
            assert_eq!(meant, schema, "{name} of {first} and of {owner}");
        }
    }
}
