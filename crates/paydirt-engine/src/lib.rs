//! Runs questions over logs: one scan for all tiles of a request, on threads, cancellable, cached.
//!
//! This crate never knows lead to cash, HTTP, users or files.

pub mod across;
pub mod analysis;
pub mod cache;
mod filled_in;
pub mod limits;
pub mod run;
