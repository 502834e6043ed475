//! Into which days, weeks, months, quarters or years of a time zone does an instant fall?
//!
//! The calendar is asked once for each period; an instant is then placed by a table.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use paydirt_model::event_log::LogContext;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most periods of one answer.
pub const PERIOD_COUNT_MAX: usize = 10_000;

/// How long a period of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// A calendar day.
    Day,
    /// Seven days from Monday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Granularity {
    /// The first day of the period that holds a day.
    fn begin(self, date: Date) -> Date {
        let month = match self {
            Granularity::Day => return date,
            Granularity::Week => {
                let days = i64::from(date.weekday().since(Weekday::Monday));
                return date.saturating_sub(days.days());
            }
            Granularity::Month => date.month(),
            Granularity::Quarter => date.month() - (date.month() - 1) % 3,
            Granularity::Year => 1,
        };
        Date::new(date.year(), month, 1).expect("every month has a first day")
    }

    /// The first day of the next period; `None` at the end of the calendar.
    fn next(self, begin: Date) -> Option<Date> {
        let span = match self {
            Granularity::Day => 1.day(),
            Granularity::Week => 7.days(),
            Granularity::Month => 1.month(),
            Granularity::Quarter => 3.months(),
            Granularity::Year => 1.year(),
        };
        begin.checked_add(span).ok()
    }
}

/// Cells of the table that places instants.
const CELL_COUNT_MAX: u32 = 16;

/// Consecutive periods of the calendar of a time zone.
#[derive(Debug, Clone)]
pub struct Periods {
    dates: Vec<Date>,
    /// First instant of each period, and the end of the last one.
    starts_us: Vec<i64>,
    /// For each cell of 2^`shift` microseconds the period of its first instant.
    cells: Vec<u32>,
    shift: u32,
}

impl Periods {
    /// The periods of a log, of the wanted length, or months, quarters or years, the shortest of
    /// them that makes at most [`PERIOD_COUNT_MAX`]; `None` for a log without events.
    ///
    /// # Errors
    /// There are more periods.
    pub fn of(
        log: &LogContext,
        wanted: Option<Granularity>,
    ) -> Result<(Granularity, Option<Self>), Problem> {
        let usual = [Granularity::Month, Granularity::Quarter, Granularity::Year];
        let choices = wanted.as_ref().map_or(&usual[..], std::slice::from_ref);
        Periods::of_log(log, choices, PERIOD_COUNT_MAX)
    }

    /// The periods of a log, from its first event to its last one or its as-of time: of the first
    /// of these lengths of which there are at most `count_max`. `None` for a log without events.
    ///
    /// # Errors
    /// There are more periods of the last length.
    pub fn of_log(
        log: &LogContext,
        choices: &[Granularity],
        count_max: usize,
    ) -> Result<(Granularity, Option<Self>), Problem> {
        let Some((first, last)) = log.first_event_at.zip(log.last_event_at.max(log.as_of)) else {
            return Ok((choices[0], None));
        };
        let zone = log.time_zone.zone();
        let found = choices.iter().find_map(|&choice| {
            let periods = Periods::between(zone, choice, first, last)?;
            (periods.len() <= count_max).then_some((choice, Some(periods)))
        });
        found.ok_or_else(|| {
            let detail = say!(
                "The log lasts from {first} to {last}: more than {max} such periods.",
                first = first.to_string(),
                last = last.to_string(),
                max = count_max
            );
            Problem::new(ErrorCode::OverLimit, detail)
                .in_parameter("period")
                .with_hint(say!("Ask for longer periods, or look for wrong dates in the data."))
        })
    }

    /// The periods from the one that holds `first` to the one that holds `last`; `None` when there
    /// are more than [`PERIOD_COUNT_MAX`].
    #[must_use]
    pub fn between(
        zone: &TimeZone,
        granularity: Granularity,
        first: Timestamp,
        last: Timestamp,
    ) -> Option<Self> {
        let begin = granularity.begin(first.to_jiff().to_zoned(zone.clone()).date());
        let mut dates = vec![begin];
        let begin_us = start_of(zone, begin).map_or(i64::MIN, |(us, _)| us);
        let mut starts_us = vec![begin_us.min(first.as_us())];
        let mut date = begin;
        loop {
            let next = granularity.next(date);
            let start = next.and_then(|next| start_of(zone, next));
            let next_us = start.map_or(i64::MAX, |(us, _)| us);
            // A zone may leave out a whole day; the day after it then starts at the same instant.
            if starts_us.last().is_some_and(|&start| start < next_us) {
                starts_us.push(next_us);
                match start {
                    Some((_, date)) if next_us <= last.as_us() => dates.push(date),
                    _ => break,
                }
            }
            date = next?;
            if dates.len() > PERIOD_COUNT_MAX {
                return None;
            }
        }
        Some(Periods::from_starts(dates, starts_us))
    }

    fn from_starts(dates: Vec<Date>, starts_us: Vec<i64>) -> Self {
        let base_us = starts_us[0];
        let last_us = starts_us[starts_us.len() - 2];
        let range = last_us.abs_diff(base_us);
        let shift = (64 - range.leading_zeros()).saturating_sub(CELL_COUNT_MAX);
        let cell_count = (range >> shift) + 1;
        let mut period = 0;
        let cells = (0..cell_count)
            .map(|cell| {
                let instant_us = base_us.saturating_add_unsigned(cell << shift);
                while starts_us[period + 1] <= instant_us {
                    period += 1;
                }
                u32::try_from(period).expect("periods are limited")
            })
            .collect();
        Periods { dates, starts_us, cells, shift }
    }

    /// How many periods.
    #[must_use]
    pub fn len(&self) -> usize {
        self.dates.len()
    }

    /// Whether there is no period; never, since an instant always has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    /// The period that holds an instant; the first or the last one for instants outside.
    #[inline]
    #[must_use]
    pub fn find(&self, us: i64) -> usize {
        let offset = us.saturating_sub(self.starts_us[0]).max(0).cast_unsigned();
        let cell = usize::try_from(offset >> self.shift).unwrap_or(usize::MAX);
        let mut period = self.cells[cell.min(self.cells.len() - 1)] as usize;
        while period + 1 < self.len() && self.starts_us[period + 1] <= us {
            period += 1;
        }
        period
    }

    /// The first day of a period in the time zone.
    #[must_use]
    pub fn date(&self, idx: usize) -> Date {
        self.dates[idx]
    }

    /// The first instant of a period.
    #[must_use]
    pub fn start(&self, idx: usize) -> Option<Timestamp> {
        Timestamp::from_us(self.starts_us[idx])
    }

    /// The first instant after a period; `None` at the end of the calendar.
    #[must_use]
    pub fn end(&self, idx: usize) -> Option<Timestamp> {
        Timestamp::from_us(self.starts_us[idx + 1])
    }
}

/// The first instant of a day, and the day it is of: the next one where a zone leaves a day out.
fn start_of(zone: &TimeZone, date: Date) -> Option<(i64, Date)> {
    let start = date.to_zoned(zone.clone()).ok()?;
    Some((start.timestamp().as_microsecond(), start.date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(zone: &str, granularity: Granularity, first: &str, last: &str) -> Periods {
        let zone = TimeZone::get(zone).unwrap();
        let instant = |text| Timestamp::parse(text).unwrap();
        Periods::between(&zone, granularity, instant(first), instant(last)).unwrap()
    }

    fn dates(periods: &Periods) -> Vec<String> {
        (0..periods.len()).map(|idx| periods.date(idx).to_string()).collect()
    }

    #[test]
    fn periods_begin_at_midnight_of_the_zone() {
        let (first, last) = ("2024-02-29T23:30:00Z", "2024-04-01T00:00:00Z");
        let paris = periods("Europe/Paris", Granularity::Month, first, last);
        assert_eq!(dates(&paris), ["2024-03-01", "2024-04-01"]);
        assert_eq!(paris.start(1).unwrap().to_string(), "2024-03-31T22:00:00Z");
        assert_eq!(paris.end(1).unwrap().to_string(), "2024-04-30T22:00:00Z");
        let utc = periods("UTC", Granularity::Month, first, last);
        assert_eq!(dates(&utc), ["2024-02-01", "2024-03-01", "2024-04-01"]);
    }

    #[test]
    fn weeks_begin_on_monday_and_quarters_in_their_first_month() {
        let (first, last) = ("2024-05-15T12:00:00Z", "2024-05-27T00:00:00Z");
        let of = |granularity| dates(&periods("UTC", granularity, first, last));
        assert_eq!(of(Granularity::Week), ["2024-05-13", "2024-05-20", "2024-05-27"]);
        assert_eq!(of(Granularity::Quarter), ["2024-04-01"]);
        assert_eq!(of(Granularity::Year), ["2024-01-01"]);
        assert_eq!(of(Granularity::Day).len(), 13);
    }

    #[test]
    fn every_instant_is_found_in_its_period() {
        let (first, last) = ("2019-01-01T00:00:00Z", "2024-12-31T23:59:59Z");
        for granularity in [Granularity::Day, Granularity::Week, Granularity::Month] {
            let periods = periods("America/New_York", granularity, first, last);
            for idx in 0..periods.len() {
                let (start, end) = (periods.starts_us[idx], periods.starts_us[idx + 1]);
                assert_eq!(periods.find(start), idx);
                assert_eq!(periods.find(end - 1), idx);
                assert_eq!(periods.find(start + (end - start) / 2), idx);
            }
            assert_eq!(periods.find(i64::MIN), 0);
            assert_eq!(periods.find(i64::MAX), periods.len() - 1);
        }
    }

    #[test]
    fn a_day_that_a_zone_left_out_is_no_period() {
        // Samoa had no 30 December 2011.
        let (first, last) = ("2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z");
        let days = periods("Pacific/Apia", Granularity::Day, first, last);
        assert_eq!(dates(&days), ["2011-12-29", "2011-12-31", "2012-01-01"]);
    }

    #[test]
    fn too_many_periods_are_refused() {
        let instant = |text| Timestamp::parse(text).unwrap();
        let (first, last) = (instant("0001-01-02T00:00:00Z"), instant("9999-12-29T00:00:00Z"));
        let between = |granularity| Periods::between(&TimeZone::UTC, granularity, first, last);
        assert!(between(Granularity::Day).is_none());
        assert_eq!(between(Granularity::Year).unwrap().len(), 9_999);
    }
}
