//! Which event is this? The key by which a new event finds the one it replaces.

use std::collections::HashSet;

use paydirt_model::attribute::{Attribute, AttributeLevel};
use paydirt_model::case_batch::Case;
use paydirt_model::event_log::EventLog;
use paydirt_model::mapping::{ColumnRole, RoleSuggestion};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use xxhash_rust::xxh3::Xxh3;

use crate::merge::fingerprint::add_value;
use crate::merge::schema::Side;
use crate::merge::shared_cases;

/// The attributes of the usual key: source system, record id, and sequence where there is one.
const SOURCE_SYSTEM: &str = "sourcesystem";
const SOURCE_RECORD: &str = "sourcerecordid";
const SEQUENCE: &str = "eventsequence";

/// What a key is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Case,
    Activity,
    Time,
    Attribute(String),
}

/// The columns that identify an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKey {
    parts: Vec<Part>,
}

impl EventKey {
    /// The key of named columns: attributes, or the columns that were read as case, activity or
    /// time (by the name of the column, or as `case`, `activity`, `time`).
    ///
    /// # Errors
    /// A column does not exist in the new events.
    pub fn of_columns(
        columns: &[String],
        added: &EventLog,
        roles: &[RoleSuggestion],
    ) -> Result<Self, Problem> {
        let part = |name: &String| {
            let role = roles.iter().find(|known| known.column == *name);
            match role.map(|known| known.role) {
                Some(ColumnRole::Case) => return Ok(Part::Case),
                Some(ColumnRole::Activity) => return Ok(Part::Activity),
                Some(ColumnRole::Time) => return Ok(Part::Time),
                _ => {}
            }
            let name = role.and_then(|known| known.attribute.as_ref()).unwrap_or(name);
            if added.context().attributes.iter().any(|known| known.name == *name) {
                return Ok(Part::Attribute(name.clone()));
            }
            match name.to_lowercase().as_str() {
                "case" => Ok(Part::Case),
                "activity" => Ok(Part::Activity),
                "time" => Ok(Part::Time),
                _ => match find(added, &folded(name)) {
                    Some(known) => Ok(Part::Attribute(known.name.clone())),
                    None => Err(missing_in_file(name, added)),
                },
            }
        };
        Ok(EventKey { parts: columns.iter().map(part).collect::<Result<_, _>>()? })
    }

    /// The key of events that were dates of cases: case and activity, where they tell events
    /// apart.
    ///
    /// # Errors
    /// A case of the file has an activity more than once, there or in the log.
    pub fn of_dates(base: &EventLog, added: &EventLog) -> Result<Self, Problem> {
        let hint = say!(
            "Choose the columns that identify an event, or add the events without replacing any."
        );
        let problem = if let Some((case, activity)) = repeated(added, added) {
            say!(
                "Case \"{case}\" has the activity \"{activity}\" more than once in the file, so \
                 case and activity do not tell its events apart.",
                case,
                activity
            )
        } else if let Some((case, activity)) = repeated(base, added) {
            say!(
                "Case \"{case}\" has the activity \"{activity}\" more than once in the log, so \
                 case and activity do not tell its events apart.",
                case,
                activity
            )
        } else {
            return Ok(EventKey { parts: vec![Part::Case, Part::Activity] });
        };
        Err(Problem::new(ErrorCode::NoEventKey, problem).in_parameter("key").with_hint(hint))
    }

    /// The key of source system, record id, activity and, where either log has one, sequence.
    ///
    /// # Errors
    /// The new events have no such columns.
    pub fn usual(base: &EventLog, added: &EventLog) -> Result<Self, Problem> {
        let (Some(system), Some(record)) = (find(added, SOURCE_SYSTEM), find(added, SOURCE_RECORD))
        else {
            return Err(Problem::new(
                ErrorCode::NoEventKey,
                say!(
                    "The events have no key: there are no columns SourceSystem and SourceRecordId."
                ),
            )
            .in_parameter("key")
            .with_hint(say!(
                "Choose the columns that identify an event, or add the events without replacing \
                 any."
            )));
        };
        let mut parts = vec![
            Part::Attribute(system.name.clone()),
            Part::Attribute(record.name.clone()),
            Part::Activity,
        ];
        let sequence = find(added, SEQUENCE).or_else(|| find(base, SEQUENCE));
        parts.extend(sequence.map(|known| Part::Attribute(known.name.clone())));
        Ok(EventKey { parts })
    }

    /// The columns of the key, for a report.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        let name = |part: &Part| match part {
            Part::Case => "case".to_owned(),
            Part::Activity => "activity".to_owned(),
            Part::Time => "time".to_owned(),
            Part::Attribute(name) => name.clone(),
        };
        self.parts.iter().map(name).collect()
    }

    /// The key with its columns looked up in one of the logs.
    pub(super) fn bind<'a>(&self, log: &'a EventLog, side: Side) -> Result<BoundKey<'a>, Problem> {
        let part = |part: &Part| match part {
            Part::Case => Ok(BoundPart::Case),
            Part::Activity => Ok(BoundPart::Activity),
            Part::Time => Ok(BoundPart::Time),
            Part::Attribute(name) => {
                let exact = log.context().attribute_at(name, AttributeLevel::Event);
                let exact =
                    exact.or_else(|| log.context().attribute_at(name, AttributeLevel::Case));
                match (exact.or_else(|| find(log, &folded(name))), side) {
                    (Some(known), _) => Ok(BoundPart::Attribute(known)),
                    // A column that the stored log lacks is blank there: no event has the key.
                    (None, Side::Base) if folded(name) == SEQUENCE => Ok(BoundPart::Blank),
                    (None, Side::Base) => Err(missing(
                        log,
                        say!("There is no column \"{name}\" in the stored log.", name),
                    )),
                    (None, Side::Added) => Err(missing_in_file(name, log)),
                }
            }
        };
        Ok(BoundKey { log, parts: self.parts.iter().map(part).collect::<Result<_, _>>()? })
    }
}

/// The first case of the file, by its id, that has in a log more than once what it has in the
/// file, and the activity.
fn repeated(log: &EventLog, added: &EventLog) -> Option<(String, String)> {
    let first_of = |(case, new): &(Case<'_>, Case<'_>)| {
        let wanted: HashSet<&str> = names(added, new).collect();
        let mut known = HashSet::new();
        let twice = names(log, case).find(|name| wanted.contains(name) && !known.insert(*name))?;
        Some((case.id().to_owned(), twice.to_owned()))
    };
    shared_cases(log, added).iter().filter_map(first_of).min()
}

fn names<'a>(log: &'a EventLog, case: &Case<'a>) -> impl Iterator<Item = &'a str> {
    case.activities().iter().map(|code| log.context().activities.name(*code))
}

/// An attribute by name, whatever its case and separators.
fn find<'a>(log: &'a EventLog, wanted: &str) -> Option<&'a Attribute> {
    let known = &log.context().attributes;
    let of_event = known
        .iter()
        .find(|known| known.level == AttributeLevel::Event && folded(&known.name) == wanted);
    of_event.or_else(|| known.iter().find(|known| folded(&known.name) == wanted))
}

/// A name without what is not letter or digit, in small letters: `Source_System` is `sourcesystem`.
fn folded(name: &str) -> String {
    name.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn missing_in_file(name: &str, log: &EventLog) -> Problem {
    missing(log, say!("There is no column \"{name}\" in the file.", name))
}

fn missing(log: &EventLog, detail: Sentence) -> Problem {
    let known: Vec<&str> =
        log.context().attributes.iter().map(|known| known.name.as_str()).collect();
    Problem::new(ErrorCode::ColumnNotFound, detail)
        .in_parameter("key")
        .with_hint(say!("It has case, activity, time and: {known}.", known))
}

enum BoundPart<'a> {
    Case,
    Activity,
    Time,
    Attribute(&'a Attribute),
    Blank,
}

/// A key whose columns are known.
pub(super) struct BoundKey<'a> {
    log: &'a EventLog,
    parts: Vec<BoundPart<'a>>,
}

impl BoundKey<'_> {
    /// The key of an event; `None` where a part of it is blank (an absent sequence is a part of
    /// its own).
    pub(super) fn of_event(&self, case: &Case<'_>, event_idx: usize) -> Option<u128> {
        let mut hash = Xxh3::new();
        let mut text = |text: &str| {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        let mut values = Vec::new();
        for part in &self.parts {
            match part {
                BoundPart::Case => text(case.id()),
                BoundPart::Activity => {
                    text(self.log.context().activities.name(case.activities()[event_idx]));
                }
                BoundPart::Time => text(&case.times_us()[event_idx].to_string()),
                BoundPart::Attribute(known) if folded(&known.name) == SEQUENCE => {
                    values.push(case.value(known, event_idx));
                }
                BoundPart::Attribute(known) => {
                    values.push(Some(case.value(known, event_idx)?));
                }
                BoundPart::Blank => values.push(None),
            }
        }
        for value in &values {
            add_value(&mut hash, value.as_ref());
        }
        Some(hash.digest128())
    }
}
