//! Settings over HTTP: shown, changed, numbered, refused with every mistake; and what follows.

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{folder, list};

/// A server with the demo log, and the address of the log.
fn start(data: &std::path::Path) -> (Server, String) {
    let server = Server::start(data, &[]);
    let job = server.job("/api/v1/demo", &json!({"deals": 60}));
    let log = job["result"]["log"].as_u64().expect("the demo makes a log");
    (server, format!("/api/v1/logs/{log}"))
}

fn setting<'v>(shown: &'v Value, key: &str) -> &'v Value {
    let found = list(shown, "settings").iter().find(|one| one["key"] == key);
    found.expect("the setting is shown")
}

#[test]
fn settings_are_shown_changed_and_kept_by_number() {
    let data = folder();
    let (server, log) = start(data.path());
    let place = format!("{log}/settings");
    let shown = server.get(&place).ok();
    assert_eq!((&shown["version"], list(&shown, "settings").len()), (&json!(0), 63));
    let limits = setting(&shown, "stallLimits");
    assert_eq!(limits["value"], json!([{ "days": "30" }]));
    assert_eq!(limits["heading"], "Limits");
    assert_eq!(limits["columns"][2]["shape"]["unit"], "days");
    assert_eq!(limits["columns"][2]["name"], json!({ "en": "Days" }), "one language alone");
    let change = json!({
        "set": { "stallLimits": [{ "days": "30" }, { "stage": "Proposal", "days": 60 }],
            "idleLimit": "21", "workingCalendar": true },
        "seen": 0,
    });
    let changed = server.json("PUT", &place, &change).ok();
    assert_eq!(changed["version"], 1);
    assert_eq!(setting(&changed, "idleLimit")["value"], "21");
    assert_eq!(setting(&changed, "idleLimit")["chosen"], true);
    assert_eq!(
        setting(&changed, "stallLimits")["value"],
        json!([{ "days": "30" }, { "days": "60", "stage": "Proposal" }])
    );
    // Somebody who has not seen this change takes nothing back by accident.
    server
        .json("PUT", &place, &json!({"reset": ["idleLimit"], "seen": 0}))
        .problem(409, "view_changed");
    let back = server.json("PUT", &place, &json!({"reset": ["idleLimit"], "seen": 1})).ok();
    assert_eq!(
        (&back["version"], &setting(&back, "idleLimit")["value"]),
        (&json!(2), &json!("14"))
    );
    let first = server.get(&format!("{place}?at=1")).ok();
    assert_eq!(setting(&first, "idleLimit")["value"], "21");
    let file = json!({"file": "smallGroup = 10\n"});
    let by_file = server.json("PUT", &place, &file).ok();
    assert_eq!(by_file["file"], "smallGroup = 10\n");
    assert_eq!(setting(&by_file, "workingCalendar")["chosen"], false);
    server.get(&format!("{place}?at=9")).problem(400, "wrong_usage");
}

#[test]
fn every_mistake_is_told_and_nothing_is_changed() {
    let data = folder();
    let (server, log) = start(data.path());
    let place = format!("{log}/settings");
    let wrong = json!({"set": { "idleLimit": "soon", "smallGroup": 0, "salesCycleEnd": "never",
        "holidays": [{ "day": "tomorrow" }], "idelLimit": 1, "rankMin": 3 }});
    let reply = server.json("PUT", &place, &wrong);
    reply.problem(422, "settings_mistake");
    let told = reply.value();
    let mistakes = list(&told, "mistakes");
    let parameters: Vec<&Value> = mistakes.iter().map(|one| &one["place"]["parameter"]).collect();
    assert_eq!(parameters.len(), 5, "{told}");
    for key in ["idleLimit", "smallGroup", "salesCycleEnd", "holidays"] {
        assert!(parameters.contains(&&json!(key)), "{key}: {told}");
    }
    assert!(told.to_string().contains("must be a number, such as 0.15"), "{told}");
    let file = json!({"file": "idleLimit = 3\nrankMin = \"a\"\n"});
    let told = server.json("PUT", &place, &file).value();
    assert_eq!(told["place"]["row"], 2, "{told}");
    assert_eq!(server.get(&place).ok()["version"], 0);
}

#[test]
fn computed_attributes_are_in_the_schema_and_follow_the_settings() {
    let data = folder();
    let (server, log) = start(data.path());
    let schema = server.get(&format!("{log}/versions/1/schema")).ok();
    let attribute = |name: &str| {
        let found = list(&schema, "attributes").iter().find(|one| one["name"] == name);
        found.cloned().unwrap_or(Value::Null)
    };
    assert_eq!(attribute("State")["computed"], true);
    assert_eq!(attribute("SalesRegion").get("computed"), None);
    let question = format!(
        "{log}/versions/1/ask/attributes?params=%7B%22attributes%22%3A%5B%22IsStalled%22%5D%7D"
    );
    let stalled = |path: &str| {
        let answer = server.get(path).ok();
        let values = list(&answer["attributes"][0], "values").to_vec();
        let of = values.iter().find(|one| one["value"] == true);
        of.map_or(0, |one| one["count"].as_u64().unwrap())
    };
    let reply = server.get(&question);
    assert_eq!(reply.header("cache-control"), Some("private, no-cache"), "settings may change");
    let before = stalled(&question);
    let none = json!({"set": { "stallLimits": [{ "days": 100_000 }] }});
    server.json("PUT", &format!("{log}/settings"), &none).ok();
    assert!(0 < before && stalled(&question) == 0, "{before}");
    assert_eq!(stalled(&format!("{question}&settings=0")), before);
    let fixed = server.get(&format!("{question}&settings=1"));
    let kept = fixed.header("cache-control").unwrap_or_default();
    assert!(kept.contains("immutable"), "{kept}");
    server.get(&format!("{question}&settings=7")).problem(400, "invalid_parameters");
    let computed = server.get(&format!("{log}/versions/1/computed")).ok();
    assert_eq!((&computed["settings"], &computed["is_of_process"]), (&json!(1), &json!(true)));
}
