//! Do texts that no formatter keeps have plain line ends, no trailing spaces and a final newline?

use super::Complaint;
use super::tree::Tree;

const EXTENSIONS: &[&str] = &["md", "toml", "ts", "tsx", "css", "yml", "yaml", "html"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let checked = |path: &str| !path.starts_with("testdata/");
    for file in tree.texts.iter().filter(|file| file.has_extension(EXTENSIONS)) {
        if !checked(&file.path) {
            continue;
        }
        for (idx, line) in file.text.split('\n').enumerate() {
            if line.ends_with('\r') {
                complaints.push(Complaint::at(&file.path, idx + 1, "the line ends with CR LF"));
            } else if line.ends_with([' ', '\t']) {
                complaints.push(Complaint::at(&file.path, idx + 1, "trailing space"));
            }
        }
        if !file.text.ends_with('\n') || file.text.ends_with("\n\n") {
            complaints.push(Complaint::on(&file.path, "the file must end with one newline"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_count(path: &str, text: &str) -> usize {
        check(&Tree::sample(&[(path, text)])).len()
    }

    #[test]
    fn plain_lines_are_fine() {
        assert_eq!(complaint_count("a.md", "# A\n\nb\n"), 0);
    }

    #[test]
    fn layout_faults_are_refused() {
        assert_eq!(complaint_count("a.md", "# A\r\n"), 1);
        assert_eq!(complaint_count("a.md", "# A \n"), 1);
        assert_eq!(complaint_count("a.md", "# A"), 1);
        assert_eq!(complaint_count("a.md", "# A\n\n"), 1);
    }

    #[test]
    fn foreign_data_is_left_as_it_came() {
        assert_eq!(complaint_count("testdata/logs/licence.md", "A \r\n"), 0);
    }
}
