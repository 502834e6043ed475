//! What one request may ask for: named limits that appear in the messages.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// Most tiles in one request.
pub const TILE_COUNT_MAX: usize = 100;
/// Most filters in one request and in one tile.
pub const FILTER_COUNT_MAX: usize = 100;
/// Most groups of one grouped tile.
pub const GROUP_COUNT_MAX: usize = 200;
/// Most versions that the tiles of one request name beside that of the request: each is a whole log
/// in memory while the request runs.
pub const OTHER_VERSIONS_MAX: usize = 2;

/// The problem of comparing with more versions than one request may name.
#[must_use]
pub fn too_many_versions() -> Problem {
    Problem::new(
        ErrorCode::OverLimit,
        say!("A request may compare with at most {max} other versions.", max = OTHER_VERSIONS_MAX),
    )
    .in_parameter("b_version")
    .with_hint(say!("Ask for the others in another request."))
}

/// The problem of asking for more tiles than one request may have.
pub(crate) fn too_many_tiles(count: usize) -> Problem {
    Problem::new(
        ErrorCode::OverLimit,
        say!(
            "The request has {count} tiles; at most {max} are allowed.",
            count,
            max = TILE_COUNT_MAX
        ),
    )
}

/// The problem of asking for more filters than one list may have.
pub(crate) fn too_many_filters(count: usize) -> Problem {
    Problem::new(
        ErrorCode::OverLimit,
        say!(
            "The request has {count} filters; at most {max} are allowed.",
            count,
            max = FILTER_COUNT_MAX
        ),
    )
}
