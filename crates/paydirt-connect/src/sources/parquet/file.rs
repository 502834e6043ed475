//! How is a Parquet file decoded, row group by row group, on several threads?
//!
//! A file may be damaged on purpose: its footer is checked against the file, and a fault inside the
//! decoder becomes a problem, not the end of the program.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;

use super::pages::CheckedGroup;
use crate::input::io_problem;
use crate::source::{Limits, ReadOptions};

/// Most rows of one file.
const ROWS_MAX: i64 = 2_000_000_000;

/// Most rows in one chunk.
pub(super) const CHUNK_ROWS_MAX: usize = 262_144;

/// The number of a row group and what reading it gave.
type GroupRead<T> = (usize, Result<Vec<T>, Problem>);

/// A Parquet file with its footer read and checked.
pub(super) struct ParquetFile<'a> {
    path: &'a Path,
    name: String,
    byte_count: u64,
    metadata: ArrowReaderMetadata,
}

impl<'a> ParquetFile<'a> {
    /// Opens a file and reads its footer.
    pub(super) fn open(path: &'a Path, name: &str) -> Result<Self, Problem> {
        let file = File::open(path).map_err(|error| io_problem(name, &error))?;
        let byte_count = file.metadata().map_err(|error| io_problem(name, &error))?.len();
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(|| {
            ArrowReaderMetadata::load(&file, options).map_err(|error| damaged(error.to_string()))
        })?;
        check_footer(&metadata, byte_count)?;
        Ok(ParquetFile { path, name: name.to_owned(), byte_count, metadata })
    }

    /// The columns as they lie in the file.
    pub(super) fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    /// The text under a key of the file's metadata.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let pairs = self.metadata.metadata().file_metadata().key_value_metadata()?;
        pairs.iter().find(|pair| pair.key == key)?.value.as_deref()
    }

    /// How many rows there are.
    pub(super) fn row_count(&self) -> u64 {
        self.metadata.metadata().file_metadata().num_rows().unsigned_abs()
    }

    /// Reads some columns as the types of `schema` and makes a chunk of every batch, in order.
    /// Row groups are read by several threads; each has the file open for itself.
    pub(super) fn read<T: Send>(
        &self,
        schema: &SchemaRef,
        columns: &[usize],
        options: &ReadOptions<'_>,
        make: impl Fn(&RecordBatch) -> Result<T, Problem> + Sync,
    ) -> Result<Vec<T>, Problem> {
        self.check_cells(columns.len() as u64, &options.limits)?;
        let group_count = self.metadata.metadata().num_row_groups();
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<GroupRead<T>>> = Mutex::new(Vec::new());
        let work = || {
            loop {
                let group = next.fetch_add(1, Ordering::Relaxed);
                if group >= group_count {
                    return;
                }
                let read = options
                    .check_cancelled()
                    .and_then(|()| guarded(|| self.read_group(group, schema, columns, &make)));
                if read.is_err() {
                    next.store(group_count, Ordering::Relaxed);
                }
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                done.push((group, read));
                (options.progress)(done.len() as u64, group_count as u64);
            }
        };
        thread::scope(|scope| {
            for _ in 1..options.threads.min(group_count) {
                scope.spawn(work);
            }
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(group, _)| *group);
        let mut chunks = Vec::new();
        for (_, read) in done {
            chunks.extend(read?);
        }
        Ok(chunks)
    }

    /// Refuses a file that claims far more cells than files of its size hold: blank and equal
    /// cells take next to no bytes, so the claim alone would fill the memory.
    fn check_cells(&self, column_count: u64, limits: &Limits) -> Result<(), Problem> {
        let row_count = self.row_count();
        let cell_count = row_count.saturating_mul(column_count);
        let byte_count = self.byte_count;
        let cells_max =
            byte_count.saturating_mul(limits.cells_per_byte).saturating_add(limits.cells_floor);
        if cell_count <= cells_max {
            return Ok(());
        }
        let detail = say!(
            "The file claims {row_count} {row_count|row|rows} of {column_count} \
             {column_count|column|columns}, which are {cell_count} cells in {byte_count} bytes; from a file of this size at most {cells_max} cells are \
             read.",
            row_count,
            column_count,
            cell_count,
            byte_count,
            cells_max
        );
        Err(Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!(
            "Export the table without its blank columns and rows, or in several files; if it \
             should not be that large, the file is damaged or forged."
        )))
    }

    fn read_group<T>(
        &self,
        group: usize,
        schema: &SchemaRef,
        columns: &[usize],
        make: &impl Fn(&RecordBatch) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let failed = |error: ParquetError| damaged(error.to_string());
        let file = File::open(self.path).map_err(|error| io_problem(&self.name, &error))?;
        let metadata = Arc::clone(self.metadata.metadata());
        let stored = metadata.file_metadata().schema_descr();
        let mask = ProjectionMask::roots(stored, columns.iter().copied());
        let levels = parquet_to_arrow_field_levels(stored, mask, Some(schema.fields()));
        let levels = levels.map_err(failed)?;
        let rows = metadata.row_group(group).num_rows();
        let batch_rows = usize::try_from(rows).unwrap_or(1).clamp(1, CHUNK_ROWS_MAX);
        let pages = CheckedGroup { file: Arc::new(file), metadata, group };
        let reader =
            ParquetRecordBatchReader::try_new_with_row_groups(&levels, &pages, batch_rows, None)
                .map_err(failed)?;
        let mut chunks = Vec::new();
        for batch in reader {
            let batch = batch.map_err(|error| damaged(error.to_string()))?;
            chunks.push(make(&batch)?);
        }
        Ok(chunks)
    }
}

/// Checks what the footer claims, before anything is allocated for it.
fn check_footer(metadata: &ArrowReaderMetadata, byte_count: u64) -> Result<(), Problem> {
    let metadata = metadata.metadata();
    let claimed = metadata.file_metadata().num_rows();
    let mut counted: i64 = 0;
    for group in metadata.row_groups() {
        counted = counted.saturating_add(group.num_rows().max(0));
        for column in group.columns() {
            let (start, length) = (first_page(column), column.compressed_size());
            let end = start.saturating_add(length.max(0));
            if group.num_rows() < 0 || start < 0 || length < 0 || end.unsigned_abs() > byte_count {
                return Err(damaged(say!("its footer names places outside of the file")));
            }
        }
    }
    if claimed != counted {
        return Err(damaged(say!("its footer contradicts itself about the number of rows")));
    }
    if counted > ROWS_MAX {
        let detail = say!(
            "The file claims {count} rows; at most {max} are read.",
            count = counted,
            max = ROWS_MAX
        );
        return Err(Problem::new(ErrorCode::InputTooLarge, detail));
    }
    Ok(())
}

/// Where the pages of a column begin: its dictionary, where it has one, lies before its values, and
/// the stated size counts both.
fn first_page(column: &ColumnChunkMetaData) -> i64 {
    let values = column.data_page_offset();
    column.dictionary_page_offset().map_or(values, |dictionary| dictionary.min(values))
}

/// The problem of a Parquet file that cannot be decoded.
pub(super) fn damaged(fault: impl Into<Sentence>) -> Problem {
    let detail = say!("The Parquet file is damaged or cut short: {fault}.", fault = fault.into());
    Problem::new(ErrorCode::DamagedFile, detail).with_hint(say!("Copy or export the file again."))
}

/// Runs a piece of decoding; a fault inside it is damage of the file.
fn guarded<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(damaged(say!("its data cannot be decoded"))))
}
