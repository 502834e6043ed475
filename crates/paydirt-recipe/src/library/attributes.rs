//! Which attributes does a process have, how are they called, typed and explained?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::folding::folded;
use crate::library::choice::choice;
use crate::library::entry::{Entry, Placed};
use crate::library::formula::Formula;
use crate::library::reading::{Reading, Subject};
use crate::library::texts::Texts;

choice! {
    /// What a value belongs to.
    Level {
        /// To one event.
        Event = "event",
        /// To the case, one constant value.
        Case = "case",
        /// To the case, changing over time: its history is kept.
        History = "history",
        /// To the whole data set.
        DataSet = "data_set",
    }
}

choice! {
    /// What kind of values an attribute or a column has.
    ValueKind as AttributeKind {
        /// Text.
        Text = "text",
        /// One of few texts.
        Category = "category",
        /// Whole number.
        Integer = "integer",
        /// Decimal number.
        Decimal = "decimal",
        /// Share as a fraction: 0.125 for 12.5 %.
        Fraction = "fraction",
        /// Amount with a currency.
        Money = "money",
        /// True or false.
        Boolean = "boolean",
        /// Date and time.
        Instant = "datetime",
        /// Date without a time of day.
        Date = "date",
        /// Span of time.
        Duration = "duration",
        /// Several texts, separated by "; ".
        List = "list",
    }
}

choice! {
    /// What an attribute is for the event log.
    LogRole {
        /// It tells the cases apart.
        Case = "case",
        /// It says what happened.
        Activity = "activity",
        /// It says when it happened.
        Time = "time",
        /// It says when it ended.
        EndTime = "end_time",
        /// It says who did it.
        Resource = "resource",
        /// It orders events of one source record.
        Sequence = "sequence",
        /// It names the source record.
        Record = "record",
        /// It says until when the data are complete.
        AsOf = "as_of",
        /// It says how precisely the time is known.
        Precision = "precision",
    }
}

/// One of the values that an attribute, a column or a list has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::KnownValue)]
pub struct KnownValue {
    /// Its key, which never changes.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// Other ways to write it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What it means, where the name does not say it.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
    /// Of a type of document or an outcome: the activity that happens on its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Of a type of document: attributes of its events that take the value of a column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub also: BTreeMap<String, String>,
    /// Of a status: a document in it has not happened yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pending: bool,
}

impl KnownValue {
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        [&mut self.name, &mut self.meaning].into_iter()
    }

    /// The value that a text means. A key or name goes before the alias of another value.
    pub(super) fn find<'v>(text: &str, values: &'v [KnownValue]) -> Option<&'v KnownValue> {
        let wanted = folded(text);
        if wanted.is_empty() {
            return None;
        }
        let is_called = |name: &str| folded(name) == wanted;
        let by_name = |value: &&KnownValue| {
            is_called(&value.key) || value.name.each().any(|(_, name)| is_called(name))
        };
        let by_alias = |value: &&KnownValue| value.aliases.iter().any(|name| is_called(name));
        values.iter().find(by_name).or_else(|| values.iter().find(by_alias))
    }

    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        known: &[KnownValue],
    ) -> Option<KnownValue> {
        let key = entry.key("key");
        let known = key.as_ref().and_then(|key| known.iter().find(|one| one.key == *key));
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let aliases = entry.plain_list("aliases").unwrap_or_default();
        let meaning = entry.texts("meaning", known.map(|known| &known.meaning));
        let activity = entry.placed_text("activity");
        let also = entry.words("also");
        let pending = entry.flag("pending").or(known.map(|known| known.pending));
        entry.finish();
        if let Some(activity) = &activity {
            reading.refers(Subject::Activity, activity);
        }
        let mut all_also = known.map(|known| known.also.clone()).unwrap_or_default();
        all_also.extend(also.into_iter().flatten());
        let mut all = known.map(|known| known.aliases.clone()).unwrap_or_default();
        all.extend(aliases);
        let known_activity = known.and_then(|known| known.activity.clone());
        Some(KnownValue {
            key: key?,
            name: name?,
            aliases: all,
            meaning: meaning.unwrap_or_default(),
            activity: activity.map(|activity| activity.value).or(known_activity),
            also: all_also,
            pending: pending.unwrap_or(false),
        })
    }

    /// Reads the values of an entry into those that are known.
    pub(super) fn read_all(reading: &mut Reading, entry: &Entry<'_>, into: &mut Vec<KnownValue>) {
        for value in entry.tables("value") {
            if let Some(read) = KnownValue::read(reading, &value, into) {
                match into.iter_mut().find(|known| known.key == read.key) {
                    Some(known) => *known = read,
                    None => into.push(read),
                }
            }
        }
    }
}

/// One attribute of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Attribute)]
pub struct Attribute {
    /// Its canonical key, which never changes.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// Other headers by which it is recognised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What a value belongs to.
    pub level: Level,
    /// What kind of values it has.
    #[serde(rename = "type")]
    pub kind: ValueKind,
    /// What its numbers count.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub unit: Texts,
    /// The attribute that holds the currency of its amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What it is for the event log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<LogRole>,
    /// Of a date: the activity that happened on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<String>,
    /// Of a date: the attributes whose value says which activity happened on it. Where the value
    /// names none, nothing has happened yet, and the date is a plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates_by: Vec<String>,
    /// Whether its values may name a person.
    pub personal_data: bool,
    /// Whether it is computed from others, so that a file may leave it out.
    pub computed: bool,
    /// How it is computed, of each case.
    #[serde(skip)]
    pub formula: Option<Formula>,
    /// Whether it is computed only where the data do not have it.
    #[serde(skip)]
    pub is_stand_in: bool,
    /// The values it can have, of a category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<KnownValue>,
    /// Values as they look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
    /// Why it matters.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub why: Texts,
    /// How it comes about.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub derivation: Texts,
}

impl Attribute {
    /// The value that a text means, by key, name or alias.
    #[must_use]
    pub fn value_of(&self, text: &str) -> Option<&KnownValue> {
        KnownValue::find(text, &self.values)
    }

    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let Attribute { name, unit, meaning, why, derivation, values, .. } = self;
        let own = [name, unit, meaning, why, derivation].into_iter();
        own.chain(values.iter_mut().flat_map(KnownValue::texts_mut))
    }

    pub(super) fn read(
        reading: &mut Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&Attribute>,
    ) -> Option<Attribute> {
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let aliases = entry.list("aliases").unwrap_or_default();
        let level = entry.choice("level");
        let level = entry.required("level", level, known.map(|known| known.level));
        let kind = entry.choice("type");
        let kind = entry.required("type", kind, known.map(|known| known.kind));
        let unit = entry.texts("unit", known.map(|known| &known.unit));
        let currency = entry.placed_text("currency");
        let role = entry.choice("role").or(known.and_then(|known| known.role));
        let dates = entry.placed_text("dates");
        let dates_by = entry.list("dates_by");
        let personal_data = entry.flag("personal_data");
        let computed = entry.flag("computed");
        let formula = entry.raw("formula");
        let formula =
            formula.and_then(|value| Formula::read(reading, (entry.file, "formula"), value));
        let is_stand_in = entry.flag("stand_in");
        let examples = entry.plain_list("examples");
        let meaning = entry.texts("meaning", known.map(|known| &known.meaning));
        let why = entry.texts("why", known.map(|known| &known.why));
        let derivation = entry.texts("derivation", known.map(|known| &known.derivation));
        let mut values = known.map(|known| known.values.clone()).unwrap_or_default();
        KnownValue::read_all(reading, entry, &mut values);
        entry.finish();
        if let Some(currency) = &currency {
            reading.refers(Subject::Attribute, currency);
        }
        dates.iter().for_each(|activity| reading.refers(Subject::Activity, activity));
        dates_by.iter().flatten().for_each(|one| reading.refers(Subject::Attribute, one));
        let mut all = known.map(|known| known.aliases.clone()).unwrap_or_default();
        for Placed { value, place } in aliases {
            reading.called(Subject::Attribute, key, &value, place);
            all.push(value);
        }
        let known_currency = known.and_then(|known| known.currency.clone());
        let known_dates = known.and_then(|known| known.dates.clone());
        let dates_by =
            dates_by.map(|placed| placed.into_iter().map(|one| one.value).collect::<Vec<_>>());
        Some(Attribute {
            key: key.to_owned(),
            name: name?,
            aliases: all,
            level: level?,
            kind: kind?,
            unit: unit.unwrap_or_default(),
            currency: currency.map(|currency| currency.value).or(known_currency),
            role,
            dates: dates.map(|dates| dates.value).or(known_dates),
            dates_by: dates_by.or(known.map(|one| one.dates_by.clone())).unwrap_or_default(),
            personal_data: personal_data.or(known.map(|one| one.personal_data)).unwrap_or(false),
            computed: computed.or(known.map(|known| known.computed)).unwrap_or(false),
            formula: formula.or(known.and_then(|known| known.formula.clone())),
            is_stand_in: is_stand_in.or(known.map(|one| one.is_stand_in)).unwrap_or(false),
            values,
            examples: examples.or(known.map(|one| one.examples.clone())).unwrap_or_default(),
            meaning: meaning.unwrap_or_default(),
            why: why.unwrap_or_default(),
            derivation: derivation.unwrap_or_default(),
        })
    }
}
