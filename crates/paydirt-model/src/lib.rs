//! The words of process mining: event log, case, activity, attribute, time, quantity, problem.
//!
//! This crate never does I/O, never reads the clock, is never async, never mentions HTTP or an
//! engine, and depends on no other crate of Paydirt.

pub mod activity;
pub mod attribute;
pub mod automatic;
pub mod case_batch;
pub mod column;
pub mod column_source;
pub mod event_chunk;
pub mod event_log;
pub mod interner;
pub mod language;
pub mod log_builder;
pub mod mapping;
pub mod number;
pub mod objects;
pub mod order;
mod pairing;
pub mod partition;
pub mod placement;
pub mod problem;
pub mod rates;
pub mod raw_table;
pub mod repeats;
pub mod sentence;
pub mod sheet;
pub mod template;
pub mod text_log;
pub mod time;
pub mod variant;
