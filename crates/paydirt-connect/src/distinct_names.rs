//! What is a column called whose name is taken? As it was, with a number behind it.

use std::collections::HashMap;

/// The names that are taken.
#[derive(Debug, Default)]
pub(crate) struct DistinctNames {
    /// Each with the number that was put behind it last.
    taken: HashMap<String, u32>,
}

impl DistinctNames {
    /// The name that a column gets which is to be called so.
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        // The numbers that were given out before are not tried again: all names may be the same.
        let mut number = self.taken.get(wanted).copied().unwrap_or(1);
        while self.taken.contains_key(&name) {
            number += 1;
            name = format!("{wanted} ({number})");
        }
        self.taken.insert(name.clone(), 1);
        self.taken.insert(wanted.to_owned(), number);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_again_are_counted() {
        let mut names = DistinctNames::default();
        let given = ["a", "a", "a (2)", "a", "b", "a (2)"].map(|name| names.take(name));
        assert_eq!(given, ["a", "a (2)", "a (2) (2)", "a (3)", "b", "a (2) (3)"]);
    }

    #[test]
    fn many_names_that_are_the_same_take_no_longer_than_others() {
        let mut names = DistinctNames::default();
        let last = (0..100_000).map(|_| names.take("amount")).last();
        assert_eq!(last.as_deref(), Some("amount (100000)"));
    }
}
