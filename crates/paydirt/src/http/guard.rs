//! May this request be answered at all? Known names against DNS rebinding, same origin against
//! other sites, and the headers that keep a page to itself.

use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::Response;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::{API, ServerSettings};

/// What a page of ours may load and do. Drawing the map needs WebAssembly and inline styles.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; \
    script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data: blob:; \
    font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; \
    base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// The headers of every response.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Refuses what another site sent, and what was sent to another name.
///
/// # Errors
/// The request must not be answered.
pub(super) fn admit(settings: &ServerSettings, request: &Parts) -> Result<(), Problem> {
    let host = host(request).unwrap_or_default();
    if !is_known(settings, name_of(&host)) {
        return Err(Problem::new(
            ErrorCode::WrongHost,
            say!("This server does not answer to the name \"{host}\".", host),
        )
        .with_hint(say!(
            "Use the address that it told when it was started, or have this name allowed there."
        )));
    }
    if is_from_another_site(request, &host) {
        return Err(Problem::new(
            ErrorCode::CrossSite,
            say!("Another site sent this request through your browser. It was not carried out."),
        ));
    }
    Ok(())
}

/// The authority that the request is for; none where two are named.
fn host(request: &Parts) -> Option<String> {
    let mut given = request.headers.get_all(header::HOST).iter();
    let header = given.next().and_then(|value| value.to_str().ok());
    if given.next().is_some() {
        return None;
    }
    let host = request.uri.authority().map(|authority| authority.as_str()).or(header)?;
    Some(host.to_ascii_lowercase())
}

/// The name of an authority, without port and without the brackets of IPv6.
fn name_of(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').map_or(rest, |(name, _)| name);
    }
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

/// Names of this machine are known, and those it was started with. Where it listens to others, a
/// numeric address is as good as a name: only names can be rebound.
fn is_known(settings: &ServerSettings, name: &str) -> bool {
    if name.contains('@') {
        return false;
    }
    let allowed = settings.allowed_hosts.iter().any(|known| known.eq_ignore_ascii_case(name));
    if allowed || name == "localhost" {
        return true;
    }
    name.parse().is_ok_and(|address: IpAddr| {
        address.is_loopback() || address == settings.bind || !settings.bind.is_loopback()
    })
}

/// Whether a page of another site sent the request. Browsers say so (`Sec-Fetch-Site`, else
/// `Origin`); programs that are no browsers send neither. Following a link is allowed.
fn is_from_another_site(request: &Parts, host: &str) -> bool {
    let text = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    let is_safe = matches!(request.method, Method::GET | Method::HEAD);
    if let Some(site) = text("sec-fetch-site") {
        let is_link = is_safe && text("sec-fetch-mode") == Some("navigate");
        return !matches!(site, "same-origin" | "none") && !is_link;
    }
    if is_safe && !request.uri.path().starts_with(API) {
        return false;
    }
    request.headers.get_all(header::ORIGIN).iter().any(|origin| {
        let origin = origin.to_str().unwrap_or_default();
        let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
        !authority.eq_ignore_ascii_case(host)
    })
}

/// Adds the headers that every response has; the API is never cached unless it says so itself.
pub(super) fn seal(path: &str, response: &mut Response) {
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if path.starts_with(API) && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_authority_has_no_port() {
        for (host, name) in [
            ("localhost:7350", "localhost"),
            ("localhost", "localhost"),
            ("127.0.0.1:1", "127.0.0.1"),
            ("[::1]:7350", "::1"),
            ("[::1]", "::1"),
            ("evil.example:7350", "evil.example"),
        ] {
            assert_eq!(name_of(host), name);
        }
    }
}
