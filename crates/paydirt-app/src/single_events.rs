//! Which cases have a single event?

use std::collections::BTreeSet;

use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::EventLog;
use paydirt_model::mapping::SingleEventCases;
use paydirt_model::number::Ratio;

/// The cases with a single event, unless there are none.
pub(crate) fn single_event_cases(log: &EventLog) -> Option<SingleEventCases> {
    const EXAMPLES_MAX: usize = 10;
    let mut count = 0_u64;
    let mut examples: BTreeSet<&str> = BTreeSet::new();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            if case.event_count() != 1 {
                return;
            }
            count += 1;
            examples.insert(case.id());
            if examples.len() > EXAMPLES_MAX {
                examples.pop_last();
            }
        });
    }
    if count == 0 {
        return None;
    }
    let share = Ratio::of(count, log.context().case_count)?;
    let examples = examples.into_iter().map(str::to_owned).collect();
    Some(SingleEventCases { count, share, examples })
}
