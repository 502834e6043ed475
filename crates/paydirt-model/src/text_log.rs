//! The test language: an event log as text, one case a line.
//!
//! ```text
//! a b c ×3                     three cases a → b → c, one hour between events
//! 7: a b@2d c@+30m             case "7"; b two days after the start of the log, c 30 min later
//! x: "send quote"/ann a/bob    quoted names; resource after the slash
//! y: a b{cost=5 late=true} | region=EMEA amount=12.50EUR
//! ```
//! Times: without `@` an event is one hour after the one before it; the first is at
//! 2024-01-01T00:00:00Z. `@2d`, `@90m`, `@5s`, `@3h` count from that instant, `@+…` from the event
//! before, `@2024-05-01T10:00:00Z` is absolute. `@<start>~<end>` gives a start time too.
//! Values are integers, decimals, `true`/`false`, money (`12.50EUR`) or else text.

use crate::attribute::{AttributeIdx, AttributeLevel, AttributeType};
use crate::event_chunk::{ChunkWriter, EventTime, NewValue};
use crate::event_log::EventLog;
use crate::log_builder::{AttributeSpec, EventLogBuilder, LevelChoice, LogSpec};
use crate::number::Decimal;
use crate::time::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, Timestamp};

/// The instant from which a text log counts, 2024-01-01T00:00:00Z, in microseconds.
pub const TEXT_LOG_START_US: i64 = 1_704_067_200 * SECOND_US;

/// Reads a text log into one segment.
///
/// # Panics
/// The text is not in the language: it is written by hand in tests.
#[must_use]
pub fn parse(text: &str) -> EventLog {
    parse_with(text, LogSpec::plain(), 1)
}

/// Reads a text log into so many partitions; attributes are added to those of `spec`.
///
/// # Panics
/// The text is not in the language: it is written by hand in tests.
#[must_use]
pub fn parse_with(text: &str, mut spec: LogSpec, partition_count: usize) -> EventLog {
    let cases: Vec<CaseLine> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .flat_map(parse_line)
        .collect();
    let mut columns: Vec<(String, AttributeLevel, AttributeType)> = Vec::new();
    if cases.iter().any(|case| case.events.iter().any(|event| event.resource.is_some())) {
        spec.resource = Some(AttributeIdx(0));
        columns.push(("resource".to_owned(), AttributeLevel::Event, AttributeType::Text));
    }
    for case in &cases {
        for (name, value) in &case.values {
            add_column(&mut columns, name, AttributeLevel::Case, value);
        }
        for (name, value) in case.events.iter().flat_map(|event| &event.values) {
            add_column(&mut columns, name, AttributeLevel::Event, value);
        }
    }
    spec.attributes = columns
        .iter()
        .map(|(name, level, kind)| AttributeSpec {
            name: name.clone(),
            kind: *kind,
            level: LevelChoice::Declared(*level),
        })
        .collect();
    let mut writer = ChunkWriter::new(columns.iter().map(|(_, _, kind)| *kind).collect());
    for (case_idx, case) in cases.iter().enumerate() {
        let id = case.id.clone().unwrap_or_else(|| format!("c{}", case_idx + 1));
        for event in &case.events {
            let mut time = EventTime::instant(event.time_us);
            time.start_us = event.start_us;
            writer.push(&id, &event.activity, time);
            if let Some(resource) = &event.resource {
                writer.set(0, &NewValue::Text(resource));
            }
            for (level, values) in
                [(AttributeLevel::Case, &case.values), (AttributeLevel::Event, &event.values)]
            {
                for (name, value) in values {
                    let wanted = |column: &&(String, AttributeLevel, AttributeType)| {
                        column.0 == *name && column.1 == level
                    };
                    let column = columns.iter().position(|column| wanted(&column));
                    let column = column.expect("every name was added");
                    set(&mut writer, column, columns[column].2, value);
                }
            }
        }
    }
    let mut builder = EventLogBuilder::new(spec, partition_count);
    builder.append(writer.take());
    builder.finish().expect("a text log is small").0
}

struct CaseLine {
    id: Option<String>,
    events: Vec<EventWord>,
    values: Vec<(String, String)>,
}

#[derive(Clone)]
struct EventWord {
    activity: String,
    time_us: i64,
    start_us: Option<i64>,
    resource: Option<String>,
    values: Vec<(String, String)>,
}

fn parse_line(line: &str) -> Vec<CaseLine> {
    let (line, count) = match line.rsplit_once('×') {
        Some((rest, count)) => (rest, count.trim().parse().expect("a number after ×")),
        None => (line, 1),
    };
    let (events, values) = match line.split_once(" | ") {
        Some((events, values)) => (events, parse_values(values)),
        None => (line, Vec::new()),
    };
    let words = split_words(events);
    let (id, words) = match words.first() {
        Some(first) if first.ends_with(':') => {
            (Some(unquote(&first[..first.len() - 1])), &words[1..])
        }
        _ => (None, &words[..]),
    };
    let mut time_us = TEXT_LOG_START_US - HOUR_US;
    let mut parsed = Vec::new();
    for word in words {
        let event = parse_event(word, time_us);
        time_us = event.time_us;
        parsed.push(event);
    }
    (0..count)
        .map(|copy| CaseLine {
            id: id.as_ref().map(|id| if count == 1 { id.clone() } else { format!("{id}-{copy}") }),
            events: parsed.clone(),
            values: values.clone(),
        })
        .collect()
}

/// Splits at blanks outside quotes and braces.
fn split_words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut quoted, mut braced) = (false, false);
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            '{' if !quoted => braced = true,
            '}' if !quoted => braced = false,
            _ => {}
        }
        if character == ' ' && !quoted && !braced {
            words.push(String::new());
        } else {
            words.last_mut().expect("never empty").push(character);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn unquote(text: &str) -> String {
    text.trim_matches('"').to_owned()
}

fn parse_event(word: &str, previous_us: i64) -> EventWord {
    let (word, values) = match word.split_once('{') {
        Some((rest, values)) => (rest, parse_values(values.trim_end_matches('}'))),
        None => (word, Vec::new()),
    };
    let split = |text: &str, sign: char| -> (String, Option<String>) {
        let mut quoted = false;
        for (idx, character) in text.char_indices() {
            if character == '"' {
                quoted = !quoted;
            } else if character == sign && !quoted {
                return (text[..idx].to_owned(), Some(text[idx + 1..].to_owned()));
            }
        }
        (text.to_owned(), None)
    };
    let (head, resource) = split(word, '/');
    let (name, time) = split(&head, '@');
    let (start_us, time_us) = match time.as_deref().map(|time| time.split_once('~')) {
        None => (None, previous_us + HOUR_US),
        Some(None) => (None, parse_time(&time.unwrap_or_default(), previous_us)),
        Some(Some((start, end))) => {
            let start_us = parse_time(start, previous_us);
            (Some(start_us), parse_time(end, start_us))
        }
    };
    EventWord {
        activity: unquote(&name),
        time_us,
        start_us,
        resource: resource.filter(|name| !name.is_empty()).map(|name| unquote(&name)),
        values,
    }
}

fn parse_time(text: &str, previous_us: i64) -> i64 {
    let (base_us, span) = match text.strip_prefix('+') {
        Some(rest) => (previous_us, rest),
        None => (TEXT_LOG_START_US, text),
    };
    let unit_us = match span.chars().last() {
        Some('d') => DAY_US,
        Some('h') => HOUR_US,
        Some('m') => MINUTE_US,
        Some('s') => SECOND_US,
        Some('u') => 1,
        _ => return Timestamp::parse(text).expect("an instant in RFC 3339").as_us(),
    };
    base_us + span[..span.len() - 1].parse::<i64>().expect("a number before the unit") * unit_us
}

fn parse_values(text: &str) -> Vec<(String, String)> {
    split_words(text)
        .iter()
        .map(|word| {
            let (name, value) = word.split_once('=').expect("name=value");
            (name.to_owned(), unquote(value))
        })
        .collect()
}

fn money(value: &str) -> Option<(Decimal, &str)> {
    let split = value.len().checked_sub(3)?;
    let (amount, currency) = (value.get(..split)?, value.get(split..)?);
    let is_code = currency.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then(|| Decimal::parse(amount).map(|amount| (amount, currency))).flatten()
}

fn kind_of(value: &str) -> AttributeType {
    if value.parse::<i64>().is_ok() {
        AttributeType::Integer
    } else if Decimal::parse(value).is_some() {
        AttributeType::Decimal
    } else if value == "true" || value == "false" {
        AttributeType::Boolean
    } else if money(value).is_some() {
        AttributeType::Money
    } else if Timestamp::parse(value).is_some() {
        AttributeType::Timestamp
    } else {
        AttributeType::Text
    }
}

fn add_column(
    columns: &mut Vec<(String, AttributeLevel, AttributeType)>,
    name: &str,
    level: AttributeLevel,
    value: &str,
) {
    let kind = kind_of(value);
    match columns.iter_mut().find(|column| column.0 == name && column.1 == level) {
        None => columns.push((name.to_owned(), level, kind)),
        Some(column) if column.2 == kind => {}
        Some(column) => {
            let numbers = [AttributeType::Integer, AttributeType::Decimal];
            let both_numbers = numbers.contains(&column.2) && numbers.contains(&kind);
            column.2 = if both_numbers { AttributeType::Decimal } else { AttributeType::Text };
        }
    }
}

fn set(writer: &mut ChunkWriter, column: usize, kind: AttributeType, value: &str) {
    let decimal = || Decimal::parse(value).expect("the column holds decimals");
    let value = match kind {
        AttributeType::Text => NewValue::Text(value),
        AttributeType::Integer | AttributeType::Duration => {
            NewValue::Number(value.parse().expect("the column holds integers"))
        }
        AttributeType::Decimal => NewValue::Decimal(decimal()),
        AttributeType::Boolean => NewValue::Boolean(value == "true"),
        AttributeType::Timestamp => {
            NewValue::Number(Timestamp::parse(value).expect("an instant").as_us())
        }
        AttributeType::Money => {
            let (amount, currency) = money(value).expect("the column holds money");
            NewValue::Money(amount, Some(currency))
        }
    };
    writer.set(column, &value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_batch::CaseBatch;

    fn traces(log: &EventLog) -> Vec<String> {
        let mut lines = Vec::new();
        for segment in log.segments() {
            CaseBatch::all(segment).for_each(|case| {
                let names: Vec<&str> = case
                    .activities()
                    .iter()
                    .map(|&code| log.context().activities.name(code))
                    .collect();
                lines.push(format!("{}: {}", case.id(), names.join(" ")));
            });
        }
        lines.sort();
        lines
    }

    #[test]
    fn lines_become_cases_in_time_order() {
        let log = parse("7: a b@2d c@1h ×2\n\"send quote\" a");
        assert_eq!(traces(&log), ["7-0: a c b", "7-1: a c b", "c3: send quote a"]);
        assert_eq!(log.context().event_count, 8);
    }

    #[test]
    fn values_have_types_levels_and_resources() {
        let log = parse("1: a/ann{cost=5} b{cost=2.5} | region=EMEA amount=12.50EUR won=true");
        let context = log.context();
        let mut seen = Vec::new();
        CaseBatch::all(&log.segments()[0]).for_each(|case| {
            for attribute in &context.attributes {
                let value = case.value(attribute, 1).map(|value| value.to_string());
                seen.push(format!("{}={}", attribute.name, value.unwrap_or_default()));
            }
        });
        assert_eq!(seen, ["resource=", "region=EMEA", "amount=12.5 EUR", "won=true", "cost=2.5"]);
    }

    #[test]
    fn any_number_of_partitions_holds_the_same_cases() {
        let text = "a b ×40\nc ×3";
        let one = traces(&parse(text));
        for count in [2, 7, 64] {
            assert_eq!(traces(&parse_with(text, LogSpec::plain(), count)), one);
        }
    }
}
