//! What does the file of a recipe look like? The same recipe gives the same text, and reading the
//! text gives the same recipe.

use std::fmt::Write;

use paydirt_model::mapping::ColumnRole;

use crate::import_recipe::reading::word_of;
use crate::import_recipe::{FORMAT_VERSION, ImportRecipe, RecipeColumn, RecipeSource, RecipeTimes};
use crate::library::chosen::quoted;

/// Lines of one table.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.0, "{name} = {value}");
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.put(name, &quoted(value));
        }
    }

    fn list<T: AsRef<str>>(&mut self, name: &str, values: &[T]) {
        let values: Vec<String> = values.iter().map(|value| quoted(value.as_ref())).collect();
        self.put(name, &format!("[{}]", values.join(", ")));
    }

    /// A table, unless nothing is said in it.
    fn table(&mut self, head: &str, lines: Lines) {
        if !lines.0.is_empty() {
            let _ = write!(self.0, "\n{head}\n{}", lines.0);
        }
    }
}

pub(super) fn to_toml(recipe: &ImportRecipe) -> String {
    let mut file = Lines("# How the next file becomes the same log.\n".to_owned());
    file.put("recipe", &FORMAT_VERSION.to_string());
    if !recipe.files.is_empty() {
        file.list("files", &recipe.files);
    }
    file.text("log", recipe.log.as_deref());
    file.text("mode", recipe.mode.map(word_of));
    if !recipe.key.is_empty() {
        file.list("key", &recipe.key);
    }
    file.text("process", recipe.process.as_deref());
    file.text("row", recipe.row.map(word_of));
    file.text("pipeline_column", recipe.pipeline_column.as_deref());
    file.text("other_columns", recipe.other_columns.map(word_of));
    file.table("[source]", source(&recipe.source));
    file.table("[times]", times(&recipe.times));
    file.table("[readings]", rules(recipe));
    for one in &recipe.columns {
        file.table("[[column]]", column(one));
    }
    for one in &recipe.activities {
        let mut lines = Lines::default();
        lines.text("label", Some(&one.label));
        lines.text("pipeline", one.pipeline.as_deref());
        lines.text("activity", one.activity.as_deref());
        file.table("[[activity]]", lines);
    }
    file.0
}

fn source(source: &RecipeSource) -> Lines {
    let mut lines = Lines::default();
    lines.text("encoding", source.encoding.as_deref());
    lines.text("delimiter", source.delimiter.as_deref());
    if let Some(has_header) = source.has_header {
        lines.put("has_header", &has_header.to_string());
    }
    if let Some(row) = source.header_row {
        lines.put("header_row", &row.to_string());
    }
    lines.text("sheet", source.sheet.as_deref());
    lines.text("member", source.member.as_deref());
    lines.text("classifier", source.classifier.as_deref());
    lines.text("object_type", source.object_type.as_deref());
    if source.pairs_lifecycle {
        lines.put("pairs_lifecycle", "true");
    }
    lines
}

fn times(times: &RecipeTimes) -> Lines {
    let mut lines = Lines::default();
    lines.text("zone", times.zone.as_deref());
    lines.text("format", times.format.as_deref());
    lines.text("order", times.order.map(word_of));
    lines
}

fn rules(recipe: &ImportRecipe) -> Lines {
    let rules = &recipe.rules;
    let mut lines = Lines::default();
    if !rules.off.is_empty() {
        let off: Vec<&str> = rules.off.iter().map(|rule| rule.name()).collect();
        lines.list("off", &off);
    }
    if let Some(words) = &rules.blank_words {
        lines.list("blank_words", words);
    }
    lines.text("decimal", rules.decimal.map(word_of));
    lines.text("serial_dates", rules.serial_dates.map(word_of));
    lines
}

fn column(column: &RecipeColumn) -> Lines {
    let mut lines = Lines::default();
    lines.text("name", Some(&column.name));
    if column.role != ColumnRole::Attribute {
        lines.text("role", Some(word_of(column.role)));
    }
    lines.text("attribute", column.attribute.as_deref());
    lines.text("activity", column.activity.as_deref());
    lines.text("type", column.kind.map(word_of));
    lines.text("level", column.level.map(word_of));
    lines.text("currency", column.currency.as_deref());
    lines.text("currency_column", column.currency_column.as_deref());
    if column.is_percent {
        lines.put("percent", "true");
    }
    lines
}
