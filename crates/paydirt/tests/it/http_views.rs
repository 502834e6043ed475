//! Saved views over HTTP: save, list, change, delete, and what is refused.

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::folder;

/// A server with the demo log; the address of its saved views.
fn start(data: &std::path::Path) -> (Server, String) {
    let server = Server::start(data, &[]);
    let job = server.job("/api/v1/demo", &json!({"deals": 20}));
    let log = job["result"]["log"].as_u64().expect("the demo makes a log");
    (server, format!("/api/v1/logs/{log}/views"))
}

fn view(name: &str, state: &Value) -> Value {
    json!({"name": name, "saved": {"kind": "view", "page": "map", "state": state}})
}

#[test]
fn a_view_is_saved_listed_changed_and_deleted() {
    let data = folder();
    let (server, views) = start(data.path());
    let state = json!({"metric": "median", "filters": [{"kind": "sample", "cases": 5}]});
    let reply = server.post(&views, &view("Slow deals", &state));
    assert_eq!(reply.status, 201, "{reply:?}");
    let place = reply.header("location").expect("it says where it is").to_owned();
    let saved = reply.value();
    assert_eq!((&saved["kind"], &saved["page"]), (&json!("view"), &json!("map")));
    assert_eq!(saved["state"], state);
    assert_eq!(server.get(&place).ok(), saved);
    let filters = json!({"kind": "filters", "filters": state["filters"]});
    let reply = server.post(&views, &json!({"name": "Slow deals", "saved": filters}));
    assert_eq!(reply.status, 201, "filters and views have names of their own: {reply:?}");
    let listed = server.get(&views).ok();
    assert_eq!(listed["views"], json!([reply.value(), saved]));

    let renamed = server.json("PATCH", &place, &json!({"name": "Late deals"})).ok();
    assert_eq!((&renamed["name"], &renamed["state"]), (&json!("Late deals"), &state));
    let other = json!({"saved": {"kind": "view", "page": "cases", "state": {}}});
    let changed = server.json("PATCH", &place, &other).ok();
    assert_eq!((&changed["name"], &changed["page"]), (&json!("Late deals"), &json!("cases")));
    let to_filters = json!({"saved": {"kind": "filters", "filters": []}});
    server.json("PATCH", &place, &to_filters).problem(400, "invalid_parameters");

    assert_eq!(server.send("DELETE", &place, &[], b"").status, 204);
    server.get(&place).problem(404, "view_not_found");
    assert_eq!(server.get(&views).ok()["views"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_no_view_is_refused_by_name() {
    let data = folder();
    let (server, views) = start(data.path());
    assert_eq!(server.post(&views, &view("One", &json!({}))).status, 201);
    server.post(&views, &view(" ONE ", &json!({}))).problem(409, "view_exists");
    server.post(&views, &view("", &json!({}))).problem(400, "invalid_name");
    for saved in [
        json!({"kind": "view", "page": "map", "state": []}),
        json!({"kind": "view", "page": "../map", "state": {}}),
        json!({"kind": "view", "page": "", "state": {}}),
        json!({"kind": "view", "page": "map", "state": {}, "more": 1}),
        json!({"kind": "filters", "filters": [1]}),
        json!({"kind": "other"}),
        json!(["view", "map", {}]),
    ] {
        let reply = server.post(&views, &json!({"name": "Two", "saved": saved}));
        reply.problem(400, "invalid_parameters");
    }
    let long = view("Two", &json!({"text": "x".repeat(70_000)}));
    server.post(&views, &long).problem(413, "over_limit");
    server.get("/api/v1/logs/99/views").problem(404, "log_not_found");
    server.get(&format!("{views}/x")).problem(404, "view_not_found");
    assert_eq!(server.get(&views).ok()["views"].as_array().map(Vec::len), Some(1));
}
