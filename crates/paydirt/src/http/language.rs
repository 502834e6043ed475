//! In which language does the reader want texts? English, French or Japanese.

use axum::http::{HeaderMap, header};

/// A language that Paydirt speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Japanese.
    Japanese,
}

impl Language {
    /// The languages by their tags, in the order of all our lists.
    pub(super) const TAGS: [&'static str; 3] = ["en", "fr", "ja"];

    /// Position in lists of texts by language.
    pub(super) fn idx(self) -> usize {
        match self {
            Language::English => 0,
            Language::French => 1,
            Language::Japanese => 2,
        }
    }

    /// The language of this tag, such as `fr` or `fr-CA`.
    fn of_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.trim().to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "fr" => Some(Language::French),
            "ja" => Some(Language::Japanese),
            _ => None,
        }
    }

    /// The language that the reader likes best of those we speak (RFC 9110, section 12.5.4).
    pub(super) fn wanted(headers: &HeaderMap) -> Self {
        let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let mut best = (0.0, Language::English);
        for entry in header.unwrap_or_default().split(',') {
            let (tag, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
            let weight = weight.trim().strip_prefix("q=").and_then(|text| text.parse().ok());
            let weight: f32 = weight.unwrap_or(0.0);
            if let Some(language) = Language::of_tag(tag.trim())
                && best.0 < weight
            {
                best = (weight, language);
            }
        }
        best.1
    }
}

tokio::task_local! {
    static LANGUAGE: Language;
}

/// Runs a request in a language.
pub(super) async fn speaking<F: Future>(language: Language, request: F) -> F::Output {
    LANGUAGE.scope(language, request).await
}

/// The language of the request that is being answered; English outside of one.
pub(super) fn current() -> Language {
    LANGUAGE.try_with(|language| *language).unwrap_or(Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_is_spoken() {
        let wanted = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            Language::wanted(&headers)
        };
        assert_eq!(wanted("de, fr;q=0.8, en;q=0.7"), Language::French);
        assert_eq!(wanted("en;q=0.5, ja-JP"), Language::Japanese);
        assert_eq!(wanted("fr;q=0"), Language::English);
        assert_eq!(wanted("*"), Language::English);
        assert_eq!(Language::wanted(&HeaderMap::new()), Language::English);
    }
}
