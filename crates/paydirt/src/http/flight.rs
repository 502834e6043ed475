//! How equal questions at the same time are computed once, and how a question ends when nobody
//! waits for its answer any more.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, Weak};

use paydirt_app::analyse::Running;
use paydirt_model::problem::{ErrorCode, Problem};
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::{CancelOnDrop, Server, fault};

/// An answer, or why there is none.
type Answer = Result<Arc<[u8]>, Problem>;

/// The questions that are being answered, by their text.
#[derive(Default)]
pub(super) struct Flights {
    by_key: Mutex<HashMap<String, Weak<Flight>>>,
}

/// A question that is being answered. When the last one who waits lets go, it stops.
struct Flight {
    answer: watch::Receiver<Option<Answer>>,
    task: AbortHandle,
    _cancel: CancelOnDrop,
}

impl Drop for Flight {
    fn drop(&mut self) {
        // Ends the wait for a place; a run that has begun sees the flag of `CancelOnDrop`.
        self.task.abort();
    }
}

/// What computes an answer, given how to run.
type Compute = Box<dyn FnOnce(&Server, Running<'_>) -> Answer + Send>;

/// The answer to the question of this key: of a flight on its way, or of a new one.
pub(super) async fn answer(server: &Arc<Server>, key: String, compute: Compute) -> Answer {
    let flight = join(server, key, compute);
    let mut seen = flight.answer.clone();
    match seen.wait_for(Option::is_some).await {
        Ok(answer) => answer.clone().unwrap_or_else(|| Err(fault())),
        Err(_) => Err(fault()),
    }
}

fn join(server: &Arc<Server>, key: String, compute: Compute) -> Arc<Flight> {
    let mut flights = server.flights.by_key.lock().expect("no holder panics");
    if let Some(known) = flights.get(&key).and_then(Weak::upgrade) {
        return known;
    }
    let (sender, receiver) = watch::channel(None);
    let cancelled = Arc::new(AtomicBool::new(false));
    let task =
        tokio::spawn(fly(Arc::clone(server), key.clone(), compute, Arc::clone(&cancelled), sender));
    let flight = Arc::new(Flight {
        answer: receiver,
        task: task.abort_handle(),
        _cancel: CancelOnDrop(cancelled),
    });
    flights.retain(|_, flight| flight.strong_count() > 0);
    flights.insert(key, Arc::downgrade(&flight));
    flight
}

async fn fly(
    server: Arc<Server>,
    key: String,
    compute: Compute,
    cancelled: Arc<AtomicBool>,
    answer: watch::Sender<Option<Answer>>,
) {
    let done = match server.gate.enter().await {
        Err(problem) => Err(problem),
        Ok(pass) => {
            let worker = Arc::clone(&server);
            let run = tokio::task::spawn_blocking(move || {
                let threads = (worker.settings.threads / worker.gate.running().max(1)).max(1);
                let progress = &|_, _| {};
                let running = Running { threads, cancelled: &cancelled, progress };
                let done = compute(&worker, running);
                drop(pass);
                done
            });
            run.await.unwrap_or_else(|_| Err(fault()))
        }
    };
    server.flights.by_key.lock().expect("no holder panics").remove(&key);
    let done = match done {
        Err(problem) if problem.code == ErrorCode::Internal => {
            tracing::error!(code = problem.code.as_str(), "an analysis ended in a fault");
            Err(problem)
        }
        other => other,
    };
    answer.send_replace(Some(done));
}
