//! What is in a compound file ([MS-CFB]), in which XLS workbooks and encrypted ones lie?
//!
//! The file is checked before `calamine` decodes it: chains of sectors that never end, and records
//! that claim more cells or texts than there is room for, would fill the memory.

use std::collections::HashSet;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use crate::sources::excel::marks::Marks;
use crate::sources::excel::package::{damaged, protected};

const END_OF_CHAIN: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;
/// Streams of fewer bytes lie among the small ones.
const SMALL_BELOW: u64 = 4_096;
/// Rows and columns of a sheet in this format.
const ROWS_MAX: u32 = 1 << 16;
const COLUMNS_MAX: u32 = 1 << 8;
/// Most cells, blank ones between others included, that all sheets together span, and so many more
/// for each byte: the decoder makes room for all of them.
const CELLS_FLOOR: u64 = 4 << 20;
const CELLS_PER_BYTE: u64 = 16;

/// What was seen of an XLS workbook before decoding it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) is_of_1904: bool,
    /// Where each sheet begins, in the order of the list of sheets.
    sheet_starts: Vec<u32>,
    /// Hidden rows (from 0), with where their sheet begins.
    hidden: HashSet<(u32, u32)>,
    /// Names that stand for texts, of a data template.
    pub(super) marks: Marks,
}

impl Seen {
    /// Whether a row of a sheet is hidden.
    pub(super) fn is_hidden(&self, sheet_idx: usize, row: u32) -> bool {
        let start = self.sheet_starts.get(sheet_idx);
        start.is_some_and(|&start| self.hidden.contains(&(start, row)))
    }
}

/// Looks through an XLS workbook.
///
/// # Errors
/// The file is damaged, protected by a password, no workbook, or claims too much.
pub(super) fn look(bytes: &[u8]) -> Result<Seen, Problem> {
    let file = Compound::open(bytes)?;
    let entry =
        |name: &str| file.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    if entry("EncryptedPackage").is_some() {
        return Err(protected());
    }
    let Some(workbook) = entry("Workbook").or_else(|| entry("Book")) else {
        let detail = say!("This is an old Office document, but no workbook.");
        return Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint(say!("Name a workbook with a table.")));
    };
    records(&file.stream(workbook)?)
}

/// A stream or folder of the file.
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
    small_table: Vec<u32>,
    small: Vec<u8>,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

fn broken() -> Problem {
    damaged(say!("the places in it that refer to others lead nowhere"))
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let header = bytes.get(..HEADER_BYTES).ok_or_else(broken)?;
        let shift =
            u16_at(header, 30).filter(|shift| matches!(shift, 9 | 12)).ok_or_else(broken)?;
        let sector_bytes = 1 << shift;
        let mut file = Compound {
            bytes,
            sector_bytes,
            table: Vec::new(),
            entries: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
        };
        let mut of_table = numbers(&header[76..]);
        let mut next = u32_at(header, 68).ok_or_else(broken)?;
        let sectors_max = bytes.len() / sector_bytes + 1;
        let mut listed = 0;
        while next != END_OF_CHAIN && next != FREE {
            listed += 1;
            if listed > sectors_max {
                return Err(broken());
            }
            let mut more = numbers(file.sector(next)?);
            next = more.pop().ok_or_else(broken)?;
            of_table.extend(more);
        }
        for &sector in of_table.iter().filter(|&&sector| sector != FREE && sector != END_OF_CHAIN) {
            if file.table.len() > sectors_max + sector_bytes {
                return Err(broken());
            }
            let more = numbers(file.sector(sector)?);
            file.table.extend(more);
        }
        let folder = file.chain(u32_at(header, 48).ok_or_else(broken)?)?;
        let root = file.list(&folder)?;
        file.small_table = numbers(&file.chain(u32_at(header, 60).ok_or_else(broken)?)?);
        file.small = file.chain(root)?;
        Ok(file)
    }

    /// Lists the streams; the beginning of the small ones.
    fn list(&mut self, folder: &[u8]) -> Result<u32, Problem> {
        const ROOT: u8 = 5;
        let mut root = END_OF_CHAIN;
        for entry in folder.chunks_exact(ENTRY_BYTES) {
            let name_bytes = usize::from(u16_at(entry, 64).ok_or_else(broken)?).min(64);
            let units: Vec<u16> =
                entry[..name_bytes].chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
            let name = String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
            let start = u32_at(entry, 116).ok_or_else(broken)?;
            let size = u64::from(u32_at(entry, 120).ok_or_else(broken)?);
            if entry[66] == ROOT {
                root = start;
            }
            self.entries.push(Entry { name, start, size });
        }
        Ok(root)
    }

    fn sector(&self, number: u32) -> Result<&'a [u8], Problem> {
        let start =
            (number as usize).checked_add(1).and_then(|at| at.checked_mul(self.sector_bytes));
        let start = start.filter(|&start| start < self.bytes.len()).ok_or_else(broken)?;
        // The last sector may be cut short.
        Ok(&self.bytes[start..self.bytes.len().min(start + self.sector_bytes)])
    }

    /// The bytes of a chain of sectors.
    fn chain(&self, first: u32) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let mut next = first;
        while next != END_OF_CHAIN && next != FREE {
            if bytes.len() > self.bytes.len() {
                return Err(broken());
            }
            bytes.extend_from_slice(self.sector(next)?);
            next = self.table.get(next as usize).copied().ok_or_else(broken)?;
        }
        Ok(bytes)
    }

    /// The bytes of a stream.
    fn stream(&self, entry: &Entry) -> Result<Vec<u8>, Problem> {
        const SMALL_BYTES: usize = 64;
        let size = usize::try_from(entry.size).map_err(|_| broken())?;
        if entry.size >= SMALL_BELOW {
            let mut bytes = self.chain(entry.start)?;
            bytes.truncate(size);
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        let mut next = entry.start;
        while next != END_OF_CHAIN && next != FREE && bytes.len() < size {
            let start = next as usize * SMALL_BYTES;
            let end = (start + SMALL_BYTES).min(self.small.len());
            bytes.extend_from_slice(self.small.get(start..end).ok_or_else(broken)?);
            next = self.small_table.get(next as usize).copied().ok_or_else(broken)?;
            if bytes.len() > self.small.len() {
                return Err(broken());
            }
        }
        bytes.truncate(size);
        Ok(bytes)
    }
}

/// The cells that a sheet spans.
#[derive(Default)]
struct Span {
    rows: Option<(u32, u32)>,
    columns: (u32, u32),
}

impl Span {
    fn add(&mut self, row: u32, column: u32) {
        match &mut self.rows {
            None => {
                self.rows = Some((row, row));
                self.columns = (column, column);
            }
            Some((first, last)) => {
                (*first, *last) = ((*first).min(row), (*last).max(row));
                self.columns = (self.columns.0.min(column), self.columns.1.max(column));
            }
        }
    }

    fn area(&self) -> u64 {
        self.rows.map_or(0, |(first, last)| {
            u64::from(last - first + 1) * u64::from(self.columns.1 - self.columns.0 + 1)
        })
    }
}

/// Looks through the records of a workbook ([MS-XLS] 2.3).
fn records(stream: &[u8]) -> Result<Seen, Problem> {
    let mut seen = Seen::default();
    let mut at = 0;
    let mut sheet_start = 0;
    let mut span = Span::default();
    let mut cell_count = 0;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let end = (at + 4 + usize::from(length)).min(stream.len());
        let data = &stream[at + 4..end];
        match kind {
            0x0809 => {
                cell_count += std::mem::take(&mut span).area();
                sheet_start = u32::try_from(at).map_err(|_| broken())?;
            }
            0x002f => return Err(protected()),
            0x0018 => seen.marks.note_record(data),
            0x0022 => seen.is_of_1904 = u16_at(data, 0) == Some(1),
            0x0085 => seen.sheet_starts.extend(u32_at(data, 0)),
            0x00fc if u32_at(data, 4).is_some_and(|count| count as usize > stream.len()) => {
                return Err(damaged(say!("it claims more texts than it has bytes")));
            }
            0x0200 => check_dimensions(data)?,
            0x0208 if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                seen.hidden.extend(u16_at(data, 0).map(|row| (sheet_start, u32::from(row))));
            }
            0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0203 | 0x0204 | 0x0205 | 0x027e => {
                if let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) {
                    let last = match kind {
                        0x00bd => column.saturating_add(length / 6),
                        _ => column,
                    };
                    span.add(u32::from(row), u32::from(column));
                    span.add(u32::from(row), u32::from(last));
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    cell_count += span.area();
    let cells_max = CELLS_FLOOR + CELLS_PER_BYTE * stream.len() as u64;
    if cell_count > cells_max {
        let detail = say!(
            "The sheets of the workbook span {count} cells; of an XLS workbook at most {max} are \
             read.",
            count = cell_count,
            max = cells_max
        );
        return Err(Problem::new(ErrorCode::InputTooLarge, detail)
            .with_hint(say!("Save the workbook as XLSX.")));
    }
    Ok(seen)
}

/// The size that a sheet claims is one that sheets of this format can have.
fn check_dimensions(data: &[u8]) -> Result<(), Problem> {
    let rows = match data.len() {
        14 => u32_at(data, 0).zip(u32_at(data, 4)),
        _ => u16_at(data, 0).map(u32::from).zip(u16_at(data, 2).map(u32::from)),
    };
    let at = if data.len() == 14 { 8 } else { 4 };
    let columns = u16_at(data, at).map(u32::from).zip(u16_at(data, at + 2).map(u32::from));
    let (Some((first_row, rows)), Some((first_column, columns))) = (rows, columns) else {
        return Err(broken());
    };
    let is_possible =
        first_row <= rows && rows <= ROWS_MAX && first_column <= columns && columns <= COLUMNS_MAX;
    if is_possible {
        return Ok(());
    }
    Err(damaged(say!("a sheet claims a size that no sheet can have")))
}
