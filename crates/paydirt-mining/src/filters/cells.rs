//! Does a case, or at least one of its events, hold a wanted value?

use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::case_batch::{Case, CaseMask};
use paydirt_model::column::Column;
use paydirt_model::event_log::Segment;

/// Whether the case's value, or that of one of its events, passes the test.
pub(crate) fn any_in_case(
    attribute: &Attribute,
    case: &Case<'_>,
    test: impl Fn(&Column, usize) -> bool,
) -> bool {
    let event_count = match attribute.level {
        AttributeLevel::Case => 1,
        AttributeLevel::Event => case.event_count(),
    };
    (0..event_count).any(|event_idx| {
        let (column, idx) = case.cell(attribute, event_idx);
        test(column, idx)
    })
}

/// The cases of a segment whose value, or that of one of their events, passes the test.
pub(crate) fn any_in_segment<T: Copy>(
    level: AttributeLevel,
    segment: &Segment,
    values: &[T],
    test: impl Fn(T) -> bool,
) -> CaseMask {
    match level {
        AttributeLevel::Case => CaseMask::from_values(values, test),
        AttributeLevel::Event => {
            let offsets = &segment.parts().offsets;
            CaseMask::from_fn(segment.case_count(), |idx| {
                let rows = offsets[idx] as usize..offsets[idx + 1] as usize;
                values[rows].iter().any(|&value| test(value))
            })
        }
    }
}
