//! When the people of the world work: dates, weekends, holidays, office hours, busy seasons.
//!
//! Days are numbered from 1970-01-01 and run in UTC; the office hours of every region lie inside
//! one UTC day, so that a weekend is a weekend everywhere.

use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US};

use crate::catalog::Region;
use crate::random::Random;

/// Until when the world is known: 2026-06-30T00:00:00Z. Nothing happens at or after it.
pub const AS_OF_US: i64 = day_number(2026, 6, 30) * DAY_US;
/// The first day on which a deal may be created: 2023-01-02.
pub const FIRST_DAY: i64 = day_number(2023, 1, 2);
/// From this day on contracts are signed electronically: 2025-04-01.
pub const ESIGNATURE_DAY: i64 = day_number(2025, 4, 1);

/// The number of a date of the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `days_from_civil`).
#[must_use]
pub const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day number (the same source, `civil_from_days`).
#[must_use]
pub const fn date_of(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted - era * 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day_of_month)
}

/// The day an instant lies in.
#[must_use]
pub fn day_of(time_us: i64) -> i64 {
    time_us.div_euclid(DAY_US)
}

/// Day of the week, Monday = 0.
#[must_use]
pub fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// The last day of the month of a day.
#[must_use]
pub fn month_end(day: i64) -> i64 {
    let (year, month, _) = date_of(day);
    if month == 12 { day_number(year + 1, 1, 1) - 1 } else { day_number(year, month + 1, 1) - 1 }
}

/// The last day of the quarter of a day.
#[must_use]
pub fn quarter_end(day: i64) -> i64 {
    let (year, month, _) = date_of(day);
    let last_month = (month + 2) / 3 * 3;
    month_end(day_number(year, last_month, 1))
}

/// Whether a region rests on a day: weekends and a few fixed holidays.
#[must_use]
pub fn is_free(day: i64, region: Region) -> bool {
    if weekday(day) >= 5 {
        return true;
    }
    let (_, month, day_of_month) = date_of(day);
    match (month, day_of_month) {
        (1, 1) | (12, 25 | 26) => true,
        (1, 2 | 3) => region == Region::Apac,
        (5, 1) | (11, 1) => region == Region::Emea,
        (7, 4) => region == Region::NorthAmerica,
        _ => false,
    }
}

/// The first working day from this one on.
#[must_use]
pub fn working_day(day: i64, region: Region) -> i64 {
    let mut candidate = day;
    while is_free(candidate, region) {
        candidate += 1;
    }
    candidate
}

/// Office hours of a region, as minutes of the UTC day.
fn office_hours(region: Region) -> (i64, i64) {
    match region {
        Region::Emea => (7 * 60, 17 * 60),
        Region::NorthAmerica => (14 * 60, 23 * 60),
        Region::Apac => (0, 9 * 60),
    }
}

/// The first instant of office work at or after an instant; a little later when people must first
/// come in.
#[must_use]
pub fn in_office(time_us: i64, region: Region, random: &mut Random) -> i64 {
    let (start_min, end_min) = office_hours(region);
    let day = day_of(time_us);
    let minute = time_us.rem_euclid(DAY_US) / MINUTE_US;
    if !is_free(day, region) {
        if start_min <= minute && minute < end_min {
            return time_us;
        }
        if minute < start_min {
            return morning(day, region, random);
        }
    }
    morning(working_day(day + 1, region), region, random)
}

/// Some instant in the first three hours of a working day.
#[must_use]
pub fn morning(day: i64, region: Region, random: &mut Random) -> i64 {
    let (start_min, _) = office_hours(region);
    day * DAY_US + start_min * MINUTE_US + random.between(0, 3 * HOUR_US / 1_000 - 1) * 1_000
}

/// Some instant of a working day.
#[must_use]
pub fn daytime(day: i64, region: Region, random: &mut Random) -> i64 {
    let (start_min, end_min) = office_hours(region);
    let width_us = (end_min - start_min) * MINUTE_US;
    day * DAY_US + start_min * MINUTE_US + random.between(0, width_us / 1_000 - 1) * 1_000
}

/// The Fridays of clean-up: the last Friday of each quarter at or after a day.
#[must_use]
pub fn clean_up_friday(day: i64) -> i64 {
    let friday_of = |quarter_day: i64| {
        let end = quarter_end(quarter_day);
        end - (weekday(end) - 4).rem_euclid(7)
    };
    let friday = friday_of(day);
    if day <= friday { friday } else { friday_of(quarter_end(day) + 1) }
}

/// When deals are created: the number of every deal is spread over the days by their weight.
#[derive(Debug, Clone)]
pub struct Arrivals {
    /// Weights summed from the first day to each day.
    cumulative: Vec<u64>,
}

/// How busy each month is for new deals; August and December are quiet.
const MONTH_WEIGHTS: [u64; 12] = [95, 105, 118, 100, 98, 110, 88, 66, 116, 114, 108, 72];

impl Arrivals {
    /// The weights of all days: season, growth of a tenth each year, hardly any weekends.
    #[must_use]
    pub fn new() -> Self {
        let last_day = day_of(AS_OF_US) - 1;
        let mut total = 0;
        let cumulative = (FIRST_DAY..=last_day)
            .map(|day| {
                let (year, month, _) = date_of(day);
                let season = MONTH_WEIGHTS[usize::try_from(month - 1).expect("a month from 1")];
                let growth = 10 + u64::try_from(year - 2023).expect("years from 2023");
                let by_day = if weekday(day) < 5 { 100 } else { 3 };
                total += season * growth * by_day;
                total
            })
            .collect();
        Arrivals { cumulative }
    }

    /// The day on which deal `n` of `count` is created.
    #[must_use]
    pub fn day(&self, n: u64, count: u64) -> i64 {
        let total = *self.cumulative.last().expect("the world has days");
        let target = u128::from(total) * u128::from(n * 2 + 1) / u128::from(count * 2);
        let idx = self.cumulative.partition_point(|&sum| u128::from(sum) <= target);
        FIRST_DAY + i64::try_from(idx).expect("days fit")
    }
}

impl Default for Arrivals {
    fn default() -> Self {
        Arrivals::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2024, 2, 29), 19_782);
        assert_eq!(date_of(19_782), (2024, 2, 29));
        // 2024-02-29 was a Thursday.
        assert_eq!(weekday(19_782), 3);
    }

    #[test]
    fn periods_end_where_the_calendar_says() {
        assert_eq!(date_of(month_end(day_number(2024, 2, 10))), (2024, 2, 29));
        assert_eq!(date_of(quarter_end(day_number(2025, 11, 3))), (2025, 12, 31));
        // The last Friday of the first quarter of 2025 is 28 March.
        assert_eq!(date_of(clean_up_friday(day_number(2025, 1, 5))), (2025, 3, 28));
        assert_eq!(date_of(clean_up_friday(day_number(2025, 3, 29))), (2025, 6, 27));
    }
}
