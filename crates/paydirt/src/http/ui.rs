//! Which addresses has the browser's part? Its files, with tags and for ever where the name says
//! so, and the page itself for every place within it, so that links into it work.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_web::Asset;

use super::API;
use super::etag::is_known;
use super::problem::{method_not_allowed, respond};

/// The page that the browser's part begins with.
const PAGE: &str = "index.html";
/// Folder of files whose names change with their content.
const ASSETS: &str = "assets/";

/// What of a log can be looked at: of the log that follows, or of the one opened last.
const PLACES_OF_A_LOG: &[&str] = &[
    "overview",
    "map",
    "variants",
    "cases",
    "funnel",
    "throughput",
    "rework",
    "people",
    "dotted",
    "compare",
    "quality",
];

/// The other places within the page; `$` begins a name for anything.
const PLACES: &[&str] = &[
    "/",
    "/views/$log",
    "/views/$log/$view",
    "/data",
    "/data/import",
    "/data/templates",
    "/data/$log",
    "/data/$log/settings",
    "/data/$log/versions/$version",
];

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
    if name != PAGE
        && let Some(asset) = paydirt_web::asset(name, accepted)
    {
        return file(&request, asset);
    }
    if is_file(name) {
        return missing(name);
    }
    let Some(asset) = paydirt_web::asset(PAGE, accepted) else { return missing(PAGE) };
    if is_place(path) {
        return file(&request, asset);
    }
    // The page says itself that there is nothing here; a copy that the reader has does not help.
    let mut response = whole(asset);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Whether an address can only be one of a file.
fn is_file(name: &str) -> bool {
    name.starts_with(ASSETS) || name.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

/// All places within the page, as `web/src/router.tsx` has them.
fn places() -> Vec<String> {
    let of_a_log =
        PLACES_OF_A_LOG.iter().flat_map(|name| [format!("/{name}"), format!("/{name}/$log")]);
    PLACES.iter().map(ToString::to_string).chain(of_a_log).collect()
}

/// Whether the page has something to show at an address.
fn is_place(path: &str) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    places().iter().any(|place| {
        let place = place.strip_suffix('/').unwrap_or(place);
        place.split('/').count() == path.split('/').count()
            && place.split('/').zip(path.split('/')).all(|(wanted, given)| {
                wanted == given || (wanted.starts_with('$') && !given.is_empty())
            })
    })
}

/// A file, or 304 where the reader has it.
fn file(request: &Request, asset: Asset) -> Response {
    if !is_known(request.headers(), &asset.etag) {
        return whole(asset);
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    keep(&mut response, &asset);
    response
}

/// A file with its type and packing.
fn whole(asset: Asset) -> Response {
    let mut response = Response::default();
    keep(&mut response, &asset);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    if let Some(encoding) = asset.content_encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    *response.body_mut() = Body::from(asset.bytes.into_owned());
    response
}

/// Says how long a file may be kept, and its tag.
fn keep(response: &mut Response, asset: &Asset) {
    let keeping = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&asset.etag) {
        headers.insert(header::ETAG, tag);
    }
}

fn missing(name: &str) -> Response {
    respond(&Problem::new(ErrorCode::NoSuchPage, say!("There is no file {name}.", name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_are_those_of_the_router_of_the_page() {
        let router = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/router.tsx");
        let router = std::fs::read_to_string(router).expect("the sources of the page are there");
        let told = |before: &str| -> Vec<String> {
            let rests = router.split(before).skip(1);
            rests.filter_map(|rest| rest.split('\'').next()).map(str::to_owned).collect()
        };
        let mut known = told("path: '");
        // One more makes the routes to the log opened last.
        let routes = router.matches("createRoute({").count() - 1;
        assert_eq!(known.len(), routes, "every route is told as path: '…'");
        known.extend(told("lastOf('").iter().map(|name| format!("/{name}")));
        known.sort_unstable();
        let mut places = places();
        places.sort_unstable();
        assert_eq!(places, known, "the places in ui.rs and the routes in router.tsx differ");
    }

    #[test]
    fn only_places_of_the_page_are_taken_for_such() {
        for path in ["/", "/map", "/map/", "/map/3", "/data/import", "/data/3/versions/12"] {
            assert!(is_place(path), "{path}");
        }
        for path in ["/nothing", "/map/3/4", "/data/3/versions", "/data//versions/1", "//", "/Map"]
        {
            assert!(!is_place(path), "{path}");
        }
    }
}
