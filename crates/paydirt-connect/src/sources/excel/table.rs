//! How do the rows of a sheet become a raw table, and what was noticed on the way?

use std::ops::ControlFlow;

use paydirt_model::attribute::AttributeType;
use paydirt_model::column::Column;
use paydirt_model::event_chunk::ChunkColumn;
use paydirt_model::interner::TextColumn;
use paydirt_model::mapping::{ImportReport, RowProblem};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::{RawChunk, RawColumn, RawTable};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::sheet::{SheetColumns, cell_address, column_letters};

use crate::distinct_names::DistinctNames;
use crate::source::{CELL_TEXT_BYTES, ReadOptions, SourceReport};
use crate::sources::csv::columns::ColumnBuilder;
use crate::sources::excel::head::{self, HeadRow};
use crate::sources::excel::merges::Merges;
use crate::sources::excel::rows::{Cell, Row};
use crate::sources::excel::values::{Kind, span_us};

/// Rows of one chunk.
const CHUNK_ROWS: usize = 65_536;
/// Bytes of text after which a chunk ends, however few its rows are.
const CHUNK_TEXT_BYTES: usize = 64 << 20;

/// Makes a table of the rows of a sheet.
pub(super) struct TableBuilder<'a> {
    sheet: &'a str,
    options: &'a ReadOptions<'a>,
    cells_max: u64,
    /// Bytes of text so far, repeated ones included.
    text_bytes: u64,
    merges: Merges,
    /// The first rows, until the header is found among them.
    head: Vec<HeadRow>,
    head_rows_hidden: Vec<bool>,
    body: Option<Body>,
    pub(super) report: SourceReport,
    pub(super) noticed: Noticed,
}

/// What was noticed of a sheet besides the problems of its cells.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    /// Rows (from 1) that name the columns: the first and the last.
    pub(super) header: Option<(u64, u64)>,
    /// The first row of data, from 1.
    pub(super) first_data_row: u64,
    pub(super) hidden_rows: u64,
    pub(super) filled_cells: u64,
    filled_example: Option<String>,
}

struct Body {
    columns: Vec<BodyColumn>,
    /// The position of each column of the sheet, and one more; 0 for those without.
    slots: Vec<u32>,
    names: DistinctNames,
    lines: Vec<u64>,
    text_bytes: usize,
    cell_count: u64,
    done: Vec<(Vec<u64>, Vec<Option<RawColumn>>)>,
}

/// A column, and the values of the chunk that is being made.
struct BodyColumn {
    place: u32,
    name: String,
    values: ColumnBuilder,
    len: usize,
    counts: Counts,
}

/// How many cells of a column are of each kind.
#[derive(Debug, Default)]
struct Counts {
    texts: u64,
    /// Texts with a digit: numbers or dates that are kept as text.
    figures: u64,
    figure_example: Option<(String, u64)>,
    numbers: u64,
    dates: u64,
    spans: u64,
    booleans: u64,
}

impl Counts {
    fn add(&mut self, kind: Kind, text: &str, line: u64) {
        match kind {
            Kind::Text => {
                self.texts += 1;
                if text.trim_start().starts_with(|first: char| first.is_ascii_digit()) {
                    self.figures += 1;
                    if self.figure_example.is_none() {
                        self.figure_example = Some((ImportReport::cut(text.trim()), line));
                    }
                }
            }
            Kind::Number | Kind::LongNumber => self.numbers += 1,
            Kind::Date => self.dates += 1,
            Kind::Span => self.spans += 1,
            Kind::Boolean => self.booleans += 1,
            Kind::Error | Kind::Unknown => {}
        }
    }

    fn is_all(&self, count: u64) -> bool {
        let total = self.texts + self.numbers + self.dates + self.spans + self.booleans;
        count > 0 && count == total
    }
}

impl<'a> TableBuilder<'a> {
    pub(super) fn new(
        sheet: &'a str,
        merges: Merges,
        cells_max: u64,
        format: &str,
        options: &'a ReadOptions<'a>,
    ) -> Self {
        TableBuilder {
            sheet,
            options,
            cells_max,
            text_bytes: 0,
            merges,
            head: Vec::new(),
            head_rows_hidden: Vec::new(),
            body: None,
            report: SourceReport::of(format),
            noticed: Noticed::default(),
        }
    }

    /// Takes the next row that holds something.
    pub(super) fn row(&mut self, row: &Row) -> Result<ControlFlow<()>, Problem> {
        let row = self.merges.fill(row)?;
        self.text_bytes = self.text_bytes.saturating_add(row.text_bytes() as u64);
        let text_max = self.cells_max.saturating_mul(CELL_TEXT_BYTES);
        if self.text_bytes > text_max {
            return Err(too_much_text(self.sheet, text_max));
        }
        if let Some(body) = &mut self.body {
            let notices = (&mut self.report, &mut self.noticed);
            body.push(
                &InSheet { sheet: self.sheet, options: self.options, cells_max: self.cells_max },
                notices,
                row,
            )?;
        } else {
            self.head.push(HeadRow::of(row));
            self.head_rows_hidden.push(row.is_hidden);
            if self.head.len() == head::ROWS_MAX || self.text_bytes >= head::TEXT_BYTES_MAX {
                self.begin_body()?;
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Finds the header among the first rows and takes those behind it.
    fn begin_body(&mut self) -> Result<(), Problem> {
        let rows = std::mem::take(&mut self.head);
        let text = &self.options.text;
        let Some(layout) = head::find(&rows, text.header, text.titles) else { return Ok(()) };
        self.report.automatic.extend(head::titles_told(&rows[..layout.titles()]));
        let line = |row: &HeadRow| u64::from(row.number) + 1;
        let mut body = Body::new();
        if let [first, .., last] | [first @ last] = &rows[layout.header.clone()] {
            self.noticed.header = Some((line(first), line(last)));
        }
        let place = InSheet { sheet: self.sheet, options: self.options, cells_max: self.cells_max };
        for (column, name) in head::names(&rows[layout.header.clone()]) {
            body.add_column(column, &name, &place, &mut self.report)?;
        }
        let mut copy = Row::new(self.options.limits.record_bytes_max);
        for (row, &is_hidden) in rows.iter().zip(&self.head_rows_hidden).skip(layout.data) {
            if self.noticed.first_data_row == 0 {
                self.noticed.first_data_row = line(row);
            }
            copy.begin(row.number, is_hidden);
            for cell in &row.cells {
                if cell.is_filled {
                    copy.push_filled(cell.column, &cell.text, cell.kind)?;
                } else {
                    copy.push(cell.column, |into| {
                        into.push_str(&cell.text);
                        cell.kind
                    })?;
                }
            }
            body.push(&place, (&mut self.report, &mut self.noticed), &copy)?;
        }
        self.body = Some(body);
        Ok(())
    }

    /// The table, when the sheet has ended.
    pub(super) fn finish(mut self) -> Result<(RawTable, SourceReport, Noticed), Problem> {
        if self.body.is_none() {
            self.begin_body()?;
        }
        let mut report = self.report;
        let Some(body) = self.body else { return Ok((RawTable::default(), report, self.noticed)) };
        if let Some(example) = &self.noticed.filled_example {
            report.notes.push(say!(
                "{count} {count|cell|cells} of merged areas {count|was|were} read with the value \
                 of {count|its area|their areas}, such as {example}.",
                count = self.noticed.filled_cells,
                example
            ));
        }
        let table = body.finish(self.sheet, &mut report);
        Ok((table, report, self.noticed))
    }
}

/// The sheet that rows are taken from, and how far they may go.
struct InSheet<'a> {
    sheet: &'a str,
    options: &'a ReadOptions<'a>,
    cells_max: u64,
}

impl Body {
    fn new() -> Self {
        Body {
            columns: Vec::new(),
            slots: Vec::new(),
            names: DistinctNames::default(),
            lines: Vec::new(),
            text_bytes: 0,
            cell_count: 0,
            done: Vec::new(),
        }
    }

    /// Adds a column; without a name it is called by its letters, and one whose name is taken is
    /// counted.
    fn add_column(
        &mut self,
        place: u32,
        name: &str,
        within: &InSheet<'_>,
        report: &mut SourceReport,
    ) -> Result<usize, Problem> {
        let columns_max = within.options.limits.columns_max;
        if self.columns.len() == columns_max {
            return Err(too_many_columns(within.sheet, columns_max));
        }
        let base = match name {
            "" => format!("column {}", column_letters(place)),
            name => name.to_owned(),
        };
        let distinct = self.names.take(&base);
        if distinct != base {
            report.notes.push(say!(
                "The column name \"{base}\" comes again; it is called \"{name}\".",
                base = ImportReport::cut(&base),
                name = ImportReport::cut(&distinct)
            ));
        }
        let slot = place as usize;
        if self.slots.len() <= slot {
            self.slots.resize(slot + 1, 0);
        }
        let idx = self.columns.len();
        self.slots[slot] = u32::try_from(idx + 1).expect("a sheet has fewer than 2^32 columns");
        let values = ColumnBuilder::new();
        let counts = Counts::default();
        self.columns.push(BodyColumn { place, name: distinct, values, len: 0, counts });
        Ok(idx)
    }

    fn push(
        &mut self,
        within: &InSheet<'_>,
        (report, noticed): (&mut SourceReport, &mut Noticed),
        row: &Row,
    ) -> Result<(), Problem> {
        let line = u64::from(row.number) + 1;
        let at = self.lines.len();
        noticed.hidden_rows += u64::from(row.is_hidden);
        for cell in row.cells() {
            let slot = self.slots.get(cell.column as usize).copied().unwrap_or(0);
            let idx = match (slot, cell.is_filled) {
                (0, true) => continue,
                (0, false) => self.add_column(cell.column, "", within, report)?,
                (slot, _) => slot as usize - 1,
            };
            let column = &mut self.columns[idx];
            let text = row.text(cell);
            if cell.is_filled {
                noticed.filled_cells += 1;
                noticed
                    .filled_example
                    .get_or_insert_with(|| cell_address(within.sheet, cell.column, line));
            } else if let Some(reason) = doubt(cell, text) {
                let (kind, reason) = reason;
                report.doubt(kind, || RowProblem {
                    row: line,
                    column: column.name.clone(),
                    value: ImportReport::cut(text),
                    reason,
                    same_as: None,
                    cell: Some(cell_address(within.sheet, cell.column, line)),
                });
            }
            let text = match cell.kind {
                Kind::Error | Kind::Unknown => continue,
                _ => text,
            };
            column.counts.add(cell.kind, text, line);
            column.fill_to(at);
            column.values.push(text);
            column.len += 1;
            self.text_bytes += text.len();
        }
        self.lines.push(line);
        report.rows_read += 1;
        self.cell_count += self.columns.len() as u64;
        if self.cell_count > within.cells_max {
            return Err(too_many_cells(within.sheet, within.cells_max));
        }
        if self.lines.len() == CHUNK_ROWS || self.text_bytes > CHUNK_TEXT_BYTES {
            self.end_chunk();
        }
        Ok(())
    }

    fn end_chunk(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let row_count = self.lines.len();
        let columns = self.columns.iter_mut().map(|column| {
            if column.len == 0 {
                return None;
            }
            column.fill_to(row_count);
            column.len = 0;
            Some(std::mem::replace(&mut column.values, ColumnBuilder::new()).finish())
        });
        let columns = columns.collect();
        self.done.push((std::mem::take(&mut self.lines), columns));
        self.text_bytes = 0;
    }

    fn finish(mut self, sheet: &str, report: &mut SourceReport) -> RawTable {
        self.end_chunk();
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|&idx| self.columns[idx].place);
        for &idx in &order {
            self.columns[idx].note(sheet, report);
        }
        let columns = &self.columns;
        let chunks = self.done.into_iter().map(|(lines, mut values)| {
            let columns = order.iter().map(|&idx| {
                let values = values.get_mut(idx).and_then(Option::take);
                typed(values.unwrap_or_else(|| blank(lines.len())), &columns[idx].counts)
            });
            RawChunk { columns: columns.collect(), lines }
        });
        let chunks = chunks.collect();
        let places = self.columns.iter().map(|column| (column.name.clone(), column.place));
        report.places = Some(SheetColumns::new(sheet, places));
        let names = order.iter().map(|&idx| self.columns[idx].name.clone()).collect();
        RawTable { names, chunks }
    }
}

impl BodyColumn {
    /// Adds blanks for the rows before one.
    fn fill_to(&mut self, row: usize) {
        while self.len < row {
            self.values.push("");
            self.len += 1;
        }
    }

    /// Says where a column holds dates or numbers and the same as texts.
    fn note(&self, sheet: &str, report: &mut SourceReport) {
        let Counts { figures, figure_example, dates, numbers, .. } = &self.counts;
        let Some((example, line)) = figure_example else { return };
        let (name, count) = (self.name.as_str(), *figures);
        let cell = cell_address(sheet, self.place, *line);
        if *dates > 0 {
            report.notes.push(say!(
                "Column \"{name}\" holds {dates} {dates|date|dates} and {count} \
                 {count|text|texts} such as \"{example}\" ({cell}). Texts among dates often come \
                 of opening an export under another date order: check that day and month of the \
                 dates are right.",
                name,
                dates = *dates,
                count,
                example,
                cell
            ));
        } else if *numbers > 0 {
            report.notes.push(say!(
                "Column \"{name}\" holds {numbers} {numbers|number|numbers} and {count} \
                 {count|text|texts} such as \"{example}\" ({cell}); both are read by what they \
                 say.",
                name,
                numbers = *numbers,
                count,
                example,
                cell
            ));
        }
    }
}

/// What is doubtful about a cell, and the kind of the doubt.
fn doubt(cell: &Cell, text: &str) -> Option<(&'static str, Sentence)> {
    match cell.kind {
        Kind::Error => Some((
            "cell-error",
            say!(
                "The cell holds the error {error} and was read as blank. Mend its formula, or \
                 put the value there.",
                error = text
            ),
        )),
        Kind::Unknown => Some((
            "formula-without-result",
            say!(
                "The cell holds a formula whose result is not in the file, and was read as blank. \
                 Open the workbook in a spreadsheet program and save it."
            ),
        )),
        Kind::LongNumber => Some((
            "long-number",
            say!(
                "The number has more than 15 digits. Spreadsheet programs keep 15 and put zeros \
                 for the rest, so an id may be wrong. Export such ids as text."
            ),
        )),
        Kind::Text | Kind::Number | Kind::Date | Kind::Span | Kind::Boolean => None,
    }
}

/// A column whose values are all truth values or spans, as such; others stay texts.
fn typed(column: RawColumn, counts: &Counts) -> RawColumn {
    let kind = if counts.is_all(counts.booleans) {
        AttributeType::Boolean
    } else if counts.is_all(counts.spans) {
        AttributeType::Duration
    } else {
        return column;
    };
    let mut values = Column::new(kind);
    for row in 0..column.len() {
        let text = column.text(row);
        match kind {
            AttributeType::Boolean if !text.is_empty() => values.push_boolean(text == "true"),
            _ => match span_us(&text) {
                Some(span) => values.push_number(span),
                None => values.push_blank(),
            },
        }
    }
    let texts = TextColumn::default();
    RawColumn::Typed(kind, ChunkColumn { values, texts, scale: 0, rounded: 0 })
}

fn blank(row_count: usize) -> RawColumn {
    RawColumn::Dictionary { codes: vec![0; row_count], texts: std::iter::once("").collect() }
}

fn too_many_columns(sheet: &str, max: usize) -> Problem {
    let detail = say!(
        "The sheet \"{sheet}\" has more than {max} columns, the most that are read.",
        sheet,
        max
    );
    Problem::new(ErrorCode::InputTooLarge, detail)
        .with_hint(say!("Choose another sheet, or leave columns out."))
}

fn too_much_text(sheet: &str, max: u64) -> Problem {
    let detail = say!(
        "The sheet \"{sheet}\" holds more than {max} bytes of text; from a file of this size no \
         more are read.",
        sheet,
        max
    );
    Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!(
        "Save the sheet with the data alone as a new workbook or as CSV; if it should not be that \
         large, the file is damaged or forged."
    ))
}

fn too_many_cells(sheet: &str, max: u64) -> Problem {
    let detail = say!(
        "The sheet \"{sheet}\" has more than {max} cells, rows times columns; from a file of this \
         size no more are read.",
        sheet,
        max
    );
    Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!(
        "Save the table without its blank columns and rows; if it should not be that large, the \
         file is damaged or forged."
    ))
}
