//! In which language does the reader want texts? English, French or Japanese.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use paydirt_model::language::Language;
use serde::Serialize;

/// The language that the reader likes best of those we speak (RFC 9110, section 12.5.4).
pub(super) fn wanted(headers: &HeaderMap) -> Language {
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

/// Says in which language the texts of an answer are, and that another reader gets others.
pub(super) fn mark(response: &mut Response, language: Language) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
}

/// JSON with texts in the language of the request.
pub(super) struct Told<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Told<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.0).into_response();
        mark(&mut response, current());
        response
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
    LANGUAGE.try_with(|language| *language).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_is_spoken() {
        let wanted = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            super::wanted(&headers)
        };
        assert_eq!(wanted("de, fr;q=0.8, en;q=0.7"), Language::French);
        assert_eq!(wanted("en;q=0.5, ja-JP"), Language::Japanese);
        assert_eq!(wanted("fr;q=0"), Language::English);
        assert_eq!(wanted("*"), Language::English);
        assert_eq!(super::wanted(&HeaderMap::new()), Language::English);
    }
}
