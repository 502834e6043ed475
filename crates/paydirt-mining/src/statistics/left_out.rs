//! Which activities are not part of an answer, and how many events they have?

use paydirt_model::event_log::LogContext;
use serde::Serialize;
use utoipa::ToSchema;

/// Events of an activity that are not part of the answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOut {
    /// Name.
    pub activity: String,
    /// Events.
    pub events: u64,
    /// Whether it is left out as an auxiliary activity.
    pub auxiliary: bool,
}

/// The activities with events that are left out, by name; `events` has one count for each activity.
pub(crate) fn left_out(log: &LogContext, events: &[u64]) -> Vec<LeftOut> {
    let counted = log.activities.codes().zip(events).filter(|&(_, &events)| events > 0);
    counted
        .map(|(code, &events)| LeftOut {
            activity: log.activities.name(code).to_owned(),
            events,
            auxiliary: log.activities.is_auxiliary(code),
        })
        .collect()
}
