//! Does the server answer bad requests with nothing but what its description lists?

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Value, json};

use crate::http_imports::{DEALS, new_log};
use crate::server::{Reply, Server};
use crate::support::{folder, repository};

/// The committed description of the API.
pub(crate) fn description() -> Value {
    let path = repository().join("docs/api/openapi.json");
    let text = std::fs::read_to_string(path).expect("the description is there");
    serde_json::from_str(&text).expect("the description is JSON")
}

/// Every operation of the description: method, path and what is said of it.
pub(crate) fn operations(description: &Value) -> Vec<(String, String, &Value)> {
    let paths = description["paths"].as_object().expect("there are paths");
    let all = paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().expect("a path has operations");
        operations
            .iter()
            .map(|(method, operation)| (method.to_uppercase(), path.clone(), operation))
    });
    all.collect()
}

/// The operation whose answer lasts as long as the server.
pub(crate) const ENDLESS: &str = "/api/v1/jobs/events";

/// What is put into the address for its names; `1` is a good log and `2` a damaged one.
const NAMES: [&[(&str, &str)]; 8] = [
    &[("log", "1"), ("version", "1"), ("question", "map"), ("id", "1"), ("system", "generic")],
    &[
        ("log", "1"),
        ("version", "current"),
        ("question", "nothing"),
        ("id", "x"),
        ("system", "nothing"),
    ],
    &[("log", "1"), ("version", "99"), ("question", "map"), ("id", "99"), ("system", "hubspot")],
    &[("log", "2"), ("version", "1"), ("question", "variants"), ("id", "2"), ("system", "HubSpot")],
    &[("log", "99"), ("version", "1"), ("question", "map"), ("id", "-1"), ("system", "a-b")],
    &[
        ("log", "x"),
        ("version", "x"),
        ("question", "x"),
        ("id", "18446744073709551616"),
        ("system", "x"),
    ],
    &[("log", "%20"), ("version", "%00"), ("question", "%0A"), ("id", "%2F"), ("system", "%0A")],
    &[("log", "%FF"), ("version", "%FF"), ("question", "%FF"), ("id", "%FF"), ("system", "%FF")],
];

/// What is put behind the address.
const QUERIES: [&str; 12] = [
    "",
    "nothing=1",
    "name=",
    "name=a%2Fb",
    "name=a&name=b",
    "format=pdf",
    "format=csv&notion=lead",
    "format=xes&more=1",
    "language=fr&format=xlsx",
    "notion=nothing",
    "params=%5B",
    "filter=%7B%22kind%22%3A%22nothing%22%7D",
];

/// Bodies that no operation takes, and some that only one does.
fn bodies() -> Vec<Vec<u8>> {
    let tiles =
        |count: usize| vec![json!({"id": "a", "question": "map", "params": {"nothing": 1}}); count];
    let of_a_log = |version: &str| json!({"version": version, "tiles": tiles(1)});
    let values = [
        json!(null),
        json!([]),
        json!(1),
        json!({"nothing": 1}),
        json!({"deals": 0}),
        json!({"upload": 99}),
        json!({"upload": 99, "mode": "new", "name": "New"}),
        json!({"upload": 1, "mode": "new"}),
        json!({"upload": 1, "mode": "new", "name": "New", "log": 1}),
        json!({"upload": 1, "mode": "append", "log": 99}),
        json!({"upload": 1, "settings": []}),
        json!({"name": ""}),
        json!({"name": "Broken"}),
        json!({"name": "x".repeat(10_000)}),
        json!({"retention": {"keep_versions": 0}}),
        json!({"version": 99}),
        json!({"version": -1}),
        json!({"pinned": 1}),
        of_a_log("1@99"),
        of_a_log("99@1"),
        of_a_log("nothing"),
        of_a_log("2@1"),
        json!({"version": "1@1", "tiles": tiles(1_000)}),
        json!({"version": "1@1", "tiles": [], "notion": "lead"}),
        json!({"version": "1@1", "tiles": tiles(1), "filters": [{"kind": "nothing"}]}),
        json!({"version": "1@1", "tiles": tiles(1),
            "filters": [{"kind": "activity_contains", "activities": ["nothing"]}]}),
    ];
    let mut bodies: Vec<Vec<u8>> =
        values.iter().map(|value| value.to_string().into_bytes()).collect();
    bodies.push(Vec::new());
    bodies.push(b"{\"version\":".to_vec());
    bodies.push(vec![b' '; (4 << 20) + 1]);
    bodies
}

/// Sends bad requests and holds every answer against what is listed.
struct Prober<'a> {
    server: &'a Server,
    seen: BTreeMap<u16, BTreeSet<String>>,
    count: usize,
}

impl Prober<'_> {
    fn send(&mut self, method: &str, path: &str, more: (&[(&str, &str)], &[u8]), listed: &Value) {
        let reply = self.server.send(method, path, more.0, more.1);
        self.hold(&format!("{method} {path} {:?}", more.0), &reply, listed);
    }

    fn hold(&mut self, request: &str, reply: &Reply, listed: &Value) {
        self.count += 1;
        let status = reply.status;
        let response = &listed["responses"][status.to_string()];
        assert!(response.is_object(), "{request}: {status} is not listed: {}", reply.text());
        if status < 400 {
            return;
        }
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{request}");
        let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
        assert_eq!(schema, "#/components/schemas/ProblemDocument", "{request}");
        let code = reply.value()["code"].as_str().expect("a problem has a code").to_owned();
        let told = response["description"].as_str().unwrap_or_default();
        assert!(told.contains(&format!("`{code}`")), "{request}: {status} {code} is not told");
        let codes = listed["x-problems"].as_array().expect("the codes are listed");
        assert!(codes.contains(&json!(code)), "{request}: {code} is not listed");
        self.seen.entry(status).or_default().insert(code);
    }

    /// Every bad request to one operation.
    fn probe(&mut self, method: &str, template: &str, listed: &Value) {
        const JSON: (&str, &str) = ("Content-Type", "application/json");
        const BYTES: (&str, &str) = ("Content-Type", "application/octet-stream");
        let mut paths: BTreeSet<String> = BTreeSet::new();
        for names in NAMES {
            let named = |path: String, &(name, value): &(&str, &str)| {
                path.replace(&format!("{{{name}}}"), value)
            };
            paths.insert(names.iter().fold(template.to_owned(), named));
        }
        let has_body = listed["requestBody"].is_object();
        for path in &paths {
            for header in [("Host", "evil.example"), ("Origin", "http://evil.example")] {
                self.send(method, path, (&[header], b""), listed);
            }
            // A log that is there stays there.
            if method == "DELETE" && path == "/api/v1/logs/1" {
                continue;
            }
            let query = |query: &str| match query {
                "" => path.clone(),
                query => format!("{path}?{query}"),
            };
            // The events of all jobs do not end for whoever is let in.
            let queries = if template == ENDLESS { &[][..] } else { &QUERIES };
            for path in queries.iter().map(|one| query(one)) {
                self.send(method, &path, (&[], b""), listed);
            }
            if has_body {
                self.send(method, path, (&[("Content-Type", "text/plain")], b"{}"), listed);
            }
        }
        for (body, path) in bodies()
            .iter()
            .filter(|_| has_body)
            .flat_map(|body| paths.iter().map(move |path| (body, path)))
        {
            for kind in [JSON, BYTES] {
                let path = if kind == BYTES { format!("{path}?name=a.csv") } else { path.clone() };
                self.send(method, &path, (&[kind], body), listed);
            }
        }
    }
}

#[test]
fn bad_requests_are_refused_with_what_the_description_lists() {
    let data = folder();
    let server = Server::start(data.path(), &["--upload-limit", "1K"]);
    new_log(&server, "Good", DEALS.as_bytes());
    new_log(&server, "Broken", DEALS.as_bytes());
    let broken = data.path().join("logs/2/000001");
    for file in std::fs::read_dir(broken).expect("the version has files").flatten() {
        if file.path().extension().is_some_and(|ending| ending == "parquet") {
            std::fs::write(file.path(), b"PAR1").expect("the file can be written");
        }
    }
    server.upload("waits.csv", DEALS.as_bytes());
    let description = description();
    let mut prober = Prober { server: &server, seen: BTreeMap::new(), count: 0 };
    let mut operations = operations(&description);
    // What is deleted is asked for first.
    operations.sort_by_key(|(method, ..)| method == "DELETE");
    for (method, path, listed) in &operations {
        prober.probe(method, path, listed);
    }
    let cut = cut_off(&server);
    prober.hold("a file that is cut off", &cut, &description["paths"]["/api/v1/uploads"]["post"]);
    assert!(prober.count > 1_000, "{}", prober.count);
    for (status, codes) in [
        (400, &["invalid_parameters", "invalid_filter", "invalid_name", "unknown_question"][..]),
        (403, &["cross_site"]),
        (404, &["log_not_found", "version_not_found", "job_not_found", "upload_not_found"]),
        (409, &["log_exists", "version_kept"]),
        (413, &["body_too_large", "over_limit"]),
        (415, &["wrong_content_type"]),
        (421, &["wrong_host"]),
        (422, &["version_damaged", "damaged_file"]),
    ] {
        let seen = &prober.seen[&status];
        assert!(codes.iter().all(|code| seen.contains(*code)), "{status}: {seen:?}");
    }
}

/// The answer to a file that ends before its end.
fn cut_off(server: &Server) -> Reply {
    let mut stream = server.connect();
    let head = "POST /api/v1/uploads?name=a.csv HTTP/1.1\r\nHost: localhost\r\n\
        Content-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\ncase";
    stream.write_all(head.as_bytes()).expect("the server listens");
    stream.shutdown(std::net::Shutdown::Write).expect("one side can be closed");
    Reply::read(stream)
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_any_request_meets() {
    let description = description();
    let operations = operations(&description);
    let names: BTreeSet<&str> = operations
        .iter()
        .map(|(.., operation)| operation["operationId"].as_str().expect("it has a name"))
        .collect();
    assert_eq!(names.len(), operations.len());
    for (method, path, operation) in operations {
        for status in ["403", "421", "500"] {
            assert!(operation["responses"][status].is_object(), "{method} {path}: {status}");
        }
    }
}
