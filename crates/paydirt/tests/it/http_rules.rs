//! What holds for every request: known names, same origin, limits, headers, problems, languages.

use std::io::{Read, Write};

use serde_json::json;

use crate::server::{Reply, Server};
use crate::support::folder;

#[test]
fn the_server_says_that_it_is_alive_and_what_it_is() {
    let data = folder();
    let server = Server::start(data.path(), &["--upload-limit", "5M"]);
    let health = server.get("/healthz").ok();
    assert_eq!(health, json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}));
    let info = server.get("/api/v1/info").ok();
    assert_eq!(info["upload_bytes_max"], 5 << 20);
    assert_eq!(info["languages"], json!(["en", "fr", "ja"]));
    assert_eq!(info["data_folder_name"], data.path().file_name().unwrap().to_str().unwrap());
    let metrics = server.get("/metrics").text();
    let counted = "paydirt_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
}

#[test]
fn every_answer_has_the_headers_that_keep_a_page_to_itself() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    for path in ["/", "/healthz", "/api/v1/logs", "/api/v1/nothing"] {
        let reply = server.get(path);
        let policy = reply.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
    }
    assert_eq!(server.get("/api/v1/logs").header("cache-control"), Some("no-store"));
}

#[test]
fn a_name_that_was_rebound_is_refused() {
    let data = folder();
    let server = Server::start(data.path(), &["--allow-host", "mine.example"]);
    let host = |name: &str| server.send("GET", "/api/v1/logs", &[("Host", name)], b"");
    for name in [
        "evil.example",
        "evil.example:7350",
        "127.0.0.1.evil.example",
        "192.0.2.1",
        "",
        "a@localhost",
    ] {
        host(name).problem(421, "wrong_host");
    }
    for name in ["localhost", "LOCALHOST:80", "127.0.0.1:7350", "[::1]:7350", "mine.example"] {
        assert_eq!(host(name).status, 200, "{name}");
    }
    let two = [("Host", "localhost"), ("Host", "localhost")];
    server.send("GET", "/api/v1/logs", &two, b"").problem(421, "wrong_host");
    // The names are checked before anything else is said, for the page as well.
    let reply = server.send("GET", "/", &[("Host", "evil.example")], b"");
    reply.problem(421, "wrong_host");
}

#[test]
fn other_sites_cannot_change_or_read_anything() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let own = format!("http://localhost:{}", server.port);
    let post = |headers: &[(&str, &str)]| {
        let mut all = vec![("Content-Type", "application/json")];
        all.extend(headers);
        server.send("POST", "/api/v1/demo", &all, b"{\"deals\": 0}")
    };
    for headers in [
        vec![("Origin", "http://evil.example")],
        vec![("Origin", "null")],
        vec![("Origin", "http://localhost:1")],
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site"), ("Origin", own.as_str())],
        vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")],
    ] {
        post(&headers).problem(403, "cross_site");
    }
    // The order itself is wrong, which is only said to those who may give orders.
    for headers in [vec![], vec![("Origin", own.as_str())], vec![("Sec-Fetch-Site", "same-origin")]]
    {
        post(&headers).problem(400, "invalid_parameters");
    }
    let get = |headers: &[(&str, &str)]| server.send("GET", "/api/v1/logs", headers, b"");
    get(&[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")])
        .problem(403, "cross_site");
    get(&[("Origin", "http://evil.example")]).problem(403, "cross_site");
    assert_eq!(get(&[("Origin", own.as_str())]).status, 200);
    let link = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")];
    assert_eq!(get(&link).status, 200, "a link to us may be followed");
}

#[test]
fn a_body_of_another_type_or_size_is_refused() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let order = b"{\"deals\": 5}";
    let plain = [("Content-Type", "text/plain")];
    server.send("POST", "/api/v1/demo", &plain, order).problem(415, "wrong_content_type");
    server.send("POST", "/api/v1/demo", &[], order).problem(415, "wrong_content_type");
    let json = [("Content-Type", "application/json; charset=utf-8")];
    let large = vec![b' '; (4 << 20) + 1];
    server.send("POST", "/api/v1/demo", &json, &large).problem(413, "body_too_large");
    server.send("POST", "/api/v1/demo", &json, b"{\"deals\":").problem(400, "invalid_parameters");
    let unknown = server.send("POST", "/api/v1/demo", &json, b"{\"dels\": 5}");
    let problem = unknown.problem(400, "invalid_parameters");
    assert!(problem["detail"].as_str().unwrap_or_default().contains("dels"), "{problem}");
}

#[test]
fn unknown_addresses_and_methods_are_problems() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    server.get("/api/v1/nothing").problem(404, "no_such_page");
    server.get("/api/v2/logs").problem(404, "no_such_page");
    server.get("/api/v1/logs/x").problem(404, "log_not_found");
    server.get("/api/v1/logs/7").problem(404, "log_not_found");
    server.get("/api/v1/logs/7/versions/x").problem(404, "version_not_found");
    server.get("/api/v1/jobs/7").problem(404, "job_not_found");
    server.get("/assets/gone.js").problem(404, "no_such_page");
    let wrong = server.json("DELETE", "/api/v1/logs", &json!({}));
    wrong.problem(405, "method_not_allowed");
    for path in ["/favicon.ico", "/robots.txt", "/map/3.json", "/index.html", "/.env", "/api"] {
        server.get(path).problem(404, "no_such_page");
    }
    server.json("POST", "/map", &json!({})).problem(405, "method_not_allowed");
}

#[test]
fn the_page_is_at_its_places_and_says_itself_where_it_has_nothing() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    for path in ["/", "/map", "/map/3?activities=1", "/data?log=3", "/data/3/versions/2"] {
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.header("content-type").unwrap_or_default().starts_with("text/html"));
        let tag = page.header("etag").expect("the page has a tag").to_owned();
        let again = server.send("GET", path, &[("If-None-Match", &tag)], b"");
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let nowhere = server.send("GET", "/logs/3/map", &[("If-None-Match", &tag)], b"");
        assert_eq!((nowhere.status, &nowhere.body), (404, &page.body), "{path}");
    }
    let head = server.send("HEAD", "/nothing", &[], b"");
    assert_eq!((head.status, head.body.len()), (404, 0));
}

#[test]
fn problems_have_titles_in_the_language_of_the_reader() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let title = |language: &str| {
        let reply = server.send("GET", "/api/v1/logs/7", &[("Accept-Language", language)], b"");
        reply.problem(404, "log_not_found")["title"].clone()
    };
    assert_eq!(title("en-GB"), "The log does not exist");
    assert_eq!(title("de, fr;q=0.9"), "Le journal n’existe pas");
    assert_eq!(title("ja"), "ログが存在しません");
}

#[test]
fn large_answers_are_packed_for_those_who_take_it() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let plain = server.get("/api/v1/questions");
    assert_eq!(plain.header("content-encoding"), None);
    for encoding in ["gzip", "br"] {
        let packed = server.send("GET", "/api/v1/questions", &[("Accept-Encoding", encoding)], b"");
        assert_eq!(packed.header("content-encoding"), Some(encoding));
        assert!(packed.body.len() * 3 < plain.body.len(), "{encoding}: {}", packed.body.len());
    }
}

#[test]
fn noise_on_a_connection_does_no_harm() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    for noise in [&b"\0\xff\x16\x03\x01"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"] {
        let mut stream = server.connect();
        stream.write_all(noise).expect("the server listens");
        stream.shutdown(std::net::Shutdown::Write).expect("one side can be closed");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
    }
    server.get("/healthz").ok();
}

/// The status of a request whose head has so many bytes, the address and one field apart.
fn status_of_head(server: &Server, bytes: usize, (path, field): (usize, usize)) -> u16 {
    let (path, field) = ("p".repeat(path), "f".repeat(field));
    let head = format!("GET /healthz?{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close");
    let head = format!("{head}\r\nX-Field: {field}\r\nX-Rest: ");
    let rest = "r".repeat(bytes - head.len() - 4);
    let mut stream = server.connect();
    // A server that refuses the head may hang up before it has read all of it.
    let _ = stream.write_all(format!("{head}{rest}\r\n\r\n").as_bytes());
    Reply::read(stream).status
}

#[test]
fn the_head_of_a_request_has_64_kib_in_100_fields_at_most() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    for parts in [(0, 0), (0, 60_000), (60_000, 0), (30_000, 30_000)] {
        assert_eq!(status_of_head(&server, 64 << 10, parts), 200, "{parts:?}");
        assert_eq!(status_of_head(&server, (64 << 10) + 1, parts), 431, "{parts:?}");
    }
    assert_eq!(status_of_head(&server, 1 << 20, (0, 500_000)), 431);
    let status = status_of_head(&server, 1 << 20, (500_000, 0));
    assert!(status == 414 || status == 431, "{status}");
    // Host, Connection and Content-Length are the other three.
    let fields = |count: usize| vec![("X-Field", "x"); count];
    assert_eq!(server.send("GET", "/healthz", &fields(97), b"").status, 200);
    assert_eq!(server.send("GET", "/healthz", &fields(98), b"").status, 431);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_server_well_and_the_data_can_be_opened_again() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    assert_eq!(server.end(), 0);
    let server = Server::start(data.path(), &[]);
    server.get("/api/v1/logs").ok();
}

#[test]
fn the_next_free_port_is_taken() {
    let (one, other) = (folder(), folder());
    let first = Server::start(one.path(), &[]);
    let wished = first.port.to_string();
    let mut command = crate::support::command();
    command.args(["serve", "--json", "--port", &wished, "--data"]).arg(other.path());
    let second = Server::of(command);
    assert_ne!(first.port, second.port);
    second.get("/healthz").ok();
}
