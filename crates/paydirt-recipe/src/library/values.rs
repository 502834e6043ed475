//! What may a value of a setting be, and does one that is written in a file fit?

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use paydirt_model::event_log::TimeZoneName;
use paydirt_model::number::Decimal;
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::library::choice::choice;
use crate::library::entry::{Entry, Expected, File};
use crate::library::similar::nearest;
use crate::library::texts::Texts;

choice! {
    /// What kind of value it is.
    SettingKind {
        /// On or off.
        Flag = "flag",
        /// A whole number.
        Whole = "whole",
        /// A number that may have decimal places.
        Number = "number",
        /// A text.
        Text = "text",
        /// One of a few words.
        Choice = "choice",
        /// A day, such as 2025-12-31.
        Day = "day",
        /// A time of day, such as 09:00.
        Clock = "clock",
        /// A time zone, such as Europe/Paris.
        TimeZone = "time-zone",
        /// An activity, by its key or any of its names; others are activities of the log's own.
        Activity = "activity",
        /// A list of rows.
        Table = "table",
    }
}

choice! {
    /// What a number counts.
    ValueUnit {
        /// Days.
        Days = "days",
        /// Minutes.
        Minutes = "minutes",
        /// Months.
        Months = "months",
        /// A share, of which 1 is the whole.
        Share = "share",
        /// An amount of money in the reporting currency.
        Money = "money",
        /// How many.
        Count = "count",
    }
}

/// One of the words that a value may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::ValueChoice)]
pub struct ValueChoice {
    /// How it is written.
    pub key: String,
    /// What it is called.
    pub name: Texts,
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::ValueShape)]
pub struct ValueShape {
    /// What kind of value it is.
    pub kind: SettingKind,
    /// Whether it is a list of such values.
    #[serde(default)]
    pub many: bool,
    /// What a number counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ValueUnit>,
    /// Smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The words to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ValueChoice>,
}

/// One value. Numbers that may have decimal places, days and times of day are texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::PlainValue)]
#[serde(untagged)]
pub enum PlainValue {
    /// On or off.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// Anything else.
    Text(String),
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::CellValue)]
#[serde(untagged)]
pub enum CellValue {
    /// One value.
    One(PlainValue),
    /// Several values.
    Many(Vec<PlainValue>),
}

/// A row of a table: its cells by the key of their column.
pub(super) type RowValue = BTreeMap<String, CellValue>;

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// One value.
    One(PlainValue),
    /// Rows of a table.
    Rows(Vec<BTreeMap<String, CellValue>>),
    /// Several values.
    Many(Vec<PlainValue>),
}

/// An empty list is rows and values alike, so that any of the forms may fit.
impl PartialSchema for SettingValue {
    fn schema() -> RefOr<Schema> {
        let plain = || Ref::from_schema_name(PlainValue::name());
        let cell = Ref::from_schema_name(CellValue::name());
        let row = ObjectBuilder::new().additional_properties(Some(cell));
        AnyOfBuilder::new()
            .description(Some("The value of a setting: one, rows of a table, or several."))
            .item(plain())
            .item(ArrayBuilder::new().items(row))
            .item(ArrayBuilder::new().items(plain()))
            .into()
    }
}

impl ToSchema for SettingValue {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("library.SettingValue")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((PlainValue::name().into_owned(), PlainValue::schema()));
        schemas.push((CellValue::name().into_owned(), CellValue::schema()));
        CellValue::schemas(schemas);
    }
}

/// Finds the key of an activity by any of its names.
pub(super) type KeyOf<'a> = &'a dyn Fn(&str) -> Option<String>;

impl ValueShape {
    /// Reads what a value must be; fields that are not said stay as they are known.
    pub(super) fn read(entry: &Entry<'_>, known: Option<&ValueShape>) -> Option<ValueShape> {
        let kind = entry.choice("kind");
        let kind = entry.required("kind", kind, known.map(|known| known.kind));
        let many = entry.flag("many").or(known.map(|known| known.many));
        let unit = entry.choice("unit").or(known.and_then(|known| known.unit));
        let min = entry.whole("min").or(known.and_then(|known| known.min));
        let max = entry.whole("max").or(known.and_then(|known| known.max));
        let mut choices = known.map(|known| known.choices.clone()).unwrap_or_default();
        for choice in entry.tables("choices") {
            let key = choice.key("key");
            let name = choice.texts("name", None);
            let name = choice.required("name", name, None);
            choice.finish();
            let (Some(key), Some(name)) = (key, name) else { continue };
            choices.retain(|one| one.key != key);
            choices.push(ValueChoice { key, name });
        }
        let kind = kind?;
        if kind == SettingKind::Choice && choices.is_empty() {
            entry.note(say!("The field \"{field}\" is missing.", field = "choices"), None);
        }
        Some(ValueShape { kind, many: many.unwrap_or(false), unit, min, max, choices })
    }

    /// A value or a list of values, as it stands in a file.
    pub(super) fn cell(
        &self,
        (file, field): (&File<'_>, &str),
        value: &Spanned<DeValue<'_>>,
        key_of: KeyOf<'_>,
    ) -> Option<CellValue> {
        if !self.many {
            return self.plain((file, field), value, key_of).map(CellValue::One);
        }
        let Some(items) = value.get_ref().as_array() else {
            file.wrong(field, value.span().start, Expected::List);
            return None;
        };
        let read: Vec<Option<PlainValue>> =
            items.iter().map(|item| self.plain((file, field), item, key_of)).collect();
        read.into_iter().collect::<Option<Vec<_>>>().map(CellValue::Many)
    }

    fn plain(
        &self,
        (file, field): (&File<'_>, &str),
        value: &Spanned<DeValue<'_>>,
        key_of: KeyOf<'_>,
    ) -> Option<PlainValue> {
        let at = value.span().start;
        let (plain, expected) = match self.kind {
            SettingKind::Flag => (value.get_ref().as_bool().map(PlainValue::Flag), Expected::Flag),
            SettingKind::Whole => (whole(value).map(PlainValue::Whole), Expected::Whole),
            SettingKind::Number => (number(value).map(PlainValue::Text), Expected::Number),
            SettingKind::Day => (day(value), Expected::Day),
            SettingKind::Clock => (clock(value), Expected::Clock),
            SettingKind::TimeZone => (zone(value), Expected::Zone),
            SettingKind::Text | SettingKind::Choice => (text(value), Expected::Text),
            SettingKind::Activity => {
                let known = |name: &str| key_of(name).unwrap_or_else(|| name.to_owned());
                (written(value).map(|name| PlainValue::Text(known(name))), Expected::Text)
            }
            SettingKind::Table => (None, Expected::Text),
        };
        let Some(plain) = plain else {
            file.wrong(field, at, expected);
            return None;
        };
        self.is_allowed((file, field), at, &plain).then_some(plain)
    }

    /// Whether a value is one of the words, and within its bounds; that it is not is noted.
    fn is_allowed(&self, (file, field): (&File<'_>, &str), at: usize, value: &PlainValue) -> bool {
        if let (SettingKind::Choice, PlainValue::Text(value)) = (self.kind, value) {
            let known: Vec<&str> = self.choices.iter().map(|one| one.key.as_str()).collect();
            if known.contains(&value.as_str()) {
                return true;
            }
            let near = nearest(value, known.iter().copied());
            let hint = near.map(|near| say!("Did you mean \"{near}\"?", near));
            let detail = say!(
                "\"{value}\" is not known for \"{field}\". Expected one of: {known}.",
                value,
                field,
                known
            );
            file.note(at, detail, hint);
            return false;
        }
        let number = match (self.kind, value) {
            (SettingKind::Whole, PlainValue::Whole(whole)) => Decimal::new((*whole).into(), 0),
            (SettingKind::Number, PlainValue::Text(text)) => {
                Decimal::parse(text).expect("the text was written from a number")
            }
            _ => return true,
        };
        // Whole bounds: compared at the scale of the number, where they are exact.
        let scaled = |bound: i64| i128::from(bound) * 10_i128.pow(u32::from(number.scale));
        if let Some(min) = self.min.filter(|min| number.mantissa < scaled(*min)) {
            file.note(at, say!("\"{field}\" must be at least {min}.", field, min), None);
            return false;
        }
        if let Some(max) = self.max.filter(|max| scaled(*max) < number.mantissa) {
            file.note(at, say!("\"{field}\" must be at most {max}.", field, max), None);
            return false;
        }
        true
    }
}

/// Most decimal places of a number, so that it can be compared with its bounds.
const PLACES_MAX: u8 = 12;

fn whole(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn number(value: &Spanned<DeValue<'_>>) -> Option<String> {
    let number = match value.get_ref() {
        DeValue::Float(float) => Decimal::parse(float.as_str())?,
        _ => Decimal::new(whole(value)?.into(), 0),
    };
    (number.scale <= PLACES_MAX && number.at_scale(0).0.unsigned_abs() < 1 << 62)
        .then(|| number.to_string())
}

/// A text that is not empty.
fn written<'v>(value: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
    value.get_ref().as_str().filter(|text| !text.trim().is_empty())
}

fn text(value: &Spanned<DeValue<'_>>) -> Option<PlainValue> {
    written(value).map(|text| PlainValue::Text(text.to_owned()))
}

/// A day or time, in quotes or as TOML has it.
fn moment(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        _ => None,
    }
}

fn day(value: &Spanned<DeValue<'_>>) -> Option<PlainValue> {
    let day = Date::strptime("%Y-%m-%d", moment(value)?).ok()?;
    Some(PlainValue::Text(day.to_string()))
}

fn clock(value: &Spanned<DeValue<'_>>) -> Option<PlainValue> {
    let written = moment(value)?;
    let short = Time::strptime("%H:%M", &written).or_else(|_| Time::strptime("%H:%M:%S", &written));
    let time = short.ok()?;
    Some(PlainValue::Text(time.strftime("%H:%M").to_string()))
}

fn zone(value: &Spanned<DeValue<'_>>) -> Option<PlainValue> {
    let name = written(value)?;
    TimeZoneName::parse(name).ok().map(|_| PlainValue::Text(name.to_owned()))
}

/// The fields of a row that no column is called.
pub(super) fn note_unknown(file: &File<'_>, table: &DeTable<'_>, known: &[&str]) {
    for (name, _) in table {
        let field = name.get_ref().as_ref();
        if known.contains(&field) {
            continue;
        }
        let near = nearest(field, known.iter().copied());
        let hint = near.map(|near| say!("Did you mean \"{near}\"?", near));
        let detail =
            say!("\"{field}\" is not a field here. The fields are: {known}.", field, known);
        file.note(name.span().start, detail, hint);
    }
}
