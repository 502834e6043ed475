//! What do the settings say, as formulas ask for it?

use std::collections::BTreeMap;

use paydirt_model::number::Decimal;

use crate::library::Library;
use crate::library::chosen::ChosenSettings;
use crate::library::values::{CellValue, PlainValue, SettingValue, ValueUnit};

/// The settings that hold.
#[derive(Clone, Copy)]
pub(super) struct Settings<'s> {
    pub(super) library: &'s Library,
    pub(super) chosen: &'s ChosenSettings,
}

/// The rows of a setting that is a table.
pub(super) struct Rows<'s>(&'s [BTreeMap<String, CellValue>]);

fn plain(value: &PlainValue) -> String {
    match value {
        PlainValue::Flag(flag) => flag.to_string(),
        PlainValue::Whole(whole) => whole.to_string(),
        PlainValue::Text(text) => text.clone(),
    }
}

impl<'s> Settings<'s> {
    fn value(&self, key: &str) -> Option<&'s SettingValue> {
        self.chosen.value(self.library.setting(key)?)
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            SettingValue::One(PlainValue::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            SettingValue::One(one) => Some(plain(one)),
            _ => None,
        }
    }

    /// What was chosen, whatever the default.
    pub(super) fn chosen_text(&self, key: &str) -> Option<String> {
        match self.chosen.chosen(key)? {
            SettingValue::One(one) => Some(plain(one)),
            _ => None,
        }
    }

    pub(super) fn number(&self, key: &str) -> Option<Decimal> {
        Decimal::parse(&self.text(key)?)
    }

    /// The values of a list, or the one value.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        match self.value(key) {
            Some(SettingValue::Many(many)) => many.iter().map(plain).collect(),
            Some(SettingValue::One(one)) => vec![plain(one)],
            Some(SettingValue::Rows(_)) | None => Vec::new(),
        }
    }

    pub(super) fn rows(&self, key: &str) -> Rows<'s> {
        match self.value(key) {
            Some(SettingValue::Rows(rows)) => Rows(rows),
            _ => Rows(&[]),
        }
    }

    /// What the numbers of a setting, or of one of its columns, count.
    pub(super) fn unit(&self, key: &str, column: Option<&str>) -> Option<ValueUnit> {
        let setting = self.library.setting(key)?;
        let Some(column) = column else { return setting.shape.unit };
        setting.columns.iter().find(|one| one.key == column)?.shape.unit
    }
}

impl<'s> Rows<'s> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn text(&self, row: usize, column: &str) -> Option<&'s str> {
        match self.0.get(row)?.get(column)? {
            CellValue::One(PlainValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, row: usize, column: &str) -> Option<Decimal> {
        match self.0.get(row)?.get(column)? {
            CellValue::One(one) => Decimal::parse(&plain(one)),
            CellValue::Many(_) => None,
        }
    }

    pub(super) fn texts(&self, row: usize, column: &str) -> Vec<String> {
        match self.0.get(row).and_then(|row| row.get(column)) {
            Some(CellValue::Many(many)) => many.iter().map(plain).collect(),
            Some(CellValue::One(one)) => vec![plain(one)],
            None => Vec::new(),
        }
    }
}
