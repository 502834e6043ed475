//! Which data template was filled in, and is it the one of today?

use std::cmp::Ordering;

use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use paydirt_model::template::TemplateMark;

use crate::library::Library;

/// What the report says of the template that a file was made from: which it is and, where the
/// library has another version of it, what that means.
#[must_use]
pub fn of_version(library: &Library, mark: &TemplateMark) -> (Sentence, Option<Sentence>) {
    let TemplateMark { system, version } = mark;
    let Some(known) = library.template(system) else {
        return (say!("data template: \"{system}\", version {version}", system, version), None);
    };
    let name = &known.name.en;
    let reading = say!("data template: {name}, version {version}", name, version);
    let current = &known.version;
    let note = match compared(version, current) {
        Ordering::Equal => None,
        Ordering::Less => Some(say!(
            "The file was made from version {version} of the data template for {name}; version \
             {current} is the one of today. It was read all the same. Download the template again \
             to see what has been added.",
            version,
            name,
            current
        )),
        Ordering::Greater => Some(say!(
            "The file was made from version {version} of the data template for {name}, which is \
             newer than version {current}, the one known here. It was read all the same; what is \
             not known here was kept under its own name.",
            version,
            name,
            current
        )),
    };
    (reading, note)
}

/// Compares versions number by number: 1.9 comes before 1.10.
fn compared(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.split('.'), right.split('.'));
    loop {
        let (one, other) = (left.next(), right.next());
        if one.is_none() && other.is_none() {
            return Ordering::Equal;
        }
        let (one, other) = (one.unwrap_or("0").trim(), other.unwrap_or("0").trim());
        let ordering = match (one.parse::<u64>(), other.parse::<u64>()) {
            (Ok(one), Ok(other)) => one.cmp(&other),
            _ => one.cmp(other),
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_number_by_number() {
        for (left, right, expected) in [
            ("1.0", "1.0", Ordering::Equal),
            ("1", "1.0", Ordering::Equal),
            ("1.9", "1.10", Ordering::Less),
            ("2.0", "1.10", Ordering::Greater),
            ("1.0", "1.0.1", Ordering::Less),
            ("1.0-draft", "1.0", Ordering::Greater),
        ] {
            assert_eq!(compared(left, right), expected, "{left} {right}");
        }
    }
}
