//! What must hold for every question and filter of the lists when attributes are in memory only
//! because they were declared? The same bytes as with everything in memory.

use std::sync::Arc;

use paydirt_model::attribute::{AttributeIdx, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::column::Column;
use paydirt_model::column_source::{AttributeTexts, ColumnSource, Deferred};
use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::interner::TextColumn;
use paydirt_model::problem::{ErrorCode, Problem};
use serde_json::Value;

use super::filter_laws::kept;
use super::generated_log::{Layout, WORLDS, generate};
use super::{CASE_COUNT, ONE, answer, for_each_filter, for_each_question, plain_answer};
use crate::filter::composition::reads;
use crate::operators;
use crate::reads::Reads;

/// Gives away what was declared and refuses everything else.
#[derive(Debug)]
struct Declared {
    log: EventLog,
    reads: Reads,
}

impl Declared {
    fn check(&self, attribute: AttributeIdx) -> Result<(), Problem> {
        let is_declared = self.reads.iter().any(|declared| declared == attribute);
        let name = &self.log.context().attributes[attribute.0].name;
        let refuse = || Problem::new(ErrorCode::Internal, format!("\"{name}\" is not declared."));
        is_declared.then_some(()).ok_or_else(refuse)
    }
}

impl ColumnSource for Declared {
    fn column(
        &self,
        segment_idx: usize,
        attribute: AttributeIdx,
        _: &TextColumn,
    ) -> Result<Column, Problem> {
        self.check(attribute)?;
        let segment = &self.log.segments()[segment_idx];
        Ok(segment.column(&self.log.context().attributes[attribute.0]).clone())
    }

    fn texts(&self, attribute: AttributeIdx) -> Result<TextColumn, Problem> {
        self.check(attribute)?;
        Ok((*self.log.context().attributes[attribute.0].texts).clone())
    }
}

/// The same log with no attribute in memory, and only the declared ones to be had.
fn bare(log: &EventLog, reads: &Reads) -> EventLog {
    let mut context = LogContext::clone(log.context());
    for attribute in &mut context.attributes {
        if matches!(attribute.kind, AttributeType::Text | AttributeType::Money) {
            attribute.texts = AttributeTexts::absent();
        }
    }
    let absent =
        |columns: &[Deferred<Column>]| columns.iter().map(|_| Deferred::absent()).collect();
    let segments = log.segments().iter().map(|segment| {
        let mut parts = segment.parts().clone();
        parts.case_columns = absent(&parts.case_columns);
        parts.event_columns = absent(&parts.event_columns);
        Segment::new(parts)
    });
    let source = Declared { log: log.clone(), reads: reads.clone() };
    EventLog::from_source(context, segments.collect(), Arc::new(source))
}

/// The answer where only what the question declares is loaded, and of those segments alone that
/// concern it.
fn frugal_answer(log: &EventLog, name: &str, params: &Value) -> String {
    let declared = operators::find(name).unwrap().reads(log.context(), params);
    let bare = bare(log, &declared);
    let known = operators::find(name).unwrap().reads(bare.context(), params);
    assert_eq!(known, declared, "{name} {params} looks at texts or values to declare them");
    bare.load_texts(declared.iter()).unwrap();
    answer(&bare, name, params, |bound| {
        let mut partial = bound.new_partial();
        for (segment_idx, segment) in bare.segments().iter().enumerate() {
            if bound.concerns(bare.context(), segment) {
                bare.load_columns(segment_idx, declared.iter()).unwrap();
                bound.observe(bare.context(), &CaseBatch::all(segment), &mut partial);
            }
        }
        partial
    })
}

/// What a filter leaves where only what it declares is loaded.
fn frugally_kept(log: &EventLog, filter: &Value) -> Vec<String> {
    let declared = reads(log.context(), filter);
    let bare = bare(log, &declared);
    assert_eq!(reads(bare.context(), filter), declared, "{filter} looks at texts or values");
    bare.load_texts(declared.iter()).unwrap();
    for segment_idx in 0..bare.segments().len() {
        bare.load_columns(segment_idx, declared.iter()).unwrap();
    }
    kept(&bare, filter)
}

#[test]
fn questions_read_only_the_attributes_they_declare() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 7, ..ONE });
        for_each_question(|name, params| {
            let expected = plain_answer(&log, name, params);
            assert_eq!(frugal_answer(&log, name, params), expected, "{world:?} {name} {params}");
        });
    }
}

#[test]
fn filters_read_only_the_attributes_they_declare() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, Layout { partitions: 7, ..ONE });
        for_each_filter(|filter| {
            for filter in [filter.clone(), serde_json::json!({"all": [{"not": filter}]})] {
                let expected = kept(&log, &filter);
                assert_eq!(frugally_kept(&log, &filter), expected, "{world:?} {filter}");
            }
        });
    }
}

/// The same parameters with every name of an attribute replaced by one that does not occur.
fn misnamed(log: &LogContext, params: &Value) -> Value {
    match params {
        Value::String(text) if log.attribute(text).is_ok() => Value::from("no such attribute"),
        Value::Array(items) => items.iter().map(|item| misnamed(log, item)).collect(),
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(name, value)| (name.clone(), misnamed(log, value))).collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn wrong_names_are_refused_as_if_everything_were_in_memory() {
    for world in WORLDS {
        let log = generate(world, CASE_COUNT, ONE);
        let mut refused = 0;
        for_each_question(|name, params| {
            let params = misnamed(log.context(), params);
            let expected = plain_answer(&log, name, &params);
            refused += usize::from(expected.contains("There is no attribute"));
            assert_eq!(frugal_answer(&log, name, &params), expected, "{name} {params}");
        });
        for_each_filter(|filter| {
            let filter = misnamed(log.context(), filter);
            let expected = kept(&log, &filter);
            refused += usize::from(expected[..].concat().contains("There is no attribute"));
            assert_eq!(frugally_kept(&log, &filter), expected, "{filter}");
        });
        assert!(refused > 20, "only {refused} parameters name an attribute");
    }
}

#[test]
fn a_segment_that_does_not_concern_a_question_shows_it_nothing() {
    let log = generate(WORLDS[0], CASE_COUNT, Layout { partitions: 7, ..ONE });
    let bound = operators::find("case").unwrap();
    let bound = bound.bind(log.context(), &serde_json::json!({"case": "case 0"})).unwrap();
    let concerned = log.segments().iter().filter(|segment| bound.concerns(log.context(), segment));
    assert_eq!(concerned.count(), 1);
}
