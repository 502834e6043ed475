//! Which activities does a map show where none are named: those that the slider brings into sight.
//!
//! The same question is asked first, without paths: it tells from which value of the slider each
//! activity is shown, and which are shown at first.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::operator::Fields;

/// How far the slider is moved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownParams {
    /// Value of the slider, 0 to 100: every activity that is shown from there or before
    /// (`shown_from`). Those that are shown at first when not given.
    #[serde(default)]
    up_to: Option<u8>,
}

const ACTIVITIES: &str = "activities";
const SHOWN: &str = "shown";

/// What decides which activities there are and in what order they appear.
const DECISIVE: [&str; 3] = ["auxiliary", "keep", "rarest_first"];

/// Asks for all activities, where some of them are to be chosen.
pub(super) fn all_of(params: &Fields) -> Option<Fields> {
    let is_given = |name: &str| params.get(name).is_some_and(|value| !value.is_null());
    if is_given(ACTIVITIES) || !is_given(SHOWN) {
        return None;
    }
    let decisive = |name: &str| Some((name.to_owned(), params.get(name)?.clone()));
    let mut asked: Fields = DECISIVE.into_iter().filter_map(decisive).collect();
    asked.insert("paths".to_owned(), Value::Bool(false));
    Some(asked)
}

#[derive(Deserialize)]
struct AllActivities {
    activities: Vec<Appearing>,
}

#[derive(Deserialize)]
struct Appearing {
    activity: String,
    shown_from: u8,
    shown: bool,
}

/// Names the activities that are shown, unless they are all.
pub(super) fn choose(params: &mut Fields, answer: &RawValue) {
    let asked = params.get(SHOWN).map(ShownParams::deserialize);
    let (Some(Ok(ShownParams { up_to })), Ok(AllActivities { activities })) =
        (asked, serde_json::from_str(answer.get()))
    else {
        return;
    };
    let is_shown = |one: &Appearing| up_to.map_or(one.shown, |up_to| one.shown_from <= up_to);
    let is_whole = activities.iter().all(is_shown);
    let names = activities.into_iter().filter(is_shown).map(|one| Value::from(one.activity));
    let names = if is_whole { Value::Null } else { names.collect() };
    params.remove(SHOWN);
    params.insert(ACTIVITIES.to_owned(), names);
}

/// The map is told which activities are shown before it looks at the first case.
pub(super) fn not_chosen() -> Problem {
    Problem::new(
        ErrorCode::InvalidParameters,
        say!("Which activities are shown is not known before all activities are."),
    )
    .in_parameter(SHOWN)
}
