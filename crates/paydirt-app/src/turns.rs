//! Whose turn is it? Imports into one log wait for those that came before them.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use paydirt_model::problem::Problem;
use paydirt_store::entries::LogId;

use crate::steps::Steps;

/// How long a waiting import sleeps before it looks whether it was cancelled.
const LOOK_UP: Duration = Duration::from_millis(50);

/// The lines in front of the logs.
#[derive(Default)]
pub(crate) struct Turns {
    line: Mutex<Line>,
    moved: Condvar,
}

/// Who is at work or waits, the first in front, and the number of the next one.
#[derive(Default)]
struct Line {
    entries: Vec<(LogId, u64)>,
    next: u64,
}

/// The right to make the next version of a log; dropping it lets the next one go on.
pub(crate) struct Turn<'a> {
    turns: &'a Turns,
    number: u64,
}

impl Turns {
    /// Waits until nobody else makes a version of the log.
    ///
    /// # Errors
    /// The work was cancelled while it waited.
    pub(crate) fn take(&self, log: LogId, steps: Steps<'_>) -> Result<Turn<'_>, Problem> {
        let mut line = self.lock();
        let number = line.next;
        line.next += 1;
        line.entries.push((log, number));
        drop(line);
        let turn = Turn { turns: self, number };
        let mut line = self.lock();
        while line.entries.iter().find(|(known, _)| *known == log) != Some(&(log, number)) {
            steps.check()?;
            let waited = self.moved.wait_timeout(line, LOOK_UP);
            line = waited.expect("no thread panics while it holds the line").0;
        }
        drop(line);
        Ok(turn)
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().expect("no thread panics while it holds the line")
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.lock().entries.retain(|(_, number)| *number != self.number);
        self.turns.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use paydirt_model::problem::ErrorCode;

    use super::*;

    #[test]
    fn whoever_waits_can_be_cancelled_and_leaves_the_line() {
        let turns = Turns::default();
        let (going, cancelled) = (AtomicBool::new(false), AtomicBool::new(true));
        let steps = |cancelled| Steps { threads: 1, cancelled, told: &|_| {} };
        let first = turns.take(LogId(1), steps(&going)).unwrap();
        let other = turns.take(LogId(2), steps(&going));
        assert!(other.is_ok(), "logs do not wait for one another");
        let refused = turns.take(LogId(1), steps(&cancelled)).err().unwrap();
        assert_eq!(refused.code, ErrorCode::Cancelled);
        drop(first);
        assert!(turns.take(LogId(1), steps(&going)).is_ok());
    }
}
