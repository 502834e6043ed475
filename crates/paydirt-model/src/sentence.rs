//! How is something said to the user in each language? An English template and its values.
//!
//! The English template is the key of the catalogues `text/fr.json` and `text/ja.json`, so a
//! sentence is written where it is needed and read there. A place `{name}` takes a value; a place
//! `{name|row|rows}` takes the first word where the count called `name` is one thing, else the
//! second. `{{` and `}}` are braces.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::Language;

/// Says something to the user: an English template, and a value for each of its places.
///
/// `say!("{count} {count|row|rows} of \"{name}\"", count = rows.len(), name)`: a place without
/// `=` takes the variable of its name. Places and values are compared when the program is built.
#[macro_export]
macro_rules! say {
    (@value $name:ident) => { $crate::sentence::ToArgument::to_argument(&$name) };
    (@value $name:ident = $value:expr) => { $crate::sentence::ToArgument::to_argument(&$value) };
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const { $crate::sentence::check_places($template, &[$(stringify!($name)),*]) }
        $crate::sentence::Sentence::of(
            $template,
            vec![$((stringify!($name), $crate::say!(@value $name $(= $value)?))),*],
        )
    }};
}

/// Something said to the user, in whatever language he is told it.
///
/// It is written to JSON as the text that [`fmt::Display`] shows: English, unless
/// [`Sentence::tell_in`] chose another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(Box<Said>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    template: Cow<'static, str>,
    arguments: Vec<(Cow<'static, str>, Argument)>,
    form: Form,
}

/// How a sentence is written to JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As text in this language.
    Told(Language),
    /// As template and values, to be told later.
    Stored,
}

/// The value of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A whole number, written as the language writes numbers.
    Number(i64),
    /// A text that is the same in every language: a name, a value, a flag.
    Text(String),
    /// Several values after each other.
    List(Vec<Argument>),
    /// A part that is translated by itself.
    Sentence(Sentence),
}

/// What can be the value of a place.
pub trait ToArgument {
    /// The value.
    fn to_argument(&self) -> Argument;
}

impl ToArgument for str {
    fn to_argument(&self) -> Argument {
        Argument::Text(self.to_owned())
    }
}

impl ToArgument for String {
    fn to_argument(&self) -> Argument {
        Argument::Text(self.clone())
    }
}

impl ToArgument for Box<str> {
    fn to_argument(&self) -> Argument {
        (**self).to_argument()
    }
}

impl ToArgument for Cow<'_, str> {
    fn to_argument(&self) -> Argument {
        Argument::Text(self.clone().into_owned())
    }
}

impl ToArgument for char {
    fn to_argument(&self) -> Argument {
        Argument::Text(self.to_string())
    }
}

impl ToArgument for Sentence {
    fn to_argument(&self) -> Argument {
        Argument::Sentence(self.clone())
    }
}

impl<T: ToArgument + ?Sized> ToArgument for &T {
    fn to_argument(&self) -> Argument {
        (*self).to_argument()
    }
}

impl<T: ToArgument> ToArgument for [T] {
    fn to_argument(&self) -> Argument {
        Argument::List(self.iter().map(ToArgument::to_argument).collect())
    }
}

impl<T: ToArgument, const N: usize> ToArgument for [T; N] {
    fn to_argument(&self) -> Argument {
        self.as_slice().to_argument()
    }
}

impl<T: ToArgument> ToArgument for Vec<T> {
    fn to_argument(&self) -> Argument {
        self.as_slice().to_argument()
    }
}

macro_rules! numbers {
    ($($kind:ty)+) => {
        $(impl ToArgument for $kind {
            fn to_argument(&self) -> Argument {
                Argument::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        })+
    };
}

numbers! { u8 u16 u32 u64 usize i32 i64 }

impl Sentence {
    /// A template with its values; written as [`say!`], which compares both.
    #[must_use]
    pub fn of(template: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        let arguments = arguments.into_iter().map(|(name, value)| (name.into(), value)).collect();
        let form = Form::Told(Language::English);
        Sentence(Box::new(Said { template: template.into(), arguments, form }))
    }

    /// The English template, by which the catalogues know the sentence.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.0.template
    }

    /// The sentence in a language; in English where it has no translation.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        let mut text = String::new();
        self.write(language, &mut text);
        text
    }

    /// From now on the sentence is shown, and written to JSON, in this language.
    pub fn tell_in(&mut self, language: Language) {
        self.0.form = Form::Told(language);
    }

    /// The same sentence, shown and written to JSON in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.tell_in(language);
        self
    }

    /// From now on the sentence is written to JSON as template and values; reading that gives the
    /// sentence back, to be told in any language.
    pub fn keep_untold(&mut self) {
        self.0.form = Form::Stored;
    }

    /// The language in which the sentence is shown.
    #[must_use]
    pub fn language(&self) -> Language {
        match self.0.form {
            Form::Told(language) => language,
            Form::Stored => Language::English,
        }
    }

    fn write(&self, language: Language, text: &mut String) {
        let template = translation(&self.0.template, language).unwrap_or(&self.0.template);
        for part in parts(template) {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Place(name) => match self.argument(name) {
                    Some(value) => value.write(language, text),
                    None => text.push_str(name),
                },
                Part::Choice { name, one, many } => {
                    let is_one = matches!(self.argument(name),
                        Some(Argument::Number(count)) if language.is_singular(*count));
                    text.push_str(if is_one { one } else { many });
                }
            }
        }
    }

    fn argument(&self, name: &str) -> Option<&Argument> {
        self.0.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Argument {
    fn write(&self, language: Language, text: &mut String) {
        match self {
            Argument::Number(number) => text.push_str(&language.number(*number)),
            Argument::Text(words) => text.push_str(words),
            Argument::Sentence(sentence) => sentence.write(language, text),
            Argument::List(items) => {
                for (idx, item) in items.iter().enumerate() {
                    if idx > 0 {
                        text.push_str(language.list_separator());
                    }
                    item.write(language, text);
                }
            }
        }
    }
}

/// Names in the quotation marks of the language, for the place of a list.
#[must_use]
pub fn quoted<T: ToArgument>(names: impl IntoIterator<Item = T>) -> Vec<Sentence> {
    names.into_iter().map(|name| say!("\"{name}\"", name)).collect()
}

/// The template of a text that is no template.
const VERBATIM: &str = "{text}";

impl From<String> for Sentence {
    /// A text that is the same in every language, such as the message of a library.
    fn from(text: String) -> Self {
        Sentence::of(VERBATIM, vec![("text", Argument::Text(text))])
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        Sentence::from(text.to_owned())
    }
}

impl From<&Sentence> for Sentence {
    fn from(sentence: &Sentence) -> Self {
        sentence.clone()
    }
}

impl PartialEq<str> for Sentence {
    fn eq(&self, other: &str) -> bool {
        self.to_string() == other
    }
}

impl PartialEq<&str> for Sentence {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.in_language(self.language()))
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.form {
            Form::Told(language) => serializer.serialize_str(&self.in_language(language)),
            Form::Stored => self.serialize_untold(serializer),
        }
    }
}

impl Sentence {
    fn serialize_untold<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Sentence", 2)?;
        object.serialize_field("say", &self.0.template)?;
        object.serialize_field("with", &self.0.arguments)?;
        object.end()
    }
}

impl Serialize for Argument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Argument::Number(number) => serializer.serialize_i64(*number),
            Argument::Text(text) => serializer.serialize_str(text),
            Argument::List(items) => items.serialize(serializer),
            Argument::Sentence(sentence) => sentence.serialize_untold(serializer),
        }
    }
}

/// What a sentence looks like in JSON: a text that was told, or template and values.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Told(String),
    Stored { say: String, with: Vec<(String, WrittenArgument)> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenArgument {
    Number(i64),
    List(Vec<WrittenArgument>),
    TextOrSentence(Written),
}

impl<'de> Deserialize<'de> for Sentence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Sentence::from(Written::deserialize(deserializer)?))
    }
}

impl From<Written> for Sentence {
    fn from(written: Written) -> Self {
        match written {
            Written::Told(text) => Sentence::from(text),
            Written::Stored { say, with } => {
                let arguments =
                    with.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
                let form = Form::Told(Language::English);
                Sentence(Box::new(Said { template: say.into(), arguments, form }))
            }
        }
    }
}

impl From<WrittenArgument> for Argument {
    fn from(written: WrittenArgument) -> Self {
        match written {
            WrittenArgument::Number(number) => Argument::Number(number),
            WrittenArgument::List(items) => {
                Argument::List(items.into_iter().map(Argument::from).collect())
            }
            WrittenArgument::TextOrSentence(Written::Told(text)) => Argument::Text(text),
            WrittenArgument::TextOrSentence(stored) => Argument::Sentence(stored.into()),
        }
    }
}

/// Translations by English template.
type Catalogue = HashMap<String, String>;

static FRENCH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../text/fr.json")));
static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../text/ja.json")));

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("a catalogue is an object of texts; its tests read it")
}

/// The translation of an English template; none in English, and where there is none.
#[must_use]
pub fn translation(template: &str, language: Language) -> Option<&'static str> {
    let catalogue = match language {
        Language::English => return None,
        Language::French => &*FRENCH,
        Language::Japanese => &*JAPANESE,
    };
    catalogue.get(template).map(String::as_str)
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Place(&'a str),
    Choice { name: &'a str, one: &'a str, many: &'a str },
}

fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        for (brace, text) in [("{{", "{"), ("}}", "}")] {
            if let Some(after) = rest.strip_prefix(brace) {
                rest = after;
                return Some(Part::Text(text));
            }
        }
        if let Some((inside, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
        {
            rest = after;
            let mut words = inside.splitn(3, '|');
            let name = words.next().unwrap_or_default();
            return Some(match (words.next(), words.next()) {
                (Some(one), many) => Part::Choice { name, one, many: many.unwrap_or(one) },
                (None, _) => Part::Place(name),
            });
        }
        let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '{' | '}'));
        let (text, after) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
        rest = after;
        Some(Part::Text(text))
    })
}

/// Stops the build where the places of a template and the names of the values differ.
///
/// # Panics
/// A place has no value, a value has no place, or a brace stands alone.
pub const fn check_places(template: &str, names: &[&str]) {
    let text = template.as_bytes();
    let mut is_used = [false; PLACE_COUNT_MAX];
    assert!(names.len() <= PLACE_COUNT_MAX, "the sentence has too many places");
    let mut position = 0;
    while position < text.len() {
        let is_doubled = position + 1 < text.len() && text[position] == text[position + 1];
        match text[position] {
            b'{' | b'}' if is_doubled => position += 2,
            b'}' => panic!("a closing brace stands alone; a brace in the text is doubled"),
            b'{' => {
                let mut end = position + 1;
                while end < text.len() && text[end] != b'}' && text[end] != b'|' {
                    end += 1;
                }
                assert!(
                    end < text.len(),
                    "an opening brace stands alone; a brace in the text is doubled"
                );
                let place = place_of(text, position + 1, end, names);
                assert!(place < names.len(), "a place of the sentence has no value");
                is_used[place] = true;
                while end < text.len() && text[end] != b'}' {
                    end += 1;
                }
                position = end + 1;
            }
            _ => position += 1,
        }
    }
    let mut idx = 0;
    while idx < names.len() {
        assert!(is_used[idx], "a value has no place in the sentence");
        idx += 1;
    }
}

/// Most places of one sentence.
const PLACE_COUNT_MAX: usize = 16;

const fn place_of(text: &[u8], start: usize, end: usize, names: &[&str]) -> usize {
    let mut idx = 0;
    while idx < names.len() {
        let name = names[idx].as_bytes();
        let mut same = name.len() == end - start;
        let mut offset = 0;
        while same && offset < name.len() {
            same = name[offset] == text[start + offset];
            offset += 1;
        }
        if same {
            return idx;
        }
        idx += 1;
    }
    names.len()
}

#[cfg(test)]
mod tests;
