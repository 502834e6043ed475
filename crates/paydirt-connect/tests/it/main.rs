//! Tests of the formats over samples, damaged files and, where present, public logs.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

mod csv;
pub(crate) mod excel;
mod excel_limits;
mod ocel;
mod parquet;
mod several;
mod support;
mod xes;
