//! Does every point left open in the source say which issue keeps it?

use super::Complaint;
use super::tree::Tree;

const MARKS: &[&str] = &["TODO", "FIXME", "XXX"];
const COMMENTED: &[&str] = &["ts", "tsx", "css", "toml", "bpmn", "html"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in &tree.rust {
        for (number, line) in source.numbered_lines() {
            complaints.extend(complaint(&source.path, number, &line.comment));
        }
    }
    for file in tree.texts.iter().filter(|file| file.has_extension(COMMENTED)) {
        for (number, line) in file.numbered_lines() {
            complaints.extend(complaint(&file.path, number, line));
        }
    }
    complaints
}

fn complaint(path: &str, number: usize, text: &str) -> Option<Complaint> {
    let mark = MARKS.iter().find(|mark| has_word(text, mark))?;
    let has_issue =
        text.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (!has_issue)
        .then(|| Complaint::at(path, number, format!("{mark} without an issue: {mark}(#12)")))
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|character: char| !character.is_alphanumeric()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn open_point_names_its_issue() {
        assert_eq!(complaint_count("a.rs", "// TODO(#12): merge"), 0);
        assert_eq!(complaint_count("a.rs", "// TODO: merge"), 1);
        assert_eq!(complaint_count("web/src/a.ts", "// FIXME merge"), 1);
    }

    #[test]
    fn word_in_a_string_or_inside_a_word_is_none() {
        assert_eq!(complaint_count("a.rs", "a(\"TODO\"); // TODOS"), 0);
    }
}
