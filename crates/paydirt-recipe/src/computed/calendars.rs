//! How much time is between two instants, if working time counts for some regions otherwise than
//! for others?

use std::collections::{BTreeSet, HashMap};

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use paydirt_model::number::divide_half_even;
use paydirt_model::time::DAY_US;

use crate::computed::chosen::{Rows, Settings};
use crate::computed::value::Moment;
use crate::folding::folded;
use crate::library::process::CalendarSettings;
use crate::working_time::{WorkingCalendar, WorkingHours};

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The working time of every region.
#[derive(Debug)]
pub(super) struct Calendars {
    regions: HashMap<String, WorkingCalendar>,
    others: WorkingCalendar,
}

impl Calendars {
    /// The working time of the settings; none where calendar time counts.
    pub(super) fn of(
        settings: &Settings<'_>,
        keys: &CalendarSettings,
        zone: &TimeZone,
    ) -> Option<Calendars> {
        if settings.flag(&keys.on) != Some(true) {
            return None;
        }
        let (hours, holidays) = (settings.rows(&keys.hours), settings.rows(&keys.holidays));
        let region = |row: usize, rows: &Rows<'_>| rows.text(row, "region").map(folded);
        let of_hours = (0..hours.len()).filter_map(|row| region(row, &hours));
        let of_days = (0..holidays.len()).filter_map(|row| region(row, &holidays));
        let names: BTreeSet<String> = of_hours.chain(of_days).collect();
        let calendar = |name: Option<&str>| {
            let is_own = |row: usize| region(row, &hours).as_deref() == name;
            let has_own = (0..hours.len()).any(is_own);
            let used = (0..hours.len()).filter(|&row| match has_own {
                true => is_own(row),
                false => region(row, &hours).is_none(),
            });
            let worked: Vec<WorkingHours> = used.flat_map(|row| of_row(&hours, row)).collect();
            let free = (0..holidays.len()).filter(|&row| {
                let region = region(row, &holidays);
                region.is_none() || region.as_deref() == name
            });
            let free = free.filter_map(|row| holidays.text(row, "day")?.parse::<Date>().ok());
            WorkingCalendar::new(worked, free.collect::<Vec<_>>(), zone.clone())
        };
        Some(Calendars {
            others: calendar(None),
            regions: names.iter().map(|name| (name.clone(), calendar(Some(name)))).collect(),
        })
    }

    /// Working time between two instants, in microseconds: a working day of the calendar counts as
    /// a day. Whole working days where only the day of one is known.
    pub(super) fn between_us(
        &self,
        region: Option<&str>,
        (from, to): (Moment, Moment),
        zone: &TimeZone,
    ) -> i64 {
        let named = region.and_then(|region| self.regions.get(&folded(region)));
        let calendar = named.unwrap_or(&self.others);
        let (from_at, to_at) = (from.timestamp(), to.timestamp());
        if from.is_day || to.is_day {
            let (from, to) = (from_at.local_date(zone), to_at.local_date(zone));
            return calendar.days_between(from, to).saturating_mul(DAY_US);
        }
        let us = i128::from(calendar.between_us(from_at.to_jiff(), to_at.to_jiff()));
        let (week_us, days) = calendar.week();
        if week_us == 0 {
            return 0;
        }
        let whole = divide_half_even(us * i128::from(DAY_US) * i128::from(days), week_us.into());
        i64::try_from(whole).unwrap_or(i64::MAX)
    }
}

/// The hours of a row, for each of its days.
fn of_row(rows: &Rows<'_>, row: usize) -> Vec<WorkingHours> {
    let time = |column| rows.text(row, column)?.parse::<Time>().ok();
    let Some((from, to)) = time("from").zip(time("to")) else { return Vec::new() };
    let days = rows.texts(row, "days");
    let named = days.iter().filter_map(|day| WEEKDAYS.iter().find(|(word, _)| word == day));
    named.map(|(_, weekday)| WorkingHours { weekday: *weekday, from, to }).collect()
}
