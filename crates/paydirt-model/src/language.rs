//! Which languages does Paydirt speak, and how do they write numbers and lists?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language in which the user is told something.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ToSchema,
)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 3] = [Language::English, Language::French, Language::Japanese];

    /// The code of ISO 639: `en`, `fr` or `ja`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Japanese => "ja",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `ja_JP.UTF-8`; none where it is another one.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Language> {
        let code = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| code.eq_ignore_ascii_case(language.code()))
    }

    /// A whole number in groups of three digits: 1,204 in English and Japanese, in French with a
    /// narrow space that does not break.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        let separator = match self {
            Language::English | Language::Japanese => ',',
            Language::French => NARROW_SPACE,
        };
        let digits = number.unsigned_abs().to_string();
        let mut text = String::new();
        if number < 0 {
            text.push('-');
        }
        for (idx, digit) in digits.chars().enumerate() {
            if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// The sign between whole and fraction.
    #[must_use]
    pub fn decimal_sign(self) -> char {
        match self {
            Language::English | Language::Japanese => '.',
            Language::French => ',',
        }
    }

    /// What stands between the items of a list.
    #[must_use]
    pub fn list_separator(self) -> &'static str {
        match self {
            Language::English | Language::French => ", ",
            Language::Japanese => "、",
        }
    }

    /// Whether a count takes the form of one thing. Japanese has a single form.
    #[must_use]
    pub fn is_singular(self, count: i64) -> bool {
        match self {
            Language::English => count == 1,
            Language::French => (-1..=1).contains(&count),
            Language::Japanese => false,
        }
    }
}

/// The narrow space that does not break, which French puts into numbers and before : ; ! ? and ».
pub const NARROW_SPACE: char = '\u{202f}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_browsers_and_systems() {
        assert_eq!(Language::of_tag("fr-CA"), Some(Language::French));
        assert_eq!(Language::of_tag("ja_JP.UTF-8"), Some(Language::Japanese));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        for other in ["", "C", "frr", "de_DE", "*"] {
            assert_eq!(Language::of_tag(other), None, "{other}");
        }
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(Language::English.number(1_204), "1,204");
        assert_eq!(Language::French.number(-1_234_567), "-1\u{202f}234\u{202f}567");
        assert_eq!(Language::Japanese.number(999), "999");
    }
}
