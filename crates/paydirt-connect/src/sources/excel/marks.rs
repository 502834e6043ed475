//! Was this workbook a data template before it was filled in: which one, and where are its events?
//!
//! A template says so by names that it defines, which stay when another program saves it.

use paydirt_model::template::TemplateMark;

/// With this begin the names that a template defines.
const PREFIX: &str = "paydirt_";
/// Most names that are looked at: templates have some twenty.
const NAMES_MAX: usize = 200;

/// The names of a workbook that a template defines, each with what it stands for as it is written.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(String, String)>);

impl Marks {
    /// Notes a name that the workbook defines.
    pub(super) fn note(&mut self, name: &str, means: &str) {
        if name.starts_with(PREFIX) && self.0.len() < NAMES_MAX {
            self.0.push((name.to_owned(), means.trim().to_owned()));
        }
    }

    /// Notes a name of an XLS workbook that stands for a text, by its record ([MS-XLS] 2.4.150).
    pub(super) fn note_record(&mut self, record: &[u8]) {
        const NAME: usize = 14;
        const TEXT: u8 = 0x17;
        let Some(length) = record.get(3) else { return };
        let Some((name, rest)) = text_of(&record[NAME.min(record.len())..], *length) else {
            return;
        };
        if let [TEXT, length, text @ ..] = rest
            && let Some((text, _)) = text_of(text, *length)
        {
            self.note(&name, &format!("\"{}\"", text.replace('"', "\"\"")));
        }
    }

    /// Adds what another reader of the same workbook noted.
    pub(super) fn extend(&mut self, other: Marks) {
        self.0.extend(other.0);
    }

    /// Which template it was.
    pub(super) fn template(&self) -> Option<TemplateMark> {
        let constant = |name| constant(self.meaning(name)?);
        Some(TemplateMark {
            system: constant("paydirt_template")?,
            version: constant("paydirt_template_version")?,
        })
    }

    /// The name of the sheet of events.
    pub(super) fn events(&self) -> Option<String> {
        sheet(self.meaning("paydirt_sheet_events")?)
    }

    fn meaning(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, means)| means.as_str())
    }
}

/// A text of so many signs with its flags before it, of one byte or two each; and what follows.
fn text_of(bytes: &[u8], signs: u8) -> Option<(String, &[u8])> {
    let (flags, bytes) = bytes.split_first()?;
    let signs = usize::from(signs);
    if flags & 1 == 0 {
        let (text, rest) = bytes.split_at_checked(signs)?;
        return Some((text.iter().map(|byte| char::from(*byte)).collect(), rest));
    }
    let (text, rest) = bytes.split_at_checked(2 * signs)?;
    let units = text.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let text = char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some((text.collect(), rest))
}

/// A text in quotes, as all formats write it.
fn constant(means: &str) -> Option<String> {
    let text = means.trim_start_matches("of:").trim_start_matches('=').trim();
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(text.replace("\"\"", "\""))
}

/// The sheet of an address: `'My sheet'!$A$1` of Excel, `$'My sheet'.$A$1` of OpenDocument.
fn sheet(address: &str) -> Option<String> {
    let address = address.trim_start_matches("of:").trim_start_matches(['=', '[', '$']);
    let Some(quoted) = address.strip_prefix('\'') else {
        let (name, _) = address.rsplit_once('!').or_else(|| address.split_once('.'))?;
        return Some(name.to_owned());
    };
    let mut name = String::new();
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\'' && letters.next_if_eq(&'\'').is_none() {
            return Some(name);
        }
        name.push(letter);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_found_in_addresses_of_every_program() {
        for (address, expected) in [
            ("'Read me'!$A$1:$B$1", Some("Read me")),
            ("Événements!$A$1:$U$1", Some("Événements")),
            ("='L''un'!$A$1", Some("L'un")),
            ("Data.2024!$A$1", Some("Data.2024")),
            ("$Événements.$A$1:.$U$1", Some("Événements")),
            ("$'Guide v1.0'.$A$1:.$J$1", Some("Guide v1.0")),
            ("'never closed", None),
            ("A1", None),
            ("", None),
        ] {
            assert_eq!(sheet(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn records_of_names_are_read_as_far_as_they_go() {
        let mut record = vec![0; 14];
        record[3] = 16;
        record.push(0);
        record.extend_from_slice(b"paydirt_template");
        record.extend_from_slice(&[0x17, 2, 1, b'\xe9', 0, b'x', 0]);
        for end in 0..record.len() {
            let mut marks = Marks::default();
            marks.note_record(&record[..end]);
            assert!(marks.0.is_empty(), "{end}");
        }
        let mut marks = Marks::default();
        marks.note_record(&record);
        assert_eq!(marks.0, [("paydirt_template".to_owned(), "\"éx\"".to_owned())]);
    }

    #[test]
    fn a_template_tells_its_system_and_version() {
        let mut marks = Marks::default();
        marks.note("other", "\"x\"");
        marks.note("paydirt_template", "\"our \"\"own\"\"\"");
        assert_eq!(marks.template(), None, "without a version it is none");
        marks.note("paydirt_template_version", "of:=\"1.0\"");
        let (system, version) = ("our \"own\"".to_owned(), "1.0".to_owned());
        assert_eq!(marks.template(), Some(TemplateMark { system, version }));
        assert_eq!(marks.events(), None);
    }
}
