//! Does a store keep what it was given, whatever happens to it?

mod dice;
mod sample;

#[cfg(unix)]
mod fault_layer;

mod catalogue;
#[cfg(unix)]
mod faults;
mod folders;
mod jobs;
#[cfg(unix)]
mod journal;
mod removal;
mod uploads;
mod versions;
