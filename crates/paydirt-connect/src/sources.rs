//! Which formats Paydirt reads: one file each, and the list of them.

pub mod csv;
pub mod excel;
pub mod ocel;
pub mod parquet;
pub mod xes;
pub mod zip;

use crate::source::SourceFormat;

/// Every format, in the order in which a file is tried by its first bytes. Delimited text comes
/// last, for almost any text could be some.
pub const SOURCES: &[&SourceFormat] =
    &[&parquet::FORMAT, &excel::FORMAT, &ocel::FORMAT, &xes::FORMAT, &zip::FORMAT, &csv::FORMAT];
