//! Which long work is waiting, running or over? A queue with a limit, few workers, kept for later.
//!
//! Every change of state is in the store before anybody hears of it; how far a running job is, is
//! only told. A job that was waiting or running when the program ended is marked interrupted by
//! the next start.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;

use paydirt_model::language::Language;
use paydirt_model::problem::{Category, ErrorCode, Place, Problem};
use paydirt_model::say;
use paydirt_model::sentence::{Sentence, stored};
use paydirt_model::time::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use utoipa::ToSchema;

use crate::check::CheckResult;
use crate::steps::{Phase, Progress, Steps};
use crate::stored_import::ImportOutcome;

/// Most jobs that wait.
pub const WAITING_MAX: usize = 100;
/// Most jobs that are over and still listed.
pub const OVER_MAX: usize = 200;
/// Progress is told when it has moved by one part in so many.
const PROGRESS_PARTS: u64 = 200;

/// What kind of work a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Looking at an uploaded file.
    Check,
    /// Making a version of an uploaded file.
    Import,
    /// Making the demo log.
    Demo,
}

/// Where a job is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waiting for a worker.
    Queued,
    /// At work.
    Running,
    /// Over, with a result.
    Done,
    /// Over, with a problem.
    Failed,
    /// Stopped by a user.
    Cancelled,
    /// The program ended before the job did.
    Interrupted,
}

impl JobState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_over(self) -> bool {
        !matches!(self, JobState::Queued | JobState::Running)
    }
}

/// A piece of long work, as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Job {
    /// Number of the job.
    pub id: u64,
    /// What it does.
    pub kind: JobKind,
    /// Where it is in its life.
    pub state: JobState,
    /// Name of the file or log.
    pub subject: String,
    /// How far it is.
    #[serde(flatten)]
    pub progress: Progress,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: String,
    /// When a worker began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<String>,
    /// When it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<String>,
    /// What came out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<JobResult>)]
    pub result: Option<Value>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "with_category")]
    #[schema(value_type = Option<JobProblem>)]
    pub problem: Option<Problem>,
}

/// What comes out of a job: of a check what is in the file, of an import or a demo the version.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes `result`")]
#[serde(untagged)]
enum JobResult {
    /// What is in the file.
    Check(Box<CheckResult>),
    /// The version that was made.
    Import(Box<ImportOutcome>),
}

/// A problem as a job tells it.
#[derive(Serialize, ToSchema)]
struct JobProblem<'a> {
    /// Stable code of the kind.
    code: &'static str,
    /// What decides the exit code.
    category: Category,
    /// What the code means, in a few words.
    title: &'static str,
    /// What happened and what was expected.
    #[schema(value_type = String)]
    detail: &'a Sentence,
    /// Where it happened.
    place: &'a Place,
    /// What to do about it.
    #[schema(value_type = Option<String>)]
    hint: Option<&'a Sentence>,
}

impl Job {
    /// The same job, its result and problem told in this language.
    #[must_use]
    pub fn told_in(mut self, language: Language) -> Self {
        self.result.iter_mut().for_each(|result| stored::tell(result, language));
        self.problem.iter_mut().for_each(|problem| problem.tell_in(language));
        self
    }

    /// The same job as it is kept, for a later reader in any language.
    pub(crate) fn kept_untold(mut self) -> Self {
        self.problem.iter_mut().for_each(Problem::keep_untold);
        self
    }
}

/// A problem as the command line and the server tell it.
fn with_category<S: Serializer>(
    problem: &Option<Problem>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let told = problem.as_ref().map(|problem| JobProblem {
        code: problem.code.as_str(),
        category: problem.code.category(),
        title: problem.title(),
        detail: &problem.detail,
        place: &problem.place,
        hint: problem.hint.as_ref(),
    });
    told.serialize(serializer)
}

/// What a job does: the result, or why there is none. Sentences in the result are kept untold
/// (see [`stored`]), for they are read in any language.
pub type Work = Box<dyn FnOnce(Steps<'_>) -> Result<Value, Problem> + Send>;

/// Where jobs are kept.
pub trait JobKeeper: Send + Sync {
    /// A number that no job has had.
    ///
    /// # Errors
    /// The store cannot be written.
    fn new_id(&self) -> Result<u64, Problem>;

    /// Keeps a job in its present state.
    ///
    /// # Errors
    /// The store cannot be written.
    fn keep(&self, job: &Job, now: Timestamp) -> Result<(), Problem>;
}

/// What the queue of jobs needs from outside.
pub struct JobSettings {
    /// How many jobs run at once.
    pub workers: usize,
    /// Threads that one job may use.
    pub threads: usize,
    /// What the time is.
    pub clock: fn() -> Timestamp,
    /// Called after every change of a job, without any lock held.
    pub changed: Box<dyn Fn() + Send + Sync>,
}

/// The queue of jobs and its workers.
pub struct Jobs {
    inner: Arc<Inner>,
    workers: Mutex<Vec<JoinHandle<()>>>,
}

struct Inner {
    keeper: Arc<dyn JobKeeper>,
    settings: JobSettings,
    state: Mutex<State>,
    wake: Condvar,
}

struct State {
    jobs: BTreeMap<u64, Entry>,
    queue: VecDeque<(u64, Work)>,
    is_closing: bool,
}

struct Entry {
    job: Job,
    cancelled: Arc<AtomicBool>,
}

impl Jobs {
    /// Starts the workers; `known` are the jobs of earlier runs.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn start(
        keeper: Arc<dyn JobKeeper>,
        known: Vec<Job>,
        settings: JobSettings,
    ) -> Result<Jobs, Problem> {
        let entry = |job: Job| (job.id, Entry { job, cancelled: Arc::default() });
        let jobs = known.into_iter().map(entry).collect();
        let count = settings.workers.max(1);
        let state = State { jobs, queue: VecDeque::new(), is_closing: false };
        let inner =
            Arc::new(Inner { keeper, settings, state: Mutex::new(state), wake: Condvar::new() });
        let spawn = |idx: usize| {
            let inner = Arc::clone(&inner);
            let named = std::thread::Builder::new().name(format!("job-{idx}"));
            named.spawn(move || inner.work()).map_err(|error| {
                Problem::new(
                    ErrorCode::Internal,
                    say!("No thread can be started: {error}.", error = error.to_string()),
                )
            })
        };
        let workers = (0..count).map(spawn).collect::<Result<Vec<_>, _>>()?;
        Ok(Jobs { inner, workers: Mutex::new(workers) })
    }

    /// Queues a job.
    ///
    /// # Errors
    /// Too many jobs are waiting, the program is ending, or the store cannot be written.
    pub fn submit(&self, kind: JobKind, subject: String, work: Work) -> Result<Job, Problem> {
        let job = {
            let mut state = self.inner.lock();
            if state.is_closing {
                return Err(Problem::new(ErrorCode::Busy, say!("The server is being stopped.")));
            }
            if state.queue.len() >= WAITING_MAX {
                return Err(Problem::new(
                    ErrorCode::Busy,
                    say!("{count} jobs are waiting, which is the most.", count = WAITING_MAX),
                )
                .with_hint(say!("Wait until some of them are done, or cancel them.")));
            }
            let job = Job {
                id: self.inner.keeper.new_id()?,
                kind,
                state: JobState::Queued,
                subject,
                progress: Progress::default(),
                created_at: self.inner.now().to_string(),
                started_at: None,
                finished_at: None,
                result: None,
                problem: None,
            };
            self.inner.keeper.keep(&job, self.inner.now())?;
            let entry = Entry { job: job.clone(), cancelled: Arc::default() };
            state.jobs.insert(job.id, entry);
            state.queue.push_back((job.id, work));
            state.forget_old();
            job
        };
        self.inner.wake.notify_one();
        (self.inner.settings.changed)();
        Ok(job)
    }

    /// Every job that is known, the newest first.
    #[must_use]
    pub fn list(&self) -> Vec<Job> {
        self.inner.lock().jobs.values().rev().map(|entry| entry.job.clone()).collect()
    }

    /// One job.
    ///
    /// # Errors
    /// There is no such job.
    pub fn get(&self, id: u64) -> Result<Job, Problem> {
        let state = self.inner.lock();
        let entry = state.jobs.get(&id);
        entry.map(|entry| entry.job.clone()).ok_or_else(|| not_found(id))
    }

    /// Stops a job: a waiting one at once, a running one at its next step. A job that is over
    /// stays as it is.
    ///
    /// # Errors
    /// There is no such job, or the store cannot be written.
    pub fn cancel(&self, id: u64) -> Result<Job, Problem> {
        let job = {
            let mut state = self.inner.lock();
            let entry = state.jobs.get(&id).ok_or_else(|| not_found(id))?;
            entry.cancelled.store(true, Ordering::Relaxed);
            let was_waiting = entry.job.state == JobState::Queued;
            state.queue.retain(|(waiting, _)| *waiting != id);
            let entry = state.jobs.get_mut(&id).ok_or_else(|| not_found(id))?;
            if was_waiting {
                entry.end(JobState::Cancelled, self.inner.now());
                self.inner.keeper.keep(&entry.job, self.inner.now())?;
            }
            entry.job.clone()
        };
        (self.inner.settings.changed)();
        Ok(job)
    }

    /// How many jobs are waiting and how many are running.
    #[must_use]
    pub fn busy(&self) -> (usize, usize) {
        let state = self.inner.lock();
        let is_running = |entry: &&Entry| entry.job.state == JobState::Running;
        (state.queue.len(), state.jobs.values().filter(is_running).count())
    }

    /// Takes no more jobs, stops those that wait or run, and returns when the workers have ended.
    /// The stopped jobs are marked interrupted.
    pub fn close(&self) {
        {
            let mut state = self.inner.lock();
            state.is_closing = true;
            let waiting: Vec<u64> = state.queue.drain(..).map(|(id, _)| id).collect();
            let now = self.inner.now();
            for (id, entry) in &mut state.jobs {
                entry.cancelled.store(true, Ordering::Relaxed);
                if waiting.contains(id) {
                    entry.end(JobState::Interrupted, now);
                    // What cannot be kept now is marked interrupted by the next start.
                    let _ = self.inner.keeper.keep(&entry.job, now);
                }
            }
        }
        self.inner.wake.notify_all();
        let workers = std::mem::take(&mut *self.workers.lock().expect("no holder panics"));
        for worker in workers {
            let _ = worker.join();
        }
        (self.inner.settings.changed)();
    }
}

fn not_found(id: u64) -> Problem {
    Problem::new(ErrorCode::JobNotFound, say!("There is no job {id}.", id = id.to_string()))
}

impl Entry {
    fn end(&mut self, state: JobState, now: Timestamp) {
        self.job.state = state;
        self.job.progress.phase = Phase::Done;
        self.job.finished_at = Some(now.to_string());
    }
}

impl State {
    /// Drops the oldest jobs that are over from the list.
    fn forget_old(&mut self) {
        let over: Vec<u64> = self
            .jobs
            .iter()
            .filter(|(_, entry)| entry.job.state.is_over())
            .map(|(id, _)| *id)
            .collect();
        for id in over.iter().take(over.len().saturating_sub(OVER_MAX)) {
            self.jobs.remove(id);
        }
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics while it holds the jobs")
    }

    fn now(&self) -> Timestamp {
        (self.settings.clock)()
    }

    /// One worker: takes jobs until the program ends.
    fn work(&self) {
        while let Some((id, work, cancelled)) = self.next() {
            (self.settings.changed)();
            let told = |progress: Progress| self.tell(id, progress);
            let steps =
                Steps { threads: self.settings.threads, cancelled: &cancelled, told: &told };
            let run = std::panic::AssertUnwindSafe(|| work(steps));
            let done = std::panic::catch_unwind(run).unwrap_or_else(|_| {
                Err(Problem::new(
                    ErrorCode::Internal,
                    say!("The work ended in a fault of Paydirt."),
                ))
            });
            self.end(id, done);
            (self.settings.changed)();
        }
    }

    /// The next waiting job, now running; `None` when the program ends.
    fn next(&self) -> Option<(u64, Work, Arc<AtomicBool>)> {
        let mut state = self.lock();
        loop {
            if let Some((id, work)) = state.queue.pop_front() {
                let now = self.now();
                let entry = state.jobs.get_mut(&id).expect("a waiting job is listed");
                entry.job.state = JobState::Running;
                entry.job.started_at = Some(now.to_string());
                let kept = self.keeper.keep(&entry.job, now);
                let cancelled = Arc::clone(&entry.cancelled);
                match kept {
                    Ok(()) => return Some((id, work, cancelled)),
                    Err(problem) => {
                        entry.end(JobState::Failed, now);
                        entry.job.problem = Some(problem);
                        continue;
                    }
                }
            }
            if state.is_closing {
                return None;
            }
            state = self.wake.wait(state).expect("no thread panics while it holds the jobs");
        }
    }

    /// Takes note of progress, and says so when it has moved enough to be seen.
    fn tell(&self, id: u64, progress: Progress) {
        {
            let mut state = self.lock();
            let Some(entry) = state.jobs.get_mut(&id) else { return };
            let part = |progress: Progress| {
                (progress.done * PROGRESS_PARTS).checked_div(progress.total).unwrap_or(0)
            };
            let old = entry.job.progress;
            let is_seen = old.phase != progress.phase || part(old) != part(progress);
            entry.job.progress = progress;
            if !is_seen {
                return;
            }
        }
        (self.settings.changed)();
    }

    fn end(&self, id: u64, done: Result<Value, Problem>) {
        let mut state = self.lock();
        let is_closing = state.is_closing;
        let now = self.now();
        let Some(entry) = state.jobs.get_mut(&id) else { return };
        let was_cancelled = entry.cancelled.load(Ordering::Relaxed);
        match done {
            Ok(result) => {
                entry.end(JobState::Done, now);
                entry.job.result = Some(result);
            }
            Err(problem) if problem.code == ErrorCode::Cancelled && was_cancelled => {
                let ended = if is_closing { JobState::Interrupted } else { JobState::Cancelled };
                entry.end(ended, now);
            }
            Err(problem) => {
                entry.end(JobState::Failed, now);
                entry.job.problem = Some(problem);
            }
        }
        // A store that cannot be written now finds the job running at the next start and marks it
        // interrupted; what the job did is in the catalogue or is not.
        let _ = self.keeper.keep(&entry.job, now);
    }
}

/// Whether it makes sense to try the same again later.
#[must_use]
pub fn is_passing(problem: &Problem) -> bool {
    problem.code.category() == Category::Unavailable
}

#[cfg(test)]
mod tests;
