//! What are the fields of an answer called in each language?
//!
//! The catalogues `text/fr.json` and `text/ja.json` of this crate hold the words of field names
//! and the texts of the help, each under its English form.

use std::collections::HashMap;
use std::sync::LazyLock;

use paydirt_model::language::Language;

type Catalogue = HashMap<String, String>;

static FRENCH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../text/fr.json")));
static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../text/ja.json")));

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("a catalogue is an object of texts; its tests read it")
}

/// The catalogue of a language; none for English, which is the key.
pub(super) fn catalogue(language: Language) -> Option<&'static Catalogue> {
    match language {
        Language::English => None,
        Language::French => Some(&FRENCH),
        Language::Japanese => Some(&JAPANESE),
    }
}

/// The translation of a word or a text.
pub(super) fn known(english: &str, language: Language) -> Option<&'static str> {
    catalogue(language)?.get(english).map(String::as_str)
}

/// A word or a text in a language; itself where it has no translation, as names of attributes.
pub(super) fn word(english: &str, language: Language) -> &str {
    known(english, language).unwrap_or(english)
}

/// The name of a field in words: `case_count` is "case count".
pub(super) fn field(name: &str, language: Language) -> String {
    let words = name.replace('_', " ");
    word(&words, language).to_owned()
}

/// The name of a field as the beginning of a line.
pub(super) fn label(name: &str, language: Language) -> String {
    let name = field(name.strip_suffix("_s").unwrap_or(name), language);
    let mut characters = name.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name,
    }
}
