//! Is this sheet delimited text, each line of it in one cell? Then it is read as such.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::raw_table::{RawChunk, RawTable};
use paydirt_model::say;

use crate::source::{ReadOptions, SourceReport};
use crate::sources::csv::blocks::Block;
use crate::sources::csv::dialect::Dialect;
use crate::sources::csv::parse::parse;

/// Rows that the delimiter is found from.
const SAMPLE_ROWS: usize = 1_000;
/// Least rows that have to have the delimiter.
const ROWS_MIN: usize = 2;

/// Splits the only column of a table where its cells are lines of delimited text.
///
/// # Errors
/// The lines have more columns than are read.
pub(super) fn split(
    table: &mut RawTable,
    has_header: bool,
    options: &ReadOptions<'_>,
    report: &mut SourceReport,
) -> Result<(), Problem> {
    let [name] = table.names.as_slice() else { return Ok(()) };
    let lines = || table.chunks.iter().flat_map(lines_of);
    let header = has_header.then(|| (0, one_line(name)));
    let sample: Vec<String> =
        header.iter().cloned().chain(lines()).take(SAMPLE_ROWS).map(|(_, text)| text).collect();
    let Some(dialect) = Dialect::detect(&sample.join("\n"), &options.text) else { return Ok(()) };
    if dialect.names.len() < 2 || sample.len() < ROWS_MIN {
        return Ok(());
    }
    if dialect.names.len() > options.limits.columns_max {
        let detail = say!(
            "The lines of the sheet have {count} columns; at most {max} are read.",
            count = dialect.names.len(),
            max = options.limits.columns_max
        );
        return Err(Problem::new(ErrorCode::InputTooLarge, detail));
    }
    let (rows, texts): (Vec<u64>, Vec<String>) = header.into_iter().chain(lines()).unzip();
    let block = Block { number: 0, bytes: texts.join("\n").into_bytes(), replaced: Vec::new() };
    let mut parsed = parse(block, &dialect);
    let row_of = |line: u64| -> u64 {
        usize::try_from(line).ok().and_then(|line| rows.get(line)).copied().unwrap_or(0)
    };
    for line in &mut parsed.chunk.lines {
        *line = row_of(*line);
    }
    for example in parsed.report.problems.iter_mut().flat_map(|problem| &mut problem.examples) {
        example.row = row_of(example.row);
    }
    report
        .readings
        .push(say!("each cell is a line of text; {dialect}", dialect = dialect.reading()));
    report.notes.extend(dialect.notes);
    report.automatic.extend(dialect.automatic.into_iter().map(|mut reading| {
        for example in &mut reading.examples {
            example.row = row_of(example.row - 1);
        }
        reading
    }));
    report.rows_read = parsed.report.rows_read;
    report.rows_refused = parsed.report.rows_refused;
    report.problems.extend(parsed.report.problems);
    // All columns lie in one of the sheet: their values have rows, but no cells of their own.
    report.places = None;
    *table = RawTable { names: dialect.names, chunks: vec![parsed.chunk] };
    Ok(())
}

fn lines_of(chunk: &RawChunk) -> impl Iterator<Item = (u64, String)> {
    let column = &chunk.columns[0];
    chunk.lines.iter().enumerate().map(|(row, &line)| (line, one_line(&column.text(row))))
}

/// Line ends within a cell would be taken for those of the text.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}
