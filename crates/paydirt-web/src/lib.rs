//! Which files does the browser get? The built web interface, inside the program.
//!
//! This crate never answers a request: it hands out bytes, and the server decides who gets them.

mod encoding;

use std::borrow::Cow;

use rust_embed::{EmbeddedFile, RustEmbed};

use encoding::Encoding;

#[derive(RustEmbed)]
#[folder = "$UI_FILES"]
struct Files;

/// The folder of files whose names change with their content.
const NAMED_BY_CONTENT: &str = "assets/";

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

/// The file at a path such as `index.html`, packed in a way that the `Accept-Encoding` of the
/// browser allows; the smallest such way.
#[must_use]
pub fn asset(path: &str, accept_encoding: &str) -> Option<Asset> {
    let path = path.trim_start_matches('/');
    let content_type = content_type(path)?;
    let packed = Encoding::accepted(accept_encoding).into_iter().find_map(|encoding| {
        let file = Files::get(&format!("{path}{}", encoding.suffix()))?;
        Some((file, Some(encoding.name())))
    });
    let (file, content_encoding) = match packed {
        Some(packed) => packed,
        None => (Files::get(path)?, None),
    };
    let immutable = path.starts_with(NAMED_BY_CONTENT);
    Some(Asset { etag: etag(&file), bytes: file.data, content_type, content_encoding, immutable })
}

/// Whether the web interface is in this program, and not only the page that says how to build it.
#[must_use]
pub fn is_built() -> bool {
    env!("UI_IS_BUILT") == "true"
}

/// Half of the file's hash: each packing has its own bytes and so its own tag.
fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let (half, _) = hash.split_at(hash.len() / 2);
    let digits: String = half.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

/// None for the packed copies, which nobody asks for by name.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    let content_type = match ending {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => return None,
    };
    Some(content_type)
}
