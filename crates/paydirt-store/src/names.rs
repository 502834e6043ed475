//! Which names may a log or a saved view have, and when are two names the same?

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use paydirt_model::sentence::Sentence;
use unicode_normalization::UnicodeNormalization;

/// Most characters in the name of a log or a view.
pub const NAME_CHARS_MAX: usize = 200;

/// A name that has passed the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// As it is shown: composed (NFC), without blanks around it.
    pub(crate) name: String,
    /// As names are compared: without a difference of case.
    pub(crate) key: String,
}

impl Name {
    /// A name that a log may have: it can be written on a command line, with a version behind it.
    pub(crate) fn of_log(text: &str) -> Result<Self, Problem> {
        let checked = Name::checked(text, say!("A log needs a name, and this one is empty."))?;
        let name = &checked.name;
        if name.starts_with('.') {
            return Err(refused(say!("The name \"{name}\" begins with a full stop.", name)));
        }
        if let Some(sign) = name.chars().find(|sign| ['@', '/'].contains(sign)) {
            return Err(refused(say!(
                "The name \"{name}\" holds the sign \"{sign}\".",
                name,
                sign
            )));
        }
        Ok(checked)
    }

    /// A name that a saved view may have.
    pub(crate) fn of_view(text: &str) -> Result<Self, Problem> {
        Name::checked(text, say!("A saved view needs a name, and this one is empty."))
    }

    /// The name of a target, which says what it is for: activities are different in every sign,
    /// and of any length.
    pub(crate) fn of_target(text: &str) -> Self {
        Name { name: text.to_owned(), key: text.to_owned() }
    }

    /// What holds for every name.
    fn checked(text: &str, empty: Sentence) -> Result<Self, Problem> {
        let name: String = text.trim().nfc().collect();
        let length = name.chars().count();
        if length == 0 {
            return Err(refused(empty));
        }
        if length > NAME_CHARS_MAX {
            return Err(refused(say!(
                "The name has {length} {length|character|characters}; at most {max} are allowed.",
                length,
                max = NAME_CHARS_MAX
            )));
        }
        if name.chars().any(char::is_control) {
            return Err(refused(say!("The name holds a control character such as a line break.")));
        }
        if name.chars().any(turns_text) {
            return Err(refused(say!(
                "The name holds a sign that changes the direction of writing."
            )));
        }
        if !name.chars().any(is_visible) {
            return Err(refused(say!("The name holds no sign that can be seen.")));
        }
        let key = key_of(&name);
        Ok(Name { name, key })
    }
}

fn refused(detail: Sentence) -> Problem {
    Problem::new(ErrorCode::InvalidName, detail)
        .in_parameter("name")
        .with_hint(say!("Choose another name."))
}

/// Whether a sign changes the direction in which others are shown, so that a name looks like
/// another.
pub(crate) fn turns_text(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign leaves a mark on the screen.
fn is_visible(sign: char) -> bool {
    let is_invisible = matches!(
        sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !is_invisible && !sign.is_whitespace() && !sign.is_control()
}

/// The form in which names are compared.
pub(crate) fn key_of(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_composition() {
        let composed = Name::of_log(" Opportunit\u{e9}s ").unwrap();
        let decomposed = Name::of_log("OPPORTUNITE\u{301}S").unwrap();
        assert_eq!(composed.key, decomposed.key);
        assert_eq!(composed.name, "Opportunit\u{e9}s");
        assert_eq!(Name::of_log("受注 2026").unwrap().name, "受注 2026");
    }

    #[test]
    fn names_that_would_be_misread_are_refused() {
        let long = "x".repeat(NAME_CHARS_MAX + 1);
        for name in [
            "",
            "  ",
            ".hidden",
            "a@2",
            "a/b",
            "a\nb",
            "a\u{202e}b",
            "\u{2066}a",
            "\u{200b}",
            &long,
        ] {
            assert_eq!(Name::of_log(name).unwrap_err().code, ErrorCode::InvalidName, "{name}");
        }
        assert!(Name::of_log(&"語".repeat(NAME_CHARS_MAX)).is_ok());
        for name in ["", "a\nb", "a\u{202e}b", "\u{200b}", &long] {
            assert_eq!(Name::of_view(name).unwrap_err().code, ErrorCode::InvalidName, "{name}");
        }
        assert_eq!(Name::of_view(" Won / lost @ EMEA ").unwrap().name, "Won / lost @ EMEA");
    }
}
