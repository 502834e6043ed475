//! What would a file change in a stored log, and how would it be read? Asked before it is added.

use paydirt_model::event_log::EventLog;
use paydirt_model::mapping::ImportReport;
use paydirt_model::problem::Problem;

use crate::import::ImportSettings;
use crate::merge::{self, JoinPreview, Joining, MergeCounts};
use crate::recipe::{RecipeMode, RecipeTarget};
use crate::steps::Steps;
use crate::stored_import::{ImportTarget, Target, no_process, rule, text_columns};
use crate::workspace::Workspace;

/// A stored log that a file may be added to.
pub struct JoinTarget {
    target: Target,
    order: ImportTarget,
    /// Name of the log.
    name: Option<String>,
}

impl JoinTarget {
    /// The log as it is now.
    ///
    /// # Errors
    /// There is no such log, or it cannot be read.
    pub fn of(workspace: &Workspace, order: &ImportTarget) -> Result<Self, Problem> {
        let name = order.log().map(|log| workspace.store().log(log)).transpose()?;
        let name = name.map(|entry| entry.name);
        Ok(JoinTarget { target: Target::of(workspace, order)?, order: order.clone(), name })
    }

    /// Where a recipe says that the events go.
    #[must_use]
    pub fn recipe_target(&self) -> RecipeTarget {
        let (mode, key) = match &self.order {
            ImportTarget::New(_) => (RecipeMode::New, Vec::new()),
            ImportTarget::Append(_) => (RecipeMode::Append, Vec::new()),
            ImportTarget::Upsert(_, key) if key.is_empty() => {
                (RecipeMode::Upsert, self.target.kept.key.clone())
            }
            ImportTarget::Upsert(_, key) => (RecipeMode::Upsert, key.clone()),
            ImportTarget::Replace(_) => (RecipeMode::Replace, Vec::new()),
        };
        let log = self.name.clone();
        RecipeTarget { files: Vec::new(), log, mode: Some(mode), key }
    }

    /// How a file is read for this log: as the user says, else as the log was read last.
    #[must_use]
    pub fn settings(&self, given: Option<&ImportSettings>) -> ImportSettings {
        let mut settings = given.unwrap_or(&self.target.kept.reading).clone();
        let is_replacing = matches!(self.order, ImportTarget::Replace(_));
        if let Some(base) = self.target.base.as_deref().filter(|_| !is_replacing) {
            settings.text_columns = text_columns(base);
            let process = &self.target.kept.reading.process;
            settings.process =
                settings.process.or_else(|| process.clone()).or_else(|| Some(no_process()));
        }
        settings
    }

    /// What adding the events would change.
    ///
    /// # Errors
    /// The events cannot be added, or the work was cancelled.
    pub fn preview(
        &self,
        added: &EventLog,
        report: &ImportReport,
        steps: Steps<'_>,
    ) -> Result<JoinPreview, Problem> {
        let Some(base) = &self.target.base else { return Ok(all_is_new(added)) };
        if matches!(self.order, ImportTarget::Replace(_)) {
            return Ok(merge::preview_replace(base, added));
        }
        let mut kept = self.target.kept.clone();
        let rule = rule(base, added, &self.order, &mut kept, report)?;
        let joining = Joining { threads: steps.threads, cancelled: steps.cancelled };
        merge::preview(base, added, &rule, joining)
    }
}

/// The log has no version yet.
fn all_is_new(added: &EventLog) -> JoinPreview {
    let context = added.context();
    JoinPreview {
        counts: MergeCounts { inserted: context.event_count, ..MergeCounts::default() },
        new_events: context.event_count,
        new_cases: context.case_count,
        grown_cases: 0,
        gone_events: 0,
        late_events: 0,
        late_cases: 0,
        earlier_events: 0,
        later_events: 0,
        first_event_at: None,
        last_event_at: None,
        time_zone: context.time_zone.name().to_owned(),
        cases: context.case_count,
        events: context.event_count,
        new_activities: Vec::new(),
        new_columns: Vec::new(),
        missing_columns: Vec::new(),
        notes: Vec::new(),
    }
}
