//! How many heavy requests run at once, and how many wait? What comes on top is refused at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A gate with places for those that run and for those that wait.
#[derive(Debug)]
pub(super) struct Gate {
    places: Arc<Semaphore>,
    place_count: usize,
    waiting: AtomicUsize,
    waiting_max: usize,
}

/// A place; dropping it gives it to the next.
#[derive(Debug)]
pub(super) struct Pass {
    _permit: OwnedSemaphorePermit,
}

impl Gate {
    /// A gate for so many that run and so many that wait.
    pub(super) fn new(place_count: usize, waiting_max: usize) -> Self {
        let places = Arc::new(Semaphore::new(place_count));
        Gate { places, place_count, waiting: AtomicUsize::new(0), waiting_max }
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How many run.
    pub(super) fn running(&self) -> usize {
        self.place_count - self.places.available_permits()
    }

    /// Waits for a place.
    ///
    /// # Errors
    /// Too many wait already.
    pub(super) async fn enter(&self) -> Result<Pass, Problem> {
        if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(Pass { _permit: permit });
        }
        let waiting = Waiting::begin(&self.waiting);
        if self.waiting() > self.waiting_max {
            let count = self.waiting_max;
            return Err(Problem::new(
                ErrorCode::Busy,
                say!(
                    "{count} {count|request is|requests are} waiting, which is the most. This \
                     one was refused.",
                    count
                ),
            )
            .with_hint(say!("Try again in a moment.")));
        }
        let permit = Arc::clone(&self.places).acquire_owned().await;
        drop(waiting);
        let permit = permit.expect("the gate is never closed");
        Ok(Pass { _permit: permit })
    }
}

/// Counts one that waits, until it waits no longer or has gone.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Waiting(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
