//! Which events of a case does an answer look at? Those of the chosen activities, next to one
//! another as if there were no others.

use paydirt_model::activity::ActivityCode;
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::Problem;

/// The activities that an answer looks at.
#[derive(Debug)]
pub(crate) struct Projection {
    is_kept: Vec<bool>,
    keeps_all: bool,
}

impl Projection {
    /// These activities; without a list all of them, auxiliary ones only if asked for.
    ///
    /// # Errors
    /// A name does not occur in the log.
    pub(crate) fn new(
        log: &LogContext,
        names: Option<&[String]>,
        with_auxiliary: bool,
    ) -> Result<Self, Problem> {
        let Some(names) = names else {
            let is_kept = |code| with_auxiliary || !log.activities.is_auxiliary(code);
            return Ok(Projection::of(log.activities.codes().map(is_kept).collect()));
        };
        let mut is_kept = vec![false; log.activities.count()];
        for name in names {
            let code = log.activities.require(name);
            is_kept[code.map_err(|problem| problem.in_parameter("activities"))?.idx()] = true;
        }
        Ok(Projection::of(is_kept))
    }

    fn of(is_kept: Vec<bool>) -> Self {
        Projection { keeps_all: is_kept.iter().all(|&kept| kept), is_kept }
    }

    /// Looks at this activity too.
    pub(crate) fn keep(&mut self, code: ActivityCode) {
        self.is_kept[code.idx()] = true;
        self.keeps_all = self.is_kept.iter().all(|&kept| kept);
    }

    /// Whether the answer looks at every event.
    pub(crate) fn keeps_all(&self) -> bool {
        self.keeps_all
    }

    /// Whether the answer looks at events of this activity.
    #[inline]
    pub(crate) fn keeps(&self, code: ActivityCode) -> bool {
        self.is_kept[code.idx()]
    }

    /// Puts the positions of the events that are looked at into `kept`; counts the others.
    pub(crate) fn events(&self, case: &Case<'_>, kept: &mut Vec<u32>, left_out: &mut [u64]) {
        kept.clear();
        for (idx, activity) in (0_u32..).zip(case.activities()) {
            if self.keeps(*activity) {
                kept.push(idx);
            } else {
                left_out[activity.idx()] += 1;
            }
        }
    }
}
