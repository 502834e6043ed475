//! The cellar: immutable log versions on disk, their catalogue, publishing and rolling back.
//!
//! This crate never computes anything about a process, reads the clock, or knows HTTP or users.
//! What the folder looks like and what is guaranteed is in `docs/store.md`.

pub mod entries;
pub mod store;

pub mod chosen;
pub mod jobs;
pub mod names;
pub mod running;
pub mod uploads;
pub mod views;

mod publish;
pub mod recovery;
mod removal;
mod reserve;

mod card;
mod catalog;
mod evidence;
mod folder;
pub mod format;
mod layout;
mod manifest;
mod numbers;
mod problems;

pub mod file_layer;
pub mod new_file;
