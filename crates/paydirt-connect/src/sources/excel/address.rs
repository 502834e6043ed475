//! Which cells does a name such as `C17` or `B2:D5` mean?

/// Most rows of a sheet.
pub(super) const ROWS_MAX: u32 = 1 << 20;
/// Most columns of a sheet.
pub(super) const COLUMNS_MAX: u32 = 1 << 14;

/// A rectangle of cells, rows and columns from 0, its last row and column included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) first_row: u32,
    pub(super) first_column: u32,
    pub(super) last_row: u32,
    pub(super) last_column: u32,
}

impl Area {
    /// `B2:D5`, or a single cell. `None` when it is no such thing or lies outside of every sheet.
    pub(super) fn parse(text: &str) -> Option<Area> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((first_row, first_column), (last_row, last_column)) = (cell(first)?, cell(last)?);
        let area = Area { first_row, first_column, last_row, last_column };
        area.is_ordered().then_some(area)
    }

    /// Whether its last cell does not lie before its first.
    pub(super) fn is_ordered(&self) -> bool {
        self.first_row <= self.last_row && self.first_column <= self.last_column
    }

    /// Whether it is more than one cell.
    pub(super) fn is_wide(&self) -> bool {
        self.first_row < self.last_row || self.first_column < self.last_column
    }
}

/// Row and column, from 0, of `C17` or `$C$17`. `None` when it lies outside of every sheet.
pub(super) fn cell(text: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut row = 0_u32;
    let mut letters = 0;
    let mut digits = 0;
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if digits == 0 && letters < 3 => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                letters += 1;
            }
            b'0'..=b'9' if letters > 0 && digits < 8 => {
                row = row * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'$' => {}
            _ => return None,
        }
    }
    let is_inside = 0 < column && column <= COLUMNS_MAX && 0 < row && row <= ROWS_MAX;
    is_inside.then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_letters_and_numbers() {
        for (text, expected) in [
            ("A1", Some((0, 0))),
            ("$C$17", Some((16, 2))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("17", None),
            ("AAAA1", None),
            ("A1B", None),
            ("", None),
        ] {
            assert_eq!(cell(text), expected, "{text}");
        }
        assert_eq!(Area::parse("B2:D5").map(|area| area.last_column), Some(3));
        assert_eq!(Area::parse("D5:B2"), None);
    }
}
