//! Is the first look at the checkout a short one?

use std::collections::BTreeSet;

use super::Complaint;
use super::tree::Tree;

const ENTRY_LIMIT: usize = 16;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let entries: BTreeSet<&str> = tree
        .paths
        .iter()
        .filter_map(|path| path.split('/').next())
        .filter(|entry| !entry.starts_with('.'))
        .collect();
    if entries.len() <= ENTRY_LIMIT {
        return Vec::new();
    }
    let names: Vec<&str> = entries.into_iter().collect();
    let message = format!(
        "{} visible entries, at most {ENTRY_LIMIT} are allowed: {}",
        names.len(),
        names.join(" ")
    );
    vec![Complaint::on(".", message)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(entry_count: usize) -> usize {
        let paths: Vec<String> = (0..entry_count).map(|idx| format!("entry{idx}/a")).collect();
        let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        files.push((".hidden/a", ""));
        files.push(("entry0/b", ""));
        check(&Tree::sample(&files)).len()
    }

    #[test]
    fn seventeenth_visible_entry_is_one_too_many() {
        assert_eq!(complaint_count(16), 0);
        assert_eq!(complaint_count(17), 1);
    }
}
