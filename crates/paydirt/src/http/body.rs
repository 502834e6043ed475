//! What a request carries: a JSON body within a limit, or parameters of the address.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use paydirt_model::objects::mistake::Mistake;
use paydirt_model::objects::{read, read_pairs};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use super::problem::Failure;

/// Most bytes of a JSON body.
const JSON_BYTES_MAX: usize = 4 << 20;

/// A JSON body; unknown fields are refused by the type, and lists in place of objects here.
pub(super) struct JsonBody<T>(pub(super) T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        require(request.headers(), "application/json")?;
        let bytes = to_bytes(request.into_body(), JSON_BYTES_MAX).await.map_err(|_| {
            let limit = JSON_BYTES_MAX;
            Problem::new(
                ErrorCode::BodyTooLarge,
                say!("The body was cut off, or is larger than {limit} bytes.", limit),
            )
        })?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            not_expected(say!(
                "What was sent cannot be read as JSON from line {line}, column {column} on.",
                line,
                column
            ))
        })?;
        read::<T>(&value).map_err(|mistake| refused(&mistake))?;
        // A value keeps the last of two fields with one name; the bytes still have both.
        match serde_json::from_slice(&bytes) {
            Ok(body) => Ok(JsonBody(body)),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                let detail = say!(
                    "What was sent gives a field twice, up to line {line}, column {column}.",
                    line,
                    column
                );
                Err(not_expected(detail).into())
            }
        }
    }
}

fn refused(mistake: &Mistake) -> Problem {
    let problem = not_expected(mistake.told());
    match mistake.parameter() {
        Some(parameter) => problem.in_parameter(parameter),
        None => problem,
    }
}

fn not_expected(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidParameters, detail)
        .with_hint(say!("The description of the API says what is expected."))
}

/// Refuses a body of another type than expected. A page of another site cannot send these types
/// without asking first.
///
/// # Errors
/// The type is another, or not given.
pub(super) fn require(headers: &axum::http::HeaderMap, expected: &str) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let given = given.unwrap_or_default();
    let media_type = given.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Problem::new(
        ErrorCode::WrongContentType,
        say!("The body is of type \"{given}\"; expected {expected}.", given, expected),
    ))
}

/// The bytes of a file, in the description.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it describes what is streamed")]
pub(super) struct FileBytes(Vec<u8>);

/// Parameters behind the `?`.
pub(super) struct Parameters<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let pairs = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Ok(Query(pairs)) = pairs else {
            let detail = say!("The parameters of the address cannot be read as text.");
            return Err(not_expected(detail).into());
        };
        Ok(Parameters(read_pairs(&pairs).map_err(|mistake| refused(&mistake))?))
    }
}
