//! Which activities does a question look at? Cases are projected to them.

use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;

/// For each activity whether its events are looked at: those of these names, else all but the
/// auxiliary ones, unless these are wanted too.
///
/// # Errors
/// A name does not occur in the log.
pub(crate) fn kept_activities(
    log: &LogContext,
    names: Option<&[String]>,
    auxiliary: bool,
) -> Result<Vec<bool>, Problem> {
    let Some(names) = names else {
        let is_kept = |code| auxiliary || !log.activities.is_auxiliary(code);
        return Ok(log.activities.codes().map(is_kept).collect());
    };
    let mut is_kept = vec![false; log.activities.count()];
    for name in names {
        is_kept[log.activities.require(name)?.idx()] = true;
    }
    Ok(is_kept)
}
