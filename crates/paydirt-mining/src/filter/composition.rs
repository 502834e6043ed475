//! How are filters composed of others, and what does a filter that somebody wrote look at and do?

use std::sync::Arc;

use paydirt_model::case_batch::{Case, CaseBatch, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::{Map, Value};

use super::{BoundCaseFilter, BoundEventFilter};
use crate::filters::group_activities::ActivityGroups;
use crate::reads::Reads;

/// A filter or a composition of filters, checked against a log.
pub enum BoundFilter {
    /// Keeps or drops whole cases.
    Cases(CaseExpression),
    /// Keeps some events of every case.
    Events(EventExpression),
    /// Keeps everything, under other names.
    Groups(ActivityGroups),
}

impl BoundFilter {
    /// The log as it is seen after this step; `None` where names stay as they are.
    #[must_use]
    pub fn context(&self) -> Option<&Arc<LogContext>> {
        match self {
            BoundFilter::Cases(_) | BoundFilter::Events(_) => None,
            BoundFilter::Groups(groups) => Some(groups.context()),
        }
    }
}

/// A composition of case filters.
pub enum CaseExpression {
    /// One filter.
    One(Box<dyn BoundCaseFilter>),
    /// Every part keeps the case.
    All(Vec<CaseExpression>),
    /// At least one part keeps the case.
    Any(Vec<CaseExpression>),
    /// The part drops the case.
    Not(Box<CaseExpression>),
}

/// A composition of event filters.
pub enum EventExpression {
    /// One filter.
    One(Box<dyn BoundEventFilter>),
    /// Every part keeps the event.
    All(Vec<EventExpression>),
    /// At least one part keeps the event.
    Any(Vec<EventExpression>),
    /// The part drops the event.
    Not(Box<EventExpression>),
}

impl CaseExpression {
    /// Whether the case stays.
    #[must_use]
    pub fn keep(&self, log: &LogContext, case: &Case<'_>) -> bool {
        match self {
            CaseExpression::One(filter) => filter.keep(log, case),
            CaseExpression::All(parts) => parts.iter().all(|part| part.keep(log, case)),
            CaseExpression::Any(parts) => parts.iter().any(|part| part.keep(log, case)),
            CaseExpression::Not(part) => !part.keep(log, case),
        }
    }

    /// The cases of a whole segment that stay; a filter that has no fast way over columns looks
    /// only at the cases that are still `wanted`.
    #[must_use]
    pub fn keep_whole(&self, log: &LogContext, segment: &Segment, wanted: &CaseMask) -> CaseMask {
        match self {
            CaseExpression::One(filter) => {
                if let Some(mut mask) = filter.keep_whole(log, segment) {
                    mask.intersect(wanted);
                    return mask;
                }
                let mut mask = CaseMask::new(segment.case_count(), false);
                CaseBatch::masked(segment, wanted).for_each(|case| {
                    if filter.keep(log, &case) {
                        mask.insert(case.idx());
                    }
                });
                mask
            }
            CaseExpression::All(parts) => {
                parts.iter().fold(wanted.clone(), |left, part| part.keep_whole(log, segment, &left))
            }
            CaseExpression::Any(parts) => {
                let mut mask = CaseMask::new(segment.case_count(), false);
                for part in parts {
                    mask.unite(&part.keep_whole(log, segment, wanted));
                }
                mask
            }
            CaseExpression::Not(part) => {
                let mut mask = part.keep_whole(log, segment, wanted);
                mask.invert();
                mask.intersect(wanted);
                mask
            }
        }
    }
}

impl EventExpression {
    pub(super) fn keep(&self, log: &LogContext, case: &Case<'_>, event_idx: usize) -> bool {
        match self {
            EventExpression::One(filter) => filter.keep(log, case, event_idx),
            EventExpression::All(parts) => parts.iter().all(|part| part.keep(log, case, event_idx)),
            EventExpression::Any(parts) => parts.iter().any(|part| part.keep(log, case, event_idx)),
            EventExpression::Not(part) => !part.keep(log, case, event_idx),
        }
    }
}

/// Most filters nested in one another.
pub const FILTER_DEPTH_MAX: usize = 32;

/// The attributes that a filter or a composition of filters looks at; nothing for what [`bind`]
/// refuses.
#[must_use]
pub fn reads(log: &LogContext, filter: &Value) -> Reads {
    reads_nested(log, filter, 0)
}

fn reads_nested(log: &LogContext, filter: &Value, depth: usize) -> Reads {
    let Some(object) = filter.as_object().filter(|_| depth <= FILTER_DEPTH_MAX) else {
        return Reads::nothing();
    };
    if let Some(kind) = object.get("kind") {
        let entry = kind.as_str().and_then(|kind| crate::filters::find(kind).ok());
        return entry.map_or_else(Reads::nothing, |entry| entry.reads(log, &params_of(object)));
    }
    let parts = object.values().flat_map(|value| match value {
        Value::Array(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    });
    parts.map(|part| reads_nested(log, part, depth + 1)).fold(Reads::nothing(), Reads::and)
}

/// Reads a filter: `{"kind": NAME, …}`, `{"all": […]}`, `{"any": […]}` or `{"not": …}`.
///
/// # Errors
/// The filter is malformed, of an unknown kind, mixes case and event filters in one composition,
/// or does not suit the log.
pub fn bind(log: &LogContext, filter: &Value) -> Result<BoundFilter, Problem> {
    bind_nested(log, filter, 0)
}

fn bind_nested(log: &LogContext, filter: &Value, depth: usize) -> Result<BoundFilter, Problem> {
    if depth > FILTER_DEPTH_MAX {
        return Err(invalid(say!("Filters are nested deeper than {max}.", max = FILTER_DEPTH_MAX)));
    }
    let object = filter
        .as_object()
        .ok_or_else(|| invalid(say!("{filter} is not a filter.", filter = filter.to_string())))?;
    if let Some(kind) = object.get("kind") {
        let kind = kind
            .as_str()
            .ok_or_else(|| invalid(say!("The kind {kind} is no name.", kind = kind.to_string())))?;
        let entry = crate::filters::find(kind)?;
        return entry.bind(log, &params_of(object)).map_err(as_filter_problem);
    }
    let mut entries = object.iter();
    let (Some((key, value)), None) = (entries.next(), entries.next()) else {
        return Err(invalid(say!(
            "{filter} has neither a kind nor one composition.",
            filter = filter.to_string()
        )));
    };
    let parts = |value: &Value| -> Result<Vec<BoundFilter>, Problem> {
        let list = value.as_array().ok_or_else(|| invalid(say!("\"{key}\" takes a list.", key)))?;
        list.iter().map(|part| bind_nested(log, part, depth + 1)).collect()
    };
    match key.as_str() {
        "all" => compose(parts(value)?, CaseExpression::All, EventExpression::All),
        "any" => compose(parts(value)?, CaseExpression::Any, EventExpression::Any),
        "not" => Ok(match bind_nested(log, value, depth + 1)? {
            BoundFilter::Cases(part) => BoundFilter::Cases(CaseExpression::Not(Box::new(part))),
            BoundFilter::Events(part) => BoundFilter::Events(EventExpression::Not(Box::new(part))),
            BoundFilter::Groups(_) => return Err(stands_alone()),
        }),
        other => Err(invalid(say!("\"{other}\" is not all, any or not.", other))),
    }
}

/// A filter without its kind.
fn params_of(filter: &Map<String, Value>) -> Value {
    let mut params = filter.clone();
    params.remove("kind");
    Value::Object(params)
}

fn invalid(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidFilter, detail).with_hint(say!(
        "A filter is {{\"kind\": NAME, …}}, {{\"all\": […]}}, {{\"any\": […]}} or {{\"not\": …}}."
    ))
}

fn stands_alone() -> Problem {
    invalid(say!("A grouping of activities stands alone in the list of filters."))
}

fn as_filter_problem(problem: Problem) -> Problem {
    if problem.code == ErrorCode::InvalidParameters {
        return Problem { code: ErrorCode::InvalidFilter, ..problem };
    }
    problem
}

fn compose(
    parts: Vec<BoundFilter>,
    cases: fn(Vec<CaseExpression>) -> CaseExpression,
    events: fn(Vec<EventExpression>) -> EventExpression,
) -> Result<BoundFilter, Problem> {
    let (mut of_cases, mut of_events) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            BoundFilter::Cases(part) => of_cases.push(part),
            BoundFilter::Events(part) => of_events.push(part),
            BoundFilter::Groups(_) => return Err(stands_alone()),
        }
    }
    match (of_cases.is_empty(), of_events.is_empty()) {
        (false, false) => Err(invalid(
            say!(
                "A composition holds case filters or event filters, not both; give them as \
             several filters instead."
            )
            .to_owned(),
        )),
        (true, false) => Ok(BoundFilter::Events(events(of_events))),
        _ => Ok(BoundFilter::Cases(cases(of_cases))),
    }
}
