//! How is something said to the user in each language? An English template and its values.
//!
//! The English template is the key of the catalogues `text/fr.json` and `text/ja.json`, so a
//! sentence is written where it is needed and read there. A place `{name}` takes a value; a place
//! `{name|row|rows}` takes the first word where the count called `name` is one thing, else the
//! second. `{{` and `}}` are braces.

pub mod argument;
pub mod catalogue;
pub mod stored;
pub mod template;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::language::Language;
use crate::sentence::argument::{Argument, ToArgument, WrittenArgument};
use crate::sentence::catalogue::translation;
use crate::sentence::template::{Part, parts};

/// Says something to the user: an English template, and a value for each of its places.
///
/// `say!("{count} {count|row|rows} of \"{name}\"", count = rows.len(), name)`: a place without
/// `=` takes the variable of its name. Places and values are compared when the program is built.
#[macro_export]
macro_rules! say {
    (@value $name:ident) => { $crate::sentence::argument::ToArgument::to_argument(&$name) };
    (@value $name:ident = $value:expr) => {
        $crate::sentence::argument::ToArgument::to_argument(&$value)
    };
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const { $crate::sentence::template::check_places($template, &[$(stringify!($name)),*]) }
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
#[derive(Clone, PartialEq, Eq)]
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
        self.in_language(self.language()) == other
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

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
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

/// What a sentence looks like in JSON: a text that was told, or template and values.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Told(String),
    Stored { say: String, with: Vec<(String, WrittenArgument)> },
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
