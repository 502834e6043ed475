//! Which kind of workbook is this, and which sheets does it have?

use std::ops::ControlFlow;
use std::path::Path;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::input::Input;
use crate::source::ReadOptions;
use crate::sources::excel::binary::{Xls, Xlsb};
use crate::sources::excel::marks::Marks;
use crate::sources::excel::ods::Ods;
use crate::sources::excel::package::{Package, Told};
use crate::sources::excel::rows::{OnRow, Row, SheetEnd};
use crate::sources::excel::values::Epoch;
use crate::sources::excel::xlsx::Xlsx;

/// First bytes of a compound file: XLS, and workbooks that are encrypted.
pub(super) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// First bytes of an archive with something in it.
pub(super) const ARCHIVE: &[u8] = b"PK\x03\x04";

/// Bytes of text after which it is asked whether reading has to stop.
const CHECK_BYTES: usize = 1 << 20;
/// What a row counts for besides its text.
const ROW_BYTES: usize = 1 << 10;

/// Whether a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visibility {
    Visible,
    Hidden,
}

/// A sheet of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) visibility: Visibility,
}

/// A workbook whose sheets have been listed.
pub(super) enum Book<'a> {
    Xlsx(Xlsx<'a>),
    Ods(Ods<'a>),
    Xlsb(Xlsb),
    Xls(Xls),
}

impl<'a> Book<'a> {
    /// Opens a workbook by what is in it, whatever its name is; `path` is where it lies unpacked.
    ///
    /// # Errors
    /// The file is damaged, protected by a password, no workbook, or exceeds a limit.
    pub(super) fn open(
        input: &'a Input<'_>,
        path: &'a Path,
        options: &ReadOptions<'_>,
    ) -> Result<Self, Problem> {
        if !input.sniff(ARCHIVE.len())?.starts_with(ARCHIVE) {
            return Xls::open(input, options).map(Book::Xls);
        }
        let mut package = Package::open(input, path, options)?;
        if package.has("content.xml") {
            return Ods::open(package, options).map(Book::Ods);
        }
        if package.has("xl/workbook.bin") {
            return Xlsb::open(&mut package, input.name(), path, options).map(Book::Xlsb);
        }
        if package.has("xl/workbook.xml") || package.has("_rels/.rels") && !is_other(&package) {
            return Xlsx::open(package, options).map(Book::Xlsx);
        }
        let detail = say!("This is a ZIP archive or an Office document, but no workbook.");
        Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Unpack it, or name a workbook with a table.")))
    }

    /// Name of the format.
    pub(super) fn format(&self) -> &'static str {
        match self {
            Book::Xlsx(_) => "xlsx",
            Book::Ods(_) => "ods",
            Book::Xlsb(_) => "xlsb",
            Book::Xls(_) => "xls",
        }
    }

    /// The sheets, in the order of the workbook.
    pub(super) fn sheets(&self) -> &[SheetEntry] {
        match self {
            Book::Xlsx(book) => &book.sheets,
            Book::Ods(book) => &book.sheets,
            Book::Xlsb(book) => &book.sheets,
            Book::Xls(book) => &book.sheets,
        }
    }

    /// The day that dates are counted from, where dates are counted at all.
    pub(super) fn epoch(&self) -> Epoch {
        match self {
            Book::Xlsx(book) => book.epoch(),
            Book::Ods(_) => Epoch::Of1900,
            Book::Xlsb(book) => book.epoch,
            Book::Xls(book) => book.epoch,
        }
    }

    /// What a data template says of itself.
    pub(super) fn marks(&self) -> &Marks {
        match self {
            Book::Xlsx(book) => book.marks(),
            Book::Ods(book) => &book.marks,
            Book::Xlsb(book) => &book.marks,
            Book::Xls(book) => &book.marks,
        }
    }

    /// Reads a sheet row by row.
    ///
    /// # Errors
    /// The sheet is damaged or exceeds a limit, or `on_row` fails.
    pub(super) fn rows(
        &mut self,
        sheet_idx: usize,
        told: Told,
        options: &ReadOptions<'_>,
        on_row: &mut OnRow<'_>,
    ) -> Result<SheetEnd, Problem> {
        let mut since_check = 0;
        let mut checked = |row: &Row| -> Result<ControlFlow<()>, Problem> {
            since_check += ROW_BYTES + row.text_bytes();
            if since_check > CHECK_BYTES {
                since_check = 0;
                options.check_cancelled()?;
            }
            on_row(row)
        };
        match self {
            Book::Xlsx(book) => book.rows(sheet_idx, told, options, &mut checked),
            Book::Ods(book) => book.rows(sheet_idx, told, options, &mut checked),
            Book::Xlsb(book) => book.rows(sheet_idx, options, &mut checked),
            Book::Xls(book) => book.rows(sheet_idx, options, &mut checked),
        }
    }
}

/// Whether an Office document is one of text or slides.
fn is_other(package: &Package<'_>) -> bool {
    ["word/document.xml", "ppt/presentation.xml", "visio/document.xml"]
        .iter()
        .any(|part| package.has(part))
}
