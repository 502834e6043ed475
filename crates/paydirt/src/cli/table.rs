//! How any answer is shown in a terminal: facts as lines, lists of objects as tables.
//!
//! The JSON is the answer; this is a reading of it. Fields that end in `_s` are durations in
//! seconds and are shown in the largest unit that fits.

use paydirt_model::language::Language;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde_json::Value;

use super::words::{field, label, word};

/// Rows shown of each list.
pub(super) const ROWS_MAX: usize = 25;
/// Notes shown with an answer.
const NOTES_MAX: usize = 8;
/// Widest cell, in columns of the terminal.
const CELL_WIDTH_MAX: usize = 60;

/// Shows an answer in a language.
pub(super) fn show(answer: &Value, language: Language) -> String {
    let mut shown = Shown { language, text: String::new() };
    shown.object(answer, 0);
    shown.text
}

/// An answer while it is being written down.
struct Shown {
    language: Language,
    text: String,
}

/// The field of an answer that says what was asked of what.
const CONTEXT: &str = "context";

/// The field of a grouped answer.
const GROUPS: &str = "groups";

/// Width of the names of facts.
const LABEL_WIDTH: usize = 22;

impl Shown {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line on its own, after a blank one.
    fn title(&mut self, title: Sentence) {
        let title = title.in_language(self.language);
        self.line("");
        self.line(&title);
    }

    fn fact(&mut self, indent: usize, name: &str, value: &str) {
        let label = label(name, self.language);
        let fill = " ".repeat(LABEL_WIDTH.saturating_sub(width(&label)));
        self.line(&format!("{}{label}{fill} {value}", " ".repeat(indent)));
    }

    fn object(&mut self, answer: &Value, indent: usize) {
        let Some(object) = answer.as_object() else {
            let text = self.cell("", answer);
            return self.line(&text);
        };
        for (name, value) in object {
            match value {
                Value::Object(context) if name == CONTEXT => self.context(context),
                Value::Array(list) if list.is_empty() => {}
                Value::Array(groups) if name == GROUPS => self.groups(groups, indent),
                Value::Array(rows) if rows.iter().any(Value::is_object) => {
                    let label = label(name, self.language);
                    self.line(&format!("\n{}{label}", " ".repeat(indent)));
                    self.table(rows, indent);
                }
                Value::Object(fields) if !fields.is_empty() => {
                    let value = self.inline(name, value);
                    self.fact(indent, name, &value);
                }
                other => {
                    let value = self.cell(name, other);
                    self.fact(indent, name, &value);
                }
            }
        }
    }

    /// One answer after another, each under the value of its group.
    fn groups(&mut self, groups: &[Value], indent: usize) {
        let pad = " ".repeat(indent);
        for group in groups.iter().take(ROWS_MAX) {
            let no_value = || say!("(no value)").in_language(self.language);
            let value = group["value"].as_str().map_or_else(no_value, str::to_owned);
            let cases = group["cases"].as_i64().unwrap_or(0);
            let heading = say!("== {value}: {cases} {cases|case|cases}", value, cases);
            self.line(&format!("\n{pad}{}", heading.in_language(self.language)));
            match group.get("answer") {
                Some(answer) => self.object(answer, indent + 2),
                None => {
                    let problem = self.inline("problem", &group["problem"]);
                    self.line(&format!("  {problem}"));
                }
            }
        }
        if groups.len() > ROWS_MAX {
            let count = groups.len() - ROWS_MAX;
            self.title(say!("… {count} more {count|group|groups}", count));
        }
    }

    /// Only what a reader has to know: what filters removed, what was refused, what was assumed.
    fn context(&mut self, context: &serde_json::Map<String, Value>) {
        let no_rows = Vec::new();
        let list = |name: &str| context.get(name).and_then(Value::as_array).unwrap_or(&no_rows);
        if !list("filters").is_empty() {
            self.title(say!("Filters"));
            self.table(list("filters"), 0);
        }
        let rows = context.get("rows_refused").and_then(Value::as_i64).unwrap_or(0);
        if rows > 0 {
            self.title(say!("{rows} {rows|row|rows} of the file {rows|was|were} left out", rows));
        }
        let notes: Vec<&str> = list("notes").iter().filter_map(Value::as_str).collect();
        if !notes.is_empty() {
            self.title(say!("Notes"));
            for note in notes.iter().take(NOTES_MAX) {
                self.line(&format!("  {note}"));
            }
            if notes.len() > NOTES_MAX {
                let count = notes.len() - NOTES_MAX;
                let more = say!("… {count} more; `paydirt check` lists them", count);
                self.line(&format!("  {}", more.in_language(self.language)));
            }
        }
    }

    fn inline(&self, name: &str, value: &Value) -> String {
        match value.as_object() {
            Some(fields) => fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name_of_field, value)| {
                    let kind = if name.ends_with("_s") { name } else { name_of_field };
                    let words = match self.language {
                        Language::English => name_of_field.clone(),
                        Language::French | Language::Japanese => {
                            field(name_of_field, self.language)
                        }
                    };
                    format!("{words} {}", self.cell(kind, value))
                })
                .collect::<Vec<_>>()
                .join(" · "),
            None => self.cell(name, value),
        }
    }

    /// The text of one value; `name` says how numbers are meant.
    fn cell(&self, name: &str, value: &Value) -> String {
        let language = self.language;
        let text = match value {
            Value::Null => "–".to_owned(),
            Value::Bool(true) => say!("yes").in_language(language),
            Value::Bool(false) => say!("no").in_language(language),
            Value::String(text) if NAMES_OF_OURS.contains(&name) => word(text, language).to_owned(),
            Value::String(text) => text.clone(),
            Value::Number(number) if name.ends_with("_s") => {
                duration(number.as_f64().unwrap_or(0.0), language)
            }
            Value::Number(number) if name.contains("share") || name == "covered" => {
                percent(number.as_f64().unwrap_or(0.0), language)
            }
            Value::Number(number) => match number.as_i64() {
                Some(integer) => language.number(integer),
                None => in_decimals(number.to_string(), language),
            },
            Value::Array(items) => {
                let texts: Vec<String> = items.iter().map(|item| self.inline(name, item)).collect();
                texts.join(" → ")
            }
            Value::Object(_) => self.inline(name, value),
        };
        cut(text)
    }

    /// Lists of objects, flattened by one level so that statistics become columns.
    fn table(&mut self, rows: &[Value], indent: usize) {
        let mut columns: Vec<String> = Vec::new();
        let flat: Vec<Vec<(String, String)>> =
            rows.iter().take(ROWS_MAX).map(|row| self.flatten(row, &mut columns)).collect();
        let lines: Vec<Vec<String>> = flat
            .iter()
            .map(|cells| {
                columns
                    .iter()
                    .map(|column| {
                        let found = cells.iter().find(|(name, _)| name == column);
                        found.map(|(_, text)| text.clone()).unwrap_or_default()
                    })
                    .collect()
            })
            .collect();
        let headings: Vec<String> =
            columns.iter().map(|column| field(column, self.language)).collect();
        self.text.push_str(&render(&headings, &lines, indent));
        if rows.len() > ROWS_MAX {
            let more = say!("… {count} more", count = rows.len() - ROWS_MAX);
            self.line(&format!("{}{}", " ".repeat(indent), more.in_language(self.language)));
        }
    }

    fn flatten(&self, row: &Value, columns: &mut Vec<String>) -> Vec<(String, String)> {
        let mut cells = Vec::new();
        let mut add = |name: &str, text: String| {
            if !columns.iter().any(|known| known == name) {
                columns.push(name.to_owned());
            }
            cells.push((name.to_owned(), text));
        };
        match row.as_object() {
            Some(fields) => {
                for (name, value) in fields {
                    match value.as_object() {
                        Some(inner) if name.ends_with("_s") => {
                            for (part, value) in inner {
                                add(part, self.cell(name, value));
                            }
                        }
                        _ => add(name, self.cell(name, value)),
                    }
                }
            }
            None => add("value", self.cell("", row)),
        }
        cells
    }
}

/// Fields whose texts are words of ours, not of the data.
const NAMES_OF_OURS: [&str; 8] =
    ["level", "type", "role", "notion", "method", "precision", "traces", "period"];

/// A text no wider than the widest cell.
fn cut(text: String) -> String {
    if width(&text) <= CELL_WIDTH_MAX {
        return text;
    }
    let mut shown = String::new();
    let mut columns = 1;
    for character in text.chars() {
        columns += width_of(character);
        if columns > CELL_WIDTH_MAX {
            break;
        }
        shown.push(character);
    }
    shown.push('…');
    shown
}

/// A number as text, with the decimal sign of the language.
fn in_decimals(number: String, language: Language) -> String {
    number.replace('.', &language.decimal_sign().to_string())
}

/// A number with one decimal.
pub(super) fn decimal(number: f64, language: Language) -> String {
    in_decimals(format!("{number:.1}"), language)
}

/// A share of 1 in hundredths, with one decimal.
pub(super) fn percent(share: f64, language: Language) -> String {
    say!("{number} %", number = decimal(share * 100.0, language)).in_language(language)
}

/// A duration in days with one decimal, in hours below two days, then minutes and seconds.
pub(super) fn duration(seconds: f64, language: Language) -> String {
    let magnitude = seconds.abs();
    let in_units = |unit_s: f64| decimal(seconds / unit_s, language);
    let sentence = if magnitude >= 2.0 * 86_400.0 {
        say!("{number} d", number = in_units(86_400.0))
    } else if magnitude >= 2.0 * 3_600.0 {
        say!("{number} h", number = in_units(3_600.0))
    } else if magnitude >= 120.0 {
        say!("{number} min", number = in_units(60.0))
    } else {
        say!("{number} s", number = in_decimals(seconds.to_string(), language))
    };
    sentence.in_language(language)
}

/// A table with columns as wide as their widest cell; numbers to the right.
pub(super) fn render(columns: &[String], lines: &[Vec<String>], indent: usize) -> String {
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(idx, column)| {
            let cells = lines.iter().map(|line| width(&line[idx]));
            cells.max().unwrap_or(0).max(width(column))
        })
        .collect();
    let is_number: Vec<bool> = (0..columns.len())
        .map(|idx| {
            lines.iter().all(|line| {
                let first = line[idx].trim_start_matches('-').chars().next();
                first.is_none_or(|first| first.is_ascii_digit() || first == '–')
            })
        })
        .collect();
    let pad = " ".repeat(indent + 2);
    let mut text = String::new();
    let mut push = |cells: &[String]| {
        let mut line = pad.clone();
        for (idx, cell) in cells.iter().enumerate() {
            let fill = " ".repeat(widths[idx] - width(cell));
            let padded =
                if is_number[idx] { format!("{fill}{cell}") } else { format!("{cell}{fill}") };
            line.push_str(&padded);
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    };
    push(columns);
    for line in lines {
        push(line);
    }
    text
}

/// The columns of a terminal that a text takes.
fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(character: char) -> usize {
    if is_wide(character) { 2 } else { 1 }
}

/// Whether a terminal shows the character in two columns: East Asian wide and fullwidth ranges.
fn is_wide(character: char) -> bool {
    matches!(
        u32::from(character),
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
            | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1f64f
            | 0x20000..=0x3fffd
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_use_the_largest_unit_that_fits() {
        assert_eq!(duration(216_000.0, Language::English), "2.5 d");
        assert_eq!(duration(9_000.0, Language::English), "2.5 h");
        assert_eq!(duration(150.0, Language::English), "2.5 min");
        assert_eq!(duration(1.5, Language::English), "1.5 s");
    }

    #[test]
    fn wide_characters_keep_columns_aligned() {
        let columns = ["a".to_owned(), "n".to_owned()];
        let lines =
            [vec!["見積".to_owned(), "7".to_owned()], vec!["x".to_owned(), "12".to_owned()]];
        assert_eq!(render(&columns, &lines, 0), "  a      n\n  見積   7\n  x     12\n");
    }
}
