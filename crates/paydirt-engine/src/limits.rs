//! What one request may ask for: named limits that appear in the messages.

use paydirt_model::problem::{ErrorCode, Problem};

/// Most tiles in one request.
pub const TILE_COUNT_MAX: usize = 100;
/// Most filters in one request and in one tile.
pub const FILTER_COUNT_MAX: usize = 100;
/// Most groups of one grouped tile.
pub const GROUP_COUNT_MAX: usize = 200;

/// The problem of asking for more than a limit.
pub(crate) fn over(what: &str, count: usize, max: usize) -> Problem {
    Problem::new(
        ErrorCode::OverLimit,
        format!("The request has {count} {what}; at most {max} are allowed."),
    )
}
