//! What has somebody chosen, of the settings that a library knows?
//!
//! A settings file is TOML: a key and its value a line. Everything it does not name keeps its
//! default.

use std::collections::BTreeMap;
use std::fmt::Write;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::Serialize;
use toml::de::DeTable;

use crate::library::Library;
use crate::library::entry::File;
use crate::library::settings::Setting;
use crate::library::values::{CellValue, PlainValue, SettingKind, SettingValue, note_unknown};

/// The settings that were chosen, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ChosenSettings {
    values: BTreeMap<String, SettingValue>,
}

impl ChosenSettings {
    /// Reads a settings file. What is wrong in it is a problem with file and line, and the rest is
    /// read all the same: whoever wants only whole files refuses one with a problem.
    #[must_use]
    pub fn read(library: &Library, name: &str, text: &str) -> (ChosenSettings, Vec<Problem>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let file = File::new(name, text);
        let broken = file.note_broken(&errors);
        let known: Vec<&str> = library.settings.iter().map(|one| one.key.as_str()).collect();
        note_unknown(&file, table.get_ref(), &known);
        let key_of = |name: &str| Some(library.activity_of(name)?.entry.key.clone());
        let mut values = BTreeMap::new();
        for (key, value) in table.get_ref() {
            let Some(setting) = library.setting(key.get_ref()) else { continue };
            if let Some(value) = setting.read_value((&file, &setting.key), value, &key_of) {
                values.insert(setting.key.clone(), value);
            }
        }
        let mut problems = file.into_problems(&broken);
        problems.iter_mut().for_each(|problem| problem.code = ErrorCode::SettingsMistake);
        (ChosenSettings { values }, problems)
    }

    /// The settings with one of them chosen, written as TOML or, for a text, as it is.
    ///
    /// # Errors
    /// There is no such setting, or the value does not fit it.
    pub fn with(self, library: &Library, key: &str, value: &str) -> Result<Self, Problem> {
        refuse_unknown(library, key)?;
        let named = |value: &str| format!("{} = {value}", quoted_key(key));
        let is_toml = DeTable::parse(&named(value)).is_ok_and(|table| table.get_ref().len() == 1);
        let text = if is_toml { named(value) } else { named(&quoted(value)) };
        let (read, problems) = ChosenSettings::read(library, key, &text);
        if let Some(mut problem) = problems.into_iter().next() {
            // The one line is what was typed, so neither file nor line helps to find it.
            problem.place.file = None;
            problem.place.row = None;
            return Err(problem.in_parameter(key));
        }
        let mut values = self.values;
        values.extend(read.values);
        Ok(ChosenSettings { values })
    }

    /// The settings with one of them back at its default.
    ///
    /// # Errors
    /// There is no such setting.
    pub fn without(mut self, library: &Library, key: &str) -> Result<Self, Problem> {
        if self.values.remove(key).is_none() {
            refuse_unknown(library, key)?;
        }
        Ok(self)
    }

    /// Whether everything has its default.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// What was chosen for a setting.
    #[must_use]
    pub fn chosen(&self, key: &str) -> Option<&SettingValue> {
        self.values.get(key)
    }

    /// Whether something was chosen for a setting: more than an empty list.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.chosen(key).is_some_and(|value| match value {
            SettingValue::One(_) => true,
            SettingValue::Many(values) => !values.is_empty(),
            SettingValue::Rows(rows) => !rows.is_empty(),
        })
    }

    /// What holds for a setting: what was chosen, else its default.
    #[must_use]
    pub fn value<'s>(&'s self, setting: &'s Setting) -> Option<&'s SettingValue> {
        self.values.get(&setting.key).or(setting.default.as_ref())
    }

    /// The settings file that says the same, in the order of the library.
    #[must_use]
    pub fn to_toml(&self, library: &Library) -> String {
        let mut text = String::new();
        for setting in &library.settings {
            if let Some(value) = self.values.get(&setting.key) {
                let value = setting.written(value);
                let _ = writeln!(text, "{} = {value}", quoted_key(&setting.key));
            }
        }
        text
    }
}

fn refuse_unknown(library: &Library, key: &str) -> Result<(), Problem> {
    if library.setting(key).is_some() {
        return Ok(());
    }
    let detail = say!("There is no setting \"{key}\" in the library.", key);
    let problem = Problem::new(ErrorCode::SettingsMistake, detail);
    let known = library.settings.iter().map(|one| one.key.as_str());
    Err(match crate::library::similar::nearest(key, known) {
        Some(near) => problem.with_hint(say!("Did you mean \"{near}\"?", near)),
        None => problem.with_hint(say!("Look at the list of settings for the right key.")),
    })
}

impl Setting {
    /// A value as a settings file has it.
    #[must_use]
    pub fn written(&self, value: &SettingValue) -> String {
        match value {
            SettingValue::One(one) => written(self.shape.kind, one),
            SettingValue::Many(many) => list(self.shape.kind, many),
            SettingValue::Rows(rows) => {
                let cells = |row: &BTreeMap<String, CellValue>| {
                    let cells = self.columns.iter().filter_map(|column| {
                        let kind = column.shape.kind;
                        let cell = match row.get(&column.key)? {
                            CellValue::One(one) => written(kind, one),
                            CellValue::Many(many) => list(kind, many),
                        };
                        Some(format!("{} = {cell}", quoted_key(&column.key)))
                    });
                    format!("{{ {} }}", cells.collect::<Vec<_>>().join(", "))
                };
                match rows.as_slice() {
                    [] => "[]".to_owned(),
                    [row] => format!("[{}]", cells(row)),
                    _ => {
                        let rows: Vec<String> =
                            rows.iter().map(|row| format!("\n  {},", cells(row))).collect();
                        format!("[{}\n]", rows.concat())
                    }
                }
            }
        }
    }
}

fn list(kind: SettingKind, values: &[PlainValue]) -> String {
    let values: Vec<String> = values.iter().map(|one| written(kind, one)).collect();
    format!("[{}]", values.join(", "))
}

fn written(kind: SettingKind, value: &PlainValue) -> String {
    match value {
        PlainValue::Flag(flag) => flag.to_string(),
        PlainValue::Whole(whole) => whole.to_string(),
        PlainValue::Text(number) if kind == SettingKind::Number => number.clone(),
        PlainValue::Text(text) => quoted(text),
    }
}

/// A text in quotes, as TOML has it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            sign if sign.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(sign));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

fn quoted_key(key: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let is_bare = !key.is_empty() && key.chars().all(is_plain);
    if is_bare { key.to_owned() } else { quoted(key) }
}
