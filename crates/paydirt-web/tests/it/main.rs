//! Does the browser get every file of the web interface, packed as it asks?

use paydirt_web::{Asset, asset, is_built};

const BROWSER: &str = "gzip, deflate, br, zstd";

fn page(accept_encoding: &str) -> Asset {
    asset("index.html", accept_encoding).expect("every program has a page")
}

#[test]
fn page_is_html_and_never_kept_for_ever() {
    let page = page("");
    assert_eq!(page.content_type, "text/html; charset=utf-8");
    assert_eq!(page.content_encoding, None);
    assert!(!page.immutable);
    assert!(page.bytes.starts_with(b"<!doctype html>"));
}

#[test]
fn unknown_paths_and_paths_out_of_the_folder_have_no_file() {
    for path in ["", "/", "assets", "missing.js", "../Cargo.toml", "/etc/passwd", "index.html.br"] {
        assert!(asset(path, BROWSER).is_none(), "{path}");
    }
}

#[test]
fn tag_is_the_same_for_the_same_bytes_only() {
    assert_eq!(page("").etag, asset("/index.html", "").expect("the same page").etag);
    if is_built() {
        assert_ne!(page("").etag, page(BROWSER).etag);
    }
}

/// Smaller files are not packed (`web/build/compressed.ts`).
const SMALLEST_WORTHWHILE_BYTES: usize = 256;

#[test]
fn every_file_the_page_names_is_there_and_small() {
    let text = String::from_utf8(page("").bytes.into_owned()).expect("the page is UTF-8");
    let named: Vec<&str> = text.split('"').filter_map(|part| part.strip_prefix("./")).collect();
    assert_eq!(is_built(), named.iter().any(|path| path.starts_with("assets/")), "{named:?}");
    for path in named {
        let plain = asset(path, "").unwrap_or_else(|| panic!("{path} is missing"));
        assert_eq!(plain.immutable, path.starts_with("assets/"), "{path}");
        if plain.bytes.len() < SMALLEST_WORTHWHILE_BYTES {
            continue;
        }
        for (accepted, expected) in [("br", "br"), ("gzip", "gzip"), (BROWSER, "br")] {
            let packed = asset(path, accepted).unwrap_or_else(|| panic!("{path} is missing"));
            assert_eq!(packed.content_encoding, Some(expected), "{path}");
            assert!(packed.bytes.len() < plain.bytes.len(), "{path}");
            assert_eq!(packed.content_type, plain.content_type);
        }
    }
}

#[test]
fn program_without_the_interface_says_how_to_build_it_in_three_languages() {
    if is_built() {
        return;
    }
    let text = String::from_utf8(page("").bytes.into_owned()).expect("the page is UTF-8");
    for part in ["lang=\"en\"", "lang=\"fr\"", "lang=\"ja\"", "Node.js 20.19", "cargo run"] {
        assert!(text.contains(part), "{part}");
    }
}
