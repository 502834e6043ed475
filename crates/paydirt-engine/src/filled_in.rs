//! Which parameters does the log fill in, where a request leaves them out?
//!
//! The question that fills them in is asked first, in a scan of its own and of the whole log as
//! groups of activities show it. A tile for which it has no answer is asked as it is, and says
//! itself what it lacks.

use std::borrow::Cow;

use paydirt_mining::filter::Keeps;
use paydirt_mining::operator::FilledIn;
use paydirt_mining::{filters, operators};
use paydirt_model::event_log::EventLog;
use paydirt_model::problem::Problem;
use serde_json::{Map, Value};

use crate::analysis::{Analysis, Tile};
use crate::run::{RunOptions, run};

/// The request with what the log fills in.
///
/// # Errors
/// A grouping of the request is not valid, or the run was cancelled.
pub(crate) fn filled_in<'a>(
    log: &EventLog,
    analysis: &'a Analysis,
    options: &RunOptions<'_>,
) -> Result<Cow<'a, Analysis>, Problem> {
    let wanted = analysis.tiles.iter().enumerate();
    let wanted: Vec<(usize, FilledIn)> =
        wanted.filter_map(|(idx, tile)| Some((idx, lacking(tile)?))).collect();
    if wanted.is_empty() {
        return Ok(Cow::Borrowed(analysis));
    }
    let tile = |&(idx, missing): &(usize, FilledIn)| Tile {
        id: analysis.tiles[idx].id.clone(),
        question: missing.question.to_owned(),
        params: Value::Object(Map::new()),
        filters: groupings(&analysis.tiles[idx].filters),
        group_by: None,
    };
    let first = Analysis {
        filters: groupings(&analysis.filters),
        tiles: wanted.iter().map(tile).collect(),
        ..analysis.clone()
    };
    let progress = |_, _| {};
    let answers = run(log, &first, &RunOptions { progress: &progress, ..*options })?.tiles;
    let mut filled = analysis.clone();
    for ((idx, missing), answer) in wanted.into_iter().zip(answers) {
        let answer = answer.answer.and_then(|answer| {
            serde_json::from_str::<Map<String, Value>>(answer.get()).ok()?.remove(missing.parameter)
        });
        let params = filled.tiles[idx].params.as_object_mut();
        if let (Some(params), Some(value)) = (params, answer) {
            params.insert(missing.parameter.to_owned(), value);
        }
    }
    Ok(Cow::Owned(filled))
}

/// What a tile leaves out and the log can fill in.
fn lacking(tile: &Tile) -> Option<FilledIn> {
    let missing = operators::find(&tile.question).ok()?.filled_in()?;
    let given = tile.params.as_object()?.get(missing.parameter);
    given.is_none_or(Value::is_null).then_some(missing)
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
