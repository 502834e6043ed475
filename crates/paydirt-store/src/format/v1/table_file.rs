//! How are columns read from a table on the disk? Checked first, so that only what was written is
//! ever decoded.
//!
//! The description of the log has the length of each file and the hash of its footer; the footer
//! has the places and the hashes of all columns.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::layout::dictionary_type;
use super::table_bytes::HASHES_KEY;
use crate::problems;

/// Behind the footer stand its length in four bytes and four letters.
const TAIL_BYTES: usize = 8;

/// Hexadecimal digits of a hash of 64 bits.
const HASH_DIGITS: usize = 16;

/// What a file must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredFile {
    bytes: u64,
    /// Length of the footer with its tail.
    footer_bytes: u64,
    /// XXH3 of these bytes, in hexadecimal.
    footer_hash: String,
}

impl StoredFile {
    /// What a file of these bytes must be.
    pub(super) fn of(content: &[u8]) -> Self {
        let length = content.last_chunk::<TAIL_BYTES>().map_or(0, |tail| {
            let [a, b, c, d, ..] = *tail;
            u32::from_le_bytes([a, b, c, d]) as usize + TAIL_BYTES
        });
        let footer = &content[content.len().saturating_sub(length)..];
        StoredFile {
            bytes: content.len() as u64,
            footer_bytes: footer.len() as u64,
            footer_hash: format!("{:016x}", xxh3_64(footer)),
        }
    }
}

/// The bytes of one column of values; a list has its own.
#[derive(Debug)]
struct ColumnPlace {
    /// Position of the column among those of the table.
    root: usize,
    range: Range<u64>,
    hash: u64,
}

/// A table whose footer has been read and is the one that was written.
#[derive(Debug)]
pub(super) struct TableFile {
    path: PathBuf,
    name: String,
    metadata: ArrowReaderMetadata,
    places: Vec<ColumnPlace>,
    rows: usize,
}

impl TableFile {
    /// Reads and checks the footer of a file.
    ///
    /// # Errors
    /// The file is missing, cannot be read, or is not the one that was written.
    pub(super) fn open(
        folder: &Path,
        name: String,
        stored: &StoredFile,
        rows: u64,
    ) -> Result<Self, Problem> {
        let path = folder.join(&name);
        let footer = read_footer(&path, &name, stored)?;
        let (metadata, places) = guarded(&name, || {
            let metadata = ParquetMetaDataReader::decode_metadata(&footer)?;
            let places = places(&metadata);
            Ok((with_dictionaries(Arc::new(metadata))?, places))
        })?;
        let places = places.ok_or_else(|| damaged(&name, say!("its footer names no columns")))?;
        let parquet = metadata.metadata();
        let claimed = u64::try_from(parquet.file_metadata().num_rows()).ok();
        let is_all = parquet.row_group(0).num_rows() == parquet.file_metadata().num_rows();
        let rows = claimed.filter(|&claimed| claimed == rows && is_all);
        let rows = rows.and_then(|rows| usize::try_from(rows).ok());
        let rows = rows.ok_or_else(|| damaged(&name, say!("it has another number of rows")))?;
        Ok(TableFile { path, name, metadata, places, rows })
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The problem of this table being damaged.
    pub(super) fn damaged(&self, reason: Sentence) -> Problem {
        damaged(&self.name, reason)
    }

    /// Memory of what is kept of it, in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.metadata.metadata().memory_size()
    }

    /// Some columns, whole; `None` for those that the table does not have.
    ///
    /// # Errors
    /// The file cannot be read, or a column is not the one that was written.
    pub(super) fn columns<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<ArrayRef>; N], Problem> {
        let mut whole = None;
        let wrong_count = || self.damaged(say!("a column has another number of rows"));
        self.for_each_batch(&names, self.rows, |batch| {
            let is_whole = batch.num_rows() == self.rows;
            whole = Some(batch).filter(|_| is_whole);
            whole.as_ref().map(|_| ()).ok_or_else(wrong_count)
        })?;
        if whole.is_none() && names.iter().any(|name| self.position(name).is_some()) {
            return Err(wrong_count());
        }
        Ok(names.map(|name| whole.as_ref()?.column_by_name(name).cloned()))
    }

    /// Calls `look` with so many rows of some columns at a time.
    ///
    /// # Errors
    /// As [`TableFile::columns`], or what `look` says.
    pub(super) fn for_each_batch(
        &self,
        names: &[&str],
        batch_rows: usize,
        mut look: impl FnMut(RecordBatch) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let roots: Vec<usize> = names.iter().filter_map(|name| self.position(name)).collect();
        if roots.is_empty() || self.rows == 0 {
            return Ok(());
        }
        let file = File::open(&self.path).map_err(|error| unopened(&self.path, &error))?;
        self.check_columns(&file, &roots)?;
        let mut reader = guarded(&self.name, || {
            let builder =
                ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            let schema = self.metadata.metadata().file_metadata().schema_descr();
            let mask = ProjectionMask::roots(schema, roots);
            builder.with_projection(mask).with_batch_size(batch_rows).build()
        })?;
        while let Some(batch) = guarded(&self.name, || Ok(reader.next().transpose()?))? {
            look(batch)?;
        }
        Ok(())
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.metadata.schema().fields().iter().position(|field| field.name() == name)
    }

    /// Reads the bytes of columns and compares their hashes.
    fn check_columns(&self, file: &File, roots: &[usize]) -> Result<(), Problem> {
        for place in self.places.iter().filter(|place| roots.contains(&place.root)) {
            let hash = hash_range(file, place.range.clone())
                .map_err(|error| problems::unreadable(&self.path, &error))?;
            if hash != Some(place.hash) {
                let name = self.metadata.schema().field(place.root).name();
                return Err(self.damaged(say!("its column \"{name}\" has changed", name)));
            }
        }
        Ok(())
    }
}

fn read_footer(path: &Path, name: &str, stored: &StoredFile) -> Result<Vec<u8>, Problem> {
    let unreadable = |error| problems::unreadable(path, &error);
    let mut file = File::open(path).map_err(|error| unopened(path, &error))?;
    let length = file.metadata().map_err(unreadable)?.len();
    if length != stored.bytes || stored.footer_bytes > length {
        let expected = stored.bytes;
        let reason = say!(
            "it has {length} {length|byte|bytes}, and {expected} {expected|was|were} written",
            length,
            expected
        );
        return Err(damaged(name, reason));
    }
    let mut footer = Vec::new();
    file.seek(SeekFrom::Start(length - stored.footer_bytes)).map_err(unreadable)?;
    file.take(stored.footer_bytes).read_to_end(&mut footer).map_err(unreadable)?;
    let is_written = format!("{:016x}", xxh3_64(&footer)) == stored.footer_hash;
    if !is_written || footer.len() < TAIL_BYTES {
        return Err(damaged(name, say!("its footer has changed")));
    }
    footer.truncate(footer.len() - TAIL_BYTES);
    Ok(footer)
}

/// The hash of a part of a file; `None` when the file ends before it.
fn hash_range(file: &File, range: Range<u64>) -> std::io::Result<Option<u64>> {
    let mut file = file;
    file.seek(SeekFrom::Start(range.start))?;
    let mut rest = file.take(range.end - range.start);
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 1 << 17];
    let mut length = 0;
    loop {
        match rest.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                hash.update(&buffer[..count]);
                length += count as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((length == range.end - range.start).then(|| hash.digest()))
}

/// Where the columns are, and what they must be; `None` when the footer does not say so.
fn places(metadata: &ParquetMetaData) -> Option<Vec<ColumnPlace>> {
    let pairs = metadata.file_metadata().key_value_metadata()?;
    let text = pairs.iter().find(|pair| pair.key == HASHES_KEY)?.value.as_deref()?;
    let hashes = text.as_bytes().chunks(HASH_DIGITS);
    let [group] = metadata.row_groups() else { return None };
    let schema = metadata.file_metadata().schema_descr();
    if hashes.len() != group.columns().len() || hashes.len() != schema.num_columns() {
        return None;
    }
    let place = |((leaf, column), digits): ((usize, &ColumnChunkMetaData), &[u8])| {
        let (start, length) = column.byte_range();
        Some(ColumnPlace {
            root: schema.get_column_root_idx(leaf),
            range: start..start.checked_add(length)?,
            hash: u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?,
        })
    };
    group.columns().iter().enumerate().zip(hashes).map(place).collect()
}

/// Texts that were packed as numbers are read as numbers and texts, the others as texts.
fn with_dictionaries(metadata: Arc<ParquetMetaData>) -> Result<ArrowReaderMetadata, ParquetError> {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let plain = ArrowReaderMetadata::try_new(Arc::clone(&metadata), options)?;
    let schema = metadata.file_metadata().schema_descr();
    let mut has_dictionary = vec![false; plain.schema().fields().len()];
    for (leaf, column) in metadata.row_groups().iter().flat_map(|group| group.columns()).enumerate()
    {
        let root = schema.get_column_root_idx(leaf % schema.num_columns().max(1));
        has_dictionary[root] = column.dictionary_page_offset().is_some();
    }
    let fields = plain.schema().fields().iter().zip(has_dictionary).map(|(field, packed)| {
        if packed && *field.data_type() == DataType::Utf8 {
            Arc::new(field.as_ref().clone().with_data_type(dictionary_type()))
        } else {
            Arc::clone(field)
        }
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    ArrowReaderMetadata::try_new(metadata, ArrowReaderOptions::new().with_schema(schema))
}

fn unopened(path: &Path, error: &std::io::Error) -> Problem {
    if error.kind() == ErrorKind::NotFound {
        let name = path.file_name().map_or_else(String::new, |it| it.to_string_lossy().into());
        return damaged(&name, say!("it is missing"));
    }
    problems::unreadable(path, error)
}

/// The problem of a file that is not what was written.
pub(super) fn damaged(name: &str, reason: Sentence) -> Problem {
    Problem::new(ErrorCode::DamagedFile, say!("A file of the store is damaged: {reason}.", reason))
        .in_file(name)
        .with_hint(say!("Use another version, or bring its folder back from a backup."))
}

/// Runs a piece of decoding; a fault inside it is damage of the file.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Problem> {
    let result = catch_unwind(AssertUnwindSafe(work));
    let Ok(result) = result else {
        return Err(damaged(name, say!("its data cannot be decoded")));
    };
    result.map_err(|error| damaged(name, Sentence::from(error.to_string())))
}
