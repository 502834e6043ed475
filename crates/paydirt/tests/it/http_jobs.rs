//! Long work over HTTP: progress as it happens, cancelling, restarts; and what load does.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::sync::Barrier;

use serde_json::{Value, json};

use crate::server::Server;
use crate::support::{folder, list, paydirt, text};

#[test]
fn progress_is_told_until_the_job_is_over() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let order = json!({"deals": 2_000, "name": "World"});
    let reply = server.post("/api/v1/demo", &order);
    let job = reply.value();
    assert_eq!(
        (reply.status, &job["kind"], &job["subject"]),
        (202, &json!("demo"), &json!("World"))
    );
    let told = server.follow(job["id"].as_u64().unwrap());
    let last = told.last().expect("a job is told at least once");
    assert_eq!((&last["state"], &last["phase"]), (&json!("done"), &json!("done")), "{last}");
    assert!(last["started_at"].is_string() && last["finished_at"].is_string(), "{last}");
    assert_eq!(last["result"]["cases"], 2_000);
    let order = ["waiting", "building", "writing", "done"];
    let phases: Vec<usize> = told
        .iter()
        .map(|job| order.iter().position(|phase| job["phase"] == *phase).unwrap())
        .collect();
    assert!(phases.is_sorted(), "{phases:?}");
    // Whoever comes late, as after a reload of the page, is told the end.
    let again = server.follow(job["id"].as_u64().unwrap());
    assert_eq!(again, std::slice::from_ref(last));
    assert_eq!(server.get("/api/v1/jobs").ok(), json!({"jobs": [last]}));
    let version = server.get("/api/v1/logs/1/versions/1").ok();
    assert_eq!(version["notions"], json!(["main", "lead", "document"]));
    for notion in ["lead", "document"] {
        let path = format!("/api/v1/logs/1/versions/1/ask/summary?notion={notion}");
        assert_eq!(server.get(&path).ok()["context"]["notion"], notion);
    }
    let name_taken = server.job("/api/v1/demo", &json!({"deals": 5, "name": "world"}));
    assert_eq!(name_taken["problem"]["code"], "log_exists", "{name_taken}");
}

/// A world whose making takes long enough to be stopped.
fn endless(server: &Server, name: &str) -> u64 {
    let order = json!({"deals": 1_000_000, "name": name});
    let job = server.post("/api/v1/demo", &order).value();
    job["id"].as_u64().expect("a job has a number")
}

/// Waits until the job is at work.
fn wait_until_running(server: &Server, id: u64) {
    loop {
        let job = server.get(&format!("/api/v1/jobs/{id}")).ok();
        match job["state"].as_str() {
            Some("running") => return,
            Some("queued") => {}
            _ => panic!("{job}"),
        }
    }
}

#[test]
fn a_job_is_cancelled_and_leaves_nothing() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let id = endless(&server, "Long");
    wait_until_running(&server, id);
    let cancel = format!("/api/v1/jobs/{id}/cancel");
    assert_eq!(server.send("POST", &cancel, &[], b"").status, 200);
    let last = server.follow(id).pop().expect("a job is told at least once");
    assert_eq!(last["state"], "cancelled", "{last}");
    assert_eq!(server.get("/api/v1/logs").ok(), json!({"logs": []}));
    server.send("POST", "/api/v1/jobs/99/cancel", &[], b"").problem(404, "job_not_found");
}

#[test]
fn a_restart_keeps_the_data_and_marks_running_jobs_interrupted() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    server.done("/api/v1/demo", &json!({"deals": 50, "name": "Small"}));
    let summary = server.get("/api/v1/logs/1/versions/1/ask/summary").text();
    let id = endless(&server, "Long");
    wait_until_running(&server, id);
    server.kill();
    let server = Server::start(data.path(), &[]);
    let job = server.get(&format!("/api/v1/jobs/{id}")).ok();
    assert_eq!(job["state"], "interrupted", "{job}");
    let jobs = server.get("/api/v1/jobs").ok();
    let states: Vec<&str> =
        list(&jobs, "jobs").iter().filter_map(|job| job["state"].as_str()).collect();
    assert_eq!(states, ["interrupted", "done"]);
    assert_eq!(server.get("/api/v1/logs/1/versions/1/ask/summary").text(), summary);
    assert_eq!(list(&server.get("/api/v1/logs").ok(), "logs").len(), 1);
}

#[cfg(unix)]
#[test]
fn ctrl_c_interrupts_jobs_and_tells_those_who_follow_them() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let id = endless(&server, "Long");
    wait_until_running(&server, id);
    let told = std::thread::scope(|scope| {
        let told = scope.spawn(|| server.follow(id));
        // The follower is there once the server has said so in its figures.
        while !server.get("/metrics").text().contains("/jobs/{id}/events\",status=\"200\"} 1") {}
        server.interrupt();
        told.join().expect("the events end")
    });
    assert_eq!(told.last().expect("there are events")["state"], "interrupted");
    drop(server);
    let server = Server::start(data.path(), &[]);
    assert_eq!(server.get(&format!("/api/v1/jobs/{id}")).ok()["state"], "interrupted");
}

#[cfg(unix)]
#[test]
fn whoever_listens_hears_of_every_job_and_of_the_end_of_the_server() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    server.done("/api/v1/demo", &json!({"deals": 5, "name": "Early"}));
    let mut stream = server.connect();
    let head = b"GET /api/v1/jobs/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(head).expect("the server listens");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("the server answers"));
    assert_eq!(lines.next().as_deref(), Some("HTTP/1.1 200 OK"));
    lines.find(String::is_empty).expect("the headers end");

    let job = server.job("/api/v1/demo", &json!({"deals": 50, "name": "Late"}));
    let mut told = lines.by_ref().filter_map(|line| {
        let data = line.strip_prefix("data: ")?;
        Some(serde_json::from_str::<Value>(data).expect("an event is JSON"))
    });
    // What was over before is not told; what is told last is the job as it is.
    let mut of_late = told.by_ref().inspect(|told| assert_eq!(told["id"], job["id"]));
    assert_eq!(of_late.find(|told| told["state"] == "done").as_ref(), Some(&job));

    server.interrupt();
    assert_eq!(told.next(), None, "the stream ends with the server");
}

#[test]
fn a_file_that_was_arriving_when_the_server_was_killed_is_not_imported() {
    let data = folder();
    let server = Server::start(data.path(), &[]);
    let mut stream = server.connect();
    let head = "POST /api/v1/uploads?name=deals.csv HTTP/1.1\r\nHost: localhost\r\n\
        Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n";
    let part = &crate::http_imports::DEALS[..150];
    stream.write_all(format!("{head}{part}").as_bytes()).expect("the server listens");
    let folder = data.path().join("uploads/1");
    let has_part = || {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).any(|file| file.len() == 150)
    };
    while !has_part() {
        std::thread::yield_now();
    }
    let order = json!({"upload": 1, "mode": "new", "name": "Half"});
    server.post("/api/v1/imports", &order).problem(404, "upload_not_found");
    server.kill();
    let server = Server::start(data.path(), &[]);
    server.post("/api/v1/imports", &order).problem(404, "upload_not_found");
    assert!(!folder.exists(), "the next start removes it");
}

#[test]
fn a_second_process_is_told_who_has_the_data() {
    let data = folder();
    let _server = Server::start(data.path(), &[]);
    let run = paydirt(&["logs", "--data", text(data.path()), "--json"]);
    assert_eq!(run.code, 3, "{run:?}");
    let problem = run.problem();
    assert_eq!(problem["code"], "store_in_use");
    assert!(problem["hint"].as_str().unwrap_or_default().contains("--data"), "{problem}");
    let run = paydirt(&["serve", "--port", "0", "--data", text(data.path())]);
    assert_eq!(run.code, 3, "{run:?}");
}

#[test]
fn what_exceeds_the_queue_is_told_to_come_back_while_the_server_stays_alive() {
    let data = folder();
    let mut command = crate::support::command();
    command.args(["serve", "--port", "0", "--json", "--queue", "1", "--data"]).arg(data.path());
    command.env("PAYDIRT_THREADS", "1");
    let server = Server::of(command);
    server.done("/api/v1/demo", &json!({"deals": 5_000, "name": "World"}));
    const CLIENTS: usize = 12;
    let barrier = Barrier::new(CLIENTS);
    let replies: Vec<_> = std::thread::scope(|scope| {
        let ask = |client: usize| {
            let (server, barrier) = (&server, &barrier);
            scope.spawn(move || {
                // Each asks something else, so that no answer serves two.
                let tiles: Vec<_> = (0..4)
                    .map(|tile| {
                        let id = format!("{client}-{tile}");
                        json!({"id": id, "question": "variants"})
                    })
                    .collect();
                let analysis = json!({"version": "1@1", "tiles": tiles});
                barrier.wait();
                server.post("/api/v1/analyses", &analysis)
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(ask).collect();
        server.get("/healthz").ok();
        clients.into_iter().map(|client| client.join().expect("a client never panics")).collect()
    });
    let statuses: BTreeSet<u16> = replies.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses, BTreeSet::from([200, 503]));
    for refused in replies.iter().filter(|reply| reply.status == 503) {
        refused.problem(503, "busy");
        assert_eq!(refused.header("retry-after"), Some("1"));
    }
    let later = json!({"version": "1@1", "tiles": [{"id": "late", "question": "variants"}]});
    assert_eq!(server.post("/api/v1/analyses", &later).status, 200, "afterwards it answers again");
}

/// The value of a figure without labels.
fn figure(server: &Server, name: &str) -> u64 {
    let text = server.get("/metrics").text();
    let value = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} is missing"))
}

#[test]
fn a_client_that_hangs_up_stops_its_question() {
    let data = folder();
    let mut command = crate::support::command();
    command.args(["serve", "--port", "0", "--json", "--data"]).arg(data.path());
    command.env("PAYDIRT_THREADS", "1");
    let server = Server::of(command);
    server.done("/api/v1/demo", &json!({"deals": 10_000, "name": "World"}));
    let tiles: Vec<_> =
        (0..60).map(|tile| json!({"id": tile.to_string(), "question": "variants"})).collect();
    let body = json!({"version": "1@1", "tiles": tiles}).to_string();
    let mut stream = server.connect();
    let head = format!(
        "POST /api/v1/analyses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("the server listens");
    while figure(&server, "paydirt_analyses_running") == 0 {}
    drop(stream);
    while figure(&server, "paydirt_analyses_running") > 0 {}
    // An answer that had been finished would be remembered.
    let headers = [("Content-Type", "application/json")];
    let reply = server.send("POST", "/api/v1/analyses", &headers, body.as_bytes());
    assert_eq!(reply.status, 200);
    assert_eq!(figure(&server, "paydirt_answer_cache_hits_total"), 0);
}
