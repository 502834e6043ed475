//! Which columns has the table that several parts make?

use crate::library::Library;
use crate::library::attributes::{KnownValue, LogRole};
use crate::parts::cells::has_values;
use crate::parts::joined::Part;
use crate::parts::kinds::{PartKind, Records};

/// The columns of the joined table: what they are called, and the key of each.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) names: Vec<String>,
    pub(super) keys: Vec<String>,
    pub(super) case: usize,
    pub(super) activity: usize,
    pub(super) time: usize,
}

/// What the columns of a part of records are, by their places in it.
#[derive(Debug, Clone)]
pub(super) struct RecordColumns {
    pub(super) number: usize,
    pub(super) case: Option<usize>,
    pub(super) kind: Option<usize>,
    /// Columns that name another record.
    pub(super) joins: Vec<usize>,
    /// Columns of a status.
    pub(super) states: Vec<usize>,
    pub(super) precision: Option<usize>,
}

impl RecordColumns {
    pub(super) fn of(part: &Part<'_>, records: &Records<'_>, library: &Library) -> Self {
        let place = |key: &str| part.keys.iter().position(|known| known == key);
        let role = |role| library.attribute_for(role).and_then(|one| place(&one.key));
        let columns = &records.sheet.columns;
        let joins = columns.iter().filter(|one| one.joins).filter_map(|one| place(&one.key));
        let is_state = |key: &Option<String>| {
            let list = key.as_deref().and_then(|key| library.list(key));
            list.is_some_and(|list| list.values.iter().any(|value| value.pending))
        };
        let states = columns.iter().filter(|one| is_state(&one.list));
        RecordColumns {
            number: place(&records.number.key).expect("records have a column of numbers"),
            case: role(LogRole::Case),
            kind: records.kinds.and_then(|(column, _)| place(&column.key)),
            joins: joins.collect(),
            states: states.filter_map(|one| place(&one.key)).collect(),
            precision: role(LogRole::Precision),
        }
    }
}

impl Layout {
    /// The columns of the events first, then what the others add to them.
    pub(super) fn of(parts: &[Part<'_>], library: &Library) -> Layout {
        let mut layout = Layout::default();
        for part in parts.iter().filter(|part| matches!(part.kind, PartKind::Events)) {
            for (name, key) in part.table.names.iter().zip(&part.keys) {
                layout.add(name, key, &part.name);
            }
        }
        let core = [LogRole::Case, LogRole::Activity, LogRole::Time].map(|role| {
            let key = library.attribute_for(role).map_or("", |attribute| attribute.key.as_str());
            layout.add(key, key, "");
            layout.place(key).expect("it was added")
        });
        [layout.case, layout.activity, layout.time] = core;
        for part in parts {
            match &part.kind {
                PartKind::Events => {}
                PartKind::Cases => layout.add_filled(part, |_| false),
                PartKind::Records(records) => {
                    let is_date = |key: &str| {
                        records.main_date.is_some_and(|date| date.key == key)
                            || records.dates().any(|(date, _)| date.key == key)
                    };
                    layout.add_filled(part, is_date);
                    for (attribute, source) in kinds_of(part, records).flat_map(|kind| &kind.also) {
                        let place = part.keys.iter().position(|known| known == source);
                        if place.is_some_and(|place| has_values(&part.table, place)) {
                            layout.add(attribute, attribute, &part.name);
                        }
                    }
                }
            }
        }
        layout
    }

    /// The position of the column of a key.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|known| known == key)
    }

    /// The columns of a part that have values, but for those that are used up.
    fn add_filled(&mut self, part: &Part<'_>, is_used: impl Fn(&str) -> bool) {
        for (idx, key) in part.keys.iter().enumerate() {
            if !is_used(key) && has_values(&part.table, idx) {
                self.add(key, key, &part.name);
            }
        }
    }

    fn add(&mut self, name: &str, key: &str, part: &str) {
        if self.place(key).is_some() {
            return;
        }
        let is_taken = self.names.iter().any(|known| known == name);
        self.names.push(if is_taken { format!("{name} ({part})") } else { name.to_owned() });
        self.keys.push(key.to_owned());
    }
}

/// The types that some record of a part has.
pub(super) fn kinds_of<'l>(
    part: &Part<'_>,
    records: &Records<'l>,
) -> impl Iterator<Item = &'l KnownValue> {
    let column = records
        .kinds
        .and_then(|(column, _)| part.keys.iter().position(|known| *known == column.key));
    let mut found: Vec<&'l KnownValue> = records.all_are.into_iter().collect();
    if let Some(column) = column {
        crate::scan::ColumnScan::new(&part.table, column).each(|text, _| {
            if let Some(kind) = records.kind_of(text.trim())
                && found.iter().all(|known| known.key != kind.key)
            {
                found.push(kind);
            }
            std::ops::ControlFlow::Continue(())
        });
    }
    found.into_iter()
}
