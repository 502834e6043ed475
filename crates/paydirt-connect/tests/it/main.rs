//! Tests of the formats over samples, damaged files and, where present, public logs.

mod csv;
mod parquet;
mod support;
mod xes;
