//! Which files does the browser get?
//!
//! This crate never contains logic; it only holds files.

use std::borrow::Cow;

/// One file for the browser.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its bytes, in the encoding that `content_encoding` names.
    pub bytes: Cow<'static, [u8]>,
    /// Media type.
    pub content_type: &'static str,
    /// How the bytes are packed, if they are.
    pub content_encoding: Option<&'static str>,
    /// Changes whenever the bytes change.
    pub etag: String,
    /// Whether the name changes with the content, so that it may be kept for ever.
    pub immutable: bool,
}

const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Paydirt</title>\
    <h1>Paydirt</h1><p>The browser's part was not built into this program. The API is at \
    <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>.</p></html>";

/// The file at a path (`index.html` for the page), packed as the browser accepts it.
#[must_use]
pub fn asset(path: &str, accept_encoding: &str) -> Option<Asset> {
    let _ = accept_encoding;
    (path == "index.html").then(|| Asset {
        bytes: Cow::Borrowed(PAGE.as_bytes()),
        content_type: "text/html; charset=utf-8",
        content_encoding: None,
        etag: "\"not-built\"".to_owned(),
        immutable: false,
    })
}

/// Whether the browser's part is in this program.
#[must_use]
pub fn is_built() -> bool {
    false
}
