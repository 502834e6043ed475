//! The use cases: import a file, ask questions, check, convert, make the demo log.
//!
//! This crate never speaks HTTP, never prints and never parses flags.

pub mod analyse;
pub mod build;
pub mod convert;
pub mod demo;
pub mod import;
mod losses;
pub mod output_file;
mod parallel;
