//! What is in an XLS or XLSB workbook? Both are binary, and `calamine` decodes them.
//!
//! A sheet of XLSB is read as a stream. An XLS workbook is held in memory as a whole: its sheets
//! have at most 65,536 rows, and files up to 256 MiB are read. Neither says which dates have a time
//! of day, so dates at midnight are known to the day.

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xls as XlsFile, XlsError,
    Xlsb as XlsbFile, XlsbError,
};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::input::{Input, io_problem};
use crate::source::ReadOptions;
use crate::sources::excel::address::{Area, COLUMNS_MAX, ROWS_MAX};
use crate::sources::excel::book::{SheetEntry, Visibility};
use crate::sources::excel::compound::{self, Seen};
use crate::sources::excel::marks::Marks;
use crate::sources::excel::package::{Package, damaged, protected};
use crate::sources::excel::rows::{OnRow, Row, SheetEnd, outside};
use crate::sources::excel::values::{self, Epoch, Kind, Shown};

/// Largest XLS file.
const XLS_BYTES_MAX: u64 = 256 << 20;

/// An XLS workbook.
pub(super) struct Xls {
    book: XlsFile<Cursor<Vec<u8>>>,
    pub(super) sheets: Vec<SheetEntry>,
    /// The position of each sheet in the workbook, sheets of charts included.
    places: Vec<usize>,
    pub(super) epoch: Epoch,
    seen: Seen,
    pub(super) marks: Marks,
}

impl Xls {
    /// Decodes the workbook.
    ///
    /// # Errors
    /// The file is damaged, protected by a password, no workbook, or too large.
    pub(super) fn open(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Self, Problem> {
        if input.byte_count() > XLS_BYTES_MAX {
            return Err(too_large(input.byte_count()));
        }
        let mut bytes = Vec::new();
        input
            .open(options)?
            .take(XLS_BYTES_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| io_problem(input.name(), &error))?;
        if bytes.len() as u64 > XLS_BYTES_MAX {
            return Err(too_large(bytes.len() as u64));
        }
        let mut seen = compound::look(&bytes)?;
        let book = guarded(|| XlsFile::new(Cursor::new(bytes)).map_err(|error| xls(&error)))?;
        let (places, sheets) = listed(book.sheets_metadata());
        let epoch = if seen.is_of_1904 { Epoch::Of1904 } else { Epoch::Of1900 };
        let mut known = std::mem::take(&mut seen.marks);
        known.extend(marks(book.defined_names()));
        Ok(Xls { book, sheets, places, epoch, seen, marks: known })
    }

    /// Reads a sheet row by row.
    ///
    /// # Errors
    /// The sheet is damaged, or `on_row` fails.
    pub(super) fn rows(
        &mut self,
        sheet_idx: usize,
        options: &ReadOptions<'_>,
        on_row: &mut OnRow<'_>,
    ) -> Result<SheetEnd, Problem> {
        let Xls { book, sheets, places, epoch, seen, .. } = self;
        let name = &sheets[sheet_idx].name;
        let range = guarded(|| book.worksheet_range(name).map_err(|error| xls(&error)))?;
        let areas = guarded(|| Ok(book.merge_cells_by_sheet_name(name)))?;
        let merges = areas.unwrap_or_default().into_iter().map(|area| Area {
            first_row: area.start.0,
            first_column: area.start.1,
            last_row: area.end.0,
            last_column: area.end.1,
        });
        let mut end = SheetEnd::default();
        // The decoder passes on whatever the file says.
        end.merges.extend(merges.filter(|area| area.is_ordered() && area.is_wide()));
        let Some((first_row, first_column)) = range.start() else { return Ok(end) };
        let mut row = Row::new(options.limits.record_bytes_max);
        for (number, cells) in (first_row..).zip(range.rows()) {
            row.begin(number, seen.is_hidden(places[sheet_idx], number));
            for (column, cell) in (first_column..).zip(cells) {
                row.push(column, |text| write_data(cell, *epoch, text))?;
            }
            if !row.is_blank() && on_row(&row)?.is_break() {
                break;
            }
        }
        Ok(end)
    }
}

fn too_large(count: u64) -> Problem {
    let detail = say!(
        "The XLS workbook has {count} bytes; at most {max} are read, for such a workbook is held \
         in memory.",
        count,
        max = XLS_BYTES_MAX
    );
    Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!("Save it as XLSX."))
}

/// An XLSB workbook.
pub(super) struct Xlsb {
    book: XlsbFile<BufReader<File>>,
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) epoch: Epoch,
    pub(super) marks: Marks,
}

impl Xlsb {
    /// Lists the sheets and reads what they share. All parts are unpacked once before, to see that
    /// none is longer than it may be.
    ///
    /// # Errors
    /// The file is damaged or exceeds a limit.
    pub(super) fn open(
        package: &mut Package<'_>,
        name: &str,
        path: &Path,
        options: &ReadOptions<'_>,
    ) -> Result<Self, Problem> {
        package.check(options)?;
        let file = File::open(path).map_err(|error| io_problem(name, &error))?;
        let book = guarded(|| XlsbFile::new(BufReader::new(file)).map_err(|error| xlsb(&error)))?;
        let (_, sheets) = listed(book.sheets_metadata());
        let epoch = if book.has_1904_epoch() { Epoch::Of1904 } else { Epoch::Of1900 };
        let marks = marks(book.defined_names());
        Ok(Xlsb { book, sheets, epoch, marks })
    }

    /// Reads a sheet row by row.
    ///
    /// # Errors
    /// The sheet is damaged or exceeds a limit, or `on_row` fails.
    pub(super) fn rows(
        &mut self,
        sheet_idx: usize,
        options: &ReadOptions<'_>,
        on_row: &mut OnRow<'_>,
    ) -> Result<SheetEnd, Problem> {
        let Xlsb { book, sheets, epoch, .. } = self;
        let name = &sheets[sheet_idx].name;
        let mut cells =
            guarded(|| book.worksheet_cells_reader(name).map_err(|error| xlsb(&error)))?;
        let mut row = Row::new(options.limits.record_bytes_max);
        let mut begun = None;
        loop {
            let next = guarded(|| cells.next_cell().map_err(|error| xlsb(&error)))?;
            let place = next.as_ref().map(|cell| cell.get_position());
            if begun.is_some() && place.map(|(number, _)| number) != begun {
                row.end();
                if !row.is_blank() && on_row(&row)?.is_break() {
                    return Ok(SheetEnd::default());
                }
            }
            let (Some(cell), Some((number, column))) = (next, place) else {
                return Ok(SheetEnd::default());
            };
            if number >= ROWS_MAX || column >= COLUMNS_MAX {
                return Err(outside());
            }
            if begun != Some(number) {
                if begun.is_some_and(|before| number < before) {
                    return Err(damaged(say!("the rows of a sheet are not in their order")));
                }
                begun = Some(number);
                row.begin(number, false);
            }
            row.push(column, |text| write_ref(cell.get_value(), *epoch, text))?;
        }
    }
}

/// What a data template says of itself. The decoder knows what ranges stand for, of XLS no texts.
fn marks(names: &[(String, String)]) -> Marks {
    let mut marks = Marks::default();
    names.iter().for_each(|(name, means)| marks.note(name, means));
    marks
}

/// The sheets of cells, and their positions among all sheets.
fn listed(sheets: &[Sheet]) -> (Vec<usize>, Vec<SheetEntry>) {
    let of_cells = sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet);
    of_cells
        .map(|(place, sheet)| {
            let visibility = match sheet.visible {
                SheetVisible::Visible => Visibility::Visible,
                SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
            };
            (place, SheetEntry { name: sheet.name.clone(), visibility })
        })
        .unzip()
}

fn write_data(value: &Data, epoch: Epoch, text: &mut String) -> Kind {
    match value {
        Data::Int(number) => write_whole(*number, text),
        Data::Float(number) => write_float(*number, text),
        Data::String(said) | Data::DurationIso(said) => plain(said, text),
        Data::Bool(truth) => write_truth(*truth, text),
        Data::DateTime(moment) => write_moment(moment, epoch, text),
        Data::DateTimeIso(said) => iso(said, text),
        Data::Error(error) => {
            text.push_str(&error.to_string());
            Kind::Error
        }
        Data::Empty => Kind::Text,
    }
}

fn write_ref(value: &DataRef<'_>, epoch: Epoch, text: &mut String) -> Kind {
    match value {
        DataRef::Int(number) => write_whole(*number, text),
        DataRef::Float(number) => write_float(*number, text),
        DataRef::String(said) | DataRef::DurationIso(said) => plain(said, text),
        DataRef::SharedString(said) => plain(said, text),
        DataRef::Bool(truth) => write_truth(*truth, text),
        DataRef::DateTime(moment) => write_moment(moment, epoch, text),
        DataRef::DateTimeIso(said) => iso(said, text),
        DataRef::Error(error) => {
            text.push_str(&error.to_string());
            Kind::Error
        }
        DataRef::Empty => Kind::Text,
    }
}

fn plain(said: &str, text: &mut String) -> Kind {
    text.push_str(said);
    Kind::Text
}

fn iso(said: &str, text: &mut String) -> Kind {
    text.push_str(said);
    Kind::Date
}

fn write_truth(truth: bool, text: &mut String) -> Kind {
    text.push_str(if truth { "true" } else { "false" });
    Kind::Boolean
}

fn write_whole(number: i64, text: &mut String) -> Kind {
    text.push_str(&number.to_string());
    Kind::Number
}

fn write_float(number: f64, text: &mut String) -> Kind {
    values::write_number(number, text);
    if values::has_lost_digits(number) { Kind::LongNumber } else { Kind::Number }
}

fn write_moment(moment: &ExcelDateTime, epoch: Epoch, text: &mut String) -> Kind {
    let number = moment.as_f64();
    let shown = if moment.is_duration() {
        Shown::Span
    } else if (0.0..1.0).contains(&number) && number > 0.0 {
        Shown::Time
    } else {
        Shown::Date
    };
    values::write(number, shown, epoch, text)
}

fn xls(error: &XlsError) -> Problem {
    match error {
        XlsError::Password => protected(),
        other => damaged(other.to_string()),
    }
}

fn xlsb(error: &XlsbError) -> Problem {
    match error {
        XlsbError::Password => protected(),
        other => damaged(other.to_string()),
    }
}

/// Runs a piece of decoding; a fault inside it is damage of the file.
fn guarded<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(damaged(say!("its data cannot be decoded"))))
}
