//! Which times of an answer does a reader see as dates: those that are known to the day only.
//!
//! The JSON keeps the instant by which events are ordered, with its precision beside it: one of
//! `start` is `start_precision`, one of `first_event_at` is `first_event_precision`, and all times
//! of an event have its `precision`.

use paydirt_model::event_log::TimeZoneName;
use paydirt_model::time::Timestamp;
use serde_json::{Map, Value};

/// The fields of an event that are times.
const TIMES: [&str; 3] = ["start", "end", "recorded_at"];

/// What the name of a precision ends with.
const PRECISION: &str = "_precision";

/// The answer with dates in place of times that are known to the day only.
pub(super) fn as_dates(mut answer: Value) -> Value {
    let zone = answer.pointer("/context/time_zone").and_then(Value::as_str);
    let zone = zone.and_then(|name| TimeZoneName::parse(name).ok());
    change(&mut answer, &zone.unwrap_or_else(TimeZoneName::utc));
    answer
}

fn change(value: &mut Value, zone: &TimeZoneName) {
    match value {
        Value::Object(fields) => {
            of_object(fields, zone);
            fields.values_mut().for_each(|field| change(field, zone));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, zone)),
        _ => {}
    }
}

fn of_object(fields: &mut Map<String, Value>, zone: &TimeZoneName) {
    if is_day(fields.get("precision")) {
        TIMES.into_iter().for_each(|name| to_date(fields, name, zone));
    }
    let beside: Vec<String> =
        fields.keys().filter_map(|name| name.strip_suffix(PRECISION)).map(str::to_owned).collect();
    for name in beside {
        if is_day(fields.shift_remove(&format!("{name}{PRECISION}")).as_ref()) {
            to_date(fields, &name, zone);
            to_date(fields, &format!("{name}_at"), zone);
        }
    }
}

fn is_day(precision: Option<&Value>) -> bool {
    precision.and_then(Value::as_str) == Some("day")
}

fn to_date(fields: &mut Map<String, Value>, name: &str, zone: &TimeZoneName) {
    let Some(value) = fields.get_mut(name) else { return };
    if let Some(at) = value.as_str().and_then(Timestamp::parse) {
        *value = Value::String(at.local_date(zone.zone()).to_string());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_time_that_is_known_to_the_day_is_the_date_in_the_zone_of_the_log() {
        // The last microsecond of 2 March in Los Angeles is 3 March, 08:00 in UTC.
        let answer = json!({
            "start": "2026-03-03T07:59:59.999999Z", "start_precision": "day",
            "end": "2026-03-04T10:30:00Z",
            "first_event_at": "2026-03-02T14:59:59.999999Z", "first_event_precision": "day",
            "events": [{"end": "2026-03-03T07:59:59.999999Z", "precision": "day", "start": null}],
            "context": {"time_zone": "America/Los_Angeles"},
        });
        let read = json!({
            "start": "2026-03-02",
            "end": "2026-03-04T10:30:00Z",
            "first_event_at": "2026-03-02",
            "events": [{"end": "2026-03-02", "precision": "day", "start": null}],
            "context": {"time_zone": "America/Los_Angeles"},
        });
        assert_eq!(as_dates(answer), read);
    }

    #[test]
    fn what_has_a_time_of_day_stays() {
        let answer = json!({"start": "2026-03-02T07:00:00Z", "events": [{"precision": "instant"}]});
        assert_eq!(as_dates(answer.clone()), answer);
    }
}
