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
