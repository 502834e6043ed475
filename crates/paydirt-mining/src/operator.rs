//! The seam: how a question looks at some whole cases, merges what it saw, and finishes.
//!
//! An operator is one file with five parts: what it answers, parameters, output, implementation,
//! tests. [`Question`] is the same thing without type parameters, for the engine.

use std::any::Any;
use std::marker::PhantomData;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::{LogContext, Segment};
use paydirt_model::objects::read;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use utoipa::{PartialSchema, ToSchema};

use crate::reads::Reads;

/// One question about a log.
///
/// `observe` may be called with any split of the cases into batches, on any thread; `merge` is
/// associative and commutative with the default partial as neutral element. A partial holds
/// integers and names, never floating point.
pub trait Operator: Send + Sync + 'static {
    /// The question's name in requests, docs and saved dashboards. Never changes.
    const NAME: &'static str;
    /// What it answers, in one sentence in the user's words.
    const SUMMARY: &'static str;
    /// What another question, asked first, fills in where it is not given.
    const FILLED_IN: Option<FilledIn> = None;
    /// What the user may set. Unknown fields are an error; every field has a description.
    type Params: DeserializeOwned + ToSchema;
    /// The parameters with every name looked up and every limit checked, once for each request.
    type Plan: Send + Sync;
    /// What a worker ships.
    type Partial: Serialize + DeserializeOwned + Default + Send + 'static;
    /// What the screen gets: names, never codes.
    type Output: Serialize + ToSchema;

    /// Which attributes it looks at: everything `plan`, `observe` and `finish` use of them.
    /// Answered without texts and values, and before `plan`, which is the one to refuse names.
    fn reads(log: &LogContext, params: &Self::Params) -> Reads {
        let _ = (log, params);
        Reads::nothing()
    }

    /// Checks the parameters against the log.
    ///
    /// # Errors
    /// A parameter names something the log does not have, or exceeds a limit.
    fn plan(log: &LogContext, params: Self::Params) -> Result<Self::Plan, Problem>;

    /// Whether a segment can hold anything it looks for, so that attributes of others need not be
    /// read. Must be true where `observe` would see anything; looks at core columns only.
    fn concerns(log: &LogContext, plan: &Self::Plan, segment: &Segment) -> bool {
        let _ = (log, plan, segment);
        true
    }

    /// Looks at some whole cases.
    fn observe(
        log: &LogContext,
        plan: &Self::Plan,
        batch: &CaseBatch<'_>,
        into: &mut Self::Partial,
    );

    /// Adds what another worker saw.
    fn merge(left: &mut Self::Partial, right: Self::Partial);

    /// Turns what was seen into the answer, in the stated order.
    ///
    /// # Errors
    /// The answer would exceed a limit, or what was asked for does not exist.
    fn finish(
        log: &LogContext,
        plan: &Self::Plan,
        partial: Self::Partial,
    ) -> Result<Self::Output, Problem>;
}

/// Parameters as they are asked, by name.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// What another question fills in where it is not given, so that all doors begin alike.
#[derive(Debug, Clone, Copy)]
pub struct FilledIn {
    /// The question that is asked first.
    pub question: &'static str,
    /// What it is asked of.
    pub of: FilledInOf,
    /// Its parameters, given those of this question; nothing when these lack nothing.
    pub asks: fn(&Fields) -> Option<Fields>,
    /// Puts what it answers into the parameters of this question.
    pub fills: fn(&mut Fields, answer: &RawValue),
}

/// What is asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilledInOf {
    /// The whole log, as groups of activities show it: what is filled in is the same under every
    /// filter.
    WholeLog,
    /// What the filters leave of the log.
    Selection,
}

/// What a worker has seen, without its type.
pub type AnyPartial = Box<dyn Any + Send>;

/// An operator without type parameters: what lists hold and the engine runs.
pub trait Question: Send + Sync {
    /// See [`Operator::NAME`].
    fn name(&self) -> &'static str;
    /// See [`Operator::SUMMARY`].
    fn summary(&self) -> &'static str;
    /// See [`Operator::FILLED_IN`].
    fn filled_in(&self) -> Option<FilledIn>;
    /// JSON schemas: parameters, answer, and the schemas both refer to by name.
    fn schema(&self) -> QuestionSchema;
    /// See [`Operator::reads`]; nothing for parameters that `bind` refuses.
    fn reads(&self, log: &LogContext, params: &serde_json::Value) -> Reads;
    /// The question with checked parameters.
    ///
    /// # Errors
    /// A field is unknown or has the wrong type, or as [`Operator::plan`].
    fn bind(
        &self,
        log: &LogContext,
        params: &serde_json::Value,
    ) -> Result<Box<dyn BoundQuestion>, Problem>;
}

/// The JSON schemas of a question.
#[derive(Debug, Serialize)]
pub struct QuestionSchema {
    /// Name of the question.
    pub question: &'static str,
    /// What it answers.
    pub summary: &'static str,
    /// Schema of its parameters.
    pub params: serde_json::Value,
    /// Schema of its answer.
    pub answer: serde_json::Value,
    /// The schemas that the two refer to, under `schemas`.
    pub components: serde_json::Value,
}

/// A question with checked parameters.
pub trait BoundQuestion: Send + Sync {
    /// The neutral partial.
    fn new_partial(&self) -> AnyPartial;
    /// See [`Operator::concerns`].
    fn concerns(&self, log: &LogContext, segment: &Segment) -> bool;
    /// See [`Operator::observe`].
    fn observe(&self, log: &LogContext, batch: &CaseBatch<'_>, into: &mut AnyPartial);
    /// See [`Operator::merge`].
    fn merge(&self, left: &mut AnyPartial, right: AnyPartial);
    /// See [`Operator::finish`]; the answer as JSON.
    ///
    /// # Errors
    /// As [`Operator::finish`].
    fn finish(&self, log: &LogContext, partial: AnyPartial) -> Result<Box<RawValue>, Problem>;
    /// The partial in the form that crosses machines.
    ///
    /// # Errors
    /// Never for partials of this question; the form is plain data.
    fn ship(&self, partial: &AnyPartial) -> Result<Vec<u8>, Problem>;
    /// The partial from the form that crosses machines.
    ///
    /// # Errors
    /// The bytes are not a partial of this question.
    fn receive(&self, bytes: &[u8]) -> Result<AnyPartial, Problem>;
}

/// Puts an operator into a list.
pub struct Entry<O>(pub PhantomData<fn() -> O>);

struct Bound<O: Operator>(O::Plan);

impl<O: Operator> Question for Entry<O> {
    fn name(&self) -> &'static str {
        O::NAME
    }

    fn summary(&self) -> &'static str {
        O::SUMMARY
    }

    fn filled_in(&self) -> Option<FilledIn> {
        O::FILLED_IN
    }

    fn schema(&self) -> QuestionSchema {
        let mut components = Vec::new();
        O::Params::schemas(&mut components);
        O::Output::schemas(&mut components);
        let components: serde_json::Map<String, serde_json::Value> =
            components.into_iter().map(|(name, schema)| (name, to_json(&schema))).collect();
        QuestionSchema {
            question: O::NAME,
            summary: O::SUMMARY,
            params: to_json(&O::Params::schema()),
            answer: to_json(&O::Output::schema()),
            components: serde_json::json!({ "schemas": components }),
        }
    }

    fn reads(&self, log: &LogContext, params: &serde_json::Value) -> Reads {
        let params = parse_params::<O::Params>(O::NAME, params);
        params.map_or_else(|_| Reads::nothing(), |params| O::reads(log, &params))
    }

    fn bind(
        &self,
        log: &LogContext,
        params: &serde_json::Value,
    ) -> Result<Box<dyn BoundQuestion>, Problem> {
        let params: O::Params = parse_params(O::NAME, params)?;
        Ok(Box::new(Bound::<O>(O::plan(log, params)?)))
    }
}

fn to_json(schema: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(schema).expect("a schema is plain data")
}

/// Reads the parameters of a question or filter; unknown fields are refused by name.
pub(crate) fn parse_params<P: DeserializeOwned>(
    name: &str,
    params: &serde_json::Value,
) -> Result<P, Problem> {
    read(params).map_err(|mistake| {
        Problem::new(ErrorCode::InvalidParameters, mistake.told()).in_parameter(name)
    })
}

impl<O: Operator> Bound<O> {
    fn partial<'a>(&self, partial: &'a mut AnyPartial) -> &'a mut O::Partial {
        partial.downcast_mut().expect("a partial stays with its question")
    }
}

impl<O: Operator> BoundQuestion for Bound<O> {
    fn new_partial(&self) -> AnyPartial {
        Box::new(O::Partial::default())
    }

    fn concerns(&self, log: &LogContext, segment: &Segment) -> bool {
        O::concerns(log, &self.0, segment)
    }

    fn observe(&self, log: &LogContext, batch: &CaseBatch<'_>, into: &mut AnyPartial) {
        O::observe(log, &self.0, batch, self.partial(into));
    }

    fn merge(&self, left: &mut AnyPartial, right: AnyPartial) {
        let right = right.downcast().expect("a partial stays with its question");
        O::merge(self.partial(left), *right);
    }

    fn finish(&self, log: &LogContext, partial: AnyPartial) -> Result<Box<RawValue>, Problem> {
        let partial = partial.downcast().expect("a partial stays with its question");
        let output = O::finish(log, &self.0, *partial)?;
        let json = serde_json::value::to_raw_value(&output);
        Ok(json.expect("an answer is plain data"))
    }

    fn ship(&self, partial: &AnyPartial) -> Result<Vec<u8>, Problem> {
        let partial: &O::Partial =
            partial.downcast_ref().expect("a partial stays with its question");
        serde_json::to_vec(partial).map_err(|error| broken_partial(O::NAME, &error))
    }

    fn receive(&self, bytes: &[u8]) -> Result<AnyPartial, Problem> {
        let partial: O::Partial =
            serde_json::from_slice(bytes).map_err(|error| broken_partial(O::NAME, &error))?;
        Ok(Box::new(partial))
    }
}

fn broken_partial(name: &str, error: &serde_json::Error) -> Problem {
    Problem::new(
        ErrorCode::Internal,
        say!("A partial answer to {name} is broken: {error}.", name, error = error.to_string()),
    )
}

/// Declares the modules of operators and lists them: one line for each.
#[macro_export]
macro_rules! operators {
    ($($module:ident),+ $(,)?) => {
        $(pub mod $module;)+
        /// Every question, in the order of this list.
        pub static ALL: &[&dyn $crate::operator::Question] = &[
            $(&$crate::operator::Entry::<$module::Op>(::std::marker::PhantomData)),+
        ];
    };
}
