//! What are the rows of a table: events, cases, or records such as leads and documents?

use std::collections::BTreeSet;

use crate::folding::{folded, words};
use crate::library::Library;
use crate::library::attributes::{KnownValue, Level, LogRole, ValueKind};
use crate::library::documents::{Sheet, SheetColumn, ValueList};
use crate::library::names::NameKind;
use crate::library::templates::Status;

/// Columns of a sheet by which its table is recognised where nothing joins it to a case.
const COLUMNS_MIN: usize = 4;

/// What the rows of a table are.
#[derive(Debug, Clone)]
pub(super) enum PartKind<'l> {
    Events,
    Cases,
    Records(Records<'l>),
}

/// A sheet whose rows make events.
#[derive(Debug, Clone)]
pub(super) struct Records<'l> {
    pub(super) sheet: &'l Sheet,
    /// The column with the number of the record.
    pub(super) number: &'l SheetColumn,
    /// The column with the type of the record, and the types.
    pub(super) kinds: Option<(&'l SheetColumn, &'l ValueList)>,
    /// The type of all records of the table, where no column says it.
    pub(super) all_are: Option<&'l KnownValue>,
    /// The column with the date of the activity of the type.
    pub(super) main_date: Option<&'l SheetColumn>,
}

impl<'l> Records<'l> {
    /// The sheet, where it is one of records.
    fn of(sheet: &'l Sheet, library: &'l Library) -> Option<Self> {
        let columns = &sheet.columns;
        if columns.iter().all(|column| column.activity.is_none()) {
            return None;
        }
        let is_asked = |column: &&SheetColumn| column.status == Status::Required;
        let number = columns.iter().filter(is_asked).find(|one| one.kind == ValueKind::Text)?;
        let kinds = columns.iter().find_map(|column| {
            let list = library.list(column.list.as_deref()?)?;
            list.values.iter().any(|value| value.activity.is_some()).then_some((column, list))
        });
        let is_main = |one: &&SheetColumn| is_date(one) && one.activity.is_none();
        let main_date = columns.iter().filter(is_asked).find(is_main);
        Some(Records { sheet, number, kinds, all_are: None, main_date })
    }

    /// The columns whose dates are those of one activity, for some types or for all.
    pub(super) fn dates(&self) -> impl Iterator<Item = (&'l SheetColumn, &'l str)> {
        let columns = self.sheet.columns.iter();
        columns.filter_map(|column| Some((column, column.activity.as_deref()?)))
    }

    /// The type of a record by its text.
    pub(super) fn kind_of(&self, text: &str) -> Option<&'l KnownValue> {
        let (_, list) = self.kinds?;
        self.all_are.or_else(|| list.value_of(text))
    }
}

fn is_date(column: &SheetColumn) -> bool {
    matches!(column.kind, ValueKind::Instant | ValueKind::Date)
}

/// The tables that are parts of one import, by their places in the list of names and columns; none
/// where it is one table alone that has to be read.
#[must_use]
pub fn choose(heads: &[(&str, &[String])], library: &Library) -> Vec<usize> {
    let kinds: Vec<Option<PartKind<'_>>> =
        heads.iter().map(|(name, columns)| kind_of(name, columns, library)).collect();
    let keys = |idx: usize| -> BTreeSet<String> {
        heads[idx].1.iter().map(|column| attribute_key(column, library)).collect()
    };
    let is_events = |idx: &usize| matches!(kinds[*idx], Some(PartKind::Events));
    let first = (0..heads.len()).find(is_events);
    let is_part = |idx: &usize| match (&kinds[*idx], first) {
        (None, _) => false,
        (Some(PartKind::Events), Some(first)) => keys(*idx) == keys(first),
        (Some(_), _) => true,
    };
    let chosen: Vec<usize> = (0..heads.len()).filter(is_part).collect();
    let makes_events = |idx: &usize| !matches!(kinds[*idx], None | Some(PartKind::Cases));
    if !chosen.iter().any(makes_events) {
        return Vec::new();
    }
    if let [only] = chosen[..] {
        // Beside guides and lists, the events of a template are alone what is meant.
        let is_of_template = |idx: usize| has_own_case(heads[idx].1, library) && is_events(&idx);
        return if heads.len() > 1 && is_of_template(only) { chosen } else { Vec::new() };
    }
    chosen
}

/// What the rows of a table are, by its columns, and where these leave it open by its name.
pub(super) fn kind_of<'l>(
    name: &str,
    columns: &[String],
    library: &'l Library,
) -> Option<PartKind<'l>> {
    let has = |role| {
        let of_role = |column: &String| {
            let known = library.attribute_of(column);
            known.is_some_and(|known| known.entry.role == Some(role))
        };
        columns.iter().position(of_role)
    };
    let case = has(LogRole::Case);
    let (activity, time) = (has(LogRole::Activity), has(LogRole::Time));
    if case.is_some() && activity.is_some() && time.is_some() {
        return Some(PartKind::Events);
    }
    let stem = stem(name);
    for sheet in &library.sheets {
        let Some(mut records) = Records::of(sheet, library) else { continue };
        records.all_are = type_by_name(&records, stem);
        if are_records(&records, columns, case, stem, library) {
            return Some(PartKind::Records(records));
        }
    }
    let level = |column: &String| {
        let known = library.attribute_of(column).map(|known| known.entry);
        known.filter(|known| known.role.is_none()).map(|known| known.level)
    };
    // What tells of single events may be there several times in a case.
    let of_events = columns.iter().any(|column| level(column) == Some(Level::Event));
    let tells = |column| matches!(level(column), Some(Level::Case | Level::History));
    let is_of_cases = case.is_some() && activity.is_none() && !of_events;
    (is_of_cases && columns.iter().any(tells)).then_some(PartKind::Cases)
}

/// Whether the columns are those of the records of a sheet.
fn are_records(
    records: &Records<'_>,
    columns: &[String],
    case: Option<usize>,
    stem: &str,
    library: &Library,
) -> bool {
    let keys = sheet_keys(records.sheet, columns, library);
    let place = |column: &SheetColumn| keys.iter().position(|key| *key == column.key);
    let Some(number) = place(records.number) else { return false };
    let has_date = records.main_date.and_then(place).is_some()
        || records.dates().any(|(column, _)| place(column).is_some());
    let has_type = records.kinds.is_none_or(|(column, _)| place(column).is_some());
    if !has_date || !(has_type || records.all_are.is_some()) {
        return false;
    }
    let is_called = |name: &str| folded(name) == folded(stem);
    if is_called(&records.sheet.key) || records.sheet.name.each().any(|(_, name)| is_called(name)) {
        return true;
    }
    // A table of cases may tell of the record of each; its own id comes first.
    let comes_first = case.is_none_or(|case| number < case);
    let joins = records.sheet.columns.iter().any(|one| one.joins && place(one).is_some());
    let known = records.sheet.columns.iter().filter(|column| place(column).is_some()).count();
    let is_typed = records.kinds.is_some() && has_type;
    (comes_first || is_typed) && (case.is_some() || joins || known >= COLUMNS_MIN)
}

/// The type of all records of a table that is called by it, such as `Invoices 2026`.
fn type_by_name<'l>(records: &Records<'l>, stem: &str) -> Option<&'l KnownValue> {
    let (_, list) = records.kinds?;
    let singular = |word: &str| word.strip_suffix('s').map(str::to_owned);
    let mut all = vec![folded(stem)];
    all.extend(words(stem));
    let plain = all.iter().find_map(|word| list.value_of(word));
    plain.or_else(|| all.iter().filter_map(|word| singular(word)).find_map(|it| list.value_of(&it)))
}

/// A name without folders and without the ending of a file.
fn stem(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    let name = last.strip_suffix(".gz").unwrap_or(last);
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 4 && !stem.is_empty() => stem,
        _ => name,
    }
}

/// Whether the case column bears a name that only the process has.
fn has_own_case(columns: &[String], library: &Library) -> bool {
    columns
        .iter()
        .filter_map(|column| library.attribute_of(column))
        .any(|known| known.entry.role == Some(LogRole::Case) && known.by != NameKind::Alias)
}

/// The key of the attribute that a column is, else its own name.
pub(super) fn attribute_key(column: &str, library: &Library) -> String {
    let known = library.attribute_of(column).map(|known| known.entry.key.clone());
    known.unwrap_or_else(|| column.to_owned())
}

/// The key of each column of a table of events or cases; of two with one key the later keeps its
/// own name.
pub(super) fn attribute_keys(columns: &[String], library: &Library) -> Vec<String> {
    distinct(columns, |column| attribute_key(column, library))
}

/// The key of each column of a table of records.
pub(super) fn sheet_keys(sheet: &Sheet, columns: &[String], library: &Library) -> Vec<String> {
    distinct(columns, |column| match library.column_of(sheet, column) {
        Some(known) => known.key.clone(),
        None => attribute_key(column, library),
    })
}

fn distinct(columns: &[String], key: impl Fn(&str) -> String) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(columns.len());
    for column in columns {
        let key = key(column);
        keys.push(if keys.contains(&key) { column.clone() } else { key });
    }
    keys
}
