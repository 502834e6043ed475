//! Which ids has a spreadsheet damaged?
//!
//! A spreadsheet takes an id of digits for a number: a long one becomes `9.87654E+12`, whose digits
//! are lost, and zeros at its beginning are gone. Cases whose ids are damaged so may be one
//! another, so their rows are refused. The ids of Salesforce with 15 characters are told apart by
//! capitals: two that differ in nothing else are two cases, and worth a warning, for programs that
//! do not look at capitals have them as one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use paydirt_model::automatic::{AutomaticReading, ReadingExample, ReadingRule};
use paydirt_model::mapping::ImportReport;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::roles::folded;
use crate::scan::ColumnScan;

/// Fewest digits of ids that have one width.
const WIDTH_MIN: usize = 4;
/// Characters of the short ids of Salesforce.
const SHORT_ID: usize = 15;
/// Most ids with 15 characters that are compared with one another.
const COMPARED_MAX: usize = 1_000_000;
/// Examples of damaged ids.
const EXAMPLES: usize = 20;

/// How an id is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    /// It is a number in scientific notation.
    Scientific,
    /// It has lost the zeros at its beginning: the others have so many digits.
    LostZeros(usize),
}

impl Damage {
    /// What the user is told of a case id.
    pub(crate) fn of_case(self) -> Sentence {
        match self {
            Damage::Scientific => say!(
                "A spreadsheet has made a number of this id and has lost digits of it (DQ-05), so \
                 that different cases may look alike. The row was left out. Export the file again, \
                 and keep the column as text."
            ),
            Damage::LostZeros(width) => say!(
                "The ids have {width} digits, and this one has lost the zeros at its beginning \
                 (DQ-05), as in a spreadsheet. The row was left out. Export the file again, and \
                 keep the column as text.",
                width
            ),
        }
    }

    /// What the user is told of another id.
    pub(crate) fn of_other(self) -> Sentence {
        match self {
            Damage::Scientific => say!(
                "A spreadsheet has made a number of this id and has lost digits of it (DQ-05). It \
                 was read as it stands. Export the file again, and keep the column as text."
            ),
            Damage::LostZeros(width) => say!(
                "The ids have {width} digits, and this one has lost the zeros at its beginning \
                 (DQ-05), as in a spreadsheet. It was read as it stands. Export the file again, \
                 and keep the column as text.",
                width
            ),
        }
    }
}

/// What to look for in the ids of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IdCheck {
    /// How many digits the ids have, where some have lost zeros.
    width: Option<usize>,
}

impl IdCheck {
    /// What is damaged in a column of ids; nothing in most.
    pub(crate) fn of(scan: &ColumnScan<'_>) -> Option<IdCheck> {
        // Nearly every column of ids holds one that is sound and no number.
        let may_be_damaged =
            |text: &str| is_scientific(text.trim()) || text.trim().starts_with('0');
        if !scan.may_have(may_be_damaged) {
            return None;
        }
        let mut widths = Widths::default();
        let mut has_scientific = false;
        scan.each(|text, rows| {
            has_scientific |= is_scientific(text);
            widths.add(text, rows);
            ControlFlow::Continue(())
        });
        let width = widths.lost();
        (has_scientific || width.is_some()).then_some(IdCheck { width })
    }

    /// How an id is damaged.
    pub(crate) fn damage(self, text: &str) -> Option<Damage> {
        if is_scientific(text) {
            return Some(Damage::Scientific);
        }
        let width = self.width?;
        let is_short = text.len() < width && is_digits(text);
        is_short.then_some(Damage::LostZeros(width))
    }

    /// What the report says of the case ids.
    pub(crate) fn reading(self, scan: &ColumnScan<'_>) -> AutomaticReading {
        let mut count = 0;
        scan.each(|text, rows| {
            count += u64::from(self.damage(text).is_some()) * rows;
            ControlFlow::Continue(())
        });
        let examples = scan.examples(EXAMPLES, |text| self.damage(text).is_some());
        let what = say!(
            "{count} case {count|id|ids} in column \"{name}\" {count|was|were} damaged by a \
             spreadsheet, and {count|its row was|their rows were} left out.",
            count,
            name = scan.name()
        );
        AutomaticReading::of(ReadingRule::DamagedIds, Some(scan.name()), count, what, examples)
    }
}

/// How many digits the ids of a column have.
#[derive(Default)]
struct Widths {
    /// The width of the ids that begin with a zero; `None` when there are several.
    of_zeros: Option<usize>,
    zeros: u64,
    is_mixed: bool,
    longest: usize,
    /// Rows by the width of their ids.
    rows: BTreeMap<usize, u64>,
    others: u64,
}

impl Widths {
    fn add(&mut self, text: &str, rows: u64) {
        if !is_digits(text) {
            self.others += rows;
            return;
        }
        self.longest = self.longest.max(text.len());
        *self.rows.entry(text.len()).or_default() += rows;
        if text.starts_with('0') && text.len() > 1 {
            self.zeros += rows;
            self.is_mixed |= self.of_zeros.is_some_and(|width| width != text.len());
            self.of_zeros = Some(text.len());
        }
    }

    /// The width that some ids have lost: all with a zero in front have it, none is longer, and
    /// some are shorter, but not more than have their zeros; else those are the odd ones.
    fn lost(&self) -> Option<usize> {
        let width = self.of_zeros.filter(|_| !self.is_mixed && self.others == 0)?;
        let shorter: u64 = self.rows.range(..width).map(|(_, rows)| rows).sum();
        let is_lost =
            WIDTH_MIN <= width && self.longest == width && (1..=self.zeros).contains(&shorter);
        is_lost.then_some(width)
    }
}

/// Whether a text is a number as a spreadsheet writes long ones: `9.87654E+12`, `9,87654E+12`.
fn is_scientific(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Nearly no id has a plus, and every id is looked at.
    if !bytes.contains(&b'+') {
        return false;
    }
    let Some(at) = bytes.windows(2).position(|two| two.eq_ignore_ascii_case(b"e+")) else {
        return false;
    };
    let (mantissa, exponent) = (&bytes[..at], &bytes[at + 2..]);
    let mantissa_fits = match mantissa {
        [digit] => digit.is_ascii_digit(),
        [digit, b'.' | b',', rest @ ..] => {
            digit.is_ascii_digit() && !rest.is_empty() && rest.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    };
    mantissa_fits && (1..=3).contains(&exponent.len()) && exponent.iter().all(u8::is_ascii_digit)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the name of a column says that it holds ids.
pub(crate) fn is_id_name(name: &str) -> bool {
    const ENDS: &[&str] =
        &["id", "ids", "number", "numero", "no", "nr", "code", "key", "番号", "コード", "id番号"];
    let folded = folded(name);
    ENDS.iter().any(|end| folded.ends_with(end))
}

/// Short ids of Salesforce that differ in capitals alone, as a note with an example.
pub(crate) fn alike_but_for_capitals(scan: &ColumnScan<'_>) -> Option<AutomaticReading> {
    let first = scan.sample(1);
    if !first.iter().all(|text| is_short_id(text)) {
        return None;
    }
    let mut known: HashMap<String, String> = HashMap::new();
    let mut alike: HashSet<String> = HashSet::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut are_short = true;
    scan.each(|text, _| {
        are_short = is_short_id(text);
        if !are_short {
            return ControlFlow::Break(());
        }
        let small = text.to_ascii_lowercase();
        match known.get(&small) {
            None if known.len() < COMPARED_MAX => {
                known.insert(small, text.to_owned());
            }
            Some(other) if other != text => {
                alike.insert(other.clone());
                if alike.insert(text.to_owned()) && pairs.len() < EXAMPLES {
                    pairs.push((other.clone(), text.to_owned()));
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    let (one, other) = pairs.first().filter(|_| are_short)?;
    let what = say!(
        "Ids in column \"{name}\" differ in capitals alone, such as \"{one}\" and \"{other}\" \
         (DQ-05). They were read as different ids. If the file went through a program that does \
         not tell capitals apart, they may be mixed up: export the ids with 18 characters.",
        name = scan.name(),
        one = one.as_str(),
        other = other.as_str()
    );
    let example = |text: &String| ReadingExample {
        row: scan.line_of(text).unwrap_or(0),
        value: ImportReport::cut(text),
        count: 1,
    };
    let examples = pairs.iter().flat_map(|(one, other)| [example(one), example(other)]).collect();
    let count = alike.len() as u64;
    Some(AutomaticReading::of(ReadingRule::DamagedIds, Some(scan.name()), count, what, examples))
}

/// Whether a text may be an id of Salesforce with 15 characters, which begins with the three
/// characters of its kind, two of them digits in all but own kinds (`006…`, `00Q…`, `a0B…`).
fn is_short_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == SHORT_ID
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes[..3].iter().any(u8::is_ascii_digit)
        && bytes.iter().any(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use paydirt_model::interner::TextColumn;
    use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

    use super::*;

    fn table(values: &[&str]) -> RawTable {
        let texts: TextColumn = values.iter().copied().collect();
        let lines = (2..).take(values.len()).collect();
        let chunk = RawChunk { lines, columns: vec![RawColumn::Plain(texts)] };
        RawTable { names: vec!["Deal ID".to_owned()], chunks: vec![chunk] }
    }

    fn damaged(values: &[&str]) -> Vec<String> {
        let table = table(values);
        let Some(check) = IdCheck::of(&ColumnScan::new(&table, 0)) else { return Vec::new() };
        let is_damaged = |text: &&&str| check.damage(text).is_some();
        values.iter().filter(is_damaged).map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn numbers_in_scientific_notation_are_no_ids() {
        assert_eq!(damaged(&["9.87654E+12", "D-1"]), ["9.87654E+12"]);
        assert_eq!(damaged(&["9,87654E+12", "1E+15"]), ["9,87654E+12", "1E+15"]);
        for id in ["1E5", "12E+3", "A1E+3", "1.E+3", "E+3", "1E+", "1E+1234", "1.5E-3"] {
            assert_eq!(damaged(&[id]), [""; 0], "{id}");
        }
    }

    #[test]
    fn zeros_are_lost_only_where_others_have_them() {
        assert_eq!(damaged(&["00123", "01234", "12345", "567"]), ["567"]);
        assert_eq!(damaged(&["123", "1234", "12345"]), [""; 0]);
        assert_eq!(damaged(&["00123", "0123", "567"]), [""; 0], "no one width");
        assert_eq!(damaged(&["00123", "123456", "567"]), [""; 0], "some are longer");
        assert_eq!(damaged(&["00123", "A567", "567"]), [""; 0], "some are no numbers");
        assert_eq!(damaged(&["0000", "1", "2", "1000"]), [""; 0], "most are shorter");
    }

    #[test]
    fn short_ids_that_differ_in_capitals() {
        let alike = |values: &[&str]| {
            let table = table(values);
            alike_but_for_capitals(&ColumnScan::new(&table, 0)).map(|found| found.count)
        };
        assert_eq!(alike(&["0065g00000AbCdE", "0065g00000AbCde", "0065g00000AbCdE"]), Some(2));
        assert_eq!(alike(&["0065g00000AbCdE", "0065g00000AbCdF"]), None);
        assert_eq!(alike(&["Some long words", "some long words"]), None);
        assert_eq!(alike(&["0065g00000AbCdEAAX", "0065g00000abcdeAAX"]), None);
    }
}
