//! Which files of the web interface go into the program?
//!
//! Builds `web/` with Node.js into cargo's output folder. Where that cannot be done, a debug build
//! gets a page that says how, and a release build stops. `UI_DIST_DIR` names a folder that is
//! ready; `UI_SKIP_BUILD=1` makes a program with the API alone.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

mod node;
mod placeholder;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the build of the web interface reads, below `web/`.
const INPUTS: &[&str] = &[
    "build",
    "public",
    "src",
    "index.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
];
const SETTINGS: &[&str] = &["UI_DIST_DIR", "UI_SKIP_BUILD"];

/// The folder to embed, and whether it holds the real interface.
struct Files {
    folder: PathBuf,
    is_built: bool,
}

fn main() -> ExitCode {
    match files() {
        Ok(files) => {
            println!("cargo::rustc-env=UI_FILES={}", files.folder.display());
            println!("cargo::rustc-env=UI_IS_BUILT={}", files.is_built);
            ExitCode::SUCCESS
        }
        Err(reason) => {
            println!("cargo::error={reason}");
            ExitCode::FAILURE
        }
    }
}

fn files() -> Result<Files, String> {
    let crate_folder = folder_of("CARGO_MANIFEST_DIR")?;
    let root = crate_folder
        .parent()
        .and_then(Path::parent)
        .ok_or("the crate does not stand in crates/ of the checkout")?;
    let web = root.join("web");
    tell_cargo_what_is_read(&web);
    if let Some(ready) = env::var_os("UI_DIST_DIR").filter(|folder| !folder.is_empty()) {
        return ready_files(&root.join(ready));
    }
    let folder = folder_of("OUT_DIR")?.join("dist");
    if env::var("UI_SKIP_BUILD").is_ok_and(|value| !value.is_empty() && value != "0") {
        placeholder::write(&folder, "UI_SKIP_BUILD")?;
        return Ok(Files { folder, is_built: false });
    }
    match node::build(&web, &folder) {
        Ok(()) => Ok(Files { folder, is_built: true }),
        Err(reason) if env::var("PROFILE").is_ok_and(|profile| profile == "debug") => {
            println!("cargo::warning=the web interface was not built: {reason}");
            // Node.js that is installed later is found at the next build.
            println!("cargo::rerun-if-env-changed=PATH");
            println!("cargo::rerun-if-changed=node-may-be-there-now");
            placeholder::write(&folder, &reason)?;
            Ok(Files { folder, is_built: false })
        }
        Err(reason) => Err(format!(
            "the web interface was not built: {reason}. Install {}, or set UI_SKIP_BUILD=1 for a \
             program with the API alone.",
            node::WANTED
        )),
    }
}

fn ready_files(folder: &Path) -> Result<Files, String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    if folder.join("index.html").is_file() {
        Ok(Files { folder: folder.to_path_buf(), is_built: true })
    } else {
        Err("UI_DIST_DIR names a folder without index.html; build the web interface into it with \
             `npm run build` in web/"
            .to_owned())
    }
}

/// Cargo runs the script again for a named path that is missing, so only what exists is named.
fn tell_cargo_what_is_read(web: &Path) {
    for input in INPUTS {
        let path = web.join(input);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    println!("cargo::rerun-if-changed=build");
    for setting in SETTINGS {
        println!("cargo::rerun-if-env-changed={setting}");
    }
}

fn folder_of(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("cargo did not set {variable}"))
}
