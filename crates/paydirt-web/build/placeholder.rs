//! What does the browser show when the web interface is not in the program?

use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("placeholder.html");
const REASON: &str = "{{reason}}";

/// Writes the page into an otherwise empty folder.
pub(crate) fn write(folder: &Path, reason: &str) -> Result<(), String> {
    let cannot = |fault: std::io::Error| format!("cannot write the placeholder page: {fault}");
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(cannot)?;
    }
    fs::create_dir_all(folder).map_err(cannot)?;
    let escaped = reason.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    fs::write(folder.join("index.html"), PAGE.replace(REASON, &escaped)).map_err(cannot)
}
