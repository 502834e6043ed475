//! How often does each value of an attribute occur among selected cases, and among the rest?

use paydirt_model::attribute::{Attribute, AttributeLevel, AttributeType};
use paydirt_model::case_batch::CaseBatch;
use paydirt_model::column::Column;
use serde::{Deserialize, Serialize};

use crate::statistics::currency_bags::CurrencyBags;
use crate::statistics::duration_bag::Method;

/// Both sides of one attribute.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sides {
    pub(super) selection: Counts,
    pub(super) rest: Counts,
}

/// Cases by value.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Cases by the number of their text, or false and true.
    pub(super) codes: Vec<u64>,
    /// Numbers and times of cases.
    pub(super) numbers: CurrencyBags,
    /// Cases without a value.
    pub(super) blanks: u64,
}

impl Sides {
    /// Looks at the cases of a batch, of which it is known in order whether they are selected.
    pub(super) fn look(
        &mut self,
        method: Method,
        attribute: &Attribute,
        batch: &CaseBatch<'_>,
        is_selected: &[bool],
    ) {
        let code_count = match attribute.kind {
            AttributeType::Text => attribute.texts.len(),
            AttributeType::Boolean => 2,
            AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Money
            | AttributeType::Timestamp
            | AttributeType::Duration => 0,
        };
        self.selection.codes.resize(code_count, 0);
        self.rest.codes.resize(code_count, 0);
        let column = batch.segment().column(attribute);
        let mut flags = is_selected.iter();
        match attribute.level {
            AttributeLevel::Case => batch.for_each(|case| {
                let is_selected = *flags.next().expect("one flag for each case");
                self.side(is_selected).add_value(method, column, case.idx());
            }),
            AttributeLevel::Event => {
                // Cases are numbered from 1 within the batch, so that 0 means "in no case yet".
                let mut last_case = vec![0_u32; code_count];
                let mut case_number = 0_u32;
                batch.for_each(|case| {
                    case_number += 1;
                    let is_selected = *flags.next().expect("one flag for each case");
                    let counts = self.side(is_selected);
                    let mut has_value = false;
                    for event_idx in 0..case.event_count() {
                        let Some(code) = code_of(column, case.row(event_idx)) else { continue };
                        has_value = true;
                        if last_case[code] != case_number {
                            last_case[code] = case_number;
                            counts.codes[code] += 1;
                        }
                    }
                    counts.blanks += u64::from(!has_value);
                });
            }
        }
    }

    fn side(&mut self, is_selected: bool) -> &mut Counts {
        if is_selected { &mut self.selection } else { &mut self.rest }
    }

    pub(super) fn merge(&mut self, other: Sides) {
        self.selection.merge(other.selection);
        self.rest.merge(other.rest);
    }
}

impl Counts {
    fn add_value(&mut self, method: Method, column: &Column, idx: usize) {
        if let Some(code) = code_of(column, idx) {
            self.codes[code] += 1;
        } else if let Some(number) = column.number(idx) {
            self.numbers.push(method, column.currency_code(idx), number);
        } else {
            self.blanks += 1;
        }
    }

    fn merge(&mut self, other: Counts) {
        self.codes.resize(self.codes.len().max(other.codes.len()), 0);
        for (count, theirs) in self.codes.iter_mut().zip(other.codes) {
            *count += theirs;
        }
        self.numbers.merge(other.numbers);
        self.blanks += other.blanks;
    }
}

/// The number of a text, or of false and true; `None` for blanks and other types.
fn code_of(column: &Column, idx: usize) -> Option<usize> {
    let code = column.text_code(idx).map(|code| code as usize);
    code.or_else(|| column.boolean(idx).map(usize::from))
}
