//! How long work is run: on how many threads, until it is cancelled, saying how far it is.

use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_model::problem::Problem;

use crate::problems;

/// How a long piece of work is run.
#[derive(Clone, Copy)]
pub struct Running<'a> {
    /// Threads to use; at least one.
    pub threads: usize,
    /// Set by the caller to stop the work.
    pub cancelled: &'a AtomicBool,
    /// Called with (done, total) as the work goes on.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl Running<'_> {
    /// Stops work that was cancelled.
    ///
    /// # Errors
    /// The caller has cancelled it.
    pub fn check(&self) -> Result<(), Problem> {
        if self.cancelled.load(Ordering::Relaxed) { Err(problems::cancelled()) } else { Ok(()) }
    }
}
