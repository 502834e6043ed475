//! Is this file of the same shape as an earlier one: the same columns, with values of the same
//! kind?

use paydirt_model::raw_table::RawTable;
use paydirt_recipe::dates::detect::{Purpose, date_share_per_cent};
use paydirt_recipe::scan::ColumnScan;
use paydirt_recipe::types::NumberStyle;
use serde::{Deserialize, Serialize};

/// Values of a column that are looked at.
const SAMPLED: usize = 200;
/// How many of them must be of a kind.
const PER_CENT_MIN: usize = 90;

/// What the values of a column are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ValueKind {
    Blank,
    Number,
    Date,
    Text,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ShapeColumn {
    name: String,
    kind: ValueKind,
}

/// The columns of a table, ordered by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileShape {
    columns: Vec<ShapeColumn>,
}

impl FileShape {
    /// The shape of a table.
    #[must_use]
    pub fn of(table: &RawTable) -> Self {
        let column = |(idx, name): (usize, &String)| {
            let scan = ColumnScan::new(table, idx);
            let kind = match scan.typed() {
                Some(kind) => typed(kind),
                None => kind_of(&scan.sample(SAMPLED)),
            };
            ShapeColumn { name: name.clone(), kind }
        };
        let mut columns: Vec<ShapeColumn> = table.names.iter().enumerate().map(column).collect();
        columns.sort_by(|left, right| left.name.cmp(&right.name));
        FileShape { columns }
    }

    /// Whether a file of one shape is one of the other: all names are the same, and no column has
    /// values of another kind. A column without values fits every kind.
    #[must_use]
    pub fn fits(&self, other: &FileShape) -> bool {
        let is_blank = |column: &ShapeColumn| column.kind == ValueKind::Blank;
        !self.columns.is_empty()
            && self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(left, right)| {
                let is_same = left.kind == right.kind || is_blank(left) || is_blank(right);
                left.name == right.name && is_same
            })
    }
}

fn typed(kind: paydirt_model::attribute::AttributeType) -> ValueKind {
    use paydirt_model::attribute::AttributeType;
    match kind {
        AttributeType::Integer
        | AttributeType::Decimal
        | AttributeType::Money
        | AttributeType::Duration => ValueKind::Number,
        AttributeType::Timestamp => ValueKind::Date,
        AttributeType::Text | AttributeType::Boolean => ValueKind::Text,
    }
}

fn kind_of(sample: &[String]) -> ValueKind {
    if sample.is_empty() {
        return ValueKind::Blank;
    }
    let is_number = |text: &&String| {
        let text = text.trim();
        NumberStyle::Point.parse(text).is_some() || NumberStyle::Comma.parse(text).is_some()
    };
    let numbers = sample.iter().filter(is_number).count();
    if sample.len() * PER_CENT_MIN <= numbers * 100 {
        return ValueKind::Number;
    }
    let dates = date_share_per_cent(sample, Purpose::Type);
    if PER_CENT_MIN <= dates { ValueKind::Date } else { ValueKind::Text }
}

#[cfg(test)]
mod tests {
    use paydirt_model::interner::TextColumn;
    use paydirt_model::raw_table::{RawChunk, RawColumn};

    use super::*;

    fn shape(text: &str) -> FileShape {
        let mut lines = text.lines();
        let names: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let columns = (0..names.len())
            .map(|idx| RawColumn::Plain(rows.iter().map(|row| row[idx]).collect::<TextColumn>()))
            .collect();
        let lines = (2..).take(rows.len()).collect();
        FileShape::of(&RawTable { names, chunks: vec![RawChunk { lines, columns }] })
    }

    #[test]
    fn a_shape_is_names_and_kinds() {
        let known = shape("case,step,at,amount\nD1,Call,2024-01-31,5\nD2,Sale,2024-02-01,6");
        for (other, fits) in [
            ("case,step,at,amount\nX,Other,2025-12-01,7.5", true),
            ("amount,at,case,step\n7,2025-12-01,X,Other", true),
            ("case,step,at,amount\nX,Other,2025-12-01,", true),
            ("case,step,at,amount\nX,Other,soon,7", false),
            ("case,step,at,sum\nX,Other,2025-12-01,7", false),
            ("case,step,at\nX,Other,2025-12-01", false),
            ("case,step,at,amount,more\nX,Other,2025-12-01,7,8", false),
        ] {
            assert_eq!(known.fits(&shape(other)), fits, "{other}");
        }
        assert!(!FileShape::default().fits(&FileShape::default()));
    }
}
