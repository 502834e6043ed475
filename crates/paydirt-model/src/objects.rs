//! Is every object of a request really an object, and not a list of its fields in their order?
//!
//! The derived readers of structs take a list for the fields in their order, at any depth. A
//! request that relies on that order would change its meaning with the next field, so it is
//! refused, and told where.

use std::cell::RefCell;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Value};

use crate::say;
use crate::sentence::Sentence;

/// Refuses a list where `T` has an object with named fields, at every depth. What else may be
/// wrong with the value is left to reading it.
///
/// # Errors
/// The first such list, by the path to it, such as `weights[0].range`.
pub fn refuse_lists<T: DeserializeOwned>(value: &Value) -> Result<(), Sentence> {
    let found = RefCell::new(None);
    // Anything else that fails here fails in the same way when the value is read.
    let _ = T::deserialize(Plain { value, path: String::new(), found: &found });
    match found.into_inner() {
        None => Ok(()),
        Some(path) if path.is_empty() => {
            Err(say!("A list was given where an object with named fields is expected."))
        }
        Some(path) => Err(say!(
            "\"{path}\" is a list, and an object with named fields is expected there.",
            path
        )),
    }
}

/// Reads a field whose type is chosen by a word in it, for `#[serde(deserialize_with)]`: such a
/// type takes a list too, and [`refuse_lists`] cannot see that it does.
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
        return Err(D::Error::custom("a list in place of an object"));
    }
    serde_json::from_value(value).map_err(D::Error::custom)
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
    let values = Vec::<Value>::deserialize(deserializer)?;
    values.into_iter().map(|value| tagged(value).map_err(D::Error::custom)).collect()
}

/// A value that is read, and the path to it.
struct Plain<'a> {
    value: &'a Value,
    path: String,
    /// The path to the first list in place of an object.
    found: &'a RefCell<Option<String>>,
}

impl<'a> Plain<'a> {
    fn fields(self, fields: &'a Map<String, Value>) -> Fields<'a> {
        Fields { rest: fields.iter(), next: None, path: self.path, found: self.found }
    }
}

impl<'de> Deserializer<'de> for Plain<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Array(items) => {
                let (path, found) = (self.path, self.found);
                visitor.visit_seq(Items { rest: items.iter().enumerate(), path, found })
            }
            Value::Object(fields) => visitor.visit_map(self.fields(fields)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.value.deserialize_any(visitor)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.value.is_array() {
            self.found.borrow_mut().get_or_insert(self.path);
            return Err(Error::custom("a list in place of an object"));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            Value::Object(fields) => {
                visitor.visit_enum(MapAccessDeserializer::new(self.fields(fields)))
            }
            _ => self.value.deserialize_enum(name, variants, visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items<'a> {
    rest: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
    path: String,
    found: &'a RefCell<Option<String>>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some((idx, value)) = self.rest.next() else { return Ok(None) };
        let path = format!("{}[{idx}]", self.path);
        seed.deserialize(Plain { value, path, found: self.found }).map(Some)
    }
}

/// The fields of an object.
struct Fields<'a> {
    rest: serde_json::map::Iter<'a>,
    next: Option<(&'a str, &'a Value)>,
    path: String,
    found: &'a RefCell<Option<String>>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.next = Some((name, value));
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let (name, value) = self.next.take().ok_or_else(|| Error::custom("no name"))?;
        let dot = if self.path.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{name}", self.path);
        seed.deserialize(Plain { value, path, found: self.found })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "what is read is of no interest")]
    struct Outer {
        #[serde(default)]
        inner: Option<Inner>,
        #[serde(default)]
        list: Vec<Inner>,
        #[serde(default)]
        named: BTreeMap<String, Inner>,
        #[serde(default)]
        choice: Option<Choice>,
        #[serde(default)]
        pair: (u64, Option<f64>),
        #[serde(default)]
        anything: Value,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "what is read is of no interest")]
    struct Inner {
        name: String,
        count: Option<u32>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    #[allow(dead_code, reason = "what is read is of no interest")]
    enum Choice {
        Plain,
        One(Inner),
        Named { inner: Inner },
    }

    fn refused(value: Value) -> String {
        refuse_lists::<Outer>(&value).unwrap_err().to_string()
    }

    #[test]
    fn a_list_in_place_of_an_object_is_refused_at_every_depth() {
        let inner = json!(["a", 1]);
        let told = |path: &str| {
            format!("\"{path}\" is a list, and an object with named fields is expected there.")
        };
        assert_eq!(refused(json!({"inner": inner})), told("inner"));
        assert_eq!(refused(json!({"list": [{"name": "a"}, inner]})), told("list[1]"));
        assert_eq!(refused(json!({"named": {"b": inner}})), told("named.b"));
        assert_eq!(refused(json!({"choice": {"one": inner}})), told("choice.one"));
        assert_eq!(
            refused(json!({"choice": {"named": {"inner": inner}}})),
            told("choice.named.inner")
        );
        assert_eq!(
            refused(json!([null, []])),
            "A list was given where an object with named fields is expected."
        );
        // Reading it would have taken the list, or refused it in words of the program.
        assert!(serde_json::from_value::<Outer>(json!({"inner": inner})).is_ok());
    }

    #[test]
    fn what_is_as_it_should_be_passes() {
        let inner = json!({"name": "a", "count": 1});
        for value in [
            json!({}),
            json!({"inner": null, "list": [], "named": {}}),
            json!({"inner": inner, "list": [inner, inner], "named": {"b": inner}}),
            json!({"choice": "plain", "pair": [1, null], "anything": [[1], {"a": []}]}),
            json!({"choice": {"one": inner}}),
            json!({"choice": {"named": {"inner": inner}}, "pair": [1, 2.5]}),
        ] {
            refuse_lists::<Outer>(&value).unwrap();
            serde_json::from_value::<Outer>(value).unwrap();
        }
        // What else is wrong is not judged here.
        refuse_lists::<Outer>(&json!({"inner": 7, "unknown": 1})).unwrap();
    }
}
