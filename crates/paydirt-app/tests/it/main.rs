//! Tests of use cases over files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod csv_round_trip;
mod filled_templates;
mod mutation;
mod stored_log;
mod targets;
mod templates;
