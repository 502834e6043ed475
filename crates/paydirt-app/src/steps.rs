//! How far long work is, and how it is stopped: phases for the user, a flag for the worker.

use std::sync::atomic::{AtomicBool, Ordering};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What long work is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nothing yet.
    #[default]
    Waiting,
    /// Reading the input.
    Reading,
    /// Making a log of it.
    Building,
    /// Writing the version.
    Writing,
    /// Nothing any more.
    Done,
}

/// What progress is counted in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Bytes of the input.
    #[default]
    Bytes,
    /// Segments of the log.
    Segments,
    /// Blocks of the demo world.
    Blocks,
}

/// How far the work is. A total of 0 is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// So much of it is done.
    pub done: u64,
    /// So much there is to do; 0 when it is not known.
    pub total: u64,
    /// What is counted.
    pub unit: Unit,
}

/// How long work uses the machine, is stopped, and tells of itself.
#[derive(Clone, Copy)]
pub struct Steps<'a> {
    /// Threads to use.
    pub threads: usize,
    /// Set from outside to stop.
    pub cancelled: &'a AtomicBool,
    /// Told how far the work is.
    pub told: &'a (dyn Fn(Progress) + Sync),
}

impl Steps<'_> {
    /// Tells that a phase begins.
    pub fn begin(&self, phase: Phase, unit: Unit) {
        (self.told)(Progress { phase, done: 0, total: 0, unit });
    }

    /// Tells how far reading is; once all is read, the log is being built.
    pub(crate) fn reading(&self, done: u64, total: u64) {
        let is_over = 0 < total && total <= done;
        let phase = if is_over { Phase::Building } else { Phase::Reading };
        (self.told)(Progress { phase, done, total, unit: Unit::Bytes });
    }

    /// Ends the work where it was asked to.
    ///
    /// # Errors
    /// Somebody asked for the work to stop.
    pub fn check(&self) -> Result<(), Problem> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Problem::new(ErrorCode::Cancelled, say!("The work was cancelled.")));
        }
        Ok(())
    }
}
