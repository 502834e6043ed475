//! Which formats Paydirt writes.

pub mod csv;
pub mod parquet;
pub mod workbook;
pub mod xes;
