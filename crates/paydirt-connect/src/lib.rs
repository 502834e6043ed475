//! The goods entrance: files to raw tables or events, and event logs back to files.
//!
//! This crate never knows the store, nor what an activity means. It may declare the roles and
//! attribute levels that a format itself carries.

mod archive;
mod distinct_names;
pub mod encoding;
mod event_rows;
mod float;
mod folder;
pub mod gzip;
pub mod input;
mod parquet_layout;
mod read_ahead;
mod several;
mod several_tables;
pub mod source;
pub mod sources;
pub mod writers;
mod xml;
mod xsd_date;
