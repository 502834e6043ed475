//! What stands in the workbook of a data template beside its columns and activities: texts in every
//! language, and rows of a made-up case?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::library::entry::Entry;
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

/// A text under a key: a heading, a word, a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::KeyedText)]
pub struct KeyedText {
    /// Its key, which never changes.
    pub key: String,
    /// The text.
    pub text: Texts,
}

impl KeyedText {
    pub(super) fn read(entry: &Entry<'_>, key: &str, known: Option<&KeyedText>) -> Option<Self> {
        let text = entry.texts("text", known.map(|known| &known.text));
        let text = entry.required("text", text, None);
        entry.finish();
        Some(KeyedText { key: key.to_owned(), text: text? })
    }
}

/// A row of a made-up case, as it stands in a sheet of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::ExampleRow)]
pub struct ExampleRow {
    /// Its key, which never changes.
    pub key: String,
    /// The sheet it stands in.
    pub sheet: String,
    /// Its values by the keys of columns; activities and values of lists by their own keys.
    pub values: BTreeMap<String, String>,
}

impl ExampleRow {
    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&ExampleRow>,
    ) -> Option<Self> {
        let sheet = entry.placed_text("sheet");
        let values = entry.words("values");
        entry.finish();
        if let Some(sheet) = &sheet {
            reading.refers(Subject::Sheet, sheet);
        }
        let known_sheet = known.map(|known| known.sheet.clone());
        let sheet = entry.required("sheet", sheet.map(|sheet| sheet.value), known_sheet);
        let mut all = known.map(|known| known.values.clone()).unwrap_or_default();
        all.extend(values.into_iter().flatten());
        Some(ExampleRow { key: key.to_owned(), sheet: sheet?, values: all })
    }
}
