//! How the catalogue holds saved views.

use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use rusqlite::{Connection, Row, params};

use super::logs::change;
use super::{instant, one, signed, unknown_word, unsigned};
use crate::entries::{LogId, ViewEntry, ViewId, ViewKind};
use crate::problems;

const COLUMNS: &str = "id, log, kind, name, content, created_at_us, updated_at_us FROM views";

fn read(row: &Row<'_>) -> rusqlite::Result<ViewEntry> {
    let kind: String = row.get(2)?;
    Ok(ViewEntry {
        id: ViewId(unsigned(row, 0)?),
        log: LogId(unsigned(row, 1)?),
        kind: ViewKind::parse(&kind).ok_or_else(|| unknown_word(2, &kind))?,
        name: row.get(3)?,
        content: row.get(4)?,
        created_at: instant(row, 5)?,
        updated_at: instant(row, 6)?,
    })
}

/// The saved views of a log, by kind and name.
pub(crate) fn all(connection: &Connection, log: LogId) -> Result<Vec<ViewEntry>, Problem> {
    list(connection, log).map_err(|error| problems::catalogue(&error))
}

pub(super) fn list(connection: &Connection, log: LogId) -> rusqlite::Result<Vec<ViewEntry>> {
    let select = format!("SELECT {COLUMNS} WHERE log = ?1 ORDER BY kind, name_key, id");
    connection.prepare(&select)?.query_map([signed(log.0)], read)?.collect()
}

/// How many views of a kind a log has.
pub(crate) fn count(connection: &Connection, log: LogId, kind: ViewKind) -> Result<u64, Problem> {
    let sql = "SELECT count(*) FROM views WHERE log = ?1 AND kind = ?2";
    connection
        .query_row(sql, params![signed(log.0), kind.as_str()], |row| unsigned(row, 0))
        .map_err(|error| problems::catalogue(&error))
}

/// One saved view of a log.
pub(crate) fn get(connection: &Connection, log: LogId, id: ViewId) -> Result<ViewEntry, Problem> {
    let sql = format!("SELECT {COLUMNS} WHERE log = ?1 AND id = ?2");
    one(connection.query_row(&sql, [signed(log.0), signed(id.0)], read))?
        .ok_or_else(|| problems::no_view(log, id))
}

/// The view of a name, already in the form in which names are compared.
pub(crate) fn find(
    connection: &Connection,
    log: LogId,
    kind: ViewKind,
    key: &str,
) -> Result<Option<ViewEntry>, Problem> {
    let sql = format!("SELECT {COLUMNS} WHERE log = ?1 AND kind = ?2 AND name_key = ?3");
    one(connection.query_row(&sql, params![signed(log.0), kind.as_str(), key], read))
}

/// A new view, with the next free number or with this one.
pub(crate) fn insert(
    connection: &Connection,
    id: Option<ViewId>,
    (log, kind): (LogId, ViewKind),
    (name, key): (&str, &str),
    content: &str,
    [created_at, updated_at]: [Timestamp; 2],
) -> Result<ViewId, Problem> {
    let insert = "INSERT INTO views \
        (id, log, kind, name, name_key, content, created_at_us, updated_at_us) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let id = id.map(|id| signed(id.0));
    let (created_us, updated_us) = (created_at.as_us(), updated_at.as_us());
    let values =
        params![id, signed(log.0), kind.as_str(), name, key, content, created_us, updated_us];
    connection
        .query_row(insert, values, |row| Ok(ViewId(unsigned(row, 0)?)))
        .map_err(|error| problems::catalogue(&error))
}

/// Another name, another content.
pub(crate) fn update(connection: &Connection, view: &ViewEntry, key: &str) -> Result<(), Problem> {
    let update = "UPDATE views SET name = ?2, name_key = ?3, content = ?4, updated_at_us = ?5 \
        WHERE id = ?1";
    let values = params![signed(view.id.0), view.name, key, view.content, view.updated_at.as_us()];
    change(connection.execute(update, values))
}

/// The view is gone.
pub(crate) fn remove(connection: &Connection, id: ViewId) -> Result<(), Problem> {
    change(connection.execute("DELETE FROM views WHERE id = ?1", [signed(id.0)]))
}

/// Whether a view had this number and is gone.
pub(crate) fn was_deleted(connection: &Connection, id: ViewId) -> Result<bool, Problem> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'views' AND seq >= ?1) \
        AND NOT EXISTS (SELECT 1 FROM views WHERE id = ?1)";
    connection
        .query_row(sql, [signed(id.0)], |row| row.get(0))
        .map_err(|error| problems::catalogue(&error))
}
