//! What do the small parts of an XLSX workbook say? The list of sheets, the shared texts, the
//! number formats.

use std::collections::HashMap;

use paydirt_model::interner::TextColumn;
use paydirt_model::problem::{ErrorCode, Problem};
use paydirt_model::say;
use quick_xml::events::Event;

use super::Listed;
use crate::sources::excel::book::Visibility;
use crate::sources::excel::marks::Marks;
use crate::sources::excel::values::{Epoch, Shown, built_in, of_code};
use crate::sources::excel::xml::{Xml, attribute, is_set, local, push_text};

/// Most sheets, formats and relations of a workbook.
const ENTRIES_MAX: usize = 1 << 20;

/// As much of what a name stands for is looked at, in bytes.
const MEANING_MAX: usize = 1 << 12;

/// The list of sheets.
pub(super) struct Workbook {
    pub(super) sheets: Vec<Listed>,
    pub(super) epoch: Epoch,
    pub(super) marks: Marks,
}

/// Another part that a part refers to.
pub(super) struct Relation {
    pub(super) id: String,
    kind: String,
    /// Its name in the archive.
    pub(super) target: String,
}

impl Relation {
    /// Whether it is of a kind, such as `worksheet`; two standards name it by different addresses.
    pub(super) fn is_of(&self, kind: &str) -> bool {
        self.kind.rsplit_once('/').is_some_and(|(_, last)| last == kind)
    }
}

/// The relations of a part that lies in a folder.
pub(super) fn relations(xml: &mut Xml<'_>, folder: &str) -> Result<Vec<Relation>, Problem> {
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if local(&tag) == "Relationship" => {
                let text = |name| attribute(&tag, name).unwrap_or_default();
                let target = resolved(folder, &text("Target"));
                relations.push(Relation { id: text("Id"), kind: text("Type"), target });
                check_count(relations.len())?;
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The name of a part that is named from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split(['/', '\\']) {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The list of sheets, and the day that dates are counted from.
pub(super) fn workbook(xml: &mut Xml<'_>) -> Result<Workbook, Problem> {
    let mut sheets = Vec::new();
    let mut epoch = Epoch::Of1900;
    let mut marks = Marks::default();
    let mut name = None;
    let mut means = String::new();
    loop {
        match xml.next()? {
            Event::Start(tag) => match local(&tag) {
                "workbookPr" if is_set(&tag, "date1904") => epoch = Epoch::Of1904,
                "sheet" => {
                    let visibility = match attribute(&tag, "state").as_deref() {
                        Some("hidden" | "veryHidden") => Visibility::Hidden,
                        _ => Visibility::Visible,
                    };
                    let text = |name| attribute(&tag, name).unwrap_or_default();
                    sheets.push(Listed { name: text("name"), visibility, relation: text("id") });
                    check_count(sheets.len())?;
                }
                "definedName" => {
                    means.clear();
                    name = attribute(&tag, "name");
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().into_inner() == "definedName" => {
                if let Some(name) = name.take() {
                    marks.note(&name, &means);
                }
            }
            Event::Eof => return Ok(Workbook { sheets, epoch, marks }),
            event if name.is_some() && means.len() < MEANING_MAX => {
                push_text(&event, &mut means);
            }
            _ => {}
        }
    }
}

/// The texts that cells refer to by number. Readings of Japanese texts are no part of them.
pub(super) fn shared_texts(xml: &mut Xml<'_>) -> Result<TextColumn, Problem> {
    let mut texts = TextColumn::default();
    let mut text = String::new();
    let mut byte_count = 0_usize;
    loop {
        enum Found {
            Text,
            Reading,
            End,
            Other,
        }
        let found = match xml.next()? {
            Event::Start(tag) => match local(&tag) {
                "si" => {
                    text.clear();
                    Found::Other
                }
                "t" => Found::Text,
                "rPh" => Found::Reading,
                _ => Found::Other,
            },
            Event::End(tag) if tag.local_name().into_inner() == "si" => Found::End,
            Event::Eof => return Ok(texts),
            _ => Found::Other,
        };
        match found {
            Found::Text => xml.text_into(&mut text)?,
            Found::Reading => xml.skip()?,
            Found::End => {
                unescape_units(&mut text, 0);
                byte_count += text.len();
                if byte_count > TEXT_BYTES_MAX {
                    return Err(too_much_text());
                }
                texts.push(&text);
            }
            Found::Other => {}
        }
    }
}

/// Most bytes of the texts that sheets share.
const TEXT_BYTES_MAX: usize = 3 << 30;

fn too_much_text() -> Problem {
    let detail = say!(
        "The texts of the workbook are longer than {limit} bytes, the most that is read.",
        limit = TEXT_BYTES_MAX
    );
    Problem::new(ErrorCode::InputTooLarge, detail).with_hint(say!("Split the workbook."))
}

/// What each style of cells shows numbers as.
pub(super) fn shown_by_style(xml: &mut Xml<'_>) -> Result<Vec<Shown>, Problem> {
    let mut codes: HashMap<u32, Shown> = HashMap::new();
    let mut styles = Vec::new();
    let mut is_in_styles = false;
    loop {
        match xml.next()? {
            Event::Start(tag) => match local(&tag) {
                "numFmt" => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&tag, "formatCode")) {
                        codes.insert(id, of_code(&code));
                        check_count(codes.len())?;
                    }
                }
                "cellXfs" => is_in_styles = true,
                "xf" if is_in_styles => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                    let id = id.unwrap_or(0);
                    styles.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
                    check_count(styles.len())?;
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().into_inner() == "cellXfs" => is_in_styles = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn check_count(count: usize) -> Result<(), Problem> {
    if count <= ENTRIES_MAX {
        return Ok(());
    }
    let detail =
        say!("A list of the workbook is longer than {limit} entries.", limit = ENTRIES_MAX);
    Err(Problem::new(ErrorCode::InputTooLarge, detail)
        .with_hint(say!("No spreadsheet program writes this; the file is damaged or forged.")))
}

/// Resolves `_x000D_`: characters that XML cannot hold are written by their number (22.4.2.4).
pub(super) fn unescape_units(text: &mut String, from: usize) {
    if !text[from..].contains("_x") {
        return;
    }
    let mut units: Vec<u16> = Vec::new();
    let mut resolved = String::with_capacity(text.len() - from);
    let mut rest = &text[from..];
    let flush = |units: &mut Vec<u16>, resolved: &mut String| {
        let characters = char::decode_utf16(units.drain(..));
        resolved.extend(characters.map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)));
    };
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        let unit = escape
            .get(2..7)
            .filter(|five| five.ends_with('_'))
            .and_then(|five| u16::from_str_radix(&five[..4], 16).ok());
        if !before.is_empty() || unit.is_none() {
            flush(&mut units, &mut resolved);
        }
        resolved.push_str(before);
        rest = match unit {
            Some(unit) => {
                units.push(unit);
                &escape[7..]
            }
            None => {
                resolved.push_str("_x");
                &escape[2..]
            }
        };
    }
    flush(&mut units, &mut resolved);
    resolved.push_str(rest);
    text.truncate(from);
    text.push_str(&resolved);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_may_be_written_by_their_number() {
        for (text, expected) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "\u{fffd}"),
            ("a_x_xyz0_", "a_x_xyz0_"),
            ("_xé00_", "_xé00_"),
        ] {
            let mut text = text.to_owned();
            unescape_units(&mut text, 0);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn targets_are_named_from_their_folder() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl/a", "../b.xml"), "xl/b.xml");
    }
}
