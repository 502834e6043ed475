//! Is everything that users are told said with `say!`, so that it can be told in every language?
//!
//! A program sees the places where sentences are made: problems, advice, readings, notes and
//! reasons. What is said there in a plain text or with `format!` would stay English.

use super::Complaint;
use super::said::{Characters, is_product};
use super::tree::Tree;

/// Calls whose arguments are sentences.
const CALLS: [&str; 4] = ["Problem::new(", ".with_hint(", "notes.push(", "readings.push("];

/// Names of sentences on their way.
const NAMES: [&str; 4] = ["let detail =", "let hint =", "let reason =", " reason: "];

/// What makes a sentence, or says that a text is the same in every language.
const SAYINGS: [&str; 3] = ["say!(", "Sentence::from(", "Sentence::of("];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in tree.rust.iter().filter(|source| is_product(source)) {
        let characters = Characters::of(source);
        for opener in CALLS.iter().chain(&NAMES) {
            for start in characters.ends_of(opener) {
                let has_paren = opener.ends_with('(');
                let code = without_sayings(expression(&characters.code[start..], has_paren));
                if code.contains('"') || code.contains("format!(") {
                    let message = format!(
                        "`{}` with a text or `format!`: say!(\"… {{name}} …\", name)",
                        opener.trim()
                    );
                    let line_number = characters.line_number(start);
                    complaints.push(Complaint::at(&source.path, line_number, message));
                }
            }
        }
    }
    complaints.dedup();
    complaints
}

/// The code up to the `)` of a call, or to the `;` or `,` behind an expression.
fn expression(code: &[char], has_paren: bool) -> &[char] {
    let mut depth = 0_usize;
    for (idx, character) in code.iter().enumerate() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return &code[..idx],
            ')' | ']' | '}' => depth -= 1,
            ';' | ',' if depth == 0 && !has_paren => return &code[..idx],
            _ => {}
        }
    }
    code
}

fn without_sayings(code: &[char]) -> String {
    let mut kept = String::new();
    let mut position = 0;
    while let Some(character) = code.get(position) {
        let rest = &code[position..];
        let saying =
            SAYINGS.iter().map(|name| name.chars().count()).zip(SAYINGS).find(|(length, name)| {
                rest.get(..*length).is_some_and(|code| name.chars().eq(code.iter().copied()))
            });
        match saying {
            Some((length, _)) => {
                position += length + expression(&rest[length..], true).len() + 1;
            }
            None => {
                kept.push(*character);
                position += 1;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let complaints = check(&Tree::sample(&[("crates/a/src/lib.rs", text)]));
        complaints.iter().filter_map(|complaint| complaint.line_number).collect()
    }

    #[test]
    fn sentences_are_said() {
        assert_eq!(lines("Problem::new(Code::A, say!(\"a {b}\", b = format!(\"c\")))"), [0; 0]);
        assert_eq!(lines("Problem::new(Code::A, detail).with_hint(say!(\"a\"))"), [0; 0]);
        assert_eq!(lines("let detail = Sentence::from(\"JSON\");"), [0; 0]);
        assert_eq!(lines("let name = format!(\"a\"); reason(\"a\")"), [0; 0]);
    }

    #[test]
    fn texts_and_formats_are_not() {
        assert_eq!(lines("\nProblem::new(Code::A, \"a\")"), [2]);
        assert_eq!(lines("Problem::new(Code::A, format!(\"{a}\"))"), [1]);
        assert_eq!(lines("a.with_hint(if a { say!(\"b\") } else { \"c\" })"), [1]);
        assert_eq!(
            lines("let detail =\n    match a { B => say!(\"b\"), C => \"c\".into() };"),
            [1]
        );
        assert_eq!(lines("report.notes.push(format!(\"{a}\"))"), [1]);
    }

    #[test]
    fn tests_may() {
        assert_eq!(lines("#[cfg(test)]\nmod tests {\n    Problem::new(A, \"a\")\n}"), [0; 0]);
        let file = ("crates/a/tests/it/main.rs", "Problem::new(A, \"a\")");
        assert!(check(&Tree::sample(&[file])).is_empty());
    }
}
