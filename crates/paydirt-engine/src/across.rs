//! Which tiles are of two logs, and how are they answered?
//!
//! The filters of the request and of the tile hold for both logs, each as it understands them.

use paydirt_mining::operator::Operator;
use paydirt_mining::operators::comparison::{self, across::SIDE};
use paydirt_model::event_log::EventLog;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::Value;

use crate::analysis::{Analysis, Tile};
use crate::run::{Answered, Finished, OtherLogs, RunOptions, look_alone};

/// The version that a tile names beside that of the request.
#[must_use]
pub fn other_version(tile: &Tile) -> Option<&str> {
    if tile.question != comparison::Op::NAME {
        return None;
    }
    tile.params.get("b_version")?.as_str()
}

/// The answer of a tile that names a second version, or why that cannot be asked; nothing for any
/// other tile.
pub(crate) fn across(
    (log, others): (&EventLog, &OtherLogs),
    analysis: &Analysis,
    tile: &Tile,
    options: &RunOptions<'_>,
) -> Option<Result<Finished, Problem>> {
    let answer = match others.get(other_version(tile)?)? {
        Ok(other) => compared(log, other, analysis, tile, options),
        Err(problem) => Err(problem.clone()),
    };
    Some(answer)
}

fn compared(
    log: &EventLog,
    other: &EventLog,
    analysis: &Analysis,
    tile: &Tile,
    options: &RunOptions<'_>,
) -> Result<Finished, Problem> {
    if tile.group_by.is_some() {
        let detail = say!("Two versions are compared as a whole, not by groups.");
        return Err(Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("group_by"));
    }
    let filters: Vec<Value> = analysis.filters.iter().chain(&tile.filters).cloned().collect();
    let side = |log: &EventLog, params: &Value| look_alone(log, &filters, SIDE, params, options);
    let (context, theirs) = (log.context(), other.context());
    let of_a = comparison::across::of_side(&tile.params, "a", context, theirs);
    let of_b = comparison::across::of_side(&tile.params, "b", theirs, context);
    let a = side(log, &of_a)?;
    let b = side(other, &of_b).map_err(|problem| match problem.place.parameter.as_deref() {
        Some("a") => problem.in_parameter("b"),
        _ => problem,
    })?;
    let sizes = a.sizes[analysis.filters.len()..].to_vec();
    let answer = comparison::across::answer(
        &tile.params,
        (&a.context, &of_a, a.partial),
        (&b.context, &of_b, b.partial),
    );
    Ok(Finished { sizes, answer: answer.map(Answered::One) })
}
