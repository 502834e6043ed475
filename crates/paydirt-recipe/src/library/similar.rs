//! Which of some names is nearly this one?

use std::collections::BTreeSet;

use crate::folding::{folded, words};

/// Longest name, in signs, that is compared sign by sign.
const SIGNS_MAX: usize = 100;

/// The name that differs from this one in the fewest letters, if it is nearly the same.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted: Vec<char> = folded(name).chars().take(SIGNS_MAX).collect();
    let distances = known.map(|other| {
        let letters: Vec<char> = folded(other).chars().take(SIGNS_MAX).collect();
        let allowed = allowed(wanted.len().max(letters.len()));
        (distance(&wanted, &letters), allowed, other)
    });
    let near = distances.filter(|(distance, allowed, _)| distance <= allowed);
    near.min_by_key(|(distance, _, _)| *distance).map(|(_, _, name)| name)
}

/// How many letters of a name may be wrong: one in three, and at most four.
pub(crate) fn allowed(length: usize) -> usize {
    (length / 3).clamp(1, 4)
}

/// The number of letters to insert, leave out or change (Levenshtein).
pub(crate) fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (place, one) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (other_place, other) in right.iter().enumerate() {
            let changed = diagonal + usize::from(one != other);
            diagonal = row[other_place + 1];
            row[other_place + 1] = changed.min(diagonal + 1).min(row[other_place] + 1);
        }
    }
    row[right.len()]
}

/// How much alike two names must be for one to be suggested for the other.
pub(crate) const ALIKE_MIN_PER_CENT: usize = 60;

/// A name that is compared with many.
pub(crate) struct Likeness {
    letters: Vec<char>,
    words: BTreeSet<String>,
}

impl Likeness {
    pub(crate) fn of(name: &str) -> Self {
        let letters = folded(name).chars().take(SIGNS_MAX).collect();
        Likeness { letters, words: words(name).into_iter().collect() }
    }

    /// How much alike another name is: by its words or by its letters, whichever is more.
    pub(crate) fn per_cent(&self, other: &Likeness) -> usize {
        let common = self.words.intersection(&other.words).count();
        let all = self.words.len() + other.words.len() - common;
        let by_words = (common * 100).checked_div(all).unwrap_or(0);
        let (shorter, longer) = match (self.letters.len(), other.letters.len()) {
            (left, right) if left < right => (left, right),
            (left, right) => (right, left),
        };
        // Letters that are too many are as many wrong ones: nothing has to be counted.
        if shorter * 100 < longer * ALIKE_MIN_PER_CENT {
            return by_words;
        }
        let same = longer - distance(&self.letters, &other.letters);
        by_words.max((same * 100).checked_div(longer).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_by_hand() {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        for (left, right, expected) in
            [("", "", 0), ("abc", "", 3), ("quote", "quota", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(&letters(left), &letters(right)), expected);
            assert_eq!(distance(&letters(right), &letters(left)), expected);
        }
    }

    #[test]
    fn only_what_is_nearly_the_same_is_near() {
        let known = ["aliases", "name", "level"];
        assert_eq!(nearest("alias", known.into_iter()), Some("aliases"));
        assert_eq!(nearest("rank", known.into_iter()), None);
        assert_eq!(nearest("Names", known.into_iter()), Some("name"));
        assert_eq!(nearest("x", [].into_iter()), None);
    }

    #[test]
    fn names_are_alike_by_words_or_by_letters() {
        let per_cent = |left: &str, right: &str| Likeness::of(left).per_cent(&Likeness::of(right));
        assert_eq!(per_cent("Quote Sent Today", "Quote Sent"), 66);
        assert_eq!(per_cent("Invoice Sennt", "Invoice Sent"), 91);
        assert_eq!(per_cent("見積書送付済", "見積書送付"), 83);
        assert!(per_cent("Coffee break", "Quote Sent") < ALIKE_MIN_PER_CENT);
        assert_eq!(per_cent("", ""), 0);
    }
}
