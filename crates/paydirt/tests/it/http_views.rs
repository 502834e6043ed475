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
fn what_another_window_has_saved_is_neither_written_over_nor_deleted() {
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

    let delete = |since: &Value| {
        let since = since.as_str().expect("a time is a text");
        server.send("DELETE", &format!("{place}?unchanged_since={since}"), &[], b"")
    };
    delete(&first["updated_at"]).problem(409, "view_changed");
    delete(&json!("yesterday")).problem(400, "invalid_parameters");
    assert_eq!(server.get(&place).ok(), second, "it stays as the other window saved it");
    assert_eq!(delete(&second["updated_at"]).status, 204);
    server.get(&place).problem(404, "view_not_found");
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

fn target(target: &Value) -> Value {
    json!({"saved": {"kind": "target", "target": target}})
}

/// The slowest path of a log by its median, and that median in seconds.
fn slow_path(server: &Server) -> (Value, Value, u64) {
    let tile = json!({"id": "t", "question": "map", "params": {}});
    let map = server.post("/api/v1/analyses", &json!({"version": "1@1", "tiles": [tile]})).ok();
    let paths = map["tiles"][0]["answer"]["paths"].as_array().expect("there are paths").clone();
    let median = |path: &Value| path["duration_s"]["median"].as_f64().unwrap_or_default() as u64;
    let path = paths.iter().max_by_key(|path| median(path)).expect("there is a path");
    (path["from"].clone(), path["to"].clone(), median(path))
}

#[test]
fn a_target_is_one_for_what_it_is_for_and_has_its_name() {
    let data = folder();
    let (server, views) = start(data.path());
    let path = json!({"of": "path", "from": "a", "to": "b", "at_most_s": 60});
    let reply = server.post(&views, &target(&path));
    assert_eq!(reply.status, 201, "{reply:?}");
    let saved = reply.value();
    assert_eq!((&saved["target"], &saved["name"]), (&path, &json!("\"a\" → \"b\"")));
    server.post(&views, &target(&path)).problem(409, "view_exists");
    for other in [
        json!({"of": "path", "from": "A", "to": "b", "at_most_s": 60}),
        json!({"of": "path", "from": "a\" → \"b", "to": "b", "at_most_s": 60}),
        json!({"of": "wait", "activity": "a", "at_most_s": 60}),
        json!({"of": "work", "activity": "a", "at_most_s": 60}),
        json!({"of": "case", "at_most_s": 60}),
    ] {
        assert_eq!(server.post(&views, &target(&other)).status, 201, "{other}");
    }
    let place = reply.header("location").expect("it says where it is").to_owned();
    let change = |body: &Value| server.json("PATCH", &place, body);
    change(&json!({"name": "Mine"})).problem(400, "invalid_parameters");
    change(&target(&json!({"of": "case", "at_most_s": 9}))).problem(400, "invalid_parameters");
    let mut longer = target(&path);
    longer["saved"]["target"]["at_most_s"] = json!(120);
    longer["unchanged_since"] = saved["updated_at"].clone();
    assert_eq!(change(&longer).ok()["target"]["at_most_s"], 120);
    change(&longer).problem(409, "view_changed");
    assert_eq!(server.send("DELETE", &place, &[], b"").status, 204);
    let again = json!({"id": saved["id"], "name": saved["name"], "saved": longer["saved"]});
    let back = server.post(&views, &again);
    assert_eq!((back.status, &back.value()["id"]), (201, &saved["id"]));
}

#[test]
fn what_is_no_target_is_refused() {
    let data = folder();
    let (server, views) = start(data.path());
    for wrong in [
        json!({"of": "case", "at_most_s": 0}),
        json!({"of": "case", "at_most_s": 1.5}),
        json!({"of": "case"}),
        json!({"of": "path", "from": "a", "at_most_s": 1}),
        json!({"of": "day", "at_most_s": 1}),
        json!(["case", 60]),
    ] {
        server.post(&views, &target(&wrong)).problem(400, "invalid_parameters");
    }
    let mut named = target(&json!({"of": "case", "at_most_s": 60}));
    named["name"] = json!("Mine");
    server.post(&views, &named).problem(400, "invalid_parameters");
    let nameless = json!({"saved": {"kind": "filters", "filters": []}});
    server.post(&views, &nameless).problem(400, "invalid_name");
    assert_eq!(server.get(&views).ok()["views"], json!([]));
}

#[test]
fn the_command_line_sets_lists_and_removes_targets() {
    let data = folder();
    let (server, views) = start(data.path());
    let log = server.get("/api/v1/logs").ok()["logs"][0]["name"].clone();
    let (from, to, median) = slow_path(&server);
    drop(server);
    let log = log.as_str().expect("a log has a name");
    let verb = |more: &[&str]| {
        let mut arguments = vec!["targets", log];
        arguments.extend(more);
        arguments.extend(["--data", text(data.path())]);
        paydirt(&arguments)
    };
    assert!(verb(&[]).ok().stdout.contains("No target is set"));
    let (from, to) = (from.as_str().unwrap(), to.as_str().unwrap());
    let of_path = ["--from", from, "--to", to];
    let time = format!("{median}s");
    let set = verb(&[of_path.as_slice(), &["--at-most", &time, "--json"]].concat()).ok().json();
    assert_eq!(set["targets"][0]["target"]["at_most_s"], median);
    let figures = &set["targets"][0]["figures"];
    let (within, measured) = (figures["within"].as_u64(), figures["measured"].as_u64());
    assert!(measured <= within.map(|within| 2 * within), "the median is half: {figures}");
    let set = verb(&["--case", "--at-most", "1w 1d", "--json"]).ok().json();
    assert_eq!(set["targets"][0]["target"], json!({"of": "case", "at_most_s": 691_200}));
    let longer = verb(&["--case", "--at-most", "9d", "--json"]).ok().json();
    assert_eq!(longer["targets"][0]["id"], set["targets"][0]["id"], "it is the same target");
    verb(&["--activity", "Gone", "--at-most", "2h"]).ok();
    let listed = verb(&[]).ok().stdout;
    for part in [from, "whole case", "9.0 d", "wait after Gone", "the log has no Gone"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let saved = paydirt(&["views", log, "--data", text(data.path())]).ok().stdout;
    assert!(saved.contains("target time"), "{saved}");
    verb(&["--activity", "Gone", "--remove"]).ok();
    let gone = verb(&["--activity", "Gone", "--remove", "--json"]).problem();
    assert_eq!(gone["code"], "view_not_found");
    let left = verb(&["--json"]).ok().json()["targets"].as_array().map(Vec::len);
    assert_eq!(left, Some(2));
    assert!(!verb(&["--at-most", "9d"]).stderr.is_empty(), "of what is not said");
    let server = Server::start(data.path(), &[]);
    assert_eq!(server.get(&views).ok()["views"].as_array().map(Vec::len), Some(2));
}
