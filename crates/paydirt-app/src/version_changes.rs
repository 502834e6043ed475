//! What is different between a version of a log and the one it came from?

use std::sync::atomic::Ordering;

use paydirt_mining::changes::{self, ActivityMarks, CaseIndex};
pub use paydirt_mining::changes::{ActivityChange, AttributeName, Changes};
pub use paydirt_mining::statistics::duration_bag::DurationStatistics;
use paydirt_model::event_log::{CaseNotion, EventLog};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_store::entries::{LogId, VersionNumber};
use serde::Serialize;
use utoipa::ToSchema;

use crate::analyse::Running;
use crate::catalogue::version_id;
use crate::parallel;
use crate::workspace::Workspace;

/// What is different between two versions of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionChanges {
    /// The later version: number of the log, `@`, number of the version.
    pub version: String,
    /// The version it is compared with.
    pub since: String,
    /// What a case is.
    pub notion: CaseNotion,
    /// What came, went and changed.
    #[serde(flatten)]
    pub changes: Changes,
}

/// Compares a version with an earlier one, or with the one it was made from.
///
/// # Errors
/// There is no such version, nothing to compare it with, or the work was cancelled.
pub fn of(
    workspace: &Workspace,
    (log, number, notion): (LogId, VersionNumber, CaseNotion),
    since: Option<VersionNumber>,
    running: Running<'_>,
) -> Result<VersionChanges, Problem> {
    let since = match since {
        Some(since) => since,
        None => earlier(workspace, log, number)?,
    };
    let before = workspace.open_log(log, since, notion)?;
    let after = workspace.open_log(log, number, notion)?;
    let marks = [&before, &after].map(|log| ActivityMarks::of(log.context()));
    let earlier = indexed(&before, &marks[0], running)?;
    let later = indexed(&after, &marks[1], running)?;
    let changes = changes::compare(
        changes::Version { log: &before, marks: &marks[0], index: earlier },
        changes::Version { log: &after, marks: &marks[1], index: later },
    );
    let (version, since) = (version_id(log, number), version_id(log, since));
    Ok(VersionChanges { version, since, notion, changes })
}

/// The version that this one was made from, or the newest before it where that one is gone.
fn earlier(
    workspace: &Workspace,
    log: LogId,
    number: VersionNumber,
) -> Result<VersionNumber, Problem> {
    let parent = workspace.version(log, number)?.parent;
    let versions = workspace.versions(log)?;
    let mut usable = versions.iter().filter(|one| one.number < number.0 && one.damaged.is_none());
    let is_parent = |one: &&crate::catalogue::Version| Some(one.number) == parent;
    let newest = usable.clone().next();
    let found = usable.find(is_parent).or(newest);
    found.map(|one| VersionNumber(one.number)).ok_or_else(|| {
        let id = version_id(log, number);
        Problem::new(
            ErrorCode::VersionNotFound,
            say!("There is no version before {id} to compare it with.", id),
        )
        .with_hint(say!("Import further data into the log first."))
    })
}

fn indexed(
    log: &EventLog,
    marks: &ActivityMarks,
    running: Running<'_>,
) -> Result<CaseIndex, Problem> {
    let segments: Vec<_> = log.segments().iter().enumerate().collect();
    let found = parallel::map(segments, running.threads, |(number, segment)| {
        let is_wanted = !running.cancelled.load(Ordering::Relaxed);
        is_wanted.then(|| changes::index(log.context(), marks, number, segment))
    });
    let mut all = CaseIndex::default();
    for index in found {
        let index = index.ok_or_else(|| {
            Problem::new(ErrorCode::Cancelled, say!("The comparison was cancelled."))
        })?;
        all = all.with(index);
    }
    Ok(all)
}
