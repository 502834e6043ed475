//! Which named rules of data quality does an event break? Rules that never refuse: they count, and
//! show where.
//!
//! A rule has the id that the library of lead to cash gives it, and each way of breaking it is a
//! kind of row problem with a name that never changes.

use paydirt_model::event_chunk::EventChunk;
use paydirt_model::mapping::{ImportReport, ProblemCount, RowProblem};
use paydirt_model::repeats::{Repeat, Repeats};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::{DAY_US, Timestamp};

/// A way in which data can break a rule of data quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QualityRule {
    /// The time of an event lies after the day on which it was read.
    FutureTime,
    /// The time of an event lies before 1990.
    AncientTime,
    /// An event equals an earlier one in case, activity, time and every value.
    RepeatedEvent,
}

impl QualityRule {
    /// The rule, by its stable id.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            QualityRule::RepeatedEvent => "DQ-10",
            QualityRule::FutureTime | QualityRule::AncientTime => "DQ-11",
        }
    }

    /// The kind of the row problem.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            QualityRule::FutureTime => "future-time",
            QualityRule::AncientTime => "ancient-time",
            QualityRule::RepeatedEvent => "repeated-event",
        }
    }

    /// What the user is told of a row.
    #[must_use]
    pub fn reason(self) -> Sentence {
        match self {
            QualityRule::FutureTime => say!(
                "This time lies in the future. The event was read all the same: find out whether \
                 it is a plan, or the year is wrong."
            ),
            QualityRule::AncientTime => say!(
                "This time lies before 1990. The event was read all the same: find out whether it \
                 stands for a missing date, or the year is wrong."
            ),
            QualityRule::RepeatedEvent => say!(
                "The same case, activity, time and values are in the file before. The event was \
                 read all the same: find out whether it happened twice, or was exported twice."
            ),
        }
    }
}

/// Between which instants times are beyond doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredibleTimes {
    first_us: i64,
    last_us: i64,
}

/// 1 January 1990, 00:00 UTC.
const FIRST_US: i64 = 7_305 * DAY_US;

impl CredibleTimes {
    /// Every time is credible.
    pub const ALL: CredibleTimes = CredibleTimes { first_us: i64::MIN, last_us: i64::MAX };

    /// From 1990 to a day after `now`: a local time that was read as UTC is never a day ahead.
    #[must_use]
    pub fn until(now: Timestamp) -> Self {
        CredibleTimes { first_us: FIRST_US, last_us: now.as_us().saturating_add(DAY_US) }
    }

    /// The rule that a time breaks.
    #[must_use]
    pub fn broken_by(&self, time_us: i64) -> Option<QualityRule> {
        if time_us < self.first_us {
            Some(QualityRule::AncientTime)
        } else if self.last_us < time_us {
            Some(QualityRule::FutureTime)
        } else {
            None
        }
    }
}

/// Counts the events of a format without lines whose times are not credible.
#[must_use]
pub fn doubtful_times(chunks: &[EventChunk], credible: CredibleTimes) -> Vec<ProblemCount> {
    let mut found = Vec::new();
    for chunk in chunks {
        for (row, &time_us) in chunk.times_us.iter().enumerate() {
            let Some(rule) = credible.broken_by(time_us) else { continue };
            ProblemCount::add(&mut found, rule.kind(), false, || {
                let time = Timestamp::from_us(time_us);
                let case = chunk.case_ids.get(row);
                let activity = chunk.activity_names.get(chunk.activities[row] as usize);
                RowProblem {
                    row: 0,
                    column: String::new(),
                    value: time.map(|time| time.to_string()).unwrap_or_default(),
                    reason: say!(
                        "Case \"{case}\", activity \"{activity}\": {reason}",
                        case,
                        activity,
                        reason = rule.reason()
                    ),
                    same_as: None,
                    cell: None,
                }
            });
        }
    }
    found
}

/// The count of the events that an earlier one equals, with the first of them as examples: nothing
/// where there are none.
#[must_use]
pub fn repeated_events(repeats: Repeats) -> Option<ProblemCount> {
    let rule = QualityRule::RepeatedEvent;
    let example = |repeat: Repeat| {
        let Repeat { case, activity, time_us, line, first_line, .. } = repeat;
        let time = Timestamp::from_us(time_us).map(|time| time.to_string()).unwrap_or_default();
        let reason = match first_line {
            0 => rule.reason(),
            row => say!(
                "Row {row} has the same case, activity, time and values. The event was read all \
                 the same: find out whether it happened twice, or was exported twice.",
                row
            ),
        };
        RowProblem {
            row: line,
            column: String::new(),
            value: ImportReport::cut(&format!("{case} · {activity} · {time}")),
            reason,
            same_as: (first_line > 0).then_some(first_line),
            cell: None,
        }
    };
    (repeats.count > 0).then(|| ProblemCount {
        kind: rule.kind().to_owned(),
        refused: false,
        count: repeats.count,
        examples: repeats.examples.into_iter().map(example).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn us(text: &str) -> i64 {
        text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn times_are_credible_from_1990_to_tomorrow() {
        let now = Timestamp::from_us(us("2026-03-05T12:00:00Z")).unwrap();
        let credible = CredibleTimes::until(now);
        for (time, expected) in [
            ("1989-12-31T23:59:59.999999Z", Some("ancient-time")),
            ("1990-01-01T00:00:00Z", None),
            ("2026-03-06T12:00:00Z", None),
            ("2026-03-06T12:00:00.000001Z", Some("future-time")),
            ("2062-03-05T12:00:00Z", Some("future-time")),
        ] {
            let broken = credible.broken_by(us(time));
            assert_eq!(broken.map(QualityRule::kind), expected, "{time}");
            assert_eq!(CredibleTimes::ALL.broken_by(us(time)), None);
        }
        assert_eq!(QualityRule::FutureTime.id(), "DQ-11");
        assert_eq!(QualityRule::RepeatedEvent.id(), "DQ-10");
    }
}
