//! What stands in a tag? Its XML attributes, with references resolved.

use std::borrow::Cow;

use paydirt_model::say;
use paydirt_model::sentence::Sentence;

/// Most XML attributes that one tag may have; XES knows at most three.
const XML_ATTRIBUTES_MAX: usize = 256;

/// The XML attributes of a tag: `key` and `value` apart, for nearly every tag has these only.
#[derive(Debug, Default)]
pub(crate) struct TagAttributes<'a> {
    /// The XML attribute `key`.
    pub(crate) key: Option<Cow<'a, str>>,
    /// The XML attribute `value`.
    pub(crate) value: Option<Cow<'a, str>>,
    /// All others.
    pub(crate) others: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> TagAttributes<'a> {
    /// The XML attributes of a tag, from the text behind the tag's name.
    ///
    /// # Errors
    /// The text is not well-formed; the error says in words how.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Sentence> {
        let mut attributes = TagAttributes::default();
        let mut rest = text;
        loop {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.is_empty() {
                return Ok(attributes);
            }
            if trimmed.len() == rest.len() {
                return Err(say!("an XML attribute follows without a blank before it"));
            }
            let (name, value, after) = next_pair(trimmed)?;
            rest = after;
            let value = resolve(value)?;
            let is_new = match name {
                "key" => attributes.key.replace(value).is_none(),
                "value" => attributes.value.replace(value).is_none(),
                _ => {
                    let is_new = attributes.others.iter().all(|(known, _)| *known != name);
                    attributes.others.push((name, value));
                    is_new && attributes.others.len() <= XML_ATTRIBUTES_MAX
                }
            };
            if !is_new {
                return Err(say!("the XML attribute {name} is given twice", name));
            }
        }
    }

    /// An XML attribute other than `key` and `value`.
    pub(crate) fn other(&self, name: &str) -> Option<&str> {
        self.others.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Splits `name="value" rest`.
fn next_pair(text: &str) -> Result<(&str, &str, &str), Sentence> {
    let unclear = || say!("an XML attribute is not of the form name=\"value\"");
    let (name, rest) = text.split_once('=').ok_or_else(unclear)?;
    let name = name.trim_end_matches(is_blank);
    if name.is_empty() || name.bytes().any(|byte| b" \t\n\r\"'<>&/".contains(&byte)) {
        return Err(unclear());
    }
    let rest = rest.trim_start_matches(is_blank);
    let quote = match rest.as_bytes().first() {
        Some(b'"') => '"',
        Some(b'\'') => '\'',
        _ => return Err(unclear()),
    };
    let (value, rest) = rest[1..].split_once(quote).ok_or_else(unclear)?;
    Ok((name, value, rest))
}

/// Resolves the references of a value and makes blanks of line ends and tabs (XML 1.0, 3.3.3).
/// Only the five entities of XML itself and character references are known.
fn resolve(raw: &str) -> Result<Cow<'_, str>, Sentence> {
    let is_plain = |byte: &u8| !matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r');
    if raw.as_bytes().iter().all(is_plain) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut resolved = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(position) = rest.find(['&', '<', '\t', '\n', '\r']) {
        let (plain, special) = rest.split_at(position);
        resolved.push_str(plain);
        rest = &special[1..];
        match special.as_bytes()[0] {
            b'&' => {
                let (name, after) = rest
                    .split_once(';')
                    .ok_or_else(|| say!("an & stands alone; it is written &amp;"))?;
                resolved.push(reference(name)?);
                rest = after;
            }
            b'<' => return Err(say!("a < stands in a value; it is written &lt;")),
            b'\r' if rest.starts_with('\n') => {}
            _ => resolved.push(' '),
        }
    }
    resolved.push_str(rest);
    Ok(Cow::Owned(resolved))
}

/// The character of a reference: one of the five entities of XML itself, or a number.
pub(crate) fn reference(name: &str) -> Result<char, Sentence> {
    let code = match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(digits), _) if !digits.starts_with('+') => u32::from_str_radix(digits, 16).ok(),
            (None, Some(digits)) if !digits.starts_with('+') => digits.parse().ok(),
            _ => None,
        },
    };
    let cut: String = name.chars().take(40).collect();
    code.and_then(char::from_u32)
        .filter(|&character| character >= ' ' || matches!(character, '\t' | '\n' | '\r'))
        .ok_or_else(|| {
            say!("&{name}; is no reference that XML knows without a declaration", name = cut)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_resolved() {
        let parsed =
            TagAttributes::parse(" key = 'a&amp;b' value=\"&#x8a8b;&#65;\tx\r\ny\" xes:z=''")
                .unwrap();
        assert_eq!(parsed.key.as_deref(), Some("a&b"));
        assert_eq!(parsed.value.as_deref(), Some("誋A x y"));
        assert_eq!(parsed.other("xes:z"), Some(""));
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for text in [
            "key=\"a\"",
            " key=a",
            " key",
            " key=\"a",
            " key=\"a\"value=\"b\"",
            " =\"a\"",
            " key=\"a\" key=\"b\"",
            " x=\"a\" x=\"b\"",
            " key=\"&foo;\"",
            " key=\"a & b\"",
            " key=\"<\"",
            " key=\"&#0;\"",
            " key=\"&#xD800;\"",
            " key=\"&#+5;\"",
            " /key=\"a\"",
        ] {
            assert!(TagAttributes::parse(text).is_err(), "{text}");
        }
    }
}
