//! What a user saves under a name: a page as it was chosen, or a list of filters.
//!
//! Until there is sign-in, everything saved belongs to everybody who may use the data.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use paydirt_store::entries::{LogId, ViewEntry, ViewId, ViewKind};
use paydirt_store::views::{NewView, ViewChange};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::workspace::Workspace;

/// Most characters in the name of a page.
const PAGE_CHARS_MAX: usize = 40;

/// What is saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Saved {
    /// A page with everything that was chosen on it.
    View {
        /// The page, as the web interface names it in its address.
        page: String,
        /// What was chosen: the parameters of the address.
        #[schema(value_type = Object)]
        state: Map<String, Value>,
    },
    /// A list of filters, for any page of the log.
    Filters {
        /// The filters, applied one after another.
        #[schema(value_type = Vec<Object>)]
        filters: Vec<Map<String, Value>>,
    },
}

/// What was saved under a name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SavedView {
    /// Its number, which never changes.
    pub id: u64,
    /// Its name; no other of the same kind in the log has it.
    pub name: String,
    /// What is saved.
    #[serde(flatten)]
    pub saved: Saved,
    /// When it was first saved.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Saved {
    fn kind(&self) -> ViewKind {
        match self {
            Saved::View { .. } => ViewKind::View,
            Saved::Filters { .. } => ViewKind::Filters,
        }
    }

    /// The content as the store keeps it.
    fn content(&self) -> Result<String, Problem> {
        if let Saved::View { page, .. } = self {
            let is_word = |sign: char| sign.is_ascii_lowercase() || sign == '-';
            let length = page.chars().count();
            if !(1..=PAGE_CHARS_MAX).contains(&length) || !page.chars().all(is_word) {
                return Err(Problem::new(
                    ErrorCode::InvalidParameters,
                    say!("\"{page}\" is not the name of a page.", page),
                )
                .in_parameter("page")
                .with_hint(say!("Give the page as its address has it, such as map.")));
            }
        }
        Ok(serde_json::to_string(self).expect("what is saved is plain data"))
    }
}

fn told(entry: ViewEntry) -> Result<SavedView, Problem> {
    let saved = serde_json::from_str(&entry.content).map_err(|error| {
        let name = entry.name.clone();
        Problem::new(
            ErrorCode::StoreFailed,
            say!(
                "The saved view \"{name}\" cannot be read: {error}.",
                name,
                error = error.to_string()
            ),
        )
        .with_hint(say!("It may have been saved by a later release; delete it, or use that one."))
    })?;
    Ok(SavedView {
        id: entry.id.0,
        name: entry.name,
        saved,
        created_at: entry.created_at,
        updated_at: entry.updated_at,
    })
}

/// Everything saved for a log, filters before views, each by name.
///
/// # Errors
/// There is no such log.
pub fn all(workspace: &Workspace, log: LogId) -> Result<Vec<SavedView>, Problem> {
    workspace.store().views(log)?.into_iter().map(told).collect()
}

/// One thing saved for a log.
///
/// # Errors
/// There is no such log, or nothing is saved under this number.
pub fn one(workspace: &Workspace, log: LogId, id: ViewId) -> Result<SavedView, Problem> {
    told(workspace.store().view(log, id)?)
}

/// Saves under a new name; what was deleted, under the number it had.
///
/// # Errors
/// There is no such log, the name is taken or not allowed, there is too much of it, or nothing was
/// deleted under that number.
pub fn save(
    workspace: &Workspace,
    log: LogId,
    (name, again): (&str, Option<ViewId>),
    saved: &Saved,
) -> Result<SavedView, Problem> {
    let content = saved.content()?;
    let new = NewView { log, again, kind: saved.kind(), name, content: &content };
    told(workspace.store().save_view(&new, workspace.now())?)
}

/// What is to be changed of what is saved.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// A new name.
    pub name: Option<String>,
    /// What is saved from now on.
    pub saved: Option<Saved>,
    /// Only if nobody has changed it since then: `updated_at` as it was told.
    pub unchanged_since: Option<String>,
}

/// Changes the name, what is saved, or both.
///
/// # Errors
/// There is no such log or view, somebody else has changed it, the name is taken or not allowed,
/// there is too much of it, or it would become of another kind.
pub fn change(
    workspace: &Workspace,
    (log, id): (LogId, ViewId),
    Change { name, saved, unchanged_since }: &Change,
) -> Result<SavedView, Problem> {
    let kind = workspace.store().view(log, id)?.kind;
    if saved.as_ref().is_some_and(|saved| saved.kind() != kind) {
        return Err(Problem::new(
            ErrorCode::InvalidParameters,
            say!("A saved view stays a view, and a list of filters stays one."),
        )
        .in_parameter("saved")
        .with_hint(say!("Save it under a name of its own.")));
    }
    let content = saved.as_ref().map(Saved::content).transpose()?;
    let unchanged_since = unchanged_since.as_deref().map(instant).transpose()?;
    let (name, content) = (name.as_deref(), content.as_deref());
    let change = ViewChange { name, content, unchanged_since };
    told(workspace.store().change_view((log, id), &change, workspace.now())?)
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    Timestamp::parse(text).ok_or_else(|| {
        let detail = say!("\"{text}\" is not an instant.", text);
        Problem::new(ErrorCode::InvalidParameters, detail)
            .in_parameter("unchanged_since")
            .with_hint(say!("Give the time of the last change as it was told."))
    })
}

/// Forgets what was saved.
///
/// # Errors
/// There is no such log, or nothing is saved under this number.
pub fn delete(workspace: &Workspace, log: LogId, id: ViewId) -> Result<(), Problem> {
    workspace.store().delete_view(log, id)
}

/// What is saved under a name: a view or a list of filters.
///
/// # Errors
/// There is no such log, or nothing has this name; or several things have, and the number of one
/// must be said.
pub fn find(workspace: &Workspace, log: LogId, name: &str) -> Result<SavedView, Problem> {
    let wanted = name.trim().to_lowercase();
    let saved = all(workspace, log)?;
    let is_wanted =
        |view: &&SavedView| view.name.to_lowercase() == wanted || wanted.parse() == Ok(view.id);
    let mut found = saved.iter().filter(is_wanted);
    match (found.next(), found.next()) {
        (Some(view), None) => Ok(view.clone()),
        (Some(_), Some(_)) => Err(Problem::new(
            ErrorCode::WrongUsage,
            say!("Several things are saved under \"{name}\".", name),
        )
        .with_hint(say!("Give the number of one of them, as the list shows it."))),
        (None, _) => {
            let names: Vec<String> = saved.into_iter().map(|view| view.name).collect();
            let problem = Problem::new(
                ErrorCode::ViewNotFound,
                say!("Nothing is saved under \"{name}\".", name),
            );
            Err(if names.is_empty() {
                problem.with_hint(say!("Nothing is saved for this log yet."))
            } else {
                problem.with_hint(say!("Saved are: {names}.", names))
            })
        }
    }
}
