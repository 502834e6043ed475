//! How is a workbook written that people fill in: sheets with typed columns, lists to choose from,
//! help at every cell, and the same bytes for the same content?
//!
//! The same sheets can be written as a ZIP archive of CSV files, one for each.

mod looks;
mod width;

use std::fmt;
use std::io::{self, Cursor, Write};

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationErrorStyle,
    DataValidationRule, DocProperties, ExcelDateTime, Formula, Worksheet, XlsxError,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use looks::Looks;

/// The last row of a sheet, from 0.
const LAST_ROW: u32 = 1_048_575;
/// Most characters of the title of a help text, and of the text.
const TITLE_MAX: usize = 32;
const MESSAGE_MAX: usize = 255;
/// Share of one that is written as 100 %.
const WHOLE: f64 = 1.0;
/// Beyond any amount, so that a rule for numbers is kept by every one.
const LARGEST: f64 = 1e15;
/// What every workbook says of the day it was made: nothing, so that bytes tell only of content.
const DAY_OF_MAKING: (u16, u8, u8) = (2026, 1, 1);
/// The first day that is taken for one of a process.
const FIRST_DAY: (u16, u8, u8) = (1980, 1, 1);

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workbook {
    /// Its title.
    pub title: String,
    /// What it is, and of which version.
    pub subject: String,
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Names for constants and places that are the same in every language.
    pub names: Vec<(String, Named)>,
    /// What is said where a value is none of a list, and where it is of another kind.
    pub warnings: [Help; 2],
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A text.
    Constant(String),
    /// The header of the columns of a sheet.
    Header(usize),
    /// So many cells below the header of a column of a sheet.
    Cells {
        /// The sheet.
        sheet: usize,
        /// The column.
        column: usize,
        /// How many rows.
        rows: usize,
    },
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name in files, the same in every language.
    pub key: String,
    /// Its name on its tab.
    pub name: String,
    /// Whether its first row is a header, which stays in sight.
    pub has_header: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// What stands below the header.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the rows are examples, which look as such.
    pub rows_are_examples: bool,
}

/// A column of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// How its values look.
    pub look: Look,
    /// How much it is asked for.
    pub tone: Tone,
    /// What is said when one of its cells is chosen.
    pub help: Option<Help>,
    /// Which values are expected.
    pub rule: Option<Rule>,
    /// Whether a number above nothing stands out.
    pub warns: bool,
}

/// How the values of a column look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// As they are.
    #[default]
    Plain,
    /// As texts, also where they are digits.
    Text,
    /// As texts over several lines.
    Wrapped,
    /// As whole numbers.
    Integer,
    /// As numbers with two decimals.
    Decimal,
    /// As per cent.
    Percent,
    /// As dates with a time of day.
    Instant,
    /// As dates.
    Date,
}

/// How much a column is asked for, which its header shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As any other.
    #[default]
    Plain,
    /// It must be filled in.
    Strong,
    /// It should be.
    Middle,
    /// It may be.
    Light,
}

/// A short text with a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// The title, of which 32 characters are shown.
    pub title: String,
    /// The text, of which 255 characters are shown.
    pub text: String,
}

/// Which values are expected in a column; others are asked about and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Those of the cells with this name.
    Named(String),
    /// One of these words.
    Words(Vec<String>),
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// From nothing to all.
    Share,
    /// Dates, with or without a time of day.
    Date,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A text that heads what follows.
    Heading(String),
    /// A text in the colours of a tone.
    Toned(String, Tone),
    /// A number.
    Number(f64),
    /// Year, month, day and, where it is known, hour and minute.
    Time((u16, u8, u8), Option<(u8, u8)>),
    /// A formula, with what it gives as the workbook is written.
    Formula(String, f64),
}

impl Cell {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) | Cell::Heading(text) | Cell::Toned(text, _) => f.write_str(text),
            Cell::Number(number) | Cell::Formula(_, number) => write!(f, "{number}"),
            Cell::Time((year, month, day), time) => {
                write!(f, "{year:04}-{month:02}-{day:02}")?;
                match time {
                    Some((hour, minute)) => write!(f, " {hour:02}:{minute:02}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// The letters of a column, from 0: A, B, … Z, AA.
#[must_use]
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while 0 < rest {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        rest /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// All cells of a column below its header, as formulas name them.
#[must_use]
pub fn cells_of(sheet: &str, column: usize) -> String {
    let (sheet, letters) = (quoted(sheet), letters(column));
    format!("{sheet}!${letters}$2:${letters}${}", LAST_ROW + 1)
}

fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// Writes a workbook of Excel.
///
/// # Errors
/// A sheet or a name has a form that Excel does not allow.
pub fn xlsx(workbook: &Workbook) -> io::Result<Vec<u8>> {
    written(workbook).map_err(io::Error::other)
}

fn written(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let (year, month, day) = DAY_OF_MAKING;
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    let properties = DocProperties::new()
        .set_title(&workbook.title)
        .set_subject(&workbook.subject)
        .set_author("Paydirt")
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    let looks = Looks::new();
    for sheet in &workbook.sheets {
        write_sheet(book.add_worksheet(), sheet, &looks, &workbook.warnings)?;
    }
    for (name, named) in &workbook.names {
        book.define_name(name, &place(workbook, named))?;
    }
    book.save_to_buffer()
}

fn place(workbook: &Workbook, named: &Named) -> String {
    let name = |sheet: usize| quoted(&workbook.sheets[sheet].name);
    match named {
        Named::Constant(text) => format!("=\"{}\"", text.replace('"', "\"\"")),
        Named::Header(sheet) => {
            let last = letters(workbook.sheets[*sheet].columns.len().saturating_sub(1));
            format!("={}!$A$1:${last}$1", name(*sheet))
        }
        Named::Cells { sheet, column, rows } => {
            let column = letters(*column);
            format!("={}!${column}$2:${column}${}", name(*sheet), (*rows).max(1) + 1)
        }
    }
}

fn number_of(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn write_sheet(
    out: &mut Worksheet,
    sheet: &Sheet,
    looks: &Looks,
    warnings: &[Help; 2],
) -> Result<(), XlsxError> {
    out.set_name(&sheet.name)?;
    out.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let first = u32::from(sheet.has_header);
    let widths: Vec<f64> =
        (0..sheet.columns.len()).map(|idx| width::of_column(sheet, idx)).collect();
    for (idx, column) in sheet.columns.iter().enumerate() {
        let number = number_of(idx);
        out.set_column_width(number, widths[idx])?;
        out.set_column_format(number, looks.of_column(column.look))?;
        if sheet.has_header {
            out.write_string_with_format(0, number, &column.header, looks.header(column.tone))?;
        }
        if let Some(validation) = validation(column, warnings)? {
            out.add_data_validation(first, number, LAST_ROW, number, &validation)?;
        }
        if column.warns {
            let alarm = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::GreaterThan(0))
                .set_format(looks.alarm());
            out.add_conditional_format(first, number, LAST_ROW, number, &alarm)?;
        }
    }
    if sheet.has_header {
        out.set_freeze_panes(1, 0)?;
        out.set_repeat_rows(0, 0)?;
    } else {
        out.set_screen_gridlines(false);
    }
    for (row, cells) in (first..).zip(&sheet.rows) {
        if let Some(height) = width::height_of(sheet, cells, &widths) {
            out.set_row_height(row, height)?;
        }
        for (idx, cell) in cells.iter().enumerate() {
            let look = sheet.columns.get(idx).map(|column| column.look).unwrap_or_default();
            write_cell(out, (row, number_of(idx)), cell, looks, look, sheet.rows_are_examples)?;
        }
    }
    Ok(())
}

fn write_cell(
    out: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
    look: Look,
    is_example: bool,
) -> Result<(), XlsxError> {
    let format = if is_example { looks.example(look) } else { looks.of_column(look) };
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            out.write_string_with_format(row, column, text, format)?;
        }
        Cell::Heading(text) => {
            out.write_string_with_format(row, column, text, looks.heading())?;
        }
        Cell::Toned(text, tone) => {
            out.write_string_with_format(row, column, text, looks.toned(*tone))?;
        }
        Cell::Number(number) => {
            out.write_number_with_format(row, column, *number, format)?;
        }
        Cell::Time((year, month, day), time) => {
            let date = ExcelDateTime::from_ymd(*year, *month, *day)?;
            let (hour, minute) = time.unwrap_or_default();
            let date = date.and_hms(u16::from(hour), minute, 0)?;
            // A day without a time of day says so, whatever the column shows.
            let look = if time.is_some() { look } else { Look::Date };
            let format = if is_example { looks.example(look) } else { looks.of_column(look) };
            out.write_datetime_with_format(row, column, date, format)?;
        }
        Cell::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.to_string());
            out.write_formula_with_format(row, column, formula, format)?;
        }
    }
    Ok(())
}

/// What is shown at the cells of a column, and which values it asks about.
fn validation(
    column: &Column,
    [unlisted, mistyped]: &[Help; 2],
) -> Result<Option<DataValidation>, XlsxError> {
    let none = DataValidation::new();
    let (validation, warning) = match &column.rule {
        None if column.help.is_none() => return Ok(None),
        None => (none.allow_any_value(), None),
        Some(Rule::Named(name)) => {
            (none.allow_list_formula(Formula::new(format!("={name}"))), Some(unlisted))
        }
        Some(Rule::Words(words)) => (none.allow_list_strings(words)?, Some(unlisted)),
        Some(Rule::Whole) => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0);
            (none.allow_whole_number(rule), Some(mistyped))
        }
        Some(Rule::Number) => {
            let rule = DataValidationRule::Between(-LARGEST, LARGEST);
            (none.allow_decimal_number(rule), Some(mistyped))
        }
        Some(Rule::Share) => {
            let rule = DataValidationRule::Between(0.0, WHOLE);
            (none.allow_decimal_number(rule), Some(mistyped))
        }
        Some(Rule::Date) => {
            let (year, month, day) = FIRST_DAY;
            let first = ExcelDateTime::from_ymd(year, month, day)?;
            let rule = DataValidationRule::GreaterThanOrEqualTo(first);
            (none.allow_date(rule), Some(mistyped))
        }
    };
    let mut validation = validation;
    if let Some(help) = &column.help {
        validation = validation
            .set_input_title(shortened(&help.title, TITLE_MAX))?
            .set_input_message(shortened(&help.text, MESSAGE_MAX))?;
    }
    if let Some(warning) = warning {
        validation = validation
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(shortened(&warning.title, TITLE_MAX))?
            .set_error_message(shortened(&warning.text, MESSAGE_MAX))?;
    }
    Ok(Some(validation))
}

/// As much of a text as there is room for, counted as Excel does.
fn shortened(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut room = most - 1;
    let fits = |sign: &char| {
        let is_room = sign.len_utf16() <= room;
        room = room.saturating_sub(sign.len_utf16());
        is_room
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}

/// Writes each sheet as a CSV file of its key into a ZIP archive. Each begins with a byte order
/// mark, so that spreadsheet programs read every script.
///
/// # Errors
/// A key cannot be the name of a file.
pub fn zipped_csv(workbook: &Workbook) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for sheet in &workbook.sheets {
        archive.start_file(format!("{}.csv", sheet.key), options)?;
        archive.write_all(&csv(sheet)?)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Writes a sheet as CSV.
///
/// # Errors
/// None: it is written into memory.
pub fn csv(sheet: &Sheet) -> io::Result<Vec<u8>> {
    let mut rows = csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
    if sheet.has_header {
        rows.write_record(sheet.columns.iter().map(|column| &column.header))?;
    }
    for cells in &sheet.rows {
        let empty = std::iter::repeat(&Cell::Empty);
        let cells = cells.iter().chain(empty).take(sheet.columns.len());
        rows.write_record(cells.map(ToString::to_string))?;
    }
    rows.into_inner().map_err(csv::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let named: Vec<String> = [0, 1, 25, 26, 51, 52, 701, 702].map(letters).to_vec();
        assert_eq!(named, ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
        assert_eq!(cells_of("L'un", 2), "'L''un'!$C$2:$C$1048576");
    }

    #[test]
    fn long_help_is_shortened_by_characters() {
        assert_eq!(shortened("商談作成日時", 4), "商談作…");
        assert_eq!(shortened("商談", 2), "商談");
    }

    #[test]
    fn cells_are_written_for_csv_as_they_are_meant() {
        let sheet = Sheet {
            key: "events".to_owned(),
            has_header: true,
            columns: ["a", "b"]
                .map(|name| Column { header: name.to_owned(), ..Column::default() })
                .into(),
            rows: vec![
                vec![Cell::Time((2026, 1, 2), Some((3, 4))), Cell::Number(0.05)],
                vec![Cell::Text("x, y".to_owned())],
                vec![Cell::Time((2026, 1, 2), None), Cell::Formula("=1+1".to_owned(), 2.0)],
            ],
            ..Sheet::default()
        };
        let text = String::from_utf8(csv(&sheet).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}a,b\n2026-01-02 03:04,0.05\n\"x, y\",\n2026-01-02,2\n");
    }
}
