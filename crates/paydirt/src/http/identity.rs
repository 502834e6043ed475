//! Who is asking? The one place for sign-in.
//!
//! Today everybody who can reach the server is its owner: it listens on this machine alone unless
//! it is told otherwise, and then says loudly that there is no sign-in. When accounts come, this
//! function looks for a session or token, and handlers ask the identity what it may do.

use axum::http::request::Parts;
use paydirt_model::problem::Problem;

/// Who sent a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// The owner of the data.
    Owner,
}

/// Who sent this request.
///
/// # Errors
/// Nobody we know; the problem is the answer to the request.
pub(super) fn identify(_request: &Parts) -> Result<Identity, Problem> {
    Ok(Identity::Owner)
}
