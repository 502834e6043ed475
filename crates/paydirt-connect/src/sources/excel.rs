//! What is in this workbook (XLSX, XLS, XLSB, ODS)? The table of one of its sheets.
//!
//! The sheet is the one that was named, else the first with a table. XLSX and ODS are read as
//! streams, so that their size on the disk, not in memory, is what limits them; XLS and XLSB are
//! decoded by `calamine`. The values are those that the file holds: formulas are never computed.

mod address;
mod binary;
mod book;
mod choice;
mod compound;
mod delimited;
mod head;
mod marks;
mod merges;
mod ods;
mod package;
mod rows;
mod table;
mod values;
mod xlsx;
mod xml;

use paydirt_model::problem::Problem;
use paydirt_model::raw_table::RawTable;
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use crate::input::Input;
use crate::source::{
    Content, HeaderChoice, Part, ReadOptions, SourceFormat, SourceReport, TextOptions,
};
use crate::sources::excel::book::{ARCHIVE, Book, COMPOUND};
use crate::sources::excel::choice::{Choice, Chosen, SheetSize};
use crate::sources::excel::merges::Merges;
use crate::sources::excel::package::Told;
use crate::sources::excel::rows::SheetEnd;
use crate::sources::excel::table::{Noticed, TableBuilder};
use crate::sources::excel::values::Epoch;

/// Workbooks of Excel and OpenDocument.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "excel",
    label: || say!("workbooks of Excel and LibreOffice (XLSX, XLSM, XLSB, XLS, ODS)"),
    extensions: &["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "ods", "ots"],
    recognizes,
    shape: Some(shape),
    read,
};

/// Whether the first bytes are those of an Office document, or of an archive whose first part is
/// one of such a document. Parts further behind may be those of a workbook within an archive.
fn recognizes(head: &[u8]) -> bool {
    let parts: [&[u8]; 6] =
        [b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/", b"customXml/", b"content.xml"];
    let is_part = |name: &[u8]| {
        parts.into_iter().any(|part| name.starts_with(part))
            || name == b"mimetype" && memchr::memmem::find(head, OPEN_DOCUMENT).is_some()
    };
    head.starts_with(COMPOUND) || first_part(head).is_some_and(is_part)
}

/// What the first part of an OpenDocument says of its kind.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.";

/// The name of the first member of an archive: its length stands in bytes 26 and 27 of the header,
/// itself behind the 30 bytes of the header (APPNOTE 4.3.7).
fn first_part(head: &[u8]) -> Option<&[u8]> {
    let header = head.strip_prefix(ARCHIVE)?;
    let length = u16::from_le_bytes(header.get(22..24)?.try_into().ok()?);
    header.get(26..)?.get(..usize::from(length))
}

/// The names of the columns of the sheet that would be read.
fn shape(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Option<Vec<String>>, Problem> {
    let disk = input.on_disk(options)?;
    let mut book = Book::open(input, disk.path(), options)?;
    let options = ReadOptions { parts: None, ..*options };
    Ok(match choice::choose(&mut book, &options)? {
        Choice::Chosen(chosen) => Some(chosen.columns),
        Choice::Parts { .. } | Choice::Unknown { .. } => None,
    })
}

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let disk = input.on_disk(options)?;
    let mut book = Book::open(input, disk.path(), options)?;
    let cells_max = input
        .byte_count()
        .saturating_mul(options.limits.cells_per_byte)
        .saturating_add(options.limits.cells_floor);
    let chosen = match choice::choose(&mut book, options)? {
        Choice::Chosen(chosen) => chosen,
        Choice::Parts { chosen, sheets } => {
            return read_parts(&mut book, chosen, sheets, cells_max, options);
        }
        Choice::Unknown { problem, sheets } => {
            let mut report = SourceReport::of(book.format());
            report.choices.push(choice::choice(&sheets));
            return Ok(Content::Undecided { problem, report });
        }
    };
    let (mut table, mut report, noticed, end) =
        read_sheet(&mut book, (chosen.idx, &chosen.name), cells_max, options)?;
    delimited::split(&mut table, noticed.header.is_some(), options, &mut report)?;
    tell(&book, &chosen, &table, &noticed, &end, &mut report);
    report.template = book.marks().template();
    (options.progress)(input.byte_count(), input.byte_count());
    Ok(Content::Table { table, report })
}

/// Reads sheets that are parts of one import, each with a header.
fn read_parts(
    book: &mut Book<'_>,
    chosen: Vec<(usize, String)>,
    mut sheets: Vec<SheetSize>,
    cells_max: u64,
    options: &ReadOptions<'_>,
) -> Result<Content, Problem> {
    let text = TextOptions { header: HeaderChoice::FirstRow, ..options.text };
    let options = &ReadOptions { text, ..*options };
    let mut parts = Vec::with_capacity(chosen.len());
    let mut cells_left = cells_max;
    for (idx, name) in chosen {
        let (table, mut report, noticed, end) =
            read_sheet(book, (idx, &name), cells_left, options)?;
        cells_left =
            cells_left.saturating_sub(table.row_count().saturating_mul(table.names.len() as u64));
        report.notes.extend(hidden(&noticed, &end, &table));
        sheets[idx].rows = table.row_count();
        sheets[idx].columns = table.names.len() as u64;
        parts.push(Part { name, table, report });
    }
    let mut report = SourceReport::of(book.format());
    if book.epoch() == Epoch::Of1904 {
        report.readings.push(say!("dates counted from 1904"));
    }
    report.template = book.marks().template();
    report.notes.extend(other_sheets(&sheets));
    report.choices.push(choice::choice(&sheets));
    Ok(Content::Parts { parts, report })
}

/// Reads a sheet; once more where merged areas, which stand behind the rows, reach into its
/// table.
fn read_sheet(
    book: &mut Book<'_>,
    (idx, name): (usize, &str),
    cells_max: u64,
    options: &ReadOptions<'_>,
) -> Result<(RawTable, SourceReport, Noticed, SheetEnd), Problem> {
    let format = book.format();
    let mut run = |merges: Merges| {
        let mut builder = TableBuilder::new(name, merges, cells_max, format, options);
        let end = book.rows(idx, Told::Progress, options, &mut |row| builder.row(row))?;
        let (table, report, noticed) = builder.finish()?;
        Ok((table, report, noticed, end))
    };
    let (table, report, noticed, end) = run(Merges::default())?;
    let begins_at = noticed.header.map_or(noticed.first_data_row, |(first, _)| first);
    // The row above the header may group its columns.
    let is_in_table = |last_row: u32| u64::from(last_row) + 2 >= begins_at;
    if !end.merges.iter().any(|area| is_in_table(area.last_row)) {
        return Ok((table, report, noticed, end));
    }
    drop((table, report));
    run(Merges::new(end.merges))
}

/// Says how the workbook was read.
fn tell(
    book: &Book<'_>,
    chosen: &Chosen,
    table: &RawTable,
    noticed: &Noticed,
    end: &SheetEnd,
    report: &mut SourceReport,
) {
    let rows = table.row_count();
    let columns = table.names.len();
    report.readings.push(say!(
        "sheet: \"{name}\" ({rows} {rows|row|rows} of data, {columns} {columns|column|columns})",
        name = chosen.name,
        rows,
        columns
    ));
    report.readings.push(match noticed.header {
        Some((first, last)) if first == last => {
            say!("names in row {row}", row = first.to_string())
        }
        Some((first, last)) => {
            say!(
                "names in rows {first} to {last}",
                first = first.to_string(),
                last = last.to_string()
            )
        }
        None => say!("no header"),
    });
    if book.epoch() == Epoch::Of1904 {
        report.readings.push(say!("dates counted from 1904"));
    }
    let mut notes = Vec::new();
    notes.extend(other_sheets(&chosen.sheets));
    if chosen.sheets.iter().any(|sheet| sheet.read && sheet.hidden) {
        notes.push(say!("The sheet \"{name}\" is hidden in the workbook.", name = chosen.name));
    }
    notes.extend(hidden(noticed, end, table));
    notes.append(&mut report.notes);
    report.notes = notes;
    let mut sheets = chosen.sheets.clone();
    if let Some(read) = sheets.iter_mut().find(|sheet| sheet.read) {
        read.rows = rows;
        read.columns = columns as u64;
    }
    report.choices.push(choice::choice(&sheets));
}

/// What is said of rows and columns that the workbook does not show.
fn hidden(noticed: &Noticed, end: &SheetEnd, table: &RawTable) -> Vec<Sentence> {
    let mut notes = Vec::new();
    if noticed.hidden_rows > 0 {
        notes.push(say!(
            "{count} hidden {count|row was|rows were} read like the others. Hidden rows often come \
             of a filter in the workbook.",
            count = noticed.hidden_rows
        ));
    }
    if end.hidden_columns > 0 && table.names.len() > 1 {
        notes.push(say!("Hidden columns of the sheet were read like the others."));
    }
    notes
}

/// Most sheets that a note names.
const SHEETS_NAMED_MAX: usize = 20;

/// The sheets that were not read, with their sizes.
fn other_sheets(sheets: &[SheetSize]) -> Option<Sentence> {
    let others: Vec<Sentence> = sheets
        .iter()
        .filter(|sheet| !sheet.read)
        .take(SHEETS_NAMED_MAX)
        .map(|sheet| say!("\"{name}\" ({about})", name = sheet.name, about = sheet.about()))
        .collect();
    let count = others.len();
    (count > 0).then(|| {
        say!(
            "The workbook has {count|another sheet|other sheets} that {count|was|were} not read: \
             {sheets}. Another sheet can be chosen.",
            count,
            sheets = others
        )
    })
}
