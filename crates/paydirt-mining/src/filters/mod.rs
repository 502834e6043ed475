//! The filters that a question can carry: one file and one line in this list for each.

use paydirt_model::problem::{ErrorCode, Problem};

use crate::filter::FilterKind;

crate::filters! {
    cases: attribute_in,;
    events: event_activity,;
}

/// The kind of filter of this name.
///
/// # Errors
/// There is no such kind.
pub fn find(kind: &str) -> Result<&'static dyn FilterKind, Problem> {
    ALL.iter().copied().find(|filter| filter.kind() == kind).ok_or_else(|| {
        let kinds: Vec<&str> = ALL.iter().map(|filter| filter.kind()).collect();
        Problem::new(ErrorCode::InvalidFilter, format!("\"{kind}\" is not a kind of filter."))
            .with_hint(format!("The kinds are: {}.", kinds.join(", ")))
    })
}
