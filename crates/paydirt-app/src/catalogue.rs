//! How logs and versions are told to a user: the same fields for the server and the command line.

use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use paydirt_store::entries::{Action, LogEntry, LogId, Retention, VersionEntry, VersionNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which versions of a log are kept when newer ones come. The current version and pinned ones are
/// always kept; without a rule every version is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// The newest so many versions are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub keep_versions: Option<u32>,
    /// Versions of the last so many days are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub keep_days: Option<u32>,
}

impl RetentionRule {
    /// The rule as the store keeps it.
    ///
    /// # Errors
    /// It would keep nothing.
    pub(crate) fn checked(self) -> Result<Retention, Problem> {
        if self.keep_versions == Some(0) || self.keep_days == Some(0) {
            return Err(Problem::new(
                ErrorCode::InvalidParameters,
                say!("A rule of retention keeps at least 1 version or 1 day."),
            )
            .in_parameter("retention")
            .with_hint(say!("Leave the field out to keep every version.")));
        }
        Ok(Retention { keep_versions: self.keep_versions, keep_days: self.keep_days })
    }
}

/// A stored log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Log {
    /// Its number, which never changes.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Which versions are kept.
    pub retention: RetentionRule,
    /// The version that is shown when none is named; `null` while there is none.
    pub current: Option<Version>,
    /// How many versions there are.
    pub version_count: u64,
}

impl Log {
    pub(crate) fn of(entry: &LogEntry, current: Option<&VersionEntry>) -> Self {
        let Retention { keep_versions, keep_days } = entry.retention;
        Log {
            id: entry.id.0,
            name: entry.name.clone(),
            created_at: entry.created_at,
            retention: RetentionRule { keep_versions, keep_days },
            current: current.map(Version::of),
            version_count: entry.version_count,
        }
    }
}

/// What made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VersionAction {
    /// A file as a new log.
    Import,
    /// Further events, all kept.
    Append,
    /// Events that replaced those of equal key.
    Upsert,
    /// A file in the place of all events.
    Replace,
    /// The demo world.
    Demo,
}

/// A version of a stored log; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Version {
    /// Number of the log, `@`, number of the version.
    pub id: String,
    /// Its number within the log.
    pub number: u64,
    /// The version it was made from.
    pub parent: Option<u64>,
    /// What made it.
    pub action: VersionAction,
    /// Names of the files it was made from.
    #[schema(value_type = String)]
    pub source: Sentence,
    /// When it was published.
    pub created_at: Timestamp,
    /// Cases of the main log.
    pub cases: u64,
    /// Events of the main log.
    pub events: u64,
    /// The first event.
    pub first_event_at: Option<Timestamp>,
    /// The last event.
    pub last_event_at: Option<Timestamp>,
    /// The IANA zone of its days; `null` where it is not known, as of a damaged version.
    pub time_zone: Option<String>,
    /// Size of its files.
    pub bytes: u64,
    /// Whether retention leaves it alone.
    pub pinned: bool,
    /// Whether it is the one that is shown when none is named.
    pub is_current: bool,
    /// Why it cannot be read, if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub damaged: Option<Sentence>,
    /// What a case is in its logs, the main one first.
    pub notions: Vec<CaseNotion>,
}

impl Version {
    pub(crate) fn of(entry: &VersionEntry) -> Self {
        Version {
            id: version_id(entry.log, entry.number),
            number: entry.number.0,
            parent: entry.parent.map(|parent| parent.0),
            action: match entry.action {
                Action::Import => VersionAction::Import,
                Action::Append => VersionAction::Append,
                Action::Upsert => VersionAction::Upsert,
                Action::Replace => VersionAction::Replace,
                Action::Demo => VersionAction::Demo,
            },
            source: match entry.action {
                Action::Demo => Sentence::of_stored_text(&entry.source),
                Action::Import | Action::Append | Action::Upsert | Action::Replace => {
                    Sentence::from(entry.source.as_str())
                }
            },
            created_at: entry.created_at,
            cases: entry.cases,
            events: entry.events,
            first_event_at: entry.first_event_at,
            last_event_at: entry.last_event_at,
            time_zone: entry.time_zone.clone(),
            bytes: entry.bytes,
            pinned: entry.pinned,
            is_current: entry.is_current,
            damaged: entry.damaged.clone(),
            notions: entry.notions.clone(),
        }
    }
}

impl Version {
    /// The same version, told in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.source.tell_in(language);
        self.damaged.iter_mut().for_each(|damaged| damaged.tell_in(language));
        self
    }
}

impl Log {
    /// The same log, told in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.current = self.current.map(|version| version.told_in(language));
        self
    }
}

/// The id of a version: number of the log, `@`, number of the version.
#[must_use]
pub fn version_id(log: LogId, number: VersionNumber) -> String {
    format!("{log}@{number}")
}

/// A log and, where it is named, a version: `3@7` or `3`.
///
/// # Errors
/// The text is no such id.
pub fn parse_version_id(text: &str) -> Result<(LogId, Option<VersionNumber>), Problem> {
    let parts = match text.split_once('@') {
        Some((log, number)) => (log.parse().ok(), Some(number.parse().ok())),
        None => (text.parse().ok(), None),
    };
    match parts {
        (Some(log), None) => Ok((LogId(log), None)),
        (Some(log), Some(Some(number))) => Ok((LogId(log), Some(VersionNumber(number)))),
        _ => Err(Problem::new(
            ErrorCode::VersionNotFound,
            say!("\"{text}\" is no version. Expected the number of a log, @ and a number.", text),
        )
        .in_parameter("version")),
    }
}

/// A log by name and, where it is named, the number of a version: `Deals@7` or `Deals`.
///
/// # Errors
/// What follows the `@` is no number.
pub fn parse_name(text: &str) -> Result<(&str, Option<VersionNumber>), Problem> {
    let Some((name, number)) = text.rsplit_once('@') else { return Ok((text, None)) };
    match number.parse() {
        Ok(number) => Ok((name, Some(VersionNumber(number)))),
        Err(_) => Err(Problem::new(
            ErrorCode::WrongUsage,
            say!("\"{number}\" is no version; expected a number after the @.", number),
        )
        .with_hint(say!("Name the current version by the log alone, an earlier one as NAME@3."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_named_by_number_or_by_name() {
        assert_eq!(parse_version_id("3@7").unwrap(), (LogId(3), Some(VersionNumber(7))));
        assert_eq!(parse_version_id("3").unwrap(), (LogId(3), None));
        for wrong in ["", "x", "3@", "3@x", "@7", "-3@7"] {
            assert!(parse_version_id(wrong).is_err(), "{wrong}");
        }
        assert_eq!(parse_name("Deals@7").unwrap(), ("Deals", Some(VersionNumber(7))));
        assert_eq!(parse_name("Deals").unwrap(), ("Deals", None));
        assert!(parse_name("Deals@x").is_err());
    }

    #[test]
    fn a_rule_that_keeps_nothing_is_refused() {
        let rule = RetentionRule { keep_versions: Some(0), keep_days: None };
        assert_eq!(rule.checked().unwrap_err().code, ErrorCode::InvalidParameters);
        assert!(RetentionRule::default().checked().is_ok());
    }
}
