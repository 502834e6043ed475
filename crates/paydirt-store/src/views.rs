//! What was saved under a name: views of a page, lists of filters, and target times.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use rusqlite::Connection;

use crate::card::CardView;
use crate::catalog::{self, views};
use crate::entries::{LogId, ViewEntry, ViewId, ViewKind};
use crate::names::Name;
use crate::problems;
use crate::store::Store;

/// Most views that a log may have, of all kinds together.
pub const VIEWS_MAX: usize = 500;
/// Most bytes of the content of a view.
pub const CONTENT_BYTES_MAX: usize = 64 << 10;

/// A view to be saved.
#[derive(Debug, Clone, Copy)]
pub struct NewView<'a> {
    /// The log it belongs to.
    pub log: LogId,
    /// The number it had before it was deleted, to be back under it; the next free one when absent.
    pub again: Option<ViewId>,
    /// What it is.
    pub kind: ViewKind,
    /// Its name.
    pub name: &'a str,
    /// Everything else about it.
    pub content: &'a str,
}

/// What is to be changed of a view.
#[derive(Debug, Clone, Copy, Default)]
pub struct ViewChange<'a> {
    /// A new name.
    pub name: Option<&'a str>,
    /// A new content.
    pub content: Option<&'a str>,
    /// Only if nobody has changed it since then.
    pub unchanged_since: Option<Timestamp>,
}

impl Store {
    /// The saved views of a log, by kind and name.
    ///
    /// # Errors
    /// The log does not exist.
    pub fn views(&self, log: LogId) -> Result<Vec<ViewEntry>, Problem> {
        let catalogue = self.catalogue();
        catalog::logs::get(catalogue.reader(), log)?;
        let mut all = views::all(catalogue.reader(), log)?;
        all.retain(|view| view.kind != ViewKind::Settings);
        Ok(all)
    }

    /// One saved view of a log.
    ///
    /// # Errors
    /// It does not exist.
    pub fn view(&self, log: LogId, id: ViewId) -> Result<ViewEntry, Problem> {
        let catalogue = self.catalogue();
        catalog::logs::get(catalogue.reader(), log)?;
        saved(catalogue.reader(), log, id)
    }

    /// Saves a view under a name that no other view of the log and the kind has.
    ///
    /// # Errors
    /// The log does not exist, the name is taken or cannot be used, the content is too long, there
    /// are [`VIEWS_MAX`] views already, or no view was deleted under the number it is to have.
    pub fn save_view(&self, new: &NewView<'_>, now: Timestamp) -> Result<ViewEntry, Problem> {
        let name = name_of(new.kind, new.name)?;
        refuse_long(new.content)?;
        let _switch = self.switch();
        let id = self.change(|transaction| {
            catalog::logs::get(transaction, new.log)?;
            refuse_taken(transaction, (new.log, new.kind), &name, None)?;
            let all = views::all(transaction, new.log)?;
            if all.iter().filter(|view| view.kind != ViewKind::Settings).count() >= VIEWS_MAX {
                return Err(too_many());
            }
            if let Some(id) = new.again {
                refuse_not_free(transaction, id)?;
            }
            let named = (name.name.as_str(), name.key.as_str());
            let place = (new.log, new.kind);
            views::insert(transaction, new.again, place, named, new.content, [now, now])
        })?;
        self.write_card(new.log);
        self.view(new.log, id)
    }

    /// Gives a view another name, another content, or both.
    ///
    /// # Errors
    /// The view does not exist, somebody else has changed it, the name is taken or cannot be used,
    /// or the content is too long.
    pub fn change_view(
        &self,
        (log, id): (LogId, ViewId),
        change: &ViewChange<'_>,
        now: Timestamp,
    ) -> Result<ViewEntry, Problem> {
        change.content.map_or(Ok(()), refuse_long)?;
        let _switch = self.switch();
        let changed = self.change(|transaction| {
            catalog::logs::get(transaction, log)?;
            let mut view = saved(transaction, log, id)?;
            if let Some(changed) = changed_after(&view, change.unchanged_since) {
                return Err(changed.with_hint(say!(
                    "Look at what is saved now, then save over it or under another name."
                )));
            }
            let name = name_of(view.kind, change.name.unwrap_or(&view.name))?;
            refuse_taken(transaction, (log, view.kind), &name, Some(id))?;
            view.name.clone_from(&name.name);
            if let Some(content) = change.content {
                content.clone_into(&mut view.content);
            }
            // Every change has a time of its own, whatever the clock does.
            let next = Timestamp::from_us(view.updated_at.as_us() + 1).unwrap_or(now);
            view.updated_at = now.max(next);
            views::update(transaction, &view, &name.key)?;
            Ok(view)
        })?;
        self.write_card(log);
        Ok(changed)
    }

    /// Deletes a view; where a time is given, only if nobody has changed it since then.
    ///
    /// # Errors
    /// It does not exist, or somebody else has changed it.
    pub fn delete_view(
        &self,
        (log, id): (LogId, ViewId),
        unchanged_since: Option<Timestamp>,
    ) -> Result<(), Problem> {
        let _switch = self.switch();
        self.change(|transaction| {
            catalog::logs::get(transaction, log)?;
            let view = saved(transaction, log, id)?;
            if let Some(changed) = changed_after(&view, unchanged_since) {
                return Err(
                    changed.with_hint(say!("Look at what is saved now before you delete it."))
                );
            }
            views::remove(transaction, id)
        })?;
        self.write_card(log);
        Ok(())
    }
}

/// A view that people see and change; versions of settings are none.
fn saved(connection: &Connection, log: LogId, id: ViewId) -> Result<ViewEntry, Problem> {
    let view = views::get(connection, log, id)?;
    if view.kind == ViewKind::Settings { Err(problems::no_view(log, id)) } else { Ok(view) }
}

/// Puts a view from the card of its log back into a catalogue that was made again.
pub(crate) fn put_back(
    connection: &Connection,
    log: LogId,
    view: &CardView,
) -> Result<(), Problem> {
    let times = [view.created_at_us, view.updated_at_us].map(Timestamp::from_us);
    // A card is no more trusted than any other file: what cannot be a view is not made one.
    let ([Some(created_at), Some(updated_at)], Ok(name)) = (times, name_of(view.kind, &view.name))
    else {
        return Ok(());
    };
    if refuse_taken(connection, (log, view.kind), &name, None).is_err() {
        return Ok(());
    }
    let named = (name.name.as_str(), name.key.as_str());
    let times = [created_at, updated_at];
    views::insert(connection, Some(view.id), (log, view.kind), named, &view.content, times)
        .map(|_| ())
}

fn name_of(kind: ViewKind, text: &str) -> Result<Name, Problem> {
    match kind {
        ViewKind::View | ViewKind::Filters => Name::of_view(text),
        ViewKind::Target | ViewKind::Settings => Ok(Name::of_target(text)),
    }
}

fn refuse_taken(
    connection: &Connection,
    (log, kind): (LogId, ViewKind),
    name: &Name,
    except: Option<ViewId>,
) -> Result<(), Problem> {
    match views::find(connection, log, kind, &name.key)? {
        Some(taken) if Some(taken.id) != except => {
            let taken = taken.name;
            Err(Problem::new(ErrorCode::ViewExists, say!("\"{taken}\" is saved already.", taken))
                .in_parameter("name")
                .with_hint(say!("Choose another name, or change the one that is saved.")))
        }
        _ => Ok(()),
    }
}

fn refuse_not_free(connection: &Connection, id: ViewId) -> Result<(), Problem> {
    if views::was_deleted(connection, id)? {
        return Ok(());
    }
    let id = id.0.to_string();
    let detail = say!("No view was deleted that had the number {id}.", id);
    Err(Problem::new(ErrorCode::InvalidParameters, detail)
        .in_parameter("id")
        .with_hint(say!("Leave the number out to save under a new one.")))
}

/// Why a view may not be touched by somebody who knows it as it was then.
fn changed_after(view: &ViewEntry, unchanged_since: Option<Timestamp>) -> Option<Problem> {
    if unchanged_since.is_none_or(|since| view.updated_at == since) {
        return None;
    }
    let (name, at) = (view.name.clone(), view.updated_at.to_string());
    let detail = say!("\"{name}\" was changed by somebody else on {at}.", name, at);
    Some(Problem::new(ErrorCode::ViewChanged, detail).in_parameter("unchanged_since"))
}

fn refuse_long(content: &str) -> Result<(), Problem> {
    let (bytes, max) = (content.len(), CONTENT_BYTES_MAX);
    if bytes <= max {
        return Ok(());
    }
    Err(Problem::new(
        ErrorCode::OverLimit,
        say!("What is to be saved takes {bytes} bytes; at most {max} are allowed.", bytes, max),
    )
    .with_hint(say!("Save fewer filters, or filters with fewer values.")))
}

fn too_many() -> Problem {
    Problem::new(
        ErrorCode::OverLimit,
        say!(
            "The log has {max} saved views already, which is the most it may have.",
            max = VIEWS_MAX
        ),
    )
    .with_hint(say!("Delete views that nobody needs any more."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreOptions;

    #[test]
    fn a_log_has_so_many_views_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp::from_us(0).unwrap();
        let (store, _) = Store::open(folder.path(), StoreOptions::new(now, 1)).unwrap();
        let log = store.create_log("Deals", now).unwrap();
        let place = (log, ViewKind::View);
        let filled = store.change(|transaction| {
            for number in 1..VIEWS_MAX {
                let name = Name::of_view(&format!("View {number}"))?;
                let named = (name.name.as_str(), name.key.as_str());
                views::insert(transaction, None, place, named, "{}", [now, now])?;
            }
            Ok(())
        });
        filled.unwrap();
        let save = |name| {
            let kind = ViewKind::View;
            store.save_view(&NewView { log, again: None, kind, name, content: "{}" }, now)
        };
        save("The last").unwrap();
        assert_eq!(save("One more").unwrap_err().code, ErrorCode::OverLimit);
        assert_eq!(store.views(log).unwrap().len(), VIEWS_MAX);
    }
}
