//! What does a sheet say, row by row? The form that every kind of workbook is brought into.

use std::ops::{ControlFlow, Range};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::sources::excel::address::{Area, COLUMNS_MAX, ROWS_MAX};
use crate::sources::excel::values::Kind;

/// A cell that holds something.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Column of the sheet, from 0.
    pub(super) column: u32,
    pub(super) kind: Kind,
    /// Whether the cell is empty itself and belongs to a merged area.
    pub(super) is_filled: bool,
    text: Range<usize>,
}

/// A row of a sheet. Cells that hold nothing are not in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Row of the sheet, from 0.
    pub(super) number: u32,
    pub(super) is_hidden: bool,
    cells: Vec<Cell>,
    text: String,
    /// Most bytes of its text, however often the sheet repeats a cell.
    bytes_max: usize,
    /// Merged areas whose first cell is in this row, where the format says so there.
    pub(super) merges: Vec<Area>,
}

/// What is told of each row; breaking off ends the reading of the sheet.
pub(super) type OnRow<'f> = dyn FnMut(&Row) -> Result<ControlFlow<()>, Problem> + 'f;

/// The same with the position of the sheet, where all are looked at in one pass.
pub(super) type OnRowOfSheet<'f> = dyn FnMut(usize, &Row) -> Result<ControlFlow<()>, Problem> + 'f;

impl Row {
    /// A row without cells, of at most so many bytes of text.
    pub(super) fn new(bytes_max: usize) -> Self {
        Row { bytes_max, ..Row::default() }
    }

    /// Begins another row.
    pub(super) fn begin(&mut self, number: u32, is_hidden: bool) {
        self.number = number;
        self.is_hidden = is_hidden;
        self.cells.clear();
        self.text.clear();
        self.merges.clear();
    }

    /// Begins a row that is filled from another, within the same limit.
    pub(super) fn begin_as(&mut self, other: &Row) {
        self.begin(other.number, other.is_hidden);
        self.bytes_max = other.bytes_max;
    }

    /// Adds a cell whose text is written by `write`, which says what it is. A cell without text
    /// holds nothing, unless it is a formula without a result.
    ///
    /// # Errors
    /// The row holds more text than is read.
    #[inline]
    pub(super) fn push(
        &mut self,
        column: u32,
        write: impl FnOnce(&mut String) -> Kind,
    ) -> Result<(), Problem> {
        let start = self.text.len();
        let kind = write(&mut self.text);
        if self.text.len() > start || kind == Kind::Unknown {
            let text = start..self.text.len();
            self.cells.push(Cell { column, kind, is_filled: false, text });
        }
        self.check_length(self.text.len())
    }

    /// Adds a cell of a merged area, with the value of the area.
    ///
    /// # Errors
    /// As [`Row::push`].
    pub(super) fn push_filled(
        &mut self,
        column: u32,
        text: &str,
        kind: Kind,
    ) -> Result<(), Problem> {
        self.push(column, |into| {
            into.push_str(text);
            kind
        })?;
        if let Some(last) = self.cells.last_mut() {
            last.is_filled = true;
        }
        Ok(())
    }

    /// Refuses a text that is longer than a row may be.
    ///
    /// # Errors
    /// It is.
    #[inline]
    pub(super) fn check_length(&self, byte_count: usize) -> Result<(), Problem> {
        if byte_count > self.bytes_max {
            return Err(too_long(self.number, self.bytes_max));
        }
        Ok(())
    }

    /// Puts the cells into the order of their columns; of two in one column the first counts.
    pub(super) fn end(&mut self) {
        if !self.cells.is_sorted_by(|a, b| a.column < b.column) {
            self.cells.sort_by_key(|cell| cell.column);
            self.cells.dedup_by_key(|cell| cell.column);
        }
    }

    /// The cells that hold something, by column.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The text of a cell of this row.
    pub(super) fn text(&self, cell: &Cell) -> &str {
        &self.text[cell.text.clone()]
    }

    /// How many bytes the texts of its cells have.
    pub(super) fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether it holds anything.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }
}

/// What is known of a sheet when its last row has been read.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetEnd {
    /// Merged areas of more than one cell.
    pub(super) merges: Vec<Area>,
    /// Columns that are hidden.
    pub(super) hidden_columns: u32,
    /// What the sheet itself says its cells span.
    pub(super) claimed: Option<Area>,
}

#[cold]
fn too_long(number: u32, max: usize) -> Problem {
    let row = (u64::from(number) + 1).to_string();
    let detail = say!(
        "Row {row} of a sheet holds more than {max} bytes of text, the most that is read.",
        row,
        max
    );
    Problem::new(ErrorCode::InputTooLarge, detail)
        .with_hint(say!("No spreadsheet program writes this; the file is damaged or forged."))
}

/// A sheet that names a row or column beyond those that sheets have.
pub(super) fn outside() -> Problem {
    let detail = say!(
        "A sheet of the workbook names a cell beyond row {rows} or column {columns}, the most that \
         sheets have.",
        rows = ROWS_MAX,
        columns = COLUMNS_MAX
    );
    Problem::new(ErrorCode::InputTooLarge, detail)
        .with_hint(say!("No spreadsheet program writes this; the file is damaged or forged."))
}
