//! How is a log written as XES (IEEE 1849-2016)? A trace for each case, in the order of the log.
//!
//! What XES cannot say is written as near as it can be:
//! - an event with a start of its own becomes two, `lifecycle:transition` start and complete with
//!   one `concept:instance`, so that pairing them gives the event back;
//! - the resource is `org:resource`, whatever its attribute is called;
//! - an amount of money is a float, its currency a string `<name> currency` beside it; a span of
//!   time is a float in seconds;
//! - an attribute whose name has a role here (`concept:name`, `time:timestamp`) gets ` (attribute)`
//!   behind it;
//! - recorded times, precisions, links, rates and auxiliary activities are left out.

use std::io::{self, Write};

use paydirt_model::attribute::{Attribute, AttributeIdx, AttributeLevel, AttributeValue};
use paydirt_model::case_batch::{Case, CaseBatch};
use paydirt_model::event_log::{EventLog, LogContext};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Timestamp};

use crate::sources::xes::is_uuid;

/// Bytes of text that are collected before they are written.
const BUFFER_BYTES: usize = 256 << 10;

/// Prefix, name and address of the standard extensions that a written log may declare.
const EXTENSIONS: [(&str, &str); 7] = [
    ("concept", "Concept"),
    ("time", "Time"),
    ("lifecycle", "Lifecycle"),
    ("org", "Organizational"),
    ("cost", "Cost"),
    ("identity", "Identity"),
    ("semantic", "Semantic"),
];

/// What every trace and event has, and the classifier that everyone expects.
const GLOBALS: &str = r#"  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
  </global>
  <classifier name="Activity" scope="event" keys="concept:name"/>
"#;

const TRANSITION: &str = "lifecycle:transition";
const INSTANCE: &str = "concept:instance";
const RESOURCE: &str = "org:resource";

/// What writing noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XesReport {
    /// Characters that XML cannot hold and that were replaced by U+FFFD.
    pub replaced_characters: u64,
}

/// Writes a log.
///
/// # Errors
/// The output cannot be written.
pub fn write_log(log: &EventLog, mut output: impl Write) -> Result<XesReport, Problem> {
    let mut writer = XesWriter::new(log.context());
    let mut outcome: io::Result<()> = Ok(());
    writer.head();
    for segment in log.segments() {
        CaseBatch::all(segment).for_each(|case| {
            if outcome.is_err() {
                return;
            }
            writer.trace(case);
            if writer.text.len() >= BUFFER_BYTES {
                outcome = output.write_all(writer.text.as_bytes());
                writer.text.clear();
            }
        });
    }
    writer.text.push_str("</log>\n");
    outcome
        .and_then(|()| output.write_all(writer.text.as_bytes()))
        .and_then(|()| output.flush())
        .map_err(|error| {
        Problem::new(
            ErrorCode::FileUnwritable,
            say!("Writing XES failed: {error}.", error = error.to_string()),
        )
        .with_hint(say!("Check that the disk has room and may be written."))
    })?;
    Ok(XesReport { replaced_characters: writer.replaced_characters })
}

struct XesWriter<'a> {
    context: &'a LogContext,
    /// The key of each attribute in the file.
    keys: Vec<String>,
    transition: Option<&'a Attribute>,
    instance: Option<&'a Attribute>,
    text: String,
    replaced_characters: u64,
}

impl<'a> XesWriter<'a> {
    fn new(context: &'a LogContext) -> Self {
        let event_attribute = |name| context.attribute_at(name, AttributeLevel::Event);
        XesWriter {
            context,
            keys: attribute_keys(context),
            transition: event_attribute(TRANSITION),
            instance: event_attribute(INSTANCE),
            text: String::new(),
            replaced_characters: 0,
        }
    }

    fn head(&mut self) {
        self.text.push_str(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <log xes.version=\"1849.2016\" xes.features=\"\" \
             xmlns=\"http://www.xes-standard.org/\">\n",
        );
        for (prefix, name) in EXTENSIONS {
            let is_role = matches!(prefix, "concept" | "time");
            let is_used = self
                .keys
                .iter()
                .any(|key| key.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':')));
            if is_role || is_used || (prefix == "lifecycle" && self.context.has_starts) {
                self.text.push_str(&format!(
                    "  <extension name=\"{name}\" prefix=\"{prefix}\" \
                     uri=\"http://www.xes-standard.org/{prefix}.xesext\"/>\n"
                ));
            }
        }
        self.text.push_str(GLOBALS);
    }

    fn trace(&mut self, case: Case<'_>) {
        self.text.push_str("  <trace>\n");
        self.value("    ", "string", "concept:name", case.id());
        self.attributes("    ", case, AttributeLevel::Case, 0, &[]);
        for event_idx in 0..case.event_count() {
            self.event(case, event_idx);
        }
        self.text.push_str("  </trace>\n");
    }

    fn event(&mut self, case: Case<'_>, event_idx: usize) {
        let end_us = case.times_us()[event_idx];
        let own_transition = self.transition.and_then(|it| case.value(it, event_idx));
        let is_open = matches!(
            own_transition,
            Some(AttributeValue::Text(text)) if text.eq_ignore_ascii_case("start")
        );
        match case.own_start_us(event_idx) {
            // A start that never got its complete is one event.
            Some(start_us) if !(is_open && start_us == end_us) => {
                self.one_event(case, event_idx, start_us, Some("start"));
                self.one_event(case, event_idx, end_us, Some("complete"));
            }
            _ => {
                let is_silent = self.context.has_starts && own_transition.is_none();
                self.one_event(case, event_idx, end_us, is_silent.then_some("complete"));
            }
        }
    }

    /// Writes an event, with a transition that overrides its own.
    fn one_event(
        &mut self,
        case: Case<'_>,
        event_idx: usize,
        time_us: i64,
        transition: Option<&str>,
    ) {
        let parts = case.segment().parts();
        let row = case.row(event_idx);
        let offset_min = parts.offsets_min.get(row).copied().unwrap_or(0);
        let name = self.context.activities.name(case.activities()[event_idx]);
        self.text.push_str("    <event>\n");
        self.value("      ", "string", "concept:name", name);
        self.value("      ", "date", "time:timestamp", &date_text(time_us, offset_min));
        if let Some(transition) = transition {
            self.value("      ", "string", TRANSITION, transition);
            let has_instance = self.instance.is_some_and(|it| case.value(it, event_idx).is_some());
            if !has_instance && case.own_start_us(event_idx).is_some() {
                self.value("      ", "string", INSTANCE, &(event_idx + 1).to_string());
            }
            self.attributes("      ", case, AttributeLevel::Event, event_idx, &[TRANSITION]);
        } else {
            self.attributes("      ", case, AttributeLevel::Event, event_idx, &[]);
        }
        self.text.push_str("    </event>\n");
    }

    fn attributes(
        &mut self,
        indent: &str,
        case: Case<'_>,
        level: AttributeLevel,
        event_idx: usize,
        without: &[&str],
    ) {
        let context = self.context;
        for (idx, attribute) in context.attributes.iter().enumerate() {
            let key = self.keys[idx].clone();
            if attribute.level != level || without.contains(&key.as_str()) {
                continue;
            }
            let Some(value) = case.value(attribute, event_idx) else { continue };
            match value {
                AttributeValue::Text(text) => {
                    let is_id = key == "identity:id" && is_uuid(text);
                    self.value(indent, if is_id { "id" } else { "string" }, &key, text);
                }
                AttributeValue::Integer(number) => {
                    self.value(indent, "int", &key, &number.to_string());
                }
                AttributeValue::Decimal(number) => {
                    self.value(indent, "float", &key, &number.to_string());
                }
                AttributeValue::Boolean(value) => {
                    self.value(indent, "boolean", &key, &value.to_string());
                }
                AttributeValue::Timestamp(instant) => {
                    self.value(indent, "date", &key, &date_text(instant.as_us(), 0));
                }
                AttributeValue::Duration(span) => {
                    self.value(indent, "float", &key, &span.to_string());
                }
                AttributeValue::Money { amount, currency } => {
                    self.value(indent, "float", &key, &amount.to_string());
                    if let Some(currency) = currency {
                        self.value(indent, "string", &format!("{key} currency"), currency);
                    }
                }
            }
        }
    }

    fn value(&mut self, indent: &str, element: &str, key: &str, value: &str) {
        self.text.push_str(indent);
        self.text.push('<');
        self.text.push_str(element);
        self.text.push_str(" key=\"");
        self.escaped(key);
        self.text.push_str("\" value=\"");
        self.escaped(value);
        self.text.push_str("\"/>\n");
    }

    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\n' => self.text.push_str("&#10;"),
                '\r' => self.text.push_str("&#13;"),
                '\t' => self.text.push_str("&#9;"),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    self.replaced_characters += 1;
                    self.text.push('\u{fffd}');
                }
                _ => self.text.push(character),
            }
        }
    }
}

/// The key under which each attribute is written.
fn attribute_keys(context: &LogContext) -> Vec<String> {
    let is_taken = |name: &str| context.attribute_at(name, AttributeLevel::Event).is_some();
    context
        .attributes
        .iter()
        .enumerate()
        .map(|(idx, attribute)| {
            let is_resource = context.resource == Some(AttributeIdx(idx));
            let is_role = match attribute.level {
                AttributeLevel::Case => attribute.name == "concept:name",
                AttributeLevel::Event => {
                    ["concept:name", "time:timestamp"].contains(&attribute.name.as_str())
                }
            };
            if is_role {
                format!("{} (attribute)", attribute.name)
            } else if is_resource && !is_taken(RESOURCE) {
                RESOURCE.to_owned()
            } else {
                attribute.name.clone()
            }
        })
        .collect()
}

/// An instant in RFC 3339 in its source's zone, in milliseconds, or microseconds where it has any.
fn date_text(us: i64, offset_min: i16) -> String {
    let local_us = us + i64::from(offset_min) * MINUTE_US;
    let (local_us, offset_min) = match Timestamp::from_us(local_us) {
        Some(_) => (local_us, offset_min),
        None => (us, 0),
    };
    let (year, month, day) = civil_from_days(local_us.div_euclid(DAY_US));
    let of_day = local_us.rem_euclid(DAY_US);
    let (hour, minute) = (of_day / HOUR_US, of_day % HOUR_US / MINUTE_US);
    let (second, fraction) = (of_day % MINUTE_US / SECOND_US, of_day % SECOND_US);
    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if fraction % 1_000 == 0 {
        text.push_str(&format!(".{:03}", fraction / 1_000));
    } else {
        text.push_str(&format!(".{fraction:06}"));
    }
    if offset_min == 0 {
        text.push('Z');
    } else {
        let sign = if offset_min < 0 { '-' } else { '+' };
        let minutes = offset_min.unsigned_abs();
        text.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
    }
    text
}

/// The date of the Gregorian calendar so many days after 1970-01-01. Source: Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_their_zone() {
        let us = Timestamp::parse("2024-02-29T23:30:00.25Z").unwrap().as_us();
        assert_eq!(date_text(us, 0), "2024-02-29T23:30:00.250Z");
        assert_eq!(date_text(us, 60), "2024-03-01T00:30:00.250+01:00");
        assert_eq!(date_text(us + 1, -330), "2024-02-29T18:00:00.250001-05:30");
        let first_us = Timestamp::parse("0001-01-01T00:00:00Z").unwrap().as_us();
        assert_eq!(date_text(first_us, -60), "0001-01-01T00:00:00.000Z");
    }

    #[test]
    fn every_written_date_is_the_calendar_date() {
        for days in (-719_162..2_932_000).step_by(137) {
            let (year, month, day) = civil_from_days(days);
            let instant = Timestamp::from_us(days * DAY_US).unwrap().to_string();
            assert_eq!(instant, format!("{year:04}-{month:02}-{day:02}T00:00:00Z"));
        }
    }
}
