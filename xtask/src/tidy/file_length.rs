//! Does every Rust file hold one idea, measured by its length?

use super::Complaint;
use super::tree::Tree;

const HARD_LIMIT_LINES: usize = 800;
const SOFT_LIMIT_LINES: usize = 400;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    longer_than(tree, HARD_LIMIT_LINES)
        .map(|(path, count)| {
            let message = format!("{count} lines, at most {HARD_LIMIT_LINES} are allowed");
            Complaint::on(path, message)
        })
        .collect()
}

/// Files that are allowed but ask to be split.
pub(super) fn remarks(tree: &Tree) -> Vec<Complaint> {
    longer_than(tree, SOFT_LIMIT_LINES)
        .filter(|(_, count)| *count <= HARD_LIMIT_LINES)
        .map(|(path, count)| {
            let message = format!("{count} lines; {SOFT_LIMIT_LINES} are better");
            Complaint::on(path, message)
        })
        .collect()
}

fn longer_than(tree: &Tree, limit: usize) -> impl Iterator<Item = (&str, usize)> {
    tree.texts
        .iter()
        .filter(|file| file.has_extension(&["rs"]))
        .map(|file| (file.path.as_str(), file.text.lines().count()))
        .filter(move |(_, count)| *count > limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(line_count: usize) -> Tree {
        Tree::sample(&[("a.rs", &"//\n".repeat(line_count))])
    }

    #[test]
    fn line_801_is_one_too_many() {
        assert_eq!(check(&tree(800)).len(), 0);
        assert_eq!(check(&tree(801)).len(), 1);
    }

    #[test]
    fn long_file_is_remarked_until_it_is_refused() {
        assert_eq!(remarks(&tree(400)).len(), 0);
        assert_eq!(remarks(&tree(401)).len(), 1);
        assert_eq!(remarks(&tree(801)).len(), 0);
    }
}
