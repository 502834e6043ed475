//! Which classifiers does the log declare, and what makes the activity?
//!
//! A classifier (IEEE 1849-2016, clause 5.6.3) is a list of keys; its identity is their values
//! joined with `+`.

use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;

use super::keys::{Keys, Root};

/// What a global or classifier is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Event,
    Trace,
}

impl Scope {
    /// The scope of this name; absent means event.
    pub(super) fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("event") => Some(Scope::Event),
            Some("trace") => Some(Scope::Trace),
            Some(_) => None,
        }
    }

    /// Where globals of this scope are.
    pub(super) fn globals(self) -> Root {
        match self {
            Scope::Event => Root::EventGlobal,
            Scope::Trace => Root::TraceGlobal,
        }
    }

    /// Where attributes of this scope are.
    pub(super) fn attributes(self) -> Root {
        match self {
            Scope::Event => Root::Event,
            Scope::Trace => Root::Trace,
        }
    }
}

/// A classifier as declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Classifier {
    pub(super) name: String,
    pub(super) scope: Scope,
    /// The keys as written, between blanks.
    pub(super) keys: String,
    pub(super) line: u64,
}

/// Most words that one key may have without quotes.
const KEY_WORDS_MAX: usize = 16;

/// Splits the keys of a classifier: at blanks, except within quotes, and except where a run of
/// words together is a known key.
pub(super) fn split_keys(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('\'')
            && let Some((key, after)) = quoted.split_once('\'')
        {
            keys.push(key.to_owned());
            rest = after.trim_start();
            continue;
        }
        let ends = rest
            .char_indices()
            .filter(|(_, character)| character.is_whitespace())
            .map(|(idx, _)| idx)
            .chain([rest.len()]);
        let candidates: Vec<&str> = ends.take(KEY_WORDS_MAX).map(|end| &rest[..end]).collect();
        let longest = candidates.iter().rev().find(|candidate| is_known(candidate));
        let key = longest.or(candidates.first()).copied().unwrap_or(rest);
        keys.push(key.to_owned());
        rest = rest[key.len()..].trim_start();
    }
    keys
}

/// The keys of the classifier that the user has chosen.
///
/// # Errors
/// No classifier of scope event has this name.
pub(super) fn choose(
    name: &str,
    classifiers: &[Classifier],
    keys: &Keys,
) -> Result<Vec<String>, Problem> {
    let usable = || classifiers.iter().filter(|it| it.scope == Scope::Event);
    let found = usable().find(|classifier| classifier.name == name).ok_or_else(|| {
        let declared: Vec<&str> = usable().map(|it| it.name.as_str()).collect();
        let hint = if declared.is_empty() {
            say!("Without a classifier, concept:name is the activity.")
        } else {
            say!("The log declares: {declared}.", declared)
        };
        let detail =
            say!("The log declares no event classifier \"{name}\" before its traces.", name);
        Problem::new(ErrorCode::InvalidParameters, detail)
            .in_parameter("classifier")
            .with_hint(hint)
    })?;
    Ok(split_keys(&found.keys, |key| keys.is_known(key, &[Root::EventGlobal])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_split_at_blanks_quotes_and_known_runs() {
        let is_known = |key: &str| ["concept:name", "Activity Code", "a b c"].contains(&key);
        let split = |text: &str| split_keys(text, is_known);
        assert_eq!(
            split("concept:name lifecycle:transition"),
            ["concept:name", "lifecycle:transition"]
        );
        assert_eq!(split(" Activity Code  x "), ["Activity Code", "x"]);
        assert_eq!(split("'my key' a b c"), ["my key", "a b c"]);
        assert_eq!(split("'open"), ["'open"]);
        assert!(split("  ").is_empty());
    }
}
