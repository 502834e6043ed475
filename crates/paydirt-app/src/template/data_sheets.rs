//! Which columns, lists and made-up rows have the sheets of a template that people fill in?

use std::collections::BTreeMap;

use paydirt_connect::writers::workbook::{Cell, Column, Help, Look, Named, Rule, Sheet, Tone};
use paydirt_model::language::Language;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::attributes::{Attribute, KnownValue, Level, LogRole, ValueKind};
use paydirt_recipe::library::documents::{Sheet as SheetEntry, SheetColumn};
use paydirt_recipe::library::templates::{Status, Template, TemplateAttribute};

use super::guide::{status_name, word};

/// With this begin the ids of made-up records.
pub(super) const EXAMPLE_PREFIX: &str = "EXAMPLE-";
/// The words of a column that is true or false.
const TRUTHS: [&str; 2] = ["true", "false"];

/// A list of values to choose from.
struct List {
    /// Its key, which is part of its name in the workbook.
    key: String,
    /// What it is called.
    name: String,
    /// Its values: the key, and what stands in a cell.
    values: Vec<(String, String)>,
}

/// A column, with what is needed to write its made-up values and to check it.
pub(super) struct DataColumn {
    key: String,
    pub(super) header: String,
    pub(super) name: String,
    pub(super) status: Status,
    pub(super) role: Option<LogRole>,
    kind: ValueKind,
    list: Option<String>,
    meaning: String,
    examples: Vec<String>,
}

impl DataColumn {
    /// The formula that counts the values of its cells that are none of its list, no date or no
    /// number; nothing where any value will do.
    pub(super) fn unexpected(&self, cells: &str) -> Option<String> {
        if let Some(list) = &self.list {
            let list = name_of(list);
            return Some(format!("=MAX(0,COUNTA({cells})-SUMPRODUCT(COUNTIF({cells},{list})))"));
        }
        match look(self.kind) {
            Look::Integer | Look::Decimal | Look::Percent | Look::Instant | Look::Date => {
                Some(format!("=COUNTA({cells})-COUNT({cells})"))
            }
            Look::Plain | Look::Text | Look::Wrapped => None,
        }
    }
}

/// A sheet that people fill in.
pub(super) struct DataSheet {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) columns: Vec<DataColumn>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// The sheets of a template that people fill in, with the lists they choose from.
pub(super) struct DataSheets<'l> {
    library: &'l Library,
    template: &'l Template,
    language: Language,
    lists: Vec<List>,
    pub(super) sheets: Vec<DataSheet>,
}

impl<'l> DataSheets<'l> {
    pub(super) fn of(library: &'l Library, template: &'l Template, language: Language) -> Self {
        let (lists, sheets) = (Vec::new(), Vec::new());
        let mut all = DataSheets { library, template, language, lists, sheets };
        for sheet in &library.sheets {
            let columns = all.columns(sheet);
            if columns.is_empty() {
                continue;
            }
            let rows = all.examples(sheet, &columns);
            let (key, name) = (sheet.key.clone(), sheet.name.get(language).to_owned());
            all.sheets.push(DataSheet { key, name, columns, rows });
        }
        all
    }

    /// The columns of a sheet: attributes of the template at its levels, then its own.
    fn columns(&mut self, sheet: &SheetEntry) -> Vec<DataColumn> {
        let (library, template) = (self.library, self.template);
        let mut columns: Vec<DataColumn> = Vec::new();
        for one in template.published_attributes() {
            let level = library.attribute(&one.key).map(|attribute| attribute.level);
            if level.is_some_and(|level| sheet.levels.contains(&level)) {
                columns.push(self.of_attribute(one));
            }
        }
        if sheet.levels.contains(&Level::Event) {
            for role in [LogRole::Case, LogRole::Activity, LogRole::Time] {
                let needed = library.attribute_for(role);
                let needed = needed.filter(|_| columns.iter().all(|one| one.role != Some(role)));
                columns.extend(needed.map(|known| self.of_library(known)));
            }
        }
        // What every event needs stands first, also where the template does not name it.
        columns.sort_by_key(|column| match column.role {
            Some(LogRole::Case) => 0,
            Some(LogRole::Activity) => 1,
            Some(LogRole::Time) => 2,
            _ => 3,
        });
        for one in &sheet.columns {
            if columns.iter().all(|column| column.key != one.key) {
                let column = self.of_sheet(one);
                columns.push(column);
            }
        }
        columns
    }

    fn of_attribute(&mut self, one: &TemplateAttribute) -> DataColumn {
        let known = self.library.attribute(&one.key);
        let kind = known.map_or(ValueKind::Text, |known| known.kind);
        DataColumn {
            key: one.key.clone(),
            header: one.column.clone(),
            name: one.name.get(self.language).to_owned(),
            status: one.status,
            role: known.and_then(|known| known.role),
            kind,
            list: self.list_of(&one.key, None),
            meaning: known.map_or("", |known| known.meaning.get(self.language)).to_owned(),
            examples: one.examples.clone(),
        }
    }

    fn of_library(&mut self, known: &Attribute) -> DataColumn {
        DataColumn {
            key: known.key.clone(),
            header: known.key.clone(),
            name: known.name.get(self.language).to_owned(),
            status: Status::Required,
            role: known.role,
            kind: known.kind,
            list: self.list_of(&known.key, None),
            meaning: known.meaning.get(self.language).to_owned(),
            examples: known.examples.clone(),
        }
    }

    fn of_sheet(&mut self, one: &SheetColumn) -> DataColumn {
        // A template may call an attribute otherwise than the library does.
        let named = self.template.attribute(&one.key).filter(|_| one.is_attribute);
        let name = named.map_or(&one.name, |named| &named.name);
        DataColumn {
            key: one.key.clone(),
            header: named.map_or(&one.key, |named| &named.column).clone(),
            name: name.get(self.language).to_owned(),
            status: one.status,
            role: self.library.attribute(&one.key).and_then(|known| known.role),
            kind: one.kind,
            list: self.list_of(&one.key, one.list.as_deref()),
            meaning: one.meaning.get(self.language).to_owned(),
            examples: one.examples.clone(),
        }
    }

    /// The list from which a column takes its values, noted among the lists of the workbook.
    fn list_of(&mut self, key: &str, list: Option<&str>) -> Option<String> {
        let (library, language) = (self.library, self.language);
        let attribute = library.attribute(key);
        let (key, name, values) = if let Some(list) = list.and_then(|list| library.list(list)) {
            (&list.key, &list.name, told(&list.values, language))
        } else if let Some(attribute) = attribute.filter(|one| one.role == Some(LogRole::Activity))
        {
            let published = self.template.published_activities();
            let label = |text: &str| text.to_owned();
            let values = published.map(|one| (one.key.clone(), label(one.label.get(language))));
            (&attribute.key, &attribute.name, values.collect())
        } else {
            let attribute = attribute.filter(|one| !one.values.is_empty())?;
            (&attribute.key, &attribute.name, told(&attribute.values, language))
        };
        if self.lists.iter().all(|known| known.key != *key) {
            let name = name.get(language).to_owned();
            self.lists.push(List { key: key.clone(), name, values });
        }
        Some(key.clone())
    }

    /// The made-up rows of a sheet, as far as the template has what they tell.
    fn examples(&self, sheet: &SheetEntry, columns: &[DataColumn]) -> Vec<Vec<Cell>> {
        let rows = self.library.examples.iter().filter(|row| row.sheet == sheet.key);
        rows.filter_map(|row| {
            columns.iter().map(|column| self.example(&row.values, column)).collect()
        })
        .collect()
    }

    /// A made-up value; none where the template lacks the activity, so that the row is left out.
    fn example(&self, values: &BTreeMap<String, String>, column: &DataColumn) -> Option<Cell> {
        let usual = column.examples.first().filter(|_| column.status == Status::Required);
        let Some(value) = values.get(&column.key).or(usual) else { return Some(Cell::Empty) };
        let list = self.lists.iter().find(|list| Some(&list.key) == column.list.as_ref());
        if let Some(list) = list {
            let listed = list.values.iter().find(|(key, _)| key == value);
            return match (listed, column.role) {
                (Some((_, text)), _) => Some(Cell::Text(text.clone())),
                (None, Some(LogRole::Activity)) => None,
                (None, _) => Some(Cell::Text(value.clone())),
            };
        }
        Some(typed(value, column.kind))
    }

    /// A sheet that people fill in.
    pub(super) fn sheet(&self, sheet: &SheetEntry) -> Sheet {
        let found = self.sheets.iter().find(|one| one.key == sheet.key);
        let columns = found.map(|one| one.columns.iter().map(|column| self.written(column)));
        Sheet {
            key: sheet.key.clone(),
            name: sheet.name.get(self.language).to_owned(),
            has_header: true,
            columns: columns.into_iter().flatten().collect(),
            rows: found.map(|one| one.rows.clone()).unwrap_or_default(),
            rows_are_examples: true,
        }
    }

    /// The sheet of lists: its own table first, then each list in a column.
    pub(super) fn lists(&self, sheet: &SheetEntry) -> Sheet {
        let mut written = self.sheet(sheet);
        for list in &self.lists {
            let idx = written.columns.len();
            let header = list.name.clone();
            written.columns.push(Column { header, look: Look::Text, ..Column::default() });
            for (row, (_, text)) in list.values.iter().enumerate() {
                if written.rows.len() == row {
                    written.rows.push(Vec::new());
                }
                written.rows[row].resize(idx, Cell::Empty);
                // A value is none of the made-up ones, so it does not look like them.
                written.rows[row].push(Cell::Toned(text.clone(), Tone::Plain));
            }
        }
        written
    }

    /// The names of the lists, which stand in a sheet after so many columns of its own.
    pub(super) fn list_names(
        &self,
        sheet: usize,
        own_columns: usize,
    ) -> impl Iterator<Item = (String, Named)> {
        self.lists.iter().enumerate().map(move |(idx, list)| {
            let rows = list.values.len();
            (name_of(&list.key), Named::Cells { sheet, column: own_columns + idx, rows })
        })
    }

    fn written(&self, column: &DataColumn) -> Column {
        let status = status_name(self.library, column.status, self.language);
        let kind = format!("type.{}", word(column.kind));
        let kind = self.library.text(&kind, self.language);
        let mut text = format!("{status} · {kind}\n{}", column.meaning);
        if let Some(example) = column.examples.first() {
            text.push_str(&format!("\n{example}"));
        }
        let list = column.list.as_ref().map(|list| Rule::Named(name_of(list)));
        Column {
            header: column.header.clone(),
            look: look(column.kind),
            tone: tone(column.status),
            help: Some(Help { title: column.name.clone(), text }),
            rule: list.or(rule(column.kind)),
            ..Column::default()
        }
    }
}

/// What a list is called in formulas.
fn name_of(list: &str) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() { sign } else { '_' };
    format!("paydirt_list_{}", list.chars().map(plain).collect::<String>())
}

fn told(values: &[KnownValue], language: Language) -> Vec<(String, String)> {
    let told = |value: &KnownValue| (value.key.clone(), value.name.get(language).to_owned());
    values.iter().map(told).collect()
}

/// How much a header shows that a column is asked for.
pub(super) fn tone(status: Status) -> Tone {
    match status {
        Status::Required => Tone::Strong,
        Status::Recommended => Tone::Middle,
        Status::Optional => Tone::Light,
        Status::Accepted => Tone::Plain,
    }
}

fn look(kind: ValueKind) -> Look {
    match kind {
        ValueKind::Integer => Look::Integer,
        ValueKind::Decimal | ValueKind::Money => Look::Decimal,
        ValueKind::Fraction => Look::Percent,
        ValueKind::Instant => Look::Instant,
        ValueKind::Date => Look::Date,
        ValueKind::Text
        | ValueKind::Category
        | ValueKind::Boolean
        | ValueKind::Duration
        | ValueKind::List => Look::Text,
    }
}

fn rule(kind: ValueKind) -> Option<Rule> {
    match kind {
        ValueKind::Integer => Some(Rule::Whole),
        ValueKind::Decimal | ValueKind::Money => Some(Rule::Number),
        ValueKind::Fraction => Some(Rule::Share),
        ValueKind::Instant | ValueKind::Date => Some(Rule::Date),
        ValueKind::Boolean => Some(Rule::Words(TRUTHS.map(str::to_owned).into())),
        ValueKind::Text | ValueKind::Category | ValueKind::Duration | ValueKind::List => None,
    }
}

/// A value of a kind; a text where it is none of it.
fn typed(value: &str, kind: ValueKind) -> Cell {
    let text = || Cell::Text(value.to_owned());
    match look(kind) {
        Look::Integer | Look::Decimal | Look::Percent => {
            value.parse().map_or_else(|_| text(), Cell::Number)
        }
        Look::Instant | Look::Date => time(value).unwrap_or_else(text),
        Look::Plain | Look::Text | Look::Wrapped => text(),
    }
}

/// `2026-01-31`, or the same with `09:30` behind it.
fn time(value: &str) -> Option<Cell> {
    let value = value.trim_end_matches('Z').replace('T', " ");
    let (date, time) = match value.split_once(' ') {
        Some((date, time)) => (date, Some(time)),
        None => (value.as_str(), None),
    };
    let mut parts = date.split('-');
    let date =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let time = match time {
        Some(time) => {
            let mut parts = time.split(':');
            Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
        }
        None => None,
    };
    Some(Cell::Time(date, time))
}
