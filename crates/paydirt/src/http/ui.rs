//! The browser's part: its files with tags and for ever where the name says so; the page itself
//! for every other address, so that links into it work.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::API;
use super::etag::is_known;
use super::problem::{method_not_allowed, respond};

/// The page that the browser's part begins with.
const PAGE: &str = "index.html";
/// Folder of files whose names change with their content.
const ASSETS: &str = "assets/";

/// Answers every address that is none of the API.
pub(super) async fn page(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with(API) || path == "/api" || path.starts_with("/api/") {
        let path = path.to_owned();
        return respond(
            &Problem::new(ErrorCode::NoSuchPage, say!("There is nothing at {path}.", path))
                .with_hint(say!("The addresses are listed at /api/v1/openapi.json.")),
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return method_not_allowed().await.into_response();
    }
    let name = path.trim_start_matches('/');
    let accepted = request.headers().get(header::ACCEPT_ENCODING);
    let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let found = match name {
        "" => None,
        name => paydirt_web::asset(name, accepted),
    };
    // A missing file is missing; any other address is a place within the page.
    let asset = match found {
        Some(asset) => asset,
        None if name.starts_with(ASSETS) => return missing(name),
        None => match paydirt_web::asset(PAGE, accepted) {
            Some(asset) => asset,
            None => return missing(PAGE),
        },
    };
    let keeping = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let has_it = is_known(request.headers(), &asset.etag);
    let mut response = if has_it {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(asset.bytes.into_owned()))
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&asset.etag) {
        headers.insert(header::ETAG, tag);
    }
    if !has_it {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
        if let Some(encoding) = asset.content_encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    response
}

fn missing(name: &str) -> Response {
    respond(&Problem::new(ErrorCode::NoSuchPage, say!("There is no file {name}.", name)))
}
