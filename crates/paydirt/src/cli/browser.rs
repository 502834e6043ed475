//! How the page is opened in the user's browser, where there is one.

use std::process::{Command, Stdio};

/// Opens an address; false where there is no browser to be opened.
pub(super) fn open(url: &str) -> bool {
    let Some((program, arguments)) = opener() else { return false };
    let mut command = Command::new(program);
    command.args(arguments).arg(url);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

/// The program that opens addresses here; none in continuous integration or without a display.
fn opener() -> Option<(&'static str, &'static [&'static str])> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("CI") {
        return None;
    }
    if cfg!(target_os = "macos") {
        return Some(("open", &[]));
    }
    if cfg!(windows) {
        return Some(("explorer", &[]));
    }
    (is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")).then_some(("xdg-open", &[]))
}
