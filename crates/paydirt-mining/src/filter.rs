//! The seam of filters: which cases, and which events of a case, a question looks at.
//!
//! A case filter keeps or drops whole cases. An event filter keeps some events of every case; a
//! case left without events is gone. Filters compose with `all`, `any` and `not`; a composition is
//! of case filters or of event filters, never of both. Several filters apply one after another.
//! One more step of such a list keeps everything and groups activities: what comes after it sees
//! the log under other names.

use std::marker::PhantomData;
use std::sync::Arc;

use paydirt_model::case_batch::{Case, CaseBatch, CaseMask, Narrowed};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::filters::group_activities::ActivityGroups;
use crate::reads::Reads;

/// A filter that keeps or drops whole cases.
pub trait CaseFilter: Send + Sync + 'static {
    /// The filter's name in requests. Never changes.
    const KIND: &'static str;
    /// What it keeps, in one sentence in the user's words.
    const SUMMARY: &'static str;
    /// What the user sets. Unknown fields are an error; every field has a description.
    type Params: DeserializeOwned + ToSchema;
    /// The parameters with every name looked up, once for each request.
    type Plan: Send + Sync;

    /// Which attributes it looks at: everything `plan` and `keep` use of them. Answered without
    /// texts and values, and before `plan`, which is the one to refuse names.
    fn reads(log: &LogContext, params: &Self::Params) -> Reads {
        let _ = (log, params);
        Reads::nothing()
    }

    /// Checks the parameters against the log.
    ///
    /// # Errors
    /// A parameter names something the log does not have, or is out of range.
    fn plan(log: &LogContext, params: Self::Params) -> Result<Self::Plan, Problem>;

    /// Whether the case stays.
    fn keep(log: &LogContext, plan: &Self::Plan, case: &Case<'_>) -> bool;

    /// The cases of a whole segment that stay, where looking at columns is faster than looking at
    /// cases one by one. Must agree with [`CaseFilter::keep`].
    fn keep_whole(log: &LogContext, plan: &Self::Plan, segment: &Segment) -> Option<CaseMask> {
        let _ = (log, plan, segment);
        None
    }
}

/// A filter that keeps some events of every case.
pub trait EventFilter: Send + Sync + 'static {
    /// The filter's name in requests. Never changes.
    const KIND: &'static str;
    /// What it keeps, in one sentence in the user's words.
    const SUMMARY: &'static str;
    /// What the user sets. Unknown fields are an error; every field has a description.
    type Params: DeserializeOwned + ToSchema;
    /// The parameters with every name looked up, once for each request.
    type Plan: Send + Sync;

    /// Which attributes it looks at: everything `plan` and `keep` use of them. Answered without
    /// texts and values, and before `plan`, which is the one to refuse names.
    fn reads(log: &LogContext, params: &Self::Params) -> Reads {
        let _ = (log, params);
        Reads::nothing()
    }

    /// Checks the parameters against the log.
    ///
    /// # Errors
    /// A parameter names something the log does not have, or is out of range.
    fn plan(log: &LogContext, params: Self::Params) -> Result<Self::Plan, Problem>;

    /// Whether this event of the case stays.
    fn keep(log: &LogContext, plan: &Self::Plan, case: &Case<'_>, event_idx: usize) -> bool;
}

/// What a kind of filter keeps or drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeps {
    /// Whole cases.
    Cases,
    /// Some events of every case.
    Events,
    /// All of it, under other names.
    Everything,
}

/// A kind of filter without type parameters: what the list holds.
pub trait FilterKind: Send + Sync {
    /// The filter's name in requests.
    fn kind(&self) -> &'static str;
    /// What it keeps.
    fn summary(&self) -> &'static str;
    /// What of a log it keeps or drops.
    fn keeps(&self) -> Keeps;
    /// JSON schema of its parameters, and the schemas that it refers to.
    fn schema(&self) -> (Value, Value);
    /// The attributes it looks at; nothing for parameters that `bind` refuses.
    fn reads(&self, log: &LogContext, params: &Value) -> Reads;
    /// The filter with checked parameters.
    ///
    /// # Errors
    /// A field is unknown or has the wrong type, or does not suit the log.
    fn bind(&self, log: &LogContext, params: &Value) -> Result<BoundFilter, Problem>;
}

/// A case filter with checked parameters.
pub trait BoundCaseFilter: Send + Sync {
    /// See [`CaseFilter::keep`].
    fn keep(&self, log: &LogContext, case: &Case<'_>) -> bool;
    /// See [`CaseFilter::keep_whole`].
    fn keep_whole(&self, log: &LogContext, segment: &Segment) -> Option<CaseMask>;
}

/// An event filter with checked parameters.
pub trait BoundEventFilter: Send + Sync {
    /// See [`EventFilter::keep`].
    fn keep(&self, log: &LogContext, case: &Case<'_>, event_idx: usize) -> bool;
}

/// Puts a case filter into the list.
pub struct CaseEntry<F>(pub PhantomData<fn() -> F>);
/// Puts an event filter into the list.
pub struct EventEntry<F>(pub PhantomData<fn() -> F>);

struct CasePlan<F: CaseFilter>(F::Plan);
struct EventPlan<F: EventFilter>(F::Plan);

impl<F: CaseFilter> BoundCaseFilter for CasePlan<F> {
    fn keep(&self, log: &LogContext, case: &Case<'_>) -> bool {
        F::keep(log, &self.0, case)
    }

    fn keep_whole(&self, log: &LogContext, segment: &Segment) -> Option<CaseMask> {
        F::keep_whole(log, &self.0, segment)
    }
}

impl<F: EventFilter> BoundEventFilter for EventPlan<F> {
    fn keep(&self, log: &LogContext, case: &Case<'_>, event_idx: usize) -> bool {
        F::keep(log, &self.0, case, event_idx)
    }
}

/// The schema of parameters, and the schemas that it refers to.
pub(crate) fn schema_of<P: ToSchema>() -> (Value, Value) {
    let mut components = Vec::new();
    P::schemas(&mut components);
    let components = components.into_iter().map(|(name, schema)| (name, to_json(&schema)));
    (to_json(&<P as utoipa::PartialSchema>::schema()), Value::Object(components.collect()))
}

fn to_json(schema: &impl serde::Serialize) -> Value {
    serde_json::to_value(schema).expect("a schema is plain data")
}

impl<F: CaseFilter> FilterKind for CaseEntry<F> {
    fn kind(&self) -> &'static str {
        F::KIND
    }

    fn summary(&self) -> &'static str {
        F::SUMMARY
    }

    fn keeps(&self) -> Keeps {
        Keeps::Cases
    }

    fn schema(&self) -> (Value, Value) {
        schema_of::<F::Params>()
    }

    fn reads(&self, log: &LogContext, params: &Value) -> Reads {
        let params = crate::operator::parse_params::<F::Params>(F::KIND, params);
        params.map_or_else(|_| Reads::nothing(), |params| F::reads(log, &params))
    }

    fn bind(&self, log: &LogContext, params: &Value) -> Result<BoundFilter, Problem> {
        let params = crate::operator::parse_params(F::KIND, params)?;
        Ok(BoundFilter::Cases(CaseExpression::One(Box::new(CasePlan::<F>(F::plan(log, params)?)))))
    }
}

impl<F: EventFilter> FilterKind for EventEntry<F> {
    fn kind(&self) -> &'static str {
        F::KIND
    }

    fn summary(&self) -> &'static str {
        F::SUMMARY
    }

    fn keeps(&self) -> Keeps {
        Keeps::Events
    }

    fn schema(&self) -> (Value, Value) {
        schema_of::<F::Params>()
    }

    fn reads(&self, log: &LogContext, params: &Value) -> Reads {
        let params = crate::operator::parse_params::<F::Params>(F::KIND, params);
        params.map_or_else(|_| Reads::nothing(), |params| F::reads(log, &params))
    }

    fn bind(&self, log: &LogContext, params: &Value) -> Result<BoundFilter, Problem> {
        let params = crate::operator::parse_params(F::KIND, params)?;
        let plan = EventPlan::<F>(F::plan(log, params)?);
        Ok(BoundFilter::Events(EventExpression::One(Box::new(plan))))
    }
}

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
    fn keep(&self, log: &LogContext, case: &Case<'_>, event_idx: usize) -> bool {
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

/// What filters have left of a segment so far.
#[derive(Debug, Default)]
pub struct Remaining {
    mask: Option<CaseMask>,
    narrowed: Option<Narrowed>,
}

impl Remaining {
    /// The remaining cases and events, for an operator to look at.
    #[must_use]
    pub fn batch<'a>(&'a self, segment: &'a Segment) -> CaseBatch<'a> {
        match (&self.narrowed, &self.mask) {
            (Some(narrowed), _) => CaseBatch::narrowed(segment, narrowed),
            (None, Some(mask)) => CaseBatch::masked(segment, mask),
            (None, None) => CaseBatch::all(segment),
        }
    }

    /// Keeps only the cases of this mask that remain so far; for groups.
    #[must_use]
    pub fn restricted(&self, segment: &Segment, mask: &CaseMask) -> Remaining {
        if self.narrowed.is_some() {
            let narrowed = narrow(&self.batch(segment), |case, _| mask.contains(case.idx()));
            return Remaining { mask: None, narrowed: Some(narrowed) };
        }
        let mut mask = mask.clone();
        if let Some(own) = &self.mask {
            mask.intersect(own);
        }
        Remaining { mask: Some(mask), narrowed: None }
    }

    /// Applies one more filter.
    #[must_use]
    pub fn filtered(&self, log: &LogContext, filter: &BoundFilter, segment: &Segment) -> Remaining {
        match filter {
            BoundFilter::Groups(groups) => {
                let narrowed = groups.apply(&self.batch(segment));
                Remaining { mask: None, narrowed: Some(narrowed) }
            }
            BoundFilter::Events(filter) => {
                let batch = self.batch(segment);
                let narrowed = narrow(&batch, |case, event| filter.keep(log, case, event));
                Remaining { mask: None, narrowed: Some(narrowed) }
            }
            BoundFilter::Cases(filter) if self.narrowed.is_some() => {
                let batch = self.batch(segment);
                let mut kept = (usize::MAX, false);
                let narrowed = narrow(&batch, |case, _| {
                    if kept.0 != case.idx() {
                        kept = (case.idx(), filter.keep(log, case));
                    }
                    kept.1
                });
                Remaining { mask: None, narrowed: Some(narrowed) }
            }
            BoundFilter::Cases(filter) => {
                let wanted = match &self.mask {
                    Some(mask) => mask.clone(),
                    None => CaseMask::new(segment.case_count(), true),
                };
                let mask = filter.keep_whole(log, segment, &wanted);
                Remaining { mask: Some(mask), narrowed: None }
            }
        }
    }
}

/// The events that pass a test, case by case; cases left without events are gone.
fn narrow(batch: &CaseBatch<'_>, mut keep: impl FnMut(&Case<'_>, usize) -> bool) -> Narrowed {
    let mut narrowed = Narrowed { offsets: vec![0], ..Narrowed::default() };
    let to_u32 = |value: usize| u32::try_from(value).expect("a segment is below 2^32 events");
    batch.for_each(|case| {
        let before = narrowed.rows.len();
        for event_idx in 0..case.event_count() {
            if keep(&case, event_idx) {
                narrowed.rows.push(to_u32(case.row(event_idx)));
                narrowed.activities.push(case.activities()[event_idx]);
                narrowed.times_us.push(case.times_us()[event_idx]);
            }
        }
        if narrowed.rows.len() > before {
            narrowed.case_idxs.push(to_u32(case.idx()));
            narrowed.offsets.push(to_u32(narrowed.rows.len()));
        }
    });
    narrowed
}

/// Declares the modules of filters and lists them: one line for each.
#[macro_export]
macro_rules! filters {
    (
        cases: $($case:ident),* $(,)?;
        events: $($event:ident),* $(,)?;
        names: $($names:ident),* $(,)?;
    ) => {
        $(pub mod $case;)*
        $(pub mod $event;)*
        $(pub mod $names;)*
        /// Every kind of filter, in the order of this list.
        pub static ALL: &[&dyn $crate::filter::FilterKind] = &[
            $(&$crate::filter::CaseEntry::<$case::F>(::std::marker::PhantomData),)*
            $(&$crate::filter::EventEntry::<$event::F>(::std::marker::PhantomData),)*
            $(&$names::F,)*
        ];
    };
}
