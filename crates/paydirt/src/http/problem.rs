//! How a problem leaves the server: RFC 9457, a status by category, texts in the reader's language.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use paydirt_model::problem::{Category, ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::Serialize;
use utoipa::ToSchema;

use super::language;

/// Media type of problems.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";
/// Where kinds of problems are explained.
pub(super) const HELP: &str = "/help/problems";
/// Seconds after which a busy server may be asked again.
const RETRY_AFTER_S: &str = "1";

/// A problem as RFC 9457 has it, with our own fields beside.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemDocument {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    kind: String,
    /// Short title of the kind, in the reader's language.
    title: &'static str,
    /// HTTP status.
    status: u16,
    /// Stable code of the kind.
    code: &'static str,
    /// What decides the status and the exit code.
    category: Category,
    /// What happened and what was expected.
    #[schema(value_type = String)]
    detail: Sentence,
    /// Where it happened.
    place: paydirt_model::problem::Place,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    hint: Option<Sentence>,
}

/// A request that failed.
#[derive(Debug)]
pub(super) struct Failure(pub(super) Problem);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure(problem)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        respond(&self.0)
    }
}

/// The one place where a problem becomes a response.
pub(super) fn respond(problem: &Problem) -> Response {
    let status = status(problem.code);
    let body = serde_json::to_vec(&document(problem)).expect("a problem is plain data");
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_S));
    }
    language::mark(&mut response, language::current());
    response
}

/// The problem in the reader's language.
pub(super) fn document(problem: &Problem) -> ProblemDocument {
    let code = problem.code.as_str();
    let told = problem.clone().told_in(language::current());
    ProblemDocument {
        kind: format!("{HELP}/{code}"),
        title: told.title(),
        status: status(problem.code).as_u16(),
        code,
        category: problem.code.category(),
        detail: told.detail,
        place: *told.place,
        hint: told.hint,
    }
}

/// The status of a kind of problem.
pub(super) fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::MethodNotAllowed => return StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::WrongContentType => return StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::WrongHost => return StatusCode::MISDIRECTED_REQUEST,
        ErrorCode::DiskFull => return StatusCode::INSUFFICIENT_STORAGE,
        _ => {}
    }
    match code.category() {
        Category::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Category::Usage => StatusCode::BAD_REQUEST,
        Category::NotFound => StatusCode::NOT_FOUND,
        Category::Conflict => StatusCode::CONFLICT,
        Category::NotAllowed => StatusCode::FORBIDDEN,
        Category::OverLimit => StatusCode::PAYLOAD_TOO_LARGE,
        Category::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Category::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The answer to a method that an address does not take.
pub(super) async fn method_not_allowed() -> Failure {
    Problem::new(ErrorCode::MethodNotAllowed, say!("This address does not take this method."))
        .into()
}
