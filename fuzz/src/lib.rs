//! How does libFuzzer run the checks that the mutation test of `paydirt-app` makes?

use std::panic::{self, AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, Once, PoisonError};

#[path = "../../crates/paydirt-app/tests/it/targets/mod.rs"]
mod targets;

/// What the latest panic said and where.
static LATEST: Mutex<String> = Mutex::new(String::new());

/// Checks one input; the program ends when something does not hold.
///
/// A panic inside the decoder of Parquet is caught there and becomes a problem, so only a panic
/// that gets here is a finding. libFuzzer's own hook would end the program at the first of them.
pub fn run(target: &str, data: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        panic::set_hook(Box::new(|info| {
            *LATEST.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
        }));
    });
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| targets::check(target, data))) {
        eprintln!("{}", LATEST.lock().unwrap_or_else(PoisonError::into_inner));
        resume_unwind(payload);
    }
}
