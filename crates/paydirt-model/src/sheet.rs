//! Where in a workbook is a value? What its cell is called.

use std::fmt::Write;

use rustc_hash::FxHashMap;

/// The sheet that a table comes from, and the place of each column in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetColumns {
    sheet: String,
    /// Columns of the sheet, from 0, by the name that they have in the table.
    columns: FxHashMap<String, u32>,
}

impl SheetColumns {
    /// The columns of a sheet: names and places, from 0.
    #[must_use]
    pub fn new(sheet: &str, columns: impl IntoIterator<Item = (String, u32)>) -> Self {
        SheetColumns { sheet: sheet.to_owned(), columns: columns.into_iter().collect() }
    }

    /// The name of the sheet.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// The cell of a column in a row (from 1), such as `Sheet1!C17`.
    #[must_use]
    pub fn cell(&self, column: &str, row: u64) -> Option<String> {
        let &place = self.columns.get(column)?;
        (row > 0).then(|| cell_address(&self.sheet, place, row))
    }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut reversed = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        reversed.push(b'A' + u8::try_from(rest % 26).expect("a remainder of 26"));
        rest /= 26;
    }
    reversed.iter().rev().map(|&byte| char::from(byte)).collect()
}

/// What spreadsheet programs call a cell: `Sheet1!C17`, or `'Deals 2024'!C17` where the name of the
/// sheet is not one plain word. The column is counted from 0, the row from 1.
#[must_use]
pub fn cell_address(sheet: &str, column: u32, row: u64) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || character == '_';
    let begins_plainly = sheet.chars().next().is_some_and(|first| !first.is_numeric());
    let mut text = if begins_plainly && sheet.chars().all(is_plain) {
        sheet.to_owned()
    } else {
        format!("'{}'", sheet.replace('\'', "''"))
    };
    let _ = write!(text, "!{}{row}", column_letters(column));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let letters: Vec<String> = [0, 25, 26, 16_383].map(column_letters).into();
        assert_eq!(letters, ["A", "Z", "AA", "XFD"]);
    }

    #[test]
    fn sheets_are_quoted_where_their_names_are_not_plain() {
        assert_eq!(cell_address("Sheet1", 2, 17), "Sheet1!C17");
        assert_eq!(cell_address("取引", 0, 1), "取引!A1");
        assert_eq!(cell_address("Deals 2024", 0, 1), "'Deals 2024'!A1");
        assert_eq!(cell_address("2024", 0, 1), "'2024'!A1");
        assert_eq!(cell_address("Ann's", 26, 3), "'Ann''s'!AA3");
        let columns = SheetColumns::new("Sheet1", [("Stage".to_owned(), 2)]);
        assert_eq!(columns.cell("Stage", 17).as_deref(), Some("Sheet1!C17"));
        assert_eq!((columns.cell("Owner", 17), columns.cell("Stage", 0)), (None, None));
    }
}
