//! Do French texts have the apostrophe of French type, as in "l’activité"?
//!
//! A straight one stays where it is a sign of a command line: around an argument in quotes.

use std::collections::BTreeMap;

use super::Complaint;
use super::tree::Tree;

/// How the path of a catalogue of French texts ends.
const CATALOGUE: &str = "/text/fr.json";

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let catalogues = tree.texts.iter().filter(|file| file.path.ends_with(CATALOGUE));
    let mut complaints = Vec::new();
    for file in catalogues {
        // What is no catalogue is the matter of another rule.
        let texts: BTreeMap<String, String> = serde_json::from_str(&file.text).unwrap_or_default();
        let straight = texts.values().filter_map(|text| straight(text));
        complaints.extend(straight.map(|word| {
            let message = format!("\"{word}\" has a straight apostrophe; French has ’");
            Complaint::on(&file.path, message)
        }));
    }
    complaints
}

/// The first word with a straight apostrophe that elides a vowel: behind a letter, and before
/// anything but a blank or the end.
fn straight(text: &str) -> Option<String> {
    let words = text.split(char::is_whitespace);
    let is_elided = |word: &&str| {
        word.match_indices('\'').any(|(at, sign)| {
            let before = word[..at].chars().next_back();
            let after = word[at + sign.len()..].chars().next();
            before.is_some_and(char::is_alphabetic)
                && after.is_some_and(|after| after.is_alphanumeric() || "«{\"`".contains(after))
        })
    };
    words.into_iter().find(is_elided).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(path: &str, text: &str) -> usize {
        let json = serde_json::to_string(&BTreeMap::from([("key", text)])).unwrap();
        check(&Tree::sample(&[(path, &json)])).len()
    }

    #[test]
    fn a_straight_apostrophe_in_french_is_found() {
        let path = "crates/a/text/fr.json";
        for text in ["Colonne de l'activité", "d'«\u{202f}x\u{202f}»", "l'{name}", "aujourd'hui"]
        {
            assert_eq!(complaints(path, text), 1, "{text}");
        }
        for text in ["Colonne de l’activité", "--date-format '%d.%m.%Y'", "--filter '{\"a\": 1}'"]
        {
            assert_eq!(complaints(path, text), 0, "{text}");
        }
        assert_eq!(complaints("crates/a/text/ja.json", "l'activité"), 0);
        assert_eq!(check(&Tree::sample(&[(path, "[]")])), []);
    }
}
