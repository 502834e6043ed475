//! Which parameters does another question fill in, where a request leaves them out?
//!
//! That question is asked first, in a scan of its own: of the whole log as groups of activities
//! show it, or of what the filters leave. A tile for which it has no answer is asked as it is, and
//! says itself what it lacks.

use std::borrow::Cow;

use paydirt_mining::filter::Keeps;
use paydirt_mining::operator::{Fields, FilledIn, FilledInOf};
use paydirt_mining::{filters, operators};
use paydirt_model::event_log::EventLog;
use paydirt_model::problem::Problem;
use serde_json::Value;

use crate::analysis::{Analysis, Tile};
use crate::run::{RunOptions, run};

/// What one tile lacks, and what is asked first for it.
struct Lacking {
    tile_idx: usize,
    filled_in: FilledIn,
    asks: Fields,
}

/// The request with what other questions fill in.
///
/// # Errors
/// A filter of the request is not valid, or the run was cancelled.
pub(crate) fn filled_in<'a>(
    log: &EventLog,
    analysis: &'a Analysis,
    options: &RunOptions<'_>,
) -> Result<Cow<'a, Analysis>, Problem> {
    let all = analysis.tiles.iter().enumerate();
    let lacking: Vec<Lacking> = all.filter_map(|(idx, tile)| lacking(idx, tile)).collect();
    let mut filled = Cow::Borrowed(analysis);
    for of in [FilledInOf::WholeLog, FilledInOf::Selection] {
        let asked: Vec<&Lacking> = lacking.iter().filter(|one| one.filled_in.of == of).collect();
        if asked.is_empty() {
            continue;
        }
        let first = asked_first(analysis, &asked, of);
        let progress = |_, _| {};
        let answers = run(log, &first, &RunOptions { progress: &progress, ..*options })?.tiles;
        for (one, answer) in asked.into_iter().zip(answers) {
            let params = filled.to_mut().tiles[one.tile_idx].params.as_object_mut();
            if let (Some(params), Some(answer)) = (params, answer.answer) {
                (one.filled_in.fills)(params, &answer);
            }
        }
    }
    Ok(filled)
}

/// What a tile leaves out and another question can fill in.
fn lacking(tile_idx: usize, tile: &Tile) -> Option<Lacking> {
    let filled_in = operators::find(&tile.question).ok()?.filled_in()?;
    let asks = (filled_in.asks)(tile.params.as_object()?)?;
    Some(Lacking { tile_idx, filled_in, asks })
}

/// One request for all that is asked of the same cases.
fn asked_first(analysis: &Analysis, asked: &[&Lacking], of: FilledInOf) -> Analysis {
    let filters = |filters: &[Value]| match of {
        FilledInOf::WholeLog => groupings(filters),
        FilledInOf::Selection => filters.to_vec(),
    };
    let tile = |one: &&Lacking| Tile {
        id: analysis.tiles[one.tile_idx].id.clone(),
        question: one.filled_in.question.to_owned(),
        params: Value::Object(one.asks.clone()),
        filters: filters(&analysis.tiles[one.tile_idx].filters),
        group_by: None,
    };
    Analysis {
        filters: filters(&analysis.filters),
        tiles: asked.iter().map(tile).collect(),
        ..analysis.clone()
    }
}

/// Those filters that only give activities other names.
fn groupings(filters: &[Value]) -> Vec<Value> {
    let is_grouping = |filter: &&Value| {
        let kind = filter.get("kind").and_then(Value::as_str);
        let kind = kind.and_then(|kind| filters::find(kind).ok());
        kind.is_some_and(|kind| kind.keeps() == Keeps::Everything)
    };
    filters.iter().filter(is_grouping).cloned().collect()
}
