//! Is every package of others that we depend on written down in a decision record?

use super::Complaint;
use super::tree::Tree;

const MANIFEST: &str = "Cargo.toml";
const SECTION: &str = "[workspace.dependencies]";
const RECORDS: &str = "docs/decisions/";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(manifest) = tree.texts.iter().find(|file| file.path == MANIFEST) else {
        return Vec::new();
    };
    let records: String = tree
        .texts
        .iter()
        .filter(|file| file.path.starts_with(RECORDS))
        .map(|file| file.text.as_str())
        .collect();
    let mut complaints = Vec::new();
    let mut in_section = false;
    for (number, line) in manifest.numbered_lines() {
        if line.starts_with('[') {
            in_section = line.trim() == SECTION;
        }
        let is_ours = line.contains("path =");
        let Some((name, _)) = line.split_once('=').filter(|_| in_section && !is_ours) else {
            continue;
        };
        let name = name.trim();
        if !name.starts_with('#') && !records.contains(&format!("`{name}`")) {
            let message = format!("`{name}` has no row in docs/decisions/0001-dependencies.md");
            complaints.push(Complaint::at(MANIFEST, number, message));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(manifest: &str) -> Vec<Option<usize>> {
        let record = ("docs/decisions/0001-dependencies.md", "| `csv` | reading |\n");
        let tree = Tree::sample(&[(MANIFEST, manifest), record]);
        check(&tree).into_iter().map(|complaint| complaint.line_number).collect()
    }

    #[test]
    fn recorded_packages_and_our_own_crates_are_fine() {
        let manifest = "[workspace.dependencies]\n# files\ncsv = \"1\"\nour = { path = \"a\" }\n";
        assert!(lines(manifest).is_empty());
    }

    #[test]
    fn package_without_a_record_is_refused() {
        assert_eq!(lines("[workspace.dependencies]\nnew = \"1\"\n[profile.dev]\na = 1"), [Some(2)]);
    }
}
