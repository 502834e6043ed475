//! How the catalogue holds versions.

use paydirt_model::event_log::{CaseNotion, TimeZoneName};
use paydirt_model::problem::Problem;
use paydirt_model::sentence::Sentence;
use paydirt_model::time::Timestamp;
use rusqlite::{Connection, Row, params};

use super::logs::change;
use super::{instant, maybe_unsigned, one, signed, unknown_word, unsigned};
use crate::entries::{Action, LogId, VersionEntry, VersionNumber};
use crate::manifest::Manifest;
use crate::problems;

const COLUMNS: &str = "log, number, parent, versions.created_at_us, action, source, cases, \
    events, first_event_us, last_event_us, bytes, pinned, damaged, notions, \
    time_zone, logs.current IS number FROM versions JOIN logs ON logs.id = versions.log";

fn read(row: &Row<'_>) -> rusqlite::Result<VersionEntry> {
    let action: String = row.get(4)?;
    let notions: String = row.get(13)?;
    Ok(VersionEntry {
        log: LogId(unsigned(row, 0)?),
        number: VersionNumber(unsigned(row, 1)?),
        parent: maybe_unsigned(row, 2)?.map(VersionNumber),
        created_at: instant(row, 3)?,
        action: Action::parse(&action).ok_or_else(|| unknown_word(4, &action))?,
        source: row.get(5)?,
        cases: unsigned(row, 6)?,
        events: unsigned(row, 7)?,
        first_event_at: row.get::<_, Option<i64>>(8)?.and_then(Timestamp::from_us),
        last_event_at: row.get::<_, Option<i64>>(9)?.and_then(Timestamp::from_us),
        bytes: unsigned(row, 10)?,
        pinned: row.get(11)?,
        damaged: row.get::<_, Option<String>>(12)?.as_deref().map(Sentence::of_stored_text),
        notions: serde_json::from_str::<Vec<CaseNotion>>(&notions)
            .map_err(|_| unknown_word(13, &notions))?,
        // The files of the version say it, too: what is no zone is noted anew at the next start.
        time_zone: row
            .get::<_, Option<String>>(14)?
            .filter(|zone| TimeZoneName::parse(zone).is_ok()),
        is_current: row.get(15)?,
    })
}

/// All versions of a log, the newest first.
pub(crate) fn all(connection: &Connection, log: LogId) -> Result<Vec<VersionEntry>, Problem> {
    list(connection, log).map_err(|error| problems::catalogue(&error))
}

pub(super) fn list(connection: &Connection, log: LogId) -> rusqlite::Result<Vec<VersionEntry>> {
    let sql = format!("SELECT {COLUMNS} WHERE log = ?1 ORDER BY number DESC");
    let mut statement = connection.prepare(&sql)?;
    statement.query_map([signed(log.0)], read)?.collect()
}

/// One version.
pub(crate) fn get(
    connection: &Connection,
    log: LogId,
    number: VersionNumber,
) -> Result<VersionEntry, Problem> {
    let sql = format!("SELECT {COLUMNS} WHERE log = ?1 AND number = ?2");
    one(connection.query_row(&sql, [signed(log.0), signed(number.0)], read))?
        .ok_or_else(|| problems::no_version(log, number))
}

/// The hash of the manifest that was published.
pub(crate) fn manifest_hash(
    connection: &Connection,
    log: LogId,
    number: VersionNumber,
) -> Result<String, Problem> {
    let sql = "SELECT manifest_hash FROM versions WHERE log = ?1 AND number = ?2";
    one(connection.query_row(sql, [signed(log.0), signed(number.0)], |row| row.get(0)))?
        .ok_or_else(|| problems::no_version(log, number))
}

/// A row for a version whose manifest is on the disk.
pub(crate) fn insert(
    connection: &Connection,
    manifest: &Manifest,
    manifest_hash: &str,
) -> Result<(), Problem> {
    let notions = serde_json::to_string(&manifest.notions()).unwrap_or_default();
    let insert = "INSERT INTO versions (log, number, parent, created_at_us, action, source, \
        cases, events, first_event_us, last_event_us, bytes, pinned, notions, time_zone, \
        manifest_hash) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?14)";
    change(connection.execute(
        insert,
        params![
            signed(manifest.log.0),
            signed(manifest.number.0),
            manifest.parent.map(|parent| signed(parent.0)),
            manifest.created_at_us,
            manifest.action.as_str(),
            manifest.source,
            signed(manifest.cases),
            signed(manifest.events),
            manifest.first_event_us,
            manifest.last_event_us,
            signed(manifest.bytes()),
            notions,
            manifest.time_zone(),
            manifest_hash,
        ],
    ))
}

/// The row of a version, written again; whether it is pinned stays.
pub(crate) fn replace(
    connection: &Connection,
    manifest: &Manifest,
    manifest_hash: &str,
) -> Result<(), Problem> {
    let (log, number) = (manifest.log, manifest.number);
    let pinned = get(connection, log, number)?.pinned;
    remove(connection, log, number)?;
    insert(connection, manifest, manifest_hash)?;
    set_pinned(connection, log, number, pinned)
}

/// Keeps a version until it is unpinned, or no longer.
pub(crate) fn set_pinned(
    connection: &Connection,
    log: LogId,
    number: VersionNumber,
    pinned: bool,
) -> Result<(), Problem> {
    let update = "UPDATE versions SET pinned = ?3 WHERE log = ?1 AND number = ?2";
    change(connection.execute(update, params![signed(log.0), signed(number.0), pinned]))
}

/// Notes the zone of the days of a version.
pub(crate) fn set_time_zone(
    connection: &Connection,
    log: LogId,
    number: VersionNumber,
    time_zone: &str,
) -> Result<(), Problem> {
    let update = "UPDATE versions SET time_zone = ?3 WHERE log = ?1 AND number = ?2";
    change(connection.execute(update, params![signed(log.0), signed(number.0), time_zone]))
}

/// Notes why a version cannot be used, or that it can.
pub(crate) fn set_damaged(
    connection: &Connection,
    log: LogId,
    number: VersionNumber,
    reason: Option<&Sentence>,
) -> Result<(), Problem> {
    let update = "UPDATE versions SET damaged = ?3 WHERE log = ?1 AND number = ?2";
    let reason = reason.map(Sentence::to_stored_text);
    change(connection.execute(update, params![signed(log.0), signed(number.0), reason]))
}

/// The version is gone.
pub(crate) fn remove(
    connection: &Connection,
    log: LogId,
    number: VersionNumber,
) -> Result<(), Problem> {
    let delete = "DELETE FROM versions WHERE log = ?1 AND number = ?2";
    change(connection.execute(delete, params![signed(log.0), signed(number.0)]))
}
