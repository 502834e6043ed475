//! How independent pieces of work are spread over threads, results in the order of the pieces.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Applies `work` to every item on so many threads; the results keep the order of the items.
pub(crate) fn map<T: Send, R: Send>(
    items: Vec<T>,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if threads <= 1 || items.len() <= 1 {
        return items.into_iter().map(work).collect();
    }
    let slots: Vec<Mutex<(Option<T>, Option<R>)>> =
        items.into_iter().map(|item| Mutex::new((Some(item), None))).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(slots.len()) {
            scope.spawn(|| {
                while let Some(slot) = slots.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let item = slot.lock().expect("no holder panics").0.take();
                    let result = work(item.expect("each item is taken once"));
                    slot.lock().expect("no holder panics").1 = Some(result);
                }
            });
        }
    });
    slots
        .into_iter()
        .map(|slot| {
            let result = slot.into_inner().expect("no holder panics").1;
            result.expect("every item was worked on")
        })
        .collect()
}
