//! How wide must a column be for what stands in it, and how high a row? Signs of Japanese are twice
//! as wide.

use super::{Cell, Look, Sheet};

/// Narrowest and widest column, in digits.
const LEAST: f64 = 10.0;
const MOST: f64 = 42.0;
/// Width of a column whose texts go over several lines, and of one that has the sheet to itself.
const WRAPPED: f64 = 52.0;
const WRAPPED_ALONE: f64 = 96.0;
/// A sheet with so many columns has room for a wide one.
const FEW_COLUMNS: usize = 2;
/// Height of a line and of one with signs of Japanese, in points.
const LINE: f64 = 15.0;
const WIDE_LINE: f64 = 18.0;
/// Highest row.
const HIGHEST: f64 = 409.0;
/// How much wider a line of words is than its letters: the fonts that stand in for a missing one
/// are wider, and lines end before words that do not fit.
const SLACK: f64 = 1.1;
/// What a header in bold letters and the margins of a cell take.
const MARGIN: f64 = 3.0;
/// Width of a day with its time.
const INSTANT: f64 = 17.0;
/// Width of a sign of Japanese; the fonts that stand in for a Latin one are a little wider.
const WIDE: f64 = 2.1;

pub(super) fn of_column(sheet: &Sheet, column: usize) -> f64 {
    let described = &sheet.columns[column];
    let header = if sheet.has_header { of_text(&described.header) } else { 0.0 };
    let below = sheet.rows.iter().filter_map(|row| row.get(column)).map(of_cell);
    let widest = below.fold(header, f64::max) + MARGIN;
    match described.look {
        Look::Wrapped if sheet.columns.len() <= FEW_COLUMNS => widest.clamp(LEAST, WRAPPED_ALONE),
        Look::Wrapped => widest.clamp(LEAST, WRAPPED),
        Look::Instant => widest.clamp(INSTANT, MOST),
        _ => widest.clamp(LEAST, MOST),
    }
}

/// How high a row must be where a text of it takes several lines. Not every program finds out by
/// itself.
pub(super) fn height_of(sheet: &Sheet, row: &[Cell], widths: &[f64]) -> Option<f64> {
    let mut highest = 0.0_f64;
    let mut most = 1.0_f64;
    for (cell, (column, width)) in row.iter().zip(sheet.columns.iter().zip(widths)) {
        let (Look::Wrapped, Cell::Text(text)) = (column.look, cell) else { continue };
        let lines: f64 = text.lines().map(|line| lines_of(line, *width)).sum();
        let line = if text.chars().any(is_wide) { WIDE_LINE } else { LINE };
        most = most.max(lines);
        highest = highest.max(lines * line);
    }
    (1.0 < most).then_some(highest.min(HIGHEST))
}

fn lines_of(text: &str, width: f64) -> f64 {
    (of_text(text) * SLACK / width).ceil().max(1.0)
}

fn of_cell(cell: &Cell) -> f64 {
    match cell {
        // A heading runs over the empty cells beside it.
        Cell::Heading(_) => 0.0,
        _ => of_text(&cell.to_string()),
    }
}

/// The width of the longest line of a text, in digits.
fn of_text(text: &str) -> f64 {
    let width = |line: &str| line.chars().map(|sign| if is_wide(sign) { WIDE } else { 1.0 }).sum();
    text.lines().map(width).fold(0.0, f64::max)
}

/// Whether a sign takes the room of two (the ranges of Unicode's East Asian width).
fn is_wide(sign: char) -> bool {
    matches!(sign,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writers::workbook::Column;

    #[test]
    fn japanese_is_wide() {
        assert!((of_text("商談ID") - (2.0 * WIDE + 2.0)).abs() < 1e-9);
        assert!((of_text("Événement") - 9.0).abs() < 1e-9);
        assert!((of_text("one\nthree") - 5.0).abs() < 1e-9, "the longest line counts");
        assert!(is_wide('ア') && is_wide('（') && !is_wide('é') && !is_wide('ｱ'));
    }
    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let column = |look| Column { look, ..Column::default() };
        let columns = vec![column(Look::Text), column(Look::Wrapped)];
        let sheet = Sheet { columns, ..Sheet::default() };
        let height = |text: &str| {
            let row =
                [Cell::Text("a long text on one line".to_owned()), Cell::Text(text.to_owned())];
            height_of(&sheet, &row, &[10.0, 40.0])
        };
        assert_eq!(height("short"), None);
        assert_eq!(height("one\ntwo\nthree"), Some(45.0));
        // 60 letters and a tenth more are two lines of 40.
        assert_eq!(height(&"word ".repeat(12)), Some(30.0));
        assert_eq!(height(&"商".repeat(40)), Some(54.0));
    }
}
