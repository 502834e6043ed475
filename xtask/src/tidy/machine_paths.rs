//! Is the checkout free of paths that exist on one machine only?

use super::Complaint;
use super::tree::Tree;

/// First folders of absolute paths that no other machine has.
const MACHINE_FOLDERS: &[&str] = &["work", "root", "home", "Users"];
/// The only folder beside the checkout a text may name: the default of `PAYDIRT_REFERENCE_DATA`.
const REFERENCE_DATA: &str = "../shared/data";
const ITS_LAST_PART: &str = "/data";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in &tree.texts {
        for (number, line) in file.numbered_lines() {
            if let Some(path) = machine_path(line) {
                let message = format!("`{path}` exists on one machine only");
                complaints.push(Complaint::at(&file.path, number, message));
            }
        }
    }
    complaints
}

fn machine_path(line: &str) -> Option<String> {
    for folder in MACHINE_FOLDERS {
        let path = format!("/{folder}/");
        let is_absolute = |offset: usize| {
            let before = line.get(..offset).and_then(|text| text.chars().next_back());
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | ')'))
        };
        if line.match_indices(&path).any(|(offset, _)| is_absolute(offset)) {
            return Some(path);
        }
    }
    let beside = REFERENCE_DATA.trim_end_matches(ITS_LAST_PART);
    let is_other =
        |offset: usize| line.get(offset..).is_some_and(|rest| !rest.starts_with(REFERENCE_DATA));
    line.match_indices(beside).any(|(offset, _)| is_other(offset)).then(|| beside.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(before: &str, folder: &str, after: &str) -> Option<String> {
        machine_path(&format!("{before}/{folder}/{after}"))
    }

    #[test]
    fn absolute_paths_of_a_machine_are_refused() {
        assert_eq!(path("cd ", "work", "main"), Some("/work".to_string() + "/"));
        assert!(path("", "root", ".cargo").is_some());
        assert!(path("\"", "home", "somebody").is_some());
    }

    #[test]
    fn relative_paths_and_addresses_are_fine() {
        assert_eq!(path("frame", "work", "x"), None);
        assert_eq!(path("https://example.com", "home", "x"), None);
        assert_eq!(path("..", "work", "x"), None);
    }

    #[test]
    fn only_the_reference_data_lies_beside_the_checkout() {
        assert_eq!(machine_path("default `../shared/data`"), None);
        assert!(machine_path(&REFERENCE_DATA.replace(ITS_LAST_PART, "/other")).is_some());
    }
}
