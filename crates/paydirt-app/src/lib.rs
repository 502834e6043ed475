//! The use cases: import a file, ask questions, check, convert, make the demo log; stored logs and
//! long work.
//!
//! This crate never speaks HTTP, never prints and never parses flags.

pub mod analyse;
pub mod build;
pub mod catalogue;
pub mod check;
pub mod computed;
pub mod convert;
pub mod coverage;
pub mod demo;
pub mod findings;
pub mod import;
pub mod jobs;
pub mod joining;
pub mod library;
pub mod logs;
mod losses;
pub mod merge;
pub mod output_file;
mod parallel;
pub mod process_settings;
pub mod schema;
pub mod steps;
pub mod stored_import;
pub mod template;
mod turns;
pub mod upload_use;
pub mod version_changes;
pub mod views;
pub mod workspace;
