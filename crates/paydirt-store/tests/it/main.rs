//! Does a store keep what it was given, whatever happens to it?

mod sample;

mod folders;
mod versions;
