//! Does every decision record answer the questions of the template, in its order?

use super::Complaint;
use super::tree::{TextFile, Tree};

const FOLDER: &str = "docs/decisions/";
const TEMPLATE: &str = "docs/decisions/0000-template.md";
const HEADING_COUNT: usize = 5;

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let records: Vec<&TextFile> = tree
        .texts
        .iter()
        .filter(|file| file.path.starts_with(FOLDER) && file.has_extension(&["md"]))
        .collect();
    let Some(template) = records.iter().find(|file| file.path == TEMPLATE) else {
        let missing = || Complaint::on(TEMPLATE, "decision records need this template");
        return if records.is_empty() { Vec::new() } else { vec![missing()] };
    };
    let expected = headings(template);
    if expected.len() != HEADING_COUNT {
        let message = format!("{} headings, expected {HEADING_COUNT}", expected.len());
        return vec![Complaint::on(TEMPLATE, message)];
    }
    records
        .iter()
        .filter(|record| headings(record) != expected)
        .map(|record| {
            let message = format!("the headings are not exactly: {}", expected.join(", "));
            Complaint::on(&record.path, message)
        })
        .collect()
}

fn headings(file: &TextFile) -> Vec<&str> {
    file.text.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: &str = "# 0\n## A\n## B\n## C\n## D\n## E\n";

    fn complaint_count(template: &str, record: &str) -> usize {
        let files = [(TEMPLATE, template), ("docs/decisions/0001-a.md", record)];
        check(&Tree::sample(&files)).len()
    }

    #[test]
    fn record_has_the_headings_of_the_template() {
        assert_eq!(complaint_count(FIVE, FIVE), 0);
        assert_eq!(complaint_count(FIVE, "# 1\n## A\n## B\n"), 1);
        assert_eq!(complaint_count(FIVE, "# 1\n## B\n## A\n## C\n## D\n## E\n"), 1);
    }

    #[test]
    fn template_has_five_headings_and_exists() {
        assert_eq!(complaint_count("## A\n", "## A\n"), 1);
        assert_eq!(check(&Tree::sample(&[("docs/decisions/0001-a.md", FIVE)])).len(), 1);
    }
}
