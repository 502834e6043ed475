//! Is everything that the product says translated, and nothing that it no longer says?
//!
//! The English template is the key of the catalogues. That a translation has the places of its
//! template is a test of `paydirt-model`.

use std::collections::BTreeMap;

use super::Complaint;
use super::said::{is_product, said};
use super::tree::Tree;

/// The catalogues of what Rust code says.
const CATALOGUES: [&str; 2] =
    ["crates/paydirt-model/text/fr.json", "crates/paydirt-model/text/ja.json"];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut templates: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for source in tree.rust.iter().filter(|source| is_product(source)) {
        for said in said(source) {
            templates.entry(said.template).or_insert((&source.path, said.line_number));
        }
    }
    CATALOGUES.iter().flat_map(|path| check_catalogue(tree, path, &templates)).collect()
}

fn check_catalogue(
    tree: &Tree,
    path: &str,
    templates: &BTreeMap<String, (&str, usize)>,
) -> Vec<Complaint> {
    let json = tree.texts.iter().find(|file| file.path == path).map_or("{}", |file| &file.text);
    let catalogue: BTreeMap<String, String> = match serde_json::from_str(json) {
        Ok(catalogue) => catalogue,
        Err(fault) => return vec![Complaint::on(path, format!("not an object of texts: {fault}"))],
    };
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let missing = templates.iter().filter(|(template, _)| !catalogue.contains_key(*template));
    let missing = missing.map(|(template, (source, line_number))| {
        let message = format!("{path} lacks a line: {}: \"\"", quoted(template));
        Complaint::at(source, *line_number, message)
    });
    let unused = catalogue.iter().filter(|(template, _)| !templates.contains_key(*template));
    let unused = unused.map(|(template, _)| {
        let message = format!("no code says {} any more", quoted(template));
        Complaint::on(path, message)
    });
    let blank = catalogue.iter().filter(|(_, translation)| translation.trim().is_empty());
    let blank = blank.map(|(template, _)| {
        Complaint::on(path, format!("the translation of {} is blank", quoted(template)))
    });
    missing.chain(unused).chain(blank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(code: &str, catalogue: &str) -> Vec<String> {
        let files =
            [("crates/a/src/lib.rs", code), (CATALOGUES[0], catalogue), (CATALOGUES[1], catalogue)];
        check(&Tree::sample(&files))
            .iter()
            .map(|complaint| complaint.line("translations"))
            .collect()
    }

    #[test]
    fn what_is_said_is_in_every_catalogue() {
        assert_eq!(complaints("say!(\"a\")", r#"{"a": "b"}"#), [""; 0]);
        let missing = complaints("\nsay!(\"a\")", "{}");
        assert_eq!(missing.len(), 2);
        assert!(missing[0].starts_with("crates/a/src/lib.rs:2: "), "{missing:?}");
        assert!(missing[0].ends_with("fr.json lacks a line: \"a\": \"\""), "{missing:?}");
    }

    #[test]
    fn what_nobody_says_is_in_no_catalogue() {
        assert!(complaints("", r#"{"a": "b"}"#)[0].ends_with("no code says \"a\" any more"));
        assert!(complaints("say!(\"a\")", r#"{"a": " "}"#)[0].ends_with("is blank"));
        assert!(complaints("", "[")[0].contains("not an object of texts"));
    }
}
