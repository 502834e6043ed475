//! Does every library crate say what it never does?

use super::Complaint;
use super::tree::Tree;

const SENTENCE: &str = "This crate never";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let is_library = |path: &str| {
        let parts: Vec<&str> = path.split('/').collect();
        matches!(parts.as_slice(), ["crates", _, "src", "lib.rs"])
    };
    tree.rust
        .iter()
        .filter(|source| is_library(&source.path))
        .filter(|source| {
            let mut head =
                source.lines.iter().take_while(|line| line.comment.trim().starts_with("//!"));
            !head.any(|line| line.comment.contains(SENTENCE))
        })
        .map(|source| {
            let message = format!("the head comment has no sentence \"{SENTENCE} …\"");
            Complaint::on(&source.path, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn library_says_what_it_never_does() {
        let good = "//! Words.\n//!\n//! This crate never reads the clock.\n";
        assert_eq!(complaint_count("crates/a/src/lib.rs", good), 0);
        assert_eq!(complaint_count("crates/a/src/lib.rs", "//! Words.\n"), 1);
        assert_eq!(complaint_count("crates/a/src/main.rs", "//! Words.\n"), 0);
    }
}
