//! How is the web interface built with Node.js, and what is missing when it cannot be?

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What the developer is asked to install.
pub(crate) const WANTED: &str = "Node.js 20.19 or newer (of 22: 22.12 or newer) with npm";

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const SHOWN_LINES: usize = 12;

/// Builds `web` into `folder`.
pub(crate) fn build(web: &Path, folder: &Path) -> Result<(), String> {
    check_version()?;
    if !has_fresh_packages(web) {
        let arguments = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
        run(web, &arguments)?;
    }
    let folder = folder.to_str().ok_or("the output folder of cargo is no valid Unicode")?;
    run(web, &["run", "build", "--", "--outDir", folder, "--emptyOutDir"])
}

fn check_version() -> Result<(), String> {
    let output = Command::new("node")
        .arg("--version")
        .output()
        .map_err(|fault| format!("cannot run node: {fault}"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if is_new_enough(&version) {
        Ok(())
    } else {
        Err(format!("node says it is version \"{version}\""))
    }
}

/// `v20.19.0` and newer, but for 21 and the first of 22, which the build tool leaves out.
fn is_new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (parts.next(), parts.next()) else { return false };
    matches!((major, minor), (20, 19..) | (22, 12..) | (23.., _))
}

/// npm writes its own lock file last; an older one than ours means that ours has changed since.
fn has_fresh_packages(web: &Path) -> bool {
    let written = |path: &str| -> Option<SystemTime> {
        fs::metadata(web.join(path)).and_then(|file| file.modified()).ok()
    };
    match (written("package-lock.json"), written("node_modules/.package-lock.json")) {
        (Some(ours), Some(theirs)) => ours <= theirs,
        _ => false,
    }
}

fn run(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(NPM)
        .args(arguments)
        .current_dir(web)
        .output()
        .map_err(|fault| format!("cannot run npm: {fault}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stderr, output.stdout].concat();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> =
        said.lines().map(str::trim).filter(|line| !line.is_empty()).take(SHOWN_LINES).collect();
    Err(format!("npm {} failed: {}", arguments.join(" "), lines.join(" / ")))
}
