//! Do the pure crates leave files, network, threads, environment and clock alone?
//!
//! The same log version and question must give the same bytes on every machine; a fold that could
//! read the clock would break that without any test noticing.

use super::Complaint;
use super::tree::Tree;
use crate::rust_source::{RustSource, is_name_part};

/// Modules of the standard library that reach outside the program.
const OUTSIDE: &[&str] = &["fs", "net", "env", "process"];
const OUTSIDE_AND_THREADS: &[&str] = &["fs", "net", "env", "process", "thread"];

/// A crate and what its code may not name.
struct Contract {
    folder: &'static str,
    std_modules: &'static [&'static str],
    words: &'static [&'static str],
}

const CONTRACTS: &[Contract] = &[
    Contract {
        folder: "crates/paydirt-model/src/",
        std_modules: OUTSIDE_AND_THREADS,
        words: &["::now(", "async fn", "async move", "async {"],
    },
    Contract {
        folder: "crates/paydirt-mining/src/",
        std_modules: OUTSIDE_AND_THREADS,
        words: &["::now(", "async fn", "async move", "async {", "rand::rng(", "thread_rng("],
    },
    Contract { folder: "crates/paydirt-recipe/src/", std_modules: OUTSIDE, words: &["::now("] },
];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in &tree.rust {
        let Some(contract) =
            CONTRACTS.iter().find(|contract| source.path.starts_with(contract.folder))
        else {
            continue;
        };
        for (number, line) in source.product_lines() {
            for word in contract.words.iter().filter(|word| line.code.contains(**word)) {
                let message = format!("`{word}` has no place in a pure crate");
                complaints.push(Complaint::at(&source.path, number, message));
            }
        }
        complaints.extend(std_complaints(source, contract.std_modules));
    }
    complaints
}

fn std_complaints(source: &RustSource, forbidden: &[&str]) -> Vec<Complaint> {
    let code: Vec<&str> = source.product_lines().map(|(_, line)| line.code.as_str()).collect();
    let numbers: Vec<usize> = source.product_lines().map(|(number, _)| number).collect();
    let text = code.join("\n");
    let mut complaints = Vec::new();
    for (offset, _) in text.match_indices("std::") {
        let (before, rest) = text.split_at(offset);
        if before.chars().next_back().is_some_and(is_name_part) {
            continue;
        }
        let rest = rest.trim_start_matches("std::");
        for module in first_names(rest).into_iter().filter(|name| forbidden.contains(name)) {
            let number = numbers.get(before.matches('\n').count()).copied().unwrap_or(1);
            let message = format!("`std::{module}` has no place in a pure crate");
            complaints.push(Complaint::at(&source.path, number, message));
        }
    }
    complaints
}

/// `fs` of `fs::File`; `fs` and `net` of `{fs::File, net}`.
fn first_names(path: &str) -> Vec<&str> {
    let name = |text| {
        let text: &str = str::trim_start(text);
        text.split(|character| !is_name_part(character)).next().unwrap_or("")
    };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (offset, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(name(group.get(start..offset).unwrap_or("")));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(name(group.get(start..offset).unwrap_or("")));
                start = offset + 1;
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, text: &str) -> Vec<(Option<usize>, String)> {
        let complaints = check(&Tree::sample(&[(path, text)]));
        complaints.into_iter().map(|one| (one.line_number, one.message)).collect()
    }

    fn complaint_count(path: &str, text: &str) -> usize {
        messages(path, text).len()
    }

    #[test]
    fn fold_without_outside_world_is_fine() {
        let text = "use std::collections::BTreeMap;\nfn now() {} // std::fs and Instant::now()";
        assert_eq!(complaint_count("crates/paydirt-mining/src/a.rs", text), 0);
    }

    #[test]
    fn clock_and_files_are_refused_with_their_line() {
        let text = "fn a() {\n    let b = std::time::SystemTime::now();\n}\nuse std::fs::File;";
        let expected = [
            (Some(2), "`::now(` has no place in a pure crate".to_string()),
            (Some(4), "`std::fs` has no place in a pure crate".to_string()),
        ];
        assert_eq!(messages("crates/paydirt-model/src/a.rs", text), expected);
    }

    #[test]
    fn grouped_imports_are_seen() {
        let text = "use std::{\n    collections::{BTreeMap, BTreeSet},\n    env, thread,\n};";
        assert_eq!(complaint_count("crates/paydirt-mining/src/a.rs", text), 2);
        assert_eq!(complaint_count("crates/paydirt-recipe/src/a.rs", text), 1);
    }

    #[test]
    fn async_and_unseeded_randomness_are_refused() {
        let text = "async fn a() { rand::rng(); }";
        assert_eq!(complaint_count("crates/paydirt-mining/src/a.rs", text), 2);
    }

    #[test]
    fn tests_and_other_crates_are_free() {
        let text = "#[cfg(test)]\nmod tests {\n    use std::fs;\n}";
        assert_eq!(complaint_count("crates/paydirt-mining/src/a.rs", text), 0);
        assert_eq!(complaint_count("crates/paydirt-connect/src/a.rs", "use std::fs;"), 0);
    }
}
