//! How are the texts of an attribute kept in the order of their numbers?

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::Encoding;
use parquet::errors::Result as ParquetResult;
use paydirt_model::interner::{TEXT_COLUMN_BYTES_MAX, TextColumn};
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::StoredTexts;
use super::layout;
use super::table_bytes::{finish, usual_properties};
use super::table_file::{StoredFile, TableFile};

/// Most texts that are written or read at once.
const BATCH_TEXTS_MAX: usize = 8_192;

/// Most bytes of texts that are written at once, unless one text alone is longer.
const BATCH_BYTES_MAX: usize = 64 << 20;

/// The bytes of a table of texts.
///
/// # Errors
/// The writer refuses them.
pub(super) fn table(texts: &TextColumn) -> Result<Vec<u8>, Problem> {
    encode(texts).map_err(|error| {
        let detail = say!(
            "The texts of an attribute cannot be written: {error}.",
            error = error.to_string()
        );
        Problem::new(ErrorCode::Internal, detail)
    })
}

fn encode(texts: &TextColumn) -> ParquetResult<Vec<u8>> {
    let field = Field::new(layout::TEXT_COLUMN, DataType::Utf8, false);
    let schema = Arc::new(Schema::new(vec![field]));
    let properties = usual_properties()?
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::DELTA_LENGTH_BYTE_ARRAY);
    let options = ArrowWriterOptions::new()
        .with_properties(properties.build())
        .with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), Arc::clone(&schema), options)?;
    let mut waiting: Vec<&str> = Vec::new();
    let mut waiting_bytes = 0;
    let mut write = |waiting: &mut Vec<&str>| {
        let array = StringArray::from(std::mem::take(waiting));
        writer.write(&RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(array)])?)
    };
    for text in texts.iter() {
        let is_full =
            waiting.len() == BATCH_TEXTS_MAX || waiting_bytes + text.len() > BATCH_BYTES_MAX;
        if is_full && !waiting.is_empty() {
            write(&mut waiting)?;
            waiting_bytes = 0;
        }
        waiting_bytes += text.len();
        waiting.push(text);
    }
    write(&mut waiting)?;
    finish(writer)
}

/// The table of the texts of an attribute, on the disk.
#[derive(Debug)]
pub(super) struct TextsFile {
    folder: PathBuf,
    name: String,
    count: u64,
    file: StoredFile,
}

impl TextsFile {
    pub(super) fn new(folder: &Path, name: String, stored: &StoredTexts) -> Self {
        let StoredTexts { count, file } = stored.clone();
        TextsFile { folder: folder.to_owned(), name, count, file }
    }

    /// The texts.
    ///
    /// # Errors
    /// The file cannot be read, or is not the one that was written.
    pub(super) fn read(&self) -> Result<TextColumn, Problem> {
        let table = TableFile::open(&self.folder, self.name.clone(), &self.file, self.count)?;
        let mut texts = TextColumn::default();
        let mut byte_count = 0;
        table.for_each_batch(&[layout::TEXT_COLUMN], BATCH_TEXTS_MAX, |batch| {
            let array = batch.column(0).as_string_opt::<i32>();
            let array = array.filter(|array| array.null_count() == 0);
            let array = array.ok_or_else(|| table.damaged(say!("it does not hold texts")))?;
            for idx in 0..array.len() {
                byte_count += array.value(idx).len();
                if byte_count > TEXT_COLUMN_BYTES_MAX {
                    return Err(table.damaged(say!("it holds more text than a log can")));
                }
                texts.push(array.value(idx));
            }
            Ok(())
        })?;
        if texts.len() as u64 != self.count {
            return Err(table.damaged(say!("it has another number of texts")));
        }
        Ok(texts)
    }
}
