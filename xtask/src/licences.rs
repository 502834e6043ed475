//! May every package be shipped, does it come from a place we trust, and is NOTICE true?

mod notice;
mod npm;
mod spdx;

use crate::workspace::{Metadata, Package, Workspace};
use npm::NpmPackage;

/// Licences that allow shipping under Apache-2.0. One more needs a decision record.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Licences that only named packages may have: a package of npm, and the licence.
const EXCEPTIONS: &[(&str, &str)] = &[("@fontsource-variable/inter", "OFL-1.1")];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM_LOCK: &str = "web/package-lock.json";
const NOTICE: &str = "NOTICE";

/// Checks licences, sources and NOTICE; true when all is well.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> bool {
    let checked = Packages::read(workspace).and_then(|packages| {
        let mut complaints = packages.complaints();
        let written = std::fs::read_to_string(workspace.root().join(NOTICE)).unwrap_or_default();
        if written != packages.notice()? {
            complaints.push(format!("{NOTICE} is out of date: run `cargo xtask notice`"));
        }
        Ok((packages.count(), complaints))
    });
    match checked {
        Ok((package_count, complaints)) => {
            for complaint in &complaints {
                println!("licences: {complaint}");
            }
            println!("licences: {package_count} packages, {} complaints", complaints.len());
            complaints.is_empty()
        }
        Err(reason) => {
            println!("licences: {reason}");
            false
        }
    }
}

/// Writes NOTICE from the locked packages.
pub(crate) fn rewrite(workspace: &Workspace, _arguments: &[String]) -> bool {
    let written = Packages::read(workspace).and_then(|packages| {
        std::fs::write(workspace.root().join(NOTICE), packages.notice()?)
            .map_err(|fault| format!("cannot write {NOTICE}: {fault}"))
    });
    match written {
        Ok(()) => true,
        Err(reason) => {
            println!("notice: {reason}");
            false
        }
    }
}

/// All packages of both lock files.
struct Packages {
    cargo: Metadata,
    /// What `cargo tree` says about the program.
    tree: String,
    npm: Vec<NpmPackage>,
}

impl Packages {
    fn read(workspace: &Workspace) -> Result<Packages, String> {
        let cargo = workspace.metadata()?;
        let tree = workspace.cargo_answer(notice::TREE_ARGUMENTS)?;
        let npm = match std::fs::read_to_string(workspace.root().join(NPM_LOCK)) {
            Ok(text) => npm::packages(&text).map_err(|fault| format!("{NPM_LOCK}: {fault}"))?,
            Err(_) => Vec::new(),
        };
        Ok(Packages { cargo, tree, npm })
    }

    fn third_party(&self) -> impl Iterator<Item = &Package> {
        self.cargo.packages.iter().filter(|package| !package.is_ours())
    }

    fn count(&self) -> usize {
        self.third_party().count() + self.npm.len()
    }

    fn complaints(&self) -> Vec<String> {
        let of_cargo = self.third_party().flat_map(|package| {
            let source = package.source.as_deref().filter(|source| *source != CRATES_IO);
            let of_source = source.map(|source| format!("comes from {source}, not from crates.io"));
            let faults = licence_fault(package.license.as_deref()).into_iter().chain(of_source);
            faults.map(|fault| format!("{} {}: {fault}", package.name, package.version))
        });
        let of_npm = self.npm.iter().flat_map(|package| {
            let licence = package.licence.as_deref();
            let is_exception = EXCEPTIONS
                .iter()
                .any(|(name, excepted)| *name == package.name && Some(*excepted) == licence);
            let of_licence = if is_exception { None } else { licence_fault(licence) };
            let faults = of_licence.into_iter().chain(package.source_fault());
            faults.map(|fault| format!("{} {} (npm): {fault}", package.name, package.version))
        });
        of_cargo.chain(of_npm).collect()
    }

    fn notice(&self) -> Result<String, String> {
        Ok(notice::text(&notice::shipped(&self.cargo, &self.tree)?, &self.npm))
    }
}

fn licence_fault(expression: Option<&str>) -> Option<String> {
    let Some(expression) = expression else { return Some("names no licence".into()) };
    match spdx::is_satisfied(expression, ALLOWED) {
        Ok(true) => None,
        Ok(false) => Some(format!("its licence \"{expression}\" is not allowed")),
        Err(fault) => Some(format!("its licence \"{expression}\" cannot be read: {fault}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(licence: &str, source: &str) -> Vec<String> {
        let text = format!(
            r#"{{"packages":[{{"name":"a","version":"1.0.0","license":{licence},
            "source":"{source}","dependencies":[],"features":{{}}}}]}}"#
        );
        let cargo = serde_json::from_str(&text).unwrap();
        Packages { cargo, tree: String::new(), npm: Vec::new() }.complaints()
    }

    #[test]
    fn allowed_licence_from_crates_io_is_fine() {
        assert!(complaints("\"MIT\"", CRATES_IO).is_empty());
    }

    #[test]
    fn foreign_licence_and_foreign_source_are_refused() {
        let expected = ["a 1.0.0: its licence \"GPL-3.0-only\" is not allowed"];
        assert_eq!(complaints("\"GPL-3.0-only\"", CRATES_IO), expected);
        assert_eq!(complaints("null", CRATES_IO), ["a 1.0.0: names no licence"]);
        let expected = ["a 1.0.0: comes from git+https://example.com, not from crates.io"];
        assert_eq!(complaints("\"MIT\"", "git+https://example.com"), expected);
    }

    #[test]
    fn exception_is_for_the_named_package_only() {
        let complaint_count = |name: &str| {
            let lock = format!(
                r#"{{"packages":{{"node_modules/{name}":{{"version":"1.0.0","license":"OFL-1.1"}}}}}}"#
            );
            let cargo = serde_json::from_str(r#"{"packages":[]}"#).unwrap();
            let npm = npm::packages(&lock).unwrap();
            Packages { cargo, tree: String::new(), npm }.complaints().len()
        };
        assert_eq!(complaint_count("@fontsource-variable/inter"), 0);
        assert_eq!(complaint_count("another-font"), 1);
    }

    #[test]
    fn allowed_list_has_a_stated_order() {
        assert!(ALLOWED.is_sorted());
    }
}
