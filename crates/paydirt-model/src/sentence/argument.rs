//! What can stand in the place of a sentence: numbers, texts, lists, and parts said by themselves.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use super::{Sentence, Written};
use crate::language::Language;

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

impl ToArgument for Argument {
    fn to_argument(&self) -> Argument {
        self.clone()
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

impl Argument {
    pub(super) fn write(&self, language: Language, text: &mut String) {
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

/// What a value looks like in JSON.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum WrittenArgument {
    Number(i64),
    List(Vec<WrittenArgument>),
    TextOrSentence(Written),
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
