//! How the catalogue holds jobs.

use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;
use rusqlite::{Connection, Row, params};

use super::logs::change;
use super::{instant, one, signed, unsigned};
use crate::entries::JobRecord;
use crate::problems;

const COLUMNS: &str = "id, kind, state, json, created_at_us, updated_at_us FROM jobs";

fn read(row: &Row<'_>) -> rusqlite::Result<JobRecord> {
    Ok(JobRecord {
        id: unsigned(row, 0)?,
        kind: row.get(1)?,
        state: row.get(2)?,
        json: row.get(3)?,
        created_at: instant(row, 4)?,
        updated_at: instant(row, 5)?,
    })
}

/// All jobs, the newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<JobRecord>, Problem> {
    list(connection).map_err(|error| problems::catalogue(&error))
}

pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<JobRecord>> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} ORDER BY id DESC"))?;
    statement.query_map([], read)?.collect()
}

/// One job.
pub(crate) fn get(connection: &Connection, id: u64) -> Result<Option<JobRecord>, Problem> {
    let sql = format!("SELECT {COLUMNS} WHERE id = ?1");
    one(connection.query_row(&sql, [signed(id)], read))
}

/// A job, new or changed.
pub(crate) fn save(connection: &Connection, job: &JobRecord) -> Result<(), Problem> {
    let upsert = "INSERT INTO jobs (id, kind, state, json, created_at_us, updated_at_us) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET \
        kind = excluded.kind, state = excluded.state, json = excluded.json, \
        updated_at_us = excluded.updated_at_us";
    change(connection.execute(
        upsert,
        params![
            signed(job.id),
            job.kind,
            job.state,
            job.json,
            job.created_at.as_us(),
            job.updated_at.as_us()
        ],
    ))
}

/// Jobs in one of the states `from` are in the state `to` from now on.
pub(crate) fn move_state(
    connection: &Connection,
    from: &[&str],
    to: &str,
    now: Timestamp,
) -> Result<(), Problem> {
    for state in from {
        let update = "UPDATE jobs SET state = ?2, updated_at_us = ?3 WHERE state = ?1";
        change(connection.execute(update, params![state, to, now.as_us()]))?;
    }
    Ok(())
}

/// Forgets the oldest ended jobs beyond so many.
pub(crate) fn forget_old(
    connection: &Connection,
    living: &[&str],
    keep: usize,
) -> Result<(), Problem> {
    let jobs = all(connection)?;
    let ended = jobs.iter().filter(|job| !living.contains(&job.state.as_str()));
    for job in ended.skip(keep) {
        change(connection.execute("DELETE FROM jobs WHERE id = ?1", [signed(job.id)]))?;
    }
    Ok(())
}
