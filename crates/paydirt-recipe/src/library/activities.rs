//! Which activities does a process have, in which order, and how are they called and explained?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use paydirt_model::say;

use crate::library::entry::{Entry, Placed};
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

/// One activity of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Activity)]
pub struct Activity {
    /// Its canonical key, which never changes.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// Other labels by which it is recognised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its place in the process, by which events of one instant are ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u16>,
    /// Whether variants and maps leave it out unless asked.
    pub auxiliary: bool,
    /// Words in names of stages that stand for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage_words: Vec<String>,
    /// Figures that are computed from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<String>,
    /// What happened.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
    /// Why it matters.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub why: Texts,
    /// From which data it is derived where a source does not record it.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub derivation: Texts,
}

impl Activity {
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let Activity { name, meaning, why, derivation, .. } = self;
        [name, meaning, why, derivation].into_iter()
    }

    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&Activity>,
    ) -> Option<Activity> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let aliases = entry.list("aliases").unwrap_or_default();
        let rank = entry.whole("rank");
        let auxiliary = entry.flag("auxiliary");
        let stage_words = entry.plain_list("stage_words").unwrap_or_default();
        let feeds = entry.list("feeds").unwrap_or_default();
        let meaning = entry.texts("meaning", known.map(|known| &known.meaning));
        let why = entry.texts("why", known.map(|known| &known.why));
        let derivation = entry.texts("derivation", known.map(|known| &known.derivation));
        entry.finish();
        let mut all = known.map(|known| known.aliases.clone()).unwrap_or_default();
        for Placed { value, place } in aliases {
            reading.called(Subject::Activity, key, &value, place);
            all.push(value);
        }
        let mut fed = known.map(|known| known.feeds.clone()).unwrap_or_default();
        for figure in feeds {
            reading.refers(Subject::Figure, &figure);
            fed.push(figure.value);
        }
        let mut words = known.map(|known| known.stage_words.clone()).unwrap_or_default();
        words.extend(stage_words);
        let ranked = rank.and_then(|rank| u16::try_from(rank).ok());
        if rank.is_some() && ranked.is_none() {
            entry.note(say!("\"rank\" must be from 0 to 65535."), None);
        }
        Some(Activity {
            key: key.to_owned(),
            name: name?,
            aliases: all,
            rank: ranked.or(known.and_then(|known| known.rank)),
            auxiliary: auxiliary.or(known.map(|known| known.auxiliary)).unwrap_or(false),
            stage_words: words,
            feeds: fed,
            meaning: meaning.unwrap_or_default(),
            why: why.unwrap_or_default(),
            derivation: derivation.unwrap_or_default(),
        })
    }
}
