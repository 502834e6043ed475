//! Do all texts speak of the product, and not of the tools somebody wrote them with?
//!
//! The words are put together from two halves, so that this list does not break its own rule.

use super::Complaint;
use super::tree::Tree;

const HALVES: &[(&str, &str)] = &[
    ("chat", "gpt"),
    ("cla", "ude"),
    ("anth", "ropic"),
    ("open", "ai"),
    ("co", "pilot"),
    ("gem", "ini"),
    ("code", "x"),
    ("ll", "m"),
    ("ll", "ms"),
    ("sub", "agent"),
    ("sub", "agents"),
];

/// Phrases of a conversation, which have no place in a text for later readers.
const PHRASES: &[(&str, &str)] = &[
    ("ai-", "generated"),
    ("ai ", "assistant"),
    ("language ", "model"),
    ("as requested by ", "the user"),
    ("system ", "prompt"),
    ("co-authored", "-by"),
];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let words: Vec<String> = HALVES.iter().map(|(a, b)| format!("{a}{b}")).collect();
    let phrases: Vec<String> = PHRASES.iter().map(|(a, b)| format!("{a}{b}")).collect();
    let mut complaints = Vec::new();
    for file in tree.texts.iter().filter(|file| is_our_text(&file.path)) {
        for (number, line) in file.numbered_lines() {
            let line = line.to_lowercase();
            let mut parts = line.split(|character: char| !character.is_alphanumeric());
            let has_word = parts.any(|part| words.iter().any(|word| word == part));
            if has_word || phrases.iter().any(|phrase| line.contains(phrase)) {
                let message = "texts speak of the product alone, not of how they were written";
                complaints.push(Complaint::at(&file.path, number, message));
            }
        }
    }
    complaints
}

/// Data of other people and the lock files name what they like.
fn is_our_text(path: &str) -> bool {
    let is_lock = path.ends_with("Cargo.lock") || path.ends_with("package-lock.json");
    !path.starts_with("testdata/") && !is_lock
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn text_about_the_product_is_fine() {
        assert_eq!(complaint_count("README.md", "A sales agent pays promptly.\n"), 0);
    }

    #[test]
    fn text_about_tools_is_refused() {
        for (first, second) in HALVES.iter().chain(PHRASES) {
            let text = format!("Written with {first}{second}, quickly.\n");
            assert_eq!(complaint_count("README.md", &text), 1, "{first}{second}");
        }
    }

    #[test]
    fn foreign_data_is_left_alone() {
        let text = format!("{}{}\n", "chat", "gpt");
        assert_eq!(complaint_count("testdata/logs/a.csv", &text), 0);
    }
}
