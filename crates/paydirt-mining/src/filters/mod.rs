//! The filters that a question can carry: one file and one line in this list for each.

use paydirt_model::objects::mistake::nearest;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::filter::FilterKind;

pub(crate) mod activity_set;
pub(crate) mod bounds;
pub(crate) mod cells;
pub(crate) mod value_set;

crate::filters! {
    cases: attribute_in, attribute_not_in, attribute_range, attribute_period, period,
        activity_contains, activity_not_contains, starts_with, ends_with, follows, repeats,
        funnel_place, variant, duration, event_count, case_ids, sample, handover, activity_time,;
    events: event_activity, event_attribute_in, event_attribute_range, event_period,;
    names: group_activities;
}

/// The kind of filter of this name.
///
/// # Errors
/// There is no such kind.
pub fn find(kind: &str) -> Result<&'static dyn FilterKind, Problem> {
    ALL.iter().copied().find(|filter| filter.kind() == kind).ok_or_else(|| {
        let kinds: Vec<&str> = ALL.iter().map(|filter| filter.kind()).collect();
        let detail = match nearest(kind, &kinds) {
            Some(meant) => {
                say!("\"{kind}\" is not a kind of filter. Did you mean \"{meant}\"?", kind, meant)
            }
            None => say!("\"{kind}\" is not a kind of filter.", kind),
        };
        Problem::new(ErrorCode::InvalidFilter, detail)
            .with_hint(say!("The kinds are: {kinds}.", kinds))
    })
}
