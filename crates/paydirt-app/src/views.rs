//! What a user saves for a log: a page as it was chosen, a list of filters, or a target time.
//!
//! Until there is sign-in, everything saved belongs to everybody who may use the data.

pub use paydirt_mining::operators::targets::Target;
use paydirt_model::objects::tagged;
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
    /// The longest time that something should take. It has no name but what it is for, and a log
    /// has one for each.
    Target {
        /// What it is for, and the longest time.
        #[serde(deserialize_with = "tagged")]
        target: Target,
    },
}

/// What was saved under a name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SavedView {
    /// Its number, which never changes.
    pub id: u64,
    /// Its name, of a target what it is for; no other of the same kind in the log has it.
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
            Saved::Target { .. } => ViewKind::Target,
        }
    }

    /// The name that it has by itself, where it has one.
    fn own_name(&self) -> Option<String> {
        match self {
            Saved::View { .. } | Saved::Filters { .. } => None,
            Saved::Target { target } => Some(name_of(target)),
        }
    }

    /// The name under which it is saved.
    fn named<'a>(&'a self, wanted: Option<&'a str>) -> Result<String, Problem> {
        let Some(own) = self.own_name() else {
            return Ok(wanted.unwrap_or_default().to_owned());
        };
        if wanted.is_none_or(|wanted| wanted == own) { Ok(own) } else { Err(no_other_name()) }
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
        if let Saved::Target { target } = self {
            target.check()?;
        }
        Ok(serde_json::to_string(self).expect("what is saved is plain data"))
    }
}

/// What a target is for, in quotes so that no two are alike.
fn name_of(target: &Target) -> String {
    let quoted = |name: &str| serde_json::to_string(name).expect("a text is plain data");
    match target {
        Target::Path { from, to, .. } => format!("{} → {}", quoted(from), quoted(to)),
        Target::Wait { activity, .. } => format!("{} → …", quoted(activity)),
        Target::Work { activity, .. } => quoted(activity),
        Target::Case { .. } => "…".to_owned(),
    }
}

fn no_other_name() -> Problem {
    let detail = say!("A target is named after what it is for, and has no other name.");
    Problem::new(ErrorCode::InvalidParameters, detail)
        .in_parameter("name")
        .with_hint(say!("Leave the name out."))
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

/// Everything saved for a log: filters, targets, views, each by name.
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

/// Saves under a new name; what was deleted, under the number it had. A target needs no name.
///
/// # Errors
/// There is no such log, the name is taken or not allowed, there is too much of it, or nothing was
/// deleted under that number.
pub fn save(
    workspace: &Workspace,
    log: LogId,
    (name, again): (Option<&str>, Option<ViewId>),
    saved: &Saved,
) -> Result<SavedView, Problem> {
    let content = saved.content()?;
    let name = saved.named(name)?;
    let new = NewView { log, again, kind: saved.kind(), name: &name, content: &content };
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
    let known = workspace.store().view(log, id)?;
    if let Some(saved) = saved {
        refuse_other(&known, saved)?;
    }
    let is_renamed = name.as_ref().is_some_and(|name| *name != known.name);
    if known.kind == ViewKind::Target && is_renamed {
        return Err(no_other_name());
    }
    let content = saved.as_ref().map(Saved::content).transpose()?;
    let unchanged_since = unchanged_since.as_deref().map(instant).transpose()?;
    let (name, content) = (name.as_deref(), content.as_deref());
    let change = ViewChange { name, content, unchanged_since };
    told(workspace.store().change_view((log, id), &change, workspace.now())?)
}

/// Refuses to make something else of what is saved.
fn refuse_other(known: &ViewEntry, saved: &Saved) -> Result<(), Problem> {
    let (detail, hint) = if saved.kind() != known.kind {
        let detail = say!("A saved view stays a view, and a list of filters stays one.");
        (detail, say!("Save it under a name of its own."))
    } else if saved.own_name().is_some_and(|name| name != known.name) {
        let detail = say!("A target stays the target of what it is for.");
        (detail, say!("Save a target of its own for the other."))
    } else {
        return Ok(());
    };
    Err(Problem::new(ErrorCode::InvalidParameters, detail).in_parameter("saved").with_hint(hint))
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    Timestamp::parse(text).ok_or_else(|| {
        let detail = say!("\"{text}\" is not an instant.", text);
        Problem::new(ErrorCode::InvalidParameters, detail)
            .in_parameter("unchanged_since")
            .with_hint(say!("Give the time of the last change as it was told."))
    })
}

/// Forgets what was saved; where a time is given, only if nobody has changed it since then.
///
/// # Errors
/// There is no such log, nothing is saved under this number, or somebody else has changed it.
pub fn delete(
    workspace: &Workspace,
    place: (LogId, ViewId),
    unchanged_since: Option<&str>,
) -> Result<(), Problem> {
    let unchanged_since = unchanged_since.map(instant).transpose()?;
    workspace.store().delete_view(place, unchanged_since)
}

/// The target that is saved for what another one is for.
///
/// # Errors
/// There is no such log.
pub fn target_like(
    workspace: &Workspace,
    log: LogId,
    target: &Target,
) -> Result<Option<SavedView>, Problem> {
    let name = name_of(target);
    let is_it = |view: &SavedView| matches!(view.saved, Saved::Target { .. }) && view.name == name;
    Ok(all(workspace, log)?.into_iter().find(is_it))
}

/// Sets a target, in place of the one that is saved for the same.
///
/// # Errors
/// There is no such log, the time cannot be a target, or there are too many.
pub fn set_target(workspace: &Workspace, log: LogId, target: Target) -> Result<SavedView, Problem> {
    let known = target_like(workspace, log, &target)?;
    let saved = Saved::Target { target };
    match known {
        None => save(workspace, log, (None, None), &saved),
        Some(known) => {
            let set = Change { saved: Some(saved), ..Change::default() };
            change(workspace, (log, ViewId(known.id)), &set)
        }
    }
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
