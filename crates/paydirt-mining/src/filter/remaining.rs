//! What is left of a segment after some filters, for the next one or for an operator to look at?

use paydirt_model::case_batch::{Case, CaseBatch, CaseMask, Narrowed};
use paydirt_model::event_log::{LogContext, Segment};

use super::composition::BoundFilter;

/// What filters have left of a segment so far.
#[derive(Debug, Default)]
pub struct Remaining {
    mask: Option<CaseMask>,
    narrowed: Option<Narrowed>,
}

impl Remaining {
    /// The remaining cases and events, for an operator to look at.
    #[must_use]
    pub fn batch<'a>(&'a self, segment: &'a Segment) -> CaseBatch<'a> {
        match (&self.narrowed, &self.mask) {
            (Some(narrowed), _) => CaseBatch::narrowed(segment, narrowed),
            (None, Some(mask)) => CaseBatch::masked(segment, mask),
            (None, None) => CaseBatch::all(segment),
        }
    }

    /// Keeps only the cases of this mask that remain so far; for groups.
    #[must_use]
    pub fn restricted(&self, segment: &Segment, mask: &CaseMask) -> Remaining {
        if self.narrowed.is_some() {
            let narrowed = narrow(&self.batch(segment), |case, _| mask.contains(case.idx()));
            return Remaining { mask: None, narrowed: Some(narrowed) };
        }
        let mut mask = mask.clone();
        if let Some(own) = &self.mask {
            mask.intersect(own);
        }
        Remaining { mask: Some(mask), narrowed: None }
    }

    /// Applies one more filter.
    #[must_use]
    pub fn filtered(&self, log: &LogContext, filter: &BoundFilter, segment: &Segment) -> Remaining {
        match filter {
            BoundFilter::Groups(groups) => {
                let narrowed = groups.apply(&self.batch(segment));
                Remaining { mask: None, narrowed: Some(narrowed) }
            }
            BoundFilter::Events(filter) => {
                let batch = self.batch(segment);
                let narrowed = narrow(&batch, |case, event| filter.keep(log, case, event));
                Remaining { mask: None, narrowed: Some(narrowed) }
            }
            BoundFilter::Cases(filter) if self.narrowed.is_some() => {
                let batch = self.batch(segment);
                let mut kept = (usize::MAX, false);
                let narrowed = narrow(&batch, |case, _| {
                    if kept.0 != case.idx() {
                        kept = (case.idx(), filter.keep(log, case));
                    }
                    kept.1
                });
                Remaining { mask: None, narrowed: Some(narrowed) }
            }
            BoundFilter::Cases(filter) => {
                let wanted = match &self.mask {
                    Some(mask) => mask.clone(),
                    None => CaseMask::new(segment.case_count(), true),
                };
                let mask = filter.keep_whole(log, segment, &wanted);
                Remaining { mask: Some(mask), narrowed: None }
            }
        }
    }
}

/// The events that pass a test, case by case; cases left without events are gone.
fn narrow(batch: &CaseBatch<'_>, mut keep: impl FnMut(&Case<'_>, usize) -> bool) -> Narrowed {
    let mut narrowed = Narrowed { offsets: vec![0], ..Narrowed::default() };
    let to_u32 = |value: usize| u32::try_from(value).expect("a segment is below 2^32 events");
    batch.for_each(|case| {
        let before = narrowed.rows.len();
        for event_idx in 0..case.event_count() {
            if keep(&case, event_idx) {
                narrowed.rows.push(to_u32(case.row(event_idx)));
                narrowed.activities.push(case.activities()[event_idx]);
                narrowed.times_us.push(case.times_us()[event_idx]);
            }
        }
        if narrowed.rows.len() > before {
            narrowed.case_idxs.push(to_u32(case.idx()));
            narrowed.offsets.push(to_u32(narrowed.rows.len()));
        }
    });
    narrowed
}
