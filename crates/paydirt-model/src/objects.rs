//! What a request holds: is it as its type wants it, and if not, how is that told?
//!
//! The derived readers of structs take a list for the fields in their order, at any depth. A
//! request that relies on that order would change its meaning with the next field, so it is
//! refused here. Whatever else is wrong is told with the path to it, what was given and what is
//! expected, in words that are translated: a [`Mistake`].

pub mod mistake;
mod pairs;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use crate::objects::mistake::{Fault, Length, Mistake, OBJECT};
use crate::objects::pairs::Pairs;

/// Reads a value of a request; a list in place of an object is refused at every depth.
///
/// # Errors
/// What is wrong first, and where.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Mistake> {
    let trail = Trail::default();
    T::deserialize(Plain::new(value, String::new(), &trail)).map_err(|fault| trail.ending(fault))
}

/// Reads the parameters of an address: names and texts, in which numbers are found where numbers
/// are expected.
///
/// # Errors
/// What is wrong first, and with which parameter.
pub fn read_pairs<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Mistake> {
    let trail = Trail::default();
    T::deserialize(Pairs { pairs, trail: &trail }).map_err(|fault| trail.ending(fault))
}

/// Reads a field whose type is chosen by a word in it, for `#[serde(deserialize_with)]`: such a
/// type takes a list too, and a reader around it cannot see that it does.
///
/// # Errors
/// It is a list, or not what `T` reads.
pub fn tagged<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = Value::deserialize(deserializer)?;
    if value.is_array() {
        return Err(D::Error::invalid_type(Unexpected::Seq, &OBJECT));
    }
    T::deserialize(Plain::new(&value, String::new(), &Trail::default()))
}

/// The same for a field with a list of such types.
///
/// # Errors
/// One of them is a list, or not what `T` reads.
pub fn tagged_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    deserializer.deserialize_seq(TaggedItems(PhantomData))
}

/// Reads each item where it is, so that a mistake is told with its place in the list.
struct TaggedItems<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for TaggedItems<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element_seed(TaggedItem(PhantomData))? {
            read.push(item);
        }
        Ok(read)
    }
}

struct TaggedItem<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for TaggedItem<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        tagged(deserializer)
    }
}

/// The path to what could not be read, and what is there.
#[derive(Default)]
struct Trail(RefCell<Option<(String, Value)>>);

impl Trail {
    /// Keeps the place of a failure; the innermost one is told first.
    fn keep(&self, path: &str, value: &Value) {
        self.0.borrow_mut().get_or_insert_with(|| (path.to_owned(), value.clone()));
    }

    /// The readers of a type that is chosen by a word lose the way to its fields, so the field is
    /// found by its value, where one alone has it.
    fn ending(self, fault: Fault) -> Mistake {
        let (mut path, value) = self.0.into_inner().unwrap_or_default();
        if let Value::Object(fields) = &value {
            let mut wrong = fields.iter().filter(|(_, value)| fault.is_about(&what(value)));
            if let (Some((name, _)), None) = (wrong.next(), wrong.next()) {
                path = format!("{path}.{name}");
            }
        }
        Mistake { path, fault }
    }
}

/// A value that is read, and the path to it.
struct Plain<'a, E> {
    value: &'a Value,
    path: String,
    trail: &'a Trail,
    fails_with: PhantomData<E>,
}

impl<'a, E> Plain<'a, E> {
    fn new(value: &'a Value, path: String, trail: &'a Trail) -> Self {
        Plain { value, path, trail, fails_with: PhantomData }
    }

    fn fields(self, fields: &'a Map<String, Value>) -> Fields<'a, E> {
        let (path, trail) = (self.path, self.trail);
        Fields { rest: fields.iter(), next: None, path, trail, fails_with: PhantomData }
    }
}

/// What a value is, in the words of the reader.
fn what(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Unexpected::Unsigned(number),
            (None, Some(number)) => Unexpected::Signed(number),
            (None, None) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

impl<'de, E: Error> Deserializer<'de> for Plain<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Array(items) => {
                let (all, rest) = (items.len(), items.iter().enumerate());
                let (path, trail) = (self.path, self.trail);
                let mut items = Items { rest, path, trail, fails_with: PhantomData };
                let read = visitor.visit_seq(&mut items)?;
                match items.rest.len() {
                    0 => Ok(read),
                    left => Err(E::invalid_length(all, &Length(all - left))),
                }
            }
            Value::Object(fields) => visitor.visit_map(self.fields(fields)),
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., number) => visitor.visit_f64(number.unwrap_or(f64::NAN)),
            },
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        if self.value.is_object() {
            return self.deserialize_any(visitor);
        }
        Err(E::invalid_type(what(self.value), &OBJECT))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.value {
            Value::Object(fields) => {
                visitor.visit_enum(MapAccessDeserializer::new(self.fields(fields)))
            }
            Value::String(text) => {
                let word: StrDeserializer<'_, E> = text.as_str().into_deserializer();
                visitor.visit_enum(word)
            }
            other => Err(E::invalid_type(what(other), &"a string")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items<'a, E> {
    rest: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
    path: String,
    trail: &'a Trail,
    fails_with: PhantomData<E>,
}

impl<'de, E: Error> SeqAccess<'de> for Items<'de, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, E> {
        let Some((idx, value)) = self.rest.next() else { return Ok(None) };
        let path = format!("{}[{idx}]", self.path);
        let read = seed.deserialize(Plain::new(value, path.clone(), self.trail));
        read.map(Some).inspect_err(|_: &E| self.trail.keep(&path, value))
    }
}

/// The fields of an object.
struct Fields<'a, E> {
    rest: serde_json::map::Iter<'a>,
    next: Option<(&'a str, &'a Value)>,
    path: String,
    trail: &'a Trail,
    fails_with: PhantomData<E>,
}

impl<'de, E: Error> MapAccess<'de> for Fields<'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.next = Some((name, value));
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, E> {
        let (name, value) = self.next.take().ok_or_else(|| E::custom("no name"))?;
        let dot = if self.path.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{name}", self.path);
        let read = seed.deserialize(Plain::new(value, path.clone(), self.trail));
        read.inspect_err(|_: &E| self.trail.keep(&path, value))
    }
}
