//! Which cells are empty because they are merged with others? They get the value of their area.

use crate::sources::excel::address::Area;
use crate::sources::excel::rows::Row;
use crate::sources::excel::values::Kind;

/// Areas that are wider belong to titles; their value is not repeated.
const WIDTH_MAX: u32 = 1_024;

/// Merged areas while a sheet is read from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// Areas that have not begun yet, the last one first.
    ahead: Vec<Area>,
    /// Areas that the current row is in, with their value.
    open: Vec<(Area, String, Kind)>,
    row: Row,
}

impl Merges {
    /// The areas of a sheet.
    pub(super) fn new(mut areas: Vec<Area>) -> Self {
        areas.retain(|area| area.last_column - area.first_column < WIDTH_MAX);
        areas.sort_unstable_by(|a, b| b.cmp(a));
        Merges { ahead: areas, ..Merges::default() }
    }

    /// The row with the cells of merged areas filled. Rows that hold nothing themselves are not
    /// asked for, so an area that goes on below the table adds no rows to it.
    pub(super) fn fill<'r>(&'r mut self, row: &'r Row) -> &'r Row {
        self.open.retain(|(area, ..)| row.number <= area.last_row);
        while self.ahead.last().is_some_and(|area| area.first_row <= row.number) {
            let area = self.ahead.pop().expect("there is one");
            self.begin(area, row);
        }
        for &area in &row.merges {
            self.begin(area, row);
        }
        if self.open.is_empty() {
            return row;
        }
        let Merges { open, row: filled, .. } = self;
        filled.begin(row.number, row.is_hidden);
        for cell in row.cells() {
            let text = row.text(cell);
            filled.push(cell.column, |into| {
                into.push_str(text);
                cell.kind
            });
        }
        for (area, text, kind) in open {
            for column in area.first_column..=area.last_column {
                if row.cells().binary_search_by_key(&column, |cell| cell.column).is_err() {
                    filled.push_filled(column, text, *kind);
                }
            }
        }
        filled.end();
        filled
    }

    /// An area whose first cell holds nothing has no value to repeat.
    fn begin(&mut self, area: Area, row: &Row) {
        if area.first_row != row.number || area.last_column - area.first_column >= WIDTH_MAX {
            return;
        }
        let first = row.cells().iter().find(|cell| cell.column == area.first_column);
        if let Some(cell) = first.filter(|cell| !matches!(cell.kind, Kind::Unknown)) {
            self.open.push((area, row.text(cell).to_owned(), cell.kind));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[(u32, &str)]) -> Row {
        let mut row = Row::default();
        row.begin(number, false);
        for &(column, text) in cells {
            row.push(column, |into| {
                into.push_str(text);
                Kind::Text
            });
        }
        row.end();
        row
    }

    fn texts(row: &Row) -> Vec<String> {
        let told = |cell: &crate::sources::excel::rows::Cell| {
            format!("{}{}", row.text(cell), if cell.is_filled { "+" } else { "" })
        };
        row.cells().iter().map(told).collect()
    }

    #[test]
    fn values_are_repeated_within_their_area_only() {
        let areas = ["A2:A4", "C2:D2"].map(|text| Area::parse(text).unwrap());
        let mut merges = Merges::new(areas.into());
        assert_eq!(texts(merges.fill(&row(0, &[(0, "Case"), (1, "Step")]))), ["Case", "Step"]);
        assert_eq!(texts(merges.fill(&row(1, &[(0, "7"), (2, "x")]))), ["7", "x", "x+"]);
        assert_eq!(texts(merges.fill(&row(2, &[(1, "b")]))), ["7+", "b"]);
        assert_eq!(texts(merges.fill(&row(3, &[(0, "own"), (1, "c")]))), ["own", "c"]);
        assert_eq!(texts(merges.fill(&row(4, &[(1, "d")]))), ["d"]);
    }
}
