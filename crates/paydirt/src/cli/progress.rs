//! Progress bars for long work: on a terminal only, on standard error, gone when the work is done.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar, or nothing where standard error is not a terminal.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar for work of a still unknown size.
    pub(super) fn new(what: &str, in_bytes: bool) -> Self {
        if !std::io::stderr().is_terminal() {
            return Progress { bar: None };
        }
        let template = if in_bytes {
            "{msg} {bar:30} {percent}% {bytes}/{total_bytes} {eta}"
        } else {
            "{msg} {bar:30} {percent}% {eta}"
        };
        let style = ProgressStyle::with_template(template).expect("the template is valid");
        let bar = ProgressBar::new(0).with_style(style).with_message(what.to_owned());
        Progress { bar: Some(bar) }
    }

    /// So much of so much is done.
    pub(super) fn set(&self, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
