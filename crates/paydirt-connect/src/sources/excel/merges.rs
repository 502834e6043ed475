//! Which cells are empty because they are merged with others? They get the value of their area.

use std::sync::Arc;

use paydirt_model::problem::Problem;
use paydirt_model::say;

use crate::sources::excel::address::{Area, COLUMNS_MAX};
use crate::sources::excel::package::damaged;
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
    open: Vec<(Area, Arc<str>, Kind)>,
    /// How many columns these have together.
    open_width: u32,
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
    ///
    /// # Errors
    /// The row would hold more text than is read, or the areas lie upon each other.
    pub(super) fn fill<'r>(&'r mut self, row: &'r Row) -> Result<&'r Row, Problem> {
        self.open.retain(|(area, ..)| row.number <= area.last_row);
        self.open_width = self.open.iter().map(|(area, ..)| width(area)).sum();
        while self.ahead.last().is_some_and(|area| area.first_row <= row.number) {
            let area = self.ahead.pop().expect("there is one");
            self.begin(area, row)?;
        }
        for &area in &row.merges {
            self.begin(area, row)?;
        }
        if self.open.is_empty() {
            return Ok(row);
        }
        let Merges { open, row: filled, .. } = self;
        filled.begin_as(row);
        for cell in row.cells() {
            let text = row.text(cell);
            filled.push(cell.column, |into| {
                into.push_str(text);
                cell.kind
            })?;
        }
        for (area, text, kind) in open {
            for column in area.first_column..=area.last_column {
                if row.cells().binary_search_by_key(&column, |cell| cell.column).is_err() {
                    filled.push_filled(column, text, *kind)?;
                }
            }
        }
        filled.end();
        Ok(filled)
    }

    /// An area whose first cell holds nothing has no value to repeat.
    fn begin(&mut self, area: Area, row: &Row) -> Result<(), Problem> {
        if area.first_row != row.number || area.last_column - area.first_column >= WIDTH_MAX {
            return Ok(());
        }
        let first = row.cells().binary_search_by_key(&area.first_column, |cell| cell.column);
        let Ok(first) = first else { return Ok(()) };
        let cell = &row.cells()[first];
        if matches!(cell.kind, Kind::Unknown) {
            return Ok(());
        }
        // Areas that lie beside each other are together no wider than a sheet is.
        self.open_width += width(&area);
        if self.open_width > COLUMNS_MAX {
            return Err(damaged(say!("its merged areas lie upon each other")));
        }
        self.open.push((area, row.text(cell).into(), cell.kind));
        Ok(())
    }
}

fn width(area: &Area) -> u32 {
    area.last_column - area.first_column + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[(u32, &str)]) -> Row {
        let mut row = Row::new(64);
        row.begin(number, false);
        for &(column, text) in cells {
            row.push(column, |into| {
                into.push_str(text);
                Kind::Text
            })
            .unwrap();
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
        assert_eq!(
            texts(merges.fill(&row(0, &[(0, "Case"), (1, "Step")])).unwrap()),
            ["Case", "Step"]
        );
        assert_eq!(texts(merges.fill(&row(1, &[(0, "7"), (2, "x")])).unwrap()), ["7", "x", "x+"]);
        assert_eq!(texts(merges.fill(&row(2, &[(1, "b")])).unwrap()), ["7+", "b"]);
        assert_eq!(texts(merges.fill(&row(3, &[(0, "own"), (1, "c")])).unwrap()), ["own", "c"]);
        assert_eq!(texts(merges.fill(&row(4, &[(1, "d")])).unwrap()), ["d"]);
    }

    #[test]
    fn no_value_is_repeated_beyond_what_a_row_may_hold() {
        let text = "x".repeat(20);
        let areas = ["A1:B9", "C1:F1"].map(|text| Area::parse(text).unwrap());
        let mut merges = Merges::new(areas.into());
        assert!(merges.fill(&row(0, &[(0, &text)])).is_ok(), "its second area has no value");
        let mut merges = Merges::new(areas.into());
        let filled = row(0, &[(0, &text), (2, "y")]);
        assert_eq!(merges.fill(&filled).unwrap().text_bytes(), 2 * 20 + 4);
        let mut merges = Merges::new(vec![Area::parse("A1:D9").unwrap()]);
        let problem = merges.fill(&row(0, &[(0, &text)])).unwrap_err().to_string();
        assert!(problem.contains("Row 1 of a sheet holds more than 64 bytes of text"), "{problem}");
    }

    #[test]
    fn areas_upon_each_other_are_damage() {
        let areas = vec![Area::parse("A1:ALJ5").unwrap(); 17];
        let mut merges = Merges::new(areas);
        let problem = merges.fill(&row(0, &[(0, "x")])).unwrap_err().to_string();
        assert!(problem.contains("its merged areas lie upon each other"), "{problem}");
    }
}
