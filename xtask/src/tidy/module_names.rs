//! Does every module name say what is in it?

use super::Complaint;
use super::tree::Tree;

const NAMES_THAT_SAY_NOTHING: &[&str] =
    &["common", "util", "utils", "helper", "helpers", "misc", "shared"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in &tree.rust {
        let parts = source.path.split('/').map(|part| part.trim_end_matches(".rs"));
        if let Some(name) = parts.into_iter().find(|part| says_nothing(part)) {
            complaints.push(Complaint::on(&source.path, refusal(name)));
        }
        for (number, line) in source.numbered_lines() {
            let code = line.code.trim();
            let declared =
                code.rsplit_once("mod ").map(|(_, name)| name.trim_end_matches([' ', '{']));
            if let Some(name) = declared.filter(|name| says_nothing(name)) {
                complaints.push(Complaint::at(&source.path, number, refusal(name)));
            }
        }
    }
    complaints
}

fn says_nothing(name: &str) -> bool {
    let last = name.rsplit(['-', '_']).next().unwrap_or(name);
    NAMES_THAT_SAY_NOTHING.contains(&last)
}

fn refusal(name: &str) -> String {
    format!("`{name}` says nothing; put each thing into the module whose idea it serves")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn names_with_a_meaning_are_fine() {
        assert_eq!(complaint_count("crates/a/src/variant.rs", "mod common_path;"), 0);
    }

    #[test]
    fn names_that_say_nothing_are_refused() {
        assert_eq!(complaint_count("crates/a/src/utils.rs", ""), 1);
        assert_eq!(complaint_count("crates/a/tests/it/common/mod.rs", ""), 1);
        assert_eq!(complaint_count("crates/a/src/string_utils.rs", ""), 1);
        assert_eq!(complaint_count("crates/a/src/lib.rs", "pub(crate) mod helpers {"), 1);
    }
}
