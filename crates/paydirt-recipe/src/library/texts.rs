//! What is something called in each language?

use paydirt_model::language::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One text in every language. A text that was cut to one language is empty in the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Texts)]
pub struct Texts {
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// In French.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fr: String,
    /// In Japanese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ja: String,
}

impl Texts {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::French => &self.fr,
            Language::Japanese => &self.ja,
        }
    }

    pub(super) fn get_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::English => &mut self.en,
            Language::French => &mut self.fr,
            Language::Japanese => &mut self.ja,
        }
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Language::ALL.into_iter().all(|language| self.get(language).is_empty())
    }

    /// The text in every language in which there is one.
    pub fn each(&self) -> impl Iterator<Item = (Language, &str)> {
        let texts = Language::ALL.into_iter().map(|language| (language, self.get(language)));
        texts.filter(|(_, text)| !text.is_empty())
    }

    /// From now on the text is there in this language alone.
    pub fn keep_only(&mut self, kept: Language) {
        for language in Language::ALL.into_iter().filter(|language| *language != kept) {
            self.get_mut(language).clear();
        }
    }
}
