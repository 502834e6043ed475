//! Where does the table begin, and which row names its columns? Found from the first rows.
//!
//! Reports begin with a title, a date, a few words about the filter; the table is where the rows
//! become as wide as most of them are. Nobody else looks for titles in a sheet: what stands above
//! its table is told, and is data where it is said that titles are.

use paydirt_model::automatic::{AutomaticReading, ReadingExample};
use paydirt_model::mapping::ImportReport;

use crate::source::{HeaderChoice, TitleChoice};
use crate::sources::csv::dialect::{self, Header, header_of};
use crate::sources::excel::rows::Row;
use crate::sources::excel::values::Kind;

/// Rows that the beginning of a table is found from.
pub(super) const ROWS_MAX: usize = 200;
/// Bytes of text in the first rows after which no more of them are waited for.
pub(super) const TEXT_BYTES_MAX: u64 = 16 << 20;
/// Most rows that one header takes.
const HEADER_ROWS_MAX: u32 = 3;

/// A cell of one of the first rows.
#[derive(Debug, Clone)]
pub(super) struct HeadCell {
    pub(super) column: u32,
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) is_filled: bool,
}

/// One of the first rows.
#[derive(Debug, Clone)]
pub(super) struct HeadRow {
    /// Row of the sheet, from 0.
    pub(super) number: u32,
    pub(super) cells: Vec<HeadCell>,
}

impl HeadRow {
    pub(super) fn of(row: &Row) -> Self {
        let cells = row.cells().iter().map(|cell| HeadCell {
            column: cell.column,
            text: row.text(cell).to_owned(),
            kind: cell.kind,
            is_filled: cell.is_filled,
        });
        HeadRow { number: row.number, cells: cells.collect() }
    }

    fn own(&self) -> impl Iterator<Item = &HeadCell> {
        self.cells.iter().filter(|cell| !cell.is_filled)
    }

    fn width(&self) -> usize {
        self.own().count()
    }

    /// Cells, those of merged areas included, of a row that has at least two of its own.
    fn filled_width(&self) -> usize {
        if self.width() < 2 { self.width() } else { self.cells.len() }
    }

    /// Whether all cells are texts, as names of columns are.
    fn is_of_texts(&self) -> bool {
        self.own().all(|cell| cell.kind == Kind::Text)
    }
}

/// Where a table begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// The rows that name the columns, as positions in the first rows; none without a header.
    pub(super) header: std::ops::Range<usize>,
    /// The first row of data, as a position in the first rows.
    pub(super) data: usize,
}

impl Layout {
    /// How many of the first rows stand above the table.
    pub(super) fn titles(&self) -> usize {
        if self.header.is_empty() { self.data } else { self.header.start }
    }
}

/// Finds the beginning of the table; `None` when there is no row.
pub(super) fn find(rows: &[HeadRow], choice: HeaderChoice, titles: TitleChoice) -> Option<Layout> {
    if rows.is_empty() {
        return None;
    }
    let usual = usual_width(rows);
    let (widest, candidate) = match titles {
        TitleChoice::Skip => (first_wide(rows, usual), candidate(rows, usual)),
        TitleChoice::Keep => (0, Some(0)),
    };
    match choice {
        HeaderChoice::Row(number) => {
            let at = rows.iter().position(|row| u64::from(row.number) + 1 >= number)?;
            Some(with_header(rows, at, at))
        }
        HeaderChoice::None => Some(Layout { header: 0..0, data: widest }),
        HeaderChoice::FirstRow => {
            let at = candidate.unwrap_or(widest);
            Some(with_merged_rows(rows, at))
        }
        HeaderChoice::Detect => match candidate {
            Some(at) => {
                let layout = with_merged_rows(rows, at);
                let is_header = names_columns(rows, &layout);
                Some(if is_header { layout } else { Layout { header: 0..0, data: at } })
            }
            None => Some(Layout { header: 0..0, data: widest }),
        },
    }
}

/// Whether the first rows are those of a table: at least two columns, and a row of data.
pub(super) fn has_table(rows: &[HeadRow]) -> bool {
    let Some(layout) = find(rows, HeaderChoice::Detect, TitleChoice::Skip) else { return false };
    rows.get(layout.data).is_some() && usual_width(rows) >= 2
}

/// The names in the row that looks most like a header, whether it names the columns or not.
pub(super) fn first_names(rows: &[HeadRow]) -> Vec<String> {
    let layout = find(rows, HeaderChoice::FirstRow, TitleChoice::Skip);
    let names = layout.map(|layout| names(&rows[layout.header])).unwrap_or_default();
    names.into_iter().map(|(_, name)| name).collect()
}

/// What is told of the rows above a table.
pub(super) fn titles_told(titles: &[HeadRow]) -> Option<AutomaticReading> {
    let example = |row: &HeadRow| {
        let texts: Vec<&str> = row.own().map(|cell| cell.text.trim()).collect();
        let value = ImportReport::cut(&texts.join(" | "));
        ReadingExample { row: u64::from(row.number) + 1, value, count: 1 }
    };
    let examples = titles.iter().map(example).collect();
    (!titles.is_empty()).then(|| dialect::titles_told(titles.len(), examples))
}

/// The width that nine of ten rows have at most, rows of one cell aside where there are wider ones.
fn usual_width(rows: &[HeadRow]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(HeadRow::filled_width).collect();
    widths.sort_unstable();
    let narrow = widths.partition_point(|&width| width < 2);
    let wide = &widths[if narrow < widths.len() { narrow } else { 0 }..];
    wide.get((wide.len() - 1) * 9 / 10).copied().unwrap_or(1)
}

/// The first row that is about as wide as most are.
fn first_wide(rows: &[HeadRow], usual: usize) -> usize {
    rows.iter().position(|row| row.filled_width() * 2 >= usual.max(2)).unwrap_or(0)
}

/// The row that looks like a header: texts only, and nearly as wide as the table; or one cell
/// narrower, when the table is right below.
fn candidate(rows: &[HeadRow], usual: usize) -> Option<usize> {
    rows.iter().enumerate().position(|(idx, row)| {
        let width = row.filled_width();
        let is_wide = width * 10 >= usual * 8;
        let is_above = width + 1 >= usual
            && rows
                .get(idx + 1)
                .is_some_and(|next| next.number == row.number + 1 && next.filled_width() > width);
        (is_wide || is_above && width > 1) && row.is_of_texts()
    })
}

/// Whether a header names the columns of the rows below it, as in delimited text.
fn names_columns(rows: &[HeadRow], layout: &Layout) -> bool {
    let names = names(&rows[layout.header.clone()]);
    let below = &rows[layout.data..];
    let mut used: Vec<u32> =
        below.iter().flat_map(|row| row.cells.iter()).map(|it| it.column).collect();
    used.extend(names.iter().map(|&(column, _)| column));
    used.sort_unstable();
    used.dedup();
    let placed = |cells: &mut dyn Iterator<Item = (u32, &str)>| {
        let mut texts = vec![String::new(); used.len()];
        for (column, text) in cells {
            if let Ok(place) = used.binary_search(&column) {
                text.clone_into(&mut texts[place]);
            }
        }
        texts
    };
    let mut texts = vec![placed(&mut names.iter().map(|(column, name)| (*column, name.as_str())))];
    texts.extend(
        below
            .iter()
            .map(|row| placed(&mut row.cells.iter().map(|cell| (cell.column, cell.text.as_str())))),
    );
    header_of(&texts) == Header::Present
}

/// The layout of a header in one row, and of the row above it, when that groups columns by merged
/// cells, and of those below it that its merged cells reach into.
fn with_merged_rows(rows: &[HeadRow], at: usize) -> Layout {
    let mut first = at;
    let above = at.checked_sub(1).and_then(|above| rows.get(above));
    if let Some(above) = above
        && above.number + 1 == rows[at].number
        && above.width() >= 2
        && above.is_of_texts()
        && above.cells.iter().any(|cell| cell.is_filled)
    {
        first = at - 1;
    }
    let mut last = at;
    while let Some(next) = rows.get(last + 1)
        && next.number == rows[last].number + 1
        && next.number - rows[first].number < HEADER_ROWS_MAX
        && next.is_of_texts()
        && repeats(&rows[last], next)
    {
        last += 1;
    }
    with_header(rows, first, last)
}

/// Whether a merged cell reaches from one row into the next, and fills none that has its own value.
fn repeats(row: &HeadRow, next: &HeadRow) -> bool {
    next.cells.iter().any(|cell| {
        cell.is_filled
            && row.cells.iter().any(|above| above.column == cell.column && above.text == cell.text)
    })
}

fn with_header(rows: &[HeadRow], first: usize, last: usize) -> Layout {
    debug_assert!(last < rows.len());
    Layout { header: first..last + 1, data: last + 1 }
}

/// The names of the columns that a header has, each with its column: what stands above each other
/// is one name, merged cells once.
pub(super) fn names(rows: &[HeadRow]) -> Vec<(u32, String)> {
    let mut names: Vec<(u32, String)> = Vec::new();
    for row in rows {
        for cell in &row.cells {
            let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            match names.iter_mut().find(|(column, _)| *column == cell.column) {
                None => names.push((cell.column, text)),
                Some((_, name)) if *name != text && !name.ends_with(&format!(" {text}")) => {
                    name.push(' ');
                    name.push_str(&text);
                }
                Some(_) => {}
            }
        }
    }
    names.sort_by_key(|&(column, _)| column);
    names
}
