//! How often does it happen in each of the latest months of the log?

use jiff::ToSpan;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::statistics::calendar::{Granularity, Periods};

/// Most months that can be asked for.
const MONTH_COUNT_MAX: u64 = 120;

/// Occurrences of one month.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NeighbourMonth {
    /// Its first day in the time zone of the log.
    pub date: String,
    /// Its first instant.
    pub start: Option<Timestamp>,
    /// Occurrences whose event, of a path the later one, is in it.
    pub occurrences: u64,
}

/// The latest so many months of the log; `None` where none are wanted or the log has no events.
pub(super) fn latest(log: &LogContext, wanted: u64) -> Result<Option<Periods>, Problem> {
    if MONTH_COUNT_MAX < wanted {
        let detail = say!(
            "{months} {months|month was|months were} asked for; at most {max} can be.",
            months = wanted,
            max = MONTH_COUNT_MAX
        );
        return Err(Problem::new(ErrorCode::OverLimit, detail).in_parameter("months"));
    }
    let Some(earlier) = i64::try_from(wanted).ok().and_then(|count| count.checked_sub(1)) else {
        return Ok(None);
    };
    let Some((first, last)) = log.first_event_at.zip(log.last_event_at.max(log.as_of)) else {
        return Ok(None);
    };
    if earlier < 0 {
        return Ok(None);
    }
    let zone = log.time_zone.zone();
    let month = last.to_jiff().to_zoned(zone.clone()).date().first_of_month();
    let begin = month.saturating_sub(earlier.months()).to_zoned(zone.clone()).ok();
    let begin = begin.and_then(|begin| Timestamp::from_us(begin.timestamp().as_microsecond()));
    Ok(Periods::between(zone, Granularity::Month, begin.map_or(first, |it| it.max(first)), last))
}

/// Counts an occurrence, unless it is earlier than the months.
pub(super) fn note(months: &Periods, into: &mut Vec<u64>, us: i64) {
    if months.start(0).is_some_and(|start| start.as_us() <= us) {
        into.resize(months.len(), 0);
        into[months.find(us)] += 1;
    }
}

/// The months, earliest first.
pub(super) fn answer(months: &Periods, mut seen: Vec<u64>) -> Vec<NeighbourMonth> {
    seen.resize(months.len(), 0);
    let month = |(idx, occurrences): (usize, u64)| NeighbourMonth {
        date: months.date(idx).to_string(),
        start: months.start(idx),
        occurrences,
    };
    seen.into_iter().enumerate().map(month).collect()
}
