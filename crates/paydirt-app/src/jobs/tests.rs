//! The life of a job, without a store: what is kept, what is told, how it ends.

use std::sync::mpsc;

use serde_json::json;

use super::*;

/// Keeps jobs in memory, in the order in which they were kept.
#[derive(Default)]
struct Memory {
    kept: Mutex<Vec<(u64, JobState)>>,
    ids: Mutex<u64>,
}

impl JobKeeper for Memory {
    fn new_id(&self) -> Result<u64, Problem> {
        let mut id = self.ids.lock().unwrap();
        *id += 1;
        Ok(*id)
    }

    fn keep(&self, job: &Job, _: Timestamp) -> Result<(), Problem> {
        self.kept.lock().unwrap().push((job.id, job.state));
        Ok(())
    }
}

fn noon() -> Timestamp {
    Timestamp::from_us(43_200_000_000).unwrap()
}

/// A queue of one worker, what it keeps, and a channel that says whenever something changes.
fn queue() -> (Jobs, Arc<Memory>, mpsc::Receiver<()>) {
    let (sender, changes) = mpsc::channel();
    let memory = Arc::new(Memory::default());
    let changed = Box::new(move || {
        let _ = sender.send(());
    });
    let settings = JobSettings { workers: 1, threads: 1, clock: noon, changed };
    (Jobs::start(memory.clone(), Vec::new(), settings).unwrap(), memory, changes)
}

/// Waits until the job is in this state.
fn wait(jobs: &Jobs, changes: &mpsc::Receiver<()>, id: u64, state: JobState) -> Job {
    loop {
        let job = jobs.get(id).unwrap();
        if job.state == state {
            return job;
        }
        assert!(!job.state.is_over(), "{job:?}");
        changes.recv().unwrap();
    }
}

/// Work that says when it has begun and goes on until it is stopped.
fn endless(begun: mpsc::Sender<()>) -> Work {
    Box::new(move |steps| {
        begun.send(()).unwrap();
        loop {
            steps.check()?;
            std::thread::yield_now();
        }
    })
}

#[test]
fn every_state_is_kept_in_order() {
    let (jobs, memory, changes) = queue();
    let work: Work = Box::new(|_| Ok(json!({"rows": 3})));
    let id = jobs.submit(JobKind::Check, "deals.csv".to_owned(), work).unwrap().id;
    let job = wait(&jobs, &changes, id, JobState::Done);
    assert_eq!(job.result, Some(json!({"rows": 3})));
    assert_eq!(job.progress.phase, Phase::Done);
    let states = [JobState::Queued, JobState::Running, JobState::Done];
    assert_eq!(*memory.kept.lock().unwrap(), states.map(|state| (id, state)));
}

#[test]
fn a_problem_and_a_panic_both_fail_the_job() {
    let (jobs, _, changes) = queue();
    let work: Work = Box::new(|_| Err(Problem::new(ErrorCode::DamagedFile, "Cut short.")));
    let id = jobs.submit(JobKind::Import, "a".to_owned(), work).unwrap().id;
    let problem = wait(&jobs, &changes, id, JobState::Failed).problem.unwrap();
    assert_eq!(problem.code, ErrorCode::DamagedFile);
    let work: Work = Box::new(|_| panic!("on purpose"));
    let id = jobs.submit(JobKind::Import, "a".to_owned(), work).unwrap().id;
    let problem = wait(&jobs, &changes, id, JobState::Failed).problem.unwrap();
    assert_eq!(problem.code, ErrorCode::Internal);
}

#[test]
fn a_running_and_a_waiting_job_can_be_cancelled() {
    let (jobs, memory, changes) = queue();
    let (sender, begun) = mpsc::channel();
    let first = jobs.submit(JobKind::Demo, "a".to_owned(), endless(sender)).unwrap().id;
    let never: Work = Box::new(|_| panic!("a cancelled job never begins"));
    let second = jobs.submit(JobKind::Demo, "b".to_owned(), never).unwrap().id;
    begun.recv().unwrap();
    assert_eq!(jobs.busy(), (1, 1));
    assert_eq!(jobs.cancel(second).unwrap().state, JobState::Cancelled);
    jobs.cancel(first).unwrap();
    wait(&jobs, &changes, first, JobState::Cancelled);
    assert!(!memory.kept.lock().unwrap().contains(&(second, JobState::Running)));
    assert_eq!(jobs.cancel(999).unwrap_err().code, ErrorCode::JobNotFound);
}

#[test]
fn closing_interrupts_what_waits_and_what_runs() {
    let (jobs, memory, _) = queue();
    let (sender, begun) = mpsc::channel();
    let running = jobs.submit(JobKind::Demo, "a".to_owned(), endless(sender)).unwrap().id;
    begun.recv().unwrap();
    let waiting: Work = Box::new(|_| Ok(json!(null)));
    let waiting = jobs.submit(JobKind::Demo, "b".to_owned(), waiting).unwrap().id;
    jobs.close();
    assert_eq!(jobs.get(running).unwrap().state, JobState::Interrupted);
    assert_eq!(jobs.get(waiting).unwrap().state, JobState::Interrupted);
    assert!(memory.kept.lock().unwrap().contains(&(running, JobState::Interrupted)));
    let late: Work = Box::new(|_| Ok(json!(null)));
    let refused = jobs.submit(JobKind::Demo, "c".to_owned(), late).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Busy);
}

#[test]
fn more_waiting_jobs_than_allowed_are_refused() {
    let (jobs, _, _) = queue();
    let (sender, begun) = mpsc::channel();
    jobs.submit(JobKind::Demo, "a".to_owned(), endless(sender)).unwrap();
    begun.recv().unwrap();
    for _ in 0..WAITING_MAX {
        let work: Work = Box::new(|_| Ok(json!(null)));
        jobs.submit(JobKind::Demo, "b".to_owned(), work).unwrap();
    }
    let work: Work = Box::new(|_| Ok(json!(null)));
    let refused = jobs.submit(JobKind::Demo, "c".to_owned(), work).unwrap_err();
    assert_eq!(refused.code, ErrorCode::Busy);
    jobs.close();
}

#[test]
fn only_progress_that_can_be_seen_is_told() {
    let (jobs, _, changes) = queue();
    let work: Work = Box::new(|steps| {
        for done in 0..=10_000 {
            let unit = crate::steps::Unit::Bytes;
            (steps.told)(Progress { phase: Phase::Reading, done, total: 10_000, unit });
        }
        Ok(json!(null))
    });
    let id = jobs.submit(JobKind::Check, "a".to_owned(), work).unwrap().id;
    wait(&jobs, &changes, id, JobState::Done);
    jobs.close();
    let told = changes.try_iter().count();
    assert!(told as u64 <= PROGRESS_PARTS + 8, "{told}");
}
