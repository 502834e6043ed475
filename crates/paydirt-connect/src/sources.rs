//! Which formats Paydirt reads: one file each, and the list of them.

pub mod csv;
pub mod parquet;
pub mod xes;

use crate::source::SourceFormat;

/// Every format, in the order in which a file is tried by its first bytes. Delimited text comes
/// last, for almost any text could be some.
pub const SOURCES: &[&SourceFormat] = &[&parquet::FORMAT, &xes::FORMAT, &csv::FORMAT];
