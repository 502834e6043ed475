//! On which days of the week, and in which hours, does who work?

use std::collections::BTreeMap;

use paydirt_model::attribute::AttributeLevel;
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::event_log::LogContext;
use paydirt_model::time::{DAY_US, HOUR_US, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::statistics::who::Who;

/// Events of one hour of one day of the week.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkloadHour {
    /// Day of the week: 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// Hour of the day, from 0 to 23; `null` for events that are known to the day only.
    pub hour: Option<u8>,
    /// Events.
    pub events: u64,
}

/// The place of events that are known to the day only, after the hours of their day.
const NO_HOUR: u8 = 24;
const WEEKDAYS: i64 = 7;
/// The first day of the epoch was a Thursday: the third after a Monday.
const THURSDAY: i64 = 3;

/// Events by resource, day of the week from 0 and hour.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(u32, u8, u8, u64)>", into = "Vec<(u32, u8, u8, u64)>")]
pub(super) struct Hours(BTreeMap<(u32, u8, u8), u64>);

impl From<Hours> for Vec<(u32, u8, u8, u64)> {
    fn from(hours: Hours) -> Self {
        let rows = hours.0.into_iter();
        rows.map(|((code, day, hour), events)| (code, day, hour, events)).collect()
    }
}

impl From<Vec<(u32, u8, u8, u64)>> for Hours {
    fn from(rows: Vec<(u32, u8, u8, u64)>) -> Self {
        let rows = rows.into_iter();
        Hours(rows.map(|(code, day, hour, events)| ((code, day, hour), events)).collect())
    }
}

impl Clone for Hours {
    fn clone(&self) -> Self {
        Hours(self.0.clone())
    }
}

impl Hours {
    /// Looks at some whole cases.
    pub(super) fn look(&mut self, log: &LogContext, who: Who<'_>, batch: &CaseBatch<'_>) {
        let zone = log.time_zone.zone();
        let codes = who.codes(batch);
        batch.for_each(|case| {
            for (event_idx, &time_us) in case.times_us().iter().enumerate() {
                let place = match who.attribute.level {
                    AttributeLevel::Case => case.idx(),
                    AttributeLevel::Event => case.row(event_idx),
                };
                let time = Timestamp::from_us(time_us).expect("times of a log are in range");
                let offset = zone.to_offset(time.to_jiff()).seconds();
                let local_us = time_us + i64::from(offset) * 1_000_000;
                let weekday = (local_us.div_euclid(DAY_US) + THURSDAY).rem_euclid(WEEKDAYS);
                let hour = if case.is_day(event_idx) {
                    NO_HOUR
                } else {
                    small(local_us.rem_euclid(DAY_US) / HOUR_US)
                };
                let code = codes[place].min(who.missing);
                *self.0.entry((code, small(weekday), hour)).or_default() += 1;
            }
        });
    }

    /// Adds what another worker saw.
    pub(super) fn merge(&mut self, other: Hours) {
        for (key, events) in other.0 {
            *self.0.entry(key).or_default() += events;
        }
    }

    /// The hours of one resource.
    pub(super) fn of(&self, code: u32) -> Vec<WorkloadHour> {
        let rows = self.0.range((code, 0, 0)..=(code, u8::MAX, u8::MAX));
        rows.map(|(&(_, day, hour), &events)| shown(day, hour, events)).collect()
    }

    /// The hours of all resources together.
    pub(super) fn all(&self) -> Vec<WorkloadHour> {
        let mut together: BTreeMap<(u8, u8), u64> = BTreeMap::new();
        for (&(_, day, hour), events) in &self.0 {
            *together.entry((day, hour)).or_default() += events;
        }
        together.into_iter().map(|((day, hour), events)| shown(day, hour, events)).collect()
    }
}

fn shown(day: u8, hour: u8, events: u64) -> WorkloadHour {
    WorkloadHour { weekday: day + 1, hour: (hour != NO_HOUR).then_some(hour), events }
}

fn small(value: i64) -> u8 {
    u8::try_from(value).expect("hours and days of the week are few")
}
