//! Does every crate take its dependencies from the list of the workspace?
//!
//! So that a version is written once and a new dependency is seen in the root `Cargo.toml`.
//! Only the workspace's own crates can: a package outside it has no such list.

use super::Complaint;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in &tree.texts {
        if !is_member(&file.path) {
            continue;
        }
        let mut section = Section::Other;
        for (number, line) in file.numbered_lines() {
            let line = line.trim();
            if let Some(header) = line.strip_prefix('[') {
                section = Section::of(header.trim_end_matches(']'));
                continue;
            }
            if line.is_empty() || line.starts_with('#') || section.allows(line) {
                continue;
            }
            let message = "take it from [workspace.dependencies]: `name.workspace = true`";
            complaints.push(Complaint::at(&file.path, number, message));
        }
    }
    complaints
}

fn is_member(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts.as_slice(), ["crates", _, "Cargo.toml"] | ["xtask", "Cargo.toml"])
}

/// Where in a manifest a line stands.
enum Section {
    /// A table with one dependency a line.
    Table,
    /// The table of one dependency, with one setting a line.
    One,
    Other,
}

impl Section {
    fn of(header: &str) -> Section {
        let parts: Vec<&str> = header.split('.').collect();
        let is_table = |part: &&str| part.ends_with("dependencies");
        match parts.as_slice() {
            [.., last] if is_table(last) => Section::Table,
            [.., table, _] if is_table(table) => Section::One,
            _ => Section::Other,
        }
    }

    fn allows(&self, line: &str) -> bool {
        let is_from_workspace = |text: &str| {
            let dense: String = text.chars().filter(|character| *character != ' ').collect();
            dense.contains(".workspace=true") || dense.contains("{workspace=true")
        };
        match self {
            Section::Table => is_from_workspace(line),
            Section::One => !["version", "path", "git"].iter().any(|key| line.starts_with(key)),
            Section::Other => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(manifest: &str) -> Vec<Option<usize>> {
        let tree = Tree::sample(&[("crates/a/Cargo.toml", manifest)]);
        check(&tree).into_iter().map(|complaint| complaint.line_number).collect()
    }

    #[test]
    fn dependencies_of_the_workspace_are_fine() {
        let manifest = "[package]\nversion = \"1\"\n[dependencies]\n# why\na.workspace = true\n\
            b = { workspace = true, features = [\"c\"] }\n[dev-dependencies.d]\nworkspace = true";
        assert!(lines(manifest).is_empty());
    }

    #[test]
    fn version_of_its_own_is_refused() {
        assert_eq!(lines("[dependencies]\na = \"1\""), [Some(2)]);
        assert_eq!(lines("[target.'cfg(unix)'.dependencies]\na = { path = \"b\" }"), [Some(2)]);
        assert_eq!(lines("[build-dependencies.a]\nversion = \"1\""), [Some(2)]);
    }

    #[test]
    fn manifests_without_a_list_above_them_are_free() {
        for path in ["Cargo.toml", "bench/other/Cargo.toml"] {
            let tree = Tree::sample(&[(path, "[dependencies]\na = \"1\"")]);
            assert!(check(&tree).is_empty(), "{path}");
        }
    }
}
