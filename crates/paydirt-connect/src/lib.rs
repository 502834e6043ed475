//! The goods entrance: files to raw tables or events, and event logs back to files.
//!
//! This crate never knows the store, nor what an activity means. It may declare the roles and
//! attribute levels that a format itself carries.

pub mod encoding;
mod float;
pub mod gzip;
mod object_centric;
mod parquet_layout;
mod read_ahead;
pub mod source;
pub mod sources;
pub mod writers;
