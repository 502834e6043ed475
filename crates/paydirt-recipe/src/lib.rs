//! The preparation table: a raw table and a mapping become events.
//!
//! This crate never does I/O, never reads the clock, never spawns threads, and does not know where
//! a table came from.

pub mod blanks;
pub mod computed;
pub mod coverage;
pub mod currency;
pub mod dates;
pub mod events;
pub mod findings;
mod folding;
mod ids;
pub mod import_recipe;
pub mod library;
mod money;
pub mod parts;
pub mod quality;
pub mod recognition;
pub mod report_rows;
pub mod roles;
pub mod scan;
pub mod types;
pub mod working_time;
