//! How much of the time between two instants is working time?

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

/// Hours of work on one day of the week. An end at 00:00 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingHours {
    /// The day of the week.
    pub weekday: Weekday,
    /// When work begins.
    pub from: Time,
    /// When it ends.
    pub to: Time,
}

/// When people work: hours by day of the week, in a time zone, and days on which nobody does.
#[derive(Debug, Clone)]
pub struct WorkingCalendar {
    /// Hours by days after Monday, in order and apart from each other.
    week: BTreeMap<i8, Vec<(Time, Option<Time>)>>,
    holidays: BTreeSet<Date>,
    zone: TimeZone,
}

impl WorkingCalendar {
    /// A calendar. Hours that overlap count once; hours that end before they begin count not.
    #[must_use]
    pub fn new(
        hours: impl IntoIterator<Item = WorkingHours>,
        holidays: impl IntoIterator<Item = Date>,
        zone: TimeZone,
    ) -> Self {
        let mut week: BTreeMap<i8, Vec<(Time, Option<Time>)>> = BTreeMap::new();
        for WorkingHours { weekday, from, to } in hours {
            let end = (to != Time::midnight()).then_some(to);
            if end.is_none_or(|end| from < end) {
                week.entry(weekday.to_monday_zero_offset()).or_default().push((from, end));
            }
        }
        week.values_mut().for_each(join);
        WorkingCalendar { week, holidays: holidays.into_iter().collect(), zone }
    }

    /// Whether anybody works on a day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekday = day.weekday().to_monday_zero_offset();
        self.week.contains_key(&weekday) && !self.holidays.contains(&day)
    }

    /// Working time from one instant to another, in microseconds; negative where the second one is
    /// earlier.
    #[must_use]
    pub fn between_us(&self, from: Timestamp, to: Timestamp) -> i64 {
        if to < from {
            return -self.between_us(to, from);
        }
        let last = to.to_zoned(self.zone.clone()).date();
        let mut day = from.to_zoned(self.zone.clone()).date();
        let mut sum_us = 0;
        loop {
            sum_us += self.on_day_us(day, (from, to));
            match day.tomorrow() {
                Ok(next) if next <= last => day = next,
                _ => return sum_us,
            }
        }
    }

    /// The working time of a usual week, in microseconds, and its working days.
    #[must_use]
    pub fn week(&self) -> (i64, i64) {
        let span = |(from, to): &(Time, Option<Time>)| {
            let of_day = |time: &Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
            let end = to.as_ref().map_or(24 * 60, of_day);
            (end - of_day(from)) * 60_000_000
        };
        let us = self.week.values().flatten().map(span).sum();
        (us, i64::try_from(self.week.len()).expect("a week has seven days"))
    }

    /// Working days after one day up to another one; negative where that is earlier.
    #[must_use]
    pub fn days_between(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.days_between(to, from);
        }
        let days = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= to);
        i64::try_from(days.filter(|day| self.is_working_day(*day)).count()).unwrap_or(i64::MAX)
    }

    /// Working time of a day within two instants.
    fn on_day_us(&self, day: Date, (from, to): (Timestamp, Timestamp)) -> i64 {
        if !self.is_working_day(day) {
            return 0;
        }
        let weekday = day.weekday().to_monday_zero_offset();
        let hours = self.week.get(&weekday).into_iter().flatten();
        let worked = hours.map(|(begin, end)| {
            let (end_day, end) = match end {
                Some(end) => (day, *end),
                None => (day.tomorrow().unwrap_or(day), Time::midnight()),
            };
            let begin = self.instant(day, *begin).map_or(from, |begin| begin.max(from));
            let end = self.instant(end_day, end).map_or(to, |end| end.min(to));
            (end.as_microsecond() - begin.as_microsecond()).max(0)
        });
        worked.sum()
    }

    /// A local time that daylight saving skips moves forward; of one that it repeats the earlier is
    /// meant.
    fn instant(&self, day: Date, time: Time) -> Option<Timestamp> {
        day.to_datetime(time).to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }
}

/// Puts hours in order, and those together that overlap.
fn join(hours: &mut Vec<(Time, Option<Time>)>) {
    hours.sort();
    let mut joined: Vec<(Time, Option<Time>)> = Vec::new();
    for (from, to) in hours.drain(..) {
        match joined.last().copied() {
            Some((_, None)) => {}
            Some((begin, Some(end))) if from <= end => {
                joined.pop();
                joined.push((begin, to.map(|to| to.max(end))));
            }
            _ => joined.push((from, to)),
        }
    }
    *hours = joined;
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    const HOUR_US: i64 = 3_600_000_000;

    fn office(zone: &str) -> WorkingCalendar {
        let days = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
        ];
        let hours = days.map(|weekday| WorkingHours {
            weekday,
            from: time(9, 0, 0, 0),
            to: time(17, 0, 0, 0),
        });
        WorkingCalendar::new(hours, [date(2025, 4, 21)], TimeZone::get(zone).unwrap())
    }

    fn hours(calendar: &WorkingCalendar, from: &str, to: &str) -> i64 {
        let instant = |text: &str| text.parse::<Timestamp>().unwrap();
        let us = calendar.between_us(instant(from), instant(to));
        assert_eq!(us % HOUR_US, 0, "{from} {to}");
        us / HOUR_US
    }

    #[test]
    fn only_hours_of_work_count() {
        let office = office("UTC");
        // Tuesday noon to Wednesday noon: 5 hours and 3 hours.
        assert_eq!(hours(&office, "2025-04-22T12:00:00Z", "2025-04-23T12:00:00Z"), 8);
        assert_eq!(hours(&office, "2025-04-22T18:00:00Z", "2025-04-23T08:00:00Z"), 0);
        assert_eq!(hours(&office, "2025-04-22T10:00:00Z", "2025-04-22T11:00:00Z"), 1);
        assert_eq!(hours(&office, "2025-04-22T11:00:00Z", "2025-04-22T10:00:00Z"), -1);
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let office = office("UTC");
        // Good Friday is worked here; Saturday, Sunday and Easter Monday are not.
        assert_eq!(hours(&office, "2025-04-18T16:00:00Z", "2025-04-22T10:00:00Z"), 2);
        assert!(!office.is_working_day(date(2025, 4, 21)));
        assert!(!office.is_working_day(date(2025, 4, 19)));
        assert!(office.is_working_day(date(2025, 4, 22)));
    }

    #[test]
    fn hours_are_those_of_the_time_zone() {
        let tokyo = office("Asia/Tokyo");
        // 09:00 to 17:00 in Tokyo is 00:00 to 08:00 in UTC.
        assert_eq!(hours(&tokyo, "2025-04-22T00:00:00Z", "2025-04-22T08:00:00Z"), 8);
        assert_eq!(hours(&tokyo, "2025-04-22T08:00:00Z", "2025-04-23T00:00:00Z"), 0);
        let paris = office("Europe/Paris");
        // Summer time began on Sunday, 30 March: Friday 16:00 to Monday 10:00, local.
        assert_eq!(hours(&paris, "2025-03-28T15:00:00Z", "2025-03-31T08:00:00Z"), 2);
    }

    #[test]
    fn a_shift_may_end_with_the_day_and_overlaps_count_once() {
        let shift = |from, to| WorkingHours { weekday: Weekday::Sunday, from, to };
        let sunday = [
            shift(time(20, 0, 0, 0), time(0, 0, 0, 0)),
            shift(time(8, 0, 0, 0), time(12, 0, 0, 0)),
            shift(time(10, 0, 0, 0), time(14, 0, 0, 0)),
            shift(time(22, 0, 0, 0), time(23, 0, 0, 0)),
        ];
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let calendar = WorkingCalendar::new(sunday, [], zone);
        // The Sunday of 25 hours: its hours of work are 6 and 4.
        assert_eq!(hours(&calendar, "2025-10-25T00:00:00Z", "2025-10-27T00:00:00Z"), 10);
    }
}
