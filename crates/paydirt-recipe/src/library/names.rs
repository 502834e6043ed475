//! Which entry of the library is meant by a header or a label, and how was it recognised?

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::folding::folded;

/// By which of its names something was recognised.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[schema(as = library::NameKind)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// By its canonical key.
    Key,
    /// By its name in one of the languages.
    Translation,
    /// By the name it has in a template.
    TemplateName,
    /// By another name that is known for it.
    Alias,
}

/// An entry of the library that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised<'l, T> {
    /// The entry.
    pub entry: &'l T,
    /// By which name.
    pub by: NameKind,
}

/// The names of all entries of one kind, as they are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NameIndex {
    found: HashMap<String, (usize, NameKind)>,
}

impl NameIndex {
    /// Adds a name of an entry. Where another entry has it already, that stays, and is returned.
    pub(super) fn add(&mut self, name: &str, idx: usize, by: NameKind) -> Option<usize> {
        let folded = folded(name);
        if folded.is_empty() {
            return None;
        }
        let (known, _) = *self.found.entry(folded).or_insert((idx, by));
        (known != idx).then_some(known)
    }

    pub(super) fn find<'l, T>(&self, name: &str, entries: &'l [T]) -> Option<Recognised<'l, T>> {
        let (idx, by) = self.found.get(&folded(name))?;
        Some(Recognised { entry: &entries[*idx], by: *by })
    }
}
