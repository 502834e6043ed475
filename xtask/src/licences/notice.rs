//! Which third-party packages does the shipped program contain, and under which licences?

use std::collections::BTreeSet;

use super::npm::NpmPackage;
use crate::workspace::{Metadata, Package};

const HEAD: &str = "Paydirt
Copyright the Paydirt authors

Licensed under the Apache License, Version 2.0; see the file LICENSE.

The program contains, or is built with, the packages below, each under its own licence.
Written by `cargo xtask notice` from the lock files: name, licence, repository.
";

/// What cargo is asked for the packages of the program: without its tests, on every system.
pub(super) const TREE_ARGUMENTS: &[&str] = &[
    "tree",
    "--package=paydirt",
    "--edges=normal,build",
    "--target=all",
    "--locked",
    "--prefix=none",
    "--format={p}",
];

/// What packages of npm carry inside them under another licence: package, program, licence, home.
const INSIDE: &[[&str; 4]] = &[
    ["@viz-js/viz", "Graphviz", "EPL-2.0", "https://gitlab.com/graphviz/graphviz"],
    ["@viz-js/viz", "Expat", "MIT", "https://github.com/libexpat/libexpat"],
];

/// The foreign packages `cargo tree` named, one a line: name, version, remarks in brackets.
///
/// The tree is asked, and not the graph of `cargo metadata`, because that one also has the
/// features which only tests switch on.
pub(super) fn shipped<'a>(cargo: &'a Metadata, tree: &str) -> Result<Vec<&'a Package>, String> {
    let mut packages = Vec::new();
    for line in tree.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split(' ');
        let (name, version) = (words.next(), words.next().and_then(|word| word.strip_prefix('v')));
        let package = cargo
            .packages
            .iter()
            .find(|one| Some(one.name.as_str()) == name && Some(one.version.as_str()) == version)
            .ok_or_else(|| format!("cargo tree: unknown line {line}"))?;
        if !package.is_ours() {
            packages.push(package);
        }
    }
    Ok(packages)
}

/// The whole text of NOTICE. Without versions, so that an update that changes no licence is silent.
pub(super) fn text(shipped: &[&Package], npm: &[NpmPackage]) -> String {
    let of_cargo: BTreeSet<String> =
        shipped.iter().map(|package| line_of_package(package)).collect();
    let of_npm: BTreeSet<String> =
        npm.iter().filter(|package| !package.is_dev).flat_map(lines_of_npm_package).collect();
    let mut text = HEAD.to_string();
    for (title, lines) in [("Rust packages", of_cargo), ("npm packages", of_npm)] {
        if lines.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{title}\n\n"));
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

fn line_of_package(package: &Package) -> String {
    let licence = package.license.as_deref().unwrap_or("no licence named");
    let repository = package.repository.as_deref().unwrap_or("no repository named");
    format!("{} | {licence} | {repository}", package.name)
}

fn lines_of_npm_package(package: &NpmPackage) -> Vec<String> {
    let licence = package.licence.as_deref().unwrap_or("no licence named");
    let own = format!("{0} | {licence} | https://www.npmjs.com/package/{0}", package.name);
    let inside = INSIDE
        .iter()
        .filter(|[carrier, ..]| *carrier == package.name)
        .map(|[carrier, name, licence, home]| format!("{carrier}: {name} | {licence} | {home}"));
    std::iter::once(own).chain(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGES: &str = r#"{"packages":[
        {"name":"paydirt","version":"1.0.0","dependencies":[],"features":{}},
        {"name":"a","version":"1.0.0","license":"MIT","source":"s",
            "repository":"https://example.com/a","dependencies":[],"features":{}},
        {"name":"a","version":"2.0.0","license":"MIT","source":"s",
            "repository":"https://example.com/a","dependencies":[],"features":{}},
        {"name":"tests-only","version":"1.0.0","license":"MIT","source":"s",
            "dependencies":[],"features":{}}]}"#;

    fn notice() -> String {
        let cargo: Metadata = serde_json::from_str(PACKAGES).unwrap();
        let tree = "paydirt v1.0.0 (checkout)\na v1.0.0\na v2.0.0 (proc-macro)\na v1.0.0 (*)\n";
        text(&shipped(&cargo, tree).unwrap(), &[])
    }

    #[test]
    fn package_in_two_versions_is_one_line() {
        assert_eq!(notice().matches("a | MIT | https://example.com/a\n").count(), 1);
    }

    #[test]
    fn our_own_packages_and_those_of_the_tests_are_left_out() {
        assert!(!notice().contains("tests-only"));
        assert!(!notice().contains("paydirt |"));
    }

    #[test]
    fn what_a_package_carries_is_named_after_it() {
        let lock = r#"{"packages":{
            "node_modules/@viz-js/viz":{"version":"3.0.0","license":"MIT"},
            "node_modules/tool":{"version":"1.0.0","license":"MIT","dev":true}}}"#;
        let notice = text(&[], &super::super::npm::packages(lock).unwrap());
        assert!(notice.contains("@viz-js/viz: Graphviz | EPL-2.0 | "), "{notice}");
        assert!(!notice.contains("tool"));
    }

    #[test]
    fn head_comes_first() {
        assert!(notice().starts_with("Paydirt\nCopyright the Paydirt authors\n"));
    }

    #[test]
    fn tree_with_an_unknown_package_is_a_fault() {
        let cargo: Metadata = serde_json::from_str(PACKAGES).unwrap();
        assert_eq!(shipped(&cargo, "b v1.0.0\n").unwrap_err(), "cargo tree: unknown line b v1.0.0");
    }
}
