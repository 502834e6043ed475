//! What somebody who watches the server sees: requests, queue, jobs, cache, store, memory, in the
//! text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::problem::Failure;

/// Upper bounds of the times of requests, in milliseconds.
const BOUNDS_MS: [u64; 12] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000];

/// Counts of requests, by method and route.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    requests: Mutex<BTreeMap<(String, String), Requests>>,
}

/// The requests of one method and route.
#[derive(Debug, Default)]
struct Requests {
    by_status: BTreeMap<u16, u64>,
    by_bound: [u64; BOUNDS_MS.len()],
    count: u64,
    total_us: u128,
}

impl Metrics {
    /// Counts a request. Routes are templates and methods few, so that the list stays short.
    pub(super) fn request(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let method = match *method {
            Method::GET | Method::HEAD | Method::POST | Method::PATCH | Method::DELETE => {
                method.as_str()
            }
            _ => "other",
        };
        let mut requests = self.requests.lock().expect("no holder panics");
        let entry = requests.entry((method.to_owned(), route.to_owned())).or_default();
        *entry.by_status.entry(status).or_default() += 1;
        entry.count += 1;
        entry.total_us += took.as_micros();
        for (count, bound) in entry.by_bound.iter_mut().zip(BOUNDS_MS) {
            *count += u64::from(took <= Duration::from_millis(bound));
        }
    }

    fn write(&self, text: &mut String) {
        let requests = self.requests.lock().expect("no holder panics");
        head(text, "paydirt_requests_total", "counter", "Requests answered.");
        for ((method, route), entry) in requests.iter() {
            for (status, count) in &entry.by_status {
                let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
                let _ = writeln!(text, "paydirt_requests_total{{{labels}}} {count}");
            }
        }
        let name = "paydirt_request_seconds";
        head(text, name, "histogram", "Time until the answer began.");
        for ((method, route), entry) in requests.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\"");
            for (count, bound) in entry.by_bound.iter().zip(BOUNDS_MS) {
                let bound = seconds(u128::from(bound) * 1_000);
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {count}");
            }
            let count = entry.count;
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {count}");
            let _ = writeln!(text, "{name}_sum{{{labels}}} {}", seconds(entry.total_us));
            let _ = writeln!(text, "{name}_count{{{labels}}} {count}");
        }
    }
}

fn seconds(us: u128) -> String {
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000)
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn single(text: &mut String, name: &str, kind: &str, help: &str, value: u64) {
    head(text, name, kind, help);
    let _ = writeln!(text, "{name} {value}");
}

/// The route.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new().routes(routes!(metrics))
}

/// Figures for monitoring, as Prometheus reads them.
#[utoipa::path(get, operation_id = "show_metrics", path = "/metrics", tag = "server", responses(
    (status = 200, description = "Prometheus text format", body = String,
        content_type = "text/plain"),
))]
async fn metrics(State(server): State<Arc<Server>>) -> Result<impl IntoResponse, Failure> {
    let text = server.blocking(|server| Ok(written(server))).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}

fn written(server: &Server) -> String {
    let mut text = String::new();
    server.metrics.write(&mut text);
    let gauge = |text: &mut String, name: &str, help: &str, value: u64| {
        single(text, name, "gauge", help, value);
    };
    let counter = |text: &mut String, name: &str, help: &str, value: u64| {
        single(text, name, "counter", help, value);
    };
    let waiting = server.gate.waiting() as u64;
    gauge(&mut text, "paydirt_analyses_waiting", "Analyses that wait for a place.", waiting);
    let running = server.gate.running() as u64;
    gauge(&mut text, "paydirt_analyses_running", "Analyses that run.", running);
    let (waiting, running) = server.jobs.busy();
    gauge(&mut text, "paydirt_jobs_waiting", "Jobs that wait.", waiting as u64);
    gauge(&mut text, "paydirt_jobs_running", "Jobs that run.", running as u64);
    let facts = server.workspace.facts();
    counter(
        &mut text,
        "paydirt_answer_cache_hits_total",
        "Answers that were known.",
        facts.answer_hits,
    );
    counter(
        &mut text,
        "paydirt_answer_cache_misses_total",
        "Answers that had to be computed.",
        facts.answer_misses,
    );
    gauge(&mut text, "paydirt_open_logs", "Logs in memory.", facts.open_logs as u64);
    let bytes = facts.open_log_bytes as u64;
    gauge(&mut text, "paydirt_open_log_bytes", "Memory of the open logs.", bytes);
    if let Ok(logs) = server.workspace.logs() {
        gauge(&mut text, "paydirt_store_logs", "Stored logs.", logs.len() as u64);
        let versions = logs.iter().map(|log| log.version_count).sum();
        gauge(&mut text, "paydirt_store_versions", "Stored versions.", versions);
        let current = logs.iter().filter_map(|log| log.current.as_ref());
        let bytes = current.map(|version| version.bytes).sum();
        gauge(&mut text, "paydirt_store_current_bytes", "Size of the current versions.", bytes);
    }
    if let Some(bytes) = resident_bytes() {
        gauge(&mut text, "process_resident_memory_bytes", "Memory of the process.", bytes);
    }
    text
}

/// Memory of this process, where the system tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1_024)
}
