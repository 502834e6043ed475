//! Does the checkout keep the house rules that a program can check?
//!
//! One rule a file; `RULES` is the whole list. A rule sees the checkout as a [`Tree`] and answers
//! with complaints. A rule that old code breaks gets a ratchet that may only shrink.

mod apostrophes;
mod arrows;
mod code_width;
mod crate_contract;
mod decisions;
mod dependencies;
mod engines;
mod features;
mod file_length;
mod first_line;
mod function_length;
mod layout;
mod links;
mod machine_paths;
mod module_names;
mod open_points;
mod purity;
mod recorded;
mod root_entries;
mod said;
mod sentences;
mod steady_tests;
mod translations;
mod tree;
mod unwraps;
mod wording;
mod words;

use crate::workspace::Workspace;
use tree::Tree;

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Complaint {
    path: String,
    /// None when the rule is about the whole file or folder.
    line_number: Option<usize>,
    message: String,
}

impl Complaint {
    fn at(path: &str, line_number: usize, message: impl Into<String>) -> Complaint {
        Complaint {
            path: path.to_string(),
            line_number: Some(line_number),
            message: message.into(),
        }
    }

    fn on(path: &str, message: impl Into<String>) -> Complaint {
        Complaint { path: path.to_string(), line_number: None, message: message.into() }
    }

    fn line(&self, rule: &str) -> String {
        match self.line_number {
            Some(number) => format!("{}:{number}: {rule}: {}", self.path, self.message),
            None => format!("{}: {rule}: {}", self.path, self.message),
        }
    }
}

/// One house rule.
struct Rule {
    name: &'static str,
    check: fn(&Tree) -> Vec<Complaint>,
}

const RULES: &[Rule] = &[
    Rule { name: "arrows", check: arrows::check },
    Rule { name: "engines", check: engines::check },
    Rule { name: "features", check: features::check },
    Rule { name: "dependencies", check: dependencies::check },
    Rule { name: "recorded dependencies", check: recorded::check },
    Rule { name: "root entries", check: root_entries::check },
    Rule { name: "module names", check: module_names::check },
    Rule { name: "crate contract", check: crate_contract::check },
    Rule { name: "purity", check: purity::check },
    Rule { name: "first line", check: first_line::check },
    Rule { name: "code width", check: code_width::check },
    Rule { name: "file length", check: file_length::check },
    Rule { name: "function length", check: function_length::check },
    Rule { name: "unwraps", check: unwraps::check },
    Rule { name: "sentences", check: sentences::check },
    Rule { name: "translations", check: translations::check },
    Rule { name: "apostrophes", check: apostrophes::check },
    Rule { name: "wording", check: wording::check },
    Rule { name: "open points", check: open_points::check },
    Rule { name: "steady tests", check: steady_tests::check },
    Rule { name: "layout", check: layout::check },
    Rule { name: "links", check: links::check },
    Rule { name: "decisions", check: decisions::check },
    Rule { name: "machine paths", check: machine_paths::check },
    Rule { name: "words", check: words::check },
];

/// Checks all rules and prints every complaint; true when there is none.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> bool {
    let tree = match Tree::read(workspace) {
        Ok(tree) => tree,
        Err(reason) => {
            println!("tidy: {reason}");
            return false;
        }
    };
    let mut complaint_count = 0_usize;
    for rule in RULES {
        let mut complaints = (rule.check)(&tree);
        complaints.sort();
        complaint_count += complaints.len();
        for complaint in complaints {
            println!("{}", complaint.line(rule.name));
        }
    }
    for remark in file_length::remarks(&tree) {
        println!("{}", remark.line("remark"));
    }
    if let Err(reason) = &tree.metadata {
        println!("tidy: the rules on crates were not checked: {reason}");
        complaint_count += 1;
    }
    println!("tidy: {} rules, {complaint_count} complaints", RULES.len());
    complaint_count == 0
}

/// The paths of all Rust files, from the root.
pub(crate) fn rust_paths(workspace: &Workspace) -> Result<Vec<String>, String> {
    let paths = tree::paths(workspace.root())?;
    Ok(paths.into_iter().filter(|path| path.ends_with(".rs")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaint_begins_with_a_place_an_editor_can_open() {
        let complaint = Complaint::at("a/b.rs", 7, "too wide");
        assert_eq!(complaint.line("code width"), "a/b.rs:7: code width: too wide");
        let complaint = Complaint::on("a/b.rs", "too long");
        assert_eq!(complaint.line("file length"), "a/b.rs: file length: too long");
    }

    #[test]
    fn empty_tree_has_no_complaint() {
        let tree = Tree::sample(&[]);
        for rule in RULES {
            assert_eq!((rule.check)(&tree), [], "{}", rule.name);
        }
    }
}
