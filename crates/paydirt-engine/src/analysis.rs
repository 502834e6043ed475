//! What a screen asks in one request, and what it gets: filters, tiles, one answer for each tile.

use std::collections::BTreeMap;

use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// One request: a log version, filters for all tiles, and the tiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// The log version, as the catalogue or the file's hash names it.
    pub version: String,
    /// Which log of the version: what a case is.
    #[serde(default = "main_notion")]
    pub notion: CaseNotion,
    /// The version of the settings by which computed attributes are computed; the newest unless
    /// said, and 0 has the defaults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<u64>,
    /// The same of other logs that a tile compares with, by the id of their version.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other_settings: BTreeMap<String, u64>,
    /// Filters of the whole request, applied one after another.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub filters: Vec<Value>,
    /// The tiles.
    pub tiles: Vec<Tile>,
}

fn main_notion() -> CaseNotion {
    CaseNotion::Main
}

/// One question of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// Name of the tile within the request.
    pub id: String,
    /// The question.
    pub question: String,
    /// Its parameters.
    #[serde(default = "no_params")]
    #[schema(value_type = Object)]
    pub params: Value,
    /// Filters of this tile alone, applied after those of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub filters: Vec<Value>,
    /// A case attribute: the question is answered for each of its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_by: Option<String>,
}

fn no_params() -> Value {
    Value::Object(serde_json::Map::new())
}

/// What one filter removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FilterEffect {
    /// The filter as it was asked.
    #[schema(value_type = Object)]
    pub filter: Value,
    /// Cases it removed.
    pub cases_removed: u64,
    /// Events it removed, those of removed cases included.
    pub events_removed: u64,
}

/// Cases and events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Size {
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
}

/// The answer for one value of the grouping attribute.
#[derive(Debug, Clone, Serialize)]
pub struct GroupAnswer {
    /// The value; `null` for cases without one.
    pub value: Option<String>,
    /// Cases of the group.
    pub cases: u64,
    /// The answer, or nothing when it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Box<RawValue>>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// The answer of one tile.
#[derive(Debug, Clone, Serialize)]
pub struct TileAnswer {
    /// Name of the tile.
    pub id: String,
    /// The question.
    pub question: String,
    /// Cases and events it looked at.
    pub size: Size,
    /// What each filter of the tile removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<FilterEffect>,
    /// The answer, unless the tile is grouped or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Box<RawValue>>,
    /// The answers by group, largest first, then by value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<GroupAnswer>>,
    /// Why the tile failed; the others still answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// The answer of a request.
#[derive(Debug, Clone, Serialize)]
pub struct AnalysisAnswer {
    /// The log version.
    pub version: String,
    /// What a case is.
    pub notion: CaseNotion,
    /// The version of the settings, where one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<u64>,
    /// Until when the data are complete.
    pub as_of: Option<Timestamp>,
    /// IANA zone of calendar questions.
    pub time_zone: String,
    /// The whole log.
    pub total: Size,
    /// What the filters of the request left.
    pub size: Size,
    /// What each filter of the request removed.
    pub filters: Vec<FilterEffect>,
    /// One answer for each tile, in the order asked.
    pub tiles: Vec<TileAnswer>,
}

impl AnalysisAnswer {
    /// The same answer, its problems told in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        for tile in &mut self.tiles {
            let groups = tile.groups.iter_mut().flatten();
            let of_groups = groups.filter_map(|group| group.problem.as_mut());
            tile.problem.iter_mut().chain(of_groups).for_each(|problem| problem.tell_in(language));
        }
        self
    }
}
