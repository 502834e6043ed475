//! What a request carries: a JSON body within a limit, or parameters of the address.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use paydirt_model::objects::refuse_lists;
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
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| refused(&error))?;
        refuse_lists::<T>(&value).map_err(not_expected)?;
        // Read from the bytes, so that a message names the line, and a field given twice is one.
        match serde_json::from_slice(&bytes) {
            Ok(body) => Ok(JsonBody(body)),
            Err(error) => Err(refused(&error).into()),
        }
    }
}

fn refused(error: &serde_json::Error) -> Problem {
    not_expected(say!("The body is not what was expected: {error}.", error = error.to_string()))
}

fn not_expected(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidParameters, detail)
        .with_hint(say!("The document at /api/v1/openapi.json says what is expected."))
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
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(parameters)) => Ok(Parameters(parameters)),
            Err(rejection) => {
                let reason = rejection.body_text();
                let detail = say!("The address has wrong parameters: {reason}.", reason);
                Err(Problem::new(ErrorCode::InvalidParameters, detail).into())
            }
        }
    }
}
