//! What is in a Parquet file? A log that Paydirt wrote, or a table of typed columns.
//!
//! A log of our own comes back exactly, with its levels, types, precisions and offsets. Any other
//! file is a table: a mapping says which column is what.

mod columns;
mod file;
mod foreign;
mod stored;

use std::path::Path;

use paydirt_model::event_log::EventLog;
use paydirt_model::problem::{ErrorCode, Problem};

use crate::parquet_layout::METADATA_KEY;
use crate::source::{Content, Input, ReadOptions, SourceFormat, SourceReport};
use file::ParquetFile;

pub use stored::Attributes;

/// The format.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "parquet",
    label: "Parquet",
    extensions: &["parquet", "pq"],
    recognizes: |head| head.starts_with(b"PAR1"),
    read,
};

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    if input.is_gzip() {
        let detail = "This is a Parquet file within a gzip file; Parquet compresses by itself.";
        return Err(Problem::new(ErrorCode::UnknownFormat, detail)
            .with_hint("Unpack the .gz file and name the Parquet file."));
    }
    let file = ParquetFile::open(input.path(), input.name())?;
    let attributes = if options.only_core { Attributes::Named(&[]) } else { Attributes::All };
    match file.text(METADATA_KEY) {
        Some(description) => stored::read(&file, description, attributes, options),
        None => foreign::read(&file, options),
    }
}

/// Reads a log that Paydirt wrote, whole: with its links to other logs and its exchange rates.
/// `attributes` may leave out those that are not needed.
///
/// # Errors
/// The file cannot be read, is damaged, was not written by Paydirt, or by a newer one.
pub fn read_log(
    path: &Path,
    attributes: Attributes<'_>,
    options: &ReadOptions<'_>,
) -> Result<(EventLog, SourceReport), Problem> {
    let name = path.display().to_string();
    let read = || {
        let file = ParquetFile::open(path, &name)?;
        let description = file.text(METADATA_KEY).ok_or_else(|| {
            let detail = "This Parquet file was not written by Paydirt.";
            Problem::new(ErrorCode::UnknownFormat, detail)
        })?;
        stored::read_log(&file, description, attributes, options)
    };
    read().map_err(|problem| problem.in_file(&name))
}
