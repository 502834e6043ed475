//! Does every relative link in a Markdown file lead to a file of the checkout?

use super::Complaint;
use super::tree::{TextFile, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.texts.iter().filter(|file| file.has_extension(&["md"])) {
        for (number, target) in targets(file) {
            if let Some(message) = fault(tree, file, target) {
                complaints.push(Complaint::at(&file.path, number, message));
            }
        }
    }
    complaints
}

/// Targets of `[text](target)` outside code, with their line numbers.
fn targets(file: &TextFile) -> Vec<(usize, &str)> {
    let mut targets = Vec::new();
    let mut in_code_block = false;
    for (number, line) in file.numbered_lines() {
        if line.trim_start().starts_with("```") {
            in_code_block = !in_code_block;
        }
        if in_code_block {
            continue;
        }
        let prose = line.split('`').step_by(2);
        for link in prose.flat_map(|part| part.split("](").skip(1)) {
            if let Some((target, _)) = link.split_once(')') {
                targets.push((number, target.split(' ').next().unwrap_or(target)));
            }
        }
    }
    targets
}

fn fault(tree: &Tree, file: &TextFile, target: &str) -> Option<String> {
    let is_foreign = target.contains("://") || target.starts_with("mailto:");
    if is_foreign {
        return None;
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(p, a)| (p, Some(a)));
    let Some(path) = resolved(&file.path, path) else {
        return Some(format!("\"{target}\" leads out of the checkout"));
    };
    let is_folder = tree.paths.iter().any(|one| one.starts_with(&format!("{path}/")));
    if !is_folder && !tree.paths.contains(&path) {
        return Some(format!("\"{target}\" leads to nothing"));
    }
    let headings = tree.texts.iter().find(|one| one.path == path && one.has_extension(&["md"]))?;
    let anchor = anchor?;
    let has_heading = headings.numbered_lines().any(|(_, line)| anchor_of(line) == anchor);
    (!has_heading).then(|| format!("\"{target}\" names no heading of {path}"))
}

/// The path from the root; none when it leads out of the checkout.
fn resolved(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_string());
    }
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect())
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The anchor a heading gets: small letters, spaces as hyphens, other marks left out.
fn anchor_of(line: &str) -> String {
    let Some(heading) = line.strip_prefix('#') else { return String::new() };
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            other => other.is_alphanumeric().then_some(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let tree =
            Tree::sample(&[("docs/a.md", text), ("docs/b.md", "## The words\n"), ("C.md", "")]);
        check(&tree).into_iter().map(|complaint| complaint.message).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        let text = "[b](b.md) [c](../C.md) [d](../docs) [e](https://example.com/x)";
        assert!(messages(text).is_empty());
        assert!(messages("[b](b.md#the-words \"title\")").is_empty());
    }

    #[test]
    fn links_that_lead_nowhere_are_refused() {
        assert_eq!(messages("[x](x.md)"), ["\"x.md\" leads to nothing"]);
        assert_eq!(messages("[x](../../x.md)"), ["\"../../x.md\" leads out of the checkout"]);
        let expected = ["\"b.md#none\" names no heading of docs/b.md"];
        assert_eq!(messages("[x](b.md#none)"), expected);
        assert_eq!(messages("[x](#none)"), ["\"#none\" names no heading of docs/a.md"]);
    }

    #[test]
    fn code_is_not_a_link() {
        assert!(messages("`a[0](x)`\n```\n[x](x.md)\n```\n").is_empty());
    }
}
