//! Which activities does a filter name, and which does it pass over?

use paydirt_model::activity::ActivityCode;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// For each activity of the log whether a filter names it.
#[derive(Debug)]
pub(crate) struct ActivitySet(Vec<bool>);

impl ActivitySet {
    /// Looks the names up.
    ///
    /// # Errors
    /// The list is empty, or a name does not occur in the log.
    pub(crate) fn new(
        log: &LogContext,
        parameter: &str,
        names: &[String],
    ) -> Result<Self, Problem> {
        let codes = codes(log, parameter, names)?;
        let mut named = vec![false; log.activities.count()];
        for code in codes {
            named[code.idx()] = true;
        }
        Ok(ActivitySet(named))
    }

    #[inline]
    pub(crate) fn contains(&self, code: ActivityCode) -> bool {
        self.0[code.idx()]
    }
}

/// The codes of the names that a filter lists, each once.
///
/// # Errors
/// The list is empty, or a name does not occur in the log.
pub(crate) fn codes(
    log: &LogContext,
    parameter: &str,
    names: &[String],
) -> Result<Vec<ActivityCode>, Problem> {
    if names.is_empty() {
        return Err(Problem::new(
            ErrorCode::InvalidFilter,
            say!("The list of activities is empty."),
        )
        .in_parameter(parameter)
        .with_hint(say!("Name at least one activity.")));
    }
    let mut codes = Vec::with_capacity(names.len());
    for name in names {
        let code = log.activities.require(name);
        codes.push(code.map_err(|problem| problem.in_parameter(parameter))?);
    }
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

/// For each activity whether its events are passed over: it is auxiliary, the filter does not name
/// it, and auxiliary activities are not asked for.
pub(crate) fn passed_over(
    log: &LogContext,
    with_auxiliary: Option<bool>,
    named: &[&ActivitySet],
) -> Vec<bool> {
    let wants_all = with_auxiliary == Some(true);
    let is_passed = |code: ActivityCode| {
        let is_named = named.iter().any(|set| set.contains(code));
        !wants_all && !is_named && log.activities.is_auxiliary(code)
    };
    log.activities.codes().map(is_passed).collect()
}
