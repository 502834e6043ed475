//! Does every crate depend only on the crates it may know?
//!
//! The list is the one in `ARCHITECTURE.md`. Tests keep to it too, but for the tests of the
//! program itself, which may look into every room.

use super::Complaint;
use super::tree::Tree;
use crate::workspace::DependencyKind;

const MODEL_ONLY: &[&str] = &["paydirt-model"];

/// A crate and all crates of ours it may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("paydirt", &["paydirt-app", "paydirt-model", "paydirt-web"]),
    (
        "paydirt-app",
        &[
            "paydirt-engine",
            "paydirt-recipe",
            "paydirt-connect",
            "paydirt-store",
            "paydirt-demo",
            "paydirt-mining",
            "paydirt-model",
        ],
    ),
    ("paydirt-engine", &["paydirt-mining", "paydirt-store", "paydirt-model"]),
    ("paydirt-cluster", &["paydirt-engine", "paydirt-mining", "paydirt-store", "paydirt-model"]),
    ("paydirt-connect", MODEL_ONLY),
    ("paydirt-recipe", MODEL_ONLY),
    ("paydirt-store", MODEL_ONLY),
    ("paydirt-demo", MODEL_ONLY),
    ("paydirt-mining", MODEL_ONLY),
    ("paydirt-model", &[]),
    ("paydirt-web", &[]),
];

/// The crate that nothing may depend on, not even a task.
const PROGRAM: &str = "paydirt";
/// The tasks and the benchmark, which may use every other.
const TASKS: &[&str] = &["xtask", "paydirt-bench"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let Ok(metadata) = &tree.metadata else { return Vec::new() };
    let mut complaints = Vec::new();
    for package in metadata.packages.iter().filter(|package| package.is_ours()) {
        let manifest = manifest_of(&package.name);
        let allowed = ARROWS.iter().find(|(name, _)| *name == package.name);
        if allowed.is_none() && !TASKS.contains(&package.name.as_str()) {
            complaints.push(Complaint::on(
                &manifest,
                "this crate is not in the list of allowed arrows; a new room needs a decision",
            ));
            continue;
        }
        for dependency in package.dependencies.iter().filter(|one| one.path.is_some()) {
            let name = dependency.name.as_str();
            let is_own_test = package.name == PROGRAM && dependency.kind == DependencyKind::Dev;
            let is_allowed = match allowed {
                Some((_, allowed)) => {
                    allowed.contains(&name) || (is_own_test && !TASKS.contains(&name))
                }
                None => name != PROGRAM,
            };
            if !is_allowed {
                let message = format!("{} may not depend on {name}", package.name);
                complaints.push(Complaint::on(&manifest, message));
            }
        }
    }
    complaints
}

fn manifest_of(package: &str) -> String {
    match package {
        "xtask" => "xtask/Cargo.toml".to_string(),
        "paydirt-bench" => "bench/questions/Cargo.toml".to_string(),
        _ => format!("crates/{package}/Cargo.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Complaints on one crate with one dependency.
    fn messages(from: &str, kind: &str, to: &str) -> Vec<String> {
        let package = format!(
            r#"{{"name":"{from}","version":"0.1.0","features":{{}},
            "dependencies":[{{"name":"{to}","kind":{kind},"path":"crates/{to}"}}]}}"#
        );
        let complaints = check(&Tree::sample_crates(&package));
        complaints.into_iter().map(|complaint| complaint.message).collect()
    }

    #[test]
    fn arrows_of_the_architecture_are_allowed() {
        assert!(messages("paydirt", "null", "paydirt-app").is_empty());
        assert!(messages("paydirt-engine", "null", "paydirt-mining").is_empty());
        assert!(messages("paydirt-store", "null", "paydirt-model").is_empty());
    }

    #[test]
    fn arrow_against_the_direction_is_refused() {
        let expected = ["paydirt-mining may not depend on paydirt-engine"];
        assert_eq!(messages("paydirt-mining", "null", "paydirt-engine"), expected);
        let expected = ["paydirt may not depend on paydirt-mining"];
        assert_eq!(messages("paydirt", "null", "paydirt-mining"), expected);
    }

    #[test]
    fn only_the_tests_of_the_program_look_into_every_room() {
        assert!(messages("paydirt", "\"dev\"", "paydirt-mining").is_empty());
        assert_eq!(messages("paydirt-mining", "\"dev\"", "paydirt-connect").len(), 1);
    }

    #[test]
    fn tasks_use_every_room_but_the_program() {
        assert!(messages("xtask", "null", "paydirt-demo").is_empty());
        assert_eq!(messages("xtask", "null", "paydirt").len(), 1);
    }

    #[test]
    fn unknown_room_needs_a_decision() {
        assert_eq!(messages("paydirt-common", "null", "paydirt-model").len(), 1);
    }
}
