//! Which logs, versions, saved views and jobs there are: one SQLite file, changed in transactions.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::file_layer::FileLayer;
use crate::problems;
use crate::store::StoreOptions;

pub(crate) mod jobs;
pub(crate) mod logs;
pub(crate) mod versions;
pub(crate) mod views;

/// Marks the file as ours ("Payd").
pub(crate) const APPLICATION_ID: i64 = 0x5061_7964;

/// Steps from an empty catalogue to today's; a later release adds a step at the end.
const STEPS: &[&str] = &[
    "
    CREATE TABLE logs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        created_at_us INTEGER NOT NULL,
        current INTEGER,
        next_version INTEGER NOT NULL,
        keep_versions INTEGER,
        keep_days INTEGER
    ) STRICT;
    CREATE TABLE versions (
        log INTEGER NOT NULL REFERENCES logs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        parent INTEGER,
        created_at_us INTEGER NOT NULL,
        action TEXT NOT NULL,
        source TEXT NOT NULL,
        cases INTEGER NOT NULL,
        events INTEGER NOT NULL,
        first_event_us INTEGER,
        last_event_us INTEGER,
        bytes INTEGER NOT NULL,
        pinned INTEGER NOT NULL,
        damaged TEXT,
        notions TEXT NOT NULL,
        manifest_hash TEXT NOT NULL,
        PRIMARY KEY (log, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        json TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        updated_at_us INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE counters (
        name TEXT PRIMARY KEY,
        last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE views (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        log INTEGER NOT NULL REFERENCES logs (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        content TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        updated_at_us INTEGER NOT NULL,
        UNIQUE (log, kind, name_key)
    ) STRICT;
",
    "
    ALTER TABLE versions ADD COLUMN time_zone TEXT;
",
];

/// The latest format of a catalogue that this release knows.
pub(crate) const FORMAT_MAX: u32 = STEPS.len() as u32;

/// The open catalogue.
pub(crate) struct Catalogue {
    connection: Connection,
    path: PathBuf,
    layer: Arc<dyn FileLayer>,
}

/// Why a catalogue could not be opened.
pub(crate) enum OpenFailure {
    /// It is no catalogue, or a damaged one; the text says how that was noticed.
    Damaged(Sentence),
    /// It is fine, or may be, but cannot be used now.
    Refused(Problem),
}

impl From<rusqlite::Error> for OpenFailure {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sqlite;
        match error.sqlite_error_code() {
            // The machine, and not the file, is what fails.
            Some(
                Sqlite::CannotOpen
                | Sqlite::DatabaseBusy
                | Sqlite::DatabaseLocked
                | Sqlite::DiskFull
                | Sqlite::FileLockingProtocolFailed
                | Sqlite::NoLargeFileSupport
                | Sqlite::OperationInterrupted
                | Sqlite::OutOfMemory
                | Sqlite::PermissionDenied
                | Sqlite::ReadOnly
                | Sqlite::SystemIoFailure,
            ) => OpenFailure::Refused(problems::catalogue(&error)),
            _ => OpenFailure::Damaged(Sentence::from(error.to_string())),
        }
    }
}

impl Catalogue {
    /// Opens the catalogue, makes a new one where there is none, and checks it.
    pub(crate) fn open(path: &Path, options: &StoreOptions) -> Result<Self, OpenFailure> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        // One process has the store, so the catalogue needs no memory in common with others.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        if connection.is_readonly("main")? {
            // A damaged byte in its header can forbid writing, as the system can.
            return Err(match OpenOptions::new().append(true).open(path) {
                Ok(_) => OpenFailure::Damaged(say!("it says that it may not be written")),
                Err(error) => OpenFailure::Refused(problems::unwritable(path, &error)),
            });
        }
        let verdict: String =
            connection.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        if verdict != "ok" {
            return Err(OpenFailure::Damaged(Sentence::from(verdict)));
        }
        if let Some(pages_max) = options.catalogue_pages_max {
            connection.pragma_update_and_check(None, "max_page_count", pages_max, |_| Ok(()))?;
        }
        take_steps(&mut connection)?;
        if schema(&connection)? != expected_schema()? {
            return Err(OpenFailure::Damaged(say!("its tables are not those of a catalogue")));
        }
        read_all(&connection)?;
        let layer = Arc::clone(&options.layer);
        Ok(Catalogue { connection, path: path.to_owned(), layer })
    }

    /// Something to read from.
    pub(crate) fn reader(&self) -> &Connection {
        &self.connection
    }

    /// Changes the catalogue in one transaction: all of it or nothing.
    pub(crate) fn change<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.layer
            .change_catalogue(&self.path)
            .map_err(|error| problems::unwritable(&self.path, &error))?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| problems::catalogue(&error))?;
        let value = change(&transaction)?;
        transaction.commit().map_err(|error| problems::catalogue(&error))?;
        Ok(value)
    }

    /// Moves what was committed from the journal into the catalogue itself, so that a journal
    /// that is lost later takes nothing with it. What fails here is tried again at the next time:
    /// the journal still has it.
    pub(crate) fn settle(&self) {
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
}

/// The statements that made the tables, which a damaged byte can change as any other.
fn schema(connection: &Connection) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let select = "SELECT name, tbl_name, sql FROM sqlite_schema \
        WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name";
    let mut statement = connection.prepare(select)?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

fn expected_schema() -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let fresh = Connection::open_in_memory()?;
    for step in STEPS {
        fresh.execute_batch(step)?;
    }
    schema(&fresh)
}

/// Every row can be read and understood.
fn read_all(connection: &Connection) -> rusqlite::Result<()> {
    for log in logs::list(connection)? {
        versions::list(connection, log.id)?;
        views::list(connection, log.id)?;
    }
    jobs::list(connection).map(|_| ())
}

fn take_steps(connection: &mut Connection) -> Result<(), OpenFailure> {
    let pragma = |connection: &Connection, name: &str| -> rusqlite::Result<i64> {
        connection.pragma_query_value(None, name, |row| row.get(0))
    };
    let done = pragma(connection, "user_version")?;
    let application = pragma(connection, "application_id")?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_empty = tables == 0 && done == 0;
    if !is_empty && application != APPLICATION_ID {
        return Err(OpenFailure::Damaged(say!("it is the database of another program")));
    }
    let known = STEPS.len();
    let Some(missing) = usize::try_from(done).ok().and_then(|done| STEPS.get(done..)) else {
        if schema(connection)? == expected_schema()? {
            // A later release would have made other tables.
            return Err(OpenFailure::Damaged(say!(
                "it says that its format is {done}",
                done = done.to_string()
            )));
        }
        return Err(OpenFailure::Refused(
            Problem::new(
                ErrorCode::StoreFormatUnknown,
                say!(
                    "The catalogue is in format {done}; this release knows formats up to {known}. \
                 Nothing was changed.",
                    done = done.to_string(),
                    known = known.to_string()
                ),
            )
            .with_hint(say!("Use the release of Paydirt that wrote the data, or a later one.")),
        ));
    };
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", i64::try_from(known).unwrap_or(i64::MAX))?;
    transaction.commit()?;
    Ok(())
}

/// The next number of a counter, counted from 1; none is given twice.
pub(crate) fn next_number(connection: &Connection, counter: &str) -> Result<u64, Problem> {
    connection
        .query_row(
            "INSERT INTO counters (name, last) VALUES (?1, 1)
             ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last",
            [counter],
            |row| unsigned(row, 0),
        )
        .map_err(|error| problems::catalogue(&error))
}

/// One row, or `None`.
fn one<T>(result: rusqlite::Result<T>) -> Result<Option<T>, Problem> {
    result.optional().map_err(|error| problems::catalogue(&error))
}

/// A number that is never negative.
fn unsigned(row: &rusqlite::Row<'_>, idx: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(idx)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(idx, number))
}

/// A number that is never negative, or nothing.
fn maybe_unsigned(row: &rusqlite::Row<'_>, idx: usize) -> rusqlite::Result<Option<u64>> {
    let number: Option<i64> = row.get(idx)?;
    number
        .map(|number| {
            u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(idx, number))
        })
        .transpose()
}

/// As SQLite holds it; counts beyond 2^63 do not occur.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An instant in a row.
fn instant(
    row: &rusqlite::Row<'_>,
    idx: usize,
) -> rusqlite::Result<paydirt_model::time::Timestamp> {
    let us: i64 = row.get(idx)?;
    paydirt_model::time::Timestamp::from_us(us)
        .ok_or(rusqlite::Error::IntegralValueOutOfRange(idx, us))
}

/// A text that does not mean what it should.
fn unknown_word(idx: usize, word: &str) -> rusqlite::Error {
    let text = format!("\"{word}\" is not known");
    rusqlite::Error::FromSqlConversionFailure(idx, rusqlite::types::Type::Text, text.into())
}
