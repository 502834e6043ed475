//! Which rows of a table are those of the made-up deal that comes with a data template?

use std::collections::BTreeMap;

use paydirt_model::automatic::{
    AutomaticReading, READING_EXAMPLES_MAX, ReadingExample, ReadingRule, ReadingRules,
};
use paydirt_model::mapping::ImportReport;
use paydirt_model::raw_table::{RawChunk, RawTable};
use paydirt_model::say;

use crate::library::Library;
use crate::library::attributes::LogRole;
use crate::parts::cells::{RowPlace, rows};
use crate::report_rows::without;

/// With this begin the ids of made-up records.
const EXAMPLE: &str = "EXAMPLE-";

/// Takes the made-up rows out of a table of events; returns what is told of them, if there are any.
#[must_use]
pub fn without_examples(
    table: &mut RawTable,
    library: &Library,
    rules: &ReadingRules,
) -> Option<AutomaticReading> {
    let is_case = |name: &&String| {
        let known = library.attribute_of(name);
        known.is_some_and(|known| known.entry.role == Some(LogRole::Case))
    };
    let column = table.names.iter().position(|name| is_case(&name))?;
    let found = Examples::take_out(table, &[column], rules);
    found.reading(None, 0)
}

/// The made-up rows of one table.
#[derive(Debug, Default)]
pub(super) struct Examples {
    pub(super) count: u64,
    examples: Vec<ReadingExample>,
}

impl Examples {
    /// Takes rows out whose ids, in these columns, are made up.
    pub(super) fn take_out(table: &mut RawTable, ids: &[usize], rules: &ReadingRules) -> Self {
        let mut found = Examples::default();
        if !rules.follows(ReadingRule::ExampleRows) || !ids.iter().any(|&id| may_have(table, id)) {
            return found;
        }
        let mut taken: Vec<BTreeMap<usize, ()>> = vec![BTreeMap::new(); table.chunks.len()];
        for place in rows(table) {
            let mut texts = ids.iter().map(|&id| place.text(table, id));
            let Some(id) = texts.find(|text| text.starts_with(EXAMPLE)) else { continue };
            found.add(place, table, &id);
            taken[place.chunk as usize].insert(place.row as usize, ());
        }
        for (chunk, rows) in table.chunks.iter_mut().zip(&taken) {
            if !rows.is_empty() {
                *chunk = without(chunk, rows);
            }
        }
        table.chunks.retain(|chunk: &RawChunk| !chunk.is_empty());
        found
    }

    fn add(&mut self, place: RowPlace, table: &RawTable, id: &str) {
        self.count += 1;
        if self.examples.len() < READING_EXAMPLES_MAX {
            let row = place.line(table);
            self.examples.push(ReadingExample { row, value: ImportReport::cut(id), count: 1 });
        }
    }

    /// What is told of them, with the name of the sheet or file where there are several.
    pub(super) fn reading(
        mut self,
        part: Option<&str>,
        rows_before: u64,
    ) -> Option<AutomaticReading> {
        let count = self.count;
        self.examples.iter_mut().for_each(|example| example.row += rows_before);
        let what = match part {
            Some(name) => say!(
                "\"{name}\": {count} {count|row|rows} of the made-up deal of the data template \
                 {count|is|are} no data.",
                name,
                count
            ),
            None => say!(
                "{count} {count|row|rows} of the made-up deal of the data template {count|is|are} \
                 no data.",
                count
            ),
        };
        (count > 0).then(|| {
            AutomaticReading::of(ReadingRule::ExampleRows, None, count, what, self.examples)
        })
    }
}

fn may_have(table: &RawTable, column: usize) -> bool {
    let scan = crate::scan::ColumnScan::new(table, column);
    scan.may_have(|text| text.trim_start().starts_with(EXAMPLE))
}
