//! How fast is a workbook read? Its rows as a table, beside `calamine` alone, and as a log.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use calamine::{DataRef, Reader, Xlsx};
use paydirt_connect::source::{self, Content, Limits, ReadOptions, TextOptions};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use crate::measure::{line_of, milliseconds};

const NAMES: [&str; 15] = [
    "Deal ID",
    "Activity",
    "Timestamp",
    "Owner",
    "Region",
    "Amount",
    "Discount",
    "Won",
    "Close date",
    "Stage",
    "Product",
    "Currency",
    "Seats",
    "Probability",
    "Note",
];
const ACTIVITIES: [&str; 5] =
    ["Lead created", "Quote issued", "Quote accepted", "Order received", "Invoice sent"];
const REGIONS: [&str; 4] = ["EMEA", "AMER", "APAC", "LATAM"];
const EVENTS_OF_CASE: u32 = 5;

/// Writes a workbook of so many rows and 15 columns: ids, texts, dates, numbers, truth values.
pub(crate) fn make(rows: u32, path: &Path) -> Result<(), String> {
    write(rows, path).map_err(|error| error.to_string())
}

fn write(rows: u32, path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let share = Format::new().set_num_format("0.0%");
    let sheet = book.add_worksheet_with_low_memory()?;
    for (column, name) in (0..).zip(NAMES) {
        sheet.write_string(0, column, name)?;
    }
    for number in 0..rows {
        let (case, step) = (number / EVENTS_OF_CASE, number % EVENTS_OF_CASE);
        let row = number + 1;
        let days = f64::from(45_000 + case % 365 + 3 * step);
        let clock = f64::from(number % 1_440) / 1_440.0;
        let at = |days: f64| ExcelDateTime::from_serial_datetime(days);
        sheet.write_string(row, 0, format!("D-{case:07}"))?;
        sheet.write_string(row, 1, ACTIVITIES[step as usize])?;
        sheet.write_datetime_with_format(row, 2, at(days + clock)?, &moment)?;
        sheet.write_string(row, 3, format!("Seller {}", case % 40))?;
        sheet.write_string(row, 4, REGIONS[(case % 4) as usize])?;
        sheet.write_number(row, 5, f64::from(case % 100_000) + 0.1)?;
        sheet.write_number_with_format(row, 6, f64::from(case % 40) / 200.0, &share)?;
        sheet.write_boolean(row, 7, case % 3 == 0)?;
        sheet.write_datetime_with_format(row, 8, at(f64::from(45_100 + case % 365))?, &day)?;
        sheet.write_string(row, 9, format!("Stage {step}"))?;
        sheet.write_string(row, 10, format!("Product {}", case % 25))?;
        sheet.write_string(row, 11, "EUR")?;
        sheet.write_number(row, 12, f64::from(case % 500))?;
        sheet.write_number(row, 13, f64::from(step) / 5.0)?;
        sheet.write_string(row, 14, format!("Talk {number} with the buyer"))?;
    }
    book.save(path)
}

/// Times reading the rows of the first sheet as a table, and the cells with `calamine`.
pub(crate) fn read(file: &str, threads: usize, repeats: usize) -> Result<(), String> {
    // Each in a process of its own would be fairer to memory: calamine, which holds less, is first.
    let mut rows = 0;
    let times = timed(repeats, || {
        rows = cells(Path::new(file)).map_err(|error| error.to_string())?;
        Ok(())
    })?;
    line_of(("calamine", "0.38"), "read_xlsx", 1, &times, rows);
    let times = timed(repeats, || {
        rows = table(Path::new(file), threads)?;
        Ok(())
    })?;
    line_of(("paydirt", env!("CARGO_PKG_VERSION")), "read_xlsx", threads, &times, rows);
    Ok(())
}

fn timed(repeats: usize, mut run: impl FnMut() -> Result<(), String>) -> Result<Vec<f64>, String> {
    (0..=repeats)
        .map(|_| {
            let started = Instant::now();
            run().map(|()| milliseconds(started))
        })
        .collect()
}

fn table(path: &Path, threads: usize) -> Result<u64, String> {
    let options = ReadOptions {
        threads,
        limits: Limits::STANDARD,
        text: TextOptions::DETECT,
        sheet: None,
        classifier: None,
        zone: None,
        only_core: false,
        object_type: None,
        member: None,
        parts: None,
        progress: &|_, _| {},
        cancelled: &AtomicBool::new(false),
    };
    match source::read(path, &options).map_err(|problem| problem.to_string())? {
        Content::Table { table, .. } => Ok(table.row_count()),
        Content::Parts { .. } | Content::Events { .. } | Content::Undecided { .. } => {
            Err("a workbook is a table".to_owned())
        }
    }
}

/// Rows of the first sheet, with every cell looked at as a stream.
fn cells(path: &Path) -> Result<u64, calamine::XlsxError> {
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(File::open(path)?))?;
    let name = book.sheet_names().first().cloned().unwrap_or_default();
    let mut reader = book.worksheet_cells_reader(&name)?;
    let (mut last, mut texts) = (0, 0_usize);
    while let Some(cell) = reader.next_cell()? {
        last = cell.get_position().0;
        texts += usize::from(matches!(cell.get_value(), DataRef::SharedString(_)));
    }
    assert!(texts > 0, "every cell is looked at");
    Ok(u64::from(last))
}
