//! What can be chosen about the analysis of a process, what may be chosen, and what holds where
//! nothing is chosen?

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use utoipa::ToSchema;

use paydirt_model::language::Language;
use paydirt_model::say;

use crate::library::entry::{Entry, Expected, File};
use crate::library::reading::Reading;
use crate::library::texts::Texts;
use crate::library::values::{
    CellValue, KeyOf, RowValue, SettingKind, SettingValue, ValueShape, note_unknown,
};

/// A column of a setting that is a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::SettingColumn)]
pub struct SettingColumn {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: Texts,
    /// Whether a row may lack it.
    pub optional: bool,
    /// What its values must be.
    pub shape: ValueShape,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = library::Setting)]
pub struct Setting {
    /// Its key, which never changes.
    pub key: String,
    /// What is written above it and the settings after it.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub heading: Texts,
    /// What it is called.
    pub name: Texts,
    /// What it decides.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub meaning: Texts,
    /// What its value must be.
    pub shape: ValueShape,
    /// The columns of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<SettingColumn>,
    /// What holds where nothing is chosen; without one, the meaning says what is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<SettingValue>,
}

impl SettingColumn {
    fn read(entry: &Entry<'_>) -> Option<SettingColumn> {
        let key = entry.key("key");
        let name = entry.texts("name", None);
        let name = entry.required("name", name, None);
        let optional = entry.flag("optional").unwrap_or(false);
        let shape = ValueShape::read(entry, None);
        entry.finish();
        Some(SettingColumn { key: key?, name: name?, optional, shape: shape? })
    }
}

impl Setting {
    pub(super) fn read(
        reading: &Reading,
        entry: &Entry<'_>,
        key: &str,
        known: Option<&Setting>,
    ) -> Option<Setting> {
        let heading = entry.texts("heading", known.map(|known| &known.heading));
        let name = entry.texts("name", known.map(|known| &known.name));
        let name = entry.required("name", name, None);
        let meaning = entry.texts("meaning", known.map(|known| &known.meaning));
        let shape = ValueShape::read(entry, known.map(|known| &known.shape));
        let mut columns: Vec<SettingColumn> =
            entry.tables("columns").iter().filter_map(SettingColumn::read).collect();
        if columns.is_empty() {
            columns = known.map(|known| known.columns.clone()).unwrap_or_default();
        }
        let written = entry.raw("default");
        entry.finish();
        let shape = shape?;
        if shape.kind == SettingKind::Table && columns.is_empty() {
            entry.note(say!("The field \"{field}\" is missing.", field = "columns"), None);
            return None;
        }
        let default = known.and_then(|known| known.default.clone());
        let meaning = meaning.unwrap_or_default();
        let (heading, key) = (heading.unwrap_or_default(), key.to_owned());
        let mut setting = Setting { key, heading, name: name?, meaning, shape, columns, default };
        if let Some(value) = written {
            let activities = &reading.library.activities;
            let key_of = |name: &str| {
                activities.iter().find(|one| one.key == name).map(|one| one.key.clone())
            };
            let read = setting.read_value((entry.file, "default"), value, &key_of);
            setting.default = read.or(setting.default);
        }
        Some(setting)
    }

    /// The same setting with its texts in one language alone.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Setting {
        let mut setting = self.clone();
        setting.texts_mut().for_each(|texts| texts.keep_only(language));
        setting
    }

    /// Its texts, to be cut to one language.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Texts> {
        let columns = self.columns.iter_mut().flat_map(|column| {
            let choices = column.shape.choices.iter_mut().map(|one| &mut one.name);
            std::iter::once(&mut column.name).chain(choices)
        });
        let choices = self.shape.choices.iter_mut().map(|one| &mut one.name);
        [&mut self.heading, &mut self.name, &mut self.meaning]
            .into_iter()
            .chain(columns)
            .chain(choices)
    }

    /// A value of this setting, as it stands in a file; what is wrong with it is noted.
    pub(super) fn read_value(
        &self,
        (file, field): (&File<'_>, &str),
        value: &Spanned<DeValue<'_>>,
        key_of: KeyOf<'_>,
    ) -> Option<SettingValue> {
        if self.shape.kind != SettingKind::Table {
            return Some(match self.shape.cell((file, field), value, key_of)? {
                CellValue::One(one) => SettingValue::One(one),
                CellValue::Many(many) => SettingValue::Many(many),
            });
        }
        let rows = value.get_ref().as_array();
        let rows: Option<Vec<(&DeTable<'_>, usize)>> = rows.and_then(|rows| {
            rows.iter().map(|row| Some((row.get_ref().as_table()?, row.span().start))).collect()
        });
        let Some(rows) = rows else {
            file.wrong(field, value.span().start, Expected::Tables);
            return None;
        };
        let read: Vec<Option<RowValue>> =
            rows.into_iter().map(|(row, at)| self.row(file, (row, at), key_of)).collect();
        read.into_iter().collect::<Option<Vec<_>>>().map(SettingValue::Rows)
    }

    fn row(
        &self,
        file: &File<'_>,
        (row, at): (&DeTable<'_>, usize),
        key_of: KeyOf<'_>,
    ) -> Option<RowValue> {
        let mut cells = RowValue::new();
        let mut is_whole = true;
        for column in &self.columns {
            let field = column.key.as_str();
            let written = row.iter().find(|(name, _)| name.get_ref() == field);
            match written {
                Some((_, value)) => match column.shape.cell((file, field), value, key_of) {
                    Some(cell) => {
                        cells.insert(column.key.clone(), cell);
                    }
                    None => is_whole = false,
                },
                None if column.optional => {}
                None => {
                    file.note(at, say!("The field \"{field}\" is missing.", field), None);
                    is_whole = false;
                }
            }
        }
        let known: Vec<&str> = self.columns.iter().map(|column| column.key.as_str()).collect();
        note_unknown(file, row, &known);
        is_whole.then_some(cells)
    }
}
