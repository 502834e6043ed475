//! What stands in the sheets of a template that people only read: how to fill it in, the guides to
//! columns and activities, and what is still missing?

use paydirt_connect::writers::workbook::{Cell, Column, Look, Sheet, cells_of, letters};
use paydirt_model::language::Language;
use paydirt_recipe::library::Library;
use paydirt_recipe::library::attributes::LogRole;
use paydirt_recipe::library::documents::Sheet as SheetEntry;
use paydirt_recipe::library::templates::Status;

use super::TemplateGuide;
use super::data_sheets::{DataColumn, DataSheet, DataSheets, EXAMPLE_PREFIX, tone};
use super::guide::status_name;

/// How to fill it in begins with this.
const FILL: &str = "read_me.fill.";

fn sheet(entry: &SheetEntry, columns: Vec<Column>, language: Language) -> Sheet {
    Sheet {
        key: entry.key.clone(),
        name: entry.name.get(language).to_owned(),
        has_header: true,
        columns,
        ..Sheet::default()
    }
}

/// A text; nothing where it is empty.
fn cell(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// How to begin, how to fill it in, what the sheets and colours are.
pub(super) fn read_me(
    library: &Library,
    guide: &TemplateGuide,
    entry: &SheetEntry,
    language: Language,
) -> Sheet {
    let text = |key: &str| library.text(key, language).to_owned();
    let heading = |key: &str| vec![Cell::Heading(text(key))];
    let mut rows = vec![
        heading("read_me.title"),
        vec![cell(text("read_me.system")), cell(&guide.name)],
        vec![cell(text("read_me.version")), cell(&guide.version)],
        Vec::new(),
        heading("read_me.begin"),
        vec![Cell::Empty, cell(&guide.introduction)],
    ];
    rows.extend(
        guide
            .steps
            .iter()
            .map(|step| vec![cell(format!("{}. {}", step.number, step.title)), cell(&step.what)]),
    );
    rows.push(Vec::new());
    rows.push(heading("read_me.fill"));
    let told = library.texts.iter().filter(|one| one.key.starts_with(FILL));
    rows.extend(told.map(|one| {
        let number = &one.key[FILL.len()..];
        vec![cell(number), cell(one.text.get(language))]
    }));
    rows.push(Vec::new());
    rows.push(heading("read_me.colours"));
    for status in [Status::Required, Status::Recommended, Status::Optional] {
        let name = status_name(library, status, language);
        let meaning = text(&format!("status.{}.meaning", super::guide::word(status)));
        rows.push(vec![Cell::Toned(name, tone(status)), cell(meaning)]);
    }
    rows.push(Vec::new());
    rows.push(heading("read_me.sheets"));
    rows.extend(guide.sheets.iter().map(|one| vec![cell(&one.name), cell(&one.meaning)]));
    let column = |look| Column { look, ..Column::default() };
    let mut written = sheet(entry, vec![column(Look::Text), column(Look::Wrapped)], language);
    written.has_header = false;
    written.rows = rows;
    written
}

fn guide_columns(library: &Library, columns: &[(&str, Look)], language: Language) -> Vec<Column> {
    let column = |(key, look): &(&str, Look)| Column {
        header: library.text(key, language).to_owned(),
        look: *look,
        ..Column::default()
    };
    columns.iter().map(column).collect()
}

/// Each column: what it is, why it matters, where to get it.
pub(super) fn attribute_guide(
    library: &Library,
    guide: &TemplateGuide,
    entry: &SheetEntry,
    language: Language,
) -> Sheet {
    let columns = [
        ("guide.column", Look::Text),
        ("guide.name", Look::Text),
        ("guide.status", Look::Text),
        ("guide.starter", Look::Text),
        ("guide.type", Look::Text),
        ("guide.meaning", Look::Wrapped),
        ("guide.why", Look::Wrapped),
        ("guide.source", Look::Wrapped),
        ("guide.field", Look::Wrapped),
        ("guide.examples", Look::Wrapped),
    ];
    let yes = library.text("guide.yes", language);
    let mut written = sheet(entry, guide_columns(library, &columns, language), language);
    let row = |one: &super::GuideAttribute| {
        vec![
            cell(&one.column),
            cell(&one.name),
            Cell::Toned(one.status_name.clone(), tone(one.status)),
            cell(if one.starter { yes } else { "" }),
            cell(&one.type_name),
            cell(&one.meaning),
            cell(&one.why),
            cell(&one.source),
            cell(one.technical_name.as_deref().unwrap_or_default()),
            cell(one.examples.join("\n")),
        ]
    };
    written.rows = guide.attributes.iter().map(row).collect();
    written
}

/// Each activity: what happened, why it matters, when to write an event.
pub(super) fn activity_guide(
    library: &Library,
    guide: &TemplateGuide,
    entry: &SheetEntry,
    language: Language,
) -> Sheet {
    let columns = [
        ("guide.activity", Look::Text),
        ("guide.status", Look::Text),
        ("guide.starter", Look::Text),
        ("guide.happened", Look::Wrapped),
        ("guide.why", Look::Wrapped),
        ("guide.evidence", Look::Text),
        ("guide.capture", Look::Wrapped),
    ];
    let yes = library.text("guide.yes", language);
    let mut written = sheet(entry, guide_columns(library, &columns, language), language);
    let row = |one: &super::GuideActivity| {
        vec![
            cell(&one.label),
            Cell::Toned(one.status_name.clone(), tone(one.status)),
            cell(if one.starter { yes } else { "" }),
            cell(&one.meaning),
            cell(&one.why),
            cell(&one.evidence_name),
            cell(&one.capture),
        ]
    };
    written.rows = guide.activities.iter().map(row).collect();
    written
}

/// What is missing or otherwise than expected in the sheets that people fill in, counted by
/// formulas.
pub(super) fn checks(
    library: &Library,
    data: &DataSheets<'_>,
    entry: &SheetEntry,
    language: Language,
) -> Sheet {
    let columns = [
        ("checks.sheet", Look::Text),
        ("guide.column", Look::Text),
        ("guide.name", Look::Text),
        ("guide.status", Look::Text),
        ("checks.filled", Look::Integer),
        ("checks.missing", Look::Integer),
        ("checks.other", Look::Integer),
    ];
    let mut written = sheet(entry, guide_columns(library, &columns, language), language);
    for column in &mut written.columns[FILLED + 1..] {
        column.warns = true;
    }
    // The stages may be left out altogether, so nothing is missing there.
    for one in data.sheets.iter().filter(|one| one.key != "lists") {
        written.rows.push(rows_filled(library, one, language));
        // The header is row 1.
        let total = format!("${}${}", letters(FILLED), written.rows.len() + 1);
        let columns = one.columns.iter().enumerate();
        let rows = columns
            .map(|(idx, column)| column_checked(library, one, (idx, column), &total, language));
        written.rows.extend(rows);
        if let Some(idx) = one.columns.iter().position(|one| one.role == Some(LogRole::Case)) {
            let mut row = vec![Cell::Empty; FILLED + 2];
            row[0] = cell(&one.name);
            row[1] = cell(library.text("checks.examples", language));
            let cells = cells_of(&one.name, idx);
            let formula = format!("=COUNTIF({cells},\"{EXAMPLE_PREFIX}*\")");
            row.push(Cell::Formula(formula, made_up(one, idx) as f64));
            written.rows.push(row);
        }
    }
    written
}

/// The column of the sheet of checks that counts what is filled in.
const FILLED: usize = 4;

/// How many rows of a sheet are filled in.
fn rows_filled(library: &Library, one: &DataSheet, language: Language) -> Vec<Cell> {
    let columns = one.columns.iter().enumerate();
    let needed = columns.filter(|(_, column)| column.status == Status::Required);
    let counted = needed.map(|(idx, _)| format!("COUNTA({})", cells_of(&one.name, idx)));
    let counted: Vec<String> = counted.collect();
    let mut row = vec![Cell::Empty; FILLED];
    row[0] = cell(&one.name);
    row[1] = cell(library.text("checks.rows", language));
    row.push(Cell::Formula(format!("=MAX(0,{})", counted.join(",")), filled(one) as f64));
    row
}

/// How many cells of a column are filled in, missing, or hold another kind of value.
fn column_checked(
    library: &Library,
    one: &DataSheet,
    (idx, column): (usize, &DataColumn),
    total: &str,
    language: Language,
) -> Vec<Cell> {
    let status = status_name(library, column.status, language);
    let cells = cells_of(&one.name, idx);
    let there = filled_in(one, idx);
    let missing = filled(one).saturating_sub(there) as f64;
    let asked = column.status <= Status::Recommended;
    vec![
        cell(&one.name),
        cell(&column.header),
        cell(&column.name),
        Cell::Toned(status, tone(column.status)),
        Cell::Formula(format!("=COUNTA({cells})"), there as f64),
        if asked {
            Cell::Formula(format!("=MAX(0,{total}-COUNTA({cells}))"), missing)
        } else {
            Cell::Empty
        },
        // None of the made-up values is of another kind.
        column.unexpected(&cells).map_or(Cell::Empty, |formula| Cell::Formula(formula, 0.0)),
    ]
}

/// How many rows of a sheet are filled in, by the required column that has most.
fn filled(sheet: &DataSheet) -> usize {
    let columns = sheet.columns.iter().enumerate();
    let needed = columns.filter(|(_, column)| column.status == Status::Required);
    needed.map(|(idx, _)| filled_in(sheet, idx)).max().unwrap_or(0)
}

fn filled_in(sheet: &DataSheet, column: usize) -> usize {
    sheet.rows.iter().filter(|row| row.get(column).is_some_and(|cell| !cell.is_empty())).count()
}

fn made_up(sheet: &DataSheet, column: usize) -> usize {
    let begins = |row: &&Vec<Cell>| {
        row.get(column).is_some_and(|cell| cell.to_string().starts_with(EXAMPLE_PREFIX))
    };
    sheet.rows.iter().filter(begins).count()
}
