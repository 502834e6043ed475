//! Does a store keep what it was given, whatever happens to it?

mod dice;
mod sample;

#[cfg(unix)]
mod fault_layer;

#[cfg(unix)]
mod faults;
mod folders;
mod versions;
