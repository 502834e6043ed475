//! Which attributes does the flattened log have? Names that differ, as many as a log may have.

use paydirt_model::attribute::{AttributeLevel, AttributeType};
use rustc_hash::FxHashSet;

use crate::event_rows::{ColumnIdx, Rows};

/// Whether an attribute belongs to the case or to the event.
pub(super) use paydirt_model::attribute::AttributeLevel as Level;

/// The rows of the flattened log, and the names that its attributes have.
pub(super) struct Columns {
    pub(super) rows: Rows,
    /// The object type of the cases.
    kind: String,
    names: FxHashSet<String>,
    columns_max: usize,
    /// Attributes for which there was no room.
    pub(super) left_out: Vec<String>,
}

impl Columns {
    pub(super) fn new(kind: &str, columns_max: usize) -> Self {
        Columns {
            rows: Rows::new(),
            kind: kind.to_owned(),
            names: FxHashSet::default(),
            columns_max,
            left_out: Vec::new(),
        }
    }

    /// The object type of the cases.
    pub(super) fn kind(&self) -> &str {
        &self.kind
    }

    /// A new attribute; where the name is taken, with the object type before it or a number behind
    /// it. `None` where the log has as many attributes as it may have.
    pub(super) fn take(
        &mut self,
        wanted: &str,
        level: AttributeLevel,
        kind: AttributeType,
    ) -> Option<ColumnIdx> {
        if self.rows.column_count() >= self.columns_max {
            self.left_out.push(wanted.to_owned());
            return None;
        }
        let qualified = format!("{}: {wanted}", self.kind);
        let numbered = (2_u64..).map(|number| format!("{wanted} ({number})"));
        let mut candidates = [wanted.to_owned(), qualified].into_iter().chain(numbered);
        let free = candidates.find(|name| !self.names.contains(name));
        let name = free.expect("there is always a free number");
        let column = self.rows.add_column(&name, level, kind);
        self.names.insert(name);
        Some(column)
    }
}
