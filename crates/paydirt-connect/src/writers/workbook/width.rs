//! How wide must a column be for what stands in it? Signs of Japanese are twice as wide.

use super::{Cell, Look, Sheet};

/// Narrowest and widest column, in digits.
const LEAST: f64 = 10.0;
const MOST: f64 = 42.0;
/// Width of a column whose texts go over several lines.
const WRAPPED: f64 = 52.0;
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
        Look::Wrapped => widest.clamp(LEAST, WRAPPED),
        Look::Instant => widest.clamp(INSTANT, MOST),
        _ => widest.clamp(LEAST, MOST),
    }
}

fn of_cell(cell: &Cell) -> f64 {
    match cell {
        // A heading runs over the empty cells beside it.
        Cell::Heading(_) => 0.0,
        _ => of_text(&cell.to_string()),
    }
}

/// The width of a text, in digits.
fn of_text(text: &str) -> f64 {
    text.chars().map(|sign| if is_wide(sign) { WIDE } else { 1.0 }).sum()
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

    #[test]
    fn japanese_is_wide() {
        assert!((of_text("商談ID") - (2.0 * WIDE + 2.0)).abs() < 1e-9);
        assert!((of_text("Événement") - 9.0).abs() < 1e-9);
        assert!(is_wide('ア') && is_wide('（') && !is_wide('é') && !is_wide('ｱ'));
    }
}
