//! How stored logs change, leave and go: report, roll back, rename, pin, retention, delete, export.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use paydirt_model::event_log::CaseNotion;
use paydirt_model::language::Language;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::sentence::stored;
use paydirt_store::entries::{LogId, VersionNumber};
use serde_json::Value;

use crate::catalogue::{Log, RetentionRule, Version, version_id};
use crate::convert::{self, OutputFormat};
use crate::workspace::Workspace;

/// Applies the retention of a log after a new version. What cannot be deleted now is tried again
/// after the next version.
pub(crate) fn clear_away(workspace: &Workspace, log: LogId) -> Vec<String> {
    let gone = workspace.store().apply_retention(log, workspace.now()).unwrap_or_default();
    for &number in &gone {
        workspace.forget(log, Some(number));
    }
    gone.into_iter().map(|number| version_id(log, number)).collect()
}

/// The import report of a version as JSON, told in a language.
///
/// # Errors
/// There is no such version, or its report cannot be read.
pub fn report(
    workspace: &Workspace,
    log: LogId,
    number: VersionNumber,
    language: Language,
) -> Result<Value, Problem> {
    let text = workspace.store().report(log, number)?;
    let mut report = serde_json::from_str(&text).map_err(|error| {
        let id = version_id(log, number);
        let detail = say!(
            "The import report of version {id} cannot be read: {error}.",
            id,
            error = error.to_string()
        );
        Problem::new(ErrorCode::DamagedFile, detail)
    })?;
    stored::tell(&mut report, language);
    Ok(report)
}

/// Makes an earlier version the current one.
///
/// # Errors
/// There is no such version, or it is damaged.
pub fn roll_back(workspace: &Workspace, log: LogId, number: VersionNumber) -> Result<Log, Problem> {
    workspace.store().roll_back(log, number)?;
    workspace.log(log)
}

/// Gives a log another name.
///
/// # Errors
/// There is no such log, or the name is taken or not allowed.
pub fn rename(workspace: &Workspace, log: LogId, name: &str) -> Result<Log, Problem> {
    workspace.store().rename(log, name)?;
    workspace.log(log)
}

/// The versions that a rule would delete at once, the newest first.
///
/// # Errors
/// There is no such log, or the rule keeps nothing.
pub fn not_kept(
    workspace: &Workspace,
    log: LogId,
    rule: RetentionRule,
) -> Result<Vec<VersionNumber>, Problem> {
    workspace.store().not_kept(log, rule.checked()?, workspace.now())
}

/// Sets which versions are kept, and deletes those that are not; the log and the ids of the
/// versions that are gone.
///
/// # Errors
/// There is no such log, or the rule keeps nothing.
pub fn set_retention(
    workspace: &Workspace,
    log: LogId,
    rule: RetentionRule,
) -> Result<(Log, Vec<String>), Problem> {
    workspace.store().set_retention(log, rule.checked()?)?;
    let gone = clear_away(workspace, log);
    Ok((workspace.log(log)?, gone))
}

/// Keeps a version whatever the retention says, or no longer.
///
/// # Errors
/// There is no such version.
pub fn pin(
    workspace: &Workspace,
    log: LogId,
    number: VersionNumber,
    pinned: bool,
) -> Result<Version, Problem> {
    workspace.store().pin(log, number, pinned)?;
    workspace.version(log, number)
}

/// Deletes one version.
///
/// # Errors
/// There is no such version, or it is the current one or pinned.
pub fn delete_version(
    workspace: &Workspace,
    log: LogId,
    number: VersionNumber,
) -> Result<(), Problem> {
    workspace.store().delete_version(log, number)?;
    workspace.forget(log, Some(number));
    Ok(())
}

/// Deletes a log with all its versions.
///
/// # Errors
/// There is no such log.
pub fn delete_log(workspace: &Workspace, log: LogId) -> Result<(), Problem> {
    workspace.store().delete_log(log)?;
    workspace.forget(log, None);
    Ok(())
}

/// Which attributes leave with a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Those of the data: what was stored comes back.
    Stored,
    /// The computed ones too, by the newest settings.
    WithComputed,
}

/// Writes a version as a file; returns notes on what the format cannot hold.
///
/// # Errors
/// There is no such version, it is damaged, the file cannot be written, or the work was cancelled.
pub fn export(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    (path, format): (&Path, OutputFormat),
    leaving: Leaving,
    cancelled: &AtomicBool,
) -> Result<Vec<Sentence>, Problem> {
    let open = match leaving {
        Leaving::Stored => workspace.open_log(log, number, notion)?,
        Leaving::WithComputed => workspace.open_seen((log, number, notion), None)?,
    };
    open.load_all().map_err(|problem| workspace.explain(problem, log, number))?;
    convert::write_log(&open, path, format, cancelled)
}

/// What a file of each of these formats would leave out of a version, as [`export`] notes it.
///
/// # Errors
/// There is no such version, or it is damaged.
pub fn export_losses(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    formats: &[OutputFormat],
) -> Result<Vec<Vec<Sentence>>, Problem> {
    let open = workspace.open_log(log, number, notion)?;
    let explained = |problem| workspace.explain(problem, log, number);
    open.load_all().map_err(explained)?;
    formats.iter().map(|&format| convert::notes_before(&open, format)).collect()
}
