//! How the catalogue holds logs.

use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{instant, maybe_unsigned, one, signed, unsigned};
use crate::entries::{LogEntry, LogId, Retention, VersionNumber};
use crate::problems;

const COLUMNS: &str = "id, name, created_at_us, current, keep_versions, keep_days, \
    (SELECT count(*) FROM versions WHERE versions.log = logs.id)";

fn read(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    Ok(LogEntry {
        id: LogId(unsigned(row, 0)?),
        name: row.get(1)?,
        created_at: instant(row, 2)?,
        current: maybe_unsigned(row, 3)?.map(VersionNumber),
        retention: Retention { keep_versions: row.get(4)?, keep_days: row.get(5)? },
        version_count: unsigned(row, 6)?,
    })
}

/// All logs, by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<LogEntry>, Problem> {
    list(connection).map_err(|error| problems::catalogue(&error))
}

pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<LogEntry>> {
    let mut statement =
        connection.prepare(&format!("SELECT {COLUMNS} FROM logs ORDER BY name_key, id"))?;
    statement.query_map([], read)?.collect()
}

/// One log.
pub(crate) fn get(connection: &Connection, log: LogId) -> Result<LogEntry, Problem> {
    let sql = format!("SELECT {COLUMNS} FROM logs WHERE id = ?1");
    one(connection.query_row(&sql, [signed(log.0)], read))?.ok_or_else(|| problems::no_log(log))
}

/// The log of a name, already in the form in which names are compared.
pub(crate) fn find(connection: &Connection, key: &str) -> Result<Option<LogEntry>, Problem> {
    let sql = format!("SELECT {COLUMNS} FROM logs WHERE name_key = ?1");
    one(connection.query_row(&sql, [key], read))
}

/// The highest number that a log of this catalogue ever had; 0 for none.
pub(crate) fn last_number(connection: &Connection) -> Result<u64, Problem> {
    let select = "SELECT seq FROM sqlite_sequence WHERE name = 'logs'";
    Ok(one(connection.query_row(select, [], |row| unsigned(row, 0)))?.unwrap_or(0))
}

/// A new log.
pub(crate) fn insert(
    connection: &Connection,
    id: LogId,
    name: &str,
    key: &str,
    created_at: Timestamp,
) -> Result<(), Problem> {
    let insert = "INSERT INTO logs (id, name, name_key, created_at_us, next_version) \
        VALUES (?1, ?2, ?3, ?4, 1)";
    change(connection.execute(insert, params![signed(id.0), name, key, created_at.as_us()]))
}

/// Another name.
pub(crate) fn rename(
    connection: &Connection,
    log: LogId,
    name: &str,
    key: &str,
) -> Result<(), Problem> {
    let update = "UPDATE logs SET name = ?2, name_key = ?3 WHERE id = ?1";
    change(connection.execute(update, params![signed(log.0), name, key]))
}

/// Another rule of what stays.
pub(crate) fn set_retention(
    connection: &Connection,
    log: LogId,
    retention: Retention,
) -> Result<(), Problem> {
    let update = "UPDATE logs SET keep_versions = ?2, keep_days = ?3 WHERE id = ?1";
    let values = params![signed(log.0), retention.keep_versions, retention.keep_days];
    change(connection.execute(update, values))
}

/// The switch: which version answers.
pub(crate) fn set_current(
    connection: &Connection,
    log: LogId,
    version: Option<VersionNumber>,
) -> Result<(), Problem> {
    let update = "UPDATE logs SET current = ?2 WHERE id = ?1";
    let version = version.map(|version| signed(version.0));
    change(connection.execute(update, params![signed(log.0), version]))
}

/// The number of the next version.
pub(crate) fn next_version(connection: &Connection, log: LogId) -> Result<u64, Problem> {
    let select = "SELECT next_version FROM logs WHERE id = ?1";
    one(connection.query_row(select, [signed(log.0)], |row| unsigned(row, 0)))?
        .ok_or_else(|| problems::no_log(log))
}

/// Numbers below this one are not given again.
pub(crate) fn raise_next_version(
    connection: &Connection,
    log: LogId,
    next: u64,
) -> Result<(), Problem> {
    let update = "UPDATE logs SET next_version = max(next_version, ?2) WHERE id = ?1";
    change(connection.execute(update, params![signed(log.0), signed(next)]))
}

/// The log and all its versions are gone.
pub(crate) fn remove(connection: &Connection, log: LogId) -> Result<(), Problem> {
    change(connection.execute("DELETE FROM logs WHERE id = ?1", [signed(log.0)]))
}

pub(super) fn change(result: rusqlite::Result<usize>) -> Result<(), Problem> {
    result.map(|_| ()).map_err(|error| problems::catalogue(&error))
}
