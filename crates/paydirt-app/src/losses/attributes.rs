//! Which attributes have another type, or another place, when a written file is read again?
//!
//! CSV holds texts alone, so its reader finds the types from the values, and finds what belongs to
//! the case from what is the same in all its events. XES has no amounts and no spans of time.

use std::collections::{BTreeMap, HashSet};

use paydirt_connect::writers::csv::value_text;
use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::interner::TextColumn;
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_recipe::scan::ColumnScan;
use paydirt_recipe::types::detect_type;

use super::listed;

/// Different values of an attribute that are looked at.
const VALUES_MAX: usize = 1_000;

/// What changes of the attributes of a log in CSV.
pub(super) fn in_csv(log: &EventLog) -> Vec<Sentence> {
    let context = log.context();
    let mut changed: BTreeMap<(u8, u8), (Sentence, Sentence, Vec<&str>)> = BTreeMap::new();
    let mut moved = Vec::new();
    for (idx, attribute) in context.attributes.iter().enumerate() {
        // Who did it is a text whatever it looks like.
        let is_resource = context.resource.is_some_and(|resource| resource.0 == idx);
        if let Some(found) = read_as(log, attribute).filter(|_| !is_resource) {
            let key = (attribute.kind as u8, found as u8);
            let (from, to) = (attribute.kind.label(), found.label());
            changed.entry(key).or_insert((from, to, Vec::new())).2.push(&attribute.name);
        }
        if attribute.level == AttributeLevel::Event && is_constant(log, attribute) {
            moved.push(attribute.name.as_str());
        }
    }
    let mut notes: Vec<Sentence> = changed
        .into_values()
        .map(|(from, to, names)| {
            say!(
                "CSV has no types, and the values of {attributes} look like another one: read \
                 again, their type is {to} and no longer {from}.",
                attributes = listed(&names),
                to,
                from
            )
        })
        .collect();
    if !moved.is_empty() {
        notes.push(say!(
            "CSV does not say what belongs to the case: {attributes}, with the same value in all \
             events of each case, {count|belongs|belong} to the case when the file is read again.",
            attributes = listed(&moved),
            count = moved.len()
        ));
    }
    notes
}

/// What changes of the attributes of a log in XES.
pub(super) fn in_xes(log: &EventLog) -> Vec<Sentence> {
    let of = |kind: AttributeType| -> Vec<&str> {
        let attributes = log.context().attributes.iter();
        attributes.filter(|it| it.kind == kind).map(|it| it.name.as_str()).collect()
    };
    let (amounts, spans) = (of(AttributeType::Money), of(AttributeType::Duration));
    let mut notes = Vec::new();
    if !amounts.is_empty() {
        notes.push(say!(
            "XES has no amounts of money: {attributes} {count|is a number|are numbers} there, with \
             the currency as a text beside.",
            attributes = listed(&amounts),
            count = amounts.len()
        ));
    }
    if !spans.is_empty() {
        notes.push(say!(
            "XES has no spans of time: {attributes} {count|is a number|are numbers} of seconds \
             there.",
            attributes = listed(&spans),
            count = spans.len()
        ));
    }
    notes
}

/// The other type that the reader of delimited text finds in the values; `None` where it finds the
/// type that they have, or where there are none.
fn read_as(log: &EventLog, attribute: &Attribute) -> Option<AttributeType> {
    let values: TextColumn = match attribute.kind {
        // The currency stands in a column of its own, which makes it money again.
        AttributeType::Money => return None,
        AttributeType::Text => attribute.texts.iter().take(VALUES_MAX).collect(),
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Boolean
        | AttributeType::Timestamp
        | AttributeType::Duration => values(log, attribute).iter().map(String::as_str).collect(),
    };
    if values.is_empty() {
        return None;
    }
    let lines = (2..).take(values.len()).collect();
    let chunk = RawChunk { lines, columns: vec![RawColumn::Plain(values)] };
    let table = RawTable { names: vec![attribute.name.clone()], chunks: vec![chunk] };
    let found = detect_type(&ColumnScan::new(&table, 0)).reading.kind();
    (found != attribute.kind).then_some(found)
}

/// The first different values of an attribute, as they are written.
fn values(log: &EventLog, attribute: &Attribute) -> HashSet<String> {
    let mut values = HashSet::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            for idx in 0..case.event_count() {
                if values.len() == VALUES_MAX {
                    return;
                }
                if let Some(value) = case.value(attribute, idx) {
                    values.insert(value_text(&value));
                }
            }
        });
    }
    values
}

/// Whether every case has one and the same value, or none, in all its events.
fn is_constant(log: &EventLog, attribute: &Attribute) -> bool {
    log.segments().iter().all(|segment| {
        let mut is_constant = true;
        CaseBatch::all(segment).for_each(|case| {
            let is_first = |idx| case.value(attribute, idx) == case.value(attribute, 0);
            is_constant = is_constant && (1..case.event_count()).all(is_first);
        });
        is_constant
    })
}
