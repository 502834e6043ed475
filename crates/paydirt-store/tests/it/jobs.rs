//! Are jobs remembered over a restart?

use paydirt_store::entries::JobRecord;
use paydirt_store::jobs::ENDED_JOBS_MAX;
use paydirt_store::store::Store;

use crate::sample::{day, open};

fn job(store: &Store, state: &str) -> JobRecord {
    let job = JobRecord {
        id: store.new_job_id().unwrap(),
        kind: "import".to_owned(),
        state: state.to_owned(),
        json: "{}".to_owned(),
        created_at: day(1),
        updated_at: day(1),
    };
    store.save_job(&job).unwrap();
    job
}

#[test]
fn unfinished_jobs_are_interrupted_by_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let queued = job(&store, "queued");
    let mut running = job(&store, "queued");
    running.state = "running".to_owned();
    running.json = "{\"done\":3}".to_owned();
    store.save_job(&running).unwrap();
    let done = job(&store, "done");
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.job(running.id).unwrap(), Some(running.clone()));
    let interrupted = store.interrupt_jobs(day(2)).unwrap();
    let after = |job: &JobRecord| JobRecord {
        state: "interrupted".to_owned(),
        updated_at: day(2),
        ..job.clone()
    };
    assert_eq!(interrupted, [after(&running), after(&queued)]);
    assert_eq!(store.jobs().unwrap(), [done, after(&running), after(&queued)]);
    assert_eq!(store.job(99).unwrap(), None);
    assert_eq!(store.new_job_id().unwrap(), 4);
}

#[test]
fn old_ended_jobs_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for _ in 0..ENDED_JOBS_MAX + 3 {
        job(&store, "done");
    }
    store.interrupt_jobs(day(2)).unwrap();
    let jobs = store.jobs().unwrap();
    assert_eq!(jobs.len(), ENDED_JOBS_MAX);
    assert_eq!(jobs.last().unwrap().id, 4);
}
