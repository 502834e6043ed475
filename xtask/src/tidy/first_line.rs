//! Does every Rust file begin with the question it answers?

use super::Complaint;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    tree.rust
        .iter()
        .filter(|source| !source.lines.iter().take(1).any(|line| begins_well(&line.text)))
        .map(|source| {
            Complaint::at(&source.path, 1, "the first line is not `//!` and what the file answers")
        })
        .collect()
}

fn begins_well(line: &str) -> bool {
    line.strip_prefix("//!").is_some_and(|rest| !rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(text: &str) -> usize {
        check(&Tree::sample(&[("crates/a/src/lib.rs", text)])).len()
    }

    #[test]
    fn first_line_says_what_the_file_answers() {
        assert_eq!(complaint_count("//! Which cases are late?\nfn a() {}"), 0);
        assert_eq!(complaint_count("// Which cases are late?\n"), 1);
        assert_eq!(complaint_count("//!\n//! Which cases are late?\n"), 1);
        assert_eq!(complaint_count(""), 1);
    }
}
