//! When are two names the same, however they are typed?
//!
//! Names are compared by their letters and digits alone: without case, accents, blanks and
//! punctuation, and whether Japanese signs are typed in half or full width.

use unicode_normalization::UnicodeNormalization;

/// A name without case, accents, width, blanks and punctuation.
pub(crate) fn folded(name: &str) -> String {
    // `Nº` is written as often as `N°`, whose sign is none of the letters.
    let letters = name.chars().filter(|character| *character != 'º');
    plain(letters).filter_map(kept).collect()
}

/// Signs without case, accents and width.
pub(crate) fn plain(signs: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let plain = signs.nfkd().filter(|character| !is_accent(*character));
    plain.nfc().flat_map(char::to_lowercase)
}

/// Marks of Latin letters; those of kana make other sounds and stay.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn kept(character: char) -> Option<char> {
    (character.is_alphanumeric() || character == 'ー').then_some(character)
}

/// A name in its words: split at blanks, punctuation and where a capital follows a small letter.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut is_after_small = false;
    for character in name.chars() {
        let is_start = is_after_small && character.is_uppercase();
        let last = words.last_mut().expect("there is always one");
        if is_start || !(character.is_alphanumeric() || character == 'ー') {
            words.push(character.is_alphanumeric().then_some(character).into_iter().collect());
        } else {
            last.push(character);
        }
        is_after_small = character.is_lowercase();
    }
    let words = words.iter().map(|word| folded(word));
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_letters() {
        assert_eq!(folded("case:concept:name"), "caseconceptname");
        assert_eq!(folded("Heure de l'événement"), folded("heure de l’evenement"));
        assert_eq!(folded("商談ＩＤ"), "商談id");
        assert_eq!(folded("CaseId"), folded("case_id"));
        assert_eq!(folded("Nº d’affaire"), folded("N° d'affaire"));
    }

    #[test]
    fn kana_of_half_width_are_those_of_full_width() {
        assert_eq!(folded("ﾊﾟｲﾌﾟﾗｲﾝ"), "パイプライン");
        assert_ne!(folded("ハイフライン"), folded("パイプライン"));
        assert_eq!(folded("リード・ソース"), "リードソース");
    }

    #[test]
    fn words_of_names() {
        assert_eq!(words("SalesOrderCreated"), ["sales", "order", "created"]);
        assert_eq!(words("Quote/Proposal  Issued"), ["quote", "proposal", "issued"]);
        assert_eq!(words("Étape de l’opportunité"), ["etape", "de", "l", "opportunite"]);
        assert!(words(" - ").is_empty());
    }
}
