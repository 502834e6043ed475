//! How do the parts become one table, and what is said of each?

use std::collections::HashMap;

use paydirt_model::automatic::AutomaticReading;
use paydirt_model::raw_table::RawTable;

use crate::library::Library;
use crate::library::attributes::LogRole;
use crate::parts::columns::{Layout, RecordColumns};
use crate::parts::events::{Cases, Dates};
use crate::parts::examples::Examples;
use crate::parts::kinds::{PartKind, attribute_keys, kind_of, sheet_keys};
use crate::parts::matching;
use crate::parts::records::AllRecords;
use crate::parts::rows::Rows;
use crate::parts::told::Telling;
use crate::parts::{InPart, JoinRules, Joined};

/// A table whose rows are known to be events, cases or records.
#[derive(Debug)]
pub(super) struct Part<'l> {
    pub(super) name: String,
    pub(super) kind: PartKind<'l>,
    pub(super) table: RawTable,
    /// The key of each column.
    pub(super) keys: Vec<String>,
    /// The column of the case.
    pub(super) case: Option<usize>,
    /// Rows of all parts before it.
    pub(super) rows_before: u64,
    /// Made-up rows that were taken out.
    pub(super) examples: u64,
}

impl Part<'_> {
    /// The position of the column of a key.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|known| known == key)
    }

    pub(super) fn has_rows(&self) -> bool {
        !self.table.chunks.is_empty()
    }
}

pub(super) fn join(parts: Vec<InPart>, library: &Library, rules: JoinRules<'_>) -> Joined {
    let (parts, automatic) = prepare(parts, library, rules);
    let layout = Layout::of(&parts, library);
    let of_records = |part: &Part<'_>| match &part.kind {
        PartKind::Records(records) => Some(RecordColumns::of(part, records, library)),
        PartKind::Events | PartKind::Cases => None,
    };
    let columns: Vec<Option<RecordColumns>> = parts.iter().map(of_records).collect();
    let mut cases = Cases::of(&parts, library);
    let all = AllRecords::of(&parts, &columns, &mut cases, library);
    let dates = Dates::of(&parts, &layout, &columns, rules.is_date_format_given);
    let matched = matching::find(&parts, &layout, &all, &columns, (&cases, &dates), library);
    for made in &all.made {
        cases.has_event[made.case as usize] = true;
    }
    let telling = Telling { parts: &parts, cases: &cases, all: &all, matched: &matched };
    let mut joined = telling.joined();
    joined.automatic = automatic;
    joined.problems.extend(all.problems.iter().cloned());
    joined.rows_refused = all.rows_refused;
    joined.places = parts.iter().map(|part| (part.rows_before, called(part, &layout))).collect();
    joined.event_columns = event_columns(&parts, &layout, library);
    joined.currencies = currencies(&parts, &layout);
    let rows = Rows::new(parts, &layout, &columns, (&cases, &dates), (&all, &matched));
    let (table, notes) = rows.table(library);
    joined.table = table;
    joined.notes.extend(notes);
    joined
}

/// The parts without their made-up rows.
fn prepare<'l>(
    parts: Vec<InPart>,
    library: &'l Library,
    rules: JoinRules<'_>,
) -> (Vec<Part<'l>>, Vec<AutomaticReading>) {
    let mut automatic = Vec::new();
    let mut prepared = Vec::with_capacity(parts.len());
    let mut rows_before = 0;
    let case_key = library.attribute_for(LogRole::Case).map(|attribute| attribute.key.as_str());
    for InPart { name, mut table } in parts {
        let last_line = table.chunks.iter().filter_map(|chunk| chunk.lines.last()).max().copied();
        let kind = kind_of(&name, &table.names, library).unwrap_or(PartKind::Cases);
        let keys = match &kind {
            PartKind::Records(records) => sheet_keys(records.sheet, &table.names, library),
            PartKind::Events | PartKind::Cases => attribute_keys(&table.names, library),
        };
        let place = |key: &str| keys.iter().position(|known| known == key);
        let case = case_key.and_then(place);
        let mut ids: Vec<usize> = case.into_iter().collect();
        if let PartKind::Records(records) = &kind {
            ids.extend(place(&records.number.key));
        }
        let found = Examples::take_out(&mut table, &ids, rules.rules);
        let examples = found.count;
        automatic.extend(found.reading(Some(&name), rows_before));
        prepared.push(Part { name, kind, table, keys, case, rows_before, examples });
        rows_before += last_line.unwrap_or(0);
    }
    (prepared, automatic)
}

/// What the columns of a part are called in the joined table.
fn called(part: &Part<'_>, layout: &Layout) -> HashMap<String, Vec<String>> {
    let mut called: HashMap<String, Vec<String>> = HashMap::new();
    let mut add = |column: usize, place: Option<usize>| {
        if let Some(place) = place {
            let names = called.entry(part.table.names[column].clone()).or_default();
            names.push(layout.names[place].clone());
        }
    };
    for (column, key) in part.keys.iter().enumerate() {
        add(column, layout.place(key));
    }
    if let PartKind::Records(records) = &part.kind {
        let dates = records.dates().map(|(column, _)| column);
        let first = records.main_date.into_iter().chain(dates);
        // The date of the type of the record stands for the time of its events.
        let date = first.filter_map(|column| part.place(&column.key)).next();
        if let Some(date) = date {
            add(date, Some(layout.time));
        }
    }
    called
}

/// The columns that records alone have, and that are no attribute of the process.
fn event_columns(parts: &[Part<'_>], layout: &Layout, library: &Library) -> Vec<String> {
    let of_records = |part: &&Part<'_>| matches!(part.kind, PartKind::Records(_));
    let is_theirs = |key: &str| {
        library.attribute(key).is_none()
            && parts.iter().all(|part| of_records(&part) || part.place(key).is_none())
    };
    let own = layout.keys.iter().enumerate().filter(|(_, key)| is_theirs(key));
    own.map(|(idx, _)| layout.names[idx].clone()).collect()
}

/// The columns of amounts whose currency stands in a column of their records.
fn currencies(parts: &[Part<'_>], layout: &Layout) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let name = |key: &str| layout.place(key).map(|place| layout.names[place].clone());
    for part in parts {
        let PartKind::Records(records) = &part.kind else { continue };
        for column in &records.sheet.columns {
            let Some(currency) = column.currency.as_deref().and_then(name) else { continue };
            let values = records.kinds.iter().flat_map(|(_, list)| &list.values);
            let also = values.flat_map(|value| &value.also);
            let also = also.filter(|(_, source)| **source == column.key).map(|(key, _)| key);
            for amount in also.chain([&column.key]).filter_map(|key| name(key)) {
                if found.iter().all(|(known, _)| *known != amount) {
                    found.push((amount, currency.clone()));
                }
            }
        }
    }
    found
}
