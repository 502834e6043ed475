//! Which cases do some filters of cases keep, when a question is about a part of what it sees?

use paydirt_model::case_batch::{CaseBatch, CaseMask};
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde_json::Value;

use crate::filter::composition::{self, BoundFilter, CaseExpression};
use crate::reads::Reads;

/// Most filters that make a selection.
pub const SELECTION_FILTER_MAX: usize = 50;

/// Filters of cases, checked against the log: a case is selected when all of them keep it.
pub struct CaseSelection {
    filters: Vec<CaseExpression>,
}

impl CaseSelection {
    /// The attributes that the filters look at.
    #[must_use]
    pub fn reads(log: &LogContext, filters: &[Value]) -> Reads {
        let reads = filters.iter().map(|filter| composition::reads(log, filter));
        reads.fold(Reads::nothing(), Reads::and)
    }

    /// Checks the filters, which are the parameter of this name.
    ///
    /// # Errors
    /// There are too many, one is of events or groups activities, or one does not suit the log.
    pub fn plan(
        log: &LogContext,
        filters: &[Value],
        parameter: &'static str,
    ) -> Result<Self, Problem> {
        if filters.len() > SELECTION_FILTER_MAX {
            let detail = say!(
                "The selection has {count} filters; at most {max} are allowed.",
                count = filters.len(),
                max = SELECTION_FILTER_MAX
            );
            return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter(parameter));
        }
        let bind = |filter: &Value| match composition::bind(log, filter)? {
            BoundFilter::Cases(expression) => Ok(expression),
            BoundFilter::Events(_) | BoundFilter::Groups(_) => {
                let detail =
                    say!("A selection is made of filters of cases; this one is of events.");
                Err(Problem::new(ErrorCode::InvalidFilter, detail).in_parameter(parameter))
            }
        };
        let filters = filters.iter().map(bind).collect::<Result<_, _>>()?;
        Ok(CaseSelection { filters })
    }

    /// Whether each case of the batch, in order, is selected.
    #[must_use]
    pub fn kept(&self, log: &LogContext, batch: &CaseBatch<'_>) -> Vec<bool> {
        if batch.is_whole() {
            let mask = self.whole(log, batch);
            return (0..mask.len()).map(|idx| mask.contains(idx)).collect();
        }
        let count = usize::try_from(batch.case_count()).expect("cases are in memory");
        let mut is_kept = Vec::with_capacity(count);
        batch.for_each(|case| {
            is_kept.push(self.filters.iter().all(|part| part.keep(log, &case)));
        });
        is_kept
    }

    /// The selected cases of the batch, by their places in the segment.
    #[must_use]
    pub fn mask(&self, log: &LogContext, batch: &CaseBatch<'_>) -> CaseMask {
        if batch.is_whole() {
            return self.whole(log, batch);
        }
        let mut mask = CaseMask::new(batch.segment().case_count(), false);
        batch.for_each(|case| {
            if self.filters.iter().all(|part| part.keep(log, &case)) {
                mask.insert(case.idx());
            }
        });
        mask
    }

    fn whole(&self, log: &LogContext, batch: &CaseBatch<'_>) -> CaseMask {
        let all = CaseMask::new(batch.segment().case_count(), true);
        let filters = self.filters.iter();
        filters.fold(all, |left, part| part.keep_whole(log, batch.segment(), &left))
    }
}
