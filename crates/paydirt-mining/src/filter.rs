//! The seam of filters: which cases, and which events of a case, a question looks at.
//!
//! A case filter keeps or drops whole cases. An event filter keeps some events of every case; a
//! case left without events is gone. Filters compose with `all`, `any` and `not`; a composition is
//! of case filters or of event filters, never of both. Several filters apply one after another.
//! One more step of such a list keeps everything and groups activities: what comes after it sees
//! the log under other names.

use std::marker::PhantomData;

use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::problem::Problem;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use crate::reads::Reads;
use composition::{BoundFilter, CaseExpression, EventExpression};

pub mod composition;
pub mod remaining;

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
