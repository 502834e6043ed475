//! Does a store keep what it was given, whatever happens to it?

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it should be")]

mod dice;
mod sample;

#[cfg(unix)]
mod fault_layer;
#[cfg(unix)]
mod watched_layer;

mod catalogue;
mod chosen;
#[cfg(unix)]
mod faults;
mod folders;
#[cfg(unix)]
mod full_disk;
mod jobs;
#[cfg(unix)]
mod journal;
#[cfg(unix)]
mod processes;
mod removal;
mod upgrade;
mod uploads;
mod versions;
mod views;
