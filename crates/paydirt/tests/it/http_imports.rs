//! From a file to answers over HTTP: upload, check, import, versions, questions, export, deletion.

use std::io::Write;

use serde_json::{Value, json};

use crate::server::{Reply, Server};
use crate::support::{file, folder, list, paydirt, shipped, text};

/// Three cases, seven events.
pub(crate) const DEALS: &str = "deal,step,at,amount,region\n\
    A,Created,2024-01-01T08:00:00Z,100,North\n\
    A,Won,2024-01-03T08:00:00Z,100,North\n\
    B,Created,2024-01-01T09:00:00Z,250,South\n\
    B,Offered,2024-01-02T09:00:00Z,250,South\n\
    B,Lost,2024-01-05T09:00:00Z,250,South\n\
    C,Created,2024-01-04T10:00:00Z,80,North\n\
    C,Won,2024-01-04T12:00:00Z,80,North\n";

fn new_log(server: &Server, name: &str, content: &[u8]) -> Value {
    let upload = server.upload(&format!("{name}.csv"), content);
    server.done("/api/v1/imports", &json!({"upload": upload, "mode": "new", "name": name}))
}

#[test]
fn a_file_is_sent_in_chunks_checked_and_imported() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let mut stream = server.connect();
    let port = server.port;
    let head = format!(
        "POST /api/v1/uploads?name=deals.csv HTTP/1.1\r\nHost: localhost:{port}\r\n\
         Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("the server listens");
    for part in DEALS.as_bytes().chunks(50) {
        let length = format!("{:x}\r\n", part.len());
        stream.write_all(length.as_bytes()).expect("the server listens");
        stream.write_all(part).expect("the server listens");
        stream.write_all(b"\r\n").expect("the server listens");
    }
    stream.write_all(b"0\r\n\r\n").expect("the server listens");
    let upload = Reply::read(stream);
    assert_eq!(upload.status, 201);
    let upload = upload.value();
    assert_eq!((&upload["name"], &upload["bytes"]), (&json!("deals.csv"), &json!(DEALS.len())));

    let check = server.done("/api/v1/checks", &json!({"upload": upload["id"]}));
    assert_eq!((&check["possible"], &check["format"]), (&json!(true), &json!("csv")));
    assert_eq!(
        (&check["cases"], &check["events"], &check["rows_read"]),
        (&json!(3), &json!(7), &json!(7))
    );
    let columns = list(&check, "columns");
    let roles: Vec<(&str, &str)> = columns
        .iter()
        .map(|column| (column["name"].as_str().unwrap(), column["role"].as_str().unwrap()))
        .collect();
    let expected = [
        ("deal", "case"),
        ("step", "activity"),
        ("at", "time"),
        ("amount", "attribute"),
        ("region", "attribute"),
    ];
    assert_eq!(roles, expected);
    assert_eq!(columns[4]["samples"], json!(["North", "South"]));
    assert_eq!((&columns[4]["level"], &columns[4]["type"]), (&json!("case"), &json!("text")));
    assert_eq!(columns[3]["blanks"], 0);
    assert_eq!(
        check["head"]["rows"][2],
        json!(["B", "Created", "2024-01-01T09:00:00Z", "250", "South"])
    );
    let date = &check["date_examples"][0];
    assert_eq!(date["raw"], "2024-01-01T08:00:00Z");
    assert_eq!(date["read_as"], "2024-01-01T08:00:00Z");
    assert_eq!(check["activities"][0], json!({"activity": "Created", "events": 3}));
    let case = &check["example_cases"][1];
    assert_eq!(*case, json!({"case": "B", "activities": ["Created", "Offered", "Lost"]}));

    let order = json!({"upload": upload["id"], "mode": "new", "name": "Deals"});
    let outcome = server.done("/api/v1/imports", &order);
    assert_eq!((&outcome["version"], &outcome["cases"]), (&json!("1@1"), &json!(3)));
    // The file has done its duty.
    let gone = server.post("/api/v1/imports", &order);
    gone.problem(404, "upload_not_found");

    let log = server.get("/api/v1/logs/1").ok();
    assert_eq!((&log["name"], &log["version_count"]), (&json!("Deals"), &json!(1)));
    let version = server.get("/api/v1/logs/1/versions/1").ok();
    assert_eq!(version, log["current"]);
    assert_eq!((&version["action"], &version["source"]), (&json!("import"), &json!("deals.csv")));
    let report = server.get("/api/v1/logs/1/versions/current/report").ok();
    assert_eq!((&report["events"], &report["rows_refused"]), (&json!(7), &json!(0)));
    let schema = server.get("/api/v1/logs/1/versions/1/schema").ok();
    let names: Vec<&str> = list(&schema, "activities")
        .iter()
        .filter_map(|activity| activity["name"].as_str())
        .collect();
    assert_eq!(names, ["Created", "Lost", "Offered", "Won"]);
}

#[test]
fn a_file_that_leaves_day_and_month_open_says_so_before_the_import() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let rows = b"deal,step,at\nA,Created,03/04/2024\nA,Won,05/06/2024\n";
    let upload = server.upload("doubt.csv", rows);
    let check = server.done("/api/v1/checks", &json!({"upload": upload}));
    assert_eq!(
        (&check["possible"], &check["problem"]["code"]),
        (&json!(false), &json!("ambiguous_date"))
    );
    assert_eq!(check["problem"]["place"]["file"], "doubt.csv");
    assert_eq!(check["problem"]["place"]["column"], "at");
    assert!(check["problem"]["hint"].is_string(), "{check}");
    assert_eq!(list(&check, "columns").len(), 3, "the columns are shown all the same");
    assert_eq!(check["head"]["rows"][0], json!(["A", "Created", "03/04/2024"]));
    let settings = json!({"date_format": "%d/%m/%Y"});
    let check = server.done("/api/v1/checks", &json!({"upload": upload, "settings": settings}));
    assert_eq!((&check["possible"], &check["events"]), (&json!(true), &json!(2)));
    assert_eq!(check["date_examples"][0]["read_as"], "2024-04-03T00:00:00Z");
}

#[test]
fn a_broken_file_fails_its_job_and_nothing_is_stored() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let upload = server.upload("broken.xes", b"<log><trace><event></log>");
    let order = json!({"upload": upload, "mode": "new", "name": "Broken"});
    let job = server.job("/api/v1/imports", &order);
    assert_eq!(job["state"], "failed", "{job}");
    assert_eq!(job["problem"]["code"], "damaged_file");
    assert_eq!(job["problem"]["place"]["file"], "broken.xes", "as the user calls it");
    assert_eq!(server.get("/api/v1/logs").ok(), json!({"logs": []}));
    // The file stays for another try with other settings.
    assert_eq!(server.send("DELETE", &format!("/api/v1/uploads/{upload}"), &[], b"").status, 204);
}

#[test]
fn files_larger_than_allowed_or_cut_off_leave_nothing() {
    let data = folder();
    let server = Server::start(data.path(), &["--upload-limit", "1K"]);
    let large = vec![b'x'; 1_025];
    let bytes = [("Content-Type", "application/octet-stream")];
    let reply = server.send("POST", "/api/v1/uploads?name=a.csv", &bytes, &large);
    reply.problem(413, "body_too_large");
    let port = server.port;
    let head = |more: &str| {
        format!(
            "POST /api/v1/uploads?name=a.csv HTTP/1.1\r\nHost: localhost:{port}\r\n\
             Content-Type: application/octet-stream\r\nConnection: close\r\n{more}\r\n"
        )
    };
    let mut stream = server.connect();
    stream.write_all(head("Transfer-Encoding: chunked\r\n").as_bytes()).unwrap();
    let chunk = format!("401\r\n{}\r\n0\r\n\r\n", "x".repeat(0x401));
    stream.write_all(chunk.as_bytes()).unwrap();
    Reply::read(stream).problem(413, "body_too_large");
    let mut stream = server.connect();
    stream.write_all(head("Content-Length: 1000\r\n").as_bytes()).unwrap();
    stream.write_all(b"only this").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    drop(stream);
    // The uploads are removed once the server has noticed; it answers all the while.
    let uploads = data.path().join("uploads");
    let is_empty = || std::fs::read_dir(&uploads).unwrap().next().is_none();
    for _ in 0..10_000 {
        if is_empty() {
            return;
        }
        server.get("/healthz").ok();
    }
    panic!("an upload that did not arrive whole is still there");
}

#[test]
fn one_question_over_http_is_what_the_command_line_says_byte_for_byte() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let content = std::fs::read(shipped("commandes.csv")).expect("the log is there");
    new_log(&server, "Commandes", &content);
    let questions = ["summary", "map", "variants", "throughput", "rework"];
    let base = "/api/v1/logs/1/versions/1/ask";
    let filter = r#"{"kind":"activity_count","activity":"x"}"#;
    let told: Vec<String> = questions
        .iter()
        .map(|question| {
            let reply = server.get(&format!("{base}/{question}"));
            assert_eq!(reply.status, 200, "{}", reply.text());
            reply.text()
        })
        .collect();
    // A whole screen holds the same answers.
    let tiles: Vec<Value> =
        questions.iter().map(|name| json!({"id": name, "question": name})).collect();
    let analysis = json!({"version": "1@1", "tiles": tiles});
    let screen = server.post("/api/v1/analyses", &analysis).ok();
    for (tile, told) in list(&screen, "tiles").iter().zip(&told) {
        let mut one: Value = serde_json::from_str(told).unwrap();
        one.as_object_mut().unwrap().shift_remove("context");
        assert_eq!(tile["answer"], one, "{}", tile["id"]);
    }
    let refused = server.get(&format!("{base}/map?filter={}", escaped(filter)));
    assert_eq!(refused.status, 400, "{}", refused.text());
    drop(server);
    for (question, told) in questions.iter().zip(told) {
        let data = text(data.path());
        let run = paydirt(&["ask", "Commandes@1", question, "--json", "--data", data]).ok();
        assert_eq!(run.stdout, format!("{told}\n"), "{question}");
    }
}

/// A text as a part of an address.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn answers_have_tags_and_only_those_of_a_named_version_stay_for_ever() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    new_log(&server, "Deals", DEALS.as_bytes());
    for (path, keeping) in [
        ("/api/v1/logs/1/versions/1/ask/map", "private, max-age=31536000, immutable"),
        ("/api/v1/logs/1/versions/current/ask/map", "private, no-cache"),
        ("/api/v1/logs/1/versions/1/report", "private, max-age=31536000, immutable"),
        ("/api/v1/logs/1/versions/1/schema", "private, max-age=31536000, immutable"),
    ] {
        let reply = server.get(path);
        assert_eq!(reply.header("cache-control"), Some(keeping), "{path}");
        let tag = reply.header("etag").expect("an answer has a tag").to_owned();
        let same = server.send("GET", path, &[("If-None-Match", &tag)], b"");
        assert_eq!((same.status, same.body.len()), (304, 0), "{path}");
        assert_eq!(same.header("etag"), Some(tag.as_str()), "{path}");
        let other = server.send("GET", path, &[("If-None-Match", "\"other\"")], b"");
        assert_eq!(other.body, reply.body, "{path}");
    }
    let analysis = json!({"version": "1", "tiles": [{"id": "m", "question": "map"}]});
    let body = analysis.to_string();
    let first = server.post("/api/v1/analyses", &analysis);
    assert_eq!(first.ok()["version"], "1@1", "a log alone is its current version");
    let tag = first.header("etag").expect("an answer has a tag").to_owned();
    let headers = [("Content-Type", "application/json"), ("If-None-Match", tag.as_str())];
    let again = server.send("POST", "/api/v1/analyses", &headers, body.as_bytes());
    assert_eq!((again.status, again.body.len()), (304, 0));
    let metrics = server.get("/metrics").text();
    assert!(metrics.contains("\npaydirt_answer_cache_hits_total 6\n"), "{metrics}");
    assert!(metrics.contains("\npaydirt_answer_cache_misses_total 2\n"), "{metrics}");
}

#[test]
fn a_tile_with_a_problem_leaves_the_others_alone() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    new_log(&server, "Deals", DEALS.as_bytes());
    let tiles = json!([
        {"id": "good", "question": "summary"},
        {"id": "bad", "question": "case", "params": {"case": "nobody"}},
        {"id": "unknown", "question": "sumary"},
    ]);
    let reply = server.post("/api/v1/analyses", &json!({"version": "1@1", "tiles": tiles}));
    let tiles = reply.ok()["tiles"].clone();
    assert_eq!(tiles[0]["answer"]["events"], 7);
    assert!(tiles[1]["problem"]["code"].is_string(), "{tiles}");
    assert_eq!(tiles[2]["problem"]["code"], "unknown_question");
    let one = server.get("/api/v1/logs/1/versions/1/ask/sumary");
    one.problem(400, "unknown_question");
    let missing = json!({"version": "1@9", "tiles": []});
    server.post("/api/v1/analyses", &missing).problem(404, "version_not_found");
}

#[test]
fn logs_are_renamed_rolled_back_pinned_cleared_away_exported_and_deleted() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    new_log(&server, "Deals", DEALS.as_bytes());
    for day in 6..9 {
        let row =
            format!("deal,step,at,amount,region\nA,Called,2024-01-0{day}T08:00:00Z,100,North\n");
        let upload = server.upload("more.csv", row.as_bytes());
        let order = json!({"upload": upload, "mode": "append", "log": 1});
        let outcome = server.done("/api/v1/imports", &order);
        assert_eq!(outcome["counts"]["inserted"], 1, "{outcome}");
    }
    let current = || server.get("/api/v1/logs/1").ok()["current"]["number"].clone();
    assert_eq!(current(), 4);
    let path = "/api/v1/logs/1/versions/4/changes";
    let latest = server.get(path);
    assert_eq!(latest.header("cache-control"), Some("private, no-cache"));
    let latest = latest.ok();
    assert_eq!(latest["before"]["version"], "1@3", "the version before");
    assert_eq!(latest["cases_changed"], json!({"cases": 1, "first": ["A"]}));
    assert_eq!((&latest["events_added"], &latest["cases_unchanged"]), (&json!(1), &json!(2)));
    let since = server.get(&format!("{path}?since=1"));
    assert_eq!(since.header("cache-control"), Some("private, max-age=31536000, immutable"));
    let called = json!([{"activity": "Called", "before": 0, "after": 3}]);
    assert_eq!(since.ok()["activities"], called);
    server.get("/api/v1/logs/1/versions/1/changes").problem(404, "version_not_found");
    server.get(&format!("{path}?since=9")).problem(404, "version_not_found");
    server.get(&format!("{path}?until=9")).problem(400, "invalid_parameters");
    let renamed = server.json("PATCH", "/api/v1/logs/1", &json!({"name": "Sales"})).ok();
    assert_eq!(renamed["name"], "Sales");
    let back = server.post("/api/v1/logs/1/rollback", &json!({"version": 2})).ok();
    assert_eq!(back["current"]["number"], 2);
    let wrong = server.post("/api/v1/logs/1/rollback", &json!({"version": 9}));
    wrong.problem(404, "version_not_found");
    let pinned = server.json("PATCH", "/api/v1/logs/1/versions/1", &json!({"pinned": true})).ok();
    assert_eq!(pinned["pinned"], true);
    let delete = |path: &str| server.send("DELETE", path, &[], b"");
    delete("/api/v1/logs/1/versions/2").problem(409, "version_kept");
    let rule = json!({"retention": {"keep_versions": 1}});
    let kept = server.json("PATCH", "/api/v1/logs/1", &rule).ok();
    assert_eq!(kept["retention"], json!({"keep_versions": 1}));
    let versions = server.get("/api/v1/logs/1/versions").ok();
    let numbers: Vec<u64> =
        list(&versions, "versions").iter().filter_map(|one| one["number"].as_u64()).collect();
    assert_eq!(numbers, [4, 2, 1], "the newest, the current and the pinned one");
    let nothing = json!({"retention": {"keep_days": 0}});
    server.json("PATCH", "/api/v1/logs/1", &nothing).problem(400, "invalid_parameters");

    let csv = server.get("/api/v1/logs/1/versions/current/export?format=csv");
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let name = "attachment; filename*=UTF-8''Sales-2.csv";
    assert_eq!(csv.header("content-disposition"), Some(name));
    assert_eq!(csv.text().lines().count(), 9, "a header and 8 events");
    let bytes = server.get("/api/v1/logs/1/versions/4/export?format=parquet").body;
    let copy = file(data.path().parent().unwrap(), "copy-of-sales.parquet", bytes);
    let copied = paydirt(&["ask", text(&copy), "summary", "--json"]).ok().json();
    std::fs::remove_file(&copy).unwrap();
    assert_eq!(copied["events"], 10);
    server.get("/api/v1/logs/1/versions/4/export?format=doc").problem(400, "invalid_parameters");
    let work = std::fs::read_dir(data.path().join("work")).unwrap();
    assert_eq!(work.count(), 0, "nothing is left of the exports");

    server.json("PATCH", "/api/v1/logs/1/versions/1", &json!({"pinned": false})).ok();
    assert_eq!(delete("/api/v1/logs/1/versions/1").status, 204);
    assert_eq!(delete("/api/v1/logs/1").status, 204);
    delete("/api/v1/logs/1").problem(404, "log_not_found");
    assert_eq!(server.get("/api/v1/logs").ok(), json!({"logs": []}));
}

#[test]
fn imports_into_one_log_at_once_wait_for_one_another() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    new_log(&server, "Deals", DEALS.as_bytes());
    let orders: Vec<u64> = (5..9)
        .map(|day| {
            let row =
                format!("deal,step,at,amount,region\nA,Called,2024-01-0{day}T08:00:00Z,1,N\n");
            let upload = server.upload("more.csv", row.as_bytes());
            let order = json!({"upload": upload, "mode": "append", "log": 1});
            server.post("/api/v1/imports", &order).value()["id"].as_u64().unwrap()
        })
        .collect();
    for id in orders {
        let job = server.follow(id).pop().expect("a job is told at least once");
        assert_eq!(job["state"], "done", "{job}");
    }
    let current = server.get("/api/v1/logs/1/versions/current").ok();
    assert_eq!((&current["number"], &current["events"]), (&json!(5), &json!(11)));
}

#[test]
fn fields_that_do_not_apply_and_lists_in_place_of_objects_are_refused() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    new_log(&server, "Deals", DEALS.as_bytes());
    let upload = server.upload("more.csv", DEALS.as_bytes());
    for (order, field) in [
        (json!({"upload": upload, "mode": "new", "name": "A", "log": 1}), "log"),
        (json!({"upload": upload, "mode": "new", "name": "A", "key": ["deal"]}), "key"),
        (json!({"upload": upload, "mode": "append", "log": 1, "key": ["deal"]}), "key"),
        (json!({"upload": upload, "mode": "append", "log": 1, "name": "A"}), "name"),
        (json!({"upload": upload, "mode": "upsert", "log": 1, "name": "A"}), "name"),
    ] {
        let problem = server.post("/api/v1/imports", &order);
        let problem = problem.problem(400, "invalid_parameters");
        assert_eq!(problem["place"]["parameter"], field, "{problem}");
    }
    let list = json!([upload, "new", "A", null, [], null]);
    server.post("/api/v1/imports", &list).problem(400, "invalid_parameters");
    let inner = json!({"upload": upload, "mode": "new", "name": "A", "settings": []});
    server.post("/api/v1/imports", &inner).problem(400, "invalid_parameters");
    let rule = json!({"retention": [1, 2]});
    server.json("PATCH", "/api/v1/logs/1", &rule).problem(400, "invalid_parameters");
}
