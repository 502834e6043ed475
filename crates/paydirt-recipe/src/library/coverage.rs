//! Which data does each figure need, and what does each kind of data unlock?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use paydirt_model::say;

use crate::library::choice::choice;
use crate::library::entry::{Entry, Placed};
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

choice! {
    /// What kind of figure it is.
    FigureKind {
        /// A key performance indicator.
        Kpi = "kpi",
        /// Another measure.
        Measure = "measure",
        /// An analysis or view that is no number.
        Analysis = "analysis",
        /// A dashboard of several figures.
        Dashboard = "dashboard",
    }
}

choice! {
    /// What a need is.
    NeedKind {
        /// Events of an activity.
        Activity = "activity",
        /// Values of an attribute.
        Attribute = "attribute",
        /// Rows of a sheet beside the events.
        Sheet = "sheet",
        /// A setting that somebody has to make.
        Setting = "setting",
    }
}

/// One thing that must be in the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Need)]
pub struct Need {
    /// What it is.
    pub kind: NeedKind,
    /// Its key.
    pub key: String,
}

/// A figure, and the data it is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Figure)]
pub struct Figure {
    /// Its id, which never changes.
    pub key: String,
    /// What kind of figure it is.
    pub kind: FigureKind,
    /// What it is called.
    pub name: Texts,
    /// What it needs beside case, activity and time: one of each list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Vec<Need>>,
}

/// A kind of data, and the figures that it unlocks together with those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::CoverageRow)]
pub struct CoverageRow {
    /// Its key, which never changes.
    pub key: String,
    /// What data it is.
    pub name: Texts,
    /// When it is there: one of each list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Vec<Need>>,
    /// Figures that it unlocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unlocks: Vec<String>,
}

impl Figure {
    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&Figure>,
    ) -> Option<Figure> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let kind = entry.choice("kind");
        let kind = entry.required("kind", kind, known.map(|known| known.kind));
        let needs = needs(reading, entry);
        entry.finish();
        Some(Figure {
            key: key.to_owned(),
            kind: kind?,
            name: name?,
            needs: needs.or(known.map(|known| known.needs.clone())).unwrap_or_default(),
        })
    }
}

impl CoverageRow {
    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&CoverageRow>,
    ) -> Option<CoverageRow> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let needs = needs(reading, entry);
        let unlocks = entry.list("unlocks");
        entry.finish();
        for figure in unlocks.iter().flatten() {
            reading.refers(Subject::Figure, figure);
        }
        let unlocks =
            unlocks.map(|figures| figures.into_iter().map(|figure| figure.value).collect());
        Some(CoverageRow {
            key: key.to_owned(),
            name: name?,
            needs: needs.or(known.map(|known| known.needs.clone())).unwrap_or_default(),
            unlocks: unlocks.or(known.map(|known| known.unlocks.clone())).unwrap_or_default(),
        })
    }
}

/// What an entry needs: one of each list.
pub(super) fn needs(reading: &mut Reading, entry: &Entry<'_>) -> Option<Vec<Vec<Need>>> {
    let lists = entry.lists("needs")?;
    let mut needs = Vec::new();
    for list in lists {
        let read = list.into_iter().filter_map(|one| need(reading, entry, &one));
        needs.push(read.collect());
    }
    Some(needs)
}

/// A need is written as kind and key, such as `activity.QuoteIssued`.
fn need(reading: &mut Reading, entry: &Entry<'_>, written: &Placed<String>) -> Option<Need> {
    let Placed { value, place } = written;
    let parts = value.split_once('.').and_then(|(kind, key)| {
        let (kind, subject) = match kind {
            "activity" => (NeedKind::Activity, Subject::Activity),
            "attribute" => (NeedKind::Attribute, Subject::Attribute),
            "sheet" => (NeedKind::Sheet, Subject::Sheet),
            "setting" => (NeedKind::Setting, Subject::Setting),
            _ => return None,
        };
        Some((kind, subject, key.to_owned()))
    });
    let Some((kind, subject, key)) = parts else {
        let detail = say!(
            "\"{value}\" is no need; expected activity, attribute, sheet or setting, a point and a \
             key, such as {example}.",
            value,
            example = "activity.Approved"
        );
        entry.file.note_at(place, detail);
        return None;
    };
    reading.refers(subject, &Placed { value: key.clone(), place: place.clone() });
    Some(Need { kind, key })
}
