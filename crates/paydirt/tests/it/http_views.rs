//! Saved views over HTTP: save, list, change, delete, and what is refused.

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{folder, paydirt, text};

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

#[test]
fn what_another_window_has_saved_is_not_written_over() {
    let data = folder();
    let (server, views) = start(data.path());
    let reply = server.post(&views, &view("One", &json!({})));
    let place = reply.header("location").expect("it says where it is").to_owned();
    let opened = reply.value()["updated_at"].clone();
    let change = |state: &Value, since: &Value| {
        let saved = json!({"kind": "view", "page": "map", "state": state});
        server.json("PATCH", &place, &json!({"saved": saved, "unchanged_since": since}))
    };
    let first = change(&json!({"metric": "median"}), &opened).ok();
    change(&json!({"metric": "events"}), &opened).problem(409, "view_changed");
    assert_eq!(server.get(&place).ok(), first, "it stays as the other window saved it");
    let second = change(&json!({"metric": "events"}), &first["updated_at"]).ok();
    assert_eq!(second["state"], json!({"metric": "events"}));
    change(&json!({}), &json!("yesterday")).problem(400, "invalid_parameters");
}

#[test]
fn what_was_deleted_comes_back_under_its_number() {
    let data = folder();
    let (server, views) = start(data.path());
    let reply = server.post(&views, &view("One", &json!({})));
    let place = reply.header("location").expect("it says where it is").to_owned();
    let mut again = view("One", &json!({}));
    again["id"] = reply.value()["id"].clone();
    assert_eq!(server.send("DELETE", &place, &[], b"").status, 204);
    let back = server.post(&views, &again);
    assert_eq!((back.status, back.header("location")), (201, Some(place.as_str())));
    again["name"] = json!("Two");
    server.post(&views, &again).problem(400, "invalid_parameters");
    again["id"] = json!(99);
    server.post(&views, &again).problem(400, "invalid_parameters");
}

#[test]
fn the_command_line_lists_shows_and_deletes_what_is_saved() {
    let data = folder();
    let (server, views) = start(data.path());
    let filters = json!([{"kind": "starts_with", "activities": ["Lead created"]}]);
    server.post(&views, &view("Slow deals", &json!({"filters": filters, "metric": "median"})));
    let list = json!({"kind": "filters", "filters": filters});
    let id = server.post(&views, &json!({"name": "New", "saved": list})).value()["id"].clone();
    let log = server.get("/api/v1/logs").ok()["logs"][0]["name"].clone();
    let told = server.get(&views).ok();
    drop(server);
    let log = log.as_str().expect("a log has a name");
    let verb = |more: &[&str]| {
        let mut arguments = vec!["views", log];
        arguments.extend(more);
        arguments.extend(["--data", text(data.path())]);
        paydirt(&arguments)
    };
    assert_eq!(verb(&["--json"]).ok().json(), told);
    let table = verb(&[]).ok().stdout;
    assert!(table.contains("Slow deals") && table.contains("list of filters"), "{table}");
    let shown = verb(&["slow deals", "--json"]).ok().json();
    assert_eq!(shown, told["views"][1]);
    assert_eq!(verb(&["Fast deals", "--json"]).problem()["code"], "view_not_found");
    assert_eq!(verb(&["New", "--delete", "--json"]).problem()["code"], "wrong_usage");
    let deleted = verb(&[&id.to_string(), "--delete", "--yes", "--json"]).ok().json();
    assert_eq!(deleted["deleted"]["name"], "New");
    assert_eq!(verb(&["--json"]).ok().json()["views"], json!([told["views"][1]]));
}
