//! The cellar: immutable log versions on disk, their catalogue, publishing and rolling back.
//!
//! This crate never computes anything about a process, reads the clock, or knows HTTP or users.

pub mod format;
pub mod new_file;
pub mod running;

mod problems;
