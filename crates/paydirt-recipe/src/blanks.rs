//! Which texts of a column stand for a missing value?
//!
//! Programs write `N/A`, `--None--` or `未入力` where nothing is known. In an attribute, and in a
//! date of a table with a row for each case, such a word is a blank; it is never one in a case id
//! or an activity, which may be called `NA`. `NA` is a name where the other values are regions
//! (`EMEA`, `APAC`) or codes of capitals (`NA` is Namibia).
//!
//! A table with the column names of XES was written by a program that leaves blanks empty: there
//! the words are values of texts, and blanks only among numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::LazyLock;

use paydirt_model::automatic::{AutomaticReading, ReadingExample, ReadingRule, ReadingRules};
use paydirt_model::mapping::ImportReport;
use paydirt_model::say;

use crate::scan::ColumnScan;

/// Words for a missing value, in small letters.
const WORDS: &[&str] = &[
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "#na",
    "<na>",
    "null",
    "(null)",
    "<null>",
    "[null]",
    "\\n",
    "none",
    "(none)",
    "--none--",
    "-none-",
    "- none -",
    "-- none --",
    "nat",
    "undefined",
    "(no value)",
    "no value",
    "not available",
    "not applicable",
    "not set",
    "-",
    "--",
    "---",
    "–",
    "—",
    "−",
    "－",
    "ー",
    "―",
    "select",
    "select...",
    "select…",
    "-select-",
    "--select--",
    "- select -",
    "-- select --",
    "please select",
    "(blank)",
    "(blanks)",
    "blank",
    "(empty)",
    "#ref!",
    "#value!",
    "#div/0!",
    "#name?",
    "#null!",
    "#num!",
    "n/d",
    "n.d.",
    "néant",
    "neant",
    "aucun",
    "(aucun)",
    "--aucun--",
    "(vide)",
    "(aucune valeur)",
    "non renseigné",
    "non renseigne",
    "non défini",
    "sans objet",
    "s.o.",
    "sélectionner",
    "未入力",
    "未設定",
    "未選択",
    "未登録",
    "該当なし",
    "なし",
    "空白",
    "(空白)",
    "(値なし)",
    "（空白）",
    "選択してください",
    "--なし--",
];
/// Words that are blanks among numbers alone: the law knows a dismissal `NIL`.
const WORDS_AMONG_NUMBERS: &[&str] = &["nan", "nil"];
/// Longest of these words, in bytes.
const WORD_BYTES_MAX: usize = 24;

/// Names of regions beside which `NA` is North America.
const REGIONS: &[&str] = &[
    "EMEA", "APAC", "LATAM", "AMER", "AMERICAS", "EU", "MEA", "ANZ", "NORAM", "JAPAN", "ASIA",
    "EUROPE", "UKI", "DACH",
];

/// Where the words are blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankPlaces {
    /// In every attribute.
    Everywhere,
    /// In columns of numbers alone.
    AmongNumbers,
}

impl BlankPlaces {
    /// Where they are in a table with these columns.
    #[must_use]
    pub fn of(names: &[String]) -> Self {
        let has = |key: &str| names.iter().any(|name| name == key);
        if has("case:concept:name") && has("concept:name") && has("time:timestamp") {
            BlankPlaces::AmongNumbers
        } else {
            BlankPlaces::Everywhere
        }
    }
}

/// A word for a missing value as a column writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankWord {
    /// The word.
    pub text: String,
    /// How many cells hold it.
    pub count: u64,
}

/// Whether a text is a word for a missing value.
#[must_use]
pub fn is_blank_word(text: &str, rules: &ReadingRules) -> bool {
    if !rules.follows(ReadingRule::BlankWords) {
        return false;
    }
    match &rules.blank_words {
        Some(words) => words.iter().any(|word| is_same(word.trim(), text)),
        None => is_usual_word(text),
    }
}

/// The usual words by their length, for every cell of every column is compared with them.
static BY_LENGTH: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let mut by_length = vec![Vec::new(); WORD_BYTES_MAX + 1];
    for word in WORDS {
        by_length[word.len()].push(*word);
    }
    by_length
});

/// Whether a text is one of the usual words for a missing value, blanks around it cut off.
fn is_usual_word(text: &str) -> bool {
    let begins_as_number = text.bytes().next().is_none_or(|first| first.is_ascii_digit());
    if begins_as_number || text.len() > WORD_BYTES_MAX {
        return false;
    }
    BY_LENGTH[text.len()].iter().any(|word| is_same(word, text))
}

/// Whether a text is a word, capitals aside.
fn is_same(word: &str, text: &str) -> bool {
    if word.is_ascii() || text.is_ascii() {
        return word.eq_ignore_ascii_case(text);
    }
    word.chars().flat_map(char::to_lowercase).eq(text.chars().flat_map(char::to_lowercase))
}

/// The words for a missing value in a column, in the order of their letters.
pub(crate) fn blank_words(
    scan: &ColumnScan<'_>,
    rules: &ReadingRules,
    places: BlankPlaces,
) -> Vec<BlankWord> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    if rules.follows(ReadingRule::BlankWords) {
        let is_word = |text: &str| {
            let among_numbers = places == BlankPlaces::AmongNumbers && is_word_among_numbers(text);
            among_numbers || is_blank_word(text, rules)
        };
        if !scan.may_have(|text| is_word(text.trim_ascii())) {
            return Vec::new();
        }
        scan.each(|text, rows| {
            if is_word(text) {
                *found.entry(text.to_owned()).or_default() += rows;
            }
            ControlFlow::Continue(())
        });
    }
    if rules.blank_words.is_none() && found.contains_key("NA") && is_name_there(scan, rules) {
        found.remove("NA");
    }
    found.into_iter().map(|(text, count)| BlankWord { text, count }).collect()
}

/// Whether a text is a word for a missing number, but a value of a text.
pub(crate) fn is_word_among_numbers(text: &str) -> bool {
    WORDS_AMONG_NUMBERS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Codes from which on a column of up to three capitals is one of codes, of which `NA` is one; yes
/// and no are two.
const CODES_MIN: usize = 10;

/// Whether the other values say that `NA` is the name of something.
fn is_name_there(scan: &ColumnScan<'_>, rules: &ReadingRules) -> bool {
    let (mut is_region, mut has_others) = (false, false);
    let mut codes: BTreeSet<String> = BTreeSet::new();
    scan.each(|text, _| {
        let text = text.trim();
        if text == "NA" || is_blank_word(text, rules) {
            return ControlFlow::Continue(());
        }
        is_region |= REGIONS.contains(&text.to_ascii_uppercase().as_str());
        let is_code = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        has_others |= !is_code;
        if is_code {
            codes.insert(text.to_owned());
        }
        if is_region { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let are_pairs = codes.len() >= 2 && codes.iter().all(|code| code.len() == 2);
    is_region || (!has_others && (are_pairs || codes.len() >= CODES_MIN))
}

/// What the report says of the blanks of a column.
pub(crate) fn reading(scan: &ColumnScan<'_>, words: &[BlankWord]) -> Option<AutomaticReading> {
    let first = words.iter().max_by_key(|word| word.count)?;
    let count = words.iter().map(|word| word.count).sum();
    let what = say!(
        "In column \"{name}\", {count} {count|value|values} such as \"{example}\" \
         {count|was|were} read as blank.",
        name = scan.name(),
        count,
        example = first.text.as_str()
    );
    let examples = words.iter().map(|word| ReadingExample {
        row: scan.line_of(&word.text).unwrap_or(0),
        value: ImportReport::cut(&word.text),
        count: word.count,
    });
    let examples = examples.collect();
    Some(AutomaticReading::of(ReadingRule::BlankWords, Some(scan.name()), count, what, examples))
}

#[cfg(test)]
mod tests {
    use paydirt_model::interner::TextColumn;
    use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};

    use super::*;

    fn words(values: &[&str], rules: &ReadingRules) -> String {
        let texts: TextColumn = values.iter().copied().collect();
        let lines = (2..).take(values.len()).collect();
        let chunk = RawChunk { lines, columns: vec![RawColumn::Plain(texts)] };
        let table = RawTable { names: vec!["X".to_owned()], chunks: vec![chunk] };
        let found = blank_words(&ColumnScan::new(&table, 0), rules, BlankPlaces::Everywhere);
        let found: Vec<String> =
            found.iter().map(|word| format!("{}×{}", word.text, word.count)).collect();
        found.join(" ")
    }

    #[test]
    fn words_of_three_languages() {
        let usual = ReadingRules::all();
        assert_eq!(words(&["n/a", "N/A", "A", "N/A", ""], &usual), "N/A×2 n/a×1");
        assert_eq!(words(&["-", "–", "--None--", "未入力", "NÉANT"], &usual).split(' ').count(), 5);
        assert_eq!(words(&["Non", "Nathan", "NIL", "Selected", "0", "12-3"], &usual), "");
        assert_eq!(words(&["#N/A", "#REF!", "(blank)"], &usual), "#N/A×1 #REF!×1 (blank)×1");
    }

    #[test]
    fn the_list_is_the_users() {
        let own = ReadingRules {
            blank_words: Some(vec!["Inconnu".to_owned(), "tbd".to_owned()]),
            ..ReadingRules::all()
        };
        assert_eq!(words(&["TBD", "NA", "INCONNU"], &own), "INCONNU×1 TBD×1");
        let none = ReadingRules { off: vec![ReadingRule::BlankWords], ..ReadingRules::all() };
        assert_eq!(words(&["TBD", "NA"], &none), "");
    }

    #[test]
    fn north_america_and_namibia_are_no_blanks() {
        let usual = ReadingRules::all();
        assert_eq!(words(&["NA", "EMEA", "APAC", "-"], &usual), "-×1");
        assert_eq!(words(&["NA", "FR", "JP"], &usual), "");
        assert_eq!(words(&["NA", "FR", "France"], &usual), "NA×1");
        assert_eq!(words(&["NA", "12", "13"], &usual), "NA×1");
        assert_eq!(words(&["NA", "Y", "N"], &usual), "NA×1");
        let diagnoses = ["NA", "A", "B", "C", "D", "AB", "AC", "BAA", "BAB", "CA", "CB"];
        assert_eq!(words(&diagnoses, &usual), "");
    }
}
