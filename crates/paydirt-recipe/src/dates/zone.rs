//! Which instant is a wall-clock time without an offset?
//!
//! The transitions of the zone within the column's range are looked up once, so that every row
//! costs one binary search. A time that a clock change skips is moved forward by the skipped
//! hour; of a time that comes twice the earlier one is taken; both are reported.

use jiff::tz::TimeZone;
use paydirt_model::time::{DAY_US, FIRST_US, LAST_US, SECOND_US, Timestamp};

use crate::dates::Moment;

/// A zone's offsets for the wall-clock times of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalZone {
    first_offset_s: i32,
    changes: Vec<Change>,
}

/// A clock change as seen on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    /// From here to `after_us` wall-clock times are skipped or come twice.
    from_us: i64,
    /// From here on the new offset holds.
    after_us: i64,
    offset_s: i32,
    kind: Doubt,
}

/// Why an instant is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The clock was set forward over this time.
    Skipped,
    /// The clock was set back: the time came twice.
    Twice,
}

/// An instant with its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The instant in microseconds UTC.
    pub us: i64,
    /// Offset from UTC in minutes.
    pub offset_min: i16,
    /// Whether a clock change makes it doubtful.
    pub doubt: Option<Doubt>,
}

impl LocalZone {
    /// UTC.
    #[must_use]
    pub fn utc() -> Self {
        LocalZone { first_offset_s: 0, changes: Vec::new() }
    }

    /// The offsets of a zone for wall-clock times in a range.
    #[must_use]
    pub fn new(zone: &TimeZone, (first_us, last_us): (i64, i64)) -> Self {
        let clamp = |us: i64| us.clamp(FIRST_US, LAST_US);
        let instant = |us: i64| {
            Timestamp::from_us(us).expect("the range was clamped to what can be held").to_jiff()
        };
        let first = instant(clamp(first_us.saturating_sub(2 * DAY_US)));
        let last = instant(clamp(last_us.saturating_add(2 * DAY_US)));
        let mut offset_s = zone.to_offset(first).seconds();
        let mut local = LocalZone { first_offset_s: offset_s, changes: Vec::new() };
        for transition in zone.following(first) {
            if transition.timestamp() > last {
                break;
            }
            let after_s = transition.offset().seconds();
            if after_s == offset_s {
                continue;
            }
            let at_us = transition.timestamp().as_microsecond();
            let wall_us = |offset_s: i32| at_us + i64::from(offset_s) * SECOND_US;
            local.changes.push(Change {
                from_us: wall_us(offset_s.min(after_s)),
                after_us: wall_us(offset_s.max(after_s)),
                offset_s: after_s,
                kind: if after_s > offset_s { Doubt::Skipped } else { Doubt::Twice },
            });
            offset_s = after_s;
        }
        local
    }

    /// The instant of a moment; `None` outside the years 1 to 9999.
    #[inline]
    #[must_use]
    pub fn resolve(&self, moment: Moment) -> Option<Resolved> {
        let (offset_s, doubt) = match moment.offset_s {
            Some(offset_s) => (offset_s, None),
            None if self.changes.is_empty() => (self.first_offset_s, None),
            None => self.look_up(moment.local_us),
        };
        let us = moment.local_us - i64::from(offset_s) * SECOND_US;
        if us < FIRST_US || LAST_US < us {
            return None;
        }
        let offset_min = i16::try_from(offset_s / 60).expect("offsets are below a day");
        Some(Resolved { us, offset_min, doubt })
    }

    /// The offset before a change is right for skipped times (which it moves forward) and for
    /// times that come twice (of which it takes the earlier).
    fn look_up(&self, local_us: i64) -> (i32, Option<Doubt>) {
        let next = self.changes.partition_point(|change| change.after_us <= local_us);
        let offset_s = match next.checked_sub(1) {
            Some(before) => self.changes[before].offset_s,
            None => self.first_offset_s,
        };
        let doubt = self
            .changes
            .get(next)
            .filter(|change| change.from_us <= local_us)
            .map(|change| change.kind);
        (offset_s, doubt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{DateFormat, DateOrder, YearDigits};

    fn resolve(text: &str) -> (String, i16, Option<Doubt>) {
        let format = DateFormat::Numeric(DateOrder::YearMonthDay, YearDigits::Four);
        let moment = format.parse(text).unwrap();
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let local = LocalZone::new(&zone, (moment.local_us, moment.local_us));
        let resolved = local.resolve(moment).unwrap();
        let instant = Timestamp::from_us(resolved.us).unwrap().to_string();
        (instant, resolved.offset_min, resolved.doubt)
    }

    #[test]
    fn wall_clock_times_in_paris() {
        let utc = |text: &str| text.to_owned();
        assert_eq!(resolve("2024-01-31 09:30"), (utc("2024-01-31T08:30:00Z"), 60, None));
        assert_eq!(resolve("2024-07-31 09:30"), (utc("2024-07-31T07:30:00Z"), 120, None));
        // On 31 March 2024 at 02:00 clocks went to 03:00; on 27 October at 03:00 back to 02:00.
        let skipped = Some(Doubt::Skipped);
        assert_eq!(resolve("2024-03-31 01:59"), (utc("2024-03-31T00:59:00Z"), 60, None));
        assert_eq!(resolve("2024-03-31 02:30"), (utc("2024-03-31T01:30:00Z"), 60, skipped));
        assert_eq!(resolve("2024-03-31 03:00"), (utc("2024-03-31T01:00:00Z"), 120, None));
        let twice = Some(Doubt::Twice);
        assert_eq!(resolve("2024-10-27 02:30"), (utc("2024-10-27T00:30:00Z"), 120, twice));
        assert_eq!(resolve("2024-10-27 03:00"), (utc("2024-10-27T02:00:00Z"), 60, None));
        assert_eq!(resolve("2024-07-31 09:30Z"), (utc("2024-07-31T09:30:00Z"), 0, None));
    }
}
