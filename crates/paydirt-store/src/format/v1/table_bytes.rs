//! How does a table become the bytes of a Parquet file? The same table always as the same bytes.
//!
//! A table is one row group, so that each column is one run of bytes. The footer carries a hash of
//! each of these runs.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;
use xxhash_rust::xxh3::xxh3_64;

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

/// The key of the hashes in the footer: 16 hexadecimal digits for each column.
pub(super) const HASHES_KEY: &str = "paydirt.column_hashes";

/// Who wrote the file. No program version: a table that did not change keeps its bytes.
const CREATED_BY: &str = "paydirt store 1";

/// Level of the Zstandard compression.
const COMPRESSION_LEVEL: i32 = 1;

/// Texts of a column that is held as numbers of texts, in bytes; never reached by what is packed
/// so, and given so that the writer does not change its mind midway.
const DICTIONARY_BYTES_MAX: usize = i32::MAX as usize;

/// How the values of a column are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// As numbers of the texts that occur.
    Dictionary,
    /// Texts one after another.
    Texts,
    /// Differences of numbers.
    Differences,
    /// As the writer likes it.
    Usual,
}

/// One column of a table.
#[derive(Debug)]
pub(super) struct WrittenColumn {
    pub(super) name: String,
    pub(super) values: ArrayRef,
    pub(super) packing: Packing,
}

impl WrittenColumn {
    pub(super) fn new(name: &str, values: ArrayRef, packing: Packing) -> Self {
        WrittenColumn { name: name.to_owned(), values, packing }
    }

    fn field(&self) -> Field {
        Field::new(&self.name, self.values.data_type().clone(), self.values.null_count() > 0)
    }
}

/// The bytes of a table of these columns.
///
/// # Errors
/// The writer refuses them.
pub(super) fn table(columns: &[WrittenColumn]) -> std::result::Result<Vec<u8>, Problem> {
    encode(columns).map_err(|error| {
        let detail =
            say!("A table cannot be written as Parquet: {error}.", error = error.to_string());
        Problem::new(ErrorCode::Internal, detail)
    })
}

fn encode(columns: &[WrittenColumn]) -> Result<Vec<u8>> {
    let schema =
        Arc::new(Schema::new(columns.iter().map(WrittenColumn::field).collect::<Vec<_>>()));
    let options = ArrowWriterOptions::new()
        .with_properties(properties(columns)?)
        .with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), Arc::clone(&schema), options)?;
    let values = columns.iter().map(|column| Arc::clone(&column.values)).collect();
    writer.write(&RecordBatch::try_new(schema, values)?)?;
    finish(writer)
}

/// Ends the one row group and the file.
pub(super) fn finish(mut writer: ArrowWriter<Vec<u8>>) -> Result<Vec<u8>> {
    writer.flush()?;
    writer.sync()?;
    let columns = writer.flushed_row_groups().iter().flat_map(|group| group.columns());
    let mut hashes = String::new();
    for column in columns {
        let (start, length) = column.byte_range();
        let range = usize::try_from(start).ok().zip(usize::try_from(start + length).ok());
        let bytes = range.and_then(|(start, end)| writer.inner().get(start..end));
        let bytes = bytes.ok_or_else(|| ParquetError::General("a column is not there".into()))?;
        hashes.push_str(&format!("{:016x}", xxh3_64(bytes)));
    }
    writer.append_key_value_metadata(KeyValue::new(HASHES_KEY.to_owned(), hashes));
    writer.into_inner()
}

/// How all tables are written.
pub(super) fn usual_properties() -> Result<WriterPropertiesBuilder> {
    Ok(WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(COMPRESSION_LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None))
}

fn properties(columns: &[WrittenColumn]) -> Result<WriterProperties> {
    let mut properties = usual_properties()?;
    for column in columns {
        let path = ColumnPath::new(vec![column.name.clone()]);
        properties = match column.packing {
            Packing::Usual => properties,
            Packing::Dictionary => {
                properties.set_column_dictionary_page_size_limit(path, DICTIONARY_BYTES_MAX)
            }
            Packing::Texts => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_LENGTH_BYTE_ARRAY),
            Packing::Differences => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
        };
    }
    Ok(properties.build())
}
