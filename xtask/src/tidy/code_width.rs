//! Is every line of Rust at most 100 columns wide?
//!
//! Lines inside a string literal are data and may be as wide as the data is; so may an expected
//! answer in a test.

use super::Complaint;
use super::tree::Tree;
use crate::rust_source::SourceLine;

const WIDTH_LIMIT: usize = 100;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in &tree.rust {
        for (number, line) in source.numbered_lines() {
            let width = line.text.chars().count();
            if width > WIDTH_LIMIT && !is_wide_by_data(line) {
                let message = format!("{width} columns, at most {WIDTH_LIMIT} are allowed");
                complaints.push(Complaint::at(&source.path, number, message));
            }
        }
    }
    complaints
}

fn is_wide_by_data(line: &SourceLine) -> bool {
    let data_width = line
        .text
        .chars()
        .zip(line.code.chars().zip(line.comment.chars()))
        .filter(|(text, layers)| *text != ' ' && *layers == (' ', ' '))
        .count();
    line.starts_in_text || (line.is_test && line.text.chars().count() - data_width <= WIDTH_LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(text: &str) -> usize {
        check(&Tree::sample(&[("a.rs", text)])).len()
    }

    #[test]
    fn column_101_is_one_too_many() {
        assert_eq!(complaint_count(&"a".repeat(100)), 0);
        assert_eq!(complaint_count(&"a".repeat(101)), 1);
    }

    #[test]
    fn width_is_counted_in_characters() {
        assert_eq!(complaint_count(&format!("// {}", "商".repeat(97))), 0);
    }

    #[test]
    fn expected_answer_in_a_test_may_be_wide() {
        let answer = format!("check(\"{}\");", "a".repeat(200));
        assert_eq!(complaint_count(&format!("#[test]\nfn a() {{\n{answer}\n}}")), 0);
        assert_eq!(complaint_count(&answer), 1);
        let code = "a(); ".repeat(30);
        assert_eq!(complaint_count(&format!("#[test]\nfn a() {{\n{code}\n}}")), 1);
    }

    #[test]
    fn data_may_be_wide() {
        assert_eq!(complaint_count(&format!("let a = \"\n{}\";", "a".repeat(200))), 0);
    }
}
