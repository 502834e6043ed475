//! Which files does the checkout consist of, and what is in them?
//!
//! Files that git knows or would take; without git, all files but those `.gitignore` leaves out.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::rust_source::RustSource;
use crate::workspace::{Metadata, Workspace};

/// The checkout as the rules see it.
pub(super) struct Tree {
    /// All files, as paths from the root with `/` between the parts.
    pub(super) paths: BTreeSet<String>,
    pub(super) texts: Vec<TextFile>,
    pub(super) rust: Vec<RustSource>,
    /// The crates, or why cargo could not tell.
    pub(super) metadata: Result<Metadata, String>,
}

/// A file that is valid UTF-8.
pub(super) struct TextFile {
    pub(super) path: String,
    pub(super) text: String,
}

impl TextFile {
    pub(super) fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// All lines with their numbers, from 1.
    pub(super) fn numbered_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(idx, line)| (idx + 1, line))
    }
}

impl Tree {
    pub(super) fn read(workspace: &Workspace) -> Result<Tree, String> {
        let root = workspace.root();
        let paths = paths(root)?;
        let mut texts = Vec::new();
        for path in &paths {
            let bytes =
                std::fs::read(root.join(path)).map_err(|fault| format!("{path}: {fault}"))?;
            if let Ok(text) = String::from_utf8(bytes) {
                texts.push(TextFile { path: path.clone(), text });
            }
        }
        Ok(Tree::of(paths, texts, workspace.metadata()))
    }

    /// A checkout made of the given files, for the tests of the rules.
    #[cfg(test)]
    pub(super) fn sample(files: &[(&str, &str)]) -> Tree {
        let paths = files.iter().map(|(path, _)| (*path).to_string()).collect();
        let texts = files
            .iter()
            .map(|(path, text)| TextFile { path: (*path).to_string(), text: (*text).to_string() })
            .collect();
        Tree::of(paths, texts, Err("a sample has no crates".into()))
    }

    /// A checkout of crates without files, from the packages of `cargo metadata`.
    #[cfg(test)]
    pub(super) fn sample_crates(packages: &str) -> Tree {
        let text = format!(r#"{{"packages":[{packages}]}}"#);
        let metadata = serde_json::from_str(&text).expect("the sample is what cargo writes");
        Tree::of(BTreeSet::new(), Vec::new(), Ok(metadata))
    }

    fn of(
        paths: BTreeSet<String>,
        texts: Vec<TextFile>,
        metadata: Result<Metadata, String>,
    ) -> Tree {
        let mut rust: Vec<RustSource> = texts
            .iter()
            .filter(|file| file.has_extension(&["rs"]))
            .map(|file| RustSource::read(&file.path, &file.text))
            .collect();
        let test_modules: Vec<String> =
            rust.iter().flat_map(|source| source.test_modules.clone()).collect();
        for source in &mut rust {
            let is_test = test_modules.iter().any(|module| {
                source.path == format!("{module}.rs")
                    || source.path.starts_with(&format!("{module}/"))
            });
            if is_test {
                source.mark_as_test();
            }
        }
        Tree { paths, texts, rust, metadata }
    }
}

/// The paths of all files.
pub(super) fn paths(root: &Path) -> Result<BTreeSet<String>, String> {
    let paths = match paths_from_git(root) {
        Some(paths) => paths,
        None => paths_from_folders(root)?,
    };
    // A file that was deleted but not yet taken out of git's index is gone for the rules too.
    Ok(paths.into_iter().filter(|path| root.join(path).is_file()).collect())
}

fn paths_from_git(root: &Path) -> Option<Vec<String>> {
    let output = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect())
}

fn paths_from_folders(root: &Path) -> Result<Vec<String>, String> {
    let rules = std::fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    let mut paths = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(root.join(&folder)).map_err(|fault| format!("{folder}: {fault}"))?;
        for entry in entries {
            let entry = entry.map_err(|fault| format!("{folder}: {fault}"))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if is_left_out(&rules, &path) {
                continue;
            }
            if entry.path().is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    Ok(paths)
}

/// The simple lines of a `.gitignore`: `/path`, `name` and `*.extension`.
fn is_left_out(rules: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == ".git"
        || rules.lines().map(|rule| rule.trim_end_matches('/')).any(|rule| {
            match (rule.strip_prefix('/'), rule.strip_prefix('*')) {
                (Some(from_root), _) => path == from_root,
                (None, Some(ending)) => !ending.is_empty() && name.ends_with(ending),
                (None, None) => name == rule,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gitignore_lines_leave_out_what_they_name() {
        let rules = "/target\n/paydirt-demo\nnode_modules\n*.profraw\n";
        let is_out = |path| is_left_out(rules, path);
        assert!(is_out("target") && is_out("web/node_modules") && is_out("a/b.profraw"));
        assert!(is_out(".git"));
        assert!(!is_out("crates/paydirt-demo") && !is_out("crates/target") && !is_out("a.rs"));
    }

    #[test]
    fn test_module_in_its_own_file_is_a_test() {
        let tree = Tree::sample(&[
            ("crates/a/src/lib.rs", "#[cfg(test)]\nmod laws;\nmod product;"),
            ("crates/a/src/laws.rs", "fn a() {}"),
            ("crates/a/src/laws/deep.rs", "fn a() {}"),
            ("crates/a/src/product.rs", "fn a() {}"),
        ]);
        let product: Vec<&str> = tree
            .rust
            .iter()
            .filter(|source| source.product_lines().count() > 0)
            .map(|source| source.path.as_str())
            .collect();
        assert_eq!(product, ["crates/a/src/lib.rs", "crates/a/src/product.rs"]);
    }
}
