//! Are the answers of the server what its description says, with nothing left out?

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::cli_help::questions;
use crate::http_described::{ENDLESS, description, operations};
use crate::http_imports::DEALS;
use crate::json_schema::Schemas;
use crate::server::{Reply, Server};
use crate::support::folder;

/// The description, and what was held against it.
struct Description {
    document: Value,
    /// Operations whose answers were held against it.
    held: BTreeSet<String>,
}

impl Description {
    fn read() -> Description {
        Description { document: description(), held: BTreeSet::new() }
    }

    #[track_caller]
    fn hold_value(&self, what: &str, schema: &Value, value: &Value) {
        let fault = Schemas(&self.document).fault(schema, value);
        assert!(fault.is_none(), "{what}: {fault:?}");
    }

    /// Holds a reply against the operation that it answers; its body.
    #[track_caller]
    fn hold(&mut self, method: &str, template: &str, reply: &Reply) -> Value {
        let what = format!("{method} {template} {}", reply.status);
        let operation = &self.document["paths"][template][method.to_lowercase()];
        let response = &operation["responses"][reply.status.to_string()];
        assert!(response.is_object(), "{what} is not described: {}", reply.text());
        self.held.insert(format!("{method} {template}"));
        let kind = reply.header("content-type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default();
        match response["content"].as_object() {
            None => assert!(reply.body.is_empty(), "{what} has a body that is not described"),
            Some(kinds) => assert!(kinds.contains_key(kind), "{what} is of type {kind}"),
        }
        if !kind.ends_with("json") {
            return Value::Null;
        }
        let value = reply.value();
        self.hold_value(&what, &response["content"][kind]["schema"], &value);
        value
    }

    /// Reads an address and holds the answer against its operation.
    #[track_caller]
    fn get(&mut self, server: &Server, template: &str, path: &str) -> Value {
        let reply = server.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        self.hold("GET", template, &reply)
    }
}

/// Parameters that make an answer show all it can, beside none.
fn parameters(question: &str) -> &'static [&'static str] {
    match question {
        "case" => &["{\"case\": \"CASE\"}"],
        "cases" => &["{}", "{\"attributes\": [\"REGION\", \"AMOUNT\"]}"],
        "map" => &["{}", "{\"waits\": true, \"weight\": {\"attribute\": \"AMOUNT\"}}"],
        "throughput" => &["{}", "{\"by\": \"REGION\", \"period\": \"month\"}"],
        "funnel" => &[
            "{\"stages\": [{\"activities\": [\"FROM\"]}, {\"activities\": [\"TO\"]}]}",
            "{\"stages\": [{\"activities\": [\"FROM\"]}, {\"activities\": [\"TO\"]}], \
             \"order\": \"any\", \"ends\": [\"TO\"], \"cohorts\": \"month\", \"value\": \"AMOUNT\"}",
        ],
        "spectrum" => &["{\"from\": \"FROM\", \"to\": \"TO\"}"],
        "movements" => &["{}", "{\"by\": \"REGION\"}"],
        "targets" => &[
            "{\"targets\": [{\"of\": \"path\", \"from\": \"FROM\", \"to\": \"TO\", \
             \"at_most_s\": 60}, {\"of\": \"wait\", \"activity\": \"Gone\", \"at_most_s\": 60}]}",
            "{\"targets\": [{\"of\": \"case\", \"at_most_s\": 60}]}",
        ],
        "neighbours" => &[
            "{\"activity\": \"FROM\", \"attributes\": [\"REGION\"]}",
            "{\"path\": {\"from\": \"FROM\", \"to\": \"TO\"}}",
        ],
        "differences" => {
            &["{\"selection\": [{\"kind\": \"activity_contains\", \"activities\": [\"TO\"]}], \
             \"few_cases\": 1}"]
        }
        "comparison" => {
            &["{\"a\": [{\"kind\": \"activity_contains\", \"activities\": [\"TO\"]}], \
             \"activities\": [\"FROM\"], \"few_cases\": 1}"]
        }
        _ => &["{}"],
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A log with every kind of attribute, an amount without a currency, a repeat, a blank.
const KINDS: &str = "\
case,activity,start,end,resource,Region,Amount,Paid,Done,Due,Count
1,Order,2024-01-01T08:00:00Z,2024-01-01T09:00:00Z,Ann,North,100.25,5 EUR,true,2024-02-01,1
1,Pay,2024-01-01T12:00:00Z,2024-01-01T12:30:00Z,Bo,North,100.25,6 USD,false,2024-02-02,2
2,Order,2024-01-02T08:00:00Z,2024-01-02T09:00:00Z,Ann,South,50.5,7 EUR,true,2024-02-03,3
2,Order,2024-01-02T10:00:00Z,2024-01-02T11:00:00Z,Ann,South,50.5,8 EUR,true,2024-02-04,4
2,Pay,2024-01-02T10:45:00Z,2024-01-02T12:00:00Z,Bo,South,50.5,9 EUR,false,2024-02-05,5
3,Order,2024-02-02T08:00:00Z,2024-02-02T08:30:00Z,Ann,,,,,,
";

/// A view to be saved.
fn view() -> Value {
    json!({"kind": "view", "page": "map", "state": {"metric": "median"}})
}

/// A server with the demo log, its notions, and the log of every kind of attribute.
fn server(data: &std::path::Path, description: &mut Description) -> Server {
    let server = Server::start(data, &[]);
    let order = json!({"deals": 60, "seed": 7, "name": "World"});
    let demo = server.post("/api/v1/demo", &order);
    let demo = description.hold("POST", "/api/v1/demo", &demo);
    server.follow(demo["id"].as_u64().expect("a job has a number"));
    for saved in [view(), json!({"kind": "filters", "filters": [{"kind": "sample", "cases": 5}]})] {
        let saved = server.post("/api/v1/logs/1/views", &json!({"name": "One", "saved": saved}));
        description.hold("POST", "/api/v1/logs/{log}/views", &saved);
    }
    let target = json!({"kind": "target", "target": {"of": "case", "at_most_s": 60}});
    let saved = server.post("/api/v1/logs/1/views", &json!({ "saved": target }));
    description.hold("POST", "/api/v1/logs/{log}/views", &saved);
    for (number, mode) in [(2, "new"), (3, "append")] {
        let bytes = [("Content-Type", "application/octet-stream")];
        let sent = server.send("POST", "/api/v1/uploads?name=k.csv", &bytes, KINDS.as_bytes());
        let upload = description.hold("POST", "/api/v1/uploads", &sent)["id"].clone();
        let check = server.post("/api/v1/checks", &json!({"upload": upload}));
        let check = description.hold("POST", "/api/v1/checks", &check)["id"].clone();
        server.follow(check.as_u64().expect("a job has a number"));
        let order = match mode {
            "new" => json!({"upload": upload, "mode": mode, "name": "Kinds"}),
            _ => json!({"upload": upload, "mode": mode, "log": 2}),
        };
        let import = server.post("/api/v1/imports", &order);
        let import = description.hold("POST", "/api/v1/imports", &import)["id"].clone();
        let told = server.follow(import.as_u64().expect("a job has a number"));
        assert_eq!(told.last().expect("it is told")["state"], "done", "{number}: {told:?}");
    }
    server
}

#[test]
fn every_question_answers_as_it_is_described() {
    let data = folder();
    let mut description = Description::read();
    let server = server(data.path(), &mut description);
    let template = "/api/v1/logs/{log}/versions/{version}/ask/{question}";
    let mut count = 0;
    for (log, region, amount) in [(1, "SalesRegion", "OpportunityAmount"), (2, "Region", "Amount")]
    {
        let cases = server.get(&format!("/api/v1/logs/{log}/versions/1/ask/cases")).ok();
        let case = cases["cases"][0]["case"].as_str().expect("there is a case").to_owned();
        let map = server.get(&format!("/api/v1/logs/{log}/versions/1/ask/map")).ok();
        let [from, to] = ["from", "to"].map(|end| map["paths"][0][end].as_str().unwrap());
        for question in questions() {
            for params in parameters(&question) {
                let params = params.replace("CASE", &case);
                let params = params.replace("REGION", region).replace("AMOUNT", amount);
                let params = params.replace("FROM", from).replace("TO", to);
                let path = format!(
                    "/api/v1/logs/{log}/versions/1/ask/{question}?params={}",
                    encoded(&params)
                );
                let mut answer = description.get(&server, template, &path);
                assert!(answer.get("context").is_some(), "{path}: {answer}");
                answer.as_object_mut().expect("it is an object").shift_remove("context");
                let schema = json!({"$ref": format!("#/components/schemas/answer.{question}")});
                description.hold_value(&path, &schema, &answer);
                count += 1;
            }
            if question != "case" {
                let params = parameters(&question)[0];
                let params = params.replace("REGION", region).replace("AMOUNT", amount);
                let params = encoded(&params.replace("FROM", from).replace("TO", to));
                let path = format!(
                    "/api/v1/logs/{log}/versions/1/ask/{question}?params={params}&group_by={region}"
                );
                let answer = description.get(&server, template, &path);
                assert!(answer["groups"].as_array().is_some_and(|groups| !groups.is_empty()));
            }
        }
    }
    assert!(count > 2 * questions().len(), "{count}");
}

#[test]
fn a_whole_screen_is_answered_as_it_is_described() {
    let data = folder();
    let mut description = Description::read();
    let server = server(data.path(), &mut description);
    let filter = json!({"kind": "event_count", "min": 2});
    let mut tiles: Vec<Value> = questions()
        .iter()
        .filter(|question| *question != "case")
        .map(|question| json!({"id": question, "question": question}))
        .collect();
    tiles.push(json!({"id": "grouped", "question": "summary", "group_by": "SalesRegion"}));
    tiles.push(json!({"id": "filtered", "question": "summary", "filters": [filter]}));
    tiles.push(json!({"id": "wrong", "question": "summary", "params": {"nothing": 1}}));
    for notion in ["main", "lead", "document"] {
        let analysis =
            json!({"version": "1@1", "notion": notion, "filters": [filter], "tiles": tiles});
        let reply = server.post("/api/v1/analyses", &analysis);
        let answer = description.hold("POST", "/api/v1/analyses", &reply);
        let wrong = answer["tiles"].as_array().and_then(|tiles| tiles.last());
        assert!(wrong.is_some_and(|tile| tile["problem"].is_object()), "{answer}");
    }
}

#[test]
fn every_address_that_is_read_answers_as_it_is_described() {
    let data = folder();
    let mut description = Description::read();
    let server = server(data.path(), &mut description);
    // A job that fails has a problem, and one that waits has neither result nor problem.
    let upload = server.upload("broken.csv", b"a,b\n1,2\n");
    let failed =
        server.job("/api/v1/imports", &json!({"upload": upload, "mode": "new", "name": "Broken"}));
    assert_eq!(failed["state"], "failed");
    for (template, paths) in [
        ("/healthz", &["/healthz"][..]),
        ("/metrics", &["/metrics"]),
        ("/api/v1/info", &["/api/v1/info"]),
        ("/api/v1/library", &["/api/v1/library", "/api/v1/library?languages=all"]),
        ("/api/v1/templates", &["/api/v1/templates"]),
        (
            "/api/v1/templates/{system}",
            &["/api/v1/templates/generic", "/api/v1/templates/pipedrive?format=csv"],
        ),
        ("/api/v1/openapi.json", &["/api/v1/openapi.json"]),
        ("/api/v1/questions", &["/api/v1/questions"]),
        ("/api/v1/filters", &["/api/v1/filters"]),
        ("/api/v1/jobs", &["/api/v1/jobs"]),
        ("/api/v1/jobs/{id}", &["/api/v1/jobs/1", "/api/v1/jobs/2", "/api/v1/jobs/3"]),
        ("/api/v1/jobs/{id}/events", &["/api/v1/jobs/1/events"]),
        ("/api/v1/logs", &["/api/v1/logs"]),
        ("/api/v1/logs/{log}", &["/api/v1/logs/1", "/api/v1/logs/2"]),
        ("/api/v1/logs/{log}/versions", &["/api/v1/logs/1/versions", "/api/v1/logs/2/versions"]),
        (
            "/api/v1/logs/{log}/versions/{version}",
            &["/api/v1/logs/1/versions/1", "/api/v1/logs/2/versions/current"],
        ),
        ("/api/v1/logs/{log}/views", &["/api/v1/logs/1/views", "/api/v1/logs/2/views"]),
        ("/api/v1/logs/{log}/views/{id}", &["/api/v1/logs/1/views/1", "/api/v1/logs/1/views/2"]),
        (
            "/api/v1/logs/{log}/settings",
            &["/api/v1/logs/1/settings", "/api/v1/logs/2/settings?at=0"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/computed",
            &["/api/v1/logs/1/versions/1/computed", "/api/v1/logs/2/versions/current/computed"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/changes",
            &["/api/v1/logs/2/versions/2/changes", "/api/v1/logs/2/versions/1/changes?since=2"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/coverage",
            &[
                "/api/v1/logs/1/versions/1/coverage",
                "/api/v1/logs/2/versions/current/coverage?template=hubspot",
            ],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/quality",
            &["/api/v1/logs/1/versions/1/quality", "/api/v1/logs/2/versions/2/quality"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/quality/rows",
            &["/api/v1/logs/1/versions/1/quality/rows?rule=DQ-33"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/report",
            &["/api/v1/logs/1/versions/1/report", "/api/v1/logs/2/versions/2/report"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/recipe",
            &["/api/v1/logs/2/versions/2/recipe", "/api/v1/logs/2/versions/current/recipe"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/schema",
            &["/api/v1/logs/1/versions/1/schema?notion=lead", "/api/v1/logs/2/versions/2/schema"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/export",
            &[
                "/api/v1/logs/1/versions/1/export?format=csv",
                "/api/v1/logs/1/versions/1/export?format=parquet",
                "/api/v1/logs/1/versions/1/export?format=xes",
                "/api/v1/logs/1/versions/1/export?format=xes.gz",
            ],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/export/losses",
            &["/api/v1/logs/1/versions/1/export/losses", "/api/v1/logs/2/versions/2/export/losses"],
        ),
        (
            "/api/v1/logs/{log}/versions/{version}/ask/{question}",
            &["/api/v1/logs/1/versions/1/ask/summary"],
        ),
    ] {
        for path in paths {
            description.get(&server, template, path);
        }
    }
    let known = description.document.clone();
    for (method, path, _) in operations(&known) {
        let is_held = description.held.contains(&format!("{method} {path}"));
        // It has a test of its own.
        let is_endless = path == ENDLESS;
        assert!(is_held || is_endless || method != "GET", "{method} {path} was not asked");
    }
}

#[test]
fn what_is_changed_is_answered_as_it_is_described() {
    let data = folder();
    let mut description = Description::read();
    let server = server(data.path(), &mut description);
    let view = json!({"name": "Slow", "saved": view()});
    for (method, template, path, body) in [
        ("PATCH", "/api/v1/logs/{log}", "/api/v1/logs/2", json!({"name": "Others"})),
        (
            "PATCH",
            "/api/v1/logs/{log}",
            "/api/v1/logs/2",
            json!({"retention": {"keep_versions": 2}}),
        ),
        (
            "PATCH",
            "/api/v1/logs/{log}/versions/{version}",
            "/api/v1/logs/2/versions/1",
            json!({"pinned": false}),
        ),
        ("POST", "/api/v1/logs/{log}/rollback", "/api/v1/logs/2/rollback", json!({"version": 1})),
        ("POST", "/api/v1/recipes", "/api/v1/recipes", json!({"text": "recipe = 1"})),
        ("POST", "/api/v1/recipes", "/api/v1/recipes", json!({"text": "recipe = 2"})),
        ("POST", "/api/v1/jobs/{id}/cancel", "/api/v1/jobs/1/cancel", json!({})),
        ("POST", "/api/v1/logs/{log}/views", "/api/v1/logs/2/views", view),
        (
            "PATCH",
            "/api/v1/logs/{log}/views/{id}",
            "/api/v1/logs/2/views/4",
            json!({"name": "Other"}),
        ),
        (
            "PUT",
            "/api/v1/logs/{log}/settings",
            "/api/v1/logs/2/settings",
            json!({"set": {"idleLimit": 21, "holidays": [{"day": "2025-12-25"}]}}),
        ),
        ("DELETE", "/api/v1/logs/{log}/views/{id}", "/api/v1/logs/2/views/4", json!({})),
        ("DELETE", "/api/v1/logs/{log}/versions/{version}", "/api/v1/logs/2/versions/2", json!({})),
        ("DELETE", "/api/v1/logs/{log}", "/api/v1/logs/2", json!({})),
    ] {
        let reply = server.json(method, path, &body);
        assert!(reply.status < 300, "{method} {path}: {}", reply.text());
        description.hold(method, template, &reply);
    }
    let upload = server.upload("deals.csv", DEALS.as_bytes());
    let path = format!("/api/v1/uploads/{upload}");
    description.hold("DELETE", "/api/v1/uploads/{id}", &server.json("DELETE", &path, &json!({})));
    let known = description.document.clone();
    let held = description.held.iter().map(String::as_str).collect::<BTreeSet<_>>();
    for (method, path, _) in operations(&known).iter().filter(|(method, ..)| method != "GET") {
        // A whole screen has a test of its own.
        let is_held = held.contains(format!("{method} {path}").as_str());
        assert!(is_held || path == "/api/v1/analyses", "{method} {path} was not asked");
    }
}
