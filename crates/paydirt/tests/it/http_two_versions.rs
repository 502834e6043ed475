//! A question that names a second version over HTTP: which one is meant, and what if it is gone?

use serde_json::{Value, json};

use crate::http_imports::{DEALS, new_log};
use crate::server::Server;
use crate::support::folder;

/// Two of the three cases.
fn fewer() -> String {
    DEALS.lines().filter(|line| !line.starts_with("C,")).map(|line| format!("{line}\n")).collect()
}

/// A server with three cases as log 1 and two of them as log 2.
fn server(data: &std::path::Path) -> Server {
    let server = Server::start(data, &[]);
    new_log(&server, "Later", DEALS.as_bytes());
    new_log(&server, "Earlier", fewer().as_bytes());
    server
}

/// The tiles of a request to log 1 that compares it with each of these versions and is summed up.
fn tiles(server: &Server, versions: &[&str]) -> Vec<Value> {
    let compared = versions.iter().map(|version| {
        json!({"id": version, "question": "comparison", "params": {"b_version": version}})
    });
    let mut tiles: Vec<Value> = compared.collect();
    tiles.push(json!({"id": "alone", "question": "summary"}));
    let asked = json!({"version": "1@1", "tiles": tiles});
    let answer = server.post("/api/v1/analyses", &asked).ok();
    answer["tiles"].as_array().expect("there are tiles").clone()
}

fn append(server: &Server) {
    let upload = server.upload("more.csv", b"deal,step,at\nZ,Created,2024-02-01T08:00:00Z\n");
    server.done("/api/v1/imports", &json!({"upload": upload, "mode": "append", "log": 2}));
}

#[test]
fn a_log_without_a_number_is_its_current_version_at_each_asking() {
    let data = folder();
    let server = server(data.path());
    let cases = |versions: &[&str]| {
        let tiles = tiles(&server, versions);
        let of_b = tiles[..versions.len()].iter().map(|tile| tile["answer"]["b"]["cases"].clone());
        of_b.collect::<Vec<_>>()
    };
    assert_eq!(cases(&["2", "2@1"]), [2, 2]);
    append(&server);
    assert_eq!(cases(&["2", "2@1"]), [3, 2]);
    // Only what never changes may be kept for ever.
    let kept = |version: &str| {
        let params = format!("%7B%22b_version%22:%22{version}%22%7D");
        let path = format!("/api/v1/logs/1/versions/1/ask/comparison?params={params}");
        let reply = server.get(&path);
        (reply.ok()["b"]["cases"].clone(), reply.header("cache-control").map(str::to_owned))
    };
    let (of_number, of_log) = (kept("2@1"), kept("2"));
    assert_eq!((of_number.0, of_log.0), (json!(2), json!(3)));
    assert!(of_number.1.is_some_and(|kept| kept.contains("immutable")));
    assert!(of_log.1.is_some_and(|kept| !kept.contains("immutable")));
}

#[test]
fn a_version_that_is_gone_fails_the_tile_that_names_it() {
    let data = folder();
    let server = server(data.path());
    let told = |version: &str| {
        let tiles = tiles(&server, &[version]);
        assert_eq!(tiles[1]["answer"]["cases"], 3, "{version}");
        tiles[0].clone()
    };
    for (version, code) in [
        ("2@2", "version_not_found"),
        ("9", "log_not_found"),
        ("9@1", "log_not_found"),
        ("two", "version_not_found"),
    ] {
        let tile = told(version);
        let problem = &tile["problem"];
        assert_eq!(problem["code"], code, "{version}: {tile}");
        assert_eq!(problem["place"]["parameter"], "b_version", "{version}: {tile}");
    }
    append(&server);
    assert_eq!(told("2@2")["answer"]["b"]["cases"], 3);
    assert_eq!(told("2")["answer"]["b"]["cases"], 3);
    let deleted = server.send("DELETE", "/api/v1/logs/2", &[], b"");
    assert!(deleted.status < 300, "{}", deleted.status);
    assert_eq!(told("2")["problem"]["code"], "log_not_found");
}

#[test]
fn a_request_compares_with_few_versions() {
    let data = folder();
    let server = server(data.path());
    new_log(&server, "Third", fewer().as_bytes());
    let tiles = tiles(&server, &["2", "2@1", "3", "1", "3@1"]);
    let cases = |idx: usize| tiles[idx]["answer"]["b"]["cases"].clone();
    assert_eq!([cases(0), cases(1), cases(2), cases(4)], [2, 2, 2, 2]);
    let problem = &tiles[3]["problem"];
    assert_eq!(problem["code"], "over_limit");
    assert_eq!(problem["detail"], "A request may compare with at most 2 other versions.");
    assert_eq!(tiles[5]["answer"]["cases"], 3);
}
