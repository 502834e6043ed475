//! Is a value what a JSON schema says, with no field that it does not tell?
//!
//! The keywords are those that the description of the API uses (JSON Schema 2020-12); any other is
//! a fault of the test, so that nothing passes because it was not understood. A package for this
//! would be part of the program under test: it changes how the program reads numbers.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Keywords that say nothing about a value.
const REMARKS: [&str; 4] = ["description", "title", "default", "example"];

/// A document in which schemas refer to one another.
pub(crate) struct Schemas<'a>(pub(crate) &'a Value);

/// The fields of an object that a schema tells.
#[derive(Debug, Default)]
struct Told {
    fields: BTreeSet<String>,
    /// Whether the schema leaves the fields open: it tells none.
    is_open: bool,
}

impl Told {
    fn add(&mut self, more: Told) {
        self.fields.extend(more.fields);
        self.is_open |= more.is_open;
    }
}

impl Schemas<'_> {
    /// What is wrong with a value, with its place; nothing where it is as the schema has it.
    pub(crate) fn fault(&self, schema: &Value, value: &Value) -> Option<String> {
        self.whole(schema, value, "").err()
    }

    /// Checks a value and that all of its fields are told.
    fn whole(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let told = self.check(schema, value, at)?;
        let names = value.as_object().into_iter().flat_map(Map::keys);
        match names.into_iter().find(|name| !told.is_open && !told.fields.contains(*name)) {
            Some(name) => Err(format!("{at}/{name} is not told")),
            None => Ok(()),
        }
    }

    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<Told, String> {
        let keywords = schema.as_object().unwrap_or_else(|| panic!("{schema} is no schema"));
        let says_fields = ["$ref", "allOf", "anyOf", "oneOf", "properties", "additionalProperties"];
        let says_fields = says_fields.iter().any(|keyword| keywords.contains_key(*keyword));
        let mut told = Told { fields: BTreeSet::new(), is_open: !says_fields };
        for (keyword, wanted) in keywords {
            match (keyword.as_str(), wanted) {
                ("$ref", Value::String(pointer)) => {
                    let pointer = pointer.trim_start_matches('#');
                    let schema = self.0.pointer(pointer);
                    let schema = schema.unwrap_or_else(|| panic!("{pointer} leads nowhere"));
                    told.add(self.check(schema, value, at)?);
                }
                ("type", kinds) => is_one_of(kinds, value, at)?,
                ("enum", Value::Array(values)) if !values.contains(value) => {
                    return Err(format!("{at}: {value} is none of {wanted}"));
                }
                ("enum", Value::Array(_)) => {}
                ("minimum", least)
                    if value.as_f64().is_some_and(|it| Some(it) < least.as_f64()) =>
                {
                    return Err(format!("{at}: {value} is less than {least}"));
                }
                ("minimum", _) => {}
                ("format", Value::String(format)) => has_format(format, value, at)?,
                ("required", Value::Array(names)) => self.required(names, value, at)?,
                ("properties", Value::Object(properties)) => {
                    for (name, schema) in properties {
                        told.fields.insert(name.clone());
                        if let Some(field) = value.get(name) {
                            self.whole(schema, field, &format!("{at}/{name}"))?;
                        }
                    }
                }
                ("additionalProperties", Value::Bool(is_open)) => told.is_open |= is_open,
                ("additionalProperties", schema) => {
                    let known = keywords.get("properties");
                    for (name, field) in value.as_object().into_iter().flatten() {
                        if known.is_none_or(|known| known.get(name).is_none()) {
                            told.fields.insert(name.clone());
                            self.whole(schema, field, &format!("{at}/{name}"))?;
                        }
                    }
                }
                ("propertyNames", schema) => {
                    for name in value.as_object().into_iter().flat_map(Map::keys) {
                        self.whole(schema, &Value::from(name.as_str()), at)?;
                    }
                }
                ("items", schema) => {
                    for (idx, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.whole(schema, item, &format!("{at}/{idx}"))?;
                    }
                }
                ("allOf", Value::Array(parts)) => {
                    for part in parts {
                        told.add(self.check(part, value, at)?);
                    }
                }
                ("anyOf" | "oneOf", Value::Array(choices)) => {
                    told.add(self.chosen(keyword, choices, value, at)?);
                }
                (remark, _) if REMARKS.contains(&remark) => {}
                (keyword, wanted) => panic!("{keyword} ({wanted}) is not understood"),
            }
        }
        Ok(told)
    }

    fn required(&self, names: &[Value], value: &Value, at: &str) -> Result<(), String> {
        let Value::Object(fields) = value else { return Ok(()) };
        let mut names = names.iter().filter_map(Value::as_str);
        match names.find(|name| !fields.contains_key(*name)) {
            Some(name) => Err(format!("{at}/{name} is missing")),
            None => Ok(()),
        }
    }

    fn chosen(
        &self,
        keyword: &str,
        choices: &[Value],
        value: &Value,
        at: &str,
    ) -> Result<Told, String> {
        let tried: Vec<_> = choices.iter().map(|choice| self.check(choice, value, at)).collect();
        let fitting = tried.iter().filter(|tried| tried.is_ok()).count();
        if fitting == 0 || (keyword == "oneOf" && fitting > 1) {
            let faults: Vec<_> = tried.into_iter().filter_map(Result::err).collect();
            return Err(format!("{at}: {fitting} of {keyword} fit: {faults:?}"));
        }
        let mut told = Told::default();
        tried.into_iter().flatten().for_each(|choice| told.add(choice));
        Ok(told)
    }
}

fn is_one_of(kinds: &Value, value: &Value, at: &str) -> Result<(), String> {
    let is = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => panic!("{kind} is no type"),
    };
    let fits = match kinds {
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    };
    if fits { Ok(()) } else { Err(format!("{at}: {value} is no {kinds}")) }
}

fn has_format(format: &str, value: &Value, at: &str) -> Result<(), String> {
    let fits = match (format, value) {
        ("date-time", Value::String(text)) => {
            let (date, time) = text.split_once('T').unwrap_or((text, ""));
            date.len() >= 10 && time.len() >= 9 && time.ends_with('Z')
        }
        ("date-time" | "int32" | "int64" | "float" | "double" | "binary", _) => true,
        _ => panic!("the format {format} is not understood"),
    };
    if fits { Ok(()) } else { Err(format!("{at}: {value} is no {format}")) }
}

#[test]
fn what_a_schema_says_is_held_and_what_it_does_not_say_is_refused() {
    let document = serde_json::json!({
        "Size": {"type": "object", "required": ["cases"], "properties": {
            "cases": {"type": "integer", "minimum": 0}, "name": {"type": ["string", "null"]}}},
        "Both": {"allOf": [{"$ref": "#/Size"}, {"type": "object", "properties": {
            "at": {"type": "string", "format": "date-time"}}}]},
        "Either": {"oneOf": [{"type": "number"}, {"type": "integer"}]},
        "Some": {"anyOf": [{"type": "number"}, {"enum": ["a"]}]},
        "List": {"type": "array", "items": {"$ref": "#/Size"}},
        "Map": {"type": "object", "additionalProperties": {"type": "boolean"}},
        "Open": {"type": "object"},
    });
    let fits = |name: &str, value: &str| {
        let value: Value = serde_json::from_str(value).expect("it is JSON");
        let schema = serde_json::json!({"$ref": format!("#/{name}")});
        Schemas(&document).fault(&schema, &value).is_none()
    };
    for (name, value) in [
        ("Size", "{\"cases\": 0}"),
        ("Size", "{\"cases\": 3, \"name\": null}"),
        ("Both", "{\"cases\": 3, \"at\": \"2024-01-01T00:00:00Z\"}"),
        ("Either", "1.5"),
        ("Some", "\"a\""),
        ("List", "[{\"cases\": 1}]"),
        ("Map", "{\"a\": true}"),
        ("Open", "{\"a\": [1]}"),
    ] {
        assert!(fits(name, value), "{name} {value}");
    }
    for (name, value) in [
        ("Size", "{}"),
        ("Size", "{\"cases\": -1}"),
        ("Size", "{\"cases\": \"1\"}"),
        ("Size", "{\"cases\": 1, \"more\": 1}"),
        ("Both", "{\"cases\": 3, \"at\": \"2024-01-01\"}"),
        ("Both", "{\"cases\": 3, \"more\": 1}"),
        ("Either", "1"),
        ("Some", "\"b\""),
        ("List", "[{\"cases\": 1}, {}]"),
        ("Map", "{\"a\": 1}"),
        ("Open", "[]"),
    ] {
        assert!(!fits(name, value), "{name} {value}");
    }
}
