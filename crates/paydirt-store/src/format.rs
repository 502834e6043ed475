//! How the files of one log are laid out, by format number.

pub mod v1;
