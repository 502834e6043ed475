//! Which extensions does the log declare, and which keys do the standard ones have?
//!
//! Keys and types: IEEE 1849-2016, clause 7 (concept, lifecycle, organizational, time, semantic,
//! identity, cost). Of other published extensions only the prefix is known.

use super::rules::Rule;

/// The element that a standard key stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyElement {
    /// One of the value elements, by name.
    Value(&'static str),
    /// A list.
    List,
    /// The standard's editions differ.
    Any,
}

const STRING: KeyElement = KeyElement::Value("string");
const FLOAT: KeyElement = KeyElement::Value("float");

/// Prefix, keys and their elements of the standard extensions.
const STANDARD: &[(&str, &[(&str, KeyElement)])] = &[
    ("concept", &[("name", STRING), ("instance", STRING)]),
    ("lifecycle", &[("model", STRING), ("transition", STRING), ("state", STRING)]),
    ("org", &[("resource", STRING), ("role", STRING), ("group", STRING)]),
    ("time", &[("timestamp", KeyElement::Value("date"))]),
    ("semantic", &[("modelReference", STRING)]),
    ("identity", &[("id", KeyElement::Value("id"))]),
    (
        "cost",
        &[
            ("total", FLOAT),
            ("currency", STRING),
            ("drivers", KeyElement::List),
            ("amount", FLOAT),
            ("driver", KeyElement::Any),
            ("type", KeyElement::Any),
        ],
    ),
];

/// What the declared extensions say about one key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct KeyVerdict {
    /// The rule that the key breaks wherever it stands.
    pub(super) broken: Option<Rule>,
    /// The element that the standard demands for the key.
    pub(super) element: Option<KeyElement>,
}

#[derive(Debug)]
struct Declared {
    prefix: String,
    /// Whether the address is that of the standard extension of this prefix.
    is_standard: bool,
}

/// The extensions that a log declares.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    declared: Vec<Declared>,
}

/// What declaring an extension noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declaration {
    Fine,
    /// The prefix was declared before.
    Repeated,
    /// The prefix is standard, the address is not.
    ForeignUri,
}

impl Extensions {
    /// How many are declared.
    pub(super) fn count(&self) -> usize {
        self.declared.len()
    }

    /// Takes a declaration.
    pub(super) fn declare(&mut self, prefix: &str, uri: &str) -> Declaration {
        if self.declared.iter().any(|known| known.prefix == prefix) {
            return Declaration::Repeated;
        }
        let is_known = STANDARD.iter().any(|(known, _)| *known == prefix);
        let file_name = uri.rsplit('/').next().unwrap_or_default();
        let is_standard = is_known && file_name.strip_suffix(".xesext") == Some(prefix);
        self.declared.push(Declared { prefix: prefix.to_owned(), is_standard });
        if is_known && !is_standard { Declaration::ForeignUri } else { Declaration::Fine }
    }

    /// What the extensions declared so far say about a key.
    pub(super) fn verdict(&self, key: &str) -> KeyVerdict {
        let Some((prefix, name)) = split_key(key) else { return KeyVerdict::default() };
        let declared = self.declared.iter().find(|known| known.prefix == prefix);
        let keys = STANDARD.iter().find(|(known, _)| *known == prefix).map(|(_, keys)| *keys);
        let element = keys.and_then(|keys| {
            keys.iter().find(|(known, _)| *known == name).map(|&(_, element)| element)
        });
        match declared {
            None => KeyVerdict { broken: Some(Rule::UnknownExtension), element },
            Some(declared) if declared.is_standard => KeyVerdict {
                broken: element.is_none().then_some(Rule::UnknownExtensionKey),
                element,
            },
            Some(_) => KeyVerdict::default(),
        }
    }
}

/// Splits `prefix:name`. A key such as `Note: seen by` has no prefix: a prefix is one word, and no
/// blank follows the colon.
fn split_key(key: &str) -> Option<(&str, &str)> {
    let (prefix, name) = key.split_once(':')?;
    let is_word = |character: char| character.is_alphanumeric() || "_-.".contains(character);
    let is_prefix = !prefix.is_empty() && prefix.chars().all(is_word);
    (is_prefix && !name.is_empty() && !name.starts_with(' ')).then_some((prefix, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_judged_by_what_is_declared() {
        let mut extensions = Extensions::default();
        let broken = |extensions: &Extensions, key: &str| extensions.verdict(key).broken;
        assert_eq!(broken(&extensions, "concept:name"), Some(Rule::UnknownExtension));
        let uri = "http://www.xes-standard.org/concept.xesext";
        assert_eq!(extensions.declare("concept", uri), Declaration::Fine);
        assert_eq!(extensions.declare("concept", uri), Declaration::Repeated);
        assert_eq!(
            extensions.declare("org", "http://example.org/x.xesext"),
            Declaration::ForeignUri
        );
        assert_eq!(extensions.declare("own", "http://example.org/own.xesext"), Declaration::Fine);
        assert_eq!(broken(&extensions, "concept:name"), None);
        assert_eq!(broken(&extensions, "concept:event"), Some(Rule::UnknownExtensionKey));
        for key in ["own:x", "org:x", "plain", "Note: seen", ":x", "x:", "a b:c"] {
            assert_eq!(broken(&extensions, key), None, "{key}");
        }
    }
}
