//! Has the reader this answer already? Tags of answers, and 304 where nothing is new.

use super::language;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use xxhash_rust::xxh3::xxh3_128;

/// How long an answer may be kept without asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// For ever: the address names one version.
    Immutable,
    /// Ask each time; 304 when nothing is new.
    Revalidate,
}

impl Keeping {
    /// For ever where the address always names the same version.
    pub(super) fn for_ever_if(is_fixed: bool) -> Self {
        if is_fixed { Keeping::Immutable } else { Keeping::Revalidate }
    }

    fn header(self) -> &'static str {
        match self {
            Keeping::Immutable => "private, max-age=31536000, immutable",
            Keeping::Revalidate => "private, no-cache",
        }
    }
}

/// JSON with texts in the language of the request, with a tag, or 304 when the reader has it.
pub(super) fn told(request: &HeaderMap, bytes: impl AsRef<[u8]>, keeping: Keeping) -> Response {
    let mut response = json(request, bytes, keeping);
    language::mark(&mut response, language::current());
    response
}

/// JSON with a tag, or 304 when the reader has it.
pub(super) fn json(request: &HeaderMap, bytes: impl AsRef<[u8]>, keeping: Keeping) -> Response {
    // The tag is weak because the bytes on the wire depend on the compression.
    let tag = format!("W/\"{:032x}\"", xxh3_128(bytes.as_ref()));
    let mut response = if is_known(request, &tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = Response::new(Body::from(bytes.as_ref().to_vec()));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping.header()));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("a tag is hexadecimal"));
    response
}

/// Whether `If-None-Match` names this tag (RFC 9110, section 13.1.2: compared weakly).
pub(super) fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let wanted = bare(tag);
    let lists = request.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = lists.filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(','));
    tags.any(|known| known.trim() == "*" || bare(known) == wanted)
}
