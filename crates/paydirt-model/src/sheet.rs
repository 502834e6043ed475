//! Where in a workbook is a value? What its cell is called.

use std::fmt::Write;

use rustc_hash::FxHashMap;

/// The sheets or files that a table comes from, and the place of each column in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetColumns {
    /// In the order of their rows.
    parts: Vec<PartColumns>,
}

/// The columns of one sheet or file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PartColumns {
    /// Rows that are counted before its first.
    rows_before: u64,
    name: String,
    /// Columns of the sheet, from 0, by the name that they have in the table; none of a file.
    columns: Option<FxHashMap<String, u32>>,
}

impl SheetColumns {
    /// The columns of a sheet: names and places, from 0.
    #[must_use]
    pub fn new(sheet: &str, columns: impl IntoIterator<Item = (String, u32)>) -> Self {
        let columns = Some(columns.into_iter().collect());
        let part = PartColumns { rows_before: 0, name: sheet.to_owned(), columns };
        SheetColumns { parts: vec![part] }
    }

    /// A file, whose rows are named by its name and their number.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let part = PartColumns { rows_before: 0, name: name.to_owned(), columns: None };
        SheetColumns { parts: vec![part] }
    }

    /// Adds what comes after so many rows; `called` tells what its columns are called in the table.
    pub fn append(
        &mut self,
        rows_before: u64,
        later: SheetColumns,
        called: impl Fn(&str) -> Vec<String>,
    ) {
        self.parts.extend(later.parts.into_iter().map(|part| {
            let named = |columns: FxHashMap<String, u32>| {
                let all = columns.into_iter().flat_map(|(name, place)| {
                    called(&name).into_iter().map(move |name| (name, place))
                });
                all.collect()
            };
            PartColumns {
                rows_before: part.rows_before + rows_before,
                name: part.name,
                columns: part.columns.map(named),
            }
        }));
    }

    /// The name of the sheet, where all columns are of one sheet.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [part] if part.columns.is_some() => Some(&part.name),
            _ => None,
        }
    }

    /// The cell of a column in a row (from 1), such as `Sheet1!C17`, or the row of a file, such as
    /// `invoices.csv:17`.
    #[must_use]
    pub fn cell(&self, column: &str, row: u64) -> Option<String> {
        let part = self.parts.iter().rev().find(|part| part.rows_before < row)?;
        let own = row - part.rows_before;
        match &part.columns {
            Some(columns) => Some(cell_address(&part.name, *columns.get(column)?, own)),
            None => Some(format!("{}:{own}", part.name)),
        }
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

    #[test]
    fn cells_of_several_sheets_are_found_by_their_rows() {
        let mut all = SheetColumns::new("Events", [("EventTime".to_owned(), 2)]);
        let documents = SheetColumns::new("Documents", [("DocumentDate".to_owned(), 4)]);
        all.append(100, documents, |name| vec![name.replace("DocumentDate", "EventTime")]);
        all.append(120, SheetColumns::of_file("leads.csv"), |name| vec![name.to_owned()]);
        assert_eq!(all.cell("EventTime", 100).as_deref(), Some("Events!C100"));
        assert_eq!(all.cell("EventTime", 102).as_deref(), Some("Documents!E2"));
        assert_eq!(all.cell("EventTime", 123).as_deref(), Some("leads.csv:3"));
        assert_eq!(all.cell("DocumentDate", 102), None);
    }
}
