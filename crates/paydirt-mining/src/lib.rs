//! Pure folds over whole cases: the questions, the filters, and the statistics under them.
//!
//! This crate never does I/O, never reads the clock, never draws unseeded randomness, never
//! spawns threads and is never async.

pub mod changes;
pub mod filter;
pub mod filters;
pub mod operator;
pub mod operators;
pub mod reads;
pub mod statistics;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod testing;
