//! Which sheets does a template have beside the events, what are their columns, and which lists
//! may stand in them?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::library::attributes::{KnownValue, Level, ValueKind};
use crate::library::entry::Entry;
use crate::library::reading::{Reading, Subject};
use crate::library::templates::Status;
use crate::library::texts::Texts;

/// A list of values: types and statuses of documents, classes of stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::ValueList)]
pub struct ValueList {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// Its values, in their order.
    pub values: Vec<KnownValue>,
}

impl ValueList {
    /// The value that a text means, by key, name or alias.
    #[must_use]
    pub fn value_of(&self, text: &str) -> Option<&KnownValue> {
        KnownValue::find(text, &self.values)
    }

    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let values = self.values.iter_mut().flat_map(KnownValue::texts_mut);
        std::iter::once(&mut self.name).chain(values)
    }

    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&ValueList>,
    ) -> Option<ValueList> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let mut values = known.map(|known| known.values.clone()).unwrap_or_default();
        KnownValue::read_all(reading, entry, &mut values);
        entry.finish();
        Some(ValueList { key: key.to_owned(), name: name?, values })
    }
}

/// A column of a sheet that is none of the template's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::SheetColumn)]
pub struct SheetColumn {
    /// Its technical name, the same in every language.
    pub key: String,
    /// Whether it is an attribute of the process; its key is the name of the column then.
    pub is_attribute: bool,
    /// What it is called.
    pub name: Texts,
    /// Other headers by which it is recognised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// How much the sheet asks for it.
    pub status: Status,
    /// What kind of values it has.
    #[serde(rename = "type")]
    pub kind: ValueKind,
    /// The list its values are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// The activity that happens on its dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The types of records that it is for, by their keys; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// The column of the sheet that holds the currency of its amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether it names another record, whose case is that of the row where it names none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joins: bool,
    /// Values as they look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
}

/// A sheet of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Sheet)]
pub struct Sheet {
    /// Its key, which never changes.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// What a row of it is, and when it is filled in.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
    /// Levels of the template's attributes that are its columns, before those of the list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// Its own columns, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<SheetColumn>,
}

impl Sheet {
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let columns = self.columns.iter_mut();
        let columns = columns.flat_map(|one| [&mut one.name, &mut one.meaning]);
        [&mut self.name, &mut self.meaning].into_iter().chain(columns)
    }

    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&Sheet>,
    ) -> Option<Sheet> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let meaning = entry.texts("meaning", known.map(|known| &known.meaning));
        let levels = entry.choices("levels");
        let columns = entry.tables("column");
        entry.finish();
        let mut sheet = Sheet {
            key: key.to_owned(),
            name: name?,
            meaning: meaning.unwrap_or_default(),
            levels: levels.or(known.map(|known| known.levels.clone())).unwrap_or_default(),
            columns: known.map(|known| known.columns.clone()).unwrap_or_default(),
        };
        for entry in columns {
            sheet.read_column(reading, &entry);
        }
        Some(sheet)
    }

    fn read_column(&mut self, reading: &mut Reading, entry: &Entry<'_>) {
        let key = entry.key("key");
        let place =
            key.as_ref().and_then(|key| self.columns.iter().position(|known| known.key == *key));
        let known = place.map(|idx| &self.columns[idx]);
        // A column with the key of an attribute is that attribute.
        let attribute = key.as_deref().and_then(|key| reading.known_attribute(key));
        let named = known.map(|known| &known.name).or(attribute.as_ref().map(|one| &one.name));
        let name = entry.texts("name", named);
        let name = entry.required("name", name, None);
        let aliases = entry.plain_list("aliases").unwrap_or_default();
        let status = entry.choice("status");
        let status = entry.required("status", status, known.map(|known| known.status));
        let kind = entry.choice("type");
        let known_kind =
            known.map(|known| known.kind).or(attribute.as_ref().map(|attribute| attribute.kind));
        let kind = entry.required("type", kind, known_kind);
        let list = entry.placed_text("list");
        let activity = entry.placed_text("activity");
        let only = entry.plain_list("only").or(known.map(|known| known.only.clone()));
        let currency = entry.text("currency").or(known.and_then(|known| known.currency.clone()));
        let joins = entry.flag("joins").or(known.map(|known| known.joins));
        let examples = entry.plain_list("examples");
        let meant =
            known.map(|known| &known.meaning).or(attribute.as_ref().map(|one| &one.meaning));
        let meaning = entry.texts("meaning", meant);
        entry.finish();
        if let Some(list) = &list {
            reading.refers(Subject::List, list);
        }
        if let Some(activity) = &activity {
            reading.refers(Subject::Activity, activity);
        }
        let (Some(key), Some(name), Some(status), Some(kind)) = (key, name, status, kind) else {
            return;
        };
        let mut all = known.map(|known| known.aliases.clone()).unwrap_or_default();
        all.extend(aliases);
        let known_examples = known.map(|known| known.examples.clone());
        let usual = attribute.as_ref().map(|attribute| attribute.examples.clone());
        let read = SheetColumn {
            key,
            is_attribute: attribute.is_some(),
            name,
            aliases: all,
            status,
            kind,
            list: list.map(|one| one.value).or(known.and_then(|known| known.list.clone())),
            activity: activity
                .map(|one| one.value)
                .or(known.and_then(|known| known.activity.clone())),
            only: only.unwrap_or_default(),
            currency,
            joins: joins.unwrap_or(false),
            examples: examples.or(known_examples).or(usual).unwrap_or_default(),
            meaning: meaning.unwrap_or_default(),
        };
        match place {
            Some(idx) => self.columns[idx] = read,
            None => self.columns.push(read),
        }
    }
}
