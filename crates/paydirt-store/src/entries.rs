//! What the catalogue knows about logs, versions, saved views and jobs.

use std::fmt;

use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The number of a log in its store; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogId(pub u64);

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number of a version in its log; later versions have larger numbers, and none is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VersionNumber(pub u64);

impl fmt::Display for VersionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which versions stay when old ones are cleared away. A version stays if either rule keeps it;
/// the current one and pinned ones always stay. Without a rule everything stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// The newest so many versions stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_versions: Option<u32>,
    /// Versions published in the last so many days (of 24 hours) stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_days: Option<u32>,
}

/// What made a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A file was imported as a log of its own.
    Import,
    /// Events were added to those there were.
    Append,
    /// Events were added or, where their key was known, replaced.
    Upsert,
    /// A file took the place of all events there were.
    Replace,
    /// The demo log was made.
    Demo,
}

impl Action {
    /// The word in the catalogue and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Import => "import",
            Action::Append => "append",
            Action::Upsert => "upsert",
            Action::Replace => "replace",
            Action::Demo => "demo",
        }
    }

    /// The action of a word in the catalogue.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let all = [Action::Import, Action::Append, Action::Upsert, Action::Replace, Action::Demo];
        all.into_iter().find(|action| action.as_str() == word)
    }
}

/// A log as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number.
    pub id: LogId,
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// The version that answers when none is named; `None` before the first is published.
    pub current: Option<VersionNumber>,
    /// How many versions there are.
    pub version_count: u64,
    /// Which versions stay when old ones are cleared away.
    pub retention: Retention,
}

/// One immutable state of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionEntry {
    /// The log it belongs to.
    pub log: LogId,
    /// Its number.
    pub number: VersionNumber,
    /// The version that was current when it was published.
    pub parent: Option<VersionNumber>,
    /// When it was published.
    pub created_at: Timestamp,
    /// What made it.
    pub action: Action,
    /// The names of the files it was made from.
    pub source: String,
    /// Cases of its main log.
    pub cases: u64,
    /// Events of its main log.
    pub events: u64,
    /// The first event of its main log.
    pub first_event_at: Option<Timestamp>,
    /// The last event of its main log.
    pub last_event_at: Option<Timestamp>,
    /// The IANA zone of its days; `None` where it is damaged, and an earlier release wrote it.
    pub time_zone: Option<String>,
    /// Length of its files together; files it has in common with its parent count in both.
    pub bytes: u64,
    /// Whether it is kept until it is unpinned.
    pub pinned: bool,
    /// Whether it answers when no version is named.
    pub is_current: bool,
    /// Why it cannot be used, if it cannot.
    pub damaged: Option<Sentence>,
    /// The case notions it has a log for, the main one first.
    pub notions: Vec<CaseNotion>,
}

/// A version to be published.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// The log it belongs to.
    pub log: LogId,
    /// What made it.
    pub action: Action,
    /// The names of the files it was made from.
    pub source: &'a str,
    /// The current version it was made from; `None` when the log had none.
    pub parent: Option<VersionNumber>,
    /// One log for each case notion, the main one first.
    pub logs: &'a [&'a EventLog],
    /// The import report as JSON.
    pub report: &'a str,
    /// The settings of the import as JSON.
    pub settings: &'a str,
    /// When it is published.
    pub created_at: Timestamp,
}

/// The number of a saved view in its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ViewId(pub u64);

/// What is saved under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewKind {
    /// A page with everything that was chosen on it.
    View,
    /// A list of filters, for any page.
    Filters,
    /// A target time of the log.
    Target,
    /// One version of what was chosen about the analysis; its name is its number.
    Settings,
}

impl ViewKind {
    /// The word in the catalogue and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ViewKind::View => "view",
            ViewKind::Filters => "filters",
            ViewKind::Target => "target",
            ViewKind::Settings => "settings",
        }
    }

    /// The kind of a word in the catalogue.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [ViewKind::View, ViewKind::Filters, ViewKind::Target, ViewKind::Settings]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// A saved view; what `content` says is the caller's matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewEntry {
    /// Its number.
    pub id: ViewId,
    /// The log it belongs to.
    pub log: LogId,
    /// What it is.
    pub kind: ViewKind,
    /// Its name, of which there is one for each kind in a log.
    pub name: String,
    /// Everything else about it.
    pub content: String,
    /// When it was first saved.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What was chosen about the analysis of a log, as it was after one of the changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenEntry {
    /// How many changes it is after; 1 is the first.
    pub number: u64,
    /// What was chosen; what it says is the caller's matter.
    pub content: String,
    /// When it was changed.
    pub changed_at: Timestamp,
}

/// A job as it is kept over a restart; what `kind`, `state` and `json` say is the caller's matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Its number, given by [`Store::new_job_id`](crate::store::Store::new_job_id).
    pub id: u64,
    /// What it does.
    pub kind: String,
    /// How far it is: one of the words in [`crate::jobs`], or another word of the caller.
    pub state: String,
    /// Everything else about it.
    pub json: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}
