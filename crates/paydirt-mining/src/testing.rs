//! How operators and filters are tested: a text log in, an answer or the kept cases out.

use std::sync::Arc;

use paydirt_model::event_log::{EventLog, LogContext, Segment};
use paydirt_model::log_builder::LogSpec;
use paydirt_model::problem::Problem;
use paydirt_model::text_log;
use paydirt_model::time::Precision;
use serde_json::Value;

use crate::filter::composition::{BoundFilter, bind};
use crate::filter::remaining::Remaining;
use crate::operators;

/// A list of filters, each checked against the log as those before it show it.
struct Steps {
    filters: Vec<(Arc<LogContext>, BoundFilter)>,
    context: Arc<LogContext>,
}

impl Steps {
    fn new(log: &EventLog, filters: &[Value]) -> Result<Self, Problem> {
        let mut steps = Steps { filters: Vec::new(), context: Arc::clone(log.context()) };
        for filter in filters {
            let bound = bind(&steps.context, filter)?;
            let after = bound.context().unwrap_or(&steps.context).clone();
            steps.filters.push((std::mem::replace(&mut steps.context, after), bound));
        }
        Ok(steps)
    }

    fn apply(&self, segment: &Segment) -> Remaining {
        self.filters.iter().fold(Remaining::default(), |remaining, (context, filter)| {
            remaining.filtered(context, filter, segment)
        })
    }
}

/// The answer of a question on a text log, as JSON text on one line.
pub(crate) fn ask(log: &str, question: &str, params: &str) -> String {
    ask_log(&text_log::parse(log), question, params)
}

/// The answer of a question on a log, as JSON text on one line.
pub(crate) fn ask_log(log: &EventLog, question: &str, params: &str) -> String {
    ask_after(log, &[], question, params)
}

/// The answer of a question on what filters, one after another, have left of a log.
pub(crate) fn ask_after(log: &EventLog, filters: &[&str], question: &str, params: &str) -> String {
    let filters = filters.iter().map(|filter| serde_json::from_str(filter).expect("JSON"));
    let steps = match Steps::new(log, &filters.collect::<Vec<Value>>()) {
        Ok(steps) => steps,
        Err(problem) => return format!("problem: {problem}"),
    };
    let context = &*steps.context;
    let params: Value = serde_json::from_str(params).expect("parameters are JSON");
    let question = operators::find(question).expect("the question is in the list");
    let bound = match question.bind(context, &params) {
        Ok(bound) => bound,
        Err(problem) => return format!("problem: {problem}"),
    };
    let mut partial = bound.new_partial();
    for segment in log.segments() {
        bound.observe(context, &steps.apply(segment).batch(segment), &mut partial);
    }
    match bound.finish(context, partial) {
        Ok(answer) => answer.get().to_owned(),
        Err(problem) => format!("problem: {problem}"),
    }
}

/// The answer, one line for each element of the list at `pointer` (or the whole answer for "").
pub(crate) fn ask_list(log: &str, question: &str, params: &str, pointer: &str) -> Vec<String> {
    let answer = ask(log, question, params);
    let answer: Value = serde_json::from_str(&answer).unwrap_or(Value::String(answer));
    let list = answer.pointer(pointer).cloned().unwrap_or(answer);
    match list {
        Value::Array(elements) => elements.iter().map(Value::to_string).collect(),
        other => vec![other.to_string()],
    }
}

/// A text log with some activities declared auxiliary.
pub(crate) fn with_auxiliary(log: &str, auxiliary: &[&str]) -> EventLog {
    let auxiliary = auxiliary.iter().map(|&name| name.to_owned()).collect();
    text_log::parse_with(log, LogSpec { auxiliary, ..LogSpec::plain() }, 1)
}

/// A text log in which the times of some activities are known to the day only.
pub(crate) fn with_days(log: &str, activities: &[&str]) -> EventLog {
    let log = text_log::parse(log);
    let names = &log.context().activities;
    let segments = log.segments().iter().map(|segment| {
        let mut parts = segment.parts().clone();
        let is_day = |&code| activities.contains(&names.name(code));
        let precision = |code| if is_day(code) { Precision::Day } else { Precision::Instant };
        parts.precisions = parts.activities.iter().map(precision).collect();
        Segment::new(parts)
    });
    EventLog::new(LogContext::clone(log.context()), segments.collect())
}

/// The ids of the cases that a filter keeps, sorted.
pub(crate) fn kept_cases(log: &str, filter: &str) -> Vec<String> {
    kept(log, filter, |id, _| id.to_owned())
}

/// The cases that a filter keeps, as `id: trace`, sorted.
pub(crate) fn kept_traces(log: &str, filter: &str) -> Vec<String> {
    kept(log, filter, |id, trace| format!("{id}: {trace}"))
}

/// The ids of the cases of a log that a filter keeps, sorted.
pub(crate) fn kept_of(log: &EventLog, filter: &str) -> Vec<String> {
    kept_as(log, filter, |id, _| id.to_owned())
}

fn kept(log: &str, filter: &str, show: impl Fn(&str, &str) -> String) -> Vec<String> {
    kept_as(&text_log::parse(log), filter, show)
}

fn kept_as(log: &EventLog, filter: &str, show: impl Fn(&str, &str) -> String) -> Vec<String> {
    let filter: Value = serde_json::from_str(filter).expect("a filter is JSON");
    let steps = match Steps::new(log, &[filter]) {
        Ok(steps) => steps,
        Err(problem) => return vec![format!("problem: {problem}")],
    };
    let activities = &steps.context.activities;
    let mut lines = Vec::new();
    for segment in log.segments() {
        steps.apply(segment).batch(segment).for_each(|case| {
            let names: Vec<&str> =
                case.activities().iter().map(|&code| activities.name(code)).collect();
            lines.push(show(case.id(), &names.join(" ")));
        });
    }
    lines.sort();
    lines
}
