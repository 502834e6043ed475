//! How the cells of a block become columns: numbered texts while texts repeat, plain ones else.

use paydirt_model::interner::{Interner, TextColumn};
use paydirt_model::raw_table::RawColumn;

/// After so many rows, and at every doubling, a column whose texts hardly repeat becomes plain.
const FIRST_CHECK_ROWS: usize = 2_048;

/// One column of a block while it is being read.
#[derive(Debug)]
pub(in crate::sources) struct ColumnBuilder {
    cells: Cells,
}

#[derive(Debug)]
enum Cells {
    Numbered { interner: Interner, codes: Vec<u32>, next_check: usize },
    Plain(TextColumn),
}

impl ColumnBuilder {
    pub(in crate::sources) fn new() -> Self {
        let cells = Cells::Numbered {
            interner: Interner::default(),
            codes: Vec::new(),
            next_check: FIRST_CHECK_ROWS,
        };
        ColumnBuilder { cells }
    }

    #[inline]
    pub(in crate::sources) fn push(&mut self, text: &str) {
        match &mut self.cells {
            Cells::Plain(texts) => texts.push(text),
            Cells::Numbered { interner, codes, next_check } => {
                let code = match codes.last() {
                    Some(&last) if interner.texts().get_bytes(last as usize) == text.as_bytes() => {
                        last
                    }
                    _ => interner.intern(text),
                };
                codes.push(code);
                if codes.len() == *next_check {
                    *next_check *= 2;
                    if interner.texts().len() * 2 > codes.len() {
                        self.make_plain();
                    }
                }
            }
        }
    }

    fn make_plain(&mut self) {
        let Cells::Numbered { interner, codes, .. } = &self.cells else { return };
        let known = interner.texts();
        let mut texts = TextColumn::with_capacity(codes.len() * 8, known.memory_bytes() * 8);
        for &code in codes {
            texts.push(known.get(code as usize));
        }
        self.cells = Cells::Plain(texts);
    }

    pub(in crate::sources) fn finish(self) -> RawColumn {
        match self.cells {
            Cells::Plain(texts) => RawColumn::Plain(texts),
            Cells::Numbered { interner, codes, .. } => {
                RawColumn::Dictionary { codes, texts: interner.into_texts() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_hardly_repeat_become_plain() {
        let mut column = ColumnBuilder::new();
        for row in 0..5_000 {
            column.push(&row.to_string());
        }
        let column = column.finish();
        assert!(matches!(column, RawColumn::Plain(_)));
        assert_eq!(column.text(4_999), "4999");
        let mut column = ColumnBuilder::new();
        for row in 0..5_000 {
            column.push(if row % 3 == 0 { "a" } else { "b" });
        }
        let column = column.finish();
        assert!(matches!(column, RawColumn::Dictionary { .. }));
        assert_eq!((column.text(3), column.text(4)), ("a".into(), "b".into()));
    }
}
