//! Amounts that carry their currencies: which sign is which currency, and how its amounts are
//! written?
//!
//! `$` is the US dollar where no other dollar is named in the column. `¥` is the yen where the
//! header or another value is Japanese, or where no yuan is named. `€1,234` and `1.234 $` in one
//! column may divide differently: the style is found for each currency.

use crate::types::{Currencies, NumberStyle};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// How the amounts of one sign are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCurrency {
    /// The sign or code in the cells.
    pub sign: &'static str,
    /// The currency.
    pub code: &'static str,
    /// How its numbers are written.
    pub style: NumberStyle,
}

/// How many amounts carry a sign, and how they can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignCount {
    pub(super) sign: &'static str,
    pub(super) rows: u64,
    pub(super) point_only: u64,
    pub(super) comma_only: u64,
    /// Amounts that both styles read, but differently.
    pub(super) differ: u64,
}

const OTHER_DOLLARS: [&str; 6] = ["CAD", "AUD", "NZD", "SGD", "HKD", "MXN"];

/// The currency of a column where every amount carries the same sign; `None` when the sign may be
/// that of several.
pub(super) fn only(name: &str, sign: &'static str) -> Option<&'static str> {
    match sign {
        "$" => None,
        "¥" => name.contains(is_japanese).then_some("JPY"),
        code => Some(code),
    }
}

fn is_japanese(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '円' | '額')
}

/// The currencies of a column where every amount carries one, or why they cannot be told.
pub(super) fn several(name: &str, counts: &[SignCount]) -> Result<Currencies, Sentence> {
    let has = |sign: &str| counts.iter().any(|count| count.sign == sign);
    let mut found = Vec::new();
    for count in counts {
        let code = match count.sign {
            "$" if OTHER_DOLLARS.iter().any(|code| has(code)) => {
                return Err(say!("the sign $ can be more than one of the dollars in it"));
            }
            "$" => "USD",
            "¥" if has("CNY") && !has("JPY") && !name.contains(is_japanese) => {
                return Err(say!("the sign ¥ can be JPY or CNY"));
            }
            "¥" => "JPY",
            code => code,
        };
        let whole_only = matches!(code, "JPY" | "KRW");
        let style = match (count.point_only > 0, count.comma_only > 0) {
            (true, true) => {
                return Err(say!("amounts in {code} are written in different ways", code));
            }
            (false, true) => NumberStyle::Comma,
            (false, false) if count.differ > 0 && !whole_only => {
                return Err(say!(
                    "the comma in amounts in {code} may group digits or divide",
                    code
                ));
            }
            (true, false) | (false, false) => NumberStyle::Point,
        };
        found.push(CellCurrency { sign: count.sign, code, style });
    }
    Ok(Currencies::OfCells(found))
}
