//! What does a problem mean? A page for each code, which the `type` of a problem leads to, and a
//! list of them, in the language of the reader and without a script.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::problem::{Failure, HELP, status};
use super::{Server, language};

const STYLE: &str = include_str!("help.css");

/// The routes; they are for people, and not in the description of the API.
pub(super) fn routes() -> Router<Arc<Server>> {
    Router::new().route(HELP, get(list)).route(&format!("{HELP}/{{code}}"), get(one))
}

/// Lists every kind of problem.
async fn list() -> Response {
    let language = language::current();
    let title = say!("Problems").in_language(language);
    let mut content = format!("<h1>{title}</h1>\n<dl>\n");
    for &code in ErrorCode::ALL {
        let (name, title) = (code.as_str(), escaped(code.title(language)));
        content.push_str(&format!("<dt><a href=\"{HELP}/{name}\">{title}</a></dt>\n"));
        content.push_str(&format!("<dd><code>{name}</code></dd>\n"));
    }
    content.push_str("</dl>\n");
    page(&title, &content, &[("/", say!("Open Paydirt"))], language)
}

/// Explains one kind of problem.
async fn one(Path(name): Path<String>) -> Result<Response, Failure> {
    let Some(&code) = ErrorCode::ALL.iter().find(|code| code.as_str() == name) else {
        let detail = say!("There is no problem with the code \"{name}\".", name);
        return Err(Problem::new(ErrorCode::NoSuchPage, detail)
            .with_hint(say!("All codes are listed at /help/problems."))
            .into());
    };
    let language = language::current();
    let title = code.title(language);
    let part = |heading: Sentence, text: &str| {
        format!("<h2>{}</h2>\n<p>{}</p>\n", heading.in_language(language), escaped(text))
    };
    let status = say!("HTTP status {status}", status = status(code).as_str());
    let content = format!(
        "<h1>{}</h1>\n<p class=\"muted\"><code>{name}</code> · {}</p>\n{}{}",
        escaped(title),
        status.in_language(language),
        part(say!("What it means"), code.meaning(language)),
        part(say!("What to do"), code.advice(language)),
    );
    let links = [(HELP, say!("All problems")), ("/", say!("Open Paydirt"))];
    Ok(page(title, &content, &links, language))
}

/// A whole page.
fn page(title: &str, content: &str, links: &[(&str, Sentence)], language: Language) -> Response {
    let link = |(address, text): &(&str, Sentence)| {
        format!("<a href=\"{address}\">{}</a>\n", text.in_language(language))
    };
    let links: String = links.iter().map(link).collect();
    let (code, title) = (language.code(), escaped(title));
    let text = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title} · Paydirt</title>\n\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">\n\
         <style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{content}<nav>\n{links}</nav>\n</main>\n</body>\n</html>\n"
    );
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    language::mark(&mut response, language);
    response
}

/// Text as HTML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
