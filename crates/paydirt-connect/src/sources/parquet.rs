//! What is in a Parquet file? A log that Paydirt wrote, or a table of typed columns.
//!
//! A log of our own comes back exactly, with its levels, types, precisions and offsets. Any other
//! file is a table: a mapping says which column is what.

mod columns;
mod file;
mod foreign;
mod pages;
mod stored;

use paydirt_model::problem::Problem;
use paydirt_model::sentence::Sentence;

use crate::input::Input;
use crate::parquet_layout::METADATA_KEY;
use crate::source::{Content, ReadOptions, SourceFormat};
use file::ParquetFile;

pub use stored::Attributes;

/// The format.
pub const FORMAT: SourceFormat = SourceFormat {
    name: "parquet",
    label: || Sentence::from("Parquet"),
    extensions: &["parquet", "pq"],
    recognizes: |head| head.starts_with(b"PAR1"),
    shape: Some(shape),
    read,
};

fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Content, Problem> {
    let disk = input.on_disk(options)?;
    let file = ParquetFile::open(disk.path(), input.name())?;
    let attributes = if options.only_core { Attributes::Named(&[]) } else { Attributes::All };
    match file.text(METADATA_KEY) {
        Some(description) => stored::read(&file, description, attributes, options),
        None => foreign::read(&file, options),
    }
}

/// The columns of a table; a log that Paydirt wrote stands for itself.
fn shape(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Option<Vec<String>>, Problem> {
    let disk = input.on_disk(options)?;
    let file = ParquetFile::open(disk.path(), input.name())?;
    let names = || file.schema().fields().iter().map(|field| field.name().clone()).collect();
    Ok(file.text(METADATA_KEY).is_none().then(names))
}
