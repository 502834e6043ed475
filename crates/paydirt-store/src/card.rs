//! What is known about a log when the catalogue is lost: a small file beside its versions.
//!
//! The catalogue is the truth. The card is written after it, may be one change late after a
//! crash, and is brought up to date at the next start.

use std::path::Path;

use paydirt_model::problem::Problem;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::catalog;
use crate::entries::{LogId, Retention, VersionNumber, ViewEntry, ViewId, ViewKind};
use crate::file_layer::FileLayer;
use crate::folder::replace;
use crate::layout::{self, Layout};

const CARD_FORMAT: u32 = 1;

/// The card of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    format: u32,
    pub(crate) id: LogId,
    pub(crate) name: String,
    pub(crate) created_at_us: i64,
    pub(crate) retention: Retention,
    pub(crate) current: Option<VersionNumber>,
    pub(crate) next_version: u64,
    pub(crate) pinned: Vec<VersionNumber>,
    #[serde(default)]
    pub(crate) views: Vec<CardView>,
}

/// A saved view on the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CardView {
    pub(crate) id: ViewId,
    pub(crate) kind: ViewKind,
    pub(crate) name: String,
    pub(crate) content: String,
    pub(crate) created_at_us: i64,
    pub(crate) updated_at_us: i64,
}

impl From<ViewEntry> for CardView {
    fn from(view: ViewEntry) -> Self {
        CardView {
            id: view.id,
            kind: view.kind,
            name: view.name,
            content: view.content,
            created_at_us: view.created_at.as_us(),
            updated_at_us: view.updated_at.as_us(),
        }
    }
}

impl Card {
    /// What the catalogue says now.
    pub(crate) fn of(connection: &Connection, log: LogId) -> Result<Self, Problem> {
        let entry = catalog::logs::get(connection, log)?;
        let versions = catalog::versions::all(connection, log)?;
        let views = catalog::views::all(connection, log)?;
        Ok(Card {
            format: CARD_FORMAT,
            id: log,
            name: entry.name,
            created_at_us: entry.created_at.as_us(),
            retention: entry.retention,
            current: entry.current,
            next_version: catalog::logs::next_version(connection, log)?,
            pinned: versions.iter().filter(|one| one.pinned).map(|one| one.number).collect(),
            views: views.into_iter().map(CardView::from).collect(),
        })
    }

    /// The card of a log; `None` when there is none that can be understood.
    pub(crate) fn read(folder: &Path, log: LogId) -> Option<Self> {
        let bytes = std::fs::read(folder.join(layout::CARD)).ok()?;
        let card: Card = serde_json::from_slice(&bytes).ok()?;
        (card.format == CARD_FORMAT && card.id == log).then_some(card)
    }

    /// Puts the card beside the versions.
    pub(crate) fn write(&self, layout: &Layout, layer: &dyn FileLayer) -> Result<(), Problem> {
        let json = serde_json::to_vec_pretty(self).expect("a card is plain data");
        replace(layer, &layout.log(self.id), layout::CARD, &json)
    }
}
