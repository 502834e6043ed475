//! How do the cases of one version of a log differ from those of another?
//!
//! Each side is mapped and counted on the log of its own version, as `map` and `summary` do; then
//! both are joined by the names of activities. What fits only one of the versions is there.

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::marker::PhantomData;
use utoipa::ToSchema;

use super::join::{Looked, answers, compared};
use super::{Params, SideSeen};
use crate::operator::{AnyPartial, Entry, Operator, Question, parse_params};
use crate::operators::map;
use crate::reads::Reads;
use crate::statistics::case_selection::CaseSelection;

/// One side of a comparison, folded over the log of its own version. In no list of questions: its
/// partials are for [`answer`].
pub static SIDE: &dyn Question = &Entry::<SideOp>(PhantomData);

/// Everything is looked at but `a`.
struct SideOp;

/// The selection and the map, looked up.
struct SidePlan {
    cases: CaseSelection,
    map: map::Plan,
}

/// What is seen of the cases of a version.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Seen {
    cases: u64,
    neither: u64,
    side: SideSeen,
}

/// Nothing is told of one side alone.
#[derive(Debug, Serialize, ToSchema)]
struct NoOutput {}

/// The parameters of the side of a log: `of` is `a` or `b`. Activities that only the other version
/// has are none of its own; what neither has stays, and is refused.
#[must_use]
pub fn of_side(params: &Value, of: &str, log: &LogContext, other: &LogContext) -> Value {
    let mut side = params.clone();
    let Some(fields) = side.as_object_mut() else { return side };
    let filters = fields.remove(of).filter(|filters| !filters.is_null());
    fields.remove("b");
    fields.remove("b_version");
    fields.insert("a".to_owned(), filters.unwrap_or_else(|| Value::Array(Vec::new())));
    if let Some(Value::Array(names)) = fields.get_mut("activities") {
        let has = |log: &LogContext, name: &Value| {
            name.as_str().is_some_and(|name| log.activities.code(name).is_some())
        };
        names.retain(|name| has(log, name) || !has(other, name));
    }
    side
}

/// The answer, from what [`SIDE`] has seen of each version with the parameters of its side.
///
/// # Errors
/// The parameters do not suit a version, or the answer exceeds a limit.
pub fn answer(
    params: &Value,
    (log_a, of_a, seen_a): (&LogContext, &Value, AnyPartial),
    (log_b, of_b, seen_b): (&LogContext, &Value, AnyPartial),
) -> Result<Box<RawValue>, Problem> {
    let Params { keep, few_cases, .. } = parse_params::<Params>(super::Op::NAME, params)?;
    let (seen_a, seen_b) = (seen(seen_a), seen(seen_b));
    let looked = Looked {
        cases: seen_a.cases + seen_b.cases,
        shared: 0,
        neither: seen_a.neither + seen_b.neither,
    };
    let of = (seen_a.cases, seen_b.cases);
    let side = |log: &LogContext, params: &Value, seen: Seen| {
        let plan = SideOp::plan(log, parse_params(super::Op::NAME, params)?)?;
        answers(log, &plan.map, seen.side)
    };
    let (a, b) = (side(log_a, of_a, seen_a)?, side(log_b, of_b, seen_b)?);
    let mut output = compared(looked, &keep, few_cases, a, b);
    (output.a.of, output.b.of) = (Some(of.0), Some(of.1));
    Ok(serde_json::value::to_raw_value(&output).expect("an answer is plain data"))
}

fn seen(partial: AnyPartial) -> Seen {
    *partial.downcast::<Seen>().expect("a partial of the side of a comparison")
}

/// Versions are of stored logs: a file has only one.
pub(super) fn only_stored() -> Problem {
    Problem::new(
        ErrorCode::InvalidParameters,
        say!("Versions are compared of stored logs only; a file has no other version."),
    )
    .in_parameter("b_version")
    .with_hint(say!("Import both files as versions of one log, and ask that."))
}

impl Operator for SideOp {
    const NAME: &'static str = super::Op::NAME;
    const SUMMARY: &'static str = super::Op::SUMMARY;
    type Params = Params;
    type Plan = SidePlan;
    type Partial = Seen;
    type Output = NoOutput;

    fn reads(log: &LogContext, params: &Params) -> Reads {
        CaseSelection::reads(log, &params.a)
    }

    fn plan(log: &LogContext, params: Params) -> Result<SidePlan, Problem> {
        let map = map::Params::with_waits(params.activities, params.auxiliary);
        Ok(SidePlan {
            cases: CaseSelection::plan(log, &params.a, "a")?,
            map: map::Op::plan(log, map)?,
        })
    }

    fn observe(log: &LogContext, plan: &SidePlan, batch: &CaseBatch<'_>, into: &mut Seen) {
        let part = batch.part(&plan.cases.mask(log, batch));
        let cases = part.batch();
        into.cases += batch.case_count();
        into.neither += batch.case_count() - cases.case_count();
        into.side.observe(log, &plan.map, &cases);
    }

    fn merge(left: &mut Seen, right: Seen) {
        left.cases += right.cases;
        left.neither += right.neither;
        left.side.merge(right.side);
    }

    fn finish(_: &LogContext, _: &SidePlan, _: Seen) -> Result<NoOutput, Problem> {
        Ok(NoOutput {})
    }
}
