//! What happens around every request: admitted, timed, bounded, measured, sealed, noted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::language;
use super::problem::respond;
use super::{Server, guard, identity};

/// Routes whose requests go on as long as bytes flow; they bound the wait for each part themselves.
pub(super) const UNBOUNDED: [&str; 4] = [
    "/api/v1/uploads",
    "/api/v1/jobs/events",
    "/api/v1/jobs/{id}/events",
    "/api/v1/logs/{log}/versions/{version}/export",
];

/// Answers a request within the rules that hold for all.
pub(super) async fn surround(
    State(server): State<Arc<Server>>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = matched.unwrap_or_else(|| "page".to_owned());
    let language = language::wanted(request.headers());
    let limit = server.settings.request_limit;
    let answer = admitted(&server, request, &route, limit, next);
    let mut response = language::speaking(language, answer).await;
    guard::seal(&path, &mut response);
    note(&server, &method, &route, begun.elapsed(), &response);
    response
}

async fn admitted(
    server: &Server,
    request: Request,
    route: &str,
    limit: Duration,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let admitted = guard::admit(&server.settings, &parts);
    match admitted.and_then(|()| identity::identify(&parts)) {
        Ok(identity) => parts.extensions.insert(identity),
        Err(problem) => return respond(&problem),
    };
    let answer = next.run(Request::from_parts(parts, body));
    if UNBOUNDED.contains(&route) {
        return answer.await;
    }
    match tokio::time::timeout(limit, answer).await {
        Ok(response) => response,
        Err(_) => {
            let seconds = limit.as_secs();
            let detail =
                say!("The request took longer than {seconds} {seconds|second|seconds}.", seconds);
            respond(
                &Problem::new(ErrorCode::TookTooLong, detail)
                    .with_hint(say!("Ask for less at once, or narrow the cases with a filter.")),
            )
        }
    }
}

/// One line in the log and one count, with the route alone: no names, filters or contents.
fn note(server: &Server, method: &Method, route: &str, took: Duration, response: &Response) {
    let status = response.status().as_u16();
    server.metrics.request(method, route, status, took);
    let ms = took.as_millis();
    if response.status().is_server_error() {
        tracing::warn!(%method, route, status, ms, "request");
    } else {
        tracing::info!(%method, route, status, ms, "request");
    }
}
