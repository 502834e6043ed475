//! What does an OCEL 2.0 file in SQLite say? Read table by table, and nothing of it is trusted.
//!
//! The file is opened read-only and as it lies there (no journal is played back), views, triggers
//! and functions named by its schema are not run, and only ordinary tables with the names of the
//! standard (specification, section 5) are read, each once from its beginning to its end.

use std::borrow::Cow;
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use rustc_hash::FxHashMap;

use super::gather::{Gathered, Owner};
use super::values::Raw;
use crate::source::ReadOptions;

/// Rows between two looks at whether reading has to stop.
const ROWS_BETWEEN_LOOKS: u64 = 4_096;

/// Reads the database into what is gathered.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions<'_>,
    gathered: &mut Gathered<'_>,
) -> Result<(), Problem> {
    let bytes = std::fs::metadata(path).map(|data| data.len());
    let bytes = bytes.map_err(|error| crate::input::io_problem("", &error))?;
    let mut database = Database {
        connection: open(path, options).map_err(|error| damaged(&error))?,
        options,
        rows_left: bytes,
        tables: FxHashMap::default(),
        done: 0,
        total: bytes,
    };
    database.find_tables()?;
    database.refuse_others()?;
    let events = database.type_tables("event_map_type", "event_")?;
    let objects = database.type_tables("object_map_type", "object_")?;
    database.declare(&events, Owner::Event, gathered)?;
    database.declare(&objects, Owner::Object, gathered)?;
    database.read_objects(gathered)?;
    for table in &objects {
        database.read_object_table(table, gathered)?;
    }
    database.read_events(gathered)?;
    for table in &events {
        database.read_event_table(table, gathered)?;
    }
    database.read_relations(gathered)
}

fn open(path: &Path, options: &ReadOptions<'_>) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(address(path), flags)?;
    for (setting, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(setting, value)?;
    }
    let columns = options.limits.columns_max.min(2_000);
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, options.limits.record_bytes_max),
        (Limit::SQLITE_LIMIT_COLUMN, columns),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 20),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, i32::try_from(most).unwrap_or(i32::MAX))?;
    }
    connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;")?;
    Ok(connection)
}

/// The file as an address that says it never changes, so that no journal beside it is looked at.
fn address(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?mode=ro&immutable=1");
    address
}

fn damaged(error: &rusqlite::Error) -> Problem {
    let detail = say!("The database cannot be read: {error}.", error = error.to_string());
    Problem::new(ErrorCode::DamagedFile, detail)
        .with_hint(say!("Copy the file again, while no program writes to it."))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The table of one type.
struct TypeTable {
    kind: String,
    table: String,
}

struct Database<'a, 'b> {
    connection: Connection,
    options: &'a ReadOptions<'b>,
    /// A row takes at least a byte: more rows than bytes are pages that lead back to themselves.
    rows_left: u64,
    /// The ordinary tables: the name in small letters, the name, its columns and their types.
    tables: FxHashMap<String, (String, Vec<(String, String)>)>,
    done: u64,
    total: u64,
}

impl Database<'_, '_> {
    fn find_tables(&mut self) -> Result<(), Problem> {
        let mut names = Vec::new();
        self.rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
            |row| {
                names.push(text(row, 0)?.into_owned());
                Ok(())
            },
        )?;
        for name in names {
            let mut columns = Vec::new();
            let sql = format!("PRAGMA table_info({})", quoted(&name));
            self.rows(&sql, |row| {
                columns.push((text(row, 1)?.into_owned(), text(row, 2)?.into_owned()));
                Ok(())
            })?;
            self.tables.insert(name.to_lowercase(), (name, columns));
        }
        Ok(())
    }

    /// A database of something else, or of the first version of the standard, is told by its
    /// tables.
    fn refuse_others(&self) -> Result<(), Problem> {
        let has = |name: &str| self.tables.contains_key(name);
        let required = ["event", "object", "event_object", "event_map_type", "object_map_type"];
        let missing: Vec<&str> = required.into_iter().filter(|name| !has(name)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        if has("events") && has("relations") && has("objects") {
            return Err(super::first_version());
        }
        Err(Problem::new(
            ErrorCode::UnknownFormat,
            say!(
                "This is an SQLite database, but no event log after OCEL 2.0: it has no table \
                 {missing}.",
                missing
            ),
        )
        .with_hint(say!("Export the events as CSV, Parquet, XES or OCEL 2.0.")))
    }

    /// The columns of a table, in small letters, with the names that they have there.
    fn column(&self, table: &str, wanted: &str) -> Result<String, Problem> {
        let (name, columns) = self.tables.get(&table.to_lowercase()).ok_or_else(|| {
            let detail = say!("The database has no table \"{table}\", which it names.", table);
            Problem::new(ErrorCode::DamagedFile, detail)
        })?;
        let found = columns.iter().find(|(column, _)| column.eq_ignore_ascii_case(wanted));
        found.map(|(column, _)| quoted(column)).ok_or_else(|| {
            let detail =
                say!("The table \"{table}\" has no column {wanted}.", table = name, wanted);
            Problem::new(ErrorCode::DamagedFile, detail)
                .with_hint(say!("Export the log again as OCEL 2.0."))
        })
    }

    fn type_tables(&mut self, map: &str, prefix: &str) -> Result<Vec<TypeTable>, Problem> {
        let (kind, suffix) = (self.column(map, "ocel_type")?, self.column(map, "ocel_type_map")?);
        let mut found = Vec::new();
        let sql = format!("SELECT {kind}, {suffix} FROM {}", quoted(map));
        self.rows(&sql, |row| {
            let table = format!("{prefix}{}", text(row, 1)?);
            found.push(TypeTable { kind: text(row, 0)?.trim().to_owned(), table });
            Ok(())
        })?;
        Ok(found)
    }

    /// The attribute columns of the table of a type, and their declared types.
    fn attributes(&self, table: &TypeTable) -> Vec<(String, String)> {
        const OWN: [&str; 3] = ["ocel_id", "ocel_time", "ocel_changed_field"];
        let found = self.tables.get(&table.table.to_lowercase());
        let columns = found.map(|(_, columns)| columns.as_slice()).unwrap_or_default();
        let is_own = |name: &str| OWN.iter().any(|own| name.eq_ignore_ascii_case(own));
        columns.iter().filter(|(name, _)| !is_own(name)).cloned().collect()
    }

    fn declare(
        &self,
        tables: &[TypeTable],
        owner: Owner,
        gathered: &mut Gathered<'_>,
    ) -> Result<(), Problem> {
        for table in tables {
            for (name, declared) in self.attributes(table) {
                gathered.declare(owner, (&table.kind, &name), &declared)?;
            }
        }
        Ok(())
    }

    fn read_objects(&mut self, gathered: &mut Gathered<'_>) -> Result<(), Problem> {
        let columns = [self.column("object", "ocel_id")?, self.column("object", "ocel_type")?];
        self.each("object", &columns, |row| {
            gathered.declare_object(&text(row, 0)?, &text(row, 1)?).map(|_| ())
        })
    }

    fn read_object_table(
        &mut self,
        table: &TypeTable,
        gathered: &mut Gathered<'_>,
    ) -> Result<(), Problem> {
        let attributes = self.attributes(table);
        let mut columns =
            vec![self.column(&table.table, "ocel_id")?, self.column(&table.table, "ocel_time")?];
        // A type whose attributes never change may come without this column.
        let changed = self.column(&table.table, "ocel_changed_field").ok();
        columns.push(changed.unwrap_or_else(|| "NULL".to_owned()));
        columns.extend(attributes.iter().map(|(name, _)| quoted(name)));
        self.each(&table.table, &columns, |row| {
            let object = gathered.object(&text(row, 0)?)?;
            let (time, changed) = (text(row, 1)?, text(row, 2)?);
            let is_known = attributes.iter().any(|(name, _)| *name == changed);
            for (idx, (name, _)) in attributes.iter().enumerate() {
                if !is_known || *name == changed {
                    let raw = raw(row.get_ref(3 + idx).map_err(|error| damaged(&error))?);
                    gathered.object_value(object, name, Some(&time), raw)?;
                }
            }
            Ok(())
        })
    }

    fn read_events(&mut self, gathered: &mut Gathered<'_>) -> Result<(), Problem> {
        let columns = [self.column("event", "ocel_id")?, self.column("event", "ocel_type")?];
        self.each("event", &columns, |row| {
            gathered.event(&text(row, 0)?, &text(row, 1)?, None).map(|_| ())
        })
    }

    fn read_event_table(
        &mut self,
        table: &TypeTable,
        gathered: &mut Gathered<'_>,
    ) -> Result<(), Problem> {
        let attributes = self.attributes(table);
        let mut columns =
            vec![self.column(&table.table, "ocel_id")?, self.column(&table.table, "ocel_time")?];
        columns.extend(attributes.iter().map(|(name, _)| quoted(name)));
        self.each(&table.table, &columns, |row| {
            let id = text(row, 0)?;
            let Some(event) = gathered.event_of_id(&id) else {
                gathered.doubt("unknown-event", ("ocel_id", &id), || {
                    say!("The table \"event\" has no event of this id; the row was skipped.")
                });
                return Ok(());
            };
            gathered.set_time(event, &text(row, 1)?);
            for (idx, (name, _)) in attributes.iter().enumerate() {
                let raw = raw(row.get_ref(2 + idx).map_err(|error| damaged(&error))?);
                gathered.event_value(event, name, raw)?;
            }
            Ok(())
        })
    }

    fn read_relations(&mut self, gathered: &mut Gathered<'_>) -> Result<(), Problem> {
        let names = ["ocel_event_id", "ocel_object_id", "ocel_qualifier"];
        let columns = names.map(|name| self.column("event_object", name));
        let columns = columns.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.each("event_object", &columns, |row| {
            let id = text(row, 0)?;
            match gathered.event_of_id(&id) {
                Some(event) => gathered.event_object(event, &text(row, 1)?, &text(row, 2)?),
                None => {
                    gathered.doubt("unknown-event", ("ocel_event_id", &id), || {
                        say!("The table \"event\" has no event of this id; the row was skipped.")
                    });
                    Ok(())
                }
            }
        })?;
        if !self.tables.contains_key("object_object") {
            return Ok(());
        }
        let names = ["ocel_source_id", "ocel_target_id", "ocel_qualifier"];
        let columns = names.map(|name| self.column("object_object", name));
        let columns = columns.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.each("object_object", &columns, |row| {
            let source = gathered.object(&text(row, 0)?)?;
            gathered.object_object(source, &text(row, 1)?, &text(row, 2)?)
        })
    }

    /// Calls `take` with every row of a table, in the order in which the rows were written.
    fn each(
        &mut self,
        table: &str,
        columns: &[String],
        take: impl FnMut(&Row<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let name = self.tables.get(&table.to_lowercase()).map_or(table, |(name, _)| name);
        let from = format!("SELECT {} FROM {}", columns.join(", "), quoted(name));
        let ordered = format!("{from} ORDER BY rowid");
        // A table without row numbers is kept in the order of its key.
        let has_rowid = self.connection.prepare(&ordered).is_ok();
        self.rows(if has_rowid { &ordered } else { &from }, take)
    }

    fn rows(
        &mut self,
        sql: &str,
        mut take: impl FnMut(&Row<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let failed = |error: rusqlite::Error| damaged(&error);
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            self.rows_left = self.rows_left.checked_sub(1).ok_or_else(endless)?;
            self.done += 1;
            if self.done.is_multiple_of(ROWS_BETWEEN_LOOKS) {
                self.options.check_cancelled()?;
                (self.options.progress)(self.done.min(self.total), self.total);
            }
            take(row)?;
        }
        Ok(())
    }
}

fn endless() -> Problem {
    Problem::new(
        ErrorCode::DamagedFile,
        say!("The database gives more rows than it has bytes: its pages lead back to themselves."),
    )
    .with_hint(say!("Copy the file again, while no program writes to it."))
}

/// The text of a cell; empty for a blank one.
fn text<'r>(row: &'r Row<'_>, idx: usize) -> Result<Cow<'r, str>, Problem> {
    let value = row.get_ref(idx).map_err(|error| damaged(&error))?;
    Ok(match value {
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes),
        other => Cow::Owned(raw(other).to_text().into_owned()),
    })
}

fn raw(value: ValueRef<'_>) -> Raw<'_> {
    match value {
        ValueRef::Null => Raw::Blank,
        ValueRef::Integer(number) => Raw::Integer(number),
        ValueRef::Real(number) => Raw::Real(number),
        ValueRef::Text(bytes) => Raw::Text(String::from_utf8_lossy(bytes)),
        ValueRef::Blob(_) => Raw::Other("bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_a_path_changes_the_address() {
        let address = address(Path::new("/tmp/a?b#c%d é.sqlite"));
        assert_eq!(address, "file:/tmp/a%3Fb%23c%25d%20%C3%A9.sqlite?mode=ro&immutable=1");
    }
}
