//! Does no product code end the program where it should say what is wrong?

use super::Complaint;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in &tree.rust {
        for (number, line) in source.product_lines() {
            if line.code.contains(".unwrap()") || line.code.contains("::unwrap)") {
                let message = "return the fault, or `expect(\"why this cannot happen\")`";
                complaints.push(Complaint::at(&source.path, number, message));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(text: &str) -> usize {
        check(&Tree::sample(&[("crates/a/src/lib.rs", text)])).len()
    }

    #[test]
    fn product_code_does_not_unwrap() {
        assert_eq!(complaint_count("a.unwrap();"), 1);
        assert_eq!(complaint_count("a.map(Result::unwrap);"), 1);
        assert_eq!(complaint_count("a.unwrap_or_default(); b.expect(\"checked above\");"), 0);
    }

    #[test]
    fn tests_comments_and_strings_may() {
        assert_eq!(complaint_count("// a.unwrap()\nb(\".unwrap()\");"), 0);
        assert_eq!(complaint_count("#[cfg(test)]\nmod tests {\n    a.unwrap();\n}"), 0);
        let file = ("crates/a/tests/it/main.rs", "a.unwrap();");
        assert!(check(&Tree::sample(&[file])).is_empty());
    }
}
