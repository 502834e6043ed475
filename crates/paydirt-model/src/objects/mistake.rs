//! What is wrong with a request, in words of the product: where, what was given, what is expected,
//! and which known name is nearest to an unknown one.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::say;
use crate::sentence::Sentence;
use crate::sentence::argument::{Argument, ToArgument};

/// Most possible names that a sentence lists.
const LISTED_MAX: usize = 12;
/// Most characters of a given text that a sentence repeats.
const GIVEN_CHARS_MAX: usize = 80;

/// What readers call an object with named fields.
pub(super) const OBJECT: &str = "struct";
/// What readers of this product call a number whose digits are kept as they are written.
pub const EXACT_NUMBER: &str = "a number with at most 18 digits after the point";
/// What readers of this product call one value of an attribute.
pub const ONE_VALUE: &str = "a text, a number, true, false or null";

/// What is wrong with a request, and where.
#[derive(Debug)]
pub struct Mistake {
    pub(super) path: String,
    pub(super) fault: Fault,
}

impl Mistake {
    /// The sentence for the user.
    #[must_use]
    pub fn told(&self) -> Sentence {
        match &self.fault {
            Fault::UnknownField { name, known } => unknown(&self.path_to(name), name, known),
            Fault::MissingField { name } => {
                say!("\"{path}\" is missing.", path = self.path_to(name))
            }
            Fault::TwiceField { name } => {
                say!("\"{path}\" is given twice.", path = self.path_to(name))
            }
            Fault::NotOneOf { given, known } => impossible(&self.path, given, known),
            Fault::OtherKind { given, expected } => other_kind(&self.path, given, expected),
            Fault::OtherLength { length, expected } => {
                say!(
                    "\"{path}\" has {length} {length|value|values}; expected are {expected}.",
                    path = self.path,
                    length,
                    expected
                )
            }
            Fault::Other if self.path.is_empty() => say!("This has not the form that is expected."),
            Fault::Other => {
                say!("\"{path}\" has not the form that is expected.", path = self.path)
            }
        }
    }

    /// The parameter that it is about, if it is about one.
    #[must_use]
    pub fn parameter(&self) -> Option<String> {
        let path = match &self.fault {
            Fault::UnknownField { name, .. } => self.path_to(name),
            Fault::MissingField { name } | Fault::TwiceField { name } => self.path_to(name),
            Fault::NotOneOf { .. }
            | Fault::OtherKind { .. }
            | Fault::OtherLength { .. }
            | Fault::Other => self.path.clone(),
        };
        (!path.is_empty()).then_some(path)
    }

    fn path_to(&self, field: &str) -> String {
        let dot = if self.path.is_empty() { "" } else { "." };
        format!("{}{dot}{field}", self.path)
    }
}

fn unknown(path: &str, name: &str, known: &[&str]) -> Sentence {
    let listed = listed(known);
    match nearest(name, known) {
        _ if known.is_empty() => {
            say!("\"{path}\" is not known, and nothing can be set here.", path)
        }
        Some(meant) => say!(
            "\"{path}\" is not known. Did you mean \"{meant}\"? Possible are: {listed}.",
            path,
            meant,
            listed
        ),
        None => say!("\"{path}\" is not known. Possible are: {listed}.", path, listed),
    }
}

fn impossible(path: &str, given: &str, known: &[&str]) -> Sentence {
    let listed = listed(known);
    match nearest(given, known) {
        Some(meant) if path.is_empty() => say!(
            "\"{given}\" is not possible here. Did you mean \"{meant}\"? Possible are: {listed}.",
            given,
            meant,
            listed
        ),
        None if path.is_empty() => {
            say!("\"{given}\" is not possible here. Possible are: {listed}.", given, listed)
        }
        Some(meant) => say!(
            "\"{path}\" cannot be \"{given}\". Did you mean \"{meant}\"? Possible are: {listed}.",
            path,
            given,
            meant,
            listed
        ),
        None => {
            say!("\"{path}\" cannot be \"{given}\". Possible are: {listed}.", path, given, listed)
        }
    }
}

fn other_kind(path: &str, given: &Sentence, expected: &str) -> Sentence {
    match (expectation(expected), path.is_empty()) {
        (Some(expected), false) => {
            say!("\"{path}\" is {given}; expected is {expected}.", path, given, expected)
        }
        (Some(expected), true) => {
            say!("What was given is {given}; expected is {expected}.", given, expected)
        }
        (None, false) => say!("\"{path}\" cannot be {given}.", path, given),
        (None, true) => say!("What was given is {given}, which is not possible here.", given),
    }
}

/// The possible names, the first of them if there are many.
fn listed(known: &[&str]) -> Argument {
    let shown = known.get(..LISTED_MAX).unwrap_or(known).to_argument();
    match known.len().saturating_sub(LISTED_MAX) {
        0 => shown,
        more => say!("{shown} and {more} more", shown, more).to_argument(),
    }
}

/// What is expected, from what its reader calls it.
fn expectation(reader: &str) -> Option<Sentence> {
    Some(match reader {
        EXACT_NUMBER => say!("a number with at most 18 digits after the point"),
        ONE_VALUE => say!("a text, a number, true, false or null"),
        "a string" | "a borrowed string" | "str" | "string" | "a character"
        | "variant identifier" | "field identifier" => say!("a text"),
        "a boolean" | "bool" => say!("true or false"),
        "u8" => whole_to(u64::from(u8::MAX)),
        "u16" => whole_to(u64::from(u16::MAX)),
        "u32" => whole_to(u64::from(u32::MAX)),
        "u64" | "usize" => say!("a whole number from 0"),
        "i8" | "i16" | "i32" | "i64" => say!("a whole number"),
        "f32" | "f64" => say!("a number"),
        "a sequence" | "array" => say!("a list"),
        "a map" | "map" | "map with a single key" => say!("an object with named fields"),
        _ if reader.starts_with("a nonzero") => say!("a whole number from 1"),
        _ if reader.starts_with("a tuple") || reader.starts_with("tuple ") => say!("a list"),
        _ if reader.starts_with("an array") => say!("a list"),
        _ if reader.starts_with(OBJECT) || reader.starts_with("internally tagged enum") => {
            say!("an object with named fields")
        }
        _ => return None,
    })
}

fn whole_to(max: u64) -> Sentence {
    say!("a whole number from 0 to {max}", max)
}

/// What was given.
fn given(found: &Unexpected<'_>) -> Sentence {
    match found {
        Unexpected::Bool(true) => say!("true"),
        Unexpected::Bool(false) => say!("false"),
        Unexpected::Unsigned(number) => say!("{number}", number = number.to_string()),
        Unexpected::Signed(number) => say!("{number}", number = number.to_string()),
        Unexpected::Float(number) => say!("{number}", number = number.to_string()),
        Unexpected::Char(sign) => say!("\"{text}\"", text = *sign),
        Unexpected::Str(text) => say!("\"{text}\"", text = shortened(text)),
        Unexpected::Unit | Unexpected::Option => say!("empty (null)"),
        Unexpected::Seq => say!("a list"),
        Unexpected::Map => say!("an object with named fields"),
        _ => say!("something else"),
    }
}

fn shortened(text: &str) -> String {
    let mut signs = text.chars();
    let mut short: String = signs.by_ref().take(GIVEN_CHARS_MAX).collect();
    if signs.next().is_some() {
        short.push('…');
    }
    short
}

/// The known name that an unknown one was probably meant to be.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name: Vec<char> = name.chars().take(GIVEN_CHARS_MAX).flat_map(char::to_lowercase).collect();
    let by_distance = known.iter().map(|known| {
        let letters: Vec<char> = known.chars().collect();
        (distance(&name, &letters), letters.len(), *known)
    });
    let (changes, length, known) = by_distance.min_by_key(|(changes, ..)| *changes)?;
    (changes * 3 <= length.max(name.len())).then_some(known)
}

/// How many letters are to be put in, taken out or replaced.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (idx, letter) in a.iter().enumerate() {
        let mut corner = idx;
        let mut left = idx + 1;
        for (other, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let replaced = corner + usize::from(letter != other);
            corner = *above;
            left = replaced.min(left + 1).min(corner + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = idx + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// So many values, where a list has more.
pub(super) struct Length(pub(super) usize);

impl Expected for Length {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// What a reader found wrong.
#[derive(Debug)]
pub(super) enum Fault {
    UnknownField { name: String, known: &'static [&'static str] },
    MissingField { name: &'static str },
    TwiceField { name: &'static str },
    NotOneOf { given: String, known: &'static [&'static str] },
    OtherKind { given: Sentence, expected: String },
    OtherLength { length: usize, expected: usize },
    Other,
}

impl Fault {
    /// Whether this value is what was found wrong.
    pub(super) fn is_about(&self, found: &Unexpected<'_>) -> bool {
        match self {
            Fault::OtherKind { given: wrong, .. } => *wrong == given(found),
            Fault::NotOneOf { given: wrong, .. } => {
                matches!(found, Unexpected::Str(text) if shortened(text) == *wrong)
            }
            Fault::UnknownField { .. }
            | Fault::MissingField { .. }
            | Fault::TwiceField { .. }
            | Fault::OtherLength { .. }
            | Fault::Other => false,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Fault::Other
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::OtherKind { given: given(&found), expected: expected.to_string() }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        // Readers say "an array of length 2", "a tuple of size 2" or "struct A with 2 elements".
        let said = expected.to_string();
        let number = said.split(' ').find_map(|word| word.parse().ok());
        number.map_or(Fault::Other, |expected| Fault::OtherLength { length, expected })
    }

    fn unknown_variant(given: &str, known: &'static [&'static str]) -> Self {
        Fault::NotOneOf { given: shortened(given), known }
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Fault::UnknownField { name: shortened(name), known }
    }

    fn missing_field(name: &'static str) -> Self {
        Fault::MissingField { name }
    }

    fn duplicate_field(name: &'static str) -> Self {
        Fault::TwiceField { name }
    }
}
