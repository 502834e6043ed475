//! Do sentences say the same in every language, and survive being stored?

use std::collections::BTreeSet;

use super::*;
use crate::language::NARROW_SPACE;
use crate::say;
use crate::sentence::catalogue::{FRENCH, JAPANESE};

/// The places of a template; a choice is the place of its count.
fn places(template: &str) -> BTreeSet<&str> {
    let name = |part| match part {
        Part::Text(_) => None,
        Part::Place(name) | Part::Choice { name, .. } => Some(name),
    };
    parts(template).filter_map(name).collect()
}

#[test]
fn values_stand_in_their_places() {
    let name = "a";
    let sentence = say!("{count} {count|row|rows} of \"{name}\" in {{}}", count = 1_204, name);
    assert_eq!(sentence, "1,204 rows of \"a\" in {}");
    assert_eq!(say!("{count} {count|row|rows}", count = 1_u64), "1 row");
    assert_eq!(say!("{count} {count|row|rows}", count = 0_usize), "0 rows");
}

#[test]
fn parts_and_lists_are_said_in_the_language_too() {
    let sentence = say!("The columns are {names}.", names = quoted(["A", "B"]));
    assert_eq!(sentence, "The columns are \"A\", \"B\".");
    let french = "Les colonnes sont «\u{202f}A\u{202f}», «\u{202f}B\u{202f}».";
    assert_eq!(sentence.in_language(Language::French), french);
    assert_eq!(sentence.clone().told_in(Language::Japanese), "列は次のとおりです：「A」、「B」。");
    assert_eq!(serde_json::to_string(&sentence).unwrap(), r#""The columns are \"A\", \"B\".""#);
}

#[test]
fn counts_take_the_form_of_the_language() {
    let told = |cases: u64, language| {
        say!("{cases} {cases|case|cases} without events", cases).in_language(language)
    };
    assert_eq!(told(1, Language::English), "1 case without events");
    assert_eq!(told(0, Language::French), "0 cas sans événement");
    assert_eq!(told(1_204, Language::French), "1\u{202f}204 cas sans événements");
    assert_eq!(told(1_204, Language::Japanese), "イベントのないケース1,204件");
}

#[test]
fn what_has_no_translation_is_said_in_english() {
    let sentence = Sentence::from("a text of elsewhere {with braces}");
    for language in Language::ALL {
        assert_eq!(sentence.in_language(language), "a text of elsewhere {with braces}");
    }
}

#[test]
fn a_stored_sentence_can_be_told_later() {
    let inner = say!("The columns are {names}.", names = quoted(["A"]));
    let mut sentence = Sentence::of(
        "{part} {count} {text}",
        vec![
            ("part", inner.to_argument()),
            ("count", (-7).to_argument()),
            ("text", "12".to_argument()),
        ],
    );
    sentence.keep_untold();
    let stored = serde_json::to_string(&sentence).unwrap();
    let read: Sentence = serde_json::from_str(&stored).unwrap();
    sentence.tell_in(Language::English);
    assert_eq!(read, sentence, "{stored}");
}

#[test]
fn translations_keep_the_places_of_their_sentence() {
    for catalogue in [&FRENCH, &JAPANESE] {
        for (template, translation) in catalogue.iter() {
            assert_eq!(places(template), places(translation), "{template}");
        }
    }
}

#[test]
fn french_is_typeset_as_french_is() {
    for translation in FRENCH.values() {
        for (before, sign) in translation.chars().zip(translation.chars().skip(1)) {
            let follows_space = before == NARROW_SPACE;
            assert!(!matches!(sign, '»') || follows_space, "{translation}");
            assert!(!matches!(before, '«') || sign == NARROW_SPACE, "{translation}");
            assert!(before != ' ' || !matches!(sign, ':' | ';' | '!' | '?'), "{translation}");
        }
    }
}
