//! Does the product work in a real browser? Runs the stories of `web/e2e` on the real program.
//!
//! Chromium and a Japanese font are installed by apt where this runs as root; otherwise the one
//! command that installs them is named. `cargo xtask browser [WORDS…]` runs the stories alone;
//! words choose those whose file name holds one of them. `cargo xtask browser picture` makes the
//! picture of the README anew instead, and `cargo xtask browser speed [DEALS…]` measures how long
//! the released program takes from an act to its picture.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;
use crate::workspace::Workspace;

/// What makes the stories possible on Debian and its relatives.
const INSTALL: &str = "apt-get install --yes chromium fonts-noto-cjk";

/// The word that asks for the picture of the README instead of the stories.
const PICTURE: &str = "picture";

/// The word that asks for the time from an act to its picture; numbers of deals may follow.
const SPEED: &str = "speed";

/// Runs the stories.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> bool {
    match stories(workspace, arguments) {
        Ok(passed) => passed,
        Err(fault) => {
            eprintln!("browser: {fault}");
            false
        }
    }
}

fn stories(workspace: &Workspace, words: &[String]) -> Result<bool, String> {
    let chromium = chromium()?;
    let web = workspace.root().join("web");
    let mut build = workspace.cargo(&["build", "--locked", "--package", "paydirt"]);
    let mut node = Command::new("node");
    let mut profile = "debug";
    match words {
        [word] if word == PICTURE => {
            node.arg("e2e/picture.mjs");
        }
        [word, deals @ ..] if word == SPEED => {
            node.arg("e2e/speed.mjs").args(deals);
            build.arg("--release");
            profile = "release";
        }
        _ => {
            let files = story_files(&web.join("e2e"), words)?;
            node.args(["--test", "--test-concurrency=1"]).args(files);
        }
    }
    if !process::succeeds(&mut build) {
        return Err("the program does not build".to_owned());
    }
    node.current_dir(&web)
        .env("PAYDIRT_BINARY", workspace.target_dir()?.join(profile).join("paydirt"))
        .env("PAYDIRT_CHROMIUM", chromium)
        .env("PAYDIRT_STORY_PICTURES", workspace.target_dir()?.join("stories"));
    Ok(process::succeeds(&mut node))
}

fn story_files(folder: &Path, words: &[String]) -> Result<Vec<PathBuf>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_chosen = words.is_empty() || words.iter().any(|word| name.contains(word));
            name.ends_with(".story.mjs") && is_chosen
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("{} holds no story with such a name", folder.display()));
    }
    Ok(files)
}

/// The browser, installed now if that is possible and necessary.
fn chromium() -> Result<PathBuf, String> {
    if let Some(path) = installed() {
        return Ok(path);
    }
    if !is_root() {
        return Err(format!("there is no Chromium or no Japanese font. Install: sudo {INSTALL}"));
    }
    println!("browser: {INSTALL}");
    let update = process::succeeds(Command::new("apt-get").args(["update", "--quiet"]));
    let arguments: Vec<&str> = INSTALL.split(' ').skip(1).collect();
    let install = process::succeeds(
        Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"),
    );
    installed()
        .filter(|_| update && install)
        .ok_or_else(|| format!("Chromium could not be installed. Try by hand: sudo {INSTALL}"))
}

fn installed() -> Option<PathBuf> {
    let path = match std::env::var_os("PAYDIRT_CHROMIUM") {
        Some(chosen) => PathBuf::from(chosen),
        None => ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
            .iter()
            .map(PathBuf::from)
            .find(|path| path.exists())?,
    };
    let fonts = Command::new("fc-list").args([":lang=ja", "family"]).output();
    let has_japanese = fonts.is_ok_and(|listed| !listed.stdout.is_empty());
    (path.exists() && has_japanese).then_some(path)
}

/// Whether packages may be installed without asking: the user id of this process is 0.
fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output();
    answer.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_no_story_has_is_an_error() {
        let nowhere = story_files(Path::new("no-such-folder"), &[]).unwrap_err();
        assert!(nowhere.starts_with("no-such-folder: "), "{nowhere}");
    }
}
