//! What was chosen about the analysis of a log: every change is numbered and kept.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::time::Timestamp;
use rusqlite::Connection;

use crate::catalog::{self, views};
use crate::entries::{ChosenEntry, LogId, ViewEntry, ViewKind};
use crate::names::Name;
use crate::store::Store;

/// Most changes that are kept.
pub const CHANGES_MAX: usize = 1_000;
/// Most bytes of what is chosen.
pub const CHOSEN_BYTES_MAX: usize = 256 << 10;

impl Store {
    /// Everything that was ever chosen for a log, the first one first; nothing where everything has
    /// its default.
    ///
    /// # Errors
    /// The log does not exist.
    pub fn chosen(&self, log: LogId) -> Result<Vec<ChosenEntry>, Problem> {
        let catalogue = self.catalogue();
        catalog::logs::get(catalogue.reader(), log)?;
        all(catalogue.reader(), log)
    }

    /// The number of the last change of what was chosen for a log; 0 where everything has its
    /// default.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn chosen_number(&self, log: LogId) -> Result<u64, Problem> {
        views::count(self.catalogue().reader(), log, ViewKind::Settings)
    }

    /// Keeps what is chosen from now on, as the change after the last one that the caller has seen
    /// (0 where there was none).
    ///
    /// # Errors
    /// The log does not exist, somebody else has changed it since, it takes more than
    /// [`CHOSEN_BYTES_MAX`], or there were [`CHANGES_MAX`] changes already.
    pub fn choose(
        &self,
        log: LogId,
        (content, seen): (&str, u64),
        now: Timestamp,
    ) -> Result<ChosenEntry, Problem> {
        let (bytes, max) = (content.len(), CHOSEN_BYTES_MAX);
        if max < bytes {
            let detail =
                say!("The settings take {bytes} bytes; at most {max} are allowed.", bytes, max);
            return Err(Problem::new(ErrorCode::OverLimit, detail)
                .with_hint(say!("Leave out rows that nobody needs any more.")));
        }
        let _switch = self.switch();
        let entry = self.change(|transaction| {
            catalog::logs::get(transaction, log)?;
            let known = all(transaction, log)?;
            let last = known.last().map_or(0, |entry| entry.number);
            if last != seen {
                let detail = say!("The settings were changed by somebody else.");
                return Err(Problem::new(ErrorCode::ViewChanged, detail)
                    .with_hint(say!("Look at the settings as they are now, then change them.")));
            }
            if CHANGES_MAX <= known.len() {
                let max = CHANGES_MAX;
                let detail = say!("The settings of the log were changed {max} times already.", max);
                return Err(Problem::new(ErrorCode::OverLimit, detail)
                    .with_hint(say!("Import the data as a new log to begin anew.")));
            }
            let number = last + 1;
            let name = Name::of_target(&number.to_string());
            let named = (name.name.as_str(), name.key.as_str());
            views::insert(
                transaction,
                None,
                (log, ViewKind::Settings),
                named,
                content,
                [now, now],
            )?;
            Ok(ChosenEntry { number, content: content.to_owned(), changed_at: now })
        })?;
        self.write_card(log);
        Ok(entry)
    }
}

fn all(connection: &Connection, log: LogId) -> Result<Vec<ChosenEntry>, Problem> {
    let views = views::all(connection, log)?.into_iter();
    let entry = |view: ViewEntry| {
        let number = view.name.parse().ok().filter(|_| view.kind == ViewKind::Settings)?;
        Some(ChosenEntry { number, content: view.content, changed_at: view.created_at })
    };
    let mut all: Vec<ChosenEntry> = views.filter_map(entry).collect();
    all.sort_by_key(|entry| entry.number);
    Ok(all)
}
