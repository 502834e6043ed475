//! Does every function fit on one screen?
//!
//! A function that is too long today stands in the ratchet `xtask/tidy-ratchet.toml` with its
//! length. It may only get shorter: a shorter function must lower or lose its entry.

use std::collections::BTreeMap;

use super::Complaint;
use super::tree::Tree;
use crate::rust_source::{RustSource, is_name_part};

const LIMIT_LINES: usize = 70;
const RATCHET: &str = "xtask/tidy-ratchet.toml";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut ratchet = match read_ratchet(tree) {
        Ok(ratchet) => ratchet,
        Err(complaint) => return vec![complaint],
    };
    for source in &tree.rust {
        for function in functions(source).into_iter().filter(|one| one.line_count > LIMIT_LINES) {
            let key = format!("{}::{}", source.path, function.name);
            let allowed = ratchet.remove(&key);
            let count = function.line_count;
            if allowed.is_none_or(|allowed| allowed < count) {
                let limit = allowed.unwrap_or(LIMIT_LINES);
                let message =
                    format!("`{}` has {count} lines, at most {limit} are allowed", function.name);
                complaints.push(Complaint::at(&source.path, function.line_number, message));
            } else if allowed != Some(count) {
                let message = format!("\"{key}\" is shorter now: write {count}");
                complaints.push(Complaint::on(RATCHET, message));
            }
        }
    }
    for key in ratchet.keys() {
        let message = format!("\"{key}\" is no longer too long: take its line out");
        complaints.push(Complaint::on(RATCHET, message));
    }
    complaints
}

/// The lines `"path::function" = length`; comments and the table's name are skipped.
fn read_ratchet(tree: &Tree) -> Result<BTreeMap<String, usize>, Complaint> {
    let mut ratchet = BTreeMap::new();
    let Some(file) = tree.texts.iter().find(|file| file.path == RATCHET) else {
        return Ok(ratchet);
    };
    for (number, line) in file.numbered_lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with('[') {
            continue;
        }
        let entry = line.split_once('=').and_then(|(key, count)| {
            let key = key.trim().strip_prefix('"')?.strip_suffix('"')?;
            Some((key.to_string(), count.trim().parse().ok()?))
        });
        let Some((key, count)) = entry else {
            return Err(Complaint::at(RATCHET, number, "expected \"path::function\" = length"));
        };
        ratchet.insert(key, count);
    }
    Ok(ratchet)
}

struct Function {
    name: String,
    line_number: usize,
    line_count: usize,
}

/// The functions of the product with a body, from the line of `fn` to the closing brace.
fn functions(source: &RustSource) -> Vec<Function> {
    let code: Vec<char> = source.code().chars().collect();
    let mut functions = Vec::new();
    for (line_number, line) in source.product_lines() {
        let Some(name) = declared_function(&line.code) else { continue };
        let start = line_start(&code, line_number);
        let Some(line_count) = body_end(&code, start) else { continue };
        functions.push(Function { name, line_number, line_count });
    }
    functions
}

fn declared_function(code: &str) -> Option<String> {
    let (before, after) = code.split_once("fn ")?;
    if before.chars().next_back().is_some_and(is_name_part) {
        return None;
    }
    let name: String = after.chars().take_while(|character| is_name_part(*character)).collect();
    (!name.is_empty()).then_some(name)
}

fn line_start(code: &[char], line_number: usize) -> usize {
    let line_ends = code.iter().enumerate().filter(|(_, character)| **character == '\n');
    match line_number.checked_sub(2) {
        None => 0,
        Some(idx) => line_ends.map(|(end, _)| end + 1).nth(idx).unwrap_or(code.len()),
    }
}

/// How many lines a function has that begins at `start`; none for a declaration without body.
fn body_end(code: &[char], start: usize) -> Option<usize> {
    let mut brackets = 0_usize;
    let mut braces = 0_usize;
    let mut line_count = 1;
    for character in code.iter().skip(start) {
        match character {
            '\n' => line_count += 1,
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '{' => braces += 1,
            '}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return Some(line_count);
                }
            }
            ';' if brackets == 0 && braces == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(line_count: usize) -> String {
        format!("//! Why.\nfn long(a: [u8; 2])\n{{\n{}}}\n", "    a();\n".repeat(line_count - 3))
    }

    fn messages(text: &str, ratchet: &str) -> Vec<String> {
        let tree = Tree::sample(&[("a.rs", text), (RATCHET, ratchet)]);
        check(&tree).into_iter().map(|complaint| complaint.message).collect()
    }

    #[test]
    fn line_71_is_one_too_many() {
        assert!(messages(&function(70), "").is_empty());
        assert_eq!(messages(&function(71), ""), ["`long` has 71 lines, at most 70 are allowed"]);
    }

    #[test]
    fn complaint_stands_at_the_function() {
        let tree = Tree::sample(&[("a.rs", &function(71))]);
        let numbers: Vec<_> = check(&tree).into_iter().map(|one| one.line_number).collect();
        assert_eq!(numbers, [Some(2)]);
    }

    #[test]
    fn tests_and_declarations_are_not_counted() {
        let test = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function(90));
        assert!(messages(&test, "").is_empty());
        let declaration = format!("trait A {{\n    fn a();\n{}}}\n", "    // b\n".repeat(90));
        assert!(messages(&declaration, "").is_empty());
    }

    #[test]
    fn braces_in_strings_do_not_count() {
        let text = format!("fn a() {{\n    b(\"{{\");\n}}\n{}", "// c\n".repeat(90));
        assert!(messages(&text, "").is_empty());
    }

    #[test]
    fn ratchet_allows_its_length_and_no_more() {
        assert!(messages(&function(80), "[functions]\n\"a.rs::long\" = 80\n").is_empty());
        let expected = ["`long` has 81 lines, at most 80 are allowed"];
        assert_eq!(messages(&function(81), "\"a.rs::long\" = 80"), expected);
    }

    #[test]
    fn ratchet_only_shrinks() {
        let expected = ["\"a.rs::long\" is shorter now: write 75"];
        assert_eq!(messages(&function(75), "\"a.rs::long\" = 80"), expected);
        let expected = ["\"a.rs::long\" is no longer too long: take its line out"];
        assert_eq!(messages(&function(60), "\"a.rs::long\" = 80"), expected);
        assert_eq!(messages("", "long: 80"), ["expected \"path::function\" = length"]);
    }
}
