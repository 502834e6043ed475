//! The use cases: import a file, ask questions, check, convert, make the demo log; stored logs and
//! long work.
//!
//! This crate never speaks HTTP, never prints and never parses flags.

pub mod analyse;
mod begin;
pub mod build;
pub mod catalogue;
pub mod check;
pub mod computed;
pub mod convert;
pub mod coverage;
pub mod demo;
mod exact;
pub mod file_shape;
pub mod findings;
pub mod import;
pub mod jobs;
pub mod joining;
pub mod library;
pub mod logs;
mod losses;
pub mod merge;
mod named_columns;
pub mod output_file;
mod parallel;
mod parts;
pub mod process_settings;
pub mod recipe;
pub mod remembered;
pub mod schema;
mod single_events;
pub mod steps;
pub mod stored_import;
pub mod template;
mod turns;
pub mod upload_use;
pub mod version_changes;
pub mod views;
pub mod workspace;
