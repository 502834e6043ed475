//! Is the web interface well formed, rightly typed, tested, current with the API, and small?
//!
//! Runs the tools that `web/package.json` pins; nothing is installed beside them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::process;
use crate::workspace::Workspace;

mod budget;

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const WANTED: &str = "Node.js 20.19 or newer with npm";
const DESCRIPTION: &str = "docs/api/openapi.json";
const API_TYPES: &str = "src/api/schema.d.ts";

/// One check of the web interface.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    run: fn(&Workspace) -> Result<(), String>,
}

/// What all other checks need.
pub(crate) const PACKAGES: Check = Check { name: "web packages", run: install };
pub(crate) const LINT: Check =
    Check { name: "web lint", run: |workspace| npm(workspace, &["run", "lint"]) };
pub(crate) const TYPES: Check =
    Check { name: "web types", run: |workspace| npm(workspace, &["run", "types"]) };
pub(crate) const API: Check = Check { name: "web API", run: api_is_current };
pub(crate) const TESTS: Check =
    Check { name: "web tests", run: |workspace| npm(workspace, &["run", "test"]) };
pub(crate) const SIZE: Check = Check { name: "web size", run: size };

impl Check {
    /// Runs the check and prints why it failed.
    pub(crate) fn passes(self, workspace: &Workspace) -> bool {
        match (self.run)(workspace) {
            Ok(()) => true,
            Err(reason) => {
                println!("{}: {reason}", self.name);
                false
            }
        }
    }
}

/// Runs all checks; true when all is well.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> bool {
    if !PACKAGES.passes(workspace) {
        return false;
    }
    let mut is_fine = true;
    for check in [LINT, TYPES, API, TESTS, SIZE] {
        println!("── {}", check.name);
        is_fine &= check.passes(workspace);
    }
    is_fine
}

/// Installs exactly what the lock file names, unless it is there.
fn install(workspace: &Workspace) -> Result<(), String> {
    let mut version = Command::new(NPM);
    if !process::succeeds_silently(version.arg("--version")) {
        return Err(format!("npm cannot be run; install {WANTED}"));
    }
    let written = |path: &str| -> Option<SystemTime> {
        fs::metadata(folder(workspace).join(path)).and_then(|file| file.modified()).ok()
    };
    if let (Some(ours), Some(theirs)) =
        (written("package-lock.json"), written("node_modules/.package-lock.json"))
        && ours <= theirs
    {
        return Ok(());
    }
    npm(workspace, &["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"])
}

/// The types of the server that the interface is compiled against are those of its description.
fn api_is_current(workspace: &Workspace) -> Result<(), String> {
    let description = workspace.root().join(DESCRIPTION);
    if !description.is_file() {
        return Err(format!("{DESCRIPTION} is missing"));
    }
    let generated = scratch(workspace)?.join("schema.d.ts");
    let generated_name = generated.to_str().ok_or("the target folder is no valid Unicode")?;
    npm(workspace, &["run", "api:to", "--", "-o", generated_name])?;
    if read(&generated)? == read(&folder(workspace).join(API_TYPES))? {
        Ok(())
    } else {
        Err(format!("web/{API_TYPES} is not what {DESCRIPTION} says: run `npm run api` in web/"))
    }
}

/// Builds the interface as it is shipped and weighs what a browser loads.
fn size(workspace: &Workspace) -> Result<(), String> {
    let built = scratch(workspace)?.join("dist");
    let built_name = built.to_str().ok_or("the target folder is no valid Unicode")?;
    npm(workspace, &["run", "build", "--", "--manifest", "--outDir", built_name, "--emptyOutDir"])?;
    let complaints = budget::check(&built)?;
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}

fn npm(workspace: &Workspace, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(NPM);
    command.args(arguments).current_dir(folder(workspace));
    if process::succeeds(&mut command) {
        Ok(())
    } else {
        Err(format!("`npm {}` failed in web/", arguments.join(" ")))
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("web")
}

/// A folder for what a check makes, outside the checkout's own files.
fn scratch(workspace: &Workspace) -> Result<PathBuf, String> {
    let target = workspace.metadata()?.target_directory;
    let folder = PathBuf::from(target).join("web");
    fs::create_dir_all(&folder).map_err(|fault| format!("cannot make a folder: {fault}"))?;
    Ok(folder)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|fault| format!("cannot read {}: {fault}", path.display()))
}
