//! When has a case ended? With its last event, or with the last one of a declared end activity.

use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;

/// The activities that end a case, where any are declared.
#[derive(Debug)]
pub(crate) struct CaseEnds(Option<Vec<bool>>);

impl CaseEnds {
    /// The activities of the parameter `ends`.
    ///
    /// # Errors
    /// A name does not occur in the log.
    pub(crate) fn declared(log: &LogContext, names: Option<&[String]>) -> Result<Self, Problem> {
        let Some(names) = names else { return Ok(CaseEnds(None)) };
        let mut ends = vec![false; log.activities.count()];
        for name in names {
            let code = log.activities.require(name);
            ends[code.map_err(|problem| problem.in_parameter("ends"))?.idx()] = true;
        }
        Ok(CaseEnds(Some(ends)))
    }

    /// Whether it is said how a case ends.
    pub(crate) fn are_declared(&self) -> bool {
        self.0.is_some()
    }

    /// The event that ends a case; `None` for an open one.
    pub(crate) fn of(&self, case: &Case<'_>) -> Option<usize> {
        match &self.0 {
            None => Some(case.event_count() - 1),
            Some(ends) => case.activities().iter().rposition(|code| ends[code.idx()]),
        }
    }
}
