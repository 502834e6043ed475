//! Does every test run every time, without waiting for luck, in one program a crate?

use super::Complaint;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in &tree.rust {
        if is_second_test_program(&source.path) {
            let message = "one test program a crate: make it a module of tests/it/main.rs";
            complaints.push(Complaint::on(&source.path, message));
        }
        for (number, line) in source.numbered_lines() {
            let code = &line.code;
            if code.contains("#[ignore") {
                let message = "assert the wrong behaviour and say so instead of ignoring the test";
                complaints.push(Complaint::at(&source.path, number, message));
            }
            if line.is_test && (code.contains("thread::sleep(") || code.contains("time::sleep(")) {
                let message = "wait for the event itself; a sleep is too long or too short";
                complaints.push(Complaint::at(&source.path, number, message));
            }
        }
    }
    complaints
}

fn is_second_test_program(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["crates", _, "tests", _] => true,
        ["crates", _, "tests", folder, "main.rs"] => *folder != "it",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn ignored_tests_and_sleeps_are_refused() {
        let ignored = "#[test]\n#[ignore = \"slow\"]\nfn a() {}";
        assert_eq!(complaint_count("crates/a/src/lib.rs", ignored), 1);
        let sleeping = "#[test]\nfn a() {\n    std::thread::sleep(b);\n}";
        assert_eq!(complaint_count("crates/a/src/lib.rs", sleeping), 1);
    }

    #[test]
    fn product_code_may_wait() {
        assert_eq!(complaint_count("crates/a/src/lib.rs", "fn a() { thread::sleep(b); }"), 0);
    }

    #[test]
    fn second_test_program_is_refused() {
        assert_eq!(complaint_count("crates/a/tests/it/main.rs", ""), 0);
        assert_eq!(complaint_count("crates/a/tests/it/story.rs", ""), 0);
        assert_eq!(complaint_count("crates/a/tests/story.rs", ""), 1);
        assert_eq!(complaint_count("crates/a/tests/other/main.rs", ""), 1);
    }
}
