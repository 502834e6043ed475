//! Which jobs were asked for, over a restart.

use paydirt_model::problem::Problem;
use paydirt_model::time::Timestamp;

use crate::catalog::{self, next_number};
use crate::entries::JobRecord;
use crate::store::Store;

/// The job waits for its turn.
pub const QUEUED: &str = "queued";
/// The job is at work.
pub const RUNNING: &str = "running";
/// The program ended before the job did.
pub const INTERRUPTED: &str = "interrupted";

/// So many ended jobs are kept.
pub const ENDED_JOBS_MAX: usize = 200;

impl Store {
    /// A number for a new job.
    ///
    /// # Errors
    /// The catalogue cannot be written.
    pub fn new_job_id(&self) -> Result<u64, Problem> {
        self.catalogue().change(|transaction| next_number(transaction, "job"))
    }

    /// Keeps a job, new or changed.
    ///
    /// # Errors
    /// The catalogue cannot be written.
    pub fn save_job(&self, job: &JobRecord) -> Result<(), Problem> {
        self.catalogue().change(|transaction| catalog::jobs::save(transaction, job))
    }

    /// All jobs that are kept, the newest first.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn jobs(&self) -> Result<Vec<JobRecord>, Problem> {
        catalog::jobs::all(self.catalogue().reader())
    }

    /// One job; `None` when it does not exist or is no longer kept.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn job(&self, id: u64) -> Result<Option<JobRecord>, Problem> {
        catalog::jobs::get(self.catalogue().reader(), id)
    }

    /// After a start: jobs that waited or ran when the program ended are interrupted. Ended jobs
    /// beyond [`ENDED_JOBS_MAX`] are forgotten. Answers the interrupted ones.
    ///
    /// # Errors
    /// The catalogue cannot be written.
    pub fn interrupt_jobs(&self, now: Timestamp) -> Result<Vec<JobRecord>, Problem> {
        let living = [QUEUED, RUNNING];
        let interrupt = |transaction: &rusqlite::Transaction<'_>| {
            let mut before = catalog::jobs::all(transaction)?;
            before.retain(|job| living.contains(&job.state.as_str()));
            catalog::jobs::move_state(transaction, &living, INTERRUPTED, now)?;
            catalog::jobs::forget_old(transaction, &living, ENDED_JOBS_MAX)?;
            for job in &mut before {
                INTERRUPTED.clone_into(&mut job.state);
                job.updated_at = now;
            }
            Ok(before)
        };
        let interrupted = self.with_reserve(|| self.catalogue().change(interrupt))?;
        self.keep_reserve();
        Ok(interrupted)
    }
}
