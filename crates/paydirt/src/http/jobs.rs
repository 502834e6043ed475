//! The long work: list, one, cancel, and progress as it happens (server-sent events).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use paydirt_app::jobs::{Job, JobKind, Work};
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use serde::Serialize;
use tokio::sync::{mpsc, watch};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::language::Told;
use super::place::{OfId, Place};
use super::problem::Failure;
use super::refusals::WRITING;
use super::{Server, download, language};

/// A sign of life is sent when nothing has happened for so long.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// Longest time for the reader to take an event.
const STALL_LIMIT: Duration = Duration::from_secs(60);
/// Whoever hears of every job hears of them no more often than that.
const PAUSE: Duration = Duration::from_millis(250);

/// Where the events of a reader are put.
type Reader = mpsc::Sender<std::io::Result<Bytes>>;

/// The routes.
pub(super) fn routes() -> OpenApiRouter<Arc<Server>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(cancel))
        .routes(routes!(events))
        .routes(routes!(events_of_all))
}

/// A job in the language of the request.
fn told(job: Job) -> Told<Job> {
    Told(job.told_in(language::current()))
}

/// The answer to an order for a job: the job as it waits.
pub(super) type Ordered = Result<(StatusCode, Told<Job>), Failure>;

/// Has work done as a job; its subject and the work are made off the threads of connections.
pub(super) async fn order(
    server: &Arc<Server>,
    kind: JobKind,
    prepare: impl FnOnce(&Server) -> Result<(String, Work), Problem> + Send + 'static,
) -> Ordered {
    let job = server.blocking(move |server| {
        let (subject, work) = prepare(server)?;
        server.jobs.submit(kind, subject, work)
    });
    Ok((StatusCode::ACCEPTED, told(job.await?)))
}

/// The jobs.
#[derive(Debug, Serialize, ToSchema)]
struct JobList {
    /// The jobs, the newest first.
    jobs: Vec<Job>,
}

/// Lists the jobs.
#[utoipa::path(get, operation_id = "list_jobs", path = "/api/v1/jobs", tag = "jobs",
    responses((status = 200, description = "The jobs", body = JobList)))]
async fn list(State(server): State<Arc<Server>>) -> Told<JobList> {
    let language = language::current();
    let jobs = server.jobs.list().into_iter().map(|job| job.told_in(language));
    Told(JobList { jobs: jobs.collect() })
}

/// Shows one job.
#[utoipa::path(get, operation_id = "show_job", path = "/api/v1/jobs/{id}", tag = "jobs",
    params(OfId),
    responses((status = 200, description = "The job", body = Job)),
    extensions(("x-problems" = json!([[ErrorCode::JobNotFound]]))))]
async fn one(State(server): State<Arc<Server>>, place: Place) -> Result<Told<Job>, Failure> {
    Ok(told(server.jobs.get(place.id(ErrorCode::JobNotFound)?)?))
}

/// Stops a job: a waiting one at once, a running one at its next step.
#[utoipa::path(post, operation_id = "cancel_job", path = "/api/v1/jobs/{id}/cancel", tag = "jobs",
    params(OfId),
    responses((status = 200, description = "The job as it is now", body = Job)),
    extensions(("x-problems" = json!([WRITING, [ErrorCode::JobNotFound]]))))]
async fn cancel(State(server): State<Arc<Server>>, place: Place) -> Result<Told<Job>, Failure> {
    let id = place.id(ErrorCode::JobNotFound)?;
    Ok(told(server.blocking(move |server| server.jobs.cancel(id)).await?))
}

/// Tells of a job whenever it changes: events named `job` whose data is the job. It ends with the
/// job.
#[utoipa::path(get, operation_id = "follow_job", path = "/api/v1/jobs/{id}/events", tag = "jobs",
    params(OfId),
    responses((status = 200, description = "Events named job", body = Job,
            content_type = "text/event-stream")),
    extensions(("x-problems" = json!([[ErrorCode::JobNotFound]]))))]
async fn events(State(server): State<Arc<Server>>, place: Place) -> Result<Response, Failure> {
    let id = place.id(ErrorCode::JobNotFound)?;
    server.jobs.get(id)?;
    let (reader, response) = stream();
    tokio::spawn(tell(server, id, language::current(), reader));
    Ok(response)
}

/// Tells of every job that changes from now on: events named `job` whose data is the job. A running
/// job is told of at most four times a second. It goes on until the reader or the server ends, so
/// that its end also says that the server is gone.
#[utoipa::path(get, operation_id = "follow_jobs", path = "/api/v1/jobs/events", tag = "jobs",
    responses((status = 200, description = "Events named job", body = Job,
            content_type = "text/event-stream")))]
async fn events_of_all(State(server): State<Arc<Server>>) -> Response {
    let mut changes = server.job_changes.subscribe();
    changes.mark_unchanged();
    let known = by_id(server.jobs.list());
    let (reader, response) = stream();
    tokio::spawn(tell_all(server, known, changes, language::current(), reader));
    response
}

/// A stream of events, and the end into which they are put.
fn stream() -> (Reader, Response) {
    let (reader, body) = download::channel();
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    language::mark(&mut response, language::current());
    (reader, response)
}

async fn tell(server: Arc<Server>, id: u64, language: Language, reader: Reader) {
    let mut changes = server.job_changes.subscribe();
    let mut ending = server.ending.subscribe();
    let mut last: Option<Job> = None;
    loop {
        changes.mark_unchanged();
        let Ok(job) = server.jobs.get(id) else { return };
        if last.as_ref() != Some(&job) && !send_job(&reader, &job, language).await {
            return;
        }
        if job.state.is_over() {
            return;
        }
        last = Some(job);
        let is_ending = *ending.borrow();
        tokio::select! {
            is_there = changed(&mut changes, &reader) => if !is_there { return },
            _ = ending.changed(), if !is_ending => {}
        }
    }
}

async fn tell_all(
    server: Arc<Server>,
    mut told: BTreeMap<u64, Job>,
    mut changes: watch::Receiver<u64>,
    language: Language,
    reader: Reader,
) {
    let mut ending = server.ending.subscribe();
    while !*ending.borrow() {
        tokio::select! {
            is_there = changed(&mut changes, &reader) => if !is_there { return },
            _ = ending.changed() => return,
        }
        changes.mark_unchanged();
        let jobs = by_id(server.jobs.list());
        for (id, job) in &jobs {
            if told.get(id) != Some(job) && !send_job(&reader, job, language).await {
                return;
            }
        }
        told = jobs;
        tokio::time::sleep(PAUSE).await;
    }
}

fn by_id(jobs: Vec<Job>) -> BTreeMap<u64, Job> {
    jobs.into_iter().map(|job| (job.id, job)).collect()
}

/// Waits until a job changes, and shows the reader meanwhile that the server is alive. False when
/// the reader has gone.
async fn changed(changes: &mut watch::Receiver<u64>, reader: &Reader) -> bool {
    loop {
        tokio::select! {
            changed = changes.changed() => return changed.is_ok(),
            () = reader.closed() => return false,
            () = tokio::time::sleep(SIGN_OF_LIFE) => {
                if !send(reader, ":\n\n".to_owned()).await {
                    return false;
                }
            }
        }
    }
}

async fn send_job(reader: &Reader, job: &Job, language: Language) -> bool {
    let told = job.clone().told_in(language);
    let data = serde_json::to_string(&told).expect("a job is plain data");
    send(reader, format!("event: job\ndata: {data}\n\n")).await
}

/// Sends to the reader; false when it has gone or takes nothing.
async fn send(reader: &Reader, text: String) -> bool {
    let sent = reader.send(Ok(Bytes::from(text)));
    matches!(tokio::time::timeout(STALL_LIMIT, sent).await, Ok(Ok(())))
}
