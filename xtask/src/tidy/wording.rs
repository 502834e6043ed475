//! Does a sentence fit every door, and are its translations written as their language is?
//!
//! A problem is read in the browser, over HTTP and on the command line, so what says it names no
//! option and no command; the command line adds its own. One notion has one word in every
//! language, the one of the glossary.

use std::collections::BTreeMap;

use super::Complaint;
use super::said::{is_product, said};
use super::tree::Tree;

/// The door that may speak of options and commands.
const COMMAND_LINE: &str = "crates/paydirt/src/cli";

/// Sentences, and the names of fields with what the command line says of itself.
const CATALOGUES: [&str; 2] = ["crates/paydirt-model/text", "crates/paydirt/text"];
/// Sentences in Japanese; the command line sets what is typed off with spaces.
const JAPANESE: &str = "crates/paydirt-model/text/ja.json";

/// What is not written in a language, and what is written instead.
const OTHER_WORDS: [(&str, &[(&str, &str)]); 2] = [
    (
        "fr",
        &[
            ("nuage de points", "nuage d’événements"),
            ("d’import ", "d’importation"),
            ("l’import ", "l’importation"),
            ("un import ", "une importation"),
            ("exclu", "écarté"),
            ("percentile", "centile"),
            ("démonstration", "exemple"),
            ("goulet", "goulot d’étranglement"),
        ],
    ),
    (
        "ja",
        &[
            ("すでに", "既に"),
            ("わかりません", "分かりません"),
            ("リードからキャッシュ", "Lead to Cash"),
            ("デモ", "サンプル"),
            ("拒否", "除外"),
            ("％", "%"),
        ],
    ),
];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = doors(tree);
    for folder in CATALOGUES {
        for (language, words) in OTHER_WORDS {
            let path = format!("{folder}/{language}.json");
            complaints.extend(other_words(tree, &path, words));
        }
        let path = format!("{folder}/ja.json");
        complaints.extend(catalogue(tree, &path).iter().filter_map(|(template, text)| {
            let fault = fault_of_japanese(&path, template, text)?;
            Some(Complaint::on(&path, format!("{fault}: {text}")))
        }));
    }
    complaints
}

fn other_words(tree: &Tree, path: &str, words: &[(&str, &str)]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (template, text) in catalogue(tree, path) {
        for (other, word) in words.iter().filter(|(other, _)| text.contains(other)) {
            let message = format!("\"{other}\" is \"{word}\" here: {template}");
            complaints.push(Complaint::on(path, message));
        }
    }
    complaints
}

fn doors(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in tree.rust.iter().filter(|source| is_product(source)) {
        if source.path.starts_with(COMMAND_LINE) {
            continue;
        }
        for said in said(source).into_iter().filter(|said| is_of_command_line(&said.template)) {
            let message = "this sentence is read in the browser, too, and names an option or a \
                           command: say what is wanted, and add the option in cli/options.rs";
            complaints.push(Complaint::at(&source.path, said.line_number, message.to_owned()));
        }
    }
    complaints
}

fn is_of_command_line(template: &str) -> bool {
    let names_option = template.match_indices("--").any(|(at, dashes)| {
        template[at + dashes.len()..].chars().next().is_some_and(char::is_alphabetic)
    });
    names_option || template.contains('`') || template.contains("PAYDIRT_")
}

fn catalogue(tree: &Tree, path: &str) -> BTreeMap<String, String> {
    let json = tree.texts.iter().find(|file| file.path == path).map_or("{}", |file| &file.text);
    // What is no catalogue is the matter of another rule.
    serde_json::from_str(json).unwrap_or_default()
}

fn fault_of_japanese(path: &str, template: &str, text: &str) -> Option<&'static str> {
    let characters: Vec<char> = text.chars().collect();
    let is_spaced = characters.windows(3).any(|around| {
        let [left, middle, right] = around else { return false };
        *middle == ' '
            && ((is_japanese(*left) && (*right == '{' || right.is_ascii_alphanumeric()))
                || ((*left == '}' || left.is_ascii_alphanumeric()) && is_japanese(*right)))
    });
    let is_half = characters.windows(2).any(|pair| {
        let [left, right] = pair else { return false };
        (is_japanese(*left) && "():!?".contains(*right))
            || ("()!?".contains(*left) && is_japanese(*right))
    });
    let is_sentence = template.ends_with('.') && characters.iter().any(|one| is_japanese(*one));
    match () {
        () if is_spaced && path == JAPANESE && !text.contains('`') => {
            Some("a space beside a value or a Latin word")
        }
        () if is_half => Some("a sign in half width beside Japanese"),
        () if is_sentence && !text.ends_with(['。', '}', '>']) => Some("a sentence without 。"),
        () => None,
    }
}

fn is_japanese(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::sample(files)).iter().map(|complaint| complaint.line("wording")).collect()
    }

    #[test]
    fn only_the_command_line_speaks_of_itself() {
        let options = "\nsay!(\"Name it with --case.\")";
        assert_eq!(complaints(&[("crates/a/src/lib.rs", options)]).len(), 1);
        assert_eq!(complaints(&[("crates/a/src/lib.rs", "say!(\"See `paydirt ask`.\")")]).len(), 1);
        assert_eq!(complaints(&[("crates/paydirt/src/cli/a.rs", options)]), [""; 0]);
        assert_eq!(
            complaints(&[("crates/a/src/lib.rs", "say!(\"Name the case - or not.\")")]),
            [""; 0]
        );
    }

    #[test]
    fn japanese_is_written_as_japanese_is() {
        let told = |text: &str| complaints(&[(JAPANESE, &format!("{{\"It is.\": \"{text}\"}}"))]);
        assert_eq!(told("ケース{count}件です。"), [""; 0]);
        assert_eq!(told("`paydirt check` で確認できます。"), [""; 0]);
        for wrong in
            ["ケース {count}件です。", "{count} 件です。", "ケース(1件)です。", "ケースです"]
        {
            assert_eq!(told(wrong).len(), 1, "{wrong}");
        }
        assert!(told("行が拒否されました。")[0].contains("\"拒否\" is \"除外\" here"));
    }

    #[test]
    fn the_command_line_is_written_like_the_rest() {
        let told = |language: &str, text: &str| {
            let path = format!("crates/paydirt/text/{language}.json");
            complaints(&[(&path, &format!("{{\"left out\": \"{text}\"}}"))])
        };
        assert_eq!(told("ja", "--log と併用：列（任意）"), [""; 0]);
        assert_eq!(told("fr", "lignes écartées"), [""; 0]);
        for (language, wrong) in [
            ("ja", "列 (任意)"),
            ("ja", "ファイル: CSV"),
            ("ja", "リードからキャッシュまで"),
            ("fr", "lignes exclues"),
            ("fr", "quand un import est possible"),
        ] {
            assert_eq!(told(language, wrong).len(), 1, "{wrong}");
        }
    }
}
