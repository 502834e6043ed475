//! What is a template in another language?

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Language;

/// Translations by English template.
pub(super) type Catalogue = HashMap<String, String>;

pub(super) static FRENCH: LazyLock<Catalogue> =
    LazyLock::new(|| read(include_str!("../../text/fr.json")));
pub(super) static JAPANESE: LazyLock<Catalogue> =
    LazyLock::new(|| read(include_str!("../../text/ja.json")));

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("a catalogue is an object of texts; its tests read it")
}

/// The translation of an English template; none in English, and where there is none.
#[must_use]
pub fn translation(template: &str, language: Language) -> Option<&'static str> {
    let catalogue = match language {
        Language::English => return None,
        Language::French => &*FRENCH,
        Language::Japanese => &*JAPANESE,
    };
    catalogue.get(template).map(String::as_str)
}
