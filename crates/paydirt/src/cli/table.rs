//! How any answer is shown in a terminal: facts as lines, lists of objects as tables.
//!
//! The JSON is the answer; this is a reading of it. Fields that end in `_s` are durations in
//! seconds and are shown in the largest unit that fits.

use serde_json::Value;

/// Rows shown of each list.
pub(super) const ROWS_MAX: usize = 25;
/// Notes shown with an answer.
const NOTES_MAX: usize = 8;
/// Widest cell, in characters.
const CELL_WIDTH_MAX: usize = 60;

/// Shows an answer.
pub(super) fn show(answer: &Value) -> String {
    let mut text = String::new();
    show_object(answer, 0, &mut text);
    text
}

fn show_object(answer: &Value, indent: usize, text: &mut String) {
    let Some(object) = answer.as_object() else {
        text.push_str(&format!("{}\n", cell("", answer)));
        return;
    };
    let pad = " ".repeat(indent);
    for (name, value) in object {
        match value {
            Value::Object(context) if name == CONTEXT => show_context(context, text),
            Value::Array(list) if list.is_empty() => {}
            Value::Array(groups) if name == GROUPS => show_groups(groups, indent, text),
            Value::Array(rows) if rows.iter().any(Value::is_object) => {
                text.push_str(&format!("\n{pad}{}\n", label(name)));
                text.push_str(&table(rows, indent));
            }
            Value::Object(fields) if !fields.is_empty() => {
                text.push_str(&format!("{pad}{:22} {}\n", label(name), inline(name, value)));
            }
            other => text.push_str(&format!("{pad}{:22} {}\n", label(name), cell(name, other))),
        }
    }
}

/// The field of an answer that says what was asked of what.
const CONTEXT: &str = "context";

/// The field of a grouped answer.
const GROUPS: &str = "groups";

/// One answer after another, each under the value of its group.
fn show_groups(groups: &[Value], indent: usize, text: &mut String) {
    for group in groups.iter().take(ROWS_MAX) {
        let value = group["value"].as_str().unwrap_or("(no value)");
        let cases = group["cases"].as_i64().unwrap_or(0);
        text.push_str(&format!("\n{}== {value}: {} cases\n", " ".repeat(indent), grouped(cases)));
        match group.get("answer") {
            Some(answer) => show_object(answer, indent + 2, text),
            None => text.push_str(&format!("  {}\n", inline("problem", &group["problem"]))),
        }
    }
    if groups.len() > ROWS_MAX {
        text.push_str(&format!("\n… {} more groups\n", groups.len() - ROWS_MAX));
    }
}

/// Only what a reader has to know: what filters removed, what was refused, what was assumed.
fn show_context(context: &serde_json::Map<String, Value>, text: &mut String) {
    let no_rows = Vec::new();
    let list = |name: &str| context.get(name).and_then(Value::as_array).unwrap_or(&no_rows);
    if !list("filters").is_empty() {
        text.push_str("\nFilters\n");
        text.push_str(&table(list("filters"), 0));
    }
    let refused = context.get("rows_refused").and_then(Value::as_i64).unwrap_or(0);
    if refused > 0 {
        text.push_str(&format!("\n{} rows of the file were left out\n", grouped(refused)));
    }
    if !list("notes").is_empty() {
        text.push_str("\nNotes\n");
        let notes: Vec<&str> = list("notes").iter().filter_map(Value::as_str).collect();
        for note in notes.iter().take(NOTES_MAX) {
            text.push_str(&format!("  {note}\n"));
        }
        if notes.len() > NOTES_MAX {
            let more = notes.len() - NOTES_MAX;
            text.push_str(&format!("  … {more} more; `paydirt check` lists them\n"));
        }
    }
}

fn label(name: &str) -> String {
    let name = name.strip_suffix("_s").unwrap_or(name).replace('_', " ");
    let mut characters = name.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name,
    }
}

fn inline(name: &str, value: &Value) -> String {
    match value.as_object() {
        Some(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(field, value)| {
                let kind = if name.ends_with("_s") { name } else { field };
                format!("{field} {}", cell(kind, value))
            })
            .collect::<Vec<_>>()
            .join(" · "),
        None => cell(name, value),
    }
}

/// The text of one value; `name` says how numbers are meant.
fn cell(name: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) if name.ends_with("_s") => duration(number.as_f64().unwrap_or(0.0)),
        Value::Number(number) if name.contains("share") || name == "covered" => {
            format!("{:.1} %", number.as_f64().unwrap_or(0.0) * 100.0)
        }
        Value::Number(number) => match number.as_i64() {
            Some(integer) => grouped(integer),
            None => number.to_string(),
        },
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(|item| inline(name, item)).collect();
            texts.join(" → ")
        }
        Value::Object(_) => inline(name, value),
    };
    if text.chars().count() > CELL_WIDTH_MAX {
        let cut: String = text.chars().take(CELL_WIDTH_MAX - 1).collect();
        return format!("{cut}…");
    }
    text
}

/// A whole number with thin groups of three digits.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// A duration in days with one decimal, in hours below two days, then minutes and seconds.
pub(super) fn duration(seconds: f64) -> String {
    let magnitude = seconds.abs();
    if magnitude >= 2.0 * 86_400.0 {
        format!("{:.1} d", seconds / 86_400.0)
    } else if magnitude >= 2.0 * 3_600.0 {
        format!("{:.1} h", seconds / 3_600.0)
    } else if magnitude >= 120.0 {
        format!("{:.1} min", seconds / 60.0)
    } else {
        format!("{seconds} s")
    }
}

/// Lists of objects, flattened by one level so that statistics become columns.
fn table(rows: &[Value], indent: usize) -> String {
    let mut columns: Vec<String> = Vec::new();
    let flat: Vec<Vec<(String, String)>> =
        rows.iter().take(ROWS_MAX).map(|row| flatten(row, &mut columns)).collect();
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
    let mut text = render(&columns, &lines, indent);
    if rows.len() > ROWS_MAX {
        text.push_str(&format!("{}… {} more\n", " ".repeat(indent), rows.len() - ROWS_MAX));
    }
    text
}

fn flatten(row: &Value, columns: &mut Vec<String>) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    let mut add = |name: String, text: String| {
        if !columns.contains(&name) {
            columns.push(name.clone());
        }
        cells.push((name, text));
    };
    match row.as_object() {
        Some(fields) => {
            for (name, value) in fields {
                match value.as_object() {
                    Some(inner) if name.ends_with("_s") => {
                        for (part, value) in inner {
                            add(part.clone(), cell(name, value));
                        }
                    }
                    _ => add(name.replace('_', " "), cell(name, value)),
                }
            }
        }
        None => add("value".to_owned(), cell("", row)),
    }
    cells
}

/// A table with columns as wide as their widest cell; numbers to the right.
pub(super) fn render(columns: &[String], lines: &[Vec<String>], indent: usize) -> String {
    let width = |text: &str| -> usize {
        text.chars().map(|character| if is_wide(character) { 2 } else { 1 }).sum()
    };
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
        assert_eq!(duration(216_000.0), "2.5 d");
        assert_eq!(duration(9_000.0), "2.5 h");
        assert_eq!(duration(150.0), "2.5 min");
        assert_eq!(duration(1.5), "1.5 s");
    }

    #[test]
    fn wide_characters_keep_columns_aligned() {
        let columns = ["a".to_owned(), "n".to_owned()];
        let lines =
            [vec!["見積".to_owned(), "7".to_owned()], vec!["x".to_owned(), "12".to_owned()]];
        assert_eq!(render(&columns, &lines, 0), "  a      n\n  見積   7\n  x     12\n");
    }
}
